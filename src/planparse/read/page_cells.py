"""The text of a ruled cell: lines broken for want of room are joined, those broken on purpose are kept.

A line was broken for want of room where what follows could not have stood on it. How wide a cell is for its text is
told by the fullest line of its table: it lacks the padding, which differs from program to program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planparse.read.build import Cell
from planparse.read.page_lines import Run, begins_item, glue, next_word

_PADDING: Final = 9.0
_WIDE_PADDING: Final = 16.0
_FREE: Final = 1.5  #: letters that may lack at the end of a full line, besides the padding
_INDENT: Final = (1.5, 2.6)  #: letters by which the first line of a paragraph is moved in
_SLACK: Final = 0.2  #: letters by which a word must surely have had room
_LATIN_GAP: Final = 0.25  #: letters that some programs set between a Han letter and a Latin one
_CLOSERS: Final = "，。；：、！？）】〕》”’％%"
_OPENERS: Final = "（【〔《“‘"
_STOPS: Final = "。；;！？!?"
_UNFINISHED: Final = "、，,：:至到第和及与或—-~～"
_ORDINAL: Final = re.compile(r"[（(]?([0-9]{1,2}|[一二三四五六七八九十]|[①-⑳])[、．.)）]?(?![0-9、，）)])")
_HAN: Final = "一二三四五六七八九十"


@dataclass(slots=True, eq=False)
class PageCell(Cell):
    """A cell that knows how its lines fill it, so that one can tell whether it goes on over the page."""

    low: bool = False  #: whether its last line stands at its bottom
    free: float = 0.0  #: what is free behind its last line, its widest line taken as full
    sure_free: float = 0.0  #: the same, a lone line taken as full only near the border
    begins: float = 0.0  #: the width of what cannot be parted at its beginning

    def goes_on(self, below: PageCell, *, sure: bool = False) -> bool:
        """Tell whether this cell may go on in ``below``: its last line is full, at its bottom."""
        return self.low and (self.sure_free if sure else self.free) < below.begins


def padding_of(cells: Iterable[tuple[Sequence[Run], float]]) -> float | None:
    """Return the padding of a table by the fullest line of its cells (their lines, their width); None where none is full.

    >>> padding_of([([Run("推进日间手术管", 4, 74, 10, 10, 1), Run("理", 4, 14, 24, 10, 1)], 82)])
    12
    """
    full = [(max(lines, key=_width), width) for lines, width in cells if len(lines) > 1]
    # a single letter is set even where it has no room
    least = min(
        ((width - _width(line), line.size) for line, width in full if len(line.text) > 1), default=None
    )
    if least is None or least[0] > _WIDE_PADDING + _FREE * least[1]:
        return None
    return max(_PADDING, least[0])


def cell_of(
    lines: Sequence[Run], box: tuple[float, float], page: int, padding: float | None = None
) -> PageCell:
    """Return the cell of ``lines``; ``box`` is its width and its bottom, ``padding`` that of its table where it is known."""
    if not lines:
        return PageCell("", page)
    width, bottom = box
    widest = _width(max(lines, key=_width))
    room = width - _PADDING
    room = min(room, max(widest, 0.6 * room if padding is None else width - padding))
    left = min(line.x0 for line in lines)
    out = [lines[0].text]
    item = _ordinal(lines[0].text)
    for last, line in pairwise(lines):
        number = _ordinal(line.text)
        next_item = number is not None and number == (item or 0) + 1
        if _goes_on(last, line, room - _indent(last, left), next_item=next_item):
            out[-1] += glue(last, line) + line.text
        else:
            out.append(line.text)
            item = number or item
    last = lines[-1]
    held = _width(last)
    return PageCell(
        "\n".join(out),
        page,
        bottom - last.base < 1.6 * last.size,
        room - held,
        max(widest, width - _WIDE_PADDING) - held,
        max(next_word(lines[0]), lines[0].size) + 0.1 * lines[0].size,
    )


def _width(line: Run) -> float:
    return line.x1 - line.x0


def _indent(line: Run, left: float) -> float:
    """Return how far the first line of a paragraph is moved in: that much of its room is lost."""
    moved = line.x0 - left
    return moved if _INDENT[0] * line.size <= moved <= _INDENT[1] * line.size else 0.0


def _goes_on(last: Run, line: Run, room: float, *, next_item: bool) -> bool:
    """Tell whether a line goes on in the next one, ``line``, for which it had no room."""
    width = max(last.x1, min(last.end, last.x0 + room)) - last.x0
    if line.text[0] in _CLOSERS or last.text[-1] in _OPENERS or line.text in _OPENERS:
        return True
    between = _LATIN_GAP if last.text[-1].isascii() != line.text[0].isascii() else 0.0
    if width + max(next_word(line), line.size) + (_SLACK + between) * line.size < room:
        return False
    if begins_item(line.text) and last.text[-1] in _STOPS:
        return False
    return not next_item or last.text[-1] in _UNFINISHED


def _ordinal(text: str) -> int | None:
    """Return the number of an item that begins a line.

    >>> _ordinal("2.推行日间手术"), _ordinal("③建立台账"), _ordinal("（三）考核"), _ordinal("2、3项"), _ordinal("2025年")
    (2, 3, 3, None, None)
    """
    found = _ORDINAL.match(text) if begins_item(text) else None
    if found is None:
        return None
    number = found[1]
    if number in _HAN:
        return _HAN.index(number) + 1
    return int(number) if number.isascii() else ord(number) - ord("①") + 1
