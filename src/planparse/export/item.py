"""A task as the office's ledger holds it: what the plan says, and what people add to it.

planparse owns the task, its targets and its id; people own :class:`Progress`. Nothing here reads a clock:
:func:`alert` is computed against a given day.

>>> from datetime import date
>>> from planparse.model import Deadline, Task
>>> task = Task(id="a", number="1", path=(), title="甲", text="甲。", span=(0, 2), deadline=Deadline(text="6月底", end="2024-06-30"))
>>> alert(Item(id="a", task=task), date(2024, 6, 20)), alert(Item(id="a", task=task), date(2024, 7, 1))
('临期', '逾期')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from planparse.export import words
from planparse.model import Plan, Record, Target, Task

State = Literal["未启动", "推进中", "已完成待销号", "已销号"]
Alert = Literal["", "临期", "逾期"]

STATES: tuple[State, ...] = ("未启动", "推进中", "已完成待销号", "已销号")
#: people's fields with their headings; never overwritten by planparse
PEOPLE: Mapping[str, str] = {
    "status": "状态",
    "progress": "进展情况",
    "inspection": "督查情况",
    "obstacle": "制约问题",
    "remedy": "整改措施",
    "closed_on": "销号日期",
    "closing": "销号说明",
    "note": "备注",
}
#: days before the deadline from which a task is 临期
SOON = 30
#: what is read with less should be looked at; for tasks and for targets
_SURE, _SURE_TARGET = 0.7, 0.8


class Progress(Record, frozen=True, kw_only=True):
    """What people own of a task; ``months`` maps "1"…"12" to that month's inspection, ``closed_on`` is an ISO date."""

    status: str = "未启动"
    progress: str = ""
    inspection: str = ""
    obstacle: str = ""
    remedy: str = ""
    closed_on: str = ""
    closing: str = ""
    note: str = ""
    months: dict[str, str] = msgspec.field(default_factory=dict)


class Item(Record, frozen=True, kw_only=True):
    """One line of the ledger. ``origin`` says of which document, ``place`` where in it; ``active`` is False once the plan dropped it."""

    id: str
    task: Task
    targets: tuple[Target, ...] = ()
    people: Progress = Progress()
    document: str = ""
    origin: str = ""
    active: bool = True
    parent: str | None = None
    place: str = ""


class Board(Record, frozen=True, kw_only=True):
    """All that a workbook or a chart shows: items, targets of whole plans, and whence."""

    title: str
    items: tuple[Item, ...] = ()
    whole: tuple[Target, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    period: tuple[str | None, str | None] = (None, None)
    issuer: str = ""


def iso(text: str | None) -> date | None:
    """Return the date of an ISO text, None for anything else.

    >>> iso("2024-06-30"), iso("6月底"), iso(None)
    (datetime.date(2024, 6, 30), None, None)
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def due_day(task: Task) -> date | None:
    """Return the day on which a task is due, None where none is printed."""
    return iso(task.deadline.end) if task.deadline else None


def alert(item: Item, as_of: date, within: int = SOON) -> Alert:
    """Return 逾期 (the deadline is past), 临期 (at most ``within`` days ahead) or '' on the day ``as_of``.

    A task that is done (已完成待销号, 已销号), dropped, or without a printed deadline has no alert.
    """
    day = due_day(item.task)
    if day is None or not item.active or item.people.status in STATES[2:]:
        return ""
    left = (day - as_of).days
    return "逾期" if left < 0 else "临期" if left <= within else ""


def doubts(task: Task, targets: Sequence[Target]) -> tuple[str, ...]:
    """Return why a person should look at a task: no lead, several leads, no deadline, an unsure reading of it or of a target.

    >>> doubts(Task(id="a", number="1", path=(), title="甲", text="甲。", span=(0, 2)), ())
    ('未写明责任科室', '未写明完成时限')
    """
    found = []
    if not (task.lead or task.responsible or task.support):
        found.append("未写明责任科室")
    elif not task.lead and len(task.responsible) > 1:
        found.append("多个责任科室，未明确牵头")
    if len(task.lead) > 1:
        found.append(f"牵头科室有{len(task.lead)}个")
    if task.deadline is None:
        found.append("未写明完成时限")
    elif task.deadline.end is None and task.deadline.recurrence is None:
        found.append(f"时限未能换算为日期：{words.line(task.deadline.text)}")
    if task.confidence < _SURE:
        found.append(f"识别把握较低（{task.confidence:.2f}）")
    found += [f"指标未读出数值：{words.line(t.text or t.indicator)}" for t in targets if t.value is None]
    unsure = [
        t for t in targets if t.value is not None and t.confidence is not None and t.confidence < _SURE_TARGET
    ]
    found += [f"指标把握较低（{t.confidence:.2f}）：{words.line(t.text or t.indicator)}" for t in unsure]
    return tuple(found)


def items_of(plans: Sequence[Plan]) -> tuple[Item, ...]:
    """Return the tasks of plans as ledger lines without progress; ids are the tasks' own.

    Where two plans hold the same task id, the later one gets a further part ``~2``.
    """
    seen: dict[str, int] = {}
    found: list[Item] = []
    for plan in plans:
        targets = words.targets_by_task(plan)
        title = plan.document.title or plan.document.source
        for task in plan.tasks:
            seen[task.id] = seen.get(task.id, 0) + 1
            name = task.id if seen[task.id] == 1 else f"{task.id}~{seen[task.id]}"
            found.append(
                Item(
                    id=name,
                    task=task,
                    targets=tuple(targets.get(task.id, ())),
                    document=title,
                    origin=plan.document.source,
                    place=plan.place(task.span),
                )
            )
    return tuple(found)


def board_of(plans: Sequence[Plan]) -> Board:
    """Return what a workbook or chart of these plans shows."""
    titles = [plan.document.title or plan.document.source for plan in plans]
    starts = [p.document.period.start for p in plans if p.document.period and p.document.period.start]
    ends = [p.document.period.end for p in plans if p.document.period and p.document.period.end]
    title = titles[0] if len(titles) == 1 else f"{titles[0]}等{len(titles)}份文件" if titles else "重点工作"
    return Board(
        title=words.line(title),
        items=items_of(plans),
        whole=tuple(t for plan in plans for t in plan.targets if t.task is None),
        sources=tuple((p.document.source, p.document.text_sha256 or p.document.id) for p in plans),
        warnings=tuple(w for plan in plans for w in plan.warnings),
        period=(min(starts, default=None), max(ends, default=None)),
        issuer=next((words.line(p.document.issuer) for p in plans if p.document.issuer), ""),
    )


def departments(items: Sequence[Item]) -> list[str]:
    """Return the departments of the items, those with most work first (lead counts before responsible before support)."""
    weight: dict[str, list[int]] = {}
    for item in items:
        for place, group in enumerate((item.task.lead, item.task.responsible, item.task.support)):
            for one in group:
                weight.setdefault(words.line(one.name), [0, 0, 0])[place] -= 1
    return sorted(weight, key=lambda name: (*weight[name], name))
