"""The words of the quantity rules, as tables that a scan can use: units, comparators, verbs, fillers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from planparse.alternatives import any_of, lengths_by
from planparse.expressions import expression
from planparse.rulebook import Entry, Rulebook

#: a comparator's kind -> the relation that it sets by itself
RELATIONS = {
    "reach": "ge",
    "cap": "le",
    "hold": "eq",
    "floor": "ge",
    "over": "gt",
    "ceiling": "le",
    "under": "lt",
    "about": "about",
    "between": "between",
    "up": "increase_by",
    "down": "decrease_by",
    "to": "ge",
}


class Unit(Struct, frozen=True):
    """A unit: its kind (share, point, count, act, money, time, …) and the name under which it is recorded."""

    kind: str
    name: str


class QuantityWords(Struct, frozen=True):
    """What the rule tables say about quantities.

    ``before`` maps a word that ends where the number begins to (role, kind, characters that forbid it before it);
    ``leads`` maps a word that opens a clause to the characters that forbid it after it. ``before_lengths`` and
    ``leads_lengths`` give the lengths of such words by their last, or first, character.
    """

    units: Mapping[str, Unit]
    unit_pattern: str
    before: Mapping[str, tuple[str, str, str]]
    before_lengths: Mapping[str, tuple[int, ...]]
    ranks: frozenset[str]
    suffixes: Mapping[str, str]
    suffix_pattern: str
    leads: Mapping[str, str]
    leads_lengths: Mapping[str, tuple[int, ...]]
    verbs: Mapping[str, str]
    nominal: frozenset[str]
    verb: re.Pattern[str]
    verb_firsts: frozenset[str]
    turn: re.Pattern[str]
    metric: tuple[str, ...]
    clock: tuple[str, ...]
    measures: tuple[str, ...]
    past: re.Pattern[str]
    handled: tuple[str, ...]
    slogan: tuple[str, ...]
    cut: re.Pattern[str]
    generic: frozenset[str]
    compound: tuple[str, ...]


def _words(entries: Sequence[Entry], role: str) -> list[str]:
    return [word for entry in entries if entry["role"] == role for word in entry["words"]]


def _guards(entries: Sequence[Entry], role: str, field: str) -> dict[str, str]:
    return {word: entry.get(field, "") for entry in entries if entry["role"] == role for word in entry["words"]}


def _before(comparators: Sequence[Entry], targets: Sequence[Entry]) -> dict[str, tuple[str, str, str]]:
    before: dict[str, tuple[str, str, str]] = {}
    for word, guard in _guards(targets, "tail", "not_after").items():
        before[word] = ("tail", "", guard)
    for entry in comparators:
        if entry["place"] == "prefix" and entry["kind"] != "rank":
            for word in entry["words"]:
                # a one-character word is part of another word more often than a long one
                guard = entry.get("not_after", "") if len(word) == 1 or entry.get("guard_all") else ""
                before[word] = ("comparator", entry["kind"], guard)
    return before


def build_words(rules: Rulebook) -> QuantityWords:
    """Return the tables built from ``rules``; call it through ``rules.compiled(build_words)``."""
    comparators, targets = rules.entries("comparators"), rules.entries("target_words")
    units = {entry.id: Unit(entry["kind"], entry.get("unit", entry.id)) for entry in rules.entries("units")}
    guards = {entry.id: entry.get("not_next", "") for entry in rules.entries("units")}
    suffixes = {
        word: entry["kind"] for entry in comparators if entry["place"] == "suffix" for word in entry["words"]
    }
    before = _before(comparators, targets)
    leads = _guards(targets, "lead", "not_next")
    past = _guards(targets, "past", "not_next")
    verbs = {
        word: role for role in ("act", "make", "raise", "lower") for word in _words(targets, role) if len(word) > 1
    }
    verbs |= {f"新{word}": role for word, role in verbs.items() if role == "make" and len(word) == 2 and word[0] not in "增建新"}
    return QuantityWords(
        units=units,
        unit_pattern=any_of(units, guards),
        before=before,
        before_lengths=lengths_by(before, -1),
        ranks=frozenset(word for entry in comparators if entry["kind"] == "rank" for word in entry["words"]),
        suffixes=suffixes,
        suffix_pattern=any_of(suffixes) + r"(?!(?<=[^以之]内)[部科外镜容控涵分训])",  # 开展1次内部审计
        leads=leads,
        leads_lengths=lengths_by(leads, 0),
        verbs=verbs,
        nominal=frozenset(
            word for entry in targets if entry["role"] == "act" or entry.get("nominal") for word in entry["words"]
        ),
        verb=expression(any_of(verbs)),
        verb_firsts=frozenset(word[0] for word in verbs),
        turn=expression(any_of(_words(targets, "turn"), leads)),
        metric=tuple(_words(targets, "metric")),
        clock=tuple(_words(targets, "clock")),
        measures=tuple(_words(targets, "metric") + _words(targets, "clock")),
        past=expression(any_of(past, past)),
        handled=tuple(_words(targets, "handled")),
        slogan=tuple(_words(targets, "slogan")),
        cut=expression(any_of(_words(targets, "cut"))),
        generic=frozenset(_words(targets, "generic")),
        compound=tuple(_words(targets, "compound")),
    )
