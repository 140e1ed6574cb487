"""What an unnumbered line looks like: a heading, a department whose tasks follow, a caption, a salute."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from planparse.expressions import expression
from planparse.model import Span
from planparse.phrases import sources
from planparse.rulebook import Rulebook
from planparse.segment.headings import HeadingWords
from planparse.segment.numbering import Number
from planparse.segment.role_signs import RoleSigns

#: an unnumbered heading has none of these
_NOT_PLAIN = expression(
    r"[。！!？?；;：:，,\t|@]|^请|\d{4}-\d|^\d|^[（(【〔\[—\-]|^注[：:]|[（(]?(?:盖章|签字|签名)|^[\u4e00-\u9fff]{0,4}(?:目标|措施|举措|标准|成效|情况)——.|[≥≤<>]|不[低高少多]于\d|\d%"
)
_SIGNATURE = expression(
    r"^(?:\d{4}|[二〇○零一二三四五六七八九]{4})年\s?[\d一二三四五六七八九十]{1,3}月\s?[\d一二三四五六七八九十]{1,3}日$"
)
#: 【其他要求】 below a blank line
BRACKETED = expression(r"【[\u4e00-\u9fff“”、]{2,14}】")
_CLOSING_LINE = 9
CAPTION = expression(r"(?:附?表|图) ?[一二三四五六七八九十0-9]{1,3}[ \u3000:：]")
_NAMED = expression(
    r"[【〔\[［〖]([^】〕\]］〗\n]{2,16})[】〕\]］〗](?:[（(][^（）()\n]{2,60}[）)])?$|([\u4e00-\u9fffA-Z（）()]{2,14}?)(?:[（(][^（）()\n]{2,40}[）)])?[：:]$"
)


def build_salute(rules: Rulebook) -> re.Pattern[str]:
    """Return the line of the addressees: 各科室、各病区： (rules/titles.toml)."""
    return expression(rf"{sources(rules, 'titles')['salute']}[^。\n]{{1,60}}[：:]$")


def is_plain(text: str, line: Span, following: Span | None) -> bool:
    """Whether an unnumbered line reads as a heading: short, without stops, and text follows that is longer."""
    start, end = line
    if not 2 <= end - start <= 32 or following is None:
        return False
    printed = text[start:end]
    if _NOT_PLAIN.search(printed) or _SIGNATURE.match(printed):
        return False
    return following[1] - following[0] > end - start


def is_short_heading(text: str, number: Number, end: int) -> bool:
    """Whether a line behind a bullet is a heading by its look."""
    return end - number.start <= 22 and not _NOT_PLAIN.search(text, number.end, end)


def is_annotated(text: str, start: int, end: int, after: Number | None, signs: RoleSigns) -> bool:
    """Whether a line is a short heading with an annotation in brackets, and the first item stands below it."""
    return (
        after is not None
        and after.value == 1
        and end - start <= 120
        and signs.heading.fullmatch(text, start, end) is not None
    )


def names_department(text: str, start: int, end: int, is_department: Callable[[str], bool]) -> bool:
    """Whether a line only names a department, whose tasks follow: 「【医务科】（分管院长：李明）」, 「医务科：」, 「信息科（主任：贺兰）：」."""
    if end - start > 80:
        return False
    found = _NAMED.fullmatch(text, start, end)
    return found is not None and is_department(found[1] or found[2])


def closes_items(text: str, line: Span, lines: Sequence[Span], words: HeadingWords) -> bool:
    """Whether a line 「工作要求：」 ends the items above it: a word of demands with a colon, printed once in the document."""
    start, end = line
    if (
        not 4 <= end - start <= _CLOSING_LINE
        or text[end - 1] not in "：:"
        or words.role(text[start:end]) != ("demand", True)
    ):
        return False
    return (
        text.find(text[start : end - 1], end) < 0
        and text.find(text[start : end - 1]) == start
        and len(lines) > 2
    )


def set_apart(text: str, lines: Sequence[Span]) -> set[int]:
    """Return the lines that a blank line sets apart, where blank lines part sections and not every paragraph."""
    gaps = {k for k in range(1, len(lines)) if text.count("\n", lines[k - 1][1], lines[k][0]) >= 2}
    return gaps if 2 * len(gaps) < len(lines) else set()
