"""json, jsonl, csv, table and frames: what is in them, and what cannot get out of them."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from officeplans import big_plan, hostile_plan, office_plan

from planparse.errors import ExportError
from planparse.export import FORMATS, format_named, format_of_path, write
from planparse.export.frame import frame, frames
from planparse.export.texttable import width
from planparse.model import Plan


def test_every_format_of_the_table_loads_and_has_its_line():
    for name, one in FORMATS.items():
        assert callable(one.load())
        assert one.name == name
        assert one.carries
        assert all(s.startswith(".") for s in one.suffixes)


def test_unknown_format_suffix_and_option_are_named_with_what_is_possible(tmp_path):
    with pytest.raises(ExportError, match=r"given format 'doc'; possible: json, jsonl"):
        format_named("doc")
    with pytest.raises(ExportError, match=r"suffix '\.doc'"):
        format_of_path("a.doc")
    with pytest.raises(ExportError, match="given option colour; possible: excel_safe"):
        write([office_plan()], tmp_path / "a.csv", colour=1)
    with pytest.raises(ExportError, match="not text"):
        write([office_plan()], io.StringIO(), "xlsx")


def test_json_of_one_is_the_contract_object_and_of_two_an_array(tmp_path):
    plan = office_plan()
    write([plan], tmp_path / "a.json")
    assert Plan.from_json((tmp_path / "a.json").read_text("utf-8")) == plan
    out = io.StringIO()
    write([plan, plan], out, "json")
    import json

    assert [Plan.from_dict(part) for part in json.loads(out.getvalue())] == [plan, plan]


def test_jsonl_is_one_line_a_plan(tmp_path):
    plans = [office_plan(), hostile_plan()]
    write(plans, tmp_path / "a.jsonl")
    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    assert [Plan.from_json(line) for line in lines] == plans


def test_csv_is_two_files_with_bom_that_read_back(tmp_path):
    assert write([office_plan()], tmp_path / "p.csv") == (
        tmp_path / "p.tasks.csv",
        tmp_path / "p.targets.csv",
    )
    raw = (tmp_path / "p.tasks.csv").read_bytes()
    assert raw.startswith("\ufeff".encode())
    table = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert [row["牵头科室"] for row in table] == ["门诊部", "医务科、护理部", "", ""]
    assert [row["截止日期"] for row in table] == ["2024-06-30", "2024-12-31", "", ""]
    assert table[3]["具体举措"] == "加强院感防控，落实手卫生，\n做好监测。"
    targets = list(csv.DictReader((tmp_path / "p.targets.csv").open(encoding="utf-8-sig", newline="")))
    assert [row["目标"] for row in targets] == ["≥80%", "≤8天（由9.2天）", "≥1:1.6"]


def test_csv_has_no_cell_that_a_spreadsheet_runs(tmp_path):
    write([hostile_plan()], tmp_path / "p.csv")
    for name in ("tasks", "targets"):
        for row in csv.reader((tmp_path / f"p.{name}.csv").open(encoding="utf-8-sig", newline="")):
            for cell in row:
                assert not cell.lstrip().startswith(("=", "+", "-", "@", "\t")), cell
                assert "\x1b" not in cell


def test_csv_refuses_a_character_that_the_encoding_lacks_and_leaves_no_file(tmp_path):
    plan = office_plan()
    with pytest.raises(ExportError, match="ascii has no"):
        write([plan], tmp_path / "p.csv", encoding="ascii")
    assert list(tmp_path.iterdir()) == []


def test_table_lines_keep_the_width_and_columns_stay_aligned():
    out = io.StringIO()
    write([office_plan()], out, "table", width=90)
    lines = out.getvalue().splitlines()
    assert all(width(line) <= 90 for line in lines)
    assert lines[0] == "云溪县人民医院2024年重点工作实施方案"
    assert "总体指标" in lines
    assert "\x1b" not in out.getvalue()


def test_table_of_hostile_text_sends_no_escape_to_the_terminal():
    out = io.StringIO()
    write([hostile_plan()], out, "table")
    assert "\x1b" not in out.getvalue()
    assert "\u202e" not in out.getvalue()


def test_frames_have_typed_columns_and_the_document_first():
    table = frame(office_plan())
    assert table["截止日期"].dt.strftime("%Y-%m-%d").fillna("").tolist() == [
        "2024-06-30",
        "2024-12-31",
        "",
        "",
    ]
    assert table["原文起"].tolist() == [10, 50, 90, 120]
    roles = frame(office_plan(), "roles", lang="en")
    assert roles[["role", "name"]].values.tolist()[:3] == [
        ["牵头", "门诊部"],
        ["责任", "信息科"],
        ["责任", "各临床科室"],
    ]
    both = frames([office_plan(), big_plan(5)], "targets")
    assert both["文件编码"].value_counts().to_dict() == {"d-office": 3, "d-big": 5}
    with pytest.raises(ExportError, match="possible: tasks, targets, roles"):
        frame(office_plan(), "people")


def test_a_missing_folder_is_said(tmp_path: Path):
    with pytest.raises(ExportError, match="does not exist"):
        write([office_plan()], tmp_path / "no" / "a.json")
