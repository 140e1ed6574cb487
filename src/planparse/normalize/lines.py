r"""Broken lines (kind ``line``): sentences cut by hard wraps, pages and newspaper columns are joined again.

A line is joined to the next only on evidence: the seam itself (the rule table ``lines``), a bracket left
open, a document whose lines all break at one width, or running text that stops without an end mark. Headings,
numbered items, role lines, table rows, dates and addresses always begin a line of their own.

>>> from planparse.rulebook import default_rules
>>> text = "对门诊大厅进行全面消\n\n杀。加强管理"
>>> [edit.span for edit in broken_lines("深入开展爱国卫生运动，做好通风。" + text, default_rules())]
[(26, 28)]
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from planparse.clean import Edit
from planparse.expressions import expression
from planparse.model import Span
from planparse.normalize.furniture import FOOT, FOOT_ENDS, is_furniture, is_page_foot, running_heads
from planparse.normalize.seams import (
    ANY_LABEL,
    BRACKETS,
    CLAUSE,
    CLOSED,
    END,
    GLUED,
    LATIN,
    OPEN,
    cues,
    depth_after,
    seam_of,
)
from planparse.normalize.wrap import Wrap, measure
from planparse.rulebook import Rulebook

#: so many characters may a bracket that was left open run on over lines
BRACKET, BRACKET_LINES = 240, 6
#: from this width on, a full numbered line without any mark is a heading
HEADING = 44
#: a title stands in the first lines
TITLE = 3
#: how a field of names or dates ends that is whole, and what goes on with one
FIELD_END = expression(r"[科部处室局委办院站会心组队长前底末月日年度旬]$")
SEPARATED = expression(r"[、，,；;/／）)】〕及和与负牵配]")
#: running text is at least so long before it can break off; from the second length on, without other evidence
#: a cell of offices
NAMES = expression(r"[一-鿿（）()]{2,16}(?:[、/／][一-鿿（）()]{2,16}){0,6}(?<=[科部处室局委办院站会府司心])")
SHORTEST, LONG = 14, 60
#: the text of an item is set in by so much at most
HANGING = 8
#: of the four lines around an item, so many are items that end on their own line where it is the only one that does not
MOST_WHOLE = 2
#: no page number is longer, nor ends otherwise; after these marks no sentence goes on, unless the document is
#: wrapped (the others may stand inside a bracket that was left open)
SURE = END - set(".；;：:")
#: two spaces part columns, but not a comparator from its number
COLUMN = expression(r"(?<![到于在至过为])  ")
#: a line of so many cells is a row
COLUMNS = 3
GLUED_LINE = expression(r"\n[ \t]*[，。、；：！？）》】〕”’,;!?)\]%‰]")


def broken_lines(text: str, rules: Rulebook, tables: Sequence[Span] = ()) -> list[Edit]:
    """Return the edits that join broken lines of ``text`` (simplified, of plain width).

    No line is joined inside, into or out of a span of ``tables``.
    """
    if "\n" not in text:
        return []
    work = _Document(text, rules, tables)
    edits = []
    for at, to in work.joins():
        start, end = work.end(at), work.start(to)
        glue = " " if LATIN.fullmatch(f"{text[start - 1]}\n{text[end]}") else ""
        edits.append(Edit("line", (start, end), text[start:end], glue))
    return edits


class _Document:
    """The lines of one document; numbers of lines count the lines that are not blank."""

    def __init__(self, text: str, rules: Rulebook, tables: Sequence[Span]) -> None:
        self.source = text
        self.raw = text.split("\n")
        self.stripped = [line.strip() for line in self.raw]
        self.where = [at for at, line in enumerate(self.stripped) if line]
        self.lines = [line for line in self.stripped if line]
        self.rules = rules
        self.cues = rules.compiled(cues)
        self.tables = sorted(tables)

    @cached_property
    def wrap(self) -> Wrap | None:
        """How the document is wrapped; most are not, and most tell by one long line."""
        return measure(self.lines, lambda: [self.indent(at) for at in range(len(self.lines))])

    @cached_property
    def offsets(self) -> list[int]:
        """The offset of each line, blank ones counted, in the text."""
        return [0, *accumulate(len(line) + 1 for line in self.raw)]

    @cached_property
    def heads(self) -> frozenset[str]:
        """The running heads of the pages."""
        return running_heads(self.lines, self.rules)

    def indent(self, at: int) -> int:
        """Return the indentation of a line; a tab counts 2."""
        raw = self.raw[self.where[at]]
        if raw[:1] not in " \t":
            return 0
        space = raw[: len(raw) - len(raw.lstrip())]
        return len(space) + space.count("\t")

    def start(self, at: int) -> int:
        """Return the offset of the first character of a line that is no space."""
        raw = self.raw[self.where[at]]
        return self.offsets[self.where[at]] + len(raw) - len(raw.lstrip())

    def end(self, at: int) -> int:
        """Return the offset behind the last character of a line that is no space."""
        return self.start(at) + len(self.lines[at])

    def joins(self) -> list[tuple[int, int]]:
        """Return pairs of lines to join: the line that goes on, and the one that continues it."""
        made: list[tuple[int, int]] = []
        depth = head = 0
        ahead = -1
        for at in self._candidates():
            if at < ahead:
                continue  # a page number inside a sentence that was joined
            if at != ahead:
                depth, head = 0, at
            depth = depth_after(self.lines[at], depth)
            to = self._next(at)
            if to is not None and self._joined(head, at, to, depth):
                made.append((at, to))
                ahead = to
            else:
                ahead = -1
        return made

    def _candidates(self) -> Sequence[int]:
        """Return the lines that may go on: without an end mark; all, where sentences too may be cut."""
        if self.wrap is not None:
            return range(len(self.lines) - 1)
        begins = self.cues.start.match
        pairs = enumerate(zip(self.lines, self.lines[1:], strict=False))
        found = [at for at, (here, there) in pairs if here[-1] not in SURE and not begins(there)]
        glued = [hit.start() for hit in GLUED_LINE.finditer(self.source)]
        if glued:
            starts = [self.offsets[at] for at in self.where]
            found = sorted(
                {bisect_right(starts, at) - 1 for at in glued}.union(found) - {-1, len(self.lines) - 1}
            )
        return found

    def _next(self, at: int) -> int | None:
        """Return the line after ``at``, page numbers passed over."""
        to = at + 1
        if (len(self.lines[to]) > FOOT or self.lines[to][-1] not in FOOT_ENDS) and self.lines[
            to
        ] not in self.heads:
            return to
        for to in range(at + 1, min(at + 4, len(self.lines))):
            if self.lines[to] not in self.heads and not is_page_foot(self.lines[to], self.rules):
                return to
        return None

    def _joined(self, head: int, at: int, to: int, depth: int) -> bool:
        here, there = self.lines[at], self.lines[to]
        ended = _ended(here, there[0], depth)
        if ended and not depth and there[0] not in GLUED and not self._over(head, at, to):
            return False
        seam = seam_of(here, there)
        always = self.cues.always.search(seam) is not None
        if not (always or ended or depth or self.wrap) and head == at and not self._is_text(here):
            return False  # a heading: the usual case
        if self.cues.start.match(there) or self._apart(at, to):
            return False
        if depth and self._closes(to, depth):
            return True
        label = self.cues.label.match(there)
        listed = here[-1] in "，,、"  # 由医务科牵头，⏎护理部配合
        inside = (
            label is not None and label[0][-1] not in "：:" and self.cues.body.search(seam) is not None
        )  # 各乡镇卫⏎生院配合，
        if (
            label
            and not inside
            and (label[0][-1] in "：:" or ended or not (listed or self._wrapped(head, at, to)))
        ):
            return False
        if always:
            return self.indent(to) <= self.indent(at) + 1 or here[-1] in "，、,（《“"
        if ended:
            return self._over(head, at, to)
        return self._wrapped(head, at, to) or self._runs_on(head, at, to, seam)

    def _is_text(self, line: str) -> bool:
        return len(line) >= SHORTEST and CLAUSE.search(line) is not None

    def _apart(self, at: int, to: int) -> bool:
        """Tell whether a table or a line that stands for itself keeps the two apart."""
        here, there = self.lines[at], self.lines[to]
        if "\t" in here or "|" in here or ("  " in here and COLUMN.search(here)):
            return True
        if "  " in there and sum(map(bool, there.split("  "))) >= COLUMNS:
            return True
        if self.tables:
            for position in (self.end(at) - 1, self.start(to)):
                k = bisect_right(self.tables, (position, len(self.source) + 1)) - 1
                if k >= 0 and position < self.tables[k][1]:
                    return True
        if self.cues.complete.fullmatch(here) or self.cues.complete.fullmatch(there):
            return True
        if here in self.heads or there in self.heads:
            return True
        return is_furniture(here, self.rules) or is_furniture(there, self.rules)

    def _closes(self, to: int, depth: int) -> bool:
        """Tell whether the open bracket is closed soon, before the next numbered item."""
        room = BRACKET
        for line in self.lines[to : to + BRACKET_LINES]:
            if self.cues.start.match(line):
                return False
            for mark in BRACKETS.finditer(line[:room]):
                depth += 1 if mark[0] in OPEN else -1
                if depth == 0:
                    return True
            room -= len(line)
            if room <= 0:
                return False
        return False

    def _wrapped(self, head: int, at: int, to: int) -> bool:
        """Tell whether the line is full in a document whose lines break at one width."""
        wrap = self.wrap
        if wrap is None or not wrap.full(self.lines[at], self.indent(at)):
            return False
        there = self.lines[to]
        if wrap.width >= HEADING and self._is_heading(self.lines[at]) and CLAUSE.search(there):
            return False
        label = ANY_LABEL.match(there)
        if label and ANY_LABEL.match(self.lines[head]):
            return False  # a list of fields, one of them full by chance
        if self._is_whole_field(head, at, to):
            return False
        if head < TITLE and (label or CLAUSE.search(there)) and not CLAUSE.search(self.lines[at]):
            return False  # a title, full by chance, and the text below it
        if wrap.indented and self.indent(to) > self.indent(at) + 1:
            return False
        # a blank line parts paragraphs, unless a page number stands there
        return to > at + 1 or self.where[to] == self.where[at] + 1

    def _is_whole_field(self, head: int, at: int, to: int) -> bool:
        """Tell whether a field of names or dates ends with the line: 责任科室：医务科、信息科⏎青禾市人民医院."""
        here = self.lines[at]
        if FIELD_END.search(here) is None or SEPARATED.match(self.lines[to]) is not None:
            return False
        colon = max(here.rfind("："), here.rfind(":"))
        label = 1 + max(here.rfind(mark, 0, max(colon, 0)) for mark in "；;，,。 ")  # …；责任科室：医务科
        return self.cues.label.match(self.lines[head]) is not None or (
            colon > label
            and self.cues.label.match(here, label) is not None
            and here.rfind("（") <= here.rfind("）")
        )

    def _is_heading(self, text: str) -> bool:
        """Tell whether a full line is a numbered heading and not the beginning of an item's text."""
        number = self.cues.start.match(text)
        return number is not None and CLAUSE.search(text, number.end()) is None

    def _over(self, head: int, at: int, to: int) -> bool:
        """Tell whether a full line that ends with a mark goes on: paragraphs are indented, this is not."""
        if not self._wrapped(head, at, to):
            return False
        if self.lines[at][-1] in "；;":
            return True
        there = self.lines[to]
        indented = self.wrap is not None and self.wrap.indented
        return indented and not self.indent(to) and not ANY_LABEL.match(there) and bool(CLAUSE.search(there))

    def _runs_on(self, head: int, at: int, to: int, seam: str) -> bool:
        """Tell whether running text stops without an end mark and the next line takes it up."""
        here, there = self.lines[at], self.lines[to]
        length = len(here) if head == at else self.end(at) - self.start(head)
        if length < SHORTEST or ANY_LABEL.match(there) or NAMES.fullmatch(there):
            return False
        if self._is_whole_field(head, at, to):
            return False
        if not CLAUSE.search(here) or not CLAUSE.search(there):
            return False
        first = self.lines[head]
        if (
            self.cues.start.match(first)
            and CLOSED.search(first, 3)
            and 0 < self.indent(to) - self.indent(at) <= HANGING
            and "\u4e00" <= here[-1] <= "\u9fff"
        ):
            return True  # below an item, its text is set in
        if self.indent(to) > self.indent(at):
            return False
        if self.cues.body.search(seam):
            return True
        if length >= LONG and CLOSED.search(there):
            return True
        if self._among_whole_items(head, at, to):
            return True
        # an item with a heading run in (1.加强管理。完善…) that stops without an end mark
        return bool(self.cues.start.match(first) and CLOSED.search(first, 3) and not self.indent(to))

    def _among_whole_items(self, head: int, at: int, to: int) -> bool:
        """Tell whether a numbered item stops without an end mark while those around it each end on their own line."""
        lines, begins = self.lines, self.cues.start.match
        if (
            head != at
            or not begins(lines[at])
            or lines[to][-1] not in SURE
            or not "\u4e00" <= lines[at][-1] <= "\u9fff"
        ):
            return False
        whole = [
            begins(lines[k]) is not None
            and lines[k][-1] in SURE
            and CLAUSE.search(lines[k], 0, len(lines[k]) - 1) is not None
            for k in (at - 2, at - 1, to + 1, to + 2)
            if 0 <= k < len(lines)
        ]
        return sum(whole) >= MOST_WHOLE and self.indent(to) <= self.indent(at)


def _ended(text: str, follows: str, depth: int) -> bool:
    """Tell whether a line ends as a sentence or an annotation does."""
    last = text[-1]
    if last == "." and follows.isdigit() and text[-2:-1].isdigit():
        return False
    if last in "”’":
        return text[-2:-1] in END
    return last in END or (last in "）)】〕]" and not depth)
