"""The printed lines of a text, trimmed."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.expressions import expression
from planparse.model import Span

_LINE = expression(r"[^\n]+")
#: Markdown before a line: # headings, > quotes, ** around a lead
_MARKUP = expression(r"(?:#{1,6}|>)\s+")


def trimmed(text: str, start: int, end: int) -> Span:
    """Return a stretch without the blanks around it and the Markdown before it."""
    while start < end and text[start] in " \u3000\t\u00a0":
        start += 1
    if start < end and text[start] in "#>" and (markup := _MARKUP.match(text, start, end)):
        start = markup.end()
    while end > start and text[end - 1] in " \u3000\t\r\v\u00a0":
        end -= 1
    return start, end


def text_lines(text: str, skip: Sequence[Span]) -> list[Span]:
    """Return the trimmed spans of the non-blank lines outside the sorted ``skip`` spans."""
    lines = []
    k = 0
    for found in _LINE.finditer(text):
        start, end = trimmed(text, found.start(), found.end())
        if start == end:
            continue
        while k < len(skip) and skip[k][1] <= start:
            k += 1
        if k < len(skip) and skip[k][0] < end:
            continue
        lines.append((start, end))
    return lines
