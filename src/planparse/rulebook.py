"""Rule tables: loading, checking the form of each entry, and running its examples.

A table is one ``*.toml`` file (``[[entry]]`` blocks) or one ``*.tsv`` file (a header row) in ``rules/``.
Every entry carries ``examples`` (and may carry ``not_examples``); a table without them does not load.
A user's own folder adds entries to the tables of the same name: ``load_rules(extra=(folder,))``.

An example is a text in which ⟦…⟧ marks what the rule must find, whole and once, and after ``=>`` the value:

>>> example = Example.parse("于⟦6月底前⟧完成 => 2024-06-30")
>>> example.text, example.span, example.value
('于6月底前完成', (1, 5), '2024-06-30')
"""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec import Struct

from planparse.errors import PlanparseError, RuleError

T = TypeVar("T")
HERE = Path(__file__).parent / "rules"


class Example(Struct, frozen=True):
    """One example of an entry: text without marks, the marked span or None, the expected value or None."""

    text: str
    span: tuple[int, int] | None
    value: str | None

    @staticmethod
    def parse(marked: str) -> Example:
        """Return the example of its marked form; raises ValueError on unbalanced marks."""
        text, arrow, value = marked.partition(" => ")
        before, opened, rest = text.partition("⟦")
        inside, closed, after = rest.partition("⟧")
        if bool(opened) != bool(closed) or "⟦" in inside + after or "⟧" in before + after:
            raise ValueError(f"marks ⟦ ⟧ must stand in one pair, given {marked!r}")
        span = (len(before), len(before) + len(inside)) if opened else None
        return Example(before + inside + after, span, value.strip() if arrow else None)


class Entry(Struct, frozen=True):
    """One entry of a rule table: its own fields in ``data``, and where it is written."""

    table: str
    id: str
    where: str
    data: Mapping[str, Any]
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Any:
        return self.data[key]

    def get(self, key: str, default: Any = None) -> Any:
        """Return a field or ``default``."""
        return self.data.get(key, default)

    def made(self) -> list[str]:
        """Return the words of the entry, and each of its ``stems`` with each of its ``ends``: 办结 and 时间 make 办结时间."""
        return [*self["words"], *(stem + end for stem in self.get("stems", ()) for end in self.get("ends", ()))]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """The form of a table: fields with their types, choices, and who runs the examples.

    ``probe`` names a function ``probe(rulebook, entry, example, positive) -> str | None`` as
    ``"module:function"``; it returns what is wrong, or None. It is imported only when examples are run.
    """

    required: Mapping[str, type] = field(default_factory=dict)
    optional: Mapping[str, type] = field(default_factory=dict)
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    probe: str | None = None
    needs_examples: bool = True


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rule tables, immutable; ``compiled`` keeps what a stage builds from them."""

    tables: Mapping[str, tuple[Entry, ...]]
    _built: dict[Any, Any] = field(default_factory=dict, repr=False)

    def entries(self, table: str) -> tuple[Entry, ...]:
        """Return the entries of a table, packaged ones first; raises KeyError on an unknown table."""
        return self.tables[table]

    def compiled(self, build: Callable[[Rulebook], T]) -> T:
        """Return ``build(self)``, computed once for this rulebook."""
        try:
            return self._built[build]  # type: ignore[no-any-return]
        except KeyError:
            made = self._built[build] = build(self)
            return made


def _entries_of_toml(path: Path, faults: list[str]) -> list[dict[str, Any]]:
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        faults.append(f"{path.name}: not TOML in UTF-8: {fault}")
        return []
    unknown = set(data) - {"entry"}
    if unknown:
        faults.append(f"{path.name}: given top-level {sorted(unknown)}, possible: [[entry]]")
    rows = data.get("entry", [])
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _entries_of_tsv(path: Path, spec: TableSpec, faults: list[str]) -> list[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError as fault:
        faults.append(f"{path.name}: not UTF-8: {fault}")
        return []
    if not lines:
        return []
    head = lines[0].split("\t")
    types = {**spec.required, **spec.optional, "examples": list, "not_examples": list}
    known = [*spec.required, *spec.optional, "id", "examples", "not_examples", "note", "source"]
    wrong = [name for name in head if name not in known]
    if wrong:
        faults.append(f"{path.name} line 1: given column {', '.join(map(repr, wrong))}; the first line names the columns, possible: {', '.join(known)}")
        return []
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(head):
            faults.append(f"{path.name} line {number}: given {len(cells)} cells, possible: {len(head)} ({', '.join(head)})")
            continue
        row: dict[str, Any] = {}
        for key, cell in zip(head, cells, strict=False):  # a short line leaves its last columns empty
            if not cell:
                continue
            kind = types.get(key, str)
            try:
                row[key] = [part for part in cell.split(";") if part] if kind is list else kind(cell)
            except ValueError:
                faults.append(f"{path.name} line {number}: {key} given {cell!r}; possible: {kind.__name__}")
        rows.append(row)
    return rows


def _check_form(table: str, where: str, row: Mapping[str, Any], spec: TableSpec, faults: list[str]) -> bool:
    known = {**spec.required, **spec.optional, "id": str, "examples": list, "not_examples": list, "note": str, "source": str}
    before = len(faults)
    for key in spec.required:
        if key not in row:
            faults.append(f"{where}: {key!r} is missing; possible fields: {', '.join(known)}")
    for key, value in row.items():
        if key not in known:
            faults.append(f"{where}: given field {key!r}; possible: {', '.join(known)}")
        elif not isinstance(value, known[key]) and not (known[key] is float and isinstance(value, int)):
            faults.append(f"{where}: {key} is {type(value).__name__} {value!r}; possible: {known[key].__name__}")
        elif key in spec.choices:
            for item in value if isinstance(value, list) else [value]:
                if item not in spec.choices[key]:
                    faults.append(f"{where}: {key} given {item!r}; possible: {', '.join(sorted(spec.choices[key]))}")
    if spec.needs_examples and not row.get("examples"):
        faults.append(f"{where}: no examples; every entry of {table} needs at least one")
    return len(faults) == before


def _load_folder(folder: Path, tables: dict[str, list[Entry]], specs: Mapping[str, TableSpec], faults: list[str]) -> None:
    for path in sorted([*folder.glob("*.toml"), *folder.glob("*.tsv")]):
        table = path.stem
        if table not in specs:
            faults.append(f"{path.name}: no such table; possible: {', '.join(sorted(specs))}")
            if path.suffix == ".toml":
                _entries_of_toml(path, faults)  # its syntax is told as well
            continue
        spec = specs[table]
        rows = _entries_of_toml(path, faults) if path.suffix == ".toml" else _entries_of_tsv(path, spec, faults)
        for number, row in enumerate(rows, 1):
            name = str(row.get("id", number))
            where = f"{path.name} entry {number} ({name})"
            if _check_form(table, where, row, spec, faults):
                data = {k: v for k, v in row.items() if k not in ("id", "examples", "not_examples")}
                tables[table].append(
                    Entry(table, name, where, MappingProxyType(data), tuple(row.get("examples", ())), tuple(row.get("not_examples", ())))
                )


def load_rules(extra: str | Path | Sequence[str | Path] = ()) -> Rulebook:
    """Return the packaged rules with the entries of an own folder, or of several, added.

    Raises :class:`~planparse.errors.RuleError` with all faults of all files at once.
    """
    from planparse.tables import TABLES

    faults: list[str] = []
    tables: dict[str, list[Entry]] = {name: [] for name in TABLES}
    folders = [extra] if isinstance(extra, (str, Path)) else extra
    for folder in (HERE, *map(Path, folders)):
        if not folder.is_dir():
            faults.append(f"{folder}: not a folder; give the folder that holds your *.toml and *.tsv tables")
            continue
        _load_folder(folder, tables, TABLES, faults)
    if faults:
        raise RuleError(faults)
    return Rulebook(MappingProxyType({name: tuple(rows) for name, rows in tables.items()}))


@lru_cache(maxsize=1)
def default_rules() -> Rulebook:
    """Return the packaged rules; loaded once, immutable."""
    return load_rules()


def rules_given(rules: Rulebook | None) -> Rulebook:
    """Return the caller's rules, or the packaged ones for None; raises PlanparseError for anything else."""
    if rules is not None and not isinstance(rules, Rulebook):
        raise PlanparseError(f"rules given {rules!r}; possible: a Rulebook, such as planparse.load_rules({str(rules)!r})")
    return rules or default_rules()


def check_examples(rules: Rulebook, only: Iterable[str] | None = None) -> list[str]:
    """Run every example of every entry; return all faults, one line each (an empty list: all good)."""
    from planparse.tables import TABLES

    faults: list[str] = []
    for table, spec in TABLES.items():
        if spec.probe is None or (only is not None and table not in only):
            continue
        module, _, name = spec.probe.partition(":")
        probe = getattr(importlib.import_module(module), name)
        for entry in rules.entries(table):
            for positive, marked_list in ((True, entry.examples), (False, entry.not_examples)):
                for marked in marked_list:
                    try:
                        example = Example.parse(marked)
                    except ValueError as fault:
                        faults.append(f"{entry.where}: {fault}")
                        continue
                    wrong = probe(rules, entry, example, positive)
                    if wrong:
                        faults.append(f"{entry.where}: {'example' if positive else 'not_example'} {marked!r}: {wrong}")
    return faults
