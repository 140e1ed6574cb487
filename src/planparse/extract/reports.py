"""Quantities that are no targets: figures reported as reached, and frequencies of acts."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.clauses import Reading
from planparse.extract.date_values import DateMention
from planparse.extract.frames import Frame
from planparse.extract.quantity_words import QuantityWords
from planparse.extract.values import Value

#: 每季度, 按月; a rate (每千人) is none
_PERIOD = expression(
    r"每(?:个|半|[一二两三四五六]个?|[2-6]个?)?(?:日|天|周|月|旬|季度?|年|学期|星期)|[按逐](?:月|季|周|日)|(?:日|周|月|季)均"
)
_SHORT_PERIOD = expression(
    r"每(?:个|半|[一二两三四五六]个?|[2-6]个?)?(?:日|天|周|月|旬|季度?|半年|星期)|[按逐](?:月|季|周|日)"
)
_PER = expression(r"[/／每](?:日|天|周|月|季度?|年)")
#: 同比增长8.6%: a reported change is exact, a planned one is round
_GROWTH = expression(
    r"[同环]比[^，。；,;0-9]{0,6}[0-9]+\.[0-9]+(?:%|个|‰|天|元|万|人|例)?[^以左，。；]{0,4}(?:[，。；,;]|$)"
)
#: 以近三年平均增长率（5.2%）为基准: what a plan reckons from
_BASIS = expression(r"[）)]?(?:作?为)(?:基准|基数|基线|基础|参照|底数)")
_NOT_BEFORE_PAST = "较比与同超对以按取将由从"
_OPENING = expression(r"(?:截至|截止|在|到|于|从|自|全院|医院|我院|我市|全市|[（(、\s])*")
#: 2023年以来，…; but 自查2023年以来重复收费的问题 looks at what was, and asks
_SINCE = expression(r"以来[，,、]")
#: 《…标准》要求四级手术占比不低于25%: what another text asks; but 根据《…》要求，… is asked here
CITED = expression(
    r"(?:^|(?<=[。；;，,、\n]))《[^《》\n]{4,50}》(?:[（(][^（）()\n]{2,20}[）)])?(?:明确|要求|规定|提出|指出)(?!的)"
)
_CYCLES = ("次", "轮", "遍")
_ON_TOP = ("基础上", "基础之上", "前提下")
_UNTIL = ("截至", "截止")
#: no bracket that a word of the past opens is longer
_BRACKET = 40


class Report:
    """Judges the quantities of one frame; what is read from the whole frame is read once."""

    __slots__ = ("_frame", "_growth", "_marks", "_since", "_words")

    def __init__(self, frame: Frame, words: QuantityWords, since: str | None) -> None:
        self._frame = frame
        self._words = words
        self._since = since
        self._marks: list[tuple[int, int]] | None = None
        self._growth = False

    def _look(self) -> list[tuple[int, int]]:
        """Read the frame, when its first quantity is found: where words of the past end, and how far each reaches.

        One that opens a bracket reaches to its end: ≥90%（目前82%），….
        """
        text, start, end = self._frame.text, self._frame.start, self._frame.end
        self._growth = text.find("比", start, end) >= 0 and bool(_GROWTH.search(text, start, end))
        self._marks = [
            (match.end(), self._reach(match.start(), match.end()))
            for pattern in (self._words.past, _SINCE, CITED)
            for match in pattern.finditer(text, start, end)
            if match.start() == start or text[match.start() - 1] not in _NOT_BEFORE_PAST
        ]
        return self._marks

    def _reach(self, start: int, end: int) -> int:
        text = self._frame.text
        _, clause = self._frame.clause(start, end)
        if text.endswith(_ON_TOP, start, clause):
            return clause  # 在现有哨点基础上，新增…
        if text[start - 1 : start] not in ("（", "("):
            return self._frame.end
        shut = min(
            (at for at in (text.find(mark, end, end + _BRACKET) for mark in "）)") if at >= 0), default=-1
        )
        return shut if shut >= 0 else self._frame.end

    def is_past(self, value: Value, dates: Sequence[DateMention]) -> bool:
        """Return whether the figure is reported as reached: 已, 完成了, 截至2月底, or a year before the plan's."""
        text, start = self._frame.text, value.start
        if _BASIS.match(text, value.end):
            return True
        marks = self._look() if self._marks is None else self._marks
        if text[start - 1 : start] == "了" or (
            self._growth
            and not value.suffix
            and self._words.ahead.search(text, self._frame.start, start) is None
        ):
            return True
        if marks:
            before = [mark for mark, reach in marks if mark <= value.end <= reach]
            if (
                before
                and self._words.ahead.search(text, before[-1], start) is None
                and not self._by_year_end(before[-1], dates)
            ):
                return True
        if self._since is None or not dates:
            return False
        ended = [
            mention
            for mention in dates
            if mention.span[1] <= start and not (mention.kind == "by" and mention.text.endswith("前"))
        ]
        return bool(ended) and str(ended[-1].end) < self._since and self._heads(ended[-1], value)

    def _by_year_end(self, at: int, dates: Sequence[DateMention]) -> bool:
        """Return whether 截至 at ``at`` stands before the last day of a year that is planned: what is aimed at by then."""
        if self._since is None or not self._frame.text.endswith(_UNTIL, at - 2, at):
            return False
        return any(
            mention.span[0] in (at, at - 2)
            and str(mention.end) >= self._since
            and str(mention.end).endswith("-12-31")
            for mention in dates
        )

    def _heads(self, mention: DateMention, value: Value) -> bool:
        """Return whether a date opens its clause, or stands in the value's: 完成上年度归档，归档率达到… is none."""
        start, end = self._frame.clause(*mention.span)
        return value.start < end or _OPENING.fullmatch(self._frame.text, start, mention.span[0]) is not None

    def is_frequency(self, reading: Reading) -> bool:
        """Return whether a count of acts says how often: 每月召开1次. With a comparator only below a year."""
        text, value = self._frame.text, reading.value
        if reading.relation in ("le", "lt", "decrease_by"):
            return False  # a limit, not a rhythm: 故障停机每月不超过1次
        if value.kind != "act" and (
            value.kind != "count"
            or reading.chain.kinds
            or not self._words.sampled.search(text, reading.low, value.start)
        ):
            return False
        if _PER.match(text, value.number_end):
            return True
        low, _ = self._frame.clause(value.start, value.end)
        low = max(low, value.start - 40)
        if value.suffix or any(kind != "hold" for kind in reading.chain.kinds):
            return value.unit in _CYCLES and _SHORT_PERIOD.search(text, low, value.start) is not None
        return _PERIOD.search(text, low, value.start) is not None
