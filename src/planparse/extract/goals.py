"""Aims of the whole plan: indicator lines, lead-ins, and what running text says of the years to come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.actors import find_statements
from planparse.extract.dates import DateMention
from planparse.extract.drafts import TargetDraft
from planparse.extract.numerals import YEAR
from planparse.extract.quantity_words import build_words
from planparse.extract.reading import Reading, role_of
from planparse.model import Span
from planparse.segment.nodes import Node
from planparse.segment.sentences import sentences

_INDICATOR_LINE = expression(
    r"^([^，,。；;：:]{2,32})(?:[：:]|(?=[≥≤＜＞<>]))\s?[^，,。；;：:]{0,14}(?:\d|[一二三四五六七八九十百]+[名个项%]|全覆盖|百分之)"
)
#: among aims, an item that says one of these is work given out
CHARGES = frozenset({"lead", "leadwith", "charge", "share"})
#: so many such lines are a list, where most say how the value is meant
_FEWEST_AIMS = 2
#: what may stand before the act behind a colon: 健康科普：全年|开展讲座50场
_BEFORE_ACT = expression(r"\s?(?:全年|年内|今年|本年度|每年|年度|计划|预计|力争|拟|共|累计|继续|重点)?")
_COMPARED = expression(
    r"[：:][^，,。；;：:]{0,10}(?:[≥≤＞＜><]|不[低高少多大小超]|[高低大小]于|以[上下内]|左右|控制|达到|提[高升]|[下升]?降|增|\d[\d.%]{0,6}\s?[—–~～至])|以[上下内]$|左右$"
)
#: as nothing but an aim is printed
_SET = expression(r"[≥≤＞＜><]|不[低高少多大小超]|以[上下内]|控制在")
#: in a heading it says no more than the title: 今年主要指标
_THIS_YEAR = ("今年", "本年", "本年度", "下年度", "下一年度", "下一年", "明年", "来年")
_AIM = expression(
    r"目标(?:(?:是|为)[：:]?|[：:])|计划(?:新建|新增|建成|培养|引进|完成)|将(?:达到?|提[高升]到|新[建增]|增[加至]|降[至到低])|力争(?:实现|到|使|全年|今年)?|确保全年|努力(?:实现|使|达到)|到(?:"
    + YEAR
    + r"年|“?十[四五]五|(?:今年|明年)?年?底|\d{1,2}月底|[一二三四]季度末)|预期目标|按照?[^，,。；]{0,4}目标[，,]"
)

#: 核心目标：漏报率0%…, the line above the items of a section
_CALLED_LINE = expression(
    r"[【\[]?(?:核心|工作|总体|具体|年度|全年|主要|预期|量化|质量|阶段|建设)?(?:目标|指标)(?:值|任务|要求)?[】\]]?[：:]"
)
_CALLED_AIM = expression(r"目标(?:任务)?(?:(?:是|为)[：:]?|[：:])|按照?[^，,。；]{0,4}目标[，,]")


def _role_free(reading: Reading, family: Sequence[Node]) -> bool:
    """Whether most bullets of a family hold nothing but quantities: 「健康档案建档率≥90%（5分），使用率不低于60%（5分）；」."""
    pure = 0
    for member in family:
        a, b = member.content, member.line_end
        if reading.lexicon.opening.match(reading.text[a:b]) or member.body:
            continue
        dates = reading.dates(a, b)
        covered = sum(y - x for x, y in (q.span for q in reading.quantities(a, b, dates)))
        brackets = sum(len(m[0]) for m in re.finditer(r"[（(][^（）()]{1,10}分[）)]", reading.text[a:b]))
        pure += covered + brackets >= 0.7 * (b - a)
    return 3 * pure >= 2 * len(family)


def is_indicator_line(reading: Reading, node: Node) -> bool:
    """Whether the item is 「指标：数值」 and so are its neighbours."""
    bullet = node.number is not None and node.number.style == "bullet"
    if node.body or (not bullet and not _is_line(reading, node)):
        return False
    if (
        not bullet
        and any(d.kind in ("by", "in") for d in reading.dates(node.content, node.line_end))
        and find_statements(reading.text, node.content, node.line_end, (), reading.rules)
    ):
        return False  # 远程会诊：信息股5月底前接通平台
    key = node.parent.id if node.parent else node.id
    if key not in reading.families:
        reading.families[key] = _family_of_aims(reading, node)
    return reading.families[key]


def _is_line(reading: Reading, node: Node) -> bool:
    """Whether an item reads 「平均住院日：≤8天」, and not 「控烟行动：建设无烟单位20家」, where the words behind the colon name an act."""
    text, end = reading.text, node.line_end
    line = _INDICATOR_LINE.match(text[node.content : end])
    if line is None:
        return False
    words = reading.rules.compiled(build_words)
    colon = node.content + line.end(1)
    if text.endswith(words.measures, node.content, colon):
        return True
    lead = _BEFORE_ACT.match(text, colon + 1, end)
    at = lead.end() if lead is not None else colon + 1
    for date in reading.dates(node.content, end):
        if at <= date.span[0] <= at + 1:
            at = date.span[1]
    act = words.verb.match(text, at, end)
    return act is None or words.verbs[act[0]] not in ("make", "act")


def _family_of_aims(reading: Reading, node: Node) -> bool:
    family = node.parent.children if node.parent else [node]
    if node.number is not None and node.number.style == "bullet" and _role_free(reading, family):
        return True
    alike = sum(_is_line(reading, n) for n in family)
    return 3 * alike >= 2 * len(family)


def aim_date(reading: Reading, node: Node) -> DateMention | None:
    """The date that heads a list of aims: 「到2026年底，实现以下目标：」, 「2025年目标」."""
    text = reading.text
    for step in reversed(node.up()):
        stretches = [(step.content, step.head_end)]
        if step.children:
            stretches += [s for s in step.body if s[1] <= step.children[0].start and text[s[1] - 1] in "：:"]
        for a, b in reversed(stretches):
            found = [
                d
                for d in reading.dates(a, b)
                if d.end and not d.quoted and d.kind in ("in", "by", "range") and d.text not in _THIS_YEAR
            ]
            if found and not (step.is_leaf and step is node and not (step.own_line and step.body)):
                return found[-1]
        if step.role == "goal":
            break
    return None


def read_goals(reading: Reading, lines: Sequence[Span], heading: DateMention | None = None) -> None:
    """Add the quantities of lines as aims of the whole plan; a line that ends in a colon dates those below it."""
    for k, (a, b) in enumerate(lines):
        dates = reading.dates(a, b)
        if k + 1 < len(lines) and reading.text[b - 1] in "：:" and dates:
            heading = dates[-1]
            continue
        for quantity in reading.quantities(a, b, dates, heading):
            reading.targets.append(TargetDraft(quantity))


def without_aim_lines(reading: Reading, lines: Sequence[Span]) -> list[Span]:
    """Read 「平均住院日：≤8天」, two lines or more one below the other, most with a comparator, as aims; return the other lines.

    A line that says who answers for it is left; where nothing calls the document a plan, only signs and words that
    set a limit are comparators.
    """
    compared = _COMPARED if reading.kind in ("plan", "assignment") else _SET
    kept: list[Span] = []
    run: list[Span] = []
    for line in [*lines, (0, 0)]:
        if (
            line != (0, 0)
            and _INDICATOR_LINE.match(reading.text[slice(*line)])
            and not any(a.start < line[1] and line[0] < a.end for a in reading.around(*line))
            and not is_charged(reading, *line)
        ):
            run.append(line)
            continue
        if len(run) >= _FEWEST_AIMS and 2 * sum(
            compared.search(reading.text, a, b) is not None for a, b in run
        ) > len(run):
            read_goals(reading, run)
        else:
            kept += run
        run = []
        if line != (0, 0):
            kept.append(line)
    return kept


def is_charged(reading: Reading, start: int, end: int) -> bool:
    """Whether a line among aims says who answers for it: it is work given out."""
    if reading.text.find("负责", start, end) < 0 and reading.text.find("牵头", start, end) < 0:
        return False
    said = find_statements(reading.text, start, end, reading.dates(start, end), reading.rules)
    return any(statement.how in CHARGES for statement in said)


def read_lead_in(reading: Reading, node: Node) -> None:
    """A lead-in paragraph above items is no task; its quantities are aims of the whole plan where the section has aims."""
    lines = [s for s in node.body if s[1] <= node.children[0].start]
    if not lines or reading.kind in ("news", "report"):
        return
    role = role_of(reading, node)
    if role == "goal" or (node.role == "assign" and role not in ("background", "organization")):
        read_goals(reading, lines)
    elif role not in ("background", "organization"):
        for a, b in lines:
            called = _CALLED_LINE.search(reading.text, a, b)
            if called is not None and (called.start() == a or reading.text[called.start() - 1] in "，,。；;"):
                read_goals(reading, [(called.end(), b)])


def _is_quoted_from(text: str, start: int, at: int) -> bool:
    """Whether the words at ``at`` are quoted from another text: 国家印发《…》，提出“到2030年吸烟率下降到20%”."""
    mark = text.rfind("“", start, at)
    return mark > text.rfind("”", start, at) and text.find("》", start, mark) > 0


def read_loose_aims(reading: Reading, start: int, end: int, since: int = 0) -> None:
    """Aims of the whole plan said in running text: 「到2025年底，A达到…」, outside every task; of news only what it calls aims."""
    aim = _CALLED_AIM if reading.kind == "news" else _AIM
    text = reading.text
    taken = [(d.parts[0][0], d.parts[-1][1]) for d in reading.tasks[since:]]
    for a, b in sentences(text, start, end):
        cue = aim.search(text, a, b)
        if cue is None or any(x < b and a < y for x, y in taken):
            continue
        dates = reading.dates(a, b)
        for quantity in reading.quantities(a, b, dates):
            if quantity.span[0] >= cue.start() - 1 and not _is_quoted_from(text, a, quantity.span[0]):
                reading.targets.append(TargetDraft(quantity))
