"""Mentions that a user's own components found join the records of a plan."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

import msgspec

from planparse.catalogue import build_catalogue, build_forms
from planparse.errors import PlanparseError
from planparse.extract.dates import calendar_of, parse_date_cell
from planparse.model import Deadline, Department, Person, Plan, Task
from planparse.rulebook import Rulebook

ROLES = ("lead", "responsible", "support")
LABELS = (*ROLES, "leader", "deadline")


def with_mentions(plan: Plan, text: str, mentions: Iterable[tuple[str, int, int]], rules: Rulebook) -> Plan:
    """Return the plan with (label, start, end) mentions added to the tasks that they stand in or behind.

    Labels are lead, responsible, support, leader and deadline; a deadline replaces none that the plan has. A mention
    before the first task, or of a name that the task already has in that role, changes nothing. Raises
    PlanparseError for another label.
    """
    tasks = sorted(plan.tasks, key=lambda t: t.span)
    starts = [task.span[0] for task in tasks]
    changed: dict[str, Task] = {}
    for label, start, end in mentions:
        if label not in LABELS:
            raise PlanparseError(
                f"a span at {start}–{end} is labelled {label!r}; possible: {', '.join(LABELS)}"
            )
        place = bisect_right(starts, start) - 1
        if place < 0:
            continue
        task = changed.get(tasks[place].id, tasks[place])
        changed[task.id] = _added(plan, task, (label, start, end), text, rules)
    return msgspec.structs.replace(plan, tasks=tuple(changed.get(task.id, task) for task in plan.tasks))


def _added(plan: Plan, task: Task, mention: tuple[str, int, int], text: str, rules: Rulebook) -> Task:
    label, *bounds = mention
    span = (bounds[0], bounds[1])
    printed = text[span[0] : span[1]]
    change: dict[str, Any] = {}
    if label in ROLES:
        had = getattr(task, label)
        if printed not in {one.name for one in had}:
            entry = rules.compiled(build_catalogue).department(printed)
            group = rules.compiled(build_forms).is_group(printed)
            change[label] = (
                *had,
                Department(
                    name=printed, text=printed, span=span, code=entry.id if entry else None, group=group
                ),
            )
    elif label == "leader":
        if printed not in {one.name for one in task.leaders}:
            change["leaders"] = (*task.leaders, Person(name=printed, span=span))
    elif task.deadline is None:
        found = parse_date_cell(
            printed, calendar_of(plan.document.title or "", text, plan.document.date, rules), rules
        )
        if found is not None:
            change["deadline"] = Deadline(
                text=printed,
                start=found.start,
                end=found.end,
                recurrence=found.recurrence,  # type: ignore[arg-type]
                span=span,
            )
    return msgspec.structs.replace(task, **change) if change else task
