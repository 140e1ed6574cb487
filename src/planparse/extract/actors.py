"""Who does what in running text: 「由X牵头，Y、Z配合」, 「X负责…」, 「X要…」, 「X每周…」.

A statement is an actor group at a clause start with the word that gives its role. A chain of statements that
shares one act (牵头 … 配合) is one; a new act begins where somebody new leads, answers or is told to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from planparse.catalogue import (
    Forms,
    PersonSpan,
    build_forms,
    build_people,
    department_spans,
    people_behind,
    person_spans,
)
from planparse.expressions import expression
from planparse.extract.cover import Cover
from planparse.extract.dates import DateMention
from planparse.extract.drafts import Name
from planparse.extract.lexicon import Lexicon, build_lexicon
from planparse.extract.said_roles import said_roles
from planparse.model import Span
from planparse.rulebook import Rulebook

_JOIN = expression(r"[、和及与/／]|以及")
_OPENERS = "，,。；;：:、？！?!—\n由请 \u3000\v）)“”"
_MODAL = expression(r"(?:会后|下一步|下步|接下来|今后|今年|目前|当前|下半年|[在于][^，,。；]{2,12}(?:中|时|后|前))?(?:也|还|更|同时|务必|都|均|一定|一律|表示|承诺)?(?:要|须|必须|需要|需|应当|应该|应|务必|将|负有)(?!求)")
_MODAL_AT = expression(r"(?:清晨|早晨|早上|上午|中午|下午|晚上|夜里|夜间|上班前|下班前|交班前)?(?:都|也|均|还)?(?:要|须|必须|应)(?!求|素|点)")
_CHARGE = expression(r"(?:主要|具体|全面|统一|共同|分别|联合|按职责分工|按照职责分工|按职责|按分工|分工)?(?:负责(?!人|同志|制(?![定订作])|任)|承办(?!单位|部门|科室)|承担(?=[，,；;。])|盯到底|盯办|包抓)")
_LEADING = expression(r"(?:要|须|应|将)?(?:抓总|负总责|牵头(?!科室|部门|单位|医院|人)|主责|主办|归口管理|归口负责|归口(?=[，,；;。、])|总牵头)")
_SUPPORT = expression(r"(?:要|须|应)?(?:积极|共同|全力|主动|密切|做好|全程|同步|一并|抓好)?(?:协同|协助|支持)?(?:配合|参与|协助|协同|协办|参加)")
_BODY = expression(r"(?:政府|党委|医院|集团|[甲乙丙]方|公司|中心|[局委院部科室])$")
#: 检验科、病理科、药学部|三家|自查…
_COUNTED = expression(r"这[两三四五几]个?(?:家|科室|部门|单位)[，,]?|等?[两三四五六七八九十1-9](?:个|家)?(?:(?:职能|临床|责任|牵头)?(?:科室|部门|单位|处室)|家|科)(?![的长员室])")
#: 各科主任是第一责任人，|每月要…: what an actor is, before what it is to do
_IS = expression(r"(?:(?:就|都|均)?是[^，,。；;：:是]{2,16}|(?:也|都|再)?不(?:要|能|得|可)[^，,。；;：:]{2,12})[，,]")
#: what cannot follow a subject that acts: the name goes on, or is no subject
_NO_SUBJECT = expression(r"[\u4e00-\u9fff]{1,10}?(?:[率比数量]|占比|比例|比重|时间|费用|得分|满意度)(?:均|分别|力争|要|须)?(?:达|不[低高少多]于|不超过|控制|提[高升]|降|压|缩|由|从|保持|稳定|超过|[高低大小]于|[≥≤＞＜><])|[^，,。；;]{2,16}(?:问题|事项|事宜|一事|方面)(?=[，,])|绩效考核|满意度|排名|平均|主要(?:负责|领导)|党政(?:主要|负责)|分管|[的、和及与等是为人]|主任|长(?!期|年|效)|护士长|工作|建设|管理|质量|服务|领导|负责人|同志|成员|内|间|外|里|之|所")
#: 县卫生局|下发通知，要求卫生院…: who sends the letter does not do what it says
_SENDS = expression(r"(?:近日|日前|专门|联合|于[^，,。；]{2,12})?(?:下发|印发|发出|发布|转发|出台)了?[^，,。；]{0,30}[，,]?(?:要求|明确|提出|规定|部署)")
_BY_OFFICE = expression(r"由([\u4e00-\u9fff]{2,8}?(?:员|秘书|主任|科长|护士长|院长|书记|组长|干事|专员|负责人))(?:负责|牵头|组织|督办)")
#: 县120指挥调度中心
_CALLS = ("120", "110", "119")
_UNIT = expression(r"(?:[\u4e00-\u9fff]{0,4}1[12][09])?[\u4e00-\u9fff]{2,14}(?:科|部|处|室|办|股|组|队|站|所|院|中心|委|局|会|支部|专班)$")
#: 市第一医院牵头|组建的专科联盟, 市第一医院牵头|的医联体: says which
_FOUNDED = expression(r"(?:组建|成立|制定|编制|建设|创办|举办|创建|发起|成立)?(?:了)?的")
#: …、技术赋能、全员参与: a manner, nobody in particular
_EVERYBODY = frozenset({"全员", "全民", "全院", "全社会"})
_CHARGED = expression(r"(?:责成|责令|(?<=[，,。；;：:\n])请)([\u4e00-\u9fff]{1,9}?(?:[科部处办局股队]|中心|小组|公司))(?![长员门理室置医主])")
_OFFICE_OF = expression(r"(?:常务|业务)?副?(?:主任|[科处部局股]长|护士长|院长|书记|组长)(?=[\u4e00-\u9fff])(?!办|会|医师|护师|药师|技师)")
_TOGETHER = expression(r"会同|联合|协同")
_ASKED = expression(r"(?:要求|责成|责令)$")
#: 按照上级要求|各科室…: the demand is what they go by, not what they are told; 已责成|后勤处…: it was told before
_GOING_BY = expression(r"已|按|根据|依据|结合|对照|围绕|符合|达到|落实|贯彻|严格|满足")
_BARE_NAME = r"([\u4e00-\u9fff]{2,3}?)(?=要(?![求点是有么])|须|负责(?!人)|牵头)"
_OPENING_NAME, _LATER_NAME = expression(_BARE_NAME), expression(r"[。；;！\n，,]" + _BARE_NAME)
_OFFICE_END = expression(r"(?:院长|书记|主任|[科处部局]长|护士长|主席|会计师)[ \u3000]?$")
_OFFICE_START = expression(r"(?:副?院长|副?书记|副?主任|副?[科处部局]长|护士长|主席|总会计师)")
_OFFICE_REACH, _OFFICE_PLACES = 4000, 6
#: the longest bracket of persons behind a department
_BRACKET = 44
_OBJECT = frozenset("对向为")
_PREPOSITION = expression(r"(?:分别于|分别在|分别|于|在|自|从|力争|确保|争取|应于|要在|须于)?")


class Statement(Struct):
    """One actor group with its role. ``start`` includes 由; ``end`` is after the role word."""

    start: int
    end: int
    role: str
    names: list[Span] = field(default_factory=list)
    people: list[PersonSpan] = field(default_factory=list)
    how: str = "charge"
    rule: str = "prose"

    @property
    def opens(self) -> bool:
        """Whether an act of its own follows (support joins the act before)."""
        return self.role != "support"


class _Around(Struct, frozen=True):
    """The stretch that is read, with its dates by their start, and their starts by their ends."""

    text: str
    start: int
    end: int
    date_at: dict[int, DateMention]
    date_ends: dict[int, int]


def _groups(text: str, start: int, end: int, rules: Rulebook) -> list[tuple[int, int, list[Span]]]:
    """Department mentions, neighbours joined by 、和及与 into groups."""
    groups: list[tuple[int, int, list[Span]]] = []
    for a, b in department_spans(text, start, end, rules):
        if groups:
            last = groups[-1]
            gap = text[last[1] : a]
            if (gap and len(gap) <= 2 and _JOIN.fullmatch(gap)) or (not gap and text[a] == "各"):  # 各支部|各科室
                last[2].append((a, b))
                groups[-1] = (last[0], b, last[2])
                continue
        groups.append((a, b, [(a, b)]))
    return groups


def find_statements(text: str, start: int, end: int, dates: Sequence[DateMention], rules: Rulebook) -> list[Statement]:
    """Return the actor statements of ``text[start:end]`` in order."""
    around = _Around(text, start, end, {d.span[0]: d for d in dates}, {d.span[1]: d.span[0] for d in dates})
    found: list[Statement] = []
    forms = rules.compiled(build_forms)
    groups = _groups(text, start, end, rules)
    said = said_roles(text, start, end, groups, rules)
    told = Cover([(one.start, one.end) for one in said])
    for one in said:
        names = [n for n in one.names if not forms.is_placeholder(text[slice(*n)])]
        people = [one.person] if one.person is not None else []
        if names or people:
            found.append(Statement(one.start, one.end, "responsible" if one.role == "leaders" else one.role, names, people, "label"))
    for a, b, names in groups:
        if told.touches(a, b):
            continue
        people = people_behind(text, b, end, rules) if text[b : b + 1] in ("（", "(") else []
        statement = _read(around, a, _after_bracket(text, b, end) if people else b)
        if statement is not None:
            statement.people = people
            statement.names = [n for n in names if not forms.is_placeholder(text[n[0] : n[1]])]
            found.append(statement)
    _bearers(around, found, rules.compiled(build_lexicon), rules)
    _persons(around, found, rules)
    if text.find("由", start, end) >= 0:
        _by_office(around, found, forms)
    _bare_names(around, found)
    _charged(around, found, forms)
    if dates:
        found += _units_before_dates(text, start, dates, found)
    found.sort(key=_first)
    return found


def _after_bracket(text: str, at: int, end: int) -> int:
    """Return the end of the bracket that opens at ``at``: 质控办（责任人：单于青）|每月…."""
    closed = min((k for k in (text.find(mark, at, min(end, at + _BRACKET)) for mark in "）)") if k >= 0), default=at - 1)
    return closed + 1


def _first(statement: Statement) -> int:
    return statement.start


def _bearers(around: _Around, found: list[Statement], lexicon: Lexicon, rules: Rulebook) -> None:
    """Add the statements of office-bearers: 各科室负责人要…."""
    text, start = around.text, around.start
    taken: Cover | None = None
    for match in lexicon.bearers.finditer(text, start, around.end):
        taken = taken or _cover(found)
        a, b = _with_body(text, match.start(), start), match.end()
        statement = None if taken.covers(a) else _read(around, a, b)
        if statement is None or statement.how == "by" or statement.role not in ("responsible", "lead"):
            continue
        role = lexicon.bearer_roles[match.lastgroup or ""]
        if (role == "office" and statement.how in ("subject", "together")) or _is_named_after(text, a, b, around.end, rules):
            continue
        statement.people = [] if role == "nobody" else [PersonSpan((a, b))]
        found.append(statement)


def _is_named_after(text: str, a: int, b: int, end: int, rules: Rulebook) -> bool:
    """Whether a name follows the office: 分管副院长|薛景行要…."""
    if not "\u4e00" <= text[b : b + 1] <= "\u9fff":
        return False
    return any(person.role is not None and person.name[0] == b for person in person_spans(text, a, min(end, b + 8), rules))


def _persons(around: _Around, found: list[Statement], rules: Rulebook) -> None:
    """Add the statements of persons printed with an office."""
    text, start = around.text, around.start
    taken: Cover | None = None
    for person in person_spans(text, start, around.end, rules):
        taken = taken or _cover(found)
        a = min(person.name[0], person.role[0]) if person.role else person.name[0]
        b = max(person.name[1], person.role[1]) if person.role else person.name[1]
        a = _with_body(text, a, start)
        if taken.touches(a, b):
            continue
        statement = _read(around, a, b)
        rhythm = statement is not None and statement.how == "time" and _is_rhythm(around, statement) and rules.compiled(build_people).is_name(text[slice(*person.name)])
        if statement is not None and (rhythm or statement.how in ("modal", "charge", "lead", "share")):
            statement.people, statement.role = [person], "responsible"
            found.append(statement)


def _is_rhythm(around: _Around, statement: Statement) -> bool:
    """Whether the time behind an actor is a recurrence: 党委书记符晓岚每周三到工地调度."""
    mention = around.date_at.get(statement.end)
    return mention is not None and mention.kind == "recurrence"


def _bare_names(around: _Around, found: list[Statement]) -> None:
    """Add 雷明要…: a name alone, of somebody whom the text above prints with an office (副院长雷明)."""
    text, start = around.text, around.start
    taken: Cover | None = None
    opening = _OPENING_NAME.match(text, start, around.end)
    for match in (*([opening] if opening else ()), *_LATER_NAME.finditer(text, start, around.end)):
        a, b = match.span(1)
        if not _has_office(text, a, b):
            continue
        taken = taken or _cover(found)
        statement = None if taken.touches(a, b) else _read(around, a, b)
        if statement is not None:
            statement.people, statement.role = [PersonSpan((a, b))], "responsible"
            found.append(statement)


def _has_office(text: str, a: int, b: int) -> bool:
    """Whether an office stands beside the name in what is printed before it; only so far back, and at so many places."""
    name, low = text[a:b], max(0, a - _OFFICE_REACH)
    at = low - 1
    for _ in range(_OFFICE_PLACES):
        at = text.find(name, at + 1, a)
        if at < 0:
            break
        if _OFFICE_END.search(text, max(low, at - 3), at) or _OFFICE_START.match(text, at + len(name), a):
            return True
    return False


def _by_office(around: _Around, found: list[Statement], forms: Forms) -> None:
    """Add 由X专员负责: an office that no table of persons knows."""
    text = around.text
    taken: Cover | None = None
    for match in _BY_OFFICE.finditer(text, around.start, around.end):
        taken = taken or _cover(found)
        a, b = match.span(1)
        if not taken.touches(a, b) and not forms.is_name(text[a:b]):
            found.append(Statement(match.start(), match.end(), "responsible", people=[PersonSpan((a, b))], how="charge"))


def _charged(around: _Around, found: list[Statement], forms: Forms) -> None:
    """Add 责成项目部…: a unit known by its form alone that is charged in so many words."""
    text = around.text
    taken: Cover | None = None
    for match in _CHARGED.finditer(text, around.start, around.end):
        taken = taken or _cover(found)
        a, b = match.span(1)
        if not taken.touches(a, b) and forms.is_form(text[a:b]):
            found.append(Statement(match.start(), b, "responsible", names=[(a, b)], how="modal"))


def _cover(found: Sequence[Statement]) -> Cover:
    return Cover([(s.start, s.end) for s in found])


def _units_before_dates(text: str, start: int, dates: Sequence[DateMention], found: Sequence[Statement]) -> list[Statement]:
    """Units that no catalogue knows, told by their place: 「教学组|12月底前举办…」 at the head of a clause."""
    extra: list[Statement] = []
    taken: Cover | None = None
    for d in dates:
        if d.quoted or d.kind not in ("by", "recurrence", "in", "range", "from"):
            continue
        low = d.span[0]
        while low > start and d.span[0] - low < 16 and ("\u4e00" <= text[low - 1] <= "\u9fff" or text.endswith(_CALLS, start, low)):
            low -= 3 if text[low - 1].isdigit() else 1
        if low > start and "\u4e00" <= text[low - 1] <= "\u9fff":
            continue
        name = text[low : d.span[0]].removesuffix("于").removesuffix("在").removesuffix("自")
        if name.startswith("由"):
            low, name = low + 1, name[1:]
        if _UNIT.fullmatch(name) is None:
            continue
        taken = taken or _cover(found)
        if not taken.touches(low, d.span[0]):
            listed = [(low, low + len(name))]
            while (before := _listed_before(text, start, listed[-1][0])) is not None and not taken.touches(*before):
                listed.append(before)
            extra.append(Statement(listed[-1][0], low + len(name), "responsible", names=listed[::-1], how="time"))
    return extra


def _listed_before(text: str, start: int, at: int) -> Span | None:
    """Return the unit that stands before ``at`` in one list: 乡镇卫生院、|社区卫生服务中心."""
    low = at - 1
    while low > start and at - low < 16 and "\u4e00" <= text[low - 1] <= "\u9fff":
        low -= 1
    low += next((len(word) for word in ("要求", "责成", "责令", "请", "由") if text.startswith(word, low)), 0)
    listed = at - 1 > start and text[at - 1] == "、" and _UNIT.fullmatch(text, low, at - 1) is not None
    return (low, at - 1) if listed and (low == start or text[low - 1] in _OPENERS or is_asked(text, low, start)) else None


def _with_body(text: str, at: int, start: int) -> int:
    """Return where an office-bearer begins with the body he sits in: 市政府|分管负责同志, 乙方|主要负责人."""
    low = at
    while low > start and at - low < 8 and text[low - 1] not in _OPENERS and "\u4e00" <= text[low - 1] <= "\u9fff":
        low -= 1
    if low < at and (low == start or text[low - 1] in _OPENERS) and _BODY.search(text, low, at):
        return low
    return at


def _opens_clause(text: str, a: int, start: int, date_ends: dict[int, int]) -> bool:
    if a <= start or text[a - 1] in _OPENERS:
        return True
    if a in date_ends:
        return text[date_ends[a] - 1 : date_ends[a]] not in _OBJECT  # 提出对|下半年|各部门工作的要求
    return text[max(start, a - 2) : a] in ("所以", "因此", "为此", "对此", "因而", "其中", "同时", "并由", "要求", "各由", "明确", "强调", "指出", "决定", "期间", "之前", "以后", "之后", "此外", "另外", "今后", "下一", "此项", "件事", "此事", "下周", "本周", "下月", "本月", "近期", "责成", "责令")


def _read(around: _Around, a: int, b: int) -> Statement | None:
    """Return the statement of one actor at ``[a, b)``, or None when it is no actor there."""
    text, start, end, date_at, date_ends = around.text, around.start, around.end, around.date_at, around.date_ends
    if not _opens_clause(text, a, start, date_ends):
        return None
    by = text[a - 1] == "由" if a > start else False
    first = a - 1 if by else a
    at = b
    if _OFFICE_OF.match(text, at, end):
        return None  # 感控科|主任乔立群: the person answers
    counted = _COUNTED.match(text, at, end)
    if counted is not None:
        at = counted.end()
    if text.startswith("各自", at):
        at += 2
    if text[at : at + 2] in ("等科", "等部") or text[at : at + 1] == "等":
        at = min(end, at + (3 if text[at : at + 3] in ("等科室", "等部门", "等单位") else 1))
    found = _LEADING.match(text, at, end)
    if found and _FOUNDED.match(text, found.end(), end):
        return None  # 市第一医院牵头组建的专科联盟
    if found:
        stop = found.end()
        if text.startswith("负责", stop) or (text[stop : stop + 2] in ("组织", "落实") and not "\u4e00" <= text[stop + 2 : stop + 3] <= "\u9fff"):
            stop += 2
        return Statement(first, stop, "lead", how="lead" if not _TOGETHER.match(text, stop) else "leadwith")
    found = _SUPPORT.match(text, at, end)
    if found and found.end() > at and text[a:b] in _EVERYBODY:
        return None
    if found and found.end() > at:
        return Statement(first, found.end(), "support", how="support")
    found = _CHARGE.match(text, at, end)
    if found:
        return Statement(first, found.end(), "responsible", how="charge" if not re.search(r"分工|职责|共同|分别|承", found[0]) else "share")
    found = _TOGETHER.match(text, at, end)
    if found:
        return Statement(first, at, "responsible", how="together")
    found = _MODAL.match(text, at, end)
    if found:
        return Statement(first, found.end(), "responsible", how="modal")
    described = _read_described(around, first, at)
    if described is not None:
        return described
    k = _PREPOSITION.match(text, at, end)
    stop = k.end() if k else at
    if (stop in date_at or at in date_at) and not (a > start and text[a - 1] == "、"):
        mention = date_at.get(stop) or date_at[at]
        told = _MODAL_AT.match(text, mention.span[1], end)
        if told is not None:
            return Statement(first, told.end(), "responsible", how="modal")  # 保卫科每天夜里要走一趟
        if mention.kind in ("by", "recurrence", "in", "range", "from", "day"):
            asked = (a > start and text[a - 1] == "请") or is_asked(text, a, start)
            return Statement(first, at, "responsible", how="modal" if asked else "time")
    if by:
        return Statement(first, at, "responsible", how="by")
    if is_asked(text, a, start) or (a > start and text[a - 1] == "请" and (a - 1 == start or text[a - 2] in _OPENERS)):
        return Statement(first, at, "responsible", how="modal")
    if (a == start or text[a - 1] not in "、“)）") and at < end and "\u4e00" <= text[at] <= "\u9fff" and not _NO_SUBJECT.match(text, at, end) and not _SENDS.match(text, at, end):
        return Statement(first, at, "responsible", how="subject")
    return None


def _read_described(around: _Around, first: int, at: int) -> Statement | None:
    """Return the statement of an actor that is told what it is, and then what to do: 各科主任是第一责任人，每月要…."""
    is_what = _IS.match(around.text, at, around.end)
    if is_what is None:
        return None
    at = is_what.end()
    mention = around.date_at.get(at)
    told = _MODAL.match(around.text, mention.span[1] if mention else at, around.end)
    if told is not None:
        return Statement(first, told.end(), "responsible", how="modal")
    return Statement(first, at, "responsible", how="time") if mention else None


def is_asked(text: str, a: int, start: int) -> bool:
    """Whether the actor at ``a`` is told to do what follows: 会议要求|各科室认真梳理….

    >>> is_asked("会议要求各科室认真梳理", 4, 0), is_asked("按照上级要求各科室开展自查", 6, 0)
    (True, False)
    """
    if _ASKED.search(text, max(start, a - 2), a) is None:
        return False
    low = max(start, a - 30)
    clause = max(text.rfind(mark, low, a) for mark in "，,。；;：:\n") + 1
    return _GOING_BY.search(text, max(low, clause), a - 2) is None


def partners(text: str, statement: Statement, end: int, rules: Rulebook) -> list[Span]:
    """Return who is named after 会同/联合 in 「X会同Y、Z…」."""
    found = _TOGETHER.match(text, statement.end, min(end, statement.end + 6))
    if not found:
        return []
    for a, _, names in _groups(text, found.end(), min(end, found.end() + 60), rules):
        if a == found.end():
            return names
        break
    return []


def resolve(statements: Sequence[Statement]) -> tuple[list[Name], list[PersonSpan]]:
    """Return names with roles and people of one act: bare 负责 beside 配合 leads (contract, Roles)."""
    leads = any(s.role == "lead" or s.how in ("lead", "leadwith") for s in statements)  # also a person who 牵头
    supports = any(s.role == "support" for s in statements)
    names: list[Name] = []
    people: list[PersonSpan] = []
    for s in statements:
        role = s.role
        if role == "responsible" and s.how == "charge" and supports and not leads:
            role = "lead"
        names += [(role, span, f"prose.{s.how}") for span in s.names]
        people += s.people
    return names, people
