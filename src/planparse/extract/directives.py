"""Directives in running text: paragraphs of plans, speech and meeting reports (contract, rules 6, 7, 9)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from planparse.catalogue import build_forms
from planparse.expressions import expression
from planparse.extract.act_cuts import clause_start, cut_acts
from planparse.extract.act_dates import one_an_actor, with_head_date
from planparse.extract.actors import find_statements, partners, resolve
from planparse.extract.dates import Calendar, DateMention, find_dates
from planparse.extract.drafts import TaskDraft
from planparse.extract.lexicon import Lexicon, build_lexicon
from planparse.extract.numerals import YEAR
from planparse.extract.quantities import Quantity, find_quantities
from planparse.extract.reports import CITED
from planparse.extract.silence import build_silence
from planparse.extract.speech import SHORTEST, TRIM, Speech, Unit, build_speech, units
from planparse.extract.statements import Statement
from planparse.extract.task_dates import attributive, gone, is_object, task_dates
from planparse.model import Span
from planparse.rulebook import Rulebook

_DEMAND = expression(
    r"(?:^|[，,。；;：:“])(?:还|也|并|同时[，,]?|下一步[，,]?|今后[，,]?)?(?:要|须|必须|应|务必|确保|力争|抓紧|尽快|争取)(?!是|素|求)|(?:^|[，,。；;：:“])(?:还|也|亦|又|并|同时)?(?:将会?|会)(?:在(?!建|职|院)|于|继续|进一步|陆续|逐步|分[批步]|尽快|力争|新增|增[加设]|推出|启动|完成(?!情况))"
)
_DONE = expression(r"(?<![为除不])了(?![解结然望])")
_ASKED = expression(r"要(?<![主重必纪摘概简首扼].)(?!求|素|是|点|件|闻)|必须|务必|确保|力争|须")
#: how actors are told in so many words
_STRONG = frozenset({"lead", "charge", "share", "support", "by", "together", "label"})
_ROLE_FILLER = expression(
    r"[，,、；;。：:“”\s由和与及等]|具体|组织|落实|实施|督办|这件事|此事|(?:[这此该]项|上述)工作"
)
_THIS = expression(r"[，,；;。 ]*(?:这件事|此事|[这此该]项工作)")
_LONGEST_ROLES = 60
_AIMED = expression(r"[^，,。；;：:]{0,24}目标(?:任务)?(?:是|为)?[：:]")
#: 到2025年底，A达到…，B不低于…: aims of the whole plan, where nobody is told and nothing is done
_BY_THEN = expression(
    r"(?:按照?[^，,。；]{2,12}[，,])?(?:力争|确保|争取)?到(?:"
    + YEAR
    + r"年|今年|明年|“?十[四五]五”?|(?=\d{1,2}月|[一二三四]季度|年))(?:\d{1,2}月|[一二三四]季度)?年?(?:底|末)?[，,]"
)
#: in what somebody is told they say what is measured by: 药品用量环比下降10%
_COMPARED_WITH = ("较", "同比", "环比")
_MOSTLY = 0.6
_PARTED, _BLANKS = ("；", ";"), (" ", "\u3000", "\v")
#: 依据…，结合实际，制定本方案: what a plan says of itself
_PREFACE = expression(
    r"(?:^|[，,])现将[^。]{2,40}请(?:各[\u4e00-\u9fff]{1,8}?)?(?:认真|遵照|对照|结合实际|抓好|贯彻)[^。]{0,10}(?:落实|执行|办理|实施)[。：:]?$|(?:制[定订]|编制|提出)(?:本|如下|以下|此)[\u4e00-\u9fff]{2,8}[。：:]?$"
)
_OPENING = expression(r"[“‘]")
#: behind a day they say that it was kept: 6月底前|已覆盖全部诊区
_BY_NOW = ("已", "就已", "均已", "都已", "业已")


def find_directives(
    text: str,
    start: int,
    end: int,
    calendar: Calendar,
    rules: Rulebook,
    *,
    lenient: bool = False,
    narrative: bool = False,
    reported: bool = False,
) -> list[TaskDraft]:
    """Return the tasks that ``text[start:end]`` gives in sentences.

    ``lenient`` is for paragraphs in sections that assign work: a concrete act with a time suffices. In ``narrative``
    the sentence classifier decides what the rules leave open.
    """
    lexicon, speech = rules.compiled(build_lexicon), rules.compiled(build_speech)
    drafts: list[TaskDraft] = []
    dates = find_dates(text, calendar, rules, start, end)
    told: list[Statement] = []
    for unit in units(text, start, end, speech):
        unit.narrative, unit.reported = narrative, reported
        found, told = _of_unit(text, unit, dates, calendar, rules, lexicon, lenient, told)
        drafts += found
    return drafts


def _still_told(text: str, start: int, told: list[Statement], speech: Speech) -> list[Statement]:
    """Return those whom a clause behind ； is for that goes on with 要: 医务科要…；|要…; nobody where nobody was told before it."""
    if text[start - 1 : start] not in _PARTED or not told or any(s.how != "modal" for s in told):
        return []
    while text[start : start + 1] in _BLANKS:
        start += 1
    return told if speech.chain.match(text, start) is not None else []


def _within(dates: Sequence[DateMention], a: int, b: int) -> list[DateMention]:
    if not dates:
        return []
    low = bisect_left(dates, a, key=lambda d: d.span[0])
    high = bisect_left(dates, b, lo=low, key=lambda d: d.span[0])
    return [d for d in dates[low:high] if d.span[1] <= b]


def _of_unit(
    text: str,
    unit: Unit,
    dates: Sequence[DateMention],
    calendar: Calendar,
    rules: Rulebook,
    lexicon: Lexicon,
    lenient: bool,
    told: list[Statement],
) -> tuple[list[TaskDraft], list[Statement]]:
    """Return the tasks of a unit, and who was told last; ``told``: who was before it."""
    own = _within(dates, unit.start, unit.end)
    statements = find_statements(text, unit.start, unit.end, own, rules)
    acts = (
        [(unit.start, unit.end, statements)]
        if unit.called and not statements and not own
        else cut_acts(text, unit, statements)
    )
    speech = rules.compiled(build_speech)
    drafts: list[TaskDraft] = []
    last, inherited = -1, False
    for a, b, group in acts:
        follows = bool(drafts) and last >= 0 and "。" not in text[last : max(last, a)]
        if group and drafts:
            stop = text.find("。", group[-1].end, b) + 1 or b
            if _names_only(text, a, stop, group):
                _add_roles(drafts[-1], group, told_of=_THIS.match(text, a, b) is not None)
                a, group = stop, []
        if a >= b:
            continue
        heirs = _still_told(text, a, told, speech)
        inherited = inherited and text[a - 1] not in _PARTED
        if heirs and not group:
            told, inherited = heirs, True
        elif heirs or inherited:
            told = []  # 要加大力度，护士长要亲自抓；|要…: for all of them
        elif a == unit.start or text[a - 1] not in "，,":
            told = group  # 各单位要…，镇长要亲自抓；|要…: whom the clause began with
        if heirs and not group and not (lexicon.is_firm(text[a:b]) or _within(own, a, b)):
            continue
        group = group or heirs
        draft = _judge(
            text, a, b, group, _within(own, a, b), calendar, rules, lexicon, unit, lenient, follows
        )
        if draft is not None:
            drafts += one_an_actor(text, draft, group, _within(own, a, b))
            last = draft.end
    return with_head_date(text, drafts), told


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


class _Act:
    """What is judged: who is told what, by when; every question but how much."""

    __slots__ = (
        "by_time",
        "concrete",
        "firm",
        "follows",
        "group",
        "lenient",
        "live",
        "modal",
        "said",
        "strong",
        "timed",
        "unit",
    )

    def __init__(
        self,
        said: str,
        head: int,
        group: list[Statement],
        live: list[DateMention],
        lexicon: Lexicon,
        unit: Unit,
        lenient: bool,
        follows: bool,
    ) -> None:
        self.said, self.group, self.live = said, group, live
        self.unit, self.lenient, self.follows = unit, lenient, follows
        self.concrete = lexicon.concrete.search(said, head) is not None
        self.firm = self.concrete and lexicon.is_firm(said, head)
        hows = {s.how for s in group}
        self.strong = not _STRONG.isdisjoint(hows)
        self.modal, self.by_time = "modal" in hows, "time" in hows
        lasting = (bool(group) or lenient) and (
            self.concrete or lexicon.attitude.search(said, head) is None
        )  # 警钟长鸣、常抓不懈 is no time
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
            return (
                not (self.concrete and (self.lenient or self.unit.enumerated or by))
                and not self.demands
                and not self.unit.called
                and not self.unit.decided
            )
        if (
            self.by_time
            and not self.strong
            and not self.modal
            and not (self.live and (self.concrete or any(d.kind == "by" for d in self.live)))
        ):
            return True
        if self.bare and not _acts_soon(text, self.group, lexicon, end):
            return True
        weak = (
            not self.modal
            and not self.lenient
            and all(s.how in ("time", "together", "subject") for s in self.group)
        )
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
        if self.unit.reported and not self.timed:
            return False
        counted = self.concrete or aims
        return (self.timed and self.concrete) or (
            counted and (self.follows or (self.unit.enumerated and not attitude))
        )

    def question(self, told: bool, aims: bool, attitude: bool) -> str:
        """Return what the rules leave to the classifier (rules/silence.toml), given their own answer; "" for nothing."""
        if self.unit.chained and not self.group:
            return "chained" if told and not (self.timed or aims) else ""
        if not self.unit.narrative or (attitude and not told):
            return ""
        if not self.group:
            return "required" if not told and self.unit.called and self.firm else ""
        if self.strong or self.timed or aims:
            return ""
        doubted = not told or (self.unit.enumerated and not self.unit.called and not self.follows)
        if self.bare and doubted:
            return "subject" if self.concrete and not self.unit.reported else ""
        return "untimed" if told else ""

    def is_demanded(self, aims: bool, attitude: bool, demanded: bool) -> bool:
        """Whether what nobody is named for is to be done all the same."""
        dated = self.timed and (
            self.lenient or self.unit.enumerated or any(not d.recurrence for d in self.live)
        )
        if dated or aims:
            by = any(d.kind == "by" for d in self.live)
            return (
                demanded
                or (aims and (self.unit.called or self.unit.decided))
                or (self.concrete and (self.lenient or self.unit.enumerated or by))
                or (self.unit.called and by and not attitude)
            )
        return self.unit.enumerated and self.firm and demanded and not attitude


def _is_time(d: DateMention) -> bool:
    """Whether a date is one to do something by, not a bare year."""
    if d.kind == "in":
        return d.grain != "year" or d.text.endswith(("年底", "年末", "年内"))
    return d.kind in ("by", "recurrence", "range", "from", "day")


def _judge(
    text: str,
    a: int,
    b: int,
    group: list[Statement],
    dates: list[DateMention],
    calendar: Calendar,
    rules: Rulebook,
    lexicon: Lexicon,
    unit: Unit,
    lenient: bool,
    follows: bool,
) -> TaskDraft | None:
    """Return the task that an act is, or None: who, by when or how much, and something that can be checked off."""
    a, b = _trimmed(text, a, b)
    said = text[a:b]
    if b - a < SHORTEST or lexicon.finished.search(said) is not None or _PREFACE.search(said) is not None:
        return None
    live = [
        d
        for d in dates
        if not d.quoted
        and not gone(d, calendar)
        and not attributive(text, d)
        and not text.startswith(_BY_NOW, d.span[1])
    ]
    head = 0 if group else max(0, unit.head_end - a)  # 关于培训。… names its subject, not an act
    act = _Act(said, head, group, live, lexicon, unit, lenient, follows)
    passed = len(live) < len(dates) and any(
        gone(d, calendar) for d in dates if not d.quoted and not is_object(text, d)
    )
    if not group and CITED.match(said) is not None:
        return None
    if not group and _AIMED.match(said):
        return None  # aims of the whole plan, read out
    if act.is_hopeless(text, b, lexicon, passed) or (
        unit.found and not (act.modal or act.strong or _ASKED.search(said))
    ):
        return None
    aims = [q for q in find_quantities(text, a, b, dates, rules) if not q.past and not q.frequency]
    if not group and not lenient and _only_hopes(said, aims):
        return None
    attitude = (
        lexicon.is_attitude(said, max(0, group[-1].end - a))
        if act.modal
        else lexicon.attitude.search(said) is not None
    )
    demanded = _DEMAND.search(said) is not None or any(_ASKED.search(text, a, q.span[1]) for q in aims)
    if _is_done(said, demanded, lexicon, told=act.modal or unit.called) and not (
        act.strong and any(d.kind == "by" or d.recurrence for d in live)
    ):
        told = (
            clause_start(text, a, group[0].start) if act.strong else None
        )  # 会议审议通过了办法，|由人事科负责宣传
        if told is None:
            return None
        return _judge(
            text,
            told,
            b,
            group,
            [d for d in dates if d.span[0] >= told],
            calendar,
            rules,
            lexicon,
            unit,
            lenient,
            follows,
        )
    rule = ""
    told = (
        act.is_told(bool(aims), attitude, _names_one(text, group, rules))
        if group
        else act.is_demanded(bool(aims), attitude, demanded)
    )
    question = act.question(told, bool(aims), attitude)
    if question == "untimed" and unit.enumerated and _acts_at_once(text, group, lexicon, rules):
        question = ""
    if question:
        told = rules.compiled(build_silence).says(question, said)
        rule = "" if question == "untimed" else f"classifier.{question}"
    names, people = resolve(group)
    unnamed = bool(group) and not (names or people)  # 主办部门要会同协办部门…
    if not told or (unnamed and not (act.timed or aims or unit.enumerated)):
        return None
    for s in group:
        if s.how in ("together", "leadwith"):
            names += [("support", span, "prose.together") for span in partners(text, s, b, rules)]
    own = task_dates(text, dates, aims, calendar)
    return TaskDraft(
        [(a, b)],
        None,
        names=names,
        people=people,
        dates=own,
        quantities=aims,
        source="sentence",
        confidence=_confidence(act, bool(aims)),
        rule=rule,
    )


def _trimmed(text: str, a: int, b: int) -> Span:
    """Return an act without the marks around it, and without the end of a quotation that began before it."""
    while a < b and text[a] in TRIM:
        a += 1
    while b > a and text[b - 1] in TRIM:
        b -= 1
    if text[b - 1] in "”’" and not _OPENING.search(text, a, b):
        b -= 1
    return a, b


def _only_hopes(said: str, aims: Sequence[Quantity]) -> bool:
    """Whether a sentence that nobody is told says little more than what is to be reached by a year: 到2025年底，A达到…."""
    hoped = _BY_THEN.match(said)
    return hoped is not None and sum(y - x for x, y in (q.span for q in aims)) >= _MOSTLY * (
        len(said) - hoped.end()
    )


def _confidence(act: _Act, aimed: bool) -> float:
    """Return how sure a task of a sentence is: somebody told in so many words and a time say most."""
    if act.strong and act.timed:
        return 0.9
    if act.group:
        return 0.8 if act.timed or aimed else 0.7
    return 0.6


def _is_done(said: str, demanded: bool, lexicon: Lexicon, *, told: bool) -> bool:
    """Whether the act is reported as done; what somebody is told may hold a 了 of its own (看到通道堵了就地清)."""
    past = lexicon.past.search(said)
    against = (
        past is not None
        and told
        and past[0].startswith(_COMPARED_WITH)
        and "了" not in said
        and "已" not in said
    )  # 各科室要…，次均费用较上年同期下降3%
    if past is not None and not against and not (demanded and not lexicon.then.search(said)):
        return True
    return not (demanded or told) and "了" in said and _DONE.search(said) is not None


def _acts_at_once(text: str, group: Sequence[Statement], lexicon: Lexicon, rules: Rulebook) -> bool:
    """Whether one office, no collective, is told an act by the next word: 信息科要清理台账."""
    forms = rules.compiled(build_forms)
    return any(
        s.how == "modal"
        and lexicon.concrete.match(text, s.end) is not None
        and not any(forms.is_group(text[slice(*name)]) for name in s.names)
        for s in group
    )


def _names_one(text: str, group: Sequence[Statement], rules: Rulebook) -> bool:
    """Whether a department is named, not collectives alone."""
    forms = rules.compiled(build_forms)
    return any(s.names and not all(forms.is_group(text[x:y]) for x, y in s.names) for s in group)


def _acts_soon(text: str, group: Sequence[Statement], lexicon: Lexicon, end: int) -> bool:
    """Whether a bare subject is followed by an act close by, not by a description (产科夜间人力偏紧)."""
    return any(lexicon.concrete.search(text, s.end, min(end, s.end + 24)) is not None for s in group)
