"""Checks of when: deadlines that are missing, impossible, or at odds with the plan, the text or their targets."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from planparse.check.findings import Finding, finding, name_of
from planparse.extract.dates import Calendar, find_dates
from planparse.model import Plan, Task
from planparse.rulebook import Rulebook

#: a month, with the year before it and the day after it where they are printed; \d reads full-width digits too
_DATE = re.compile(r"(?<!\d)(?:(\d{4})年 {0,2})?(\d{1,2})月(?:份 {0,2}|底| {0,2}(\d{1,2})[日号])?")
_LEAP_YEAR = 2024


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def deadlines(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find missing deadlines, and deadlines at odds with the period, the date of issue, or themselves."""
    del rules
    period = plan.document.period
    period_start, period_end = (_day(period.start), _day(period.end)) if period else (None, None)
    issued = _day(plan.document.date)
    for task in plan.tasks:
        if task.deadline is None:
            yield finding("no-deadline", f"任务{name_of(task)}没有完成时限", task.span, task)
            continue
        start, end, span = _day(task.deadline.start), _day(task.deadline.end), task.deadline.span
        if start and end and start > end:
            yield finding(
                "reversed-deadline",
                f"任务{name_of(task)}的时限「{task.deadline.text}」起始晚于截止",
                span,
                task,
            )
        if end and period_end and end > period_end:
            yield finding(
                "late-deadline", f"任务{name_of(task)}的时限 {end} 晚于方案期限 {period_end}", span, task
            )
        if end and period_start and end < period_start:
            yield finding(
                "past-deadline",
                f"任务{name_of(task)}的时限 {end} 早于方案期限的开始 {period_start}",
                span,
                task,
            )
        elif end and issued and end < issued:
            yield finding(
                "past-deadline", f"任务{name_of(task)}的时限 {end} 早于发文日期 {issued}", span, task
            )


def target_deadlines(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find targets that are due after the task that they belong to."""
    del rules
    due = {task.id: (task, _day(task.deadline.end)) for task in plan.tasks if task.deadline}
    for target in plan.targets:
        task, end = due.get(target.task or "", (None, None))
        own = _day(target.deadline.end) if target.deadline else None
        if task and end and own and own > end:
            yield finding(
                "target-after-task",
                f"指标「{target.indicator}」的时限 {own} 晚于任务{name_of(task)}的时限 {end}",
                target.span,
                task,
                target.id,
            )


def text_deadlines(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find tasks whose text sets a day later than the deadline that their annotation or their cell gives."""
    period = plan.document.period
    years = {day[:4] for day in (period.start, period.end) if day} if period else set()
    calendar = Calendar(year=int(years.pop()) if len(years) == 1 else None)
    for task in plan.tasks:
        due = task.deadline
        if due is None or due.end is None or task.span[0] <= due.span[0] < task.span[1]:
            continue
        for mention in find_dates(task.text, calendar, rules):
            if mention.kind == "by" and not mention.quoted and mention.end and mention.end > due.end:
                said = f"任务{name_of(task)}正文写「{mention.text}」（{mention.end}），时限却是「{due.text}」（{due.end}）"
                yield finding("deadline-conflict", said, due.span, task)
                break


def impossible(plan: Plan, rules: Rulebook) -> Iterator[Finding]:
    """Find days that no calendar has: 2024年2月30日, 2024年13月."""
    del rules
    for found in _DATE.finditer(plan.text):
        year, month, day = (int(part) if part else None for part in found.groups())
        if month is None or (year is None and day is None):
            continue  # 18月龄 is an age
        if not 1 <= month <= 12 or (
            day is not None and not 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]
        ):
            at = found.start()
            task = next((one for one in plan.tasks if _holds(one, at)), None)
            yield finding("impossible-date", f"日历上没有「{found[0]}」", found.span(), task)


def _holds(task: Task, at: int) -> bool:
    spans = [task.span, *([task.deadline.span] if task.deadline else [])]
    return any(a <= at < b or at <= a < at + 12 for a, b in spans)
