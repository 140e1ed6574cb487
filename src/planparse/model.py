"""The records of the contract: what one document becomes.

Frozen structs, half-open spans ``(start, end)`` in code points, always into the untouched source text.
This module imports nothing else of planparse. Field names are stable: new ones may be added, none renamed.

>>> plan = Plan(document=Document(id="d1", source="a.txt"))
>>> Plan.from_dict(plan.to_dict()) == plan
True
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from planparse.errors import RecordError

if TYPE_CHECKING:
    import pandas

Span = tuple[int, int]
Kind = Literal["plan", "assignment", "meeting", "news", "report", "other"]
Script = Literal["simplified", "traditional", "mixed"]
TaskSource = Literal["annotation", "table", "heading", "sentence"]
Relation = Literal["ge", "gt", "le", "lt", "about", "between", "increase_by", "decrease_by", "eq"]
Recurrence = Literal["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "continuous"]

SCHEMA = "planparse/1"


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all records: immutable, comparable, JSON in and out.

    Records hold no cycles, so the garbage collector need not look at them: thousands of plans may be kept.
    """


class Period(Record, frozen=True, kw_only=True):
    """The planning period, inclusive ISO dates."""

    start: str | None = None
    end: str | None = None


class Document(Record, frozen=True, kw_only=True):
    """What is known of the document as a whole."""

    id: str
    source: str
    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: str | None = None
    period: Period | None = None
    kind: Kind = "other"
    script: Script = "simplified"
    text_sha256: str | None = None


class Section(Record, frozen=True, kw_only=True):
    """One numbered or unnumbered heading and all below it."""

    id: str
    number: str
    heading: str
    level: int
    parent: str | None
    span: Span


class Department(Record, frozen=True, kw_only=True):
    """A department (科室) or collective that a task names; ``text`` is printed, ``name`` normalized."""

    name: str
    text: str
    span: Span
    code: str | None = None
    group: bool = False
    confidence: float | None = None


class Person(Record, frozen=True, kw_only=True):
    """A leader (责任领导, 责任人) or an office-bearer without a name."""

    name: str
    role: str | None = None
    span: Span = (0, 0)


class Deadline(Record, frozen=True, kw_only=True):
    """A printed deadline; ISO dates, inclusive."""

    text: str
    start: str | None = None
    end: str | None = None
    recurrence: Recurrence | None = None
    span: Span = (0, 0)
    confidence: float | None = None


class Task(Record, frozen=True, kw_only=True):
    """One task of the plan with everyone and everything tied to it."""

    id: str
    number: str
    path: tuple[str, ...]
    title: str | None
    text: str
    span: Span
    lead: tuple[Department, ...] = ()
    responsible: tuple[Department, ...] = ()
    support: tuple[Department, ...] = ()
    leaders: tuple[Person, ...] = ()
    deadline: Deadline | None = None
    source: TaskSource = "annotation"
    confidence: float = 1.0

    def _repr_html_(self) -> str:
        from planparse.notebook.html import task_html

        return task_html(self)


class Target(Record, frozen=True, kw_only=True):
    """A quantity that the plan sets out to reach; ``task`` is None for a target of the whole plan."""

    id: str
    task: str | None
    indicator: str
    code: str | None = None
    relation: Relation = "eq"
    value: float | None = None
    upper: float | None = None
    unit: str = ""
    baseline: float | None = None
    deadline: Deadline | None = None
    text: str = ""
    span: Span = (0, 0)
    confidence: float = 1.0

    def _repr_html_(self) -> str:
        from planparse.notebook.html import target_html

        return target_html(self)


class Repair(Record, frozen=True, kw_only=True):
    """One damage undone: ``kind`` is gloss, frame, line or space."""

    kind: str
    span: Span
    before: str
    after: str


class Mention(Record, frozen=True, kw_only=True):
    """Evidence: where a value was read and which rule read it. Not part of the JSON record."""

    kind: str
    span: Span
    text: str
    value: str
    rule: str
    record: str | None = None


class Block(Record, frozen=True, kw_only=True):
    """A stretch of the source text and its place in the file: page, paragraph or table cell, from 1."""

    span: Span
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    style: str | None = None

    @property
    def place(self) -> str:
        """The place in words: 「第3页」「第12段」「表1 第4行 第2列」."""
        parts = [f"第{self.page}页"] if self.page else []
        if self.table:
            parts.append(f"表{self.table} 第{self.row}行 第{self.column}列")
        elif self.paragraph:
            parts.append(f"第{self.paragraph}段")
        return " ".join(parts)


class Table(Record, frozen=True, kw_only=True):
    """A table of the file: a rectangular grid of cell spans; a merged cell repeats its span in every place."""

    span: Span
    rows: tuple[tuple[Span, ...], ...]
    name: str | None = None


class Source(Record, frozen=True, kw_only=True):
    """What a reader delivers: the text that spans index, with places, tables and file properties."""

    text: str
    name: str = "-"
    id: str = ""
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    meta: dict[str, str] = {}
    warnings: tuple[str, ...] = ()


class Plan(Record, frozen=True, kw_only=True, eq=False):
    """What :func:`planparse.extract` returns: the object of the contract.

    ``text`` (the source text that spans index) and ``mentions`` (the evidence) travel with the plan but are
    not part of its JSON, nor of its identity.
    """

    document: Document
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    repairs: tuple[Repair, ...] = ()
    warnings: tuple[str, ...] = ()
    schema: str = SCHEMA
    text: str = ""
    mentions: tuple[Mention, ...] = ()
    blocks: tuple[Block, ...] = ()

    def _key(self) -> tuple[Any, ...]:
        return (
            self.schema,
            self.document,
            self.sections,
            self.tasks,
            self.targets,
            self.repairs,
            self.warnings,
        )

    def __eq__(self, other: object) -> bool:
        return self._key() == other._key() if isinstance(other, Plan) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key())

    def place(self, span: Span) -> str:
        """Return where a span stands in the file, in words (第12段, 表1 第4行 第2列); empty where the file has no such places."""
        at = bisect_right(self.blocks, span[0], key=lambda block: block.span[0]) - 1
        return self.blocks[at].place if at >= 0 else ""

    def to_dict(self) -> dict[str, Any]:
        """Return the contract's object as plain data (lists, dicts, strings, numbers).

        Spans are half-open and count code points of the source text, which is not in it, nor is evidence.

        >>> from planparse import extract
        >>> extract("1.推进日间手术。（医务科）").to_dict()["tasks"][0]["responsible"][0]["span"]
        [10, 13]
        """
        data: dict[str, Any] = msgspec.json.decode(self.to_json())
        return data

    def to_json(self, *, indent: int = 0) -> str:
        """Return the contract's object as JSON text, unescaped UTF-8; ``indent`` spaces a level.

        >>> from planparse import extract
        >>> extract("你好。").to_json()[:23]
        '{"schema":"planparse/1"'
        """
        names = ("schema", "document", "sections", "tasks", "targets", "repairs", "warnings")
        text = msgspec.json.encode({name: getattr(self, name) for name in names})
        return (msgspec.json.format(text, indent=indent) if indent else text).decode()

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Plan:
        """Return the plan of a mapping in the contract's form, without source text.

        Raises :class:`~planparse.errors.RecordError` with the path of the fault, or for another schema.

        >>> from planparse import extract
        >>> plan = extract("1.推进日间手术。（医务科）")
        >>> Plan.from_dict(plan.to_dict()) == plan
        True
        """
        try:
            return _of_this_schema(msgspec.convert(data, Plan))
        except msgspec.ValidationError as fault:
            raise RecordError(f"not a plan record: {fault}") from fault

    @staticmethod
    def from_json(text: str | bytes) -> Plan:
        """Return the plan of its JSON text; raises :class:`~planparse.errors.RecordError` as :meth:`from_dict`.

        >>> from planparse import extract
        >>> Plan.from_json(extract("1.推进日间手术。（医务科）").to_json()).tasks[0].title
        '推进日间手术'
        """
        try:
            return _of_this_schema(msgspec.json.decode(text, type=Plan))
        except msgspec.DecodeError as fault:
            raise RecordError(f"not a plan record: {fault}") from fault

    def to_frame(
        self, what: Literal["tasks", "targets", "roles"] = "tasks", *, lang: Literal["zh", "en"] = "zh"
    ) -> pandas.DataFrame:
        """Return a tidy pandas frame, one row a task, a target, or a department in a role.

        ``lang`` chooses Chinese or ASCII columns. Dates are datetimes, offsets count code points of the source
        text. Raises :class:`~planparse.errors.ExportError` for another table or language.

        >>> from planparse import extract
        >>> plan = extract("1.推进日间手术。（牵头科室：医务科；完成时限：2024年6月底前）")
        >>> plan.to_frame(lang="en")[["title", "lead", "end"]].iloc[0].tolist()
        ['推进日间手术', '医务科', Timestamp('2024-06-30 00:00:00')]
        """
        from planparse.export.frame import frame

        return frame(self, what, lang=lang)

    def _repr_html_(self) -> str:
        from planparse.notebook.html import plan_html

        return plan_html(self)


def _of_this_schema(plan: Plan) -> Plan:
    if plan.schema != SCHEMA:
        raise RecordError(f"not a plan record: schema given {plan.schema!r}; possible: {SCHEMA!r}")
    return plan
