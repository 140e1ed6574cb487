"""Dates and deadlines (时限): the functions that the other stages call.

:func:`find_dates` reads running text, :func:`parse_date_cell` a table cell or the value of 完成时限：,
:func:`deadline_of` makes the contract's choice among several, :func:`calendar_of` and :func:`issue_date` read
the document's own calendar. All words and styles are in ``rules/deadlines.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from planparse.expressions import expression
from planparse.extract.date_finder import find_dates, find_in_cell
from planparse.extract.date_grammar import expand, parts_of
from planparse.extract.date_values import Calendar, DateMention
from planparse.extract.plan_calendar import calendar_of, issue_date
from planparse.rulebook import Entry, Example, Rulebook

__all__ = [
    "Calendar",
    "DateMention",
    "calendar_of",
    "deadline_of",
    "find_dates",
    "issue_date",
    "parse_date_cell",
    "probe",
]

Chosen = tuple[str | None, str | None, str | None, DateMention]

_OFTEN = ("daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "continuous")
_SERIAL = expression(r"\s*([34567][0-9]{4})(?:\.0+)?\s*")
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of the 1900 date system, ECMA-376 part 1, 18.17.4.1
_LONGEST_CELL = 400
_BLANK = " \t\r\n　。；;"


def deadline_of(mentions: Sequence[DateMention]) -> Chosen | None:
    """Return start, end, recurrence and the mention they hang on, chosen among all of one task; None for none.

    Of several dates the latest end, of several recurrences the most frequent; a recurrence beside a date
    keeps both. A beginning (自7月1日起) before that end is its start. Dates inside 《》 do not count. Where no
    date could be resolved (no plan year known) the printed one is returned without values.

    >>> from planparse.rulebook import default_rules
    >>> found = find_dates("6月底前完成自查，9月底前完成整改，每月通报", Calendar(2024), default_rules())
    >>> deadline_of(found)[:3]
    (None, '2024-09-30', 'monthly')
    """
    own = [mention for mention in mentions if not mention.quoted]
    often = [mention for mention in own if mention.recurrence]
    recurrence = min(often, key=lambda mention: _OFTEN.index(str(mention.recurrence))) if often else None
    dated = [mention for mention in own if mention.end]
    begun = [mention for mention in own if mention.start and not mention.end]
    if not dated and not begun:
        if recurrence is None:
            return next(((None, None, None, mention) for mention in own), None)
        return None, None, recurrence.recurrence, recurrence
    main = max(dated, key=lambda mention: mention.end or "") if dated else begun[0]
    starts = [
        mention.start
        for mention in begun
        if mention.start and (main.end is None or mention.start <= main.end)
    ]
    return (
        main.start or min(starts, default=None),
        main.end,
        recurrence.recurrence if recurrence else None,
        main,
    )


def parse_date_cell(text: str, calendar: Calendar, rules: Rulebook) -> DateMention | None:
    """Return what a whole table cell, or the value of 完成时限：, says of time; None if nothing.

    The span covers the first to the last date of the cell. Besides the forms of running text a cell may hold
    11.30, 2025, 持续推进 and a spreadsheet's day number (45565).

    >>> from planparse.rulebook import default_rules
    >>> rules = default_rules()
    >>> parse_date_cell("11月30日前完成，长期坚持", Calendar(2024), rules).end
    '2024-11-30'
    >>> parse_date_cell("45565", Calendar(), rules).end
    '2024-09-30'
    """
    if len(text) > _LONGEST_CELL:
        return None
    if serial := _SERIAL.fullmatch(text):
        day = (_SERIAL_ZERO + timedelta(days=int(serial[1]))).isoformat()
        return DateMention(serial.span(1), serial[1], None, day, None, "day", True, "day", "serial")
    kept = [k for k, char in enumerate(text) if not char.isspace() or _between_ascii(text, k)]
    joined = "".join(text[k] for k in kept)
    found = find_dates(joined, calendar, rules) or _whole_cell(joined, calendar, rules)
    chosen = deadline_of(found)
    if chosen is None:
        return None
    start, end, recurrence, main = chosen
    low, high = kept[found[0].span[0]], kept[found[-1].span[1] - 1] + 1
    return DateMention(
        (low, high),
        text[low:high],
        start,
        end,
        recurrence,
        main.kind,
        main.explicit_year,
        main.grain,
        main.rule,
    )


def _between_ascii(text: str, at: int) -> bool:
    """Whether a blank parts words or date and time; beside Chinese it is a broken line of the cell."""
    return 0 < at < len(text) - 1 and text[at - 1].isascii() and text[at + 1].isascii() and text[at] == " "


def _whole_cell(text: str, calendar: Calendar, rules: Rulebook) -> list[DateMention]:
    """Read forms that only a cell may have; the cell must hold nothing else."""
    trimmed = text.rstrip(_BLANK)
    mention = find_in_cell(trimmed, calendar, rules, len(trimmed) - len(trimmed.lstrip(_BLANK)), len(trimmed))
    return [mention] if mention else []


# ---------------------------------------------------------------- examples of the rule table

_EXAMPLES = Calendar(2024, "2024-01-01", "2026-12-31", "2024-03-08")
_UNNAMED = frozenset({"unit", "until", "since", "link", "clock", "before", "onward", "void", "never"})


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Return what is wrong with an example of ``rules/deadlines.toml``, or None."""
    role = entry["role"]
    if role == "part":
        return _probe_part(rules, entry, example, positive)
    if role in ("issued", "held", "plan-year", "period", "past-title", "section-year"):
        return _probe_cue(rules, entry, example, positive)
    text = example.text
    found = _whole_cell(text, _EXAMPLES, rules) if entry.get("cell") else find_dates(text, _EXAMPLES, rules)
    own = [mention for mention in found if role in _UNNAMED or entry.id in mention.rule.split("+")]
    if (role == "never") == positive or (not positive and example.span is None):
        wrong = found if role in _UNNAMED else own
        return f"must find nothing, found {[mention.text for mention in wrong]}" if wrong else None
    if not positive:
        own = found
    if not own:
        return (
            "found nothing"
            if not found
            else f"found by other rules: {[(mention.text, mention.rule) for mention in found]}"
        )
    if len(own) > 1:
        return f"found several: {[mention.text for mention in own]}"
    if own[0].span != example.span:
        return f"found {own[0].text!r}"
    value = "/".join(part or "-" for part in (own[0].start, own[0].end, own[0].recurrence))
    return None if example.value in (None, value) else f"has the value {value}"


def _probe_part(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    pattern = re.compile(parts_of(rules)[entry.id])
    if not positive:
        return "matches" if pattern.fullmatch(example.text) else None
    start, end = example.span or (0, len(example.text))
    hit = pattern.match(example.text, start)
    return None if hit and hit.end() == end else f"matches {hit[0]!r}" if hit else "does not match"


def _probe_cue(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    pattern = re.compile(expand(entry["pattern"], parts_of(rules)))
    hit = pattern.search(example.text)
    if not positive:
        return f"matches {hit[0]!r}" if hit else None
    if hit is None:
        return "does not match"
    if entry["role"] == "held":
        issued = calendar_of(None, example.text, None, rules).issued
        return None if issued == example.value else f"found {issued}"
    if entry["role"] == "issued":
        found = issue_date(example.text, rules)
        return (
            None if found and (found.span, found.end) == (example.span, example.value) else f"found {found}"
        )
    if hit.span() != example.span:
        return f"matches {hit[0]!r}"
    if entry["role"] == "period":
        calendar = (
            calendar_of("2024年" + hit[0], "", None, rules)
            if "years" in hit.groupdict()
            else calendar_of(example.text, "", None, rules)
        )
        return None if f"{calendar.start}/{calendar.end}" == example.value else f"found {calendar}"
    return (
        None
        if entry["role"] == "past-title" or "y" not in hit.groupdict() or hit["y"] == example.value
        else f"found {hit['y']}"
    )
