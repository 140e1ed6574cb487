"""Tables that a text renders: tabs, |, columns of blanks, or one cell a line (``stacks.py``). Grids of cell spans come out.

A grid's cells are spans of the clean text; a cell that a file's merge covers repeats its span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from planparse.expressions import expression
from planparse.extract.cell_words import CellWords
from planparse.extract.cover import Cover
from planparse.extract.forms import Form, find_forms, find_record_lines, read_bars, trimmed
from planparse.extract.headers import Header, HeaderWords
from planparse.extract.quoted import read_row
from planparse.extract.stacks import HEADING, find_stacks
from planparse.model import Span
from planparse.segment.closing import Closing

_LINE = expression(r"[^\n]*\n?")
_SHORT = expression(
    r"^[ \u3000\t]{0,12}[【〔\[]?([^\s：:，,。；;【】〔〕\[\]—]{2,12})(?:[：:】〕\]]|——|[ \u3000\t]{0,12}$)",
    re.M,
)
_GAP = expression(r"[ \u3000]{2,}")
#: a line that two gaps part; each gap looks to the end of its line at most once
_THREE_CELLS = expression(r"[ \u3000]{2}[^ \u3000\n][^\n]*?[ \u3000]{2,}[^ \u3000\n]")
#: no line of a table whose columns blanks part is longer: every cell is measured from where its line begins
_LONGEST_ROW = 1000
_ONE_BLANK = expression(r"[ \u3000]")
_OPENING, _CLOSING = "【（([〔〖｛{［﹝＜", "】）)]〕〗｝}］﹞＞"
#: 率<5%|率>90% are no brackets
_BAR_OR_BRACKET = expression(
    r"[|│｜【（(\[〔〖｛{［﹝】）)\]〕〗｝}］﹞]|[＜<](?=[^＜＞<>|│｜]{2,12}[：:])|[＞>](?!\d)"
)
#: a cell in quotation marks, as a spreadsheet writes one that holds line ends
_QUOTED = expression(r'(?:^|\t)"')
_RULE = expression(r"^[\s|:+\-=—─━═┼├┤│┬┴]+$")


class Grid(Struct):
    """A table: rows of cell spans; ``merged`` tells that empty cells are known to be empty (a file's table)."""

    start: int
    end: int
    rows: list[list[Span]]
    merged: bool = False
    columns: int = 0
    #: what the columns mean where every record prints it itself
    heads: list[Header] | None = None
    #: printed otherwise, and made a row a record: no table goes on with its columns
    turned: bool = False


def _cells(text: str, start: int, end: int, mark: str) -> list[Span]:
    cells, at = [], start
    while True:
        cut = text.find(mark, at, end)
        stop = end if cut < 0 else cut
        cells.append(trimmed(text, at, stop))
        if cut < 0:
            break
        at = cut + 1
    return cells


#: a table that parts rows or fills cells by blank lines has one among so many lines
_NEAR_FOOT = 12


def _unframed(rows: list[list[Span]]) -> list[list[Span]]:
    """Leave out the empty cells outside the bars of a frame; where the first row has no frame, they are blank cells."""

    def framed(side: int) -> bool:
        empty = [row[side][0] == row[side][1] for row in rows]
        return empty[0] and 2 * sum(empty) >= len(rows)

    width = len(rows[0])
    left, right = framed(0), framed(-1)
    cut: list[list[Span]] = []
    for row in rows:
        begin = len(row) > 2 and row[0][0] == row[0][1] and (left or len(row) > width)
        row = row[1:] if begin else row
        end = len(row) > 2 and row[-1][0] == row[-1][1] and (right or len(row) > width)
        cut.append(row[:-1] if end else row)
    return cut


def find_grids(
    text: str,
    headers: HeaderWords,
    words: CellWords,
    closing: Closing,
    *,
    skip: Sequence[Span] = (),
    furniture: Sequence[Span] = (),
) -> list[Grid]:
    """Return the text-rendered tables in order, disjoint; ``furniture`` (page numbers, running heads) ends none."""
    grids: list[Grid] = []
    passed = Cover(furniture)
    if "\t" in text or "|" in text or "│" in text or "｜" in text:
        for grid in _marked(text, passed):
            form = read_bars(text, grid.rows, headers)
            grids.append(grid if form is None else _of_form(form))
    grids += [_of_form(form) for form in find_record_lines(text, headers, [(g.start, g.end) for g in grids])]
    if ("  " in text or "\u3000\u3000" in text) and _THREE_CELLS.search(text):
        grids += _spaced(text, headers, [(g.start, g.end) for g in grids])
    if not _may_stack(text, headers):
        return _sorted(grids, skip)
    lines = _without(
        [trimmed(text, *line.span()) for line in _LINE.finditer(text) if line.start() < line.end()], passed
    )
    forms = find_forms(
        text, [line for line in lines if line[0] < line[1]], headers, [(g.start, g.end) for g in grids]
    )
    grids += [_of_form(form) for form in forms]
    grids += [
        Grid(start, end, rows, columns=len(rows[0]))
        for start, end, rows in find_stacks(
            text, lines, headers, words, closing, [(g.start, g.end) for g in grids]
        )
    ]
    return _sorted(grids, skip)


def _without(lines: list[Span], furniture: Cover) -> list[Span]:
    """Return lines without those of furniture, nor the blank ones around it; one is left where others stand near."""
    if not furniture.spans:
        return lines
    kept: list[Span] = []
    after = False
    for start, end in lines:
        if start < end and furniture.covers(start):
            if kept and kept[-1][0] == kept[-1][1] and all(a < b for a, b in kept[-_NEAR_FOOT:-1]):
                kept.pop()
            after = True
            continue
        if not (after and start == end):
            kept.append((start, end))
        after = False
    return kept


def _of_form(form: Form) -> Grid:
    return Grid(form.start, form.end, form.rows, merged=True, heads=form.heads)


def _sorted(grids: list[Grid], skip: Sequence[Span]) -> list[Grid]:
    outside = Cover(skip)
    return sorted((g for g in grids if not outside.touches(g.start, g.end)), key=lambda g: g.start)


def _may_stack(text: str, headers: HeaderWords) -> bool:
    """Whether three or more short lines are header words, or begin with one and a colon: else no table is stacked."""
    found = 0
    for line in _SHORT.finditer(text):
        if headers.read(line[1]).field is not None:
            found += 1
            if found >= 3:
                return True
    return False


def _marked(text: str, furniture: Cover) -> list[Grid]:
    """Runs of lines with tabs or bars; furniture between them is passed over."""
    grids: list[Grid] = []
    rows: list[list[Span]] = []
    start = end = -1
    blank = 0
    until = 0
    bars = False

    def close() -> None:
        grids.append(Grid(start, end, _unframed(rows) if bars else rows))

    for found in _LINE.finditer(text):
        a, b = found.span()
        if a == b:
            break
        if a < until:
            continue  # within a quoted cell
        if rows and furniture.covers(a):
            blank = 0
            continue
        line_end = b - 1 if text[b - 1] == "\n" else b
        line = text[a:line_end]
        mark = "\t" if "\t" in line.strip(" \u3000") else next((m for m in "|│｜" if line.count(m) >= 2), "")
        if mark and mark != "\t" and _in_bracket(line, mark):
            mark = ""
        if mark and mark != "\t" and _RULE.match(line):
            end = line_end
            continue
        if mark and (mark != "\t" or line.strip()):
            if not rows:
                start, bars = a, mark != "\t"
            if mark == "\t" and _QUOTED.search(line):
                cells, line_end = read_row(text, a, mark)
                rows.append([trimmed(text, *cell) for cell in cells])
                until = line_end
            else:
                rows.append(_cells(text, a, line_end, mark))
            end = line_end
            blank = 0
        elif not line.strip() and rows and blank == 0:
            blank += 1
        elif rows:
            close()
            rows, blank = [], 0
    if rows:
        close()
    return [g for g in grids if len(g.rows) >= 2 or len(g.rows[0]) >= 3]


def _display(text: str, start: int, at: int) -> int:
    """Return the column on screen: wide characters take two."""
    return sum(2 if ord(c) > 0x2E7F or c in "—“”‘’…℃" else 1 for c in text[start:at])


def _by_columns(text: str, cells: list[Span], line: int, edges: list[int]) -> list[Span]:
    """Place the cells of a short row under the header cells that they stand below."""
    row: list[Span] = []
    used = -1
    placed: dict[int, Span] = {}
    for cell in cells:
        column = _display(text, line, cell[0])
        best = min(range(used + 1, len(edges)), key=lambda k: abs(edges[k] - column), default=None)
        if best is None:
            return cells
        placed[best] = cell
        used = best
    edge = cells[0][0]
    for k in range(len(edges)):
        cell = placed.get(k, (edge, edge))
        row.append(cell)
        edge = cell[1]
    return row


def _joined(text: str, cells: list[Span], line: int, edges: list[int]) -> list[Span]:
    """Join the cells that stand below one header cell: a wide gap inside a cell parts nothing."""
    joined: dict[int, Span] = {}
    for start, end in cells:
        column = _display(text, line, start)
        below = max((k for k, edge in enumerate(edges) if edge <= column + 1), default=0)
        joined[below] = (joined[below][0] if below in joined else start, end)
    return [joined[k] for k in sorted(joined)]


def _at_edges(text: str, cells: list[Span], line: int, edges: list[int]) -> list[Span]:
    """Part a cell at the single blanks behind which a column begins: a long value leaves no wider gap."""
    parted: list[Span] = []
    for start, end in cells:
        at = start
        for blank in _ONE_BLANK.finditer(text, start, end):
            if any(abs(_display(text, line, blank.end()) - edge) <= 1 for edge in edges):
                parted.append((at, blank.start()))
                at = blank.end()
        parted.append((at, end))
    return parted


def _in_bracket(line: str, mark: str) -> bool:
    """Whether all bars part the inside of brackets: 【主责：医务部｜协同：手术室】."""
    depth = 0
    for sign in _BAR_OR_BRACKET.finditer(line):
        char = sign[0]
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif char == mark and not depth:
            return False
    return True


def _below_edge(column: int, edges: Sequence[int]) -> bool:
    """Whether a cell begins below one behind the first of the columns."""
    return column >= edges[1] - 1 and any(abs(edge - column) <= 1 for edge in edges)


def _header_fields(text: str, cells: list[Span], headers: HeaderWords) -> int:
    return sum(1 for a, b in cells if headers.read(text[a:b]).field is not None)


def _spaced(text: str, headers: HeaderWords, taken: list[Span]) -> list[Grid]:
    """A header line whose words stand apart by two or more blanks, and the lines below it like that."""
    grids: list[Grid] = []
    cover = Cover(taken)
    edges: list[int] = []
    current: Grid | None = None
    category: Span | None = None
    for found in _LINE.finditer(text):
        a, b = found.span()
        if a == b:
            break
        s, e = trimmed(text, a, b)
        if s == e:
            continue
        if e - a > _LONGEST_ROW or cover.covers(s):
            current = None
            continue
        if current is not None and _RULE.match(text[s:e]):
            continue
        if not _GAP.search(text, s, e):
            if current is None:
                continue
            if _below_edge(_display(text, a, s), edges):
                current.rows.append(_by_columns(text, [(s, e)], a, edges))
                current.end = e
            elif not category and HEADING.match(text, s, e):
                category = (s, e)
            else:
                current = None
            continue
        cells, at = [], s
        for gap in _GAP.finditer(text, s, e):
            cells.append((at, gap.start()))
            at = gap.end()
        cells.append((at, e))
        if category and current is not None:
            if sum(_below_edge(_display(text, a, x), edges) for x, _ in cells) >= 2:
                current.rows.append([category] * len(edges))
            else:
                current = None
        category = None
        heads = len(cells) >= 3 and _header_fields(text, cells, headers) >= max(3, len(cells) - 1)
        another = heads and current is not None and len(current.rows) > 1 and len(cells) != len(edges)
        if current is not None and not another:
            if len(cells) < len(edges):
                cells = _at_edges(text, cells, a, edges)
            elif len(cells) > len(edges):
                cells = _joined(text, cells, a, edges)
            current.rows.append(_by_columns(text, cells, a, edges) if len(cells) < len(edges) else cells)
            current.end = e
        elif heads:
            current = Grid(s, e, [cells], columns=len(cells))
            edges = [_display(text, a, x) for x, _ in cells]
            category = None
            grids.append(current)
    return [g for g in grids if len(g.rows) >= 2]
