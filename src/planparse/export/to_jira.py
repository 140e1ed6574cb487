"""Jira's CSV import: headings as epics, tasks below them, departments as labels (a column each).

Tell the wizard the date format yyyy-MM-dd. Labels hold no blanks; roles stand in the description, and in columns
of their own that can be mapped to custom fields.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from planparse.export import words
from planparse.export.csvtable import write_csv
from planparse.export.item import due_day, iso
from planparse.export.tree import Node, description, nodes
from planparse.model import Plan

_FIXED = (
    "Issue ID",
    "Parent",
    "Issue Type",
    "Summary",
    "Description",
    "Start Date",
    "Due Date",
    "Lead",
    "Responsible",
    "Support",
    "Leaders",
    "Targets",
    "Deadline",
    "Planparse ID",
)
_MARKUP = re.compile(r"[{}\[\]|!\\^~@]")
_LABEL = re.compile(r"\s+")


def _plain(text: str) -> str:
    """Return text in which Jira's markup shows as it is printed."""
    return _MARKUP.sub(lambda m: "\\" + m[0], text)


def _labels(node: Node) -> list[str]:
    if node.item is None:
        return []
    task = node.item.task
    return list(
        dict.fromkeys(
            _LABEL.sub("_", words.line(d.name)) for d in (*task.lead, *task.responsible, *task.support)
        )
    )


def _row(numbers: dict[str, int], node: Node) -> list[str]:
    head = [
        str(numbers[node.key]),
        str(numbers.get(node.parent or "", "")),
        "Task" if node.item else "Epic",
        node.title[:255],
    ]
    if node.item is None:
        return [*head, *[""] * (len(_FIXED) - len(head))]
    task = node.item.task
    start = iso(task.deadline.start) if task.deadline else None
    day = due_day(task)
    return [
        *head, _plain("\n".join(description(task, node.item.targets, source=node.item.origin))),
        start.isoformat() if start else "", day.isoformat() if day else "",
        words.names(task.lead), words.names(task.responsible), words.names(task.support), words.people(task.leaders),
        "；".join(words.target_lines(node.item.targets, node.item.task.deadline)), words.line(task.deadline.text) if task.deadline else "", node.item.id,
    ]  # fmt: skip


def write(plans: Sequence[Plan], out: Path | TextIO) -> tuple[Path, ...]:
    """Write one row an issue, parents before children: the innermost heading of a task is its epic (epics do not nest)."""
    every = list(nodes(plans))
    used = {node.parent for node in every if node.item}
    found = [node for node in every if node.item or node.key in used]
    found.sort(key=lambda node: node.item is not None)  # epics first, each group in the order of the plan
    numbers = {node.key: k for k, node in enumerate(found, 1)}
    flat = {node.key for node in found if node.item is None}
    rows = [_row(numbers, node if node.item else Node(node.key, 1, node.title, None, None)) for node in found]
    labels = [_labels(node) for node in found]
    most = max(map(len, labels), default=0)
    assert all(node.parent is None or node.parent in flat for node in found if node.item)
    return write_csv(
        out,
        [*_FIXED, *["Labels"] * most],
        ([*row, *tags, *[""] * (most - len(tags))] for row, tags in zip(rows, labels, strict=True)),
    )
