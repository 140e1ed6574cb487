"""Quantities that a plan sets out to reach (目标值): indicator, relation, value, unit, baseline and own date.

:func:`find_quantities` reads running text, an indicator line or a table cell. Values are found by one scan
(:mod:`.values`); only the clause around each is read (:mod:`.frames`, :mod:`.readings`, :mod:`.relations`,
:mod:`.indicators`, :mod:`.series`); what is reported or says how often is flagged (:mod:`.reports`).
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.clauses import Clause, Reading
from planparse.extract.date_values import DateMention
from planparse.extract.frames import Frame, Layout, frame_around
from planparse.extract.indicators import lead_end
from planparse.extract.numerals import YEAR
from planparse.extract.ownership import Owner
from planparse.extract.quantity_words import QuantityWords, build_words
from planparse.extract.readings import read_value
from planparse.extract.relations import baseline_start, read_chain, relation
from planparse.extract.reports import Report
from planparse.extract.series import joined, parted, split_names
from planparse.extract.values import Value, scan_values
from planparse.model import Span
from planparse.rulebook import Rulebook

_SHARE_OF = expression(r"[^，。；、,;：:]{1,18}(?:比例|占比|比重|[^效频]率)[^，。；、,;：:率比]{0,6}")
#: （2025年基线3.2%）, （上年91%） behind a value: where it starts from
_STARTS_FROM = expression(
    r"[（(][ \u3000]?(?:"
    + YEAR
    + r"年度?底?|[截至]{0,2}目前|现状?|当前|去年|上年度?|原)?(?:基线|基期|基数|基准|实际|现状|水平|值|为|是|均值|[：:]){0,3}$"
)
_NO_START = expression(r"[（(][ \u3000]?" + YEAR + r"年度?底?$")
_NOTE = 14
_WINDOW = 90
_NEAR = 24
_CHANGES = frozenset({"reach", "cap", "to", "up", "down"})


class Quantity(Struct, frozen=True):
    """One quantity as printed; offsets are of the text given.

    ``span`` runs from the indicator, with its verb, to the end of the value phrase; ``value_span`` is the value's.
    ``upper`` is set for a range, ``baseline`` is the 'from' value, ``unit`` is "" for an index. ``deadline`` is the
    quantity's own. ``past`` marks a reported figure and ``frequency`` how often an act is done: neither is a target.
    ``rule`` names what read it.
    """

    span: Span
    text: str
    indicator: str
    indicator_span: Span | None
    relation: str
    value: float | int
    upper: float | int | None
    unit: str
    baseline: float | int | None
    deadline: DateMention | None
    value_span: Span
    past: bool
    frequency: bool
    rule: str


def find_quantities(
    text: str,
    start: int,
    end: int,
    dates: Sequence[DateMention],
    rules: Rulebook,
    *,
    since: str | None = None,
    heading: DateMention | None = None,
    subject: str | None = None,
) -> list[Quantity]:
    """Return the quantities of ``text[start:end]`` in order, with reported figures and frequencies flagged.

    ``dates`` are those of the text, sorted; ``since`` is the first day of the plan (ISO): a figure of an earlier
    year is past. ``heading`` is a date that a heading above sets for all of it (2025年目标); ``subject`` names an
    indicator that the text only calls 占比, 发生率 or the like (the row's own indicator).

    >>> from planparse.rulebook import default_rules
    >>> text = "力争药占比由31%降至27%以下，引进博士3名。"
    >>> for q in find_quantities(text, 0, len(text), (), default_rules()):
    ...     print(q.indicator, q.relation, q.value, q.unit, q.baseline, q.text)
    药占比 le 27 % 31 药占比由31%降至27%以下
    博士 eq 3 名 None 引进博士3名
    """
    values = scan_values(text, start, end, rules)
    if not values:
        return []
    words = rules.compiled(build_words)
    layout = Layout.of(text, start, end)
    found: list[Quantity] = []
    at = 0
    while at < len(values):
        frame = frame_around(layout, values[at].start, values[at].end, dates)
        stop = at + 1
        while stop < len(values) and values[stop].end <= frame.end:
            stop += 1
        group = values[at:stop]
        if frame.dates:
            group = [value for value in group if not _dated(value, frame.dates)]
        if group:
            _Sentence(frame, group, words, since, heading).read(found)
        at = stop
    if subject:
        found = [replace(one, indicator=subject) if one.indicator in words.generic else one for one in found]
    return found


def _dated(value: Value, dates: Sequence[DateMention]) -> bool:
    """Return whether the number is part of a date."""
    return any(
        mention.span[0] <= value.start < mention.span[1] and mention.kind != "recurrence" for mention in dates
    )


def _only_dates(text: str, start: int, end: int, dates: Sequence[DateMention]) -> bool:
    """Whether a stretch after a comma holds dates and what joins them, and nothing else."""
    if text[start - 1 : start] not in ("，", ","):
        return False
    at = start
    for mention in dates:
        first, last = mention.span
        if start <= first and last <= end:
            if text[at:first].strip("、和与及到至在于 "):
                return False
            at = last
    return at > start and not text[at:end].strip("、和与及到至在于底末前 ")


class _Sentence:
    """The values of one frame, read in order; each may take a name, a verb or a date from those before it."""

    def __init__(
        self,
        frame: Frame,
        values: list[Value],
        words: QuantityWords,
        since: str | None,
        heading: DateMention | None,
    ) -> None:
        self.frame = frame
        self.values = values
        self.words = words
        self.owner = Owner(frame, heading, words)
        self.report = Report(frame, words, since)
        self.before: Reading | None = None
        self.floor = frame.start
        self.found: list[Quantity] = []

    def read(self, found: list[Quantity]) -> None:
        """Append the quantities to ``found``."""
        self.found = found
        at = 0
        while at < len(self.values):
            at = self._next(at)

    def _clause(self, at: int) -> Clause:
        """Return the clause of a value; reading begins after a comma, an open bracket, the value before."""
        value, text = self.values[at], self.frame.text
        start, end = value.start, value.end
        low, high = self.frame.clause(start, end)
        low = max(low, start - _WINDOW, self.floor)
        stretch = text[low:start]
        if "）" in stretch or "（" in stretch or "(" in stretch or ")" in stretch:
            place = max(text.rfind(mark, low, start) for mark in "（()）")
            low = place + 1 if text[place] in "（(" else self._before_bracket(low, place)
            if low == self.floor and self.found and text[low] in "（(" and place > low:
                low = place + 1  # the bracket says more of the value before
        if "】" in stretch:
            low = max(low, text.rfind("】", low, start) + 1)  # 【工作目标】 is no part of a name
        if frame_dates := self.frame.dates:
            place = text.find("分别", low, start)
            if place >= 0 and _only_dates(text, low, place, frame_dates):
                low = max(
                    self.frame.clause(low - 2, low - 2)[0], self.floor
                )  # 高级职称人员，2025年、2026年分别…
        followed = False
        if at + 1 < len(self.values):
            after = self.values[at + 1].start
            followed = after < high and after <= end + _NEAR and text.find("、", end, after) < 0
        return Clause(self.frame, self.words, value, low, high, self.before, followed)

    def _before_bracket(self, low: int, shut: int) -> int:
        """Return the start of the clause before a bracket that a comma inside it cut off."""
        text = self.frame.text
        opened = max(text.rfind("（", self.floor, shut), text.rfind("(", self.floor, shut))
        if opened < 0 or opened >= low or shut - opened > _WINDOW:
            return low
        return max(self.frame.clause(opened, opened)[0], self.floor)

    def _next(self, at: int) -> int:
        if self.values[at].start < self.floor:
            return at + 1  # part of the name of the one before
        clause = self._clause(at)
        text, low = self.frame.text, clause.low
        if at + 1 < len(self.values):
            after = self._baseline(at, clause)
            if after:
                return after
            if self._is_inside(at):
                return at + 1
        reading = read_value(clause)
        if reading is None:
            return at + 1
        chain = reading.chain
        if chain.respectively or text.find("分别", low, clause.value.start) >= 0:
            several = self._list(at, mixed=True)
            if len({value.kind for value in several}) > 1 and len(
                split_names(reading.name, self.words)
            ) != len(several):
                several = self._list(at)
            if len(several) > 1:
                self._respectively(reading, several, ())
                return at + len(several)
        elif (several := self._list(at)) and len(several) > 1 and self._told_each(reading, several):
            self._respectively(reading, several, ())
            return at + len(several)
        if chain.each and reading.value.form in ("value", "share"):
            names = split_names(reading.name, self.words)
            if len(names) > 1:
                for name in names:
                    self._add(replace(reading, name=name, noun=None))
                return at + 1
        start = self._starts_from(at, reading)
        self._add(reading, baseline=start.value if start else None)
        return at + 2 if start else at + 1

    def _told_each(self, reading: Reading, values: Sequence[Value]) -> bool:
        """Whether as many names, or years that head the clause, stand before several values: 到2027年和2030年，…达到37%和40%."""
        names, count = split_names(reading.name, self.words), len(values)
        return count == len(names) or (len(names) == 1 and self.owner.heads(reading.low, count))

    def _starts_from(self, at: int, reading: Reading) -> Value | None:
        """Return the value in a bracket behind the one at ``at`` that says where it starts from: ≤2.8%（2025年基线3.2%）."""
        text = self.frame.text
        if at + 1 >= len(self.values) or text[reading.end : reading.end + 1] not in ("（", "("):
            return None
        other = self.values[at + 1]
        alone = (
            other.start - reading.end <= _NOTE
            and text[other.end : other.end + 1] in ("）", ")")
            and other.kind == reading.value.kind
        )
        if (
            not alone
            or _STARTS_FROM.match(text, reading.end, other.start) is None
            or _NO_START.match(text, reading.end, other.start)
        ):
            return None
        self.owner.ignore(reading.end, other.end)
        return other

    def _list(self, at: int, *, mixed: bool = False) -> list[Value]:
        """Return the values from ``at`` on that only commas join: 90%、98%; 2个、3个和1个百分点; ``mixed`` 90%、45次."""
        first = self.values[at]
        several = [first]
        for value in self.values[at + 1 : at + 12]:
            alike = value.form == first.form and (
                value.kind == first.kind or (value.kind == "point" and first.unit == "个")
            )
            if not (alike or mixed) or not joined(self.frame.text[several[-1].end : value.start]):
                break
            several.append(value)
        last = several[-1]
        if last.kind == "point" and first.unit == "个":
            several = [replace(value, kind="point", unit=last.unit) for value in several]
        return several

    def _is_inside(self, at: int) -> bool:
        """Whether a count stands inside the name of the next figure: 开展6类以上适宜技术的村卫生室比例不低于80%."""
        value, following = self.values[at], self.values[at + 1]
        if value.end == following.start and value.kind == following.kind == "count" and not value.suffix:
            return True  # 4类10项以上
        between = following.start - value.end
        if (
            not value.suffix
            or value.form != "value"
            or value.kind == "share"
            or following.kind != "share"
            or not 3 < between <= _NEAR
        ):
            return False
        return _SHARE_OF.fullmatch(self.frame.text, value.end, following.start) is not None

    def _baseline(self, at: int, clause: Clause) -> int:
        """Read 由35%提高到60%: the value before is the baseline of the one after; return what comes next, or 0.

        Also 分别由35%、40%提高到60%、65%, and 在35%的基础上提高到60%.
        """
        text, low, value = self.frame.text, clause.low, clause.value
        place = baseline_start(text, low, value.start)
        if place is None and text.find("基础上", value.end, value.end + 5) >= 0:
            place = text.rfind("在", low, value.start)
        if place is None or place < 0:
            return 0
        firsts = self._list(at)
        following = at + len(firsts)
        if following >= len(self.values):
            return 0
        target = self.values[following]
        if target.start - firsts[-1].end > _NEAR or firsts[0].kind not in (target.kind, "none"):
            return 0
        between = read_chain(text, firsts[-1].end, target.start, self.words, self.frame.date_ending)
        left = text[firsts[-1].end : between.end].strip("，, 的基础上")
        if left or not _CHANGES.intersection(between.kinds):
            return 0
        self.owner.ignore(place, firsts[-1].end)
        clause = replace(self._clause(following), low=low, value=replace(target, start=place), changed=True)
        reading = read_value(clause)
        if reading is None:
            return 0
        found, _ = relation(between.kinds, clause.suffix, target.upper is not None)
        reading = replace(
            reading,
            relation=found,
            value=target,
            chain=replace(between, end=reading.chain.end),
            rule="baseline",
        )
        targets = self._list(following)
        if len(targets) == len(firsts) > 1:
            self._respectively(reading, targets, firsts)
            return following + len(targets)
        self._add(reading, baseline=_signed(text, firsts[0]))
        return following + 1

    def _respectively(self, reading: Reading, values: Sequence[Value], baselines: Sequence[Value]) -> None:
        """Pair names, or dates, with values in order."""
        count, end = len(values), values[-1].end
        names = split_names(reading.name, self.words)
        named = len(names) == count
        dates = [] if named else self.owner.listed(reading.low, values[0].start, count)
        if not named and not dates and reading.noun is not None:
            first = lead_end(self.frame, reading.low, reading.noun[1], self.words)
            whole = parted(self.frame.text[first : reading.noun[1]])
            if len(whole) == count:  # 发明专利授权、成果转化: the first holds a verb
                names, named, reading = whole, True, replace(reading, start=min(reading.start, first))
        suffix = self.words.suffixes.get(values[-1].suffix, "")
        for k, value in enumerate(values):
            own = replace(reading, value=value, end=end)
            if named:
                own = replace(own, name=names[k], noun=None)
            if suffix and not value.suffix and not reading.chain.kinds:
                own = replace(own, relation=relation((), suffix)[0])
            baseline = _signed(self.frame.text, baselines[k]) if baselines else None
            self._add(own, baseline=baseline, deadline=dates[k] if dates else None)
        if dates:
            self.owner.close()

    def _add(
        self, reading: Reading, *, baseline: float | int | None = None, deadline: DateMention | None = None
    ) -> None:
        value, owner = reading.value, self.owner
        past = self.report.is_past(value, owner.dates)
        if deadline is None:
            deadline = owner.date(reading, value)
        self.before = reading
        self.floor = max(value.end, reading.end)
        quantity = Quantity(
            span=(reading.start, reading.end),
            text=self.frame.text[reading.start : reading.end],
            indicator=reading.name,
            indicator_span=reading.noun,
            relation=reading.relation,
            value=value.value,
            upper=value.upper,
            unit=value.unit,
            baseline=baseline,
            deadline=deadline,
            value_span=(value.start, value.end),
            past=past,
            frequency=self.report.is_frequency(reading) or self._goes_on_often(reading),
            rule=reading.rule,
        )
        self.found.append(quantity)

    def _goes_on_often(self, reading: Reading) -> bool:
        """Whether a bare count stands in one list with one that says how often: 每季度抽取100份病历、|200份处方."""
        if not self.found or not self.found[-1].frequency or reading.chain.kinds or reading.value.suffix:
            return False
        return reading.value.kind == "count" and self.frame.text[
            self.found[-1].span[1] : reading.start
        ].strip() in ("、", "和", "及", "与")


def _signed(text: str, value: Value) -> float | int:
    return -value.value if text[value.start - 1 : value.start] in ("负", "-", "−") else value.value
