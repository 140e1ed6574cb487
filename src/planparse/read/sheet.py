"""A sheet's filled cells and merged ranges become one table; shared by the readers of xlsx and xls."""

from __future__ import annotations

from dataclasses import dataclass, field

from planparse.errors import DamagedFile
from planparse.read import limits
from planparse.read.build import Builder, Cell

Range = tuple[int, int, int, int]  #: first row, first column, last row, last column; from 1, inclusive


@dataclass(slots=True)
class Sheet:
    """One sheet as read: filled cells by row and column (from 1), merged ranges, what is hidden."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    unsaved_formulas: int = 0


def write_sheet(sheet: Sheet, build: Builder, file: str) -> None:
    """Write a sheet as one table: empty rows and columns are left out, merged cells filled.

    Cells keep the row and column numbers of the sheet. Raises DamagedFile over the caps.
    """
    skipped = sum(1 for row in sheet.rows if row in sheet.hidden_rows)
    if skipped:
        build.warnings.append(f"sheet {sheet.name}: {skipped} hidden row(s) left out")
    if sheet.unsaved_formulas:
        build.warnings.append(
            f"sheet {sheet.name}: {sheet.unsaved_formulas} formula(s) without stored value are empty; "
            "open and save the file in a spreadsheet program"
        )
    rows = sorted(row for row, cells in sheet.rows.items() if cells and row not in sheet.hidden_rows)
    columns = sorted({column for row in rows for column in sheet.rows[row] if not _is_hidden(column, sheet)})
    if len(rows) > limits.MAX_ROWS or len(columns) > limits.MAX_COLUMNS:
        raise DamagedFile(
            file,
            f"sheet {sheet.name} has {len(rows)} filled rows and {len(columns)} columns, "
            f"the limits are {limits.MAX_ROWS} and {limits.MAX_COLUMNS}",
            "split the file",
        )
    if len(rows) * len(columns) > limits.MAX_CELLS:
        raise DamagedFile(
            file, f"sheet {sheet.name} has more than {limits.MAX_CELLS} cells", "split the file"
        )
    grid = [[Cell(sheet.rows[row].get(column, "")) for column in columns] for row in rows]
    _fill_merged(sheet, grid, rows, columns)
    build.table(grid, name=sheet.name, numbers=(rows, columns))


def _is_hidden(column: int, sheet: Sheet) -> bool:
    return any(first <= column <= last for first, last in sheet.hidden_columns)


def _fill_merged(sheet: Sheet, grid: list[list[Cell]], rows: list[int], columns: list[int]) -> None:
    from bisect import bisect_left, bisect_right

    for top, left, bottom, right in sheet.merged:
        inner_rows = range(bisect_left(rows, top), bisect_right(rows, bottom))
        inner_columns = range(bisect_left(columns, left), bisect_right(columns, right))
        if not inner_rows or not inner_columns:
            continue
        cell = Cell(sheet.rows.get(top, {}).get(left, ""))
        for r in inner_rows:
            for c in inner_columns:
                grid[r][c] = cell
