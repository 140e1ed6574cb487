"""iCalendar (RFC 5545): a VTODO for each task, an all-day VEVENT with reminder on each printed deadline.

Departments have no place in the format: they stand in CATEGORIES, the description and X-PLANPARSE-LEAD.

>>> [len(line.encode()) for line in fold("SUMMARY:" + "牵" * 40).splitlines()]
[74, 55]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, TextIO

from planparse.errors import ExportError
from planparse.export import words
from planparse.export.item import Item, due_day, iso
from planparse.export.output import write_text
from planparse.export.tree import Node, description, nodes, uid
from planparse.model import Plan

_OCTETS = 74


def escape(text: str) -> str:
    """Return ``text`` for a TEXT value: backslash, comma, semicolon and line break escaped, controls dropped."""
    shown = words.plain(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return shown.replace("\n", "\\n").replace("\t", " ")


def fold(line: str) -> str:
    """Return a content line folded at 74 octets, never inside a character, with CRLF."""
    parts, now, size = [], "", 0
    for char in line:
        octets = len(char.encode("utf-8", "replace"))
        if size + octets > _OCTETS:
            parts.append(now)
            now, size = " ", 1
        now += char
        size += octets
    return "\r\n".join([*parts, now]) + "\r\n"


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _common(item: Item, stamp: str) -> list[str]:
    task = item.task
    groups = dict.fromkeys(words.line(d.name) for d in (*task.lead, *task.responsible, *task.support))
    lines = [f"DTSTAMP:{stamp}", f"SUMMARY:{escape(words.headline(task, 120))}"]
    lines.append(f"DESCRIPTION:{escape(chr(10).join(description(task, item.targets, source=item.origin)))}")
    if groups:
        lines.append("CATEGORIES:" + ",".join(escape(name) for name in groups))
    if task.lead:
        lines.append("X-PLANPARSE-LEAD:" + escape(words.names(task.lead)))
    return lines


def _todo(node: Node, item: Item, stamp: str) -> Iterator[str]:
    day = due_day(item.task)
    start = iso(item.task.deadline.start) if item.task.deadline else None
    yield from ("BEGIN:VTODO", f"UID:{uid(item)}@planparse", *_common(item, stamp))
    if start and (day is None or start < day):
        yield f"DTSTART;VALUE=DATE:{_day(start)}"
    if day:
        yield f"DUE;VALUE=DATE:{_day(day)}"
    yield "STATUS:NEEDS-ACTION"
    if node.parent:
        yield f"RELATED-TO;RELTYPE=PARENT:{uid(node.parent)}@planparse"
    yield "END:VTODO"


def _heading(node: Node, stamp: str) -> Iterator[str]:
    yield from (
        "BEGIN:VTODO",
        f"UID:{uid(node.key)}@planparse",
        f"DTSTAMP:{stamp}",
        f"SUMMARY:{escape(node.title)}",
        "STATUS:NEEDS-ACTION",
    )
    if node.parent:
        yield f"RELATED-TO;RELTYPE=PARENT:{uid(node.parent)}@planparse"
    yield "END:VTODO"


def _event(item: Item, stamp: str, remind: int) -> Iterator[str]:
    day = due_day(item.task)
    if day is None:
        return
    summary = escape(words.headline(item.task, 120))
    yield from ("BEGIN:VEVENT", f"UID:{uid(item)}-due@planparse", *_common(item, stamp))
    yield from (
        f"DTSTART;VALUE=DATE:{_day(day)}",
        f"DTEND;VALUE=DATE:{_day(day + timedelta(days=1))}",
        "TRANSP:TRANSPARENT",
    )
    if remind:
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{summary}",
            f"TRIGGER:-P{remind}D",
            "END:VALARM",
        )
    yield "END:VEVENT"


def lines(
    plans: Sequence[Plan], *, components: str, stamp: date | None, remind: int, parents: bool
) -> Iterator[str]:
    """Yield the unfolded content lines of one calendar."""
    known = [iso(plan.document.date) for plan in plans if iso(plan.document.date)]
    day = stamp or max((d for d in known if d), default=date(2000, 1, 1))
    when = f"{_day(day)}T000000Z"
    title = plans[0].document.title or plans[0].document.source if plans else ""
    yield from (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//planparse//planparse//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escape(words.line(title))}",
    )
    for node in nodes(plans):
        shown = node if parents else Node(node.key, node.level, node.title, None, node.item)
        if components in ("both", "todo"):
            yield from (
                _todo(shown, node.item, when) if node.item else _heading(shown, when) if parents else ()
            )
        if components in ("both", "event") and node.item:
            yield from _event(node.item, when, remind)
    yield "END:VCALENDAR"


def write(
    plans: Sequence[Plan],
    out: Path | TextIO,
    *,
    components: Literal["both", "todo", "event"] = "both",
    as_of: date | None = None,
    remind: int = 7,
    parents: bool = True,
) -> tuple[Path, ...]:
    """Write one calendar; a task keeps its UID, so importing again replaces it.

    ``components`` chooses VTODO, VEVENT or both; ``remind`` days before the deadline (0: no reminder); ``parents``
    adds the headings as VTODOs that tasks are related to; ``as_of`` is the DTSTAMP, by default the document's date.
    A task without a printed deadline has no DUE and no VEVENT. Raises ExportError on another ``components``.
    """
    if components not in ("both", "todo", "event"):
        raise ExportError(f"ics: given components {components!r}; possible: both, todo, event")

    def body(stream: TextIO) -> None:
        for line in lines(plans, components=components, stamp=as_of, remind=remind, parents=parents):
            stream.write(fold(line))

    return write_text(out, body, newline="")
