"""Finding dates, ranges and recurrences in running text."""

from __future__ import annotations

import re
from datetime import date, timedelta

from planparse.extract.date_grammar import Grammar, running
from planparse.extract.date_values import FIRST_YEAR, LAST_YEAR, Calendar, DateMention, Point, floating, months_later, printed_year, stretch
from planparse.rulebook import Rulebook

_LIST_GAP = frozenset("、和及与/或,，") | {""}
_QUOTE_REACH = 120


def find_dates(text: str, calendar: Calendar, rules: Rulebook, start: int = 0, end: int | None = None) -> list[DateMention]:
    """Return every printed date, range and recurrence of ``text[start:end]``, in order and disjoint.

    Spans are half-open offsets into ``text``. A year that is not printed is the calendar's; what counts from
    an unknown issue date or plan period is left out. Past dates are mentions too: the caller knows the verb.
    Raises nothing but :class:`~planparse.errors.RuleError` on faulty rules.

    >>> from planparse.rulebook import default_rules
    >>> [(m.text, m.end) for m in find_dates("6月底前建成，第三季度验收。", Calendar(2024), default_rules())]
    [('6月底前', '2024-06-30'), ('第三季度', '2024-09-30')]
    """
    return scan(rules.compiled(running), text, calendar, start, len(text) if end is None else min(end, len(text)))


def scan(grammar: Grammar, text: str, calendar: Calendar, start: int, end: int) -> list[DateMention]:
    """Return the mentions of ``text[start:end]`` by a grammar."""
    found: list[DateMention] = []
    search, at = grammar.scan.search, max(start, 0)
    quotes = "《" in text
    before: tuple[int, Point] | None = None
    while hit := search(text, at, end):
        at, mention, point = read(grammar, text, hit.start(), end, calendar, _listed(before, text, hit.start()))
        before = (at, point) if point else None
        if mention is not None:
            found.append(_quoted(mention, text, max(start, 0)) if quotes else mention)
    return found


def _listed(before: tuple[int, Point] | None, text: str, at: int) -> Point | None:
    """Return the date that this one follows in a list (2025年3月、9月): it lends its year."""
    if before is None or not before[1].explicit or text[before[0] : at] not in _LIST_GAP:
        return None
    return before[1]


def _quoted(mention: DateMention, text: str, start: int) -> DateMention:
    at = mention.span[0]
    low = max(start, at - _QUOTE_REACH)
    if text.rfind("《", low, at) <= text.rfind("》", low, at):
        return mention
    return DateMention(*(getattr(mention, name) for name in DateMention.__slots__[:-1]), quoted=True)


Reading = tuple[int, DateMention | None, Point | None]


def read(grammar: Grammar, text: str, at: int, end: int, calendar: Calendar, before: Point | None) -> Reading:
    """Return where the longest reading at ``at`` ends, its mention (None: no date) and its last point."""
    never = grammar.never.match(text, at, end)
    often = grammar.recurrence.match(text, at, end)
    phrase = grammar.phrase.match(text, at, end)
    far = phrase.end() if phrase else at
    stop = never.end() if never else at
    if often and often[0] >= max(far, stop, at + 1):
        stop, entry, _ = often
        return stop, DateMention((at, stop), text[at:stop], None, None, entry["recurrence"], "recurrence", False, "other", entry.id), None
    if phrase is None or far <= stop:
        return max(stop, at + 1), None, None
    return _phrase(grammar, text, phrase, calendar, before)


def _phrase(grammar: Grammar, text: str, phrase: re.Match[str], calendar: Calendar, before: Point | None) -> Reading:
    used: list[str] = []
    after_prefix = before if phrase["until"] is None and phrase["since"] is None else None
    first = _point(grammar, text, phrase.span("a"), calendar, after_prefix, used)
    last = _point(grammar, text, phrase.span("b"), calendar, first, used) if phrase["b"] and first else None
    at, stop = phrase.span()
    if first is None or phrase["void"] is not None:
        return stop, None, last or first
    if last is not None:
        last = _not_before(first, last)
    elif first.floating and first.first is None and first.last is None:
        return stop, None, first
    start, close, kind = _value(phrase, first, last, calendar, used)
    explicit = first.explicit or (last is not None and last.explicit)
    grain = first.grain if last is None else "period" if first.grain == last.grain == "year" else last.grain
    mention = DateMention((at, stop), text[at:stop], _text(start), _text(close), None, kind, explicit, grain, "+".join(used))
    return stop, mention, last or first


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _value(
    phrase: re.Match[str], first: Point, last: Point | None, calendar: Calendar, used: list[str]
) -> tuple[date | None, date | None, str]:
    """Return start, end and kind of a phrase with its first and last point."""
    if phrase["before"] is not None:
        used.append("before")
    if last is not None:
        used.append("link")
        return first.first, _before(last, calendar) if phrase["before"] else last.last, "range"
    if phrase["before"] is not None:
        return None, _before(first, calendar), "by"
    if phrase["onward"] is not None or (first.floating and first.first is not None and first.last is None):
        used.append("onward" if phrase["onward"] else "since")
        return first.last if first.closes and first.grain != "day" else first.first, None, "from"
    if phrase["since"] is not None and first.grain == "day" and first.first is not None:
        used.append("since")
        return first.first, None, "from"
    if phrase["until"] is not None:
        used.append("until")
        return None, first.last, "by"
    return None, first.last, "by" if first.floating and first.grain == "day" else "day" if first.grain == "day" else "in"


def _before(point: Point, calendar: Calendar) -> date | None:
    """The last day that is still before a point: 6月底前 is 06-30, 6月前 is 05-31.

    Where that would fall before the plan year (一季度前, no year printed) the stretch itself is meant.
    """
    if point.closes or point.first is None:
        return point.last
    day = point.first - timedelta(days=1)
    return point.last if not point.explicit and point.year is not None and day.year < point.year else day


def _not_before(first: Point, last: Point) -> Point:
    """11月—2月 ends in the next year, where no year is printed with the second date."""
    if last.explicit or first.first is None or last.last is None or last.last >= first.first or last.last.year >= LAST_YEAR:
        return last
    first_day, last_day = (None if day is None else months_later(day, 12) for day in (last.first, last.last))
    return Point(first_day, last_day, last.grain, last.last.year + 1, last.month, False, last.closes)


def _point(grammar: Grammar, text: str, span: tuple[int, int], calendar: Calendar, before: Point | None, used: list[str]) -> Point | None:
    """Read one date; ``before`` is the date that lends it what is not printed (3月1日至15日)."""
    at, end = span
    limit = len(text)
    if whole := grammar.whole.match(text, at, limit):
        _, entry, groups = whole
        used.append(entry.id)
        point = floating(entry, groups, calendar)
        if point is not None:
            return point
        return _within(groups, printed_year(groups, None, calendar, None), True, entry.get("grain"), bool(entry.get("closes")))
    year = before.year if before is not None and before.year is not None else calendar.year
    explicit = before is not None and before.explicit
    grain, closes = "year", False
    groups = {}
    if dated := grammar.year.match(text, at, limit):
        at, entry, groups_of_year = dated
        used.append(entry.id)
        explicit = "y" in groups_of_year or "yy" in groups_of_year
        year = printed_year(groups_of_year, entry.get("shift"), calendar, before)
    if at < end:
        inside = (grammar.edge.match(text, at, limit) if dated else None) or grammar.within.match(text, at, limit)
        if inside is None and before is not None:
            inside = grammar.second.match(text, at, limit)
        if inside is None:
            return None
        _, entry, groups = inside
        used.append(entry.id)
        grain, closes = entry.get("grain", "other"), bool(entry.get("closes"))
    return _within(groups, year, explicit, grain, closes, before.month if before else None)


def _within(
    groups: dict[str, str | None], year: int | None, explicit: bool, grain: str | None, closes: bool, month: int | None = None
) -> Point:
    grain = grain or "other"
    closes = closes or groups.get("part") is not None
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return Point(None, None, grain, None, month, explicit, closes)
    first, last = stretch(groups, year, month if groups.get("d") else None)
    return Point(first, last, grain, year, first.month, explicit, closes)
