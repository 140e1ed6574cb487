"""Roles that running text says with their label: 牵头部门为X, X为责任部门, 以X为主办, 归口X, 分管领导X."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from planparse.alternatives import any_of
from planparse.catalogue import PersonSpan, build_forms, build_people, split_names
from planparse.expressions import expression
from planparse.extract.cover import Cover
from planparse.extract.roles import build_roles
from planparse.model import Span
from planparse.rulebook import Rulebook

#: what ends the words that say a role
_STOP = r"(?=[，,；;。、]|$)"
_TITLE = r"(?:分管|主管)?(?:常务|业务)?副?(?:院长|书记|主任|局长|处长|科长|主席)|(?:总会计师|总药师|总护士长)"
_NAME = r"(?P<name>[\u4e00-\u9fff]{2,4}?)(?:同志)?"
#: one of them stands in what the packaged words say so
_SIGNS = ("为", "是", "系", "归口", "领导", "责任人")
#: short labels that 为 makes plain: 以护理部为主办
_BARE = frozenset({"主办", "协办", "承办", "牵头", "主责", "配合", "协助"})
_LONGEST_LABEL = 12


class Said(Struct, frozen=True):
    """What one such phrase says: its place, the role, and who (departments as one group, or a person)."""

    start: int
    end: int
    role: str
    names: Sequence[Span] = ()
    person: PersonSpan | None = None


class _Words(Struct, frozen=True):
    """``before``: a label and 为 that end where names begin; ``behind``: 为 and a label where names end; ``slot``: all of it."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    slot: re.Pattern[str]
    roles: dict[str, str]
    #: 副院长周明为责任领导, and 责任领导周明
    titled: re.Pattern[str]
    named: re.Pattern[str]
    #: one of them stands in whatever says a role so
    signs: tuple[str, ...]


def _build(rules: Rulebook) -> _Words:
    words = rules.compiled(build_roles)
    roles = {
        label: word.role
        for label, word in words.labels.items()
        if word.role in ("lead", "responsible", "support")
    }
    long = f"{words.long_labels(('lead', 'responsible', 'support'))}|{any_of(_BARE)}"
    slot = rf"(?P<label>{long})(?:为|是|系)(?P<names>[\u4e00-\u9fff、（）()]{{2,40}}?)(?=[，,；;。]|$)"
    said = {
        form: [
            entry for entry in rules.entries("roles") if (entry["form"], entry["role"]) == (form, "leaders")
        ]
        for form in ("said", "manner")
    }
    leader = f"{any_of(word for entry in said['manner'] for word in entry.made())}?{any_of(word for entry in said['said'] for word in entry.made())}"
    return _Words(
        expression(rf"(?:({long})(?:为|是|系)|(归口)(?:于|到|至|给)?)$"),
        expression(rf"(?:共同)?(?:为|是|作为)({long}){_STOP}"),
        expression(slot),
        roles,
        expression(rf"(?P<title>{_TITLE}){_NAME}(?:为|任|是|担任){leader}{_STOP}"),
        expression(rf"(?<![\u4e00-\u9fff]){leader}(?:为|是|由)?{_NAME}{_STOP}"),
        (
            *_SIGNS,
            *(
                word
                for entry in said["said"]
                for word in entry["words"]
                if not any(sign in word for sign in _SIGNS)
            ),
        ),
    )


def said_roles(
    text: str, start: int, end: int, groups: Sequence[tuple[int, int, list[Span]]], rules: Rulebook
) -> list[Said]:
    """Return what ``text[start:end]`` says so, in order; ``groups`` are the departments that it names, neighbours together.

    >>> from planparse.rulebook import default_rules
    >>> text = "合同归档，牵头部门为审计部，分管领导周明，4月份销号"
    >>> [(said.role, text[slice(*said.names[0])] if said.names else text[slice(*said.person.name)]) for said in said_roles(text, 0, len(text), [(10, 13, [(10, 13)])], default_rules())]
    [('lead', '审计部'), ('leaders', '周明')]
    """
    words = rules.compiled(_build)
    if not any(text.find(sign, start, end) >= 0 for sign in words.signs):
        return []
    found: list[Said] = _slots(text, start, end, words, rules)
    taken = Cover([(said.start, said.end) for said in found])
    for a, b, names in groups:
        if taken.touches(a, b):
            continue
        label = words.before.search(text, max(start, a - _LONGEST_LABEL), a)
        if label is not None:
            found.append(Said(label.start(), b, words.roles.get(label[1] or "", "lead"), names))
            continue
        label = words.behind.match(text, b, end)
        if label is not None and not (a > start and text[a - 1] == "为"):
            first = a - 1 if a > start and text[a - 1] in "以由" else a
            found.append(Said(first, label.end(), words.roles[label[1]], names))
    return sorted(
        found + _leaders(text, start, end, Cover([(said.start, said.end) for said in found]), words, rules),
        key=lambda said: said.start,
    )


def _slots(text: str, start: int, end: int, words: _Words, rules: Rulebook) -> list[Said]:
    """Return what stands in full behind a label and 为: 承办部门是法务审计部, where every name is one by its form."""
    forms = rules.compiled(build_forms)
    found: list[Said] = []
    for hit in words.slot.finditer(text, start, end):
        names = split_names(text, *hit.span("names"), rules)
        if names and all(
            forms.is_name(text[a:b]) or forms.is_group(text[a:b]) or forms.could_be(text[a:b])
            for a, b in names
        ):
            found.append(Said(hit.start(), hit.end(), words.roles[hit["label"]], names))
    return found


def _leaders(text: str, start: int, end: int, taken: Cover, words: _Words, rules: Rulebook) -> list[Said]:
    people = rules.compiled(build_people)
    found: list[Said] = []
    for pattern in (words.titled, words.named):
        for hit in pattern.finditer(text, start, end):
            name = hit.span("name")
            if people.is_name(hit["name"]) and not taken.touches(*name):
                title = hit.span("title") if pattern is words.titled else None
                found.append(Said(hit.start(), hit.end(), "leaders", person=PersonSpan(name, title)))
    return found
