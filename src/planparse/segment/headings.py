"""What a section is for, told by its heading: assign, demand, goal, background, organization (rules/headings.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse.rulebook import Entry, Example, Rulebook


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """All heading words in one expression, longest first, and the role of each."""

    pattern: re.Pattern[str]
    roles: dict[str, str]

    def role(self, heading: str) -> tuple[str | None, bool]:
        """Return (role or None, whether the heading says little more than that word: a container).

        The last word of a heading decides (「工作总结及2025年工作计划」 is a plan). Words that do not assign
        work count only where they close or open the heading: 「加强存在问题整改」 is no background.
        """
        best: re.Match[str] | None = None
        for found in self.pattern.finditer(heading):
            best = found
        if best is None:
            return None, False
        role = self.roles[best[0]]
        closes = best.end() >= len(heading.rstrip("。：: ")) or heading[best.end()] in "（(及和与"
        if not closes and (role != "assign" or len(best[0]) < 4):
            return None, False
        return role, closes and (len(heading) - len(best[0]) <= 14 if role == "assign" else True)


def build_headings(rules: Rulebook) -> HeadingWords:
    """Return the compiled heading words."""
    roles = {word: entry["role"] for entry in rules.entries("headings") for word in entry["words"]}
    return HeadingWords(re.compile("|".join(sorted(map(re.escape, roles), key=len, reverse=True))), roles)


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example: the role of the heading."""
    role, _ = rules.compiled(build_headings).role(example.text)
    if positive:
        return None if role == example.value else f"role {role}"
    return f"role {role}" if role == entry["role"] else None
