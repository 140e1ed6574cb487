"""Tasks on their way to records: spans of the clean text, before names and offsets are final."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from planparse.catalogue import PersonSpan
from planparse.extract.dates import DateMention
from planparse.model import Span, TaskSource

if TYPE_CHECKING:
    from planparse.extract.quantities import Quantity

Name = tuple[str, Span, str]


class TaskDraft(Struct):
    """One task in the clean text. ``parts`` joined by line breaks are its text; ``names`` are (role, span, rule)."""

    parts: list[Span]
    title: str | None = None
    number: str = ""
    path: tuple[str, ...] = ()
    names: list[Name] = field(default_factory=list)
    people: list[PersonSpan] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    source: TaskSource = "annotation"
    confidence: float = 0.95
    text: str | None = None
    #: what made it a task, where that is no rule of its source: the classifier
    rule: str = ""

    @property
    def start(self) -> int:
        """Where the task begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Where its text ends."""
        return self.parts[-1][1]


class Doubt(Struct, frozen=True):
    """What of a table is guessed: the warning to print, the kinds of values (task, role, deadline), and where the table stands."""

    said: str
    kinds: frozenset[str]
    place: Span = (0, 0)


class TargetDraft(Struct):
    """A quantity of the whole plan, or of a draft task."""

    quantity: Quantity
    task: TaskDraft | None = None
