"""Tables that a text renders with the least: cells parted by commas (CSV) or by one blank.

Only a header line of nothing but header words starts one; its rows have as many cells, or nearly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.cover import Cover
from planparse.extract.grids import Grid
from planparse.extract.headers import HeaderWords
from planparse.model import Span

_LINE = expression(r"[^\n]+")
#: a line whose first cell is no longer than a header's, or quoted
_SHORT_FIRST = expression(r"^(?=[ \u3000]*(?:[\"“]|[^\n]{1,12}?[ \u3000,，]))[^\n]+", re.M)
_TOKEN = expression(r"[^ \u3000\n]+")
_BREAKS = expression(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部]|(?:注|备注|说明|附件\d?)[：:])")
_QUOTES = {'"': '"', "“": "”"}
_FEWEST = 4
_LONGEST_CELL = 2_000
_LONGEST_FIRST = 12


def find_loose_grids(text: str, headers: HeaderWords, taken: Sequence[Span]) -> list[Grid]:
    """Return the tables whose cells are parted by commas or single blanks, in order."""
    grids: list[Grid] = []
    cover = Cover(taken)
    end = -1
    for line in _SHORT_FIRST.finditer(text):
        if line.start() < end or cover.touches(*line.span()):
            continue
        grid = _commas(text, line.span(), headers) or _blanks(text, line.span(), headers)
        if grid is not None:
            grids.append(grid)
            end = grid.end
    return grids


def _opens(text: str, cell: Span, headers: HeaderWords) -> bool:
    """Whether a line that begins with the cell may be a header line: few do, and the others are read no further."""
    return cell[1] - cell[0] <= _LONGEST_FIRST and headers.read(text[slice(*cell)]).field is not None


def _is_head(text: str, cells: list[Span], headers: HeaderWords, unknown: int) -> bool:
    if len(cells) < _FEWEST or not _opens(text, cells[0], headers):
        return False
    fields = [headers.read(text[a:b]).field for a, b in cells]
    return fields.count(None) <= unknown and len(set(fields)) >= _FEWEST - 1


def _blanks(text: str, line: Span, headers: HeaderWords) -> Grid | None:
    first = _TOKEN.search(text, *line)
    if first is None or first.end() == line[1] or not _opens(text, first.span(), headers):
        return None
    head = [m.span() for m in _TOKEN.finditer(text, *line)]
    if not _is_head(text, head, headers, 0):
        return None
    rows = [head]
    counted = headers.read(text[slice(*head[0])]).field == "index"
    for below in _LINE.finditer(text, line[1]):
        row = [m.span() for m in _TOKEN.finditer(text, *below.span())]
        if not row:
            continue
        if len(row) < max(3, len(head) - 2) or len(row) > 2 * len(head) or (counted and not text[row[0][0]].isdigit()) or _BREAKS.match(text, row[0][0]):
            break
        rows.append(row)
    return Grid(head[0][0], rows[-1][-1][1], rows, columns=len(head)) if len(rows) > 1 else None


def _commas(text: str, line: Span, headers: HeaderWords) -> Grid | None:
    mark = next((c for c in ",，" if text.count(c, *line) >= _FEWEST - 1), None)
    if mark is None:
        return None
    start = line[0]
    while text[start] in " \u3000":
        start += 1
    if text[start] not in _QUOTES and not _opens(text, (start, text.index(mark, start)), headers):
        return None
    head, at = _row(text, start, mark)
    if not _is_head(text, head, headers, 1):
        return None
    rows = [head]
    end = at
    while at < len(text):
        row, after = _row(text, at + 1, mark)
        if len(row) < len(head) - 1 or not any(a < b for a, b in row) or _BREAKS.match(text, row[0][0]):
            break
        rows.append(row)
        end = at = after
    return Grid(head[0][0], end, rows, columns=len(head)) if len(rows) > 1 else None


def _row(text: str, at: int, mark: str) -> tuple[list[Span], int]:
    """Return the cells of a row and where its line ends; a quoted cell may hold commas and line ends."""
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
    """Return where the quotation mark stands that closes a quoted cell, or -1."""
    quote = _QUOTES.get(text[at : at + 1])
    last = at + _LONGEST_CELL
    close = text.find(quote, at + 1, last) if quote else -1
    while close >= 0 and text[close + 1 : close + 2] not in (mark, "\n", ""):
        if quote != '"':
            return -1
        close = text.find(quote, close + (2 if text.startswith('""', close) else 1), last)
    return close
