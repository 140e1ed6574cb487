"""Leaders: names with their offices, and office-bearers without a name.

>>> from planparse.rulebook import default_rules
>>> text = "副院长 郑伟民、苏婉（工会主席）、各党支部书记"
>>> [person.show(text) for person in split_people(text, 0, len(text), default_rules())]
['郑伟民（副院长）', '苏婉（工会主席）', '各党支部书记']
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from planparse.catalogue.forms import Forms, alternation, build_forms
from planparse.model import Span
from planparse.rulebook import Rulebook

_HARD = re.compile(r"[、，,;；/／|｜\n\r。+＋]|以及|及其")
_TOKEN = re.compile(r"[^\s\u3000]+")
_JOINT = re.compile(r"[和与及]")
_TRIM = "（）()[]【】〔〕：:.·•-—－* \t\u3000\xa0"
_EDGE = "，。、；：;:,.!?！？（）()[]【】〔〕《》“”\"'…—\n\r\t \u3000"
_HAN = r"[\u3400-\u9fff]"
_GIVEN = r"[\u3400-\u9fff×XxＸ*＊○〇□]"


@dataclass(frozen=True, slots=True)
class PersonSpan:
    """A person of a list: the span of the name (or of the office that stands for it) and of the role."""

    name: Span
    role: Span | None = None

    @property
    def end(self) -> int:
        """Where the name or the role ends, whichever is later."""
        return max(self.name[1], self.role[1] if self.role else 0)

    def show(self, text: str) -> str:
        """Return 「名（职）」 as read from ``text``."""
        name = re.sub(r"\s", "", text[slice(*self.name)])
        return f"{name}（{re.sub(chr(32), '', text[slice(*self.role)])}）" if self.role else name


@dataclass(frozen=True, slots=True)
class People:
    """The compiled table ``persons``."""

    forms: Forms
    known: re.Pattern[str]
    name: re.Pattern[str]
    title: re.Pattern[str]
    bearer: re.Pattern[str]
    glued: re.Pattern[str]
    called: re.Pattern[str]
    offices: Any
    before: re.Pattern[str]
    follows: re.Pattern[str]
    never: frozenset[str]
    cut: tuple[str, ...]

    def is_name(self, word: str) -> bool:
        """Whether a word of a list of persons is a personal name."""
        if word in self.never or self.forms.is_name(word) or self.title.search(word):
            return False
        return self.name.fullmatch(word) is not None

    def is_named(self, word: str) -> bool:
        """Whether the word is a personal name with a known family name: what running text asks for."""
        return self.known.fullmatch(word) is not None and self.is_name(word)

    def is_bearer(self, word: str) -> bool:
        """Whether the word is an office-bearer: 院领导, 各党支部书记, 医务科主任."""
        found = self.bearer.fullmatch(word)
        if found is not None:
            return True
        ending = self.title.search(word)
        if ending is not None and ending.end() == len(word) and self.forms.is_name(word[: ending.start()]):
            return True
        return self.forms.group.fullmatch(word) is not None


def build_people(rules: Rulebook) -> People:
    """Return the compiled form of the rulebook's table ``persons``."""
    import ahocorasick_rs

    words: dict[str, list[str]] = defaultdict(list)
    for entry in rules.entries("persons"):
        words[entry["kind"]].extend(entry["words"])
    double = alternation([word for word in words["surname"] if len(word) == 2])
    single = "".join(word for word in words["surname"] if len(word) != 2)
    known = rf"(?:(?:{double}){_GIVEN}{{1,2}}|[{single}](?:{_GIVEN}{{1,2}}|某{{1,2}}))"
    dotted = rf"{_HAN}{{1,8}}(?:[·•・.]{_HAN}{{1,10}}){{1,3}}"
    titles, before = alternation(words["title"]), alternation(words["qualifier"])
    title = rf"(?:(?:{before}){{0,3}})(?:{titles})(?:[兼、](?:{titles})){{0,2}}"
    bearers = rf"(?:(?:{before})(?:[、和及]?(?:{before})){{0,3}})?(?:{titles}|{alternation(words['collective'])})"
    return People(
        forms=rules.compiled(build_forms),
        known=re.compile(rf"(?:{known}|{dotted})"),
        name=re.compile(rf"(?:{known}|{dotted}|{_HAN}{{2,3}})"),
        title=re.compile(rf"(?:{title})"),
        bearer=re.compile(bearers),
        glued=re.compile(rf"(?P<role>{title})[:：]?(?P<name>{known}|{dotted})"),
        called=re.compile(rf"(?:(?P<name>{known}|{dotted})(?P<role>{title})|(?P<short>[{single}](?P<office>{titles})))"),
        offices=ahocorasick_rs.AhoCorasick(
            words["title"] + words["collective"], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        ),
        before=re.compile(rf"(?:{before})(?:[、和及]?(?:{before})){{0,3}}$"),
        follows=re.compile(alternation(words["follows"])),
        never=frozenset(words["never"]),
        cut=tuple(words["cut"]),
    )


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
        if joined and joined[-1][1] - joined[-1][0] == 1 == span[1] - span[0] and "\u3400" <= text[span[0]] <= "\u9fff":
            joined[-1] = (joined[-1][0], span[1])
        else:
            joined.append(span)
    return joined


_LABEL = re.compile(r"(?:责任|分管|牵头|包保|联系|主管|主要)(?:院)?(?:领导|负责人|人)\s{0,3}[:：]")
_BRACKETED = re.compile(r"([^（()）]{1,24})[（(]([^（()）]{1,24})[）)]?")


def _bracketed(text: str, span: Span, people: People) -> list[PersonSpan] | None:
    """Read 苏婉（副院长） and 副院长（李某某）."""
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
    bracketed = _bracketed(text, span, people)
    if bracketed is not None:
        return bracketed
    if people.is_bearer(word):
        return [PersonSpan(span)]
    glued = people.glued.fullmatch(word)
    if glued is not None:
        return [PersonSpan(_at(glued.span("name"), start), _at(glued.span("role"), start))]
    called = people.called.fullmatch(word)
    if called is not None:
        if called["short"]:
            return [PersonSpan(span, _at(called.span("office"), start))]
        return [PersonSpan(_at(called.span("name"), start), _at(called.span("role"), start))]
    if people.is_name(re.sub(r"\s", "", word)):
        return [PersonSpan(span)]
    for joint in _JOINT.finditer(word, 1):
        left = _word(text, (start, start + joint.start()), people)
        right = _word(text, (start + joint.end(), span[1]), people)
        if left and right:
            return left + right
    return _of_department(text, span, people)


def _of_department(text: str, span: Span, people: People) -> list[PersonSpan]:
    """Read a department's title and a name glued to it: 医务科科长王芳."""
    for found in people.glued.finditer(text, *span):
        if found.end() == span[1] and people.forms.is_name(text[span[0] : found.start()]):
            return [PersonSpan(found.span("name"), (span[0], found.end("role")))]
    return []


def _at(span: Span, start: int) -> Span:
    return (span[0] + start, span[1] + start)


def _paired(text: str, persons: list[PersonSpan], people: People) -> list[PersonSpan]:
    """Tie titles and names that stand beside each other: 副院长 郑伟民, 郑伟民 副院长."""
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


def _titles_before(text: str, before: PersonSpan, after: PersonSpan, people: People) -> bool:
    """Whether a bare title and a 、 stand right before another title with a name."""
    if after.role is None or after.role[0] > after.name[0] or before.role is not None:
        return False
    gap = text[before.name[1] : after.role[0]]
    title = people.title.fullmatch(text[slice(*before.name)])
    return gap.strip() in ("、", "") and title is not None and not title[0].startswith(("各", "分管", "相关", "科"))


def _cut_label(text: str, span: Span) -> Span:
    """Return the word without edge marks, an unclosed bracket and a trailing 等."""
    start, end = span
    while start < end and text[start] in ")）]】〕：:.·•-—－*[【〔（(":
        start += 1
    while start < end and (text[end - 1] in "([【〔（：:.·•-—－*]】〕" or (text[end - 1] in ")）" and not set("（(") & set(text[start:end]))):
        end -= 1
    if end - start > 2 and text[end - 1] == "等":
        end -= 1
    return (start, end)


def person_spans(text: str, start: int, end: int, rules: Rulebook) -> list[PersonSpan]:
    """Return the persons and office-bearers that running text names: a title with a name, or a title alone.

    >>> from planparse.rulebook import default_rules
    >>> text = "院长罗建之指出，各分管院领导要按月调度。"
    >>> [person.show(text) for person in person_spans(text, 0, len(text), default_rules())]
    ['罗建之（院长）', '各分管院领导']
    """
    people = rules.compiled(build_people)
    part = text if (start, end) == (0, len(text)) else text[start:end]
    found: list[PersonSpan] = []
    for _, a, b in people.offices.find_matches_as_indexes(part):
        a, b = a + start, b + start
        if (found and a < found[-1].end) or text.startswith(people.cut, b) or _LABEL.match(text, a, end):
            continue
        floor = found[-1].end if found else start
        role = (_begin(text, a, floor, people), b)
        name = _name_after(text, b, end, people) or _name_before(text, role[0], floor, people)
        found.append(PersonSpan(name, role) if name else PersonSpan(role))
    return found


def _begin(text: str, at: int, floor: int, people: People) -> int:
    """Return the start of an office with its qualifiers and the department before it: 医务科⟦主任⟧."""
    before = text[max(floor, at - 16) : at]
    qualified = people.before.search(before)
    first = at - (len(before) - qualified.start()) if qualified else at
    for stop in range(at, first - 1, -1):
        for length in range(min(12, stop - floor), 1, -1):
            if text[stop - length : stop] in people.forms.catalogue.departments:
                return min(stop - length, first)
    return first


def _name_after(text: str, at: int, end: int, people: People) -> Span | None:
    while at < end and text[at] in " \u3000：:":
        at += 1
    found = people.name.match(text, at, min(end, at + 24))
    if found is None:
        return None
    for length in (found.end() - at, 3, 2, 4):
        stop = at + length
        if stop > end or not people.is_named(text[at:stop]):
            continue
        bounded = stop == end or text[stop] in _EDGE or people.follows.match(text, stop, end)
        if bounded:
            return (at, stop)
    return None


def _name_before(text: str, at: int, floor: int, people: People) -> Span | None:
    for length in (3, 2, 4):
        begin = at - length
        edge = begin == floor or (begin > floor and text[begin - 1] in _EDGE + "由和与及")
        if edge and people.is_named(text[begin:at]):
            return (begin, at)
    return None
