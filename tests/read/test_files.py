"""Every file of the corpus says what its plain text twin says: the same text, the same records."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from planparse.evaluate import Scores, score_document
from planparse.model import Source
from planparse.pipeline import extract
from planparse.read import place_of, read
from planparse.read.office import find_office

FILES = Path(__file__).parents[2] / "corpora" / "files"
MADE = sorted(path for path in FILES.iterdir() if path.is_file() and path.name.count(".") > 0)
TWINS = [path for path in MADE if path.suffix != ".json" and path.name.partition(".")[2] != "txt"]
AWKWARD = sorted(path for path in (FILES / "awkward").iterdir() if path.suffix != ".json")
OFFICE = {".doc", ".wps"}


def marked(paths: list[Path]) -> list[object]:
    return [
        pytest.param(path, marks=[pytest.mark.external] if path.suffix in OFFICE else []) for path in paths
    ]


def need_office(path: Path) -> None:
    if path.suffix in OFFICE and find_office() is None:
        pytest.skip("LibreOffice is not installed: .doc and .wps need it")


def bare(text: str) -> str:
    """The letters only: layouts differ in white space, pages also in spaces between words."""
    return re.sub(r"\s+", "", text).replace("爲", "為")


@cache
def source_of(path: Path) -> Source:
    """Read once: LibreOffice takes seconds a file."""
    return read(path)


@cache
def records(path: Path) -> list[object]:
    plan = extract(source_of(path))
    tasks = [
        (
            bare(task.text),
            bare(task.title or ""),
            [found.name for found in task.lead],
            [found.name for found in task.responsible],
            [found.name for found in task.support],
            [found.name for found in task.leaders],
            task.deadline and (task.deadline.start, task.deadline.end, task.deadline.recurrence),
        )
        for task in plan.tasks
    ]
    targets = [
        (
            found.indicator,
            found.relation,
            found.value,
            found.upper,
            found.unit,
            found.baseline,
            found.deadline and found.deadline.end,
        )
        for found in plan.targets
    ]
    return [tasks, targets]


@pytest.mark.parametrize("path", marked(TWINS), ids=lambda path: path.name)
def test_text_equals_twin(path: Path) -> None:
    need_office(path)
    twin = FILES / (path.name.partition(".")[0] + ".txt")
    expected = bare(twin.read_text("utf-8"))
    text = bare(source_of(path).text)
    if path.name.endswith("attached.eml"):
        text = text.removeprefix("见附件。附件：方案.docx")
    assert text == expected


@pytest.mark.parametrize("path", marked(TWINS), ids=lambda path: path.name)
def test_records_equal_twin(path: Path) -> None:
    need_office(path)
    twin = FILES / (path.name.partition(".")[0] + ".txt")
    assert records(path) == records(twin)


@pytest.mark.parametrize("path", marked(AWKWARD), ids=lambda path: path.name)
def test_awkward_records_equal_gold(path: Path) -> None:
    need_office(path)
    scores = Scores()
    score_document(
        json.loads(path.with_suffix(".json").read_text("utf-8")),
        extract(source_of(path)).to_dict(),
        scores,
        path.stem,
    )
    assert not scores.errors


@pytest.mark.parametrize("path", marked([*TWINS, *AWKWARD]), ids=lambda path: path.name)
def test_blocks_cells_and_places(path: Path) -> None:
    need_office(path)
    source = source_of(path)
    end = 0
    for block in source.blocks:
        assert end <= block.span[0] < block.span[1]
        assert not source.text[end : block.span[0]].strip(), "text outside of blocks"
        end = block.span[1]
    assert not source.text[end:].strip() or not source.blocks
    for table in source.tables:
        widths = {len(row) for row in table.rows}
        assert len(widths) == 1, "a grid is rectangular"
        for row in table.rows:
            assert all(table.span[0] <= start <= stop <= table.span[1] for start, stop in row)
    assert place_of(source, len(source.text) // 2)


def test_ids_are_of_the_bytes() -> None:
    first, second = TWINS[0], TWINS[1]
    assert read(first).id == read(first.read_bytes(), name="other.docx").id != read(second).id
