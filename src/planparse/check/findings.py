"""What a check can find: codes, severities, and the record of one finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from planparse.model import Record, Span, Task

Severity = Literal["error", "warning", "info"]
#: from grave to slight
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding: how grave, and what it means."""

    severity: Severity
    meaning: str


#: every code, with its severity and its meaning
CODES: Mapping[str, Code] = {
    "no-department": Code("error", "任务没有写明任何科室"),
    "no-lead": Code("warning", "有几个责任科室或只有配合科室，没有写明由谁牵头"),
    "sole-department": Code("info", "只有一个责任科室，没有写明牵头"),
    "two-leads": Code("warning", "一项任务有两个以上牵头科室"),
    "no-deadline": Code("warning", "任务没有完成时限"),
    "late-deadline": Code("warning", "任务时限晚于方案的期限"),
    "past-deadline": Code("warning", "任务时限早于发文日期，或早于方案期限的开始"),
    "impossible-date": Code("error", "日历上没有的日期"),
    "target-after-task": Code("warning", "指标的时限晚于所属任务的时限"),
    "reversed-deadline": Code("error", "时限的起始晚于截止"),
    "deadline-conflict": Code("error", "同一任务两处所写的时限不同，或正文的期限晚于所定的时限"),
    "duplicate-task": Code("warning", "两项任务的内容相同或几乎相同"),
    "number-twice": Code("info", "同一标题下两项任务编号相同"),
    "unknown-department": Code("info", "科室名不在科室目录中"),
    "target-without-number": Code("warning", "写了指标和方向，没有写数值"),
    "target-without-unit": Code("warning", "指标的数值没有单位"),
    "target-conflict": Code("warning", "同一科室、同一时限、同一指标有两个数值"),
    "target-backwards": Code("warning", "目标值与基数相比，方向相反"),
    "role-twice": Code("info", "同一科室在一项任务中有两种角色"),
}


class Finding(Record, frozen=True, kw_only=True):
    """One finding; ``span`` indexes the source text, ``line`` counts from 1 (None where there is no text)."""

    code: str
    severity: Severity
    message: str
    span: Span
    line: int | None = None
    task: str | None = None
    other: str | None = None


def finding(
    code: str, message: str, span: Span, task: Task | None = None, other: str | None = None
) -> Finding:
    """Return the finding of a code, as grave as :data:`CODES` says; ``other`` is the id of a second record."""
    return Finding(
        code=code,
        severity=CODES[code].severity,
        message=message,
        span=span,
        task=task.id if task else None,
        other=other,
    )


def name_of(task: Task) -> str:
    """Return what a message calls a task: its title or text in 「」, at most 24 characters of it."""
    text = task.title or task.text
    return f"「{text if len(text) <= 24 else text[:23] + '…'}」".replace("\n", " ")
