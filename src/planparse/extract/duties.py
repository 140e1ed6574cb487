"""What stands right behind an actor in running text and gives it a role: 「X牵头…」, 「X共同负责…」, 「X积极配合…」 (rules/roles.toml)."""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.alternatives import any_of
from planparse.expressions import expression
from planparse.rulebook import Entry, Example, Rulebook

#: 门诊患者满意度|达到90%, 归档不及时问题，: what is spoken of is a quantity or a matter
_MATTER = r"[\u4e00-\u9fff]{1,10}?(?:[率比数量]|占比|比例|比重|时间|费用|得分|满意度)(?:均|分别|力争|要|须)?(?:达|不[低高少多]于|不超过|控制|提[高升]|降|压|缩|由|从|保持|稳定|超过|[高低大小]于|[≥≤＞＜><])|[^，,。；;]{2,16}(?:问题|事项|事宜|一事|方面)(?=[，,])"
#: 门诊部|的流程, 医务科|内
_NO_VERB = r"[的、和及与等是为人]|内|间|外|里|之|所"


class Duties(Struct, frozen=True):
    """The words of each role, perhaps behind 要 and how it is done; ``no_subject``: behind a name that does not act."""

    leading: re.Pattern[str]
    charge: re.Pattern[str]
    support: re.Pattern[str]
    no_subject: re.Pattern[str]
    oversight: re.Pattern[str]


def build_duties(rules: Rulebook) -> Duties:
    """Return the compiled words."""

    def of(form: str, role: str) -> str:
        entries = [
            entry for entry in rules.entries("roles") if (entry["form"], entry["role"]) == (form, role)
        ]
        words = any_of(
            (word for entry in entries for word in entry["words"]),
            {word: entry.get("not_next", "") for entry in entries for word in entry["words"]},
        )
        return f"(?:{'|'.join([words, *(entry['pattern'] for entry in entries if entry.get('pattern'))])})"

    nouns = "|".join(
        f"(?:{entry['pattern']})" for entry in rules.entries("actors") if entry["role"] == "noun"
    )
    return Duties(
        leading=expression(f"[要须应将]?{of('said', 'lead')}"),
        charge=expression(f"{of('manner', 'responsible')}?{of('said', 'responsible')}"),
        support=expression(f"[要须应]?{of('manner', 'support')}?(?:协同|协助|支持)?{of('said', 'support')}"),
        no_subject=expression(f"{_MATTER}|{nouns or '(?!)'}|{_NO_VERB}"),
        oversight=expression(
            rf"{of('manner', 'responsible')}?{of('said', 'none')}(?=[，,；;。、！!）)\s]|$)"
        ),
    )


def probe_duty(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example: the role of the first actor, and that what gives it ends where ⟦ ⟧ ends."""
    from planparse.extract.actors import find_statements

    statements = find_statements(example.text, 0, len(example.text), (), rules)
    if entry["role"] == "leaders":
        named = any(statement.how == "label" and statement.people for statement in statements)
        return None if named == positive else f"{'a' if named else 'no'} person is named so"
    found = next(iter(statements), None)
    if entry["role"] == "none":
        return None if (found is None) == positive else "an actor" if positive else "no actor"
    role = (
        found.role
        if found is not None and found.how in ("lead", "leadwith", "charge", "share", "support")
        else None
    )
    if not positive:
        return f"role {role}" if role == entry["role"] else None
    if found is None or role != example.value:
        return f"role {role}"
    return (
        None
        if example.span is None or example.span[1] == found.end
        else f"found {example.text[: found.end]!r}"
    )
