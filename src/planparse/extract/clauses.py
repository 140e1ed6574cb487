"""What the reading of a value shares: its clause, the words around it, the reading before it."""

from __future__ import annotations

from msgspec import Struct

from planparse.expressions import expression
from planparse.extract.frames import Frame
from planparse.extract.indicators import Noun, lead_end, noun_before
from planparse.extract.quantity_words import QuantityWords
from planparse.extract.relations import Chain, read_chain, relation
from planparse.extract.values import Value

#: kinds of units that count or measure things, so that a producing verb may stand in front
COUNTED = frozenset({"count", "act", "money", "measure"})
#: what may stand directly after a quantity that ends its clause
_CLOSED = frozenset("，,。；;、：:！!？?）)】]」”’\n\t |（(【[/")
_DOT = expression(r"\.(?![0-9])")
_JOINING = ("和", "及", "以及", "与", "并", "且", "或", "其中", "力争", "确保", "同比")


class Reading(Struct, frozen=True):
    """A value with what its clause says of it.

    ``start`` and ``end`` bound the quoted phrase; ``name`` is the indicator, ``noun`` its place where it is printed
    in one piece; ``low`` is where the reading of the clause began.
    """

    value: Value
    name: str
    noun: tuple[int, int] | None
    relation: str
    start: int
    end: int
    low: int
    rule: str
    chain: Chain


class Clause(Struct):
    """A value in its clause: ``low`` is where reading begins, ``before`` the reading that precedes it in the sentence.

    ``high`` is where the clause ends; ``followed`` says that another value stands in it, ``changed`` that a baseline
    is printed. ``ends`` and ``suffix`` follow: whether the value ends its clause, or what follows goes on with
    something of its own, and the kind of the value's suffix (以上, 左右) or "".
    """

    frame: Frame
    words: QuantityWords
    value: Value
    low: int
    high: int
    before: Reading | None
    followed: bool = False
    changed: bool = False
    text: str = ""
    ends: bool = False
    suffix: str = ""

    def __post_init__(self) -> None:
        self.text = text = self.frame.text
        at = self.value.end
        self.ends = (
            at >= self.high
            or text[at] in _CLOSED
            or text.startswith(_JOINING, at)
            or bool(_DOT.match(text, at))
            or (text[at] == "的" and self.words.aimed.match(text, at) is not None)
        )
        suffix = self.value.suffix
        self.suffix = self.words.suffixes[suffix] if suffix else ""

    def chain(self, high: int | None = None) -> Chain:
        """Return the comparators before the value, or before ``high``."""
        at = self.value.start if high is None else high
        if high is None and at > self.low and self.text[at - 1] == "±":
            at -= 1  # 偏差率控制在±3%以内
        return read_chain(
            self.text, self.low, at, self.words, self.frame.date_ending if self.frame.dates else None
        )

    def noun(self, high: int) -> Noun:
        """Return the noun phrase that ends at ``high``."""
        return noun_before(self.frame, self.low, high, self.words, counted=self.value.kind in COUNTED)

    def related(self, kinds: tuple[str, ...], head: str = "") -> tuple[str, int]:
        """Return the relation that comparators and suffix give, and how many comparators it takes."""
        return relation(kinds, self.suffix, self.value.upper is not None, head)

    def reading(self, name: str, noun: tuple[int, int], found: str, rule: str, chain: Chain) -> Reading:
        """Return a reading whose phrase runs from the indicator to the value."""
        end = max(self.value.end, noun[1])
        return Reading(
            self.value, name, noun, found, min(noun[0], self.value.start), end, self.low, rule, chain
        )


def named_before(
    frame: Frame, low: int, words: QuantityWords, marks: str = "：:\t|"
) -> tuple[int, int] | None:
    """Return the name that a colon before ``low`` gives: 平均住院日：≤8.5天, 平均住院日，目标值：8天."""
    mark = frame.mark_before(low)
    if mark in ("（", "("):
        return _named_before_bracket(frame, low - 1, words)
    if not mark or mark not in marks:
        return None
    text = frame.text
    first, end = frame.clause(max(frame.start, low - 2), low - 1)
    start = lead_end(frame, first, end, words)
    while end > start and text[end - 1] in ' 、“”"':
        end -= 1
    if text[start:end] in words.labels:
        return named_before(frame, first, words, "，,：:\t|") if first < low else None
    return (start, end) if end - start >= 2 else None


def _named_before_bracket(frame: Frame, at: int, words: QuantityWords) -> tuple[int, int] | None:
    """Return the name that stands right before a bracket with a value: 门诊预约率（≥80%）."""
    first, _ = frame.clause(at, at)
    first = max(first, frame.text.rfind("、", first, at) + 1, frame.text.rfind("）", first, at) + 1)
    start = lead_end(frame, first, at, words)
    return (start, at) if at - start >= 3 and frame.text.endswith(words.measures, start, at) else None
