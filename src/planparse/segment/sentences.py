"""Sentences that tile the text: closed by 。！？… or a line end, closing quotes and brackets included."""

from __future__ import annotations

from planparse.expressions import expression
from planparse.model import Span

#: behind the first mark, a set of its own that the engine leaps to: the marks that follow on a stop, and what closes with it
_CLOSED = r"(?:(?<=\n)|[。！？!?…]*)[”’」』）)】》\"]*"
_END = expression(rf"[。！？!?…\n;；](?:(?<=[;；])|{_CLOSED})\s*")
_HARD = expression(rf"[。！？!?…\n]{_CLOSED}\s*")


def sentences(text: str, start: int = 0, end: int | None = None, *, clauses: bool = False) -> list[Span]:
    """Return spans that tile ``text[start:end]`` without gap or overlap; ``clauses`` cuts at ； too.

    >>> text = "抓质量。抓安全！“好。”完"
    >>> [text[a:b] for a, b in sentences(text)]
    ['抓质量。', '抓安全！', '“好。”', '完']
    """
    stop = len(text) if end is None else end
    spans = []
    at = start
    for found in (_END if clauses else _HARD).finditer(text, start, stop):
        spans.append((at, found.end()))
        at = found.end()
    if at < stop:
        spans.append((at, stop))
    return spans
