"""Web pages with menus and footers, web archives, and mails."""

from __future__ import annotations

import quopri
from email.message import EmailMessage
from html import escape
from pathlib import Path

from corpora.filemaker.twin import Part

MENU = "".join(
    f'<li><a href="/{key}">{name}</a></li>'
    for key, name in enumerate(
        ["网站首页", "医院概况", "新闻中心", "党建园地", "就医指南", "专家介绍", "科研教学", "招贤纳士"]
    )
)
PAGE = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}">
<title>{title}</title><style>td {{ font-size: 12px }}</style><script>document.write("欢迎");</script></head><body>
<div id="top"><a href="#">设为首页</a> | <a href="#">加入收藏</a><div class="nav"><ul>{menu}</ul></div></div>
<table width="1000" cellpadding="0"><tr><td width="200" valign="top"><div class="left-menu"><h3>信息公开</h3>
<ul><li><a href="#">通知公告</a></li><li><a href="#">规章制度</a></li><li><a href="#">工作动态</a></li></ul></div></td><td>
<div>您的位置：<a href="/">首页</a> &gt;&gt; <a href="#">通知公告</a></div>
<div class="arti">
{body}
</div>
<div class="pages">上一篇：<a href="#">关于召开例会的通知</a><br>下一篇：<a href="#">关于做好值班工作的通知</a></div>
</td></tr></table>
<div id="footer"><p>版权所有 &copy; 某某医院　地址：某某路1号　电话：0000-0000000</p><p>某ICP备00000000号</p></div>
</body></html>
"""


def body_of(parts: list[Part]) -> str:
    """Return parts as the body of a page; blank first cells below a filled one become ``rowspan``."""
    out = [f"<h1>{escape(parts[0].text)}</h1>"]
    for part in parts[1:]:
        if part.rows:
            out.append(_table(part.rows))
        else:
            out.append(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{escape(part.text)}</p>")
    return "\n".join(out)


def _table(rows: list[list[str]]) -> str:
    out = ['<table border="1" cellspacing="0">']
    for r, row in enumerate(rows):
        cells = []
        for c, text in enumerate(row):
            if c == 0 and r and not text and any(row):
                continue
            span = 1
            while c == 0 and text and r + span < len(rows) and not rows[r + span][0] and any(rows[r + span]):
                span += 1
            wide = f' rowspan="{span}"' if span > 1 else ""
            cells.append(f"<td{wide}><p>{escape(text)}</p></td>")
        out.append("<tr>" + "".join(cells) + "</tr>")
    return "\n".join([*out, "</table>"])


def page_of(parts: list[Part], declared: str) -> str:
    """Return a whole page of a site."""
    return PAGE.format(
        declared=declared, title=escape(parts[0].text) + " - 某某医院", menu=MENU, body=body_of(parts)
    )


def write_html(parts: list[Part], path: Path, *, encoding: str, declared: str) -> None:
    """Write a page in one encoding that may declare another, or nothing."""
    page = page_of(parts, declared)
    if not declared:
        page = page.replace("; charset=", "")
    path.write_bytes(page.encode(encoding, "xmlcharrefreplace"))


def write_mht(parts: list[Part], path: Path) -> None:
    """Write a page as a browser saves it in one file."""
    page = quopri.encodestring(page_of(parts, "gb2312").encode("gb18030")).decode("ascii")
    style = quopri.encodestring(b"td { color: black }").decode("ascii")
    path.write_bytes(
        (
            "From: <Saved by Browser>\nSubject: page\nDate: Mon, 4 Mar 2024 09:00:00 +0800\nMIME-Version: 1.0\n"
            'Content-Type: multipart/related; type="text/html"; boundary="----=_Part"\n\n'
            '------=_Part\nContent-Type: text/html; charset="gb2312"\nContent-Transfer-Encoding: quoted-printable\n'
            f"Content-Location: http://example.invalid/page.html\n\n{page}\n"
            "------=_Part\nContent-Type: text/css\nContent-Transfer-Encoding: quoted-printable\n"
            f"Content-Location: http://example.invalid/page.css\n\n{style}\n------=_Part--\n"
        )
        .replace("\n", "\r\n")
        .encode("ascii")
    )


def write_eml(parts: list[Part], path: Path, attachment: Path | None = None) -> None:
    """Write a mail whose body is the text, or that only passes an attachment on."""
    message = EmailMessage()
    message["Subject"] = parts[0].text
    message["From"] = "办公室 <office@example.invalid>"
    message["To"] = "all@example.invalid"
    message["Date"] = "Mon, 04 Mar 2024 09:00:00 +0800"
    if attachment is None:
        lines = []
        for part in parts:
            lines.extend("\t".join(row) for row in part.rows) if part.rows else lines.append(part.text)
        message.set_content("\n".join(lines), charset="gb18030", cte="base64")
    else:
        message.set_content("见附件。\n", charset="utf-8")
        message.add_attachment(
            attachment.read_bytes(), maintype="application", subtype="octet-stream", filename=attachment.name
        )
    message.set_boundary("----=_Mail")
    path.write_bytes(message.as_bytes())
