"""Finding dates, ranges and recurrences in running text.

The gate of the grammar names the likely places. At each an atom is read (a recurrence, a date, a year, a
stretch of a year), then what may follow: the rest of the date, a second date (A至B), an ending (前, 起).
"""

from __future__ import annotations

from datetime import date, timedelta

from planparse.extract.date_grammar import Alternatives, Atom, Dispatch, Grammar, grammar_of
from planparse.extract.date_values import (
    LAST_YEAR,
    Calendar,
    DateMention,
    Point,
    floating,
    months_later,
    printed_year,
    stretch_of,
)
from planparse.rulebook import Rulebook

_LIST_GAP = frozenset("、和及与/或,，") | {""}
_QUOTE_REACH = 120
_LONGEST_LEAD = 4


def find_dates(
    text: str, calendar: Calendar, rules: Rulebook, start: int = 0, end: int | None = None
) -> list[DateMention]:
    """Return every printed date, range and recurrence of ``text[start:end]``, in order and disjoint.

    Spans are half-open offsets into ``text``. A year that is not printed is the calendar's; what counts from
    an unknown issue date or plan period is left out. Past dates are mentions too: the caller knows the verb.
    Raises nothing but :class:`~planparse.errors.RuleError` on faulty rules.

    >>> from planparse.rulebook import default_rules
    >>> [(m.text, m.end) for m in find_dates("6月底前建成，第三季度验收。", Calendar(2024), default_rules())]
    [('6月底前', '2024-06-30'), ('第三季度', '2024-09-30')]
    """
    grammar = rules.compiled(grammar_of)
    at, stop = max(start, 0), len(text) if end is None else min(end, len(text))
    found: list[DateMention] = []
    reader: Reader | None = None
    match = grammar.atoms.match
    for hit in grammar.gate.finditer(text, at, stop):
        place = hit.start()
        if place >= at and (atom := match(text, place, stop)):
            reader = reader or Reader(grammar, text, stop, calendar)
            mention, at = reader.read(place, atom, at)
            if mention is not None:
                found.append(mention)
    if not found or text.find("《", max(0, found[0].span[0] - _QUOTE_REACH), stop) < 0:
        return found
    return _with_quotes(found, text, max(start, 0))


def find_in_cell(text: str, calendar: Calendar, rules: Rulebook, at: int, end: int) -> DateMention | None:
    """Return what ``text[at:end]`` says as a whole in a form that only a table cell may have; None if nothing."""
    grammar = rules.compiled(grammar_of)
    atom = grammar.cells.match(text, at, end) or grammar.atoms.match(text, at, end)
    if atom is None:
        return None
    mention, stop = Reader(grammar, text, end, calendar, (grammar.cells, grammar.atoms)).read(at, atom, at)
    return mention if stop == end else None


def _with_quotes(found: list[DateMention], text: str, start: int) -> list[DateMention]:
    marked = []
    for mention in found:
        at = mention.span[0]
        low = max(start, at - _QUOTE_REACH)
        inside = text.rfind("《", low, at) > text.rfind("》", low, at)
        marked.append(mention.in_quotes() if inside else mention)
    return marked


class Reader:
    """Reads one text; remembers the last date, which lends its year to the next of a list."""

    def __init__(
        self,
        grammar: Grammar,
        text: str,
        end: int,
        calendar: Calendar,
        atoms: tuple[Alternatives | Dispatch, ...] | None = None,
    ) -> None:
        self.grammar, self.text, self.end, self.calendar = grammar, text, end, calendar
        self.atoms: tuple[Alternatives | Dispatch, ...] = atoms or (grammar.atoms,)
        self.last: tuple[int, Point] | None = None
        self.yearly = -1

    def read(self, at: int, atom: Atom, low: int) -> tuple[DateMention | None, int]:
        """Return the mention that begins with ``atom`` at ``at`` (None: no date) and where reading goes on.

        Words before it (到, 自) belong to it down to ``low``.
        """
        stop, form, groups = atom
        if form.role == "never":
            return None, stop
        if form.role == "recurrence":
            often = form.recurrence or self.grammar.units[groups["unit"]]
            self.yearly = stop if often == "yearly" else -1
            return DateMention(
                (at, stop), self.text[at:stop], None, None, often, "recurrence", False, "other", form.id
            ), stop
        used: list[str] = []
        stop, first = self.point(atom, self.lender(at), used)
        second = how = None
        if stop < self.end and self.text[stop] in self.grammar.follows:
            stop, second = self.second(stop, first, used)
            if ending := self.grammar.ending.match(self.text, stop, self.end):
                how, stop = ending.lastgroup, ending.end()
        self.last = (stop, second or first)
        if (
            not first.explicit and at == self.yearly + 1 and self.text[self.yearly] in _LIST_GAP
        ):  # 每年3月、9月
            self.yearly = stop
            return None, stop
        if how == "void" or (
            second is None and first.floating and first.first is None and first.last is None
        ):
            return None, stop
        lead, at = self.lead(low, at)
        start, close, kind = _value(first, second, how, lead)
        if kind in ("by", "from") and (how or lead):
            used.append("before" if how == "before" else "until" if kind == "by" else how or "since")
        explicit = first.explicit or (second is not None and second.explicit)
        grain = (
            first.grain
            if second is None
            else "period"
            if first.grain == second.grain == "year"
            else second.grain
        )
        mention = DateMention(
            (at, stop),
            self.text[at:stop],
            _iso(start),
            _iso(close),
            None,
            kind,
            explicit,
            grain,
            "+".join(used),
        )
        return mention, stop

    def lender(self, at: int) -> Point | None:
        """Return the date that the one at ``at`` follows in a list (2025年3月、9月)."""
        if self.last is None or not self.last[1].explicit or at - self.last[0] > 1:
            return None
        return self.last[1] if self.text[self.last[0] : at] in _LIST_GAP else None

    def lead(self, low: int, at: int) -> tuple[str | None, int]:
        """Return the role of the word right before ``at`` (until, since), and where the phrase then begins."""
        if at <= low or self.text[at - 1] not in self.grammar.lead_ends:
            return None, at
        for length in range(min(_LONGEST_LEAD, at - low), 0, -1):
            if role := self.grammar.leads.get(self.text[at - length : at]):
                return role, at - length
        return None, at

    def point(self, atom: Atom, before: Point | None, used: list[str]) -> tuple[int, Point]:
        """Return the end and the date of an atom; ``before`` lends it what is not printed."""
        stop, form, groups = atom
        used.append(form.id)
        if form.role == "whole" and (known := floating(form, groups, self.calendar)) is not None:
            return stop, known
        explicit = "y" in groups or "yy" in groups
        if explicit or form.role == "year":
            year = printed_year(groups, form.shift, self.calendar, before)
        else:
            year = before.year if before and before.year is not None else self.calendar.year
            explicit = before is not None and before.explicit
        if form.role == "year" and (inside := self.grammar.inside.match(self.text, stop, self.end)):
            stop, form, groups = inside
            used.append(form.id)
        return stop, stretch_of(form, groups, year, explicit, before.month if before else None)

    def second(self, at: int, first: Point, used: list[str]) -> tuple[int, Point | None]:
        """Return the end and the date of a second date after ``at`` (—10月), or ``at`` and None."""
        link = self.grammar.link.match(self.text, at, self.end)
        if link is None:
            return at, None
        for atoms in (*self.atoms, self.grammar.bare):
            atom = atoms.match(self.text, link.end(), self.end)
            if atom and atom[1].role not in ("never", "recurrence"):
                stop, last = self.point(atom, first, used)
                used.append("link")
                return stop, last if atom[1].role in ("year", "whole") else _not_before(first, last)
        return at, None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _value(
    first: Point, second: Point | None, how: str | None, lead: str | None
) -> tuple[date | None, date | None, str]:
    """Return start, end and kind of a phrase from its dates, its ending and the word before it."""
    if second is not None:
        return first.first, _before(second) if how == "before" else second.last, "range"
    if how == "before":
        return None, _before(first), "by"
    only_begins = first.floating and first.first is not None and first.last is None
    if how == "onward" or only_begins or (lead == "since" and first.grain == "day" and not first.floating):
        return (
            first.last
            if first.closes and not first.early and first.grain != "day" and not only_begins
            else first.first,
            None,
            "from",
        )
    if lead == "until" or (first.floating and first.grain == "day"):
        return None, first.last, "by"
    return None, first.last, "day" if first.grain == "day" else "in"


def _before(point: Point) -> date | None:
    """Return the last day that is still before a point: 6月底前 is 06-30, 6月前 is 05-31.

    Where that would fall before the plan year (一季度前, no year printed) the stretch itself is meant.
    """
    if point.closes or point.first is None or point.first == date.min:
        return point.last
    day = point.first - timedelta(days=1)
    return point.last if not point.explicit and point.year is not None and day.year < point.year else day


def _not_before(first: Point, last: Point) -> Point:
    """11月—2月 ends in the next year, where no year is printed with the second date."""
    if first.first is None or last.last is None or last.last >= first.first or last.last.year >= LAST_YEAR:
        return last
    first_day, last_day = (None if day is None else months_later(day, 12) for day in (last.first, last.last))
    return Point(first_day, last_day, last.grain, last.last.year + 1, last.month, last.explicit, last.closes)
