"""Reading the files of rule tables: their entries, and every fault of form at once."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from planparse.rulebook import HERE, Entry, TableSpec

#: fields that hold a regular expression, in every table
EXPRESSIONS = frozenset({"pattern", "before", "after", "not_after", "not_next"})


#: the packaged tables read ahead: by file name the digest of its bytes and what it says (corpora/make_expressions.py)
READY = HERE.parent / "rules.z"


@lru_cache(maxsize=1)
def _ready() -> dict[str, tuple[str, dict[str, Any]]]:
    return json.loads(zlib.decompress(READY.read_bytes())) if READY.is_file() else {}


def digest(content: bytes) -> str:
    """Return what tells whether a table was read ahead as it is now."""
    return hashlib.sha256(content).hexdigest()


def _data_of_toml(path: Path) -> dict[str, Any]:
    """Return what a file says; reading TOML takes fifteen times as long as what was read ahead."""
    content = path.read_bytes()
    known, data = _ready().get(path.name, ("", {})) if path.parent == HERE else ("", {})
    return data if known == digest(content) else tomllib.loads(content.decode("utf-8-sig"))


def _entries_of_toml(path: Path, faults: list[str]) -> list[dict[str, Any]]:
    try:
        data = _data_of_toml(path)
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
        faults.append(
            f"{path.name} line 1: given column {', '.join(map(repr, wrong))}; the first line names the columns, possible: {', '.join(known)}"
        )
        return []
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(head):
            faults.append(
                f"{path.name} line {number}: given {len(cells)} cells, possible: {len(head)} ({', '.join(head)})"
            )
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


def _check_form(
    table: str, where: str, row: Mapping[str, Any], spec: TableSpec, faults: list[str], *, packaged: bool
) -> bool:
    known = {
        **spec.required,
        **spec.optional,
        "id": str,
        "examples": list,
        "not_examples": list,
        "note": str,
        "source": str,
    }
    before = len(faults)
    for key in spec.required:
        if key not in row:
            faults.append(f"{where}: {key!r} is missing; possible fields: {', '.join(known)}")
    for key, value in row.items():
        if key not in known:
            faults.append(f"{where}: given field {key!r}; possible: {', '.join(known)}")
        elif not isinstance(value, known[key]) and not (known[key] is float and isinstance(value, int)):
            faults.append(
                f"{where}: {key} is {type(value).__name__} {value!r}; possible: {known[key].__name__}"
            )
        elif key in spec.choices:
            for item in value if isinstance(value, list) else [value]:
                if item not in spec.choices[key]:
                    faults.append(
                        f"{where}: {key} given {item!r}; possible: {', '.join(sorted(spec.choices[key]))}"
                    )
        elif (
            key in EXPRESSIONS and not packaged
        ):  # those of the package are tested; compiling them all takes 0.1 s
            try:
                re.compile(str(value))
            except re.error as fault:
                faults.append(f"{where}: {key} given {value!r}; possible: a regular expression ({fault})")
        elif key in spec.required and value in ("", []) and not row.get("stems"):
            faults.append(f"{where}: {key} is empty; possible: at least one")
    for choice in spec.choices:
        for key in spec.needs.get(str(row.get(choice)), ()):
            if key not in row:
                faults.append(f"{where}: {key!r} is missing, which the {choice} {row[choice]} calls for")
    if spec.needs_examples and not row.get("examples"):
        faults.append(f"{where}: no examples; every entry of {table} needs at least one")
    return len(faults) == before


def _check_id(where: str, row: Mapping[str, Any], taken: dict[str, str], faults: list[str]) -> bool:
    """Check that an entry has an id of its own, and take it."""
    name = row.get("id")
    if not name:
        faults.append(f"{where}: 'id' is missing; possible: a name that no other entry of the table has")
    elif name in taken:
        faults.append(f"{where}: id given {name!r}, which {taken[name]} has too; possible: a name of its own")
    else:
        taken[name] = where
        return True
    return False


def read_folder(
    folder: Path, tables: dict[str, list[Entry]], specs: Mapping[str, TableSpec], faults: list[str]
) -> None:
    """Add the entries of a folder whose form is right to ``tables``, and every fault of the others to ``faults``."""
    if not folder.is_dir():
        faults.append(f"{folder}: not a folder; give the folder that holds your *.toml and *.tsv tables")
        return
    paths = sorted([*folder.glob("*.toml"), *folder.glob("*.tsv")])
    if not paths:
        faults.append(
            f"{folder}: no table in it; possible: files such as roles.toml or departments.tsv, named like a table (planparse rules list)"
        )
    for path in paths:
        table = path.stem
        if table not in specs:
            faults.append(f"{path.name}: no such table; possible: {', '.join(sorted(specs))}")
            if path.suffix == ".toml":
                _entries_of_toml(path, faults)  # its syntax is told as well
            continue
        spec = specs[table]
        rows = (
            _entries_of_toml(path, faults) if path.suffix == ".toml" else _entries_of_tsv(path, spec, faults)
        )
        # a catalogue may give more names to what an earlier folder holds
        taken = (
            {entry.id: f"the packaged {entry.where}" for entry in tables[table]}
            if path.suffix == ".toml"
            else {}
        )
        for number, row in enumerate(rows, 1):
            name = str(row.get("id", number))
            where = f"{path.name} entry {number} ({name})"
            if _check_form(table, where, row, spec, faults, packaged=folder == HERE) and _check_id(
                where, row, taken, faults
            ):
                data = {k: v for k, v in row.items() if k not in ("id", "examples", "not_examples")}
                tables[table].append(
                    Entry(
                        table,
                        name,
                        where,
                        MappingProxyType(data),
                        tuple(row.get("examples", ())),
                        tuple(row.get("not_examples", ())),
                    )
                )
