"""Lists of departments as they are printed in a slot: after 「责任科室：」, in a bracket, in a table cell.

>>> from planparse.rulebook import default_rules
>>> text = "药剂科 与 设备科、财务科(资产办)，各临床、医技科室"
>>> [text[a:b] for a, b in split_names(text, 0, len(text), default_rules())]
['药剂科', '设备科', '财务科(资产办)', '各临床、医技科室']
"""

from __future__ import annotations

import re

from planparse.catalogue.forms import LONGEST, Forms, build_forms
from planparse.catalogue.names import build_finder, own_bracket
from planparse.catalogue.persons import People, build_people
from planparse.catalogue.plain import plain
from planparse.expressions import expression
from planparse.memo import Memory
from planparse.model import Span
from planparse.rulebook import Rulebook

_SEPARATORS = frozenset("&＆①②③④⑤⑥⑦⑧⑨⑩、，,；;/／|｜+＋。.．:：\n\r\t\u3000 \xa0\\")
#: pictographs and dingbats, 总务科😀, with what joins or colours them
_PICTURES = "".join(map(chr, (*range(0x2600, 0x27C0), *range(0x1F000, 0x1FB00), 0x200D, 0xFE0F)))
_SPACE = frozenset(" \t\u3000\xa0\n\r" + _PICTURES)
_STROKES = ("/", "／", "、")
_REGION = expression(r"(?:.*[、，,/])?(?:各|全)?(?:[省市县区州盟旗乡镇]|地市|市州|县区|乡镇)")
#: 各县〔市、区〕人民政府
_REGIONS = expression(r"[市县区州旗盟镇乡、，,]{1,12}")
_COUNT = expression(r"\d{1,4}(?:人|名|位|分)$")
_OPEN, _CLOSE = "（([【〔{", "）)]】〕}"
_JOINT = expression(r"以及|及其|及|和|与|暨")
_ORDINAL = expression(r"[\s（(\[【〔●•·▪◆■\-—–*]*(?:[（(]?\d{1,2}[.．、)）]\s{0,4})?")
_LEAD = expression(r"(?:并由|分别由|统一由|具体由|由|请|以及|及其|及|和|与|并|或)(?=.{2})")
_ETC = expression(
    r"(?:等(?:(?:相关|有关|职能|临床|医技|业务|行政|\d{1,2}个?|[一二两三四五六七八九十]{1,2}个?){0,3}(?:科室|部门|单位|处室|部室|科)?)?|的)$"
)
_COMMAS = expression(r"[、，,/\s和与及]{1,3}")
_HEADS = (
    "科室",
    "部门",
    "处室",
    "部室",
    "单位",
    "班组",
    "支部",
    "总支",
    "病区",
    "病房",
    "护理单元",
    "院区",
    "中心",
    "小组",
)
_HEADLESS = expression(r"(?:全院各?|各|所有|全体|相关|有关|其他|院内各|院属各)[^科室部处委局院]{0,12}$")


def _brackets(text: str, start: int, end: int) -> dict[int, int]:
    """Return opening -> closing position of the brackets that are closed inside the slot."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for at in range(start, end):
        if text[at] in _OPEN:
            stack.append(at)
        elif text[at] in _CLOSE and stack:
            pairs[stack.pop()] = at
    return pairs


def _pieces(text: str, start: int, end: int) -> list[Span]:
    """Return the stretches between separators; a closed bracket after a name hides its separators."""
    pairs = _brackets(text, start, end)
    pieces: list[Span] = []
    begin = at = start
    while at < end:
        if (
            at in pairs
            and at > begin
            and (text[at] in "（(" or (text[at] in "〔[" and _REGIONS.fullmatch(text, at + 1, pairs[at])))
        ):
            at = pairs[at] + 1
            continue
        if text[at] in _SEPARATORS or text[at] in _OPEN or text[at] in _CLOSE:
            pieces.append((begin, at))
            begin = at + 1
        at += 1
    pieces.append((begin, end))
    return [piece for piece in pieces if piece[1] > piece[0]]


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _SPACE:
        start += 1
    while start < end and text[end - 1] in _SPACE:
        end -= 1
    return (start, end)


def _trimmed(text: str, start: int, end: int, forms: Forms) -> Span:
    """Return the span without ordinals, 由, 等, role words and a bracket that is not the name's own."""
    before: Span | None = None
    start, end = _stripped(text, start, end)
    if end - start > LONGEST:
        return _without_role(text, start, end, forms)
    while before != (start, end) and start < end:
        before = (start, end)
        ordinal = _ORDINAL.match(text, start, end)
        start = ordinal.end() if ordinal else start
        if start < end:
            end = _without_bracket(text, start, end, forms)
        if not forms.is_known(text[start:end]):
            start, end = _without_words(text, start, end, forms)
        start, end = _stripped(text, start, end)
    return (start, end)


def _without_bracket(text: str, start: int, end: int, forms: Forms) -> int:
    """Return the end without a closing bracket that is no part of the name: 医务科（牵头）."""
    opening = max(text.rfind("（", start + 1, end), text.rfind("(", start + 1, end))
    foreign = opening > start and text[end - 1] in "）)" and own_bracket(text, opening, end, forms) == opening
    return opening if foreign else end


def _without_words(text: str, start: int, end: int, forms: Forms) -> Span:
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    etc = _ETC.search(text, start, end)
    end = etc.start() if etc else end
    count = _COUNT.search(text, start, end)
    return _without_role(text, start, count.start() if count else end, forms)


def _without_role(text: str, start: int, end: int, forms: Forms) -> Span:
    for role in forms.closing_role.finditer(text, start, min(end, start + LONGEST)):
        if role.start() > start and forms.could_be(text[start : role.start()]):
            return (start, role.start())
    return (start, end)


def _parted(text: str, start: int, end: int, forms: Forms) -> list[Span]:
    """Return the names joined by 和, 与, 及: only where both sides are names and the whole is none."""
    if forms.is_known(text[start:end]) or end - start > 4 * LONGEST:
        return [(start, end)]
    parts: list[Span] = []
    begin = start
    for joint in _JOINT.finditer(text, start + 1, end):
        left = _trimmed(text, begin, joint.start(), forms)
        if left[0] < left[1] and forms.is_name(text[slice(*left)]):
            parts.append(left)
            begin = joint.end()
    last = _trimmed(text, begin, end, forms)
    while parts and not forms.is_name(text[slice(*last)]):
        last = (parts.pop()[0], end)
    return [*parts, last]


def _unspaced(text: str, spans: list[Span], forms: Forms) -> list[Span]:
    """Join what space, a line end or a stroke parts and what is one name only together: GCP 办公室."""
    joined: list[Span] = []
    for span in spans:
        if joined and _one_name(text, joined[-1], span, forms):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


def _one_name(text: str, last: Span, span: Span, forms: Forms) -> bool:
    """Whether two pieces are one printed name."""
    gap = text[last[1] : span[0]]
    if not gap or span[1] - last[0] > LONGEST:
        return False
    if gap in _STROKES:
        return plain(text[last[0] : span[1]]) in forms.catalogue.departments
    if not all(char in _SPACE for char in gap):
        return False
    if "\n" in gap and forms.is_known(text[slice(*last)]) and forms.is_known(text[slice(*span)]):
        return False  # 手术室⏎护理单元 are two, though 手术室护理单元 is a name too
    squeezed = re.sub(r"\s", "", text[last[0] : span[1]])
    broken = span[1] - span[0] <= 3 and not forms.is_name(text[slice(*last)])
    return plain(squeezed) in forms.catalogue.departments or (broken and forms.is_name(squeezed))


def _open_ended(head: str, tail: str, forms: Forms) -> bool:
    """Whether ``head`` needs ``tail`` to be a name: 各临床|医技科室, 各科室|部门, 内|外科."""
    if tail[0] == "各" or forms.groups.whole.match(tail) or len(head) > LONGEST:
        return False
    if _REGION.fullmatch(head) and tail[0] in "省市县区州盟旗乡镇":
        return True
    if len(head) == 1:
        return forms.is_name(tail)
    if tail.endswith(("科室", "部门")) and forms.is_known(_COMMAS.split(head)[-1] + "科室"):
        return not forms.is_name(head)
    if _HEADLESS.fullmatch(_COMMAS.sub("", head)):
        return not forms.is_name(head)
    return bool(forms.groups.whole.match(head)) and tail in _HEADS


def _collected(text: str, spans: list[Span], forms: Forms) -> list[Span]:
    """Join the parts of one collective: 各临床、医技科室; 各科室、部门."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        listed = last is not None and _COMMAS.fullmatch(text, last[1], span[0])
        if last and listed and _open_ended(text[slice(*last)], text[slice(*span)], forms):
            joined[-1] = (last[0], span[1])
        else:
            joined.append(span)
    return joined


def _glued(text: str, start: int, end: int, rules: Rulebook) -> list[Span]:
    """Return the names of a piece printed without separators (医务科护理部), else the piece."""
    finder = rules.compiled(build_finder)
    if not 5 <= end - start <= LONGEST or finder.forms.is_known(text[start:end]):
        return [(start, end)]
    spans, at = [], start
    for _, a, b in finder.automaton.find_matches_as_indexes(text[start:end]):
        if a + start != at:
            return [(start, end)]
        spans.append((at, b + start))
        at = b + start
    entries = [finder.forms.catalogue.department(text[slice(*span)]) for span in spans]
    apart = all(
        entry and not entry.group and entry.category not in ("临床", "医技", "党群") for entry in entries
    )
    return spans if at == end and len(spans) > 1 and apart else [(start, end)]


def split_names(text: str, start: int, end: int, rules: Rulebook) -> list[Span]:
    """Return the spans of the names that a slot of departments lists, in order.

    In a slot everything that can be a name is one (医务、护理), also unknown ones; dates, clauses, bare role
    words and placeholders (牵头科室) are left out. Role words, 由 and 等 are no part of a name; the name's own
    bracket is: 纪检室(督查室). Office-bearers (各科主任) are for :func:`split_people`. Offsets are code points of ``text``.
    """
    found = rules.compiled(_build_memory)[text[start:end]]
    return [(a + start, b + start) for a, b in found]


def _build_memory(rules: Rulebook) -> Memory[str, tuple[Span, ...]]:
    return Memory(lambda slot: tuple(_split(slot, rules)))


def _split(text: str, rules: Rulebook) -> list[Span]:
    start, end = 0, len(text)
    forms = rules.compiled(build_forms)
    pieces = [_trimmed(text, a, b, forms) for a, b in _pieces(text, start, end)]
    pieces = [piece for piece in pieces if piece[0] < piece[1] and not _JOINT.fullmatch(text, *piece)]
    spans: list[Span] = []
    for piece in _collected(text, _unspaced(text, pieces, forms), forms):
        for part in _parted(text, *piece, forms):
            spans.extend(_glued(text, *part, rules))
    people = rules.compiled(build_people)
    return [
        span
        for at, span in enumerate(spans)
        if _is_department(text, span, spans[at - 1] if at else None, people)
    ]


def _is_department(text: str, span: Span, before: Span | None, people: People) -> bool:
    """Whether a piece can be a department: no clause, no office-bearer, no person behind a department."""
    forms = people.forms
    word = re.sub(r"\s", "", text[slice(*span)])
    if not forms.could_be(word):
        return False
    if forms.is_name(word):
        return forms.is_known(word) or people.glued().fullmatch(word) is None
    beside = before is not None and not text[before[1] : span[0]].strip(" \t\u3000\xa0:：（(")
    return not people.is_office(word) and not (beside and people.is_named(word))


def all_names(text: str, start: int, end: int, rules: Rulebook) -> list[Span]:
    """Return the names of a stretch that is nothing but a list of departments, else an empty list.

    Stricter than :func:`split_names`: every name must be known by the catalogue or by its form. For a bare
    bracket: （医务科、护理部） is a list, （含急诊） is none.
    """
    forms = rules.compiled(build_forms)
    spans = split_names(text, start, end, rules)
    if not spans or not all(forms.is_name(text[slice(*span)]) for span in spans):
        return []
    rest = "".join(
        text[a:b] for a, b in zip([start, *(b for _, b in spans)], [*(a for a, _ in spans), end], strict=True)
    )
    return (
        spans
        if re.fullmatch(
            r"[\s、，,；;/／|+。.:：（）()\[\]【】〔〕和与及以由等]*(?:科室|部门)?[\s）)】〕\]。]*", rest
        )
        else []
    )
