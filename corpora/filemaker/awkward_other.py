"""Awkward sheets, pages, mails and text files."""

from __future__ import annotations

import csv
import datetime
from email.message import EmailMessage
from pathlib import Path

import xlsxwriter

from corpora.filemaker import ofdpages, word
from corpora.filemaker.awkward_word import HEAD, row_of
from corpora.filemaker.contents import Content
from corpora.filemaker.twin import Part

STRINGS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def parts(content: Content, *, table: bool) -> list[Part]:
    """Return a content as parts: its items as a table or as numbered lines."""
    lines = [Part(content.title), *(Part(line) for line in content.before)]
    if table:
        lines.append(Part(rows=[list(HEAD), *(row_of(item, n) for n, item in enumerate(content.items, 1))]))
    else:
        lines.append(Part("一、重点任务"))
        for n, item in enumerate(content.items, 1):
            lines.append(Part(f"{n}.{item.title}。{item.measure}。{item.annotation()}"))
    return [*lines, *(Part(line) for line in content.behind)]


def sheet_with_dates(content: Content, path: Path) -> None:
    """A cover sheet, a hidden sheet, a title row, dates as dates, a hidden row, notes below."""
    book = xlsxwriter.Workbook(str(path), STRINGS)
    cover = book.add_worksheet("封面")
    cover.write_string("B3", content.before[0])
    sheet = book.add_worksheet("任务分解")
    date = book.add_format({"num_format": "yyyy/m/d"})
    month = book.add_format({"num_format": 'yyyy"年"m"月"'})
    sheet.merge_range("A1:G1", content.title)
    sheet.write_row("A3", HEAD)
    for n, item in enumerate(content.items, 1):
        row = row_of(item, n)
        sheet.write_number(n + 2, 0, n)
        for c, text in enumerate(row[1:6], 1):
            sheet.write_string(n + 2, c, text)
        day = datetime.date.fromisoformat(item.deadline["end"]) if item.deadline else None
        if day is not None:
            sheet.write_datetime(
                n + 2, 6, datetime.datetime.combine(day, datetime.time()), month if n == 3 else date
            )
    last = len(content.items) + 3
    sheet.write_string(last, 2, "隐藏的草稿措施")
    sheet.write_string(last, 3, "草稿科")
    sheet.set_row(last, None, None, {"hidden": True})
    sheet.write_string(last + 1, 0, content.behind[0])
    book.add_worksheet("旧版").hide()
    book.close()


def indicator_percents(path: Path) -> None:
    """An indicator sheet: percent cells, baselines, a category row between, a unit column."""
    book = xlsxwriter.Workbook(str(path), STRINGS)
    sheet = book.add_worksheet("指标")
    percent = book.add_format({"num_format": "0%"})
    finer = book.add_format({"num_format": "0.0%"})
    days = book.add_format({"num_format": '0.0"天"'})
    sheet.merge_range("A1:F1", "沛丰市妇幼保健院2025年绩效指标目标值")
    sheet.write_row("A2", ["序号", "指标名称", "基期值", "目标值", "责任科室", "备注"])
    sheet.merge_range("A3:F3", "一、医疗质量")
    for n, (name, base, goal, form, department) in enumerate(
        [
            ("病案首页主要诊断编码正确率", 0.86, 0.95, percent, "病案科"),
            ("抗菌药物治疗前病原学送检率", 0.482, 0.555, finer, "药剂科"),
            ("平均住院日", 7.4, 6.8, days, "医务科"),
        ],
        1,
    ):
        sheet.write_number(n + 2, 0, n)
        sheet.write_string(n + 2, 1, name)
        sheet.write_number(n + 2, 2, base, form)
        sheet.write_number(n + 2, 3, goal, form)
        sheet.write_string(n + 2, 4, department)
    sheet.write_string("A8", "说明：指标数据以统计年报为准。")
    book.close()


def two_header_sheet(content: Content, path: Path) -> None:
    """Two header rows with merges both ways, below a title and an empty row."""
    book = xlsxwriter.Workbook(str(path), STRINGS)
    sheet = book.add_worksheet("Sheet1")
    sheet.merge_range("B2:H2", content.title)
    for c, text in ((1, "序号"), (2, "重点任务"), (3, "具体措施"), (6, "责任领导"), (7, "完成时限")):
        sheet.merge_range(3, c, 4, c, text)
    sheet.merge_range(3, 4, 3, 5, "责任科室")
    sheet.write_row(4, 4, ["牵头科室", "配合科室"])
    for n, item in enumerate(content.items, 1):
        sheet.write_row(n + 4, 1, row_of(item, n))
    same = [item.leaders for item in content.items]
    run = next((n for n, names in enumerate(same) if names != same[0]), len(same))
    if run > 1:
        sheet.merge_range(5, 6, 4 + run, 6, same[0][0])
    book.close()


def undeclared_page(content: Content, path: Path) -> None:
    """GB2312 bytes that declare nothing, a page laid out by tables, a table with rowspan and colspan."""
    rows = [row_of(item, n) for n, item in enumerate(content.items, 1)]
    cells = []
    for r, row in enumerate(rows):
        leader = row[5]
        first = r == 0 or rows[r - 1][5] != leader
        span = sum(1 for other in rows[r:] if other[5] == leader)
        tds = "".join(f"<td>{text}</td>" for text in row[:5])
        tds += f'<td rowspan="{span}">{leader}</td>' if first else ""
        cells.append(f"<tr>{tds}<td>{row[6]}</td></tr>")
    html = (
        f"<HTML><HEAD><TITLE>{content.title}</TITLE></HEAD><BODY><table width=980><tr><td width=180>"
        '<a href="1.htm">首页</a><br><a href="2.htm">医院简介</a><br><a href="3.htm">专家门诊</a></td><td>'
        '<table width="100%"><tr><td>当前位置：<a href="1.htm">首页</a> → <a href="4.htm">院务公开</a></td></tr></table>'
        f'<table width="100%"><tr><td align=center><font size=5><b>{content.title}</b></font></td></tr><tr><td>'
        + "".join(f"<p>{line}</p>" for line in content.before)
        + '<table border=1><tr><td colspan="7">任务清单</td></tr><tr>'
        + "".join(f"<td><b>{text}</b></td>" for text in HEAD)
        + "</tr>"
        + "\r\n".join(cells)
        + "</table>"
        + "".join(f"<p>{line}</p>" for line in content.behind)
        + "</td></tr></table></td></tr></table><center>版权所有：某某医院&nbsp;&nbsp;技术支持：某某公司<br>"
        '您是第<img src="count.gif">位访客</center></BODY></HTML>'
    )
    path.write_bytes(html.encode("gb18030"))


def broken_lines_page(content: Content, path: Path) -> None:
    """One block whose lines are parted by br, source lines broken inside words, hidden decoys, an ordered list."""
    items = "\n".join(
        f"<li>{item.title}。{item.measure[:6]}\n      {item.measure[6:]}。<span>{item.annotation()}</span></li>"
        for item in content.items
    )
    html = (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>{content.title}_通知公告_某某医院</title>'
        "</head><body><header><nav><a href='/'>首页</a><a href='/a'>通知公告</a></nav></header>\n"
        f'<main><h1 class="article-title">{content.title}</h1><div class="meta">发布时间：2025-01-20　来源：护理部</div>'
        '<article id="zoom">　　' + "<br>　　".join(content.before) + "<br><br>　　一、重点任务<br>"
        f'<ol>{items}</ol><div style="display: none">9.旧条目。旧措施。（责任科室：旧科室）</div>'
        "<p>" + "</p><p>".join(content.behind) + "</p></article></main>"
        '<div class="related"><h3>相关阅读</h3><ul><li><a href="/1">关于召开会议的通知</a></li>'
        '<li><a href="/2">关于放假的通知</a></li></ul></div><footer>Copyright © 某某医院 某ICP备00000000号</footer></body></html>'
    )
    path.write_bytes(html.encode("utf-8"))


def sheet_in_html(content: Content, path: Path) -> None:
    """An office system's 'Excel' export: named .xls, but a page inside, declared GB2312."""
    rows = "".join(
        "<tr>" + "".join(f"<td>{text}</td>" for text in row_of(item, n)) + "</tr>"
        for n, item in enumerate(content.items, 1)
    )
    head = "".join(f"<th>{text}</th>" for text in HEAD)
    html = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" '
        'content="application/vnd.ms-excel; charset=gb2312"></head><body><table border="1">'
        f'<tr><td colspan="7">{content.title}</td></tr><tr>{head}</tr>{rows}</table></body></html>'
    )
    path.write_bytes(html.encode("gb18030"))


def forwarded_mail(content: Content, path: Path, folder: Path) -> None:
    """A mail with an HTML body of greetings; the plan is in the attached workbook with a Chinese name."""
    book = folder / "任务分解表.xlsx"
    sheet_with_dates(content, book)
    message = EmailMessage()
    message["Subject"] = f"转发：{content.title}"
    message["From"] = "医务科 <medical@example.invalid>"
    message["To"] = "office@example.invalid"
    message.set_content("各位好，分解表见附件。\n")
    message.add_alternative("<html><body><p>各位好，分解表见附件。</p></body></html>", subtype="html")
    message.add_attachment(
        book.read_bytes(),
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        filename="任务分解表.xlsx",
    )
    for index, part in enumerate(found for found in message.walk() if found.is_multipart()):
        part.set_boundary(f"----=_Part{index}")
    path.write_bytes(message.as_bytes())


def rtf_code_page(content: Content, path: Path) -> None:
    """RTF as old Word wrote it: code page bytes, hidden text, a table with merged cells, a header."""

    def coded(text: str) -> str:
        return "".join(
            char
            if char.isascii() and char not in "\\{}"
            else "".join(f"\\'{byte:02x}" for byte in char.encode("gb18030"))
            for char in text
        )

    rows = [row_of(item, n) for n, item in enumerate(content.items, 1)]
    out = [
        r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 SimSun;}}",
        r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}}{\info{\title " + coded(content.title) + r"}}",
        r"{\header\pard " + coded("内部资料") + r"\par}",
        r"\pard\plain\s1\f1 " + coded(content.title) + r"\par",
    ]
    out += [
        r"\pard\plain\f1 " + coded(line) + r"{\v " + coded("（责任科室：隐藏科）") + r"}\par"
        for line in content.before
    ]
    leaders = [row[5] for row in rows]
    for r, row in enumerate([list(HEAD), *rows]):
        merge = ""
        if r and leaders.count(row[5]) > 1:
            merge = r"\clvmgf" if r == 1 or leaders[r - 2] != row[5] else r"\clvmrg"
        edges = "".join((merge if c == 5 else "") + rf"\cellx{(c + 1) * 1300}" for c in range(7))
        texts = "".join(
            r"\pard\intbl\f1 " + ("" if c == 5 and merge == r"\clvmrg" else coded(text)) + r"\cell"
            for c, text in enumerate(row)
        )
        out.append(rf"\trowd\trgaph108{edges}{texts}\row")
    out += [r"\pard\plain\f1 " + coded(line) + r"\par" for line in content.behind]
    path.write_bytes(("\r\n".join(out) + "}").encode("ascii"))


def quoted_csv(content: Content, path: Path) -> None:
    """GB18030, quoted cells with line breaks and commas, the title in a row of its own."""
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([content.title, *[""] * 6])
        writer.writerow(HEAD)
        for n, item in enumerate(content.items, 1):
            row = row_of(item, n)
            row[2] = row[2].replace("，", "，\n", 1)
            writer.writerow(row)
        writer.writerow([content.behind[0], *[""] * 6])


def paged_table(content: Content, path: Path) -> None:
    """The draft of a PDF whose table is cut by the page: filler above it, header row repeated."""
    filler = [Part(content.title), *(Part(line) for line in content.before)]
    filler += [
        Part(
            f"各责任科室要按照任务分工，逐项制定推进计划，明确责任人和时间节点，确保各项工作有序衔接、稳步推进。（{n}）"
        )
        for n in "甲乙丙丁戊己庚辛壬癸"
    ]
    table = parts(content, table=True)
    word.write_docx([*filler, *table[len(content.before) + 1 :]], path, header=content.title)


def two_columns(content: Content, path: Path) -> None:
    """The draft of a PDF: a title over the whole width, two columns below it."""
    import docx
    from docx.enum.section import WD_SECTION
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    from docx.shared import Pt

    document = word.new_document()
    lines = parts(content, table=False)
    document.add_paragraph(lines[0].text, style="Title")
    section = document.add_section(WD_SECTION.CONTINUOUS)
    section._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2" w:space="480"/>'))
    for part in lines[1:]:
        paragraph = document.add_paragraph(part.text)
        if len(part.text) > 20:
            paragraph.paragraph_format.first_line_indent = Pt(24)
    assert isinstance(document, type(docx.Document()))
    document.save(path)


def ofd_table(content: Content, path: Path) -> None:
    """An OFD with a ruled table."""
    ofdpages.write_ofd(parts(content, table=True), path)
