"""Role words, compiled: labels (牵头科室：), suffixes (X牵头) and what they mean (rules/roles.toml)."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from msgspec import Struct

from planparse.alternatives import any_of, lengths_by
from planparse.expressions import expression
from planparse.gate import Opening
from planparse.rulebook import Entry, Example, Rulebook

#: a shorter word before a space is no label, but for one of a person
OPEN_LABEL = 4
#: what follows a role in brackets that belongs to the name before it
_TAGGED = frozenset("、，,；;）)")
_COLON = expression(r"[：:﹕︰】〕\]—\-](?:(?<![—\-])|(?<=—)—?|(?<=-)-)")


def is_open(label: str) -> bool:
    """Whether a label is told without its colon, by the blank behind it: 责任科室　医务科, 承办人　李明."""
    return len(label) >= OPEN_LABEL or (len(label) == OPEN_LABEL - 1 and label[-1] == "人")


class RoleWord(Struct, frozen=True):
    """One role word: what it makes of the names beside it."""

    role: str
    bare_lead: bool
    rule: str


class RoleWords(Struct, frozen=True):
    """Labels and suffixes with their patterns.

    ``label``: a label with its colon, group 1 the word; ``lengths``: how long labels are, by last character; ``open_label``: a label without colon, before a space; ``long_label``: a long one before blanks, at a line's start or behind a blank;
    ``line``: a line that begins with a label; ``suffix``: a word after names.
    """

    labels: dict[str, RoleWord]
    suffixes: dict[str, RoleWord]
    label: re.Pattern[str]
    open_label: re.Pattern[str]
    long_label: re.Pattern[str]
    line: Opening
    suffix: re.Pattern[str]
    lengths: dict[str, tuple[int, ...]]
    #: the words of labels that any kind may follow
    bases: frozenset[str]
    kinds: tuple[str, ...]
    #: 【责任分工】, before an annotation
    tag: re.Pattern[str]

    def long_labels(self, roles: Collection[str]) -> str:
        """Return an expression of the labels with one of these roles that :func:`is_open`."""
        labels = {label: word for label, word in self.labels.items() if word.role in roles}
        return _source(labels, self.bases & labels.keys(), self.kinds, long=True)

    def labels_in(self, text: str) -> list[int]:
        """Return where labels with their colon (or closing bracket) start in ``text``, in order.

        The scan goes from colon to colon and looks back, which a thousand words make no slower.
        """
        found: list[int] = []
        for mark in _COLON.finditer(text):
            end = mark.start()
            bracket = text[end] in "】〕]"
            shortest = (
                OPEN_LABEL if mark[0] == "—" else 1
            )  # 责任科室—医务科, but 完成—验收 is a line of thought
            if end and text[end - 1] == " ":
                end -= 1
            if end and not bracket:
                if text[end - 1] in "】〕]":
                    continue  # 【牵头科室】： was found at its bracket
                if text[end - 1] == "为":
                    end -= 1
            for length in self.lengths.get(text[end - 1 : end], ()):
                if end >= length >= shortest and text[end - length : end] in self.labels:
                    start = end - length
                    if bracket:
                        if (
                            start == 0
                            or text[start - 1] not in "【〔["
                            or (start > 1 and text[end + 1 : end + 2] in _TAGGED)
                        ):
                            break  # 医务部〔牵头〕、护理部 says it of the name before
                        start -= 1
                    found.append(start)
                    break
        return found


def _source(
    labels: Collection[str], bases: Collection[str], kinds: Sequence[str], *, long: bool = False
) -> str:
    """Return an expression of labels, only of the ``long`` ones where asked: each base with each kind once, and the others.

    What stands behind a label (a colon, a bracket, a space) fixes its end: the order of the words is free.
    """
    by_kinds: dict[int, list[str]] = {}  # how long a kind must be, behind which bases
    for base in bases:
        by_kinds.setdefault(max(0, OPEN_LABEL - len(base)) if long and not is_open(base) else 0, []).append(
            base
        )
    made = {base + kind for base in bases for kind in kinds}
    others = [label for label in labels if label not in made and (is_open(label) or not long)]
    parts = [
        any_of(some) + any_of(kind for kind in kinds if len(kind) >= shortest)
        for shortest, some in sorted(by_kinds.items())
    ]
    return "|".join([*parts, any_of(others)])


def _kinds(rules: Rulebook) -> tuple[str, ...]:
    """Return what may stand behind the base of a label: 科室, two kinds in one (科室（部门）, 科室/部门), and nothing."""
    words = [
        word for entry in rules.entries("roles") if entry["form"] in ("unit", "kind") for word in entry.made()
    ]
    units = [word for entry in rules.entries("roles") if entry["form"] == "unit" for word in entry.made()]
    paired = [
        one + pair.replace("…", other)
        for one in units
        for other in units
        if one != other
        for pair in ("（…）", "(…)", "/…")
    ]
    return (*words, *paired, "")


def build_roles(rules: Rulebook) -> RoleWords:
    """Return the compiled role words."""
    kinds = _kinds(rules)
    labels: dict[str, RoleWord] = {}
    kinded: list[str] = []
    suffixes: dict[str, RoleWord] = {}
    guards: dict[str, str] = {}
    behind: dict[str, list[str]] = {}
    for entry in rules.entries("roles"):
        if entry["form"] not in ("label", "suffix"):
            continue
        word = RoleWord(entry["role"], bool(entry.get("bare_lead")), entry.id)
        for base in entry.made():
            if entry["form"] == "suffix":
                suffixes[base] = word
                guards[base] = entry.get("not_next", "")
                behind.setdefault(entry.get("not_after", ""), []).append(base)
            elif entry.get("kinds"):
                kinded.append(base)
                for kind in kinds:
                    labels.setdefault(base + kind, word)
            else:
                labels[base] = word
    any_label, any_long = _source(labels, kinded, kinds), _source(labels, kinded, kinds, long=True)
    any_suffix = "|".join(any_of(some, guards, not_after=not_after) for not_after, some in behind.items())
    tags = any_of(
        word for entry in rules.entries("roles") if entry["form"] == "tag" for word in entry["words"]
    )
    return RoleWords(
        labels,
        suffixes,
        expression(
            rf"(?:[【〔\[](?=(?:{any_label})[】〕\]]))?({any_label})(?:\s?(?:[:：﹕︰]|为[:：]|——|--|—)|[】〕\]]\s?[:：﹕︰]?)"
        ),
        expression(rf"({any_label})\s(?=\S)"),
        expression(rf"(?:^|(?<=[ \u3000。；]))({any_long})[ \u3000]{{1,6}}(?=[\u4e00-\u9fff\d])", re.M),
        Opening.of(
            rf"(?:【{tags}】\s?)?[（(【〔\[]?(?:以上|上述|本项|该项)?(?:任务|工作|各项|事项|内容)?[，,]?(?:({any_label})\s?(?:[:：﹕︰】〕\]]|——|--|—)|(?:{any_long})[ \u3000]{{1,6}}(?=[\u4e00-\u9fff\d]))"
        ),
        expression(rf"({any_suffix})"),
        lengths_by(labels, -1),
        frozenset(kinded),
        kinds,
        expression(rf"[【〔\[]{tags}[】〕\]][：:]?"),
    )


def build_led(rules: Rulebook) -> re.Pattern[str]:
    """Return how a heading ends that says who leads the items below it, group ``said`` the word: 党委书记宁秋白|包抓, 副院长周明|分管的工作."""
    words = any_of(
        word for entry in rules.entries("roles") if entry["form"] == "heading" for word in entry["words"]
    )
    return expression(
        rf"(?P<said>{words})(?:的?(?:重点|主要|具体|有关|相关)?(?:工作|任务|事项|项目)(?:任务|事项|清单)?)?[：:]?$"
    )


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example: the first name of the annotation gets that role (or the label means that)."""
    from planparse.extract.annotations import find_annotations
    from planparse.extract.dates import Calendar
    from planparse.extract.duties import probe_duty
    from planparse.segment.role_signs import probe_sign

    if entry["form"] == "sign":
        return probe_sign(rules, entry, example, positive)
    if entry["form"] in ("said", "manner"):
        return probe_duty(rules, entry, example, positive)
    if entry["form"] == "heading":
        hit = rules.compiled(build_led).search(example.text)
        if not positive:
            return f"found {hit[0]!r}" if hit else None
        return None if hit and hit.span("said") == example.span else "not found"

    role = None
    lead_in = "推进工作。\n" if entry["form"] == "tag" else "推进工作。"  # a tag opens its line
    mark = example.span[0] + len(lead_in) if example.span else -1
    for annotation in find_annotations(lead_in + example.text, Calendar(year=2024), rules):
        if entry["form"] == "suffix":
            before = [r for r, span, _ in annotation.names if span[1] <= mark]
            role = before[-1] if before else None
        else:
            found = [r for r, span, _ in annotation.names if span[0] >= mark]
            role = found[0] if found else "leaders" if annotation.people else None
        if example.value in ("deadline", "none") and entry["role"] == example.value:
            role = example.value if example.value == "none" or annotation.dates else role
    if not positive:
        return f"role {role}" if role == entry["role"] else None
    return None if role == example.value else f"role {role}"
