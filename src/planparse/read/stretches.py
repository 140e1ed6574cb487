"""What of a grid is a table and what are lines of text that an office wrote into it: titles above, notes below.

Whole documents are written into one grid: a title over all columns, paragraphs, a line of fields (填报科室：| 护理部),
then the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Protocol

_COLONS: Final = "：:"
_FIELD: Final = re.compile(r"[^：:，。；、\d\n\v]{2,10}[：:]")
_LONGEST_TEXT_LABEL: Final = 12
_SHORTEST_DOCUMENT: Final = 80
_FEWEST_LINES: Final = 3
_BREAK: Final = re.compile(r"[\n\v]")
_SECTION: Final = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")
_OF_MEETING: Final = re.compile("会议|议定|议题|议程|纪要|记录|讲话|决议|决定")
_LINES_BETWEEN: Final = 3  #: so many lines in a row stand between tables, not in one


class _Cell(Protocol):
    text: str


Row = Sequence[_Cell]


def stretches(grid: Sequence[Row], *, merged: bool = False) -> list[tuple[int, int]]:
    """Return the stretches of a grid, first row and the row after the last: tables, and lines between them.

    A row whose only filled cell is one is a line; with ``merged``, only where that cell spans the whole row. So is, in a
    sheet, a row of fields beside a table. Between rows of a table it is one only where a new header or more such lines
    follow; a single one is a heading inside the table and stays a row.
    """
    many = [r for r, row in enumerate(grid) if not is_line(row, merged=merged)]
    if not merged:
        many = [r for r in many if not fields_of(grid[r])] or many
    if not many:
        return [(0, len(grid))]
    found = [(0, many[0])]
    start = many[0]
    for above, below in pairwise([*many, len(grid)]):
        between = below - above - 1
        ends = below == len(grid) or (
            between > 0 and (between >= _LINES_BETWEEN or _is_header(grid[below], grid[many[0]]))
        )
        if ends:
            found += [(start, above + 1), (above + 1, below)]
            start = below
    return [(first, last) for first, last in found if last > first]


def is_line(row: Row, *, merged: bool = False) -> bool:
    """Tell whether a row holds one text only; with ``merged``, in a cell that spans it whole."""
    if merged:
        return all(cell is row[0] for cell in row)
    return len({id(cell) for cell in row if cell.text.strip()}) <= 1


def fields_of(row: Row) -> list[str]:
    """Return the fields of a row that holds nothing but labels, each with its value in its own cell or in the next one.

    >>> class Cell:
    ...     def __init__(self, text): self.text = text
    >>> fields_of([Cell("科室："), Cell("护理部"), Cell(""), Cell("填表日期：2025-04-28")])
    ['科室：护理部', '填表日期：2025-04-28']
    >>> fields_of([Cell("1"), Cell("加强管理"), Cell("责任科室：医务科")])
    []
    """
    found: list[str] = []
    for cell in {id(cell): cell for cell in row}.values():
        text = cell.text.strip()
        if not text:
            continue
        if found and found[-1][-1] in _COLONS:
            found[-1] += text
        elif _FIELD.match(text):
            found.append(text)
        else:
            return []
    return found


def is_document(row: Row) -> bool:
    """Tell whether a row's one cell, beside its label, holds a whole document: 会议内容 | 一、… 1.… 二、….

    Minutes and applications are written into forms: their text is no cell of a table.
    """
    cells = list({id(cell): cell for cell in row if cell.text.strip()}.values())
    if not 1 <= len(cells) <= 2 or len(cells[-1].text) < _SHORTEST_DOCUMENT:
        return False
    label = "".join(cells[0].text.split()) if len(cells) > 1 else ""
    lines = [line for line in _BREAK.split(cells[-1].text) if line.strip()]
    if len(lines) < _FEWEST_LINES or len(label) > _LONGEST_TEXT_LABEL:
        return False
    if _OF_MEETING.search(label):
        return True
    # a cell of one column may hold the duties of whoever is named beside it
    merged = sum(cell is cells[-1] for cell in row) > 1
    return merged and sum(_SECTION.match(line) is not None for line in lines) > 1


def _is_header(row: Row, first: Row) -> bool:
    """Tell whether a row is a header like the first one: short words, at least one of them in common."""
    texts = {"".join(cell.text.split()) for cell in row} - {""}
    known = {"".join(cell.text.split()) for cell in first} - {""}
    short = all(len(text) <= 12 and not text.isdigit() and not set(text) & set("。；，、") for text in texts)
    return short and any(
        text in other or other in text for text in texts for other in known if len(text) > 1 < len(other)
    )
