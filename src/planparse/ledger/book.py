"""The work ledger: plans in, items followed up by people, closed one by one, every change kept with its day.

Nothing here reads a clock: every writing operation takes ``when``, every alert its day.

>>> from planparse.model import Document, Plan, Task
>>> task = Task(id="a1", number="1", path=(), title=None, text="改造老旧病房。", span=(0, 7))
>>> with Ledger(":memory:") as ledger:
...     added = ledger.add(Plan(document=Document(id="d", source="a.txt"), tasks=(task,)), when="2024-01-08")
...     changes = ledger.update("a1", when="2024-02-01", status="推进中", progress="已招标")
...     [(event.day, event.field, event.after) for event in ledger.history("a1")]
[('2024-01-08', '', '改造老旧病房。'), ('2024-02-01', '状态', '推进中'), ('2024-02-01', '进展情况', '已招标')]
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from planparse.errors import LedgerError, UnknownValue
from planparse.export import words
from planparse.export.item import PEOPLE, SOON, STATES, Alert, Board, Item, Progress, alert, due_day, iso
from planparse.ledger.diff import FieldChange
from planparse.ledger.store import connect, writing
from planparse.model import Plan, Record, Target, Task

_TARGETS = msgspec.json.Decoder(tuple[Target, ...])
_TASK = msgspec.json.Decoder(Task)
_MONTHS = msgspec.json.Decoder(dict[str, str])


class Event(Record, frozen=True, kw_only=True):
    """One line of the history; ``item`` is None for what concerns a whole plan."""

    day: str
    item: str | None
    kind: str
    field: str = ""
    before: str = ""
    after: str = ""
    who: str = ""
    origin: str = ""


class Due(Record, frozen=True, kw_only=True):
    """An item with an alert on a day; ``left`` days remain, negative once it is late."""

    item: Item
    alert: Alert
    left: int


def day_of(when: str) -> str:
    """Return ``when`` if it is an ISO date; raises LedgerError otherwise.

    >>> day_of("2024-06-30")
    '2024-06-30'
    """
    if iso(when) is None:
        raise UnknownValue(
            f"日期「{when}」无法识别，请写成 2024-06-30 这样。given date {when!r}; possible: an ISO date such as 2024-06-30"
        )
    return when


def item_of(row: sqlite3.Row, origins: Mapping[int, tuple[str, str]]) -> Item:
    """Return the item of a row of the items table; ``origins`` tells title and source of every series."""
    title, source = origins.get(row["series"], ("", ""))
    return Item(
        id=row["id"],
        task=_TASK.decode(row["task"]),
        targets=_TARGETS.decode(row["targets"]),
        people=Progress(**{name: row[name] for name in PEOPLE}, months=_MONTHS.decode(row["months"])),
        document=title,
        origin=source,
        active=bool(row["active"]),
        parent=row["parent"],
    )


class Ledger:
    """One ledger file, opened; a context manager that closes it.

    ``create=False`` refuses a file that is not there. Raises LedgerError on a file of another program.
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        self.base = (
            connect(Path(path), create=create)
            if str(path) != ":memory:"
            else connect(Path(":memory:"), create=True)
        )

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.base.close()

    # -- plans ----------------------------------------------------------------------------------------------

    def add(self, plan: Plan, *, when: str, revises: int | None = None, separate: bool = False) -> Any:
        """Take in a plan, or a new version of one already there; see :func:`planparse.ledger.revise.add`."""
        from planparse.ledger.revise import add

        return add(self, plan, when=day_of(when), revises=revises, separate=separate)

    # -- reading --------------------------------------------------------------------------------------------

    def find(self, name: str) -> str:
        """Return the id that ``name`` is, or begins; raises LedgerError where none or several do."""
        exact = self.base.execute("SELECT id FROM items WHERE id = ?", (name,)).fetchone()
        if exact:
            return str(exact["id"])
        like = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        rows = self.base.execute(
            "SELECT id FROM items WHERE id LIKE ? ESCAPE '\\' ORDER BY id LIMIT 6", (like,)
        ).fetchall()
        if len(rows) == 1 and name:
            return str(rows[0]["id"])
        if not rows:
            raise LedgerError(
                f"台账中没有编码为「{name}」的任务，全部编码见 planparse ledger list。given task id {name!r}; the ledger has none so named"
            )
        raise LedgerError(
            f"以「{name}」开头的任务不止一项，请多写几位。given task id {name!r}; it begins several: {', '.join(row['id'] for row in rows)}"
        )

    def item(self, name: str) -> Item:
        """Return one item by its id or the beginning of it; raises LedgerError."""
        return self._read("WHERE id = ?", (self.find(name),))[0]

    def _read(self, rest: str, values: Sequence[Any]) -> list[Item]:
        rows = self.base.execute(
            "SELECT series, title, source FROM plans WHERE id IN (SELECT max(id) FROM plans GROUP BY series)"
        )
        origins = {row["series"]: (row["title"], row["source"]) for row in rows}
        return [item_of(row, origins) for row in self.base.execute(f"SELECT * FROM items {rest}", values)]

    def items(
        self, *, status: str | None = None, department: str | None = None, dropped: bool = False
    ) -> tuple[Item, ...]:
        """Return the items in the order of their plans; ``dropped`` adds those that a newer plan left out.

        ``status`` is one of the four states; ``department`` a name in any role. Raises LedgerError on another state.
        """
        clauses, values = ["1 = 1"] if dropped else ["active = 1"], []
        if status is not None:
            clauses.append("status = ?")
            values.append(_state(status))
        if department:
            clauses.append("instr(task, ?) > 0")
            values.append(msgspec.json.encode(department).decode())
        where = " AND ".join(clauses)
        found = tuple(self._read(f"WHERE {where} ORDER BY series, active DESC, place, id", values))
        if department:
            found = tuple(
                i
                for i in found
                if any(d.name == department for d in i.task.lead + i.task.responsible + i.task.support)
            )
        return found

    def due(self, as_of: date, *, within: int = SOON) -> tuple[Due, ...]:
        """Return what is 逾期 or 临期 on the day ``as_of``, the most urgent first."""
        last = date.fromordinal(min(as_of.toordinal() + within, date.max.toordinal())).isoformat()
        found = []
        for item in self._read(
            "WHERE active = 1 AND due <= ? AND status NOT IN (?, ?) ORDER BY due, series, place",
            (last, *STATES[2:]),
        ):
            day = due_day(item.task)
            sign = alert(item, as_of, within)
            if day and sign:
                found.append(Due(item=item, alert=sign, left=(day - as_of).days))
        return tuple(found)

    def history(self, name: str | None = None) -> tuple[Event, ...]:
        """Return all events in their order, or those of one item."""
        where, values = ("WHERE item = ?", (self.find(name),)) if name else ("", ())
        rows = self.base.execute(
            f"SELECT day, item, kind, field, before, after, who, origin FROM events {where} ORDER BY id",
            values,
        )
        return tuple(Event(**dict(row)) for row in rows)

    def board(self, *, dropped: bool = False) -> Board:
        """Return what a workbook or chart of the whole ledger shows."""
        plans = self.base.execute(
            "SELECT title, source, document FROM plans WHERE id IN (SELECT max(id) FROM plans GROUP BY series) ORDER BY series"
        ).fetchall()
        titles = [row["title"] for row in plans]
        whole = self.base.execute("SELECT target FROM whole ORDER BY series, place")
        return Board(
            title=titles[0] if len(titles) == 1 else f"工作台账（{len(titles)}份文件）",
            items=self.items(dropped=dropped),
            whole=tuple(msgspec.json.decode(row["target"], type=Target) for row in whole),
            sources=tuple((row["source"], row["document"]) for row in plans),
            issuer=next(
                (
                    row["issuer"]
                    for row in self.base.execute("SELECT issuer FROM series WHERE issuer <> '' ORDER BY id")
                ),
                "",
            ),
        )

    # -- what people write ----------------------------------------------------------------------------------

    def update(
        self,
        name: str,
        *,
        when: str,
        who: str = "",
        origin: str = "",
        months: Mapping[str, str] | None = None,
        **fields: str,
    ) -> tuple[FieldChange, ...]:
        """Write people's fields of one item (see :data:`planparse.export.item.PEOPLE`) and return what changed.

        A status leaving 已销号 clears 销号日期; one reaching it sets it to ``when``. Raises LedgerError on an
        unknown id, field, state, month or date.
        """
        with writing(self.base):
            return self.write(self.find(name), day_of(when), fields, months or {}, who=who, origin=origin)

    def close(self, name: str, *, when: str, note: str = "", who: str = "") -> tuple[FieldChange, ...]:
        """Close one item (销号) on the day ``when``; raises LedgerError where it is closed already."""
        item = self.item(name)
        if item.people.status == "已销号":
            raise LedgerError(
                f"{item.id} 已于 {item.people.closed_on} 销号；要重新打开：planparse ledger update {item.id} --status 推进中。{item.id} was closed on {item.people.closed_on}"
            )
        fields = {"status": "已销号", **({"closing": note} if note else {})}
        with writing(self.base):
            return self.write(item.id, day_of(when), fields, {}, who=who, origin="")

    def write(
        self,
        name: str,
        when: str,
        fields: Mapping[str, str],
        months: Mapping[str, str],
        *,
        who: str,
        origin: str,
    ) -> tuple[FieldChange, ...]:
        """Do the work of :meth:`update` inside a transaction of the caller's."""
        row = self.base.execute(
            f"SELECT months, {', '.join(PEOPLE)} FROM items WHERE id = ?", (name,)
        ).fetchone()
        values = _checked(fields)
        if values.get("status", row["status"]) != row["status"]:
            if values["status"] == "已销号":
                values.setdefault("closed_on", row["closed_on"] or when)
            elif row["status"] == "已销号":
                values.setdefault("closed_on", "")
        changes = [
            FieldChange(field=PEOPLE[k], before=row[k], after=v) for k, v in values.items() if row[k] != v
        ]
        noted = _MONTHS.decode(row["months"])
        for month, text in sorted(_checked_months(months).items(), key=lambda pair: int(pair[0])):
            if noted.get(month, "") != text:
                changes.append(FieldChange(field=f"{month}月督查", before=noted.get(month, ""), after=text))
                noted[month] = text
        if changes:
            values["months"] = msgspec.json.encode({m: t for m, t in noted.items() if t}).decode()
            sets = ", ".join(f"{k} = ?" for k in values)
            self.base.execute(f"UPDATE items SET {sets} WHERE id = ?", (*values.values(), name))
            for change in changes:
                kind = "销号" if change.after == "已销号" and change.field == "状态" else "更新"
                self.log(
                    Event(
                        day=when,
                        item=name,
                        kind=kind,
                        field=change.field,
                        before=change.before,
                        after=change.after,
                        who=who,
                        origin=origin,
                    )
                )
        return tuple(changes)

    def log(self, event: Event) -> None:
        """Append one event to the history, inside a transaction of the caller's."""
        values = (
            event.day,
            event.item,
            event.kind,
            event.field,
            event.before,
            event.after,
            event.who,
            event.origin,
        )
        self.base.execute(
            "INSERT INTO events (day, item, kind, field, before, after, who, origin) VALUES (?,?,?,?,?,?,?,?)",
            values,
        )


def _state(status: str) -> str:
    if status not in STATES:
        raise UnknownValue(
            f"没有「{status}」这种状态，可填：{'、'.join(STATES)}。given status {status!r}; possible: {', '.join(STATES)}"
        )
    return status


def _checked(fields: Mapping[str, str]) -> dict[str, str]:
    wrong = sorted(set(fields) - set(PEOPLE))
    if wrong:
        raise UnknownValue(
            f"没有这样的栏目。given field {', '.join(wrong)}; people write: {', '.join(f'{k} ({v})' for k, v in PEOPLE.items())}"
        )
    values = {name: words.plain(text).strip() for name, text in fields.items()}
    if "status" in values:
        _state(values["status"])
    if values.get("closed_on"):
        day_of(values["closed_on"])
    return values


def _checked_months(months: Mapping[str, str]) -> dict[str, str]:
    for month in months:
        if month not in {str(k) for k in range(1, 13)}:
            raise UnknownValue(f"没有「{month}」月，月份为 1 至 12。given month {month!r}; possible: 1 to 12")
    return {month: words.plain(text).strip() for month, text in months.items()}


def encode(record: Task | Sequence[Target] | Target) -> str:
    """Return a record as the JSON text that the file holds."""
    return msgspec.json.encode(record).decode()
