"""A plain-text table for terminals, in Chinese, columns aligned by East Asian width.

>>> width("医务科A"), fit("医务科 牵头", 6)
(7, ['医务科', '牵头'])
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO
from unicodedata import combining, east_asian_width

from planparse.export import words
from planparse.export.output import write_text
from planparse.model import Plan, Task

_GAP = "  "
_LEAST = 80
# dates and words in ASCII stay whole
_TOKEN = re.compile(r"[!-~]+|[^!-~]")
_CLOSING = frozenset("，。、；：！？）》”’】」』…")
# column -> (least width, share of the room left over)
_COLUMNS: tuple[tuple[str, int, int], ...] = (
    ("编号", 4, 1),
    ("任务", 16, 8),
    ("牵头", 8, 2),
    ("责任", 8, 3),
    ("配合", 8, 2),
    ("责任领导", 8, 1),
    ("指标", 10, 5),
    ("时限", 10, 1),
)


def width(text: str) -> int:
    """Return the number of terminal cells of ``text``: 2 for wide characters, 0 for combining ones."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _tokens(line: str) -> list[str]:
    """Cut a line where it may break: between wide characters, never inside a date or word, nor before ，。、."""
    found: list[str] = []
    for token in _TOKEN.findall(line):
        if found and token in _CLOSING:
            found[-1] += token
        else:
            found.append(token)
    return found


def fit(text: str, cells: int) -> list[str]:
    """Return ``text`` broken into lines of at most ``cells`` (2 or more) terminal cells; blanks at breaks are dropped.

    >>> fit("医务科、护理部", 8), fit("完成于2024-06-30前", 10)
    (['医务科、', '护理部'], ['完成于', '2024-06-30', '前'])
    """
    lines: list[str] = []
    for part in text.split("\n"):
        now, used = "", 0
        for token in _tokens(part):
            for piece in [token] if width(token) <= cells else list(token):
                size = width(piece)
                if used + size > cells and now:
                    lines.append(now.rstrip())
                    now, used = "", 0
                if now or piece != " ":
                    now += piece
                    used += size
        if now or not part:
            lines.append(now.rstrip())
    return lines or [""]


def _pad(text: str, cells: int) -> str:
    return text + " " * (cells - width(text))


def _when(task: Task) -> str:
    printed = words.line(task.deadline.text) if task.deadline else ""
    end = words.due(task.deadline)
    return "\n".join(part for part in (printed or words.recurrence(task.deadline), end if end != printed else "") if part)


def _row(task: Task, plan_targets: Sequence[str]) -> list[str]:
    title = words.line(task.title) if task.title else ""
    text = words.line(task.text)
    body = text if not title or text.startswith(title) else f"{title}。{text}"
    return [
        words.line(task.number),
        body,
        words.names(task.lead).replace("、", "\n"),
        words.names(task.responsible).replace("、", "\n"),
        words.names(task.support).replace("、", "\n"),
        words.people(task.leaders).replace("、", "\n"),
        "\n".join(plan_targets),
        _when(task),
    ]


def _widths(table: Sequence[Sequence[str]], heads: Sequence[str], total: int) -> list[int]:
    """Return a width for each column: its need where that is small, else its share of the room."""
    need = [max([width(head), *(width(part) for row in table for part in row[k].split("\n"))]) for k, head in enumerate(heads)]
    spec = {name: (least, share) for name, least, share in _COLUMNS}
    wide = [min(spec[head][0], need[k]) for k, head in enumerate(heads)]
    room = total - sum(wide) - len(_GAP) * (len(heads) - 1)
    while room > 0:
        hungry = [k for k in range(len(heads)) if wide[k] < need[k]]
        if not hungry:
            break
        shares = sum(spec[heads[k]][1] for k in hungry)
        spent = 0
        for k in hungry:
            more = min(need[k] - wide[k], max(1, room * spec[heads[k]][1] // shares), room - spent)
            wide[k] += more
            spent += more
        room -= spent
    return wide


def _table(stream: TextIO, plan: Plan, total: int, limit: int) -> None:
    targets = words.targets_by_task(plan)
    table = [_row(task, [words.target_line(t) for t in targets.get(task.id, ())]) for task in plan.tasks]
    if limit:
        for row in table:
            row[1] = row[1] if len(row[1]) <= limit else row[1][: limit - 1] + "…"
    kept = [k for k in range(len(_COLUMNS)) if k == 1 or any(row[k] for row in table)]
    heads = [_COLUMNS[k][0] for k in kept]
    table = [[row[k] for k in kept] for row in table]
    wide = _widths(table, heads, total)
    stream.write(_GAP.join(_pad(head, w) for head, w in zip(heads, wide, strict=True)).rstrip() + "\n")
    stream.write(_GAP.join("-" * w for w in wide) + "\n")
    for row in table:
        cells = [fit(cell, w) for cell, w in zip(row, wide, strict=True)]
        for k in range(max(map(len, cells))):
            parts = [_pad(cell[k] if k < len(cell) else "", w) for cell, w in zip(cells, wide, strict=True)]
            stream.write(_GAP.join(parts).rstrip() + "\n")


def _plan(stream: TextIO, plan: Plan, total: int, limit: int) -> None:
    title = words.line(plan.document.title or plan.document.source)
    stream.write(f"{title}\n任务 {len(plan.tasks)} 项，指标 {len(plan.targets)} 个\n\n")
    if plan.tasks:
        _table(stream, plan, total, limit)
    whole = [t for t in plan.targets if t.task is None]
    if whole:
        stream.write("\n总体指标\n")
        for target in whole:
            when = words.deadline_words(target.deadline)
            stream.write(f"  {words.target_line(target)}" + (f"，{when}" if when else "") + "\n")
    for warning in plan.warnings:
        stream.write(f"\n提示：{words.line(warning)}\n")


def write(plans: Sequence[Plan], out: Path | TextIO, *, width: int = 120, limit: int = 80) -> tuple[Path, ...]:
    """Write one table a plan, ``width`` terminal cells wide (80 at least); a task's text is cut at ``limit`` characters (0: whole).

    Columns that are empty throughout are left out.
    """

    def body(stream: TextIO) -> None:
        for place, plan in enumerate(plans):
            if place:
                stream.write("\n")
            _plan(stream, plan, max(width, _LEAST), limit)

    return write_text(out, body)
