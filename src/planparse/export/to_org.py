"""Org mode: headings, tasks with DEADLINE, departments as properties (tags would be inherited).

No text of a document becomes a link, a time stamp, a block or a keyword of Org.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TextIO

from planparse.export import words
from planparse.export.item import STATES, due_day, iso
from planparse.export.output import write_text
from planparse.export.tree import Node, leads, nodes
from planparse.model import Plan

_DAYS = "一二三四五六日"
_ZERO = "\u200b"
# links, targets, time stamps, sexp dates, footnotes, macros, inline source
_INLINE = re.compile(r"\[(?=\[|fn:|\d{4}-)|<(?=[<%\d])|\{(?=\{)|(?<=src)_(?=\w)|(?<=call)_(?=\w)|%(?=%\()")
_LINE = re.compile(r"^(?=\s*(?:[*#:|+\-]|%%|\d+[.)]|[A-Z]+:))")


def inert(text: str) -> str:
    """Return ``text`` with a zero-width space wherever Org would see markup that acts.

    >>> inert("[[shell:rm]] <%%(x)>").replace(chr(0x200b), "^")
    '[^[shell:rm]] <^%^%(x)>'
    """
    shown = _INLINE.sub(lambda m: m[0] + _ZERO, words.plain(text))
    return "\n".join(_LINE.sub(_ZERO, line) for line in shown.split("\n"))


def stamp(day: date) -> str:
    """Return an active time stamp with the Chinese day name.

    >>> stamp(date(2024, 12, 31))
    '<2024-12-31 二>'
    """
    return f"<{day.isoformat()} {_DAYS[day.weekday()]}>"


def _title(text: str) -> str:
    return re.sub(r":(?=\S*:\s*$)", "：", inert(words.line(text))).rstrip(":") or "（无题）"


def _task(node: Node) -> str:
    item = node.item
    assert item is not None
    task = item.task
    lines = [f"{'*' * node.level} {STATES[0]} {_title(node.title)}"]
    start = iso(task.deadline.start) if task.deadline else None
    day = due_day(task)
    plan = [f"SCHEDULED: {stamp(start)}"] if start else []
    plan += [f"DEADLINE: {stamp(day)}"] if day else []
    lines += [" ".join(plan)] if plan else []
    values = {
        "ID": node.key, "编号": task.number, "牵头科室": leads(task), "责任科室": words.names(task.responsible), "配合科室": words.names(task.support),
        "责任领导": words.people(task.leaders), "完成时限": task.deadline.text if task.deadline else "", "频次": words.recurrence(task.deadline),
        "量化指标": "；".join(words.target_lines(item.targets, item.task.deadline)),
    }  # fmt: skip
    lines += [
        ":PROPERTIES:",
        *(f":{key}: {inert(words.line(value))}" for key, value in values.items() if value),
        ":END:",
    ]
    lines += ["  " + line for line in inert(task.text.strip()).split("\n") if line.strip()]
    return "\n".join(lines)


def write(plans: Sequence[Plan], out: Path | TextIO) -> tuple[Path, ...]:
    """Write one file; the four states of the ledger are its TODO words."""

    def body(stream: TextIO) -> None:
        stream.write(f"#+TODO: {' '.join(STATES[:3])} | {STATES[3]}\n")
        for node in nodes(plans):
            stream.write((_task(node) if node.item else f"{'*' * node.level} {_title(node.title)}") + "\n")

    return write_text(out, body)
