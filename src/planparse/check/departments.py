"""Checks of who: tasks of nobody, without a lead, with two leads; departments twice, and unknown ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planparse.catalogue import build_catalogue
from planparse.check.findings import Finding, finding, name_of
from planparse.model import Department, Plan, Task
from planparse.rulebook import Rulebook

ROLES = (("lead", "牵头"), ("responsible", "责任"), ("support", "配合"))


def leads(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find tasks of nobody, of several without a lead, and of two leads."""
    del rules
    for task in plan.tasks:
        if not (task.lead or task.responsible or task.support or task.leaders):
            yield finding("no-department", f"任务{name_of(task)}没有写明科室", task.span, task)
        elif not task.lead:
            names = "、".join(one.name for one in task.responsible) or "只有配合科室或责任领导"
            code = (
                "sole-department"
                if len(task.responsible) == 1 and not task.responsible[0].group and not task.support
                else "no-lead"
            )
            yield finding(code, f"任务{name_of(task)}没有写明牵头科室（{names}）", task.span, task)
        elif len({one.code or one.name for one in task.lead}) > 1:
            yield finding(
                "two-leads",
                f"任务{name_of(task)}有 {len(task.lead)} 个牵头科室：{'、'.join(d.name for d in task.lead)}",
                task.lead[1].span,
                task,
            )


def twice(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find a department in two roles of one task."""
    del rules
    for task in plan.tasks:
        seen: dict[str, str] = {}
        for role, word in ROLES:
            for one in getattr(task, role):
                key = one.code or one.name
                if seen.setdefault(key, word) != word:
                    yield finding(
                        "role-twice",
                        f"{one.name}在任务{name_of(task)}中既是{seen[key]}又是{word}",
                        one.span,
                        task,
                    )


def unknown(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find departments that the catalogue does not know; each name once."""
    catalogue = rules.compiled(build_catalogue)
    first: dict[str, tuple[Department, Task]] = {}
    count: Counter[str] = Counter()
    for task in plan.tasks:
        for one in (*task.lead, *task.responsible, *task.support):
            if one.code is None and not one.group and catalogue.department(one.name) is None:
                first.setdefault(one.name, (one, task))
                count[one.name] += 1
    for name, (one, task) in first.items():
        times = f"，共 {count[name]} 处" if count[name] > 1 else ""
        yield finding(
            "unknown-department",
            f"科室「{name}」不在科室目录中{times}；可用 --rules 加入自己的目录",
            one.span,
            task,
        )
