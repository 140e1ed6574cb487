"""Word documents: an own walk over the XML, so that numbering, merges and tracked changes come out as printed.

Kept: paragraphs, automatic numbers, tables, text boxes (after their paragraph), footnotes and endnotes (at the
end, as ``[1] …``), inserted text. Left out: headers, footers, comments, deleted and hidden text, lists of
contents. Heading styles are kept as ``Block.style`` ("title", "heading 1" …).
"""

from __future__ import annotations

from typing import Any, Final, Protocol

from planparse.errors import DamagedFile
from planparse.model import Source
from planparse.read import limits
from planparse.read.build import Builder, Cell
from planparse.read.docx_numbering import Numbering
from planparse.read.docx_styles import Style, Styles, is_on, outline_heading
from planparse.read.labels import bullet, join_label
from planparse.read.office_meta import package_meta
from planparse.read.package import Package

#: inline elements that hold no printed text of their own
_SILENT: Final = frozenset(
    {
        "pPr",
        "rPr",
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "delInstrText",
        "rt",
        "sdtPr",
        "sdtEndPr",
        "fldData",
    }
)
_CHARACTERS: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_WRAPPERS: Final = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "Choice"}
)


class Sink(Protocol):
    """Where paragraphs and tables go: the document, or the lines of a cell."""

    bare_numbers: bool  #: whether an automatic number without text is printed (序号 cells hold nothing else)

    def paragraph(self, text: str, *, style: str | None = None) -> None:
        """Take one paragraph."""

    def table(self, grid: list[list[Cell]]) -> None:
        """Take one table."""


class Lines:
    """A sink for the inside of a cell: every paragraph a line, an inner table's rows lines too."""

    bare_numbers = True

    def __init__(self) -> None:
        self.lines: list[str] = []

    def paragraph(self, text: str, *, style: str | None = None) -> None:
        """Add a line."""
        self.lines.append(text)

    def table(self, grid: list[list[Cell]]) -> None:
        """Add an inner table's rows, cells parted by a space, merged cells once."""
        seen: set[int] = set()
        for row in grid:
            texts = []
            for cell in row:
                if id(cell) not in seen and cell.text:
                    texts.append(cell.text)
                seen.add(id(cell))
            self.lines.append(" ".join(texts))


class _Page:
    """The document as a sink."""

    bare_numbers = False

    def __init__(self, build: Builder) -> None:
        self._build = build

    def paragraph(self, text: str, *, style: str | None = None) -> None:
        self._build.paragraph(text, style=style)

    def table(self, grid: list[list[Cell]]) -> None:
        self._build.table(grid)


def read_docx(data: bytes, name: str) -> Source:
    """Return the source of a Word document; raises DamagedFile for broken packages."""
    package = Package(data, name)
    main = next(part for part in package.parts if part.startswith("word/document") and part.endswith(".xml"))
    root = package.xml(main)
    walk = Walk(package, root, name)
    build = Builder(meta=package_meta(package))
    page = _Page(build)
    body = root.find(walk.w + "body")
    if body is not None:
        walk.content(body, page)
    walk.notes(page)
    build.warnings.extend(walk.warnings)
    return build.source(name)


class Walk:
    """One pass over a document: counters of lists and fields live here."""

    def __init__(self, package: Package, root: Any, name: str) -> None:
        self.w = root.tag[: root.tag.rfind("}") + 1]
        self.name = name
        self.warnings: list[str] = []
        self._package = package
        self._styles = Styles(package.optional_xml("word/styles.xml"))
        self._numbering = Numbering(package.optional_xml("word/numbering.xml"))
        self._fields: list[bool] = []  # one per open field: True while in its code
        self._carry = ""  # text before a deleted paragraph mark
        self._noted: list[tuple[str, str]] = []  # (part, id) of notes in order of reference
        self._depth = 0
        self._cells = 0

    def content(self, parent: Any, sink: Sink, style: str | None = None) -> None:
        """Walk block-level children: paragraphs, tables, and what wraps them."""
        self._depth += 1
        if self._depth > limits.MAX_NESTING:
            raise DamagedFile(self.name, f"nested more than {limits.MAX_NESTING} deep", "save the file again")
        for child in parent.iterchildren():
            tag = _local(child)
            if tag == "p":
                self._paragraph(child, sink, style)
            elif tag == "tbl":
                self._table(child, sink)
            elif tag == "AlternateContent":
                self.content(_choice(child), sink, style)
            elif tag == "altChunk":
                self.warnings.append("嵌入的文档（altChunk）未读取；请用 Word 重新保存")
            elif tag in _WRAPPERS and not (tag == "sdt" and self._is_contents(child)):
                self.content(child, sink, style)
        self._depth -= 1

    def _table(self, tbl: Any, sink: Sink) -> None:
        """Write a table; one of a single column is a frame, and what is in it is walked as if it stood alone."""
        rows = self._wrapped(tbl, "tr")
        cells = [self._wrapped(row, "tc") for row in rows]
        if all(len(row) == 1 for row in cells) and (
            len(cells) == 1 or any(_inner(row[0], "tbl") for row in cells)
        ):
            for row in cells:
                self.content(row[0], sink)
        else:
            sink.table(self.grid(tbl))

    def _is_contents(self, sdt: Any) -> bool:
        gallery = sdt.find(f"{self.w}sdtPr/{self.w}docPartObj/{self.w}docPartGallery")
        return gallery is not None and gallery.get(self.w + "val") == "Table of Contents"

    def _paragraph(self, p: Any, sink: Sink, style: str | None) -> None:
        properties = p.find(self.w + "pPr")
        style_id = None if properties is None else _val(properties, self.w, "pStyle")
        meaning = self._styles.get(style_id)
        out: list[str] = []
        boxes: list[Any] = []
        self._inline(p, out, boxes, meaning.hidden)
        self._fields = [False for _ in self._fields]  # a field's code never spans paragraphs
        text = self._carry + "".join(out)
        self._carry = ""
        if properties is not None and properties.find(f"{self.w}rPr/{self.w}del") is not None:
            self._carry = text
        elif not meaning.contents:
            label = self._label(properties, meaning, style_id)
            own = None if properties is None else outline_heading(_val(properties, self.w, "outlineLvl"))
            line = join_label(*label, text) if label else text
            if text.strip() or sink.bare_numbers:
                sink.paragraph(line, style=style or meaning.heading or own)
        for box in boxes:
            self.content(box, sink, "text box")

    def _label(self, properties: Any | None, meaning: Style, style_id: str | None) -> tuple[str, str] | None:
        number = None if properties is None else properties.find(self.w + "numPr")
        num_id = None if number is None else _val(number, self.w, "numId")
        level = None if number is None else _val(number, self.w, "ilvl")
        if num_id is None:
            num_id = meaning.num_id
            if level is None and num_id is not None:
                level = str(
                    meaning.num_level or self._numbering.level_of_style(num_id, meaning.num_style or "")
                )
        if num_id is None or num_id == "0":
            return None
        return self._numbering.label(num_id, int(level) if level and level.isdigit() else 0)

    def _inline(self, parent: Any, out: list[str], boxes: list[Any], hidden: bool) -> None:
        for child in parent.iterchildren():
            tag = _local(child)
            if tag == "r":
                self._run(child, out, boxes, hidden)
            elif tag == "AlternateContent":
                self._inline(_choice(child), out, boxes, hidden)
            elif tag == "t":  # of a formula
                out.append(child.text or "")
            elif tag not in _SILENT:
                self._inline(child, out, boxes, hidden)

    def _run(self, run: Any, out: list[str], boxes: list[Any], hidden: bool) -> None:
        properties = run.find(self.w + "rPr")
        if properties is not None:
            vanish = properties.find(self.w + "vanish")
            hidden = is_on(vanish, self.w) if vanish is not None else hidden
            style_id = _val(properties, self.w, "rStyle")
            hidden = hidden or (style_id is not None and self._styles.get(style_id).hidden)
        for child in run.iterchildren():
            tag = _local(child)
            if tag == "fldChar":
                self._field(child.get(self.w + "fldCharType"))
            elif tag in ("drawing", "pict", "object", "AlternateContent"):
                _text_boxes(child, boxes)
            elif hidden or any(self._fields):
                continue
            elif tag == "t":
                out.append(child.text or "")
            elif tag in _CHARACTERS:
                out.append(_CHARACTERS[tag])
            elif tag == "sym":
                out.append(_symbol(child.get(self.w + "char")))
            elif tag == "ruby":
                base = child.find(self.w + "rubyBase")
                if base is not None:
                    self._inline(base, out, boxes, hidden)
            elif tag in ("footnoteReference", "endnoteReference"):
                self._noted.append((tag[: tag.index("R")] + "s", child.get(self.w + "id", "")))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def notes(self, sink: Sink) -> None:
        """Write the footnotes and endnotes that the text refers to, in order, as ``[1] …``."""
        roots: dict[str, dict[str, Any]] = {}
        for number, (part, note_id) in enumerate(self._noted, 1):
            if part not in roots:
                root = self._package.optional_xml(f"word/{part}.xml")
                roots[part] = {} if root is None else {note.get(self.w + "id", ""): note for note in root}
            note = roots[part].get(note_id)
            if note is not None:
                lines = Lines()
                self.content(note, lines)
                text = "\n".join(line for line in lines.lines if line.strip()).strip()
                sink.paragraph(f"[{number}] {text}", style="footnote")

    def grid(self, tbl: Any) -> list[list[Cell]]:
        """Return a table's grid: spans and vertical merges repeat one cell object, short rows are padded."""
        rows: list[list[Cell]] = []
        for tr in self._wrapped(tbl, "tr"):
            properties = tr.find(self.w + "trPr")
            if properties is not None and (
                properties.find(self.w + "del") is not None
                or is_on(properties.find(self.w + "hidden"), self.w)
            ):
                continue
            rows.append(self._row(tr, properties, rows[-1] if rows else []))
            self._cells += len(rows[-1])
            if self._cells > limits.MAX_CELLS:
                raise DamagedFile(self.name, f"more than {limits.MAX_CELLS} table cells", "split the file")
        width = max((len(row) for row in rows), default=0)
        for row in rows:
            row.extend(Cell() for _ in range(width - len(row)))
        return rows

    def _wrapped(self, parent: Any, wanted: str) -> list[Any]:
        found: list[Any] = []
        for child in parent.iterchildren():
            tag = _local(child)
            if tag == wanted:
                found.append(child)
            elif tag in _WRAPPERS:
                found.extend(self._wrapped(child, wanted))
        return found

    def _row(self, tr: Any, properties: Any | None, above: list[Cell]) -> list[Cell]:
        row: list[Cell] = []
        if properties is not None:
            row.extend(Cell() for _ in range(_number(_val(properties, self.w, "gridBefore"), 0)))
        for tc in self._wrapped(tr, "tc"):
            own = tc.find(self.w + "tcPr")
            span = 1 if own is None else _number(_val(own, self.w, "gridSpan"), 1)
            vertical = None if own is None else own.find(self.w + "vMerge")
            sideways = None if own is None else own.find(self.w + "hMerge")
            joined = vertical is not None and vertical.get(self.w + "val", "continue") == "continue"
            if joined and len(above) > len(row):
                cell = above[len(row)]
            elif sideways is not None and sideways.get(self.w + "val", "continue") == "continue" and row:
                cell = row[-1]
            else:
                lines = Lines()
                self.content(tc, lines)
                cell = Cell("\n".join(lines.lines))
            row.extend([cell] * max(1, min(span, limits.MAX_COLUMNS - len(row))))
        return row


def _inner(element: Any, tag: str) -> bool:
    return any(_local(child) == tag for child in element.iterdescendants())


def _text_boxes(element: Any, boxes: list[Any]) -> None:
    tag = _local(element)
    if tag == "txbxContent":
        boxes.append(element)
    elif tag == "AlternateContent":
        _text_boxes(_choice(element), boxes)
    else:
        for child in element.iterchildren():
            _text_boxes(child, boxes)


def _choice(alternate: Any) -> Any:
    """Return the first branch of an AlternateContent; its Fallback repeats the same for old programs."""
    return next(iter(alternate.iterchildren()), alternate)


def _symbol(code: str | None) -> str:
    try:
        char = chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
    return bullet(char) if "\uf000" <= char <= "\uf0ff" else char


def _local(element: Any) -> str:
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]


def _val(element: Any, w: str, tag: str) -> str | None:
    found = element.find(w + tag)
    return None if found is None else found.get(w + "val")


def _number(text: str | None, default: int) -> int:
    return min(int(text), limits.MAX_COLUMNS) if text and text.isdigit() else default
