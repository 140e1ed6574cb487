"""Which script a text is in, and its conversion to simplified characters.

A character counts for one script only where the other has none of it: 務 is traditional only, 务 simplified
only, 后 and 干 are both and count for neither.

>>> script_of("醫務科負責"), script_of("医务科负责"), script_of("第3季度")
('traditional', 'simplified', 'simplified')
"""

from __future__ import annotations

import re
from functools import lru_cache

from planparse.expressions import expression
from planparse.model import Script
from planparse.normalize.t2s import STANDARD, odd_to_simplified, tables, to_simplified
from planparse.rulebook import Entry, Example, Rulebook

#: so many odd characters, or so large a share, do not make a text mixed
ODD = 4
ODD_SHARE = 0.03


def _encodable(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1)
def _only() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the classes of characters that are traditional only and simplified only.

    A simplified form that Big5 can write is an old character too (后, 里, 云), and so is no witness.
    """
    pairs = [(chr(k), v) for k, v in tables().table.items() if k < 0x10000]
    traditional = {k for k, _ in pairs if k not in STANDARD and not _encodable(k, "gb2312")}
    simplified = {v for _, v in pairs if v < "\U00010000" and not _encodable(v, "big5")}
    return (expression(f"[{''.join(sorted(traditional))}]"), expression(f"[{''.join(sorted(simplified))}]"))


def is_odd(text: str) -> bool:
    """Tell whether a text holds a character that t2s changes."""
    return tables().trigger.search(text) is not None


def script_of(text: str) -> Script:
    """Return the script of ``text``: simplified, traditional or mixed; a text without a witness is simplified."""
    if not is_odd(text):
        return "simplified"
    old, new = _only()
    there = len(old.findall(text))
    if not there:
        return "simplified"
    here = len(new.findall(text))
    few = max(ODD, ODD_SHARE * max(there, here))
    if here <= few and here < there:
        return "traditional"
    return "simplified" if there <= few else "mixed"


def convert(text: str, script: Script, rules: Rulebook) -> str:
    """Return ``text`` in simplified characters, the same length.

    A simplified text has only its odd traditional characters changed; a traditional or mixed one gets
    OpenCC's t2s and then the rules of ``t2s_fixes``.
    """
    if script == "simplified":
        return odd_to_simplified(text)  # the same object where nothing is odd
    text = to_simplified(text)
    for cue, pattern, value in rules.compiled(_fixes):
        if any(character in text for character in cue):
            text = pattern.sub(value, text)
    return text


def _fixes(rules: Rulebook) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    entries = rules.entries("t2s_fixes")
    return tuple((entry["cue"], expression(entry["pattern"]), entry["value"]) for entry in entries)


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of ``t2s_fixes``: the pattern finds the mark, once, and gives the value at equal length."""
    hits = list(re.finditer(entry["pattern"], example.text))
    if not positive:
        return f"found {hits[0][0]!r}" if hits else None
    if [hit.span() for hit in hits] != [example.span]:
        return f"found {[hit[0] for hit in hits]}, expected the marked text once"
    value = hits[0].expand(entry["value"])
    if len(value) != len(hits[0][0]):
        return f"{hits[0][0]!r} becomes {value!r}: a conversion must keep the length"
    if not set(entry["cue"]) & set(hits[0][0]):
        return f"no character of cue {entry['cue']!r} in the mark"
    return None if value == example.value else f"gives {value!r}"
