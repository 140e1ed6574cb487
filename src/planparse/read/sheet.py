"""A sheet's filled cells and merged ranges become one table; shared by the readers of xlsx and xls."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from planparse.errors import DamagedFile
from planparse.read import limits
from planparse.read.build import Builder, Cell
from planparse.read.stretches import fields_of, is_line, stretches

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


def write_sheet(sheet: Sheet, build: Builder, file: str, number: int) -> None:
    """Write a sheet, the ``number``-th shown: empty rows and columns are left out, merged cells filled.

    Cells keep the row and column numbers of the sheet. Raises DamagedFile over the caps.
    """
    skipped = sum(1 for row in sheet.rows if row in sheet.hidden_rows)
    if skipped:
        build.warnings.append(f"工作表 {sheet.name}：隐藏的 {skipped} 行未读取")
    if sheet.unsaved_formulas:
        build.warnings.append(
            f"工作表 {sheet.name}：{sheet.unsaved_formulas} 个公式没有存下结果，读作空；请用表格软件打开并保存"
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
    if not _fill_merged(sheet, grid, rows, columns):
        raise DamagedFile(
            file, f"sheet {sheet.name}: merged ranges lie over one another without end", "save it again"
        )
    write_grid(grid, (rows, columns), build, sheet.name, number)


def write_grid(
    grid: list[list[Cell]],
    numbers: tuple[list[int], list[int]],
    build: Builder,
    name: str | None,
    number: int,
) -> None:
    """Write a sheet's grid: title lines above and notes below as lines, what lies between as tables.

    A row whose only filled cell is one (merged or not) is a line; fields beside a table are one line too. Between rows of a table it is one only where
    a new header or more such lines follow; a single one is a heading inside the table and stays a row.
    """
    rows, columns = numbers
    form = all(is_line(row) or fields_of(row) for row in grid)
    for first, last in stretches(grid):
        for r in range(first, last):
            if not is_line(grid[r]) and (form or not fields_of(grid[r])):
                own = rows[first:last]
                build.table(grid[first:last], name=name, numbers=(own, columns), sheet=number)
                break
            _line(grid[r], (number, rows[r]), columns, build)


def _line(row: list[Cell], place: tuple[int, int], columns: list[int], build: Builder) -> None:
    for column, cell in zip(columns, row, strict=True):
        if cell.text.strip():
            build.paragraph("　".join(fields_of(row)) or cell.text, place=(*place, column))
            return


def _is_hidden(column: int, sheet: Sheet) -> bool:
    return any(first <= column <= last for first, last in sheet.hidden_columns)


def _fill_merged(sheet: Sheet, grid: list[list[Cell]], rows: list[int], columns: list[int]) -> bool:
    """Put one cell object in every place of each merged range; False when they cover too much to be real."""
    left_over = 2 * limits.MAX_CELLS
    for top, left, bottom, right in sheet.merged:
        inner_rows = range(bisect_left(rows, top), bisect_right(rows, bottom))
        inner_columns = range(bisect_left(columns, left), bisect_right(columns, right))
        if not inner_rows or not inner_columns:
            continue
        left_over -= len(inner_rows) * len(inner_columns)
        if left_over < 0:
            return False
        cell = Cell(sheet.rows.get(top, {}).get(left, ""))
        for r in inner_rows:
            for c in inner_columns:
                grid[r][c] = cell
    return True
