"""Markdown: a table of tasks and one of targets; nothing of the document becomes markup.

>>> escape("甲|乙 <b> *重* [点](x)").replace(chr(92), "^")
'甲^|乙 ^<b^> ^*重^* ^[点^](x)'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from planparse.export import words
from planparse.export.output import write_text
from planparse.model import Plan

_MARKS = re.compile(r"[\\`*_\[\]<>|~&#$]|^[+\-=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|www)(?=[:.])")


def escape(text: str) -> str:
    """Return ``text`` as one line that Markdown shows as it is."""
    shown = _MARKS.sub(lambda m: "\\" + m[0], words.line(text))
    return _LINK.sub(lambda m: m[0] + "\u200b", shown)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell or " " for cell in cells) + " |\n"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return (
        _row(heads)
        + "|"
        + " --- |" * len(heads)
        + "\n"
        + "".join(_row([escape(cell) for cell in row]) for row in rows)
    )


def _plan(plan: Plan) -> str:
    targets = words.targets_by_task(plan)
    tasks = [
        (
            task.number, task.title or "", task.text, words.names(task.lead), words.names(task.responsible), words.names(task.support), words.people(task.leaders),
            "；".join(words.target_lines(targets.get(task.id, ()), task.deadline)), words.deadline_words(task.deadline), words.recurrence(task.deadline),
        )
        for task in plan.tasks
    ]  # fmt: skip
    document = plan.document
    facts = "，".join(words.line(part) for part in (document.issuer, document.number, document.date) if part)
    parts = [f"# {escape(document.title or document.source)}\n"]
    if facts:
        parts.append(escape(facts) + "\n")
    parts.append(f"## 任务（{len(plan.tasks)}）\n")
    if tasks:
        parts.append(
            _table(
                (
                    "编号",
                    "重点任务",
                    "具体举措",
                    "牵头科室",
                    "责任科室",
                    "配合科室",
                    "责任领导",
                    "指标",
                    "完成时限",
                    "频次",
                ),
                tasks,
            )
        )
    parts.append(f"## 指标（{len(plan.targets)}）\n")
    if plan.targets:
        numbers = {task.id: task.number for task in plan.tasks}
        rows = [
            (
                t.indicator,
                words.amount(t),
                words.deadline_words(t.deadline),
                numbers.get(t.task or "", "全文"),
                t.text,
            )
            for t in plan.targets
        ]
        parts.append(_table(("指标", "目标", "完成时限", "任务编号", "原文"), rows))
    if plan.warnings:
        parts.append("## 提示\n")
        parts.append("".join(f"- {escape(warning)}\n" for warning in plan.warnings))
    return "\n".join(parts)


def write(plans: Sequence[Plan], out: Path | TextIO) -> tuple[Path, ...]:
    """Write one section a plan."""
    return write_text(out, lambda stream: stream.write("\n".join(_plan(plan) for plan in plans)))
