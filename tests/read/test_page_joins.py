"""Tables over pages and columns: headers printed again, rows and merged cells that the page cuts; raised letters."""

from __future__ import annotations

import time

from growth import assert_linear

from planparse.read.build import Builder
from planparse.read.page_parts import Char, Line, Page
from planparse.read.page_raised import seat_raised
from planparse.read.pages import write_pages

SIZE = 10.0
WIDTH = 110.0  # of a column: ten letters
ROW = 14.0
Spot = tuple[int, int, int, int]


def letters(text: str, x: float, y: float, size: float = SIZE) -> list[Char]:
    out = []
    for char in text:
        wide = size / 2 if char.isascii() else size
        out.append(Char(char, x, x + wide, y, size))
        x += wide
    return out


def table(
    rows: list[list[str | None]],
    number: int,
    *,
    merged: list[Spot] | None = None,
    left: float = 50,
    top: float = 60,
) -> Page:
    """Draw a table; a cell's lines are parted by bars; ``merged`` are boxes: first row, last row, first and last column."""
    boxes = {(r, c): (r, r, c, c) for r in range(len(rows)) for c in range(len(rows[0]))}
    for box in merged or []:
        boxes |= {(r, c): box for r in range(box[0], box[1] + 1) for c in range(box[2], box[3] + 1)}
    heights = [max((len((text or "").split("|")) for text in row), default=1) * ROW + 4 for row in rows]
    ys = [top + sum(heights[:n]) for n in range(len(rows) + 1)]
    xs = [left + WIDTH * n for n in range(len(rows[0]) + 1)]
    held, across, down = [], [], []
    for r0, r1, c0, c1 in set(boxes.values()):
        across += [Line(ys[r], xs[c0], xs[c1 + 1]) for r in (r0, r1 + 1)]
        down += [Line(xs[c], ys[r0], ys[r1 + 1]) for c in (c0, c1 + 1)]
        for n, text in enumerate((rows[r0][c0] or "").split("|")):
            held += letters(text, xs[c0] + 4, ys[r0] + 12 + ROW * n)
    return Page(number, 842, 842, held, across, down, 0, 0)


def grid_of(*pages: Page) -> list[list[str]]:
    build = Builder()
    write_pages(list(pages), build, "a.pdf", "PDF")
    return [
        [cell.replace("\n", "/") for cell in row.split("\t")]
        for row in build.source("a.pdf").text.split("\n")
    ]


HEAD = [["序号", "任务", "责任分工", None], ["", "", "牵头科室", "配合科室"]]
HEAD_BOXES = [(0, 1, 0, 0), (0, 1, 1, 1), (0, 0, 2, 3)]


def test_a_header_of_two_rows_printed_again_is_left_out() -> None:
    first = table([*HEAD, ["1", "甲任务", "医务科", "护理部"]], 1, merged=HEAD_BOXES)
    second = table([*HEAD, ["2", "乙任务", "门诊部", "信息科"]], 2, merged=HEAD_BOXES)
    assert len(grid_of(first, second)) == 4


def test_the_lower_row_of_a_header_alone_printed_again() -> None:
    for again in (["", "", "牵头科室", "配合科室"], ["序号", "任务", "牵头科室", "配合科室"]):
        first = table([*HEAD, ["1", "甲任务", "医务科", "护理部"]], 1, merged=HEAD_BOXES)
        found = grid_of(first, table([again, ["2", "乙任务", "门诊部", "信息科"]], 2))
        assert len(found) == 4, again
        assert found[-1] == ["2", "乙任务", "门诊部", "信息科"], again


def test_a_row_like_the_one_before_is_no_header() -> None:
    first = table([["指标", "目标", "科室"], ["甲率", "95", "医务科"]], 1)
    second = table([["乙率", "95", "医务科"], ["丙率", "95", "医务科"]], 2)
    assert len(grid_of(first, second)) == 4


def test_a_row_cut_by_the_page_is_one() -> None:
    first = table([["序号", "任务", "科室"], ["1", "推进日间手术管理制度|建设并完善各项配套流", "医务科"]], 1)
    second = table([["", "程", ""], ["2", "乙任务", "护理部"]], 2)
    assert grid_of(first, second)[1:] == [
        ["1", "推进日间手术管理制度建设并完善各项配套流程", "医务科"],
        ["2", "乙任务", "护理部"],
    ]


def test_a_row_that_ended_is_not_taken_for_cut() -> None:
    first = table([["序号", "任务", "科室"], ["1", "甲任务", "医务科"]], 1)
    second = table([["", "乙任务", "护理部"], ["3", "丙任务", "信息科"]], 2)
    assert [row[1] for row in grid_of(first, second)] == ["任务", "甲任务", "乙任务", "丙任务"]


def test_a_merged_cell_goes_on_over_the_page() -> None:
    rows = [["领域", "任务", "科室"], ["门诊服务", "甲任务", "门诊部"], [None, "乙任务", "医务科"]]
    first = table(rows, 1, merged=[(1, 2, 0, 0)])
    second = table(
        [["", "丙任务", "信息科"], [None, "丁任务", "护理部"], ["住院服务", "戊任务", "护理部"]],
        2,
        merged=[(0, 1, 0, 0)],
    )
    build = Builder()
    write_pages([first, second], build, "a.pdf", "PDF")
    source = build.source("a.pdf")
    assert source.text.count("门诊服务") == 1
    (found,) = source.tables
    assert [source.text[slice(*found.rows[n][0])] for n in range(1, 5)] == ["门诊服务"] * 4


def test_a_table_goes_on_in_the_next_column() -> None:
    left = table([["序号", "任务", "科室"], ["1", "甲任务", "医务科"]], 1, left=40)
    right = table([["2", "乙任务", "护理部"]], 1, left=420)
    both = Page(
        1, 842, 842, left.chars + right.chars, left.across + right.across, left.down + right.down, 0, 0
    )
    assert len(grid_of(both)) == 3


def raised(text: str, mark: str, rest: str) -> list[Char]:
    line = letters(text, 50, 100)
    line += letters(mark, line[-1].x1, 95, 6)
    return line + letters(rest, line[-1].x1, 100)


def said(found: list[Char]) -> str:
    return "".join(char.text for char in found)


def test_marks_of_notes_are_left_out() -> None:
    for mark in ("1", "12", "[1]", "①", "*", "注1", "（3）"):
        assert said(seat_raised(raised("路径入径率", mark, "达到60%"))) == "路径入径率达到60%", mark


def test_powers_and_units_are_kept_on_their_line() -> None:
    for text, mark, rest in (
        ("血小板10", "9", "/L以上"),
        ("改造病区800m", "2", "。"),
        ("肌酐清除率1.73m", "2", "以下"),
        ("建设百年老院", "院史馆", "建成"),
    ):
        found = seat_raised(raised(text, mark, rest))
        assert said(found) == text + mark + rest
        assert {char.base for char in found} == {100}


def test_small_letters_on_the_line_or_of_another_line_are_left_alone() -> None:
    small = letters("达到", 50, 100) + letters("1", 70, 100, 6)
    assert seat_raised(small) == small
    lines = letters("第一行", 50, 100) + letters("注1：第二行", 50, 120, 6)
    assert seat_raised(lines) == lines


def test_many_raised_letters_take_linear_time() -> None:
    def spent(times: int) -> float:
        held = letters("率", 50, 100)
        for n in range(times):
            held.append(Char("1", 60 + n * 0.1, 63 + n * 0.1, 95, 6))
        start = time.process_time()
        seat_raised(held)
        return time.process_time() - start

    assert_linear(spent, 4_000)
