"""Hostile texts end in linear time: ten times the text takes at most some ten times as long."""

from __future__ import annotations

import time

import pytest
from growth import assert_linear

from planparse.normalize import normalize
from planparse.normalize.furniture import furniture
from planparse.rulebook import default_rules

PAGE = "醫(yī)院召開(kāi)會(huì)議,醫(yī)務(wù)科、護(hù)理部參加,強(qiáng)調(diào)醫(yī)療質(zhì)量和處理。"
HOSTILE = {
    "question marks": "?",
    "brackets": "(",
    "wide brackets": "（",
    "open brackets, a line each": "（字\n",
    "tone letters": "ā",
    "spaces": " ",
    "single characters and spaces": "目 ",
    "numbers and spaces": "在 1 ",
    "line breaks": "\n",
    "lines that go on": "加强，\n",
    "lines of one character": "字\n",
    "page numbers": "— 1 —\n",
    "page numbers inside sentences": "加强，\n— 1 —\n",
    "role words": "责任科室：",
    "role lines": "责任科室：\n",
    "digits": "1",
    "zero-width characters": "\u200b",
    "phrases of t2s": "乾隆",
    "wrapped lines": "医院高质量发展" * 4 + "\n",
    "columns": "字  ",
    "breaks of a page": "字<br>",
    "tags that never close": "<a 字",
    "entities inside entities": "&amp;",
    "entities that never end": "&amp",
    "bold marks": "**",
    "bold that never closes": " **字",
    "code marks": "`字 ",
    "words and spaces": "提高， 质 量 ",
}
DAMAGED = {
    "marks": "?",
    "breaks": "??平",
    "orphans": "處?xiàng)",
    "glosses": "醫(yī)",
    "wrong pairs": "勇?lián)諊諊",
    "toneless readings": "(yi)",
    "readings": "(yī)",
    "readings of common characters": "理(lǐ)",
    "bare readings": "理lǐ",
    "letters": "醫yiyiyiyi",
    "breaks and letters": "?!a平",
    "orphans, a line each": "處?xiàng)\n",
    "long runs": "勇?lián)" + "諊" * 60,
}


def seconds(text: str) -> float:
    started = time.process_time()
    clean = normalize(text, rules=default_rules())
    furniture(clean.text, default_rules())
    return time.process_time() - started


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_linear(unit):
    normalize("醫務科 1", rules=default_rules())
    assert_linear(lambda size: seconds(unit * (size // len(unit))), 6_000)


@pytest.mark.parametrize("unit", DAMAGED.values(), ids=DAMAGED)
def test_hostile_damaged_pages_are_bounded(unit):
    normalize(PAGE * 3 + "處?xiàng)l例", rules=default_rules())
    assert seconds(PAGE + unit * (20000 // len(unit))) < 4.0


@pytest.mark.parametrize("unit", DAMAGED.values(), ids=DAMAGED)
def test_hostile_damaged_pages_are_linear(unit):
    normalize(PAGE * 3 + "處?xiàng)l例", rules=default_rules())
    assert_linear(lambda size: seconds(PAGE + unit * (size // len(unit))), 10_000)


def test_characters_without_width_cost_one_edit_a_run():
    # an edit a character took half a gigabyte for a file of three megabytes
    assert len(normalize("推" + "\u200b" * 300_000 + "进", rules=default_rules()).edits) == 1


CELLS = {
    "one letter a line": "字",
    "words": "质量管",
    "names": "医务科",
    "numbers": "12",
    "open brackets": "门诊（急",
    "commas": "门诊，",
}


@pytest.mark.parametrize("unit", CELLS.values(), ids=CELLS)
def test_cells_of_many_lines_are_linear(unit):
    def spent(count):
        text = "\t".join(["\v".join([unit] * 5)] * count) + "\t" + "\v".join([unit] * 5 * count)
        started = time.process_time()
        normalize(text, rules=default_rules(), tables=[(0, len(text))])
        return time.process_time() - started

    assert_linear(spent, 400)
