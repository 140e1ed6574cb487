"""The sentence around a value: its clauses and its dates, as a frame of sorted offsets.

A frame is bounded, so that a text without any full stop costs no more than one with many.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from planparse.extract.date_values import DateMention

REACH = 240
_SENTENCE_END = re.compile(r"[。！？!?\n]")
#: a comma or colon between digits (1,200 and 1:1.6) parts nothing
_BREAK = re.compile(r"[；;\t|]|(?<![0-9])[，,：:]|[，,：:](?![0-9])|——")
_RELATED = "较由与同从自"
_SHARES = "占配护师生床医构性"


@dataclass(frozen=True, slots=True)
class Frame:
    """One sentence, or the part of a long one around some values; ``breaks`` are its clause marks."""

    text: str
    start: int
    end: int
    breaks: tuple[int, ...]
    dates: tuple[DateMention, ...]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Return the clause that holds ``start`` to ``end``, without its marks."""
        left = bisect_left(self.breaks, start)
        right = bisect_left(self.breaks, end)
        low = self.breaks[left - 1] + 1 if left else self.start
        high = self.breaks[right] if right < len(self.breaks) else self.end
        while low < start and self.text[low] in "—— \u3000":
            low += 1
        return low, high

    def mark_before(self, at: int) -> str:
        """Return the mark that opens the clause at ``at``, or ""."""
        return self.text[at - 1] if at > self.start else ""

    def date_ending(self, low: int, at: int) -> int:
        """Return the start of a date, or of a list of dates, that ends at ``at`` (perhaps with 的), or ``at``."""
        for mention in reversed(self.dates):
            first, last = mention.span
            if low <= first and (last == at or (last == at - 1 and self.text[last] in "的底末前内度、和与及")):
                at = first
        return at

    def date_starting(self, at: int) -> DateMention | None:
        """Return the date that starts at ``at``; a mere stretch of time (2个工作日内) is none."""
        for mention in self.dates:
            if mention.span[0] == at and (mention.end or mention.start or mention.recurrence):
                return mention
        return None

    def dated(self, low: int, high: int) -> list[DateMention]:
        """Return the dates with an end between two offsets that are no point of comparison (较2023年, 由2023年的…)."""
        return [
            mention
            for mention in self.dates
            if mention.end and low <= mention.span[0] and mention.span[1] <= high and not self.compared(mention)
        ]

    def compared(self, mention: DateMention) -> bool:
        """Return whether a date is what a change is measured against."""
        first, last = mention.span
        text = self.text
        before = text[first - 1] if first > self.start else "。"
        if before == "比":
            return first - 2 < self.start or text[first - 2] not in _SHARES
        related = before in _RELATED and mention.kind != "from"
        return related or text.startswith(("基础", "的基础", "水平", "同期"), last)


def frame_around(
    text: str, start: int, end: int, low: int, high: int, dates: Sequence[DateMention], starts: Sequence[int]
) -> Frame:
    """Return the frame of the value at ``start`` to ``end`` inside ``text[low:high]``; ``starts`` are those of ``dates``."""
    window = max(low, start - REACH)
    first = max(text.rfind(mark, window, start) for mark in "。！？!?\n") + 1
    first = max(first, window)
    stop = min(high, end + REACH)
    match = _SENTENCE_END.search(text, end, stop)
    last = match.start() if match else stop
    breaks = tuple(match.start() for match in _BREAK.finditer(text, first, last))
    inside = dates[bisect_left(starts, first) : bisect_right(starts, last)] if dates else ()
    return Frame(text, first, last, breaks, tuple(inside))
