"""Persons by their form: family names, offices, office-bearers; compiled from the table ``persons``.

>>> from planparse.rulebook import default_rules
>>> people = default_rules().compiled(build_people)
>>> people.is_named("秦知远"), people.is_named("牵头"), people.is_bearer("各党支部书记")
(True, False, True)
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from msgspec import Struct

from planparse.alternatives import any_of
from planparse.catalogue.forms import LONGEST, Forms, build_forms
from planparse.expressions import expression
from planparse.memo import Later
from planparse.model import Span
from planparse.rulebook import Rulebook

_HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
#: what introduces a slot of leaders
LABEL = expression(
    r"(?:责任|分管|牵头|包保|联系|主管|主要|项目|具体|第一)(?:院)?(?:领导|负责人|责任人|人)\s{0,3}[:：]"
)
#: a clause, no name: 各市要成立由政府分管负责同志…
_ACTING = expression(r"要|由|将|须|成立|组建|确定|明确|落实")
_MANY = expression(r"(?:职工|人员|员工|成员|党员|同仁|干部|医师|医生|护士|同志|上下)$")
_HANZI = expression(rf"{_HAN}{{2,12}}")
_GIVEN = r"[\u3400-\u9fff\U00020000-\U0003ffff×XxＸ*＊○〇□]"


class PersonSpan(Struct, frozen=True):
    """A person of a list: the span of the name (or of the office that stands for it) and of the role."""

    name: Span
    role: Span | None = None

    @property
    def end(self) -> int:
        """Where the name or the role ends, whichever is later."""
        return max(self.name[1], self.role[1] if self.role else 0)

    def moved(self, by: int) -> PersonSpan:
        """Return the person with its spans moved right."""
        a, b = self.name
        role = (self.role[0] + by, self.role[1] + by) if self.role else None
        return PersonSpan((a + by, b + by), role)

    def show(self, text: str) -> str:
        """Return 「名（职）」 as read from ``text``."""
        name = re.sub(r"\s", "", text[slice(*self.name)])
        return f"{name}（{re.sub(chr(32), '', text[slice(*self.role)])}）" if self.role else name


class People(Struct, frozen=True):
    """The compiled table ``persons``."""

    forms: Forms
    known: re.Pattern[str]
    name: re.Pattern[str]
    title: re.Pattern[str]
    ending: re.Pattern[str]
    bearer: re.Pattern[str]
    glued: Later
    called: Later
    offices: Any
    before: re.Pattern[str]
    follows: re.Pattern[str]
    modal: frozenset[str]
    never: frozenset[str]
    cut: tuple[str, ...]

    def is_name(self, word: str) -> bool:
        """Whether a word of a list of persons is a personal name."""
        if len(word) > LONGEST or word in self.never or self.title.search(word):
            return False
        if self.known.fullmatch(word) is not None:
            return not self._is_unit(word)
        name = self.name.fullmatch(word) is not None
        return name and not self.forms.is_name(word) and not self.forms.is_forbidden(word)

    def _is_unit(self, word: str) -> bool:
        """Whether what looks like a name is a department: 安保科, 党小组; 余联科 is a person."""
        suffix = self.forms.suffix.search(word)
        return self.forms.is_known(word) or (suffix is not None and (len(suffix[0]) > 1 or len(word) == 2))

    def is_named(self, word: str) -> bool:
        """Whether the word is a personal name with a known family name: what running text asks for."""
        return self.known.fullmatch(word) is not None and self.is_name(word)

    def is_office(self, word: str) -> bool:
        """Whether the word ends in an office: 院领导, 各党支部书记, 医务科主任."""
        if len(word) > LONGEST:
            return False
        if self.bearer.fullmatch(word) is not None:
            return True
        ending = self.ending.search(word)
        if ending is None:
            return False
        whose = word[: ending.start()]
        if whose.endswith(("卫生院", "保健院")) or (
            whose.endswith(("卫生", "保健")) and ending[0].startswith("院")
        ):
            return True  # 卫生院副院长: the office may take the last character of the body
        if _ACTING.search(whose):
            return False
        return self.forms.is_name(whose) or (
            self.forms.could_be(whose) and not self.is_named(whose) and _HANZI.fullmatch(whose) is not None
        )

    def is_bearer(self, word: str) -> bool:
        """Whether the word stands for persons in a list of leaders: an office, or 全院职工."""
        return self.is_office(word) or (
            _MANY.search(word) is not None and _ACTING.search(word) is None and self.forms.is_group(word)
        )


def build_people(rules: Rulebook) -> People:
    """Return the compiled form of the rulebook's table ``persons``."""
    import ahocorasick_rs

    words: dict[str, list[str]] = defaultdict(list)
    for entry in rules.entries("persons"):
        words[entry["kind"]].extend(entry["words"])
    double = any_of([word for word in words["surname"] if len(word) == 2])
    single = "".join(word for word in words["surname"] if len(word) != 2)
    known = rf"(?:(?:{double}){_GIVEN}{{1,2}}|[{single}](?:{_GIVEN}{{1,2}}|某{{1,2}}))"
    dotted = rf"{_HAN}{{1,8}}(?:[·•・.]{_HAN}{{1,10}}){{1,3}}"
    titles, before = any_of(words["title"]), any_of(words["qualifier"])
    title = rf"(?:(?:{before}){{0,3}})(?:{titles})(?:[兼、](?:{titles})){{0,2}}"
    bearers = rf"(?:(?:{before})(?:[、和及]?(?:{before})){{0,3}})?(?:{titles}|{any_of(words['collective'])})"
    return People(
        forms=rules.compiled(build_forms),
        known=expression(rf"(?:{known}|{dotted})"),
        name=expression(rf"(?:{known}|{dotted}|{_HAN}{{2,3}})"),
        title=expression(rf"(?:{title})"),
        ending=expression(rf"(?:{title})$"),
        bearer=expression(bearers),
        glued=Later(rf"(?P<role>{title})[:：]?(?P<name>{known}|{dotted})"),
        called=Later(
            rf"(?:(?P<name>{known.replace('{1,2}', '{1,2}?')}|{dotted})(?P<role>{title})|(?P<short>[{single}](?P<office>{titles})))"
        ),
        offices=ahocorasick_rs.AhoCorasick(
            words["title"] + words["collective"], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        ),
        before=expression(rf"(?:{before})(?:[、和及]?(?:{before})){{0,3}}$"),
        follows=expression(any_of(words["follows"])),
        modal=frozenset(words["modal"]),
        never=frozenset(words["never"]),
        cut=tuple(words["cut"]),
    )
