"""Tables that a text renders: tabs, |, columns of blanks, or one cell a line. Grids of cell spans come out.

A grid's cells are spans of the clean text; a cell that a file's merge covers repeats its span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from planparse.expressions import expression
from planparse.extract.cover import Cover
from planparse.extract.forms import Form, find_forms, find_record_lines, read_bars, trimmed
from planparse.extract.headers import Header, HeaderWords
from planparse.extract.quoted import read_row
from planparse.model import Span
from planparse.segment.numbering import ordinal

_LINE = expression(r"[^\n]*\n?")
_SHORT = expression(r"^[ \u3000\t]{0,12}[【〔\[]?([^\s：:，,。；;【】〔〕\[\]—]{2,12})(?:[：:】〕\]]|——|[ \u3000\t]{0,12}$)", re.M)
_GAP = expression(r"[ \u3000]{2,}")
#: a line that two gaps part; each gap looks to the end of its line at most once
_THREE_CELLS = expression(r"[ \u3000]{2}[^ \u3000\n][^\n]*?[ \u3000]{2,}[^ \u3000\n]")
_TALLEST = 4
_BELOW = expression(r"(?:注|备注|说明|填表说明|附注|附件\d?)\s?[：:]|[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)]|[-—–]\s?\d{1,3}\s?[-—–]")
_ONE_BLANK = expression(r"[ \u3000]")
_OPENING, _CLOSING = "【（([〔〖｛{［﹝＜", "】）)]〕〗｝}］﹞＞"
#: 率<5%|率>90% are no brackets
_BAR_OR_BRACKET = expression(r"[|│｜【（(\[〔〖｛{［﹝】）)\]〕〗｝}］﹞]|[＜<](?=[^＜＞<>|│｜]{2,12}[：:])|[＞>](?!\d)")
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


def _cells(text: str, start: int, end: int, mark: str) -> list[Span]:
    cells, at = [], start
    while True:
        cut = text.find(mark, at, end)
        stop = end if cut < 0 else cut
        cells.append(trimmed(text, at, stop))
        if cut < 0:
            break
        at = cut + 1
    if mark == "|" and len(cells) > 2:
        if cells[0][0] == cells[0][1]:
            cells = cells[1:]
        if cells[-1][0] == cells[-1][1]:
            cells = cells[:-1]
    return cells


def find_grids(text: str, headers: HeaderWords, *, skip: Sequence[Span] = ()) -> list[Grid]:
    """Return the text-rendered tables in order, disjoint."""
    grids: list[Grid] = []
    if "\t" in text or "|" in text or "│" in text or "｜" in text:
        for grid in _marked(text):
            form = read_bars(text, grid.rows, headers)
            grids.append(grid if form is None else _of_form(form))
    grids += [_of_form(form) for form in find_record_lines(text, headers, [(g.start, g.end) for g in grids])]
    if ("  " in text or "\u3000\u3000" in text) and _THREE_CELLS.search(text):
        grids += _spaced(text, headers, [(g.start, g.end) for g in grids])
    if not _may_stack(text, headers):
        return _sorted(grids, skip)
    lines = [trimmed(text, *line.span()) for line in _LINE.finditer(text) if line.start() < line.end()]
    forms = find_forms(text, [line for line in lines if line[0] < line[1]], headers, [(g.start, g.end) for g in grids])
    grids += [_of_form(form) for form in forms]
    grids += _one_a_line(text, lines, headers, [(g.start, g.end) for g in grids])
    return _sorted(grids, skip)


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


def _marked(text: str) -> list[Grid]:
    """Runs of lines with tabs or bars."""
    grids: list[Grid] = []
    rows: list[list[Span]] = []
    start = end = -1
    blank = 0
    until = 0
    for found in _LINE.finditer(text):
        a, b = found.span()
        if a == b:
            break
        if a < until:
            continue  # within a quoted cell
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
                start = a
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
            grids.append(Grid(start, end, rows))
            rows, blank = [], 0
    if rows:
        grids.append(Grid(start, end, rows))
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


def _header_fields(text: str, cells: list[Span], headers: HeaderWords) -> int:
    return sum(1 for a, b in cells if headers.read(text[a:b]).field is not None)


def _spaced(text: str, headers: HeaderWords, taken: list[Span]) -> list[Grid]:
    """A header line whose words stand apart by two or more blanks, and the lines below it like that."""
    grids: list[Grid] = []
    cover = Cover(taken)
    edges: list[int] = []
    current: Grid | None = None
    for found in _LINE.finditer(text):
        a, b = found.span()
        if a == b:
            break
        s, e = trimmed(text, a, b)
        if s == e or cover.covers(s):
            if s != e:
                current = None
            continue
        if current is not None and _RULE.match(text[s:e]):
            continue
        if not _GAP.search(text, s, e):
            if current is not None:
                current = None
            continue
        cells, at = [], s
        for gap in _GAP.finditer(text, s, e):
            cells.append((at, gap.start()))
            at = gap.end()
        cells.append((at, e))
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
            grids.append(current)
    return [g for g in grids if len(g.rows) >= 2]


def _one_a_line(text: str, lines: list[Span], headers: HeaderWords, taken: list[Span]) -> list[Grid]:
    """Header words one a line, then cells one a line; rows are cut by the running index or by count."""
    grids: list[Grid] = []
    cover = Cover(taken)
    k = 0
    while k < len(lines):
        run = k
        fields = 0
        while run < len(lines) and 1 <= lines[run][1] - lines[run][0] <= 14:
            if headers.read(text[lines[run][0] : lines[run][1]]).field is None:
                break
            fields += 1
            run += 1
        if fields < 3 or cover.covers(lines[k][0]):
            k = run + 1 if run > k else k + 1
            continue
        # a title that ends like a header (2025年工作任务) stands before the first column, the running index
        k = next((j for j in range(k + 1, run) if headers.read(text[slice(*lines[j])]).field == "index"), k)
        grid, stop = _stacked(text, lines, k, run, headers)
        if grid is not None:
            grids.append(grid)
        k = max(stop, run)
    return grids


def _index(cell: str) -> int | None:
    """Return the running index that a cell prints: 3, 3., 三; None where it is none."""
    shown = cell.rstrip("、.．")
    if shown.isdecimal() and len(shown) <= 4:
        return int(shown)
    return ordinal(shown, "han") if shown and len(shown) <= 3 and not shown.strip("一二三四五六七八九十") else None


def _row_end(text: str, lines: list[Span], at: int, following: int, head: list[Span]) -> int:
    """Return the line at which the row from ``at`` ends: where the next index stands, else after ``width`` cells.

    A cell of two paragraphs takes two lines and an empty one none; where the next index stands more than once
    (a score looks like one) the place that leaves most nearly ``width`` cells is it. A header printed again ends it.
    """
    width, again = len(head), text[slice(*head[0])]
    count, full = 0, at
    best: tuple[int, int] | None = None
    while at < len(lines) and count <= _TALLEST * width:
        s, e = lines[at]
        if text[s:e] == again:
            break
        if count >= 2 and _index(text[s:e]) == following:
            off = abs(count - width)
            if best is None or off < best[0]:
                best = (off, at)
        if s < e:
            if count < width and not (count and _BELOW.match(text, s)):
                full = at + 1
            elif best is not None and count > 2 * width:
                break
            count += 1
        at += 1
    return best[1] if best is not None else full


def _stacked(text: str, lines: list[Span], k: int, run: int, headers: HeaderWords) -> tuple[Grid | None, int]:
    width = run - k
    head = lines[k:run]
    indexed = headers.read(text[head[0][0] : head[0][1]]).field == "index"
    rows: list[list[Span]] = []
    at = run
    if indexed:
        expected = -1
        while at < len(lines):
            s, e = lines[at]
            if s == e:
                at += 1
                continue
            shown = _index(text[s:e])
            if shown is None or (expected >= 0 and shown != expected):
                break
            expected = shown
            stop = _row_end(text, lines, at, expected + 1, head)
            row = [line for line in lines[at:stop] if line[0] < line[1]]
            beyond = next((k for k in range(width, len(row)) if _BELOW.match(text, row[k][0])), len(row))
            row = row[:beyond]
            at = stop
            rows.append(row)
            expected += 1
    else:
        cells: list[Span] = []
        while at < len(lines) and lines[at][1] - lines[at][0] <= 120:
            if lines[at][0] != lines[at][1]:
                if len(cells) % width == 0 and text[lines[at][0] : lines[at][0] + 2] in ("注：", "备注", "附件", "说明"):
                    break
                cells.append(lines[at])
            at += 1
        rows = [cells[n : n + width] for n in range(0, len(cells) - len(cells) % width, width)]
    if not rows:
        return None, run
    end = rows[-1][-1][1]
    return Grid(head[0][0], end, [head, *rows], columns=width), at
