"""Placeholders in a Word file, and the letter that planparse uses where a hospital gives no template of its own.

``{{科室}}`` stands for a value; a table row with ``{{牵头.任务}}`` comes once for every entry of that group; what
stands between the paragraphs ``{{#牵头}}`` and ``{{/牵头}}`` is left out where the group is empty. A value is put in
once and never looked at again: braces in a document stay braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

_MARK = re.compile(r"\{\{\s*([#/]?)\s*([^{}#/.\s]{1,20})(?:\.([^{}\s]{1,20}))?\s*\}\}")

Values = Mapping[str, str]
Groups = Mapping[str, Sequence[Values]]


def placeholders(document: Any) -> set[str]:
    """Return every placeholder of a document, as ``科室`` or ``牵头.任务``."""
    found = set()
    for paragraph in _paragraphs(document):
        for mark in _MARK.finditer(paragraph.text):
            found.add(f"{mark[2]}.{mark[3]}" if mark[3] else mark[2])
    return found


def fill(document: Any, values: Values, groups: Groups) -> None:
    """Fill a document in place: blocks, then rows, then single values."""
    _blocks(document, groups)
    done: list[Any] = []
    for table in list(_tables(document)):
        done += _rows(table, values, groups)
    filled = set(done)
    for paragraph in _paragraphs(document):
        if paragraph._p not in filled:
            _replace(paragraph, values)


def _parts(document: Any) -> Iterator[Any]:
    """Yield the body and every header and footer."""
    yield document
    for section in document.sections:
        yield from (section.header, section.footer, section.first_page_header, section.first_page_footer)


def _tables(document: Any) -> Iterator[Any]:
    for part in _parts(document):
        stack = list(part.tables)
        while stack:
            table = stack.pop()
            yield table
            for cell in table._cells:
                stack += cell.tables


def _paragraphs(document: Any) -> Iterator[Any]:
    for part in _parts(document):
        yield from part.paragraphs
    for table in _tables(document):
        seen = set()
        for cell in table._cells:
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                yield from cell.paragraphs


def _blocks(document: Any, groups: Groups) -> None:
    """Drop the marks of blocks, and the blocks of empty groups."""
    from docx.text.paragraph import Paragraph

    inside: str | None = None
    for element in list(document.element.body):
        mark = (
            _MARK.fullmatch(Paragraph(element, document).text.strip()) if element.tag.endswith("}p") else None
        )
        if mark and mark[1]:
            inside = mark[2] if mark[1] == "#" else None
            document.element.body.remove(element)
        elif inside is not None and not groups.get(inside) and not element.tag.endswith("}sectPr"):
            document.element.body.remove(element)


def _rows(table: Any, values: Values, groups: Groups) -> list[Any]:
    """Repeat the rows of groups; return the paragraphs that are filled by it and must not be looked at again."""
    from docx.table import _Row

    filled: list[Any] = []
    for row in list(table.rows):
        names = {mark[2] for cell in row.cells for mark in _MARK.finditer(cell.text) if mark[3]}
        if not names:
            continue
        name = sorted(names)[0]
        before = row._tr
        for entry in groups.get(name, ()):
            copied = deepcopy(row._tr)
            before.addnext(copied)
            before = copied
            for paragraph in {
                id(p._p): p for cell in _Row(copied, table).cells for p in cell.paragraphs
            }.values():
                _replace(paragraph, values, {name: entry})
                filled.append(paragraph._p)
        row._tr.getparent().remove(row._tr)
    return filled


def _replace(paragraph: Any, values: Values, entries: Mapping[str, Values] | None = None) -> None:
    """Put values in the place of placeholders, also of those that Word has cut over several runs."""
    runs = paragraph.runs
    text = "".join(run.text for run in runs)
    for mark in reversed(list(_MARK.finditer(text))):
        source = (entries or {}).get(mark[2]) if mark[3] else values
        if mark[1] or source is None or (mark[3] or mark[2]) not in source:
            continue
        value = source[mark[3] or mark[2]]
        at = 0
        put = False
        for run in runs:
            start, end = at, at + len(run.text)
            at = end
            if end <= mark.start() or start >= mark.end():
                continue
            own = run.text
            left, right = (
                own[: max(mark.start() - start, 0)],
                own[max(mark.end() - start, 0) :] if end > mark.end() else "",
            )
            run.text = left + ("" if put else value) + right
            put = True


def default_template() -> Any:
    """Return the packaged letter as a python-docx document: A4, title, three tables of tasks, indicators, a place to sign."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin, page.bottom_margin = Mm(28), Mm(24)
    _font(document.styles["Normal"], "仿宋", 12)

    def paragraph(
        text: str,
        size: float = 12,
        font: str = "仿宋",
        *,
        center: bool = False,
        bold: bool = False,
        space: float = 4,
    ) -> Any:
        made = document.add_paragraph()
        run = made.add_run(text)
        _font(run, font, size)
        run.bold = bold
        made.paragraph_format.space_after = Pt(space)
        if center:
            made.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return made

    paragraph("{{单位}}", 16, "黑体", center=True)
    paragraph("目标任务书", 24, "方正小标宋简体", center=True, bold=True, space=10)
    paragraph("责任科室：{{科室}}", 14, "黑体", space=6)
    intro = paragraph(
        "根据《{{文件标题}}》，现将本科室承担的 {{任务数}} 项任务（牵头 {{牵头数}} 项、责任 {{责任数}} 项、配合 {{配合数}} 项）和 {{指标数}} 个量化指标下达如下，请对照落实，完成一项、销号一项。",
        12,
        space=8,
    )
    intro.paragraph_format.first_line_indent = Pt(24)
    for name, title in (("牵头", "牵头任务"), ("责任", "责任任务"), ("配合", "配合任务")):
        paragraph(f"{{{{#{name}}}}}")
        heading = paragraph(f"{title}（{{{{{name}数}}}} 项）", 14, "黑体", space=3)
        heading.paragraph_format.keep_with_next = True
        _table(document, (("序号", 12), ("任务与举措", 62), ("工作目标", 36), ("完成时限", 28), ("协同科室" if name == "牵头" else "牵头科室", 36)),
               tuple(f"{{{{{name}.{f}}}}}" for f in ("序号", "任务与举措", "目标", "时限", "协同" if name == "牵头" else "牵头科室")))  # fmt: skip
        paragraph(f"{{{{/{name}}}}}")
    paragraph("{{#指标}}")
    paragraph("量化指标（{{指标数}} 个）", 14, "黑体", space=3).paragraph_format.keep_with_next = True
    _table(
        document,
        (("序号", 12), ("指标", 60), ("目标", 36), ("完成时限", 40), ("角色", 26)),
        tuple(f"{{{{指标.{f}}}}}" for f in ("序号", "指标", "目标", "时限", "角色")),
    )
    paragraph("{{/指标}}")
    _signature(document)
    return document


def _font(target: Any, name: str, size: float) -> None:
    """Set a font for Chinese and other text of a run or style."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    target.font.name = name
    target.font.size = Pt(size)
    properties = (
        target._element.get_or_add_rPr()
        if hasattr(target._element, "get_or_add_rPr")
        else target.element.get_or_add_rPr()
    )
    properties.rFonts.set(qn("w:eastAsia"), name)


def _table(document: Any, heads: Sequence[tuple[str, int]], cells: Sequence[str]) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    table = document.add_table(rows=2, cols=len(heads))
    table.style = "Table Grid"
    table.autofit = False
    for k, ((name, width), text) in enumerate(zip(heads, cells, strict=True)):
        table.columns[k].width = Mm(width)
        for row, shown, font in ((0, name, "黑体"), (1, text, "仿宋")):
            cell = table.cell(row, k)
            cell.width = Mm(width)
            run = cell.paragraphs[0].add_run(shown)
            _font(run, font, 10.5)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            if row == 0:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
                shade = OxmlElement("w:shd")
                for key, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", "DDE4EE")):
                    shade.set(qn(key), value)
                cell._tc.get_or_add_tcPr().append(shade)
    for row, names in ((0, ("w:tblHeader", "w:cantSplit")), (1, ("w:cantSplit",))):
        properties = table.rows[row]._tr.get_or_add_trPr()
        for name in names:
            element = OxmlElement(name)
            element.set(qn("w:val"), "true")
            properties.append(element)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _signature(document: Any) -> None:
    from docx.shared import Mm, Pt

    document.add_paragraph().paragraph_format.space_after = Pt(6)
    table = document.add_table(rows=2, cols=2)
    for row, texts in enumerate(
        (
            ("签发人（签字）：", "责任科室负责人（签字）："),
            ("签发单位（盖章）：{{日期}}", "签收日期：      年    月    日"),
        )
    ):
        for column, text in enumerate(texts):
            cell = table.cell(row, column)
            cell.width = Mm(83)
            run = cell.paragraphs[0].add_run(text)
            _font(run, "仿宋", 12)
            cell.paragraphs[0].paragraph_format.space_after = Pt(16)
            cell.paragraphs[0].paragraph_format.keep_with_next = row == 0
