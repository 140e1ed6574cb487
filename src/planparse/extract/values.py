"""Values with units as printed: 95%, 1.5万人次, 三分之一, 15—20个, 1:1.6, 前10名, 翻一番, 全覆盖.

One compiled expression walks the text; it knows nothing of indicators or comparators in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planparse.extract.numerals import number
from planparse.extract.quantity_words import QuantityWords, build_words
from planparse.rulebook import Rulebook

_DIGITS = r"[0-9]{1,12}(?:,[0-9]{3}(?![0-9])){0,3}(?:\.[0-9]{1,6})?"
_HAN = r"[一二两三四五六七八九十][一二三四五六七八九十百千零〇]{0,8}(?:点[一二三四五六七八九零〇]{1,4})?(?:万[一二三四五六七八九零〇][一二三四五六七八九十百千零〇]{0,7})?"
_SHARE = (
    r"(?:[百千万]|[一二三四五六七八九十]{1,3}|[1-9][0-9]?)分之(?:[0-9]{1,4}(?:\.[0-9]{1,4})?|[一二两三四五六七八九十百零]{1,6}(?:点[一二三四五六七八九零]{1,4})?)"
    r"|百分百|[一二两三四五六七八九1-9]成(?:[一二三四五六七八九]|半)?(?![功立果员为长就绩熟套效才不品分本交像])|一半|半数|过半"
)
_DASH = r"(?:[-—–―－~～〜∼‐−]{1,2}|至|到)"
#: 2024, 第3批, v1.2, ICD-10, 7×24小时, 每3年: what stands before such a number
_LEFT = r"(?<![0-9A-Za-z.第×*/+＋〔\[#含每隔Ⅰ-Ⅹ])(?<![0-9][-—–~～])(?<![0-9]:)"
_HAN_LEFT = r"(?<![一二三四五六七八九十百千万亿几数多统唯单同专某任每第其之星周初这那哪])"
_END = r"(?=[，,。；;、：:）)】\]\s”’》]|\.(?![0-9])|$)"
_UNITLESS_LEFT = r"(?<=[≥≤＞＜><=:：于过到至在为达约超升降高长加低少短])"


@dataclass(frozen=True, slots=True)
class Value:
    """One printed value: its place, the number(s) in the printed unit, and what the unit is.

    ``end`` is after the suffix (以上), ``number_end`` before it. ``form`` is value, share, ratio, rank, double, full
    or whole.
    """

    start: int
    end: int
    number_end: int
    value: float | int
    upper: float | int | None
    unit: str
    kind: str
    form: str
    suffix: str = ""
    word: str = ""
    more: bool = False


@dataclass(frozen=True, slots=True)
class _Scanner:
    pattern: re.Pattern[str]
    words: QuantityWords


def _build(rules: Rulebook) -> _Scanner:
    words = rules.compiled(build_words)
    scale = r"(?:[百千十]?[万亿]|千(?![瓦克米])|百(?!分|万))?"
    unit = rf"(?:{scale}{words.unit_pattern}|[百千]?[万亿](?![一-龥0-9]))"
    suffix = rf"(?:[（(]?含[）)]?)?(?P<suffix>{words.suffix_pattern})?"
    number_ = rf"(?:{_DIGITS}|{_HAN_LEFT}{_HAN})"
    return _Scanner(
        re.compile(
            rf"(?P<full>全覆盖)|(?P<whole>全部)|翻(?P<double>[一两二三]番|番)"
            rf"|前(?P<rank>{_DIGITS}|{_HAN}|一半)(?P<rank_unit>[名位强%甲])?(?:之?列|行列|以内|之内)?(?![天个年月日周小分次季届期条项款轮批组])"
            rf"|{_LEFT}(?:(?P<ratio>[0-9]{{1,3}}[:：∶比][0-9]{{1,5}}(?:\.[0-9]{{1,4}})?)(?![0-9:：])"
            rf"|(?P<share>{_SHARE})"
            rf"|(?P<a>{number_})(?:(?P<a_unit>{unit})?{_DASH}(?P<b>{_DIGITS}|{_HAN}))?(?P<more>余|多)?[ ]?(?P<unit>{unit})"
            rf"|{_UNITLESS_LEFT}(?P<c>{_DIGITS})(?:{_DASH}(?P<d>{_DIGITS}))?(?=(?:{words.suffix_pattern})?{_END}|{words.suffix_pattern})"
            rf"){suffix}"
        ),
        words,
    )


def scan_values(text: str, start: int, end: int, rules: Rulebook) -> Iterator[Value]:
    """Yield the values printed in ``text[start:end]`` in order; offsets are of ``text``.

    >>> from planparse.rulebook import default_rules
    >>> [(v.value, v.unit, v.suffix) for v in scan_values("达到1.5万人次左右、三分之一以上", 0, 16, default_rules())]
    [(1.5, '万人次', '左右'), (33.33, '%', '以上')]
    """
    scanner = rules.compiled(_build)
    for match in scanner.pattern.finditer(text, start, end):
        value = _value(match, scanner.words)
        if value is not None:
            yield value


def _value(match: re.Match[str], words: QuantityWords) -> Value | None:
    group = match.lastgroup
    start, end = match.span()
    if group == "full":
        return Value(start, end, end, 100, None, "%", "share", "full")
    if group == "whole":
        return Value(start, end, end, 100, None, "%", "share", "whole")
    if group == "double":
        return Value(start, end, end, {"一": 1, "两": 3, "二": 3, "三": 7, "番": 1}[match["double"][0]], None, "倍", "fold", "double")
    if match["rank"] is not None:
        return _rank(match)
    suffix = match["suffix"] or ""
    number_end = match.start("suffix") if suffix else end
    if match["ratio"] is not None:
        left, _, right = match["ratio"].replace("：", ":").replace("∶", ":").replace("比", ":").partition(":")
        value = number(right)
        if value is None or left != "1":
            return None
        return Value(start, end, number_end, value, None, "1:", "ratio", "ratio", suffix)
    if match["share"] is not None:
        printed = match["share"]
        value = {"百分百": 100, "一半": 50, "半数": 50, "过半": 50}.get(printed)
        value = number(printed) if value is None else value
        return None if value is None else Value(start, end, number_end, value, None, "%", "share", "share", suffix, printed)
    return _plain(match, words, start, end, number_end, suffix)


def _rank(match: re.Match[str]) -> Value | None:
    value = 50 if match["rank"] == "一半" else number(match["rank"])
    if value is None:
        return None
    printed = match["rank_unit"] or ""
    unit = "%" if printed == "%" or match["rank"] == "一半" else "位" if printed == "位" else "名"
    return Value(match.start(), match.end(), match.end(), value, None, unit, "rank", "rank")


def _plain(
    match: re.Match[str], words: QuantityWords, start: int, end: int, number_end: int, suffix: str
) -> Value | None:
    printed = match["a"] if match["a"] is not None else match["c"]
    upper_printed = match["b"] if match["a"] is not None else match["d"]
    value = number(printed)
    upper = number(upper_printed) if upper_printed else None
    if value is None or (upper_printed and upper is None):
        return None
    if upper is not None and upper < value:
        upper = None
    unit = match["unit"] or ""
    kind, name = _unit(unit, words)
    return Value(
        start, end, number_end, value, upper, name, kind, "value", suffix, printed, match["more"] is not None
    )


def _unit(printed: str, words: QuantityWords) -> tuple[str, str]:
    """Return kind and recorded name of a printed unit, which may carry 万 or 亿: ('count', '万人次')."""
    if not printed:
        return "none", ""
    unit = words.units.get(printed)
    if unit is not None:
        return unit.kind, unit.name
    for cut in (1, 2):
        unit = words.units.get(printed[cut:])
        if unit is not None:
            return unit.kind, printed[:cut] + unit.name
    return "count", printed
