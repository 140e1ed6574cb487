"""Files of a command line become plans: documents are extracted, .json and .jsonl records are taken as they are."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planparse.commands.inputs import rules_of, say, sources
from planparse.errors import PlanparseError, ReadError, RecordError
from planparse.ledger.cells import day
from planparse.model import Plan

_DAYS = {"--date": "记入日期", "--as-of": "截至日期"}


class UsageError(PlanparseError):
    """An option that cannot be understood."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of the arguments, in order, and how many files failed (each told on stderr)."""

    plans: tuple[Plan, ...]
    failed: int

    def code(self) -> int:
        """Return the exit code: 0 done, 1 all failed, 3 some failed."""
        return 0 if not self.failed else 3 if self.plans else 1


def plans_of(files: Sequence[str], folders: Sequence[Path] = (), year: int | None = None) -> Plans:
    """Return the plans of documents, folders, archives and record files; faults are told on stderr."""
    found: list[Plan] = []
    failed = 0
    for file in files:
        steps = (
            _records(file)
            if file.lower().endswith((".json", ".jsonl", ".ndjson"))
            else _extracted(file, folders, year)
        )
        for outcome in steps:
            if isinstance(outcome, Plan):
                found.append(outcome)
                for warning in outcome.warnings:
                    say(f"{outcome.document.source}: {warning}")
            else:
                failed += 1
                say(str(outcome))
    return Plans(tuple(found), failed)


def _extracted(file: str, folders: Sequence[Path], year: int | None) -> Iterator[Plan | PlanparseError]:
    from planparse.pipeline import extract

    for _, source in sources([file]):
        try:
            yield (
                source
                if isinstance(source, ReadError)
                else extract(source, reference_year=year, rules=rules_of(folders))
            )
        except PlanparseError as fault:
            yield fault


def _records(file: str) -> Iterator[Plan | PlanparseError]:
    """Yield the plans of a record file: one object, an array of them, or one a line."""
    try:
        text = Path(file).read_text("utf-8-sig")
    except OSError as fault:
        yield ReadError(file, f"cannot be opened: {fault.strerror}", "check the path")
        return
    except UnicodeDecodeError:
        yield ReadError(file, "not UTF-8", "write records with planparse extract -f json")
        return
    try:
        data = json.loads(text)
    except ValueError:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield _plan(file, line, f" line {number}")
        return
    for place, one in enumerate(data if isinstance(data, list) else [data], 1):
        yield _plan(file, json.dumps(one), f" record {place}" if isinstance(data, list) else "")


def _plan(file: str, text: str, where: str) -> Plan | PlanparseError:
    try:
        return Plan.from_json(text)
    except RecordError as fault:
        return RecordError(f"{file}{where}: {fault}; write records with planparse extract -f json")


def today_or(given: str | None, name: str = "--date") -> str:
    """Return the ISO date given, or today's, and tell on stderr which one is taken when it was not given."""
    if given is None or given in ("today", "今天"):
        now = date.today().isoformat()
        say(f"{_DAYS.get(name, name)}：{now}（今天；要写别的日期请用 {name}）")
        return now
    return iso_day(given, name).isoformat()


def iso_day(given: str, name: str) -> date:
    """Return the date of an option (2024-06-30, 2024/6/30, 2024年6月30日); ``today`` is told on stderr. Raises UsageError."""
    if given in ("today", "今天"):
        return date.fromisoformat(today_or(None, name))
    found = day(given)
    if found is None:
        raise UsageError(
            f"{name} 要一个日期，如 2024-06-30，或 today（今天）。{name} given {given!r}; possible: a date such as 2024-06-30, or today"
        )
    return date.fromisoformat(found)


def optional_day(given: str | None) -> date | None:
    """Return the date of ``--as-of``, None where it is not given."""
    return None if given is None else iso_day(given, "--as-of")


def show(text: str) -> None:
    """Write a result to stdout."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
