"""Tables whose cells are known by their right edges only (RTF): the grid of all edges, with spans filled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from planparse.read import limits
from planparse.read.build import Cell


class Edged(NamedTuple):
    """A cell of a row: its right edge, and whether it continues the cell above or the cell to its left."""

    right: float
    cell: Cell
    joins_above: bool = False
    joins_left: bool = False


def grid_by_edges(rows: Sequence[Sequence[Edged]], tolerance: float) -> list[list[Cell]]:
    """Return the rectangular grid of rows whose cells end at different edges.

    >>> one, two, wide = Cell("一"), Cell("二"), Cell("宽")
    >>> grid = grid_by_edges([[Edged(10, one), Edged(20, two)], [Edged(20, wide)]], 1)
    >>> [[cell.text for cell in row] for row in grid]
    [['一', '二'], ['宽', '宽']]
    """
    edges: list[float] = []
    for right in sorted({item.right for row in rows for item in row}):
        if not edges or right - edges[-1] > tolerance:
            edges.append(right)
    edges = edges[: limits.MAX_COLUMNS]
    grid: list[list[Cell]] = []
    for row in rows:
        line: list[Cell] = []
        for item in row:
            end = min(bisect_left(edges, item.right - tolerance) + 1, len(edges))
            width = max(1, end - len(line))
            above = grid[-1] if grid else []
            if item.joins_left and line:
                cell = line[-1]
            elif item.joins_above and len(above) > len(line):
                cell = above[len(line)]
            else:
                cell = item.cell
            line.extend([cell] * width)
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    for line in grid:
        line.extend(Cell() for _ in range(width - len(line)))
    return grid
