"""Checks of tasks beside each other: printed twice, numbered twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from planparse.check.alike import alike_pairs
from planparse.check.findings import Finding, finding, name_of
from planparse.evaluate import plain
from planparse.model import Plan
from planparse.rulebook import Rulebook

#: an ordinal that counts, which ● and —— do not
_COUNTS = re.compile(r"[\d一二三四五六七八九十]")


def duplicates(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find tasks printed twice; where their deadlines differ, that is a contradiction."""
    del rules
    for i, j, score in alike_pairs([plain(task.text) for task in plan.tasks], 0.8):
        first, second = plan.tasks[i], plan.tasks[j]
        if first.span[1] > second.span[0]:
            continue  # one sentence gives several actors each their act
        a, b = (task.deadline.end if task.deadline else None for task in (first, second))
        yield finding(
            "duplicate-task",
            f"任务{name_of(second)}与{name_of(first)}内容相同（{score:.0%}）",
            second.span,
            second,
            first.id,
        )
        if a and b and a != b:
            yield finding(
                "deadline-conflict",
                f"任务{name_of(second)}的时限 {b} 与另一处的 {a} 不同",
                second.span,
                second,
                first.id,
            )


def numbers(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find an item that prints the number of the item before it."""
    del rules
    for first, second in pairwise(plan.tasks):
        if (first.number, first.path[:-1]) != (second.number, second.path[:-1]) or "table" in (
            first.source,
            second.source,
        ):
            continue
        ordinal = second.number.rpartition("/")[2]
        if _COUNTS.search(ordinal) and all(
            ordinal in plan.text[max(0, task.span[0] - len(ordinal) - 2) : task.span[0]]
            for task in (first, second)
        ):
            yield finding(
                "number-twice",
                f"任务{name_of(second)}与{name_of(first)}编号相同（{second.number}）",
                second.span,
                second,
                first.id,
            )
