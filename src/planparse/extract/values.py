"""Values with units as printed: 95%, 1.5万人次, 三分之一, 15—20个, 1:1.6, 前10名, 翻一番, 全覆盖.

One compiled expression walks the text; it knows nothing of indicators, and of comparators only that one stands
in front of a bare number. It begins with a set of characters, so that the engine leaps from one to the next; what
must not stand before a number is therefore looked up one character further back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from msgspec import Struct

from planparse.expressions import expression
from planparse.extract.numerals import number
from planparse.extract.quantity_words import QuantityWords, Unit, build_words
from planparse.rulebook import Rulebook

_MORE = expression(r"(?:[、和与及])([0-9]{1,6}(?:\.[0-9]{1,6})?)(?=[、和与及，,。；;\n（(]|$)")
_TENS = "一二两三四五六七八九十"
_FIRST = rf"[0-9{_TENS}百千万半过全翻前]"
_REST = r"[0-9]{0,11}(?:,[0-9]{3}(?![0-9])){0,3}(?:\.[0-9]{1,6})?"
_HAN_REST = (
    rf"[{_TENS}百千零〇]{{0,8}}(?:点[{_TENS}零〇]{{1,4}})?(?:万[{_TENS}零〇][{_TENS}百千零〇]{{0,7}})?"
)
_NUMBER = rf"(?:[0-9]{_REST}|[{_TENS}]{_HAN_REST})"
_DASH = r"(?: ?[-—–―－~～〜∼‐−]{1,2} ?|至|到)"
#: 2024, v1.2, 第3批, ICD-10, 7×24小时, 每3年, 3.5的5, the 8 of 10-8: such a number is no value of its own
_LEFT = r"(?<![0-9A-Za-z.第×*/+＋〔\[#含每隔Ⅰ-Ⅹ][\s\S])(?<![0-9][-—–~～:][\s\S])"
#: CT2台, SCI20篇: an abbreviation may touch the count
_ABBREVIATION = rf"(?<=[A-Z][A-Z][0-9{_TENS}])"
#: 统一, 第一, 其三, 星期五, 几百
_HAN_LEFT = rf"(?<![{_TENS}百千万亿几数多统唯单同专某任每第其之星周初这那哪][\s\S])"
_END = r"(?=[，,。；;、（(）)】\]\s”’》]|[：:](?![0-9]{2}(?![0-9]))|\.(?![0-9])|$)"
#: 由1.02提升到: a base value without a unit stands before a word of change
_CHANGE = r"(?=[提降增减升缩压扩精调下上][到至为高低加减升降短缩大展延少简整]?[到至为])"
#: but the number of an item, 如下：1.开展培训；2.…, is none; 现在的9降到: behind 的 a word of change must follow
_UNITLESS_LEFT = (
    r"(?!(?<=[：:]1)[、.．)）][\u4e00-\u9fff])"
    r"(?:(?<=[由从≥≤＞＜><=:：于过到至在为达约超升降高长加低少短均原值数][0-9])"
    rf"|(?<=[年在前]的[0-9])(?=[0-9.]{{0,8}}{_CHANGE}))"
)
#: 18万篇次: a unit that the table does not have, between a comparator and the clause's end
_OTHER_UNIT = r"[百千]?[万亿]?(?![年月日时号级类型期版代届点楼层折成第多余以左上下内之等至到和与及星甲乙丙岁提降增减升缩压扩精调])[一-龥]{1,2}?"
_SHARE = (
    rf"(?:(?<=[百千万])|(?<=[0-9])[0-9]?|(?<=[{_TENS}])[{_TENS}]{{0,2}})分之(?:[0-9]{{1,4}}(?:\.[0-9]{{1,4}})?|[{_TENS}百零]{{1,6}}(?:点[{_TENS}零]{{1,4}})?)"
    rf"|(?<=百)分百|(?<=[1-9{_TENS}])成(?:[{_TENS}]|半)?(?![功立果员为长就绩熟套效才不品分本交像])|(?<=一)半(?![年个月天小日])|(?<=过)(?<!超过)半(?![年个月天小日])|(?<=半)数"
)
_COLON = expression(r"[：∶比]")
_SHARE_AFTER = rf"百分之[0-9{_TENS}百零点.]{{1,8}}|[{_TENS}]分之[{_TENS}]|[{_TENS}]成[{_TENS}半]?|[{_TENS}零]{{1,3}}(?=之间|[，,。；;（()）]|$)"
_HALVES = {"百分百": 100, "一半": 50, "半数": 50, "过半": 50}
_FOLDS = {"一": 1, "番": 1, "两": 3, "二": 3, "三": 7}


class Value(Struct, frozen=True):
    """One printed value: its place, the number(s) in the printed unit, and what the unit is.

    ``end`` is after the suffix (以上), ``number_end`` before it. ``form`` is value, share, ratio, rank, double, full
    or whole; ``word`` the number as printed; ``more`` tells of 余 and 多.
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


class _Scanner(NamedTuple):
    pattern: re.Pattern[str]
    words: QuantityWords


def _build(rules: Rulebook) -> _Scanner:
    words = rules.compiled(build_words)
    scale = r"(?:[百千十]?[万亿]|千(?![瓦克米])|百(?!分|万))??"  # 百分点 and 千克 before 百 and 千
    unit = rf"(?:{scale}{words.unit_pattern}|[百千]?[万亿](?![一-龥0-9]))"
    suffix = rf"(?:[（(]?含[）)]?)?(?P<suffix>{words.suffix_pattern})?"
    pattern = (
        rf"{_FIRST}(?:"
        rf"(?<=全)(?:(?P<full>[部面]?覆盖)|(?P<whole>部))|(?<=翻)(?P<double>[一两二三]番|番)"
        rf"|(?<=前)(?<![目当日月年此之以]前)(?P<rank>{_NUMBER}|一半)(?P<rank_unit>[名位强%甲])?(?:之?列|行列|以内|之内)?(?![天个年月日周小分次季届期条项款轮批组])"
        rf"|(?:{_LEFT}|{_ABBREVIATION})(?:"
        rf"(?P<ratio>(?<=1)[:：∶比][0-9]{{1,5}}(?:\.[0-9]{{1,4}})?|(?<=一)比[{_TENS}零]{{1,3}}(?:点[{_TENS}零]{{1,4}})?|(?<=[0-9])(?:[0-9]|\.[0-9]{{1,3}})?[:：∶]1(?!\.))(?![0-9:：])"
        rf"|(?P<share>{_SHARE})(?:{_DASH}(?P<share_b>{_SHARE_AFTER}))?"
        rf"|(?:(?<=[0-9]){_REST}|(?<=[{_TENS}]){_HAN_LEFT}{_HAN_REST})(?P<a>)(?P<more>[余多])? ?(?P<unit>{unit})?"
        rf"(?:{_DASH}(?P<b>{_NUMBER}) ?(?P<b_unit>{unit}))?(?(unit)|(?(b_unit)|(?!)))"
        rf"|{_UNITLESS_LEFT}{_REST}(?P<c>)(?:{_DASH}(?P<d>[0-9]{_REST}))?"
        rf"(?:(?P<other>{_OTHER_UNIT})(?:(?=(?:{words.suffix_pattern})?{_END})|{_CHANGE})|(?=(?:{words.suffix_pattern})?{_END}|{words.suffix_pattern})|{_CHANGE})"
        rf"){suffix})"
    )
    return _Scanner(expression(pattern), words)


def scan_values(text: str, start: int, end: int, rules: Rulebook) -> list[Value]:
    """Return the values printed in ``text[start:end]`` in order; offsets are of ``text``.

    >>> from planparse.rulebook import default_rules
    >>> [(v.value, v.unit, v.suffix) for v in scan_values("达到1.5万人次左右、三分之一以上", 0, 17, default_rules())]
    [(1.5, '万人次', '左右'), (33.33, '%', '以上')]
    """
    scanner = rules.compiled(_build)
    found = []
    for match in scanner.pattern.finditer(text, start, end):
        value = _READERS.get(match.lastgroup or "", _plain)(match, scanner.words)
        if value is not None:
            found.append(value)
            if value.kind == "none":
                found += _listed(text, value.end, end)
    return found


def _listed(text: str, at: int, end: int) -> list[Value]:
    """Return the further numbers of a list without units: 1.06 and 1.12 in 分别达到1.02、1.06、1.12."""
    found = []
    while (match := _MORE.match(text, at, end)) is not None:
        at = match.end()
        value = _read_number(match[1])
        if value is not None:
            found.append(Value(match.start(1), at, at, value, None, "", "none", "value", "", match[1]))
    return found


def _read_number(printed: str) -> float | int | None:
    if printed.isascii():
        plain = printed.replace(",", "")
        return int(plain) if "." not in plain else _whole(float(plain))
    return number(printed)


def _whole(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _full(match: re.Match[str], words: QuantityWords) -> Value:
    start, end = match.span()
    return Value(start, end, end, 100, None, "%", "share", "full" if match["full"] else "whole")


def _double(match: re.Match[str], words: QuantityWords) -> Value:
    start, end = match.span()
    return Value(start, end, end, _FOLDS[match["double"][0]], None, "倍", "fold", "double")


def _rank(match: re.Match[str], words: QuantityWords) -> Value | None:
    start, end = match.span()
    half = match["rank"] == "一半"
    value = 50 if half else _read_number(match["rank"])
    if value is None:
        return None
    printed = match["rank_unit"]
    unit = "%" if printed == "%" or half else "位" if printed == "位" else "名"
    return Value(start, end, end, value, None, unit, "rank", "rank")


def _plain(match: re.Match[str], words: QuantityWords) -> Value | None:
    start, end = match.span()
    unit, other, suffix = match.group("unit", "other", "suffix")
    number_end = end
    if suffix:
        number_end = match.start("suffix")
    at, upper_group = match.end("a"), "b"
    if at < 0:
        if match["ratio"] is not None:
            return _ratio(match, number_end)
        if match["share"] is not None:
            return _share(match, number_end)
        at, upper_group = match.end("c"), "d"
    word = match.string[start:at]
    value = _read_number(word)
    upper = None
    if match[upper_group] is not None:
        upper = _read_number(match[upper_group])
        unit = match["b_unit"] or unit
        if value is not None and upper is not None and upper < value:
            upper = None
    if value is None:
        return None
    if unit:
        known = words.units.get(unit) or _scaled(unit, words)
        return Value(
            start,
            end,
            number_end,
            value,
            upper,
            known.name,
            known.kind,
            "value",
            suffix or "",
            word,
            match["more"] is not None,
        )
    return Value(
        start,
        end,
        number_end,
        value,
        upper,
        other or "",
        "count" if other else "none",
        "value",
        suffix or "",
        word,
    )


def _ratio(match: re.Match[str], number_end: int) -> Value | None:
    start, end = match.span()
    left, _, right = _COLON.sub(":", match.string[start : match.end("ratio")]).partition(":")
    first = left in ("1", "一")
    value = _read_number(right if first else left)
    unit = "1:" if first else ":1"
    return (
        None
        if value is None
        else Value(start, end, number_end, value, None, unit, "ratio", "ratio", match["suffix"] or "")
    )


def _share(match: re.Match[str], number_end: int) -> Value | None:
    start, end = match.span()
    printed = match.string[start : match.end("share")]
    mille = printed.startswith("千分之")
    value = _HALVES.get(printed) or number(printed.removeprefix("千分之") if mille else printed)
    upper = number(match["share_b"]) if match["share_b"] else None
    if value is None:
        return None
    return Value(
        start,
        end,
        number_end,
        value,
        None if mille else upper,
        "‰" if mille else "%",
        "share",
        "share",
        match["suffix"] or "",
        printed,
    )


def _scaled(printed: str, words: QuantityWords) -> Unit:
    """Return the unit of a printed one that carries 万 or 亿: 万人次 is a count."""
    for cut in (1, 2):
        unit = words.units.get(printed[cut:])
        if unit is not None:
            return Unit(unit.kind, printed[:cut] + unit.name)
    return Unit("count", printed)


_READERS: dict[str, Callable[[re.Match[str], QuantityWords], Value | None]] = {
    "full": _full,
    "whole": _full,
    "double": _double,
    "rank": _rank,
    "rank_unit": _rank,
}
