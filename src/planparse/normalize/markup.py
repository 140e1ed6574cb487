r"""Markup left in the text (kind ``markup``): tags and entities of a page, bold and code marks of Markdown.

A break inside a table row of bars becomes a space (；before a further item), elsewhere a new line; other
tags and marks go. Only known tags and entities are taken: 药占比<28%, 张**, R&D and ＜牵头科室：医务科＞ stay as they are.

>>> [(edit.span, edit.after) for edit in stray_markup("**目标**：药占比&lt;28%<br>护理部")]
[((0, 2), ''), ((4, 6), ''), ((10, 14), '<'), ((17, 21), '\n')]
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from planparse.clean import Edit
from planparse.expressions import expression

#: characters that a tag's attributes, and a bold stretch, may run on for
REACH = 200
BREAK = frozenset({"br", "p", "div", "li", "tr"})
TAG = expression(
    r"</?(br|p|div|li|tr|ul|ol|td|th|span|font|strong|b|em|i|u|a|sup|sub|center|img|h[1-6])"
    rf"(?:\s[^<>\n]{{0,{REACH}}})?/?>",
    re.IGNORECASE,
)
#: what begins a further item of a cell; marks behind which no other is needed
NEXT = expression(r"[0-9]{1,2}[.、．)）](?![0-9])|[（(][0-9]{1,2}[)）]|[①-⒛㈠-㈩]|[一二三四五六七八九]是")
MARKS = frozenset("，。；：、|")
#: an entity, also one that was escaped again and again (&amp;lt;)
ENTITY = expression(
    r"&(?:amp;)*(?:(?:nbsp|ensp|emsp|amp|lt|gt|quot|apos|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|bull"
    r"|permil|times|plusmn|le|ge|yen|rarr)|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5});"
)
#: bold that opens where a word cannot have come before, and closes where one ends (not 张**、李**)
BOLD = expression(
    rf"(?<![\w*])(\*\*|`)(?=[^\s*`])[^*`\n|]{{1,{REACH}}}(?<=\S)(?:\1(?=[^\w*`]|$)|(?<=[。：:；])\1)(?!\*)",
    re.MULTILINE,
)
#: a heading or the rule of a table tells that a text is Markdown: there a word may touch the mark (引进博士**7名**)
MARKDOWN = expression(r"^#{1,6} \S|^\|?[ :]{0,3}-{3,90}[ :]{0,3}\|", re.MULTILINE)
EMPHASIS = expression(
    rf"(?<![*\d])(\*{{1,2}}|`)(?=[^\s*`])[^*`\n|]{{1,{REACH}}}(?<=\S)\1(?![*\d])", re.MULTILINE
)


def stray_markup(text: str) -> list[Edit]:
    """Return the edits that remove markup from ``text`` (simplified, of plain width), in order."""
    edits: list[Edit] = []
    if "<" in text:
        edits += _tags(text)
    if "&" in text:
        edits += _entities(text)
    bold = BOLD if "**" in text or "`" in text else None
    if "*" in text and MARKDOWN.search(text) is not None:
        bold = EMPHASIS
    if bold is not None:
        for hit in bold.finditer(text):
            width = len(hit[1])
            edits.append(Edit("markup", (hit.start(), hit.start() + width), hit[1], ""))
            edits.append(Edit("markup", (hit.end() - width, hit.end()), hit[1], ""))
    return list(_disjoint(sorted(edits, key=lambda edit: edit.span)))


def _disjoint(edits: list[Edit]) -> Iterator[Edit]:
    """Yield the edits that begin behind the one before: a mark inside a tag's attribute goes with the tag."""
    end = 0
    for edit in edits:
        if edit.span[0] >= end:
            yield edit
            end = edit.span[1]


def _tags(text: str) -> Iterator[Edit]:
    line, row = (0, -1), False
    for hit in TAG.finditer(text):
        after = ""
        if hit[1].lower() in BREAK:
            if hit.start() > line[1]:
                start, end = text.rfind("\n", 0, hit.start()) + 1, text.find("\n", hit.end())
                line = (start, end if end >= 0 else len(text))
                row = "|" in text[line[0] : line[1]]
            after = "\n"
            if row:
                after = "；" if NEXT.match(text, hit.end()) and text[hit.start() - 1] not in MARKS else " "
        yield Edit("markup", hit.span(), hit[0], after)


def _entities(text: str) -> Iterator[Edit]:
    for hit in ENTITY.finditer(text):
        name = hit[0].replace("amp;", "")
        after = "&" if name == "&" else html.unescape(name)
        if len(after) == 1 and (after.isprintable() or after.isspace()):
            yield Edit("markup", hit.span(), hit[0], " " if after.isspace() else after)
