"""Tables that a text renders with the least: cells parted by commas (CSV) or by one blank.

Only a header line of nothing but header words starts one; its rows have as many cells, or nearly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.cell_words import CellWords
from planparse.extract.cover import Cover
from planparse.extract.grids import Grid
from planparse.extract.headers import HeaderWords
from planparse.extract.quoted import QUOTES, read_row
from planparse.model import Span

_LINE = expression(r"[^\n]+")
#: a line whose first cell is no longer than a header's, or quoted
_SHORT_FIRST = expression(r"^(?=[ \u3000]*(?:[\"“]|[^\n]{1,12}?[ \u3000,，]))[^\n]+", re.M)
_TOKEN = expression(r"[^ \u3000\n]+")
_BREAKS = expression(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部])"
)
_FEWEST = 4
_LONGEST_FIRST = 12


def find_loose_grids(text: str, headers: HeaderWords, words: CellWords, taken: Sequence[Span]) -> list[Grid]:
    """Return the tables whose cells are parted by commas or single blanks, in order."""
    grids: list[Grid] = []
    cover = Cover(taken)
    end = -1
    for line in _SHORT_FIRST.finditer(text):
        if line.start() < end or cover.touches(*line.span()):
            continue
        grid = _commas(text, line.span(), headers, words) or _blanks(text, line.span(), headers, words)
        if grid is not None:
            grids.append(grid)
            end = grid.end
    return grids


def _ends(text: str, at: int, words: CellWords) -> bool:
    """Whether a line is no row: a heading or a note below the table."""
    return (_BREAKS.match(text, at) or words.note.match(text, at)) is not None


def _opens(text: str, cell: Span, headers: HeaderWords) -> bool:
    """Whether a line that begins with the cell may be a header line: few do, and the others are read no further."""
    return cell[1] - cell[0] <= _LONGEST_FIRST and headers.read(text[slice(*cell)]).field is not None


def _is_head(text: str, cells: list[Span], headers: HeaderWords, unknown: int) -> bool:
    if len(cells) < _FEWEST or not _opens(text, cells[0], headers):
        return False
    fields = [headers.read(text[a:b]).field for a, b in cells]
    return fields.count(None) <= unknown and len(set(fields)) >= _FEWEST - 1


def _blanks(text: str, line: Span, headers: HeaderWords, words: CellWords) -> Grid | None:
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
        if (
            len(row) < max(3, len(head) - 2)
            or len(row) > 2 * len(head)
            or (counted and not text[row[0][0]].isdigit())
            or _ends(text, row[0][0], words)
        ):
            break
        rows.append(row)
    return Grid(head[0][0], rows[-1][-1][1], rows, columns=len(head)) if len(rows) > 1 else None


def _commas(text: str, line: Span, headers: HeaderWords, words: CellWords) -> Grid | None:
    mark = next((c for c in ",，" if text.count(c, *line) >= _FEWEST - 1), None)
    if mark is None:
        return None
    start = line[0]
    while text[start] in " \u3000":
        start += 1
    if text[start] not in QUOTES and not _opens(text, (start, text.index(mark, start)), headers):
        return None
    head, at = read_row(text, start, mark)
    if not _is_head(text, head, headers, 1):
        return None
    rows = [head]
    end = at
    while at < len(text):
        row, after = read_row(text, at + 1, mark)
        if len(row) < len(head) - 1 or not any(a < b for a, b in row) or _ends(text, row[0][0], words):
            break
        rows.append(row)
        end = at = after
    return Grid(head[0][0], end, rows, columns=len(head)) if len(rows) > 1 else None
