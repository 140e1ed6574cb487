"""The entries of ``rules/deadlines.toml`` compiled: where a date may begin, and how its parts are told apart.

A *gate* finds the places (see :mod:`planparse.gate`): one expression made of the first characters
of all entries, so that the engine walks over other text at the speed of a character search. Only there the
*atoms* run: a recurrence, a whole date, a year, or a stretch of a year; what follows an atom is read by
:mod:`planparse.extract.date_finder`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from planparse.errors import RuleError
from planparse.expressions import expression
from planparse.extract.date_values import Form
from planparse.gate import NUMERALS, Prefixes, firsts_of, gate_from, prefixes_of, sign
from planparse.rulebook import Entry, Rulebook

TABLE = "deadlines"
_PART = expression(r"(?<!\?P)<(_?)([a-z]+)>")
_GROUP = expression(r"\(\?P<(\w+)>")
#: 完成时限：… or a bracket item of its own: where a slot word counts in running text
_SLOT = r"(?:(?<=[限间度点][:：])|(?<=[（(，,；;、\t|]))(?:{})(?=$|[）)】\]〕，,。；;\n\t|])"


#: where a reading ends, the entry that made it, and what its groups hold
Atom = tuple[int, Form, dict[str, str]]


class Alternatives(Struct, frozen=True):
    """Entries as one pattern; an empty group at the end of each tells which it was."""

    pattern: re.Pattern[str]
    forms: Mapping[str, Form]
    names: Mapping[str, tuple[tuple[str, str], ...]]

    def match(self, text: str, at: int, end: int) -> Atom | None:
        """Return the end, the form and its printed groups of the reading at ``at``, or None."""
        found = self.pattern.match(text, at, end)
        if found is None:
            return None
        key = found.lastgroup or ""
        return (
            found.end(),
            self.forms[key],
            {short: part for short, long in self.names[key] if (part := found[long])},
        )


class Dispatch(Struct, frozen=True):
    """Entries by what they begin with: few are tried at a place, in the order of the table.

    ``fitting`` names them by prefix; their patterns are compiled when first met and kept in ``_made``, since a
    short document needs few of them.
    """

    rows: Sequence[tuple[Entry, str]]
    fitting: Mapping[str, tuple[int, ...]]
    run: re.Pattern[str]
    _made: dict[tuple[int, ...], Alternatives] = field(default_factory=dict)

    def match(self, text: str, at: int, end: int) -> Atom | None:
        """As :meth:`Alternatives.match`."""
        if at >= end:
            return None
        first, after = text[at], at + 1
        if first in NUMERALS and (run := self.run.match(text, at, end)):
            first, after = "#", run.end()
        fitting = self.fitting.get(first + sign(text[after])) if after < end else None
        if fitting is None:
            fitting = self.fitting.get(first)
            if fitting is None:
                return None
        some = self._made.get(fitting)
        if some is None:
            some = self._made[fitting] = _alternatives(self.rows[k] for k in fitting)
        return some.match(text, at, end)


class Grammar(Struct, frozen=True):
    """The compiled rules.

    ``gate`` tells where an atom may begin; ``inside`` reads what follows a year, ``bare`` a stretch that takes
    its year from the date before it; ``link``, ``ending`` what follows a date, beginning with one of
    ``follows``; ``leads`` are words before it.
    """

    gate: re.Pattern[str]
    atoms: Dispatch
    cells: Alternatives
    inside: Alternatives
    bare: Alternatives
    link: re.Pattern[str]
    ending: re.Pattern[str]
    follows: frozenset[str]
    leads: Mapping[str, str]
    lead_ends: frozenset[str]
    units: Mapping[str, str]


def grammar_of(rules: Rulebook) -> Grammar:
    """Return the grammar, for :meth:`Rulebook.compiled`.

    Raises :class:`~planparse.errors.RuleError` naming every entry that does not compile.
    """
    parts = parts_of(rules)
    rows = [(entry, expand(entry.get("pattern", ""), parts)) for entry in rules.entries(TABLE)]
    try:
        return _compose(rows, parts)
    except (re.error, ValueError) as fault:
        raise RuleError(_faults(rows) or [f"{TABLE}: {fault}"]) from fault


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
    """Return the fragments that patterns may name, without groups; ``unit`` is made of the words of all units."""
    parts: dict[str, str] = {}
    words = [word for entry in rules.entries(TABLE) if entry["role"] == "unit" for word in entry["words"]]
    parts["unit"] = "|".join(sorted(words, key=len, reverse=True))
    for entry in rules.entries(TABLE):
        if entry["role"] == "part":
            parts[entry.id] = _bare(expand(entry["pattern"], parts))
    return parts


def _bare(pattern: str) -> str:
    return _GROUP.sub("(?:", pattern)


def _compose(rows: list[tuple[Entry, str]], parts: Mapping[str, str]) -> Grammar:
    roles: dict[str, list[tuple[Entry, str]]] = {}
    for entry, pattern in rows:
        roles.setdefault(entry["role"], []).append((entry, pattern))

    def of(role: str, *, cell: bool = False) -> list[tuple[Entry, str]]:
        return [(entry, pattern) for entry, pattern in roles.get(role, []) if bool(entry.get("cell")) == cell]

    apart = f"(?:{parts.get('apart', '')})"
    often = [
        (entry, _SLOT.format(pattern) if entry.get("slot") else pattern)
        for entry, pattern in of("recurrence")
    ]
    within = [(entry, apart + f"(?:{pattern})") for entry, pattern in of("within")]
    running = [*of("never"), *often, *of("whole"), *of("year"), *within]
    slots = [(entry, pattern) for entry, pattern in of("recurrence") if entry.get("slot")]
    some = {role: _any(of(role)) for role in ("void", "clock", "before", "onward", "link")}
    leads = {word: role for role in ("until", "since") for entry, _ in of(role) for word in entry["words"]}
    atoms, prefixes = _dispatch(running)
    ending = f"(?P<void>{some['void']})|(?:{some['clock']})?(?P<before>{some['before']})|(?P<onward>{some['onward']})"
    return Grammar(
        gate=gate_from(prefixes),
        atoms=atoms,
        cells=_alternatives([*slots, *of("whole", cell=True), *of("within", cell=True)]),
        inside=_alternatives([*of("edge"), *of("within")]),
        bare=_alternatives(of("second")),
        link=expression(some["link"]),
        ending=expression(ending),
        follows=firsts_of(f"{some['link']}|{_bare(ending)}"),
        leads=leads,
        lead_ends=frozenset(word[-1] for word in leads),
        units={word: entry["recurrence"] for entry, _ in of("unit") for word in entry["words"]},
    )


def _any(rows: Iterable[tuple[Entry, str]]) -> str:
    return "(?:" + ("|".join(_bare(pattern) for _, pattern in rows) or "(?!)") + ")"


def _alternatives(rows: Iterable[tuple[Entry, str]]) -> Alternatives:
    patterns, forms, names = [], {}, {}
    for number, (entry, pattern) in enumerate(rows):
        key = f"e{number}"
        forms[key] = Form.of(entry)
        names[key] = tuple((name, f"{name}_{number}") for name in _GROUP.findall(pattern))
        named = _GROUP.sub(rf"(?P<\g<1>_{number}>", pattern)
        patterns.append(
            f"(?:{named})(?P<{key}>)"
        )  # a group in front would keep the engine from looking ahead
    return Alternatives(expression("|".join(patterns) or "(?!)"), forms, names)


def _dispatch(rows: list[tuple[Entry, str]]) -> tuple[Dispatch, Prefixes]:
    begins = [prefixes_of(_bare(pattern)) for _, pattern in rows]
    if twice := [
        entry.id for entry, pattern in rows if len(groups := _GROUP.findall(pattern)) > len(set(groups))
    ]:
        raise ValueError(f"entries {twice} name a fragment twice")
    every: Prefixes = frozenset().union(*begins)
    if open_ended := [
        rows[k][0].id for k, own in enumerate(begins) if not all(prefix.strip("\0") for prefix in own)
    ]:
        raise ValueError(f"entries {open_ended} may begin with anything")
    fitting = {
        prefix: tuple(k for k, own in enumerate(begins) if prefix in own or prefix[:1] in own or "" in own)
        for prefix in every
    }
    return Dispatch(rows, fitting, expression("[" + "".join(sorted(NUMERALS)) + "]{1,10}")), every


def _faults(rows: Iterable[tuple[Entry, str]]) -> list[str]:
    faults = []
    for entry, pattern in rows:
        try:
            re.compile(pattern)
            if entry["role"] in ("never", "recurrence", "whole", "year", "within"):
                firsts_of(_bare(pattern))
        except (re.error, ValueError) as fault:
            faults.append(f"{entry.where}: pattern {entry['pattern']!r}: {fault}; every group may occur once")
    return faults
