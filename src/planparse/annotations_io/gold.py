"""Annotated documents become gold records: what ``planparse evaluate`` scores against.

Marks say where; what a date or a quantity means is read from the marked words by the same grammar as everywhere.
Where a mark is the extractor's own, untouched, so is its value.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec

from planparse.annotations_io.marks import ROLES, Annotated, Mark
from planparse.extract.dates import calendar_of, parse_date_cell
from planparse.extract.quantities import find_quantities
from planparse.model import Deadline, Plan, Target, Task
from planparse.normalize import normalize
from planparse.pipeline import extract
from planparse.read.text import source_of_text
from planparse.rulebook import Rulebook, rules_given


def gold_record(
    document: Annotated, *, file: str | None = None, rules: Rulebook | None = None
) -> tuple[dict[str, Any], list[str]]:
    """Return (gold record, warnings): the record in the form of docs/formats; ``file`` names the text beside it.

    A warning tells of a mark that became nothing: a role without a task, a target whose words hold no quantity.
    """
    return _Gold(document, rules_given(rules)).record(file or document.name)


class _Gold:
    """The record of one document in the making."""

    def __init__(self, document: Annotated, rules: Rulebook) -> None:
        self.document, self.rules = document, rules
        self.plan: Plan = extract(source_of_text(document.text, document.name), rules=rules)
        self.calendar = calendar_of(self.plan.document.title, document.text, self.plan.document.date, rules)
        self.tasks: dict[tuple[int, int], Task] = {task.span: task for task in self.plan.tasks}
        self.targets: dict[tuple[int, int], list[Target]] = defaultdict(list)
        for target in self.plan.targets:
            self.targets[target.span].append(target)
        self.marks = {mark.id: mark for mark in document.marks}
        self.owned: dict[str, list[Mark]] = defaultdict(list)
        self.warnings: list[str] = []
        for link in document.links:
            if link.source in self.marks and link.target in self.marks:
                self.owned[link.target].append(self.marks[link.source])

    def record(self, file: str) -> tuple[dict[str, Any], list[str]]:
        """Return the record and the warnings."""
        order = sorted(self.document.marks, key=lambda m: (m.start, m.end))
        tasks = [mark for mark in order if mark.label == "task"]
        place = {mark.id: k for k, mark in enumerate(tasks)}
        homes = {
            one.id: place[owner] for owner, owned in self.owned.items() if owner in place for one in owned
        }
        linked = {one.id for owned in self.owned.values() for one in owned}
        targets = [
            row for mark in order if mark.label == "target" for row in self.target(mark, homes.get(mark.id))
        ]
        for mark in order:
            if mark.label not in ("task", "target") and mark.id not in linked:
                self.warnings.append(
                    f"{self.document.name} {mark.start}–{mark.end}: {mark.label} 「{self.words(mark)}」 belongs to no task"
                )
        gold = {
            "file": file, "kind": self.plan.document.kind, "script": self.plan.document.script, "text_sha256": self.document.sha256,
            "tasks": [self.task(mark) for mark in tasks], "targets": targets,
        }  # fmt: skip
        return gold, self.warnings

    def words(self, mark: Mark) -> str:
        """Return the normalized words of a mark."""
        return normalize(self.document.text[mark.start : mark.end], rules=self.rules).text.strip()

    def task(self, mark: Mark) -> dict[str, Any]:
        """Return the gold of one task."""
        own = self.tasks.get((mark.start, mark.end))
        parts = sorted(self.owned[mark.id], key=lambda m: m.start)
        row: dict[str, Any] = {"text": own.text if own else self.words(mark)}
        if own and own.title:
            row["title"] = own.title
        for role in ROLES:
            row[role] = [self.words(one) for one in parts if one.label == role]
        row["leaders"] = [self.words(one) for one in parts if one.label == "leader"]
        row["deadline"] = self.deadline(
            [one for one in parts if one.label == "deadline"], own.deadline if own else None
        )
        return row

    def deadline(self, marks: list[Mark], known: Deadline | None) -> dict[str, Any] | None:
        """Return start, end and recurrence of the marks of one record."""
        if not marks:
            return None
        if known and [known.span] == [(one.start, one.end) for one in marks]:
            return {"start": known.start, "end": known.end, "recurrence": known.recurrence}
        found = parse_date_cell("，".join(self.words(one) for one in marks), self.calendar, self.rules)
        if found is None:
            self.warnings.append(
                f"{self.document.name} {marks[0].start}–{marks[0].end}: no date in 「{self.words(marks[0])}」"
            )
            return None
        return {"start": found.start, "end": found.end, "recurrence": found.recurrence}

    def target(self, mark: Mark, task: int | None) -> list[dict[str, Any]]:
        """Return the gold of a target mark; several where its words hold several quantities."""
        dates = [one for one in self.owned[mark.id] if one.label == "deadline"]
        known = self.targets.get((mark.start, mark.end))
        names = ("indicator", "relation", "value", "upper", "unit", "baseline")
        if known:
            rows = [{name: msgspec.to_builtins(getattr(one, name)) for name in names} for one in known]
        else:
            words = self.words(mark)
            rows = [
                {name: getattr(one, name) for name in names}
                for one in find_quantities(words, 0, len(words), (), self.rules)
            ]
        if not rows:
            self.warnings.append(
                f"{self.document.name} {mark.start}–{mark.end}: no quantity in 「{self.words(mark)}」"
            )
        return [
            {
                "task": task,
                **row,
                "text": self.words(mark),
                "deadline": self.deadline(dates, known[0].deadline if known else None),
            }
            for row in rows
        ]
