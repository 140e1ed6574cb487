"""Excel 97 workbooks and WPS .et: values by calamine, number formats and hidden rows by an own scan.

calamine gives the values, dates and merged ranges but no number formats; without them 95 % is 0.95. The scan
reads only the records that matter of the BIFF8 stream ([MS-XLS] 2.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from planparse.errors import DamagedFile
from planparse.model import Source
from planparse.read import limits
from planparse.read.build import Builder
from planparse.read.number_format import BUILT_IN, as_printed, date_as_printed, date_parts, general
from planparse.read.ole import Ole, OleError
from planparse.read.sheet import Sheet, write_sheet

_BOF: Final = 0x0809
_EOF: Final = 0x000A
_FILEPASS: Final = 0x002F
_BOUNDSHEET: Final = 0x0085
_FORMAT: Final = 0x041E
_XF: Final = 0x00E0
_ROW: Final = 0x0208
_COLINFO: Final = 0x007D
_MULRK: Final = 0x00BD
_CELLS: Final = frozenset({0x0203, 0x027E, 0x0006})  #: NUMBER, RK, FORMULA: row, column, format


@dataclass(slots=True)
class _Looks:
    """What one sheet shows: the format index of number cells, hidden rows and columns."""

    formats: dict[tuple[int, int], int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def read_xls(data: bytes, name: str) -> Source:
    """Return the source of an Excel 97 workbook; raises DamagedFile for broken and encrypted ones."""
    from io import BytesIO

    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    forms, looks = _scan(data, name)
    build = Builder()
    shown = 0
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for index, meta in enumerate(book.sheets_metadata):
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != SheetVisibleEnum.Visible:
                build.warnings.append(f"sheet {meta.name}: hidden, left out")
                continue
            shown += 1
            look = looks[index] if index < len(looks) else _Looks()
            write_sheet(
                _sheet(book.get_sheet_by_index(index), meta.name, look, forms, name), build, name, shown
            )
    except CalamineError as fault:
        raise DamagedFile(
            name, f"an Excel 97 file that cannot be read: {fault}", "save it as .xlsx"
        ) from fault
    return build.source(name)


def _sheet(found: Any, title: str, look: _Looks, forms: list[str], name: str) -> Sheet:
    top, left = found.start or (0, 0)
    if found.total_height * found.total_width > 4 * limits.MAX_CELLS:
        raise DamagedFile(
            name, f"sheet {title} claims {found.total_height} rows of {found.total_width}", "split the file"
        )
    sheet = Sheet(title, hidden_rows=look.hidden_rows, hidden_columns=look.hidden_columns)
    for r, row in enumerate(found.iter_rows(), top + 1):
        cells: dict[int, str] = {}
        for c, value in enumerate(row, left + 1):
            if value != "":
                form = look.formats.get((r, c))
                text = _text(value, forms[form] if form is not None and form < len(forms) else "General")
                if text.strip():
                    cells[c] = text
        if cells:
            sheet.rows[r] = cells
    for (first_row, first_column), (last_row, last_column) in found.merged_cell_ranges or ():
        sheet.merged.append((first_row + 1, first_column + 1, last_row + 1, last_column + 1))
    return sheet


def _text(value: Any, form: str) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return as_printed(float(value), form) if form != "General" else general(float(value))
    if isinstance(value, datetime):
        return date_as_printed(value, date_parts(form) or "ymd")
    if isinstance(value, date):
        return date_as_printed(datetime.combine(value, time()), date_parts(form) or "ymd")
    if isinstance(value, (time, timedelta)):
        return str(value)
    return str(value)


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield where each record begins, its kind and its body."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def _scan(data: bytes, name: str) -> tuple[list[str], list[_Looks]]:
    """Return the format of every cell style, and what each sheet shows; raises DamagedFile."""
    try:
        ole = Ole(data)
        stream = ole.stream("Workbook" if "Workbook" in ole.names else "Book")
    except OleError as fault:
        raise DamagedFile(name, f"an Excel 97 file that is damaged: {fault}", "save it as .xlsx") from fault
    own: dict[int, str] = {}
    styles: list[int] = []
    order: list[int] = []  # where each sheet begins in the stream, in the order of the tabs
    sheets: dict[int, _Looks] = {}
    current: _Looks | None = None
    depth = 0
    for at, kind, body in _records(stream):
        if kind == _BOF:
            depth += 1
            if depth == 1 and at in order:
                current = sheets[at] = _Looks()
        elif kind == _EOF:
            depth = max(0, depth - 1)
        elif kind == _FILEPASS:
            raise DamagedFile(name, "encrypted with a password", "save it without password and try again")
        elif kind == _BOUNDSHEET and len(body) >= 4:
            order.append(struct.unpack_from("<I", body)[0])
        elif kind == _FORMAT and len(body) >= 5:
            own[struct.unpack_from("<H", body)[0]] = _string(body[2:])
        elif kind == _XF and len(body) >= 4:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif current is not None and depth == 1:
            _look(kind, body, current)
    forms = [own.get(style) or BUILT_IN.get(style, "General") for style in styles]
    return forms, [sheets.get(start, _Looks()) for start in order]


def _string(body: bytes) -> str:
    count, wide = struct.unpack_from("<HB", body)
    raw = body[3:]
    return raw[: 2 * count].decode("utf-16-le", "replace") if wide & 1 else raw[:count].decode("latin-1")


def _look(kind: int, body: bytes, look: _Looks) -> None:
    if kind in _CELLS and len(body) >= 6:
        row, column, style = struct.unpack_from("<HHH", body)
        look.formats[row + 1, column + 1] = style
    elif kind == _MULRK and len(body) >= 12:
        row, column = struct.unpack_from("<HH", body)
        for offset in range(4, len(body) - 7, 6):
            look.formats[row + 1, column + 1] = struct.unpack_from("<H", body, offset)[0]
            column += 1
    elif kind == _ROW and len(body) >= 16 and struct.unpack_from("<H", body, 12)[0] & 0x20:
        look.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
    elif kind == _COLINFO and len(body) >= 10 and struct.unpack_from("<H", body, 8)[0] & 1:
        first, last = struct.unpack_from("<HH", body)
        look.hidden_columns.append((first + 1, last + 1))
