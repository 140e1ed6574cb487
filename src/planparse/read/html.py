"""Web pages: charset by BOM, header, meta or detection; the main text as lines; tables with filled spans."""

from __future__ import annotations

import re
from typing import Any, Final

from planparse.errors import DamagedFile, EmptyFile
from planparse.model import Source
from planparse.read import limits
from planparse.read.build import Builder
from planparse.read.encoding import Decoded, decode, too_damaged
from planparse.read.html_lists import Numbers
from planparse.read.html_main import (
    around_main,
    drop_furniture,
    is_block,
    is_hidden,
    is_site_line,
    main_part,
    measure,
)
from planparse.read.html_table import grid_of, is_data, is_sheet, write_sheet_grid
from planparse.read.labels import join_label
from planparse.read.package import brief
from planparse.read.text import check_damage

_META_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_CHARSET: Final = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.-]{2,40})", re.I)
_XML_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_SITE_FIELD: Final = re.compile(r"发布(?:时间|日期)\s?[:：]|(?:浏览|点击)(?:次数|数|量)\s?[:：]")
_FIELD: Final = re.compile(
    r"(?<=[^\s（(【\[息稿、，。])(?=(?:发布(?:时间|日期)|来源|信息来源|稿件来源|作者|浏览(?:次数|量)|点击(?:次数|数|量)|责任编辑|字体|字号)\s?[:：])"
)
_SPACES: Final = re.compile(r"[ \t\n\f\r]+")
_WIDE: Final = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]) ?\n ?(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])"
)
_DEEP: Final = 150
#: names in <meta> (the standard of government sites too) -> key in ``Source.meta``
_META_NAMES: Final = {
    "articletitle": "title",
    "author": "author",
    "contentsource": "issuer",
    "pubdate": "date",
    "publishdate": "date",
    "article:published_time": "date",
    "keywords": "keywords",
    "description": "description",
    "sitename": "site",
    "generator": "program",
}


def read_html(data: bytes, name: str, charset: str | None = None) -> Source:
    """Return the source of a web page; ``charset`` is what a mail or server header said.

    Raises DamagedFile when the bytes are not text or hold no page.
    """
    decoded = decode_page(data, charset)
    warnings = check_damage(decoded.text, decoded.codec, decoded.replaced, name, too_damaged(decoded))
    build = page_builder(decoded.text, name)
    build.warnings.extend(warnings)
    build.meta["encoding"] = decoded.codec
    return build.source(name)


def decode_page(data: bytes, charset: str | None = None) -> Decoded:
    """Return the text of a page's bytes: the declared charset counts only where the bytes agree.

    >>> decode_page("<meta charset=gb2312><p>医务科</p>".encode("gbk")).codec
    'gb18030'
    """
    declared = charset
    if not declared:
        found = _META_CHARSET.search(data[:8192]) or _XML_CHARSET.match(data[:512])
        declared = found.group(1).decode("ascii") if found else None
    if declared and declared.lower().startswith(("utf-16", "utf-32", "unicode", "ucs")):
        declared = None  # a page whose declaration can be read as ASCII is not in it
    return decode(data, declared)


def page_builder(text: str, name: str) -> Builder:
    """Return a builder that holds the main text, tables and properties of a page's markup."""
    from lxml import etree

    if text.count("<") > limits.MAX_PAGE_TAGS:
        raise DamagedFile(name, f"a page of more than {limits.MAX_PAGE_TAGS} tags", "split the page")
    markup = _NOT_XML.sub("", _XML_DECLARATION.sub("", text, count=1))
    # huge_tree: unclosed tags of old pages nest deeper than the 256 levels that are kept otherwise
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise DamagedFile(name, f"no readable page: {brief(fault)}", "save the page again") from fault
    if any("xcessive depth" in entry.message for entry in parser.error_log):
        raise DamagedFile(name, "elements nested too deeply to be a page", "save the page again")
    build = Builder()
    if root is None:
        return build
    build.meta.update(_page_meta(root))
    framed = next(root.iter("frame", "iframe"), None) is not None
    body = root.find("body")
    body = root if body is None else body
    drop_furniture(body)
    stats = measure(body)
    main = main_part(body, stats)
    walk = _Walk(build, name, sheet=is_sheet(body))
    before, behind = around_main(body, main, build.meta.get("title", ""), stats)
    for element in (*before, main, *behind):
        walk.element(element)
    if not build.at and framed:
        raise EmptyFile(
            name, "a page of frames without text of its own", "give the pages that the frames show"
        )
    return build


def _page_meta(root: Any) -> dict[str, str]:
    meta: dict[str, str] = {}
    title = next(root.iter("title"), None)
    if title is not None:
        meta["title"] = " ".join("".join(title.itertext()).split())
    for found in root.iter("meta"):
        key = _META_NAMES.get((found.get("name") or found.get("property") or "").lower())
        content = (found.get("content") or "").strip()
        if key and content and (key == "title" or key not in meta):
            meta[key] = content
    return meta


class _Walk:
    """Writes an element's text as lines: a block is a line, ``<br>`` ends one. Any depth: it keeps no stack."""

    def __init__(self, build: Builder, name: str, *, sheet: bool = False) -> None:
        self._build = build
        self._name = name
        self._sheet = sheet
        self._tables = 0
        self._line: list[str] = []
        self._numbers = Numbers()
        self._label = (
            ""  # the number of an item whose text has not begun: editors put it into a block of its own
        )

    def _flush(self, style: str | None) -> None:
        text = collapse("".join(self._line)).strip()
        self._line.clear()
        if text:
            text = join_label(self._label, "", text)
            self._label = ""
            if not is_site_line(text):
                self._build.paragraph(part_fields(text), style=style)

    def element(self, element: Any) -> None:
        """Write one element and all below it."""
        from lxml import etree

        styles: list[str | None] = [None]
        walker = etree.iterwalk(element, events=("start", "end"))
        for event, found in walker:
            block = is_block(found)
            if event == "start":
                if block:
                    self._flush(styles[-1])
                    styles.append(_heading(found.tag) or styles[-1])
                if self._whole(found, styles[-1]):
                    walker.skip_subtree()
                elif found.text:
                    self._line.append(found.text)
                continue
            if block:
                self._flush(styles.pop())
                if found.tag == "li":
                    self._label = ""
            if found.tail and found is not element:
                self._line.append(found.tail)
        self._flush(None)

    def _whole(self, element: Any, style: str | None) -> bool:
        """Write what is not walked into: breaks, tables, preformatted text, written-out numbers; tell whether it was."""
        tag = element.tag
        if tag == "br":
            self._flush(style)
        elif tag == "pre":
            for line in "".join(element.itertext()).split("\n"):
                self._build.paragraph(line)
        elif tag == "table" and is_data(element):
            caption = element.find("caption")
            if caption is not None:
                self._build.paragraph(cell_text(caption))
            grid = grid_of(element, cell_text, is_hidden, self._name)
            if self._sheet:
                self._tables += 1
                write_sheet_grid(grid, self._build, self._tables)
            else:
                self._build.table(grid)
        elif "mso-list:ignore" in (element.get("style") or "").replace(" ", "").lower():
            self._line.append("".join("".join(element.itertext()).split()))
        else:
            if tag == "li":
                self._label = self._numbers.label(element)
            return tag in ("script", "style")
        return True


def _heading(tag: str) -> str | None:
    return f"heading {tag[1]}" if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else None


def collapse(text: str) -> str:
    r"""Return inline text as a browser shows it: white space is one space, none where a line of Chinese was broken.

    >>> collapse("提升\n  医疗 质量")
    '提升医疗 质量'
    """
    text = text.replace("\xa0", " ")
    if "\n" in text:
        text = _WIDE.sub("", re.sub(r"[ \t]*\n[ \t\n]*", "\n", text))
    return _SPACES.sub(" ", text)


def part_fields(text: str) -> str:
    """Return a line of date and source with a space before each field: pages part them by style only.

    >>> part_fields("来源：宣传科发布时间：2024-04-15浏览次数：3")
    '来源：宣传科 发布时间：2024-04-15 浏览次数：3'
    """
    return _FIELD.sub(" ", text) if len(text) < 150 and _SITE_FIELD.search(text) else text


def cell_text(cell: Any) -> str:
    """Return a cell's text; blocks and ``<br>`` inside it are line breaks."""
    lines: list[list[str]] = [[]]
    numbers = Numbers()
    labels: dict[int, str] = {}  # the line that an item begins -> its number

    def walk(element: Any, depth: int) -> None:
        if is_hidden(element):
            return
        if depth > _DEEP:
            lines[-1].append("".join(element.itertext()))
            return
        block = is_block(element) and element is not cell
        if block or element.tag == "br":
            lines.append([])
        if element.tag == "li":
            labels[len(lines) - 1] = numbers.label(element)
        if element.text:
            lines[-1].append(element.text)
        for child in element.iterchildren():
            if isinstance(child.tag, str):
                walk(child, depth + 1)
            if child.tail:
                lines[-1].append(child.tail)
        if block:
            lines.append([])
            if element.tag == "li":
                labels[len(lines) - 1] = ""

    walk(cell, 0)
    out: list[str] = []
    label = ""
    for number, parts in enumerate(lines):
        label = labels.get(number, label)
        text = collapse("".join(parts)).strip()
        if text:
            out.append(join_label(label, "", text))
            label = ""
    return "\n".join(out)
