"""Numbered items for which nobody is named in an annotation: one task, or one an actor."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.act_cuts import acts_of
from planparse.extract.actors import find_statements
from planparse.extract.annotation import Annotation
from planparse.extract.dates import DateMention
from planparse.extract.directives import find_directives
from planparse.extract.drafts import TaskDraft
from planparse.extract.item_drafts import draft_of
from planparse.extract.item_headings import headed_paragraphs
from planparse.extract.paragraphs import read_headed, read_paragraphs
from planparse.extract.reading import (
    Reading,
    cut_out,
    is_concrete,
    is_past,
    lines_of,
    role_of,
)
from planparse.extract.speech import build_speech
from planparse.extract.statements import Statement
from planparse.extract.titles import number_of
from planparse.model import Span
from planparse.segment.nodes import Node

_STAGE = expression(r"阶段")
#: what gives a role also inside a stage
_EXPLICIT = frozenset({"lead", "leadwith", "support", "share", "label"})
#: ways of saying who leads or answers
_CHARGES = frozenset({"lead", "charge", "share"})
#: so many actors make as many tasks
_SEVERAL = 2


def read_plain_item(reading: Reading, node: Node, lines: list[Span], own: list[Annotation]) -> None:
    """A numbered item without annotation: one task, or one an actor where its sentences give several their acts."""
    parts = cut_out(reading.text, lines, node.content, node.end, own)
    if not parts:
        return
    if not own and (items := headed_paragraphs(reading, node)):
        read_headed(reading, node, items)
        return
    start, end = parts[0][0], parts[-1][1]
    dates = reading.dates(start, end)
    statements = find_statements(reading.text, start, end, dates, reading.rules)
    staged = _stage(reading, node, dates)
    drafts = [] if staged else _of_several(reading, node, parts, statements)
    if drafts:
        reading.tasks += drafts
        return
    role = role_of(reading, node)
    if _asks_nothing(reading, node, parts, dates, role):
        return
    if node.own_line and (_has_table(reading, node) or (role is None and _is_section(reading, node, lines))):
        read_paragraphs(reading, node.body, node)
        return
    lasting = any(s.how in _CHARGES for s in statements) and bool(dates)  # X、Y按职责分工负责，持续推进…
    planned = (
        node.parent is not None
        and ((reading.kind == "report" and role == "assign") or is_resolved(reading, node))
        and _is_planned(reading, node, parts, dates)
    )
    if (
        reading.kind in ("meeting", "report", "news")
        and not planned
        and not is_concrete(reading, parts)
        and not lasting
        and not any(d.kind == "by" for d in dates)
    ):
        return
    item = draft_of(
        reading, node, parts, None, [s for s in statements if s.how in _EXPLICIT] if staged else statements
    )
    if item is None:
        return
    for annotation in own:
        item.dates = annotation.dates or item.dates
    reading.tasks.append(item)


def is_resolved(reading: Reading, node: Node) -> bool:
    """Whether an item of minutes stands below what demands it: 会议议定：⏎1.…."""
    if reading.kind != "meeting":
        return False
    first = node.parent.children[0] if node.parent is not None else reading.nodes[0]
    return reading.rules.compiled(build_speech).is_called(reading.text, first.start)


def _is_planned(reading: Reading, node: Node, parts: Sequence[Span], dates: Sequence[DateMention]) -> bool:
    """Whether an item of what a report plans begins with an act, or sets something to be reached, as one of minutes may."""
    if reading.kind == "report" and reading.lexicon.opening.match(node.heading) is not None:
        return True
    return any(
        not (quantity.past or quantity.frequency)
        for a, b in parts
        for quantity in reading.quantities(a, b, [d for d in dates if a <= d.span[0] < b])
    )


def _of_several(
    reading: Reading, node: Node, parts: list[Span], statements: list[Statement]
) -> list[TaskDraft]:
    """Return one task an actor where the sentences of an item give two or more each their act, else nothing."""
    if len(acts_of(reading.text, parts[0][0], parts[-1][1], statements)) < _SEVERAL:
        return []
    drafts = [
        d
        for a, b in parts
        for d in find_directives(reading.text, a, b, reading.calendar_at(a), reading.rules, lenient=True)
        if d.names or d.people or d.quantities
    ]
    if len(drafts) < _SEVERAL:
        return []
    for draft in drafts:
        draft.path = tuple(step.heading for step in node.up() if step.heading)
        draft.number = number_of(node, reading.text)
    before = _before_actors(reading, node, parts, drafts[0].start)
    if before is None:
        if (
            drafts[0].start == node.content
            and not (drafts[0].names or drafts[0].people)
            and node.head_end < drafts[0].end
        ):
            drafts[0].title = drafts[0].title or node.heading
        return _sentence_numbers(drafts)
    title, source = before.title, before.source
    drafts = _sentence_numbers([before, *drafts])
    before.title, before.source = title, source
    return drafts


def _before_actors(reading: Reading, node: Node, parts: Sequence[Span], stop: int) -> TaskDraft | None:
    """Return what an item with a heading plans for nobody in particular before the first of several actors: quantities or days that it sets, in sentences of its own."""
    text = reading.text
    if text[node.head_end : node.head_end + 1] not in ("：", ":", "。") or text[stop - 1] not in "。：:；;":
        return None
    end = max(text.rfind(mark, node.head_end + 1, stop) for mark in "。；;") + 1
    own = [(a, min(b, end)) for a, b in parts if a < end]
    draft = draft_of(reading, node, own, None, []) if end > node.head_end + 1 and own else None
    return (
        draft
        if draft is not None and (draft.quantities or any(date.kind == "by" for date in draft.dates))
        else None
    )


def _asks_nothing(
    reading: Reading, node: Node, parts: Sequence[Span], dates: Sequence[DateMention], role: str | None
) -> bool:
    """Whether an item is a general demand without an act to be checked, or a bullet that reports what was done."""
    if (
        role == "demand"
        and not any(d.kind == "by" for d in dates)
        and (
            not is_concrete(reading, parts) or (not dates and _is_hollow(reading, parts[0][0], parts[-1][1]))
        )
    ):
        return True
    return (
        role is None and node.number is not None and node.number.style == "bullet" and is_past(reading, parts)
    )


def _is_section(reading: Reading, node: Node, lines: Sequence[Span]) -> bool:
    """Whether an outermost item is a section whose paragraphs are read by themselves."""
    return (
        node.level == 1
        and len(lines) > 1
        and not reading.lexicon.opening.match(node.heading)
        and not _is_one_plan(reading, node)
    )


def _is_one_plan(reading: Reading, node: Node) -> bool:
    """Whether the text below a heading without a verb (一、医疗质量) plans acts that nobody is named for: it is the item's own."""
    if reading.kind not in ("plan", "assignment") or reading.headings.others.match(node.heading):
        return False
    sentence = reading.text[node.line_end - 1] == "。"
    if not is_concrete(reading, lines_of(reading, node) if sentence else node.body):
        return False
    for a, b in node.body:
        if any(
            draft.names or draft.people
            for draft in find_directives(reading.text, a, b, reading.calendar_at(a), reading.rules)
        ):
            return False
    return True


def _is_hollow(reading: Reading, start: int, end: int) -> bool:
    """Whether an attitude is asked for before any act: 提高政治站位。各科室要充分认识…，抓好整改落实。"""
    vague = reading.lexicon.attitude.search(reading.text, start, end)
    if vague is None:
        return False
    acts = (
        act
        for act in reading.lexicon.concrete.finditer(reading.text, start, end)
        if reading.lexicon.hollow.fullmatch(act[0]) is None
    )
    first = next(acts, None)
    return first is None or first.start() > vague.start()


def _sentence_numbers(drafts: list[TaskDraft]) -> list[TaskDraft]:
    for k, draft in enumerate(drafts):
        if k:
            draft.number = f"{draft.number}#{k + 1}"
    return drafts


def _stage(reading: Reading, node: Node, dates: Sequence[DateMention]) -> bool:
    """Whether the item is a dated stage: its dates give no role to the actors in its sentences (rule 10)."""
    heading_end = node.head_end
    return bool(_STAGE.search(node.heading)) or any(
        d.span[1] <= heading_end
        and d.kind in ("range", "in")
        and reading.text[d.span[1] : d.span[1] + 1] in "）)"
        for d in dates
    )


def _has_table(reading: Reading, node: Node) -> bool:
    """Whether a table stands right under the heading; a sentence is none, what comes below it is another thing."""
    if reading.text[node.line_end - 1 : node.line_end] in ("。", "；", ";"):
        return False
    k = bisect_left(reading.table_spans, (node.line_end,))
    below = node.body[0][0] if node.body else reading.next_start(node)
    return k < len(reading.table_spans) and reading.table_spans[k][0] < below
