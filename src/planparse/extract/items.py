"""Items of the outline become draft tasks and targets (contract, "What is a task", rules 1 to 12)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from planparse.expressions import expression
from planparse.extract.actors import find_statements
from planparse.extract.annotated_items import named_item, read_annotated, read_named
from planparse.extract.annotation import SUMMARY, Annotation
from planparse.extract.dates import Calendar
from planparse.extract.directives import find_directives
from planparse.extract.drafts import TaskDraft
from planparse.extract.goals import (
    CHARGES,
    aim_date,
    is_indicator_line,
    read_goals,
    read_lead_in,
    read_loose_aims,
)
from planparse.extract.item_drafts import draft_of
from planparse.extract.item_headings import are_marked, are_several_headed, is_headed, lines_headed
from planparse.extract.labels import build_labels
from planparse.extract.lexicon import build_lexicon
from planparse.extract.paragraphs import (
    read_paragraphs,
    read_told,
    without_last_words,
)
from planparse.extract.plain_items import is_resolved, read_plain_item
from planparse.extract.reading import (
    Reading,
    acts_on,
    cut_out,
    lines_of,
    role_of,
)
from planparse.extract.rectification import (
    above_progress,
    is_reported,
    measure_lines,
    read_form,
    read_goal_lines,
    read_rectification,
    without_progress,
)
from planparse.extract.scopes import assigns_only, find_scopes, scope_of
from planparse.extract.titles import act_clause, is_heading, number_of
from planparse.model import Kind, Span
from planparse.rulebook import Rulebook
from planparse.segment.heading_text import question_in
from planparse.segment.headings import build_headings
from planparse.segment.nodes import Node, Outline

_ANSWER = expression(r"[ \u3000]{0,4}(?:答|A)[：:][ \u3000]?")
#: somebody is told to do it: 要, 须, 务必, 请
_TOLD = expression(r"(?<![主重必需只纪摘概简首扼])要(?![求素是点件闻])|须|务必|请")
#: sections that give out no work
_SAID = frozenset({"background", "organization", "goal"})
#: so many offices that are told something make a paragraph more than a lead-in
_SEVERAL = 2
#: so few lines without heading or item, of so many characters, are a fragment (「药占比控制在20%左右。」): what it demands are aims
_FRAGMENT, _LONGEST_FRAGMENT = 3, 300


def read_items(
    text: str,
    outline: Outline,
    kind: Kind,
    calendar: Calendar,
    rules: Rulebook,
    annotations: list[Annotation],
    front_end: int,
    table_spans: Sequence[Span],
) -> Reading:
    """Return the draft tasks and targets of the outline."""
    reading = Reading(
        text,
        kind,
        calendar,
        rules,
        annotations,
        starts=[a.start for a in annotations],
        lexicon=rules.compiled(build_lexicon),
        headings=rules.compiled(build_headings),
        table_spans=table_spans,
        nodes=outline.nodes,
        node_starts=[n.start for n in outline.nodes],
        rectifies=rules.compiled(build_labels).may_rectify(text),
    )
    if kind == "report":
        reading.ahead = next(
            (n.start for n in outline.nodes if n.level == 1 and reading.headings.ahead.search(n.heading)), 0
        )
    if kind == "meeting":
        for node in outline.nodes:
            if node.role == "background" and reading.headings.agenda.match(node.heading):
                node.role = None  # 传达学习…会议精神: the meeting decides on it all the same
    find_scopes(reading, outline)
    front = [s for s in outline.front if s[0] >= front_end]
    read_paragraphs(reading, front, None, front=True)
    if (
        kind in ("other", "plan")
        and not outline.nodes
        and not table_spans
        and len(front) <= _FRAGMENT
        and sum(b - a for a, b in front) <= _LONGEST_FRAGMENT
        and not reading.tasks
        and not reading.targets
    ):
        read_goals(reading, front)
    blocks: list[tuple[Node, int]] = []
    for node in outline.nodes:
        blocks.append((node, len(reading.tasks)))
        if node.is_leaf:
            _leaf(reading, node)
        else:
            read_lead_in(reading, node)
            _told_above(reading, node)
    read_goal_lines(reading, blocks)
    return reading


def _told_above(reading: Reading, node: Node) -> None:
    """Read a paragraph above numbered items that tells several offices what to do by when: a lead-in only announces."""
    if reading.kind not in ("plan", "assignment") or role_of(reading, node) in _SAID:
        return
    since, targets = len(reading.tasks), len(reading.targets)
    read_told(reading, [line for line in node.body if line[1] <= node.children[0].start], node)
    told = reading.tasks[since:]
    if len(told) < _SEVERAL or not all(d.names and (d.dates or d.people) for d in told):
        del reading.tasks[since:], reading.targets[targets:]


def _leaf(reading: Reading, node: Node) -> None:
    """Read an innermost item: as a form, a list of measures, a named or annotated item, or by what its section is for."""
    role = role_of(reading, node)
    if role == "assign" and node.start < reading.ahead:
        role = "background"  # 一、主要工作 of a report, above its 三、下季度计划
    own = [a for a in reading.within(node.content, node.end) if a.start not in reading.used]
    own = [a for a in own if a.has_roles or a.dates or a.placeholder]
    lines = lines_of(reading, node)
    if not any(a.has_roles for a in own) and question_in(reading.text, node.content, node.line_end):
        _answer(reading, node, lines)
        return
    if assigns_only(reading, node):
        return
    if is_reported(reading, node) or (not own and _gives_no_work(reading, node)):
        return
    lines = _own_lines(reading, node, lines)
    if read_form(reading, node, lines, own):
        return
    measures = measure_lines(reading, node, lines)
    if measures is not None:
        read_rectification(reading, node, measures, own)
        return
    if (
        reading.kind == "report"
        and not any(a.labelled for a in own)
        and role in (None, "background")
        and not _among_labelled(reading, node)
    ):
        own = [a for a in own if a.dates or any(rule != "bare" for _, _, rule in a.names)]
    annotated = any(a.has_roles for a in own)
    named = None if annotated else named_item(reading, node)
    if named is not None:
        read_named(reading, node, lines, own, named)
    elif not annotated:
        _by_section(reading, node, lines, own, role)
    elif (node.number is None and is_headed(reading, node)) or (
        node.own_line and (are_several_headed(reading, node) or are_marked(reading, node, own))
    ):
        read_paragraphs(reading, lines_headed(reading, node) if node.number is None else node.body, node)
    else:
        read_annotated(reading, node, lines, own)


def _gives_no_work(reading: Reading, node: Node) -> bool:
    """Whether an item without annotation is a closing clause, a bare heading of a section, or tells who sits in a group."""
    bare = node.own_line and not node.body
    if reading.closes(node) or (
        bare
        and ((node.container and not acts_on(reading, node)) or reading.headings.others.match(node.heading))
    ):
        return True
    member = reading.rules.compiled(build_labels).member
    return any(member.match(reading.text, a, b) for a, b in node.body)


def _own_lines(reading: Reading, node: Node, lines: list[Span]) -> list[Span]:
    """Return the lines of an item without those on its progress and, of the last item, without the last words of the document."""
    lines = without_progress(reading, node, lines)
    node.body = above_progress(reading, node.body)
    if (
        reading.nodes[-1] is node
        and node.body
        and (
            not node.own_line
            or (len(node.body) > 1 and reading.kind in ("plan", "assignment"))
            or reading.text[node.line_end - 1] == "。"
        )
    ):
        lines = without_last_words(reading, node, lines)
        node.body = [line for line in node.body if line[0] < lines[-1][1]]
        node.body = lines[len(lines_of(reading, node)) - len(node.body) :]
        node.own_line = node.own_line and bool(node.body)
    return lines


def _by_section(
    reading: Reading, node: Node, lines: list[Span], own: list[Annotation], role: str | None
) -> None:
    """Read an item that names nobody: what its section is for decides, then the annotation above it."""
    scope = scope_of(reading, node)
    free = not own and scope is None
    bullet = node.number is not None and node.number.style == "bullet"
    if node.parent is None and free and bullet and any(n.rank < 9 for n in reading.nodes):
        read_paragraphs(reading, lines, node)
    elif (
        role == "goal"
        and scope is None
        and not (node.number is not None and CHARGES & _said_roles(reading, lines))
    ) or (
        role is None
        and free
        and is_indicator_line(reading, node)
        and not CHARGES & _said_roles(reading, lines)
    ):
        read_goals(reading, lines, aim_date(reading, node))
    elif reading.kind == "report" and role in (None, "background") and scope is None:
        _demands(reading, node, lines)
    elif role in ("background", "organization"):
        if role == "background" and reading.kind in ("plan", "assignment"):
            for a, b in lines:
                read_loose_aims(reading, a, b, len(reading.tasks))
    elif scope is not None:
        holes = [
            *own,
            scope,
            *(
                a
                for a in reading.within(node.content, node.end)
                if a.rule == SUMMARY and a is not scope and a not in own
            ),
        ]
        parts = cut_out(reading.text, lines, node.content, node.end, sorted(holes, key=_start))
        draft = draft_of(reading, node, parts, None if parts and _says_who_leads(reading, parts) else scope)
        if draft is not None:
            reading.tasks.append(draft)
    else:
        _by_kind(reading, node, lines, own, role)


_start = attrgetter("start")
#: what is said to be done again and again, by whom
_WILL = expression(r"将|由[^，,。；;\n]{2,24}(?:负责|牵头)")


def _answer(reading: Reading, node: Node, lines: list[Span]) -> None:
    """Read what the answer to a question (问：…？答：…) tells somebody to do; the question is no item."""
    answer: list[Span] = []
    for a, b in lines:
        start = max(a, node.head_end)
        said = _ANSWER.match(reading.text, start, b)
        answer.append((said.end() if said else start, b))
    read_told(reading, [line for line in answer if line[0] < line[1]], node)


def _says_who_leads(reading: Reading, parts: Sequence[Span]) -> bool:
    """Whether an item's own words say who leads, or who answers beside others: what is inherited gives way to them."""
    hows = _said_roles(reading, parts)
    return bool(hows & {"lead", "leadwith"}) or {"charge", "support"} <= hows


def _said_roles(reading: Reading, parts: Sequence[Span]) -> set[str]:
    """How the words of an item give their roles (lead, charge, support …), where they say who leads or answers."""
    start, end = parts[0][0], parts[-1][1]
    if reading.text.find("牵头", start, end) < 0 and reading.text.find("负责", start, end) < 0:
        return set()
    return {
        s.how for s in find_statements(reading.text, start, end, reading.dates(start, end), reading.rules)
    }


def _demands(reading: Reading, node: Node, lines: list[Span]) -> None:
    """Read what a report demands in a section that says nothing of its purpose: what it tells somebody, or gives a day to."""
    tasks, targets = len(reading.tasks), len(reading.targets)
    heading = node.own_line and node.body and reading.text[node.line_end - 1] != "。"
    read_paragraphs(reading, node.body if heading else lines, node)
    told = [d for d in reading.tasks[tasks:] if d.source == "sentence"]
    reading.tasks[tasks:] = [
        d
        for d in told
        if _TOLD.search(reading.text, d.start, d.end)
        or any(date.kind == "by" for date in d.dates)
        or _will_often(reading, d)
    ]
    del reading.targets[targets:]
    if node.number is not None and len(reading.tasks) == tasks + 1:
        last, text = reading.tasks[-1], reading.text
        if (
            last.start == node.head_end + 1
            and text[node.head_end] == "。"
            and is_heading(node.heading, (), (node.content, node.head_end), ())
        ):
            last.parts[0] = (node.content, last.parts[0][1])  # （三）处方流转平台。责任科室为信息科，…
            last.number, last.title = number_of(node, text), node.heading
            return
        if last.start != node.content:
            return
        dates = reading.dates(last.start, last.end)
        last.number = number_of(node, text)
        last.title = act_clause(
            text,
            last.start,
            last.end,
            find_statements(text, last.start, last.end, dates, reading.rules),
            dates,
            reading.rules,
        )


def _will_often(reading: Reading, draft: TaskDraft) -> bool:
    """Whether a named actor will do something again and again: 督查室将每半年开展一次“回头看”."""
    return (
        bool(draft.names)
        and any(date.recurrence for date in draft.dates)
        and _WILL.search(reading.text, draft.start, draft.end) is not None
    )


def _among_labelled(reading: Reading, node: Node) -> bool:
    """Whether an item beside this one says with a label who does it: there a bare bracket names who does this one."""
    if node.parent is None or node.number is None:
        return False
    told = reading.labelled.get(node.parent.id)
    if told is None:
        told = reading.labelled[node.parent.id] = any(
            a.labelled for one in node.parent.children for a in reading.within(one.content, one.end)
        )
    return told


def _by_kind(
    reading: Reading, node: Node, lines: list[Span], own: list[Annotation], role: str | None
) -> None:
    """Read an item for which nobody answers as paragraphs, or as one item, as the kind of document wants."""
    kind = reading.kind
    act = reading.lexicon.opening.match(node.heading) and node.role == "assign"
    if node.number is None and not own:
        read_paragraphs(reading, node.body, node)
    elif kind == "other" and role is None and not own and _tells(reading, node, lines):
        read_plain_item(reading, node, lines, own)
    elif kind in ("news", "other") and role is None and not own:
        read_paragraphs(reading, lines, node)
    elif node.container and node.own_line and node.body and not act:
        read_paragraphs(reading, node.body, node)
    elif kind == "meeting" and reading.headings.agenda.match(node.heading):
        read_paragraphs(reading, node.body if node.own_line else lines, node)
    elif kind in ("meeting", "report") and role is None and _ends_list(reading, node):
        read_plain_item(reading, node, lines[:1], own)
        read_paragraphs(reading, node.body, node)
    elif (
        kind == "meeting"
        and role is None
        and not (node.own_line and node.body)
        and is_resolved(reading, node)
    ):
        read_plain_item(reading, node, lines, own)
    elif kind in ("meeting", "report") and role is None and (node.body or node.rank < 4):
        read_paragraphs(reading, node.body if node.own_line and node.body else lines, node)
    else:
        read_plain_item(reading, node, lines, own)


def _tells(reading: Reading, node: Node, lines: list[Span]) -> bool:
    """Whether a numbered item below a section, with a heading of its own, tells somebody what to do: （一）放足号源。由门诊部负责…."""
    if (
        node.number is None
        or node.parent is None
        or node.own_line
        or reading.text[node.head_end : node.head_end + 1] != "。"
    ):
        return False
    start, end = lines[0][0], lines[-1][1]
    found = find_directives(reading.text, start, end, reading.calendar_at(start), reading.rules)
    return any(draft.names or draft.people for draft in found)


def _ends_list(reading: Reading, node: Node) -> bool:
    """Whether a line is the last of a list of single lines, with the text that goes on behind the list below it."""
    if (
        node.number is None
        or not node.body
        or (node.own_line and reading.text[node.line_end - 1] != "。")
        or reading.headings.others.match(node.heading)
    ):
        return False
    at = bisect_left(reading.node_starts, node.start)
    before = reading.nodes[at - 1] if at else None
    after = reading.nodes[at + 1] if at + 1 < len(reading.nodes) else None
    follows = (
        before is not None
        and before.number is not None
        and before.number.style == node.number.style
        and before.number.value + 1 == node.number.value
    )
    goes_on = (
        after is not None
        and after.number is not None
        and after.number.style == node.number.style
        and after.number.value == node.number.value + 1
    )
    return (
        follows
        and not goes_on
        and before is not None
        and not before.body
        and (not before.own_line or reading.text[before.line_end - 1] == "。")
    )
