"""A plain-text table for terminals, in Chinese: see :mod:`planparse.export.texttable`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from planparse.export import words
from planparse.export.output import write_text
from planparse.export.texttable import table
from planparse.model import Plan, Task

_LEAST = 80
_COLUMNS: tuple[tuple[str, int, int], ...] = (
    ("编号", 9, 1),
    ("任务", 16, 8),
    ("牵头", 8, 2),
    ("责任", 8, 3),
    ("配合", 8, 2),
    ("责任领导", 8, 1),
    ("指标", 10, 5),
    ("时限", 10, 1),
)


def _when(task: Task) -> str:
    printed = words.line(task.deadline.text) if task.deadline else ""
    end = words.due(task.deadline)
    return "\n".join(
        part for part in (printed or words.recurrence(task.deadline), end if end != printed else "") if part
    )


def _row(task: Task, plan_targets: Sequence[str]) -> list[str]:
    title = words.line(task.title) if task.title else ""
    text = words.line(task.text)
    body = text if not title or title in text else f"{title}。{text}"
    return [
        words.line(task.number),
        body,
        "\n".join(words.line(d.name) for d in task.lead),
        "\n".join(words.line(d.name) for d in task.responsible),
        "\n".join(words.line(d.name) for d in task.support),
        "\n".join(words.people([one]) for one in task.leaders),
        "\n".join(plan_targets),
        _when(task),
    ]


def _table(plan: Plan, total: int, limit: int) -> list[str]:
    targets = words.targets_by_task(plan)
    rows = [_row(task, words.target_lines(targets.get(task.id, ()), task.deadline)) for task in plan.tasks]
    if limit:
        for row in rows:
            row[1] = row[1] if len(row[1]) <= limit else row[1][: limit - 1] + "…"
    kept = [k for k in range(len(_COLUMNS)) if k == 1 or any(row[k] for row in rows)]
    return table([_COLUMNS[k] for k in kept], [[row[k] for k in kept] for row in rows], total)


def _plan(stream: TextIO, plan: Plan, total: int, limit: int) -> None:
    title = words.line(plan.document.title or plan.document.source)
    stream.write(f"{title}\n任务 {len(plan.tasks)} 项，指标 {len(plan.targets)} 个\n\n")
    if plan.tasks:
        stream.write("\n".join(_table(plan, total, limit)) + "\n")
    whole = [t for t in plan.targets if t.task is None]
    if whole:
        stream.write("\n总体指标\n")
        for target in whole:
            when = words.deadline_words(target.deadline)
            stream.write(f"  {words.target_line(target)}" + (f"，{when}" if when else "") + "\n")
    for warning in plan.warnings:
        stream.write(f"\n提示：{words.line(warning)}\n")


def write(
    plans: Sequence[Plan], out: Path | TextIO, *, width: int = 120, limit: int = 80
) -> tuple[Path, ...]:
    """Write one table a plan, ``width`` terminal cells wide (80 at least); a task's text is cut at ``limit`` characters (0: whole).

    Columns that are empty throughout are left out.
    """

    def body(stream: TextIO) -> None:
        for place, plan in enumerate(plans):
            if place:
                stream.write("\n")
            _plan(stream, plan, max(width, _LEAST), limit)

    return write_text(out, body)
