"""Ruled tables of pages: their cells' text, and pieces of one table joined over pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planparse.read.build import Cell
from planparse.read.page_grid import Grid
from planparse.read.page_lines import Run, begins_item, glue, lines_of, runs_of
from planparse.read.page_parts import Char

_SAME_BORDER: Final = 6.0
_PADDING: Final = 9.0
_MAX_HEADER: Final = 3
_STOPS: Final = "。；;！？!?"


@dataclass(slots=True)
class Piece:
    """A table or the part of it that stands on one page; rows of cells between vertical borders."""

    xs: list[float]
    rows: list[list[Cell]]
    first_page: int
    last_page: int


def piece_of(grid: Grid, chars: Iterable[Char], page: int) -> Piece:
    """Return a grid with the text of its cells."""
    held: dict[int, list[Char]] = {}
    for char in chars:
        held.setdefault(grid.cell_at((char.x0 + char.x1) / 2, char.base - char.size * 0.3), []).append(char)
    widths = _widths(grid)
    cells: dict[int, Cell] = {}
    rows = []
    for row in grid.cells:
        line = []
        for number in row:
            if number not in cells:
                text = _cell_text(lines_of(runs_of(held.get(number, ()), page)), widths[number])
                cells[number] = Cell(text, page)
            line.append(cells[number])
        rows.append(line)
    return Piece(list(grid.xs), rows, page, page)


def _widths(grid: Grid) -> dict[int, float]:
    edges: dict[int, tuple[float, float]] = {}
    for row in grid.cells:
        for column, number in enumerate(row):
            left, right = edges.get(number, (grid.xs[column], grid.xs[column + 1]))
            edges[number] = (min(left, grid.xs[column]), max(right, grid.xs[column + 1]))
    return {number: right - left for number, (left, right) in edges.items()}


def _cell_text(lines: Sequence[Run], width: float) -> str:
    """Return a cell's lines: those broken for want of room are joined, those broken on purpose are kept."""
    out: list[str] = []
    last: Run | None = None
    room = width - _PADDING
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    for line in lines:
        if last is not None and _is_broken(last, line, min(room, max(widest, 0.6 * room))):
            out[-1] += glue(out[-1], line.text) + line.text
        else:
            out.append(line.text)
        last = line
    return "\n".join(out)


def _is_broken(last: Run, line: Run, room: float) -> bool:
    if last.x1 - last.x0 + 1.1 * line.size < room:
        return False
    return not (begins_item(line.text) and (last.text[-1] in _STOPS or begins_item(last.text)))


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
    """Tell whether a row goes on over the page: no number of its own, and a sentence that was not ended."""
    if first[0].text or len(set(map(id, first))) < 2:
        return False
    filled = [(above, below) for above, below in zip(last, first, strict=True) if below.text]
    if not filled or not all(above.text for above, _ in filled):
        return False
    return any(above.text[-1] not in _STOPS and len(above.text) > 4 for above, _ in filled) and not any(
        begins_item(below.text) and above.text[-1] in _STOPS for above, below in filled
    )


def _mend(last: Sequence[Cell], first: Sequence[Cell]) -> None:
    done: set[int] = set()
    for above, below in zip(last, first, strict=True):
        if below.text and id(below) not in done:
            done.add(id(below))
            between = (
                "\n" if begins_item(below.text) or above.text[-1] in _STOPS else glue(above.text, below.text)
            )
            above.text += between + below.text


def _inherit(last: Sequence[Cell], below: list[list[Cell]]) -> None:
    """Let a merged first cell that the page cut go on: its text stands on the page before."""
    empty = below[0][0]
    for row in below:
        if row[0] is not empty:
            break
        row[0] = last[0]
