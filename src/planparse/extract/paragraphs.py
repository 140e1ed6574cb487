"""Unnumbered paragraphs: annotated or named ones are tasks, the others are read for directives."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from planparse.catalogue import build_forms, split_names
from planparse.expressions import expression
from planparse.extract.actors import find_statements, resolve
from planparse.extract.annotation import Annotation
from planparse.extract.directives import find_directives
from planparse.extract.drafts import TaskDraft
from planparse.extract.goals import is_charged, read_goals, read_loose_aims, without_aim_lines
from planparse.extract.item_drafts import clause_title
from planparse.extract.item_headings import (
    head_sentence,
    is_bare_heading,
    on_line,
    opens,
    stands_behind_heading,
)
from planparse.extract.reading import Reading, cut_out, is_concrete, role_of
from planparse.extract.rectification import MEASURE_MARK
from planparse.extract.speech import Speech, build_speech
from planparse.extract.task_dates import task_dates
from planparse.extract.titles import BOXED, is_heading, number_of, trim_title
from planparse.model import Span
from planparse.segment.nodes import Node

#: an annotation on the next line begins so near, behind empty lines and its indent
_NEXT_LINE = 40
#: how 一是 begins
_SPOKEN = frozenset("一二三四五六七八九十")
#: what stands below a title: （乡镇卫生院适用）, 〔2025〕第6期
_NOTE = expression(r"[（(〔\[【][^（()）〔〕\[\]【】]{1,30}[)）〕\]】](?:第?\s?\d{1,4}\s?[期号])?")
_HEAD_MARK = expression(r"[。：:]")
_ROLE_COLON = expression(
    r"([^\n：:。；;]{2,40}?)(?:[（(][^（）()]{1,12}[）)])?(?:[：:]|[ \u3000]+(?=[ⅠⅡⅢ①1一（(]))"
)


def without_last_words(reading: Reading, node: Node, lines: list[Span]) -> list[Span]:
    """Closing paragraphs after the last item (请各科室…) are no part of it: they are read for directives."""
    text, speech = reading.text, reading.rules.compiled(build_speech)
    for k in range(1, len(lines)):
        a, b = lines[k]
        alone = (
            k == 1
            and not node.own_line
            and not any(n.body for n in reading.nodes if n is not node and n.is_leaf)
        )
        if (
            text[lines[k - 1][1] - 1] in "。；;）)】"
            and (alone or speech.last.match(text, a, b) or speech.farewell.search(text, a, b))
            and not reading.within(a, b)
        ):
            read_paragraphs(reading, lines[k:], None, front=True)
            return lines[:k]
    return lines


def read_headed(reading: Reading, node: Node, items: Sequence[tuple[Span, int]]) -> None:
    """Add a task for each of the paragraphs of :func:`headed_paragraphs`."""
    path = tuple(step.heading for step in node.up() if step.heading)
    read_goals(reading, [line for line in node.body if line[1] <= items[0][0][0]])
    for k, ((a, b), stop) in enumerate(items):
        draft = _paragraph_draft(reading, [(a, b)], None, path, node)
        draft.title = reading.text[a:stop].strip()
        draft.path = (*path, draft.title)
        if k:
            draft.number = f"{draft.number}#{k + 1}"
        reading.tasks.append(draft)


class _Section(Struct, frozen=True):
    """What paragraphs stand under: the heading, what its section is for, and how they are read (``front``: above or behind all items)."""

    node: Node | None
    role: str | None
    path: tuple[str, ...]
    lenient: bool
    front: bool


def read_paragraphs(
    reading: Reading, lines: Sequence[Span], node: Node | None, *, front: bool = False
) -> None:
    """Unnumbered paragraphs: annotated ones are tasks, others are read for directives."""
    if not lines:
        return
    if node is None and reading.kind in ("plan", "assignment", "other"):
        lines = without_aim_lines(reading, lines)
    role = role_of(reading, node) if node else None
    path = tuple(step.heading for step in node.up() if step.heading) if node else ()
    lenient = reading.kind in ("plan", "assignment") and role in ("assign", "demand")
    section = _Section(node, role, path, lenient, front)
    before: list[Span] = []  # the paragraph above, which an annotation on a line of its own may close
    heading: list[Span] = []  # a line above it that only heads it
    open_head: Annotation | None = None  # the annotation of a heading whose text stands on the next line
    for k, (a, b) in enumerate(lines):
        own = [n for n in on_line(reading, a, b) if n.has_roles and n.start not in reading.used]
        if own:
            since = len(reading.tasks)
            _annotated_paragraph(reading, section, [*heading, *before], (a, b), own)
            alone = len(reading.tasks) == since + 1 and is_bare_heading(reading, reading.tasks[-1].parts)
            before, heading, open_head = [], [], own[0] if alone else None
        elif any(n.start < b and a < n.end and n.start not in reading.used for n in reading.around(a, b)):
            continue
        elif open_head is not None:
            parts = [*reading.tasks.pop().parts, (a, b)]
            reading.tasks.append(_paragraph_draft(reading, parts, open_head, path, node))
            open_head = None
        elif k + 1 < len(lines) and is_bare_heading(reading, [(a, b)]):
            before, heading = [(a, b)], []
        else:
            heading = before if before and is_bare_heading(reading, before) else []
            before = _plain_paragraph(reading, section, a, b)


def _annotated_paragraph(
    reading: Reading, section: _Section, before: list[Span], line: Span, own: Sequence[Annotation]
) -> None:
    """Read a paragraph with annotations: each closes a task; what stands behind the last is read for directives."""
    text, start = reading.text, line[0]
    first: TaskDraft | None = None
    closes = is_bare_heading(reading, before)
    if len(own) == 1 and opens(reading, line, own[0]):
        parts = cut_out(text, [line], own[0].end, line[1], own)
        reading.tasks.append(_paragraph_draft(reading, parts, own[0], section.path, section.node))
        return
    for annotation in own:
        begin = before[0][0] if before and (closes or annotation.start <= line[0] + 1) else start
        parts = cut_out(text, [*before, line], begin, annotation.start, own)
        start = annotation.end
        before = []
        headed = len(own) == 1 and stands_behind_heading(reading, parts, annotation, line)
        if headed:
            parts += cut_out(text, [line], start, line[1], own)
            start = line[1]
        if parts:
            draft = _paragraph_draft(reading, parts, annotation, section.path, section.node)
            if headed and draft.title is None:
                draft.title = text[slice(*parts[0])].strip(" \u3000【】〔〕[]〖〗")
                draft.path = (*section.path, draft.title)
            if first is not None and draft.title is None:
                draft.title, draft.path = first.title, first.path
            first = first or draft
            reading.tasks.append(draft)
    rest = cut_out(text, [line], start, line[1], own)
    if rest:
        _directives(reading, rest, section.path, section.lenient, section.role, section.front)


def _plain_paragraph(reading: Reading, section: _Section, a: int, b: int) -> list[Span]:
    """Read a paragraph without annotation; return it where an annotation on the next line may still close it."""
    node, role, path = section.node, section.role, section.path
    named = _named_paragraph(reading, a, b) if role not in ("background", "organization") else None
    if named is not None:
        _measures_of(reading, named, a, b, path, node)
        return []
    closed = any(
        n.has_roles and b <= n.start and not reading.text[b : n.start].strip()
        for n in reading.around(b, b + _NEXT_LINE)
    )
    if (
        node is not None
        and not section.front
        and role not in ("background", "organization", "goal")
        and not closed
        and _is_headed_item(reading, node, a, b)
    ):
        reading.tasks.append(_paragraph_draft(reading, [(a, b)], None, path, node))
    elif not closed:
        _directives(reading, [(a, b)], path, section.lenient, role, section.front)
    return [] if _NOTE.fullmatch(reading.text, a, b) else [(a, b)]


def _named_paragraph(reading: Reading, start: int, end: int) -> Annotation | None:
    """A paragraph that opens with who does it: 「医务科：1．…；2．…」."""
    text = reading.text
    found = _ROLE_COLON.match(text, start, end)
    if found is None or end - found.end() < 6 or reading.kind in ("news", "other"):
        return None
    forms = reading.rules.compiled(build_forms)
    spans = split_names(text, found.start(1), found.end(1), reading.rules)
    if not spans or not all(forms.is_known(text[a:b]) or forms.is_group(text[a:b]) for a, b in spans):
        return None
    if sum(b - a for a, b in spans) + 2 * len(spans) < found.end(1) - found.start(1):
        return None  # something else stands between the names
    return Annotation(start, found.end(), names=[("responsible", s, "paragraph.named") for s in spans])


def _measures_of(
    reading: Reading, named: Annotation, start: int, end: int, path: tuple[str, ...], node: Node | None
) -> None:
    """The numbered measures of a named paragraph, each a task; one task where nothing is numbered."""
    text = reading.text
    marks = [m.span() for m in MEASURE_MARK.finditer(text, named.end, end)]
    bounds = (
        [(at, marks[k + 1][0] if k + 1 < len(marks) else end) for k, (_, at) in enumerate(marks)]
        if marks
        else [(named.end, end)]
    )
    for k, (a, b) in enumerate(bounds):
        parts = cut_out(text, [(a, b)], a, b, [])
        if not parts or parts[0][1] - parts[0][0] < 4:
            continue
        draft = _paragraph_draft(reading, parts, named, path, node)
        draft.title = None
        if marks and text[marks[k][0] : marks[k][1]].strip()[:1] not in _SPOKEN:
            draft.title = clause_title(reading, *parts[0])
        if k:
            draft.number = f"{draft.number}#{k + 1}"
        reading.tasks.append(draft)


def _is_headed_item(reading: Reading, node: Node, start: int, end: int) -> bool:
    """Whether a paragraph is an unnumbered item: 「标题。正文」 beside others that are annotated or headed so."""
    if reading.kind not in ("plan", "assignment"):
        return False
    if not head_sentence(reading, start, end):
        return False
    family = [s for s in node.body if s != (start, end)]
    alike = [s for s in family if head_sentence(reading, *s)]
    marked = any(n.has_roles for s in node.body for n in reading.within(*s))
    return bool(alike) and (marked or len(alike) == len(family)) and is_concrete(reading, [(start, end)])


def _paragraph_draft(
    reading: Reading,
    parts: list[Span],
    annotation: Annotation | None,
    path: tuple[str, ...],
    node: Node | None,
) -> TaskDraft:
    dates = [d for a, b in parts for d in reading.dates(a, b)]
    draft = TaskDraft(parts, path=path, number=number_of(node, reading.text) if node else "", confidence=0.93)
    if annotation is None:
        statements = find_statements(reading.text, parts[0][0], parts[-1][1], dates, reading.rules)
        draft.names, draft.people = resolve([s for s in statements if s.how != "modal"])
        draft.source, draft.confidence = "heading", 0.85
    else:
        draft.names, draft.people = list(annotation.names), list(annotation.people)
    draft.quantities = [
        q for a, b in parts for q in reading.quantities(a, b, [d for d in dates if a <= d.span[0] < b])
    ]
    draft.dates = (reading.dates_of(annotation) if annotation else []) or task_dates(
        reading.text, dates, draft.quantities, reading.calendar_at(parts[0][0])
    )
    first = parts[0]
    boxed = BOXED.match(reading.text, *first)
    if boxed is not None:
        draft.title = boxed[1].strip()
        draft.path = (*path, draft.title)
        return draft
    if len(parts) > 1 and is_bare_heading(reading, parts[:1]):
        draft.title = reading.text[slice(*first)].strip().rstrip("：:")
        draft.path = (*path, draft.title)
        return draft
    mark = _HEAD_MARK.search(reading.text, first[0], first[1])
    stop = mark.start() if mark is not None else -1
    if (
        mark is not None
        and mark[0] != "。"
        and not reading.lexicon.opening.match(reading.text[first[0] : stop])
    ):
        stop = -1  # a colon closes a heading that names an act alone
    if 0 < stop < first[1] - 1 and is_heading(reading.text[first[0] : stop], [], (first[0], stop), dates):
        draft.title = trim_title(reading.text[first[0] : stop], False)
        draft.path = (*path, draft.title)
    return draft


def read_told(reading: Reading, lines: Sequence[Span], node: Node) -> None:
    """Read lines for what somebody is told to do, and for aims; nothing in them is an item."""
    path = tuple(step.heading for step in node.up() if step.heading)
    _directives(reading, lines, path, False, None, True)


#: 特制定2024年工作计划如下：, the last words above the items
_PREAMBLE = expression(
    r"(?:如下|制[定订](?:了|出)?(?:本|如下|以下|我[院科]|[^，,。；;：:]{0,24}?)(?:计划|方案|规划|要点|意见|措施|办法|安排))[：:。]?$"
)
_LAST_WORDS = 40


def _is_preamble(reading: Reading, start: int, end: int) -> bool:
    """Whether a paragraph leads up to the plan itself: what it says somebody will do is said again below."""
    return (
        reading.kind in ("plan", "assignment")
        and bool(reading.nodes)
        and start < reading.nodes[0].start
        and _PREAMBLE.search(reading.text, max(start, end - _LAST_WORDS), end) is not None
    )


def _is_guided(reading: Reading, draft: TaskDraft, speech: Speech) -> bool:
    """Whether what stands above the items only says by what somebody will go: 护理部将紧紧围绕…，推进…."""
    above = bool(reading.nodes) and draft.start < reading.nodes[0].start
    return (
        above
        and speech.guided.search(reading.text, draft.start, draft.end) is not None
        and not any(date.kind == "by" for date in draft.dates)
    )


def _calls_on_all(reading: Reading, draft: TaskDraft) -> bool:
    """Whether what stands above or below the items only calls on everybody, by no day: 各责任科室要按照分工制定推进计划."""
    forms = reading.rules.compiled(build_forms)
    return (
        not (draft.dates or draft.quantities or draft.people)
        and bool(draft.names)
        and all(forms.is_group(reading.text[slice(*span)]) for _, span, _ in draft.names)
    )


def _directives(
    reading: Reading,
    lines: Sequence[Span],
    path: tuple[str, ...],
    lenient: bool,
    role: str | None,
    front: bool,
) -> None:
    if role in ("background", "organization"):
        return
    if role == "goal":
        read_goals(reading, [line for line in lines if not is_charged(reading, *line)])
        lines = [line for line in lines if is_charged(reading, *line)]
    narrative = reading.kind not in ("plan", "assignment")
    speech = reading.rules.compiled(build_speech)
    for a, b in lines:
        since = len(reading.tasks)
        if front and _is_preamble(reading, a, b):
            read_loose_aims(reading, a, b, since)
            continue
        enumerated = (
            front
            and speech.enumerator.match(reading.text, a, b) is not None
            and speech.is_called(reading.text, a)
        )
        for draft in find_directives(
            reading.text,
            a,
            b,
            reading.calendar_at(a),
            reading.rules,
            lenient=lenient,
            narrative=narrative,
            reported=reading.kind == "report",
        ):
            if (
                front
                and reading.kind in ("plan", "assignment")
                and (
                    not (draft.names or draft.people or enumerated)
                    or _is_guided(reading, draft, speech)
                    or _calls_on_all(reading, draft)
                )
            ):
                continue
            draft.path = path
            reading.tasks.append(draft)
        if role == "goal" and len(reading.tasks) == since:
            read_goals(reading, [(a, b)])
        read_loose_aims(reading, a, b, since)
