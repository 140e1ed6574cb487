"""A text whose annotations are looked for, and what all who look for them ask of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import Struct

from planparse.catalogue import build_forms
from planparse.expressions import expression
from planparse.extract.annotation import Annotation
from planparse.extract.annotation_grammar import parse_annotation
from planparse.extract.dates import Calendar
from planparse.extract.roles import RoleWords
from planparse.model import Span
from planparse.rulebook import Rulebook

MAX_ANNOTATION = 600
#: the rule of an annotation on a line of its own behind a dash, which is no bullet
DASHED = "dashed"
#: the rule of a line of labels without colon
OPEN = "open"
#: a line that opens with a number
NUMBERED = expression(r"[ \u3000]*[（(]?(?!\d{1,4}年|\d{1,2}月)[一二三四五六七八九十\d①-⒛㈠-㈩]")


class Page(Struct, frozen=True):
    """The clean text, where its role labels stand, and the spans in which no annotation is looked for (tables)."""

    text: str
    calendar: Calendar
    rules: Rulebook
    words: RoleWords
    labels: list[int]
    skip: Sequence[Span]

    def read(self, start: int, end: int, *, strict: bool) -> Annotation | None:
        """Return the annotation that a stretch says, or None."""
        return parse_annotation(self.text, start, end, self.calendar, self.rules, self.words, strict=strict)

    def free(self, at: int, taken: Sequence[Span] = ()) -> bool:
        """Whether an annotation may stand at an offset: in no table, and in none of the sorted spans ``taken``."""
        return not inside(at, taken) and not inside(at, self.skip)

    def are_known(self, annotation: Annotation, *, groups: bool = True) -> bool:
        """Whether all names of an annotation are departments that the catalogue knows, or groups of them."""
        forms = self.rules.compiled(build_forms)
        printed = [self.text[a:b] for _, (a, b), _ in annotation.names]
        return all(forms.is_known(name) or (groups and forms.is_group(name)) for name in printed)


def spans_of(annotations: Sequence[Annotation]) -> list[Span]:
    """Return where annotations stand, sorted."""
    return sorted((a.start, a.end) for a in annotations)


def inside(at: int, spans: Sequence[Span]) -> bool:
    """Whether one of the sorted disjoint ``spans`` holds an offset."""
    k = bisect_left(spans, (at + 1,)) - 1
    return k >= 0 and spans[k][0] <= at < spans[k][1]


def lines_with(sign: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern``, none longer than a line, from the lines that hold a ``sign``: few do."""
    at = 0
    while (found := sign.search(text, at)) is not None:
        start = text.rfind("\n", at, found.start()) + 1 or at
        end = text.find("\n", found.end())
        at = len(text) if end < 0 else end
        yield from pattern.finditer(text, start, at)
