"""The words that tell in a bracket that it says who does something, before anything reads it (rules/roles.toml, form sign)."""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.alternatives import any_of
from planparse.expressions import expression
from planparse.phrases import told
from planparse.rulebook import Entry, Example, Rulebook


class RoleSigns(Struct, frozen=True):
    """``who``: a sign anywhere; ``opening``: one behind an opening bracket; ``label``: the same before a colon; ``heading``: a short heading with such a bracket.

    ``words`` is the source of all signs that may open a bracket.
    """

    who: re.Pattern[str]
    opening: re.Pattern[str]
    label: re.Pattern[str]
    heading: re.Pattern[str]
    words: str


def build_signs(rules: Rulebook) -> RoleSigns:
    """Return the compiled signs."""
    entries = [entry for entry in rules.entries("roles") if entry["form"] == "sign"]
    words = any_of(word for entry in entries for word in entry["words"])
    return RoleSigns(
        who=expression(
            any_of(word for entry in entries if not entry.get("opens") for word in entry["words"])
        ),
        opening=expression(rf"(?<=[（(【〔\[<＜『]){words}"),
        label=expression(rf"[（(【〔\[]{words}[^：:（）()【】〔〕]{{0,8}}[：:]"),
        # 第二周（牵头科室：护理部；完成时限：9月14日前）, above numbered items
        heading=expression(
            rf"[\u4e00-\u9fffA-Za-z0-9“”、]{{2,24}}[（(【\[〔][^（()）【】\n]{{0,4}}{words}[^（()）【】：:\n]{{0,6}}[：:][^【】\n]{{2,90}}[）)】\]〕]"
        ),
        words=words,
    )


def probe_sign(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of a sign: found in the bracket, at its opening where the entry says so."""
    signs = rules.compiled(build_signs)
    return told(signs.opening if entry.get("opens") else signs.who, example, positive)
