"""Tables that print one cell a line: header words, then the cells of row after row.

Where rows end is told by what the text has kept: a blank line between rows, an empty line for every blank cell,
or only the running index and the marks that repeat a cell (〃). The three layouts are tried in that order.
"""

from __future__ import annotations

from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.cell_words import CellWords
from planparse.extract.cover import Cover
from planparse.extract.dittos import is_ditto
from planparse.extract.headers import HeaderWords
from planparse.model import Span
from planparse.segment.closing import Closing
from planparse.segment.numbering import ordinal

_TALLEST = 4
#: columns of a table
_FEWEST, _WIDEST = 3, 40
_LONGEST_CELL, _SHORT_CELL, _LONGEST_DATE = 120, 20, 14
_DATE = expression(
    r"(?:[年月日]|季度|半年|[底旬末日月年]前|[底旬末]|长期坚持|持续推进|长期|每周|\d{4}[.\-/]\d{1,2}(?:[.\-/]\d{1,2})?)$"
)
_BELOW = expression(
    r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[）)]|[-—–]\s?\d{1,3}\s?[-—–]"
)
#: a heading between the rows
HEADING = expression(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^，。；：\n]{2,24}$"
)

_CODE = expression(r"([A-Za-z]{1,3}[-—]?|\d{1,2}[.．\-])(\d{1,3})")
_LONGEST_INDEX = 8
Index = tuple[str, int]
#: the rows of a table, the header first, and the line at which it ends
Rows = list[list[Span]]


def find_stacks(
    text: str,
    lines: Sequence[Span],
    headers: HeaderWords,
    words: CellWords,
    closing: Closing,
    taken: Sequence[Span],
) -> list[tuple[int, int, Rows]]:
    """Return (start, end, rows) of the tables whose header words stand one a line; ``lines`` are all lines, trimmed."""
    stacks: list[tuple[int, int, Rows]] = []
    cover = Cover(taken)
    k = 0
    while k < len(lines):
        run = k
        while (
            run < len(lines)
            and 1 <= lines[run][1] - lines[run][0] <= 14
            and headers.read(text[slice(*lines[run])]).field is not None
            and not HEADING.match(text, *lines[run])
        ):
            run += 1
        if not _FEWEST <= run - k <= _WIDEST or cover.covers(lines[k][0]):
            k = run + 1 if run > k else k + 1
            continue
        # a title that ends like a header (2025年工作任务) stands before the first column, the running index
        k = next((j for j in range(k + 1, run) if headers.read(text[slice(*lines[j])]).field == "index"), k)
        stack = _Stack(text, lines, k, run, headers, words, closing)
        rows = stack.read()
        if rows:
            stacks.append((lines[k][0], rows[-1][-1][1], [list(lines[k:run]), *rows]))
        k = max(stack.at, run)
    return stacks


class _Stack:
    """One table: reads its rows in the first of the layouts that its lines keep; ``at`` is the line behind them."""

    def __init__(
        self,
        text: str,
        lines: Sequence[Span],
        start: int,
        at: int,
        headers: HeaderWords,
        words: CellWords,
        closing: Closing,
    ) -> None:
        self.text, self.lines, self.at, self.words, self.closing = text, lines, at, words, closing
        self.head = [self._shown(k, text, lines) for k in range(start, at)]
        self.width = len(self.head)
        fields = [headers.read(cell).field for cell in self.head]
        self.indexed = fields[0] == "index"
        self.when = fields.index("deadline") if "deadline" in fields else -1

    @staticmethod
    def _shown(k: int, text: str, lines: Sequence[Span]) -> str:
        return text[slice(*lines[k])] if k < len(lines) else ""

    def shown(self, k: int) -> str:
        """Return what line ``k`` prints; nothing behind the last."""
        return self._shown(k, self.text, self.lines)

    def read(self) -> Rows:
        """Return the rows below the header."""
        rows = self._blocks() or self._places()
        return rows or (self._indexed() if self.indexed else self._counted())

    def _again(self, k: int) -> bool:
        return self.shown(k) == self.head[0] and all(
            self.shown(k + n) == cell for n, cell in enumerate(self.head)
        )

    def _heads_nothing(self, k: int) -> bool:
        """Whether the header, printed again at ``k``, is followed by itself once more: no rows stand below it."""
        return self._again(self._after_blanks(k + self.width))

    def _is_heading(self, k: int) -> bool:
        return k < len(self.lines) and HEADING.match(self.text, *self.lines[k]) is not None

    def _ends(self, row: Sequence[Span]) -> bool:
        """Whether what stands in a row is no row: notes, headings, or whole paragraphs."""
        return any(b - a > _LONGEST_CELL or self._stands_below(a) for a, b in row if a < b)

    def _stands_below(self, at: int) -> bool:
        return (self.words.note.match(self.text, at) or _BELOW.match(self.text, at)) is not None

    def _after_blanks(self, k: int) -> int:
        while k < len(self.lines) and self.lines[k][0] == self.lines[k][1]:
            k += 1
        return k

    def _blocks(self) -> Rows:
        """Rows parted by blank lines; blank cells are not printed. The first block tells whether it is so."""
        if self.shown(self.at):
            return []
        rows: Rows = []
        sure, at = 0, self.at
        last: Index | None = None
        heading: Span | None = None
        while (start := self._after_blanks(at)) < len(self.lines):
            end = start
            while self.shown(end):
                end += 1
            at = end
            if self._again(start):
                if self._heads_nothing(start):
                    break
                start += self.width
                if start == end:
                    continue
            block = list(self.lines[start:end])
            if len(block) == 1 and heading is None and self._is_heading(start):
                heading = block[0]
                continue
            index = _index(self.shown(start)) if self.indexed else None
            if not rows and (
                len(block) < _FEWEST or len(block) > self.width or (self.indexed and index is None)
            ):
                return []
            if self._ends(block) or len(block) > _TALLEST * self.width:
                break
            counted = _follows(index, last, heading is not None)
            if not counted and (len(block) > self.width or len(rows) > sure + 1):
                break
            rows += [[heading] * self.width, block] if heading else [block]
            heading = None
            if (
                counted
                or is_ditto(self.shown(start))
                or (len(block) >= _FEWEST and block[-1][1] - block[-1][0] <= _SHORT_CELL)
            ):
                sure, self.at = len(rows), end
            last = index if counted else last
        return rows[:sure]

    def _places(self) -> Rows:
        """Rows in which every cell has its line, a blank one an empty line."""
        rows: Rows = []
        at, lost = self.at, True
        last: Index | None = None
        heading: Span | None = None
        while at < len(self.lines):
            row = list(self.lines[at : at + self.width])
            if self._again(at):
                if self._heads_nothing(at):
                    break
                at += self.width
                continue
            if heading is None and self._is_heading(at):
                heading = row[0]
                at += self.width if not any(a < b for a, b in row[1:]) else 1
                continue
            index = _index(self.shown(at)) if self.indexed else None
            if _follows(index, last, heading is not None):
                last = index
            elif not (
                self._goes_on(row, at + self.width, last) if self.indexed else self._has_date(row)
            ) or self._ends(row):
                break
            rows += [[heading] * self.width, row] if heading else [row]
            heading = None
            lost = lost and all(a < b for a, b in row)
            at += self.width
        if lost or any(_follows(_index(self.shown(k)), last) for k in range(at, at + self.width)):
            return []
        if not self.indexed and sum(row[self.when][0] < row[self.when][1] for row in rows) < 2:
            return []
        self.at = at
        return rows

    def _goes_on(self, row: Sequence[Span], after: int, last: Index | None) -> bool:
        """Whether a row without index begins with blank or repeated cells, as below a merged one."""
        repeated = [a == b or is_ditto(self.text[a:b]) for a, b in row]
        whole = len(row) == self.width and last is not None and not all(a == b for a, b in row)
        return whole and repeated[0] and (repeated[1] or self._opens(after + self._is_heading(after), last))

    def _has_date(self, row: Sequence[Span]) -> bool:
        """Whether a row without index has a date where the header says so, or nothing."""
        if self.when < 0 or len(row) < self.width or all(a == b for a, b in row):
            return False
        a, b = row[self.when]
        return a == b or is_ditto(self.text[a:b]) or self._is_date((a, b))

    def _is_date(self, cell: Span) -> bool:
        return cell[1] - cell[0] <= _LONGEST_DATE and _DATE.search(self.text, *cell) is not None

    def _indexed(self) -> Rows:
        """Rows that begin with the running index, blank cells lost or repeated by a mark."""
        rows: Rows = []
        at = self.at
        last: Index | None = None
        heading: Span | None = None
        while (at := self._after_blanks(at)) < len(self.lines):
            if self._again(at):
                if self._heads_nothing(at):
                    break
                at += self.width
                continue
            if heading is None and self._is_heading(at):
                heading = self.lines[at]
                at += 1
                continue
            index = _index(self.shown(at))
            if not _follows(index, last, heading is not None):
                break
            last = index
            stop = self._row_end(at, last)
            cells = [line for line in self.lines[at:stop] if line[0] < line[1]]
            beyond = next(
                (k for k in range(self.width, len(cells)) if self._stands_below(cells[k][0])), len(cells)
            )
            rows += [[heading] * self.width] if heading else []
            heading = None
            rows += self._parted(cells[:beyond])
            at = self.at = stop
        return rows

    def _row_end(self, at: int, last: Index | None) -> int:
        """Return the line at which the rows from ``at`` end: where the next index stands, else after ``width`` cells.

        A cell of two paragraphs takes two lines and an empty one none; where the next index stands more than once
        (a score looks like one) the place that leaves most nearly ``width`` cells is it. A header printed again ends
        them, and a heading right above it or above the next index.
        """
        count, full = 0, at
        best: tuple[int, int] | None = None
        while at < len(self.lines) and count <= _TALLEST * self.width:
            s, e = self.lines[at]
            if (
                count >= 2
                and best is None
                and (self._again(at) or (self._is_heading(at) and self._opens(at + 1, last)))
            ):
                return at
            if self.shown(at) == self.head[0]:
                break
            if count >= 2 and _follows(_index(self.shown(at)), last):
                off = abs(count - self.width)
                if best is None or off < best[0]:
                    best = (off, at)
            if s < e:
                if (count < self.width and not (count and self._stands_below(s))) or (
                    full == at and self._repeats(at, count)
                ):
                    full = at + 1
                elif best is not None and count > 2 * self.width:
                    break
                count += 1
            at += 1
        return best[1] if best is not None else self._last_dated(full)

    def _last_dated(self, at: int) -> int:
        """Behind the last index a table whose last column holds dates ends with the last of them."""
        end = at
        while (
            self.when == self.width - 1
            and at < len(self.lines)
            and at - end <= self.width
            and self.shown(at)
            and not self._ends([self.lines[at]])
            and not (at == end and self._is_signed(at))
        ):
            at += 1
            end = at if self._is_date(self.lines[at - 1]) else end
        return end

    def _is_signed(self, at: int) -> bool:
        """Whether a line, at which a row would begin, and the next are who signs and when."""
        acts = [self.closing.act(self.text, *line) for line in self.lines[at : at + 2]]
        return acts == ["org", "drop"]

    def _opens(self, at: int, last: Index | None) -> bool:
        """Whether the next row, or the header again, begins at a line or behind the blank ones there."""
        at = self._after_blanks(at)
        return self._again(at) or _follows(_index(self.shown(at)), last, True)

    def _repeats(self, at: int, count: int) -> bool:
        """Whether a line is a cell of a further row that begins with a mark of repetition."""
        first = at - count % self.width
        return is_ditto(self.shown(first)) and not self._ends(self.lines[first : first + self.width])

    def _parted(self, cells: list[Span]) -> Rows:
        """Part the cells from one index to the next at marks of repetition behind whole rows."""
        rows: Rows = []
        while len(cells) > self.width and is_ditto(self.text[slice(*cells[self.width])]):
            rows.append(cells[: self.width])
            cells = cells[self.width :]
        return [*rows, cells]

    def _counted(self) -> Rows:
        """Rows of as many cells as the header has, without index; a blank line where none has parted rows before ends them."""
        rows: Rows = []
        row: list[Span] = []
        at = self.at
        parted = blank = False
        while at < len(self.lines) and self.lines[at][1] - self.lines[at][0] <= _LONGEST_CELL:
            a, b = self.lines[at]
            if not row and self._again(at):
                at += self.width
                continue
            if a < b:
                if not row and (
                    self.text.startswith(("注：", "备注", "附件", "说明"), a)
                    or self._stands_below(a)
                    or (blank and len(rows) > 1 and not parted)
                ):
                    break
                parted = parted or (blank and bool(rows))
                row.append((a, b))
                if len(row) == self.width:
                    rows.append(row)
                    row = []
            blank = a == b
            at += 1
        self.at = at
        return rows


def _index(cell: str) -> Index | None:
    """Return the running index that a cell prints, as what stands before its number, and the number; None where it is none.

    3 and 3. and 三 are 3, A-02 is 2 behind A-, 1.2 is 2 behind the 1.
    """
    shown = cell.rstrip("、.．")
    if len(shown) > _LONGEST_INDEX or not shown:
        return None
    if shown.isdecimal():
        return ("", int(shown)) if len(shown) <= 4 else None
    code = _CODE.fullmatch(shown)
    if code is not None:
        return code[1], int(code[2])
    number = ordinal(shown, "han") if len(shown) <= 3 and not shown.strip("一二三四五六七八九十") else None
    return ("", number) if number is not None else None


def _follows(index: Index | None, last: Index | None, again: bool = False) -> bool:
    """Whether an index is the next behind ``last``; codes begin again with their first part, ``again`` all count from 1."""
    if index is None:
        return False
    if last is None:
        return not index[0] or index[1] == 1
    if index[0] == last[0] and index[1] == last[1] + 1:
        return True
    return index[1] == 1 and (
        (again and index[0] == last[0]) or (index[0] != last[0] and index[0] != "" and last[0] != "")
    )
