"""Reading a folder of plans into a :class:`~planparse.corpus.corpus.Corpus`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from planparse.catalogue import build_catalogue
from planparse.corpus.columns import TABLES, Table
from planparse.corpus.corpus import Corpus
from planparse.errors import ReadError
from planparse.model import Plan, Task
from planparse.pipeline import extract
from planparse.read import read_many
from planparse.rulebook import Rulebook, rules_given

if TYPE_CHECKING:
    import pandas

Row = tuple[Any, ...]


def read_corpus(
    folder: str | os.PathLike[str] | Iterable[Plan],
    *,
    lang: Literal["zh", "en"] = "zh",
    reference_year: int | None = None,
    rules: Rulebook | None = None,
    progress: bool = False,
) -> Corpus:
    """Return the corpus of all documents in a folder or archive, or of plans that are already extracted.

    ``lang`` chooses Chinese or ASCII columns. A file that cannot be read is a row of ``corpus.failures``, with its
    reason; nothing else stops. ``progress`` shows a count on stderr every hundred documents. For tens of thousands
    of files run ``planparse batch`` first and give its plans. Raises ReadError where the folder does not exist.

    >>> from planparse import extract
    >>> corpus = read_corpus([extract("1.推进日间手术。（牵头科室：医务科；完成时限：2024年6月底前）")], lang="en")
    >>> corpus.tasks[["title", "lead", "end"]].iloc[0].tolist()
    ['推进日间手术', '医务科', Timestamp('2024-06-30 00:00:00')]
    """
    book = rules_given(rules)
    plans: list[Plan] = []
    failures: list[Row] = []
    outcomes = (
        _extracted(Path(folder), reference_year, book)
        if isinstance(folder, (str, os.PathLike))
        else ((p.document.source, p) for p in folder)
    )
    for count, (name, outcome) in enumerate(outcomes, 1):
        if isinstance(outcome, Plan):
            plans.append(outcome)
        else:
            failures.append((name, type(outcome).__name__, outcome.problem))
        if progress and count % 100 == 0:
            _tell(count)
    tables = {table: _frame(table, rows) for table, rows in _rows(plans, book).items()}
    return Corpus(plans=tuple(plans), lang=lang, rules=book, **tables, failures=_frame("failures", failures))


def _tell(count: int) -> None:
    import sys

    sys.stderr.write(f"\r{count}")
    sys.stderr.flush()


def _extracted(folder: Path, year: int | None, rules: Rulebook) -> Iterator[tuple[str, Plan | ReadError]]:
    if not folder.exists():
        raise ReadError(str(folder), "no such folder", "give a folder of documents, or a .zip of them")
    for name, source in read_many(folder):
        if isinstance(source, ReadError):
            yield name, source
            continue
        try:
            yield name, extract(source, reference_year=year, rules=rules)
        except ReadError as fault:
            yield name, fault


def year_of(plan: Plan) -> int | None:
    """Return the year that a plan is for: where its period begins, else its date; None where neither is printed."""
    period = plan.document.period
    for day in (period.start if period else None, period.end if period else None, plan.document.date):
        if day:
            return int(day[:4])
    return None


def _rows(plans: Sequence[Plan], rules: Rulebook) -> dict[Table, list[Row]]:
    tables: dict[Table, list[Row]] = {"documents": [], "tasks": [], "targets": [], "departments": []}
    for plan in plans:
        one, period = plan.document, plan.document.period
        whose = (one.id, one.issuer, year_of(plan))
        tables["documents"].append((
            *whose, one.source, one.title, one.number, one.date, period.start if period else None, period.end if period else None,
            one.kind, one.script, len(plan.text) or None, len(plan.tasks), len(plan.targets), len(plan.repairs),
        ))  # fmt: skip
        for task in plan.tasks:
            tables["tasks"].append(_task(plan, task, whose))
            tables["departments"] += _departments(task, whose, rules)
        for target in plan.targets:
            entry = rules.compiled(build_catalogue).indicator(target.indicator)
            tables["targets"].append((
                *whose, target.id, target.task, target.indicator, target.code, entry.name if entry else None, target.relation, target.value,
                target.upper, target.unit, target.baseline, target.deadline.end if target.deadline else None, target.text, *target.span,
            ))  # fmt: skip
    return tables


def _task(plan: Plan, task: Task, whose: Row) -> Row:
    due = task.deadline
    names = [
        "、".join(d.name for d in group) or None for group in (task.lead, task.responsible, task.support)
    ]
    return (
        *whose, task.id, task.number, " > ".join(task.path), task.title, task.text, *names, "、".join(p.name for p in task.leaders) or None,
        due.start if due else None, due.end if due else None, due.recurrence if due else None, sum(t.task == task.id for t in plan.targets),
        task.source, task.confidence, *task.span,
    )  # fmt: skip


def _departments(task: Task, whose: Row, rules: Rulebook) -> list[Row]:
    catalogue = rules.compiled(build_catalogue)
    rows = []
    for role, group in (("lead", task.lead), ("responsible", task.responsible), ("support", task.support)):
        for one in group:
            entry = catalogue.department(one.name)
            rows.append(
                (
                    *whose,
                    task.id,
                    role,
                    one.name,
                    one.code,
                    entry.name if entry else None,
                    entry.category if entry else None,
                    one.group,
                    *one.span,
                )
            )
    return rows


def _frame(table: Table, rows: Sequence[Row]) -> pandas.DataFrame:
    """Return a frame with proper types: dates, categories, numbers that may be missing."""
    import pandas as pd

    kinds = {
        "text": "string",
        "category": "category",
        "integer": "Int64",
        "number": "Float64",
        "flag": "boolean",
    }
    data: dict[str, pd.Series] = {}
    for place, (name, _, kind) in enumerate(TABLES[table]):
        cells = pd.Series([row[place] for row in rows], dtype="object")
        data[name] = (
            pd.to_datetime(cells, errors="coerce", format="%Y-%m-%d").astype("datetime64[us]")
            if kind == "date"
            else cells.astype(kinds[kind])
        )
    return pd.DataFrame(data)
