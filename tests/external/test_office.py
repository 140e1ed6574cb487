"""LibreOffice: the workbook opens, prints one A3 page wide, survives being saved there, and returns; CSV stays text."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from datetime import date

import docx
import openpyxl
import pytest
from officeplans import big_plan, hostile_plan, office_plan

from planparse.export import write
from planparse.export.item import board_of
from planparse.export.letters import write_letters
from planparse.export.workbook import LEDGER_HEADS, write_board
from planparse.ledger.book import Ledger
from planparse.ledger.workbook import read, take

pytestmark = pytest.mark.external


def test_workbook_prints_one_a3_page_wide(tools, tmp_path):
    write([office_plan(), big_plan(60)], tmp_path / "t.xlsx", as_of=date(2024, 6, 20))
    pages = tools.pdf_pages(tools.office(tmp_path, tmp_path / "t.xlsx", "pdf"))
    assert all(abs(wide - 1190.55) < 2 and abs(tall - 841.89) < 2 for wide, tall, _ in pages)
    assert 7 <= len(pages) <= 16  # seven sheets, none cut to the right
    assert [text for *_, text in pages if "工作台账" in text and "序号" in text and "原文位置" in text]


def test_workbook_saved_by_libreoffice_comes_back(tools, tmp_path):
    with Ledger(tmp_path / "l.sqlite") as ledger:
        ledger.add(office_plan(), when="2024-01-20")
        ledger.update("t-aaaa01", when="2024-02-01", progress="已招标")
        write_board(ledger.board(), tmp_path / "t.xlsx", as_of=date(2024, 6, 20))
        saved = tools.office(tmp_path, tmp_path / "t.xlsx", "ods")
        again = tools.office(tmp_path / "converted", saved, "xlsx")
        assert read(again, ledger).edits == ()
        book = openpyxl.load_workbook(again)
        heads = [head.name for head in LEDGER_HEADS]
        page = book["工作台账"]
        page.cell(5, heads.index("进展情况") + 1).value = "床位统一调配"
        page.cell(5, heads.index("状态") + 1).value = "推进中"
        page.cell(4, heads.index("销号日期") + 1).value = date(2024, 6, 18)
        book.save(again)
        folder = tmp_path / "x"
        folder.mkdir()
        shutil.copyfile(again, folder / "t.xlsx")
        final = tools.office(folder, folder / "t.xlsx", "xlsx")
        reading = read(final, ledger)
        assert {(e.item, e.field, e.after, e.verdict) for e in reading.edits} == {
            ("t-aaaa02", "进展情况", "床位统一调配", "take"), ("t-aaaa02", "状态", "推进中", "take"), ("t-aaaa01", "销号日期", "2024-06-18", "take"),
        }  # fmt: skip
        take(ledger, reading, when="2024-06-21")
        assert (ledger.item("t-aaaa01").people.progress, ledger.item("t-aaaa02").people.progress) == (
            "已招标",
            "床位统一调配",
        )


def test_hostile_text_is_inert_in_workbook_and_csv(tools, tmp_path):
    write([hostile_plan()], tmp_path / "t.xlsx")
    again = tools.office(tmp_path, tmp_path / "t.xlsx", "xlsx")
    for page in openpyxl.load_workbook(again):
        assert not any(cell.data_type == "f" or cell.hyperlink for row in page.iter_rows() for cell in row)
    for path in [
        *write([hostile_plan(), office_plan()], tmp_path / "c.csv"),
        *write([hostile_plan()], tmp_path / "redmine.csv", "redmine"),
    ]:
        made = tools.office(tmp_path, path, "xlsx")
        for row in openpyxl.load_workbook(made).active.iter_rows():
            assert not any(cell.data_type == "f" for cell in row)


def test_csv_opens_with_chinese_dates_and_numbers_as_they_are(tools, tmp_path):
    tasks, targets = write([office_plan()], tmp_path / "c.csv")
    page = openpyxl.load_workbook(tools.office(tmp_path, tasks, "xlsx")).active
    heads = [cell.value for cell in page[1]]
    assert heads[0] == "文件编码"
    assert [cell.value for cell in page[2]][heads.index("编号")] == "一/1"
    values = openpyxl.load_workbook(tools.office(tmp_path, targets, "xlsx")).active
    head = [cell.value for cell in values[1]]
    assert [row[head.index("目标值")].value for row in values.iter_rows(min_row=2)] == [80, 8, 1.6]
    assert next(csv.reader(tasks.open(encoding="utf-8-sig")))[0] == "文件编码"


def test_letters_open_and_print(tools, tmp_path):
    written = [
        p
        for p in write_letters(
            board_of([office_plan()]), tmp_path / "o", issuer="云溪县人民医院", workbooks=False
        )
        if "护理部" in p.name
    ]
    text = re.sub(
        r"\s", "", "".join(text for *_, text in tools.pdf_pages(tools.office(tmp_path, written[0], "pdf")))
    )
    assert "目标任务书" in text
    assert "责任科室负责人（签字）" in text
    assert docx.Document(str(written[0])).core_properties.author == ""


def test_the_command_line_from_document_to_edited_workbook(tools, tmp_path):
    """Plan file → ledger → workbook → saved by LibreOffice → import: the whole way by the commands that the docs name."""
    import sys

    tools.program("soffice", "libreoffice")
    text = "云溪县人民医院2024年重点工作方案\n一、重点任务\n1.推行分时段预约。预约诊疗率达到80%以上。（牵头科室：门诊部；完成时限：2024年6月底前）\n2.改造老旧病房。（牵头科室：总务科）\n"
    (tmp_path / "方案.txt").write_text(text, "utf-8")

    def call(*args: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", "from planparse.cli import run; run()", *args],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    call("ledger", "add", "方案.txt", "--date", "2024-01-20")
    call("ledger", "export", "-o", "台账.xlsx", "--as-of", "2024-06-20")
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    book["工作台账"].cell(4, 13).value = "已上线"
    book.save(tmp_path / "台账.xlsx")
    again = tools.office(tmp_path, tmp_path / "台账.xlsx", "xlsx")
    assert "采纳" in call("ledger", "import", str(again), "--date", "2024-06-21")
    assert "已上线" in call("ledger", "list", "--json")
