"""Excel workbooks: an own stream over the XML, because only the number format says what a cell prints.

Every visible sheet is one table named after the sheet. Memory follows the filled cells, not the used range.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from functools import lru_cache
from typing import Any, Final
from zipfile import BadZipFile

from planparse.errors import DamagedFile
from planparse.model import Source
from planparse.read import limits
from planparse.read.build import Builder
from planparse.read.number_format import BUILT_IN, as_printed, date_as_printed
from planparse.read.office_meta import package_meta
from planparse.read.package import Package, brief
from planparse.read.sheet import Range, Sheet, write_sheet

_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})$")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(data: bytes, name: str) -> Source:
    """Return the source of a workbook; raises DamagedFile for broken ones and those over the caps."""
    package = Package(data, name)
    book = _Book(package, name)
    build = Builder(meta=package_meta(package))
    shown = 0
    for title, part, hidden in book.sheets():
        if hidden:
            build.warnings.append(f"工作表 {title}：已隐藏，未读取")
        else:
            shown += 1
            write_sheet(book.sheet(title, part), build, name, shown)
    return build.source(name)


class _Book:
    """What the sheets share: strings, formats, the date system."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._name = name
        self._root = package.xml("xl/workbook.xml")
        self._strings = self._shared_strings()
        self._forms = self._formats()
        properties = next(self._root.iter("{*}workbookPr"), None)
        self._since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._cells = 0

    def sheets(self) -> list[tuple[str, str, bool]]:
        """Return the title, the part and whether it is hidden, of every worksheet in order."""
        targets: dict[str, str] = {}
        rels = self._package.optional_xml("xl/_rels/workbook.xml.rels")
        for rel in () if rels is None else rels:
            if rel.get("TargetMode") != "External":
                target = rel.get("Target", "")
                targets[rel.get("Id", "")] = posixpath.normpath(
                    target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
                )
        found = []
        for sheet in self._root.iter("{*}sheet"):
            key = next((value for attr, value in sheet.attrib.items() if attr.endswith("}id")), "")
            part = targets.get(key, "")
            if part in self._package and "chartsheet" not in part:
                found.append((sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"))
        return found

    def _shared_strings(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._package:
            return []
        strings = []
        for item in self._stream("xl/sharedStrings.xml", ("si",)):
            strings.append(_rich_text(item))
            _forget(item)
        return strings

    def _formats(self) -> list[str]:
        root = self._package.optional_xml("xl/styles.xml")
        if root is None:
            return []
        own = {_whole(found.get("numFmtId")): found.get("formatCode", "") for found in root.iter("{*}numFmt")}
        cells = next(root.iter("{*}cellXfs"), ())
        keys = [_whole(found.get("numFmtId")) for found in cells]
        return [own.get(key) or BUILT_IN.get(key, "General") for key in keys]

    def _stream(self, part: str, tags: tuple[str, ...]) -> Any:
        from lxml import etree

        try:
            with self._package.open(part) as stream:
                for _, element in etree.iterparse(
                    stream,
                    tag=tuple("{*}" + tag for tag in tags),
                    resolve_entities=False,
                    no_network=True,
                    load_dtd=False,
                    huge_tree=False,
                    remove_comments=True,
                    remove_pis=True,
                ):
                    yield element
        except (etree.XMLSyntaxError, BadZipFile, zlib.error, EOFError, OSError) as fault:
            raise DamagedFile(
                self._name, f"its part {part} is damaged: {brief(fault)}", "save the file again"
            ) from fault

    def sheet(self, title: str, part: str) -> Sheet:
        """Return one worksheet's filled cells."""
        sheet = Sheet(title)
        row_number = 0
        for element in self._stream(part, ("row", "mergeCell", "col")):
            kind = element.tag[element.tag.rfind("}") + 1 :]
            if kind == "row":
                row_number = _whole(element.get("r")) or row_number + 1
                self._row(element, row_number, sheet)
                _forget(element)
            elif kind == "mergeCell":
                found = _range(element.get("ref", ""))
                if found:
                    sheet.merged.append(found)
            elif element.get("hidden") in ("1", "true"):
                sheet.hidden_columns.append((_whole(element.get("min")), _whole(element.get("max"))))
        return sheet

    def _row(self, row: Any, number: int, sheet: Sheet) -> None:
        cells: dict[int, str] = {}
        column = 0
        for cell in row.iterchildren():
            reference = cell.get("r")
            column = (_column_of(reference) if reference else 0) or column + 1
            text = self._cell(cell, sheet)
            if text and not text.isspace():
                cells[column] = text
        self._cells += len(cells)
        if self._cells > limits.MAX_CELLS:
            raise DamagedFile(self._name, f"more than {limits.MAX_CELLS} filled cells", "split the file")
        if cells:
            sheet.rows[number] = cells
        if row.get("hidden") in ("1", "true"):
            sheet.hidden_rows.add(number)

    def _cell(self, cell: Any, sheet: Sheet) -> str:
        value: str | None = None
        inline = None
        formula = False
        for child in cell.iterchildren():
            tag: str = child.tag
            if tag.endswith("}v"):
                value = child.text
            elif tag.endswith("}is"):
                inline = child
            else:
                formula = formula or tag.endswith("}f")
        if not value:
            if inline is not None:
                return _rich_text(inline)
            sheet.unsaved_formulas += formula and cell.get("t") is None
            return ""
        kind = cell.get("t", "n")
        if kind == "s":
            index = _whole(value, -1)
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        if kind in ("str", "e"):
            return _unescape(value)
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._number(value, kind, cell.get("s"))

    def _number(self, value: str, kind: str, style: str | None) -> str:
        if kind == "d":
            from datetime import datetime

            try:
                return date_as_printed(datetime.fromisoformat(value), "ymd")
            except ValueError:
                return value
        index = _whole(style)
        form = self._forms[index] if index < len(self._forms) else "General"
        try:
            return as_printed(float(value), form, since_1904=self._since_1904)
        except (ValueError, OverflowError):
            return value


def _rich_text(item: Any | None) -> str:
    """Return the text of a string item: its runs, without the phonetic guides."""
    if item is None:
        return ""
    out = []
    for child in item.iterchildren():
        kind = child.tag[child.tag.rfind("}") + 1 :]
        if kind == "t":
            out.append(child.text or "")
        elif kind == "r":
            out.append(child.findtext("{*}t") or "")
    return _unescape("".join(out))


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text


def _forget(element: Any) -> None:
    """Free a read element and those before it, so that memory stays flat."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _column_of(reference: str) -> int:
    found = _REFERENCE.match(reference)
    return column_number(found.group(1)) if found else 0


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """Return the number of a column's letters, A is 1.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _range(reference: str) -> Range | None:
    first, _, last = reference.partition(":")
    top, bottom = _REFERENCE.match(first), _REFERENCE.match(last or first)
    if not top or not bottom:
        return None
    return (
        int(top.group(2)),
        column_number(top.group(1)),
        int(bottom.group(2)),
        column_number(bottom.group(1)),
    )


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdigit() and len(text) < 10 else default
