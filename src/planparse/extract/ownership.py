"""Whose date it is: a date in the quantity's own clause or heading its list, never one on another act."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.clauses import Reading
from planparse.extract.date_values import DateMention
from planparse.extract.frames import Frame
from planparse.extract.quantity_words import QuantityWords
from planparse.extract.values import Value

#: what a clause may hold beside its date and still only head what follows: 力争到2025年底，
_HEADING = expression(
    r"(?:[到至在于从自的、和及与，,：: “”\"（(）)]|力争|争取|确保|计划|底|末|前|以前|之前|年度|目标|主要|预期|工作|任务|指标|总体|实现|全院|全市|全省|全县|医院|其中|发展|具体|以下)*"
)
#: 会议明确上半年目标：, whatever else stands in the clause
_HEADED = ("目标", "指标", "目标为", "目标是", "指标为", "目标如下", "指标如下", "目标任务")
_YEAR_SPAN = 12
#: 9月底前|完成20个病种路径修订，入径率…: the day is the act's alone
_FINISHED = "完成"
_FARTHEST = 200


class Owner:
    """Gives each quantity of a frame, asked in order, its own date."""

    def __init__(self, frame: Frame, heading: DateMention | None, words: QuantityWords) -> None:
        self._frame = frame
        self._graded = words.graded
        self.dates = frame.dated(frame.start, frame.end)
        self._heading = heading
        self._carried: DateMention | None = heading
        self._listed: list[DateMention] = []
        self._firm = True
        self._seen = 0
        self._last = frame.start

    def ignore(self, start: int, end: int) -> None:
        """Forget the dates of a baseline: 由2023年的28%."""
        self.dates = [date for date in self.dates if not start <= date.span[0] < end]
        self._seen = min(self._seen, len(self.dates))

    def close(self) -> None:
        """Let no date reach beyond the quantities read so far (paired years are of their own indicator)."""
        if not self._firm or not self._listed:
            self._carried = None

    def heads(self, low: int, count: int) -> bool:
        """Whether ``count`` years, and no other date, head what is read at ``low``."""
        self._advance(low)
        return len(self._listed) == count and all(date.grain == "year" for date in self._listed)

    def listed(self, low: int, high: int, count: int) -> list[DateMention]:
        """Return ``count`` dates for ``count`` values: years printed in the clause or heading it, or a range of years."""
        self._advance(low)
        inside = [date for date in self.dates if low <= date.span[0] and date.span[1] <= high]
        for dates in (inside, self._listed):
            if len(dates) == count:
                self._seen = max(self._seen, sum(date.span[0] < high for date in self.dates))
                return dates
            if len(dates) == 1 and (years := _years(dates[0], count)):
                self._seen = max(self._seen, sum(date.span[0] < high for date in self.dates))
                return years
        return []

    def date(self, reading: Reading, value: Value) -> DateMention | None:
        """Return the own date of a quantity, or None."""
        if not self.dates:
            return self._carried
        self._advance(reading.low)
        own = None
        while self._seen < len(self.dates) and self.dates[self._seen].span[0] < value.start:
            own = self.dates[self._seen]
            self._seen += 1
        if own is not None:
            before_name = reading.noun is None or own.span[0] < reading.noun[0]
            act = reading.rule == "counted-noun" and self._frame.text.startswith(_FINISHED, reading.start)
            self._carried = own if before_name and not act else None
            self._firm, self._listed = False, []
        else:
            own = self._bracketed(value) or self._reach(reading)
        self._last = max(reading.end, value.end)
        return own

    def _bracketed(self, value: Value) -> DateMention | None:
        """Return a date in a bracket right after the value: 92%以上（2025年底前）."""
        text = self._frame.text
        if text[value.end : value.end + 1] not in ("（", "("):
            return None
        for date in self.dates[self._seen : self._seen + 1]:
            if date.span[0] - value.end <= 3:
                self._seen += 1
                self._carried = None
                return date
        return None

    def _reach(self, reading: Reading) -> DateMention | None:
        """Return the carried date, unless an act stands between it and the quantity."""
        if self._carried is None or self._firm:
            return self._carried
        stretch = self._frame.text[self._last : reading.low]
        parts = re.split(r"[，,；;、：:]", stretch[:_FARTHEST])
        if any(len(part) > 1 and not self._graded.fullmatch(part) for part in parts):
            self._carried = None
        return self._carried

    def _advance(self, low: int) -> None:
        """Take in the dates of the clauses before ``low``."""
        text = self._frame.text
        while self._seen < len(self.dates) and self.dates[self._seen].span[1] <= low:
            date = self.dates[self._seen]
            start, end = self._frame.clause(*date.span)
            same = [other for other in self.dates[self._seen :] if other.span[0] < end]
            rest = self._without(start, end, same)
            headed = text[end : end + 1] in ("：", ":") and rest.endswith(_HEADED)
            if len(rest) <= 60 and (headed or _HEADING.fullmatch(rest)):
                # 到2025年，heads a list of what is then reached; 6月底前，may date the act that follows it
                firm = (
                    same[-1].text.startswith("到")
                    or text.startswith("到", start)
                    or headed
                    or "目标" in rest
                    or text[same[-1].span[1] : same[-1].span[1] + 1] in ("：", ":")
                )
                self._carried, self._listed, self._firm = same[-1], same, firm
            else:
                self._carried, self._listed, self._firm = None, [], True
            self._last = end
            self._seen += len(same)

    def _without(self, start: int, end: int, dates: Sequence[DateMention]) -> str:
        text, parts, at = self._frame.text, [], start
        for date in dates:
            parts.append(text[at : date.span[0]])
            at = max(at, date.span[1])
        return "".join([*parts, text[at:end]])


def _years(date: DateMention, count: int) -> list[DateMention]:
    """Return the years of a range as dates of their own: 2024—2026年 with three values."""
    if not date.start or not date.end or (date.grain != "year" and date.kind != "range"):
        return []
    first, last = int(date.start[:4]), int(date.end[:4])
    if last - first + 1 != count or count > _YEAR_SPAN:
        return []
    return [replace(date, start=None, end=f"{year:04d}-12-31") for year in range(first, last + 1)]
