"""Quantities that are no targets: figures reported as reached, and frequencies of acts."""

from __future__ import annotations

import re

from planparse.extract.frames import Frame
from planparse.extract.quantity_words import QuantityWords
from planparse.extract.values import Value

#: 每季度, 按月; a rate (每千人) is none
_PERIOD = re.compile(r"每(?:个|半|[一二两三四五六]个?|[2-6]个?)?(?:日|天|周|月|旬|季度?|年|学期|星期)|[按逐](?:月|季|周|日)|(?:日|周|月|季)均")
_SHORT_PERIOD = re.compile(r"每(?:个|半|[一二两三四五六]个?|[2-6]个?)?(?:日|天|周|月|旬|季度?|半年|星期)|[按逐](?:月|季|周|日)")
_PER = re.compile(r"[/／每](?:日|天|周|月|季度?|年)")
_AHEAD = re.compile(r"力争|确保|下一步|接下来|今后|必须|务必|争取|目标|计划|要(?!素|点|件|求|闻)")
_COMPARED_YEAR = re.compile(r"同比|环比")
_REACHED = re.compile(r"[一-龥](?:了|过)$")
_PAST_LEFT = "较比与同超"
_REPEATED = frozenset({"act"})


def is_frequency(frame: Frame, value: Value, low: int, compared: bool) -> bool:
    """Return whether a count of acts says how often: 每月召开1次. With a comparator only below a year."""
    if value.kind not in _REPEATED:
        return False
    text = frame.text
    if _PER.match(text, value.number_end):
        return True
    start, _ = frame.clause(value.start, value.end)
    start = max(start, value.start - 40)
    if not compared:
        return _PERIOD.search(text, start, value.start) is not None
    return value.unit in ("次", "轮", "遍") and _SHORT_PERIOD.search(text, start, value.start) is not None


def is_past(frame: Frame, value: Value, low: int, since: str | None, words: QuantityWords) -> bool:
    """Return whether the figure is reported as reached: 已, 完成了, 截至2月底, or a year before ``since``."""
    text = frame.text
    if text[value.start - 1 : value.start] == "了":
        return True
    last = None
    for match in words.past.finditer(text, frame.start, value.end):
        if match.start() > frame.start and text[match.start() - 1] in _PAST_LEFT:
            continue
        last = match
    if last is not None and _AHEAD.search(text, last.end(), value.start) is None:
        return True
    if _COMPARED_YEAR.search(text, frame.start, frame.end) and _is_reported_growth(frame):
        return True
    return since is not None and _is_dated_past(frame, value, since)


def _is_reported_growth(frame: Frame) -> bool:
    return _GROWTH.search(frame.text, frame.start, frame.end) is not None


_GROWTH = re.compile(r"[同环]比[^，。；,;0-9]{0,6}[0-9]+(?:\.[0-9]+)(?:%|个|‰|天|元|万|人|例)?[^以左，。；]{0,4}(?:[，。；,;]|$)")


def _is_dated_past(frame: Frame, value: Value, since: str) -> bool:
    """Return whether the nearest date before the value ended before ``since``."""
    for mention in reversed(frame.dates):
        if mention.span[1] <= value.start and mention.end and not frame.compared(mention):
            return mention.end < since
    return False
