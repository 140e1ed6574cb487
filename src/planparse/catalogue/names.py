"""Departments in running text: names of the catalogue, lengthened by form, and names known by form only.

>>> from planparse.rulebook import default_rules
>>> text = "由医务科牵头，骨科五病区、战略合作处配合，各临床、医技科室参与。"
>>> [text[a:b] for a, b in department_spans(text, 0, len(text), default_rules())]
['医务科', '骨科五病区', '战略合作处', '各临床、医技科室']
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from planparse.catalogue.entries import GOVERNMENT
from planparse.catalogue.forms import Forms, build_forms
from planparse.expressions import expression
from planparse.model import Span
from planparse.rulebook import Rulebook

_OWN = expression(r"[（(]([^（）()\n]{1,14})[）)]")
#: 医院爱卫办: an office that governments have too
_HOSPITAL = expression(r"(?:总?医|本|我)院$")
_REGION = expression(
    r"(?:各(?:[县市区州盟旗级地镇乡属直（(、,，)）]|自治|开发|高新|经开|街道){0,14}"
    r"|(?!完成|配合|协助|落实|支持|参加|做好|迎接|接受|组织|推动|提请|联系|贯彻|争取)[^\W\d_a-zA-Z由和与及并做抓报请经向对商让将会同送据照彻实合受级全省市县区州]{2,6}[省市县区州]"
    r"|[省市县州]?(?:[^\W\d_a-zA-Z由和与及并做抓报请向对商让将会同送据照彻实合受级全省市县区州经]{2,3})?(?:经济技术开发|经济开发|经开|高新技术产业开发|高新|开发)区"
    r"|国家|[省市县区州旗盟]级?)$"
)
#: 市中心医院|急诊科, 区疾控中心|信息科
_INSTITUTION = expression(
    r"(?:[省市县区州旗镇乡](?:第[一二三四五六七八九十]{1,2})?(?:人民|中医|中心|妇幼保健|妇女儿童|儿童|口腔|肿瘤|胸科|传染病|精神病|中西医结合)?(?:医院|卫生院|保健院)"
    r"|[省市县区州旗](?:疾控中心|疾病预防控制中心|急救中心|妇幼保健院|中心血站|卫生监督所|卫生服务中心)|总医院|医共体总院)$"
)
_REGIONS = expression(r"(?:[县市区州盟旗乡镇、,，]|街道|自治|开发)+(?:办事处)?")
_EDGE = frozenset("，。、；：;:,.!?！？（）()[]【】〔〕《》“”\"'…—/／+\n\r\t \u3000由")
_CLOSING = frozenset("）)")
_BEFORE_BUREAU = _EDGE | frozenset("请由与和及")
_GROUP_OF = expression(
    r"(?!成立|组建|设立|建立|组织|选派|指定|明确|派出|配备)(?:(?![、，和与及的要应须将由在于])[\u4e00-\u9fff]){2,6}?(?:小组|专班|专员|联络员)(?!长)"
)
#: 各县（市、区）|精防机构
_BODIES_OF = expression(
    r"(?:(?![、，和与及的要应须将由在于])[\u4e00-\u9fff]){1,6}?(?:机构|中心|医院|卫生院|保健院|疾控中心)(?=[，,、；;。（(负牵配参要应须将在于按])"
)
_AREAS = "）)县市区州镇乡"
_MIDDLE = _EDGE - _CLOSING
_DATE = expression(
    r".*(?:底前|日前|月前|年前|以前|之前|末前|年内|月内|日内|[0-9]日|[0-9]月份?|[0-9]年|[今明]年|[上下本][周月]|近期|随后|会后|底|起|止|每月|每周|每日|每季度|每年|每半年|上半年|下半年|季度|上旬|中旬|下旬|时限内)"
)
#: what an actor does is told when: 健康管理科|每月…
_TIMED = expression(
    r"(?:[于在自]?(?:20\d\d年)?\d{1,2}月|每[日天周月季年半]|年内|年底前|[上下]半年|[本下][周月])"
)
_REACH = 20
_ROLE_ENDS = ("主办", "协办", "承办", "主责", "协同", "配合", "牵头")


class _Finder(Struct, frozen=True):
    """The automaton of the catalogue's names with what each name is."""

    forms: Forms
    automaton: Any
    names: tuple[str, ...]
    government: frozenset[str]


def _printed(name: str) -> tuple[str, ...]:
    """Return a name with its brackets and commas in both widths."""
    if "(" not in name and "（" not in name:
        return (name,)
    half = name.replace("（", "(").replace("）", ")")
    return (half, half.replace("(", "（").replace(")", "）"))


def build_finder(rules: Rulebook) -> _Finder:
    """Return the automaton over all names that may be read in running text."""
    import ahocorasick_rs

    forms = rules.compiled(build_forms)
    names: dict[str, bool] = {}
    for entry in dict.fromkeys(
        forms.catalogue.departments.values()
    ):  # an entry stands under each of its names
        for name in (entry.name, *entry.aliases):
            if name not in forms.slot_only:
                names.update(dict.fromkeys(_printed(name), entry.category == GOVERNMENT))
    kind = ahocorasick_rs.MatchKind.LeftmostLongest
    automaton = ahocorasick_rs.AhoCorasick(list(names), matchkind=kind)
    return _Finder(
        forms, automaton, tuple(names), frozenset(name for name, is_gov in names.items() if is_gov)
    )


#: 各科（室）, 各科（所）
_EACH_KIND = frozenset("科室所站部处办队")


def own_bracket(text: str, at: int, end: int, forms: Forms) -> int:
    """Return the end of a bracket at ``at`` that belongs to the name before it, else ``at``: 纪检室(督查室)."""
    if at >= end or text[at] not in "（(":
        return at
    found = _OWN.match(text, at, end)
    if found is None or forms.is_placeholder(found[1]) or _says_role(found[1], forms):
        return at
    inner = found[1]
    belongs = (
        _REGIONS.fullmatch(inner) is not None
        or inner in ("中心", "总支", "支部", "党总支", "党支部")
        or (inner in _EACH_KIND and text[max(0, at - 2) : at - 1] == "各")
        or all(forms.is_name(part) for part in re.split("[、，,/]", inner))
    )
    return found.end() if belongs else at


def _says_role(inner: str, forms: Forms) -> bool:
    """Whether a bracket says what somebody does (牵头, 配合护理部), and is no office whose name holds such a word (项目实施办, 统筹办)."""
    role = forms.role.search(inner)
    if role is None:
        return False
    return not forms.is_form(inner) or not (role.start() > 0 or role.end() == len(inner) - 1)


def _right(text: str, name: str, end: int, limit: int, forms: Forms) -> int | None:
    """Return the end of a catalogue name lengthened by form; None where it is part of another word."""
    if end >= limit or (text[end] in _EDGE and text[end] not in "（("):
        return end
    longer = forms.right.match(text, end, limit)
    if longer is not None and not forms.is_cut(text, longer.end(), longer[0]):
        end = longer.end()
    elif forms.is_cut(text, end, name):
        return None
    return own_bracket(text, end, limit, forms)


def _left(text: str, start: int, floor: int, government: bool, forms: Forms) -> int:
    if start == floor or text[start - 1] in _MIDDLE:
        return start
    if text[start - 1] == "局" and (start - 1 == floor or text[start - 2] in _BEFORE_BUREAU):
        return start - 1  # 局人事股
    before = text[max(floor, start - 16) : start]
    whole = _INSTITUTION.search(before) if not government and before[-1] in "院心所站" else None
    if whole is not None:
        return _after_intro(text, start - (len(before) - whole.start()), start, forms)
    found = _REGION.search(before) or _HOSPITAL.search(before) if government else forms.left.search(before)
    parted = max(before.rfind(mark) for mark in ("）、", ")、"))
    if found and parted >= found.start():
        return start - (len(before) - parted - 2)  # 各镇（街道）、|市卫生健康委
    return start - (len(before) - found.start()) if found else start


def _word_before(text: str, start: int, floor: int) -> bool:
    """Whether the character before makes another word: 职|工会, 住|院办."""
    return (
        start > floor
        and text[start : start + 2] in ("工会", "院办", "院感", "院团")
        and text[start - 1] in "职员医住出入法医全"
    )


def _of_catalogue(text: str, start: int, end: int, finder: _Finder) -> list[Span]:
    part = text if (start, end) == (0, len(text)) else text[start:end]
    spans: list[Span] = []
    last = -1
    for number, left, right in finder.automaton.find_matches_as_indexes(part):
        a, b, name = left + start, right + start, finder.names[number]
        if _word_before(text, a, start):
            continue
        stop = _right(text, name, b, end, finder.forms)
        if stop is None:
            continue
        if stop < end and text[stop] not in _EDGE and finder.forms.other.match(text, stop, end):
            listed = a
            while spans and spans[-1][1] == listed - 1 and text[listed - 1] in "、和与及":
                listed = spans.pop()[0]  # 内科、外科|医师
            continue
        begin = _left(text, a, start, name in finder.government, finder.forms)
        if spans and begin <= spans[-1][1] <= a and finder.names[last] in finder.government:
            begin = spans.pop()[0]  # 市政府|督查室: an office of a body
        elif begin > start and text[begin - 1] not in _EDGE and (begin == a or text[begin - 1] == "与"):
            begin = _whole(text, (begin, stop), start, end, finder.forms)
        spans.append((begin, stop))
        last = number
    return spans


def _whole(text: str, name: Span, floor: int, end: int, forms: Forms) -> int:
    """Return where a name really begins when it fills the stretch between two edges: ⟦运营⟧绩效办."""
    start, stop = name
    if (
        stop < end
        and text[stop] not in _EDGE
        and not forms.role.match(text, stop, end)
        and _TIMED.match(text, stop, end) is None
    ):
        return start
    begin = _begin(text, max(floor, start - 7), stop, forms)
    begin = _after_intro(text, begin, start, forms)
    bounded = begin <= floor or begin > start - 7 or text[begin - 1] in _EDGE
    more = text[begin:start]
    if more.endswith(("为", "是", "系")):
        return start  # 责任科室为|信息科
    if not bounded or not more or forms.verb.search(more) or not forms.is_form(text[begin:stop]):
        return start
    return begin


#: 各镇（街道）|、市卫生健康委
_NEXT_BODY = expression(r"[）)][、，](?=[市县区省州各])")


def _collectives(text: str, start: int, end: int, forms: Forms) -> list[Span]:
    """Return collectives by form: 各临床、医技科室 from its quantity, 临床、医技科室 from its end."""
    spans = []
    at = start
    while found := forms.groups.quantity.search(text, at, end):
        whole = forms.groups.collective.match(text, found.start(), end)
        parted = _NEXT_BODY.search(text, whole.start(), whole.end()) if whole else None
        if parted is not None:
            whole = forms.groups.collective.match(text, found.start(), parted.start() + 1)
        at = whole.end() if whole else found.end()
        group = (
            (
                _GROUP_OF.match(text, at, end)
                or (_BODIES_OF.match(text, at, end) if text[at - 1] in _AREAS else None)
            )
            if whole and parted is None
            else None
        )
        if whole and group is not None:
            at = group.end()
            spans.append((whole.start(), at))  # 各科室感控小组
        elif whole and _stands(text, whole[0], at, end, forms):
            spans.append((whole.start(), own_bracket(text, at, end, forms)))
    for found in forms.groups.plural.finditer(text, start, end):
        floor = max(start, found.start() - 16)
        inside = forms.groups.unquantified.search(text[floor : found.start()])
        if inside and inside[0] not in ("重点",) and _stands(text, found[0], found.end(), end, forms):
            spans.append((floor + inside.start(), own_bracket(text, found.end(), end, forms)))
    return spans


def _stands(text: str, name: str, stop: int, end: int, forms: Forms) -> bool:
    """Whether the name that ends at ``stop`` is a whole word and the actor."""
    if stop >= end or text[stop] in _EDGE:
        return True
    return not forms.is_cut(text, stop, name) and not forms.other.match(text, stop, end)


def _half_of_name(text: str, at: int, end: int) -> bool:
    """Whether a service before 与 is half of an office's name: 门诊|与互联网医院办公室."""
    return (
        text.endswith(("门诊", "病房"), 0, at)
        and (at < 3 or not "\u4e00" <= text[at - 3] <= "\u9fff" or text[at - 3] in "由请")
        and text.endswith(("办公室", "部", "管理科", "管理处", "中心"), at, end)
    )


def _begin(text: str, start: int, end: int, forms: Forms) -> int:
    """Return where the name that ends at ``end`` begins: after the last boundary before it."""
    at, floor = end - 1, max(start, end - _REACH)
    while at > floor and text[at - 1] not in _EDGE:
        at -= 1
        if (
            text[at] in "和与及"
            and at > start
            and forms.suffix.search(text[max(start, at - 8) : at])
            and not _half_of_name(text, at, end)
        ):
            at += 1
            break
    date = _DATE.match(text, at, end)
    return date.end() if date and date.end() < end else at


def _by_form(text: str, start: int, end: int, forms: Forms, taken: list[Span]) -> list[Span]:
    """Return names outside the catalogue that a role word follows."""
    ends = {b for _, b in taken}
    spans = []
    for role in forms.role.finditer(text, start, end):
        stop = role.start()
        if stop == start or stop in ends or text[stop - 1] not in forms.last:
            continue
        floor = max(start, stop - 24)
        tail = forms.tail.search(text[floor:stop])
        if tail is None or text.startswith("所需", stop - 1):
            continue  # 活动所需物资
        a = _begin(text, start, floor + tail.start() + 1, forms)
        for inner in forms.role.finditer(text, a, stop - 2):
            a = inner.end()  # 战备处会同|装备处
        a = _after_intro(text, a, stop, forms)
        if forms.is_name(text[a:stop]):
            spans.append((a, stop))
    return spans


def _after_intro(text: str, start: int, end: int, forms: Forms) -> int:
    """Return the start of a name without 请, 会同 before it; 对外合作处 keeps its 对."""
    intro = None if forms.allowed.match(text, start, end) else forms.before.match(text, start, end)
    return intro.end() if intro else start


def _chain(text: str, start: int, spans: list[Span], forms: Forms) -> list[Span]:
    """Return names by form that stand before a found name in one list: 战备办、⟦医务科⟧."""
    ends = {b for _, b in spans}
    more: list[Span] = []
    for a, _ in spans:
        at = a
        while at - 1 > start and text[at - 1] in "、和与及":
            stop = at - 1
            if text.endswith(_ROLE_ENDS, start, stop):
                stop -= 2  # 药械部主办、总务部协办
            if stop in ends:
                break
            at = _begin(text, start, stop, forms)
            name = text[at:stop]
            if (at > start and text[at - 1] not in _EDGE) or not forms.is_form(name) or len(name) > 14:
                break
            more.append((at, stop))
    return more


def _merged(spans: list[Span]) -> list[Span]:
    """Return disjoint spans in order; of overlapping ones the longest."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if kept and span[0] < kept[-1][1]:
            if span[1] - span[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = span
        else:
            kept.append(span)
    return kept


def department_spans(text: str, start: int, end: int, rules: Rulebook) -> list[Span]:
    """Return the spans of all departments and collectives that running text names, in order, disjoint.

    Offsets are code points of ``text``. Placeholders (牵头科室) are none. A name of the catalogue is found
    anywhere; a name known by its form only where a role word follows (战略合作处牵头) or in a list with one.
    """
    finder = rules.compiled(build_finder)
    forms = finder.forms
    spans = _of_catalogue(text, start, end, finder)
    spans += [
        span for span in _collectives(text, start, end, forms) if not forms.is_placeholder(text[slice(*span)])
    ]
    spans += _by_form(text, start, end, forms, spans)
    return _with_bodies(text, _merged(spans + _chain(text, start, spans, forms))) if spans else []


def _with_bodies(text: str, spans: list[Span]) -> list[Span]:
    """Join a region and the bodies in it: 各县（市、区）|精防机构."""
    joined: list[Span] = []
    for span in spans:
        if (
            joined
            and joined[-1][1] == span[0]
            and text[joined[-1][0]] == "各"
            and text[span[0] - 1] in _AREAS
            and text[span[0]] != "各"
        ):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined
