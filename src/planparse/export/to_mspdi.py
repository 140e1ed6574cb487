"""Microsoft Project XML (MSPDI): headings as summary tasks, departments as resources, printed dates as they are.

Tasks are scheduled by hand (Manual), so that no program recalculates a printed date.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from planparse.export import words
from planparse.export.item import Item, due_day, iso
from planparse.export.output import write_text
from planparse.export.tree import Node, description, nodes
from planparse.model import Plan

_NS = "http://schemas.microsoft.com/project"
#: Text1 … Text6: field id -> alias; departments by role, where one resource list cannot tell roles apart
_FIELDS = {
    "188743731": "牵头科室",
    "188743734": "责任科室",
    "188743737": "配合科室",
    "188743740": "责任领导",
    "188743743": "量化指标",
    "188743746": "任务编码",
}


def _add(parent: Any, name: str, value: str | int | None = None) -> Any:
    from lxml import etree

    child = etree.SubElement(parent, f"{{{_NS}}}{name}")
    if value is not None:
        child.text = words.plain(str(value))
    return child


def _dates(parent: Any, item: Item) -> None:
    """Write the printed dates; a task without one gets none (Project shows it as unscheduled)."""
    start = iso(item.task.deadline.start) if item.task.deadline else None
    end = due_day(item.task)
    if start:
        _add(parent, "Start", f"{start}T08:00:00")
    if end:
        _add(parent, "Finish", f"{end}T17:00:00")
        _add(parent, "Deadline", f"{end}T17:00:00")


def _task(tasks: Any, number: int, node: Node, outline: str) -> None:
    one = _add(tasks, "Task")
    _add(one, "UID", number)
    _add(one, "ID", number)
    _add(one, "Name", node.title)
    _add(one, "Active", 1)
    _add(one, "Manual", 1)
    _add(one, "Type", 1)
    _add(one, "OutlineNumber", outline)
    _add(one, "OutlineLevel", node.level)
    if node.item is None:
        _add(one, "Summary", 1)
        return
    item = node.item
    _dates(one, item)
    _add(one, "Summary", 0)
    _add(one, "Notes", "\n".join(description(item.task, item.targets, source=item.origin)))
    task = item.task
    values = (
        words.names(task.lead), words.names(task.responsible), words.names(task.support), words.people(task.leaders),
        "；".join(words.target_lines(item.targets, item.task.deadline)), item.id,
    )  # fmt: skip
    for field, value in zip(_FIELDS, values, strict=True):
        if value:
            attribute = _add(one, "ExtendedAttribute")
            _add(attribute, "FieldID", field)
            _add(attribute, "Value", value)


def _departments(item: Item) -> list[str]:
    task = item.task
    return list(
        dict.fromkeys(
            words.line(d.name) for d in (*task.lead, *task.responsible, *task.support) if words.line(d.name)
        )
    )


def _outlines(found: Sequence[Node]) -> list[str]:
    """Return the outline number (1.2.1) of every node."""
    counts: list[int] = []
    numbers = []
    for node in found:
        del counts[node.level :]
        counts += [0] * (node.level - len(counts))
        counts[node.level - 1] += 1
        numbers.append(".".join(map(str, counts)))
    return numbers


def project(plans: Sequence[Plan], stamp: date | None) -> bytes:
    """Return the project as XML in UTF-8."""
    from lxml import etree

    root = etree.Element(f"{{{_NS}}}Project", nsmap={None: _NS})
    title = plans[0].document.title or plans[0].document.source if plans else "重点工作"
    days = [
        day
        for plan in plans
        for t in plan.tasks
        if t.deadline
        for day in (iso(t.deadline.start), iso(t.deadline.end))
        if day
    ]
    first = min((date(day.year, 1, 1) for day in days), default=stamp or date(2000, 1, 1))
    _add(root, "SaveVersion", 14)
    _add(root, "Name", words.line(title))
    _add(root, "Title", words.line(title))
    _add(root, "ScheduleFromStart", 1)
    _add(root, "StartDate", f"{first}T08:00:00")
    _add(root, "NewTasksAreManual", 1)
    fields = _add(root, "ExtendedAttributes")
    for number, (field, alias) in enumerate(_FIELDS.items(), 1):
        one = _add(fields, "ExtendedAttribute")
        _add(one, "FieldID", field)
        _add(one, "FieldName", f"Text{number}")
        _add(one, "Alias", alias)
    tasks, resources, assignments = _add(root, "Tasks"), _add(root, "Resources"), _add(root, "Assignments")
    found = list(nodes(plans))
    numbers: dict[str, int] = {}
    for number, (node, outline) in enumerate(zip(found, _outlines(found), strict=True), 1):
        _task(tasks, number, node, outline)
        for name in _departments(node.item) if node.item else ():
            if name not in numbers:
                numbers[name] = len(numbers) + 1
                one = _add(resources, "Resource")
                for key, value in (
                    ("UID", numbers[name]),
                    ("ID", numbers[name]),
                    ("Name", name),
                    ("Type", 1),
                ):
                    _add(one, key, value)
            one = _add(assignments, "Assignment")
            for key, value in (
                ("UID", len(assignments)),
                ("TaskUID", number),
                ("ResourceUID", numbers[name]),
            ):
                _add(one, key, value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True, pretty_print=True)  # type: ignore[no-any-return]


def write(plans: Sequence[Plan], out: Path | TextIO, *, as_of: date | None = None) -> tuple[Path, ...]:
    """Write one project; ``as_of`` is its start where no date is printed at all."""
    text = project(plans, as_of).decode()
    return write_text(out, lambda stream: stream.write(text))
