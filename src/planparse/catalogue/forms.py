"""Names of departments by their form: what ends like a name, what makes a collective, what names nobody.

>>> from planparse.rulebook import default_rules
>>> forms = default_rules().compiled(build_forms)
>>> forms.is_name("战略合作处"), forms.is_name("加强实验室"), forms.is_name("全部")
(True, False, False)
>>> forms.is_group("各申报学科"), forms.is_placeholder("牵头科室")
(True, True)
"""

from __future__ import annotations

import re
from collections import defaultdict

from msgspec import Struct, field

from planparse.alternatives import any_of
from planparse.catalogue.entries import Catalogue, build_catalogue
from planparse.catalogue.groups import Groups, build_groups, role_words
from planparse.catalogue.plain import bare, plain
from planparse.expressions import expression
from planparse.memo import Memory
from planparse.rulebook import Rulebook

#: no name is longer; longer stretches are not looked at
LONGEST = 60
_WORD = expression(r"[\u3400-\u9fff\U00020000-\U0003ffffA-Za-z0-9·“”+&/\-—()（）、,，.Ⅰ-Ⅻ]{2,40}")
#: 各达标病区: what stands between 各 and the kind may be any word
_EACH = expression(r"各(?![项类种])[\u4e00-\u9fff]{2,7}")
_DIGITS_ONLY = expression(r"[\d.\-—/年月日%()（）]+")


class Forms(Struct, frozen=True):
    """The compiled forms of ``department_forms``, with the catalogue that knows the other names."""

    catalogue: Catalogue
    groups: Groups
    suffix: re.Pattern[str]
    forbidden: re.Pattern[str]
    allowed: re.Pattern[str]
    verb: re.Pattern[str]
    common: frozenset[str]
    role: re.Pattern[str]
    closing_role: re.Pattern[str]
    before: re.Pattern[str]
    right: re.Pattern[str]
    left: re.Pattern[str]
    other: re.Pattern[str]
    tail: re.Pattern[str]
    last: frozenset[str]
    cut: dict[str, tuple[str, ...]]
    slot_only: frozenset[str]
    memories: dict[str, Memory[str, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.memories.update(
            known=Memory(self._is_known),
            placeholder=Memory(self._is_placeholder),
            group=Memory(self._is_group),
            name=Memory(self._is_name),
            candidate=Memory(self._could_be),
        )

    def is_known(self, name: str) -> bool:
        """Whether the catalogue holds the name."""
        return self.memories["known"][name]

    def is_placeholder(self, name: str) -> bool:
        """Whether the name stands for a role (牵头科室, 该科室) and so names nobody."""
        return self.memories["placeholder"][name]

    def is_group(self, name: str) -> bool:
        """Whether the name is a collective: by the catalogue, or by its form (各…, 全院…, …科室)."""
        return self.memories["group"][name]

    def is_name(self, name: str) -> bool:
        """Whether the name is a department or collective, by the catalogue or by its form."""
        return self.memories["name"][name]

    def could_be(self, name: str) -> bool:
        """Whether the name can stand in a list of departments: 医务, 院前急救; not a date, not a clause."""
        return self.memories["candidate"][name]

    def _is_known(self, name: str) -> bool:
        return len(name) <= LONGEST and self.catalogue.department(name) is not None

    def is_forbidden(self, name: str) -> bool:
        """Whether the name holds a word that no department's name holds (加强, 的; not 对外, 应急)."""
        return self.forbidden.search(self.allowed.sub("", name)) is not None

    def _is_placeholder(self, name: str) -> bool:
        return len(name) <= LONGEST and self.groups.placeholder.fullmatch(plain(name)) is not None

    def _is_group(self, name: str) -> bool:
        if len(name) > LONGEST or self.is_placeholder(name):
            return False
        entry = self.catalogue.department(name)
        if entry is not None and entry.group:
            return True
        form = plain(name)
        if len(form) > 30 or (self.is_forbidden(form) and not _EACH.fullmatch(form)):
            return False
        return bool(self.groups.whole.fullmatch(bare(form))) or (
            entry is None and bool(self.groups.head.search(bare(form)))
        )

    def is_form(self, name: str) -> bool:
        """Whether the name ends like a department and holds no word that departments never hold."""
        form = bare(name[: LONGEST + 1])
        if not 2 <= len(form) <= 30 or plain(form) in self.common or not self.suffix.search(form):
            return False
        return not self.is_forbidden(form) and _WORD.fullmatch(form) is not None

    def _is_name(self, name: str) -> bool:
        return not self.is_placeholder(name) and (
            self.is_known(name) or self.is_form(name) or self.is_group(name)
        )

    def _could_be(self, name: str) -> bool:
        if self.is_name(name):
            return True
        if self.is_placeholder(name) or len(name) > 20 or _WORD.fullmatch(name) is None:
            return False
        return _DIGITS_ONLY.fullmatch(name) is None and not self.is_forbidden(name)

    def is_cut(self, text: str, end: int, last: str) -> bool:
        """Whether what follows ``end`` makes another word of the name before it (信息科|技)."""
        for suffix, words in self.cut.items():
            if last.endswith(suffix):
                return text.startswith(words, end)
        return False


def _cuts(rules: Rulebook) -> dict[str, tuple[str, ...]]:
    cuts: dict[str, tuple[str, ...]] = {}
    for entry in rules.entries("department_forms"):
        if entry["kind"] == "cut":
            cuts[entry["suffix"]] = (*cuts.get(entry["suffix"], ()), *entry["words"])
    return dict(sorted(cuts.items(), key=lambda item: -len(item[0])))


def _affixes(words: dict[str, list[str]]) -> dict[str, re.Pattern[str]]:
    """Return the patterns of what stands before, after and inside a name."""
    ends = any_of([*words["suffix"], *(word for word in words["generic"] if len(word) > 1), *words["slot"]])
    long_roles = any_of(
        [word for word in words["role"] if len(word) > 1], not_after="".join(words["not_role"])
    )
    numbered = r"(?:第?[一二三四五六七八九十0-9]{1,3})?"
    return {
        "suffix": expression(rf"(?:{any_of(words['suffix'])})$"),
        "forbidden": expression(any_of(words["forbidden"])),
        "allowed": expression(any_of(words["allowed"])),
        "verb": expression(any_of(words["verb"])),
        "role": expression(role_words(words)),
        "closing_role": expression(rf"(?:{long_roles})(?!人|同志|会$)"),
        "before": expression(rf"(?:{any_of(words['before'])})"),
        "right": expression(rf"{numbered}(?:{any_of(words['right'])})(?:办公室)?"),
        "left": expression(rf"(?:{any_of(words['left'])}){{1,2}}$"),
        "other": expression(rf"(?:{any_of(words['other'])})"),
        "tail": expression(rf"(?:{ends})(?:[（(][^（）()\n]{{1,12}}[）)])?$"),
    }


def build_forms(rules: Rulebook) -> Forms:
    """Return the compiled forms of the rulebook's table ``department_forms``."""
    words: dict[str, list[str]] = defaultdict(list)
    for entry in rules.entries("department_forms"):
        words[entry["kind"]].extend(entry["words"])
        if entry["kind"] == "role":
            words["not_role"].append(entry.get("not_after", ""))
    ends = [*words["suffix"], *(word for word in words["generic"] if len(word) > 1), *words["slot"]]
    return Forms(
        catalogue=rules.compiled(build_catalogue),
        groups=build_groups(words),
        common=frozenset(plain(word) for word in words["common"]),
        last=frozenset(word[-1] for word in ends) | frozenset("）)"),
        cut=_cuts(rules),
        slot_only=frozenset(words["slot"]),
        **_affixes(words),  # type: ignore[arg-type]  # patterns only, never the memories
    )
