"""Checks of how much: aims without number or unit, that contradict each other, or that fall behind their baseline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.catalogue import build_catalogue
from planparse.check.findings import Finding, finding
from planparse.evaluate import plain
from planparse.model import Plan, Target, Task
from planparse.rulebook import Rulebook

#: a quantity that is aimed at, without saying how much: 进一步提高床位使用率, 甲级病案率达到。
_DIRECTION = re.compile(
    r"提高|提升|增加|增长|扩大|降低|下降|减少|缩短|压缩|控制|(?:达到?|不低于|不少于|不超过|不高于)$"
)
#: a count that is left open
_OPEN = re.compile(r"[^，。；：、,;\n\v]{0,20}若干[台套名个项张人例]")
_CLAUSE = re.compile(r"[^，。；：、,;\n\v]{2,80}")
_AMOUNT = re.compile(
    r"[0-9０-９%％]|[一二三四五六七八九十两百千半][成倍个名项张例天日分]|百分之|全部|全覆盖|零"
)
#: indexes have no unit
_INDEX = re.compile(r"指数|CMI|系数|比值?$|DRG", re.IGNORECASE)
_UP, _DOWN = re.compile("提|升|增|达"), re.compile("降|减|压|缩")


def _indicator_names(rules: Rulebook) -> re.Pattern[str]:
    names = sorted(
        {n for n in rules.compiled(build_catalogue).indicators if len(n) > 2}, key=len, reverse=True
    )
    return re.compile("|".join(map(re.escape, names)))


def vague(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find indicators with a direction but no number anywhere in the plan: 「进一步降低平均住院日」."""
    names = rules.compiled(_indicator_names)
    numbered = " ".join(target.indicator for target in plan.targets)
    for task in plan.tasks:
        for clause in _CLAUSE.finditer(task.text):
            text = clause[0]
            if not _DIRECTION.search(text) or _AMOUNT.search(text):
                continue
            found = names.search(text)
            if found and found[0] not in numbered:
                at = plan.text.find(text, task.span[0], task.span[1])
                span = (at, at + len(text)) if at >= 0 else task.span
                yield finding(
                    "target-without-number", f"「{text[:30]}」没有写明「{found[0]}」达到多少", span, task
                )


def units(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find targets that give a number of nothing."""
    del rules
    for target in plan.targets:
        if target.value is None:
            yield finding(
                "target-without-number", f"指标「{target.indicator}」没有数值", target.span, None, target.id
            )
        elif not target.unit and target.value and not _INDEX.search(target.indicator):
            yield finding(
                "target-without-unit",
                f"指标「{target.indicator}」的数值 {target.value:g} 没有单位",
                target.span,
                None,
                target.id,
            )


def open_counts(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find counts that are left open: 采购设备若干台."""
    del rules
    for task in plan.tasks:
        for found in _OPEN.finditer(plan.text, *task.span):
            yield finding("target-without-number", f"「{found[0]}」没有写明数量", found.span(), task)


def opposed(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find two values for one indicator of the same departments, due on the same day."""
    del rules
    tasks = {task.id: task for task in plan.tasks}
    first: dict[tuple[object, ...], Target] = {}
    for target in plan.targets:
        task = tasks.get(target.task or "")
        key = (plain(target.indicator), target.relation, target.unit, *_who_and_when(task, target))
        one = first.setdefault(key, target)
        if (one.value, one.upper) != (target.value, target.upper):
            said = f"指标「{target.indicator}」此处为 {target.value:g}{target.unit}，另一处为 {one.value:g}{one.unit}"
            yield finding("target-conflict", said, target.span, task, one.id)


def _who_and_when(task: Task | None, target: Target) -> tuple[object, ...]:
    """Return what tells two values of one indicator apart: the departments, the day, and the section where no day is printed."""
    due = target.deadline or (task.deadline if task else None)
    who = tuple(one.code or one.name for one in (*task.lead, *task.responsible)) if task else ()
    return (who, due.text if due else None, () if due or task is None else task.path[:-1])


def backwards(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find targets behind their own baseline: 由95%提高到90%."""
    del rules
    for target in plan.targets:
        if target.value is None or target.baseline is None or target.baseline == target.value:
            continue
        falls = target.relation in ("ge", "gt") and target.value < target.baseline and _UP.search(target.text)
        rises = (
            target.relation in ("le", "lt") and target.value > target.baseline and _DOWN.search(target.text)
        )
        if falls or rises:
            said = f"指标「{target.indicator}」由 {target.baseline:g} 到 {target.value:g}{target.unit}，与所写的方向相反"
            yield finding("target-backwards", said, target.span, None, target.id)
