"""The document's own calendar: issue date, plan year and planning period, from what is printed in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.date_finder import find_dates
from planparse.extract.date_grammar import TABLE, expand, parts_of
from planparse.extract.date_values import Calendar, DateMention, iso
from planparse.extract.numerals import arabic_years, digits, number
from planparse.gate import Gated, presence
from planparse.memo import Later
from planparse.model import Span
from planparse.rulebook import Entry, Rulebook

#: so far from a stretch of a year the title says that it looks back
_NEAR_TITLE = 12
#: a section plans at most so many years ahead
_AHEAD = 2
HEAD, FOOT, OPENING, LONGEST_TITLE = 3000, 600, 800, 80
#: not what a range or an aim ends in (到2035年), unless it is a day: 即日起至2024年6月20日
_YEAR = expression(r"(?<![0-9到至—–-])20[0-9]{2}(?=年)|(?<![0-9])20[0-9]{2}(?=年[0-9]{1,2}月[0-9]{1,2}日)")
#: so far up may the line above a date stand behind blank lines
_BLANK = 80
_LOOKED_BACK_ON = expression(r"年(?:底|末|全年|度)?[，,][^。\n]{1,60}[\u4e00-\u9fff]了")
_REVIEWED = expression(
    r"(20[0-9]{2})年度?[^。，,；;：:\n]{0,14}(?:述职|总结|汇报|报告|情况)[^。，,；;：:\n]{0,4}如下"
)
_RANGE = expression(r"20[0-9]{2}年? ?[—–―－~～至到-]{1,2} ?20[0-9]{2}年?")
_NUMBERED = "document-number"
_CITED = expression(r"“[^”\n]{1,120}”")
_QUOTED = expression(r"《[^《》\n]{0,80}》")
_ISSUED_AS = expression(r"(?:印发|下发|转发|制定|实施|发布)(?:了|《|$)")


class Cues(Struct, frozen=True):
    """The compiled entries that tell a document's calendar, most trusted first; ``day`` finds where whole days begin."""

    day: re.Pattern[str]
    issued: tuple[tuple[Entry, Later], ...]
    held: tuple[tuple[Entry, Later], ...]
    years: tuple[tuple[Entry, Gated], ...]
    periods: tuple[tuple[Entry, Later], ...]
    past: tuple[tuple[Entry, Later], ...]
    sections: tuple[tuple[Entry, Later], ...]


def cues(rules: Rulebook) -> Cues:
    """Return the compiled cues; for :meth:`Rulebook.compiled`."""
    parts = parts_of(rules)

    def patterns(role: str) -> Iterator[tuple[Entry, str]]:
        return ((row, expand(row["pattern"], parts)) for row in rules.entries(TABLE) if row["role"] == role)

    def of(role: str) -> tuple[tuple[Entry, Later], ...]:
        return tuple((row, Later(pattern)) for row, pattern in patterns(role))

    years = tuple((row, Gated(pattern)) for row, pattern in patterns("plan-year"))
    return Cues(
        presence(expand("<_at>", parts)),
        of("issued"),
        of("held"),
        years,
        of("period"),
        of("past-title"),
        of("section-year"),
    )


def issue_date(text: str, rules: Rulebook) -> DateMention | None:
    r"""Return the day on which the document was issued, as printed, or None.

    A 发布时间 or 印发 line goes before a byline, a date in brackets under the title (…审议通过), and the date
    under the signature. Only the first 3000 and the last 600 characters are read.

    >>> from planparse.rulebook import default_rules
    >>> issue_date("工作要点\n发布时间：2024-05-20 来源：院办", default_rules()).end
    '2024-05-20'
    """
    return _day_of(text, rules.compiled(cues).issued, rules)


def _day_of(text: str, entries: Sequence[tuple[Entry, Later]], rules: Rulebook) -> DateMention | None:
    found = rules.compiled(cues)
    places = [
        *_by_days(text, 0, HEAD, found.day),
        *_by_days(text, max(HEAD, len(text) - FOOT), len(text), found.day),
    ]
    for entry, pattern in entries:
        for low, high in places:
            for hit in pattern().finditer(text, low, high):
                start, end = hit.span("at")
                near = entry.get("near", len(text))
                if near < start and end < len(text) - near:
                    continue
                for mention in find_dates(text, Calendar(), rules, start, end):
                    if mention.end and mention.grain == "day":
                        day = mention.end
                        return DateMention(
                            (start, end), text[start:end], None, day, None, "day", True, "day", entry.id
                        )
    return None


def _by_days(text: str, low: int, high: int, day: re.Pattern[str]) -> list[Span]:
    """Return the stretches of ``text[low:high]`` where an issue line may stand: lines with a whole day, each with the line above."""
    found: list[Span] = []
    for hit in day.finditer(text, low, high):
        line = text.rfind("\n", low, hit.start())
        above = max(line, low)
        while line >= low and above > max(low, line - _BLANK) and text[above - 1].isspace():
            above -= 1  # the signature, and blank lines below it
        start = max(text.rfind("\n", low, above) + 1, low)
        end = text.find("\n", hit.end(), high)  # no day is printed over a line end
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, high if end < 0 else end))
    return found


def calendar_of(title: str | None, text: str, issued: str | None, rules: Rulebook) -> Calendar:
    """Return the calendar of a document; what is not printed stays None.

    The plan year comes from the title, else from the opening (为做好2024年重点工作), else from the issue date
    or the document number, else it is the year printed most often. A title that looks back (2023年总结) with
    an issue date in the next year plans that next year. The period comes from the title or from the name of
    what is issued: 2024—2026年, “十四五”, 三年行动; a single year in the title is a period of its own.

    >>> from planparse.rulebook import default_rules
    >>> calendar_of("学科建设三年行动计划（2024—2026年）", "", None, default_rules())
    Calendar(year=2024, start='2024-01-01', end='2026-12-31', issued=None, closed=None)
    """
    if issued is None:
        held = _day_of(
            text, rules.compiled(cues).held, rules
        )  # minutes that print no other day count their weeks from it
        issued = held.end if held is not None else None
    calendar = _calendar(title, text, issued, rules)
    closed = _closed(title or "", calendar, rules)
    return replace(calendar, closed=closed) if closed else calendar


def _closed(title: str, calendar: Calendar, rules: Rulebook) -> str | None:
    """Return the last day of the stretch of a year that the title looks back on."""
    past = [pattern() for _, pattern in rules.compiled(cues).past]
    if len(title) > LONGEST_TITLE or not any(pattern.search(title) for pattern in past):
        return None
    for mention in find_dates(title, calendar, rules):
        near = mention.span[1] + _NEAR_TITLE
        if (
            mention.end
            and mention.grain in ("half", "quarter", "month")
            and any(pattern.search(title, mention.span[1], near) for pattern in past)
        ):
            return mention.end
    return None


def section_calendar(calendar: Calendar, heading: str, rules: Rulebook) -> Calendar:
    """Return the calendar of a section: that of the year its heading plans, where that is a later one.

    >>> from planparse.rulebook import default_rules
    >>> section_calendar(Calendar(2024), "四、2025年工作打算", default_rules()).year
    2025
    """
    if calendar.year is None:
        return calendar
    for entry, pattern in rules.compiled(cues).sections:
        hit = pattern().search(heading)
        if hit is None:
            continue
        ahead = (
            calendar.issued is not None and int(calendar.issued[:4]) < calendar.year
        )  # 下年度, in a text of the year before
        year = (
            calendar.year + (0 if ahead else entry.get("shift", 0))
            if "y" not in hit.groupdict()
            else digits(hit["y"])
        )
        if year is not None and calendar.year < year <= calendar.year + _AHEAD:
            return replace(calendar, year=year, start=calendar.start and max(calendar.start, f"{year}-01-01"))
    return calendar


def _calendar(title: str | None, text: str, issued: str | None, rules: Rulebook) -> Calendar:
    found = rules.compiled(cues)
    head, given = arabic_years(text[:HEAD]), iso(issued)
    names = [name for name in (arabic_years(title or ""), *_named(head)) if len(name) <= LONGEST_TITLE]
    titled = next(
        (year for name in names if (year := _title_year(name, head, found, given)) is not None), None
    )
    year = titled if titled is not None else _printed_year(head, found, given)
    for name in names:
        if period := _period(name, found, titled or (given.year if given else year)):
            start, end = period
            own = _own_year(start.year, end.year, titled, given)
            return Calendar(own, start.isoformat(), end.isoformat(), issued)
    if titled is not None:
        return Calendar(titled, f"{titled:04d}-01-01", f"{titled:04d}-12-31", issued)
    return Calendar(year, None, None, issued)


def _own_year(first: int, last: int, titled: int | None, issued: date | None) -> int:
    """Return the plan year of a period: what is issued in spring before its first year still plans the year of issue."""
    if titled is not None and first <= titled <= last:
        return titled
    if issued and (first <= issued.year <= last or (issued.year == first - 1 and issued.month < 10)):
        return issued.year
    return first


def _printed_year(head: str, found: Cues, issued: date | None) -> int | None:
    """Return the plan year of a document whose title has none: issued late in a year it may plan the next."""
    opening = _opening_year(head, found)
    reviewed = _REVIEWED.search(head, 0, OPENING) if opening else None
    if opening and reviewed and int(reviewed[1]) == opening and f"{opening + 1}年" in head:
        opening += 1  # 现将2023年度工作述职如下：…下一步打算：2024年新增…
    if issued:
        return opening if opening == issued.year + 1 else issued.year
    return opening or _number_year(head, found) or _frequent_year(head)


def _named(head: str) -> Iterator[str]:
    """Names in 《》 that the opening issues: 印发《…》."""
    for hit in _QUOTED.finditer(head, 0, OPENING):
        if head.startswith(("《", "、《", "和《", "等"), hit.end()):
            continue  # 先后印发《…》《…》等文件: others issued those
        if _ISSUED_AS.search(head[max(0, hit.start() - 6) : hit.start()] + "《"):
            yield hit[0]


def _title_year(title: str, head: str, found: Cues, issued: date | None) -> int | None:
    title = _RANGE.sub("", title)
    printed = [int(hit[0]) for hit in _YEAR.finditer(title)]
    _, pattern = found.years[0]
    planned = [
        year for hit in pattern.finditer(title, 0, len(title)) if (year := digits(hit["y"])) is not None
    ]
    year = max(planned or printed, default=0)
    if not year or (planned and len(set(printed)) > 1):
        return year or None
    looks_back = any(pattern().search(title) for _, pattern in found.past)
    ahead = issued.year == year + 1 if issued else f"{year + 1}年" in head
    return year + 1 if looks_back and ahead else year


def _opening_year(head: str, found: Cues) -> int | None:
    bare = _QUOTED.sub("", head)[:OPENING]
    for entry, pattern in found.years[1:]:
        if entry.id == _NUMBERED:
            continue
        years = [
            year for hit in pattern.finditer(bare, 0, len(bare)) if (year := digits(hit["y"])) is not None
        ]
        if years:
            return max(years)
    return None


def _number_year(head: str, found: Cues) -> int | None:
    for entry, pattern in found.years:
        if entry.id == _NUMBERED and (hit := next(pattern.finditer(head, 0, len(head)), None)):
            return digits(hit["y"])
    return None


def _frequent_year(head: str) -> int | None:
    head = _CITED.sub("", _QUOTED.sub("", head))  # …提出“到2030年吸烟率下降到20%”
    found = list(_YEAR.finditer(head))
    if not found:
        return None
    counted = Counter(int(hit[0]) for hit in found)
    if "今年" in head and all(_LOOKED_BACK_ON.match(head, hit.end()) for hit in found):
        return max(counted) + 1  # 2023年，该院建成了…。今年一季度…
    return max(counted, key=lambda year: (counted[year], year))


def _period(name: str, found: Cues, year: int | None) -> tuple[date, date] | None:
    for _, pattern in found.periods:
        hit = pattern().search(name)
        if hit is None:
            continue
        groups = hit.groupdict()
        if groups.get("yto"):
            first, last = digits(groups["y"]), digits(groups["yto"])
        elif groups.get("five"):
            first = 1956 + 5 * (int(number(groups["five"]) or 1) - 1)
            last = first + 4
        else:
            first = year
            last = (year or 0) + int(number(groups["years"]) or 1) - 1
        if first is not None and last is not None and 1900 <= first <= last <= 2100:
            return date(first, 1, 1), date(last, 12, 31)
    return None
