"""Annotations that hold for many items: on headings, above or below a run of items, closing a block (rule 4)."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.catalogue import build_forms, split_people
from planparse.catalogue.persons import build_people
from planparse.expressions import expression
from planparse.extract.annotation import SUMMARY, Annotation
from planparse.extract.annotation_grammar import parse_annotation
from planparse.extract.reading import Reading
from planparse.extract.roles import RoleWords, build_led, build_roles
from planparse.segment.nodes import Node, Outline

#: 【医务科】, 护理部：, 心内科（主任：许诺）
_NAMED = expression(
    r"[【\[〔 ]{0,2}([^\s：:，,。、（()）【】〔〕\[\]]{2,16})[】\]〕]?(?:[（(][^（）()\n]{2,60}[）)])?[ \u3000]?[：:]?[ \u3000]?"
)
#: what a heading that names departments calls the items below it: 由医务科牵头|的工作
_WORK_OF = expression(
    r"的?(?:重点|主要|具体|有关|相关)?(?:工作|任务|事项|项目|措施|内容|指标|职责)(?:任务|事项|清单)?$"
)
_LONGEST_HEADING = 60
_LONGEST_TITLE = 20
#: an office behind a name: 陆时雨（副院长，分管医疗、护理）包抓
_LONGEST_OFFICE = 24
_STOPS = "。；;，,"
_JOINTS = "由以下并共同及和与的为 \u3000、，,；;"
_PROBLEM = expression(r"(?:关于|对|针对)?.{0,40}问题")


def find_scopes(reading: Reading, outline: Outline) -> None:
    """Find annotations that hold for many items: on headings with children, and those that close a block."""
    blocks = any(a.scope == "block" for a in reading.annotations)
    for node in outline.nodes:
        if node.children:
            for annotation in reading.within(node.content, node.children[0].start):
                if annotation.has_roles:
                    reading.inherited[node.id] = annotation
                    reading.used.add(annotation.start)
                    if annotation.own_line:
                        _lines_above(reading, node, annotation)
            above = reading.inherited.get(node.id)
            led = _leader_heading(reading, node) if above is None else None
            if led is not None:
                reading.inherited[node.id] = above = led
            if above is None or not above.names:
                named = _department_heading(reading, node)
                if named is not None:
                    named.people = above.people if above is not None else named.people
                    reading.inherited[node.id] = named
            for k, child in enumerate(node.children if blocks else ()):
                if child.is_leaf and _has_block(reading, child):
                    _summary(reading, node.children[: k + 1], child)
            last = node.children[-1]
            if last.is_leaf:
                _closing(reading, node, last)
    tops = [n for n in outline.nodes if n.parent is None]
    for k, top in enumerate(tops if blocks else ()):
        if top.is_leaf and k and _has_block(reading, top):
            _summary(reading, tops[: k + 1], top)


def _lines_above(reading: Reading, node: Node, first: Annotation) -> None:
    """Role lines above the items they govern: the first before the first item, the next after the last item of its run."""
    current = first
    following = [
        [
            a
            for a in reading.within(child.content, child.end)
            if a.own_line and a.has_roles and a.start > child.line_end
        ]
        for child in node.children
    ]
    if not any(following) or following[-1]:
        return  # lines after the last item are its own, and so are those after the others
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
            style = _style_of_items(reading, last)
            named = [
                n
                for n in reading.nodes
                if n.number is not None
                and n.number.style == style
                and n.start <= last.start
                and n.number.value in reach
            ]
            chosen = named[-len(reach) :]
        for member in chosen:
            reading.blocks.setdefault(member.id, annotation)


def _style_of_items(reading: Reading, last: Node) -> str:
    """Return how the items are numbered that a line below them counts; a section that does nothing else counts those before it."""
    before = [n for n in reading.nodes if n.is_leaf and n.number is not None and n.start < last.start]
    deeper = bool(before) and before[-1].level > last.level
    if not last.own_line or not (assigns_only(reading, last) or (deeper and last.body)):
        return last.number.style if last.number else ""
    return before[-1].number.style if before and before[-1].number is not None else ""


def assigns_only(reading: Reading, node: Node) -> bool:
    """Whether a section says nothing but who does which of the items before it: 「二、分工」 above 「第1、2项由总务科牵头；…」."""
    if (
        not node.own_line
        or not node.body
        or reading.text[node.line_end - 1] in _STOPS
        or node.line_end - node.content > _LONGEST_TITLE
    ):
        return False
    own = [a for a in reading.within(node.content, node.end) if a.rule == SUMMARY]
    return bool(own) and all(any(a.start <= s and e <= own[-1].end + 1 for a in own) for s, e in node.body)


def _closing(reading: Reading, node: Node, last: Node) -> None:
    """An annotation on its own line after the last item holds for the block: it says 以上…, or no item before has one there."""
    mine = reading.within(last.content, last.end)
    if not mine:
        return
    annotation = mine[-1]
    if annotation.start in reading.used:
        return
    alone = annotation.own_line and annotation.has_roles and node.id not in reading.inherited
    if annotation.scope == "block" or (alone and _stands_alone(reading, node, several=len(mine) > 1)):
        reading.blocks[node.id] = annotation
        reading.used.add(annotation.start)


def _stands_alone(reading: Reading, node: Node, *, several: bool) -> bool:
    """Whether no item before the last has an annotation like the one below it; ``several``: the last item has others as well."""
    before = [reading.within(child.content, child.end) for child in node.children[:-1]]
    if not before or any(a.own_line for own in before for a in own):
        return False
    return not any(before) or (several and not all(before)) or _is_problem(node)


def _is_problem(node: Node) -> bool:
    """Whether the section is one problem of a rectification list (问题1：…)."""
    return bool(_PROBLEM.match(node.heading)) or node.problem


def scope_of(reading: Reading, node: Node) -> Annotation | None:
    """Return the annotation of a heading or block above the item, the innermost."""
    for step in reversed(node.up()):
        found = reading.blocks.get(step.id) or (reading.inherited.get(step.id) if step is not node else None)
        if found is not None:
            return found
    return None


def _department_heading(reading: Reading, node: Node) -> Annotation | None:
    """A department as heading (「医务科」, 「（一）护理部：」, 「由医务科牵头的工作」) answers for the items below it."""
    text, rules = reading.text, reading.rules
    found = _NAMED.fullmatch(text, node.content, node.line_end)
    if found is not None and rules.compiled(build_forms).is_known(found[1]):
        return Annotation(*found.span(1), names=[("responsible", found.span(1), "heading.department")])
    if not node.own_line or node.line_end - node.content > _LONGEST_HEADING:
        return None
    words = rules.compiled(build_roles)
    end = node.line_end - (text[node.line_end - 1] in "：:")
    of = _WORK_OF.search(text, node.content, end)
    end = of.start() if of else end
    if words.suffix.search(text, node.content, end) is None:
        return None
    said = parse_annotation(text, node.content, end, reading.calendar, rules, words, strict=True)
    if said is None or not said.names or not _is_all(text, node.content, end, said, words):
        return None
    return said


def _leader_heading(reading: Reading, node: Node) -> Annotation | None:
    """A heading that names who leads the items below it: 「一、党委书记宁秋白包抓」, 「陆时雨（副院长）分管的工作」."""
    text, rules = reading.text, reading.rules
    if not node.own_line or node.line_end - node.content > _LONGEST_HEADING:
        return None
    said = rules.compiled(build_led).search(text, node.content, node.line_end)
    if said is None:
        return None
    people = rules.compiled(build_people)
    led = split_people(text, node.content, said.start("said"), rules)
    if not led or not all(people.is_named(text[slice(*person.name)]) for person in led):
        return None
    if led[-1].name[1] < said.start("said") - _LONGEST_OFFICE:
        return None
    return Annotation(node.content, node.line_end, people=led)


def _is_all(text: str, start: int, end: int, said: Annotation, words: RoleWords) -> bool:
    """Whether a heading says nothing but who bears which role."""
    rest, at = [], start
    for a, b in sorted(span for _, span, _ in said.names):
        rest.append(text[at:a])
        at = b
    rest.append(text[at:end])
    return not any(words.suffix.sub("", part).strip(_JOINTS) for part in rest)
