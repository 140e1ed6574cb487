"""Ruled tables of pages. The text of their cells is read in page_cells.py, pieces of one table are joined in page_joins.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from planparse.read.build import Cell
from planparse.read.page_cells import cell_of, padding_of
from planparse.read.page_grid import Grid
from planparse.read.page_lines import lines_of, runs_of
from planparse.read.page_parts import Char


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


def piece_of(grid: Grid, chars: Iterable[Char], page: int) -> Piece:
    """Return a grid with the text of its cells."""
    held: dict[int, list[Char]] = {}
    for char in chars:
        # stops may hang over the border: the left part of a character tells its cell
        held.setdefault(grid.cell_at(char.x0 * 0.7 + char.x1 * 0.3, char.base - char.size * 0.3), []).append(
            char
        )
    boxes = _boxes(grid)
    lines = {number: lines_of(runs_of(held.get(number, ()), page)) for number in boxes}
    padding = padding_of((lines[number], width) for number, (width, _) in boxes.items())
    cells = {number: cell_of(lines[number], box, page, padding) for number, box in boxes.items()}
    rows: list[list[Cell]] = [[cells[number] for number in row] for row in grid.cells]
    return Piece(list(grid.xs), rows, page, page, grid.ys[0], grid.ys[-1], grid.xs[0])


def _boxes(grid: Grid) -> dict[int, tuple[float, float]]:
    """Return the width and the bottom of every cell."""
    edges: dict[int, tuple[float, float, float]] = {}
    for r, row in enumerate(grid.cells):
        for c, number in enumerate(row):
            left, right, bottom = edges.get(number, (grid.xs[c], grid.xs[c + 1], 0.0))
            edges[number] = (min(left, grid.xs[c]), max(right, grid.xs[c + 1]), max(bottom, grid.ys[r + 1]))
    return {number: (right - left, bottom) for number, (left, right, bottom) in edges.items()}
