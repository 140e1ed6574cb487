r"""What a person should look at, most doubtful first, with the reason in Chinese: ``planparse extract --review``.

>>> from planparse.pipeline import extract
>>> plan = extract("一、重点任务\n1.推进日间手术，日间手术占比达到15%。（牵头科室：医务科）\n2.建设智慧病房，覆盖6个病区。（牵头科室：数智融合专班）")
>>> [(item.title, item.reasons) for item in review_items(plan)]
[('建设智慧病房', ('未收录科室「数智融合专班」',))]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from planparse.calibration import ROLES, record_signs
from planparse.catalogue import Catalogue, build_catalogue
from planparse.model import Department, Plan, Span, Target, Task
from planparse.rulebook import Rulebook, rules_given
from planparse.signs import Signs, shown

#: a record told with less is listed whatever else is seen
SURE = 0.9
_TASK = {
    "the sentence classifier says no": "疑非任务",
    "words of the past stand in the text": "疑为已完成的工作",
    "words of attitude stand in the text": "疑为口号或态度要求",
    "a rule of scores or penalties": "疑为考核奖惩条款",
    "words of responsibility stand in the text": "文中残留职责用语",
    "a bracket is left open": "括号不配对",
    "longer than 220 characters": "文字过长，可能含多项任务",
    "the text is no more than the title": "只读到标题",
}
_ROLE = {
    "holds a joining word": "「{}」可能是几个科室",
    "glued to the word before": "「{}」名称起点可疑",
    "glued to the word after": "「{}」名称终点可疑",
    "holds a word that names do not": "「{}」可能不是科室",
}
_DEADLINE = {
    "the document names no year": "时限无年份「{}」",
    "several dates are printed": "文中有几个时间，取「{}」",
    "outside the planning period": "时限「{}」在规划期外",
    "qualifies the word after": "「{}」可能只是修饰语",
}
_TARGET = {
    "an indicator that names no subject": "指标名称不完整「{}」",
    "an indicator that holds a mark or 的": "指标名称可疑「{}」",
    "an indicator that holds a digit": "指标名称含数字「{}」",
    "words of the past stand before it": "「{}」疑为已有数据",
    "words of a finding stand around it": "「{}」疑为现状数据",
    "scores or penalties stand around it": "「{}」疑为分值",
    "the same indicator once more in its task, without a date of its own": "「{}」有两个目标值，未分年份",
    "a number without unit above 1000": "「{}」无单位",
}
#: reasons that list a record even where its confidence is high
_ALWAYS = (
    "未收录",
    "两种读法",
    "文本有损",
    "无牵头",
    "无时限",
    "未写明",
    "时限无年份「",
    "未能换算",
    "未读出",
    "两个目标值",
)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One record to look at. ``kind`` is task or target, ``span`` its place in the source, ``place`` that in words."""

    kind: str
    id: str
    title: str
    span: Span
    place: str
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Habits:
    """What most tasks of the plan print: somebody, a lead, a deadline."""

    named: bool
    led: bool
    dated: bool

    @staticmethod
    def of(tasks: Sequence[Task]) -> _Habits:
        half = len(tasks) / 2
        return _Habits(
            sum(bool(t.lead or t.responsible or t.leaders) for t in tasks) > half,
            sum(bool(t.lead) for t in tasks) > half,
            sum(t.deadline is not None for t in tasks) > half,
        )


def _told(signs: Signs | None, kind: str, words: dict[str, str], name: str = "") -> Iterator[str]:
    for sign in shown(kind, signs) if signs else ():
        if sign in words:
            yield words[sign].format(name)


def _department(department: Department, catalogue: Catalogue) -> Iterator[str]:
    entry = catalogue.department(department.name)
    if entry is not None and entry.ambiguous:
        yield f"两种读法：「{department.name}」可能是不止一个科室"
    elif entry is None and not department.group:
        near = catalogue.similar_department(department.name)
        yield f"未收录科室「{department.name}」" + (f"，近似「{near[0].name}」" if near else "")


def _damage(plan: Plan, span: Span) -> Iterator[str]:
    found = [r for r in plan.repairs if span[0] <= r.span[0] < span[1] and r.kind in ("gloss", "frame")]
    if found:
        yield f"文本有损，修复{len(found)}处，如「{found[0].before}」→「{found[0].after}」"


def _unnamed(task: Task, habits: _Habits) -> Iterator[str]:
    if not (task.lead or task.responsible or task.support or task.leaders):
        if habits.named:
            yield "未写明科室"
    elif not task.lead and (habits.led or len(task.responsible) > 1) and not task.leaders:
        yield "无牵头科室"
    if task.deadline is None:
        if habits.dated:
            yield "无时限"
    elif task.deadline.end is None and task.deadline.recurrence is None:
        yield f"时限未能换算为日期「{task.deadline.text}」"


def _of_task(
    plan: Plan, task: Task, signs: dict[tuple[str, ...], Signs], habits: _Habits, catalogue: Catalogue
) -> ReviewItem:
    reasons = list(_told(signs["task", task.id], "task", _TASK)) if task.confidence < SURE else []
    sure = [task.confidence]
    for role in ROLES:
        for department in getattr(task, role):
            found = department.confidence
            sure.append(1.0 if found is None else found)
            reasons += _department(department, catalogue)
            if found is not None and found < SURE:
                reasons += _told(
                    signs["role", task.id, role, department.name], "role", _ROLE, department.name
                )
    if task.deadline is not None:
        found = task.deadline.confidence
        sure.append(1.0 if found is None else found)
        doubtful = found is not None and found < SURE
        told = list(_told(signs["deadline", task.id], "deadline", _DEADLINE, task.deadline.text))
        reasons += [reason for reason in told if doubtful or reason.startswith("时限无年份")]
    reasons += [*_unnamed(task, habits), *_damage(plan, task.span)]
    title = task.title or task.text
    return ReviewItem(
        "task", task.id, title, task.span, _place(plan, task.span), min(sure), tuple(dict.fromkeys(reasons))
    )


def _of_target(plan: Plan, target: Target, signs: dict[tuple[str, ...], Signs]) -> ReviewItem:
    reasons = list(_told(signs["target", target.id], "target", _TARGET, target.indicator))
    if target.value is None:
        reasons.append("未读出数值")
    reasons += _damage(plan, target.span)
    return ReviewItem(
        "target",
        target.id,
        target.text,
        target.span,
        _place(plan, target.span),
        target.confidence,
        tuple(dict.fromkeys(reasons)),
    )


def _place(plan: Plan, span: Span) -> str:
    return plan.place(span) or f"第{plan.text.count(chr(10), 0, span[0]) + 1}行"


def review_items(plan: Plan, *, rules: Rulebook | None = None) -> list[ReviewItem]:
    """Return the records of a plan that a person should look at, the most doubtful first.

    Listed are records told with a confidence below 0.9, and those that lack what others of the plan have, or name what
    the catalogue does not hold. Without a reason in words, the reason is the low confidence.
    """
    catalogue = rules_given(rules).compiled(build_catalogue)
    signs, habits = record_signs(plan), _Habits.of(plan.tasks)
    found = [_of_task(plan, task, signs, habits, catalogue) for task in plan.tasks]
    found += [_of_target(plan, target, signs) for target in plan.targets]
    listed = []
    for item in found:
        always = tuple(r for r in item.reasons if any(word in r for word in _ALWAYS))
        if item.confidence < SURE:
            listed.append(item if item.reasons else _with(item, ("识别把握低",)))
        elif always:
            listed.append(_with(item, always))
    return sorted(listed, key=lambda item: (item.confidence, item.span))


def _with(item: ReviewItem, reasons: tuple[str, ...]) -> ReviewItem:
    return ReviewItem(item.kind, item.id, item.title, item.span, item.place, item.confidence, reasons)


def review_table(plans: Sequence[Plan], *, rules: Rulebook | None = None, cells: int = 100) -> str:
    """Return the records of plans to look at as a plain-text table, ``cells`` terminal cells wide, most doubtful first."""
    from planparse.export.texttable import table

    found = [(item, plan) for plan in plans for item in review_items(plan, rules=rules)]
    found.sort(key=lambda pair: (pair[0].confidence, pair[1].document.source, pair[0].span))
    tasks, targets = sum(len(p.tasks) for p in plans), sum(len(p.targets) for p in plans)
    head = f"需人工核实 {len(found)} 项（任务 {tasks} 项、指标 {targets} 项）"
    if not found:
        return head
    several = len(plans) > 1
    rows = []
    for item, plan in found:
        where = f"{Path(plan.document.source).name} {item.place}" if several else item.place
        what = item.title.replace("\n", " ")
        rows.append(
            [
                f"{item.confidence:.2f}",
                where,
                what if len(what) <= 40 else what[:39] + "…",
                "；".join(item.reasons),
            ]
        )
    spec = (("把握", 4, 0), ("位置", 8, 1), ("内容", 16, 3), ("原因", 16, 4))
    return "\n".join([head, *table(spec, rows, cells)])
