"""Numbers and dates of sheets as their number format prints them (ECMA-376 part 1, 18.8.30 and 18.8.31).

What matters in a plan is kept exact: percent signs, decimals, text around the number, and which parts of a
date are shown. A full date is printed ISO; a format without day prints 「2024年6月」, so that it means the month.
Thousands are printed without separators.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

#: built-in format ids, with the Chinese meaning of the date ids
BUILT_IN: Final = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: "h:mm",
    33: "h:mm:ss",
    34: "h:mm",
    35: "h:mm:ss",
    36: 'yyyy"年"m"月"',
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    45: "mm:ss",
    46: "h:mm:ss",
    47: "mm:ss",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: "h:mm",
    56: "h:mm:ss",
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
_TOKEN: Final = re.compile(
    r'"([^"]*)"|\\(.)|\[([^\]]*)\]|[_*].|(General)|([0#?][0#?.,]*|\.[0#?]+)|(E[+-]0+)|(.)', re.I | re.S
)
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_SECTION: Final = re.compile(r'(?:"[^"]*"|\\.|[^;])*(?:;|$)', re.S)
_MAX_SERIAL: Final = 2_958_466
_MAX_FORMAT: Final = 255


@lru_cache(maxsize=1024)
def date_parts(form: str) -> str:
    """Return which date and time parts a format prints, of ``y m d t``; empty for a number format.

    >>> date_parts('yyyy"年"m"月"'), date_parts("0.0%"), date_parts("h:mm")
    ('ym', '', 't')
    """
    bare = _QUOTED.sub("", form.split(";", maxsplit=1)[0]).lower()
    if "general" in bare or re.search(r"[0#?]", bare):
        return ""
    time = re.search(r"h|s|am/pm|上午", bare) is not None
    if time:
        bare = re.sub(r"(?<=h)[^ymds]{0,3}m{1,2}|m{1,2}(?=[^ymdh]{0,3}s)", "", bare)
    parts = ("y" if re.search(r"[ye]", bare) else "") + ("m" if "m" in bare else "")
    return parts + ("d" if re.search(r"d|a{3,4}", bare) else "") + ("t" if time else "")


def as_printed(value: float, form: str, *, since_1904: bool = False) -> str:
    """Return a sheet's number as its format prints it.

    >>> as_printed(0.955, "0.0%"), as_printed(45473, "yyyy-mm-dd"), as_printed(45473, 'yyyy"年"m"月"')
    ('95.5%', '2024-06-30', '2024年6月')
    >>> as_printed(0.1 + 0.2, "General"), as_printed(30, '"≥"0"例"')
    ('0.3', '≥30例')
    """
    form = form[:_MAX_FORMAT]
    parts = date_parts(form)
    if parts and 0 <= value < _MAX_SERIAL:
        return _date(value, parts, since_1904)
    if not form or form.lower() in ("general", "@"):
        return general(value)
    sections = [found.rstrip(";") for found in _SECTION.findall(form)]
    section = sections[0]
    if value < 0 and len(sections) > 2:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 3:
        section = sections[2]
    return _number(value, section)


def general(value: float) -> str:
    """Return a number without format: whole numbers whole, others with 11 significant digits.

    >>> general(12.0), general(0.1)
    ('12', '0.1')
    """
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.11g}"
    return text if "e" in text else (text.rstrip("0").rstrip(".") if "." in text else text)


def _number(value: float, section: str) -> str:
    parsed = _parsed(section, value >= 0)
    if parsed is None:
        return general(value)
    before, pattern, after, percents = parsed
    if not pattern:
        return before.strip() or general(value)
    return f"{before}{_digits(value * 100**percents, pattern)}{after}".strip()


@lru_cache(maxsize=1024)
def _parsed(section: str, positive: bool) -> tuple[str, str, str, int] | None:
    """Return what stands before the digits, their pattern, what stands behind, and the count of percent signs."""
    percents = 0
    out: list[str] = []
    place = -1
    pattern = ""
    for quoted, escaped, bracket, plain, digits, power, other in _TOKEN.findall(section):
        if digits and place < 0:
            place, pattern = len(out), digits
            out.append("")
        elif plain:
            place, pattern = len(out), "General"
            out.append("")
        elif power or (digits and place >= 0):
            return None  # exponents, fractions: seen in no plan
        elif bracket:
            out.append(bracket[1:].split("-")[0] if bracket.startswith("$") else "")
        else:
            percents += other == "%"
            out.append(quoted or escaped or (other if other not in "()" or positive else ""))
    if place < 0:
        return "".join(out), "", "", 0
    return "".join(out[:place]), pattern, "".join(out[place + 1 :]), percents


def _digits(value: float, pattern: str) -> str:
    if pattern == "General":
        return general(value)
    while pattern.endswith(","):
        value, pattern = value / 1000, pattern[:-1]
    whole, _, decimals = pattern.replace(",", "").partition(".")
    try:
        exact = Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    except InvalidOperation:
        return general(value)
    text = f"{exact:f}"
    if decimals.strip("0"):  # '#' and '?' print no closing zeros
        keep = len(decimals.rstrip("#?"))
        head, _, tail = text.partition(".")
        tail = tail[:keep] + tail[keep:].rstrip("0")
        text = f"{head}.{tail}" if tail else head
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    return sign + text.rjust(whole.count("0") + (len(text) - text.find(".") if "." in text else 0), "0")


def _date(value: float, parts: str, since_1904: bool) -> str:
    days = value + 1462 if since_1904 else value
    if not since_1904 and days < 60:
        days += 1  # the calendar of sheets has a 29 February 1900
    moment = datetime(1899, 12, 30) + timedelta(seconds=round(days * 86_400))
    return date_as_printed(moment, parts)


def date_as_printed(moment: datetime, parts: str) -> str:
    """Return a date with the parts that its format shows; with year, month and day it is ISO.

    A day at midnight is a day: programs write dates under formats with a time.

    >>> date_as_printed(datetime(2024, 6, 1), "ym"), date_as_printed(datetime(2024, 6, 30, 9, 5), "ymdt"), date_as_printed(datetime(2024, 6, 30), "ymdt")
    ('2024年6月', '2024-06-30 09:05', '2024-06-30')
    """
    shown = parts.replace("t", "")
    midnight = "d" in shown and not (moment.hour or moment.minute or moment.second)
    time = f"{moment:%H:%M}" if "t" in parts and not midnight else ""
    if shown == "ymd":
        day = f"{moment:%Y-%m-%d}" if moment.year >= 1000 else moment.date().isoformat()
    else:
        day = (
            (f"{moment.year}年" if "y" in shown else "")
            + (f"{moment.month}月" if "m" in shown else "")
            + (f"{moment.day}日" if "d" in shown else "")
        )
    return " ".join(part for part in (day, time) if part)
