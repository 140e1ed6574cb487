"""The entries of ``rules/deadlines.toml`` compiled: where a date may begin, and how its parts are told apart.

One scan finds the places; its pattern starts with a single character class (the first characters of all
entries), so that the engine walks over other text at the speed of a character search. Only at a hit the
patterns with groups run.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from planparse.errors import RuleError
from planparse.rulebook import Entry, Rulebook

TABLE = "deadlines"
_PART = re.compile(r"(?<!\?P)<(_?)([a-z]+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>")
#: 完成时限：… or a bracket item of its own: where a slot word counts in running text
_SLOT = r"(?:(?<=[限间度点][:：])|(?<=[（(，,；;、\t|]))(?:{})(?=$|[）)】\]〕，,。；;\n\t|])"


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Entries of one role as one pattern; each entry is a group of its own."""

    pattern: re.Pattern[str]
    entries: Mapping[str, Entry]
    names: Mapping[str, tuple[tuple[str, str], ...]]

    def match(self, text: str, at: int, end: int) -> tuple[int, Entry, dict[str, str | None]] | None:
        """Return the end, the entry and its groups of the reading at ``at``, or None."""
        found = self.pattern.match(text, at, end)
        if found is None or found.lastgroup is None:
            return None
        key = found.lastgroup
        return found.end(), self.entries[key], {short: found[long] for short, long in self.names[key]}


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled rules: ``scan`` finds where something may stand, ``phrase`` takes a dated phrase apart."""

    scan: re.Pattern[str]
    never: re.Pattern[str]
    phrase: re.Pattern[str]
    recurrence: Alternatives
    whole: Alternatives
    year: Alternatives
    within: Alternatives
    edge: Alternatives
    second: Alternatives


def running(rules: Rulebook) -> Grammar:
    """Return the grammar of running text; for :meth:`Rulebook.compiled`."""
    return build(rules, cell=False)


def cell(rules: Rulebook) -> Grammar:
    """Return the grammar of a whole table cell, with the forms that only a cell may have."""
    return build(rules, cell=True)


def build(rules: Rulebook, *, cell: bool) -> Grammar:
    """Return the grammar; raises :class:`~planparse.errors.RuleError` naming every entry that does not compile."""
    entries = rules.entries(TABLE)
    parts = parts_of(rules)
    roles: dict[str, list[tuple[Entry, str]]] = {}
    for entry in entries:
        if entry["role"] != "part" and (cell or not entry.get("cell")):
            pattern = expand(entry["pattern"], parts)
            if entry.get("slot") and not cell:
                pattern = _SLOT.format(pattern)
            roles.setdefault(entry["role"], []).append((entry, pattern))
    try:
        return _compose(roles, parts)
    except re.error as fault:
        raise RuleError(_faults(roles) or [f"{TABLE}: {fault}"]) from fault


def expand(pattern: str, parts: Mapping[str, str]) -> str:
    """Return a pattern with its fragments put in: <m> as group m, <_m> without a group.

    >>> expand("<m>月<_m>", {"m": "[1-9]"})
    '(?P<m>[1-9])月(?:[1-9])'
    """

    def fill(found: re.Match[str]) -> str:
        inner = parts.get(found[2])
        if inner is None:
            return found[0]
        return f"(?:{inner})" if found[1] else f"(?P<{found[2]}>{inner})"

    return _PART.sub(fill, pattern)


def parts_of(rules: Rulebook) -> dict[str, str]:
    """Return the fragments that patterns may name, without groups."""
    parts: dict[str, str] = {}
    for entry in rules.entries(TABLE):
        if entry["role"] == "part":
            parts[entry.id] = _bare(expand(entry["pattern"], parts))
    return parts


def _bare(pattern: str) -> str:
    return _GROUP.sub("(?:", pattern)


def _any(rows: Iterable[tuple[Entry, str]]) -> str:
    return "(?:" + ("|".join(_bare(pattern) for _, pattern in rows) or "(?!)") + ")"


def _compose(roles: Mapping[str, list[tuple[Entry, str]]], parts: Mapping[str, str]) -> Grammar:
    some = {
        role: _any(roles.get(role, []))
        for role in ("year", "within", "edge", "whole", "until", "since", "link", "second", "clock", "before", "onward", "void", "never", "recurrence")
    }
    apart = f"(?:{parts.get('apart', '')})"
    point = f"(?:{some['whole']}|{some['year']}(?:{some['edge']}|{some['within']})?|{apart}{some['within']})"
    phrase = (
        f"(?:(?P<until>{some['until']})|(?P<since>{some['since']}))?(?P<a>{point})"
        f"(?:{some['link']}(?P<b>{point}|{some['second']}))?"
        f"(?:{some['clock']}(?={some['before']}))?"
        f"(?:(?P<void>{some['void']})|(?P<before>{some['before']})|(?P<onward>{some['onward']}))?"
    )
    all_of_it = f"(?:{some['never']}|{some['recurrence']}|{_bare(phrase)})"
    return Grammar(
        scan=gated(all_of_it),
        never=re.compile(some["never"]),
        phrase=re.compile(phrase),
        **{role: _alternatives(roles.get(role, [])) for role in ("recurrence", "whole", "year", "within", "edge", "second")},
    )


def _alternatives(rows: Iterable[tuple[Entry, str]]) -> Alternatives:
    patterns, entries, names = [], {}, {}
    for number, (entry, pattern) in enumerate(rows):
        key = f"e{number}"
        entries[key] = entry
        names[key] = tuple((name, f"{name}_{number}") for name in _GROUP.findall(pattern))
        patterns.append(f"(?P<{key}>" + _GROUP.sub(rf"(?P<\g<1>_{number}>", pattern) + ")")
    return Alternatives(re.compile("|".join(patterns) or "(?!)"), entries, names)


def _faults(roles: Mapping[str, list[tuple[Entry, str]]]) -> list[str]:
    faults = []
    for entry, pattern in (row for rows in roles.values() for row in rows):
        try:
            re.compile(pattern)
        except re.error as fault:
            faults.append(f"{entry.where}: pattern {entry['pattern']!r}: {fault}; every group may occur once")
    return faults


def gated(pattern: str) -> re.Pattern[str]:
    """Return a pattern that matches one character wherever ``pattern`` matches from it.

    >>> [hit.start() for hit in gated("(?:年底|[0-9]+月)").finditer("于年底和6月")]
    [1, 4]
    """
    first = first_characters(pattern)
    head = f"[{first}]" if first else "."
    return re.compile(f"{head}(?<=(?={pattern}).)", re.DOTALL)


def first_characters(pattern: str) -> str | None:
    """Return the characters that a match may begin with, for a character class; None if it may be any.

    >>> first_characters("(?<!a)(?:年底|[0-2]+月)?每")
    '012年每'
    """
    tree = importlib.import_module("re._parser")  # the standard library's own parser; it has no public name
    chars, empty = _first(tree.parse(pattern))
    if chars is None or empty:
        return None
    return "".join(("\\" if char in "\\]^-[" else "") + char for char in sorted(chars))


def _first(items: Any) -> tuple[set[str] | None, bool]:
    """First characters of a parsed sequence (None: any), and whether it may match nothing."""
    chars: set[str] = set()
    for op, value in items:
        more, empty = _first_of(str(op), value)
        if more is None:
            return None, empty
        chars |= more
        if not empty:
            return chars, False
    return chars, True


def _first_of(op: str, value: Any) -> tuple[set[str] | None, bool]:
    if op in ("ASSERT", "ASSERT_NOT", "AT"):
        return set(), True
    if op == "LITERAL":
        return {chr(value)}, False
    if op == "IN":
        return _class(value), False
    if op == "SUBPATTERN":
        return _first(value[-1])
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        chars, empty = _first(value[2])
        return chars, empty or value[0] == 0
    if op == "BRANCH":
        firsts = [_first(branch) for branch in value[1]]
        if any(chars is None for chars, _ in firsts):
            return None, False
        return {char for chars, _ in firsts for char in chars or ()}, any(empty for _, empty in firsts)
    return None, False


def _class(items: Any) -> set[str] | None:
    chars: set[str] = set()
    for op, value in items:
        if str(op) == "LITERAL":
            chars.add(chr(value))
        elif str(op) == "RANGE" and value[1] - value[0] < 100:
            chars.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return chars
