"""Lists of problems with measures, and items printed as forms (整改措施：…, 具体措施：…; rules 9 and 12)."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.annotation import Annotation
from planparse.extract.item_drafts import clause_title, draft_of
from planparse.extract.labels import Labels, build_labels
from planparse.extract.reading import Reading, cut_out
from planparse.extract.scopes import scope_of
from planparse.model import Span
from planparse.segment.nodes import Node

MEASURE_MARK = expression(
    r"(?<![\u4e00-\u9fff])(?:[ⅠⅡⅢⅣⅤⅥ][、.．]|[一二三四五六七八九十]{1,2}是|[（(]\d{1,2}[）)]|\d{1,2}[.、．)）](?:(?!\d)|(?=(?:20\d\d年|\d{1,2}月)))|[①-⒛㈠-㈩])"
)

#: how 一是 begins, and how far behind a number its text may begin
_SPOKEN, _MARK = frozenset("一二三四五六七八九十"), 3
#: how labels begin that say what is still to be done
_AHEAD = ("下一步", "下步", "后续")


def is_reported(reading: Reading, node: Node) -> bool:
    """Whether the item reports a rectification (整改情况：…): its own lines, or the lead-in right above it."""
    if not reading.rectifies:
        return False
    if reading.kind in ("meeting", "news"):
        return False  # what has been mended stands in a sentence among others
    text, labels = reading.text, reading.rules.compiled(build_labels)
    below = node.content if node.problem else node.line_end
    report = labels.progress.search(text[below : node.end])
    if (
        report
        and node.parent is not None
        and node.parent.children[-1] is node
        and labels.measure.search(text[node.parent.content : node.parent.children[0].start])
    ):
        return (
            False  # behind the last of the measures that a label heads it is the progress of the whole block
        )
    if report and not labels.measure.search(text[node.content : node.end]):
        # behind the lines that say who answers by when, it is the progress of the whole block
        return not any(a.has_roles for a in reading.within(below, below + report.start()))
    parent = node.parent
    if parent is None or not parent.children:
        return False
    above = text[parent.content : parent.children[0].start]
    return bool(labels.progress.search(above)) and not labels.measure.search(above)


def without_progress(reading: Reading, node: Node, lines: list[Span]) -> list[Span]:
    """The lines of an item before a report on its block's progress (整改进展：…)."""
    report = (
        reading.rules.compiled(build_labels).progress.search(reading.text, node.line_end, node.end)
        if reading.rectifies
        else None
    )
    if report is None:
        return lines
    at = report.start() + (reading.text[report.start()] == "\n")
    ahead = _ahead(reading, report.end(), node.end)
    return [line for line in lines if line[0] < at or line[0] >= ahead] or lines


def _ahead(reading: Reading, start: int, end: int) -> int:
    """Return where a label says behind the progress what is still to be done (下一步措施：…); ``end`` where none does."""
    label = reading.rules.compiled(build_labels).measure.search(reading.text, start, end)
    return (
        label.end() - len(label[0].lstrip())
        if label is not None and label[0].lstrip().startswith(_AHEAD)
        else end
    )


def above_progress(reading: Reading, lines: list[Span]) -> list[Span]:
    """The lines above the first that begins with a label of progress."""
    if not reading.rectifies:
        return lines
    progress = reading.rules.compiled(build_labels).progress_line
    at = next((k for k, (a, b) in enumerate(lines) if progress.match(reading.text, a, b)), len(lines))
    ahead = _ahead(reading, lines[at][0], lines[-1][1]) if at < len(lines) else 0
    return [*lines[:at], *(line for line in lines[at:] if line[0] >= ahead)]


def read_goal_lines(reading: Reading, blocks: Sequence[tuple[Node, int]]) -> None:
    """Give the aims of a block (整改目标：…, beside 整改措施：…) to its first task; with each block, how many tasks stand before it."""
    text, labels = reading.text, reading.rules.compiled(build_labels)
    if not reading.rectifies or labels.goal.search(text) is None:
        return
    for node, since in blocks:
        own = node.children[0].start if node.children else node.end
        label = labels.goal.search(text, node.content, own)
        measured = node.children[0].line_end if node.children else own  # 整改措施—— may head the measures
        if label is None or labels.measure.search(text, node.content, measured) is None:
            continue
        until = since
        while until < len(reading.tasks) and reading.tasks[until].start < node.end:
            until += 1
        drafts = reading.tasks[since:until]
        if not drafts:
            continue
        start, end = label.end(), _goal_end(text, label.end(), own, labels)
        known = {q.value_span for draft in drafts for q in draft.quantities}
        drafts[0].quantities[:0] = [
            q for q in reading.quantities(start, end, reading.dates(start, end)) if q.value_span not in known
        ]


def _goal_end(text: str, start: int, end: int, labels: Labels) -> int:
    """Return where the aims of a block end: at its next label, or with the line."""
    line = text.find("\n", start, end)
    stop = line if line >= 0 else end
    label = labels.measure.search(text, start, stop)
    return label.start() if label is not None else stop


def measure_lines(reading: Reading, node: Node, lines: list[Span]) -> list[Span] | None:
    """The lines after 整改措施： in a leaf, or None where no such label stands."""
    if not reading.rectifies:
        return None
    labels = reading.rules.compiled(build_labels)
    inline = reading.text[node.content : node.content + 2] in ("针对", "关于", "问题", "反馈") or node.problem
    found = labels.opens.match(reading.text, node.content, node.end) or labels.measure.search(
        reading.text, node.content if inline else node.line_end, node.end
    )
    if found is None:
        return None
    report = labels.progress.search(reading.text, found.end(), node.end)
    goal = labels.goal.search(reading.text, found.end(), node.end)
    stop = min(mark.start() if mark else node.end for mark in (report, goal))
    return [(max(a, found.end()), min(b, stop)) for a, b in lines if b > found.end() and a < stop]


def read_rectification(reading: Reading, node: Node, lines: list[Span], own: list[Annotation]) -> None:
    """The measures of a problem: one task, or one a numbered measure (一是…；二是…), with the block's annotation."""
    text = reading.text
    lines_of_roles = [a for a in own if a.has_roles and a.own_line]
    of_block = lines_of_roles[-1] if lines_of_roles else next((a for a in own if a.has_roles), None)
    annotation = of_block or scope_of(reading, node)
    brackets = [a for a in own if a.has_roles and not a.own_line and a is not of_block]
    pieces: list[list[Span]] = []
    numbered: set[int] = set()  # where numbered measures begin: ①, 1., not 一是
    for a, b in cut_out(reading.text, lines, node.content, node.end, own):
        marks = [m.span() for m in MEASURE_MARK.finditer(reading.text, a, b)]
        if not marks or (marks[0][0] > a + 2 and len(marks) < 2):
            if pieces and not marks:
                pieces[-1].append((a, b))
            else:
                pieces.append([(a, b)])
            continue
        for k, (begin, at) in enumerate(marks):
            if text[begin:at].strip()[:1] not in _SPOKEN:
                numbered.add(at)
            pieces.append(
                cut_out(reading.text, [(at, marks[k + 1][0] if k + 1 < len(marks) else b)], at, b, own)
            )
    many = len(pieces) > 1
    kept = [parts for parts in pieces if parts]
    for k, parts in enumerate(kept):
        following = kept[k + 1][0][0] if k + 1 < len(kept) else node.end
        mine = next((a for a in brackets if parts[0][0] <= a.start < following), annotation)
        draft = draft_of(reading, node, parts, mine)
        if draft is not None:
            draft.title = _title_of(reading, parts, numbered) if parts else None
            draft.number = f"{draft.number}#{k + 1}" if many and k else draft.number
            reading.tasks.append(draft)


def _title_of(reading: Reading, parts: list[Span], numbered: set[int]) -> str | None:
    """Return the first clause of a numbered measure that names an act; a measure without number has no title."""
    start, end = parts[0]
    if not any(start - _MARK <= at <= start for at in numbered):
        return None
    return clause_title(reading, start, end)


def read_form(reading: Reading, node: Node, lines: list[Span], own: list[Annotation]) -> bool:
    """An item printed as a form: 「重点任务：X」, then lines 「工作目标：…」, 「具体措施：…」 and role lines: a table row by another name."""
    text, labels = reading.text, reading.rules.compiled(build_labels)
    head = labels.task.match(text, node.content, node.line_end)
    if head is None or not node.body:
        return False
    holes = reading.within(node.content, node.end)
    parts: list[Span] = []
    for a, b in lines[1:]:
        label = labels.field.match(text, a, b)
        parts += cut_out(text, [(label.end() if label else a, b)], a, b, holes)
    draft = draft_of(
        reading,
        node,
        parts or [(head.end(), node.line_end)],
        next((a for a in own if a.has_roles), None) or scope_of(reading, node),
    )
    if draft is not None:
        draft.title = text[head.end() : node.line_end].strip("。；;：: ") or None
        draft.path = (*draft.path[:-1], draft.title) if draft.title and draft.path else draft.path
        reading.tasks.append(draft)
    return True
