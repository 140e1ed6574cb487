"""planparse departments, planparse indicators: names looked up in the catalogue, exactly, then by likeness."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer

from planparse.catalogue import Catalogue, DepartmentEntry, IndicatorEntry, build_catalogue
from planparse.catalogue.plain import plain
from planparse.commands.inputs import rules_of

_DIRECTIONS = {"higher": "越高越好", "lower": "越低越好", "monitor": "监测", "level": "适度"}
Entry = DepartmentEntry | IndicatorEntry


@dataclass(frozen=True, slots=True)
class Found:
    """One answer. ``how``: name, alias, similar (with the likeness), several (the name alone does not tell) or unknown."""

    asked: str
    how: str
    likeness: float
    entry: Entry | None

    def row(self) -> list[str]:
        """Return the answer as cells: asked, how, code, name, category or unit and direction, aliases."""
        words = {
            "name": "正名",
            "alias": "别名",
            "similar": f"近似 {self.likeness:.2f}",
            "several": "可能有几个",
            "unknown": "未收录",
        }
        return [self.asked, words[self.how], *(_cells(self.entry) if self.entry else ["", "", "", ""])]

    def to_dict(self) -> dict[str, object]:
        """Return the answer as plain data."""
        entry = self.entry
        code = (entry.code if isinstance(entry, DepartmentEntry) else entry.id) if entry else None
        return {
            "asked": self.asked, "how": self.how, "likeness": self.likeness, "code": code,
            "name": entry.name if entry else None, "aliases": list(entry.aliases) if entry else [],
        }  # fmt: skip


def _cells(entry: Entry) -> list[str]:
    told = (
        entry.category
        if isinstance(entry, DepartmentEntry)
        else f"{entry.unit} {_DIRECTIONS.get(entry.direction, entry.direction)}".strip()
    )
    return [entry.id, entry.name, told, "、".join(entry.aliases)]


def look_up(catalogue: Catalogue, what: str, name: str) -> Found:
    """Return the department or indicator (``what``) of a name; the answer may be 'unknown'.

    >>> from planparse.rulebook import default_rules
    >>> catalogue = default_rules().compiled(build_catalogue)
    >>> look_up(catalogue, "indicators", "药品收入占医疗收入比重").entry.name
    '药占比'
    >>> look_up(catalogue, "departments", "不存在的东西").how
    'unknown'
    """
    exact: Entry | None = catalogue.department(name) if what == "departments" else catalogue.indicator(name)
    if exact is not None:
        several = isinstance(exact, DepartmentEntry) and exact.ambiguous
        return Found(
            name,
            "several" if several else "name" if plain(name) == plain(exact.name) else "alias",
            1.0,
            exact,
        )
    near: tuple[Entry, float] | None = (
        catalogue.similar_department(name) if what == "departments" else catalogue.similar_indicator(name)
    )
    return Found(name, "similar", near[1], near[0]) if near else Found(name, "unknown", 0.0, None)


def _asked(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if name == "-":
            yield from (line.strip() for line in sys.stdin if line.strip())
        else:
            yield name


def _all(catalogue: Catalogue, what: str, category: str | None) -> Iterator[Entry]:
    entries: dict[str, Entry] = {
        e.id: e for e in (catalogue.departments if what == "departments" else catalogue.indicators).values()
    }
    for entry in entries.values():
        if category is None or (isinstance(entry, DepartmentEntry) and entry.category == category):
            yield entry


def run_lookup(
    what: str, names: Sequence[str], category: str | None, as_json: bool, folders: Sequence[Path]
) -> int:
    """Print what the catalogue says of names, or all of it without names; return 1 when a name is unknown."""
    catalogue = rules_of(folders).compiled(build_catalogue)
    if not names:
        for entry in _all(catalogue, what, category):
            typer.echo("\t".join(_cells(entry)))
        return 0
    found = [look_up(catalogue, what, name) for name in _asked(names)]
    if as_json:
        typer.echo(json.dumps([one.to_dict() for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            typer.echo("\t".join(one.row()))
    return 1 if any(one.how == "unknown" for one in found) else 0
