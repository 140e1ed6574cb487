"""Ruled tables of pages: their cells' text, and pieces of one table joined over pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planparse.read.build import Cell
from planparse.read.page_grid import Grid
from planparse.read.page_lines import Run, begins_item, glue, lines_of, next_word, runs_of
from planparse.read.page_parts import Char

_SAME_BORDER: Final = 6.0
_PADDING: Final = 9.0
_MAX_HEADER: Final = 3
_CLOSERS: Final = "，。；：、！？）】〕》”’％%"
_OPENERS: Final = "（【〔《“‘"
_STOPS: Final = "。；;！？!?"


@dataclass(slots=True)
class Piece:
    """A table or the part of it that stands on one page; rows of cells between vertical borders."""

    xs: list[float]
    rows: list[list[Cell]]
    first_page: int
    last_page: int
    top: float = 0.0  #: where it begins on its first page


@dataclass(slots=True, eq=False)
class _PageCell(Cell):
    """A cell that knows whether its text fills it to the end, so that it may go on over the page."""

    full: bool = False


def piece_of(grid: Grid, chars: Iterable[Char], page: int) -> Piece:
    """Return a grid with the text of its cells."""
    held: dict[int, list[Char]] = {}
    for char in chars:
        # stops may hang over the border: the left part of a character tells its cell
        held.setdefault(grid.cell_at(char.x0 * 0.7 + char.x1 * 0.3, char.base - char.size * 0.3), []).append(
            char
        )
    boxes = _boxes(grid)
    cells: dict[int, Cell] = {}
    rows = []
    for row in grid.cells:
        line = []
        for number in row:
            if number not in cells:
                cells[number] = _cell(lines_of(runs_of(held.get(number, ()), page)), boxes[number], page)
            line.append(cells[number])
        rows.append(line)
    return Piece(list(grid.xs), rows, page, page, grid.ys[0])


def _boxes(grid: Grid) -> dict[int, tuple[float, float]]:
    """Return the width and the bottom of every cell."""
    edges: dict[int, tuple[float, float, float]] = {}
    for r, row in enumerate(grid.cells):
        for c, number in enumerate(row):
            left, right, bottom = edges.get(number, (grid.xs[c], grid.xs[c + 1], 0.0))
            edges[number] = (min(left, grid.xs[c]), max(right, grid.xs[c + 1]), max(bottom, grid.ys[r + 1]))
    return {number: (right - left, bottom) for number, (left, right, bottom) in edges.items()}


def _cell(lines: Sequence[Run], box: tuple[float, float], page: int) -> _PageCell:
    """Return a cell: lines broken for want of room are joined, those broken on purpose are kept."""
    width, bottom = box
    out: list[str] = []
    last: Run | None = None
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    room = min(width - _PADDING, max(widest, 0.6 * (width - _PADDING)))
    for line in lines:
        if last is not None and _is_broken(last, line, room):
            out[-1] += glue(last, line) + line.text
        else:
            out.append(line.text)
        last = line
    full = False
    if last is not None:
        full = last.x1 - last.x0 + 1.1 * last.size >= room and bottom - last.base < 1.6 * last.size
    return _PageCell("\n".join(out), page, full)


def _is_broken(last: Run, line: Run, room: float) -> bool:
    width = max(last.x1, min(last.end, last.x0 + room)) - last.x0
    if line.text[0] in _CLOSERS or last.text[-1] in _OPENERS or line.text in _OPENERS:
        return True
    if width + max(next_word(line), line.size) + 0.1 * line.size < room:
        return False
    return not (begins_item(line.text) and last.text[-1] in _STOPS)


def join_pieces(above: Piece, below: Piece) -> bool:
    """Join a table that goes on at the top of the next page into the one above it; False when it is another.

    A header row that is printed again is left out; a row cut by the page becomes one row.
    """
    if below.first_page != above.last_page + 1:
        return False
    if abs(above.xs[0] - below.xs[0]) > _SAME_BORDER or abs(above.xs[-1] - below.xs[-1]) > _SAME_BORDER:
        return False
    borders = _union(above.xs, below.xs)
    if len(borders) > max(len(above.xs), len(below.xs)) + 1:
        return False
    first = [_stretch(row, above.xs, borders) for row in above.rows]
    second = [_stretch(row, below.xs, borders) for row in below.rows]
    second = second[_repeated_header(first, second) :]
    if second and first:
        if _is_cut(first[-1], second[0]):
            _mend(first[-1], second.pop(0))
        elif not second[0][0].text and any(cell.text for cell in second[0]):
            _inherit(first[-1], second)
    above.xs, above.rows, above.last_page = borders, first + second, below.last_page
    return True


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


def _repeated_header(first: Sequence[Sequence[Cell]], second: Sequence[Sequence[Cell]]) -> int:
    count = 0
    for above, below in zip(first[:_MAX_HEADER], second, strict=False):
        if [_bare(cell) for cell in above] != [_bare(cell) for cell in below] or not any(
            _bare(cell) for cell in below
        ):
            break
        count += 1
    return count


def _bare(cell: Cell) -> str:
    return "".join(cell.text.split())


def _is_cut(last: Sequence[Cell], first: Sequence[Cell]) -> bool:
    """Tell whether a row goes on over the page: every cell that has text below was full above, and none is a number."""
    if first[0].text or len(set(map(id, first))) < 2:
        return False
    filled = [(above, below) for above, below in zip(last, first, strict=True) if below.text]
    if not filled or any(above.text.isdigit() and below.text.isdigit() for above, below in filled):
        return False
    return all(isinstance(above, _PageCell) and above.full for above, _ in filled)


def _mend(last: Sequence[Cell], first: Sequence[Cell]) -> None:
    done: set[int] = set()
    for above, below in zip(last, first, strict=True):
        if below.text and id(below) not in done:
            done.add(id(below))
            between = "\n" if begins_item(below.text) or above.text[-1] in _STOPS else ""
            above.text += between + below.text


def _inherit(last: Sequence[Cell], below: list[list[Cell]]) -> None:
    """Let a merged first cell that the page cut go on: its text stands on the page before."""
    empty = below[0][0]
    for row in below:
        if row[0] is not empty:
            break
        row[0] = last[0]
