"""Tables that are printed turned: the headers down the first column, or two halves side by side under the same headers.

Both become the usual table, a record a row: a turned one by its columns, two halves one below the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from planparse.extract.grids import Grid
from planparse.extract.headers import HeaderWords
from planparse.model import Span

#: so many header words down the first column turn a table, and no more than so many across the first row
_FEWEST, _MOST = 3, 1
#: headers that say who does it, one of which a table must have
_WHO = frozenset({"lead", "responsible", "support", "leaders"})
#: headers of what is done
_WHAT = frozenset({"task", "measure", "goal", "indicator"})
#: a header row stands among the first rows
_HEAD_ROWS = 3
#: what parts two halves
_PARTING = frozenset({"", "║", "‖", "||", "|", "│"})


def straightened(text: str, grid: Grid, headers: HeaderWords) -> Grid:
    """Return the grid with a record a row, itself where it is printed so."""
    if grid.heads is not None or len(grid.rows) < 2:
        return grid
    if _is_turned(text, grid.rows, headers):
        width = max(len(row) for row in grid.rows)
        rows = [
            [row[k] if k < len(row) else (row[-1][1], row[-1][1]) for row in grid.rows] for k in range(width)
        ]
        return replace(grid, rows=rows, columns=len(grid.rows), turned=True)
    halves = _halves(text, grid.rows, headers)
    if halves is None:
        return grid
    return replace(grid, rows=halves, columns=len(halves[0]), turned=True)


def _fields(text: str, cells: Sequence[Span], headers: HeaderWords) -> list[str | None]:
    return [headers.read(text[slice(*cell)].strip()).field for cell in cells]


def _is_turned(text: str, rows: Sequence[Sequence[Span]], headers: HeaderWords) -> bool:
    """Whether header words stand down the first column, and none across the first row."""
    if len(rows) < _FEWEST or min(len(row) for row in rows) < 2 or not any(rows[0]):
        return False
    across = sum(field is not None for field in _fields(text, rows[0], headers))
    if across > _MOST:
        return False
    down = _fields(text, [row[0] for row in rows], headers)
    told = {field for field in down if field is not None}
    return (
        sum(field is not None for field in down) >= max(_FEWEST, len(rows) - 1)
        and not told.isdisjoint(_WHO)
        and not told.isdisjoint(_WHAT)
        and len({len(row) for row in rows}) == 1
    )


def _halves(text: str, rows: Sequence[Sequence[Span]], headers: HeaderWords) -> list[list[Span]] | None:
    """Return the rows of two halves that repeat their headers side by side, one half below the other."""
    for at, row in enumerate(rows[:_HEAD_ROWS]):
        fields = _fields(text, row, headers)
        for size in range(2, len(fields) // 2 + 1):
            first, gap = fields[:size], len(fields) - 2 * size
            if gap > 1 or None in first or first != fields[size + gap :]:
                continue
            if gap and text[slice(*row[size])].strip() not in _PARTING:
                continue
            told = set(first)
            if told.isdisjoint(_WHO) or told.isdisjoint(_WHAT) or at:
                return None
            body = [one for one in rows[1:] if len(one) >= size]
            left = [list(one[:size]) for one in body]
            right = [
                list(one[size + gap : 2 * size + gap])
                for one in body
                if len(one) >= 2 * size + gap and any(a < b for a, b in one[size + gap :])
            ]
            return [list(row[:size]), *left, *right]
    return None
