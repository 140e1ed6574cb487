"""HTML tables: which ones are data, and their grid with ``rowspan`` and ``colspan`` filled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planparse.errors import DamagedFile
from planparse.read import limits
from planparse.read.build import Builder, Cell
from planparse.read.sheet import write_grid

_LAYOUT_SHARE = 0.7
_LAYOUT_LENGTH = 300


def rows_of(table: Any) -> list[Any]:
    """Return a table's own rows as shown: head and bodies in order, the foot last."""
    rows: list[Any] = []
    foot: list[Any] = []
    for child in table.iterchildren():
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            (foot if child.tag == "tfoot" else rows).extend(child.iterchildren("tr"))
    return rows + foot


def is_data(table: Any) -> bool:
    """Tell a table of data from one that only lays out the page.

    Data has at least two rows and two columns, no table inside, and no cell that holds most of a long text.
    """
    if table.get("role") == "presentation" or next(table.iterdescendants("table"), None) is not None:
        return False
    lengths: list[int] = []
    rows = [_cells(row) for row in rows_of(table)]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    for row in rows:
        lengths.extend(len("".join(cell.itertext()).strip()) for cell in row)
    return not (max(lengths) > _LAYOUT_LENGTH and max(lengths) > _LAYOUT_SHARE * sum(lengths))


def is_sheet(body: Any) -> bool:
    """Tell whether all text of a page stands in its tables of data: a sheet that a program has written as a page."""
    tables = [table for table in body.iter("table") if is_data(table)]
    return bool(tables) and sum(map(_size, tables)) == _size(body) - sum(
        map(_size, body.iter("script", "style"))
    )


def _size(element: Any) -> int:
    return sum(len("".join(text.split())) for text in element.itertext())


def write_sheet_grid(grid: list[list[Cell]], build: Builder, number: int) -> None:
    """Write the grid of a sheet that stands in a page as that of a sheet: titles and fields are lines of text."""
    rows = [r for r, row in enumerate(grid) if any(cell.text.strip() for cell in row)]
    columns = [c for c in range(len(grid[0])) if any(grid[r][c].text.strip() for r in rows)] if rows else []
    kept = [[grid[r][c] for c in columns] for r in rows]
    write_grid(kept, ([r + 1 for r in rows], [c + 1 for c in columns]), build, None, number)


def _cells(row: Any) -> list[Any]:
    return list(row.iterchildren("td", "th"))


def _span(cell: Any, name: str) -> int:
    text = cell.get(name)
    if text is None:
        return 1
    text = text.strip()
    return min(int(text), limits.MAX_COLUMNS) if text.isdigit() and len(text) < 6 else 1


def grid_of(
    table: Any, text_of: Callable[[Any], str], hidden: Callable[[Any], bool], name: str
) -> list[list[Cell]]:
    """Return the rectangular grid of a data table; a spanning cell is one object in every place it covers.

    Raises DamagedFile when spans blow the table up beyond the cap.
    """
    total = 0
    grid: list[list[Cell]] = []
    waiting: dict[int, tuple[Cell, int]] = {}  # column -> the cell from above and the rows it still covers
    rows = [row for row in rows_of(table) if not hidden(row)]
    for index, row in enumerate(rows):
        line: list[Cell] = []
        for cell in _cells(row):
            if hidden(cell):
                continue
            _take_waiting(line, waiting)
            down = _span(cell, "rowspan") or len(rows) - index
            made = Cell(text_of(cell))
            for _ in range(min(max(1, _span(cell, "colspan")), limits.MAX_COLUMNS - len(line))):
                if down > 1:
                    waiting[len(line)] = (made, down - 1)
                line.append(made)
        _take_waiting(line, waiting, to_end=True)
        grid.append(line)
        total += len(line)
        if total > limits.MAX_CELLS:
            raise DamagedFile(name, f"a table of more than {limits.MAX_CELLS} cells", "split the file")
    width = max((len(line) for line in grid), default=0)
    for line in grid:
        line.extend(Cell() for _ in range(width - len(line)))
    return grid


def _take_waiting(line: list[Cell], waiting: dict[int, tuple[Cell, int]], to_end: bool = False) -> None:
    while len(line) in waiting or (to_end and any(column > len(line) for column in waiting)):
        if len(line) not in waiting:
            line.append(Cell())
            continue
        cell, left = waiting.pop(len(line))
        if left > 1:
            waiting[len(line)] = (cell, left - 1)
        line.append(cell)
