"""The meaning of table headers, by synonyms (rules/headers.toml)."""

from __future__ import annotations

import re

from msgspec import Struct, field

from planparse.alternatives import any_of
from planparse.expressions import expression
from planparse.extract.numerals import YEAR, digits
from planparse.extract.roles import build_roles, is_open
from planparse.memo import Memory
from planparse.rulebook import Entry, Example, Rulebook

_LONGEST = 40
_LONGEST_COMPOUND = 14
_BLANK = expression(r"[\s\v*＊：:]")
_YEAR = expression(r"^(" + YEAR + r")(?:年度?)?(.*)$")
_PART = expression(
    r"^((?:" + YEAR + r"年)?(?:第?[一二三四1-4]季度|上半年|下半年|\d{1,2}月份?|前[三四]季度)末?)(.+)$"
)
_BRACKET = expression(r"[（(][^（）()]{0,20}[）)]$")
#: 责任处（科）室
_WITHIN = expression(r"[（(][^（）()]{1,2}[）)](?=.)")
#: what may stand behind the year of a column of values
_YEARLY = frozenset(
    ("", "值", "数", "数值", "数据", "情况", "水平", "底", "末", "全年", "计划", "预期", "预计", "要求")
)
_JOINTS = "及和与、/／（(+＋）)"
_JOINED = expression(f"[{_JOINTS}]")
_LOOSE = expression(r"[\s\v*＊]+|[：:]\s*$")
#: the field of a column that a label of roles heads
_FIELDS = {
    "lead": "lead",
    "responsible": "responsible",
    "support": "support",
    "leaders": "leader",
    "deadline": "deadline",
    "none": "note",
}
_ROLES = frozenset({"lead", "responsible", "support", "leader"})


class Header(Struct, frozen=True):
    """One column: its field, the year or the part of a year printed in it (2024年目标, 四季度目标), its text."""

    field: str | None
    year: int | None
    text: str
    when: str | None = None


class HeaderWords(Struct, frozen=True):
    """Whole words, endings and words within, each to its field; what has a field ends with one of ``lasts``, or begins with a year."""

    words: dict[str, str]
    tails: tuple[tuple[str, str], ...]
    parts: dict[str, str]
    compound: re.Pattern[str]
    endings: tuple[str, ...]
    lasts: frozenset[str]
    memories: dict[str, Memory[str, Header]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.memories["read"] = Memory(self._read)

    def read(self, printed: str) -> Header:
        """Return what a header cell means; field None when it is no header.

        >>> from planparse.rulebook import default_rules
        >>> build_headers(default_rules()).read("2025年目标").year
        2025
        """
        if len(printed) > _LONGEST:
            return Header(None, None, printed)
        return self.memories["read"][printed]

    def _read(self, printed: str) -> Header:
        text = _WITHIN.sub("", _BLANK.sub("", printed))
        if not text or len(text) > 24:
            return Header(None, None, text)
        if text[-1] not in self.lasts and not text.startswith(("20", "二〇", "二○", "二零")):
            return Header(None, None, text)
        field = self.words.get(text) or self.words.get(_unbracketed(text))
        if field:
            return Header(field, None, text)
        part = _PART.match(text)
        if part and (self.words.get(part[2]) or "") in ("target", "goal", "baseline", "indicator"):
            role = "baseline" if self.words.get(part[2]) == "baseline" else "target"
            return Header(role, None, text, part[1])
        year = None
        found = _YEAR.match(text)
        rest = text
        if found:
            year, rest = digits(found[1]), found[2].lstrip("年度")
            if (bare := _unbracketed(rest) if rest else "") in _YEARLY:
                inner = self.words.get(rest[len(bare) + 1 : -1])  # 2024年（实际）
                return Header(inner if inner in ("baseline", "target") else "target", year, text)
            rest_field = self.words.get(rest) or self.words.get(_unbracketed(rest))
            if rest_field in ("goal", "indicator", "task") and rest_field != "task":
                rest_field = "target"
            if rest_field and rest_field != "milestone":
                return Header(rest_field, year if rest_field in ("target", "baseline") else None, text)
        if len(text) <= _LONGEST_COMPOUND:
            compound = self._compound(printed)
            if compound == "roles":
                return Header(compound, None, text)
            if rest.endswith(self.endings):
                field = next(field for tail, field in self.tails if rest.endswith(tail))
                return Header(field, year if field in ("target", "baseline") else None, text)
            if compound:
                return Header(compound, None, text)
        return Header(None, year, text)

    def _compound(self, printed: str) -> str | None:
        """Return the field of a header made of nothing but parts and fillers: 院级牵头处室, 责任科室及责任人.

        Of the words between two joiners a leader word goes before the first role; two roles joined are ``roles``.
        """
        fields: list[str] = []
        plain = _LOOSE.sub("", printed)
        if self.compound.fullmatch(plain) is None:
            return None
        for stretch in _JOINED.split(plain):
            here: list[str] = []
            at = 0
            while at < len(stretch):
                word = next((w for w in self.parts if stretch.startswith(w, at)), None)
                if word is None:
                    return None
                here += [self.parts[word]] if self.parts[word] else []
                at += len(word)
            if here:
                fields.append("leader" if "leader" in here else here[0])
        if len(set(fields)) > 1:
            return "roles" if _ROLES.issuperset(fields) else None
        return fields[0] if fields else None


def _unbracketed(text: str) -> str:
    """Return a header without the bracket that closes it."""
    return _BRACKET.sub("", text) if text[-1] in "）)" else text


def build_headers(rules: Rulebook) -> HeaderWords:
    """Return the compiled header synonyms."""
    words: dict[str, str] = {}
    tails: list[tuple[str, str]] = []
    parts: dict[str, str] = {}
    for entry in rules.entries("headers"):
        for header in entry.made():
            words.setdefault(header, entry["field"])
        tails += [(tail, entry["field"]) for tail in entry.get("tails", ())]
        parts.update(dict.fromkeys(entry.get("parts", ()), entry["field"]))
        parts.update(dict.fromkeys(entry.get("fillers", ()), ""))
    for label, word in rules.compiled(build_roles).labels.items():
        if is_open(label):  # 承办: may head something else; 具体承办部门 heads a column as it opens a line
            words.setdefault(label, _FIELDS[word.role])
    tails.sort(key=lambda pair: -len(pair[0]))
    return HeaderWords(
        words,
        tuple(tails),
        dict(sorted(parts.items(), key=lambda pair: -len(pair[0]))),
        expression(rf"(?:{any_of(parts)}|{_JOINED.pattern})*"),
        tuple(tail for tail, _ in tails),
        frozenset(word[-1] for word in (*words, *parts, *(tail for tail, _ in tails))) | frozenset(_JOINTS),
    )


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example: the field of a header cell."""
    field = rules.compiled(build_headers).read(example.text).field
    if positive:
        return None if field == example.value else f"field {field}"
    return f"field {field}" if field == entry["field"] else None
