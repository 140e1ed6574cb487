"""Word documents: numbers typed or automatic, real tables, header and footer with page numbers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from corpora.filemaker.twin import Part

FONT = "Noto Sans CJK SC"
HAN = "零一二三四五六七八九"
#: level -> (pattern of the printed number, OOXML format, level text)
LEVELS = (
    (re.compile(r"([一二三四五六七八九十]{1,3})、"), "chineseCounting", "%1、"),
    (re.compile(r"（([一二三四五六七八九十]{1,3})）"), "chineseCounting", "（%2）"),
    (re.compile(r"(\d{1,2})\.(?!\d)"), "decimal", "%3."),
    (re.compile(r"（(\d{1,2})）"), "decimal", "（%4）"),
)


def number(text: str) -> int:
    """Return the value of a small Chinese or Arabic numeral."""
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.partition("十")
    if not mark:
        return HAN.index(text)
    return (HAN.index(tens) if tens else 1) * 10 + (HAN.index(ones) if ones else 0)


def new_document(*, columns: int = 1, header: str = "", numbers: bool = True) -> Any:
    """Return a document in the usual setting of offices: A4, CJK font, page numbers at the foot."""
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(12)
    for style in ("Normal", "Title", "Heading 1", "Heading 2"):
        fonts = document.styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn("w:" + key), FONT)
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595), Pt(842)
    if columns > 1:
        section._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="{columns}" w:space="480"/>'))
    if header:
        section.header.paragraphs[0].text = header
    if numbers:
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for xml in ("begin", None, "end"):
            run = foot.add_run()
            if xml:
                run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{xml}"/>'))
            else:
                run._r.append(parse_xml(f"<w:instrText {nsdecls('w')}> PAGE </w:instrText>"))
    return document


def add_numbering(document: Any) -> None:
    """Add the list with the four usual levels as abstract list 90."""
    levels = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="nothing"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for index, (_, form, text) in enumerate(LEVELS)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))


class Numberer:
    """Gives each line automatic numbering that prints what the line has typed, restarting where it must."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        self._counts: list[int | None] = [None] * len(LEVELS)
        self._next = 900
        self._num = self._new(None, 0)

    def _new(self, level: int | None, start: int) -> int:
        self._next += 1
        override = (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            if level is not None
            else ""
        )
        self._root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._next}"><w:abstractNumId w:val="90"/>{override}</w:num>'
            )
        )
        return self._next

    def apply(self, paragraph: Any, text: str) -> str:
        """Return the text without its number, which the paragraph now prints by itself."""
        for level, (pattern, _, _) in enumerate(LEVELS):
            found = pattern.match(text)
            if found is None:
                continue
            wanted = number(found.group(1))
            before = self._counts[level]
            if (1 if before is None else before + 1) != wanted:
                self._num = self._new(level, wanted)
            self._counts[level] = wanted
            self._counts[level + 1 :] = [None] * (len(LEVELS) - level - 1)
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(
                    f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{self._num}"/></w:numPr>'
                )
            )
            return text[found.end() :]
        return text


def write_docx(
    parts: list[Part], path: Path, *, automatic: bool = False, merge: bool = True, **setting: Any
) -> None:
    """Write parts as .docx; ``automatic`` turns typed numbers into lists, ``merge`` joins blank first cells."""
    document = new_document(**setting)
    numberer = None
    if automatic:
        add_numbering(document)
        numberer = Numberer(document)
    first = True
    for part in parts:
        if part.rows:
            add_table(document, part.rows, merge=merge)
            continue
        paragraph = document.add_paragraph()
        text = numberer.apply(paragraph, part.text) if numberer else part.text
        paragraph.add_run(text)
        if first:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.style = "Title"
            first = False
        elif not re.match(r"[一二三四五六七八九十]+、", part.text) and len(part.text) > 24:
            paragraph.paragraph_format.first_line_indent = Pt(24)
    document.core_properties.title = parts[0].text
    document.core_properties.author = "办公室"
    document.save(path)


def add_table(document: Any, rows: list[list[str]], *, merge: bool = True) -> Any:
    """Add a ruled table; a blank first cell below a filled one is merged with it."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    start = 0
    for r in range(1, len(rows) + 1):
        if r < len(rows) and not rows[r][0] and merge and any(rows[r]):
            continue
        if r - start > 1:
            merged = table.cell(start, 0).merge(table.cell(r - 1, 0))
            merged.text = rows[start][0]
        start = r
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    return table
