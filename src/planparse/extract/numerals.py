"""Numerals as printed in Chinese documents, read as numbers: 三十二, 1.5万, 百分之二十, 三分之二, 六成五.

A share (百分之…, …分之…, …成, 一半) is read in percent, so that 三分之二 is 66.67 and 三成 is 30;
:func:`is_share` tells such a numeral from a plain one.
"""

from __future__ import annotations

import re
from decimal import Decimal

from planparse.expressions import expression

_DIGITS = {
    **dict(zip("〇零一二三四五六七八九", (0, *range(10)), strict=True)),
    **dict(zip("○壹贰叁肆伍陆柒捌玖两", (0, *range(1, 10), 2), strict=True)),
    **dict(zip("0123456789", range(10), strict=True)),
    **dict(zip("０１２３４５６７８９", range(10), strict=True)),
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_TENS = {"廿": "二十", "卅": "三十"}
_ASCII = {ord(wide): str(value) for value, wide in enumerate("０１２３４５６７８９")} | {
    ord("．"): ".",
    ord("，"): ",",
}
_LONGEST = 64

_ARABIC = r"[0-9０-９]{1,15}(?:[,，][0-9]{3}(?![0-9])){0,4}(?:[.．][0-9０-９]{1,8})?[百千]?[万亿]{0,2}"
_CHINESE = (
    r"[〇○零一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟]{1,16}"
    r"(?:点[〇○零一二三四五六七八九]{1,6}[百千]?[万亿]{0,2})?"
)
_TENTHS = r"[一二两三四五六七八九十1-9]成(?:[一二三四五六七八九]|半)?(?![功立果员为长就绩熟套效才])"

#: regex fragment without groups: one numeral, the longest reading first. Repeats are bounded, so a pattern
#: built on it stays linear; it does not look left, put ``(?<![0-9.])`` before it where that matters.
NUMERAL = rf"(?:(?:{_CHINESE}|[0-9]{{1,6}})分之(?:{_ARABIC}|{_CHINESE})|{_TENTHS}|{_ARABIC}|{_CHINESE}|一?半)"

#: regex fragment without groups: a year of this century, by digits of either kind
YEAR = "(?:20[0-9]{2}|二[〇○零][〇○零一二三四五六七八九]{2})"
_HAN_YEAR = expression(
    "(?<![〇○零一二三四五六七八九十])二[〇○零][〇○零一二三四五六七八九]{2}(?=年|[—–―－~～至到-])"
)

_ARABIC_FORM = expression(r"([0-9]+(?:\.[0-9]+)?)([百千]?)([万亿]{0,2})")
_SHARE_FORM = expression(r".+分之.+|.成.?|一半|半数", re.DOTALL)


def arabic_years(text: str) -> str:
    """Return text of the same length with years in Chinese digits as Arabic ones.

    >>> arabic_years("二〇二四年工作要点"), arabic_years("二○二一—二○二五年"), arabic_years("二〇二病区")
    ('2024年工作要点', '2021—2025年', '二〇二病区')
    """
    if "〇" not in text and "○" not in text and "零" not in text:
        return text
    return _HAN_YEAR.sub(lambda hit: str(digits(hit[0])), text)


def digits(text: str) -> int | None:
    """Return the number of a digit-wise numeral (二〇二四 is 2024, 24 is 24), or None.

    >>> digits("二〇二四"), digits("二○二五"), digits("2026"), digits("二十")
    (2024, 2025, 2026, None)
    """
    value = 0
    if not 0 < len(text) <= _LONGEST:
        return None
    for char in text:
        digit = _DIGITS.get(char)
        if digit is None:
            return None
        value = value * 10 + digit
    return value


def is_share(text: str) -> bool:
    """Return whether a numeral is a share of a whole, which :func:`number` reads in percent.

    >>> is_share("三分之一"), is_share("三成"), is_share("三十")
    (True, True, False)
    """
    return _SHARE_FORM.fullmatch(text.strip()) is not None


def number(text: str) -> float | int | None:
    """Return the value of a numeral, or None when the whole text is no numeral.

    Shares come in percent, rounded to two decimals; 万 and 亿 are multiplied out; 半 is 0.5, 一半 is 50 (%).

    >>> number("三十二"), number("两千零五"), number("一万二千"), number("1.5万"), number("二〇二四")
    (32, 2005, 12000, 15000, 2024)
    >>> number("百分之二十"), number("三分之二"), number("六成五"), number("九十五点五"), number("1,200")
    (20, 66.67, 65, 95.5, 1200)
    >>> number("若干") is None
    True
    """
    text = text.strip()
    if not 0 < len(text) <= _LONGEST:
        return None
    value = _share(text) if is_share(text) else _plain(text)
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _share(text: str) -> Decimal | None:
    if text in ("一半", "半数"):
        return Decimal(50)
    whole, parted, part = text.partition("分之")
    if parted:
        below = Decimal({"百": 100, "千": 1000, "万": 10000}.get(whole, 0)) or _plain(whole)
        above = _plain(part)
        if not below or above is None:
            return None
        exact = above * 100 / below
        return exact if whole in ("百", "千", "万") else round(exact, 2)
    tenths, _, rest = text.partition("成")
    value = _plain(tenths)
    more = Decimal(5) if rest == "半" else _plain(rest) if rest else Decimal(0)
    if value is None or more is None or more >= 10:
        return None
    return value * 10 + more


def _plain(text: str) -> Decimal | None:
    if text == "半":
        return Decimal("0.5")
    form = _ARABIC_FORM.fullmatch(text.translate(_ASCII).replace(",", ""))
    if form and (text[-1] != "," and text[0] != ","):
        value = Decimal(form[1]) * _SMALL.get(form[2], 1)
        for unit in form[3]:
            value *= _LARGE[unit]
        return value
    whole, point, part = text.partition("点")
    if not point:
        plain = _chinese(text)
        return None if plain is None else Decimal(plain)
    scale = Decimal(1)
    while part and (part[-1] in _LARGE or part[-1] in _SMALL):
        scale *= _LARGE.get(part[-1]) or _SMALL[part[-1]]
        part = part[:-1]
    above, below = _chinese(whole), digits(part)
    if above is None or below is None:
        return None
    return (above + Decimal(below).scaleb(-len(part))) * scale


def _chinese(text: str) -> int | None:
    """Read 一万二千三百 with units, 二〇二四 without; a digit after the last unit counts the unit below it (三千五)."""
    if len(text) > 1:
        by_digit = digits(text)
        if by_digit is not None:
            return by_digit
    total = section = 0
    digit: int | None = None
    last, zero = 1, False
    for char in "".join(_TENS.get(char, char) for char in text):
        if char in _SMALL:
            last = _SMALL[char]
            section += (1 if digit is None else digit) * last
            digit, zero = None, False
        elif char in _LARGE:
            section += digit or 0
            total = (
                (total + section) * _LARGE[char] if _LARGE[char] > total else total + section * _LARGE[char]
            )
            if not total:
                return None
            section, last, digit, zero = 0, _LARGE[char], None, False
        elif char in _DIGITS and (digit is None or zero):
            digit, zero = _DIGITS[char], _DIGITS[char] == 0
        else:
            return None
    if digit:
        section += digit * (last // 10 if last >= 100 and text[-2] not in "零〇○" else 1)
    return total + section if text else None
