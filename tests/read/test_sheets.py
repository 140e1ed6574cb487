"""Sheets: cells as printed, merged ranges, several tables, what is hidden."""

from __future__ import annotations

import datetime
import io

import pytest
import xlsxwriter

from planparse.errors import DamagedFile
from planparse.model import Source
from planparse.read import read
from planparse.read.biff import Record, rk_number, shared_strings
from planparse.read.number_format import as_printed, date_parts


def book(fill: object) -> Source:
    """Read a workbook that ``fill(book, sheet)`` wrote."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(made, made.add_worksheet("分解表"))  # type: ignore[operator]
    made.close()
    return read(out.getvalue(), name="plan.xlsx")


@pytest.mark.parametrize(
    ("value", "form", "printed"),
    [
        (0.95, "0%", "95%"),
        (0.9555, "0.0%", "95.6%"),
        (0.95, "General", "0.95"),
        (1200, "#,##0", "1200"),
        (3.5, '0.0"天"', "3.5天"),
        (30, '"≥"0"例"', "≥30例"),
        (-5, "0;[Red]-0", "-5"),
        (0, '0;-0;"—";@', "—"),
        (7, "000", "007"),
        (45473, "yyyy/m/d", "2024-06-30"),
        (45473, 'yyyy"年"m"月"d"日"', "2024-06-30"),
        (45473, 'yyyy"年"m"月"', "2024年6月"),
        (45473, 'm"月"d"日"', "6月30日"),
        (45473, "[$-804]yyyy", "2024年"),
        (45473.5, "yyyy-mm-dd hh:mm", "2024-06-30 12:00"),
        (45473, "yyyy-mm-dd h:mm:ss", "2024-06-30"),
        (1.10, "0.##", "1.1"),
        (5, "@", "5"),
        (2.5, '[>=1]0.0"倍"', "2.5倍"),
    ],
)
def test_numbers_as_printed(value: float, form: str, printed: str) -> None:
    assert as_printed(value, form) == printed


def test_minutes_are_no_months() -> None:
    assert date_parts("h:mm:ss") == "t"
    assert date_parts("mm:ss") == "t"
    assert date_parts("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy") == "ymd"


def test_the_calendar_of_1904() -> None:
    assert as_printed(44011, "yyyy-mm-dd", since_1904=True) == "2024-06-30"


def test_title_notes_and_rows_keep_their_numbers() -> None:
    def fill(made: xlsxwriter.Workbook, sheet: object) -> None:
        sheet.merge_range("B2:D2", "任务分解表")
        sheet.write_row("B4", ["序号", "任务", "科室"])
        sheet.write_row("B5", [1, "甲", "医务科"])
        sheet.write_row("B6", [2, "乙", "护理部"])
        sheet.write("B8", "注：以上各项年底完成。")

    source = book(fill)
    assert source.text == "任务分解表\n序号\t任务\t科室\n1\t甲\t医务科\n2\t乙\t护理部\n注：以上各项年底完成。"
    assert source.blocks[-2].place == "表1 第6行 第4列"
    assert source.tables[0].name == "分解表"
    assert source.blocks[0].place == "表1 第2行 第2列"


def test_two_tables_on_one_sheet() -> None:
    def fill(made: xlsxwriter.Workbook, sheet: object) -> None:
        sheet.write_row("A1", ["序号", "任务", "牵头科室"])
        sheet.write_row("A2", [1, "甲", "医务科"])
        sheet.write("A3", "一、护理")
        sheet.write_row("A4", [2, "乙", "护理部"])
        sheet.write("A6", "二、后勤任务表")
        sheet.write_row("A7", ["序号", "任务", "责任科室", "时限"])
        sheet.write_row("A8", [3, "丙", "总务科", "6月"])

    source = book(fill)
    assert [len(table.rows) for table in source.tables] == [4, 2]


def test_merged_cells_hold_for_their_rows() -> None:
    def fill(made: xlsxwriter.Workbook, sheet: object) -> None:
        sheet.write_row("A1", ["任务", "科室"])
        sheet.write_row("A2", ["甲"])
        sheet.write_row("A3", ["乙"])
        sheet.merge_range("B2:B3", "医务科")

    source = book(fill)
    assert [[source.text[a:b] for a, b in row] for row in source.tables[0].rows][1:] == [
        ["甲", "医务科"],
        ["乙", "医务科"],
    ]


def test_hidden_rows_columns_and_sheets() -> None:
    def fill(made: xlsxwriter.Workbook, sheet: object) -> None:
        for r in range(4):
            sheet.write_row(r, 0, [f"r{r}", "x", f"c{r}"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        made.add_worksheet("旧").hide()

    source = book(fill)
    assert source.text == "r0\tc0\nr1\tc1\nr3\tc3"
    assert len(source.warnings) == 2


def test_formulas_without_value_are_told() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    made = openpyxl.Workbook()
    made.active.append(["甲", "=1+1"])
    made.active.append(["乙", "二"])
    out = io.BytesIO()
    made.save(out)
    source = read(out.getvalue(), name="a.xlsx")
    assert "公式" in source.warnings[0]


def test_dates_and_rich_text() -> None:
    def fill(made: xlsxwriter.Workbook, sheet: object) -> None:
        bold = made.add_format({"bold": True})
        sheet.write_rich_string("A1", bold, "医务", "科")
        sheet.write_datetime("B1", datetime.datetime(2024, 9, 1), made.add_format({"num_format": 14}))
        sheet.write("A2", "第一行\n第二行")
        sheet.write("B2", True)

    assert book(fill).text == "医务科\t2024-09-01\n第一行\v第二行\tTRUE"


def test_a_used_range_of_a_million_rows_costs_nothing() -> None:
    def fill(made: xlsxwriter.Workbook, sheet: object) -> None:
        sheet.write_row("A1", ["任务", "科室"])
        sheet.write_row("A1048576", ["甲", "医务科"])
        sheet.write_blank("XFD9", None, made.add_format({"bold": True}))

    source = book(fill)
    assert source.text == "任务\t科室\n甲\t医务科"
    assert source.blocks[-1].row == 1_048_576


def test_merges_over_one_another_end() -> None:
    from planparse.read.build import Builder
    from planparse.read.sheet import Sheet, write_sheet

    sheet = Sheet("x", rows={r: dict.fromkeys(range(1, 101), "x") for r in range(1, 2001)})
    sheet.merged = [(1, 1, 2000, 100)] * 1000
    with pytest.raises(DamagedFile):
        write_sheet(sheet, Builder(), "a.xlsx", 1)


def test_strings_over_continue_records() -> None:
    body = (1).to_bytes(4, "little") * 2 + b"\x04\x00\x01" + "医务".encode("utf-16-le")
    assert shared_strings(Record(0, 0xFC, body, [b"\x01" + "科室".encode("utf-16-le")])) == ["医务科室"]
    assert shared_strings(Record(0, 0xFC, body, [b"\x00ab"])) == ["医务ab"]
    assert rk_number(0x3FF00000) == 1.0


def test_fields_above_and_below_a_table_are_lines() -> None:
    def fill(made: xlsxwriter.Workbook, sheet: object) -> None:
        sheet.write_row("A1", ["科室：", "护理部", "", "填表日期：4月28日"])
        sheet.write_row("A2", ["序号", "任务", "责任人", "时限"])
        sheet.write_row("A3", [1, "甲", "冯静", "5月"])
        sheet.write("A5", "上月未完成工作：")
        sheet.write_row("A6", ["序号", "工作内容", "整改措施", "责任人"])
        sheet.write_row("A7", [1, "乙", "丙", "崔瑶"])
        sheet.write_row("A8", ["填表人：李娜", "", "审核人：", "王海"])

    source = book(fill)
    assert [len(table.rows) for table in source.tables] == [2, 2]
    lines = source.text.split("\n")
    assert (lines[0], lines[3], lines[-1]) == (
        "科室：护理部　填表日期：4月28日",
        "上月未完成工作：",
        "填表人：李娜　审核人：王海",
    )


def test_a_sheet_of_nothing_but_fields_is_a_form() -> None:
    def fill(made: xlsxwriter.Workbook, sheet: object) -> None:
        sheet.write_row("A1", ["项目名称：", "日间手术扩容", "负责科室：", "医务科"])
        sheet.write_row("A2", ["项目目标：", "日间手术占比达到20%", "完成时间：", "2025年6月"])

    assert len(book(fill).tables) == 1
