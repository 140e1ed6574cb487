"""Every notebook runs in a clean kernel, is narrated in both languages, and is kept without output."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent / "notebooks"
NAMES = sorted(path.name for path in HERE.glob("*.ipynb"))


def test_there_are_five():
    assert [name[:2] for name in NAMES] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("name", NAMES)
def test_kept_without_output_and_narrated_in_both_languages(name):
    book = json.loads((HERE / name).read_text("utf-8"))
    told = [cell for cell in book["cells"] if cell["cell_type"] == "markdown"]
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    assert len(told) >= 3
    for cell in told:
        words = "".join(cell["source"])
        assert re.search("[\u4e00-\u9fff]", words)
        assert re.search("[a-z]{3,} [a-z]{2,}", words)


@pytest.mark.parametrize("name", NAMES)
def test_runs_in_a_clean_kernel(name, tmp_path):
    nbformat = pytest.importorskip("nbformat", reason="pip install 'planparse[test]'")
    nbclient = pytest.importorskip("nbclient", reason="pip install 'planparse[test]'")
    if name.startswith("02"):
        charts = pytest.importorskip("planparse.notebook.charts")
        try:
            charts.chinese_fonts()
        except charts.NoChineseFont as fault:
            pytest.skip(str(fault))
    book = nbformat.read(HERE / name, as_version=4)
    nbclient.NotebookClient(
        book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    outputs = [one for cell in book.cells if cell.cell_type == "code" for one in cell.outputs]
    assert outputs
    assert not [one for one in outputs if one.output_type == "error"]
    drawn = [one for one in outputs if "image/png" in one.get("data", {})]
    assert len(drawn) == "".join(cell.source for cell in book.cells).count("_chart(corpus"), (
        "a chart must show as a picture"
    )
    warned = [one.text for one in outputs if one.output_type == "stream" and one.name == "stderr"]
    assert not [text for text in warned if "Glyph" in text]
