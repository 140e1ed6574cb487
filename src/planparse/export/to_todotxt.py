"""todo.txt: one line a task; +project, @department, due: and id: are ours alone, none comes from the text.

>>> inert("x +项目 @科室 due:明天 (A)")
'x ＋项目 ＠科室 due：明天 (A)'
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from planparse.export import words
from planparse.export.item import Item, due_day, iso, items_of
from planparse.export.output import write_text
from planparse.export.tree import headings
from planparse.model import Plan

_SIGN = re.compile(r"(?<!\S)[+@](?=\S)")
_PAIR = re.compile(r"(?<=\S):(?=\S)")
_BLANK = re.compile(r"\s+")
_START = re.compile(r"(?:x |\([A-Z]\) |\d{4}-\d{2}-\d{2})")


def inert(text: str) -> str:
    """Return ``text`` as one line without projects, contexts and pairs of todo.txt."""
    shown = _SIGN.sub(lambda m: "＋" if m[0] == "+" else "＠", words.line(text))
    return _PAIR.sub("：", shown)


def _word(text: str) -> str:
    return _BLANK.sub("_", inert(text)).lstrip("+@＋＠")


def line(item: Item, created: str) -> str:
    """Return the line of one task."""
    task = item.task
    text = inert(words.headline(task, 200))
    if _START.match(text):
        text = f"任务 {text}"
    parts = [created, text] if created else [text]
    path = headings(task)
    if path:
        parts.append("+" + _word(path[-1]))
    parts += ["@" + _word(d.name) for d in task.lead if _word(d.name)]
    for key, group in (("责任", task.responsible), ("配合", task.support)):
        names = "、".join(_word(d.name) for d in group)
        parts += [f"{key}:{names}"] if names else []
    if item.targets:
        parts.append("指标:" + "；".join(_word(words.target_line(t)) for t in item.targets))
    start = iso(task.deadline.start) if task.deadline else None
    day = due_day(task)
    parts += [f"t:{start}"] if start else []
    parts += [f"due:{day}"] if day else []
    return " ".join([*parts, f"id:{_word(item.id)}"])


def write(plans: Sequence[Plan], out: Path | TextIO) -> tuple[Path, ...]:
    """Write one line a task; the document's date is the day of creation where it is known."""

    def body(stream: TextIO) -> None:
        for plan in plans:
            created = iso(plan.document.date)
            for item in items_of([plan]):
                stream.write(line(item, created.isoformat() if created else "") + "\n")

    return write_text(out, body)
