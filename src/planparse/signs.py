"""Signs of doubt: what can be seen of a record that tells how far it may be trusted.

Each kind of record (task, role, deadline, target) has a list of signs: those of its document, those of its task, its own.
The signs of one record are three tuples of True and False in that order, so that confidence is one lookup for records
that show the same signs. Nothing but the plan is looked at: its records, its text, its repairs.

The words below are no rules to extend: weights are learned with them, and ``planparse train`` must follow a change.

>>> shown("deadline", ((), (), (True, True)))
('no year is printed', 'the document names no year')
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from planparse.expressions import expression
from planparse.gate import presence
from planparse.model import Deadline, Department, Plan, Span, Target, Task

Flags = tuple[bool, ...]
#: of the document, of the task, its own
Signs = tuple[Flags, Flags, Flags]

_DOCUMENT = (
    "a meeting report", "news or a report", "a document of no known kind", "one of at most two tasks",
    "readings stand unrepaired in the text", "words of responsibility are left in some task",
    "many departments that are not in the catalogue", "many tasks of tables name nobody", "most texts of tables are short",
)  # fmt: skip
_TASK = (
    "read in a sentence", "a numbered item without annotation", "read in a table", "its task names nobody",
    "its task names nobody, where most name somebody", "the sentence classifier says no", "the sentence classifier doubts",
    "the text is no more than the title", "the text begins with a word that goes on", "words of responsibility stand in the text",
    "words of the past stand in the text", "words of attitude stand in the text", "a rule of scores or penalties",
    "only a collective is named",
)  # fmt: skip
_OWN = {
    "task": (
        "damaged text was repaired in it", "longer than 220 characters", "shorter than 12 characters", "a bracket is left open",
        "no title", "begins with a mark", "a title of more than 30 characters", "neither time nor quantity",
    ),
    "role": (
        "not in the catalogue", "a collective", "does not end as departments do", "longer than 8 characters",
        "holds a joining word", "holds a word that names do not", "glued to the word before", "glued to the word after",
        "shorter than 3 characters", "lead", "support", "printed outside its task", "not named in the task's text or after it",
        "one of six or more", "one of several leads", "no lead beside it, where most tasks have one",
        "damaged text was repaired in it", "its task's title names a stage", "beside a name that is not in the catalogue",
    ),
    "deadline": (
        "no year is printed", "the document names no year", "a recurrence alone", "a recurrence and a date",
        "printed outside its task", "several dates are printed", "outside the planning period", "a range",
        "damaged text was repaired in it", "qualifies the word after", "a condition or a frequency of acts",
    ),
    "target": (
        "not in the catalogue", "a short indicator not in the catalogue", "about or between", "a bare value",
        "an increase or decrease", "no unit", "a percentage", "a bare percentage other than 100", "a count", "a time or a frequency",
        "a number without unit above 1000", "the value is 1", "an indicator of at most 2 characters",
        "an indicator of 14 characters or more", "an indicator of 20 characters or more", "an indicator that names no subject",
        "an indicator that begins with a verb", "an indicator that holds a mark or 的", "an indicator that holds a digit",
        "a target of the whole plan", "a date of its own", "a month or a year heads its line", "its task's deadline stands before it",
        "a baseline", "a baseline read in a table", "words of the past stand before it", "words of a finding stand around it",
        "scores or penalties stand around it", "damaged text was repaired in it", "more than 34 characters",
        "glued to the word after", "the same quantity once more in its task",
        "the same indicator once more in its task, without a date of its own", "in brackets", "does not end as indicators do",
    ),
}  # fmt: skip
SIGNS: dict[str, tuple[str, ...]] = {kind: (*_DOCUMENT, *_TASK, *own) for kind, own in _OWN.items()}

_RESIDUE = expression(
    r"牵头|责任(?:科室|部门|单位|领导|人)|配合(?:科室|部门|单位)|完成时[限间]|主责|协办|承办"
)
_PAST = presence(
    r"同比|环比|较上年|较去年|去年|上年|截至|目前|已(?:完成|经|全部|建成|有)|荣获|获评|[成展开立现得行]了|累计|先后|当时"
)
_ATTITUDE = expression(
    r"高度重视|提高认识|思想|意识|精神|作风|担当|信心|使命|初心|抓好落实|狠抓|凝心聚力|形象|务必保持|大局|榜样|勇|努力|奋斗"
)
_FINDING = expression(
    r"仍有|还有|只有|仅|现有|距离|相比|高于|低于\d|原因|发现|存在|会前|由.{1,12}变为|得分|电话|保证金|收入|上涨|反弹"
)
_PENALTY = presence(r"一票否决|扣\d|扣减|每例|[0-9０-９]分[）)]|预留|奖励|否则|异议|解释|违者|不合格的")
_GOES_ON = expression(r"(?:及|和|与|并|但|其中|以及|同时|或|等|的|了|第 ?\d+ ?页)")
_READING = expression(r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]")
_DATE = expression(r"\d月|季度|半年|年底|年内|月底|旬")
_HEAD_DATE = expression(
    r"\d{1,2}月(?:份|底前|底)?[：:，]|第?[一二三四]季度[：:，]|(?:\d{4}|[二〇○零一三四五六七八九]{4})年底?[：:，]|年底前|\d月底前"
)
_CONDITION = expression(r"(?:每次|各组织|逾期|每例|此后|即日起|随时)")
_YEAR = expression(r"\d{4}|[二〇零一二三四五六七八九]{4}年|十[四五]五")
_SUFFIX = "科部处办室心委局会组站股队团院所厂区站库房店校政府位构长师线乡镇县"
_JOINED = expression(r"[和及与或、，,；/]")
_NO_NAME = expression(r"[的要将在对把是为了并这那]|负责|牵头|配合|主办|完成|[a-zA-Z]{4}|\d{3}")
_GENERIC = frozenset(
    (
        "比例",
        "占比",
        "满意度",
        "发生率",
        "完成率",
        "使用率",
        "合格率",
        "覆盖率",
        "数量",
        "人数",
        "比重",
        "达标率",
        "率",
        "收入",
        "费用",
        "指标",
        "总数",
        "达到",
        "其中",
        "死亡率",
        "完整率",
        "执行率",
        "及时率",
        "得分",
        "周期",
    )
)
_VERB = expression(
    r"[对将把使由在为新各每并其]|(?:开展|组织|完成|建设|确保|力争|推进|实现|加强|提高|开放|提供|落实|保证|安装|设置|备足|选派|选送)"
)
_MARKED = expression(r"[，。；：、（）()的\n\t|]")
_TIMES = frozenset(
    (
        "次",
        "天",
        "日",
        "小时",
        "分钟",
        "秒",
        "年",
        "个月",
        "月",
        "周",
        "场",
        "期",
        "轮",
        "学时",
        "工作日",
        "个工作日",
    )
)
_COUNTS = frozenset("个名人项台张家间套件种处支份篇例辆所对")
_ROLE_NEXT = (
    "牵头",
    "负责",
    "配合",
    "主责",
    "协办",
    "协助",
    "参与",
    "承办",
    "按",
    "要",
    "等",
    "须",
    "应",
    "将",
    "和",
    "及",
    "与",
    "会同",
    "具体",
    "归口",
    "落实",
)
_ROLE_BEFORE = "由和与及请跟同、：:责任"
_MEASURES = frozenset("率比数量度次费天间日用强值额重幅入出人期积分平时限占额I例（）)”积收支标耗")
_DIGIT = expression(r"\d")
_STARTS = frozenset("，。；：、）”")
_NO_TASK: Flags = (False,) * len(_TASK)
_KNOWN: Flags = (False,) * 6


def shown(kind: str, signs: Signs) -> tuple[str, ...]:
    """Return the signs of a record in words."""
    parts = zip((_DOCUMENT, _TASK, _OWN[kind]), signs, strict=True)
    return tuple(name for names, flags in parts for name, flag in zip(names, flags, strict=False) if flag)


def _twice(pattern: re.Pattern[str], text: str) -> bool:
    first = pattern.search(text)
    return first is not None and pattern.search(text, first.end()) is not None


def _nobody(task: Task) -> bool:
    return not (task.lead or task.responsible or task.support or task.leaders)


class Page(Struct, frozen=True):
    """One plan, seen for the signs of its records; ``doubts`` is what the sentence classifier gives against tasks."""

    plan: Plan
    flags: Flags
    doubts: dict[str, float]
    named: bool
    led: bool
    damage: tuple[int, ...]
    yearless: bool

    @staticmethod
    def of(plan: Plan, doubts: dict[str, float]) -> Page:
        """Return the page of a plan."""
        tasks, document = plan.tasks, plan.document
        cells = [t for t in tasks if t.source == "table"]
        unknown = [
            d.code is None and not d.group for t in tasks for d in (*t.lead, *t.responsible, *t.support)
        ]
        flags = (
            document.kind == "meeting", document.kind in ("news", "report"), document.kind == "other", len(tasks) < 3,
            _READING.search(plan.text) is not None, any(_RESIDUE.search(t.text) for t in tasks),
            len(unknown) > 3 and 3 * sum(unknown) > len(unknown),
            3 * sum(not (t.lead or t.responsible) for t in cells) > len(cells),
            2 * sum(len(t.text) < 11 for t in cells) > len(cells),
        )  # fmt: skip
        return Page(
            plan, flags, doubts, 2 * sum(bool(t.lead or t.responsible or t.leaders) for t in tasks) > len(tasks),
            2 * sum(bool(t.lead) for t in tasks) > len(tasks),
            tuple(sorted(r.span[0] for r in plan.repairs if r.kind not in ("space", "markup"))),
            document.period is None and document.date is None,
        )  # fmt: skip

    def _damaged(self, span: Span) -> bool:
        damage = self.damage
        if not damage:
            return False
        at = bisect_left(damage, span[0])
        return at < len(damage) and damage[at] < span[1]

    def of_task(self, task: Task) -> Flags:
        """Return the signs that a task lends to all its records."""
        text, source = task.text, task.source
        told, nobody, doubt = source == "annotation", _nobody(task), self.doubts.get(task.id, 0.0)
        names = () if told else (*task.lead, *task.responsible, *task.support)
        return (
            source == "sentence", source == "heading", source == "table", nobody, nobody and self.named,
            doubt > 0.6, 0.25 < doubt <= 0.6, text == task.title, _GOES_ON.match(text) is not None,
            self.flags[5] and _RESIDUE.search(text) is not None,
            not told and _PAST.search(text) is not None, not told and _ATTITUDE.search(text) is not None,
            not told and _PENALTY.search(text) is not None, bool(names) and all(d.group for d in names),
        )  # fmt: skip

    def task(self, task: Task, flags: Flags) -> Signs:
        """Return the signs of a task; ``flags`` is what :meth:`of_task` gives."""
        text, title, size = task.text, task.title, len(task.text)
        return self.flags, flags, (
            self._damaged(task.span), size > 220, size < 12, text.count("（") != text.count("）"), title is None,
            text[:1] in _STARTS, title is not None and len(title) > 30, task.deadline is None and _DIGIT.search(text) is None,
        )  # fmt: skip

    def role(
        self, task: Task, flags: Flags, role: str, department: Department, among: Sequence[Department]
    ) -> Signs:
        """Return the signs of a department in a role of a task."""
        name, span = department.name, department.span
        unknown = department.code is None and not department.group
        start, (first, last) = span[0], task.span
        return self.flags, flags, (
            *(self._strange(name, span) if unknown else (False, department.group, *_KNOWN)),
            len(name) < 3, role == "lead", role == "support", not first - 2 <= start <= last + 160,
            not first <= start <= last + 40, len(among) > 5, role == "lead" and len(among) > 1, self.led and not task.lead,
            bool(self.damage) and self._damaged(span), task.title is not None and "阶段" in task.title,
            not unknown and len(among) > 1 and any(d.code is None and not d.group for d in among),
        )  # fmt: skip

    def _strange(self, name: str, span: Span) -> Flags:
        text, (start, end) = self.plan.text, span
        before = text[start - 1 : start]
        return (
            True, False, name[-1:] not in _SUFFIX, len(name) > 8, _JOINED.search(name) is not None,
            _NO_NAME.search(name) is not None, before.isalpha() and before not in _ROLE_BEFORE,
            text[end : end + 1].isalpha() and not text.startswith(_ROLE_NEXT, end),
        )  # fmt: skip

    def deadline(self, task: Task, flags: Flags, deadline: Deadline) -> Signs:
        """Return the signs of a task's deadline."""
        (start, end), due, period = deadline.span, deadline.end, self.plan.document.period
        outside = (
            period is not None and due is not None and not (period.start or "") <= due <= (period.end or "9")
        )
        return self.flags, flags, (
            due is not None and _YEAR.search(deadline.text) is None, due is not None and self.yearless,
            due is None and deadline.recurrence is not None, due is not None and deadline.recurrence is not None,
            not task.span[0] - 2 <= start <= task.span[1] + 160, _twice(_DATE, task.text), outside,
            deadline.start is not None, self._damaged(deadline.span), self.plan.text[end : end + 1] in ("的", "度", "第", "全"),
            _CONDITION.search(task.text) is not None,
        )  # fmt: skip

    def target(
        self, target: Target, task: Task | None, flags: Flags | None, twins: tuple[bool, bool]
    ) -> Signs:
        """Return the signs of a target; ``twins``: its task has the same quantity twice, the same indicator twice."""
        indicator, relation, unit, (start, end) = target.indicator, target.relation, target.unit, target.span
        text, size, value, unknown = (
            self.plan.text,
            len(target.indicator),
            target.value or 0.0,
            target.code is None,
        )
        table, told = (
            task is not None and task.source == "table",
            task is not None and task.source == "annotation",
        )
        near = max(0, start - 60)
        line, own, due = (
            max(text.rfind("\n", near, start) + 1, near),
            target.deadline,
            task.deadline if task else None,
        )
        before = text[line:start] if own is None and not table else ""
        headed = ("月" in before or "年" in before or "季度" in before) and _HEAD_DATE.search(
            before
        ) is not None
        low, high, bare = max(line, start - 24), end + 12, relation == "eq"
        return self.flags, flags or _NO_TASK, (
            unknown, unknown and size < 5, relation in ("about", "between"), bare, relation in ("increase_by", "decrease_by"),
            not unit, unit == "%", bare and unit == "%" and value != 100, unit in _COUNTS, unit in _TIMES,
            not unit and value > 1000, value == 1, size < 3, size > 13, size > 19, indicator in _GENERIC,
            _VERB.match(indicator) is not None, _MARKED.search(indicator) is not None, _DIGIT.search(indicator) is not None,
            task is None, own is not None, headed,
            due is not None and own is None and line <= due.span[1] <= start, target.baseline is not None,
            table and target.baseline is not None, _PAST.search(text, low, end) is not None,
            not told and _FINDING.search(text, low, high) is not None, not told and _PENALTY.search(text, low, high) is not None,
            self._damaged(target.span), len(target.text) > 34, text[end : end + 1].isalpha(), twins[0],
            twins[1] and own is None, text[start - 1 : start] in ("（", "("), indicator[-1:] not in _MEASURES and unit not in _COUNTS,
        )  # fmt: skip
