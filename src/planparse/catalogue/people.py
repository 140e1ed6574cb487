"""Lists of leaders as they are printed in a slot: after 责任领导：, in a cell of a table.

>>> from planparse.rulebook import default_rules
>>> text = "副院长 秦知远、易安（工会主席）、各党支部书记"
>>> [person.show(text) for person in split_people(text, 0, len(text), default_rules())]
['秦知远（副院长）', '易安（工会主席）', '各党支部书记']
"""

from __future__ import annotations

import re

from planparse.catalogue.forms import LONGEST
from planparse.catalogue.persons import LABEL, People, PersonSpan, build_people
from planparse.expressions import expression
from planparse.memo import Memory
from planparse.model import Span
from planparse.rulebook import Rulebook

_HARD = expression(r"[、，,;；/／|｜\n\r。+＋&]|以及|及其")
_TOKEN = expression(r"[^\s\u3000]+")
_JOINT = expression(r"[和与及]")
_OFFICE_OF = expression(
    r"([\u4e00-\u9fff]{2,10}(?:科|部|处|室|办|股|中心|病区))(?:负责人|主要负责人|负责同志|主任|护士长)"
)
_PHONE = expression(r"[0-9][0-9\-—]{4,20}$")
_TRIM = "（）()[]【】〔〕：:.·•-—－* \t\u3000\xa0"


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _TRIM:
        start += 1
    while start < end and text[end - 1] in _TRIM:
        end -= 1
    return (start, end)


def _tokens(text: str, start: int, end: int) -> list[Span]:
    """Return the words between spaces; 张　三 (one name, spaced out) is one word."""
    spans = [(found.start(), found.end()) for found in _TOKEN.finditer(text, start, end)]
    joined: list[Span] = []
    for span in spans:
        if (
            joined
            and joined[-1][1] - joined[-1][0] == 1 == span[1] - span[0]
            and "\u3400" <= text[span[0]] <= "\u9fff"
        ):
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


_BRACKETED = expression(r"([^（()）]{1,24})[（(]([^（()）]{1,24})[）)]?")


_BEHIND = expression(r"[（(]([^（）()\n]{2,40})[）)]")
_HELD = expression(r"([^（()）]{1,24})[（(][^（()）]{1,24}[）)]([^（()）]{2,8})")


def _bracketed(text: str, span: Span, people: People) -> list[PersonSpan] | None:
    """Read 易安（副院长） and 副院长（李某某）."""
    held = _HELD.fullmatch(text, *span)
    if held is not None and people.title.fullmatch(held[1]) and people.is_name(held[2]):
        return [PersonSpan(held.span(2), (held.start(), held.start(2)))]
    found = _BRACKETED.fullmatch(text, *span)
    if found is None:
        return None
    outer, inner = _strip(text, *found.span(1)), _strip(text, *found.span(2))
    a, b = text[slice(*outer)], text[slice(*inner)]
    if people.title.fullmatch(a) and not people.title.fullmatch(b):
        names = [_strip(text, *part) for part in _parts(text, *inner, _HARD)]
        if all(people.is_name(re.sub(r"\s", "", text[slice(*name)])) for name in names):
            return [PersonSpan(name, outer) for name in names]
    if people.is_bearer(a):
        return [PersonSpan(outer)]
    if people.is_name(re.sub(r"\s", "", a)):
        return [PersonSpan(outer, inner if people.is_bearer(b) or people.forms.is_name(b) else None)]
    return None


def _word(text: str, span: Span, people: People) -> list[PersonSpan]:
    """Read one word: a title, a name, both glued, an office-bearer; an empty list where it is none."""
    word = text[slice(*span)]
    start = span[0]
    if len(word) > LONGEST:
        return []
    for joint in _JOINT.finditer(word, 1):
        sides = word[: joint.start()], word[joint.end() :]
        if all(people.is_office(side) and not side.startswith(("和", "与", "及")) for side in sides):
            return [PersonSpan((start, start + joint.start())), PersonSpan((start + joint.end(), span[1]))]
    alone = _one(text, span, people)
    if alone:
        return alone
    for joint in _JOINT.finditer(word, 1):
        left = _one(text, (start, start + joint.start()), people)
        right = _word(text, (start + joint.end(), span[1]), people) if left else []
        if right:
            return left + right
    return _of_department(text, span, people)


def _one(text: str, span: Span, people: People) -> list[PersonSpan]:
    """Read one word that no 和 parts."""
    word = text[slice(*span)]
    start = span[0]
    bracketed = _bracketed(text, span, people)
    if bracketed is not None:
        return bracketed
    if people.is_bearer(word):
        return [PersonSpan(span)]
    office = _OFFICE_OF.fullmatch(word)
    if office is not None and people.forms.is_name(office[1]):
        return [PersonSpan(span)]  # 宣教科负责人 is nobody called 宣教
    glued = people.glued().fullmatch(word)
    if glued is not None:
        return [PersonSpan(_at(glued.span("name"), start), _at(glued.span("role"), start))]
    called = people.called().fullmatch(word)
    if called is not None:
        if called["short"]:
            return [PersonSpan(span, _at(called.span("office"), start))]
        return [PersonSpan(_at(called.span("name"), start), _at(called.span("role"), start))]
    if people.is_name(re.sub(r"\s", "", word)):
        return [PersonSpan(span)]
    return []


def _of_department(text: str, span: Span, people: People) -> list[PersonSpan]:
    """Read a department's title and a name glued to it: 医务科科长王芳."""
    for found in people.glued().finditer(text, *span):
        # 检验科主任: the title may take the department's last character (科主任)
        if found.end() == span[1] and any(
            people.forms.is_name(text[span[0] : found.start() + more]) for more in (0, 1)
        ):
            return [PersonSpan(found.span("name"), (span[0], found.end("role")))]
    return []


def _at(span: Span, start: int) -> Span:
    return (span[0] + start, span[1] + start)


def _paired(text: str, persons: list[PersonSpan], people: People) -> list[PersonSpan]:
    """Tie titles and names that stand beside each other: 副院长 秦知远, 秦知远 副院长."""
    done: list[PersonSpan] = []
    at = 0
    while at < len(persons):
        this = persons[at]
        after = persons[at + 1] if at + 1 < len(persons) else None
        if after and this.role is None and after.role is None:
            first, second = (_is_title(text, person, people) for person in (this, after))
            if first != second:
                name, role = (after, this) if first else (this, after)
                done.append(PersonSpan(name.name, role.name))
                at += 2
                continue
        done.append(this)
        at += 1
    return done


def _is_title(text: str, person: PersonSpan, people: People) -> bool:
    return person.role is None and people.is_bearer(text[slice(*person.name)])


def _parts(text: str, start: int, end: int, parting: re.Pattern[str]) -> list[Span]:
    """Return the stretches between separators outside brackets."""
    parts, begin, depth = [], start, 0
    at = start
    while at < end:
        depth += (text[at] in "（(") - (text[at] in "）)")
        found = parting.match(text, at, end) if depth <= 0 else None
        if found:
            parts.append((begin, at))
            begin = at = found.end()
        else:
            at += 1
    parts.append((begin, end))
    return [part for part in parts if part[1] > part[0]]


def split_people(text: str, start: int, end: int, rules: Rulebook) -> list[PersonSpan]:
    """Return the persons that a slot of leaders lists (after 责任领导：), in order.

    A title beside a name, before or after it or in its bracket, is the role; a title alone is an
    office-bearer; several titles before one name are one role (党委书记、院长 何志平). What is neither a name
    nor an office is left out. Offsets are code points of ``text``.
    """
    found = rules.compiled(_build_memory)[text[start:end]]
    return [person.moved(start) for person in found]


def _build_memory(rules: Rulebook) -> Memory[str, tuple[PersonSpan, ...]]:
    return Memory(lambda slot: tuple(_split(slot, rules)))


def _split(text: str, rules: Rulebook) -> list[PersonSpan]:
    start, end = 0, len(text)
    people = rules.compiled(build_people)
    found: list[PersonSpan] = []
    for part in _parts(text, start, end, _HARD):
        words: list[PersonSpan] = []
        for token in _tokens(text, *part):
            words.extend(_word(text, _cut_label(text, token), people))
        pieces = _paired(text, words, people)
        while found and pieces and pieces[0].role and _titles_before(text, found[-1], pieces[0], people):
            held = found.pop()
            pieces[0] = PersonSpan(pieces[0].name, (held.name[0], pieces[0].role[1]))
        found.extend(pieces)
    return found


def people_behind(text: str, end_of_name: int, end: int, rules: Rulebook) -> list[PersonSpan]:
    """Return the persons in the bracket right behind a department: 医务科（张明、李红）; else an empty list.

    >>> from planparse.rulebook import default_rules
    >>> text = "医务科（张明）、护理部（配合）"
    >>> [person.show(text) for person in people_behind(text, 3, len(text), default_rules())]
    ['张明']
    >>> people_behind(text, 11, len(text), default_rules())
    []
    """
    bracket = _BEHIND.match(text, end_of_name, end)
    if bracket is None:
        return []
    people = rules.compiled(build_people)
    found = split_people(text, *bracket.span(1), rules)
    named = [person for person in found if people.is_named(re.sub(r"\s", "", text[slice(*person.name)]))]
    return found if len(named) == len(found) else []


def _titles_before(text: str, before: PersonSpan, after: PersonSpan, people: People) -> bool:
    """Whether a bare title and a 、 stand right before another title with a name."""
    if after.role is None or after.role[0] > after.name[0] or before.role is not None:
        return False
    gap = text[before.name[1] : after.role[0]]
    title = people.title.fullmatch(text[slice(*before.name)])
    return (
        gap.strip() in ("、", "")
        and title is not None
        and not title[0].startswith(("各", "分管", "相关", "科"))
    )


def _cut_label(text: str, span: Span) -> Span:
    """Return the word without its label, edge marks, an unclosed bracket and a trailing 等."""
    start, end = span
    label = LABEL.match(text, start, end)
    start = label.end() if label else start
    while start < end and text[start] in ")）]】〕：:.·•-—－*[【〔（(":
        start += 1
    phone = _PHONE.search(text, start, end)
    if phone is not None:
        end = phone.start()
    while start < end and (
        text[end - 1] in "([【〔（：:.·•-—－*]】〕"
        or (text[end - 1] in ")）" and not set("（(") & set(text[start:end]))
    ):
        end -= 1
    if end - start > 2 and text[end - 1] == "等":
        end -= 1
    return (start, end)
