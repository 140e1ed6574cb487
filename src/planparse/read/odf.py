"""OpenDocument texts and sheets (.odt, .ods): an own walk over content.xml.

Deleted text of tracked changes lies apart from the text in ODF, so what is walked is the accepted text.
Left out: headers, footers, annotations, indexes, hidden text and rows.
"""

from __future__ import annotations

import re
from typing import Any, Final

from planparse.errors import DamagedFile, EncryptedFile
from planparse.model import Source
from planparse.read import limits
from planparse.read.build import Builder, Cell
from planparse.read.docx import Lines
from planparse.read.docx_styles import heading_of_name
from planparse.read.labels import join_label
from planparse.read.odf_lists import ListStyles, attribute
from planparse.read.package import Package
from planparse.read.sheet import write_grid

_SILENT: Final = frozenset(
    {
        "annotation",
        "annotation-end",
        "tracked-changes",
        "table-of-content",
        "ruby-text",
        "note",
        "title",
        "desc",
    }
    | {
        "alphabetical-index",
        "illustration-index",
        "table-index",
        "user-index",
        "sequence-decls",
        "forms",
        "number",
    }
    | {"variable-decls", "user-field-decls", "shapes", "calculation-settings", "named-expressions"}
)
_ROW_HOLDERS: Final = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_SLASHED: Final = re.compile(r"^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}$")
_META: Final = {
    "title": "title",
    "initial-creator": "author",
    "creator": "last_author",
    "creation-date": "created",
    "date": "modified",
    "subject": "subject",
    "keyword": "keywords",
    "description": "description",
    "generator": "program",
}


def read_odf(data: bytes, name: str) -> Source:
    """Return the source of an OpenDocument text or sheet; raises DamagedFile for broken or encrypted ones."""
    package = Package(data, name)
    manifest = package.optional_xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise EncryptedFile(name, "encrypted with a password", "save it without password and try again")
    root = package.xml("content.xml")
    build = Builder(meta=_meta(package))
    walk = _Walk(build, name, root, package.optional_xml("styles.xml"))
    body = next(root.iter("{*}body"), None)
    for kind in () if body is None else body.iterchildren():
        if _local(kind) == "spreadsheet":
            walk.sheets(kind)
        else:
            walk.content(kind, None)
    walk.write_notes()
    return build.source(name)


def _meta(package: Package) -> dict[str, str]:
    root = package.optional_xml("meta.xml")
    meta: dict[str, str] = {}
    for element in () if root is None else root.iter():
        key = _META.get(_local(element))
        text = (element.text or "").strip()
        if key and text:
            meta[key] = text
        elif _local(element) == "user-defined" and text:
            meta.setdefault(attribute(element, "name") or "", text)
    return meta


class _Walk:
    def __init__(self, build: Builder, name: str, root: Any, styles: Any | None) -> None:
        self._build = build
        self._name = name
        self._lists = ListStyles()
        self._headings: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._list_of_style: dict[str, str] = {}
        self._hidden: set[str] = set()
        self._notes: list[str] = []
        self._cells = 0
        self._depth = 0
        for part in (styles, root):
            if part is not None:
                self._lists.load(part)
                self._load_styles(part)

    def _load_styles(self, root: Any) -> None:
        for style in root.iter("{*}style"):
            key = attribute(style, "name") or ""
            self._parents[key] = attribute(style, "parent-style-name") or ""
            heading = heading_of_name((attribute(style, "display-name") or key).replace("_20_", " "))
            if heading:
                self._headings[key] = heading
            listed = attribute(style, "list-style-name")
            if listed:
                self._list_of_style[key] = listed
            for properties in style.iterchildren():
                if attribute(properties, "display") in ("none", "false"):
                    self._hidden.add(key)

    def _inherited(self, style: str | None, table: dict[str, str]) -> str | None:
        for _ in range(20):
            if not style:
                return None
            if style in table:
                return table[style]
            style = self._parents.get(style)
        return None

    def content(self, parent: Any, lines: Lines | None) -> None:
        """Walk block-level children; into ``lines`` inside a cell, else into the document."""
        self._depth += 1
        if self._depth > limits.MAX_NESTING:
            raise DamagedFile(
                self._name, f"nested more than {limits.MAX_NESTING} deep", "save the file again"
            )
        for child in parent.iterchildren():
            tag = _local(child)
            if tag in ("p", "h"):
                self._paragraph(child, lines, "")
            elif tag == "list":
                self._list(child, lines)
            elif tag == "table":
                self._table(child, lines)
            elif tag not in _SILENT:
                self.content(child, lines)
        self._depth -= 1

    def _table(self, table: Any, lines: Lines | None) -> None:
        """Write a table; one of a single cell is a frame, and what is in it is walked as if it stood alone."""
        cells = [list(row.iterchildren("{*}table-cell", "{*}covered-table-cell")) for row in _rows(table)]
        if len(cells) == 1 and len(cells[0]) == 1:
            self.content(cells[0][0], lines)
        elif lines is None:
            self._build.table(self.grid(table))
        else:
            lines.table(self.grid(table))

    def _list(
        self, element: Any, lines: Lines | None, style: str = "", level: int = 1, run: Any = None
    ) -> None:
        own = attribute(element, "style-name") or style
        if run is None or (own != style and level > 1):
            run = self._lists.begin(
                own,
                attribute(element, "id"),
                attribute(element, "continue-list"),
                attribute(element, "continue-numbering") == "true",
            )
        if level > limits.MAX_NESTING:
            raise DamagedFile(self._name, "lists nested too deeply", "save the file again")
        for item in element.iterchildren():
            first = _local(item) == "list-item"
            start = attribute(item, "start-value")
            for child in item.iterchildren():
                tag = _local(child)
                if tag == "list":
                    self._list(child, lines, own, level + 1, run)
                elif tag in ("p", "h"):
                    label = self._lists.label(own, level, run, int(start) if start else None) if first else ""
                    first = False
                    self._paragraph(child, lines, label)
                elif tag not in _SILENT:
                    self.content(child, lines)

    def _paragraph(self, element: Any, lines: Lines | None, label: str) -> None:
        style = attribute(element, "style-name")
        out: list[str] = []
        boxes: list[Any] = []
        self._inline(element, out, boxes)
        text = "".join(out)
        level = attribute(element, "outline-level") if _local(element) == "h" else None
        if level and not label and attribute(element, "is-list-header") != "true":
            label = self._lists.label("outline", int(level), self._lists.outline)
        heading = f"heading {level}" if level else self._inherited(style, self._headings)
        if text.strip() or (lines is not None and label):
            line = join_label(label.strip(), "tab", text)
            if lines is None:
                self._build.paragraph(line, style=heading)
            else:
                lines.paragraph(line)
        for box in boxes:
            self.content(box, lines)

    def _inline(self, element: Any, out: list[str], boxes: list[Any]) -> None:
        if element.text:
            out.append(_squeeze(element.text))
        for child in element.iterchildren():
            tag = _local(child)
            if tag == "s":
                out.append(" " * min(int(attribute(child, "c") or 1), 100))
            elif tag in ("tab", "line-break"):
                out.append("\t" if tag == "tab" else "\n")
            elif tag == "note":
                self._note(child)
            elif tag == "text-box":
                boxes.append(child)
            elif tag not in _SILENT and (attribute(child, "style-name") or "") not in self._hidden:
                self._inline(child, out, boxes)
            if child.tail:
                out.append(_squeeze(child.tail))

    def _note(self, note: Any) -> None:
        lines = Lines()
        for body in note.iterchildren("{*}note-body"):
            self.content(body, lines)
        self._notes.append(" ".join(line.strip() for line in lines.lines if line.strip()))

    def write_notes(self) -> None:
        """Write the footnotes and endnotes, in order, as ``[1] …``."""
        for number, note in enumerate(self._notes, 1):
            self._build.paragraph(f"[{number}] {note}", style="footnote")

    def sheets(self, spreadsheet: Any) -> None:
        """Write every visible sheet as one table."""
        number = 0
        for table in spreadsheet.iterchildren("{*}table"):
            title = attribute(table, "name") or ""
            if (attribute(table, "style-name") or "") in self._hidden:
                self._build.warnings.append(f"工作表 {title}：已隐藏，未读取")
                continue
            grid = self.grid(table)
            rows = [r for r, row in enumerate(grid) if any(cell.text.strip() for cell in row)]
            columns = [
                c for c in range(len(grid[0]) if grid else 0) if any(grid[r][c].text.strip() for r in rows)
            ]
            kept = [[grid[r][c] for c in columns] for r in rows]
            number += 1
            write_grid(kept, ([r + 1 for r in rows], [c + 1 for c in columns]), self._build, title, number)

    def grid(self, table: Any) -> list[list[Cell]]:
        """Return a table's grid; spans repeat one cell object, runs of empty cells at the end are cut."""
        grid: list[list[Cell]] = []
        covered: dict[tuple[int, int], Cell] = {}
        for row in _rows(table):
            if attribute(row, "visibility") in ("collapse", "filter"):
                continue
            line = self._row(row, len(grid), covered)
            while line and not line[-1].text and (len(grid), len(line) - 1) not in covered:
                line.pop()
            repeat = int(attribute(row, "number-rows-repeated") or 1)
            filled = any(cell.text for cell in line)
            if not filled and repeat > 100:
                repeat = 1
            grid.extend(list(line) for _ in range(min(repeat, limits.MAX_ROWS)))
            self._cells += len(line) * repeat
            if self._cells > limits.MAX_CELLS or len(grid) > limits.MAX_ROWS:
                raise DamagedFile(self._name, f"more than {limits.MAX_CELLS} cells", "split the file")
        width = max((len(line) for line in grid), default=0)
        for line in grid:
            line.extend(Cell() for _ in range(width - len(line)))
        return grid

    def _row(self, row: Any, at: int, covered: dict[tuple[int, int], Cell]) -> list[Cell]:
        line: list[Cell] = []
        for item in row.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            repeat = min(int(attribute(item, "number-columns-repeated") or 1), limits.MAX_COLUMNS - len(line))
            for _ in range(repeat):
                cell = covered.get((at, len(line)))
                if cell is None:
                    cell = Cell(self._cell_text(item)) if _local(item) == "table-cell" else Cell()
                    wide = min(int(attribute(item, "number-columns-spanned") or 1), limits.MAX_COLUMNS)
                    high = min(int(attribute(item, "number-rows-spanned") or 1), 10_000)
                    if wide * high > 1 and cell.text:
                        for r in range(high):
                            for c in range(wide):
                                covered[at + r, len(line) + c] = cell
                        if len(covered) > limits.MAX_CELLS:
                            raise DamagedFile(self._name, "spans cover too many cells", "split the file")
                line.append(cell)
        return line

    def _cell_text(self, item: Any) -> str:
        lines = Lines()
        self.content(item, lines)
        text = "\n".join(lines.lines).strip()
        day = attribute(item, "date-value")
        return day[:10] if day and _SLASHED.match(text) else text


def _rows(table: Any) -> list[Any]:
    rows: list[Any] = []
    for child in table.iterchildren():
        tag = _local(child)
        if tag == "table-row":
            rows.append(child)
        elif tag in _ROW_HOLDERS:
            rows.extend(_rows(child))
    return rows


def _squeeze(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


def _local(element: Any) -> str:
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]
