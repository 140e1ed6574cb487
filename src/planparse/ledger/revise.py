"""A plan comes into the ledger, or a new version of one: ids and people's fields stay with their tasks.

The version is found by what it says: most of its tasks are those of a plan that is there, and neither issuer
nor planning year contradicts. A caller can say it instead (``revises``, ``separate``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import msgspec

from planparse.errors import LedgerError
from planparse.export import words
from planparse.export.item import Item, due_day
from planparse.ledger.book import Event, encode, item_of
from planparse.ledger.diff import Change, FieldChange, facts, field_changes, kind_of
from planparse.ledger.match import Link, key, match
from planparse.ledger.store import writing
from planparse.model import Plan, Record, Target, Task

if TYPE_CHECKING:
    from planparse.ledger.book import Ledger

_VERSION_WORDS = re.compile(
    r"[（(〔\[][^（）()〔〕\[\]]{0,12}(?:稿|版|修订)[^（）()〔〕\[\]]{0,6}[）)〕\]]|修订版|修订稿|征求意见稿|送审稿|试行|\s+"
)
_MANY = 0.5
_SOME = 0.2
_SMALL = 2000
_MANUAL = "人工补充"  # tasks that people added: no version of any plan


class Added(Record, frozen=True, kw_only=True):
    """What taking in a plan did: its series, the version (1 for a first), every change, and the ids concerned."""

    series: int
    version: int
    title: str
    changes: tuple[Change, ...]
    ids: tuple[tuple[str, ...], ...]


def _plain_title(title: str | None) -> str:
    return _VERSION_WORDS.sub("", title or "")


def _year(plan: Plan) -> str | None:
    period = plan.document.period
    return (
        f"{(period.start or '')[:4]}-{(period.end or '')[:4]}"
        if period and (period.start or period.end)
        else None
    )


def _likeness(old: Sequence[Task], new: Sequence[Task]) -> float:
    """Return the share of the shorter plan's tasks that go on in the other."""
    if not old or not new:
        return 0.0
    signs = {key(task) for task in old} | {task.title for task in old if task.title}
    share = sum(key(task) in signs or task.title in signs for task in new) / min(len(old), len(new))
    if share < _MANY and max(len(old), len(new)) <= _SMALL:
        linked = sum(1 for link in match(old, new) if link.old and link.new)
        share = max(share, linked / min(len(old), len(new)))
    return share


def _series(ledger: Ledger, plan: Plan) -> int | None:
    """Return the series that ``plan`` is a version of, None for a plan of its own."""
    same = ledger.base.execute(
        "SELECT series FROM plans WHERE document = ? ORDER BY id DESC", (plan.document.id,)
    ).fetchone()
    if same:
        return int(same["series"])
    best: tuple[float, int] = (0.0, 0)
    for row in ledger.base.execute(
        "SELECT id, title, issuer, year FROM series WHERE title <> ? ORDER BY id", (_MANUAL,)
    ).fetchall():
        if row["issuer"] and plan.document.issuer and row["issuer"] != plan.document.issuer:
            continue
        if row["year"] and _year(plan) and row["year"] != _year(plan):
            continue
        old = [item.task for item in _items(ledger, row["id"]) if item.active]
        same_title = bool(plan.document.title) and _plain_title(row["title"]) == _plain_title(
            plan.document.title
        )
        share = _likeness(old, plan.tasks)
        if share >= (_SOME if same_title else _MANY):
            best = max(best, (share + same_title, -int(row["id"])))
    return -best[1] if best[1] else None


def _items(ledger: Ledger, series: int) -> list[Item]:
    rows = ledger.base.execute(
        "SELECT * FROM items WHERE series = ? ORDER BY active DESC, place, id", (series,)
    )
    return [item_of(row, {}) for row in rows]


def add(ledger: Ledger, plan: Plan, *, when: str, revises: int | None, separate: bool) -> Added:
    """Take a plan into the ledger on the day ``when``.

    ``revises`` names the series (shown by ``ledger list``) that it is a new version of; ``separate`` says that it
    is of none. Raises LedgerError for a plan without tasks, or an unknown series. Adding the same plan again
    changes nothing.
    """
    if not plan.tasks:
        raise LedgerError(
            f"{plan.document.source}: 没有读出任务，未收入台账；读到了什么可用 planparse explain 查看。no task found in it, nothing to add"
        )
    with writing(ledger.base):
        if revises is not None:
            if not ledger.base.execute("SELECT 1 FROM series WHERE id = ?", (revises,)).fetchone():
                known = [str(row["id"]) for row in ledger.base.execute("SELECT id FROM series")]
                raise LedgerError(
                    f"台账中没有第 {revises} 号方案。given series {revises}; possible: {', '.join(known) or 'none yet'}"
                )
            series: int | None = revises
        else:
            series = None if separate else _series(ledger, plan)
        return _Revision(ledger, plan, when, series).run()


class _Revision:
    """The steps of taking in one plan, inside one transaction."""

    def __init__(self, ledger: Ledger, plan: Plan, when: str, series: int | None) -> None:
        self.ledger, self.base, self.plan, self.when = ledger, ledger.base, plan, when
        self.fresh = series is None
        self.title = plan.document.title or plan.document.source
        self.series = series if series is not None else self._new_series()
        self.old = _items(ledger, self.series)
        self.targets = words.targets_by_task(plan)
        self.taken = {row["id"] for row in self.base.execute("SELECT id FROM items")}

    def _new_series(self) -> int:
        document = self.plan.document
        row = self.base.execute(
            "INSERT INTO series (title, issuer, year) VALUES (?,?,?)",
            (self.title, document.issuer, _year(self.plan)),
        )
        return int(row.lastrowid or 0)

    def run(self) -> Added:
        alive = [item for item in self.old if item.active]
        links = list(match([item.task for item in alive], self.plan.tasks))
        changes, ids = [], []
        if not self._new_version():  # the very same record: nothing to write
            same = [
                Change(
                    kind="same",
                    old=(alive[link.old[0]].task,),
                    new=(self.plan.tasks[link.new[0]],),
                    score=1.0,
                )
                for link in links
            ]
            return self._added(same, [(alive[link.old[0]].id,) for link in links])
        revived = self._revivable(links)
        for link in links:
            olds = [alive[k] for k in link.old] or [revived[n] for n in link.new if n in revived]
            change, touched = self._apply(link, olds, bool(link.old))
            changes.append(change)
            ids.append(touched)
        self._whole_targets()
        return self._added(changes, ids)

    def _added(self, changes: Sequence[Change], ids: Sequence[tuple[str, ...]]) -> Added:
        count = self.base.execute("SELECT count(*) FROM plans WHERE series = ?", (self.series,)).fetchone()[0]
        return Added(
            series=self.series, version=count, title=self.title, changes=tuple(changes), ids=tuple(ids)
        )

    def _revivable(self, links: Iterable[Link]) -> dict[int, Item]:
        """Return dropped items that come back, by the place of the new task."""
        gone = [item for item in self.old if not item.active]
        free = [link.new[0] for link in links if not link.old]
        if not gone or not free:
            return {}
        back = match([item.task for item in gone], [self.plan.tasks[n] for n in free])
        return {free[link.new[0]]: gone[link.old[0]] for link in back if len(link.old) == len(link.new) == 1}

    def _new_version(self) -> bool:
        """Keep the plan's record; return False where the same record is the latest already."""
        record = self.plan.to_json()
        last = self.base.execute(
            "SELECT record FROM plans WHERE series = ? ORDER BY id DESC LIMIT 1", (self.series,)
        ).fetchone()
        if last and last["record"] == record:
            return False
        document = self.plan.document
        self.base.execute(
            "INSERT INTO plans (series, document, title, source, day, record) VALUES (?,?,?,?,?,?)",
            (self.series, document.id, self.title, document.source, self.when, record),
        )
        self._log(None, "新方案" if self.fresh else "新版方案", after=self.title)
        return True

    def _log(
        self,
        item: str | None,
        kind: str,
        change: FieldChange | None = None,
        *,
        before: str = "",
        after: str = "",
    ) -> None:
        field, before, after = (change.field, change.before, change.after) if change else ("", before, after)
        self.ledger.log(
            Event(
                day=self.when,
                item=item,
                kind=kind,
                field=field,
                before=before,
                after=after,
                origin=self.plan.document.source,
            )
        )

    def _apply(self, link: Link, olds: Sequence[Item], going_on: bool) -> tuple[Change, tuple[str, ...]]:
        news = [self.plan.tasks[n] for n in link.new]
        old = olds[0] if olds else None
        new = news[0] if news else None
        fields: tuple[FieldChange, ...] = ()
        if old and new:
            fields = field_changes(facts(old.task, old.targets), facts(new, self.targets.get(new.id, ())))
        kind = kind_of(link, old.task if old else None, new, fields)
        touched = []
        if old and new:
            if not going_on:
                self._log(old.id, "恢复", after=words.headline(new))
            touched.append(self._go_on(old, new, link.new[0], kind, fields))
        elif new:
            touched.append(self._insert(new, link.new[0], None))
        elif old:
            touched.append(self._drop(old, "取消", ""))
        touched += [self._insert(self.plan.tasks[n], n, old.id if old else None) for n in link.new[1:]]
        touched += [self._drop(one, "合并", touched[0]) for one in olds[1:]]
        change = Change(
            kind=kind, old=tuple(one.task for one in olds), new=tuple(news), fields=fields, score=link.score
        )
        return change, tuple(touched)

    def _go_on(self, old: Item, new: Task, place: int, kind: str, fields: Sequence[FieldChange]) -> str:
        targets = tuple(self.targets.get(new.id, ()))
        self.base.execute(
            "UPDATE items SET active = 1, place = ?, due = ?, task = ?, targets = ? WHERE id = ?",
            (place, _due(new), encode(new), encode(targets), old.id),
        )
        names = {"same": "移动", "changed": "调整", "reworded": "改写", "split": "拆分", "merged": "合并"}
        for change in fields:
            self._log(old.id, names.get(kind, "调整"), change)
        if kind == "split" and not fields:
            self._log(old.id, "拆分", after=words.headline(new))
        return old.id

    def _insert(self, task: Task, place: int, parent: str | None) -> str:
        name, part = task.id, 1
        while name in self.taken:
            part += 1
            name = f"{task.id}~{part}"
        self.taken.add(name)
        self.base.execute(
            "INSERT INTO items (id, series, place, active, parent, due, task, targets) VALUES (?,?,?,1,?,?,?,?)",
            (
                name,
                self.series,
                place,
                parent,
                _due(task),
                encode(task),
                encode(self.targets.get(task.id, ())),
            ),
        )
        self._log(name, "拆出" if parent else "新增", before=parent or "", after=words.headline(task))
        return name

    def _drop(self, item: Item, kind: str, into: str) -> str:
        self.base.execute("UPDATE items SET active = 0 WHERE id = ?", (item.id,))
        self._log(item.id, kind, before=words.headline(item.task), after=f"并入 {into}" if into else "")
        return item.id

    def _whole_targets(self) -> None:
        before = [
            msgspec.json.decode(row["target"], type=Target)
            for row in self.base.execute(
                "SELECT target FROM whole WHERE series = ? ORDER BY place", (self.series,)
            )
        ]
        after = self.targets.get(None, [])
        self.base.execute("DELETE FROM whole WHERE series = ?", (self.series,))
        self.base.executemany(
            "INSERT INTO whole VALUES (?,?,?)", [(self.series, k, encode(t)) for k, t in enumerate(after)]
        )
        one, other = ("；".join(map(words.target_line, group)) for group in (before, after))
        if one != other:
            self._log(None, "总体指标", before=one, after=other)


def _due(task: Task) -> str | None:
    day = due_day(task)
    return day.isoformat() if day else None
