"""What one actor in running text is told: the words around a name say whether it acts there, and in which role.

「X牵头」 leads, 「X配合」 supports, 「X负责」, 「X要…」 and 「X每周…」 answer; 「X的…」 and 「感控科主任…」 do not speak of X.
"""

from __future__ import annotations

from msgspec import Struct, field

from planparse.catalogue import PersonSpan
from planparse.expressions import expression
from planparse.extract.dates import DateMention
from planparse.extract.duties import Duties
from planparse.model import Span

#: words of two characters behind which an actor opens a clause
#: 。二是|医务科每月通报
ENUMERATED = expression(r"(?:^|[^\u4e00-\u9fff])?[一二三四五六七八九十]{1,2}[是要]")
_BEFORE_ACTOR = frozenset(
    {
        "所以",
        "因此",
        "为此",
        "对此",
        "因而",
        "其中",
        "同时",
        "并由",
        "要求",
        "各由",
        "明确",
        "强调",
        "指出",
        "决定",
        "期间",
        "会上",
        "别是",
        "其是",
        "之前",
        "以后",
        "之后",
        "此外",
        "另外",
        "今后",
        "下一",
        "此项",
        "件事",
        "此事",
        "下周",
        "本周",
        "下月",
        "本月",
        "近期",
        "责成",
        "责令",
    }
)
#: what stands before a clause that an actor may open
OPENERS = "，,。；;：:、？！?!—\n由请 \u3000\v）)“”"
_MODAL = expression(
    r"(?:会后|下一步|下步|接下来|今后|今年|目前|当前|下半年|[在于][^，,。；]{2,12}(?:中|时|后|前)|(?:针?对|就)[^，,。；;：:要须应将]{2,24})?(?:也|还|更|同时|务必|都|均|一定|一律|(?:表示|承诺)[，,]?)?(?:要|须|必须|需要|需|应当|应该|应|务必|(?<![月日底末初周年]前)将会?(?!议)|会(?=在|于|继续|尽快|陆续)|负有)(?!求)"
)
#: what follows a time and tells somebody: 每天夜里|要
MODAL_AT = expression(
    r"(?:清晨|早晨|早上|上午|中午|下午|晚上|夜里|夜间|上班前|下班前|交班前)?(?:都|也|均|还)?(?:要|须|必须|应)(?!求|素|点)"
)
#: who is in charge with others, or of a part
_SHARED = expression(r"分工|职责|共同|分别|承")
#: 检验科、病理科、药学部|三家|自查…
_COUNTED = expression(
    r"这[两三四五几]个?(?:家|科室|部门|单位)[，,]?|等?[两三四五六七八九十1-9](?:个|家)?(?:(?:职能|临床|责任|牵头)?(?:科室|部门|单位|处室)|家|科)(?![的长员室])"
)
#: 各科主任是第一责任人，|每月要…: what an actor is, before what it is to do
_IS = expression(
    r"(?:(?:就|都|均)?是[^，,。；;：:是]{2,16}|(?:也|都|再)?不(?:要|能|得|可)[^，,。；;：:]{2,12})[，,]"
)
#: 县卫生局|下发通知，要求卫生院…: who sends the letter does not do what it says
_SENDS = expression(
    r"(?:近日|日前|专门|联合|于[^，,。；]{2,12})?(?:下发|印发|发出|发布|转发|出台)了?[^，,。；]{0,30}[，,]?(?:要求|明确|提出|规定|部署)"
)
#: 市第一医院牵头|组建的专科联盟, 市第一医院牵头|的医联体: says which
_FOUNDED = expression(r"(?:组建|成立|制定|编制|建设|创办|举办|创建|发起)?了?的")
#: …、技术赋能、全员参与: a manner, nobody in particular
_EVERYBODY = frozenset({"全员", "全民", "全院", "全社会"})
#: 通过各科自查、保卫科|联合检查等方式
_BY_MEANS, _MEANS = (
    expression(r"[^，,。；;：:要须应]{2,24}?(?:等|的)(?:措施|方式|形式|手段|途径|办法|方法|机制)"),
    60,
)
#: 由医务科、护理部人员|组成: who belongs to it, not who does it
_COMPOSED = expression(r"[^，,。；;]{0,12}(?:组成|构成)")
#: 由信息科|开发的系统: says which
_DESCRIBED = expression(r"(?![对把将按就从在向以为并于每各])所?[\u4e00-\u9fff]{2}的(?=[\u4e00-\u9fff])")
_OFFICE_OF = expression(
    r"(?:常务|业务)?副?(?:主任|[科处部局股]长|护士长|院长|书记|组长)(?=[\u4e00-\u9fff])(?!办|会|医师|护师|药师|技师)"
)
#: who acts with the one named
TOGETHER = expression(r"会同|联合|协同")
_ASKED = expression(r"(?:要求|责成|责令|(?<![\u4e00-\u9fff])安排)$")
#: 按照上级要求|各科室…: the demand is what they go by, not what they are told; 已责成|后勤处…: it was told before
_GOING_BY = expression(r"已|按|根据|依据|结合|对照|围绕|符合|达到|落实|贯彻|严格|满足")
#: 提出对|下半年|各部门工作的要求
_OBJECT = frozenset("对向为")
#: 每周对氧气站、|危化品库房联合巡查: one more of what is dealt with
_TREATED, _LIST_REACH = expression(r"[对向](?![口外内标照比接于])[^，,。；;：:！？\n对向]{2,40}、$"), 44
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


class Around(Struct, frozen=True):
    """The stretch that is read, with its dates by their start, and their starts by their ends; ``duties`` give roles."""

    text: str
    start: int
    end: int
    date_at: dict[int, DateMention]
    date_ends: dict[int, int]
    duties: Duties


def read_actor(around: Around, a: int, b: int) -> Statement | None:
    """Return the statement of one actor at ``[a, b)``, or None when it is no actor there."""
    text, start, end = around.text, around.start, around.end
    if not _opens_clause(text, a, start, around.date_ends) or _OFFICE_OF.match(text, b, end):
        return None  # 感控科|主任乔立群: the person answers
    at = _behind_group(text, b, end)
    if _is_manner(around, a, b, at) or around.duties.oversight.match(text, at, end):
        return None
    if _BY_MEANS.match(text, at, end) is not None and _names_means(text, max(start, a - _MEANS), a):
        return None
    first = a - 1 if a > start and text[a - 1] == "由" else a
    return (
        _read_role(around, first, at)
        or _read_described(around, first, at)
        or _read_subject(around, a, first, at)
    )


def behind_comma(text: str, at: int) -> int:
    """Return where 会同 may stand behind who leads: 由信息科牵头|会同…, 由信息科牵头，|会同…."""
    return at + (text[at : at + 1] in ("，", ","))


def _behind_group(text: str, at: int, end: int) -> int:
    """Return where the words end that still belong to a list of actors: 等科室, 三家, 各自."""
    counted = _COUNTED.match(text, at, end)
    if counted is not None:
        at = counted.end()
    if text.startswith("各自", at):
        at += 2
    if text[at : at + 2] in ("等科", "等部") or text[at : at + 1] == "等":
        at = min(end, at + (3 if text[at : at + 3] in ("等科室", "等部门", "等单位") else 1))
    return at


def _names_means(text: str, low: int, at: int) -> bool:
    """Whether the sentence has said 通过 before: what follows tells how."""
    said = text.rfind("通过", low, at)
    return said >= 0 and not any(text.find(mark, said, at) >= 0 for mark in "。；;")


def _is_manner(around: Around, a: int, b: int, at: int) -> bool:
    """Whether the words of a role only say which (市第一医院牵头组建的专科联盟), or how (全员参与)."""
    text, end, duties = around.text, around.end, around.duties
    leading = duties.leading.match(text, at, end)
    if leading is not None:
        return _FOUNDED.match(text, leading.end(), end) is not None
    return text[a:b] in _EVERYBODY and duties.support.match(text, at, end) is not None


def _read_role(around: Around, first: int, at: int) -> Statement | None:
    """Return the statement of an actor whose role or duty stands right behind it."""
    text, end, duties = around.text, around.end, around.duties
    found = duties.leading.match(text, at, end)
    if found:
        stop = found.end()
        if text[stop : stop + 2] in ("负责", "组织", "落实"):
            stop += 2
        beside = TOGETHER.match(text, behind_comma(text, stop), end)
        return Statement(first, stop, "lead", how="lead" if beside is None else "leadwith")
    found = duties.support.match(text, at, end)
    if found:
        return Statement(first, found.end(), "support", how="support")
    found = duties.charge.match(text, at, end)
    if found:
        return Statement(
            first, found.end(), "responsible", how="charge" if not _SHARED.search(found[0]) else "share"
        )
    if TOGETHER.match(text, at, end):
        return Statement(first, at, "responsible", how="together")
    found = _MODAL.match(text, at, end)
    return Statement(first, found.end(), "responsible", how="modal") if found else None


def _read_subject(around: Around, a: int, first: int, at: int) -> Statement | None:
    """Return the statement of an actor with a time behind it, 由 or a demand before it, or that merely opens its clause."""
    text, start, end, date_at = around.text, around.start, around.end, around.date_at
    before = text[a - 1] if a > start else ""
    told_to = is_asked(text, a, start)
    preposition = _PREPOSITION.match(text, at, end)
    stop = preposition.end() if preposition else at
    if (stop in date_at or at in date_at) and before != "、":
        mention = date_at.get(stop) or date_at[at]
        told = MODAL_AT.match(text, mention.span[1], end)
        if told is not None:
            return Statement(first, told.end(), "responsible", how="modal")  # 保卫科每天夜里要走一趟
        if mention.kind in ("by", "recurrence", "in", "range", "from", "day"):
            return Statement(first, at, "responsible", how="modal" if told_to or before == "请" else "time")
    if first < a:
        if _COMPOSED.match(text, at, end) or _DESCRIBED.match(text, at, end):
            return None
        return Statement(first, at, "responsible", how="by")
    if told_to or (before == "请" and (a - 1 == start or text[a - 2] in OPENERS)):
        return Statement(first, at, "responsible", how="modal")
    acts = (not before or before not in "、“)）") and at < end and "\u4e00" <= text[at] <= "\u9fff"
    if acts and not around.duties.no_subject.match(text, at, end) and not _SENDS.match(text, at, end):
        return Statement(first, at, "responsible", how="subject")
    return None


def _read_described(around: Around, first: int, at: int) -> Statement | None:
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


def _opens_clause(text: str, a: int, start: int, date_ends: dict[int, int]) -> bool:
    if a <= start or text[a - 1] in OPENERS:
        return (
            a <= start or text[a - 1] != "、" or _TREATED.search(text, max(start, a - _LIST_REACH), a) is None
        )
    if a in date_ends:
        return text[date_ends[a] - 1 : date_ends[a]] not in _OBJECT
    return (
        text[max(start, a - 2) : a] in _BEFORE_ACTOR
        or is_asked(text, a, start)
        or (text[a - 1] in "是要" and ENUMERATED.fullmatch(text, max(start, a - 3), a) is not None)
    )


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
