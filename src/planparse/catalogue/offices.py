"""Leaders in running text: an office with a name, or an office alone.

>>> from planparse.rulebook import default_rules
>>> text = "院长田启明指出，各分管院领导要现场督办。"
>>> [person.show(text) for person in person_spans(text, 0, len(text), default_rules())]
['田启明（院长）', '各分管院领导']
"""

from __future__ import annotations

from planparse.catalogue.persons import LABEL, People, PersonSpan, build_people
from planparse.model import Span
from planparse.rulebook import Rulebook

_EDGE = "，。、；：;:,.!?！？（）()[]【】〔〕《》“”\"'…—\n\r\t \u3000"


def person_spans(text: str, start: int, end: int, rules: Rulebook) -> list[PersonSpan]:
    """Return the persons and office-bearers that running text names: a title with a name, or a title alone."""
    people = rules.compiled(build_people)
    part = text if (start, end) == (0, len(text)) else text[start:end]
    found: list[PersonSpan] = []
    for _, left, right in people.offices.find_matches_as_indexes(part):
        a, b = left + start, right + start
        if (found and a < found[-1].end) or text.startswith(people.cut, b) or LABEL.match(text, a, end):
            continue
        floor = found[-1].end if found else start
        role = (_begin(text, a, floor, people), b)
        name = _name_after(text, b, end, people) or _name_before(text, role[0], floor, people)
        found.append(PersonSpan(name, role) if name else PersonSpan(role))
        while name and name[0] >= role[1] and name[1] < end and text[name[1]] == "、":
            name = _name_after(text, name[1] + 1, end, people)  # 副院长余某、魏某
            if name:
                found.append(PersonSpan(name, role))
    return found


def _begin(text: str, at: int, floor: int, people: People) -> int:
    """Return the start of an office with its qualifiers and the department before it: 医务科⟦主任⟧."""
    before = text[max(floor, at - 16) : at]
    qualified = people.before.search(before)
    first = at - (len(before) - qualified.start()) if qualified else at
    shared = text[at] == "科"  # 产科主任: the office 科主任 takes the last character of its department
    for stop in range(at + shared, first - 1, -1):
        for length in range(min(12, stop - floor), 1, -1):
            if text[stop - length : stop] in people.forms.catalogue.departments:
                begin = min(stop - length, first)
                return begin - 1 if begin > floor and text[begin - 1] in "省市县区州" else begin
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
            modal = (
                stop - at == 3
                and text[stop - 1] in people.modal
                and text[stop : stop + 1] not in people.modal
            )
            return (at, stop - 1) if modal and people.is_named(text[at : stop - 1]) else (at, stop)
    return None


def _name_before(text: str, at: int, floor: int, people: People) -> Span | None:
    for length in (3, 2, 4):
        begin = at - length
        edge = begin == floor or (begin > floor and text[begin - 1] in _EDGE + "由和与及")
        if edge and people.is_named(text[begin:at]):
            return (begin, at)
    return None
