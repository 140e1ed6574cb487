"""Quantities that a plan sets out to reach (目标值): indicator, relation, value, unit, baseline and own date.

:func:`find_quantities` reads running text, an indicator line or a table cell. Values are found by one scan
(:mod:`.values`); only the clause around each is read (:mod:`.frames`, :mod:`.readings`, :mod:`.relations`,
:mod:`.indicators`, :mod:`.series`); what is reported or says how often is flagged (:mod:`.reports`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from planparse.extract.date_values import DateMention
from planparse.extract.frames import Frame, frame_around
from planparse.extract.ownership import Owner
from planparse.extract.quantity_words import QuantityWords, build_words
from planparse.extract.readings import Reading, read_value
from planparse.extract.relations import baseline_start, read_chain
from planparse.extract.reports import is_frequency, is_past
from planparse.extract.series import joined, split_names
from planparse.extract.values import Value, scan_values
from planparse.model import Span
from planparse.rulebook import Rulebook

_WINDOW = 90


@dataclass(frozen=True, slots=True)
class Quantity:
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
) -> list[Quantity]:
    """Return the quantities of ``text[start:end]`` in order, with reported figures and frequencies flagged.

    ``dates`` are those of the text, sorted; ``since`` is the first day of the plan (ISO): a figure of an earlier
    year is past. ``heading`` is a date that a heading above sets for all of it (2025年目标).

    >>> from planparse.rulebook import default_rules
    >>> text = "力争药占比由31%降至27%以下，引进博士3名。"
    >>> for q in find_quantities(text, 0, len(text), (), default_rules()):
    ...     print(q.indicator, q.relation, q.value, q.unit, q.baseline, q.text)
    药占比 le 27 % 31 药占比由31%降至27%以下
    博士 eq 3 名 None 引进博士3名
    """
    values = list(scan_values(text, start, end, rules))
    if not values:
        return []
    words = rules.compiled(build_words)
    starts = [mention.span[0] for mention in dates]
    found: list[Quantity] = []
    at = 0
    while at < len(values):
        frame = frame_around(text, values[at].start, values[at].end, start, end, dates, starts)
        stop = at + 1
        while stop < len(values) and values[stop].end <= frame.end:
            stop += 1
        group = [value for value in values[at:stop] if not _dated(value, dates, starts)]
        if group:
            found += _Sentence(frame, group, words, since, heading).read()
        at = stop
    return found


def _dated(value: Value, dates: Sequence[DateMention], starts: Sequence[int]) -> bool:
    """Return whether the number is part of a date."""
    place = bisect_right(starts, value.start) - 1
    return place >= 0 and dates[place].span[1] > value.start and dates[place].kind != "recurrence"


class _Sentence:
    """The values of one frame, read in order; each may take a name, a verb or a date from those before it."""

    def __init__(
        self, frame: Frame, values: list[Value], words: QuantityWords, since: str | None, heading: DateMention | None
    ) -> None:
        self.frame = frame
        self.values = values
        self.words = words
        self.since = since
        self.owner = Owner(frame, heading)
        self.before: Reading | None = None
        self.floor = frame.start

    def read(self) -> list[Quantity]:
        found: list[Quantity] = []
        at = 0
        while at < len(self.values):
            at, quantities = self._next(at)
            found += quantities
        return found

    def _low(self, value: Value) -> int:
        """Return where the reading of a value's clause may begin: after a comma, a bracket, the value before."""
        text = self.frame.text
        low, _ = self.frame.clause(value.start, value.end)
        low = max(low, value.start - _WINDOW, self.floor)
        opened = max(text.rfind("（", low, value.start), text.rfind("(", low, value.start))
        shut = max(text.rfind("）", low, value.start), text.rfind(")", low, value.start))
        if opened > shut:
            return opened + 1
        if shut >= 0 and opened < 0:
            return self._before_bracket(low, shut)
        return low

    def _before_bracket(self, low: int, shut: int) -> int:
        """Return the start of the clause before a bracket that a comma inside it cut off."""
        text = self.frame.text
        opened = max(text.rfind("（", self.floor, low), text.rfind("(", self.floor, low))
        if opened < 0 or shut - opened > _WINDOW:
            return low
        return max(self.frame.clause(opened, opened)[0], self.floor)

    def _next(self, at: int) -> tuple[int, list[Quantity]]:
        value = self.values[at]
        text, frame = self.frame.text, self.frame
        low = self._low(value)
        pair = self._baseline(at, low)
        if pair is not None:
            return pair
        reading = read_value(frame, value, low, self.before, self.words)
        if reading is None:
            return at + 1, []
        several = self._list(at)
        if len(several) > 1 and (reading.chain.respectively or "分别" in text[low : value.start]):
            return at + len(several), self._respectively(reading, several, ())
        if reading.chain.each and reading.value.form == "value":
            names = split_names(reading.name, self.words)
            if len(names) > 1:
                return at + 1, [self._quantity(replace(reading, name=name, noun=None)) for name in names]
        return at + 1, [self._quantity(reading)]

    def _list(self, at: int) -> list[Value]:
        """Return the values from ``at`` on that only commas join."""
        several = [self.values[at]]
        for value in self.values[at + 1 : at + 12]:
            between = self.frame.text[several[-1].end : value.start]
            if value.kind != several[0].kind or value.form != several[0].form or not joined(between):
                break
            several.append(value)
        return several

    def _baseline(self, at: int, low: int) -> tuple[int, list[Quantity]] | None:
        """Read 由35%提高到60%: the value before is the baseline of the one after; also of 分别由…、…提高到…、…."""
        frame, text = self.frame, self.frame.text
        firsts = self._list(at)
        place = baseline_start(text, low, firsts[0].start)
        following = at + len(firsts)
        if following >= len(self.values):
            return None
        target = self.values[following]
        if target.start - firsts[-1].end > 24 or target.kind != firsts[0].kind:
            return None
        between = read_chain(text, firsts[-1].end, target.start, self.words, frame.date_ending)
        based = text.startswith(("的基础上", "基础上"), firsts[-1].end)
        changed = any(kind in ("reach", "cap", "to", "up", "down") for kind in between.kinds)
        left = text[firsts[-1].end : between.end].strip("，, 的基础上")
        if based and place is None:
            place = text.rfind("在", low, firsts[0].start)
        if place is None or place < 0 or not changed or left:
            return None
        merged = replace(target, start=place)
        reading = read_value(frame, merged, low, self.before, self.words, changed=True)
        if reading is None:
            return None
        relation = _changed(between.kinds, target, self.words)
        reading = replace(reading, relation=relation, chain=replace(reading.chain, kinds=between.kinds), value=target, rule="baseline")
        targets = self._list(following)
        if len(firsts) > 1 and len(targets) == len(firsts):
            return following + len(targets), self._respectively(reading, targets, firsts)
        return following + 1, [self._quantity(reading, baseline=_signed(text, firsts[0]))]

    def _respectively(self, reading: Reading, values: Sequence[Value], baselines: Sequence[Value]) -> list[Quantity]:
        """Pair names, or dates, with values in order."""
        count = len(values)
        end = values[-1].end
        dates = self.owner.listed(reading.low, values[0].start, count)
        names = split_names(reading.name, self.words)
        suffix = self.words.suffixes.get(values[-1].suffix, "")
        found = []
        for k, value in enumerate(values):
            name = names[k] if len(names) == count else reading.name
            own = replace(reading, name=name, noun=reading.noun if name == reading.name else None, value=value, end=end)
            if suffix and not value.suffix and reading.relation in ("ge", "eq", "le") and not reading.chain.kinds:
                own = replace(own, relation={"floor": "ge", "ceiling": "le"}.get(suffix, "about"))
            baseline = _signed(self.frame.text, baselines[k]) if baselines else None
            deadline = dates[k] if dates and len(names) != count else None
            found.append(self._quantity(own, baseline=baseline, deadline=deadline))
        if dates:
            self.owner.close()
        return found

    def _quantity(
        self, reading: Reading, *, baseline: float | int | None = None, deadline: DateMention | None = None
    ) -> Quantity:
        frame, value = self.frame, reading.value
        if deadline is None:
            deadline = self.owner.date(reading, value)
        self.before = reading
        self.floor = value.end if reading.rule not in ("counted-noun", "share-of", "whole") else reading.end
        return Quantity(
            span=(reading.start, reading.end),
            text=frame.text[reading.start : reading.end],
            indicator=reading.name,
            indicator_span=reading.noun,
            relation=reading.relation,
            value=value.value,
            upper=value.upper,
            unit=value.unit,
            baseline=baseline,
            deadline=deadline,
            value_span=(value.start, value.end),
            past=is_past(frame, value, reading.low, self.since, self.words),
            frequency=is_frequency(frame, value, reading.low, bool(set(reading.chain.kinds) - {"hold"} or value.suffix)),
            rule=reading.rule,
        )


def _changed(kinds: tuple[str, ...], target: Value, words: QuantityWords) -> str:
    """Return the relation of a target with a baseline: 提高到 is ge, 降至 is le."""
    from planparse.extract.relations import relation

    suffix = words.suffixes.get(target.suffix, "")
    return relation(kinds, suffix, ranged=target.upper is not None, head="")[0]


def _signed(text: str, value: Value) -> float | int:
    return -value.value if text[value.start - 1 : value.start] in ("负", "-", "−") else value.value
