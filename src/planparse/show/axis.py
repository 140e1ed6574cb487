"""The time axis of the wall chart: days to places, months or years as ticks.

>>> axis = Axis.over([date(2024, 6, 30), date(2024, 12, 31)], None)
>>> axis.first, axis.last, round(axis.at(date(2024, 7, 1)))
(datetime.date(2024, 1, 1), datetime.date(2024, 12, 31), 497)
>>> [name for _, name in axis.ticks][:2]
['1月', '2月']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

#: the width of the axis in its own units
WIDTH = 1000
_MONTHS_SHOWN = 18


@dataclass(frozen=True, slots=True)
class Axis:
    """A span of days, both inclusive, and its ticks as (place, name)."""

    first: date
    last: date
    ticks: tuple[tuple[float, str], ...]

    def at(self, day: date) -> float:
        """Return the place of the beginning of a day, 0 to :data:`WIDTH`."""
        whole = (self.last - self.first).days + 1
        return min(max((day - self.first).days / whole, 0.0), 1.0) * WIDTH

    def end(self, day: date) -> float:
        """Return the place of the end of a day."""
        whole = (self.last - self.first).days + 1
        return min(max(((day - self.first).days + 1) / whole, 0.0), 1.0) * WIDTH

    @staticmethod
    def over(days: Sequence[date], period: tuple[date | None, date | None] | None) -> Axis | None:
        """Return the axis of whole years around the days and the period; None where there is no day at all."""
        known = [*days, *(day for day in (period or ()) if day)]
        if not known:
            return None
        first, last = date(min(known).year, 1, 1), date(max(known).year, 12, 31)
        blank = Axis(first, last, ())
        if (last - first).days < _MONTHS_SHOWN * 31:
            marks = [
                (date(y, m, 1), f"{m}月") for y in range(first.year, last.year + 1) for m in range(1, 13)
            ]
        else:
            step = max(1, (last.year - first.year + 1) // 10)
            marks = [(date(y, 1, 1), f"{y}") for y in range(first.year, last.year + 1, step)]
        return Axis(first, last, tuple((blank.at(day), name) for day, name in marks))
