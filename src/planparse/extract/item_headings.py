"""Headings of unnumbered items: on a line of their own, in front of their text, before or behind an annotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.annotation import Annotation
from planparse.extract.reading import Reading
from planparse.extract.speech import build_speech
from planparse.extract.titles import is_brief, is_heading
from planparse.model import Span
from planparse.segment.nodes import Node

_SHORTEST_ACT = 8
#: 加强教育：|组织参观…
_OWN_HEADING = expression(
    r"((?![^：:。]{0,14}(?:目标|指标|责任|科室|时限|时间|单位|部门|负责))[\u4e00-\u9fffA-Za-z“”、+]{4,18})[：:。]\s?(?=[^。；;：:]{8})"
)
_FEWEST_ITEMS = 2


def is_headed(reading: Reading, node: Node) -> bool:
    """Whether the paragraphs under an unnumbered heading are items of their own: several, or headed themselves."""
    text = reading.text
    marked = [s for s in node.body if any(a.has_roles for a in on_line(reading, *s))]
    if len(marked) > 1:
        return True
    for a, b in marked:
        stop = text.find("。", a, b)
        if (
            0 < stop < b - 1
            and stop - a <= 18
            and text[stop + 1] not in "（([【"
            and is_heading(text[a:stop], [], (a, stop), [])
        ):
            return True
    return False


def lines_headed(reading: Reading, node: Node) -> list[Span]:
    """Return the paragraphs of an unnumbered heading, with the heading where it heads but the first of several items."""
    head = (node.content, node.line_end)
    if is_bare_heading(reading, [head]) and any(is_bare_heading(reading, [line]) for line in node.body):
        return [head, *node.body]
    return node.body


def are_several_headed(reading: Reading, node: Node) -> bool:
    """Whether two or more paragraphs of an item begin with a heading of their own, and one closes with an annotation."""
    headed = [s for s in node.body if head_sentence(reading, *s)]
    return len(headed) >= 2 and any(n.has_roles for s in headed for n in reading.within(*s))


def on_line(reading: Reading, start: int, end: int) -> list[Annotation]:
    """Return the annotations of a line; one that opens it begins at its indent."""
    return reading.within(line_start(reading.text, start), end)


def are_marked(reading: Reading, node: Node, own: Sequence[Annotation]) -> bool:
    """Whether below the bare heading of a section (二、重点任务) several paragraphs stand, each closed or opened by an annotation."""
    lines = node.body
    marked = {bisect_right(lines, (a.start, len(reading.text))) for a in own if a.has_roles}
    return (
        node.container and len(marked) > 1 and 0 not in marked and all(a.start >= node.line_end for a in own)
    )


def line_start(text: str, start: int) -> int:
    """Return where the indent of a line begins."""
    while start > 0 and text[start - 1] in " \u3000\t":
        start -= 1
    return start


def is_bare_heading(reading: Reading, parts: Sequence[Span]) -> bool:
    """Whether all that stands there is the heading of an unnumbered item: 强化人才引进, 强化人才引进：."""
    if len(parts) != 1 or reading.kind not in ("plan", "assignment"):
        return False
    said = reading.text[slice(*parts[0])].strip().rstrip("：:")
    return (
        len(said) >= 4
        and is_brief(said)
        and reading.lexicon.opening.match(said) is not None
        and reading.headings.role(said)[0] is None
    )


def head_sentence(reading: Reading, start: int, end: int) -> bool:
    """Whether a paragraph begins with a heading that a full stop closes: 加强教育。组织参观…."""
    if reading.rules.compiled(build_speech).enumerator.match(reading.text, start, end):
        return False  # 一是强化督办。…二是…
    stop = reading.text.find("。", start, min(end, start + 24))
    return 0 < stop < end - 8 and is_heading(reading.text[start:stop], [], (start, stop), [])


def _own_heading(reading: Reading, start: int, end: int) -> re.Match[str] | None:
    """Return the heading that opens a paragraph, if it is not the heading of a section."""
    found = _OWN_HEADING.match(reading.text, start, end)
    return found if found is not None and reading.headings.role(found[1])[0] is None else None


def _names_act(reading: Reading, paragraph: Span, head: re.Match[str]) -> bool:
    """Whether the heading of a paragraph, or what stands behind it, begins with an act."""
    lexicon, text, at, end = reading.lexicon, reading.text, head.end(), paragraph[1]
    return any(
        pattern.match(*where) is not None
        for pattern, where in (
            (lexicon.opening, (head[1],)),
            (lexicon.opening, (text, at, end)),
            (lexicon.concrete, (text, at, end)),
        )
    )


def headed_paragraphs(reading: Reading, node: Node) -> list[tuple[Span, int]]:
    """Return the paragraphs below a heading that are items each, 「加强教育：组织参观…」, with where their headings end; all but a lead-in must be."""
    if reading.kind not in ("plan", "assignment") or not node.own_line or len(node.body) < _FEWEST_ITEMS:
        return []
    found = [(s, _own_heading(reading, *s)) for s in node.body]
    at = next((k for k, (_, head) in enumerate(found) if head is not None), len(found))
    items = [(s, head) for s, head in found[at:] if head is not None]
    if at > 1 or len(items) < max(_FEWEST_ITEMS, len(found) - at):
        return []
    acts = sum(_names_act(reading, s, head) for s, head in items)
    return [(s, head.end(1)) for s, head in items] if 2 * acts > len(items) else []


def opens(reading: Reading, line: Span, annotation: Annotation) -> bool:
    """Whether an annotation opens the paragraph that it governs: 〔主责科室：信息科〕开展处方点评…."""
    return (
        annotation.start <= line[0] + 1
        and line[1] - annotation.end >= _SHORTEST_ACT
        and "\u4e00" <= reading.text[annotation.end] <= "\u9fff"
    )


def stands_behind_heading(
    reading: Reading, parts: Sequence[Span], annotation: Annotation, line: Span
) -> bool:
    """Whether an annotation stands between the heading of a paragraph and its text: 推进日间手术（牵头科室：医务科）：扩大…."""
    return (
        len(parts) == 1
        and parts[0][0] == line[0]
        and is_brief(reading.text[slice(*parts[0])])
        and line[1] - annotation.end > parts[0][1] - parts[0][0]
    )
