"""Rule tables: what they are, loading them, and running their examples.

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
        return [
            *self["words"],
            *(stem + end for stem in self.get("stems", ()) for end in self.get("ends", ())),
        ]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """The form of a table: fields with their types, choices, and who runs the examples.

    ``needs`` tells which fields one choice calls for: of the deadlines with the role ``unit``, words.
    ``probe`` names a function ``probe(rulebook, entry, example, positive) -> str | None`` as
    ``"module:function"``; it returns what is wrong, or None. It is imported only when examples are run.
    """

    required: Mapping[str, type] = field(default_factory=dict)
    optional: Mapping[str, type] = field(default_factory=dict)
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    probe: str | None = None
    needs_examples: bool = True
    needs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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


def load_rules(extra: str | Path | Sequence[str | Path] = ()) -> Rulebook:
    r"""Return the packaged rules with the entries of an own folder, or of several, added.

    Raises :class:`~planparse.errors.RuleError` with all faults of form of all files at once.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "departments.tsv").write_text("id\tname\tcategory\ndawn\t晨曦行动办公室\t临时机构\n", "utf-8")
    ...     load_rules(folder).entries("departments")[-1]["name"]
    '晨曦行动办公室'
    """
    rules, faults = _loaded(extra)
    if faults:
        raise RuleError(faults)
    return rules


def check_rules(extra: str | Path | Sequence[str | Path] = ()) -> tuple[Rulebook, list[str]]:
    """Return the rules whose form is right, and every fault there is: of form, and of all their examples."""
    rules, faults = _loaded(extra)
    return rules, faults + check_examples(rules)


def _load_folder(
    folder: Path, tables: dict[str, list[Entry]], specs: Mapping[str, TableSpec], faults: list[str]
) -> None:
    from planparse.rule_files import read_folder  # which reads files into this module's entries

    read_folder(folder, tables, specs, faults)


def _loaded(extra: str | Path | Sequence[str | Path]) -> tuple[Rulebook, list[str]]:
    from planparse.tables import TABLES

    faults: list[str] = []
    tables: dict[str, list[Entry]] = {name: [] for name in TABLES}
    folders = [extra] if isinstance(extra, (str, Path)) else extra
    for folder in (HERE, *map(Path, folders)):
        _load_folder(folder, tables, TABLES, faults)
    return Rulebook(MappingProxyType({name: tuple(rows) for name, rows in tables.items()})), faults


Probe = Callable[[Rulebook, Entry, Example, bool], "str | None"]


@lru_cache(maxsize=1)
def default_rules() -> Rulebook:
    """Return the packaged rules; loaded once, immutable."""
    return load_rules()


def rules_given(rules: Rulebook | None) -> Rulebook:
    """Return the caller's rules, or the packaged ones for None; raises PlanparseError for anything else."""
    if rules is not None and not isinstance(rules, Rulebook):
        raise PlanparseError(
            f"rules given {rules!r}; possible: a Rulebook, such as planparse.load_rules({str(rules)!r})"
        )
    return rules or default_rules()


def check_examples(rules: Rulebook, only: Iterable[str] | None = None) -> list[str]:
    """Run every example of every entry; return all faults, one line each (an empty list: all good)."""
    from planparse.tables import TABLES

    faults: dict[str, None] = {}
    for table, spec in TABLES.items():
        if spec.probe is None or (only is not None and table not in only):
            continue
        module, _, name = spec.probe.partition(":")
        probe = getattr(importlib.import_module(module), name)
        for entry in rules.entries(table):
            for positive, marked_list in ((True, entry.examples), (False, entry.not_examples)):
                for marked in marked_list:
                    faults.update(dict.fromkeys(_faults_of_example(rules, entry, marked, positive, probe)))
    return list(faults)


def _faults_of_example(
    rules: Rulebook, entry: Entry, marked: str, positive: bool, probe: Probe
) -> Sequence[str]:
    try:
        example = Example.parse(marked)
        wrong = probe(rules, entry, example, positive)
    except ValueError as fault:
        return [f"{entry.where}: {fault}"]
    except (
        RuleError
    ) as fault:  # a stage cannot be built from these entries: the same for every example, told once
        return fault.faults
    if not wrong:
        return ()
    wanted = example.value or "what ⟦ ⟧ marks" if positive else "none of it"
    return [
        f"{entry.where}: {'example' if positive else 'not_example'} {marked!r}: {wrong}; expected {wanted}"
    ]
