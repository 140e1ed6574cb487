"""Word: what is printed is read, numbers too; what is not printed is not."""

from __future__ import annotations

import io
import zipfile

import pytest

from planparse.model import Source
from planparse.read import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **parts: str) -> Source:
    """Read a document of this body; keyword parts are word/NAME.xml."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", xml)
    return read(out.getvalue(), name="plan.docx")


def p(text: str, properties: str = "") -> str:
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{inner}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def num(level: int, num_id: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>'


def numbering(*levels: tuple[str, str], nums: str = "", extra: str = "") -> str:
    inner = "".join(
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{extra}</w:lvl>'
        for index, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}</w:numbering>'
    )


OFFICIAL = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)


def test_levels_restart_below_a_higher_one() -> None:
    body = "".join(p(f"项{n}", num(level)) for n, level in enumerate([0, 1, 1, 2, 2, 1, 2, 0, 1]))
    lines = word(body, numbering=numbering(*OFFICIAL)).text.split("\n")
    assert lines == [
        "一、项0",
        "（一）项1",
        "（二）项2",
        "1.项3",
        "2.项4",
        "（三）项5",
        "1.项6",
        "二、项7",
        "（一）项8",
    ]


def test_lists_of_one_definition_go_on_and_override_restarts() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    body = p("甲", num(0)) + p("乙", num(0, 2)) + p("丙", num(0, 3)) + p("丁", num(0, 3))
    assert word(body, numbering=numbering(*OFFICIAL, nums=more)).text == "一、甲\n二、乙\n五、丙\n六、丁"


def test_legal_numbers_show_digits() -> None:
    levels = (("chineseCounting", "第%1章"), ("decimal", "%1.%2"))
    body = p("总则", num(0)) + p("目的", num(1))
    text = word(body, numbering=numbering(*levels, extra="<w:isLgl/>")).text
    assert text == "第1章 总则\n1.1 目的"


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("decimalEnclosedCircleChinese", "%1", "①甲"),
        ("upperLetter", "%1.", "A.甲"),
        ("ideographTraditional", "%1、", "甲、甲"),
        ("chineseLegalSimplified", "%1、", "壹、甲"),
        ("bullet", "\uf06c", "● 甲"),
        ("none", "", "甲"),
        ("decimalFullWidth", "%1．", "１．甲"),
        ("decimalZero", "%1", "01 甲"),
    ],
)
def test_number_formats(form: str, text: str, printed: str) -> None:
    assert word(p("甲", num(0)), numbering=numbering((form, text))).text == printed


def test_numbers_from_styles_and_style_links() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="公文"/><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    listed = numbering(*OFFICIAL).replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="a"/>')
    source = word(
        p("甲", '<w:pStyle w:val="b"/>') + p("乙", '<w:pStyle w:val="a"/>'), numbering=listed, styles=styles
    )
    assert source.text == "（一）甲\n（二）乙"
    assert [block.style for block in source.blocks] == ["heading 2", "heading 2"]


def test_number_zero_switches_numbering_off() -> None:
    assert word(p("甲", num(0, 0)), numbering=numbering(*OFFICIAL)).text == "甲"


def test_tracked_changes_as_accepted() -> None:
    body = (
        '<w:p><w:r><w:t>责任科室：</w:t></w:r><w:del w:id="1"><w:r><w:delText>医务科</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>护理部</w:t></w:r></w:ins><w:moveFrom w:id="3"><w:r><w:t>旧</w:t></w:r></w:moveFrom></w:p>'
    )
    assert word(body).text == "责任科室：护理部"


def test_a_deleted_paragraph_mark_joins_paragraphs() -> None:
    assert word(p("推进", '<w:rPr><w:del w:id="1"/></w:rPr>') + p("改革")).text == "推进改革"


def test_hidden_text_fields_and_breaks() -> None:
    body = (
        '<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>代码</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>结果</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:br/><w:t>下行</w:t></w:r></w:p>'
    )
    assert word(body).text == "结果\n下行"


def test_footnotes_stand_at_the_end() -> None:
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{p("指一级手术")}</w:footnote></w:footnotes>'
    body = '<w:p><w:r><w:t>日间手术</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("正文")
    source = word(body, footnotes=notes)
    assert source.text == "日间手术\n正文\n[1] 指一级手术"
    assert source.blocks[-1].style == "footnote"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"


def grid(source: Source, table: int = 0) -> list[list[str]]:
    return [[source.text[a:b] for a, b in row] for row in source.tables[table].rows]


def test_merges_repeat_and_are_written_once() -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = (
        "<w:tbl>"
        f"<w:tr>{cell('标题', '<w:gridSpan w:val=' + chr(34) + '3' + chr(34) + '/>')}</w:tr>"
        f"<w:tr>{cell('甲', down)}{cell('一')}{cell('x')}</w:tr><w:tr>{cell('', on)}{cell('二')}{cell('')}</w:tr></w:tbl>"
    )
    source = word(body)
    assert source.text == "标题\n甲\t一\tx\n\t二\t"
    assert grid(source) == [["甲", "一", "x"], ["甲", "二", ""]]


def test_a_document_in_one_grid_is_lines_and_tables() -> None:
    def line(text: str) -> str:
        return f"<w:tr>{cell(text, '<w:gridSpan w:val=' + chr(34) + '2' + chr(34) + '/>')}</w:tr>"

    def row(*texts: str) -> str:
        return f"<w:tr>{''.join(cell(text) for text in texts)}</w:tr>"

    source = word(
        "<w:tbl>" + line("责任书") + line("一、目标") + row("指标", "责任科室") + row("甲", "医务科") + line("门诊")
        + row("乙", "门诊部") + line("二、任务") + line("1.丙。") + line("2.丁。") + row("项目", "科室") + row("戊", "护理部") + line("注：略") + "</w:tbl>"
    )  # fmt: skip
    assert grid(source) == [["指标", "责任科室"], ["甲", "医务科"], ["门诊", "门诊"], ["乙", "门诊部"]]
    assert grid(source, 1) == [["项目", "科室"], ["戊", "护理部"]]
    assert source.text.startswith("责任书\n一、目标\n指标\t")
    assert source.text.endswith("\n注：略")


def test_columns_finer_than_seen_are_joined() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    row = f"<w:tr>{cell('序号', wide)}{cell('任务', wide)}</w:tr>"
    assert grid(word(f"<w:tbl>{row}{row.replace('序号', '1')}</w:tbl>")) == [["序号", "任务"], ["1", "任务"]]


def test_measures_in_one_cell_stay_in_one_row() -> None:
    body = f"<w:tbl><w:tr><w:tc>{p('1.甲')}{p('2.乙')}</w:tc>{cell('医务科')}</w:tr></w:tbl>"
    assert word(body).text == "1.甲\v2.乙\t医务科"


def test_a_deleted_row_is_gone() -> None:
    gone = "<w:tr><w:trPr><w:del w:id='1'/></w:trPr>" + cell("旧") + cell("旧") + "</w:tr>"
    assert grid(word(f"<w:tbl><w:tr>{cell('甲')}{cell('乙')}</w:tr>{gone}</w:tbl>")) == [["甲", "乙"]]


def test_strict_namespace() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t>严格</w:t>'
            "</w:r></w:p></w:body></w:document>",
        )
    assert read(out.getvalue(), name="a.docx").text == "严格"
