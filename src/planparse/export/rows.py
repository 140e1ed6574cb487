"""The tables that records make: columns once, for frames, CSV and workbooks. Plain Python, no pandas.

>>> from planparse.model import Document, Plan
>>> [column.zh for column in TARGETS][:3]
['指标编码', '任务编码', '指标']
>>> task_rows(Plan(document=Document(id="d", source="a.txt")))
[]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from planparse.errors import ExportError
from planparse.export import words
from planparse.model import Deadline, Plan, Target, Task

Cell = str | int | float | bool | None
Type = Literal["text", "date", "number"]
What = Literal["tasks", "targets", "roles"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its ASCII and Chinese names, the type of its cells, and how a record fills it."""

    key: str
    zh: str
    fill: Callable[[Any], Cell]
    type: Type = "text"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """What a row of the task table is made of."""

    plan: Plan
    task: Task
    targets: Sequence[Target]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One department in one role of one task."""

    task: Task
    role: str
    name: str
    code: str | None
    group: bool
    span: tuple[int, int]


def _part(deadline: Deadline | None, name: str) -> str | None:
    return getattr(deadline, name) if deadline else None


def _codes(departments: Sequence[Any]) -> str:
    return "、".join(one.code or "" for one in departments).strip("、")


TASKS: tuple[Column, ...] = (
    Column("id", "任务编码", lambda r: r.task.id),
    Column("number", "编号", lambda r: words.line(r.task.number)),
    Column("path", "所属章节", lambda r: " > ".join(map(words.line, r.task.path))),
    Column("title", "重点任务", lambda r: words.line(r.task.title) if r.task.title else None),
    Column("text", "具体举措", lambda r: words.plain(r.task.text)),
    Column("targets", "工作目标", lambda r: "；".join(words.target_lines(r.targets, r.task.deadline))),
    Column("lead", "牵头科室", lambda r: words.names(r.task.lead)),
    Column("responsible", "责任科室", lambda r: words.names(r.task.responsible)),
    Column("support", "配合科室", lambda r: words.names(r.task.support)),
    Column("leaders", "责任领导", lambda r: words.people(r.task.leaders)),
    Column("deadline", "完成时限", lambda r: _part(r.task.deadline, "text")),
    Column("start", "开始日期", lambda r: _part(r.task.deadline, "start"), "date"),
    Column("end", "截止日期", lambda r: _part(r.task.deadline, "end"), "date"),
    Column("recurrence", "频次", lambda r: words.recurrence(r.task.deadline)),
    Column("lead_codes", "牵头科室代码", lambda r: _codes(r.task.lead)),
    Column("responsible_codes", "责任科室代码", lambda r: _codes(r.task.responsible)),
    Column("source", "来源", lambda r: words.SOURCE[r.task.source]),
    Column("confidence", "置信度", lambda r: r.task.confidence, "number"),
    Column("span_start", "原文起", lambda r: r.task.span[0], "number"),
    Column("span_end", "原文止", lambda r: r.task.span[1], "number"),
)

TARGETS: tuple[Column, ...] = (
    Column("id", "指标编码", lambda t: t.id),
    Column("task", "任务编码", lambda t: t.task),
    Column("indicator", "指标", lambda t: words.line(t.indicator)),
    Column("code", "指标代码", lambda t: t.code),
    Column("relation", "关系", lambda t: t.relation),
    Column("value", "目标值", lambda t: t.value, "number"),
    Column("upper", "上限", lambda t: t.upper, "number"),
    Column("unit", "单位", lambda t: words.line(t.unit)),
    Column("baseline", "基数", lambda t: t.baseline, "number"),
    Column("amount", "目标", words.amount),
    Column("deadline", "完成时限", lambda t: _part(t.deadline, "text")),
    Column("end", "截止日期", lambda t: _part(t.deadline, "end"), "date"),
    Column("text", "原文", lambda t: words.plain(t.text)),
    Column("confidence", "置信度", lambda t: t.confidence, "number"),
    Column("span_start", "原文起", lambda t: t.span[0], "number"),
    Column("span_end", "原文止", lambda t: t.span[1], "number"),
)

ROLES: tuple[Column, ...] = (
    Column("task", "任务编码", lambda r: r.task.id),
    Column("title", "重点任务", lambda r: words.headline(r.task)),
    Column("role", "角色", lambda r: r.role),
    Column("name", "科室", lambda r: words.line(r.name)),
    Column("code", "科室代码", lambda r: r.code),
    Column("group", "集合", lambda r: r.group),
    Column("span_start", "原文起", lambda r: r.span[0], "number"),
    Column("span_end", "原文止", lambda r: r.span[1], "number"),
)

#: which document a row is of; put before the columns of many plans
DOCUMENT: tuple[Column, ...] = (
    Column("document_id", "文件编码", lambda p: p.document.id),
    Column("document_source", "文件", lambda p: words.line(p.document.source)),
    Column(
        "document_title", "文件标题", lambda p: words.line(p.document.title) if p.document.title else None
    ),
    Column("document_issuer", "单位", lambda p: words.line(p.document.issuer) if p.document.issuer else None),
    Column("document_date", "发文日期", lambda p: p.document.date, "date"),
)

COLUMNS: dict[str, tuple[Column, ...]] = {"tasks": TASKS, "targets": TARGETS, "roles": ROLES}


def _records(plan: Plan, what: str) -> list[Any]:
    if what == "tasks":
        targets = words.targets_by_task(plan)
        return [TaskRow(plan, task, targets.get(task.id, ())) for task in plan.tasks]
    if what == "targets":
        return list(plan.targets)
    if what == "roles":
        return [
            RoleRow(task, role, one.name, one.code, one.group, one.span)
            for task in plan.tasks
            for role, group in (("牵头", task.lead), ("责任", task.responsible), ("配合", task.support))
            for one in group
        ]
    raise ExportError(f"given table {what!r}; possible: {', '.join(COLUMNS)}")


def rows(plan: Plan, what: What) -> list[list[Cell]]:
    """Return the rows of one table of one plan, in the order of :data:`COLUMNS`; raises ExportError on another name."""
    records = _records(plan, what)
    columns = COLUMNS[what]
    return [[column.fill(record) for column in columns] for record in records]


def document_cells(plan: Plan) -> list[Cell]:
    """Return the cells of :data:`DOCUMENT` for a plan."""
    return [column.fill(plan) for column in DOCUMENT]


def task_rows(plan: Plan) -> list[list[Cell]]:
    """Return the rows of the task table."""
    return rows(plan, "tasks")


def header(what: What, lang: Literal["zh", "en"] = "zh", *, documents: bool = False) -> list[str]:
    """Return the column names of a table.

    >>> header("roles", "en")[:3]
    ['task', 'title', 'role']
    """
    if what not in COLUMNS:
        raise ExportError(f"given table {what!r}; possible: {', '.join(COLUMNS)}")
    if lang not in ("zh", "en"):
        raise ExportError(f"given lang {lang!r}; possible: zh, en")
    columns = (*DOCUMENT, *COLUMNS[what]) if documents else COLUMNS[what]
    return [column.zh if lang == "zh" else column.key for column in columns]
