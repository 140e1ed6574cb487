"""One responsibility annotation: the names with their roles, the persons, the dates, and which items it is about."""

from __future__ import annotations

import re

from msgspec import Struct, field

from planparse.catalogue import PersonSpan
from planparse.expressions import expression
from planparse.extract.dates import DateMention
from planparse.model import Span
from planparse.segment.numbering import ordinal

#: what an annotation says of the items above it; 90%以上 and 三级以上 are bounds
BLOCK = expression(
    r"(?<![%％‰\d年月日人名个次例元岁分天张项级家])以[上下]|上述|[本该](?:节|部分|章|组|类|板块|项?任务)(?!织|别|型)|下列|第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[项条]? ?[—–\-~～至到、和及] ?第?(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?[项条]"
)
_ORDINAL = r"第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_RANGE = expression(rf"({_ORDINAL})[项条]? ?[—–\-~～至到] ?({_ORDINAL}) ?[项条]")
_LIST = expression(rf"{_ORDINAL}(?:[项条]? ?[、和及] ?{_ORDINAL}){{1,6}} ?[项条]")
#: 第3项由…
_SINGLE = expression(r"[；;。 \u3000]{0,20}(?:以上|上述)?(第(?:\d{1,2}|[一二三四五六七八九十]{1,3}))[项条]")
#: the rule of lines that say who does which of the items above them
SUMMARY = "summary"
_ONE = expression(r"\d{1,2}|[一二三四五六七八九十]{1,3}")


class Annotation(Struct):
    """One annotation in the clean text; ``names`` are (role, span, rule); ``scope`` is item or block."""

    start: int
    end: int
    names: list[tuple[str, Span, str]] = field(default_factory=list)
    people: list[PersonSpan] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    scope: str = "item"
    rule: str = "annotation"
    labelled: bool = False
    placeholder: bool = False
    own_line: bool = False
    order: str = ""
    #: the roles for which 同上 stands: as the annotation before it says
    dittos: list[str] = field(default_factory=list)

    def reach(self, text: str) -> frozenset[int] | int | None:
        """Return which items 以上… or 第4、5项 names: their ordinals, how many before, or None for all of them."""
        said = text[self.start : self.start + 20]
        pair = _RANGE.search(said)
        if pair:
            first, last = (_value(pair[k]) for k in (1, 2))
            return frozenset(range(first, last + 1))
        several = _LIST.search(said)
        if several:
            return frozenset(_value(one) for one in _ONE.findall(several[0]))
        single = _SINGLE.match(said)
        if single:
            return frozenset({_value(single[1])})
        count = re.search(r"以上([一二两三四五六七八九十]{1,2}|\d{1,2})(?:大|个)?[项条]", said)
        if count:
            return {"两": 2}.get(count[1]) or _value(count[1])
        return None

    @property
    def has_roles(self) -> bool:
        """Whether anybody is named."""
        return bool(self.names or self.people)


def _value(printed: str) -> int:
    """Return the value of 第5, 5 or 五."""
    shown = printed.removeprefix("第")
    return int(shown) if shown.isdigit() else ordinal(shown, "han")
