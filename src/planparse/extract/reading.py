"""What the items of one document are read with, and what they give; the stretches and the role of an item."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from msgspec import Struct, field

from planparse.expressions import expression
from planparse.extract.annotation import Annotation
from planparse.extract.dates import Calendar, DateMention, find_dates
from planparse.extract.drafts import TargetDraft, TaskDraft
from planparse.extract.lexicon import Lexicon
from planparse.extract.numerals import YEAR
from planparse.extract.plan_calendar import section_calendar
from planparse.extract.quantities import Quantity, find_quantities
from planparse.model import Kind, Span
from planparse.rulebook import Rulebook
from planparse.segment.closing import build_closing
from planparse.segment.headings import HeadingWords
from planparse.segment.nodes import Node

_EDGE = " \u3000\n\v；;，,、。：:.）)】〕]"
_NAMED = expression(r"《[^《》\n]{0,80}》")
_GOAL_FIRST = expression(
    r"(?:"
    + YEAR
    + r"年)?(?:工作|总体|主要|年度|发展|行动|具体|预期|阶段|量化|整改|建设|核心|重点|"
    + YEAR
    + r")"
)
#: 发展目标, 创建目标 begin like an act and name none
_GOAL_NAME = expression(
    r"(?:"
    + YEAR
    + r"年)?(?:发展|建设|创建|整治|治理|整改|提升|改革|服务|控制|培养|引进|监测|防治|防控|改善|推进)(?:的|主要|总体|具体|阶段|年度|预期|核心)?(?:目标|指标)(?:任务|要求)?$"
)


class Reading(Struct):
    """All that the items of one document are read with, and what they give."""

    text: str
    kind: Kind
    calendar: Calendar
    rules: Rulebook
    annotations: list[Annotation]
    lexicon: Lexicon
    headings: HeadingWords
    tasks: list[TaskDraft] = field(default_factory=list)
    targets: list[TargetDraft] = field(default_factory=list)
    inherited: dict[str, Annotation] = field(default_factory=dict)
    blocks: dict[str, Annotation] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    dated: dict[Span, list[DateMention]] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    table_spans: Sequence[Span] = ()
    nodes: Sequence[Node] = ()
    node_starts: Sequence[int] = ()
    families: dict[str, bool] = field(default_factory=dict)
    #: below which nodes an item says with a label who does it
    labelled: dict[str, bool] = field(default_factory=dict)
    #: whether labels of rectification may stand in the text
    rectifies: bool = False
    #: where a report begins to look ahead
    ahead: int = 0
    years: dict[str, Calendar] = field(default_factory=dict)
    #: the stretch that :meth:`within` was last asked for, and its answer: each part of a long item asks for the whole
    last_within: tuple[Span, list[Annotation]] = ((0, 0), [])

    def calendar_at(self, at: int) -> Calendar:
        """Return the calendar of the section that holds ``at``: 四、2025年工作打算 of a report on 2024 plans 2025."""
        k = bisect_left(self.node_starts, at + 1) - 1
        return self._calendar_under(self.nodes[k]) if k >= 0 else self.calendar

    def _calendar_under(self, node: Node) -> Calendar:
        """Return the calendar below a heading: the outermost heading that plans a year of its own decides."""
        known = self.years.get(node.id)
        if known is None:
            known = self._calendar_under(node.parent) if node.parent is not None else self.calendar
            if known is self.calendar:
                known = section_calendar(known, node.heading, self.rules)
            self.years[node.id] = known
        return known

    def dates_of(self, annotation: Annotation) -> list[DateMention]:
        """Return the dates of an annotation, in the year of its section."""
        calendar = self.calendar_at(annotation.start)
        if calendar is self.calendar or not annotation.dates:
            return list(annotation.dates)
        return find_dates(self.text, calendar, self.rules, annotation.start, annotation.end)

    def next_start(self, node: Node) -> int:
        """Return where the next heading begins."""
        k = bisect_left(self.node_starts, node.start + 1)
        return self.node_starts[k] if k < len(self.node_starts) else len(self.text)

    def closes(self, node: Node) -> bool:
        """Whether the item is a closing clause: 本责任书一式两份…, 本方案自印发之日起施行."""
        return self.rules.compiled(build_closing).act(self.text, node.content, node.line_end) is not None

    def within(self, start: int, end: int) -> list[Annotation]:
        """Return the annotations that start in ``[start, end)``; not to be changed."""
        if self.last_within[0] != (start, end):
            found = self.annotations[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
            self.last_within = ((start, end), found)
        return self.last_within[1]

    def around(self, start: int, end: int) -> list[Annotation]:
        """Return the annotations that start in ``[start, end)`` and the one before."""
        return self.annotations[max(0, bisect_left(self.starts, start) - 1) : bisect_left(self.starts, end)]

    def dates(self, start: int, end: int) -> list[DateMention]:
        """Return the dates of a stretch, read once; not to be changed."""
        found = self.dated.get((start, end))
        if found is None:
            found = self.dated[start, end] = find_dates(
                self.text, self.calendar_at(start), self.rules, start, end
            )
        return found

    def quantities(
        self, start: int, end: int, dates: Sequence[DateMention], heading: DateMention | None = None
    ) -> list[Quantity]:
        """Return the targets of a stretch: no past figures, no frequencies; ``heading`` is a date above all of it."""
        since = self.calendar.start or (f"{self.calendar.year}-01-01" if self.calendar.year else None)
        if self.kind in ("meeting", "news", "report") and self.calendar.issued:
            since = max(since or "", self.calendar.issued)  # 上半年门诊量达到…, said in July
        found = find_quantities(self.text, start, end, dates, self.rules, since=since, heading=heading)
        return [q for q in found if not q.past and not q.frequency]


def role_of(reading: Reading, node: Node) -> str | None:
    """The nearest role on the way up; an assigning ancestor right above outweighs a vague own word."""
    chain = node.up()
    lead = next((step.lead for step in reversed(chain) if step.lead), "")
    if lead and reading.headings.fault.search(lead):
        return "background"  # 经查，存在以下问题：1.…2.…
    if lead and reading.headings.aims.search(lead):
        return "goal"
    for step in reversed(chain):
        if (
            step is node
            and not step.own_line
            and step.role == "background"
            and step.parent is not None
            and reading.lexicon.opening.match(step.heading)
            and not reading.headings.past.search(step.heading)
        ):
            continue  # 「2.规范自查内容。…」
        if (
            step is node
            and (not step.own_line or "，" in step.heading or not step.body)
            and (
                (step.role in ("assign", "demand") and step.parent is not None)
                or (
                    step.role == "goal"
                    and (
                        acts_on(reading, step)
                        or (
                            reading.lexicon.opening.match(step.heading) and not _GOAL_NAME.match(step.heading)
                        )
                    )
                )
            )
        ):
            continue  # 「（二）严明工作纪律。…」 is an item, whatever words its heading holds
        if step.role is not None:
            if (
                step.role == "goal"
                and len(step.heading) > 6
                and not _GOAL_FIRST.match(step.heading)
                and any(s.role == "assign" for s in chain)
            ):
                return "assign"
            return step.role
    return None


def acts_on(reading: Reading, node: Node) -> bool:
    """Whether an item without text below it only looks like the heading of a section: 「2.完成全年人才招聘目标。」."""
    if node.number is None or node.parent is None or node.body or _GOAL_NAME.match(node.heading):
        return False
    return (
        reading.lexicon.opening.match(node.heading) is not None
        or reading.lexicon.modal.match(node.heading) is not None
    )


def lines_of(reading: Reading, node: Node) -> list[Span]:
    """The lines of a leaf: the rest of its own line, and its body."""
    first = (node.content, node.line_end)
    return [s for s in [first, *node.body] if s[0] < s[1]]


def cut_out(
    text: str, lines: Sequence[Span], start: int, end: int, holes: Sequence[Annotation]
) -> list[Span]:
    """Return the stretches of ``lines`` between ``start`` and ``end`` without annotations, trimmed."""
    return list(stretches(text, lines, start, end, holes))


def first_stretch(
    text: str, lines: Sequence[Span], start: int, end: int, holes: Sequence[Annotation]
) -> Span | None:
    """Return the first of what :func:`cut_out` gives, without walking the rest."""
    return next(stretches(text, lines, start, end, holes), None)


def stretches(
    text: str, lines: Sequence[Span], start: int, end: int, holes: Sequence[Annotation]
) -> Iterator[Span]:
    """Yield what :func:`cut_out` returns, one by one."""
    edge = _EDGE
    for a, b in _uncovered(lines, start, end, holes):
        while a < b and text[a] in edge:
            a += 1
        while b > a and text[b - 1] in " \u3000\n\v":
            b -= 1
        edge = " \u3000\n"
        if a < b:
            yield a, b


_start = attrgetter("start")


def _uncovered(lines: Sequence[Span], start: int, end: int, holes: Sequence[Annotation]) -> Iterator[Span]:
    count = len(holes)
    first = max(0, bisect_left(holes, start, key=_start) - 1) if count else 0
    for k in range(max(0, bisect_left(lines, (start,)) - 1), len(lines)):
        a, b = lines[k]
        a = max(a, start)
        b = min(b, end)
        if a >= end:
            return
        while first < count and holes[first].end <= a:
            first += 1
        at = first
        while at < count and holes[at].start < b:
            hole = holes[at]
            if a < hole.start:
                yield a, hole.start
            a = max(a, hole.end)
            at += 1
        if a < b:
            yield a, b


def is_past(reading: Reading, parts: Sequence[Span]) -> bool:
    """Whether the text reports what was done and asks for nothing."""
    lexicon = reading.lexicon
    said = "".join(reading.text[a:b] for a, b in parts)
    return lexicon.past.search(said) is not None and lexicon.modal.search(said) is None


def is_concrete(reading: Reading, parts: Sequence[Span]) -> bool:
    """Whether the text names a concrete act, not in the title of a document, and reports nothing as done."""
    lexicon = reading.lexicon
    said = _NAMED.sub("", "".join(reading.text[a:b] for a, b in parts))
    return lexicon.concrete.search(said) is not None and lexicon.past.search(said) is None
