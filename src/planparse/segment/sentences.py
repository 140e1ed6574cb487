"""Sentences that tile the text: closed by 。！？… or a line end, closing quotes and brackets included."""

from __future__ import annotations

from planparse.expressions import expression
from planparse.model import Span

_END = expression(r"(?:[。！？!?…]+|\n)[”’」』）)】》\"]*\s*|[;；]\s*")
_HARD = expression(r"(?:[。！？!?…]+|\n)[”’」』）)】》\"]*\s*")


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
