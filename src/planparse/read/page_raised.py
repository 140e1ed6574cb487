"""Raised letters of a page: the marks of footnotes are left out, other raised letters are set on their line.

A raised letter has a baseline of its own: left there it would be a line between two lines, in the midst of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from planparse.read.page_parts import Char

_SMALL: Final = 0.88  #: of the size of the letter before it
_RAISED: Final = (0.2, 0.7)  #: of that size: how far above its baseline
_CLOSE: Final = 0.5  #: of that size: how far behind it
_MOST: Final = 8  #: letters that are raised together
_NOTE: Final = re.compile(r"[\[［〔(（]?(?:注?\d{1,2}|注|\*{1,3})[\]］〕)）]?|[①-⑳]")


def seat_raised(chars: Sequence[Char]) -> list[Char]:
    """Return characters, in the order in which they are drawn, without marks of notes and with no raised ones.

    A raised number behind a letter or a digit is none of a note: it is a power or a unit (10⁹/L, m²).

    >>> line = [Char("率", 0, 10, 50, 12), Char("1", 10, 13, 45, 7), Char("达", 13, 23, 50, 12)]
    >>> "".join(char.text for char in seat_raised(line))
    '率达'
    >>> line = [Char("m", 0, 8, 50, 12), Char("2", 8, 11, 45, 7)]
    >>> [(char.text, char.base) for char in seat_raised(line)]
    [('m', 50), ('2', 50)]
    """
    out: list[Char] = []
    at = 0
    while at < len(chars):
        raised = _raised(out[-1], chars, at) if out else []
        if not raised:
            out.append(chars[at])
            at += 1
            continue
        at += len(raised)
        mark = "".join(char.text for char in raised).strip()
        before = out[-1]
        if (before.text.isascii() and before.text.isalnum()) or not _NOTE.fullmatch(mark):
            out.extend(char._replace(base=before.base) for char in raised)
    return out


def _raised(before: Char, chars: Sequence[Char], at: int) -> list[Char]:
    """Return the letters from ``at`` on that are raised behind a letter; none where they are too many."""
    found: list[Char] = []
    right = before.x1
    low, high = (before.base - share * before.size for share in _RAISED)
    while at < len(chars) and len(found) <= _MOST:
        char = chars[at]
        close = -_CLOSE * before.size < char.x0 - right < _CLOSE * before.size
        if not close or not high < char.base < low or char.size > _SMALL * before.size:
            break
        found.append(char)
        right = char.x1
        at += 1
    return found if len(found) <= _MOST else []
