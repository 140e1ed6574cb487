"""The main text of a web page: menus, footers, side columns and lists of links are left out.

No model and no list of sites: what is left out is told by the tags that mean it, by class names that every
content system uses, by the share of links in a block, and by the sentences that stand at the foot of every
page. Where the page gives no hint, everything is kept: losing text is worse than keeping a line too many.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

_DROPPED: Final = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "frame",
        "object",
        "embed",
        "svg",
        "canvas",
        "button",
        "select",
        "option",
        "input",
        "textarea",
        "nav",
        "footer",
        "aside",
        "audio",
        "video",
        "map",
        "dialog",
    )
)
_FURNITURE: Final = re.compile(
    r"(?:^|[\s_-])(?:nav(?:igation|bar)?|menus?|sub-?menu|foot(?:er)?|bottom|side-?bar|bread-?crumbs?|crumbs?|"
    r"share|bdshare|copy-?right|login|search|tool-?bar|pag(?:er|ination)|comments?|related|recommend|friend-?links?|"
    r"links?|ads?|advert|qrcode|weizhi|position|location|prev-?next|print|skip|topbar|dropdown)(?:$|[\s_-]|\d)",
    re.I,
)
#: not ``visibility``: articles of public accounts are saved with it and shown by a script
_HIDDEN: Final = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.I)
_SENTENCE: Final = re.compile(r"[\u3400-\u9fff][，。；、：！？（]|[，。；：！？）][\u3400-\u9fff]")
#: what stands at the foot or the head of every page of a site
_SITE_LINE: Final = re.compile(
    r"版权所有|copyright|©|ICP备|公网安备|网站标识码|技术支持\s*[:：]|网站地图|建议使用.{0,12}浏览器|您是第.{0,12}(?:位|访)|"
    r"^\s*(?:设为首页|加入收藏|联系我们|返回顶部|打印本页|关闭窗口|上一篇|下一篇|上一条|下一条|分享到|"
    r"您(?:现在|当前)?的?(?:所在)?位置|(?:您)?当前(?:的)?位置|今天是\s*\d{4}|欢迎(?:您)?(?:访问|光临))|"
    r"^\s*(?:邮政编码|邮编|医院地址|地址|咨询电话|急救电话|总机|传真)\s*[:：]|"
    r"^\s*【?\s*(?:字体|字号)\s*[:：]?\s*[大中小\s\[\]【】|]{1,12}|^\s*(?:打印|关闭|收藏|返回|首页|更多)\s*[>»]*\s*$",
    re.I,
)
_META_LINE: Final = re.compile(
    r"发布(?:时间|日期)|来源|信息来源|发文(?:单位|机关|日期|字号)|索引号|成文日期|文号|作者"
)
_SIGNED: Final = re.compile(
    r"^附件|^\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日$|^[\u3400-\u9fff]{4,30}(?:医院|保健院|委员会|办公室|卫生健康局|中心|院)$"
)
_NUMBER: Final = re.compile(r"[〔\[［【(（]\s?\d{4}\s?[〕\]］】)）]\s?\d{1,4}\s?号")
_TITLE_NAME: Final = re.compile(
    r"(?:^|[\s_-])(?:title|biaoti|bt|headline|article-?title|arti-?title)(?:$|[\s_-]|\d)", re.I
)
_BLOCKS: Final = frozenset(
    (
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
_LINK_SHARE: Final = 0.6
_LISTS: Final = frozenset({"ul", "ol", "div", "td", "p", "dl", "table", "li", "span", "section"})
_LEAVES: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "ol", "ul", "pre", "span", "font", "b", "strong", "a", "li"}
)
_ROLES: Final = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})


def is_hidden(element: Any) -> bool:
    """Tell whether an element is not shown: dropped tags, ``hidden``, ``display:none``."""
    if element.tag in _DROPPED or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def is_block(element: Any) -> bool:
    """Tell whether an element begins a new line."""
    return element.tag in _BLOCKS


@dataclass(slots=True)
class Stats:
    """What an element holds, itself and below: characters, characters in links, links, and real content."""

    length: int = 0
    linked: int = 0
    links: int = 0
    content: bool = False


def measure(body: Any) -> dict[Any, Stats]:
    """Return the stats of every element of a tree, in one pass from the leaves up."""
    from planparse.read.html_table import is_data

    stats: dict[Any, Stats] = {}
    for element in reversed(list(body.iter())):
        own = stats[element] = Stats()
        _count(own, element.text)
        for child in element.iterchildren():
            below = stats[child]
            own.length += below.length
            own.linked += below.linked
            own.links += below.links
            own.content = own.content or below.content
            _count(own, child.tail)
        if element.tag == "a":
            own.linked, own.links = own.length, own.links + 1
        elif element.tag in ("h1", "h2") or (own.length < 120 and _TITLE_NAME.search(_names(element))):
            own.content = False  # a title stands alone; it is looked for by itself
        elif element.tag == "table" and is_data(element):
            own.content = True
    return stats


def _count(own: Stats, text: str | None) -> None:
    if text and not text.isspace():
        own.length += len("".join(text.split()))
        own.content = own.content or _is_content(text.strip())


def _is_content(text: str) -> bool:
    if is_site_line(text) or (len(text) < 60 and _META_LINE.search(text)):
        return False
    return len(text) >= 12 or _SENTENCE.search(text) is not None


def drop_furniture(body: Any) -> None:
    """Remove menus, footers, lists of links and hidden elements from a tree, in place."""
    _prune(body, lambda found: found.tag in _DROPPED)
    total = _length(body)
    _prune(body, lambda found: is_hidden(found) and _length(found) < 0.5 * total)  # else a script shows it
    stats = measure(body)
    limit = 0.4 * stats[body].length
    gone = _prune(
        body, lambda found: _is_named_furniture(found) and stats[found].length < limit and not _prose(found)
    )
    for parent, element in gone:
        _subtract(parent, stats[element], stats)
    _prune(body, lambda found: found.tag in _LISTS and _is_link_list(found, stats[found]))


def _subtract(parent: Any, less: Stats, stats: dict[Any, Stats]) -> None:
    while parent is not None and parent in stats:
        own = stats[parent]
        own.length -= less.length
        own.linked -= less.linked
        own.links -= less.links
        parent = parent.getparent()


def _prune(body: Any, unwanted: Callable[[Any], bool]) -> list[tuple[Any, Any]]:
    """Remove the topmost unwanted elements of a tree, return them with their parents; text behind them stays."""
    gone: list[tuple[Any, Any]] = []
    waiting = list(body.iterchildren())
    while waiting:
        element = waiting.pop()
        if not isinstance(element.tag, str) or unwanted(element):
            gone.append((element.getparent(), element))
            _remove(element)
        else:
            waiting.extend(element.iterchildren())
    return gone


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_named_furniture(element: Any) -> bool:
    return _FURNITURE.search(_names(element)) is not None or element.get("role") in _ROLES


def _is_link_list(element: Any, own: Stats) -> bool:
    if own.links < 2 or own.length > 2000 or own.linked <= _LINK_SHARE * own.length:
        return False
    return "附件" not in _text(element)[:20]


def _remove(element: Any) -> None:
    parent = element.getparent()
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _text(element: Any) -> str:
    return "".join(element.itertext())


def _length(element: Any) -> int:
    return sum(len(part.strip()) for part in element.itertext())


def _prose(element: Any) -> bool:
    """Tell whether an element holds a sentence that is neither a link nor a site's standing line."""
    for part in element.itertext():
        text = part.strip()
        if len(text) >= 30 and len(_SENTENCE.findall(text)) >= 2 and not is_site_line(text):
            return True
    return False


def is_site_line(text: str) -> bool:
    """Tell a line that belongs to the site, not to the document.

    >>> is_site_line("版权所有：某某医院 京ICP备0000号"), is_site_line("一、主要任务")
    (True, False)
    """
    return len(text) < 200 and _SITE_LINE.search(text) is not None


def main_part(body: Any, stats: dict[Any, Stats]) -> Any:
    """Return the deepest element outside of which nothing but site lines and short scraps stands."""
    from planparse.read.html_table import is_data

    node = body
    while True:
        if _is_content((node.text or "").strip()) or any(_is_content((c.tail or "").strip()) for c in node):
            return node
        heavy = [child for child in node.iterchildren() if stats[child].content]
        if len(heavy) != 1 or heavy[0].tag in _LEAVES or (heavy[0].tag == "table" and is_data(heavy[0])):
            return node
        node = heavy[0]


def around_main(
    body: Any, main: Any, page_title: str, stats: dict[Any, Stats]
) -> tuple[list[Any], list[Any]]:
    """Return what belongs to the document but stands outside its main part: blocks before and blocks behind.

    Before it: titles, headings, document numbers, the line of date and source. Behind it: who signs, dates,
    attachments.
    """
    before: list[Any] = []
    behind: list[Any] = []
    if main is body:
        return before, behind
    inside = {*main.iterancestors(), *main.iter()}
    taken: set[Any] = set()
    found = before
    for element in body.iterdescendants():
        if element is main:
            found = behind
        if element.getparent() in taken:
            taken.add(element)
        elif element not in inside and is_block(element) and 0 < stats[element].length <= 150:
            text = " ".join(_text(element).split())
            wanted = (
                _SIGNED.search(text) if found is behind else _heads(element, text, page_title, bool(before))
            )
            if wanted and not is_site_line(text):
                found.append(element)
                taken.add(element)
    return before, behind


def _heads(element: Any, text: str, page_title: str, titled: bool) -> bool:
    return (
        element.tag in ("h1", "h2", "h3", "h4")
        or _TITLE_NAME.search(_names(element)) is not None
        or (len(text) >= 8 and page_title.startswith(text))
        or _NUMBER.search(text) is not None
        or (titled and _META_LINE.search(text) is not None)
    )
