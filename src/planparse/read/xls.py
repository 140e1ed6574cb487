"""Excel 97 and 95 workbooks and WPS .et: an own pass over the BIFF stream, cells as their formats print them."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Final

from planparse.errors import DamagedFile, EncryptedFile
from planparse.model import Source
from planparse.read import limits
from planparse.read.biff import BIFF8, CODE_PAGES, Record, records, rk_number, shared_strings, text_of
from planparse.read.build import Builder
from planparse.read.number_format import BUILT_IN, as_printed
from planparse.read.ole import Ole, OleError
from planparse.read.package import brief
from planparse.read.sheet import Sheet, write_sheet

_BOF: Final = 0x0809
_EOF: Final = 0x000A
_FILEPASS: Final = 0x002F
_BOUNDSHEET: Final = 0x0085
_CODEPAGE: Final = 0x0042
_DATEMODE: Final = 0x0022
_FORMAT: Final = 0x041E
_XF: Final = 0x00E0
_SST: Final = 0x00FC
_ROW: Final = 0x0208
_COLINFO: Final = 0x007D
_MERGED: Final = 0x00E5
_LABEL_SST: Final = 0x00FD
_LABEL: Final = 0x0204
_RICH_LABEL: Final = 0x00D6
_NUMBER: Final = 0x0203
_RK: Final = 0x027E
_MULRK: Final = 0x00BD
_FORMULA: Final = 0x0006
_STRING: Final = 0x0207
_BOOLERR: Final = 0x0205
_ERRORS: Final = {
    0: "#NULL!",
    7: "#DIV/0!",
    15: "#VALUE!",
    23: "#REF!",
    29: "#NAME?",
    36: "#NUM!",
    42: "#N/A",
}


@dataclass(slots=True)
class _Tab:
    """A sheet as the workbook lists it."""

    start: int
    shown: bool
    sheet: Sheet


@dataclass(slots=True)
class _Book:
    """What the globals say, and the sheets that are read one after the other."""

    name: str
    version: int = BIFF8
    codec: str = "gb18030"
    since_1904: bool = False
    strings: list[str] = field(default_factory=list)
    formats: dict[int, str] = field(default_factory=dict)
    styles: list[int] = field(default_factory=list)
    tabs: list[_Tab] = field(default_factory=list)
    cells: int = 0
    waiting: tuple[int, int] | None = None  #: the formula cell whose text comes in the next record

    def put(self, sheet: Sheet, row: int, column: int, text: str) -> None:
        """Keep a filled cell (row and column from 0)."""
        if text.strip():
            self.cells += 1
            if self.cells > limits.MAX_CELLS:
                raise DamagedFile(self.name, f"more than {limits.MAX_CELLS} filled cells", "split the file")
            sheet.rows.setdefault(row + 1, {})[column + 1] = text

    def printed(self, value: float, style: int) -> str:
        """Return a number as the format of its style prints it."""
        key = self.styles[style] if style < len(self.styles) else 0
        form = self.formats.get(key) or BUILT_IN.get(key, "General")
        return as_printed(value, form, since_1904=self.since_1904)


def read_xls(data: bytes, name: str) -> Source:
    """Return the source of an Excel 97 workbook; raises DamagedFile for broken and encrypted ones."""
    try:
        ole = Ole(data)
        stream = ole.stream("Workbook" if "Workbook" in ole.names else "Book")
    except OleError as fault:
        raise DamagedFile(
            name, f"an Excel 97 file that is damaged: {brief(fault)}", "save it as .xlsx"
        ) from fault
    book = _read_book(stream, name)
    build = Builder()
    number = 0
    for tab in book.tabs:
        if not tab.shown:
            build.warnings.append(f"工作表 {tab.sheet.name}：已隐藏，未读取")
        elif tab.sheet.rows:
            number += 1
            write_sheet(tab.sheet, build, name, number)
    return build.source(name)


def _read_book(stream: bytes, name: str) -> _Book:
    book = _Book(name)
    current: _Tab | None = None
    depth = 0
    for record in records(stream):
        if record.kind == _BOF:
            depth += 1
            if depth == 1:
                current = next((tab for tab in book.tabs if tab.start == record.at), None)
                book.version = struct.unpack_from("<H", record.body)[0] if current is None else book.version
        elif record.kind == _EOF:
            depth = max(0, depth - 1)
        elif record.kind == _FILEPASS:
            raise EncryptedFile(name, "encrypted with a password", "save it without password and try again")
        elif depth <= 1 and current is not None:
            _sheet_record(record, current.sheet, book)
        elif depth <= 1:
            _global_record(record, book)
    return book


def _global_record(record: Record, book: _Book) -> None:
    kind, body = record.kind, record.body
    if kind == _CODEPAGE and len(body) >= 2:
        book.codec = CODE_PAGES.get(struct.unpack_from("<H", body)[0], "cp1252")
    elif kind == _DATEMODE and len(body) >= 2:
        book.since_1904 = body[0] == 1
    elif kind == _FORMAT and len(body) >= 4:
        short = book.version < BIFF8
        book.formats[struct.unpack_from("<H", body)[0]] = text_of(
            body, 2, book.version, book.codec, short=short
        )
    elif kind == _XF and len(body) >= 4:
        book.styles.append(struct.unpack_from("<H", body, 2)[0])
    elif kind == _SST and len(body) >= 8:
        book.strings = shared_strings(record)
    elif kind == _BOUNDSHEET and len(body) >= 8:
        start, state, what = struct.unpack_from("<IBB", body)
        if what == 0:  # a worksheet, no chart or macro sheet
            title = text_of(body, 6, book.version, book.codec, short=True)
            book.tabs.append(_Tab(start, state & 3 == 0, Sheet(title)))


def _sheet_record(record: Record, sheet: Sheet, book: _Book) -> None:
    kind, body = record.kind, record.body
    if kind == _STRING and book.waiting is not None:
        book.put(sheet, *book.waiting, text_of(body + b"".join(record.more), 0, book.version, book.codec))
        book.waiting = None
    elif kind == _ROW and len(body) >= 16:
        if struct.unpack_from("<H", body, 12)[0] & 0x20:
            sheet.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
    elif kind == _COLINFO and len(body) >= 10:
        if struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            sheet.hidden_columns.append((first + 1, last + 1))
    elif kind == _MERGED and len(body) >= 2:
        for at in range(2, min(len(body) - 7, 2 + 8 * struct.unpack_from("<H", body)[0]), 8):
            top, bottom, left, right = struct.unpack_from("<HHHH", body, at)
            sheet.merged.append((top + 1, left + 1, bottom + 1, right + 1))
    elif len(body) >= 8:
        _cell_record(kind, body, sheet, book)


def _cell_record(kind: int, body: bytes, sheet: Sheet, book: _Book) -> None:
    row, column, style = struct.unpack_from("<HHH", body)
    if kind == _LABEL_SST and len(body) >= 10:
        index = struct.unpack_from("<I", body, 6)[0]
        book.put(sheet, row, column, book.strings[index] if index < len(book.strings) else "")
    elif kind in (_LABEL, _RICH_LABEL):
        book.put(sheet, row, column, text_of(body, 6, book.version, book.codec))
    elif kind == _NUMBER and len(body) >= 14:
        book.put(sheet, row, column, book.printed(struct.unpack_from("<d", body, 6)[0], style))
    elif kind == _RK and len(body) >= 10:
        book.put(sheet, row, column, book.printed(rk_number(struct.unpack_from("<I", body, 6)[0]), style))
    elif kind == _MULRK:
        for at in range(4, len(body) - 7, 6):
            own, value = struct.unpack_from("<HI", body, at)
            book.put(sheet, row, column + (at - 4) // 6, book.printed(rk_number(value), own))
    elif kind == _BOOLERR:
        text = _ERRORS.get(body[6], "#N/A") if body[7] else "TRUE" if body[6] else "FALSE"
        book.put(sheet, row, column, text)
    elif kind == _FORMULA and len(body) >= 14:
        _formula(body, (row, column, style), sheet, book)


def _formula(body: bytes, place: tuple[int, int, int], sheet: Sheet, book: _Book) -> None:
    row, column, style = place
    if body[12:14] != b"\xff\xff":
        book.put(sheet, row, column, book.printed(struct.unpack_from("<d", body, 6)[0], style))
    elif body[6] == 0:
        book.waiting = (row, column)
    elif body[6] == 1:
        book.put(sheet, row, column, "TRUE" if body[8] else "FALSE")
    elif body[6] == 2:
        book.put(sheet, row, column, _ERRORS.get(body[8], "#N/A"))
