"""What people leave in a ledger's workbook: sheets as rows of text, merged cells filled, dates of every kind.

>>> day("2024年9月底"), day("2024.6.3"), day(45473.0), day("下周")
('2024-09-30', '2024-06-03', '2024-06-30', None)
>>> day("8月20日"), day("8月20日", 2024)
(None, '2024-08-20')
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from planparse.errors import LedgerError, ReadError
from planparse.export.words import plain

_EXCEL_EPOCH = datetime(1899, 12, 30)
_DAY = re.compile(
    r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
)
_MONTH_END = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*月?\s*[底末]")
_NO_YEAR = re.compile(r"\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号]|[底末])")
_SEARCHED = 12  # rows looked through for the head row


@dataclass(frozen=True, slots=True)
class Row:
    """One body row: its number as the spreadsheet shows it, and its cells by heading."""

    number: int
    cells: dict[str, Any]

    def text(self, name: str) -> str:
        """Return a cell as text, empty where the column is missing."""
        return text(self.cells.get(name))


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its headings and body rows."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def text(value: Any) -> str:
    """Return a cell's value as text: dates in ISO form, whole numbers without a fraction.

    >>> text(3.0), text(date(2024, 6, 30)), text(None)
    ('3', '2024-06-30', '')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == datetime.min.time()
            else value.isoformat(" ", "seconds")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(str(value).replace("\r\n", "\n").replace("_x000D_\n", "\n")).strip()


def day(value: Any, year: int | None = None) -> str | None:
    """Return the ISO date of a cell: a date, an Excel serial number, or text as people write it; None for anything else.

    ``year`` is that of a date written without one (8月20日).
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (
            (_EXCEL_EPOCH + timedelta(days=int(value))).date().isoformat() if 20000 < value < 80000 else None
        )
    printed = text(value)
    if year is not None and _NO_YEAR.fullmatch(printed):
        printed = f"{year}年{printed.replace('号', '日')}"
    found = _DAY.fullmatch(printed)
    try:
        if found:
            return date(*map(int, found.groups())).isoformat()
        ending = _MONTH_END.fullmatch(printed)
        if ending:
            year, month = map(int, ending.groups())
            return date(year, month, monthrange(year, month)[1]).isoformat()
    except ValueError:
        return None
    return None


def _fill(rows: list[list[Any]], merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Give every row of a merged area the value of its first; across columns it belongs to the leftmost alone."""
    for (top, left), (bottom, _) in merged:
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top : bottom + 1]:
                row[left] = rows[top][left]


def open_book(path: Path) -> Any:
    """Return the workbook as calamine reads it; raises LedgerError for what is none."""
    from python_calamine import CalamineError, CalamineWorkbook

    from planparse.read.package import Package

    try:
        data = path.read_bytes()
    except OSError as fault:
        raise LedgerError(f"{path}: 文件打不开。cannot be read: {fault.strerror}") from fault
    try:
        Package(data, str(path))
        return CalamineWorkbook.from_path(str(path))
    except (CalamineError, ReadError) as fault:
        raise LedgerError(
            f"{path}: 不是 .xlsx 工作簿，请用 WPS 或 Excel 另存为 .xlsx。not an .xlsx workbook ({fault}); save it as .xlsx"
        ) from fault


def grid(book: Any, name: str, *, needed: str) -> Grid | None:
    """Return a sheet whose head row holds the heading ``needed``; None where sheet or heading is missing."""
    if name not in book.sheet_names:
        return None
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False)
    top = next((k for k, row in enumerate(rows[:_SEARCHED]) if needed in map(text, row)), None)
    if top is None:
        return None
    _fill(rows, [area for area in sheet.merged_cell_ranges or () if area[0][0] > top])
    heads = tuple(map(text, rows[top]))
    body = []
    for number, cells in enumerate(rows[top + 1 :], top + 2):
        named: dict[str, Any] = {}
        for head, cell in zip(heads, cells, strict=False):
            if head:
                named.setdefault(head, cell)
        if any(text(cell) for cell in named.values()):
            body.append(Row(number, named))
    return Grid(name, heads, tuple(body))


def pairs(book: Any, name: str) -> list[list[str]]:
    """Return the rows of a sheet without head row as text; empty where there is no such sheet."""
    if name not in book.sheet_names:
        return []
    return [
        [text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    ]
