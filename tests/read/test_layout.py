"""Pages of characters: lines, columns, paragraphs, ruled tables."""

from __future__ import annotations

from planparse.read.build import Builder
from planparse.read.page_flow import Margins, flows_of, paragraphs_of
from planparse.read.page_grid import find_grids, merge_lines
from planparse.read.page_joins import join_pieces
from planparse.read.page_lines import Run, begins_item, glue, lines_of, runs_of
from planparse.read.page_parts import Char, Line, Page
from planparse.read.page_tables import piece_of
from planparse.read.pages import write_pages

SIZE = 12.0


def chars(text: str, x: float, y: float, size: float = SIZE) -> list[Char]:
    out = []
    for char in text:
        wide = size / 2 if char.isascii() else size
        out.append(Char(char, x, x + wide, y, size))
        x += wide
    return out


def page(lines: list[tuple[str, float, float]], number: int = 1, **drawn: list[Line]) -> Page:
    held = [char for text, x, y in lines for char in chars(text, x, y)]
    return Page(number, 595, 842, held, drawn.get("across", []), drawn.get("down", []), 0, 0)


def text_of(*pages: Page) -> str:
    build = Builder()
    write_pages(pages, build, "a.pdf", "PDF")
    return build.source("a.pdf").text


FULL = "推进医疗质量持续改进完善制度流程强化监督考核落实责任到人确保目"  # a full line of 30


def test_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        (FULL, 114, 100),
        ("标完成", 90, 120),
        (FULL, 114, 140),
        ("标完成。", 90, 160),
        ("短句。", 114, 180),
    ]
    assert text_of(page(lines)) == f"{FULL}标完成\n{FULL}标完成。\n短句。"


def test_a_sentence_over_pages() -> None:
    first = page([(FULL, 114, 100), (FULL + "上下", 90, 700)])
    second = page([("一致。", 90, 100), (FULL, 114, 120), ("完。", 90, 140)], 2)
    assert text_of(first, second).split("\n")[-2].endswith("上下一致。")


def test_two_columns_left_before_right() -> None:
    half = FULL[:16]
    left = [(half, 60, 100 + 20 * n) for n in range(6)]
    right = [(half[::-1], 310, 100 + 20 * n) for n in range(6)]
    assert text_of(page(left + right)) == half * 6 + "\n" + half[::-1] * 6 or text_of(
        page(left + right)
    ).startswith(half * 6)


def test_the_last_lines_of_a_second_column_come_last() -> None:
    whole = [(FULL[:18], 60, 100 + 20 * k) for k in range(11)]
    tail = [("（牵头科室：医务科）", 320, 100), ("某市第一医院", 344, 120), ("2024年3月1日", 344, 140)]
    assert text_of(page(whole + tail)).split("\n") == [
        FULL[:18] * 11 + "（牵头科室：医务科）",
        "某市第一医院",
        "2024年3月1日",
    ]
    names = [
        ("医务科", 320, 100),
        ("护理部", 320, 180),
        ("门诊部", 320, 260),
    ]  # cells beside texts, row by row
    assert text_of(page(whole + names)).index("医务科") < len(FULL)


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    pages = [
        page([("某某医院文件", 90, 40), (f"第{n}部分内容如下。", 114, 300), (f"— {n} —", 290, 800)], n)
        for n in (1, 2, 3)
    ]
    assert text_of(*pages) == "第1部分内容如下。\n第2部分内容如下。\n第3部分内容如下。"


def test_watermark_free_lines_of_contents_are_dropped() -> None:
    lines = [
        ("目  录", 260, 100),
        ("一、总体要求…………………… 1", 90, 130),
        ("二、主要任务………………12", 90, 150),
        ("正文。", 90, 300),
    ]
    assert text_of(page(lines)) == "正文。"


def test_lines_that_cross_are_a_grid_and_missing_walls_merge() -> None:
    across = [Line(100, 50, 250), Line(130, 150, 250), Line(160, 50, 250)]
    down = [Line(50, 100, 160), Line(150, 100, 160), Line(250, 100, 160)]
    (grid,) = find_grids(across, down)
    held = chars("甲", 60, 120) + chars("乙", 160, 120) + chars("丙", 160, 150)
    piece = piece_of(grid, held, 1)
    assert [[cell.text for cell in row] for row in piece.rows] == [["甲", "乙"], ["甲", "丙"]]
    assert piece.rows[0][0] is piece.rows[1][0]


def test_a_frame_is_no_table() -> None:
    assert find_grids([Line(10, 0, 100), Line(90, 0, 100)], [Line(0, 10, 90), Line(100, 10, 90)]) == []


def test_broken_rules_are_joined() -> None:
    assert merge_lines([Line(10, 0, 20), Line(10.4, 21, 40), Line(10, 60, 80)]) == [
        Line(10, 0, 40),
        Line(10, 60, 80),
    ]


def ruled(rows: list[list[str]], number: int, top: float = 100) -> Page:
    xs = [50.0 + 120 * c for c in range(len(rows[0]) + 1)]
    ys = [top + 40 * r for r in range(len(rows) + 1)]
    held = [
        char
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        for char in chars(text, xs[c] + 5, ys[r] + 20)
    ]
    across = [Line(y, xs[0], xs[-1]) for y in ys]
    down = [Line(x, ys[0], ys[-1]) for x in xs]
    return Page(number, 595, 842, held, across, down, 0, 0)


def test_a_table_over_pages_is_one_and_its_header_stands_once() -> None:
    head = ["序号", "任务", "科室"]
    build = Builder()
    pages = [ruled([head, ["1", "甲", "医务科"]], 1), ruled([head, ["2", "乙", "护理部"]], 2)]
    write_pages(pages, build, "a.pdf", "PDF")
    source = build.source("a.pdf")
    assert source.text == "序号\t任务\t科室\n1\t甲\t医务科\n2\t乙\t护理部"
    assert [block.page for block in source.blocks if block.row == 3] == [2, 2, 2]


def test_a_table_of_other_columns_is_another() -> None:
    first, second = (
        ruled([["序号", "任务", "科室"], ["1", "甲", "乙"]], 1),
        ruled([["指标", "目标"], ["甲", "乙"]], 2),
    )
    pieces = []
    for found in (first, second):
        (grid,) = find_grids(found.across, found.down)
        pieces.append(piece_of(grid, found.chars, found.number))
    assert not join_pieces(*pieces)


def test_runs_lines_and_spaces() -> None:
    line = chars("责任科室：医务科", 90, 100) + chars("时限：6月", 300, 100.4)
    runs = runs_of(line, 1)
    assert [run.text for run in runs] == ["责任科室：医务科", "时限：6月"]
    (joined,) = lines_of(runs)
    assert joined.text.split() == ["责任科室：医务科", "时限：6月"]
    assert joined.text.count(" ") == 19  # as wide as printed, two spaces a character
    twice = chars("加粗", 90, 100) + chars("加粗", 90.3, 100)
    assert [run.text for run in runs_of(twice, 1)] == ["加粗"]


def test_glue_keeps_the_space_that_was_broken_at() -> None:
    spaced = Run("医务科", 0, 36, 0, SIZE, 1, "\u3000", 48)
    assert glue(spaced, Run("护理部", 0, 36, 20, SIZE, 1)) == "\u3000"
    assert begins_item("①甲")
    assert not begins_item("3.5万人次")


def test_paragraphs_of_nothing() -> None:
    assert flows_of([], 595) == []
    assert paragraphs_of([], Margins(), SIZE) == []


def test_a_table_with_horizontal_rules_only() -> None:
    lines = [("指标", 60, 112), ("目标值", 250, 112), ("责任科室", 420, 112)]
    lines += [("平均住院日", 60, 134), ("≤6.8天", 250, 134), ("医务科", 420, 134)]
    lines += [("病案首页填报", 60, 154), ("100%", 250, 154), ("病案科", 420, 154), ("完整率", 250, 172)]
    rules = [Line(95, 50, 540), Line(118, 50, 540), Line(180, 50, 540)]
    build = Builder()
    write_pages([page(lines, across=rules)], build, "a.pdf", "PDF")
    text = build.source("a.pdf").text
    assert text == "指标\t目标值\t责任科室\n平均住院日\t≤6.8天\t医务科\n病案首页填报\t100%完整率\t病案科"


def test_rules_around_prose_are_no_table() -> None:
    rules = [Line(90, 50, 540), Line(110, 50, 540), Line(180, 50, 540)]
    assert text_of(page([("某某医院文件", 90, 105), (FULL, 114, 130), ("完。", 90, 150)], across=rules)) == (
        f"某某医院文件\n{FULL}完。"
    )


def test_what_a_browser_prints_around_a_page_is_dropped() -> None:
    lines = [
        ("2024/4/15 下午3:20", 30, 25),
        ("正文一句。", 90, 300),
        ("https://example.invalid/a.html", 30, 825),
    ]
    assert text_of(page(lines)) == "正文一句。"
