"""Forms without a plain number: 全覆盖, 翻一番, 前10名, 全部X做Y."""

from __future__ import annotations

from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.clauses import Clause, Reading, named_before
from planparse.extract.indicators import Noun, lead_end
from planparse.extract.relations import Chain

_AMONG = expression(r"在(?P<name>[^，。；]{2,24})中$")
_MODAL = frozenset({"保持", "力争", "争取", "确保", "争", "稳定在", "保持在"})
_LONGEST_WHOLE = 40
_SHORTEST_OBJECT = 3
_SHORTEST_RANKED = 4
_QUOTES, _MOTTO = ("“", "”", "「", "」", '"'), 40


def read_full(clause: Clause) -> Reading | None:
    """Read 中医馆实现全覆盖 (eq 100 %) and 科研经费翻一番 (increase_by 1 倍)."""
    if not clause.ends or _is_motto(clause.text, clause.value.start, clause.value.end):
        return None
    chain = clause.chain()
    noun = clause.noun(chain.end)
    if noun.end - noun.start < 2:
        return None
    found = "increase_by" if clause.value.form == "double" else "eq"
    reading = clause.reading(
        clause.text[noun.start : noun.end], (noun.start, noun.end), found, clause.value.form, chain
    )
    return reading if noun.verb_start is None else replace(reading, start=noun.verb_start)


def _is_motto(text: str, start: int, end: int) -> bool:
    """Whether the words are one of several in quotation marks: “|全覆盖|、零容忍、严执法”的要求."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    return (before in _QUOTES and behind == "、") or (
        before == "、"
        and behind in (*_QUOTES, "、")
        and text.rfind("“", max(0, start - _MOTTO), start) > text.rfind("”", max(0, start - _MOTTO), start)
    )


def read_whole(clause: Clause) -> Reading | None:
    """Read 全部乡镇卫生院达到服务能力标准, 乡镇卫生院全部建成急救站."""
    text, value, high = clause.text, clause.value, clause.high
    if (behind := _wholly(clause)) is not None:
        return behind
    if lead_end(clause.frame, clause.low, value.start, clause.words) < value.start:
        return None
    if (
        not 6 <= high - value.end <= _LONGEST_WHOLE
        or clause.words.attained.search(text, value.end + 2, high) is None
    ):
        return None
    return clause.reading(text[value.end : high], (value.end, high), "eq", "whole", Chain(value.start))


def _wholly(clause: Clause) -> Reading | None:
    """Read 乡镇卫生院全部建成急救站: who, 全部, what they attain; the indicator is that, without 全部."""
    text, value, high = clause.text, clause.value, clause.high
    first = lead_end(clause.frame, clause.low, value.start, clause.words)
    noun = clause.noun(value.start)
    verb = clause.words.attained.match(text, value.end, high)
    if (
        noun.start != first
        or noun.end != value.start
        or noun.verb_start is not None
        or verb is None
        or not clause.words.attaining.search(text, noun.start, noun.end)
    ):
        return None
    if (
        high - verb.end() < _SHORTEST_OBJECT
        or high - value.end > _LONGEST_WHOLE
        or clause.words.settled.match(text, verb.end(), high)
    ):
        return None
    return replace(
        clause.reading(
            text[noun.start : noun.end] + text[value.end : high],
            (noun.start, noun.end),
            "eq",
            "whole",
            Chain(value.start),
        ),
        end=high,
    )


def read_rank(clause: Clause) -> Reading | None:
    """Read 绩效考核进入全省前10名: the rank is an upper bound."""
    text, value, low = clause.text, clause.value, clause.low
    if not clause.ends:
        return None
    scope = clause.words.scope.search(text, max(low, value.start - 16), value.start)
    verb = _rank_verb(clause, scope.start() if scope else value.start)
    named = named_before(clause.frame, low, clause.words)
    if verb == value.start:
        ahead = _ranked_ahead(clause, value.start)
        if ahead is not None:
            return clause.reading(text[slice(*ahead)], ahead, "le", "rank", Chain(low))
        if named is None or low != (scope.start() if scope else value.start):
            return None
        return clause.reading(text[named[0] : named[1]], named, "le", "rank", Chain(low))
    chain = clause.chain(verb)
    noun = clause.noun(chain.end)
    if noun.end - noun.start < 2:
        if named is None:
            return None
        noun = Noun(*named)
    among = _AMONG.fullmatch(text, noun.start, noun.end)
    if among is not None:
        noun = Noun(*among.span("name"))
    elif text[noun.start] in "在对":
        return None
    return clause.reading(text[noun.start : noun.end], (noun.start, noun.end), "le", "rank", chain)


def _ranked_ahead(clause: Clause, at: int) -> tuple[int, int] | None:
    """Return what is ranked where the verb opens the clause: 进入|全国绩效考核|前100名."""
    text, frame, words = clause.text, clause.frame, clause.words
    start = lead_end(frame, clause.low, at, words)
    for length in range(min(4, at - start), 1, -1):
        if text[start : start + length] in words.ranks and at - start - length >= _SHORTEST_RANKED:
            return start + length, at
    return None


def _rank_verb(clause: Clause, at: int) -> int:
    """Return where the verb before a rank starts (力争排名进入), or the value's start where there is none."""
    found = clause.value.start
    for turn in range(3):
        for length in range(min(4, at - clause.low), 0, -1):
            word = clause.text[at - length : at]
            if word in clause.words.ranks and (not turn or word in _MODAL):
                at = found = at - length
                break
        else:
            break
    return found
