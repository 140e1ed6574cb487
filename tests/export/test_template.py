"""Somebody's own template is filled: columns understood, styles and choices kept, the rest reported."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
import openpyxl
import pytest
from officeplans import big_plan, hostile_plan, office_plan
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from planparse.errors import ExportError
from planparse.export.headers import field_of
from planparse.export.item import Progress, items_of
from planparse.export.template import describe, fill
from planparse.rulebook import check_examples, load_rules


def oa_template(path: Path, *, foot: bool = False) -> Path:
    """A two-row head with merged cells, styles, a hidden sheet of choices, and a foot."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "督办导入"
    page.append(["某平台督办事项导入模板"])
    page.merge_cells("A1:I1")
    page.append(["序号", "*任务名称", "责任分工", None, None, "计划完成日期", "任务状态", "执行人", "备注"])
    page.append([None, None, "牵头科室", "责任科室", "配合科室", None, None, None, None])
    page.merge_cells("C2:E2")
    for letter in "ABFGHI":
        page.merge_cells(f"{letter}2:{letter}3")
    for number in range(1, 10):
        cell = page.cell(4, number)
        cell.font = Font(name="宋体", size=14)
        cell.fill = PatternFill("solid", fgColor="FFFFCC")
    page["F4"].number_format = "yyyy/m/d"
    data = book.create_sheet("系统数据")
    data.sheet_state = "hidden"
    for row, name in enumerate(("门诊部(#11)", "医务科(#12)", "护理部(#13)"), 1):
        data.cell(row, 1, name)
    choices = DataValidation(type="list", formula1="=系统数据!$A$1:$A$3")
    states = DataValidation(type="list", formula1='"未开始,进行中,已完成"')
    page.add_data_validation(choices)
    page.add_data_validation(states)
    choices.add("C4:C5")
    states.add("G4:G5")
    if foot:
        page["A6"] = "填表人："
        page.merge_cells("A6:I6")
    book.save(path)
    return path


def test_rules_of_headings_hold():
    assert check_examples(load_rules(), ["template_headers"]) == []


def test_unknown_and_people_s_headings_are_told_apart():
    assert (field_of("实际完成时间"), field_of("备注"), field_of("星座"), field_of("")) == (
        "none",
        "none",
        None,
        None,
    )
    assert field_of("计划完成\n时间 *") == "end"


def test_columns_are_filled_and_everything_else_stays(tmp_path):
    template = oa_template(tmp_path / "t.xlsx", foot=True)
    report = fill(items_of([office_plan()]), template, tmp_path / "out.xlsx")
    page = openpyxl.load_workbook(tmp_path / "out.xlsx")["督办导入"]
    rows = [[page.cell(r, c).value for c in range(1, 10)] for r in range(4, 8)]
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert [row[1] for row in rows] == [
        "推行分时段预约",
        "规范床位调配",
        "每月开展1次质量查房，结果纳入考核。",
        "加强院感防控",
    ]
    assert [row[2] for row in rows] == ["门诊部(#11)", "医务科(#12)", None, None]
    assert [row[5] for row in rows] == [datetime(2024, 6, 30), datetime(2024, 12, 31), None, None]
    assert [row[6] for row in rows] == ["未开始"] * 4
    assert [row[8] for row in rows] == [None] * 4
    assert page["B7"].font.size == 14
    assert page["F7"].number_format == "yyyy/m/d"
    assert page["A8"].value == "填表人："
    assert "A8:I8" in {str(area) for area in page.merged_cells.ranges}
    assert all("7" in str(v.sqref) for v in page.data_validations.dataValidation)
    assert (report.sheet, report.head_row, report.rows) == ("督办导入", 3, 4)
    assert ("I", "备注") in report.unmatched
    assert "具体举措" in report.left
    told = "\n".join(describe(report))
    assert "第5行 牵头科室: 下拉列表只能选一个，填入「医务科(#12)」，未填：护理部" in told
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["系统数据"].sheet_state == "hidden"


def test_an_oa_register_is_filled_with_what_people_wrote(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(
        [
            "序号",
            "督办事项",
            "工作要求",
            "主办部门",
            "参与人",
            "办结时限",
            "办理状态",
            "办理情况",
            "督办意见",
            "销号时间",
        ]
    )
    states = DataValidation(type="list", formula1='"待办理,办理中,已办结"')
    page.add_data_validation(states)
    states.add("G2:G9")
    book.save(tmp_path / "t.xlsx")
    people = [
        Progress(),
        Progress(status="推进中", progress="=已招标", inspection="正常"),
        Progress(status="已销号", closed_on="2024-06-20"),
        Progress(status="已完成待销号"),
    ]
    items = [
        msgspec.structs.replace(item, people=own)
        for item, own in zip(items_of([office_plan()]), people, strict=True)
    ]
    report = fill(items, tmp_path / "t.xlsx", tmp_path / "o.xlsx")
    page = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    rows = [[page.cell(r, c).value for c in range(7, 11)] for r in range(2, 6)]
    assert rows == [
        ["待办理", None, None, None],
        ["办理中", "=已招标", "正常", None],
        ["已办结", None, None, datetime(2024, 6, 20)],
        ["已办结", None, None, None],
    ]
    assert page["H3"].data_type == "s"
    assert not report.unmatched
    assert ("E", "参与人", "配合科室") in report.matched


def test_the_same_problem_of_many_rows_is_told_once(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["任务名称", "牵头科室"])
    choices = DataValidation(type="list", formula1='"甲科,乙科"')
    page.add_data_validation(choices)
    choices.add("B2:B9")
    book.save(tmp_path / "t.xlsx")
    report = fill(items_of([big_plan(250)]), tmp_path / "t.xlsx", tmp_path / "o.xlsx")
    assert len(report.problems) == 40
    assert any(line.endswith("不在下拉列表中，留空") and "行）" in line for line in report.problems)


def test_samples_are_kept_and_long_lists_fit(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.append(["任务标题", "描述", "截止时间", "负责人"])
    page.append(["示例：完善制度", "示例", "2024-01-01", "张三"])
    book.save(tmp_path / "t.xlsx")
    report = fill(items_of([big_plan(250)]), tmp_path / "t.xlsx", tmp_path / "o.xlsx")
    page = openpyxl.load_workbook(tmp_path / "o.xlsx").active
    assert page["A2"].value == "示例：完善制度"
    assert (page["A3"].value, page["A252"].value) == ("推进第1号改进事项", "推进第250号改进事项")
    assert any("保留" in line for line in report.problems)


def test_document_text_is_no_formula_in_a_template(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["编号", "任务名称", "描述", "牵头科室", "责任领导", "完成时限"])
    book.save(tmp_path / "t.xlsx")
    fill(items_of([hostile_plan()]), tmp_path / "t.xlsx", tmp_path / "o.xlsx")
    row = openpyxl.load_workbook(tmp_path / "o.xlsx").active[2]
    assert [cell.data_type for cell in row] == ["s"] * 6
    assert row[0].value == "=1+1"
    assert row[0].quotePrefix


def test_templates_that_cannot_be_filled_are_told(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"not a workbook")
    with pytest.raises(ExportError, match=r"not an \.xlsx template"):
        fill([], tmp_path / "a.xlsx", tmp_path / "o.xlsx")
    book = openpyxl.Workbook()
    book.active.append(["星座", "血型"])
    book.save(tmp_path / "b.xlsx")
    with pytest.raises(ExportError, match="no heading is understood"):
        fill([], tmp_path / "b.xlsx", tmp_path / "o.xlsx")
    with pytest.raises(ExportError, match="possible: Sheet"):
        fill([], tmp_path / "b.xlsx", tmp_path / "o.xlsx", sheet="x")
    from docx import Document

    Document().save(str(tmp_path / "c.docx"))
    with pytest.raises(ExportError, match=r"另存为 \.xlsx"):
        fill([], tmp_path / "c.docx", tmp_path / "o.xlsx")
    assert not (tmp_path / "o.xlsx").exists()
