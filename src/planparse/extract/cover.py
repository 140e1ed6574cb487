"""Which of many stretches covers a place: two bisects, however many there are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from planparse.model import Span


class Cover:
    """Stretches of a text, sorted; overlapping ones are joined.

    >>> cover = Cover([(5, 9), (0, 2), (8, 12)])
    >>> cover.covers(10), cover.covers(3), cover.touches(2, 6), cover.touches(2, 5)
    (True, False, True, False)
    """

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    @property
    def spans(self) -> list[Span]:
        """The joined stretches in order."""
        return list(zip(self._starts, self._ends, strict=True))

    def covers(self, at: int) -> bool:
        """Whether a stretch holds the offset."""
        k = bisect_right(self._starts, at) - 1
        return k >= 0 and at < self._ends[k]

    def touches(self, start: int, end: int) -> bool:
        """Whether a stretch overlaps ``[start, end)``."""
        k = bisect_left(self._starts, end) - 1
        return k >= 0 and self._ends[k] > start
