"""Redmine's issue import: headings that equal the Chinese labels are matched by its wizard.

Headings become parent issues without dates (Redmine derives a parent's dates from its children). 父任务 holds the
唯一ID of the parent, a row of the same file. Importing twice makes every issue twice: Redmine has no update.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from planparse.export import words
from planparse.export.csvtable import write_csv
from planparse.export.item import due_day, iso
from planparse.export.tree import Node, description, nodes
from planparse.model import Plan

HEADS = (
    "唯一ID",
    "父任务",
    "主题",
    "描述",
    "指派给",
    "开始日期",
    "计划完成日期",
    "牵头科室",
    "责任科室",
    "配合科室",
    "责任领导",
    "量化指标",
    "完成时限",
    "任务编码",
)


def _row(number: int, parent: str, node: Node) -> list[str]:
    if node.item is None:
        return [str(number), parent, node.title[:255], *[""] * (len(HEADS) - 3)]
    task = node.item.task
    start = iso(task.deadline.start) if task.deadline else None
    day = due_day(task)
    only = (
        words.names(task.lead) if len(task.lead) == 1 else ""
    )  # one assignee: several leads stand in 牵头科室
    return [
        str(number), parent, node.title[:255], "\n".join(description(task, node.item.targets, source=node.item.origin)), only,
        start.isoformat() if start else "", day.isoformat() if day else "",
        words.names(task.lead), words.names(task.responsible), words.names(task.support), words.people(task.leaders),
        "；".join(words.target_lines(node.item.targets, node.item.task.deadline)), words.line(task.deadline.text) if task.deadline else "", node.item.id,
    ]  # fmt: skip


def write(
    plans: Sequence[Plan], out: Path | TextIO, *, encoding: str = "utf-8", parents: bool = True
) -> tuple[Path, ...]:
    """Write one row an issue, dates as %Y-%m-%d; ``parents=False`` leaves the headings out."""
    found = [node for node in nodes(plans) if parents or node.item]
    numbers = {node.key: k for k, node in enumerate(found, 1)}
    rows = (
        _row(numbers[node.key], str(numbers.get(node.parent or "", "")) if parents else "", node)
        for node in found
    )
    return write_csv(out, HEADS, rows, encoding=encoding)
