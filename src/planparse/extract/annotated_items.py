"""Items that say who does them: in annotations, or by the name that opens them."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.catalogue import build_forms, split_names
from planparse.expressions import expression
from planparse.extract.annotation import Annotation
from planparse.extract.drafts import TaskDraft
from planparse.extract.item_drafts import draft_of
from planparse.extract.paragraphs import read_paragraphs
from planparse.extract.reading import (
    Reading,
    cut_out,
    first_stretch,
    is_past,
    role_of,
)
from planparse.extract.task_dates import task_dates
from planparse.extract.titles import act_clause, is_brief
from planparse.model import Span
from planparse.segment.nodes import Node

#: a heading on a line of its own, in front of its annotation
_LONGEST_OWN_HEAD = 40
_DEMANDED = expression(r"要(?![求点素])|须|力争|确保|务必")
_ENDED = expression(r"[。；;]")
_MIN_TAIL = 14


def read_annotated(reading: Reading, node: Node, lines: list[Span], own: list[Annotation]) -> None:
    """One task an annotation; its text runs from the annotation before it."""
    holes = reading.within(node.content, node.end)
    if _heads_lines(reading.text, node, own[0]):
        _read_headed(reading, node, lines, own, holes)
        return
    lines, later = _closed_by_lines(reading, lines, own)
    read = _led if _all_lead(reading, node, lines, own, holes) else _closed
    drafts = _numbered_parts(read(reading, node, lines, own, holes))
    if reading.kind == "report" and role_of(reading, node) == "background":
        for draft in drafts:  # 抽查病案200份，首页缺陷率12%。责任科室：病案室: what was found is no aim
            draft.quantities = [
                q for q in draft.quantities if _DEMANDED.search(reading.text, draft.start, q.span[1])
            ]
    reading.tasks += drafts
    if later:
        read_paragraphs(reading, later, None, front=True)


def _heads_lines(text: str, node: Node, annotation: Annotation) -> bool:
    """Whether an annotation closes the heading of an item whose text stands on lines of its own below it."""
    return (
        bool(node.body)
        and node.content < annotation.start < annotation.end <= node.line_end
        and annotation.has_roles
        and annotation.start - node.content <= _LONGEST_OWN_HEAD
        and _ENDED.search(text, node.content, annotation.start) is None
        and not text[annotation.end : node.line_end].strip(" 　。：:")
    )


def _read_headed(
    reading: Reading, node: Node, lines: list[Span], own: list[Annotation], holes: Sequence[Annotation]
) -> None:
    """Read the lines below an annotated heading: what has no annotation of its own is done by those of the heading."""
    drafts: list[TaskDraft] = []
    start = node.content
    for annotation in [*own[1:], None]:
        stop = node.end if annotation is None else annotation.start
        parts = [
            part
            for part in cut_out(reading.text, lines, start, stop, holes)
            if reading.text[slice(*part)].strip("。：: 　")
        ]
        start = stop if annotation is None else annotation.end
        if annotation is None and drafts and not _tail_is_task(reading, parts):
            break
        draft = draft_of(reading, node, parts, annotation or own[0]) if parts else None
        if draft is not None:
            drafts.append(draft)
    reading.tasks += _numbered_parts(drafts)


def _closed_by_lines(
    reading: Reading, lines: list[Span], own: Sequence[Annotation]
) -> tuple[list[Span], list[Span]]:
    """Return the lines of an item, and those behind role lines that close it: minutes go on with what else was said."""
    if reading.kind not in ("meeting", "news", "report") or not own[-1].own_line:
        return lines, []
    mine = [line for line in lines if line[0] < own[-1].end]
    if not any(start < own[0].start for start, _ in mine):
        return lines, []  # the role lines stand before what they govern
    return mine, lines[len(mine) :]


def _led(
    reading: Reading, node: Node, lines: list[Span], own: list[Annotation], holes: Sequence[Annotation]
) -> list[TaskDraft]:
    """Return the tasks of annotations that stand each before what it governs."""
    bounds = [*(a.start for a in own[1:]), node.end]
    led = [
        draft_of(reading, node, cut_out(reading.text, lines, a.end, stop, holes), a)
        for a, stop in zip(own, bounds, strict=True)
    ]
    return [draft for draft in led if draft is not None]


def _closed(
    reading: Reading, node: Node, lines: list[Span], own: list[Annotation], holes: Sequence[Annotation]
) -> list[TaskDraft]:
    """Return the tasks of annotations that close what they govern, and of what stands behind the last one."""
    start = node.content
    drafts: list[TaskDraft] = []
    leading: Annotation | None = None
    for annotation in own:
        parts = cut_out(reading.text, lines, start, annotation.start, holes)
        if (
            annotation is not own[-1]
            and not drafts
            and leading is None
            and annotation.people
            and not annotation.names
            and _is_head(reading.text, parts)
        ):
            leading = annotation  # 推进日间手术（责任领导：王芳）。…（牵头科室：医务科）
            continue
        start = annotation.end
        if not parts and not drafts and _before_text(reading, lines, annotation, node, holes):
            leading = annotation  # 「【医务科】推进…」: the annotation stands before what it governs
            continue
        if parts and leading is not None:
            _join(annotation, leading)
            leading = None
        if not parts:
            if drafts and annotation.has_roles:
                _join(drafts[-1], annotation)
            continue
        draft = draft_of(reading, node, parts, annotation)
        if draft is not None:
            drafts.append(draft)
    rest = cut_out(reading.text, lines, start, node.end, holes)
    return _with_rest(reading, node, own, drafts, rest, leading) if rest else drafts


def _with_rest(
    reading: Reading,
    node: Node,
    own: list[Annotation],
    drafts: list[TaskDraft],
    rest: list[Span],
    leading: Annotation | None,
) -> list[TaskDraft]:
    """Return the tasks with what stands behind the last annotation: more of the only task, a task of its own, or nothing."""
    if len(drafts) == 1 and _belongs(reading, node, own, drafts[0], rest):
        whole = draft_of(reading, node, [*drafts[0].parts, *rest], own[-1])
        return [whole] if whole is not None else drafts
    own_task = (
        sum(b - a for a, b in rest) >= _MIN_TAIL
        and _tail_is_task(reading, rest)
        and not (reading.kind == "plan" and is_past(reading, rest))
    )
    draft = draft_of(reading, node, rest, leading) if leading is not None or own_task else None
    return [*drafts, draft] if draft is not None else drafts


def _belongs(reading: Reading, node: Node, own: list[Annotation], draft: TaskDraft, rest: list[Span]) -> bool:
    """Whether what stands behind the only task belongs to it: its annotation stands between the heading and the text."""
    if len(own) == 1 and not own[0].own_line and _heads(reading.text, draft, own[0], rest):
        return True
    # 第一项 X, lines of roles, then what is to be done
    return (
        node.own_line
        and own[-1].own_line
        and draft.end <= node.line_end
        and reading.text[node.line_end - 1] not in "。；;"
    )


def _is_head(text: str, parts: Sequence[Span]) -> bool:
    """Whether all that stands there is a heading."""
    return len(parts) == 1 and is_brief(text[slice(*parts[0])])


def _heads(text: str, draft: TaskDraft, annotation: Annotation, rest: Sequence[Span]) -> bool:
    """Whether an annotation stands between a heading and its text: 「新院区搬迁（牵头科室：基建科）7月底前完成验收。」."""
    heading = text[draft.start : draft.end]
    return is_brief(heading) and sum(b - a for a, b in rest) > len(heading)


def _all_lead(
    reading: Reading,
    node: Node,
    lines: Sequence[Span],
    own: Sequence[Annotation],
    holes: Sequence[Annotation],
) -> bool:
    """Whether several annotations stand each before what it governs: 「〔医务科〕推进…。〔护理部〕规范…。」."""
    if (
        len(own) < 2
        or not all(a.has_roles for a in own)
        or first_stretch(reading.text, lines, node.content, own[0].start, holes) is not None
    ):
        return False
    return all(
        first_stretch(reading.text, lines, a.end, stop, holes) is not None
        for a, stop in zip(own, [*(a.start for a in own[1:]), node.end], strict=True)
    )


def _before_text(
    reading: Reading, lines: Sequence[Span], annotation: Annotation, node: Node, holes: Sequence[Annotation]
) -> bool:
    """Whether text of the item follows an annotation that nothing of it precedes."""
    return first_stretch(reading.text, lines, annotation.end, node.end, holes) is not None


def _join(draft: TaskDraft | Annotation, annotation: Annotation) -> None:
    draft.names += annotation.names
    draft.people += annotation.people
    draft.dates = annotation.dates or draft.dates


def _tail_is_task(reading: Reading, parts: Sequence[Span]) -> bool:
    return any(reading.lexicon.concrete.search(reading.text, a, b) for a, b in parts)


def _numbered_parts(drafts: list[TaskDraft]) -> list[TaskDraft]:
    for k, draft in enumerate(drafts):
        if k:
            draft.number = f"{draft.number}#{k + 1}"
            draft.title = drafts[0].title
    return drafts


def named_item(reading: Reading, node: Node) -> Annotation | None:
    """An item that opens with who does it: 「（一）信息中心：6月底前…」, 「门诊部、收费处：…」, or names alone on its first line."""
    text = reading.text
    alone = node.own_line and bool(node.body) and node.head_end == node.line_end
    if not alone and (node.own_line or node.head_end >= node.line_end or text[node.head_end] not in "：:"):
        return None
    if node.head_end - node.content > 30:
        return None
    forms = reading.rules.compiled(build_forms)
    spans = split_names(text, node.content, node.head_end, reading.rules)
    if not spans or (
        reading.lexicon.opening.match(text, node.content, spans[0][1])
        and not forms.is_known(text[slice(*spans[0])])
    ):
        return None  # 关爱员工：推广…
    if not all(forms.is_known(text[a:b]) or forms.is_group(text[a:b]) for a, b in spans):
        return None
    return Annotation(
        node.content, node.head_end + (not alone), names=[("responsible", s, "item.named") for s in spans]
    )


def read_named(
    reading: Reading, node: Node, lines: list[Span], own: list[Annotation], named: Annotation
) -> None:
    """Read an item after the name that opens it."""
    draft = draft_of(reading, node, cut_out(reading.text, lines, named.end, node.end, own), named)
    if draft is None:
        return
    first = draft.parts[0]
    draft.title = act_clause(reading.text, first[0], first[1], [], reading.dates(*first), reading.rules)
    dates = [d for a, b in draft.parts for d in reading.dates(a, b)]
    draft.dates = task_dates(reading.text, dates, draft.quantities, reading.calendar_at(node.start))
    reading.tasks.append(draft)
