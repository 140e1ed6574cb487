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

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from planparse.clean import Edit
from planparse.model import Span
from planparse.normalize.furniture import is_furniture, is_page_foot
from planparse.normalize.wrap import Wrap, measure, width
from planparse.rulebook import Entry, Example, Rulebook

#: marks after which a line has come to its end
ENDS = frozenset("。！？；：…!?;:.|\t")
CLOSERS = "）)】〕]"
OPEN, CLOSE = "（(【〔[", "）)】〕]"
SEAM = "⏎"
TAIL = 14
#: so many characters may a bracket, left open, run on over lines
BRACKET = 240
#: from this width on, a full numbered line without any mark is a heading
HEADING = 44
ANY_LABEL = re.compile(r"[一-鿿]{2,10}[：:]")
INNER_END = re.compile("[。！？；]|(?<=[一-鿿])[.](?=[一-鿿])")
CLAUSE = re.compile("[，。！？；、,;]|(?<=[一-鿿])[.](?=[一-鿿])")
LATIN = re.compile(r"[A-Za-z,.]\n[A-Za-z]")


@dataclass(frozen=True, slots=True)
class _Rules:
    start: re.Pattern[str]
    label: re.Pattern[str]
    complete: re.Pattern[str]
    always: re.Pattern[str]
    body: re.Pattern[str]


def _build(rules: Rulebook) -> _Rules:
    def cue(name: str) -> re.Pattern[str]:
        found = [f"(?:{entry['pattern']})" for entry in rules.entries("lines") if entry["cue"] == name]
        return re.compile("|".join(found) or "(?!)")

    return _Rules(*(cue(name) for name in ("start", "label", "complete", "always", "body")))


@dataclass(frozen=True, slots=True)
class _Line:
    """One line that is not blank: where its text starts and ends, and its indentation."""

    start: int
    end: int
    text: str
    indent: int


def broken_lines(text: str, rules: Rulebook, tables: Sequence[Span] = ()) -> list[Edit]:
    """Return the edits that join broken lines of ``text`` (simplified, of plain width).

    No line is joined inside, into or out of a span of ``tables``.
    """
    if "\n" not in text:
        return []
    lines = _lines(text)
    work = _Joiner(lines, rules, measure([(line.text, line.indent) for line in lines]), tables)
    edits = []
    for at, to in work.joins():
        start, end = lines[at].end, lines[to].start
        glue = " " if LATIN.fullmatch(f"{lines[at].text[-1]}\n{lines[to].text[0]}") else ""
        edits.append(Edit("line", (start, end), text[start:end], glue))
    return edits


def _lines(text: str) -> list[_Line]:
    lines = []
    at = 0
    for raw in text.split("\n"):
        body = raw.strip()
        if body:
            indent = len(raw) - len(raw.lstrip())
            lines.append(_Line(at + indent, at + indent + len(body), body, indent + raw.count("\t", 0, indent)))
        at += len(raw) + 1
    return lines


def _depth(text: str, depth: int = 0) -> int:
    """Return how many brackets stay open after ``text``."""
    for mark in re.findall(r"[（(【〔\[）)】〕\]]", text):
        depth = depth + 1 if mark in OPEN else max(0, depth - 1)
    return depth


class _Joiner:
    """Walks over the lines of one document; holds what is known of the paragraph so far."""

    def __init__(self, lines: list[_Line], rules: Rulebook, wrap: Wrap | None, tables: Sequence[Span]) -> None:
        self.lines = lines
        self.rules = rules
        self.cues = rules.compiled(_build)
        self.wrap = wrap
        self.tables = sorted(tables)
        self.starts = [start for start, _ in self.tables]

    def joins(self) -> list[tuple[int, int]]:
        """Return pairs of lines to join: the line that goes on, and the one that continues it."""
        made: list[tuple[int, int]] = []
        depth, head = 0, 0
        at = 0
        while at + 1 < len(self.lines):
            here = self.lines[at]
            depth = _depth(here.text, depth)
            to = self._next(at)
            if to is not None and self._joined(head, at, to, depth):
                made.append((at, to))
            else:
                depth, head = 0, at + 1
            at = at + 1 if to is None or not made or made[-1] != (at, to) else to
        return made

    def _next(self, at: int) -> int | None:
        """Return the line after ``at``, page numbers passed over."""
        for to in range(at + 1, min(at + 4, len(self.lines))):
            if not is_page_foot(self.lines[to].text, self.rules):
                return to
        return None

    def _joined(self, head: int, at: int, to: int, depth: int) -> bool:
        here, there = self.lines[at], self.lines[to]
        last = here.text[-1]
        ended = self._ended(here.text, there.text[0], depth)
        if ended and depth == 0 and there.text[0] not in "，。、；：）》】”%" and not self._over(at, to, last):
            return False
        if self.cues.start.match(there.text) or self._apart(here, there):
            return False
        if depth and self._closes(to, depth):
            return True
        label = self.cues.label.match(there.text)
        if label and not (label[0][-1] not in "：:" and not ended and self._wrapped(at, to)):
            return False
        seam = here.text[-TAIL:] + SEAM + there.text[:TAIL]
        if self.cues.always.search(seam):
            return not (there.indent > here.indent and last not in "，、,（《“")
        if ended:
            return self._over(at, to, last)
        if self._wrapped(at, to):
            return True
        return self._runs_on(head, at, to, seam)

    def _ended(self, text: str, follows: str, depth: int) -> bool:
        """Tell whether a line ends as a sentence or an annotation does."""
        last = text[-1]
        if last == "." and follows.isdigit() and text[-2:-1].isdigit():
            return False
        if last in "”’":
            return text[-2:-1] in ENDS
        return last in ENDS or (last in CLOSERS and depth == 0)

    def _apart(self, here: _Line, there: _Line) -> bool:
        """Tell whether a table or a line that stands for itself keeps the two apart."""
        if "\t" in here.text or "|" in here.text or "  " in here.text:
            return True
        if self.tables:
            for position in (here.end - 1, there.start):
                k = bisect_right(self.starts, position) - 1
                if k >= 0 and position < self.tables[k][1]:
                    return True
        complete = self.cues.complete.fullmatch
        if complete(here.text) or complete(there.text):
            return True
        return is_furniture(here.text, self.rules) or is_furniture(there.text, self.rules)

    def _closes(self, to: int, depth: int) -> bool:
        """Tell whether the open bracket is closed soon, before the next numbered item."""
        room = BRACKET
        for line in self.lines[to : to + 6]:
            if self.cues.start.match(line.text):
                return False
            for mark in re.finditer(r"[（(【〔\[）)】〕\]]", line.text[:room]):
                depth += 1 if mark[0] in OPEN else -1
                if depth == 0:
                    return True
            room -= len(line.text)
            if room <= 0:
                return False
        return False

    def _wrapped(self, at: int, to: int) -> bool:
        """Tell whether the line is full in a document whose lines break at one width."""
        if self.wrap is None:
            return False
        here, there = self.lines[at], self.lines[to]
        if not self.wrap.full(width(here.text) + here.indent):
            return False
        if self.wrap.width >= HEADING and self._is_heading(here.text) and CLAUSE.search(there.text):
            return False
        if there.indent > here.indent + 1 and self.wrap.indented:
            return False
        return to > at + 1 or self.wrap.spaced or there.start - here.end - there.indent <= 2

    def _over(self, at: int, to: int, last: str) -> bool:
        return self._wrapped(at, to) if last in "；;" else self._wrapped_over(at, to)

    def _is_heading(self, text: str) -> bool:
        """Tell whether a full line is a numbered heading and not the beginning of an item's text."""
        number = self.cues.start.match(text)
        return number is not None and CLAUSE.search(text, number.end()) is None

    def _wrapped_over(self, at: int, to: int) -> bool:
        """Tell whether a full line that ends with a sentence goes on: paragraphs are indented, this is not."""
        return bool(
            self.wrap
            and self.wrap.indented
            and self._wrapped(at, to)
            and self.lines[to].indent == 0
            and not ANY_LABEL.match(self.lines[to].text)
            and CLAUSE.search(self.lines[to].text)
        )

    def _runs_on(self, head: int, at: int, to: int, seam: str) -> bool:
        """Tell whether running text stops without an end mark and the next line takes it up."""
        here, there = self.lines[at], self.lines[to]
        length = here.end - self.lines[head].start
        if length < 18 or ANY_LABEL.match(there.text) or there.indent > here.indent:
            return False
        if not CLAUSE.search(here.text) or not CLAUSE.search(there.text):
            return False
        if self.cues.body.search(seam):
            return True
        if length >= 60 and INNER_END.search(there.text):
            return True
        # an item with a heading run in (1.加强管理。完善…) that stops without an end mark
        first = self.lines[head].text
        return bool(self.cues.start.match(first) and INNER_END.search(first, 3) and not there.indent)


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of ``lines``: at the start of a line, over a whole line, or on the seam ⏎."""
    pattern = re.compile(entry["pattern"])
    if entry["cue"] == "complete":
        hit = pattern.fullmatch(example.text)
    elif entry["cue"] in ("start", "label"):
        hit = pattern.match(example.text)
    else:
        hit = pattern.search(example.text)
    if not positive:
        return f"found {hit[0]!r}" if hit else None
    if not hit or hit.span() != example.span:
        return f"found {hit[0]!r}" if hit else "found nothing"
    return None
