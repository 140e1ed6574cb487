"""Items of the outline become draft tasks and targets (contract, "What is a task", rules 1 to 12)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from planparse.catalogue import build_forms, split_names
from planparse.expressions import expression
from planparse.extract.act_cuts import acts_of
from planparse.extract.actors import find_statements
from planparse.extract.annotation import Annotation
from planparse.extract.dates import Calendar, DateMention
from planparse.extract.directives import find_directives
from planparse.extract.drafts import TaskDraft
from planparse.extract.goals import aim_date, is_indicator_line, read_goals, read_lead_in, read_loose_aims
from planparse.extract.item_drafts import draft_of
from planparse.extract.labels import build_labels
from planparse.extract.lexicon import build_lexicon
from planparse.extract.paragraphs import (
    are_several_headed,
    is_headed,
    read_paragraphs,
    read_told,
    without_last_words,
)
from planparse.extract.reading import (
    Reading,
    cut_out,
    first_stretch,
    is_concrete,
    is_past,
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
from planparse.extract.scopes import find_scopes, scope_of
from planparse.extract.task_dates import task_dates
from planparse.extract.titles import act_clause, is_heading, number_of
from planparse.model import Kind, Span
from planparse.rulebook import Rulebook
from planparse.segment.heading_text import question_in
from planparse.segment.headings import build_headings
from planparse.segment.nodes import Node, Outline

#: who sits in a group: the item sets it up and gives out no work
_MEMBERS = expression(r"(?:副?\s?组\s{0,4}长|成\s{0,4}员|召集人|副?总\s?指挥|副?主任委员)\s?[：:]")
_STAGE = expression(r"阶段")
_ANSWER = expression(r"[ \u3000]{0,4}(?:答|A)[：:][ \u3000]?")
#: somebody is told to do it: 要, 须, 务必, 请
_TOLD = expression(r"(?<![主重必需只纪摘概简首扼])要(?![求素是点件闻])|须|务必|请")
#: in 牵头作用, 整改工作, 工作落实 they name no act
#: a heading in front of its annotation
_LONGEST_HEAD = 24
_STOPPED = expression(r"[，,。；;：:]")
#: what gives a role also inside a stage
_EXPLICIT = frozenset({"lead", "leadwith", "support", "share", "label"})
#: among aims, an item that says one of these is work given out
_CHARGES = frozenset({"lead", "leadwith", "charge", "share"})
_NO_ACTS = frozenset({"牵头", "整改", "落实", "实施", "执行", "推进", "明确"})
_MIN_TAIL = 14
#: so few lines without heading or item are a fragment (「药占比控制在20%左右。」): what it demands are aims
_FRAGMENT = 3


def read_items(text: str, outline: Outline, kind: Kind, calendar: Calendar, rules: Rulebook, annotations: list[Annotation], front_end: int, table_spans: Sequence[Span]) -> Reading:
    """Return the draft tasks and targets of the outline."""
    reading = Reading(
        text, kind, calendar, rules, annotations, starts=[a.start for a in annotations], lexicon=rules.compiled(build_lexicon), headings=rules.compiled(build_headings), table_spans=table_spans, nodes=outline.nodes, node_starts=[n.start for n in outline.nodes], rectifies=rules.compiled(build_labels).may_rectify(text)
    )
    if kind == "report":
        reading.ahead = next((n.start for n in outline.nodes if n.level == 1 and reading.headings.ahead.search(n.heading)), 0)
    if kind == "meeting":
        for node in outline.nodes:
            if node.role == "background" and reading.headings.agenda.match(node.heading):
                node.role = None  # 传达学习…会议精神: the meeting decides on it all the same
    find_scopes(reading, outline)
    front = [s for s in outline.front if s[0] >= front_end]
    read_paragraphs(reading, front, None, front=True)
    if kind in ("other", "plan") and not outline.nodes and not table_spans and len(front) <= _FRAGMENT and not reading.tasks and not reading.targets:
        read_goals(reading, front)
    blocks: list[tuple[Node, int]] = []
    for node in outline.nodes:
        blocks.append((node, len(reading.tasks)))
        if node.is_leaf:
            _leaf(reading, node)
        else:
            read_lead_in(reading, node)
    read_goal_lines(reading, blocks)
    return reading


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
    if not own and (reading.closes(node) or ((node.container or reading.headings.others.match(node.heading)) and node.own_line and not node.body)):
        return
    if is_reported(reading, node) or (not own and any(_MEMBERS.match(reading.text, a, b) for a, b in node.body)):
        return
    lines = without_progress(reading, node, lines)
    node.body = above_progress(reading, node.body)
    if reading.nodes[-1] is node and node.body and (not node.own_line or (len(node.body) > 1 and reading.kind in ("plan", "assignment")) or reading.text[node.line_end - 1] == "。"):
        lines = without_last_words(reading, node, lines)
        node.body = [line for line in node.body if line[0] < lines[-1][1]]
        node.body = lines[len(lines_of(reading, node)) - len(node.body) :]
        node.own_line = node.own_line and bool(node.body)
    if read_form(reading, node, lines, own):
        return
    measures = measure_lines(reading, node, lines)
    if measures is not None:
        read_rectification(reading, node, measures, own)
        return
    if reading.kind == "report" and not any(a.labelled for a in own) and role in (None, "background"):
        own = [a for a in own if a.dates or any(rule != "bare" for _, _, rule in a.names)]
    annotated = any(a.has_roles for a in own)
    named = None if annotated else _named_item(reading, node)
    if named is not None:
        _named(reading, node, lines, own, named)
    elif not annotated:
        _by_section(reading, node, lines, own, role)
    elif (node.number is None and is_headed(reading, node)) or (node.own_line and are_several_headed(reading, node)):
        read_paragraphs(reading, node.body, node)
    else:
        _annotated(reading, node, lines, own)


def _named(reading: Reading, node: Node, lines: list[Span], own: list[Annotation], named: Annotation) -> None:
    """Read an item after the name that opens it."""
    draft = draft_of(reading, node, cut_out(reading.text, lines, named.end, node.end, own), named)
    if draft is None:
        return
    first = draft.parts[0]
    draft.title = act_clause(reading.text, first[0], first[1], [], reading.dates(*first))
    dates = [d for a, b in draft.parts for d in reading.dates(a, b)]
    draft.dates = task_dates(reading.text, dates, draft.quantities, reading.calendar_at(node.start))
    reading.tasks.append(draft)


def _by_section(reading: Reading, node: Node, lines: list[Span], own: list[Annotation], role: str | None) -> None:
    """Read an item that names nobody: what its section is for decides, then the annotation above it."""
    scope = scope_of(reading, node)
    free = not own and scope is None
    bullet = node.number is not None and node.number.style == "bullet"
    if node.parent is None and free and bullet and any(n.rank < 9 for n in reading.nodes):
        read_paragraphs(reading, lines, node)
    elif (role == "goal" and scope is None and not (node.number is not None and _CHARGES & _said_roles(reading, lines))) or (
        role is None and free and is_indicator_line(reading, node)
    ):
        read_goals(reading, lines, aim_date(reading, node))
    elif reading.kind == "report" and role in (None, "background") and scope is None:
        _demands(reading, node, lines)
    elif role in ("background", "organization"):
        if role == "background" and reading.kind in ("plan", "assignment"):
            for a, b in lines:
                read_loose_aims(reading, a, b, len(reading.tasks))
    elif scope is not None:
        parts = cut_out(reading.text, lines, node.content, node.end, [*own, scope])
        draft = draft_of(reading, node, parts, None if parts and _says_who_leads(reading, parts) else scope)
        if draft is not None:
            reading.tasks.append(draft)
    else:
        _by_kind(reading, node, lines, own, role)


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
    return {s.how for s in find_statements(reading.text, start, end, reading.dates(start, end), reading.rules)}


def _demands(reading: Reading, node: Node, lines: list[Span]) -> None:
    """Read what a report demands in a section that says nothing of its purpose: what it tells somebody, or gives a day to."""
    tasks, targets = len(reading.tasks), len(reading.targets)
    heading = node.own_line and node.body and reading.text[node.line_end - 1] != "。"
    read_paragraphs(reading, node.body if heading else lines, node)
    told = [d for d in reading.tasks[tasks:] if d.source == "sentence"]
    reading.tasks[tasks:] = [d for d in told if _TOLD.search(reading.text, d.start, d.end) or any(date.kind == "by" for date in d.dates) or _will_often(reading, d)]
    del reading.targets[targets:]
    if node.number is not None and len(reading.tasks) == tasks + 1:
        last, text = reading.tasks[-1], reading.text
        if last.start == node.head_end + 1 and text[node.head_end] == "。" and is_heading(node.heading, (), (node.content, node.head_end), ()):
            last.parts[0] = (node.content, last.parts[0][1])  # （三）处方流转平台。责任科室为信息科，…
            last.number, last.title = number_of(node, text), node.heading
            return
        if last.start != node.content:
            return
        dates = reading.dates(last.start, last.end)
        last.number = number_of(node, text)
        last.title = act_clause(text, last.start, last.end, find_statements(text, last.start, last.end, dates, reading.rules), dates)


def _will_often(reading: Reading, draft: TaskDraft) -> bool:
    """Whether a named actor will do something again and again: 督查室将每半年开展一次“回头看”."""
    return bool(draft.names) and any(date.recurrence for date in draft.dates) and reading.text.find("将", draft.start, draft.end) >= 0


def _by_kind(reading: Reading, node: Node, lines: list[Span], own: list[Annotation], role: str | None) -> None:
    """Read an item for which nobody answers as paragraphs, or as one item, as the kind of document wants."""
    kind = reading.kind
    act = reading.lexicon.opening.match(node.heading) and node.role == "assign"
    if node.number is None and not own:
        read_paragraphs(reading, node.body, node)
    elif kind == "other" and role is None and not own and _tells(reading, node, lines):
        _plain_item(reading, node, lines, own)
    elif kind in ("news", "other") and role is None and not own:
        read_paragraphs(reading, lines, node)
    elif node.container and node.own_line and node.body and not act:
        read_paragraphs(reading, node.body, node)
    elif kind == "meeting" and reading.headings.agenda.match(node.heading):
        read_paragraphs(reading, node.body if node.own_line else lines, node)
    elif kind in ("meeting", "report") and role is None and _ends_list(reading, node):
        _plain_item(reading, node, lines[:1], own)
        read_paragraphs(reading, node.body, node)
    elif kind in ("meeting", "report") and role is None and (node.body or node.rank < 4):
        read_paragraphs(reading, node.body if node.own_line and node.body else lines, node)
    else:
        _plain_item(reading, node, lines, own)


def _tells(reading: Reading, node: Node, lines: list[Span]) -> bool:
    """Whether a numbered item below a section, with a heading of its own, tells somebody what to do: （一）放足号源。由门诊部负责…."""
    if node.number is None or node.parent is None or node.own_line or reading.text[node.head_end : node.head_end + 1] != "。":
        return False
    start, end = lines[0][0], lines[-1][1]
    found = find_directives(reading.text, start, end, reading.calendar_at(start), reading.rules)
    return any(draft.names or draft.people for draft in found)


def _ends_list(reading: Reading, node: Node) -> bool:
    """Whether a line is the last of a list of single lines, with the text that goes on behind the list below it."""
    if node.number is None or not node.body or (node.own_line and reading.text[node.line_end - 1] != "。") or reading.headings.others.match(node.heading):
        return False
    at = bisect_left(reading.node_starts, node.start)
    before = reading.nodes[at - 1] if at else None
    after = reading.nodes[at + 1] if at + 1 < len(reading.nodes) else None
    follows = before is not None and before.number is not None and before.number.style == node.number.style and before.number.value + 1 == node.number.value
    goes_on = after is not None and after.number is not None and after.number.style == node.number.style and after.number.value == node.number.value + 1
    return follows and not goes_on and before is not None and not before.body and (not before.own_line or reading.text[before.line_end - 1] == "。")


def _annotated(reading: Reading, node: Node, lines: list[Span], own: list[Annotation]) -> None:
    """One task an annotation; its text runs from the annotation before it."""
    text = reading.text
    start = node.content
    holes = reading.within(node.content, node.end)
    if _all_lead(reading, node, lines, own, holes):
        bounds = [*(a.start for a in own[1:]), node.end]
        led = [draft_of(reading, node, cut_out(text, lines, a.end, stop, holes), a) for a, stop in zip(own, bounds, strict=True)]
        reading.tasks += _numbered_parts([draft for draft in led if draft is not None])
        return
    drafts: list[TaskDraft] = []
    leading: Annotation | None = None
    for annotation in own:
        parts = cut_out(text, lines, start, annotation.start, holes)
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
    rest = cut_out(text, lines, start, node.end, holes)
    if rest and len(own) == 1 and len(drafts) == 1 and not own[0].own_line and _heads(text, drafts[0], own[0], rest):
        draft = draft_of(reading, node, [*drafts[0].parts, *rest], own[0])
        drafts = [draft] if draft is not None else drafts
    elif rest and leading is not None:
        draft = draft_of(reading, node, rest, leading)
        if draft is not None:
            drafts.append(draft)
    elif rest and len(drafts) == 1 and node.own_line and own[-1].own_line and drafts[0].end <= node.line_end and text[node.line_end - 1] not in "。；;":
        # 第一项 X, lines of roles, then what is to be done
        draft = draft_of(reading, node, [*drafts[0].parts, *rest], own[-1])
        drafts = [draft] if draft is not None else drafts
    elif rest and not (reading.kind == "plan" and is_past(reading, rest)) and sum(b - a for a, b in rest) >= _MIN_TAIL and _tail_is_task(reading, rest):
        draft = draft_of(reading, node, rest, None)
        if draft is not None:
            drafts.append(draft)
    reading.tasks += _numbered_parts(drafts)


def _heads(text: str, draft: TaskDraft, annotation: Annotation, rest: Sequence[Span]) -> bool:
    """Whether an annotation stands between a heading and its text: 「新院区搬迁（牵头科室：基建科）。7月底前完成验收。」."""
    heading = text[draft.start : draft.end]
    return len(heading) <= _LONGEST_HEAD and _STOPPED.search(heading) is None and text[annotation.end : annotation.end + 1] in ("。", "：", ":") and sum(b - a for a, b in rest) > len(heading)


def _all_lead(reading: Reading, node: Node, lines: Sequence[Span], own: Sequence[Annotation], holes: Sequence[Annotation]) -> bool:
    """Whether several annotations stand each before what it governs: 「〔医务科〕推进…。〔护理部〕规范…。」."""
    if len(own) < 2 or not all(a.has_roles for a in own) or first_stretch(reading.text, lines, node.content, own[0].start, holes) is not None:
        return False
    return all(first_stretch(reading.text, lines, a.end, stop, holes) is not None for a, stop in zip(own, [*(a.start for a in own[1:]), node.end], strict=True))


def _before_text(reading: Reading, lines: Sequence[Span], annotation: Annotation, node: Node, holes: Sequence[Annotation]) -> bool:
    """Whether text of the item follows an annotation that nothing of it precedes."""
    return first_stretch(reading.text, lines, annotation.end, node.end, holes) is not None


def _join(draft: TaskDraft | Annotation, annotation: Annotation) -> None:
    draft.names += annotation.names
    draft.people += annotation.people
    draft.dates = annotation.dates or draft.dates


def _named_item(reading: Reading, node: Node) -> Annotation | None:
    """An item that opens with who does it: 「（一）信息中心：6月底前…」, 「门诊部、收费处：…」, or names alone on its first line."""
    text = reading.text
    alone = node.own_line and bool(node.body) and node.head_end == node.line_end
    if not alone and (node.own_line or node.head_end >= node.line_end or text[node.head_end] not in "：:"):
        return None
    if node.head_end - node.content > 30:
        return None
    forms = reading.rules.compiled(build_forms)
    spans = split_names(text, node.content, node.head_end, reading.rules)
    if not spans or not all(forms.is_known(text[a:b]) or forms.is_group(text[a:b]) for a, b in spans):
        return None
    return Annotation(node.content, node.head_end + (not alone), names=[("responsible", s, "item.named") for s in spans])


def _tail_is_task(reading: Reading, parts: Sequence[Span]) -> bool:
    return any(reading.lexicon.concrete.search(reading.text, a, b) for a, b in parts)


def _numbered_parts(drafts: list[TaskDraft]) -> list[TaskDraft]:
    for k, draft in enumerate(drafts):
        if k:
            draft.number = f"{draft.number}#{k + 1}"
            draft.title = drafts[0].title
    return drafts


def _plain_item(reading: Reading, node: Node, lines: list[Span], own: list[Annotation]) -> None:
    """A numbered item without annotation: one task, or one an actor where its sentences give several their acts."""
    parts = cut_out(reading.text, lines, node.content, node.end, own)
    if not parts:
        return
    start, end = parts[0][0], parts[-1][1]
    dates = reading.dates(start, end)
    statements = find_statements(reading.text, start, end, dates, reading.rules)
    staged = _stage(reading, node, dates)
    if not staged:
        several = acts_of(reading.text, start, end, statements)
        if len(several) > 1:
            drafts = [d for a, b in parts for d in find_directives(reading.text, a, b, reading.calendar_at(a), reading.rules, lenient=True) if d.names or d.people or d.quantities]
            if len(drafts) > 1:
                for draft in drafts:
                    draft.path = tuple(step.heading for step in node.up() if step.heading)
                    draft.number = number_of(node, reading.text)
                reading.tasks += _sentence_numbers(drafts)
                return
    role = role_of(reading, node)
    if role == "demand" and not any(d.kind == "by" for d in dates) and (not is_concrete(reading, parts) or (not dates and _is_hollow(reading, start, end))):
        return
    if role is None and node.number is not None and node.number.style == "bullet" and is_past(reading, parts):
        return
    if node.own_line and _has_table(reading, node):
        read_paragraphs(reading, node.body, node)
        return
    if node.level == 1 and role is None and node.own_line and len(lines) > 1 and not reading.lexicon.opening.match(node.heading) and not _is_one_plan(reading, node):
        read_paragraphs(reading, node.body, node)
        return
    lasting = any(s.how in ("lead", "charge", "share") for s in statements) and bool(dates)  # X、Y按职责分工负责，持续推进…
    if reading.kind in ("meeting", "report", "news") and not is_concrete(reading, parts) and not lasting and not any(d.kind == "by" for d in dates):
        return
    item = draft_of(reading, node, parts, None, [s for s in statements if s.how in _EXPLICIT] if staged else statements)
    if item is None:
        return
    for annotation in own:
        item.dates = annotation.dates or item.dates
    reading.tasks.append(item)


def _is_one_plan(reading: Reading, node: Node) -> bool:
    """Whether the text below a heading without a verb (一、医疗质量) plans acts that nobody is named for: it is the item's own."""
    if reading.kind not in ("plan", "assignment") or reading.headings.others.match(node.heading):
        return False
    sentence = reading.text[node.line_end - 1] == "。"
    if not is_concrete(reading, lines_of(reading, node) if sentence else node.body):
        return False
    for a, b in node.body:
        if any(draft.names or draft.people for draft in find_directives(reading.text, a, b, reading.calendar_at(a), reading.rules)):
            return False
    return True


def _is_hollow(reading: Reading, start: int, end: int) -> bool:
    """Whether an attitude is asked for before any act: 提高政治站位。各科室要充分认识…，抓好整改落实。"""
    vague = reading.lexicon.attitude.search(reading.text, start, end)
    if vague is None:
        return False
    acts = (act for act in reading.lexicon.concrete.finditer(reading.text, start, end) if act[0] not in _NO_ACTS)
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
    return bool(_STAGE.search(node.heading)) or any(d.span[1] <= heading_end and d.kind in ("range", "in") and reading.text[d.span[1] : d.span[1] + 1] in "）)" for d in dates)


def _has_table(reading: Reading, node: Node) -> bool:
    """Whether a table stands right under the heading."""
    k = bisect_left(reading.table_spans, (node.line_end,))
    below = node.body[0][0] if node.body else reading.next_start(node)
    return k < len(reading.table_spans) and reading.table_spans[k][0] < below
