"""The ledger workbook: seven sheets, one A3 page wide, typed cells, no formula of the document's."""

from __future__ import annotations

import time
from datetime import date, datetime

import msgspec
import openpyxl
import pytest
from growth import assert_linear
from officeplans import big_plan, hostile_plan, office_plan

from planparse import extract
from planparse.errors import ExportError
from planparse.export import write
from planparse.export.item import STATES, Progress, board_of, doubts, items_of
from planparse.export.workbook import LEDGER_HEADS, write_board
from planparse.model import Block

SHEETS = ["作战图", "工作台账", "科室任务清单", "按月督查", "量化指标", "待核实", "说明"]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "台账.xlsx"
    write([office_plan()], path, as_of=date(2024, 6, 20))
    return openpyxl.load_workbook(path)


def rows(sheet, first=4):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def test_sheets_are_set_up_for_the_wall(book):
    assert book.sheetnames[:7] == SHEETS
    assert book[book.sheetnames[7]].sheet_state == "veryHidden"
    for name in SHEETS:
        page = book[name]
        set_up = page.page_setup
        assert (set_up.paperSize, set_up.orientation, set_up.fitToWidth or 1, set_up.fitToHeight) == (
            8,
            "landscape",
            1,
            0,
        )
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.print_title_rows == "$3:$3"
        assert page.freeze_panes
        last = page.print_area.rpartition("$")[0].rpartition("$")[2] if page.print_area else ""
        titles = [area for area in page.merged_cells.ranges if area.min_row == 1]
        assert titles
        assert (
            openpyxl.utils.get_column_letter(titles[0].max_col) == last
        )  # the title is merged over the printed columns only
        if name != "说明":
            assert page.auto_filter.ref


def test_places_are_those_of_the_file_and_long_cells_show_their_beginning(tmp_path):
    text = (
        "序号\t重点任务\t工作措施\t责任科室\n1\t修订制度\t"
        + "梳理现行流程，明确责任分工。" * 200
        + "\t医务科\n"
    )
    (tmp_path / "方案.txt").write_text(f"2024年任务清单\n{text}", "utf-8")
    plan = extract(tmp_path / "方案.txt")
    cell = plan.tasks[0].span
    placed = msgspec.structs.replace(
        plan, blocks=(Block(span=(0, cell[0])), Block(span=cell, table=1, row=2, column=3))
    )
    write([placed], tmp_path / "o.xlsx")
    page = openpyxl.load_workbook(tmp_path / "o.xlsx")["工作台账"]
    heads = [one.value for one in page[3]]
    assert page.cell(4, heads.index("原文位置") + 1).value == "表1 第2行 第3列"
    assert page.cell(4, heads.index("具体举措") + 1).alignment.vertical == "top"
    write([msgspec.structs.replace(plan, blocks=())], tmp_path / "p.xlsx")
    assert (
        openpyxl.load_workbook(tmp_path / "p.xlsx")["工作台账"].cell(4, heads.index("原文位置") + 1).value
        == f"第{cell[0]}–{cell[1]}字"
    )


def test_ledger_has_typed_cells_choices_and_colours_with_words(book):
    page = book["工作台账"]
    heads = [cell.value for cell in page[3]]
    assert heads == [head.name for head in LEDGER_HEADS]
    table = [dict(zip(heads, row, strict=True)) for row in rows(page)]
    assert [row["截止日期"] for row in table] == [datetime(2024, 6, 30), datetime(2024, 12, 31), None, None]
    assert [row["预警"] for row in table] == ["临期", None, None, None]
    assert [row["状态"] for row in table] == ["未启动"] * 4
    assert [row["完成时限"] for row in table] == ["6月底前", "9月—12月", "每月", None]
    assert table[1]["牵头科室"] == "医务科、护理部"
    validations = {v.type: v for v in page.data_validations.dataValidation}
    assert all(state in validations["list"].formula1 for state in STATES)
    formulas = {
        rule.formula[0] for area in page.conditional_formatting for rule in area.rules if rule.formula
    }
    assert {f'"{state}"' for state in (*STATES, "临期", "逾期")} <= formulas


def test_war_map_marks_roles(book):
    page = book["作战图"]
    heads = [cell.value for cell in page[3]]
    table = [dict(zip(heads, row, strict=True)) for row in rows(page)]
    assert (table[0]["门诊部"], table[0]["信息科"], table[0]["各临床科室"]) == ("★", "○", "○")
    assert (table[1]["医务科"], table[1]["护理部"], table[1]["医保办"]) == ("★", "★", "△")


def test_departments_with_counts_indicators_and_doubts(book):
    listed = rows(book["科室任务清单"])
    bands = {row[0]: (row[2], row[3]) for row in listed if row[1] == "小计"}
    assert bands["护理部"] == (2, "牵头 1，责任 1，配合 0；未销号 2")
    indicators = rows(book["量化指标"])
    assert [(row[1], row[2], row[3]) for row in indicators] == [
        ("医护比", "≥1:1.6", 1.6),
        ("预约诊疗率", "≥80%", 80),
        ("平均住院日", "≤8天（由9.2天）", 8),
    ]
    doubts = rows(book["待核实"])
    assert doubts[0][3] == "第3页有一字未能复原"
    assert [row[1] for row in doubts[1:]] == ["t-aaaa02", "t-aaaa03", "t-aaaa04"]
    assert "未写明责任科室" in doubts[3][3]
    notes = dict(row[:2] for row in rows(book["说明"]))
    assert notes["截至日期"] == "2024-06-20"


def test_without_a_day_there_are_no_alerts(tmp_path):
    write([office_plan()], tmp_path / "a.xlsx")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["工作台账"]
    assert {row[10] for row in rows(page)} == {None}


def test_no_text_of_a_document_is_a_formula(tmp_path):
    write([hostile_plan()], tmp_path / "a.xlsx", as_of=date(2024, 6, 20))
    for page in openpyxl.load_workbook(tmp_path / "a.xlsx"):
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (page.title, cell.coordinate)
                if (
                    cell.data_type == "s"
                    and cell.value.lstrip().startswith(("=", "+", "-", "@"))
                    and cell.row > 3
                ):
                    assert cell.quotePrefix, (page.title, cell.coordinate)


def test_the_same_board_gives_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        write([office_plan()], tmp_path / f"{name}.xlsx", as_of=date(2024, 6, 20))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_many_departments_and_an_empty_board(tmp_path):
    plan = big_plan(120)
    write([plan], tmp_path / "a.xlsx")
    heads = [cell.value for cell in openpyxl.load_workbook(tmp_path / "a.xlsx")["作战图"][3]]
    assert "其他科室" in heads
    write([], tmp_path / "b.xlsx")
    with pytest.raises(ExportError, match="does not exist"):
        write([plan], tmp_path / "no" / "a.xlsx")


def test_progress_is_shown(tmp_path):
    items = items_of([office_plan()])
    people = Progress(status="已销号", progress="已上线", closed_on="2024-06-01", months={"3": "良好"})
    board = msgspec.structs.replace(
        board_of([office_plan()]), items=(msgspec.structs.replace(items[0], people=people), *items[1:])
    )
    write_board(board, tmp_path / "a.xlsx", as_of=date(2024, 7, 30))
    made = openpyxl.load_workbook(tmp_path / "a.xlsx")
    row = rows(made["工作台账"])[0]
    assert (row[10], row[11], row[12], row[16]) == (None, "已销号", "已上线", datetime(2024, 6, 1))
    assert rows(made["按月督查"])[0][7] == "良好"


def test_time_grows_with_the_tasks(tmp_path):
    def seconds(tasks):
        plan = big_plan(tasks)
        start = time.process_time()
        write([plan], tmp_path / "a.xlsx")
        return time.process_time() - start

    assert_linear(seconds, 200)


def test_an_unsure_target_is_to_be_checked():
    plan = office_plan()
    target = msgspec.structs.replace(plan.targets[0], value=10.0, confidence=0.71, text="占比不低于10%")
    assert doubts(plan.tasks[0], (target,)) == ("指标把握较低（0.71）：占比不低于10%",)
    assert doubts(plan.tasks[0], (msgspec.structs.replace(target, confidence=0.95),)) == ()
