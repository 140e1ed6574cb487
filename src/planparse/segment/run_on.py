"""A text that lost all its line breaks: cut where numbers count up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.expressions import expression
from planparse.model import Span
from planparse.segment.lines import trimmed
from planparse.segment.numbering import ordinal

_RUN_ON = (
    (
        expression(r"(?<![第零一二三四五六七八九十、])([一二三四五六七八九十]{1,2})、(?=[\u4e00-\u9fff“])"),
        True,
    ),
    (expression(r"[（(]([一二三四五六七八九十]{1,2})[）)](?=[\u4e00-\u9fff“])"), True),
    (expression(r"(?<![\d.．—\-年月第])(\d{1,2})[.．、](?=[\u4e00-\u9fff“\"])"), False),
    (expression(r"[（(](\d{1,2})[）)](?=[\u4e00-\u9fff“])"), False),
)
#: in such a text a blank ends a heading, and the foot of the page stands behind the last words
_RUN_ON_HEADING = expression(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^\s，,。；;：:（(]{2,16}(?=[ \u3000]+[^\s])"
)
_RUN_ON_FOOT = expression(
    r"[ \u3000](?:附件\d?[：:]|[【\[（(]?(?:打印本页|打印此页|关闭窗口|关闭本页|返回顶部)|版权所有|(?:上|下)一篇[：:])"
)
_RUN_ON_LENGTH = 280


def split_run_on(text: str, lines: list[Span]) -> list[Span]:
    """Split a text that lost all its line breaks, at numbers that count up: 一、…二、…, then （一）…（二）…, then 1.…2.…"""
    result: list[Span] = []
    for start, end in lines:
        if end - start < _RUN_ON_LENGTH:
            result.append((start, end))
            continue
        pieces = [(start, end)]
        for level, (pattern, han) in enumerate(_RUN_ON):
            if level and len(pieces) == 1:
                break  # no outermost numbers: an ordinary long paragraph
            cut: list[Span] = []
            for a, b in pieces:
                marks = _counting(text, a, b, pattern, han)
                cut += [
                    trimmed(text, x, y)
                    for x, y in zip([a, *marks], [*marks, b], strict=True)
                    if text[x:y].strip()
                ]
            pieces = cut
        result += _as_lines(text, pieces) if len(pieces) > 1 else pieces
    return result


def _as_lines(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Return the pieces of a text without line breaks with their headings on lines of their own, without the foot of the page."""
    lines: list[Span] = []
    for start, end in pieces:
        heading = _RUN_ON_HEADING.match(text, start, end)
        lines += [(start, end)] if heading is None else [heading.span(), trimmed(text, heading.end(), end)]
    start, end = lines[-1]
    foot = _RUN_ON_FOOT.search(text, start, end)
    return [*lines[:-1], (start, foot.start() if foot is not None else end)]


def _counting(text: str, start: int, end: int, pattern: re.Pattern[str], han: bool) -> list[int]:
    """Return where numbers of one style count 1, 2, 3 … at a distance, or nothing when they do not reach 2."""
    marks: list[int] = []
    expected = 1
    for found in pattern.finditer(text, start, end):
        value = ordinal(found[1], "han") if han else int(found[1])
        if value == expected and (not marks or found.start() - marks[-1] >= 12):
            marks.append(found.start())
            expected += 1
    return marks if len(marks) >= 2 else []
