"""A gate for a large regular expression: a fast one that finds every place where the large one may match.

The gate is computed from the parsed expression: each character that a match may begin with, and what may
follow it. A run of numerals counts as one character, so that 「85%」 and 「12个」 are passed over where only
年, 月, 季 … may follow. The standard ``re`` engine searches such an expression with a character set first.
"""

from __future__ import annotations

import importlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from planparse.expressions import expression

DIGITS = "0123456789"
NUMERALS = frozenset(DIGITS + "〇○零一二三四五六七八九十两OＯ")
_RUN = 8
_ANY = "\0"  # a prefix after which anything may follow

#: a prefix is at most two signs, "#" standing for a run of numerals; one that ends in _ANY is not continued
Prefixes = frozenset[str]
_EMPTY: Prefixes = frozenset({""})


#: the prefixes of the rule tables' expressions, read ahead (corpora/make_expressions.py)
READY = Path(__file__).parent / "gates.z"


@lru_cache(maxsize=1)
def _ready() -> dict[str, list[str]]:
    return json.loads(zlib.decompress(READY.read_bytes())) if READY.is_file() else {}


def gate_of(pattern: str) -> re.Pattern[str]:
    """Return an expression that matches one character at every place where ``pattern`` may match.

    No place is lost; a place found is only likely. A run of ASCII digits is entered at its first digit.

    >>> gate = gate_of("年[底末]|(?:[0-9]{4}年)?[0-9]+月")
    >>> [hit.start() for hit in gate.finditer("年度达到85%，年底和2024年6月")]
    [8, 11, 16]
    """
    return gate_from(prefixes_of(pattern))


def gate_from(found: Prefixes) -> re.Pattern[str]:
    """Return the gate of prefixes, as :func:`gate_of` of a pattern."""
    if any(prefix in ("", _ANY) for prefix in found):
        return expression("(?s:.)")
    branches = []
    firsts: dict[str, list[str]] = {}  # what may follow -> what it may follow on
    for first in sorted({prefix[0] for prefix in found}):
        seconds = {prefix[1:2] for prefix in found if prefix[0] == first}
        free = "" in seconds or _ANY in seconds
        if first == "#":
            follow = "" if free else f"(?={_class(NUMERALS)}{{0,{_RUN}}}{_class(seconds)})"
            branches += [f"[0-9](?<![0-9].){follow}", _class(NUMERALS - set(DIGITS)) + follow]
        else:
            firsts.setdefault("" if free else f"(?={_class(seconds)})", []).append(first)
    branches += [_class(some) + follow for follow, some in firsts.items()]
    # the set in front lets the engine leap; what it has read is then looked at again, with what follows
    return expression(f"{_class(prefix[0] for prefix in found)}(?<={'|'.join(branches)})", re.DOTALL)


class Gated:
    """A large expression behind its gate; it must match something, never the empty text.

    >>> [hit[0] for hit in Gated("年[底末]|[0-9]{4}年").finditer("2024年度，年底", 0, 10)]
    ['2024年', '年底']
    """

    __slots__ = ("_gate", "_match")

    def __init__(self, pattern: str) -> None:
        self._gate = gate_of(pattern)
        self._match = expression(pattern).match

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Yield the matches in ``text[start:end]``, leftmost first, disjoint, as ``re.Pattern.finditer``."""
        at = start
        for place in self._gate.finditer(text, start, end):
            if place.start() >= at and (found := self._match(text, place.start(), end)):
                at = found.end()
                yield found


class Opening(Struct, frozen=True):
    """An expression for the beginning of a stretch, tried only on a character that it may begin with.

    >>> opening = Opening.of("(?:以上)?(?:牵头|责任)科室：")
    >>> opening.match("责任科室：医务科", 0, 8)[0], opening.match("推进日间手术", 0, 6)
    ('责任科室：', None)
    """

    firsts: frozenset[str]
    pattern: re.Pattern[str]

    @staticmethod
    def of(pattern: str) -> Opening:
        """Return ``pattern`` ready; raises ValueError where it may begin with anything."""
        return Opening(firsts_of(pattern), expression(pattern))

    def match(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """As ``re.Pattern.match``."""
        return self.pattern.match(text, start, end) if start < end and text[start] in self.firsts else None


def presence(pattern: str) -> re.Pattern[str]:
    """Return an expression that matches one character wherever ``pattern`` matches, found by leaps from one such to the next.

    Raises ValueError where it may begin with anything.

    >>> [hit.start() for hit in presence("较?上年|[成立]了").finditer("成立了小组，较上年")]
    [1, 6, 7]
    """
    return expression(f"{_class(firsts_of(pattern))}(?<=(?={pattern})[\\s\\S])")


def sign(char: str) -> str:
    """Return the sign of a character in a prefix: "#" for a numeral, else itself."""
    return "#" if char in NUMERALS else char


def _class(chars: Iterable[str]) -> str:
    some = set(chars)
    if "#" in some:
        some = (some - {"#"}) | NUMERALS
    return "[" + "".join(re.escape(char) for char in sorted(some)) + "]"


def firsts_of(pattern: str) -> frozenset[str]:
    """Return the characters that a match may begin with.

    Raises ValueError where it may be any.

    >>> sorted(firsts_of("(?:之|以)?前|起"))
    ['之', '以', '前', '起']
    """
    signs = {prefix[:1] for prefix in prefixes_of(pattern)}
    if signs & {"", _ANY}:
        raise ValueError(
            f"{pattern!r} may begin with anything; it must begin with a character or a class of them"
        )
    return frozenset(signs - {"#"}) | (NUMERALS if "#" in signs else frozenset())


def lasts_of(pattern: str) -> frozenset[str] | None:
    """Return the characters that a match may end with; None where it may be any, or the match empty.

    >>> sorted(lasts_of("[一-龥]{2,40}(?:医院|办公室)(?:印发)?"))
    ['发', '室', '院']
    """
    parser = importlib.import_module("re._parser")
    found, empty = _lasts(parser.parse(pattern))
    return None if empty or _ANY in found else frozenset(found)


def _lasts(items: Any) -> tuple[set[str], bool]:
    """Return the last characters of a sequence (_ANY for any), and whether it may be empty."""
    found: set[str] = set()
    for op, value in reversed(list(items)):
        name = str(op)
        if name in ("ASSERT", "ASSERT_NOT", "AT"):
            continue
        if name == "LITERAL":
            return found | {chr(value)}, False
        if name == "BRANCH":
            sides = [_lasts(side) for side in value[1]]
            own, empty = set().union(*(side for side, _ in sides)), any(may for _, may in sides)
        elif name == "SUBPATTERN":
            own, empty = _lasts(value[-1])
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            own, empty = _lasts(value[2])
            empty = empty or value[0] == 0
        elif name == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
            own, empty = {chr(code) for _, code in value}, False
        else:
            own, empty = {_ANY}, False
        found |= own
        if not empty:
            return found, False
    return found, True


class WholeLines(Struct, frozen=True):
    """Tells which lines expressions may match as a whole: by the first character, the last, or else by trying.

    A line begins with one of ``firsts``, or ends with one of ``lasts``, or matches ``free``; most lines do neither.

    >>> lines = WholeLines.of(["附件[：:].*", "[一-龥]{2,9}医院"])
    >>> [lines.may_match(line, 0, len(line)) for line in ("附件：名单", "松山医院", "推进日间手术")]
    [True, True, False]
    """

    firsts: frozenset[str]
    lasts: frozenset[str]
    free: re.Pattern[str]

    @staticmethod
    def of(patterns: Iterable[str]) -> WholeLines:
        """Return what tells for any of ``patterns``."""
        firsts: set[str] = set()
        lasts: set[str] = set()
        free = []
        for pattern in patterns:
            try:
                firsts |= firsts_of(pattern)
            except ValueError:  # begins with anything
                ends = lasts_of(pattern)
                lasts |= ends or set()
                free += [] if ends else [f"(?:{pattern})"]
        return WholeLines(frozenset(firsts), frozenset(lasts), expression("|".join(free) or "(?!)"))

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Return whether one of them may match ``text[start:end]``, which is not empty; no match is lost."""
        return (
            text[start] in self.firsts
            or text[end - 1] in self.lasts
            or self.free.fullmatch(text, start, end) is not None
        )


def prefixes_of(pattern: str) -> Prefixes:
    """Return the prefixes, of at most two signs, of everything that ``pattern`` matches.

    >>> sorted(prefixes_of("年?底|[0-9]{1,2}月"))
    ['#月', '年底', '底']
    """
    ready = _ready().get(pattern)
    return frozenset(ready) if ready is not None else parsed_prefixes(pattern)


def parsed_prefixes(pattern: str) -> Prefixes:
    """Return :func:`prefixes_of` from the expression itself, which takes a quarter of a millisecond."""
    parser = importlib.import_module("re._parser")  # the standard library's own parser; it has no public name
    return frozenset(prefix.rstrip(_ANY) or prefix for prefix in _sequence(parser.parse(pattern)))


def _sequence(items: Any) -> Prefixes:
    found = _EMPTY
    for op, value in items:
        if all(map(_done, found)):
            break
        found = _join(found, _of(str(op), value))
    return found


def _done(prefix: str) -> bool:
    return len(prefix) >= 2 or prefix == _ANY


def _join(left: Prefixes, right: Prefixes) -> Prefixes:
    whole = {prefix for prefix in left if _done(prefix)}
    for prefix in left - whole:
        for more in right:
            joined = prefix + (more[1:] if prefix == "#" and more[:1] == "#" else more)
            whole.add(joined[:2])
    return frozenset(whole)


def _of(op: str, value: Any) -> Prefixes:
    if op == "LITERAL":
        return frozenset({sign(chr(value))})
    if op == "IN":
        return _members(value)
    if op == "BRANCH":
        return frozenset(prefix for branch in value[1] for prefix in _sequence(branch))
    if op == "SUBPATTERN":
        return _sequence(value[-1])
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _repeat(_sequence(value[2]), int(value[0]), int(value[1]))
    if op == "ASSERT" and value[0] > 0:  # what is looked for must stand there, whatever is read after it
        return frozenset(prefix if _done(prefix) else prefix + _ANY for prefix in _sequence(value[1]))
    if op in ("ASSERT", "ASSERT_NOT", "AT"):
        return _EMPTY
    return frozenset({_ANY})


def _repeat(once: Prefixes, low: int, high: int) -> Prefixes:
    """Three rounds say all: a prefix holds two signs."""
    found: set[str] = set(_EMPTY) if low == 0 else set()
    rounds = _EMPTY
    for count in range(1, min(high, 3) + 1):
        rounds = _join(rounds, once)
        if count >= min(low, 3):
            found |= rounds
    return frozenset(found)


def _members(items: Any) -> Prefixes:
    signs: set[str] = set()
    for op, value in items:
        if str(op) == "LITERAL":
            signs.add(sign(chr(value)))
        elif str(op) == "RANGE" and value[1] - value[0] < 100:
            signs |= {sign(chr(code)) for code in range(value[0], value[1] + 1)}
        else:
            return frozenset({_ANY})
    return frozenset(signs)
