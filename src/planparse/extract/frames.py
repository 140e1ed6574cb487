"""The sentence around a value: its clauses and its dates, as a frame of sorted offsets.

A frame is bounded, so that a text without any full stop costs no more than one with many.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct

from planparse.expressions import expression
from planparse.extract.date_values import DateMention

REACH = 240
_SENTENCE_ENDS = frozenset("。！？!?\n")
#: a comma or colon between digits (1,200 and 1:1.6) parts nothing
_BREAK = expression(r"[。！？!?\n；;\t|，,：:—](?:(?<=—)—|(?<!—)(?!(?<=[0-9][，,：:])[0-9]))")
#: 平均住院日7.9日 is no ninth of July
_DAYS = expression(r"[到至于在]?[0-9]{1,2}\.[0-9]{1,2}(?:日|(?=日|天))")
_RELATED = "较由与同从自"
_SHARES = "占配护师生床医构性"
_AFTER_DATE = "的底末前内度、和与及"


class Layout(Struct, frozen=True):
    """The marks of a stretch of text: where its sentences and its clauses end."""

    text: str
    start: int
    end: int
    ends: tuple[int, ...]
    breaks: tuple[int, ...]

    @staticmethod
    def of(text: str, start: int, end: int) -> Layout:
        """Return the layout of ``text[start:end]``."""
        breaks = tuple([match.start() for match in _BREAK.finditer(text, start, end)])
        return Layout(text, start, end, tuple([at for at in breaks if text[at] in _SENTENCE_ENDS]), breaks)

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounded sentence that holds ``start`` to ``end``."""
        ends = self.ends
        left = bisect_left(ends, start)
        right = bisect_left(ends, end, left)
        low = ends[left - 1] + 1 if left else self.start
        high = ends[right] if right < len(ends) else self.end
        return max(low, start - REACH), min(high, end + REACH)


class Frame(Struct, frozen=True):
    """One sentence, or the part of a long one around some values, with its dates."""

    text: str
    start: int
    end: int
    layout: Layout
    dates: tuple[DateMention, ...]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Return the clause that holds ``start`` to ``end``, without its marks."""
        breaks = self.layout.breaks
        left = bisect_left(breaks, start)
        right = bisect_left(breaks, end, left)
        low = breaks[left - 1] + 1 if left else self.start
        high = breaks[right] if right < len(breaks) else self.end
        if left and self.text[low - 1] == "—":
            while low < start and self.text[low] == "—":
                low += 1
        return (low if low > self.start else self.start), (high if high < self.end else self.end)

    def mark_before(self, at: int) -> str:
        """Return the mark that opens the clause at ``at``, or ""."""
        return self.text[at - 1] if at > self.start else ""

    def date_ending(self, low: int, at: int) -> int:
        """Return the start of a date, or of a list of dates, that ends at ``at`` (perhaps with 的), or ``at``."""
        for mention in reversed(self.dates):
            first, last = mention.span
            if low <= first and (last == at or (last == at - 1 and self.text[last] in _AFTER_DATE)):
                at = first
        return at

    def date_starting(self, at: int) -> DateMention | None:
        """Return the date that starts at ``at``; a mere stretch of time (2个工作日内) is none."""
        for mention in self.dates:
            if mention.span[0] == at:
                told = (
                    mention.kind != "recurrence" or mention.text[0] in "每按逐定"
                )  # also where no year is known
                return mention if told else None
        return None

    def dated(self, low: int, high: int) -> list[DateMention]:
        """Return the dates with an end between two offsets that are no point of comparison (较2023年, 由2023年的…)."""
        return [
            mention
            for mention in self.dates
            if mention.end
            and low <= mention.span[0]
            and mention.span[1] <= high
            and not self.compared(mention)
        ]

    def compared(self, mention: DateMention) -> bool:
        """Return whether a date is what a change is measured against."""
        first, last = mention.span
        text = self.text
        before = text[first - 1] if first > self.start else "。"
        if before in "（(" and last < self.end and text[last] not in "）)":
            return True  # 论文（Q1区）占比: the bracket is part of a name
        if before == "比":
            return first - 2 < self.start or text[first - 2] not in _SHARES
        related = before in _RELATED and mention.kind != "from"
        return related or text.startswith(("基础", "的基础", "水平", "同期"), last)


def frame_around(layout: Layout, start: int, end: int, dates: Sequence[DateMention]) -> Frame:
    """Return the frame of the value at ``start`` to ``end``; ``dates`` are sorted."""
    low, high = layout.sentence(start, end)
    inside: tuple[DateMention, ...] = ()
    if dates:
        first = bisect_left(dates, low, key=_start)
        last = bisect_right(dates, high, first, key=_start)
        inside = tuple([mention for mention in dates[first:last] if not _is_stay(layout.text, mention)])
    return Frame(layout.text, low, high, layout, inside)


def _is_stay(text: str, mention: DateMention) -> bool:
    match = _DAYS.match(text, mention.span[0])
    return match is not None and match.end() >= mention.span[1]


def _start(mention: DateMention) -> int:
    return mention.span[0]
