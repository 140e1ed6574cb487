"""The mentions of a plan as marks on its text, and the text cut where marks begin and end.

>>> from planparse.model import Department, Document, Plan, Task
>>> lead = Department(name="医务科", text="医务科", span=(6, 9))
>>> task = Task(id="a", number="1", path=(), title=None, text="改造病房", span=(0, 4), lead=(lead,))
>>> plan = Plan(document=Document(id="d", source="a"), tasks=(task,), text="改造病房（由医务科牵头）")
>>> [(plan.text[p.start:p.end], p.mark.kind if p.mark else None) for p in pieces(plan.text, marks_of(plan))]
[('改造病房', 'task'), ('（由', None), ('医务科', 'lead'), ('牵头）', None)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planparse.export import words
from planparse.model import Deadline, Plan, Span

#: kind -> Chinese name, in the order of the legend
KINDS = {
    "task": "任务", "lead": "牵头", "responsible": "责任", "support": "配合", "leader": "责任领导",
    "deadline": "时限", "target": "指标", "repair": "修复",
}  # fmt: skip


@dataclass(slots=True)
class Mark:
    """A stretch of the source text that records were read from; ``records`` are page anchors of these records."""

    kind: str
    span: Span
    records: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def anchor(self) -> str:
        """The anchor of the mark in the page."""
        return f"{self.kind}-{self.span[0]}-{self.span[1]}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch between two bounds: the innermost mark over it, whether a task covers it, and marks that begin here."""

    start: int
    end: int
    mark: Mark | None
    in_task: bool
    begins: tuple[Mark, ...]


def marks_of(plan: Plan) -> list[Mark]:
    """Return the marks of all records, each stretch and kind once, in the order of the text."""
    found: dict[tuple[str, Span], Mark] = {}
    rules = {mention.span: mention.rule for mention in plan.mentions}
    length = len(plan.text)

    def add(kind: str, span: Span, record: str, note: str = "") -> None:
        start, end = span
        if not 0 <= start < end <= length:
            return
        mark = found.setdefault(
            (kind, span), Mark(kind, span, [], note or (f"规则 {rules[span]}" if span in rules else ""))
        )
        if record and record not in mark.records:
            mark.records.append(record)

    def add_deadline(deadline: Deadline | None, record: str) -> None:
        if deadline:
            add("deadline", deadline.span, record)

    for number, task in enumerate(plan.tasks):
        record = f"t{number}"
        add("task", task.span, record)
        for kind, group in (
            ("lead", task.lead),
            ("responsible", task.responsible),
            ("support", task.support),
        ):
            for one in group:
                add(kind, one.span, record)
        for person in task.leaders:
            add("leader", person.span, record)
        add_deadline(task.deadline, record)
    for number, target in enumerate(plan.targets):
        add("target", target.span, f"g{number}")
        add_deadline(target.deadline, f"g{number}")
    for repair in plan.repairs:
        add(
            "repair",
            repair.span,
            "",
            f"修复：{words.line(repair.before)} → {words.line(repair.after) or '（删去）'}",
        )
    return sorted(found.values(), key=lambda m: (m.span[0], -m.span[1], m.kind))


def pieces(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """Yield the whole text in pieces, cut at every mark's bounds and after every line break."""
    bounds = {0, len(text)}
    for mark in marks:
        bounds.update(mark.span)
    at = text.find("\n")
    while at >= 0:
        bounds.add(at + 1)
        at = text.find("\n", at + 1)
    cuts = sorted(bounds)
    active: list[Mark] = []
    place = 0
    for start, end in pairwise(cuts):
        active = [mark for mark in active if mark.span[1] > start]
        begins = []
        while place < len(marks) and marks[place].span[0] == start:
            begins.append(marks[place])
            place += 1
        active += begins
        innermost = min(active, key=lambda m: (m.kind == "task", m.span[1] - m.span[0]), default=None)
        yield Piece(start, end, innermost, any(mark.kind == "task" for mark in active), tuple(begins))
