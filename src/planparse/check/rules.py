"""The checks, one function each: ``(plan, rules) -> findings``. Nothing here looks at today's date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from planparse.catalogue import build_catalogue
from planparse.check.alike import alike_pairs
from planparse.check.findings import CODES, Finding
from planparse.evaluate import plain
from planparse.model import Department, Plan, Span, Task
from planparse.rulebook import Rulebook

Check = Callable[[Plan, Rulebook], Iterator[Finding]]
ROLES = (("lead", "牵头"), ("responsible", "责任"), ("support", "配合"))
#: a quantity that is aimed at, without saying how much: 进一步提高床位使用率
_DIRECTION = re.compile(r"提高|提升|增加|增长|扩大|降低|下降|减少|缩短|压缩|控制")
_CLAUSE = re.compile(r"[^，。；：、,;\n\v]{2,80}")
_AMOUNT = re.compile(r"[0-9０-９%％]|[一二三四五六七八九十两百千半][成倍个名项张例天日分]|百分之|全部|全覆盖|零")
#: indexes have no unit
_INDEX = re.compile(r"指数|CMI|系数|比值?$|DRG", re.IGNORECASE)


def _name(task: Task) -> str:
    text = task.title or task.text
    return f"「{text if len(text) <= 24 else text[:23] + '…'}」".replace("\n", " ")


def _finding(code: str, message: str, span: Span, task: Task | None = None, other: str | None = None) -> Finding:
    return Finding(code=code, severity=CODES[code].severity, message=message, span=span, task=task.id if task else None, other=other)


def leads(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find tasks of nobody, of several without a lead, and of two leads."""
    del rules
    for task in plan.tasks:
        if not (task.lead or task.responsible or task.support or task.leaders):
            yield _finding("no-department", f"任务{_name(task)}没有写明科室", task.span, task)
        elif not task.lead:
            names = "、".join(one.name for one in task.responsible) or "只有配合科室或责任领导"
            code = "sole-department" if len(task.responsible) == 1 and not task.responsible[0].group and not task.support else "no-lead"
            yield _finding(code, f"任务{_name(task)}没有写明牵头科室（{names}）", task.span, task)
        elif len({one.code or one.name for one in task.lead}) > 1:
            yield _finding("two-leads", f"任务{_name(task)}有 {len(task.lead)} 个牵头科室：{'、'.join(d.name for d in task.lead)}", task.lead[1].span, task)


def twice(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find a department in two roles of one task."""
    del rules
    for task in plan.tasks:
        seen: dict[str, str] = {}
        for role, word in ROLES:
            for one in getattr(task, role):
                key = one.code or one.name
                if seen.setdefault(key, word) != word:
                    yield _finding("role-twice", f"{one.name}在任务{_name(task)}中既是{seen[key]}又是{word}", one.span, task)


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
        yield _finding("unknown-department", f"科室「{name}」不在科室目录中{times}；可用 --rules 加入自己的目录", one.span, task)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def deadlines(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find missing deadlines, and deadlines at odds with the period, the date of issue, or themselves."""
    del rules
    period_end = _day(plan.document.period.end) if plan.document.period else None
    issued = _day(plan.document.date)
    for task in plan.tasks:
        if task.deadline is None:
            yield _finding("no-deadline", f"任务{_name(task)}没有完成时限", task.span, task)
            continue
        start, end, span = _day(task.deadline.start), _day(task.deadline.end), task.deadline.span
        if start and end and start > end:
            yield _finding("reversed-deadline", f"任务{_name(task)}的时限「{task.deadline.text}」起始晚于截止", span, task)
        if end and period_end and end > period_end:
            yield _finding("late-deadline", f"任务{_name(task)}的时限 {end} 晚于方案期限 {period_end}", span, task)
        if end and issued and end < issued:
            yield _finding("past-deadline", f"任务{_name(task)}的时限 {end} 早于发文日期 {issued}", span, task)


def target_deadlines(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find targets that are due after the task that they belong to."""
    del rules
    due = {task.id: (task, _day(task.deadline.end)) for task in plan.tasks if task.deadline}
    for target in plan.targets:
        task, end = due.get(target.task or "", (None, None))
        own = _day(target.deadline.end) if target.deadline else None
        if task and end and own and own > end:
            yield _finding("target-after-task", f"指标「{target.indicator}」的时限 {own} 晚于任务{_name(task)}的时限 {end}", target.span, task, target.id)


def duplicates(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find tasks printed twice; where their deadlines differ, that is a contradiction."""
    del rules
    for i, j, score in alike_pairs([plain(task.text) for task in plan.tasks], 0.8):
        first, second = plan.tasks[i], plan.tasks[j]
        a, b = (task.deadline.end if task.deadline else None for task in (first, second))
        yield _finding("duplicate-task", f"任务{_name(second)}与{_name(first)}内容相同（{score:.0%}）", second.span, second, first.id)
        if a and b and a != b:
            yield _finding("deadline-conflict", f"任务{_name(second)}的时限 {b} 与另一处的 {a} 不同", second.span, second, first.id)


def _indicator_names(rules: Rulebook) -> re.Pattern[str]:
    names = sorted({n for n in rules.compiled(build_catalogue).indicators if len(n) > 2}, key=len, reverse=True)
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
                yield _finding("target-without-number", f"「{text[:30]}」没有写明「{found[0]}」达到多少", span, task)


def units(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find targets that give a number of nothing."""
    del rules
    for target in plan.targets:
        if target.value is None:
            yield _finding("target-without-number", f"指标「{target.indicator}」没有数值", target.span, None, target.id)
        elif not target.unit and target.value and not _INDEX.search(target.indicator):
            yield _finding("target-without-unit", f"指标「{target.indicator}」的数值 {target.value:g} 没有单位", target.span, None, target.id)


#: in the order in which they are listed by ``planparse check --list``
CHECKS: tuple[Check, ...] = (leads, twice, unknown, deadlines, target_deadlines, duplicates, vague, units)
