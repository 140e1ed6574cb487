"""The workbook comes back from people: their words are taken, the plan's stay, nothing is lost on the way."""

from __future__ import annotations

import random
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from officeplans import hostile_plan, office_plan

from planparse.errors import LedgerError
from planparse.export.item import PEOPLE, STATES
from planparse.export.workbook import BASE_SHEET, LEDGER_HEADS, write_board
from planparse.ledger.book import Ledger
from planparse.ledger.manual import add_rows
from planparse.ledger.workbook import describe, read, take

HEADS = [head.name for head in LEDGER_HEADS]
COLUMN = {name: k for k, name in enumerate(HEADS, 1)}
KEYS = {head: key for key, head in PEOPLE.items()}


@pytest.fixture
def ledger(tmp_path):
    with Ledger(tmp_path / "l.sqlite") as one:
        one.add(office_plan(), when="2024-01-20")
        one.update("t-aaaa01", when="2024-02-01", status="推进中", progress="已招标", months={"2": "正常"})
        yield one


def written(ledger: Ledger, folder: Path) -> Path:
    path = folder / "台账.xlsx"
    write_board(ledger.board(), path, as_of=date(2024, 6, 20))
    return path


def edit(path: Path, change) -> Path:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def row_of(page, name: str) -> int:
    return next(
        cell.row for cell in page[openpyxl.utils.get_column_letter(COLUMN["任务编码"])] if cell.value == name
    )


def put(page, name: str, head: str, value) -> None:
    page.cell(row_of(page, name), COLUMN[head]).value = value


def test_an_untouched_workbook_says_nothing(ledger, tmp_path):
    reading = read(written(ledger, tmp_path), ledger)
    assert (reading.edits, reading.added, reading.missing, reading.notes) == ((), (), (), ())


def test_people_s_columns_are_taken_and_the_plan_s_are_shown(ledger, tmp_path):
    def change(book):
        page = book["工作台账"]
        put(page, "t-aaaa01", "进展情况", "已上线")
        put(page, "t-aaaa01", "状态", "已完成")
        put(page, "t-aaaa02", "销号日期", "2024年5月底")
        put(page, "t-aaaa02", "状态", "已销号")
        put(page, "t-aaaa02", "截止日期", "2024年9月底")
        put(page, "t-aaaa03", "牵头科室", "医务科")
        put(page, "t-aaaa04", "状态", "差不多了")
        book["按月督查"].cell(4, 9).value = "四月抽查合格"

    reading = read(edit(written(ledger, tmp_path), change), ledger)
    told = {(e.item, e.field): (e.after, e.verdict) for e in reading.edits}
    assert told == {
        ("t-aaaa01", "进展情况"): ("已上线", "take"),
        ("t-aaaa01", "状态"): ("已完成待销号", "take"),
        ("t-aaaa02", "销号日期"): ("2024-05-31", "take"),
        ("t-aaaa02", "状态"): ("已销号", "take"),
        ("t-aaaa02", "截止日期"): ("2024-09-30", "plan"),
        ("t-aaaa03", "牵头科室"): ("医务科", "plan"),
        ("t-aaaa04", "状态"): ("差不多了", "unreadable"),
        ("t-aaaa01", "4月"): ("四月抽查合格", "take"),
    }
    assert take(ledger, reading, when="2024-06-21", origin="台账.xlsx") == 5
    first, second = ledger.item("t-aaaa01"), ledger.item("t-aaaa02")
    assert (first.people.progress, first.people.status, first.people.months) == (
        "已上线",
        "已完成待销号",
        {"2": "正常", "4": "四月抽查合格"},
    )
    assert (second.people.status, second.people.closed_on, second.task.deadline.end) == (
        "已销号",
        "2024-05-31",
        "2024-12-31",
    )
    assert {e.origin for e in ledger.history("t-aaaa01") if e.day == "2024-06-21"} == {"台账.xlsx"}


def test_what_the_ledger_learned_meanwhile_is_not_turned_back(ledger, tmp_path):
    path = written(ledger, tmp_path)
    ledger.update("t-aaaa01", when="2024-03-01", progress="已上线", inspection="查过")
    ledger.update("t-aaaa02", when="2024-03-01", progress="甲方说法")
    edit(path, lambda book: put(book["工作台账"], "t-aaaa02", "进展情况", "乙方说法"))
    reading = read(path, ledger)
    assert [(e.item, e.field, e.verdict) for e in reading.edits] == [("t-aaaa02", "进展情况", "conflict")]
    assert take(ledger, reading, when="2024-04-01") == 0
    assert ledger.item("t-aaaa01").people.progress == "已上线"
    assert take(ledger, reading, when="2024-04-01", conflicts=True) == 1
    assert ledger.item("t-aaaa02").people.progress == "乙方说法"


def test_rows_sorted_moved_merged_added_and_deleted(ledger, tmp_path):
    def change(book):
        page = book["工作台账"]
        table = [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=7)]
        table[0][COLUMN["进展情况"] - 1] = "一并推进"
        order = [table[2], table[0], table[1]]  # the fourth is deleted, the order another
        fresh = [None] * len(HEADS)
        for head, value in {
            "重点任务": "整修停车场",
            "牵头科室": "总务科、保卫科",
            "截止日期": datetime(2024, 9, 30),
            "进展情况": "选址",
        }.items():
            fresh[COLUMN[head] - 1] = value
        page.delete_rows(4, 10)
        page.insert_rows(3)  # the head row moves down
        for row in [*order, fresh]:
            page.append(row)
        first = page.max_row - 2
        letter = openpyxl.utils.get_column_letter(COLUMN["进展情况"])
        page.cell(first + 1, COLUMN["进展情况"]).value = None
        page.merge_cells(f"{letter}{first}:{letter}{first + 1}")

    reading = read(edit(written(ledger, tmp_path), change), ledger)
    assert {(e.item, e.field, e.after, e.verdict) for e in reading.edits} == {
        ("t-aaaa01", "进展情况", "一并推进", "take"),
        ("t-aaaa02", "进展情况", "一并推进", "take"),
    }
    assert reading.missing == ("t-aaaa04",)
    assert [row.cells["重点任务"] for row in reading.added] == ["整修停车场"]
    take(ledger, reading, when="2024-06-21")
    made = add_rows(ledger, reading.added, when="2024-06-21", origin="台账.xlsx")
    item = ledger.item(made[0])
    assert ([d.name for d in item.task.lead], item.task.deadline.end, item.people.progress) == (
        ["总务科", "保卫科"],
        "2024-09-30",
        "选址",
    )
    assert add_rows(ledger, reading.added, when="2024-06-22") == ()
    assert ledger.add(office_plan(), when="2024-07-01").version == 1
    assert ledger.item(made[0]).active
    assert ledger.item("t-aaaa04").active  # a deleted row is no deleted task


def added(ledger: Ledger, path: Path, *table: dict[str, object]):
    """Read the workbook with rows appended by people in June 2024."""

    def change(book):
        for cells in table:
            fresh = [None] * len(HEADS)
            for head, value in cells.items():
                fresh[COLUMN[head] - 1] = value
            book["工作台账"].append(fresh)

    return read(edit(path, change), ledger, year=2024)


def test_an_added_row_keeps_state_deadline_and_closing_day(ledger, tmp_path):
    reading = added(
        ledger, written(ledger, tmp_path),
        {"重点任务": "迎接复审", "完成时限": "2024年11月底前", "状态": "进行中", "进展情况": "已成立专班"},
        {"重点任务": "整修车库", "完成时限": "每季度", "状态": "已办结", "销号日期": "6月3日"},
        {"重点任务": "清理档案", "完成时限": "9月底", "状态": "快了", "销号日期": "月底"},
    )  # fmt: skip
    made = [ledger.item(name) for name in add_rows(ledger, reading.added, when="2024-06-21")]
    assert [(i.task.deadline.end, i.task.deadline.recurrence, i.people.status, i.people.closed_on) for i in made] == [
        ("2024-11-30", None, "推进中", ""), (None, "quarterly", "已销号", "2024-06-03"), ("2024-09-30", None, "未启动", ""),
    ]  # fmt: skip
    assert [item.people.progress for item in made] == ["已成立专班", "", ""]
    assert [note.partition(": ")[2][:12] for note in reading.notes] == [
        "状态「快了」无法识别，可",
        "销号日期「月底」无法识别",
    ]


def test_totals_and_numbers_are_no_tasks(ledger, tmp_path):
    reading = added(
        ledger,
        written(ledger, tmp_path),
        {"序号": "合计", "重点任务": 106},
        {"重点任务": "合计"},
        {"备注": "填表人"},
        {"具体举措": 12},
    )
    assert reading.added == ()


def test_a_closing_day_without_year_is_the_given_one_s_and_a_missing_one_is_said(ledger, tmp_path):
    def change(book):
        page = book["工作台账"]
        put(page, "t-aaaa01", "状态", "已销号")
        put(page, "t-aaaa01", "销号日期", "6月3日")
        put(page, "t-aaaa02", "状态", "销号")
        put(page, "t-aaaa02", "进展情况", "甲\n乙")

    path = edit(written(ledger, tmp_path), change)
    reading = read(path, ledger, year=2024)
    told = describe(reading, {"t-aaaa01": "推行分时段预约"})
    assert "采纳  t-aaaa01「推行分时段预约」 第4行 销号日期：（空） → 2024-06-03" in told
    assert "采纳  t-aaaa02 第5行 状态：未启动 → 已销号（表中没有能识别的销号日期，记为导入之日）" in told
    assert "采纳  t-aaaa02 第5行 进展情况：（空） → 甲 乙" in told
    assert [e.verdict for e in read(path, ledger).edits if e.field == "销号日期"] == ["unreadable"]


def test_what_people_write_is_not_turned_into_numbers(ledger, tmp_path):
    book = openpyxl.load_workbook(written(ledger, tmp_path))
    page = book["工作台账"]
    assert [page.cell(4, COLUMN[head]).number_format for head in ("状态", "进展情况")] == ["@", "@"]
    assert page.column_dimensions[openpyxl.utils.get_column_letter(COLUMN["督查情况"])].width > 1
    assert page.cell(4, COLUMN["具体举措"]).number_format == "General"


def test_twins_lost_ids_and_missing_columns_are_told(ledger, tmp_path):
    def change(book):
        page = book["工作台账"]
        row = row_of(page, "t-aaaa02")
        page.append([cell.value for cell in page[row]])
        page.cell(page.max_row, COLUMN["备注"]).value = "另一份"
        put(page, "t-aaaa01", "任务编码", None)
        page.cell(3, COLUMN["整改措施"]).value = "别的"

    reading = read(edit(written(ledger, tmp_path), change), ledger)
    told = "\n".join(reading.notes)
    assert "t-aaaa02 与第5行重复而内容不同" in told
    assert "按具体举措对应到 t-aaaa01" in told
    assert "缺少列 整改措施" in told
    assert reading.edits == ()


def test_without_the_hidden_sheet_the_workbook_wins_and_says_so(ledger, tmp_path):
    path = written(ledger, tmp_path)
    ledger.update("t-aaaa02", when="2024-03-01", progress="新")
    edit(path, lambda book: book.remove(book[BASE_SHEET]))
    reading = read(path, ledger)
    assert [(e.item, e.before, e.after, e.verdict) for e in reading.edits] == [("t-aaaa02", "新", "", "take")]
    assert "一律以表中为准" in reading.notes[0]


def test_files_that_are_no_ledger_are_told(ledger, tmp_path):
    (tmp_path / "a.xlsx").write_text("x")
    with pytest.raises(LedgerError, match=r"not an \.xlsx workbook"):
        read(tmp_path / "a.xlsx", ledger)
    with pytest.raises(LedgerError, match="cannot be read"):
        read(tmp_path / "none.xlsx", ledger)
    openpyxl.Workbook().save(tmp_path / "b.xlsx")
    with pytest.raises(LedgerError, match="no sheet 工作台账"):
        read(tmp_path / "b.xlsx", ledger)


def test_formulas_typed_by_people_are_not_run_and_hostile_tasks_come_back_whole(tmp_path):
    with Ledger(tmp_path / "l") as one:
        one.add(hostile_plan(), when="2024-01-01")
        path = tmp_path / "a.xlsx"
        write_board(one.board(), path)
        assert read(path, one).edits == ()
        edit(path, lambda book: book["工作台账"].cell(4, COLUMN["进展情况"], "'=1+1 已完成"))
        take(one, read(path, one), when="2024-02-01")
        assert one.item("t-evil").people.progress == "'=1+1 已完成"
        assert one.item("t-evil").task == hostile_plan().tasks[0]


cells = st.text("推进完成，。 0=-+@'\n<", max_size=15)
edits = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([h for h in KEYS if h not in ("状态", "销号日期")]), cells)
    | st.tuples(st.integers(0, 3), st.just("状态"), st.sampled_from(STATES)),
    max_size=8,
)


@given(
    edits,
    st.dictionaries(st.tuples(st.integers(0, 3), st.integers(1, 12)), cells, max_size=4),
    st.randoms(use_true_random=False),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_edit_comes_back_and_goes_out_again(
    tmp_path_factory, given_edits, months, shuffle: random.Random
):
    """Plan → xlsx → edited by a person → ledger → xlsx: the second workbook holds every edit, and nothing else changed."""
    folder = tmp_path_factory.mktemp("round")
    with Ledger(":memory:") as one:
        one.add(office_plan(), when="2024-01-20")
        path = written(one, folder)
        names = [item.id for item in one.items()]
        want = {
            name: {**{head: getattr(one.item(name).people, key) for key, head in PEOPLE.items()}}
            for name in names
        }

        def change(book):
            page = book["工作台账"]
            table = [[cell.value for cell in row] for row in page.iter_rows(min_row=4, max_row=7)]
            for k, head, value in given_edits:
                table[k][COLUMN[head] - 1] = value
                want[names[k]][head] = value.strip()
            shuffle.shuffle(table)
            for r, row in enumerate(table, 4):
                for c, value in enumerate(row, 1):
                    cell = page.cell(r, c)
                    cell.value = value
                    if isinstance(value, str):
                        cell.data_type = "s"
            for (k, month), value in months.items():
                cell = book["按月督查"].cell(4 + k, 5 + month)
                cell.value = value
                cell.data_type = "s"

        edit(path, change)
        take(one, read(path, one), when="2024-06-21")
        again = written(one, folder)
        after = read(again, one)
        assert after.edits == ()
        for k, name in enumerate(names):
            people = one.item(name).people
            for key, head in PEOPLE.items():
                if head != "销号日期":
                    assert getattr(people, key) == want[name][head], head
            assert (people.closed_on == "2024-06-21") == (people.status == "已销号")
            assert people.months == {
                str(m): v.strip() for (j, m), v in months.items() if j == k and v.strip()
            }
        assert [item.task for item in one.items()] == list(office_plan().tasks)
