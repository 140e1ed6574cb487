"""What a section is for, told by its heading: assign, demand, goal, background, organization (rules/headings.toml)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse.alternatives import any_of, lengths_by
from planparse.expressions import expression
from planparse.phrases import told
from planparse.rulebook import Entry, Example, Rulebook

_TAIL = expression(r"(?:[（(][^（）()]{0,30}[）)])?[。：:；;\s]*$")


_TOLD = expression(r"[，,；]|(?<![主重需])要(?![求点])|须|报送|上报|向.{1,12}(?:报告|汇报|反馈)")
#: what words in headings tell beside the role of a section
OTHER_WORDS = ("act", "past", "agenda", "ahead", "others", "brief", "aims", "found", "fault", "drawn")
_TAIL_ENDS = frozenset("。：:；;）)")


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """All heading words in one expression, longest first, the role of each, and how long they are by last character."""

    pattern: re.Pattern[str]
    roles: dict[str, str]
    lengths: dict[str, tuple[int, ...]]
    act: re.Pattern[str]
    past: re.Pattern[str]
    agenda: re.Pattern[str]
    ahead: re.Pattern[str]
    others: re.Pattern[str]
    #: 【工作动态】: a column of a brief
    brief: re.Pattern[str]
    #: lines above items that set aims (全年主要目标：), and that tell what is wrong (经查，存在以下问题：)
    aims: re.Pattern[str]
    fault: re.Pattern[str]
    #: 做好|工作总结 is work, 工作总结 is none
    drawn: re.Pattern[str]

    def role(self, heading: str) -> tuple[str | None, bool]:
        """Return (role or None, whether the heading says little more than that word: a container).

        The last word of a heading decides (「工作总结及2025年工作计划」 is a plan). Words that do not assign
        work count only where they close or open the heading: 「加强存在问题整改」 is no background.
        """
        core = _TAIL.sub("", heading) if heading[-1:] in _TAIL_ENDS or heading[-1:].isspace() else heading
        word = next((core[-n:] for n in self.lengths.get(core[-1:], ()) if core[-n:] in self.roles), None)
        if word is not None:
            role = self.roles[word]
            if role == "background" and len(core) > len(word) and self.drawn.match(core):
                return None, False  # 做好|工作总结
            if role == "background" and _TOLD.search(core, 0, len(core) - len(word)):
                return None, False  # 每周五向院办报送|进展情况
            if (
                role == "background"
                and len(core) > len(word)
                and self.act.match(core)
                and not self.past.search(word)
            ):
                return None, False  # 夯实|发展基础
            return role, len(heading) - len(word) <= 14 if role == "assign" else True
        matches = list(self.pattern.finditer(core))
        if not matches:
            return None, False
        found = matches[-1]
        role = self.roles[found[0]]
        if core[found.end()] in "及和与" or (role == "assign" and len(found[0]) >= 4):
            return role, False
        return None, False

    def opening(self, text: str, start: int, end: int) -> int | None:
        """Return the end of a heading word of four characters or more that opens a line run on without a stop."""
        found = self.pattern.match(text, start, end)
        return (
            found.end()
            if found
            and len(found[0]) >= 4
            and found.end() < end
            and text[found.end()] not in "的和及与、，。；：:（("
            else None
        )


def build_headings(rules: Rulebook) -> HeadingWords:
    """Return the compiled heading words."""
    told: dict[str, list[str]] = {role: [] for role in OTHER_WORDS}
    roles: dict[str, str] = {}
    for entry in rules.entries("headings"):
        if entry["role"] in told:
            told[entry["role"]] += entry["words"]
        else:
            roles |= dict.fromkeys(entry["words"], entry["role"])
    act, past, agenda, ahead, others, brief, aims, found, fault, drawn = (
        any_of(told[role]) for role in OTHER_WORDS
    )
    lengths = lengths_by(roles, -1)
    return HeadingWords(
        expression(any_of(roles)),
        roles,
        lengths,
        expression("^" + act),
        expression(past),
        expression("^" + agenda),
        expression(ahead),
        expression(f"^{others}$"),
        expression(f"{brief}】"),
        expression(f"{aims}(?:是|为|如下|有|包括)?[：:]$"),
        expression(f"{found}[^。；]{{0,16}}{fault}[^。；整]{{0,8}}[：:]$|问题如下[：:]$"),
        expression(f"^(?:认真|扎实|全面|及时|切实)?{drawn}"),
    )


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example: the role of the heading, or what other words are found in it."""
    if entry["role"] in OTHER_WORDS:
        kind = "fault" if entry["role"] == "found" else entry["role"]
        return told(getattr(rules.compiled(build_headings), kind), example, positive)
    role, _ = rules.compiled(build_headings).role(example.text)
    if positive:
        return None if role == example.value else f"role {role}"
    return f"role {role}" if role == entry["role"] else None
