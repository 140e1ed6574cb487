"""Printed numbers at line starts: 第一章, 一、, （一）, 1., 1.1, （1）, ①, —— (rules/numbering.toml)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from msgspec import Struct

from planparse.expressions import expression
from planparse.gate import firsts_of
from planparse.rulebook import Entry, Example, Rulebook

#: numbers that are dates
DATED = frozenset({"month", "month-han", "quarter"})
#: ordinals that only their order tells: 甲、乙、丙 and 壹、贰、叁
_ORDERED = {"stem": "甲乙丙丁戊己庚辛壬癸", "formal": "壹贰叁肆伍陆柒捌玖拾"}
#: numbers with a word before them (任务1, 第二项), which stand on any level
WORDED = frozenset({"task-word", "action", "item-word"})
HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}


class Number(Struct, frozen=True, gc=False):
    """A printed ordinal: its style, rank (outer is smaller), value (0 without order) and where it stands."""

    style: str
    rank: float
    value: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """All styles in one expression; ``entries`` by group name; a number begins with a digit or one of ``firsts``."""

    pattern: re.Pattern[str]
    entries: dict[str, Entry]
    firsts: frozenset[str]

    def match(self, text: str, at: int, end: int) -> Number | None:
        """Return the number printed at ``text[at]``, or None."""
        if at >= end or not (text[at] in self.firsts or text[at].isdecimal()):
            return None
        found = self.pattern.match(text, at, end)
        if found is None or found.lastgroup is None:
            return None
        entry = self.entries[found.lastgroup]
        return Number(
            entry.id, entry["rank"], ordinal(found[found.lastgroup + "v"], entry["value"]), at, found.end()
        )


def ordinal(printed: str, kind: str) -> int:
    """Return the value of a printed ordinal.

    >>> ordinal("十二", "han"), ordinal("7", "arabic"), ordinal("③", "circled"), ordinal("㈢", "circled"), ordinal("b", "letter"), ordinal("丙", "stem")
    (12, 7, 3, 3, 2, 3)
    """
    if kind == "none":
        return 0
    if kind == "circled":
        return int(unicodedata.numeric(printed))
    if kind in _ORDERED:
        return _ORDERED[kind].index(printed) + 1
    if kind == "letter":
        return ord(printed.lower()) - ord("a") + 1
    if printed.isdigit():
        return int(printed)
    value = 0
    hundreds, _, rest = printed.rpartition("百")
    if hundreds:
        value += 100 * HAN_DIGITS.get(hundreds, 1)
    tens, ten, ones = rest.rpartition("十")
    if ten:
        value += 10 * HAN_DIGITS.get(tens, 1)
    return value + HAN_DIGITS.get(ones, 0)


_DIGIT = expression(r"\[[^\]]*\]|\\d")


def _plain_digits(found: re.Match[str]) -> str:
    return "[0-9]" if found[0] == r"\d" else found[0].replace(r"\d", "0-9")


def build_numbering(rules: Rulebook) -> Numbering:
    """Return the compiled styles; more specific (deeper decimal) styles are tried first."""
    entries = sorted(
        rules.entries("numbering"),
        key=lambda e: (not e.id.startswith("decimal-3"), not e.id.startswith("decimal"), e["rank"]),
    )
    names = {f"g{k}_": entry for k, entry in enumerate(entries)}
    # lastgroup names the last closed group: the empty one, which leaves the engine a first character to look at
    parts = [
        f"(?:{entry['pattern'].replace('(?P<v>', f'(?P<{name}v>')})(?P<{name}>)"
        for name, entry in names.items()
    ]
    firsts = [firsts_of(_DIGIT.sub(_plain_digits, entry["pattern"])) for entry in entries]
    return Numbering(expression("|".join(parts)), names, frozenset().union(*firsts))


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example: the number at the start of the text, whole, with that value."""
    found = rules.compiled(build_numbering).match(example.text, 0, len(example.text))
    if not positive:
        return (
            f"found {example.text[found.start : found.end]!r}" if found and found.style == entry.id else None
        )
    if found is None or found.style != entry.id:
        return f"found {found.style if found else 'nothing'}"
    if example.span and (found.start, found.end) != example.span:
        return f"found only {example.text[found.start : found.end]!r}"
    if example.value is not None and found.value != int(example.value):
        return f"value {found.value}"
    return None
