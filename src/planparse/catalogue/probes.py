"""What runs the examples of the catalogue's tables."""

from __future__ import annotations

import re

from planparse.catalogue.entries import build_catalogue
from planparse.catalogue.forms import build_forms
from planparse.catalogue.lists import split_names
from planparse.catalogue.names import department_spans
from planparse.catalogue.offices import person_spans
from planparse.catalogue.people import split_people
from planparse.catalogue.plain import plain
from planparse.rulebook import Entry, Example, Rulebook


def probe_department(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Return what is wrong with an example in running text, or None."""
    found = department_spans(example.text, 0, len(example.text), rules)
    names = [example.text[a:b] for a, b in found]
    catalogue = rules.compiled(build_catalogue)
    of_entry = [name for name in names if getattr(catalogue.department(name), "id", None) == entry.id]
    if not positive:
        return f"found {of_entry}" if of_entry else None
    return None if example.span in found else f"found {names}"


def probe_form(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Return what is wrong with an example of ``department_forms``, or None."""
    text, value = example.text, example.value or ""
    forms = rules.compiled(build_forms)
    if value in ("group", "placeholder", "name"):
        said = {"group": forms.is_group, "placeholder": forms.is_placeholder, "name": forms.is_name}[value](
            text
        )
        return None if said == positive else f"{value} is {said}"
    if value.startswith("slots:"):
        listed = [text[a:b] for a, b in split_names(text, 0, len(text), rules)]
        return None if listed == value.removeprefix("slots:").strip().split("|") else f"found {listed}"
    found = department_spans(text, 0, len(text), rules)
    if positive:
        return None if example.span in found else f"found {[text[a:b] for a, b in found]}"
    return f"found {[text[a:b] for a, b in found]}" if found else None


def probe_person(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Return what is wrong with an example of ``persons``, or None."""
    text, value = example.text, example.value or ""
    if value.startswith("slot:"):
        listed = [person.show(text) for person in split_people(text, 0, len(text), rules)]
        return None if listed == value.removeprefix("slot:").strip().split("|") else f"found {listed}"
    found = [p for p in person_spans(text, 0, len(text), rules) if example.span in (None, p.name)]
    roles = [text[slice(*p.role)] for p in found if p.role]
    if not positive:
        return f"found {[p.show(text) for p in found]}" if found else None
    if not found or (value and value not in roles):
        return f"found {[p.show(text) for p in person_spans(text, 0, len(text), rules)]}"
    return None


def probe_indicator(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Return what is wrong with an example of ``indicators``, a printed name, or None."""
    found = rules.compiled(build_catalogue).indicator(example.text)
    return (
        None
        if (found is not None and found.id == entry.id) == positive
        else f"resolves to {found and found.id}"
    )


def probe_distinction(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Return what is wrong with an example of ``distinctions``, a pair of names, or None."""
    first, _, second = example.text.partition(" | ")
    words = [re.compile(word) for word in entry["words"]]
    parted = any(bool(word.search(plain(first))) != bool(word.search(plain(second))) for word in words)
    return None if parted == positive else f"parted is {parted}"
