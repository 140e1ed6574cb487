"""The title of an item: its heading, or its first clause that names an act (contract, rules 8 and 11)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.dates import DateMention
from planparse.extract.speech import Speech, build_speech
from planparse.extract.statements import Statement
from planparse.model import Span
from planparse.rulebook import Rulebook
from planparse.segment.nodes import Node

_CLAUSE = expression(r"[，,。；;！!\n\v]|[：:](?!\d\d)")  # at 16:30 no clause ends
_TRIM = "* \u3000、，,。；;：:.．\v\n"
_LEAD = expression(
    r"(?:责成|责令|请|在|于|自|从|由|并|同时|力争|确保|争取|要|须|应|需|将|必须|务必|起|前|内|底前|之前|以前|完成时限|\s|[，,、])+(?=[\u4e00-\u9fff“《A-Za-z\d])"
)
#: 1.【推进日间手术】扩大病种目录…: the heading of an item in brackets of its own
BOXED = expression(r"[【〔\[〖]([^【】〔〕\[\]〖〗（）()。；;：:\n]{2,30})[】〕\]〗][：:]?(?=[^\n])")
#: the longest heading in front of its annotation, and what no such heading holds
_LONGEST_BRIEF = 24
_STOPPED = expression(r"[，,。；;：:]")
_TAIL_BRACKET = expression(r"[（(\[【][^（）()\[\]【】]{1,40}[）)\]】]$")
_ROLEISH = expression(
    r"(?:科|部|办|处|室|局|委|中心|医院)(?:牵头|负责|配合|要|应)|由[^，。]{2,12}(?:牵头|负责)"
)
_TOGETHER = expression(
    r"(?:会同|联合|协同|商)[^，,。；;]{2,40}(?:科|部|办|处|室|局|委|中心|院|机构|单位|部门|所|站|组|校|政府)"
)
#: what _TOGETHER matches is no longer than this
_WITH_WHOM = 46
#: 下午3:30，医务科…
_CLOCK = expression(
    r"(?:[本下这]?周[一二三四五六日天]|[今明当][天日])?(?:[上中下]午|早上|晚上?)? ?\d{1,2}(?:[：:]\d\d|[时点]半?)(?:\d{1,2}分)?(?:[—–\-~～至]\d{1,2}[：:]\d\d)?"
)
#: what is to be done may be named so briefly before who answers for it
_TOPIC = 8
#: one word before an act, behind what was dropped
_LEADS = frozenset({"请", "在", "于", "由", "前", "起", "内", "并", "要", "须", "应", "将"})
_DATE_ENDS = "前底末内日旬月度"
#: a heading so short may say how often
_OFTEN = 12
MAX_TITLE = 120


def is_brief(said: str) -> bool:
    """Whether words in front of an annotation, or on a line of their own, are short and whole enough to head an item.

    >>> is_brief("推进日间手术"), is_brief("推进日间手术，扩大病种")
    (True, False)
    """
    return len(said) <= _LONGEST_BRIEF and _STOPPED.search(said) is None


def is_heading(
    heading: str, statements: Sequence[Statement], span: Span, dates: Sequence[DateMention]
) -> bool:
    """Whether a first sentence reads as a heading: short, nobody told to act, no date but in a closing bracket."""
    if not heading or len(heading) > 45:
        return False
    commas = heading.count("，") + heading.count(",")
    if commas:
        return False
    if any(span[0] <= s.start < span[1] for s in statements) or _ROLEISH.search(heading):
        return False
    bare = _unbracketed(heading)
    inside = [d for d in dates if span[0] <= d.span[0] and d.span[1] <= span[0] + len(bare)]
    often = () if len(bare) <= _OFTEN else ("recurrence",)  # 按季公开采购结果。…
    return not any(d.kind in ("by", "from", *often) for d in inside)


def trim_title(heading: str, has_date_bracket: bool) -> str:
    """Return a heading without its closing stop, and without a closing bracket of dates."""
    title = heading.strip(_TRIM)
    if has_date_bracket:
        title = _unbracketed(title).strip(_TRIM)
    return title


def _unbracketed(title: str) -> str:
    """Return a stripped title without the bracket that closes it."""
    return _TAIL_BRACKET.sub("", title) if title.endswith(("）", ")", "]", "】")) else title


def act_clause(
    text: str,
    start: int,
    end: int,
    statements: Sequence[Statement],
    dates: Sequence[DateMention],
    rules: Rulebook,
) -> str | None:
    """Return the first clause of ``text[start:end]`` that names an act, without roles, dates and frequencies."""
    drop = sorted(
        [(s.start, s.end) for s in statements]
        + [d.span for d in dates if d.recurrence != "continuous" or d.kind != "recurrence"]
    )
    speech = rules.compiled(build_speech)
    said_by = speech.resolved.match(text, start, end)
    at = said_by.end() if said_by else start
    first = 0  # what stands before it in drop ends before the clause
    while at < end:
        found = _CLAUSE.search(text, at, end)
        stop = found.start() if found else end
        first = _behind(drop, first, at)
        said = text[_act_start(text, at, stop, drop, first, speech, last=stop == end) : stop].strip(_TRIM)
        if len(said) >= 4 and _CLOCK.fullmatch(said) is None:
            return said[:MAX_TITLE]
        at = stop + 1
    whole = text[start:end].strip(_TRIM)
    return whole[:MAX_TITLE] or None


def _behind(drop: Sequence[Span], first: int, at: int) -> int:
    """Return the first place from ``first`` on whose span ends behind ``at``."""
    while first < len(drop) and drop[first][1] <= at:
        first += 1
    return first


def _begin(span: Span) -> int:
    return span[0]


def _act_start(
    text: str, at: int, stop: int, drop: Sequence[Span], first: int, speech: Speech, *, last: bool
) -> int:
    """Return where the act of the clause ``text[at:stop]`` begins, behind what is dropped and what leads to it."""
    a = at
    while a < stop:
        while a < stop and text[a] in _TRIM:
            a += 1
        lead = _LEAD.match(text, a, stop)
        lead_end = lead.end() if lead else a
        first = _behind(drop, first, a)
        near = drop[first : bisect_right(drop, max(a + _WITH_WHOM, lead_end), first, key=_begin)]
        begin = _opening_end(text, at, a, stop, near, lead_end, speech, last=last)
        if begin == a:
            break
        a = begin
    return a


def _opening_end(
    text: str, at: int, a: int, stop: int, near: Sequence[Span], lead_end: int, speech: Speech, *, last: bool
) -> int:
    """Return where that ends which opens the rest ``text[a:stop]`` of a clause and is no act; ``a`` where the act begins."""
    for x, y in near:
        with_whom = x > a and _TOGETHER.fullmatch(text, a, x) is not None  # 会同药学部|每月开展…
        if y > a and (x <= lead_end or with_whom) and x < stop:
            return min(y, stop)
    if not last and (
        (a == at and speech.meanwhile.fullmatch(text, a, stop))
        or any(y == stop and a < x <= a + _TOPIC for x, y in near)
    ):
        return stop  # 机房由总务科负责，|…; 搬迁期间，|…
    if a == at:
        return stop if not last and speech.grounds.fullmatch(text, a, stop) else a
    together = _TOGETHER.match(text, a, stop)
    if together and together.end() == stop:
        return stop
    dated = text[a:lead_end] == "将" and text[a - 1] in _DATE_ENDS  # 6月底前|将病历归档
    return lead_end if a < lead_end < stop and text[a:lead_end].strip() in _LEADS and not dated else a


def number_of(node: Node, text: str) -> str:
    """Return the ordinals of a node as printed, outermost first: 「四/(二)/2」."""
    parts = []
    for step in node.up():
        if step.number is not None:
            printed = text[step.number.start : step.number.end].strip()
            parts.append(
                printed.strip("、.．：: ,，—\u3000\t") or ("" if set(printed) <= set("—-–－") else printed)
            )
    return "/".join(p for p in parts if p)
