"""Parquet: tasks and targets as two files with typed columns; departments as lists of structs, dates as dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from planparse.export.item import iso
from planparse.export.output import replacing
from planparse.export.rows import DOCUMENT
from planparse.model import Deadline, Department, Plan, Target, Task


def _departments(group: Sequence[Department]) -> list[dict[str, Any]]:
    return [
        {
            "name": d.name,
            "text": d.text,
            "code": d.code,
            "group": d.group,
            "start": d.span[0],
            "end": d.span[1],
        }
        for d in group
    ]


def _deadline(deadline: Deadline | None) -> dict[str, str | date | None]:
    if deadline is None:
        return {"deadline": None, "start": None, "end": None, "recurrence": None}
    return {
        "deadline": deadline.text,
        "start": iso(deadline.start),
        "end": iso(deadline.end),
        "recurrence": deadline.recurrence,
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "id": task.id, "number": task.number, "path": list(task.path), "title": task.title, "text": task.text,
        "lead": _departments(task.lead), "responsible": _departments(task.responsible), "support": _departments(task.support),
        "leaders": [{"name": p.name, "role": p.role} for p in task.leaders], **_deadline(task.deadline),
        "source": task.source, "confidence": task.confidence, "span_start": task.span[0], "span_end": task.span[1],
    }  # fmt: skip


def _target(target: Target) -> dict[str, Any]:
    return {
        "id": target.id, "task": target.task, "indicator": target.indicator, "code": target.code, "relation": target.relation,
        "value": target.value, "upper": target.upper, "unit": target.unit, "baseline": target.baseline, **_deadline(target.deadline),
        "text": target.text, "confidence": target.confidence, "span_start": target.span[0], "span_end": target.span[1],
    }  # fmt: skip


def _schemas() -> dict[str, Any]:
    import pyarrow as pa

    text, number, day, offset = pa.string(), pa.float64(), pa.date32(), pa.int64()
    department = pa.list_(
        pa.struct(
            [
                ("name", text),
                ("text", text),
                ("code", text),
                ("group", pa.bool_()),
                ("start", offset),
                ("end", offset),
            ]
        )
    )
    document = [(column.key, text) for column in DOCUMENT]
    deadline = [("deadline", text), ("start", day), ("end", day), ("recurrence", text)]
    place = [("confidence", number), ("span_start", offset), ("span_end", offset)]
    tasks = [
        ("id", text), ("number", text), ("path", pa.list_(text)), ("title", text), ("text", text),
        ("lead", department), ("responsible", department), ("support", department), ("leaders", pa.list_(pa.struct([("name", text), ("role", text)]))),
        *deadline, ("source", text), *place,
    ]  # fmt: skip
    targets = [
        ("id", text), ("task", text), ("indicator", text), ("code", text), ("relation", text), ("value", number), ("upper", number),
        ("unit", text), ("baseline", number), *deadline, ("text", text), *place,
    ]  # fmt: skip
    return {"tasks": pa.schema([*document, *tasks]), "targets": pa.schema([*document, *targets])}


def write(plans: Sequence[Plan], out: Path) -> tuple[Path, ...]:
    """Write ``OUT.tasks.parquet`` and ``OUT.targets.parquet`` (a suffix ``.parquet`` of OUT is dropped first); return both."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    stem = out.with_suffix("") if out.suffix.lower() == ".parquet" else out
    written = []
    for name, schema in _schemas().items():
        rows = [
            {**{column.key: column.fill(plan) for column in DOCUMENT}, **row}
            for plan in plans
            for row in (map(_task, plan.tasks) if name == "tasks" else map(_target, plan.targets))
        ]
        path = stem.with_name(f"{stem.name}.{name}.parquet")
        with replacing(path) as draft:
            pq.write_table(pa.Table.from_pylist(rows, schema=schema), draft)
        written.append(path)
    return tuple(written)
