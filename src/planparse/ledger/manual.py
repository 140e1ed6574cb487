"""Tasks that people add themselves, by a row in the workbook: kept apart from those of plans, never dropped by one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from planparse.export.item import PEOPLE
from planparse.export.words import headline, line
from planparse.extract.dates import Calendar, parse_date_cell
from planparse.ledger.book import Event, Ledger, encode
from planparse.ledger.cells import day
from planparse.ledger.store import writing
from planparse.ledger.workbook import NewRow
from planparse.model import Deadline, Department, Document, Person, Plan, Task
from planparse.rulebook import default_rules

#: the series and document of such tasks
SERIES = "人工补充"
_NAMES = re.compile(r"[、，,；;\n]+")


def task_of(row: NewRow, year: int | None = None) -> Task | None:
    """Return the task that a row describes; None where it names neither task nor measures. ``year`` is that of dates without one.

    >>> row = NewRow(row=9, id="", cells={"重点任务": "整修停车场", "牵头科室": "总务科、保卫科", "截止日期": "2024-09-30"})
    >>> task = task_of(row)
    >>> task.title, [one.name for one in task.lead], task.deadline.end
    ('整修停车场', ['总务科', '保卫科'], '2024-09-30')
    """
    title, text = row.cells.get("重点任务", ""), row.cells.get("具体举措", "")
    if not (title or text):
        return None
    printed = line(row.cells.get("完成时限", ""))
    said = parse_date_cell(printed, Calendar(year), default_rules()) if printed else None
    end = day(row.cells.get("截止日期", "")) or (said.end if said else None)
    mark = hashlib.blake2b(f"{title}\x1f{text}".encode(), digest_size=5).hexdigest()
    return Task(
        id=f"m-{mark}",
        number="",
        path=(SERIES,),
        title=line(title) or None,
        text=text or title,
        span=(0, 0),
        lead=_departments(row.cells.get("牵头科室", "")),
        responsible=_departments(row.cells.get("责任科室", "")),
        support=_departments(row.cells.get("配合科室", "")),
        leaders=tuple(
            Person(name=line(name)) for name in _NAMES.split(row.cells.get("责任领导", "")) if name.strip()
        ),
        deadline=Deadline(
            text=printed or end or "",
            end=end,
            recurrence=said.recurrence if said else None,  # type: ignore[arg-type]
        )
        if printed or end
        else None,
        source="table",
    )


def _departments(printed: str) -> tuple[Department, ...]:
    names = re.split("[；;\n]+", printed) if "；" in printed else _NAMES.split(printed)
    return tuple(Department(name=line(name), text=line(name), span=(0, 0)) for name in names if name.strip())


def add_rows(ledger: Ledger, rows: Sequence[NewRow], *, when: str, origin: str = "") -> tuple[str, ...]:
    """Take rows that people added as tasks of their own, on the day ``when``; return the new ids."""
    made = []
    with writing(ledger.base):
        series = _series(ledger, when, origin)
        for row in rows:
            task = task_of(row, int(when[:4]))
            if task is None or ledger.base.execute("SELECT 1 FROM items WHERE id = ?", (task.id,)).fetchone():
                continue
            place = ledger.base.execute("SELECT count(*) FROM items WHERE series = ?", (series,)).fetchone()[
                0
            ]
            due = task.deadline.end if task.deadline else None
            ledger.base.execute(
                "INSERT INTO items (id, series, place, active, due, task, targets) VALUES (?,?,?,1,?,?,'[]')",
                (task.id, series, place, due, encode(task)),
            )
            ledger.log(Event(day=when, item=task.id, kind="人工新增", after=headline(task), origin=origin))
            fields = {key: row.cells[head] for key, head in PEOPLE.items() if head in row.cells}
            ledger.write(task.id, when, fields, {}, who="", origin=origin)
            made.append(task.id)
    return tuple(made)


def _series(ledger: Ledger, when: str, origin: str) -> int:
    found = ledger.base.execute("SELECT id FROM series WHERE title = ?", (SERIES,)).fetchone()
    if found:
        return int(found["id"])
    made = ledger.base.execute("INSERT INTO series (title) VALUES (?)", (SERIES,)).lastrowid or 0
    record = Plan(document=Document(id="manual", source=SERIES, title=SERIES)).to_json()
    ledger.base.execute(
        "INSERT INTO plans (series, document, title, source, day, record) VALUES (?,'manual',?,?,?,?)",
        (made, SERIES, SERIES, when, record),
    )
    return int(made)
