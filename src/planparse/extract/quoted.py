r"""Rows whose cells are parted by a mark and may be quoted, as spreadsheets write them (CSV, TSV)."""

from __future__ import annotations

from planparse.expressions import expression
from planparse.model import Span

QUOTES = {'"': '"', "“": "”"}
_LONGEST_CELL = 2_000
_WHOLE = expression(r'"[^"]*(?:""[^"]*)*"(?=[\t\n]|\Z)')


def read_row(text: str, at: int, mark: str) -> tuple[list[Span], int]:
    r"""Return the cells of a row and where its line ends; a quoted cell may hold marks and line ends.

    >>> text = '1,"推进随访,\n建立台账",护理部'
    >>> [text[a:b] for a, b in read_row(text, 0, ",")[0]]
    ['1', '推进随访,\n建立台账', '护理部']
    """
    cells: list[Span] = []
    while True:
        while at < len(text) and text[at] in " \u3000":
            at += 1
        close = _closing(text, at, mark)
        if close > at:
            cells.append((at + 1, close))
            at = close + 1
        else:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            stop = text.find(mark, at, end)
            cells.append((at, end if stop < 0 else stop))
            at = cells[-1][1]
        if at >= len(text) or text[at] == "\n":
            return cells, at
        at += 1


def _closing(text: str, at: int, mark: str) -> int:
    """Return where the quotation mark stands that closes a quoted cell, or -1; between tabs, one inside it must be doubled."""
    if mark == "\t":
        whole = _WHOLE.match(text, at)
        return whole.end() - 1 if whole and whole.end() - at <= _LONGEST_CELL else -1
    quote = QUOTES.get(text[at : at + 1])
    last = at + _LONGEST_CELL
    close = text.find(quote, at + 1, last) if quote else -1
    while close >= 0 and text[close + 1 : close + 2] not in (mark, "\n", ""):
        if quote != '"':
            return -1
        close = text.find(quote, close + (2 if text.startswith('""', close) else 1), last)
    return close
