"""Calendar arithmetic of printed dates: what a plan's 6月底, 第二季度, “十四五”末 or 三年内 stands for.

Nothing here reads a clock: a year that is not printed is the plan year of the :class:`Calendar`, a time
after issue counts from its issue date, and what they do not tell stays None.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from planparse.errors import PlanparseError
from planparse.extract.numerals import digits, number
from planparse.model import Span
from planparse.rulebook import Entry

FIRST_YEAR, LAST_YEAR = 1, 9900
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}


class Calendar(Struct, frozen=True):
    """The document's own calendar: plan year, planning period and issue date (ISO), each None if unknown.

    ``closed`` is the last day of what the title looks back on: of 2024年上半年工作总结 06-30.
    """

    year: int | None = None
    start: str | None = None
    end: str | None = None
    issued: str | None = None
    closed: str | None = None

    def with_year(self, year: int | None) -> Calendar:
        """Return the calendar with the caller's year, where the document names none; raises PlanparseError for no year."""
        if year is not None and not (isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR):
            raise PlanparseError(
                f"reference_year given {year!r}; possible: a number from {FIRST_YEAR} to {LAST_YEAR}"
            )
        return self if year is None or self.year is not None else replace(self, year=year)


class DateMention(Struct, frozen=True):
    """A date, range or recurrence as printed.

    ``span`` is half-open in the text given and covers the whole phrase (2024年6月底前); ``start`` and ``end``
    are inclusive ISO dates; ``kind`` is by (X前, 到X, 截至X), in (a stretch by itself: 第二季度), day, range,
    from or recurrence; ``explicit_year`` tells that a year is printed; ``grain`` is day, month, quarter, half,
    year, period or other; ``rule`` joins the ids of the entries of ``rules/deadlines.toml`` that read it;
    ``quoted`` tells that it stands inside 《》.
    """

    span: Span
    text: str
    start: str | None
    end: str | None
    recurrence: str | None
    kind: str
    explicit_year: bool
    grain: str
    rule: str
    quoted: bool = False

    def in_quotes(self) -> DateMention:
        """Return this mention as one that stands inside 《》."""
        return replace(self, quoted=True)


class Form(NamedTuple):
    """What an entry of the table says of its reading, but for the pattern."""

    id: str
    role: str
    grain: str = "other"
    closes: bool = False
    shift: int | None = None
    unit: str | None = None
    anchor: str | None = None
    recurrence: str | None = None
    date: str | None = None

    @staticmethod
    def of(entry: Entry) -> Form:
        """Return the form of an entry."""
        fields = {name: entry.get(name) for name in Form._fields[2:] if entry.get(name) is not None}
        return Form(entry.id, entry["role"], **fields)


class Point(Struct, frozen=True):
    """One date of a phrase: first and last day (None: not known), and how it was printed."""

    first: date | None
    last: date | None
    grain: str
    year: int | None = None
    month: int | None = None
    explicit: bool = False
    closes: bool = False
    early: bool = False  # 3月初, 8月中旬: what begins with it begins with its first day
    floating: bool = (
        False  # stands on the issue date or the plan period: nothing is read where these are unknown
    )


def iso(text: str | None) -> date | None:
    """Return the date of an ISO text, or None.

    >>> iso("2024-02-29"), iso("2024-02-30"), iso(None)
    (datetime.date(2024, 2, 29), None, None)
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def day(year: int, month: int, number_of_day: int) -> date:
    """Return a day; one past the end of its month is its last (6月31日 is 06-30)."""
    last = (
        29 if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else _LENGTHS[month - 1]
    )
    return date(year, month, min(max(number_of_day, 1), last))


def months_later(start: date, months: int) -> date:
    """Return the same day some months later, the last of the month where there is none.

    >>> months_later(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    total = start.year * 12 + start.month - 1 + months
    return day(min(max(total // 12, FIRST_YEAR), LAST_YEAR), total % 12 + 1, start.day)


def _small(text: str) -> int:
    """Return a month, day or quarter as a number; 元月 is January."""
    return int(text) if text.isdecimal() else int(number(text) or 1)


def printed_year(
    groups: Mapping[str, str], shift: int | None, calendar: Calendar, before: Point | None
) -> int | None:
    """Return the year of a year's groups: printed in full or in two digits, or counted from the plan year."""
    if text := groups.get("y"):
        return int(text) if text.isdecimal() else digits(text.translate({ord("O"): "〇", ord("Ｏ"): "〇"}))
    if text := groups.get("yy"):
        return 2000 + int(text)
    base = before.year if before is not None and before.year is not None else calendar.year
    year = None if base is None or shift is None else base + shift
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def stretch(groups: Mapping[str, str], year: int, month: int | None = None) -> tuple[date, date]:
    """Return first and last day of a stretch of ``year`` by the groups that were printed.

    >>> stretch({"m": "6"}, 2024), stretch({"q": "二"}, 2024)[1], stretch({"m": "8", "third": "中"}, 2024)[1]
    ((datetime.date(2024, 6, 1), datetime.date(2024, 6, 30)), datetime.date(2024, 6, 30), datetime.date(2024, 8, 20))
    """
    if text := groups.get("m"):
        month = _small(text)
    part = groups.get("part")
    if text := groups.get("q"):
        month = 3 * _small(text)
        return date(year, month - 2, 1), day(year, month, 31)
    if groups.get("half"):
        first = 1 if groups["half"] == "上" else 7
        return date(year, first, 1), day(year, first + 5, 31)
    if month is None:
        middle = part == "中" or groups.get("middle") == "中"
        return date(year, 1, 1), date(year, 6, 30) if middle else date(year, 12, 31)
    if text := groups.get("d"):
        only = day(year, month, _small(text))
        return only, only
    if text := groups.get("third"):
        return day(year, month, _THIRDS[text[0]][0]), day(year, month, _THIRDS[text[-1]][1])
    return date(year, month, 1), day(year, month, 10 if part == "初" else 31)


def stretch_of(
    form: Form, groups: Mapping[str, str], year: int | None, explicit: bool, month: int | None
) -> Point:
    """Return the point of a form's groups in a year (None: not known); ``month`` is lent to a bare day."""
    closes, grain = form.closes or "part" in groups, form.grain
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return Point(None, None, grain, None, month, explicit, closes)
    if form.date:
        groups = {"m": form.date[:2], "d": form.date[3:]}
    first, last = stretch(groups, year, month if "d" in groups else None)
    return Point(
        first,
        last,
        grain,
        year,
        first.month,
        explicit,
        closes,
        "third" in groups or groups.get("part") == "初",
    )


def floating(form: Form, groups: Mapping[str, str], calendar: Calendar) -> Point | None:
    """Return the point of a form that counts from the issue date or the plan period; None if it does not.

    Where the calendar does not know, first and last are None.
    """
    issued, ends = iso(calendar.issued), iso(calendar.end)
    first: date | None = None
    last: date | None = None
    if form.anchor == "plan-end":
        last = ends
    elif form.anchor == "issued":
        first = issued
    elif text := groups.get("years"):
        last = _years_on(int(number(text) or 1), calendar)
    elif groups.get("n"):
        last = _after(issued, groups["n"], groups["size"]) if issued else None
    elif unit := form.unit:
        if issued and unit == "week":
            first, last = _week(issued, form.shift or 0, groups.get("w"))
        elif issued:
            at = months_later(issued.replace(day=1), (form.shift or 0) * (3 if unit == "quarter" else 1))
            place = {"q": str((at.month + 2) // 3)} if unit == "quarter" else groups
            first, last = stretch(place, at.year, at.month)
    elif text := groups.get("five"):
        start = 1956 + 5 * (int(number(text) or 10) - 1)
        return Point(date(start, 1, 1), date(start + 4, 12, 31), form.grain, start, None, True, form.closes)
    else:
        return None
    known = last or first
    stands = (
        known is None or "w" not in groups or bool(form.shift)
    )  # a day of this week is one like any other
    return Point(
        first, last, form.grain, known.year if known else None, None, False, form.closes, floating=stands
    )


def _week(issued: date, shift: int, weekday: str | None) -> tuple[date, date]:
    """Return a day of the week of issue, or of one after it; without a day all of the week, from Monday.

    >>> _week(date(2024, 3, 8), 1, "三")
    (datetime.date(2024, 3, 13), datetime.date(2024, 3, 13))
    """
    monday = issued + timedelta(days=7 * shift - issued.weekday())
    if weekday is None:
        return monday, monday + timedelta(days=6)
    only = monday + timedelta(days="一二三四五六日".index(weekday.replace("天", "日")))
    return only, only


def _years_on(years: int, calendar: Calendar) -> date | None:
    """三年内 ends with the plan period, where that is no longer than a year more, or with the n-th year counted from its first."""
    begins, ends = iso(calendar.start), iso(calendar.end)
    first = begins.year if begins else calendar.year
    if first is None or not FIRST_YEAR <= first <= LAST_YEAR - years:
        return None
    last = date(first + years - 1, 12, 31)
    if ends and begins and ends.year > begins.year:
        return ends if last.year >= ends.year - (years > 2) else last
    return last


def _after(issued: date, amount: str, unit: str) -> date | None:
    count = number(amount)
    if count is None or issued.year > LAST_YEAR - 1000:
        return None
    if "月" in unit or unit == "年":
        return months_later(issued, int(count * (12 if unit == "年" else 1)))
    return issued + timedelta(days=int(count * (7 if unit in "周" or "星期" in unit else 1)))
