"""Words by jieba; rjieba, many times faster, where it gives the same words.

jieba is the reference: rjieba keeps ASCII runs with . _ - whole that jieba splits, so those are split as jieba
does; text with characters beyond the BMP is cut by jieba itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from planparse.expressions import expression
from planparse.model import Span

_ASTRAL = expression("[\U00010000-\U0010ffff]")
_MIXED = expression(r"[a-zA-Z0-9._\-]*[._\-][a-zA-Z0-9._\-]*")
_PIECES = expression(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")


@lru_cache(maxsize=1)
def _fast() -> Any | None:
    try:
        import rjieba
    except ImportError:
        return None
    return rjieba.Jieba()


@lru_cache(maxsize=1)
def _reference() -> Any:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    return jieba


def words(text: str) -> list[str]:
    """Return the words of ``text`` as jieba cuts them (HMM on); joined they give the text back.

    >>> words("由医务科牵头")
    ['由', '医务科', '牵头']
    """
    fast = None if _ASTRAL.search(text) else _fast()
    if fast is None:
        return list(_reference().cut(text))
    cut: list[str] = fast.cut(text)
    if not _MIXED.search(text):
        return cut
    result: list[str] = []
    for word in cut:
        if len(word) > 1 and word.isascii() and _MIXED.fullmatch(word):
            result.extend(piece for piece in _PIECES.split(word) if piece)
        else:
            result.append(word)
    return result


def word_spans(text: str) -> list[Span]:
    """Return the half-open spans of :func:`words`, tiling the text."""
    spans, at = [], 0
    for word in words(text):
        spans.append((at, at + len(word)))
        at += len(word)
    return spans
