"""Ruled tables of pages: their cells' text. Pieces of one table are joined in page_joins.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from planparse.read.build import Cell
from planparse.read.page_grid import Grid
from planparse.read.page_lines import Run, begins_item, glue, lines_of, next_word, runs_of
from planparse.read.page_parts import Char

_PADDING: Final = 9.0
_WIDE_PADDING: Final = 16.0
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
    bottom: float = 0.0
    last_left: float = 0.0  #: where its last part begins, from the left


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
    return Piece(list(grid.xs), rows, page, page, grid.ys[0], grid.ys[-1], grid.xs[0])


def _boxes(grid: Grid) -> dict[int, tuple[float, float]]:
    """Return the width and the bottom of every cell."""
    edges: dict[int, tuple[float, float, float]] = {}
    for r, row in enumerate(grid.cells):
        for c, number in enumerate(row):
            left, right, bottom = edges.get(number, (grid.xs[c], grid.xs[c + 1], 0.0))
            edges[number] = (min(left, grid.xs[c]), max(right, grid.xs[c + 1]), max(bottom, grid.ys[r + 1]))
    return {number: (right - left, bottom) for number, (left, right, bottom) in edges.items()}


def _cell(lines: Sequence[Run], box: tuple[float, float], page: int) -> PageCell:
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
    if last is None:
        return PageCell("", page)
    held = last.x1 - last.x0
    return PageCell(
        "\n".join(out),
        page,
        bottom - last.base < 1.6 * last.size,
        room - held,
        max(widest, width - _WIDE_PADDING) - held,
        max(next_word(lines[0]), lines[0].size) + 0.1 * lines[0].size,
    )


def _is_broken(last: Run, line: Run, room: float) -> bool:
    width = max(last.x1, min(last.end, last.x0 + room)) - last.x0
    if line.text[0] in _CLOSERS or last.text[-1] in _OPENERS or line.text in _OPENERS:
        return True
    if width + max(next_word(line), line.size) + 0.1 * line.size < room:
        return False
    return not (begins_item(line.text) and last.text[-1] in _STOPS)
