"""Awkward Word documents, each with one thing that naive readers lose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpora.filemaker.contents import Content, Item

W = nsdecls("w")
HEAD = ("序号", "重点任务", "具体措施", "牵头科室", "配合科室", "责任领导", "完成时限")


def start(content: Content) -> Any:
    """Return a document with the content's title and opening lines."""
    document = docx.Document()
    document.add_paragraph(content.title, style="Title")
    for line in content.before:
        document.add_paragraph(line)
    return document


def finish(document: Any, content: Content, path: Path) -> None:
    """Add the closing lines and save."""
    for line in content.behind:
        document.add_paragraph(line)
    document.core_properties.title = content.title
    document.core_properties.author = "办公室"
    document.save(path)


def row_of(item: Item, number: int) -> list[str]:
    """Return an item as the cells of the usual columns."""
    return [
        str(number),
        item.title,
        item.measure,
        "、".join(item.lead or item.responsible),
        "、".join(item.support),
        "、".join(item.leaders),
        item.due,
    ]


def fill(table: Any, rows: list[list[str]]) -> None:
    """Write texts into a table."""
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text


def merged_cells(content: Content, path: Path) -> None:
    """Leaders merged over rows, the title row merged over all columns of the table."""
    document = start(content)
    table = document.add_table(rows=len(content.items) + 2, cols=7, style="Table Grid")
    fill(table, [[""] * 7, list(HEAD), *(row_of(item, n) for n, item in enumerate(content.items, 1))])
    table.cell(0, 0).merge(table.cell(0, 6)).text = "重点任务分解表（一）"
    first = 2
    for r in range(3, len(content.items) + 3):
        name = content.items[r - 2].leaders if r - 2 < len(content.items) else None
        if name != content.items[first - 2].leaders:
            cell = table.cell(first, 5).merge(table.cell(r - 1, 5))
            cell.text = content.items[first - 2].leaders[0]
            first = r
    finish(document, content, path)


def two_headers(content: Content, path: Path) -> None:
    """Two header rows: 责任科室 over 牵头 and 配合; the others merged downwards."""
    document = start(content)
    table = document.add_table(rows=len(content.items) + 2, cols=7, style="Table Grid")
    rows = [
        ["序号", "重点任务", "具体措施", "责任科室", "", "责任领导", "完成时限"],
        ["", "", "", "牵头科室", "配合科室", "", ""],
    ]
    fill(table, [*rows, *(row_of(item, n) for n, item in enumerate(content.items, 1))])
    for c in (0, 1, 2, 5, 6):
        table.cell(0, c).merge(table.cell(1, c)).text = rows[0][c]
    table.cell(0, 3).merge(table.cell(0, 4)).text = "责任科室"
    finish(document, content, path)


def numbered_cells(content: Content, path: Path) -> None:
    """Everything in a frame table; the number column and the measures are numbered automatically."""
    document = docx.Document()
    _add_list(document, "decimal", "%1")
    frame = document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
    frame.text = content.title
    for line in content.before:
        frame.add_paragraph(line)
    table = frame.add_table(rows=len(content.items) + 1, cols=7)
    table.style = "Table Grid"
    fill(table, [list(HEAD), *(row_of(item, n) for n, item in enumerate(content.items, 1))])
    for r in range(1, len(content.items) + 1):
        table.cell(r, 0).text = ""
        _number(table.cell(r, 0).paragraphs[0], 900, 0)
    for line in content.behind:
        frame.add_paragraph(line)
    document.save(path)


def _add_list(document: Any, *levels: str) -> None:
    """Add a list as number 900; ``levels`` alternate format and text."""
    root = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{n // 2}"><w:start w:val="1"/><w:numFmt w:val="{levels[n]}"/>'
        f'<w:lvlText w:val="{levels[n + 1]}"/></w:lvl>'
        for n in range(0, len(levels), 2)
    )
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="90">{inner}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {W} w:numId="900"><w:abstractNumId w:val="90"/></w:num>'))


def _number(paragraph: Any, num: int, level: int) -> None:
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')
    )


def style_numbers(content: Content, path: Path) -> None:
    """Numbers come from paragraph styles: 公文一级 and 公文二级, a style based on a style."""
    document = start(content)
    _add_list(document, "chineseCounting", "%1、", "chineseCountingThousand", "（%2）")
    lvl = document.part.numbering_part.element[0]
    for level, name, base in ((0, "公文一级", "Heading 1"), (1, "公文二级", "Normal")):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[base]
        style.element.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="900"/></w:numPr>')
        )
        lvl[level].insert(2, parse_xml(f'<w:pStyle {W} w:val="{style.style_id}"/>'))
    derived = document.styles.add_style("公文二级（缩进）", WD_STYLE_TYPE.PARAGRAPH)
    derived.base_style = document.styles["公文二级"]
    document.add_paragraph("主要目标", style="公文一级")
    document.add_paragraph("坚持目标导向，确保年度任务如期完成。")
    document.add_paragraph("重点任务", style="公文一级")
    for n, item in enumerate(content.items):
        style = "公文二级" if n % 2 else "公文二级（缩进）"
        document.add_paragraph(f"{item.title}。{item.measure}。{item.annotation()}", style=style)
    finish(document, content, path)


def tracked_changes(content: Content, path: Path) -> None:
    """A reviewed draft: old departments deleted, new ones inserted, a paragraph mark and an item deleted."""
    document = start(content)
    document.add_paragraph("一、重点任务")
    for n, item in enumerate(content.items, 1):
        paragraph = document.add_paragraph(f"{n}.{item.title}。")
        half = len(item.measure) // 2
        paragraph.add_run(item.measure[:half])
        _deleted(paragraph, "力争取得突破性进展，")
        _inserted(paragraph, item.measure[half:] + "。")
        if n == 2:  # the annotation was a paragraph of its own: its mark was deleted
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:rPr {W}><w:del w:id="7" w:author="a"/></w:rPr>')
            )
            paragraph = document.add_paragraph()
        _deleted(paragraph, "（责任科室：医务科）")
        _inserted(paragraph, item.annotation())
    gone = document.add_paragraph()
    _deleted(gone, "9.召开现场会。适时召开现场推进会。（责任科室：党办）")
    gone._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {W}><w:del w:id="8" w:author="a"/></w:rPr>'))
    finish(document, content, path)


def _deleted(paragraph: Any, text: str) -> None:
    paragraph._p.append(
        parse_xml(
            f'<w:del {W} w:id="1" w:author="a"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
        )
    )


def _inserted(paragraph: Any, text: str) -> None:
    paragraph._p.append(
        parse_xml(
            f'<w:ins {W} w:id="2" w:author="a"><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>'
        )
    )


def text_boxes(content: Content, path: Path) -> None:
    """One item stands in a text box (with its copy for old programs), a definition in a footnote."""
    document = start(content)
    document.add_paragraph("一、重点任务")
    for n, item in enumerate(content.items, 1):
        line = f"{n}.{item.title}。{item.measure}。{item.annotation()}"
        if n != 2:
            document.add_paragraph(line)
            continue
        box = f"<w:txbxContent><w:p><w:r><w:t>{line}</w:t></w:r></w:p></w:txbxContent>"
        document.paragraphs[-1].add_run()._r.append(
            parse_xml(
                f'<mc:AlternateContent {W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
                'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
                'xmlns:v="urn:schemas-microsoft-com:vml"><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
                f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
                "</w:pict></mc:Fallback></mc:AlternateContent>"
            )
        )
    finish(document, content, path)


def hidden_and_fields(content: Content, path: Path) -> None:
    """Hidden text, fields with code and result, content controls, a header and a list of contents as decoys."""
    document = start(content)
    document.sections[0].header.paragraphs[0].text = "内部资料（责任科室：保密办）"
    for xml in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> TOC \\o "1-3" </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
    ):
        document.paragraphs[-1].add_run()._r.append(
            parse_xml(xml.replace("<w:", "<w:", 1).replace(" ", f" {W} ", 1))
        )
    document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
    document.add_paragraph("一、重点任务\t1", style="toc 1").add_run()._r.append(
        parse_xml(f'<w:fldChar {W} w:fldCharType="end"/>')
    )
    document.add_paragraph("一、重点任务", style="Heading 1")
    for n, item in enumerate(content.items, 1):
        paragraph = document.add_paragraph(f"{n}.{item.title}。")
        hidden = paragraph.add_run("（责任科室：测试科）")
        hidden.font.hidden = True
        paragraph._p.append(
            parse_xml(
                f"<w:sdt {W}><w:sdtContent><w:r><w:t>{item.measure}。</w:t></w:r></w:sdtContent></w:sdt>"
            )
        )
        paragraph._p.append(
            parse_xml(
                f'<w:fldSimple {W} w:instr=" DOCPROPERTY x "><w:r><w:t>{item.annotation()}</w:t></w:r></w:fldSimple>'
            )
        )
    finish(document, content, path)
