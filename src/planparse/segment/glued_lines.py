"""Lines on which several were printed: a heading with its first item, items that count on, months, headings in 【】."""

from __future__ import annotations

import re

from planparse.expressions import expression
from planparse.model import Span
from planparse.phrases import sources
from planparse.rulebook import Rulebook
from planparse.segment.headings import HeadingWords
from planparse.segment.lines import trimmed
from planparse.segment.look import BRACKETED
from planparse.segment.numbering import Number, Numbering
from planparse.segment.run_on import split_run_on

_INLINE = expression(
    r"(?<=[。；;！!：:）) \u3000])\s?(?=(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、．](?!\d)))"
)
#: a heading before items on its own line is no longer
_SHORT_HEAD = 20
_FIELD = expression(r"\d{1,2}[.、．][\u4e00-\u9fff]{2,8}[：:]")
#: 【工作目标】 heads 1. and （1）; below 一、 and （一） it is a label
BRACKET_ITEMS = 4.5
#: 一、强化服务理念|1.以患者为中心…, with 2. on the next line
_GLUED_FIRST = expression(
    r"[^，,。；;：:！!？?（(\d]{2,20}?(?:[：:]| {0,4})(?=(?:1[.、．]|[（(][1一][）)]|①)[ \u3000]?[\u4e00-\u9fff“])"
)
_MONTH_COLON = expression(r"(?:月份?|季度)[：:]")
_MONTH = expression(
    r"(?<=[。；;）)])\s?(?=(?:\d{1,2}(?:[—–\-~～、至]\d{1,2})?月份?|(?:十[一二]?|[一二三四五六七八九])月份?|第?[一二三四]季度)[：:])"
)


def build_labelled(rules: Rulebook) -> re.Pattern[str]:
    """Return the label of a list on one line with its first item: 整改措施：|1.修订操作手册, with 2. on the next line (rules/labels.toml)."""
    return expression(
        rf"{sources(rules, 'labels')['list']}[：:][ \u3000]?(?=(?:1[.、．]|[（(]1[）)]|①)(?!\d))"
    )


def split_glued(
    text: str, lines: list[Span], words: HeadingWords, numbering: Numbering, labelled: re.Pattern[str]
) -> tuple[list[Span], set[int]]:
    """Return the lines with a line for each that was printed on them, and where headings in 【】 stand; ``labelled``: see :func:`build_labelled`."""
    lines, bracket_heads = _split_bracketed(text, lines, words, numbering)
    lines = _split_labels(text, split_run_on(text, lines), numbering, labelled)
    lines = _split_counted(text, _split_first_items(text, lines, numbering), numbering)
    return _split_months(text, lines), bracket_heads


def _split_bracketed(
    text: str, lines: list[Span], words: HeadingWords, numbering: Numbering
) -> tuple[list[Span], set[int]]:
    """Give 【工作目标】 a line of its own, and return where such headings stand: two or more, each once, that say aims or work."""
    marks = [m.span() for a, b in lines if text.find("【", a, b) >= 0 for m in BRACKETED.finditer(text, a, b)]
    roles = {(a, b): words.role(text[a + 1 : b - 1])[0] for a, b in marks}
    marks = [mark for mark in marks if roles[mark] is not None]
    said = {text[a:b] for a, b in marks}
    if (
        len(marks) < 2
        or len(said) < len(marks)
        or words.brief.search("".join(said))
        or not {"assign", "goal"} & set(roles.values())
    ):
        return lines, set()
    if any(
        (number := numbering.match(text, a, b)) is not None and number.rank < BRACKET_ITEMS
        for a, b in lines
        if b <= marks[0][0]
    ):
        return lines, set()  # a label of the items 一、, 二、
    result: list[Span] = []
    heads: set[int] = set()
    at = 0
    for start, end in lines:
        while at < len(marks) and marks[at][0] < end:
            a, b = marks[at]
            at += 1
            if a > start and text[a - 1] not in "。；;！! \u3000":
                continue
            result += [s for s in (trimmed(text, start, a), (a, b)) if s[0] < s[1]]
            heads.add(a)
            start = trimmed(text, b, end)[0]
        if start < end:
            result.append((start, end))
    return result, heads


def _split_labels(
    text: str, lines: list[Span], numbering: Numbering, labelled: re.Pattern[str]
) -> list[Span]:
    """Split a label off the first item of a list whose second item begins the next line."""
    result: list[Span] = []
    for k, (start, end) in enumerate(lines):
        below = lines[k + 1] if k + 1 < len(lines) else None
        label = labelled.match(text, start, end) if below is not None else None
        first = numbering.match(text, label.end(), end) if label is not None else None
        second = numbering.match(text, *below) if below is not None and first is not None else None
        if (
            label is not None
            and first is not None
            and second is not None
            and (second.style, second.value) == (first.style, 2)
        ):
            result += [trimmed(text, start, label.end()), trimmed(text, label.end(), end)]
        else:
            result.append((start, end))
    return result


def _split_first_items(text: str, lines: list[Span], numbering: Numbering) -> list[Span]:
    """Split a short heading off the first item of a list whose second item begins the next line."""
    result: list[Span] = []
    for k, (start, end) in enumerate(lines):
        below = numbering.match(text, *lines[k + 1]) if k + 1 < len(lines) else None
        own = numbering.match(text, start, end) if below is not None and below.value == 2 else None
        head = _GLUED_FIRST.match(text, own.end, end) if own is not None and own.rank < 5 else None
        first = numbering.match(text, head.end(), end) if head is not None else None
        if (
            head is not None
            and first is not None
            and below is not None
            and (first.style, first.value) == (below.style, 1)
        ):
            result += [trimmed(text, start, head.end()), trimmed(text, head.end(), end)]
        else:
            result.append((start, end))
    return result


def _split_counted(text: str, lines: list[Span], numbering: Numbering) -> list[Span]:
    """Split lines on which several numbered items were glued together (a page that lost its line breaks)."""
    result: list[Span] = []
    for start, end in lines:
        if end - start < 60 or not _INLINE.search(text, start, end):
            result.append((start, end))
            continue
        at = start
        own = numbering.match(text, start, end)
        last = {own.style: own.value} if own else {}
        marks = [(m.end(), numbering.match(text, m.end(), end)) for m in _INLINE.finditer(text, start, end)]
        values: dict[str, set[int]] = {}
        for _, number in marks:
            if number:
                values.setdefault(number.style, set()).add(number.value)
        for position, number in marks:
            if (
                number is None
                or text[position - 1] in "；;"
                or (text[position - 1] in "：:" and number.rank >= 5)
            ):
                continue
            follows = last.get(number.style, 0) + 1 == number.value
            opens = (
                number.value == 1
                and 2 in values[number.style]
                and (number.rank < 5 or _heads_list(text, start, end, position, own))
            )
            if follows and (number.style in last or opens):
                result.append(trimmed(text, at, position))
                at = position
                last[number.style] = number.value
        result.append(trimmed(text, at, end))
    return result


def _heads_list(text: str, start: int, end: int, position: int, own: Number | None) -> bool:
    """Whether nothing but a short heading stands before the first of several items on a line: （五）办好实事。1.…2.…, nobody named behind them."""
    heading = (
        own is not None and own.rank < 5 and position - own.end <= _SHORT_HEAD and text[position - 1] == "。"
    )
    fields = (
        text.find("问题", start, position) >= 0 or _FIELD.match(text, position, end) is not None
    )  # 1.整改目标：…2.整改措施：…
    return (
        heading
        and not fields
        and text[end - 1] not in "）)】〕]"
        and text.find("。", start, position) == position - 1
    )


def _split_months(text: str, lines: list[Span]) -> list[Span]:
    """Split a paragraph that gives a year's work month by month: 「1月：…。2月：…。3月：…」."""
    result: list[Span] = []
    for start, end in lines:
        told = end - start > 60 and _MONTH_COLON.search(text, start, end)
        marks = [m.end() for m in _MONTH.finditer(text, start, end)] if told else []
        if len(marks) < 2:
            result.append((start, end))
            continue
        for a, b in zip([start, *marks], [*marks, end], strict=True):
            result.append(trimmed(text, a, b))
    return result
