"""Web pages and mails: the document without the site around it."""

from __future__ import annotations

import pytest

from planparse.errors import DamagedFile, EmptyFile
from planparse.model import Source
from planparse.read import read
from planparse.read.html_main import is_site_line

ARTICLE = (
    "<p>为提升医疗质量，结合医院实际，制定本方案。</p><p>一、主要任务</p>"
    "<p>（一）推进日间手术。完善流程，提高效率。（责任科室：医务科）</p>"
)


def page(body: str, head: str = "") -> Source:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), name="a.html")


def test_menus_footers_and_related_lists_are_left_out() -> None:
    text = page(
        "<div class='nav'><ul><li><a href=1>首页</a></li><li><a href=2>新闻</a></li></ul></div>"
        f"<div id='main'><h1>关于印发方案的通知</h1>{ARTICLE}</div>"
        "<ul><li><a href=3>关于召开会议的通知</a></li><li><a href=4>关于放假安排的通知</a></li></ul>"
        "<div id=footer>版权所有 某某医院 技术支持：某公司</div>"
    ).text
    assert text.startswith("关于印发方案的通知\n为提升")
    assert text.endswith("（责任科室：医务科）")


def test_a_page_without_any_hint_is_kept_whole() -> None:
    text = page("<div>甲任务由医务科负责。</div><div>乙任务由护理部负责。</div>短").text
    assert text.split("\n") == ["甲任务由医务科负责。", "乙任务由护理部负责。", "短"]


def test_plan_sentences_are_no_site_lines() -> None:
    assert not is_site_line("向基层医疗机构提供技术支持，建立联系电话制度。")
    assert not is_site_line("返回首页按钮要醒目，方便患者使用。")
    assert is_site_line("技术支持：某某科技有限公司")


def test_title_date_and_signature_outside_the_article() -> None:
    text = page(
        "<div class=wrap><div class='title'>某某方案</div><div class=x>发布时间：2024-04-15 来源：宣传科</div>"
        f"<div id=zoom>{ARTICLE}</div><div>某某市人民医院</div><div>2024年4月15日</div></div>"
    ).text.split("\n")
    assert text[:2] == ["某某方案", "发布时间：2024-04-15 来源：宣传科"]
    assert text[-2:] == ["某某市人民医院", "2024年4月15日"]


def test_lines_and_lists_and_preformatted() -> None:
    assert page("<div>甲。<br>乙。<br/><br>丙。</div>").text == "甲。\n乙。\n丙。"
    assert (
        page("<ol start=3><li>甲。</li><li>乙。</li></ol><ol type=a><li>丙。</li></ol>").text
        == "3.甲。\n4.乙。\na.丙。"
    )
    assert page("<pre>一、甲\n  二、乙</pre>").text == "一、甲\n二、乙"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<ol><li><p>甲。</p><p>续。</p></li><li><div><p>乙。</p></div></li></ol>", "1.甲。\n续。\n2.乙。"),
        ("<ol><li><p>甲</p><ol><li><p>乙。</p></li><li>丙。</li></ol></li></ol>", "1.甲\n1.1 乙。\n1.2 丙。"),
        (
            "<ol style='list-style-type: cjk-ideographic'><li>甲。</li><li>乙。</li></ol>",
            "一、甲。\n二、乙。",
        ),
        (
            "<ol class='custom_cn2 list-paddingleft-1'><li class='list-cn-3-1'><p>甲。</p></li></ol>",
            "（一）甲。",
        ),
        ("<ol style='list-style: none'><li>（一）甲。</li></ol>", "（一）甲。"),
        ("<ol><li></li></ol><p>甲。</p>", "甲。"),
        ("<ol><li>2024年。</li></ol>", "1. 2024年。"),
    ],
)
def test_numbers_of_lists(markup: str, text: str) -> None:
    assert page(markup).text == text
    cell = page(f"<table><tr><td>序</td><td>任务</td></tr><tr><td>1</td><td>{markup}</td></tr></table>")
    assert cell.text == "序\t任务\n1\t" + text.replace("\n", "\v")


def test_hidden_and_scripts() -> None:
    assert (
        page("<p style='display:none'>隐</p><script>var a='脚本'</script><p hidden>藏</p><p>正文。</p>").text
        == "正文。"
    )


def test_spans_of_table_cells() -> None:
    source = page(
        "<table><thead><tr><th>任务</th><th colspan=2>科室</th></tr></thead><tbody><tr><td rowspan=2>甲</td><td>牵头</td>"
        "<td>配合</td></tr><tr><td>医务科</td><td></td></tr></tbody></table>"
    )
    rows = [[source.text[a:b] for a, b in row] for row in source.tables[0].rows]
    assert rows == [["任务", "科室", "科室"], ["甲", "牵头", "配合"], ["甲", "医务科", ""]]
    assert source.text == "任务\t科室\t\n甲\t牵头\t配合\n\t医务科\t"


def test_layout_tables_are_no_tables() -> None:
    source = page(f"<table><tr><td>{ARTICLE * 5}</td><td>侧栏</td></tr></table>")
    assert not source.tables
    assert "（一）推进日间手术" in source.text


@pytest.mark.parametrize(
    "declared", ["", "<meta charset=gb2312>", "<meta charset=utf-8>", "<meta charset=big5>"]
)
def test_charset_declared_or_wrong(declared: str) -> None:
    data = f"<html><head>{declared}</head><body>{ARTICLE}</body></html>".encode("gb18030")
    assert "推进日间手术" in read(data, name="a.htm").text


def test_markup_in_utf16() -> None:
    assert read(f"<html><body>{ARTICLE}</body></html>".encode("utf-16"), name="a.html").text.startswith(
        "为提升"
    )


def test_word_writes_its_numbers_into_pages() -> None:
    text = page(
        "<p><span style='mso-list:Ignore'>一、<span>&nbsp;&nbsp;&nbsp;</span></span>主要任务</p><p>完善流程，提高效率。</p>"
    ).text
    assert text.startswith("一、主要任务\n")


def test_deep_nesting_ends() -> None:
    assert "正文" in page("<div><font>" * 400 + "正文。" + "</font></div>" * 400).text
    with pytest.raises(DamagedFile, match="nested"):
        page("<div>" * 5000 + "正文。" + "</div>" * 5000)


def test_a_mail_with_attachments() -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "方案", "a@example.invalid", "b@example.invalid"
    message.set_content("请查收。\n--\n签名")
    message.add_attachment(
        "一、任务".encode("gb18030"), maintype="text", subtype="plain", filename="方案.txt"
    )
    message.add_attachment(b"\x89PNG....", maintype="image", subtype="png", filename="图.png")
    message.add_attachment(b"PK\x03\x04broken", maintype="application", subtype="zip", filename="坏.docx")
    source = read(message.as_bytes(), name="a.eml")
    assert source.text == "请查收。\n附件：方案.txt\n一、任务"
    assert source.meta["attachments"] == "方案.txt; 坏.docx"
    assert source.warnings[0].startswith("附件 坏.docx：")


def test_a_plain_mail_keeps_tabs_and_loses_quote_marks() -> None:
    body = "请落实。\n> 一、任务\n> 序号\t措施\t科室\n> 1\t\t医务科\n>\n> 二、要求\n-- \n签名"
    mail = f"Subject: a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n"
    source = read(mail.encode(), name="a.eml")
    assert source.text == "请落实。\n一、任务\n序号\t措施\t科室\n1\t\t医务科\n\n二、要求"
    flowed = mail.replace("charset=utf-8", "charset=utf-8; format=flowed").replace("医务科", "医务 \n> 科")
    assert "医务科" in read(flowed.encode(), name="a.eml").text


def test_frames_say_what_to_give() -> None:
    with pytest.raises(EmptyFile, match="frames"):
        page("<iframe src='a.htm'></iframe>")


def test_articles_that_a_script_shows_are_kept() -> None:
    hidden = f"<div style='visibility: hidden'>{ARTICLE}</div>"
    assert "推进日间手术" in page(f"<h1>某院方案</h1>{hidden}").text
    assert "推进日间手术" in page(f"<h1>某院方案</h1><div style='display:none'>{ARTICLE}</div>").text


def test_fields_of_a_site_are_parted_those_of_a_plan_are_not() -> None:
    lines = page(
        f"<p><span>来源：宣传科</span><span>发布时间：2024-04-15</span></p><p>资金来源：自筹。</p>{ARTICLE}"
    ).text
    assert lines.startswith("来源：宣传科 发布时间：2024-04-15\n资金来源：自筹。")


def test_a_sheet_written_as_a_page_reads_as_a_sheet() -> None:
    title = "<tr><td>附件1</td><td></td><td></td></tr><tr><td colspan=3>任务分解表</td></tr><tr><td>科室：</td><td>护理部</td><td></td></tr>"
    rows = "<tr><td>序号</td><td>任务</td><td>时限</td></tr><tr><td>1</td><td>甲</td><td>6月</td></tr>"
    page = f"<html><head><style>td{{x:y}}</style></head><body><table>{title}{rows}</table></body></html>"
    source = read(page.encode(), name="台账.xls")
    assert source.text == "附件1\n任务分解表\n科室：护理部\n序号\t任务\t时限\n1\t甲\t6月"
    (table,) = source.tables
    assert len(table.rows) == 2
    beside = read(page.replace("<table>", "<p>见下表。</p><table>").encode(), name="台账.html")
    assert beside.text.startswith("见下表。\n附件1\t")
