"""The relation of a quantity: comparators before the number, suffixes after it, verbs of change in front.

Words are looked up backwards from the number, longest first, so that 力争达到约 is read as 约, 达到, 力争.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from msgspec import Struct

from planparse.expressions import expression
from planparse.extract.quantity_words import RELATIONS, QuantityWords

STRICT = frozenset({"floor", "over", "ceiling", "under"})
_UPPER_BOUND = frozenset({"ceiling", "under", "cap"})
#: 在2023年基础上
_BASIS = expression(r"在[^，。；、,;]{0,10}的?基础上$")
_YEAR_DIGITS = frozenset("0123456789〇○零一二三四五六七八九")
_EACH = frozenset({"均", "都", "双双", "均要", "都要", "均应", "皆"})
_PARTING = expression(r"[，。；、,;]")
_LONGEST_CHAIN = 8


class Chain(Struct, frozen=True):
    """The words between indicator and number: ``end`` is where the indicator ends, ``kinds`` nearest first.

    ``starts`` are the offsets of the words of ``kinds``; ``each`` tells of 均, 都; ``respectively`` of 分别.
    """

    end: int
    kinds: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    each: bool = False
    respectively: bool = False


def read_chain(
    text: str, low: int, high: int, words: QuantityWords, skip: Callable[[int, int], int] | None = None
) -> Chain:
    """Return the comparators and fillers that end at ``high``, not before ``low``.

    ``skip(low, at)`` returns the start of a date that ends at ``at``, or ``at``; None where there is no date.
    """
    kinds: list[str] = []
    starts: list[int] = []
    found: list[str] = []
    each = respectively = False
    at = high
    for _ in range(_LONGEST_CHAIN):
        if at <= low:
            break
        moved = _measured_against(text, low, at, words)
        if moved == at and skip is not None:
            moved = skip(low, at)
            if moved < at and text[moved] in "到至":
                # the date took the 到 of 降到2025年的
                kinds.append("to")
                starts.append(moved)
                found.append(text[moved])
        if moved == at:
            word, role, kind = _word_before(text, low, at, words)
            moved = at - len(word)
            if role == "comparator":
                kinds.append(kind)
                starts.append(moved)
                found.append(word)
            else:
                each = each or word in _EACH
                respectively = respectively or word == "分别"
        if moved == at:
            break
        at = moved
    return Chain(at, tuple(kinds), tuple(starts), tuple(found), each, respectively)


def _word_before(text: str, low: int, at: int, words: QuantityWords) -> tuple[str, str, str]:
    """Return the comparator or filler that ends at ``at``, its role and its kind; empty where there is none."""
    for length in words.before_lengths.get(text[at - 1], ()):
        word = text[at - length : at]
        entry = words.before.get(word)
        if entry is None or at - length < low:
            continue
        role, kind, guard = entry
        if not guard or at - length <= low or text[at - length - 1] not in guard:
            return word, role, kind
    return "", "", ""


def _measured_against(text: str, low: int, at: int, words: QuantityWords) -> int:
    """Return where what a change is measured against starts, which ends at ``at``; ``at`` where there is none."""
    char = text[at - 1]
    if char not in words.against_last or not (
        text[at - 2 : at] in words.against_ends or (char == "年" and text[at - 2] in _YEAR_DIGITS)
    ):
        return at
    window = max(low, at - 18)
    match = words.against.search(text, window, at) or _BASIS.search(text, window, at)
    return match.start() if match else at


@lru_cache(maxsize=2048)
def relation(
    kinds: tuple[str, ...], suffix: str = "", ranged: bool = False, head: str = ""
) -> tuple[str, int]:
    """Return the relation, and how many of ``kinds`` (nearest first) belong to it; the others are the indicator's.

    ``suffix`` is the suffix's kind or "", ``head`` is "raise" or "lower" where such a verb opens the clause.

    >>> relation(("reach",), "about")
    ('about', 1)
    >>> relation(("cap", "up"), "ceiling")
    ('le', 1)
    >>> relation(("floor", "up"))
    ('increase_by', 2)
    """
    used = len(kinds)
    kinds = _merged(kinds)
    near = next((kind for kind in kinds if kind not in ("hold", "about", "to")), "")
    change = next((k for k, kind in enumerate(kinds) if kind in ("up", "down")), -1)
    if change >= 0:
        if near in _UPPER_BOUND:
            kinds, used = kinds[:change], change
        elif near != "reach":
            return RELATIONS[kinds[change]], used
        else:
            kinds, used = kinds[:change], change
    strict = next((kind for kind in kinds if kind in STRICT), "")
    if head and not kinds:
        return ("increase_by" if head == "raise" else "decrease_by"), used
    if strict:
        return RELATIONS[strict], used
    if "about" in kinds or suffix == "about":
        return "about", used
    if ranged:
        return "between", used
    if suffix in ("floor", "ceiling"):
        return RELATIONS[suffix], used
    capped = "cap" in kinds or (head == "lower" and ("to" in kinds or "hold" in kinds))
    if capped:
        return "le", used
    if "reach" in kinds or "to" in kinds:
        return "ge", used
    return "eq", used


def _merged(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Read a word of change before 到 as one comparator: 降 + 至 is cap; the place of the other stays, as hold."""
    if "to" not in kinds:
        return kinds
    merged = list(kinds)
    for k in range(len(kinds) - 1):
        if kinds[k] == "to" and kinds[k + 1] in ("up", "down"):
            merged[k], merged[k + 1] = ("reach" if kinds[k + 1] == "up" else "cap"), "hold"
    return tuple(merged)


def baseline_start(text: str, low: int, at: int) -> int | None:
    """Return where the 由 or 从 stands that makes the value at ``at`` a baseline (由2023年的35%…), or None."""
    window = max(low, at - 18)
    place = max(text.rfind("由", window, at), text.rfind("从", window, at))
    if place < 0 or (place > low and text[place - 1] in "依服遵自理缘"):
        return None
    return None if _PARTING.search(text, place, at) else place
