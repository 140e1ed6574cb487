"""Where the heading of a line ends, how it is shown, and what it says of its section."""

from __future__ import annotations

import re

from planparse.expressions import expression
from planparse.segment.headings import HeadingWords
from planparse.segment.nodes import Node
from planparse.segment.numbering import DATED
from planparse.segment.role_signs import RoleSigns

#: what closes a heading that shares its line with the body: a full stop or a colon (contract, rule 11)
_HEAD_END = expression(r"[。：！!？?；;\t]|:(?!\d\d)|\.(?![\d\w])|\.(?=[\u4e00-\u9fff])")
#: a bracket that a colon cut open
_UNCLOSED = expression(r"(?<=[\u4e00-\u9fff0-9A-Za-z”】〕\]])[（(【〔\[][^（()）【】〔〕\[\]]{0,40}$")
#: 问：为什么要出台《方案》？ in an interpretation of a plan
#: the mark of http://…/?id=1 asks nothing
_QUESTION = expression(r"(?:问[：:] ?)?([^。！!？?\n]{4,80}[？?](?![a-zA-Z0-9=&%_]))[ \u3000]?")
#: characters of a heading; every task below carries those above it
LONGEST_HEADING = 80


def question_in(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the question that opens a line, in group 1; few lines have a question mark at all."""
    asked = text.find("？", start, end) >= 0 or text.find("?", start, end) >= 0
    return _QUESTION.match(text, start, end) if asked else None


def _heading_end(text: str, start: int, end: int) -> tuple[int, bool]:
    """Return (end of the heading in a line, whether the heading has the line to itself)."""
    found = _HEAD_END.search(text, start, end)
    if found is None:
        return end, True
    return found.start(), found.end() >= end


def _shortened(heading: str) -> str:
    """Return a heading that every task below may carry in its path: a paragraph is cut at its first clauses."""
    if len(heading) <= LONGEST_HEADING:
        return heading
    cut = max(heading.rfind(mark, 0, LONGEST_HEADING) for mark in "。；;，,：:\n")
    return heading[: cut if cut > 0 else LONGEST_HEADING].rstrip()


def finish_heading(text: str, node: Node, words: HeadingWords, signs: RoleSigns) -> None:
    """Tell a node its heading, where that ends, and the role of its section."""
    node.head_end, node.own_line = _heading_end(text, node.content, node.line_end)
    if (
        node.number is None
        and node.line_end - node.start <= 120
        and signs.heading.fullmatch(text, node.start, node.line_end)
    ):
        node.head_end = min(
            at for at in (text.find(mark, node.start, node.line_end) for mark in "（(【[〔") if at >= 0
        )
    if node.number is not None and node.number.style in DATED:
        node.head_end = node.content  # a month is no heading
    if node.head_end - node.content > 30:
        opened = words.opening(text, node.content, node.line_end)
        if opened:
            node.head_end, node.own_line = opened, False
    shown = text[node.content : min(node.head_end, node.content + 2 * LONGEST_HEADING)]
    if node.head_end < node.line_end and (bracket := _UNCLOSED.search(shown)):
        shown = shown[: bracket.start()]  # 推进日间手术（责任科室：医务科）
    node.heading = _shortened(shown.strip(" \u3000*【】※★☆◆◇■□●○▲△"))
    question = question_in(text, node.content, node.line_end)
    if question is not None:
        node.heading, node.head_end, node.own_line = (
            _shortened(question[1]),
            question.end(),
            question.end() >= node.line_end,
        )
    node.problem = node.number is not None and text.startswith(("问题", "【问题"), node.number.start)
    node.role, node.container = words.role(node.heading) if not node.problem else (None, False)
