"""Items of the outline become draft tasks and targets (contract, "What is a task", rules 1 to 12)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from planparse.catalogue import build_forms, split_names
from planparse.extract.actors import Statement, find_statements, partners, resolve
from planparse.extract.annotations import Annotation
from planparse.extract.dates import Calendar, DateMention, find_dates
from planparse.extract.directives import acts_of, find_directives, task_dates
from planparse.extract.drafts import TargetDraft, TaskDraft
from planparse.extract.lexicon import Lexicon, build_lexicon
from planparse.extract.quantities import Quantity, find_quantities
from planparse.extract.titles import act_clause, is_heading, number_of, trim_title
from planparse.model import Kind, Span
from planparse.rulebook import Rulebook
from planparse.segment.closing import build_closing
from planparse.segment.outline import Node, Outline
from planparse.segment.sentences import sentences

_EDGE = " \u3000\n\v；;，,、。：:.）)】〕]"
_INDICATOR_LINE = re.compile(r"^[^，,。；;：:]{2,32}[：:]\s?[^，,。；;：:]{0,14}(?:\d|[一二三四五六七八九十百]+[名个项%]|全覆盖|百分之)")
_STAGE = re.compile(r"阶段")
_PROBLEM = re.compile(r"(?:关于|对|针对)?.{0,40}问题")
_MEASURE_LABEL = re.compile(r"(?:\n|^)[ \u3000]*(?:整改措施|整改举措|具体措施|工作措施|整改任务|主要措施|措施|具体举措|改进措施|下一步措施|下一步整改措施|工作举措)\s?[：:]\s*")
_REPORT_LABEL = re.compile(r"(?:\n|^)[ \u3000]*(?:整改情况|整改进展|整改结果|整改成效|完成情况|进展情况|整改落实情况|整改状态|目前进展|工作进展|落实情况)\s?[：:]|已(?:全部|经)?(?:整改(?:到位|完毕|完成)?|完成整改)[。，；,;]")
_MEASURE_MARK = re.compile(r"(?<![\u4e00-\u9fff])(?:[ⅠⅡⅢⅣⅤⅥ][、.．]|[一二三四五六七八九十]{1,2}是|[（(]\d{1,2}[）)]|\d{1,2}[.、．)）](?!\d)|[①-⑳])")
_VERB_FIRST = re.compile(r"(?:全面|深入|着力|持续|进一步|切实|大力|扎实|加快|积极|不断)?(?:推|加|完|强|提|建|优|深|落|做|抓|打|开|健|规|严|改|创|实|培|发|促|保|防|筑|夯|聚|突|狠|压|拓|扩|补|坚|构|引|统|巩|畅|简|丰|营|更|配|设|制|监|整|治|增|减|降|控|督|协|争|勇|启|举|召|组建|组织开展|成立|编|印|宣传|清|查|排|树|激|净|织|稳|守|兜|办好|用好|管好|传承|弘扬|融|攻|探|转|升|盘|精|服务|关)")
_GOAL_FIRST = re.compile(r"(?:\d{4}年)?(?:工作|总体|主要|年度|发展|行动|具体|预期|阶段|量化|整改|建设|核心|重点|\d{4})")
_LAST_WORDS = re.compile(r"(?:请|望|希望|各科室|各部门|各单位|各有关|各责任|全院各|以上)")
_AIM = re.compile(r"目标(?:是|为)?[：:]|力争(?:实现|到|使|全年|今年)?|确保全年|努力(?:实现|使|达到)|到(?:20\d\d年|“?十[四五]五|今年底|年底)|预期目标")
_AGENDA = re.compile(r"(?:听取|关于|审议|研究|通报|传达|讨论|学习|审定|汇报|会议(?:听取|审议|研究|传达|通报|强调|指出|认为))")
_TASK_LABEL = re.compile(r"(?:重点)?(?:任务|工作任务|项目|事项|工作事项|重点工作|工作|任务名称|项目名称|工作名称|督办事项|议题)\s?[：:]\s?")
_FIELD_LABEL = re.compile(r"(?:工作目标|目标任务|任务目标|目标|具体措施|工作措施|主要措施|措施|工作内容|任务内容|内容|推进措施|具体内容|具体任务|主要内容|工作要求|具体举措|举措)\s?[：:]\s?")
_PROBLEM_LEAD = re.compile(r"(?:存在|发现|反馈|查摆|梳理)[^。；]{0,16}(?:问题|不足|短板|隐患)[^。；整]{0,8}[：:]$|问题如下[：:]$")
_ROLE_COLON = re.compile(r"([^\n：:。；;]{2,40}?)(?:[（(][^（）()]{1,12}[）)])?(?:[：:]|[ \u3000]+(?=[ⅠⅡⅢ①1一（(]))")
_MIN_TAIL = 14


@dataclass(slots=True)
class Reading:
    """All that the items of one document are read with, and what they give."""

    text: str
    kind: Kind
    calendar: Calendar
    rules: Rulebook
    annotations: list[Annotation]
    tasks: list[TaskDraft] = field(default_factory=list)
    targets: list[TargetDraft] = field(default_factory=list)
    inherited: dict[str, Annotation] = field(default_factory=dict)
    blocks: dict[str, Annotation] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)
    lexicon: Lexicon | None = None
    table_spans: Sequence[Span] = ()
    nodes: Sequence[Node] = ()
    node_starts: Sequence[int] = ()
    families: dict[str, bool] = field(default_factory=dict)

    def next_start(self, node: Node) -> int:
        """Return where the next heading begins."""
        k = bisect_left(self.node_starts, node.start + 1)
        return self.node_starts[k] if k < len(self.node_starts) else len(self.text)

    def closes(self, node: Node) -> bool:
        """Whether the item is a closing clause: 本责任书一式两份…, 本方案自印发之日起施行."""
        return self.rules.compiled(build_closing).act(self.text, node.content, node.line_end) is not None

    def within(self, start: int, end: int) -> list[Annotation]:
        """Return the annotations that start in ``[start, end)``."""
        return self.annotations[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def around(self, start: int, end: int) -> list[Annotation]:
        """Return the annotations that start in ``[start, end)`` and the one before."""
        return self.annotations[max(0, bisect_left(self.starts, start) - 1) : bisect_left(self.starts, end)]

    def dates(self, start: int, end: int) -> list[DateMention]:
        """Return the dates of a stretch."""
        return find_dates(self.text, self.calendar, self.rules, start, end)

    def quantities(self, start: int, end: int, dates: Sequence[DateMention], heading: DateMention | None = None) -> list[Quantity]:
        """Return the targets of a stretch: no past figures, no frequencies; ``heading`` is a date above all of it."""
        since = self.calendar.start or (f"{self.calendar.year}-01-01" if self.calendar.year else None)
        found = find_quantities(self.text, start, end, dates, self.rules, since=since, heading=heading)
        return [q for q in found if not q.past and not q.frequency]


def read_items(text: str, outline: Outline, kind: Kind, calendar: Calendar, rules: Rulebook, annotations: list[Annotation], front_end: int, table_spans: Sequence[Span]) -> Reading:
    """Return the draft tasks and targets of the outline."""
    reading = Reading(
        text, kind, calendar, rules, annotations, starts=[a.start for a in annotations], lexicon=rules.compiled(build_lexicon), table_spans=table_spans, nodes=outline.nodes, node_starts=[n.start for n in outline.nodes]
    )
    _scopes(reading, outline)
    _paragraphs(reading, [s for s in outline.front if s[0] >= front_end], None, front=True)
    for node in outline.nodes:
        if node.is_leaf:
            _leaf(reading, node)
        else:
            _lead_in(reading, node)
    return reading


def _role(node: Node) -> str | None:
    """The nearest role on the way up; an assigning ancestor right above outweighs a vague own word."""
    chain = node.up()
    lead = next((step.lead for step in reversed(chain) if step.lead), "")
    if lead and _PROBLEM_LEAD.search(lead):
        return "background"  # 经查，存在以下问题：1.…2.…
    for step in reversed(chain):
        if step is node and not step.own_line and ((step.role in ("assign", "demand") and step.parent is not None) or (step.role == "goal" and _VERB_FIRST.match(step.heading))):
            continue  # 「（二）严明工作纪律。…」 is an item, whatever words its heading holds
        if step.role is not None:
            if step.role == "goal" and len(step.heading) > 6 and not _GOAL_FIRST.match(step.heading) and any(s.role == "assign" for s in chain):
                return "assign"
            return step.role
    return None


def _scopes(reading: Reading, outline: Outline) -> None:
    """Find annotations that hold for many items: on headings with children, and those that close a block."""
    for node in outline.nodes:
        if node.children:
            for annotation in reading.within(node.content, node.children[0].start):
                if annotation.has_roles:
                    reading.inherited[node.id] = annotation
                    reading.used.add(annotation.start)
                    if annotation.own_line:
                        _lines_above(reading, node, annotation)
            if node.id not in reading.inherited:
                named = _department_heading(reading, node)
                if named is not None:
                    reading.inherited[node.id] = named
            for k, child in enumerate(node.children):
                if child.is_leaf and _has_block(reading, child):
                    _summary(reading, node.children[: k + 1], child)
            last = node.children[-1]
            if last.is_leaf:
                _closing(reading, node, last)
    tops = [n for n in outline.nodes if n.parent is None]
    for k, top in enumerate(tops):
        if top.is_leaf and k and _has_block(reading, top):
            _summary(reading, tops[: k + 1], top)


def _lines_above(reading: Reading, node: Node, first: Annotation) -> None:
    """Role lines above the items they govern: the first before the first item, the next after the last item of its run."""
    current = first
    following = [[a for a in reading.within(child.content, child.end) if a.own_line and a.has_roles and a.start > child.line_end] for child in node.children]
    if not any(following):
        return
    for child, lines in zip(node.children, following, strict=True):
        reading.blocks[child.id] = current
        if lines:
            current = lines[-1]
            reading.used.add(current.start)


def _has_block(reading: Reading, node: Node) -> bool:
    """Whether an annotation that holds for a block stands in the item."""
    return any(a.scope == "block" for a in reading.within(node.content, node.end))


def _summary(reading: Reading, family: Sequence[Node], last: Node) -> None:
    """「以上…」 after an item holds for it and those before it: all, so many, or those of a range of numbers."""
    for annotation in reading.within(last.content, last.end):
        if annotation.scope != "block" or annotation.start in reading.used:
            continue
        reach = annotation.reach(reading.text)
        reading.used.add(annotation.start)
        chosen = list(family)
        if isinstance(reach, int):
            chosen = chosen[-reach:]
        elif reach is not None:
            chosen = [n for n in reading.nodes if n.number is not None and n.number.style == (last.number.style if last.number else "") and n.start <= last.start and reach[0] <= n.number.value <= reach[1]]
            chosen = chosen[-(reach[1] - reach[0] + 1) :]
        for member in chosen:
            reading.blocks.setdefault(member.id, annotation)


def _closing(reading: Reading, node: Node, last: Node) -> None:
    """An annotation on its own line after the last item holds for the block: it says 以上…, or no item before has one there."""
    mine = reading.within(last.content, last.end)
    if not mine:
        return
    annotation = mine[-1]
    if annotation.start in reading.used:
        return
    before = [a for child in node.children[:-1] for a in reading.within(child.content, child.end)]
    open_items = any(not reading.within(child.content, child.end) for child in node.children[:-1])
    alone = annotation.own_line and len(node.children) > 1 and not any(a.own_line for a in before)
    if annotation.scope == "block" or (alone and annotation.has_roles and (not before or (open_items and len(mine) > 1) or _is_problem(node))):
        reading.blocks[node.id] = annotation
        reading.used.add(annotation.start)


def _is_problem(node: Node) -> bool:
    """Whether the section is one problem of a rectification list (问题1：…)."""
    return bool(_PROBLEM.match(node.heading)) or (node.number is not None and node.number.style == "task-word" and node.problem)


def _scope_of(reading: Reading, node: Node) -> Annotation | None:
    for step in reversed(node.up()):
        found = reading.blocks.get(step.id) or (reading.inherited.get(step.id) if step is not node else None)
        if found is not None:
            return found
    return None


def _segments(reading: Reading, node: Node) -> list[Span]:
    """The lines of a leaf: the rest of its own line, and its body."""
    first = (node.content, node.line_end)
    return [s for s in [first, *node.body] if s[0] < s[1]]


def _cut(text: str, lines: Sequence[Span], start: int, end: int, holes: Sequence[Annotation]) -> list[Span]:
    """Return the stretches of ``lines`` between ``start`` and ``end`` without annotations, trimmed."""
    parts: list[Span] = []
    first = max(0, bisect_left(holes, start, key=lambda h: h.start) - 1)
    for k in range(max(0, bisect_left(lines, (start,)) - 1), len(lines)):
        a, b = max(lines[k][0], start), min(lines[k][1], end)
        if a >= end:
            break
        while first < len(holes) and holes[first].end <= a:
            first += 1
        at = first
        while at < len(holes) and holes[at].start < b:
            hole = holes[at]
            if a < hole.start:
                parts.append((a, hole.start))
            a = max(a, hole.end)
            at += 1
        if a < b:
            parts.append((a, b))
    result = []
    for k, (a, b) in enumerate(parts):
        while a < b and text[a] in (_EDGE if k == 0 else " \u3000\n"):
            a += 1
        while b > a and text[b - 1] in " \u3000\n\v":
            b -= 1
        if a < b:
            result.append((a, b))
    return result


def _leaf(reading: Reading, node: Node) -> None:
    text = reading.text
    role = _role(node)
    own = [a for a in reading.within(node.content, node.end) if a.start not in reading.used]
    own = [a for a in own if a.has_roles or a.dates or a.placeholder]
    lines = _segments(reading, node)
    if not own and (reading.closes(node) or (node.container and node.own_line and not node.body)):
        return
    if _reported(reading, node):
        return
    if reading.nodes[-1] is node and node.body and not node.own_line:
        lines = _last_words(reading, node, lines)
    if _labelled(reading, node, lines, own):
        return
    measures = _measures(reading, node, lines)
    if measures is not None:
        _rectification(reading, node, measures, own)
        return
    if reading.kind == "report" and not any(a.labelled for a in own) and role in (None, "background"):
        own = [a for a in own if any(rule != "bare" for _, _, rule in a.names)]
    named = _named_item(reading, node)
    if named is not None and not any(a.has_roles for a in own):
        after = named.end
        of_named = _draft(reading, node, _cut(reading.text, lines, after, node.end, own), named)
        if of_named is not None:
            of_named.title = act_clause(reading.text, of_named.parts[0][0], of_named.parts[0][1], [], reading.dates(*of_named.parts[0]))
            of_named.dates = task_dates(reading.text, [d for a, b in of_named.parts for d in reading.dates(a, b)], of_named.quantities, reading.calendar)
            reading.tasks.append(of_named)
        return
    if any(a.has_roles for a in own):
        if node.number is None and _headed(reading, node):
            _paragraphs(reading, node.body, node)
            return
        if node.own_line and _several_headed(reading, node):
            _paragraphs(reading, node.body, node)
            return
        _annotated(reading, node, lines, own)
        return
    scope = _scope_of(reading, node)
    if node.parent is None and not own and scope is None and node.number is not None and node.number.style == "bullet" and any(n.rank < 9 for n in reading.nodes):
        _paragraphs(reading, lines, node)
        return
    if (role == "goal" and scope is None) or (role is None and not own and scope is None and _is_indicator_line(reading, node)):
        _goals(reading, lines, _aim_date(reading, node))
        return
    if reading.kind == "report" and role is None and scope is None:
        return
    if role in ("background", "organization"):
        if role == "background" and reading.kind in ("plan", "assignment"):
            for a, b in lines:
                _loose_aims(reading, a, b, len(reading.tasks))
        return
    if scope is not None:
        draft = _draft(reading, node, _cut(text, lines, node.content, node.end, [*own, scope]), scope)
        if draft is not None:
            reading.tasks.append(draft)
        return
    if node.number is None and not own:
        _paragraphs(reading, node.body, node)
        return
    if reading.kind in ("news", "other") and role is None and not own:
        _paragraphs(reading, lines, node)
        return
    if node.container and node.own_line and node.body and not (node.level == 1 and _VERB_FIRST.match(node.heading) and node.role == "assign"):
        _paragraphs(reading, node.body, node)
        return
    if reading.kind == "meeting" and _AGENDA.match(node.heading):
        _paragraphs(reading, lines if not node.own_line else node.body, node)
        return
    if reading.kind in ("meeting", "report") and role is None and (node.body or node.rank < 4):
        _paragraphs(reading, node.body if node.own_line and node.body else lines, node)
        return
    _plain_item(reading, node, lines, own)


def _reported(reading: Reading, node: Node) -> bool:
    """Whether the item reports a rectification (整改情况：…): its own lines, or the lead-in right above it."""
    text = reading.text
    if _REPORT_LABEL.search(text[node.line_end : node.end]) and not _MEASURE_LABEL.search(text[node.content : node.end]):
        return True
    parent = node.parent
    if parent is None or not parent.children:
        return False
    above = text[parent.content : parent.children[0].start]
    return bool(_REPORT_LABEL.search(above)) and not _MEASURE_LABEL.search(above)


def _last_words(reading: Reading, node: Node, lines: list[Span]) -> list[Span]:
    """Closing paragraphs after the last item (请各科室…) are no part of it: they are read for directives."""
    text = reading.text
    for k in range(1, len(lines)):
        a, b = lines[k]
        alone = k == 1 and not any(n.body for n in reading.nodes if n is not node and n.is_leaf)
        if text[lines[k - 1][1] - 1] in "。；;）)】" and (alone or _LAST_WORDS.match(text, a, b)) and not reading.within(a, b):
            _paragraphs(reading, lines[k:], None, front=True)
            return lines[:k]
    return lines


def _measures(reading: Reading, node: Node, lines: list[Span]) -> list[Span] | None:
    """The lines after 整改措施： in a leaf, or None where no such label stands."""
    found = _MEASURE_LABEL.search(reading.text, node.line_end, node.end)
    if found is None:
        return None
    report = _REPORT_LABEL.search(reading.text, found.end(), node.end)
    stop = report.start() if report else node.end
    return [(max(a, found.end()), min(b, stop)) for a, b in lines if b > found.end() and a < stop]


def _rectification(reading: Reading, node: Node, lines: list[Span], own: list[Annotation]) -> None:
    """The measures of a problem: one task, or one a numbered measure (一是…；二是…), with the block's annotation."""
    annotation = next((a for a in own if a.has_roles), None) or _scope_of(reading, node)
    pieces: list[list[Span]] = []
    for a, b in _cut(reading.text, lines, node.content, node.end, own):
        marks = [m.span() for m in _MEASURE_MARK.finditer(reading.text, a, b)]
        if not marks or (marks[0][0] > a + 2 and len(marks) < 2):
            if pieces and not marks:
                pieces[-1].append((a, b))
            else:
                pieces.append([(a, b)])
            continue
        for k, (_, at) in enumerate(marks):
            pieces.append(_cut(reading.text, [(at, marks[k + 1][0] if k + 1 < len(marks) else b)], at, b, own))
    many = len(pieces) > 1
    for k, parts in enumerate(p for p in pieces if p):
        draft = _draft(reading, node, parts, annotation)
        if draft is not None:
            draft.title = None
            draft.number = f"{draft.number}#{k + 1}" if many and k else draft.number
            reading.tasks.append(draft)


def _labelled(reading: Reading, node: Node, lines: list[Span], own: list[Annotation]) -> bool:
    """An item printed as a form: 「重点任务：X」, then lines 「工作目标：…」, 「具体措施：…」 and role lines: a table row by another name."""
    text = reading.text
    head = _TASK_LABEL.match(text, node.content, node.line_end)
    if head is None or not node.body:
        return False
    holes = reading.within(node.content, node.end)
    parts: list[Span] = []
    for a, b in lines[1:]:
        label = _FIELD_LABEL.match(text, a, b)
        parts += _cut(text, [(label.end() if label else a, b)], a, b, holes)
    draft = _draft(reading, node, parts or [(head.end(), node.line_end)], next((a for a in own if a.has_roles), None) or _scope_of(reading, node))
    if draft is not None:
        draft.title = text[head.end() : node.line_end].strip("。；;：: ") or None
        draft.path = (*draft.path[:-1], draft.title) if draft.title and draft.path else draft.path
        reading.tasks.append(draft)
    return True


def _headed(reading: Reading, node: Node) -> bool:
    """Whether the paragraphs under an unnumbered heading are items of their own: several, or headed themselves."""
    text = reading.text
    marked = [s for s in node.body if any(a.has_roles for a in reading.within(*s))]
    if len(marked) > 1:
        return True
    for a, b in marked:
        stop = text.find("。", a, b)
        if 0 < stop < b - 1 and stop - a <= 18 and text[stop + 1] not in "（([【" and is_heading(text[a:stop], [], (a, stop), []):
            return True
    return False


def role_free(reading: Reading, family: Sequence[Node]) -> bool:
    """Whether most bullets of a family hold nothing but quantities: 「健康档案建档率≥90%（5分），使用率不低于60%（5分）；」."""
    pure = 0
    for member in family:
        a, b = member.content, member.line_end
        if _VERB_FIRST.match(reading.text[a:b]) or member.body:
            continue
        dates = reading.dates(a, b)
        covered = sum(y - x for x, y in (q.span for q in reading.quantities(a, b, dates)))
        brackets = sum(len(m[0]) for m in re.finditer(r"[（(][^（）()]{1,10}分[）)]", reading.text[a:b]))
        pure += covered + brackets >= 0.7 * (b - a)
    return 3 * pure >= 2 * len(family)


def _several_headed(reading: Reading, node: Node) -> bool:
    """Whether two or more paragraphs of an item begin with a heading of their own, and one closes with an annotation."""
    headed = [s for s in node.body if _head_sentence(reading, *s)]
    return len(headed) >= 2 and any(n.has_roles for s in headed for n in reading.within(*s))


def _is_indicator_line(reading: Reading, node: Node) -> bool:
    """Whether the item is 「指标：数值」 and so are its neighbours."""
    bullet = node.number is not None and node.number.style == "bullet"
    if node.body or (not bullet and not _INDICATOR_LINE.match(reading.text[node.content : node.line_end])):
        return False
    key = node.parent.id if node.parent else node.id
    if key not in reading.families:
        reading.families[key] = _family_of_aims(reading, node)
    return reading.families[key]


def _family_of_aims(reading: Reading, node: Node) -> bool:
    family = node.parent.children if node.parent else [node]
    if node.number is not None and node.number.style == "bullet" and role_free(reading, family):
        return True
    alike = sum(_INDICATOR_LINE.match(reading.text[n.content : n.line_end]) is not None for n in family)
    return 3 * alike >= 2 * len(family)


def _aim_date(reading: Reading, node: Node) -> DateMention | None:
    """The date that heads a list of aims: 「到2026年底，实现以下目标：」, 「2025年目标」."""
    text = reading.text
    for step in reversed(node.up()):
        stretches = [(step.content, step.head_end)]
        if step.children:
            stretches += [s for s in step.body if s[1] <= step.children[0].start and text[s[1] - 1] in "：:"]
        for a, b in reversed(stretches):
            found = [d for d in reading.dates(a, b) if d.end and not d.quoted and d.kind in ("in", "by", "range")]
            if found and not (step.is_leaf and step is node and not step.own_line):
                return found[-1]
        if step.role == "goal":
            break
    return None


def _goals(reading: Reading, lines: Sequence[Span], heading: DateMention | None = None) -> None:
    for k, (a, b) in enumerate(lines):
        dates = reading.dates(a, b)
        if k + 1 < len(lines) and reading.text[b - 1] in "：:" and dates:
            heading = dates[-1]
            continue
        for quantity in reading.quantities(a, b, dates, heading):
            reading.targets.append(TargetDraft(quantity))


def _lead_in(reading: Reading, node: Node) -> None:
    """A lead-in paragraph above items is no task; its quantities are aims of the whole plan where the section has aims."""
    if _role(node) in ("background", "organization") or reading.kind in ("news", "report"):
        return
    if _role(node) == "goal" or node.role == "assign":
        _goals(reading, [s for s in node.body if s[1] <= node.children[0].start])


def _annotated(reading: Reading, node: Node, lines: list[Span], own: list[Annotation]) -> None:
    """One task an annotation; its text runs from the annotation before it."""
    text = reading.text
    start = node.content
    holes = reading.within(node.content, node.end)
    drafts: list[TaskDraft] = []
    leading: Annotation | None = None
    for annotation in own:
        parts = _cut(text, lines, start, annotation.start, holes)
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
        draft = _draft(reading, node, parts, annotation)
        if draft is not None:
            drafts.append(draft)
    rest = _cut(text, lines, start, node.end, holes)
    if rest and leading is not None:
        draft = _draft(reading, node, rest, leading)
        if draft is not None:
            drafts.append(draft)
    elif rest and not (reading.kind == "plan" and _past(reading, rest)) and sum(b - a for a, b in rest) >= _MIN_TAIL and _tail_is_task(reading, rest):
        draft = _draft(reading, node, rest, None)
        if draft is not None:
            drafts.append(draft)
    reading.tasks += _numbered_parts(drafts)


def _before_text(reading: Reading, lines: Sequence[Span], annotation: Annotation, node: Node, holes: Sequence[Annotation]) -> bool:
    """Whether text of the item follows an annotation that nothing of it precedes."""
    return bool(_cut(reading.text, lines, annotation.end, node.end, holes))


def _join(draft: TaskDraft | Annotation, annotation: Annotation) -> None:
    draft.names += annotation.names
    draft.people += annotation.people
    draft.dates = annotation.dates or draft.dates


def _named_item(reading: Reading, node: Node) -> Annotation | None:
    """An item that opens with who does it: 「（一）信息中心：6月底前…」, 「门诊部、收费处：…」."""
    text = reading.text
    if node.own_line or node.head_end >= node.line_end or text[node.head_end] not in "：:" or node.head_end - node.content > 30:
        return None
    forms = reading.rules.compiled(build_forms)
    spans = split_names(text, node.content, node.head_end, reading.rules)
    if not spans or not all(forms.is_known(text[a:b]) or forms.is_group(text[a:b]) for a, b in spans):
        return None
    return Annotation(node.content, node.head_end + 1, names=[("responsible", s, "item.named") for s in spans])


def text_name(heading: str) -> str:
    """Return a heading without the marks around a name."""
    return heading.strip("：: 【】[]〔〕")


def _department_heading(reading: Reading, node: Node) -> Annotation | None:
    """A department as heading (「医务科」, 「（一）护理部：」) answers for the items below it."""
    name = text_name(node.heading)
    forms = reading.rules.compiled(build_forms)
    at = reading.text.find(name, node.content, node.line_end) if name else -1
    if at < 0 or not 2 <= len(name) <= 16 or not forms.is_known(name) or not node.own_line:
        return None
    return Annotation(at, at + len(name), names=[("responsible", (at, at + len(name)), "heading.department")])


def _tail_is_task(reading: Reading, parts: Sequence[Span]) -> bool:
    return any(reading.lexicon is not None and reading.lexicon.concrete.search(reading.text, a, b) for a, b in parts)


def _numbered_parts(drafts: list[TaskDraft]) -> list[TaskDraft]:
    for k, draft in enumerate(drafts):
        if k:
            draft.number = f"{draft.number}#{k + 1}"
            draft.title = drafts[0].title
    return drafts


def _plain_item(reading: Reading, node: Node, lines: list[Span], own: list[Annotation]) -> None:
    """A numbered item without annotation: one task, or one an actor where its sentences give several their acts."""
    parts = _cut(reading.text, lines, node.content, node.end, own)
    if not parts:
        return
    start, end = parts[0][0], parts[-1][1]
    dates = reading.dates(start, end)
    statements = find_statements(reading.text, start, end, dates, reading.rules)
    staged = _stage(reading, node, dates)
    if not staged:
        several = acts_of(reading.text, start, end, statements)
        if len(several) > 1:
            drafts = [d for a, b in parts for d in find_directives(reading.text, a, b, reading.calendar, reading.rules, lenient=True) if d.names or d.people]
            if len(drafts) > 1:
                for draft in drafts:
                    draft.path = tuple(step.heading for step in node.up() if step.heading)
                    draft.number = number_of(node, reading.text)
                reading.tasks += _sentence_numbers(drafts)
                return
    role = _role(node)
    if role == "demand" and not _concrete(reading, parts):
        return
    if role is None and node.number is not None and node.number.style == "bullet" and _past(reading, parts):
        return
    if not node.body and node.own_line and _has_table(reading, node):
        return
    if node.level == 1 and role is None and node.own_line and node.body and not _VERB_FIRST.match(node.heading):
        _paragraphs(reading, node.body, node)
        return
    if reading.kind in ("meeting", "report", "news") and not _concrete(reading, parts):
        return
    item = _draft(reading, node, parts, None, [] if staged else statements)
    if item is None:
        return
    for annotation in own:
        item.dates = annotation.dates or item.dates
    reading.tasks.append(item)


def _sentence_numbers(drafts: list[TaskDraft]) -> list[TaskDraft]:
    for k, draft in enumerate(drafts):
        if k:
            draft.number = f"{draft.number}#{k + 1}"
    return drafts


def _past(reading: Reading, parts: Sequence[Span]) -> bool:
    """Whether the text reports what was done and asks for nothing."""
    lexicon = reading.lexicon
    assert lexicon is not None
    said = "".join(reading.text[a:b] for a, b in parts)
    return lexicon.past.search(said) is not None and lexicon.modal.search(said) is None


def _concrete(reading: Reading, parts: Sequence[Span]) -> bool:
    lexicon = reading.lexicon
    assert lexicon is not None
    said = "".join(reading.text[a:b] for a, b in parts)
    return lexicon.concrete.search(said) is not None and lexicon.past.search(said) is None


def _stage(reading: Reading, node: Node, dates: Sequence[DateMention]) -> bool:
    """Whether the item is a dated stage: its dates give no role to the actors in its sentences (rule 10)."""
    heading_end = node.head_end
    return bool(_STAGE.search(node.heading)) or any(d.span[1] <= heading_end and d.kind in ("range", "in") and reading.text[d.span[1] : d.span[1] + 1] in "）)" for d in dates)


def _has_table(reading: Reading, node: Node) -> bool:
    """Whether a table stands under the heading."""
    k = bisect_left(reading.table_spans, (node.line_end,))
    return k < len(reading.table_spans) and reading.table_spans[k][0] < reading.next_start(node)


def _draft(reading: Reading, node: Node, parts: list[Span], annotation: Annotation | None, statements: Sequence[Statement] | None = None) -> TaskDraft | None:
    """Return the draft of one item, or of one part of it."""
    if not parts:
        return None
    text = reading.text
    dates = [d for a, b in parts for d in reading.dates(a, b)]
    draft = TaskDraft(parts, number=number_of(node, text), source="annotation" if annotation and annotation.has_roles else "heading")
    if statements is None:
        statements = [] if annotation else find_statements(text, parts[0][0], parts[-1][1], dates, reading.rules)
    draft.quantities = [q for a, b in parts for q in reading.quantities(a, b, [d for d in dates if a <= d.span[0] < b])]
    bracketed = _heading_date(reading, node, dates)
    draft.title = _title(reading, node, dates, statements, bracketed)
    draft.path = tuple(step.heading for step in node.up()[:-1] if step.heading) + ((draft.title,) if draft.title else ())
    if annotation is not None and annotation.has_roles:
        draft.names, draft.people = list(annotation.names), list(annotation.people)
        draft.confidence = 0.98
    else:
        lexicon = reading.lexicon
        assert lexicon is not None
        live = [s for s in statements if _counts(text, s, parts, dates, lexicon)]
        draft.names, draft.people = resolve(live)
        for s in live:
            if s.how in ("together", "leadwith"):
                draft.names += [("support", span, "prose.together") for span in partners(text, s, parts[-1][1], reading.rules)]
        draft.confidence = 0.9
    if annotation is not None and annotation.dates:
        draft.dates = list(annotation.dates)
    elif bracketed is not None:
        draft.dates = [bracketed]
    else:
        draft.dates = task_dates(text, dates, draft.quantities, reading.calendar) or _month_of(reading, node)
    return draft


def _month_of(reading: Reading, node: Node) -> list[DateMention]:
    """The month that an item is printed under: 「3月：…」."""
    for step in reversed(node.up()):
        number = step.number
        if number is not None and number.style in ("month", "quarter"):
            found = reading.dates(number.start, number.end)
            return found[:1]
    return []


def _counts(text: str, statement: Statement, parts: Sequence[Span], dates: Sequence[DateMention], lexicon: Lexicon) -> bool:
    """Whether an actor in the prose of an item gets a role: told to (要), at the item's head, or by a time."""
    if statement.how == "modal":
        return _binding(text, statement, parts, dates, lexicon)
    if statement.how == "subject":
        stop = min((i for i in (text.find(c, statement.end, parts[-1][1]) for c in "。；;") if i >= 0), default=parts[-1][1])
        return statement.start == parts[0][0] or any(statement.end <= d.span[0] < stop for d in dates)
    return True


def _binding(text: str, statement: Statement, parts: Sequence[Span], dates: Sequence[DateMention], lexicon: Lexicon) -> bool:
    """「X要…」 binds X where the act is concrete, not where it asks for an attitude."""
    stop = min((i for i in (text.find(c, statement.end, parts[-1][1]) for c in "。；;") if i >= 0), default=parts[-1][1])
    said = text[statement.end : stop]
    if any(statement.end <= d.span[0] < stop for d in dates):
        return True
    found, vague = lexicon.concrete.search(said), lexicon.attitude.search(said)
    return found is not None and (vague is None or found.start() < vague.start())


def _heading_date(reading: Reading, node: Node, dates: Sequence[DateMention]) -> DateMention | None:
    """The bracket of dates after a heading: 启动阶段（2024年3月—5月）."""
    for d in dates:
        if node.content <= d.span[0] and d.span[1] <= node.head_end and reading.text[d.span[0] - 1] in "（([【" and reading.text[d.span[1] : d.span[1] + 1] in ("）", ")", "]", "】"):
            return d
    return None


def _title(reading: Reading, node: Node, dates: Sequence[DateMention], statements: Sequence[Statement], bracketed: DateMention | None) -> str | None:
    text = reading.text
    holes = reading.within(node.content, node.end)
    head_end = node.head_end
    for hole in holes:
        head_end = min(head_end, hole.start)
    heading = text[node.content : head_end].strip()
    closed = (node.head_end < node.line_end and head_end > node.content and bool(_cut(text, _segments(reading, node), min(node.head_end + 1, node.end), node.end, holes))) or (node.own_line and bool(node.body) and not _only_annotation(reading, node))
    if closed and head_end == node.head_end and is_heading(heading, statements, (node.content, head_end), dates):
        return trim_title(heading, bracketed is not None)
    if node.own_line and node.body and len(heading) <= 45 and not _only_annotation(reading, node):
        return trim_title(heading, bracketed is not None)
    lines = _cut(text, _segments(reading, node), node.content, node.end, holes)
    if not lines:
        return None
    if (node.number is None and not node.body) or (node.number is not None and node.number.style in ("month", "quarter")):
        return None
    return act_clause(text, lines[0][0], lines[0][1], statements, dates)


def _only_annotation(reading: Reading, node: Node) -> bool:
    """Whether nothing but annotations stands below the heading line."""
    return not _cut(reading.text, node.body, node.line_end, node.end, reading.within(node.content, node.end))


def _paragraphs(reading: Reading, lines: Sequence[Span], node: Node | None, *, front: bool = False) -> None:
    """Unnumbered paragraphs: annotated ones are tasks, others are read for directives."""
    text = reading.text
    if not lines:
        return
    role = _role(node) if node else None
    path = tuple(step.heading for step in node.up() if step.heading) if node else ()
    lenient = reading.kind in ("plan", "assignment") and role in ("assign", "demand")
    pending: list[Span] = []
    for a, b in lines:
        own = [n for n in reading.within(a, b) if n.has_roles and n.start not in reading.used]
        covering = [n for n in reading.around(a, b) if n.start < b and a < n.end and n.start not in reading.used] if not own else []
        if covering and not own:
            continue
        if own:
            start = a
            first: TaskDraft | None = None
            for annotation in own:
                parts = _cut(text, [*pending, (a, b)], pending[0][0] if pending and annotation.start <= a + 1 else start, annotation.start, own)
                start = annotation.end
                pending = []
                if parts:
                    draft = _paragraph_draft(reading, parts, annotation, path, node)
                    if first is not None and draft.title is None:
                        draft.title, draft.path = first.title, first.path
                    first = first or draft
                    reading.tasks.append(draft)
            rest = _cut(text, [(a, b)], start, b, own)
            if rest:
                _directives(reading, rest, path, lenient, role, front)
            continue
        named = _named_paragraph(reading, a, b)
        if named is not None and role not in ("background", "organization"):
            _measures_of(reading, named, a, b, path, node)
            pending = []
            continue
        pending = [(a, b)]
        if node is not None and not front and role not in ("background", "organization", "goal") and _is_headed_item(reading, node, a, b):
            reading.tasks.append(_paragraph_draft(reading, [(a, b)], None, path, node))
            continue
        following = [n for n in reading.around(b, b + 4) if n.has_roles and b <= n.start <= b + 3]
        if not following:
            _directives(reading, [(a, b)], path, lenient, role, front)


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


def _measures_of(reading: Reading, named: Annotation, start: int, end: int, path: tuple[str, ...], node: Node | None) -> None:
    """The numbered measures of a named paragraph, each a task; one task where nothing is numbered."""
    text = reading.text
    marks = [m.span() for m in _MEASURE_MARK.finditer(text, named.end, end)]
    bounds = [(at, marks[k + 1][0] if k + 1 < len(marks) else end) for k, (_, at) in enumerate(marks)] if marks else [(named.end, end)]
    for k, (a, b) in enumerate(bounds):
        parts = _cut(text, [(a, b)], a, b, [])
        if not parts or parts[0][1] - parts[0][0] < 4:
            continue
        draft = _paragraph_draft(reading, parts, named, path, node)
        draft.title = None
        if k:
            draft.number = f"{draft.number}#{k + 1}"
        reading.tasks.append(draft)


def _is_headed_item(reading: Reading, node: Node, start: int, end: int) -> bool:
    """Whether a paragraph is an unnumbered item: 「标题。正文」 beside others that are annotated or headed so."""
    if reading.kind not in ("plan", "assignment"):
        return False
    if not _head_sentence(reading, start, end):
        return False
    family = [s for s in node.body if s != (start, end)]
    alike = [s for s in family if _head_sentence(reading, *s)]
    marked = any(n.has_roles for s in node.body for n in reading.within(*s))
    return bool(alike) and (marked or len(alike) == len(family)) and _concrete(reading, [(start, end)])


def _head_sentence(reading: Reading, start: int, end: int) -> bool:
    stop = reading.text.find("。", start, min(end, start + 24))
    return 0 < stop < end - 8 and is_heading(reading.text[start:stop], [], (start, stop), [])


def _paragraph_draft(reading: Reading, parts: list[Span], annotation: Annotation | None, path: tuple[str, ...], node: Node | None) -> TaskDraft:
    dates = [d for a, b in parts for d in reading.dates(a, b)]
    draft = TaskDraft(parts, path=path, number=number_of(node, reading.text) if node else "", confidence=0.93)
    if annotation is None:
        statements = find_statements(reading.text, parts[0][0], parts[-1][1], dates, reading.rules)
        draft.names, draft.people = resolve([s for s in statements if s.how != "modal"])
        draft.source, draft.confidence = "heading", 0.85
    else:
        draft.names, draft.people = list(annotation.names), list(annotation.people)
    draft.quantities = [q for a, b in parts for q in reading.quantities(a, b, [d for d in dates if a <= d.span[0] < b])]
    draft.dates = list(annotation.dates if annotation else ()) or task_dates(reading.text, dates, draft.quantities, reading.calendar)
    first = parts[0]
    stop = reading.text.find("。", first[0], first[1])
    if 0 < stop < first[1] - 1 and is_heading(reading.text[first[0] : stop], [], (first[0], stop), dates):
        draft.title = trim_title(reading.text[first[0] : stop], False)
        draft.path = (*path, draft.title)
    return draft


def _loose_aims(reading: Reading, start: int, end: int, since: int = 0) -> None:
    """Aims of the whole plan said in running text: 「到2025年底，A达到…」, outside every task."""
    text = reading.text
    taken = [(d.parts[0][0], d.parts[-1][1]) for d in reading.tasks[since:]]
    for a, b in sentences(text, start, end):
        cue = _AIM.search(text, a, b)
        if cue is None or any(x < b and a < y for x, y in taken):
            continue
        dates = reading.dates(a, b)
        for quantity in reading.quantities(a, b, dates):
            if quantity.span[0] >= cue.start() - 1:
                reading.targets.append(TargetDraft(quantity))


def _directives(reading: Reading, lines: Sequence[Span], path: tuple[str, ...], lenient: bool, role: str | None, front: bool) -> None:
    if role in ("background", "organization"):
        return
    if role == "goal":
        _goals(reading, lines)
        return
    for a, b in lines:
        since = len(reading.tasks)
        for draft in find_directives(reading.text, a, b, reading.calendar, reading.rules, lenient=lenient):
            if front and reading.kind in ("plan", "assignment") and not (draft.names or draft.people):
                continue
            draft.path = path
            reading.tasks.append(draft)
        if reading.kind != "news":
            _loose_aims(reading, a, b, since)
