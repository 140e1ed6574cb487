"""Counters as office programs print them: 一、㈠ ① Ⅳ 甲 …, by the names of OOXML (ECMA-376 part 1, 17.18.59).

>>> [printed(12, form) for form in ("chineseCounting", "decimalEnclosedCircle", "upperRoman", "ideographTraditional")]
['十二', '⑫', 'XII', '乙']
"""

from __future__ import annotations

from typing import Final

_DIGITS: Final = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED: Final = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL: Final = "零壹貳參肆伍陸柒捌玖"
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
#: OOXML format name -> how Chinese numerals are composed
_COUNTING: Final = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "koreanCounting",
    }
)
_DIGITAL: Final = frozenset(
    {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"}
)
_WORD_LIMIT: Final = 9_999


def chinese(number: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """Return 1 to 9999 in Chinese numerals, others in digits; 12 is 十二, 105 is 一百零五.

    >>> chinese(12), chinese(20), chinese(105), chinese(0)
    ('十二', '二十', '一百零五', '0')
    """
    if not 0 < number <= _WORD_LIMIT:
        return str(number)
    out = ""
    gap = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if not digit:
            gap = bool(out)
            continue
        out += ("零" if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    return out[1:] if 10 <= number < 20 and units[0] == "十" else out


def roman(number: int) -> str:
    """Return 1 to 3999 in small Roman numerals, others in digits.

    >>> roman(14)
    'xiv'
    """
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        out += sign * count
    return out


def letters(number: int) -> str:
    """Return a, b … z, aa, bb … as Word counts with letters.

    >>> letters(1), letters(28)
    ('a', 'bb')
    """
    if not 0 < number <= 26 * 30:
        return str(number)
    turn, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (turn + 1)


def circled(number: int) -> str:
    """Return ① … ㊿, beyond that digits.

    >>> circled(3), circled(21)
    ('③', '㉑')
    """
    if 1 <= number <= 20:
        return chr(0x245F + number)
    if 21 <= number <= 35:
        return chr(0x323C + number)
    if 36 <= number <= 50:
        return chr(0x328D + number)
    return str(number)


def printed(number: int, form: str) -> str:
    """Return a counter as printed in an OOXML number format; unknown formats print digits.

    >>> printed(3, "decimalZero"), printed(7, "none")
    ('03', '')
    """
    if form in _COUNTING:
        return chinese(number)
    if form in _DIGITAL:
        return "".join(_DIGITS[int(digit)] for digit in str(max(0, number)))
    if form.startswith("decimalEnclosed"):
        if "Circle" in form or not 1 <= number <= 20:
            return circled(number) if "Circle" in form else str(number)
        return chr((0x2487 if form.endswith("Fullstop") else 0x2473) + number)
    if form.startswith("decimalFullWidth"):
        return str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    return _by_name(number, form)


def _by_name(number: int, form: str) -> str:
    match form:
        case "decimalZero":
            return f"{number:02d}"
        case "upperRoman":
            return roman(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperLetter":
            return letters(number).upper()
        case "lowerLetter":
            return letters(number)
        case "chineseLegalSimplified":
            return chinese(number, _LEGAL_SIMPLIFIED, "拾佰仟")
        case "ideographLegalTraditional" | "japaneseLegal":
            return chinese(number, _LEGAL_TRADITIONAL, "拾佰仟")
        case "ideographTraditional":
            return _STEMS[(number - 1) % 10]
        case "ideographZodiac":
            return _BRANCHES[(number - 1) % 12]
        case "ideographEnclosedCircle":
            return chr(0x327F + number) if 1 <= number <= 10 else chinese(number)
        case "numberInDash":
            return f"- {number} -"
        case "none":
            return ""
        case _:
            return str(number)
