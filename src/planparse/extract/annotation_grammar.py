"""What a responsibility annotation says: who leads, answers, supports, by when.

The grammar: an annotation is clauses; a clause is labels with slots (牵头科室：X), or names with suffixes (X牵头,
Y、Z配合), or bare names (（医务科、护理部）), or a date. What the words mean is data (rules/roles.toml).
"""

from __future__ import annotations

from planparse.catalogue import (
    PersonSpan,
    build_forms,
    build_people,
    people_behind,
    split_names,
    split_people,
)
from planparse.expressions import expression
from planparse.extract.annotation import BLOCK, Annotation
from planparse.extract.dates import Calendar, find_dates
from planparse.extract.order_notes import without_note
from planparse.extract.role_clauses import (
    RoleReading,
    finish,
    read_clause,
    read_names,
    read_people,
    read_suffixes,
)
from planparse.extract.roles import RoleWord, RoleWords, build_roles
from planparse.model import Span
from planparse.rulebook import Rulebook

_CUT = expression(r"[（(【〔\[）)】〕\]；;。→⇒➔\n｜| \u3000](?:(?<![ \u3000])|[ \u3000]+)")
_CELL_CUT = expression(r"[；;\n\v]")
_WORD = expression(r"([^\s、，,；;/／（）()：:\v]+)(?:[（(][^（）()\n\v]{1,40}[）)])?")


def parse_annotation(
    text: str, start: int, end: int, calendar: Calendar, rules: Rulebook, words: RoleWords, *, strict: bool
) -> Annotation | None:
    """Return the annotation that ``text[start:end]`` says, or None; ``strict`` wants every name to be a department."""
    note = without_note(text, start, end)
    state = RoleReading(text, calendar, rules, words, Annotation(start, note, order=text[note:end]))
    end = note
    state.printed_lead = False
    state.out.dates = list(find_dates(text, calendar, rules, start, end))
    if BLOCK.search(text, start, min(end, start + 12)):
        state.out.scope = "block"
    at = start
    for cut in _cuts(text, start, end):
        if not read_clause(state, at, cut[0]) and strict:
            return None
        at = cut[1]
    if not read_clause(state, at, end) and strict:
        return None
    return finish(state, strict)


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


def parse_slot(
    text: str, start: int, end: int, role: str | None, calendar: Calendar, rules: Rulebook
) -> Annotation:
    """Return what a table cell under a role header names; ``role`` None for a cell that prints its own labels."""
    words = rules.compiled(build_roles)
    state = RoleReading(text, calendar, rules, words, Annotation(start, end))
    if role is not None and role != "deadline":
        state.current = RoleWord(role, False, "table." + role)
    at = start
    for cut in [
        *((m.start(), m.end()) for m in _CELL_CUT.finditer(text[start:end])),
        (end - start, end - start),
    ]:
        stop = start + cut[0]
        if at < stop and text[at:stop].strip():
            labelled = bool(words.labels_in(text[at:stop]))
            if role is None and not labelled and not words.suffix.search(text, at, stop):
                _mixed(state, at, stop)
            elif labelled or role is None:
                read_clause(state, at, stop)
            elif role == "leaders":
                read_people(state, at, stop)
            elif not (words.suffix.search(text, at, stop) and read_suffixes(state, at, stop)):
                read_names(state, RoleWord(role, False, "table." + role), at, stop)
        at = start + cut[1]
    return finish(state, False) or state.out


def _mixed(state: RoleReading, start: int, end: int) -> None:
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
            state.raw.extend(
                (word, office) for person in persons for office in _office_of(text, person, state.rules)
            )
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
