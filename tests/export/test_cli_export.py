"""The commands that write: export, chart, view, letters, formats."""

from __future__ import annotations

import json

import openpyxl
import pytest
import typer
from officeplans import office_plan
from typer.testing import CliRunner

from planparse import cli_export
from planparse.errors import PlanparseError
from planparse.export import FORMATS

TEXT = "云溪县人民医院2024年工作方案\n一、重点任务\n1.推行分时段预约。预约诊疗率达到80%以上。（牵头科室：门诊部；完成时限：2024年6月底前）\n"


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    cli_export.register(app)
    (tmp_path / "p.json").write_text(office_plan().to_json(), "utf-8")
    (tmp_path / "p.txt").write_text(TEXT, "utf-8")

    def run(*args: str, code: int = 0):
        result = CliRunner().invoke(app, list(args))
        if isinstance(result.exception, PlanparseError):
            assert code == result.exception.exit_code, result.exception
            return "", str(result.exception)
        assert result.exit_code == code, (result.output, result.exception)
        return result.stdout, result.stderr

    return run


def test_formats_are_listed_with_what_they_carry(call):
    out, _ = call("formats")
    assert all(name in out for name in FORMATS)
    rows = json.loads(call("formats", "--json")[0])
    assert {row["name"] for row in rows} >= set(FORMATS)
    assert all(row["carries"] and row["proof"] for row in rows)
    assert "uda.lead.label=牵头" in call("formats", "taskwarrior")[0]
    assert "possible" in call("formats", "nope", code=2)[1]


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_written_by_the_command(call, tmp_path, name):
    given = (
        "p.txt" if name in ("label-studio", "doccano", "brat", "conll") else "p.json"
    )  # annotation needs the text
    _, told = call("export", given, "--to", name, "-o", f"out-{name}")
    assert "已写入" in told
    assert [p for p in tmp_path.iterdir() if p.name.startswith(f"out-{name}")]
    if not FORMATS[name].binary:
        assert call("export", given, "--to", name)[0]


def test_suffix_options_and_documents(call, tmp_path):
    assert "BEGIN:VTODO" not in call("export", "p.json", "--to", "ics", "--option", "components=event")[0]
    assert "TRIGGER" not in call("export", "p.json", "--to", "ics", "--option", "remind=0")[0]
    call("export", "p.txt", "-o", "a.md")
    assert "推行分时段预约" in (tmp_path / "a.md").read_text("utf-8")


def test_template_chart_view_and_letters(call, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["任务名称", "牵头部门", "截止时间", "星座"])
    book.save(tmp_path / "t.xlsx")
    _, told = call("export", "p.json", "--template", "t.xlsx", "-o", "f.xlsx")
    assert "B列 牵头部门 ← 牵头科室" in told
    assert "未填的列：D 星座" in told
    assert openpyxl.load_workbook(tmp_path / "f.xlsx").active["A2"].value == "推行分时段预约"
    call("chart", "p.json", "-o", "c.html", "--as-of", "2024-06-20")
    assert "截至 2024-06-20" in (tmp_path / "c.html").read_text("utf-8")
    call("view", "p.txt", "-o", "v.html")
    assert "推行分时段预约" in (tmp_path / "v.html").read_text("utf-8")
    out, _ = call("letters", "p.json", "-o", "任务书", "--docx-only", "--as-of", "2024-02-01")
    assert len(out.split()) == 6
    call("letters", "--write-template", "own.docx")
    call("letters", "p.json", "-o", "again", "--template", "own.docx")


def test_usage_and_faults(call):
    assert "give --to FORMAT" in call("export", "p.json", code=2)[1]
    assert "possible: json" in call("export", "p.json", "--to", "x", code=2)[1]
    assert "请加 -o" in call("export", "p.json", "--to", "xlsx", code=2)[1]
    assert "takes: components=both" in call("export", "p.json", "--to", "ics", "--option", "x=1", code=2)[1]
    assert "only taskwarrior" in call("export", "p.json", "--to", "ics", "--existing", "p.json", code=2)[1]
    assert (
        "is the template itself"
        in call("export", "p.json", "--template", "p.json", "-o", "p.json", code=2)[1]
    )
    assert "no file given" in call("chart", "-o", "c.html", code=2)[1]
    assert "possible: a name ending in" in call("chart", "p.json", "-o", "c.png", code=2)[1]
    assert "give the document itself" in call("view", "p.json", "-o", "v.html", code=1)[1]
    assert "cannot be opened" in call("chart", "none.json", "p.json", "-o", "c.html", code=3)[1]
    assert "no such file" in call("export", "none.docx", "--to", "org", code=1)[1]
    assert "give a folder" in call("letters", "p.json", code=2)[1]
