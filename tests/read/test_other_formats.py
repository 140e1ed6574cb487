"""Formats with few files in the corpus: presentations, turned pages, OpenDocument details, RTF details."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from planparse.errors import UnknownFormat
from planparse.model import Source
from planparse.read import read
from planparse.read.formats import is_archive
from planparse.read.ofd import _corners, _deltas

FILES = Path(__file__).parents[2] / "corpora" / "files"
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
P = f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" {A}'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def packed(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in members.items():
            package.writestr(name, text)
    return out.getvalue()


def test_slides_are_pages() -> None:
    def shape(text: str, y: int, kind: str = "") -> str:
        holder = f'<p:nvSpPr><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>' if kind else ""
        return (
            f'<p:sp>{holder}<p:spPr><a:xfrm><a:off x="0" y="{y}"/></a:xfrm></p:spPr>'
            f"<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
        )

    def cell(text: str, more: str = "") -> str:
        return f"<a:tc {more}><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>"

    table = (
        f"<p:graphicFrame><a:tbl><a:tr>{cell('任务')}{cell('科室', 'rowSpan=' + chr(34) + '2' + chr(34))}</a:tr>"
        f"<a:tr>{cell('甲')}{cell('', 'vMerge=' + chr(34) + '1' + chr(34))}</a:tr></a:tbl></p:graphicFrame>"
    )
    slide = f"<p:sld {P}><p:spTree>{shape('正文', 900)}{shape('标题', 100, 'title')}{shape('3', 950, 'sldNum')}{{}}</p:spTree></p:sld>"
    source = read(
        packed(
            {
                "[Content_Types].xml": "<Types/>",
                "ppt/presentation.xml": f'<p:presentation {P} {R}><p:sldId r:id="r2"/><p:sldId r:id="r1"/></p:presentation>',
                "ppt/_rels/presentation.xml.rels": '<R><X Id="r1" Target="slides/a.xml"/><X Id="r2" Target="slides/b.xml"/></R>',
                "ppt/slides/a.xml": slide.format(table),
                "ppt/slides/b.xml": slide.format(""),
            }
        ),
        name="a.pptx",
    )
    assert source.text == "标题\n正文\n任务\t科室\n甲\t\n标题\n正文" or source.text.startswith("标题\n正文\n")
    assert source.blocks[0].page == 1
    assert source.blocks[-1].page == 2
    assert [[source.text[a:b] for a, b in row] for row in source.tables[0].rows] == [
        ["任务", "科室"],
        ["甲", "科室"],
    ]


def test_other_packages_are_no_archives() -> None:
    data = packed({"[Content_Types].xml": "<Types/>", "xl/workbook.bin": "x"})
    assert not is_archive(data)
    with pytest.raises(UnknownFormat, match="save it as"):
        read(data, name="a.xlsb")


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("shown", [0, 90])
def test_turned_pages_read_the_same(turned: int, shown: int) -> None:
    import pypdfium2

    def first_page(turn: int, show: int) -> Source:
        document = pypdfium2.PdfDocument(FILES / "b04-indicator-book.pdf")
        while len(document) > 1:
            del document[1]
        page = document[0]
        width, height = page.get_size()
        matrix = {
            0: pypdfium2.PdfMatrix(),
            90: pypdfium2.PdfMatrix(0, 1, -1, 0, height, 0),
            180: pypdfium2.PdfMatrix(-1, 0, 0, -1, width, height),
            270: pypdfium2.PdfMatrix(0, -1, 1, 0, 0, width),
        }[turn]
        for thing in page.get_objects(max_depth=1):
            thing.transform(matrix)
        if turn in (90, 270):
            page.set_mediabox(0, 0, height, width)
            page.set_cropbox(0, 0, height, width)
        page.set_rotation(show)
        page.gen_content()
        out = io.BytesIO()
        document.save(out)
        return read(out.getvalue(), name="a.pdf")

    upright = first_page(0, 0)
    found = first_page(turned, shown)
    assert found.text == upright.text
    assert [len(table.rows) for table in found.tables] == [len(table.rows) for table in upright.tables]


def odt(body: str, styles: str = "") -> Source:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )
    content = f"<office:document-content {names}>{styles}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return read(packed({"META-INF/manifest.xml": "<m/>", "content.xml": content}), name="a.odt")


def test_opendocument_lists_continue_and_nest() -> None:
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." '
        'style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."/>'
        "</text:list-style>"
    )
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = "<text:list>" + item.format("甲1", "") + item.format("甲2", "") + "</text:list>"
    body = (
        '<text:list text:style-name="L">' + item.format("甲", inner) + "</text:list><text:p>间</text:p>"
        '<text:list text:style-name="L" text:continue-numbering="true">'
        + item.format("乙", "")
        + "</text:list>"
        '<text:list text:style-name="L">' + item.format("丙", "") + "</text:list>"
    )
    assert odt(body, styles).text == "一、甲\n1.甲1\n2.甲2\n间\n二、乙\n一、丙"


def test_opendocument_spaces_notes_and_repeats() -> None:
    body = (
        '<text:p>甲<text:s text:c="2"/>乙<text:note><text:note-body><text:p>注文</text:p></text:note-body></text:note></text:p>'
        '<table:table><table:table-row><table:table-cell table:number-columns-repeated="2"><text:p>同</text:p></table:table-cell>'
        "</table:table-row><table:table-row><table:table-cell><text:p>丙</text:p></table:table-cell><table:table-cell/>"
        "</table:table-row></table:table>"
    )
    assert odt(body).text == "甲  乙\n同\t同\n丙\t\n[1] 注文"


def rtf(body: str) -> str:
    head = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 SimSun;}}"
    return read((head + body + "}").encode("ascii"), name="a.rtf").text


def test_rtf_unicode_code_page_and_skips() -> None:
    assert rtf(r"\u21307?\u21153 ?\'bf\'c6\par\uc2 \u20057ab\u20108cd") == "医务科\n乙二"
    assert (
        rtf(r"{\*\unknown x}{\pict 00ff}{\v hidden}a\_b\~c{\field{\*\fldinst HYPERLINK}{\fldrslt d}}")
        == "a-b cd"
    )


def test_rtf_tables_of_uneven_rows() -> None:
    text = rtf(
        r"\trowd\cellx2000\cellx4000 a\intbl\cell b\cell\row\trowd\cellx4000 wide\intbl\cell\row\pard after\par"
    )
    assert text == "a\tb\nwide\nafter"


def test_ofd_steps_and_corners() -> None:
    assert _deltas("g 2 3 1", 9) == [3.0, 3.0, 1.0]
    assert list(_corners("M 0 0 L 10 0 L 10 5 C"))[-1] == (False, 0.0, 0.0)
