"""What a responsibility annotation says: who leads, answers, supports, by when.

The grammar: an annotation is clauses; a clause is labels with slots (牵头科室：X), or names with suffixes (X牵头,
Y、Z配合), or bare names (（医务科、护理部）), or a date. What the words mean is data (rules/roles.toml).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from planparse.catalogue import (
    PersonSpan,
    build_catalogue,
    build_forms,
    build_people,
    people_behind,
    split_names,
    split_people,
)
from planparse.expressions import expression
from planparse.extract.dates import Calendar, DateMention, find_dates
from planparse.extract.roles import RoleWord, RoleWords, build_roles, is_open
from planparse.model import Span
from planparse.rulebook import Rulebook
from planparse.segment.numbering import ordinal

#: what an annotation says of the items above it; 90%以上 and 三级以上 are bounds
BLOCK = expression(r"(?<![%％‰\d年月日人名个次例元岁分天张项级家])以[上下]|上述|[本该](?:节|部分|章|组|类|板块|项?任务)(?!织|别|型)|下列|第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[项条]? ?[—–\-~～至到、和及] ?第?(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?[项条]")
_ORDINAL = r"第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_RANGE = expression(rf"({_ORDINAL})[项条]? ?[—–\-~～至到] ?({_ORDINAL}) ?[项条]")
_LIST = expression(rf"{_ORDINAL}(?:[项条]? ?[、和及] ?{_ORDINAL}){{1,6}} ?[项条]")
_ONE = expression(r"\d{1,2}|[一二三四五六七八九十]{1,3}")
_CUT = expression(r"[（(【〔\[）)】〕\]；;。→⇒➔\n｜| \u3000](?:(?<![ \u3000])|[ \u3000]+)")
_SPACE = expression(r"\s")
_CELL_CUT = expression(r"[；;\n\v]")
_UNITISH = expression(r"(?:组|队|站|班|社|馆|所|库|会|办|部|科|处|室|局|院|中心|委)$")
_TOGETHER = expression(r"[，,]?(?:会同|联合|商|协同)")
#: what the order of the names means, printed once for all: 列第一位的为牵头单位，其他部门按职责分工负责，下同
_FIRST_LEADS = r"[排列居][名在为]{0,2}第?[一1首]位?[个名]?[的者]?[^，,；;。（）()]{0,6}为牵头[^，,；;。（）()]{0,8}"
_ORDER_NOTE = expression(
    r"[，,；;。\s]{0,3}(?:以下[^（）()。]{0,30}(?:不再(?:一一)?(?:列出|列举|重复)|均需)[^（）()]{0,20}"
    rf"|(?:{_FIRST_LEADS}(?:[，,；;]其[他余][^，,；;（）()]{{0,30}})?[，,；;]?)?\s?(?:以下|下)同\s?|{_FIRST_LEADS}(?:[，,；;]其[他余][^，,；;（）()]{{0,30}})?)$"
)
_LEADS_FIRST = expression(_FIRST_LEADS)
_BESIDE = expression(r"会同|(?<=[局委部科处办])联合")
_PREFIX = expression(r"[ \u3000]*归口(?!管理|负责|科室|部门|单位)")
_WORD = expression(r"([^\s、，,；;/／（）()：:\v]+)(?:[（(][^（）()\n\v]{1,40}[）)])?")
_OFFICE = expression(r"[\u4e00-\u9fff]{2,8}(?:员|秘书|主任|长|组长|干事|专员|负责人|书记|领导|人)")
_NOTHING = expression(r"^[\s—–\-/／无－]*$|^(?:暂无|待定|同上|无)$")
_TRAIL = "—→⇒➔、，,；;。. 　\t/／:：\n\v"
_STRIP = _TRAIL + "和与及由"


class Annotation(Struct):
    """One annotation in the clean text; ``names`` are (role, span, rule); ``scope`` is item or block."""

    start: int
    end: int
    names: list[tuple[str, Span, str]] = field(default_factory=list)
    people: list[PersonSpan] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    scope: str = "item"
    rule: str = "annotation"
    labelled: bool = False
    placeholder: bool = False
    own_line: bool = False
    order: str = ""

    def reach(self, text: str) -> frozenset[int] | int | None:
        """Return which items 以上… or 第4、5项 names: their ordinals, how many before, or None for all of them."""
        said = text[self.start : self.start + 20]
        pair = _RANGE.search(said)
        if pair:
            first, last = (_value(pair[k]) for k in (1, 2))
            return frozenset(range(first, last + 1))
        several = _LIST.search(said)
        if several:
            return frozenset(_value(one) for one in _ONE.findall(several[0]))
        count = re.search(r"以上([一二两三四五六七八九十]{1,2}|\d{1,2})(?:大|个)?[项条]", said)
        if count:
            return {"两": 2}.get(count[1]) or _value(count[1])
        return None

    @property
    def has_roles(self) -> bool:
        """Whether anybody is named."""
        return bool(self.names or self.people)


def _value(printed: str) -> int:
    """Return the value of 第5, 5 or 五."""
    shown = printed.removeprefix("第")
    return int(shown) if shown.isdigit() else ordinal(shown, "han")


class _Parse(Struct):
    """State while one annotation is read."""

    text: str
    calendar: Calendar
    rules: Rulebook
    words: RoleWords
    out: Annotation
    raw: list[tuple[RoleWord, Span]] = field(default_factory=list)
    bare: list[Span] = field(default_factory=list)
    printed_lead: bool = False
    current: RoleWord | None = None


def parse_annotation(
    text: str, start: int, end: int, calendar: Calendar, rules: Rulebook, words: RoleWords, *, strict: bool
) -> Annotation | None:
    """Return the annotation that ``text[start:end]`` says, or None; ``strict`` wants every name to be a department."""
    note = _without_note(text, start, end)
    state = _Parse(text, calendar, rules, words, Annotation(start, note, order=text[note:end]))
    end = note
    state.printed_lead = False
    state.out.dates = list(find_dates(text, calendar, rules, start, end))
    if BLOCK.search(text, start, min(end, start + 12)):
        state.out.scope = "block"
    at = start
    for cut in _cuts(text, start, end):
        if not _clause(state, at, cut[0]) and strict:
            return None
        at = cut[1]
    if not _clause(state, at, end) and strict:
        return None
    return _finish(state, strict)


def _without_note(text: str, start: int, end: int) -> int:
    """Return where an annotation ends before a note on the order of names; hardly any has one."""
    if text.find("以下", start, end) < 0 and text.find("下同", start, end) < 0 and text.find("为牵头", start, end) < 0:
        return end
    note = _ORDER_NOTE.search(text, start, end)
    return note.start() if note else end


def lead_by_order(found: Sequence[Annotation]) -> None:
    """Let the first name lead where a note says so, and from there on where it adds 下同; who prints a lead keeps it."""
    ever = False
    for annotation in found:
        here = _LEADS_FIRST.search(annotation.order) is not None
        ever = ever or (here and annotation.order.rstrip("）) ").endswith("下同"))
        answering = [k for k, (role, _, _) in enumerate(annotation.names) if role == "responsible"]
        if (here or ever) and len(answering) > 1 and all(role != "lead" for role, _, _ in annotation.names):
            _, span, rule = annotation.names[answering[0]]
            annotation.names[answering[0]] = ("lead", span, rule)


def _cuts(text: str, start: int, end: int) -> list[Span]:
    """Clause separators at bracket depth 0."""
    cuts, depth = [], 0
    for found in _CUT.finditer(text, start, end):
        at = found.start()
        char = text[at]
        if char in "（(【〔[{｛":
            depth += 1
        elif char in "）)】〕]}｝":
            depth = max(0, depth - 1)
        elif depth == 0:
            cuts.append((at, found.end()))
    return cuts


def _clause(state: _Parse, start: int, end: int) -> bool:
    """Read one clause; False when it holds something that belongs in no annotation."""
    text, words = state.text, state.words
    if _NOTHING.match(text[start:end].strip(_STRIP)):
        return True
    marks = _marks(state, start, end)
    if not marks and _SPACE.search(text, start, end):
        marks = [(m.start(), m.end(), words.labels[m[1]]) for m in words.open_label.finditer(text, start, end) if is_open(m[1]) and (m.start() == start or text[m.start() - 1] in " ，,、；")]
    if not marks:
        return _unlabelled(state, start, end)
    before = text[start : marks[0][0]].strip(_STRIP)
    if before and (not BLOCK.search(text, start, marks[0][0]) or words.suffix.search(before)):
        _unlabelled(state, start, marks[0][0])
    for k, (_, slot, word) in enumerate(marks):
        _slot(state, slot, marks[k + 1][0] if k + 1 < len(marks) else end, word)
    return True


def _marks(state: _Parse, start: int, end: int) -> list[tuple[int, int, RoleWord]]:
    """The labels of a clause: (start, where its slot begins, word)."""
    text, words = state.text, state.words
    marks = []
    for at in words.labels_in(text[start:end]):
        found = words.label.match(text, start + at, end)
        if found is not None and words.labels[found[1]].role == "none" and _is_bracketed(text, start, found.start()):
            continue  # 张明（电话：6120）、李红: a note on one name ends no list
        if found is not None:
            marks.append((found.start(), found.end(), words.labels[found[1]]))
    return marks


def _is_bracketed(text: str, start: int, at: int) -> bool:
    """Whether a round bracket stands open before ``at``."""
    return text.count("（", start, at) + text.count("(", start, at) > text.count("）", start, at) + text.count(")", start, at)


def _slot(state: _Parse, start: int, end: int, word: RoleWord) -> None:
    """Read what stands after a label."""
    text = state.text
    state.out.rule = word.rule
    if text[start:end].strip() and _NOTHING.match(text[start:end].strip()):
        state.out.placeholder = True  # 配合科室：—— names nobody, and is no text of the item
    trail = _TRAIL if word.role == "leaders" else _STRIP  # 责任人：纪春和
    while end > start and text[end - 1] in trail:
        end -= 1
    if word.role == "none" or start >= end:
        state.current = word
        return
    if word.role == "deadline":
        state.current = None
        return
    if word.role == "leaders":
        state.current = word
        _people(state, start, end)
        return
    state.printed_lead = state.printed_lead or word.role == "lead"
    if state.words.suffix.search(text, start, end) and _suffixes(state, start, end):
        return
    state.current = word
    _names(state, word, start, end)


def _people(state: _Parse, start: int, end: int) -> None:
    catalogue, forms = state.rules.compiled(build_catalogue), state.rules.compiled(build_forms)
    said = False
    for person in split_people(state.text, start, end, state.rules):
        name = state.text[person.name[0] : person.name[1]]
        if any(d.span[0] <= person.name[0] < d.span[1] for d in state.out.dates) or _NOTHING.match(name):
            continue
        if catalogue.department(name) is not None and not forms.is_group(name):
            state.raw.append((RoleWord("responsible", False, "leaders.label"), person.name))
            said = True
        elif forms.is_placeholder(name):
            state.out.placeholder = True
        else:
            state.out.people.append(person)
            said = True
    slot = state.text[start:end].strip(_STRIP)
    if not said and _OFFICE.fullmatch(slot) and not forms.could_be(slot) and not any(d.span[0] < end and start < d.span[1] for d in state.out.dates):
        at = state.text.index(slot, start)
        state.out.people.append(PersonSpan((at, at + len(slot))))


def _is_named(state: _Parse, person: PersonSpan) -> bool:
    """Whether the person is printed with a name, not an office alone."""
    return state.rules.compiled(build_people).is_name(state.text[person.name[0] : person.name[1]].replace(" ", ""))


def _names(state: _Parse, word: RoleWord, start: int, end: int) -> bool:
    """Add the names of a slot; return False when something in it is no name."""
    text = state.text
    whole = True
    forms = state.rules.compiled(build_forms)
    for a, b in split_names(text, start, end, state.rules):
        name = text[a:b]
        if any(d.span[0] < b and a < d.span[1] for d in state.out.dates):
            continue
        if _NOTHING.match(name):
            continue
        if forms.is_placeholder(name):
            state.out.placeholder = True
            continue
        if len(name) > 30 or len(name) < 2:
            whole = False
            continue
        state.raw.append((word, (a, b)))
        state.out.people.extend(people_behind(text, b, end, state.rules))
    return whole


def _unlabelled(state: _Parse, start: int, end: int) -> bool:
    """A clause without label: suffixes, the continuation of the slot before, bare names, or a date."""
    prefix = _PREFIX.match(state.text, start, end)
    if prefix:  # 归口规划信息处，药政处参与
        stop = min((i for i in (state.text.find(c, prefix.end(), end) for c in "，,；;") if i >= 0), default=end)
        state.printed_lead = True
        _names(state, RoleWord("lead", False, "prefix"), prefix.end(), stop)
        return stop >= end or _unlabelled(state, stop + 1, end)
    if state.words.suffix.search(state.text, start, end) and _suffixes(state, start, end):
        return True
    if state.current is not None:
        if state.current.role == "none":
            return True
        if state.current.role == "leaders":
            _people(state, start, end)
            return True
        return _names(state, state.current, start, end)
    return _bare(state, start, end)


def _is_department(state: _Parse, span: Span) -> bool:
    name = state.text[span[0] : span[1]]
    forms = state.rules.compiled(build_forms)
    return forms.is_name(name) or forms.is_group(name)


def _bare(state: _Parse, start: int, end: int) -> bool:
    """Names without any role word: all of them must be departments."""
    spans = []
    for a, b in split_names(state.text, start, end, state.rules):
        if any(d.span[0] < b and a < d.span[1] for d in state.out.dates) or _NOTHING.match(state.text[a:b]):
            continue
        spans.append((a, b))
    if not spans:
        return True
    if state.rules.compiled(build_forms).is_placeholder(state.text[start:end].strip(_STRIP)):
        return False
    forms, people = state.rules.compiled(build_forms), state.rules.compiled(build_people)
    sure = [span for span in spans if _is_department(state, span)]
    named = [span for span in spans if span not in sure and sure and people.is_name(state.text[slice(*span)]) and not _UNITISH.search(state.text[slice(*span)])]
    spans = [span for span in spans if span not in named]  # （李红霞／护理部、总务科）
    if not sure or not all(span in sure or forms.could_be(state.text[span[0] : span[1]]) for span in spans):
        return False
    if len(sure) < len(spans) and 2 * len(sure) < len(spans):
        return False
    state.bare.extend(spans)
    state.out.people.extend(PersonSpan(span) for span in named)
    return True


def _suffixes(state: _Parse, start: int, end: int) -> bool:
    """Names before role words: 「急诊科牵头，心内科、神经内科负责，检验科配合」."""
    text, words = state.text, state.words
    at = start
    found_any = False
    for found in words.suffix.finditer(text, start, end):
        if found.start() < at:
            continue
        a = at
        by = text.rfind("由", at, found.start())
        if by >= 0:
            a = by + 1
        while a < found.start() and text[a] in _STRIP:
            a += 1
        if a >= found.start():
            at = found.end() if found_any else at
            continue
        word = words.suffixes[found[1]]
        opened = max(text.rfind("（", a, found.start()), text.rfind("(", a, found.start()))
        if a < opened < found.start() - 1 and "）" not in text[opened : found.start()] and ")" not in text[opened : found.start()]:
            _bare(state, a, opened)  # 心内科（急诊科配合）
            a = opened + 1
        beside = _BESIDE.search(text, a + 1, found.start())
        if beside and word.role != "support":
            _names(state, RoleWord("support", False, "together"), beside.end(), found.start())
        until = beside.start() if beside and word.role != "support" else found.start()
        while until > a + 1 and text[until - 1] in "要应须将":
            until -= 1  # 麻醉科要|牵头
        spans = [s for s in split_names(text, a, until, state.rules) if not any(d.span[0] < s[1] and s[0] < d.span[1] for d in state.out.dates)]
        forms = state.rules.compiled(build_forms)
        if any(forms.is_placeholder(text[x:y]) for x, y in spans):
            state.out.placeholder = True
        spans = [s for s in spans if not forms.is_placeholder(text[s[0] : s[1]])]
        good = [s for s in spans if _is_department(state, s) or (_UNITISH.search(text[s[0] : s[1]]) and forms.could_be(text[s[0] : s[1]]))]
        if len(good) < len(spans) or not spans:
            people = split_people(text, a, found.start(), state.rules)
            if not good and people and all(_is_named(state, p) for p in people):
                state.out.people.extend(people)
                at = found.end()
                found_any = True
                continue
            if not good:
                continue
        state.printed_lead = state.printed_lead or word.role == "lead"
        state.raw.extend((word, _s) for _s in good)
        state.out.rule = word.rule
        at = found.end()
        found_any = True
    if found_any:
        state.current = None
        together = _TOGETHER.match(text, at, end)
        if together:
            _names(state, RoleWord("support", False, "together"), together.end(), end)
            return True
        rest = text[at:end].strip(_STRIP)
        if rest and not any(at <= d.span[0] < end for d in state.out.dates):
            _bare(state, at, end)
    return found_any


def _finish(state: _Parse, strict: bool) -> Annotation | None:
    out = state.out
    supported = any(word.role == "support" for word, _ in state.raw)
    for word, span in state.raw:
        role = "lead" if word.bare_lead and supported and not state.printed_lead else word.role
        out.names.append((role, span, word.rule))
    out.names.extend(("responsible", span, "bare") for span in state.bare)
    if not out.names and not out.people and not (out.dates and not strict) and not (out.placeholder and not strict):
        return None
    return out


def parse_slot(text: str, start: int, end: int, role: str | None, calendar: Calendar, rules: Rulebook) -> Annotation:
    """Return what a table cell under a role header names; ``role`` None for a cell that prints its own labels."""
    words = rules.compiled(build_roles)
    state = _Parse(text, calendar, rules, words, Annotation(start, end))
    if role is not None and role != "deadline":
        state.current = RoleWord(role, False, "table." + role)
    at = start
    for cut in [*((m.start(), m.end()) for m in _CELL_CUT.finditer(text[start:end])), (end - start, end - start)]:
        stop = start + cut[0]
        if at < stop and text[at:stop].strip():
            labelled = bool(words.labels_in(text[at:stop]))
            if role is None and not labelled and not words.suffix.search(text, at, stop):
                _mixed(state, at, stop)
            elif labelled or role is None:
                _clause(state, at, stop)
            elif role == "leaders":
                _people(state, at, stop)
            elif not (words.suffix.search(text, at, stop) and _suffixes(state, at, stop)):
                _names(state, RoleWord(role, False, "table." + role), at, stop)
        at = start + cut[1]
    return _finish(state, False) or state.out


def _mixed(state: _Parse, start: int, end: int) -> None:
    """A cell of departments and persons together (责任科室及责任人): each word by what it is."""
    text = state.text
    forms, people = state.rules.compiled(build_forms), state.rules.compiled(build_people)
    word = RoleWord("responsible", False, "table.roles")
    for found in _WORD.finditer(text, start, end):
        a, b = found.span(1)
        name = text[a:b]
        if forms.is_name(name) or forms.is_group(name):
            behind = people_behind(text, b, end, state.rules)
            state.raw.append((word, (a, b) if behind else found.span()))
            state.out.people.extend(behind)
            continue
        persons = split_people(text, *found.span(), state.rules)
        if persons:
            state.out.people.extend(persons)
            state.raw.extend((word, office) for person in persons for office in _office_of(text, person, state.rules))
        elif not people.is_bearer(name):
            for span in split_names(text, a, b, state.rules):
                state.raw.append((word, span))


def _office_of(text: str, person: PersonSpan, rules: Rulebook) -> list[Span]:
    """Return the department in whose name a person's role is printed: 总务科科长王芳."""
    forms, people = rules.compiled(build_forms), rules.compiled(build_people)
    if person.role is None:
        return []
    start, end = person.role
    for cut in range(end - 1, start + 1, -1):
        if people.title.fullmatch(text, cut, end) and forms.is_name(text[start:cut]):
            return [(start, cut)]
    return []
