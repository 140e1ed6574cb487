"""Pieces of one table on several pages or columns become one: headers printed again, rows and merged cells that were cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from planparse.read.build import Cell
from planparse.read.page_cells import PageCell
from planparse.read.page_lines import begins_item
from planparse.read.page_tables import Piece

_SAME_BORDER: Final = 6.0
_MAX_HEADER: Final = 4  #: rows of a header, with a title above them
_LONGEST_HEADER: Final = 20
_STOPS: Final = "。；;！？!?"

Rows = list[list[Cell]]


def join_pieces(above: Piece, below: Piece) -> bool:
    """Join a table that goes on at the top of the next page or column into the one above it; False when it is another.

    A header that is printed again is left out; a row or a merged cell cut by the page becomes one.
    """
    shift = _shift(above, below)
    if shift is None:
        return False
    beside = [x - shift for x in below.xs]
    if abs(above.xs[0] - beside[0]) > _SAME_BORDER or abs(above.xs[-1] - beside[-1]) > _SAME_BORDER:
        return False
    borders = _union(above.xs, beside)
    if len(borders) > max(len(above.xs), len(beside)) + 1:
        return False
    first = [_stretch(row, above.xs, borders) for row in above.rows]
    second = [_stretch(row, beside, borders) for row in below.rows]
    second = second[_repeated_header(first, second) :]
    if second and first:
        _go_on(first, second)
    above.xs, above.rows, above.last_page, above.last_left = (
        borders,
        first + second,
        below.last_page,
        below.last_left,
    )
    return True


def _shift(above: Piece, below: Piece) -> float | None:
    """Return by how much the lower piece stands to the right: nothing on the next page; in the next column, its way."""
    if below.first_page == above.last_page + 1:
        moved = below.xs[0] - above.xs[0]
        return (
            moved
            if abs(moved) > _SAME_BORDER
            and _same_width(above, below)
            and above.last_left > above.xs[0] + _SAME_BORDER
            else 0.0
        )
    if (
        below.first_page == above.last_page
        and below.xs[0] > above.last_left + above.xs[-1] - above.xs[0]
        and _same_width(above, below)
    ):
        return below.xs[0] - above.xs[0]
    return None


def _same_width(above: Piece, below: Piece) -> bool:
    return abs((above.xs[-1] - above.xs[0]) - (below.xs[-1] - below.xs[0])) <= _SAME_BORDER


def _union(first: Sequence[float], second: Sequence[float]) -> list[float]:
    borders: list[float] = []
    for x in sorted((*first, *second)):
        if not borders or x - borders[-1] > _SAME_BORDER:
            borders.append(x)
    return borders


def _stretch(row: Sequence[Cell], xs: Sequence[float], borders: Sequence[float]) -> list[Cell]:
    out = []
    column = 0
    for left, right in pairwise(borders):
        middle = (left + right) / 2
        while column + 2 < len(xs) and xs[column + 1] < middle:
            column += 1
        out.append(row[column])
    return out


def _repeated_header(first: Rows, second: Rows) -> int:
    """Return how many rows at the top of a piece print the table's header again: all of it, or some rows of it only.

    Sheets repeat the rows that were chosen: of a header of two rows perhaps the lower one, without the words that
    both rows share.
    """
    most = 0
    for start in range(min(_MAX_HEADER, len(first))):
        count = 0
        for number, (above, below) in enumerate(zip(first[start:_MAX_HEADER], second, strict=False), start):
            over = first[number - 1] if number else None
            if not _is_repeated(above, below, over, whole=start == 0):
                break
            count += 1
        most = max(most, count)
    return most


def _is_repeated(
    above: Sequence[Cell], below: Sequence[Cell], over: Sequence[Cell] | None, *, whole: bool
) -> bool:
    texts = [bare(cell) for cell in below]
    if not any(texts):
        return False
    if [bare(cell) for cell in above] == texts:
        return whole or all(len(text) <= _LONGEST_HEADER and not text.isdigit() for text in texts)
    if over is None or len(set(texts) - {""}) < 2 or any(len(text) > _LONGEST_HEADER for text in texts):
        return False
    return all(
        text == bare(cell) or (not text and cell is shared)
        for text, cell, shared in zip(texts, above, over, strict=True)
    )


def bare(cell: Cell) -> str:
    """Return a cell's text without white space."""
    return "".join(cell.text.split())


def _go_on(first: Rows, second: Rows) -> None:
    """Let the last row and the merged cells of a piece go on in the next one."""
    last = first[-1]
    own = {id(cell) for row in first[:-1] for cell in row}
    if _is_cut(last, second[0]):
        cut = second.pop(0)
        _mend(last, cut)
        _replace(dict(zip(map(id, cut), last, strict=True)), second)
        return
    going: dict[int, Cell] = {}
    for column, (above, below) in enumerate(zip(last, second[0], strict=True)):
        if below.text or not above.text:
            continue
        merged = id(above) in own or (len(second) > 1 and second[1][column] is below)
        if merged or (column == 0 and any(cell.text for cell in second[0])):
            going[id(below)] = above
    _replace(going, second)


def _replace(going: dict[int, Cell], rows: Rows) -> None:
    """Put the upper part of each cell that was cut in the places of its lower part."""
    for row in rows:
        if not any(id(cell) in going for cell in row):
            return
        row[:] = [going.get(id(cell), cell) for cell in row]


def _is_cut(last: Sequence[Cell], first: Sequence[Cell]) -> bool:
    """Tell whether a row goes on over the page: every cell that has text below was full above, and none is a number."""
    cells = {id(cell): (above, cell) for above, cell in zip(last, first, strict=True)}
    filled = [(above, below) for above, below in cells.values() if below.text]
    if len(cells) < 2 or not filled:
        return False
    if any(above.text.isdigit() and below.text.isdigit() for above, below in filled):
        return False
    # where the first cell goes on, others must end: else it is a row of its own
    begins = bool(first[0].text)
    if begins and (2 * len(filled) > len(cells) or begins_item(first[0].text)):
        return False
    return all(
        isinstance(above, PageCell) and isinstance(below, PageCell) and above.goes_on(below, sure=begins)
        for above, below in filled
    )


def _mend(last: Sequence[Cell], first: Sequence[Cell]) -> None:
    done: set[int] = set()
    for above, below in zip(last, first, strict=True):
        if below.text and id(below) not in done:
            done.add(id(below))
            between = "\n" if begins_item(below.text) or above.text[-1:] in _STOPS else ""
            above.text += between + below.text
