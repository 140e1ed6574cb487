"""The clauses of an annotation: labels with slots (牵头科室：X), names with suffixes (X牵头, Y配合), bare names."""

from __future__ import annotations

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
from planparse.extract.annotation import BLOCK, Annotation
from planparse.extract.dates import Calendar
from planparse.extract.dittos import is_ditto
from planparse.extract.roles import RoleWord, RoleWords, is_open
from planparse.model import Span
from planparse.rulebook import Rulebook

_SPACE = expression(r"\s")
_UNITISH = expression(r"(?:组|队|站|班|社|馆|所|库|会|办|部|科|处|室|局|院|中心|委)$")
_TOGETHER = expression(r"[，,]?(?:会同|联合|商|协同)")
_BESIDE = expression(r"会同|(?<=[局委部科处办])联合")
_PREFIX = expression(r"[ \u3000]*归口(?!管理|负责|科室|部门|单位)")
_OFFICE = expression(r"[\u4e00-\u9fff]{2,8}(?:员|秘书|主任|长|组长|干事|专员|负责人|书记|领导|人)")
_NOTHING = expression(r"^[\s—–\-/／无－]*$|^(?:暂无|待定|无)$")
_LONGEST_OFFICE = 16
_MARKED = expression(r"[（()）、，,；;：:]")
_TRAIL = "—→⇒➔、，,；;。. 　\t/／:：\n\v"
STRIP = _TRAIL + "和与及由"


class RoleReading(Struct):
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


def read_clause(state: RoleReading, start: int, end: int) -> bool:
    """Read one clause; False when it holds something that belongs in no annotation."""
    text, words = state.text, state.words
    if _NOTHING.match(text[start:end].strip(STRIP)):
        return True
    marks = _marks(state, start, end)
    if not marks and _SPACE.search(text, start, end):
        marks = [
            (m.start(), m.end(), words.labels[m[1]])
            for m in words.open_label.finditer(text, start, end)
            if is_open(m[1]) and (m.start() == start or text[m.start() - 1] in " ，,、；")
        ]
    if not marks:
        return _unlabelled(state, start, end)
    before = text[start : marks[0][0]].strip(STRIP)
    if before and (not BLOCK.search(text, start, marks[0][0]) or words.suffix.search(before)):
        _unlabelled(state, start, marks[0][0])
    for k, (_, slot, word) in enumerate(marks):
        _slot(state, slot, marks[k + 1][0] if k + 1 < len(marks) else end, word)
    return True


def _marks(state: RoleReading, start: int, end: int) -> list[tuple[int, int, RoleWord]]:
    """The labels of a clause: (start, where its slot begins, word)."""
    text, words = state.text, state.words
    marks = []
    for at in words.labels_in(text[start:end]):
        found = words.label.match(text, start + at, end)
        if (
            found is not None
            and words.labels[found[1]].role == "none"
            and _is_bracketed(text, start, found.start())
        ):
            continue  # 张明（电话：6120）、李红: a note on one name ends no list
        if found is not None:
            marks.append((found.start(), found.end(), words.labels[found[1]]))
    return marks


def _is_bracketed(text: str, start: int, at: int) -> bool:
    """Whether a round bracket stands open before ``at``."""
    return text.count("（", start, at) + text.count("(", start, at) > text.count(
        "）", start, at
    ) + text.count(")", start, at)


def _slot(state: RoleReading, start: int, end: int, word: RoleWord) -> None:
    """Read what stands after a label."""
    text = state.text
    state.out.rule = word.rule
    if is_ditto(text[start:end].strip(STRIP)):
        state.out.dittos.append(word.role)
        state.out.placeholder = True
        state.current = None
        return
    if text[start:end].strip() and _NOTHING.match(text[start:end].strip()):
        state.out.placeholder = True  # 配合科室：—— names nobody, and is no text of the item
    trail = _TRAIL if word.role == "leaders" else STRIP  # 责任人：纪春和
    while end > start and text[end - 1] in trail:
        end -= 1
    if word.rule == "oversight.label":
        state.out.placeholder = True  # （督办：院办）
    if word.role == "none" or start >= end:
        state.current = word
        return
    if word.role == "deadline":
        state.current = None
        return
    if word.role == "leaders":
        state.current = word
        read_people(state, start, end)
        return
    state.printed_lead = state.printed_lead or word.role == "lead"
    if state.words.suffix.search(text, start, end) and read_suffixes(state, start, end):
        return
    state.current = word
    read_names(state, word, start, end)


def read_people(state: RoleReading, start: int, end: int) -> None:
    """Add the persons of a slot, and the departments printed among them; of neither, an office without a name."""
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
    slot = state.text[start:end].strip(STRIP)
    if not said and _OFFICE.fullmatch(slot) and not forms.could_be(slot) and not _is_dated(state, start, end):
        at = state.text.index(slot, start)
        state.out.people.append(PersonSpan((at, at + len(slot))))


def _is_named(state: RoleReading, person: PersonSpan) -> bool:
    """Whether the person is printed with a name, not an office alone."""
    return state.rules.compiled(build_people).is_name(
        state.text[person.name[0] : person.name[1]].replace(" ", "")
    )


def read_names(state: RoleReading, word: RoleWord, start: int, end: int) -> bool:
    """Add the names of a slot; return False when something in it is no name."""
    text = state.text
    whole = True
    forms = state.rules.compiled(build_forms)
    for a, b in split_names(text, start, end, state.rules):
        name = text[a:b]
        if _is_dated(state, a, b):
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


def _unlabelled(state: RoleReading, start: int, end: int) -> bool:
    """A clause without label: suffixes, the continuation of the slot before, bare names, or a date."""
    prefix = _PREFIX.match(state.text, start, end)
    if prefix:  # 归口规划信息处，药政处参与
        stop = min(
            (i for i in (state.text.find(c, prefix.end(), end) for c in "，,；;") if i >= 0), default=end
        )
        state.printed_lead = True
        read_names(state, RoleWord("lead", False, "prefix"), prefix.end(), stop)
        return stop >= end or _unlabelled(state, stop + 1, end)
    if state.words.suffix.search(state.text, start, end) and read_suffixes(state, start, end):
        return True
    if state.current is not None:
        if state.current.role == "none":
            return True
        if state.current.role == "leaders":
            read_people(state, start, end)
            return True
        return read_names(state, state.current, start, end)
    return _bare(state, start, end)


def _is_department(state: RoleReading, span: Span) -> bool:
    name = state.text[span[0] : span[1]]
    forms = state.rules.compiled(build_forms)
    return forms.is_name(name) or forms.is_group(name)


def _bare(state: RoleReading, start: int, end: int) -> bool:
    """Names without any role word: all of them must be departments."""
    spans = []
    for a, b in split_names(state.text, start, end, state.rules):
        dated = next((d.span[0] for d in state.out.dates if a < d.span[0] < b), None)
        if dated is not None and _is_department(state, (a, dated)):
            spans.append((a, dated))  # （总务科4月20日前）
        elif not _is_dated(state, a, b) and not _NOTHING.match(state.text[a:b]):
            spans.append((a, b))
    if not spans:
        return True
    if state.rules.compiled(build_forms).is_placeholder(state.text[start:end].strip(STRIP)):
        return False
    forms, people = state.rules.compiled(build_forms), state.rules.compiled(build_people)
    sure = [span for span in spans if _is_department(state, span)]
    named = [
        span
        for span in spans
        if span not in sure
        and sure
        and people.is_name(state.text[slice(*span)])
        and not _UNITISH.search(state.text[slice(*span)])
    ]
    spans = [span for span in spans if span not in named]  # （李红霞／护理部、总务科）
    if not sure or not all(span in sure or forms.could_be(state.text[span[0] : span[1]]) for span in spans):
        return False
    if len(sure) < len(spans) and 2 * len(sure) < len(spans):
        return False
    state.bare.extend(spans)
    state.out.people.extend(PersonSpan(span) for span in named)
    return True


def read_suffixes(state: RoleReading, start: int, end: int) -> bool:
    """Names before role words: 「急诊科牵头，心内科、神经内科负责，检验科配合」."""
    text, words = state.text, state.words
    at = start
    said = False
    for found in words.suffix.finditer(text, start, end):
        if found.start() < at or _names_office(state, found.span(), start, end):
            continue
        first = max(at, text.rfind("由", at, found.start()) + 1)
        while first < found.start() and text[first] in STRIP:
            first += 1
        if first >= found.start():
            at = found.end() if said else at
        elif _before_suffix(state, first, found.start(), words.suffixes[found[1]]):
            at = found.end()
            said = True
    if said:
        _behind_suffixes(state, at, end)
    return said


def _names_office(state: RoleReading, word: Span, start: int, end: int) -> bool:
    """Whether a role word is part of an office's name in a bracket of its own: 信息科（项目实施办）."""
    text, forms = state.text, state.rules.compiled(build_forms)
    opened = max(text.rfind(mark, start, word[0]) for mark in "（(")
    shut = min((at for at in (text.find(mark, word[1], end) for mark in "）)") if at >= 0), default=-1)
    if opened <= start or shut <= word[1] or shut - opened > _LONGEST_OFFICE:
        return False
    inner = text[opened + 1 : shut]
    return not _MARKED.search(inner) and forms.is_form(inner) and not forms.is_placeholder(inner)


def _before_suffix(state: RoleReading, start: int, end: int, word: RoleWord) -> bool:
    """Read the names before a role word; False where they are neither departments nor persons with a name."""
    text = state.text
    start = _in_open_bracket(state, start, end)
    beside = _BESIDE.search(text, start + 1, end) if word.role != "support" else None
    if beside:
        read_names(state, RoleWord("support", False, "together"), beside.end(), end)
    until = beside.start() if beside else end
    while until > start + 1 and text[until - 1] in "要应须将":
        until -= 1  # 麻醉科要|牵头
    forms = state.rules.compiled(build_forms)
    spans = [span for span in split_names(text, start, until, state.rules) if not _is_dated(state, *span)]
    named = [span for span in spans if not forms.is_placeholder(text[slice(*span)])]
    state.out.placeholder = state.out.placeholder or len(named) < len(spans)
    good = [
        span
        for span in named
        if _is_department(state, span)
        or (_UNITISH.search(text[slice(*span)]) and forms.could_be(text[slice(*span)]))
    ]
    if not good:
        people = split_people(text, start, end, state.rules)
        if not people or not all(_is_named(state, person) for person in people):
            return False
        state.out.people.extend(people)
        return True
    state.printed_lead = state.printed_lead or word.role == "lead"
    state.raw.extend((word, span) for span in good)
    state.out.rule = word.rule
    return True


def _in_open_bracket(state: RoleReading, start: int, end: int) -> int:
    """Read the names before a bracket that is open at ``end``, and return where those in it begin: 心内科（急诊科|配合）."""
    opened = max(state.text.rfind("（", start, end), state.text.rfind("(", start, end))
    if not start < opened < end - 1 or "）" in state.text[opened:end] or ")" in state.text[opened:end]:
        return start
    _bare(state, start, opened)
    return opened + 1


def _behind_suffixes(state: RoleReading, start: int, end: int) -> None:
    """Read what stands behind the last role word of a clause: 会同医务科, or bare names."""
    state.current = None
    together = _TOGETHER.match(state.text, start, end)
    if together:
        read_names(state, RoleWord("support", False, "together"), together.end(), end)
    elif state.text[start:end].strip(STRIP) and not any(start <= d.span[0] < end for d in state.out.dates):
        _bare(state, start, end)


def _is_dated(state: RoleReading, start: int, end: int) -> bool:
    """Whether a stretch holds a part of a date."""
    return any(d.span[0] < end and start < d.span[1] for d in state.out.dates)


def finish(state: RoleReading, strict: bool) -> Annotation | None:
    """Return what was read, or None where it is nothing; who answers leads where others support and nobody is said to lead."""
    out = state.out
    supported = any(word.role == "support" for word, _ in state.raw)
    for word, span in state.raw:
        role = "lead" if word.bare_lead and supported and not state.printed_lead else word.role
        out.names.append((role, span, word.rule))
    out.names.extend(("responsible", span, "bare") for span in state.bare)
    if (
        not out.names
        and not out.people
        and not (out.dates and not strict)
        and not (out.placeholder and not strict)
    ):
        return None
    return out
