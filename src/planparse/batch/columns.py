"""The tidy tables of a batch: names and types of their columns, and how records fill them, column by column.

``documents`` and ``errors`` have a row for each name of the inputs; ``tasks``, ``targets`` and ``departments`` a row
for each record of a content, joined to ``documents`` by ``document_id``. Types: text, date, int, float, bool.

The sort of every table: ``documents`` and ``errors`` by ``source``; the others by the place of their document in
``documents`` (its first name, where it has several), then in the order of the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from planparse.model import Deadline, Department, Target, Task

Columns = dict[str, list[Any]]
_DEADLINE = {
    "deadline": "text",
    "start": "date",
    "end": "date",
    "recurrence": "text",
    "deadline_confidence": "float",
}
_SPAN = {"span_start": "int", "span_end": "int"}

#: table -> column -> type
SCHEMAS: Mapping[str, Mapping[str, str]] = {
    "documents": {
        "document_id": "text", "source": "text", "title": "text", "issuer": "text", "number": "text", "date": "date",
        "period_start": "date", "period_end": "date", "kind": "text", "script": "text", "format": "text", "characters": "int",
        "sections": "int", "tasks": "int", "targets": "int", "repairs": "int", "warnings": "text",
        "duplicate": "text", "duplicate_of": "text", "similarity": "float",
    },
    "tasks": {
        "document_id": "text", "id": "text", "number": "text", "path": "text", "title": "text", "text": "text",
        "lead": "text", "responsible": "text", "support": "text", "leaders": "text",
        **_DEADLINE, "source": "text", "confidence": "float", **_SPAN,
    },
    "targets": {
        "document_id": "text", "id": "text", "task": "text", "indicator": "text", "code": "text", "relation": "text",
        "value": "float", "upper": "float", "unit": "text", "baseline": "float",
        **_DEADLINE, "text": "text", "confidence": "float", **_SPAN,
    },
    "departments": {
        "document_id": "text", "task": "text", "role": "text", "name": "text", "printed": "text", "code": "text",
        "group": "bool", "confidence": "float", **_SPAN,
    },
    "errors": {"source": "text", "document_id": "text", "reason": "text", "message": "text"},
}  # fmt: skip

#: the tables that workers fill; documents and errors are written when all is done
RECORDS = ("tasks", "targets", "departments")
ROLES = ("lead", "responsible", "support")
_NONE = Deadline(text="")

TaskRow = tuple[str, Task]
TargetRow = tuple[str, Target]


def _names(departments: tuple[Department, ...]) -> str:
    return "、".join([one.name for one in departments])


def _deadlines(deadlines: Sequence[Deadline | None]) -> Columns:
    some = [one or _NONE for one in deadlines]
    return {
        "deadline": [one.text or None for one in some],
        "start": [one.start for one in some],
        "end": [one.end for one in some],
        "recurrence": [one.recurrence for one in some],
        "deadline_confidence": [one.confidence for one in some],
    }


def task_columns(rows: Sequence[TaskRow]) -> Columns:
    """Return the columns of ``tasks``; several names are joined by 、, headings by `` > ``.

    >>> row = ("d1", Task(id="t1", number="一/1", path=("主要任务", "质量"), title=None, text="推行预约。", span=(0, 5)))
    >>> task_columns([row])["path"]
    ['主要任务 > 质量']
    """
    tasks = [task for _, task in rows]
    return {
        "document_id": [document for document, _ in rows],
        "id": [t.id for t in tasks],
        "number": [t.number for t in tasks],
        "path": [" > ".join(t.path) for t in tasks],
        "title": [t.title for t in tasks],
        "text": [t.text for t in tasks],
        "lead": [_names(t.lead) for t in tasks],
        "responsible": [_names(t.responsible) for t in tasks],
        "support": [_names(t.support) for t in tasks],
        "leaders": [
            "、".join([f"{p.name}（{p.role}）" if p.role and p.role != p.name else p.name for p in t.leaders])
            for t in tasks
        ],
        **_deadlines([t.deadline for t in tasks]),
        "source": [t.source for t in tasks],
        "confidence": [t.confidence for t in tasks],
        "span_start": [t.span[0] for t in tasks],
        "span_end": [t.span[1] for t in tasks],
    }


def target_columns(rows: Sequence[TargetRow]) -> Columns:
    """Return the columns of ``targets``."""
    targets = [target for _, target in rows]
    return {
        "document_id": [document for document, _ in rows],
        "id": [t.id for t in targets],
        "task": [t.task for t in targets],
        "indicator": [t.indicator for t in targets],
        "code": [t.code for t in targets],
        "relation": [t.relation for t in targets],
        "value": [t.value for t in targets],
        "upper": [t.upper for t in targets],
        "unit": [t.unit for t in targets],
        "baseline": [t.baseline for t in targets],
        **_deadlines([t.deadline for t in targets]),
        "text": [t.text for t in targets],
        "confidence": [t.confidence for t in targets],
        "span_start": [t.span[0] for t in targets],
        "span_end": [t.span[1] for t in targets],
    }


def department_columns(rows: Sequence[TaskRow]) -> Columns:
    """Return the columns of ``departments``: one row for each department in each role of each task."""
    flat = [
        (document, task.id, role, one)
        for document, task in rows
        for role in ROLES
        for one in getattr(task, role)
    ]
    return {
        "document_id": [document for document, _, _, _ in flat],
        "task": [task for _, task, _, _ in flat],
        "role": [role for _, _, role, _ in flat],
        "name": [one.name for _, _, _, one in flat],
        "printed": [one.text for _, _, _, one in flat],
        "code": [one.code for _, _, _, one in flat],
        "group": [one.group for _, _, _, one in flat],
        "confidence": [one.confidence for _, _, _, one in flat],
        "span_start": [one.span[0] for _, _, _, one in flat],
        "span_end": [one.span[1] for _, _, _, one in flat],
    }
