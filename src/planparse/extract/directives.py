"""Directives in running text: paragraphs of plans, speech and meeting reports (contract, rules 6, 7, 9)."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from planparse.catalogue import build_forms
from planparse.expressions import expression
from planparse.extract.actors import Statement, find_statements, is_asked, partners, resolve
from planparse.extract.dates import Calendar, DateMention, find_dates
from planparse.extract.drafts import TaskDraft
from planparse.extract.lexicon import Lexicon, build_lexicon
from planparse.extract.quantities import Quantity, find_quantities
from planparse.extract.silence import build_silence
from planparse.extract.speech import SHORTEST, TRIM, Unit, build_speech, pieces, units
from planparse.model import Span
from planparse.rulebook import Rulebook

_DEMAND = expression(r"(?:^|[，,。；;：:“])(?:还|也|并|同时[，,]?|下一步[，,]?|今后[，,]?)?(?:要|须|必须|应|务必|确保|力争|抓紧|尽快|争取)(?!是|素|求)")
_DONE = expression(r"(?<![为除不])了(?![解结然望])")
_ASKED = expression(r"要(?<![主重必纪摘概简首扼].)(?!求|素|是|点|件|闻)|必须|务必|确保|力争|须")
_FINISHED = expression(
    r"已(?:经|全部|于|在)?[^，,。；;]{0,14}(?:完成|整改|落实|到位|建成|上线|办结)"
    r"|反馈(?:了|意见)?[^，,。；;不]{0,6}(?:问题|意见)[^，,。；;不]{0,6}[0-9]{1,4}[个条项类]|共(?:抽查|检查|发现|查出|反馈)[^，,。；;不少达]{0,8}[0-9]{1,6}[份个条项家人例处](?:[，,。；;]|$)"
)
#: of the past whatever is demanded beside it
_COMPARED = expression(r"同比|较上年|较去年|当时|那时|当年|曾经")
_OF_WORK = expression(r"的|(?:各项|重点|主要|总体)?(?:工作|任务|目标|计划|安排|部署|会议|例会)")
#: how actors are told in so many words
_STRONG = frozenset({"lead", "charge", "share", "support", "by", "together", "label"})
_STRONG_NAMED = frozenset({"lead", "leadwith", "support", "share", "label"})
_ROLE_FILLER = expression(r"[，,、；;。：:“”\s由和与及等]|具体|组织|落实|实施|督办|这件事|此事|(?:[这此该]项|上述)工作")
_THIS = expression(r"[，,；;。 ]*(?:这件事|此事|[这此该]项工作)")
_LONGEST_ROLES = 60
_AIMED = expression(r"[^，,。；;：:]{0,24}目标(?:任务)?(?:是|为)?[：:]")
#: 到2025年底，A达到…，B不低于…: aims of the whole plan, where nobody is told and nothing is done
_BY_THEN = expression(r"(?:按照?[^，,。；]{2,12}[，,])?(?:力争|确保|争取)?到(?:20\d\d年|今年|明年|“?十[四五]五”?)(?:\d{1,2}月)?年?(?:底|末)?[，,]")
_MOSTLY = 0.6
_RESPECTIVELY = expression(r"分别(?:于|在)?")
_LISTED = ("、", "，", "和", "及", "前、", "底前、")
#: a date that has its clause to itself
_DATE_CLAUSE = expression(r"[到至在]?(?:20\d\d年)?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬)?|第?[一二三四]季度|[上下]半年|年)(?:[之以]?[前内]|[底末初]?前?)[，,]")
_LONGEST_DATE = 20
#: 依据…，结合实际，制定本方案: what a plan says of itself
_PREFACE = expression(r"^现将[^。]{2,40}请(?:各[\u4e00-\u9fff]{1,8}?)?(?:认真|遵照|对照|结合实际|抓好|贯彻)[^。]{0,10}(?:落实|执行|办理|实施)[。：:]?$|(?:制[定订]|编制|提出)(?:本|如下|以下|此)[\u4e00-\u9fff]{2,8}[。：:]?$")
_STOPS = expression(r"[。！!？?]")
_ASKING = expression(r"[0-9要须应%]|务必|确保|力争|争取|必须|由|并|将|结果|同时|底前|月")
_OBJECT_OF = frozenset("把与和对将就按以从")
_POINTS = ("前", "底", "末", "内", "初", "中")
_OPENING = expression(r"[“‘]")


def find_directives(text: str, start: int, end: int, calendar: Calendar, rules: Rulebook, *, lenient: bool = False, narrative: bool = False) -> list[TaskDraft]:
    """Return the tasks that ``text[start:end]`` gives in sentences.

    ``lenient`` is for paragraphs in sections that assign work: a concrete act with a time suffices. In ``narrative``
    the sentence classifier decides what the rules leave open.
    """
    lexicon, speech = rules.compiled(build_lexicon), rules.compiled(build_speech)
    drafts: list[TaskDraft] = []
    dates = find_dates(text, calendar, rules, start, end)
    for unit in units(text, start, end, speech):
        unit.narrative = narrative
        drafts += _of_unit(text, unit, dates, calendar, rules, lexicon, lenient)
    return drafts


def _within(dates: Sequence[DateMention], a: int, b: int) -> list[DateMention]:
    if not dates:
        return []
    low = bisect_left(dates, a, key=lambda d: d.span[0])
    high = bisect_left(dates, b, lo=low, key=lambda d: d.span[0])
    return [d for d in dates[low:high] if d.span[1] <= b]


def _of_unit(
    text: str, unit: Unit, dates: Sequence[DateMention], calendar: Calendar, rules: Rulebook, lexicon: Lexicon, lenient: bool
) -> list[TaskDraft]:
    own = _within(dates, unit.start, unit.end)
    statements = find_statements(text, unit.start, unit.end, own, rules)
    acts = [(unit.start, unit.end, statements)] if unit.called and not statements and not own else _acts(text, unit, statements)
    drafts: list[TaskDraft] = []
    last = -1
    for a, b, group in acts:
        follows = bool(drafts) and last >= 0 and "。" not in text[last : max(last, a)]
        if group and drafts:
            stop = text.find("。", group[-1].end, b) + 1 or b
            if _names_only(text, a, stop, group):
                _add_roles(drafts[-1], group, told_of=_THIS.match(text, a, b) is not None)
                a, group = stop, []
        if a >= b:
            continue
        draft = _judge(text, a, b, group, _within(own, a, b), calendar, rules, lexicon, unit, lenient, follows)
        if draft is not None:
            drafts += _each(text, draft, group, _within(own, a, b))
            last = draft.end
    return drafts


def _each(text: str, draft: TaskDraft, group: Sequence[Statement], dates: Sequence[DateMention]) -> list[TaskDraft]:
    """Part a task of several actors who have a date each: 「信息科、医保办分别于5月底、6月底前完成A、B」, one an actor."""
    if len(group) != 1 or len(group[0].names) < 2 or group[0].people or _RESPECTIVELY.match(text, group[0].end) is None:
        return [draft]
    names = group[0].names
    own = [d for d in dates if d.span[0] >= group[0].end and d.end and not d.recurrence][: len(names)]
    joined = all(text[x.span[1] : y.span[0]] in _LISTED for x, y in itertools.pairwise(own))
    if len(own) != len(names) or not joined:
        return [draft]
    return [
        replace(draft, parts=list(draft.parts), names=[name for name in draft.names if name[1] == span], dates=[date], quantities=draft.quantities if k == 0 else [])
        for k, (span, date) in enumerate(zip(names, own, strict=True))
    ]


def _names_only(text: str, a: int, b: int, group: Sequence[Statement]) -> bool:
    """Whether a clause does nothing but say who does the act before it: 「…开园；由妇幼部负责，总务部配合。」."""
    if b - a > _LONGEST_ROLES or not any(s.how in _STRONG for s in group):
        return False
    rest = text[a:b]
    for s in group:
        for x, y in [(s.start, s.end), *s.names]:
            rest = rest.replace(text[x:y], "")
    return not _ROLE_FILLER.sub("", rest)


def _add_roles(draft: TaskDraft, group: Sequence[Statement], *, told_of: bool) -> None:
    """Give an act the names of the clause after it, where it names nobody itself, or the clause tells who does it (这件事…)."""
    names, people = resolve(group)
    if told_of or not (draft.names or draft.people):
        draft.names, draft.people = names, people
        draft.parts[-1] = (draft.parts[-1][0], max(draft.end, group[-1].end))


def acts_of(text: str, start: int, end: int, statements: list[Statement]) -> list[tuple[int, int, list[Statement]]]:
    """Return the acts of ``text[start:end]`` that somebody is told to do."""
    return [act for act in _acts(text, Unit(start, end), statements) if act[2]]


def _acts(text: str, unit: Unit, statements: list[Statement]) -> list[tuple[int, int, list[Statement]]]:
    """Cut a unit into acts: at each opening statement that follows another act, else at ； (clauses), else whole."""
    body = max(unit.head_end, unit.start)
    cuts: list[int] = []
    groups: list[list[Statement]] = []
    for statement in statements:
        if not groups:
            groups.append([statement])
            cuts.append(_first_cut(text, body, statement, unit))
            continue
        gap = text[groups[-1][-1].end : statement.start].strip(TRIM + "由")
        joins = len(gap) <= 3 or not statement.opens
        if not joins and statement.how in ("subject", "time"):  # 医政科牵头，信息中心配合，9月底前|市直医院…: one act
            cut = _clause_start(text, groups[-1][-1].end, statement.start)
            joins = cut is not None and not _STRONG_NAMED.isdisjoint(s.how for s in groups[-1]) and not text[groups[-1][-1].end : cut].strip(TRIM)
        if joins and statement.how in ("modal", "time") and gap:
            joins = False
        if joins:
            groups[-1].append(statement)
        else:
            cut = _clause_start(text, groups[-1][-1].end, statement.start)
            if cut is None:
                groups[-1].append(statement)
                continue
            groups.append([statement])
            cuts.append(cut)
    if not groups:
        return [(a, b, []) for a, b in _clauses(text, unit)]
    result: list[tuple[int, int, list[Statement]]] = []
    if cuts[0] > body:
        result += [(a, b, []) for a, b in pieces(text, body, cuts[0])]
    for k, group in enumerate(groups):
        a = cuts[k]
        b = cuts[k + 1] if k + 1 < len(cuts) else unit.end
        result += _tail_cut(text, a, _without_remarks(text, group[-1].end, b) if len(groups) > 1 else b, group, unit)
    if unit.enumerated and unit.head_end > unit.start and result:
        first = result[0]
        if first[0] == unit.head_end or not text[unit.head_end : first[0]].strip(TRIM):
            result[0] = (unit.start, first[1], first[2])
    return result


def _without_remarks(text: str, told: int, end: int) -> int:
    """Return where an act among several ends: before sentences at its end that ask for nothing (血透机招标流了两次，丢人。)."""
    stops = [hit.end() for hit in _STOPS.finditer(text, told, end)]
    while len(stops) > 1 and not text[stops[-1] : end].strip(TRIM + "”") and not _ASKING.search(text, stops[-2], end):
        end = stops[-2]
        stops.pop()
    return end


def _tail_cut(text: str, a: int, b: int, group: list[Statement], unit: Unit) -> list[tuple[int, int, list[Statement]]]:
    """An act ends with its clause where ； parts it from a clause of nobody."""
    cut = -1
    for mark in "；;":
        found = text.find(mark, group[-1].end, b)
        if found >= 0 and (cut < 0 or found < cut):
            cut = found
    if cut < 0 or not text[cut + 1 : b].strip(TRIM):
        return [(a, b, group)]
    rest = text[cut + 1 : b].strip(TRIM)
    if len(rest) < 8:
        return [(a, b, group)]
    return [(a, cut + 1, group), *((x, y, []) for x, y in pieces(text, cut + 1, b))]


_LEADS_IN = expression(r"[为围根按在针结对通以从到自随依今下一\d“各抓严全认要须同此另其并将把让使强加坚]|第")


def _first_cut(text: str, body: int, statement: Statement, unit: Unit) -> int:
    """Where the first act of a unit begins: its clause; a sentence of its own before a told actor is left out."""
    at = _clause_cut(text, body, statement.start)
    if is_asked(text, statement.start, at) or (not unit.enumerated and statement.start > at and text[statement.start - 1] in "：:"):
        return statement.start
    if unit.enumerated or statement.how != "modal" or statement.start - at < 15 or text[statement.start - 1] not in "，,":
        return at
    return at if _LEADS_IN.match(text, at) else statement.start


def _clause_cut(text: str, start: int, at: int) -> int:
    """Where the first act begins: at the last clause boundary before its actor."""
    for k in range(at - 1, start - 1, -1):
        if text[k] in "；;。！!\n":
            return k + 1
    return start


def _clause_start(text: str, start: int, at: int) -> int | None:
    strong = max(text.rfind(mark, start, at) for mark in "；;")
    if strong >= 0 and _TOPIC.fullmatch(text, strong + 1, at):
        return strong + 1
    for k in range(at - 1, start - 1, -1):
        if text[k] in "，,；;。！!：:\n、":
            return _before_date(text, start, k + 1) if text[k] != "、" else None
    return None


#: …；合同归档不及时问题，|承办部门是…: what it is about stands before who does it
_TOPIC = expression(r"[^，,。；;：:！!？?\n要将须应]{4,24}[，,]")


def _before_date(text: str, start: int, at: int) -> int:
    """Return where the date begins that alone stands before the clause at ``at``: …；|9月30日前，由院办提交…."""
    low = max(start, at - _LONGEST_DATE)
    first = max((text.rfind(mark, low, at) for mark in "；;。！!\n"), default=-1) + 1
    return first if first > low and _DATE_CLAUSE.fullmatch(text, first, at) else at


def _clauses(text: str, unit: Unit) -> list[Span]:
    found = pieces(text, unit.start, unit.end)
    return found if len(found) > 1 else [(unit.start, unit.end)]


class _Act:
    """What is judged: who is told what, by when; every question but how much."""

    __slots__ = ("by_time", "concrete", "follows", "group", "lenient", "live", "modal", "said", "strong", "timed", "unit")

    def __init__(self, said: str, head: int, group: list[Statement], live: list[DateMention], lexicon: Lexicon, unit: Unit, lenient: bool, follows: bool) -> None:
        self.said, self.group, self.live = said, group, live
        self.unit, self.lenient, self.follows = unit, lenient, follows
        self.concrete = lexicon.concrete.search(said, head) is not None
        hows = {s.how for s in group}
        self.strong = not _STRONG.isdisjoint(hows)
        self.modal, self.by_time = "modal" in hows, "time" in hows
        lasting = (bool(group) or lenient) and (self.concrete or lexicon.attitude.search(said, head) is None)  # 警钟长鸣、常抓不懈 is no time
        self.timed = any(_is_time(d) for d in live if lasting or d.recurrence != "continuous")

    @property
    def demands(self) -> bool:
        """Whether the words demand something, or would beside a quantity."""
        return _DEMAND.search(self.said) is not None or _ASKED.search(self.said) is not None

    @property
    def bare(self) -> bool:
        """Whether the actors are mere subjects, told nothing and given no time."""
        return not (self.strong or self.modal or self.by_time)

    def is_hopeless(self, text: str, end: int, lexicon: Lexicon, passed: bool) -> bool:
        """Whether no quantity could make a task of it; ``passed``: it gives a time that is over."""
        if not self.group:
            by = any(d.kind == "by" for d in self.live)
            return not (self.concrete and (self.lenient or self.unit.enumerated or by)) and not self.demands and not self.unit.called
        if self.by_time and not self.strong and not self.modal and not (self.live and (self.concrete or any(d.kind == "by" for d in self.live))):
            return True
        if self.bare and not _acts_soon(text, self.group, lexicon, end):
            return True
        weak = not self.modal and not self.lenient and all(s.how in ("time", "together", "subject") for s in self.group)
        told_day = any(d.kind == "day" for d in self.live) and not any(d.kind == "by" for d in self.live)
        return weak and (passed or told_day)

    def is_told(self, aims: bool, attitude: bool, named: bool) -> bool:
        """Whether its actors are told to do something that can be checked off."""
        if self.strong:
            return self.concrete or self.timed or aims
        if self.modal:
            loose = self.unit.enumerated or self.lenient or named or self.concrete
            return self.timed or aims or (loose and not attitude)
        if self.by_time:
            return True
        counted = self.concrete or aims
        return (self.timed and self.concrete) or (counted and (self.follows or (self.unit.enumerated and not attitude)))

    def question(self, told: bool, aims: bool, attitude: bool) -> str:
        """Return what the rules leave to the classifier (rules/silence.toml), given their own answer; "" for nothing."""
        if not self.unit.narrative or (attitude and not told):
            return ""
        if not self.group:
            return "required" if not told and self.unit.called and self.concrete else ""
        if self.strong or self.timed or aims:
            return ""
        doubted = not told or (self.unit.enumerated and not self.unit.called and not self.follows)
        if self.bare and doubted:
            return "subject" if self.concrete else ""
        return "untimed" if told else ""

    def is_demanded(self, aims: bool, attitude: bool, demanded: bool) -> bool:
        """Whether what nobody is named for is to be done all the same."""
        dated = self.timed and (self.lenient or self.unit.enumerated or any(not d.recurrence for d in self.live))
        if dated or aims:
            by = any(d.kind == "by" for d in self.live)
            return demanded or (aims and self.unit.called) or (self.concrete and (self.lenient or self.unit.enumerated or by))
        return self.unit.enumerated and self.concrete and demanded and not attitude


def _is_time(d: DateMention) -> bool:
    """Whether a date is one to do something by, not a bare year."""
    if d.kind == "in":
        return d.grain != "year" or d.text.endswith(("年底", "年末", "年内"))
    return d.kind in ("by", "recurrence", "range", "from", "day")


def _judge(
    text: str, a: int, b: int, group: list[Statement], dates: list[DateMention], calendar: Calendar, rules: Rulebook, lexicon: Lexicon, unit: Unit, lenient: bool, follows: bool
) -> TaskDraft | None:
    """Return the task that an act is, or None: who, by when or how much, and something that can be checked off."""
    while a < b and text[a] in TRIM:
        a += 1
    while b > a and text[b - 1] in TRIM:
        b -= 1
    if text[b - 1] in "”’" and not _OPENING.search(text, a, b):
        b -= 1
    said = text[a:b]
    if b - a < SHORTEST or _FINISHED.search(said) is not None or _PREFACE.search(said) is not None:
        return None
    live = [d for d in dates if not d.quoted and not gone(d, calendar) and not attributive(text, d)]
    head = 0 if group else max(0, unit.head_end - a)  # 关于培训。… names its subject, not an act
    act = _Act(said, head, group, live, lexicon, unit, lenient, follows)
    passed = len(live) < len(dates) and any(gone(d, calendar) for d in dates if not d.quoted)
    if not group and _AIMED.match(said):
        return None  # aims of the whole plan, read out
    if act.is_hopeless(text, b, lexicon, passed):
        return None
    aims = [q for q in find_quantities(text, a, b, dates, rules) if not q.past and not q.frequency]
    hoped = _BY_THEN.match(said) if not group and not lenient else None
    if hoped is not None and sum(y - x for x, y in (q.span for q in aims)) >= _MOSTLY * (len(said) - hoped.end()):
        return None
    attitude = lexicon.attitude.search(said) is not None
    demanded = _DEMAND.search(said) is not None or any(_ASKED.search(text, a, q.span[1]) for q in aims)
    if _is_done(said, demanded, lexicon, told=act.modal) and not (act.strong and any(d.kind == "by" or d.recurrence for d in live)):
        told = _clause_start(text, a, group[0].start) if act.strong else None  # 会议审议通过了办法，|由人事科负责宣传
        if told is None:
            return None
        return _judge(text, told, b, group, [d for d in dates if d.span[0] >= told], calendar, rules, lexicon, unit, lenient, follows)
    rule = ""
    told = act.is_told(bool(aims), attitude, _names_one(text, group, rules)) if group else act.is_demanded(bool(aims), attitude, demanded)
    question = act.question(told, bool(aims), attitude)
    if question:
        told = rules.compiled(build_silence).says(question, said)
        rule = "" if question == "untimed" else f"classifier.{question}"
    if not told:
        return None
    names, people = resolve(group)
    for s in group:
        if s.how in ("together", "leadwith"):
            names += [("support", span, "prose.together") for span in partners(text, s, b, rules)]
    own = task_dates(text, dates, aims, calendar)
    confidence = 0.9 if act.strong and act.timed else 0.8 if group and (act.timed or aims) else 0.7 if group else 0.6
    return TaskDraft([(a, b)], None, names=names, people=people, dates=own, quantities=aims, source="sentence", confidence=confidence, rule=rule)


def _is_done(said: str, demanded: bool, lexicon: Lexicon, *, told: bool) -> bool:
    """Whether the act is reported as done; what somebody is told may hold a 了 of its own (看到通道堵了就地清)."""
    past = lexicon.past.search(said)
    against = past is not None and told and past[0].startswith("较") and "了" not in said and "已" not in said  # 各科室要…，次均费用较上年同期下降3%
    if past is not None and not against and not (demanded and not _COMPARED.search(said)):
        return True
    return not (demanded or told) and "了" in said and _DONE.search(said) is not None


def _names_one(text: str, group: Sequence[Statement], rules: Rulebook) -> bool:
    """Whether a department is named, not collectives alone."""
    forms = rules.compiled(build_forms)
    return any(s.names and not all(forms.is_group(text[x:y]) for x, y in s.names) for s in group)


def _acts_soon(text: str, group: Sequence[Statement], lexicon: Lexicon, end: int) -> bool:
    """Whether a bare subject is followed by an act close by, not by a description (产科夜间人力偏紧)."""
    return any(lexicon.concrete.search(text, s.end, min(end, s.end + 24)) is not None for s in group)


def gone(mention: DateMention, calendar: Calendar) -> bool:
    """Whether a date lies before the plan's time, or before the day the report was issued: it was done."""
    if mention.end is None or mention.recurrence:
        return False
    if calendar.issued and mention.kind != "by" and mention.end <= calendar.issued:
        return True
    if calendar.closed and mention.kind != "by" and mention.end <= calendar.closed:
        return True
    if calendar.year is None or (calendar.start is None and mention.kind == "by" and mention.text.endswith("前")):
        return False  # the year was guessed from what the text aims at: 2030年达到…, 2026年底前完成…
    first = min(calendar.year, int(calendar.start[:4]) if calendar.start else calendar.year)
    return int(mention.end[:4]) < first


def attributive(text: str, mention: DateMention) -> bool:
    """Whether a bare year only names something: 启动2024年第二批招聘, 完成2024年度预算, 做好下半年各项工作."""
    if mention.kind == "in" and text[mention.span[0] - 1 : mention.span[0]] == "对" and not mention.text.endswith("前"):
        return True  # 对年度内两次以上延迟供货的供应商启动约谈
    if mention.kind == "in" and mention.grain in ("quarter", "half") and text[mention.span[0] - 1 : mention.span[0]] in _OBJECT_OF and not mention.text.endswith(_POINTS):
        return True  # 把四季度加班方案公示到位, 与三季度绩效挂钩
    if mention.kind != "in" or not (mention.text.endswith(("年", "年度")) or _OF_WORK.match(text, mention.span[1])):
        return False
    before = text[max(0, mention.span[0] - 1) : mention.span[0]]
    if before in ("和", "与", "及") and text[mention.span[0] - 2] in "年月日底末":
        return False  # 到2027年和2030年
    return "\u4e00" <= before <= "\u9fff" and before not in "在于到至自从"


def task_dates(text: str, dates: Sequence[DateMention], quantities: Sequence[Quantity], calendar: Calendar) -> list[DateMention]:
    """Return the dates that are the task's: all that are printed in it, also its targets' own, and how often."""
    owned = {q.deadline.span for q in quantities if q.deadline is not None}
    live = [d for d in dates if not d.quoted and not gone(d, calendar) and (d.span in owned or not attributive(text, d))]
    return [d for d in live if d.recurrence] + [d for d in live if not d.recurrence]
