"""A text with labelled marks and links between them: what every annotation tool has in common.

>>> from planparse.pipeline import extract
>>> document = annotated(extract("1.推进日间手术。（牵头科室：医务科）"))
>>> [(mark.label, document.text[mark.start:mark.end]) for mark in document.marks], len(document.links)
([('task', '推进日间手术。'), ('lead', '医务科')], 1)
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from typing import Literal

from planparse.errors import PlanparseError
from planparse.model import Plan, Record

Units = Literal["codepoints", "utf16"]
UNITS: tuple[Units, ...] = ("codepoints", "utf16")
#: labels in every tool: plain ASCII words, since brat allows no others
LABELS = ("task", "lead", "responsible", "support", "leader", "deadline", "target")
ROLES = ("lead", "responsible", "support")
#: a link goes from a mark to the task, or the target, that it belongs to
LINK = "of"


class AnnotationError(PlanparseError):
    """An annotation file does not fit its text or its format."""


class Mark(Record, frozen=True, kw_only=True):
    """A labelled stretch, half-open code points into the text."""

    id: str
    label: str
    start: int
    end: int


class Link(Record, frozen=True, kw_only=True):
    """A link between two marks."""

    source: str
    target: str
    label: str = LINK


class Annotated(Record, frozen=True, kw_only=True):
    """One text with its marks and links; ``annotator`` is None where a tool does not say who."""

    name: str
    text: str
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()
    annotator: str | None = None

    @property
    def sha256(self) -> str:
        """The hash of the text in UTF-8."""
        return text_hash(self.text)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def annotated(plan: Plan) -> Annotated:
    """Return the marks and links of a plan. Raises AnnotationError where the plan came without its text."""
    if not plan.text:
        raise AnnotationError(
            f"{plan.document.source}: records alone, without the text that they were read from; give the document itself"
        )
    marks: dict[tuple[str, int, int], Mark] = {}
    links: dict[Link, None] = {}

    def mark(label: str, span: tuple[int, int], owner: Mark | None = None) -> Mark:
        one = marks.setdefault(
            (label, *span), Mark(id=f"m{len(marks) + 1}", label=label, start=span[0], end=span[1])
        )
        if owner is not None:
            links[Link(source=one.id, target=owner.id)] = None
        return one

    tasks: dict[str, Mark] = {}
    for task in plan.tasks:
        own = tasks[task.id] = mark("task", task.span)
        for role in ROLES:
            for one in getattr(task, role):
                mark(role, one.span, own)
        for person in task.leaders:
            mark("leader", person.span, own)
        if task.deadline:
            mark("deadline", task.deadline.span, own)
    for target in plan.targets:
        aim = mark("target", target.span, tasks.get(target.task or ""))
        if target.deadline:
            mark("deadline", target.deadline.span, aim)
    return Annotated(
        name=plan.document.source,
        text=plan.text,
        marks=tuple(m for m in marks.values() if m.start < m.end),
        links=tuple(links),
    )


class Offsets:
    """Offsets of one text in the units of a tool.

    >>> offsets = Offsets("😀医务科", "utf16")
    >>> offsets.out(1), offsets.back(2)
    (2, 1)
    """

    def __init__(self, text: str, units: str) -> None:
        if units not in UNITS:
            raise AnnotationError(f"given offsets {units!r}; possible: {', '.join(UNITS)}")
        self._astral = (
            [place for place, char in enumerate(text) if char > "\uffff"] if units == "utf16" else []
        )
        self._wide = [place + count for count, place in enumerate(self._astral)]

    def out(self, offset: int) -> int:
        """Return the tool's offset of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def back(self, offset: int) -> int:
        """Return the code point offset of a tool's offset; one inside a character is its beginning."""
        return offset - bisect_left(self._wide, offset)


def located(
    text: str, found: Iterable[tuple[int, int, str]], first: str, where: str
) -> list[tuple[int, int]]:
    """Return the code points of every (start, end, printed), each in the units in which its words stand there.

    ``first`` are the units to try first. A tool may keep what was imported as it was and count anew what people mark,
    so each is told by its own words (where the tool gives none, ``first`` holds). Raises AnnotationError with the
    first that stands in neither.
    """
    ways = [Offsets(text, units) for units in (first, *(one for one in UNITS if one != first))]
    spans = []
    for start, end, shown in found:
        for way in ways:
            a, b = way.back(start), way.back(end)
            if 0 <= a < b <= len(text) and way.out(b) == end and (not shown or same(text[a:b], shown)):
                spans.append((a, b))
                break
        else:
            raise AnnotationError(
                f"{where}: the mark {start}–{end} says {shown[:30]!r}, the text there {text[start:end][:30]!r}; the text is not the one that was annotated"
            )
    return spans


def same(text: str, shown: str) -> bool:
    """Return whether a tool shows this stretch of text; tools print line breaks in several ways."""
    a, b = ("".join(one.replace("\\n", "\n").split()) for one in (text, shown))
    return a == b


def check_hash(text: str, expected: object, where: str) -> None:
    """Raise AnnotationError where a text is not the one whose hash was noted on export."""
    if expected and expected != text_hash(text):
        raise AnnotationError(
            f"{where}: the text has changed since it was exported (its SHA-256 is another); export again, or restore the text"
        )
