"""Ruling lines become table grids: which areas the lines close, and which of them are one merged cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from planparse.read.page_parts import Line

SNAP: Final = 2.5  #: points within which two lines are one
REACH: Final = 3.0  #: points that two lines may miss each other by and still touch
MAX_LINES: Final = 3_000
MIN_CELL: Final = 4.0
_MAX_SQUARES: Final = 50_000


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: column and row borders, and for each square the number of the cell that it is part of."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell_at(self, x: float, y: float) -> int:
        """Return the number of the cell at a point inside."""
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self.cells[row][column]


def merge_lines(lines: Sequence[Line]) -> list[Line]:
    """Return lines with those on one track joined where they touch.

    >>> merge_lines([Line(10, 0, 50), Line(10.5, 49, 90), Line(40, 0, 90)])
    [Line(at=10, start=0, end=90), Line(at=40, start=0, end=90)]
    """
    tracks: list[list[Line]] = []
    for line in sorted(lines):
        if tracks and line.at - tracks[-1][0].at <= SNAP:
            tracks[-1].append(line)
        else:
            tracks.append([line])
    merged: list[Line] = []
    for track in tracks:
        at = track[0].at
        start = end = None
        for line in sorted(track, key=lambda found: found.start):
            if start is None or end is None:
                start, end = line.start, line.end
            elif line.start <= end + REACH:
                end = max(end, line.end)
            else:
                merged.append(Line(at, start, end))
                start, end = line.start, line.end
        if start is not None and end is not None:
            merged.append(Line(at, start, end))
    return merged


def find_grids(across: Sequence[Line], down: Sequence[Line]) -> list[Grid]:
    """Return the ruled tables of a page, from top to bottom; frames of one cell are none."""
    rows, columns = merge_lines(across), merge_lines(down)
    if len(rows) < 2 or not columns or len(rows) + len(columns) > MAX_LINES:
        return []
    grids = []
    for group_rows, group_columns in _connected(rows, columns):
        grid = _grid(group_rows, group_columns)
        if grid is not None and len({cell for row in grid.cells for cell in row}) > 1:
            grids.append(grid)
    return sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _connected(rows: list[Line], columns: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    parent = list(range(len(rows) + len(columns)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for r, row in enumerate(rows):
        for c, column in enumerate(columns, len(rows)):
            if (
                row.start - REACH <= column.at <= row.end + REACH
                and column.start - REACH <= row.at <= column.end + REACH
            ):
                parent[root(r)] = root(c)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for index in range(len(parent)):
        found = groups.setdefault(root(index), ([], []))
        if index < len(rows):
            found[0].append(rows[index])
        else:
            found[1].append(columns[index - len(rows)])
    return [found for found in groups.values() if len(found[0]) >= 2 and found[1]]


def _borders(places: list[float]) -> tuple[float, ...]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > MIN_CELL:
            kept.append(place)
    return tuple(kept)


def _grid(rows: list[Line], columns: list[Line]) -> Grid | None:
    # a table without outer side lines is as wide as its rules
    xs = _borders([line.at for line in columns] + [min(r.start for r in rows), max(r.end for r in rows)])
    ys = _borders([line.at for line in rows])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MAX_SQUARES:
        return None
    width, height = len(xs) - 1, len(ys) - 1
    walls_down = _walls(columns, xs, ys)
    walls_across = _walls(rows, ys, xs)
    parent = list(range(width * height))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for r in range(height):
        for c in range(width):
            if c and (c, r) not in walls_down:
                parent[root(r * width + c)] = root(r * width + c - 1)
            if r and (r, c) not in walls_across:
                parent[root(r * width + c)] = root((r - 1) * width + c)
    return Grid(xs, ys, tuple(tuple(root(r * width + c) for c in range(width)) for r in range(height)))


def _walls(lines: list[Line], borders: tuple[float, ...], along: tuple[float, ...]) -> set[tuple[int, int]]:
    """Return (border, square) pairs where a line runs on a border beside a square."""
    walls: set[tuple[int, int]] = set()
    for line in lines:
        border = bisect_right(borders, line.at + 0.01) - 1
        if border + 1 < len(borders) and borders[border + 1] - line.at < line.at - borders[border]:
            border += 1
        for square in range(len(along) - 1):
            if line.start - REACH <= (along[square] + along[square + 1]) / 2 <= line.end + REACH:
                walls.add((border, square))
    return walls
