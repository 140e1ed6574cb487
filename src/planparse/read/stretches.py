"""What of a grid is a table and what are lines of text that an office wrote into it: titles above, notes below.

Whole documents are written into one grid: a title over all columns, paragraphs, then the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, Protocol

_LINES_BETWEEN: Final = 3  #: so many lines in a row stand between tables, not in one


class _Cell(Protocol):
    text: str


Row = Sequence[_Cell]


def stretches(grid: Sequence[Row], *, merged: bool = False) -> list[tuple[int, int]]:
    """Return the stretches of a grid, first row and the row after the last: tables, and lines between them.

    A row whose only filled cell is one is a line; with ``merged``, only where that cell spans the whole row. Between
    rows of a table it is one only where a new header or more such lines follow; a single one is a heading inside the
    table and stays a row.
    """
    many = [r for r, row in enumerate(grid) if not is_line(row, merged=merged)]
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


def _is_header(row: Row, first: Row) -> bool:
    """Tell whether a row is a header like the first one: short words, at least one of them in common."""
    texts = {"".join(cell.text.split()) for cell in row} - {""}
    known = {"".join(cell.text.split()) for cell in first} - {""}
    short = all(len(text) <= 12 and not text.isdigit() and not set(text) & set("。；，、") for text in texts)
    return short and any(
        text in other or other in text for text in texts for other in known if len(text) > 1 < len(other)
    )
