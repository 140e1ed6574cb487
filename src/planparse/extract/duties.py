"""What stands right behind an actor in running text and gives it a role: 「X牵头…」, 「X共同负责…」, 「X积极配合…」 (rules/roles.toml)."""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.alternatives import any_of
from planparse.expressions import expression
from planparse.rulebook import Entry, Example, Rulebook


class Duties(Struct, frozen=True):
    """The words of each role, perhaps behind 要 and how it is done."""

    leading: re.Pattern[str]
    charge: re.Pattern[str]
    support: re.Pattern[str]


def build_duties(rules: Rulebook) -> Duties:
    """Return the compiled words."""

    def of(form: str, role: str) -> str:
        entries = [entry for entry in rules.entries("roles") if (entry["form"], entry["role"]) == (form, role)]
        words = any_of((word for entry in entries for word in entry["words"]), {word: entry.get("not_next", "") for entry in entries for word in entry["words"]})
        return f"(?:{'|'.join([words, *(entry['pattern'] for entry in entries if entry.get('pattern'))])})"

    return Duties(
        leading=expression(f"[要须应将]?{of('said', 'lead')}"),
        charge=expression(f"{of('manner', 'responsible')}?{of('said', 'responsible')}"),
        support=expression(f"[要须应]?{of('manner', 'support')}?(?:协同|协助|支持)?{of('said', 'support')}"),
    )


def probe_duty(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example: the role of the first actor, and that what gives it ends where ⟦ ⟧ ends."""
    from planparse.extract.actors import find_statements

    statements = find_statements(example.text, 0, len(example.text), (), rules)
    if entry["role"] == "leaders":
        named = any(statement.how == "label" and statement.people for statement in statements)
        return None if named == positive else f"{'a' if named else 'no'} person is named so"
    found = next(iter(statements), None)
    role = found.role if found is not None and found.how in ("lead", "leadwith", "charge", "share", "support") else None
    if not positive:
        return f"role {role}" if role == entry["role"] else None
    if found is None or role != example.value:
        return f"role {role}"
    return None if example.span is None or example.span[1] == found.end else f"found {example.text[: found.end]!r}"
