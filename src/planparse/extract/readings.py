"""One value read in its clause: comparators, indicator, and whether it is a target at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from planparse.extract.frames import Frame
from planparse.extract.indicators import Noun, lead_end, noun_after, noun_before
from planparse.extract.quantity_words import QuantityWords
from planparse.extract.relations import STRICT, Chain, read_chain, relation
from planparse.extract.values import Value

COUNTED = frozenset({"count", "act", "money", "measure"})
_TIMED = frozenset({"time", "score"})
#: what may stand directly after a quantity that ends its clause
_CLOSED = frozenset("，,。；;、：:！!？?）)】]」”’\n\t |（(【[/")
_DOT = re.compile(r"\.(?![0-9])")
_JOINING = ("和", "及", "以及", "与", "并", "且", "或", "，", "其中", "力争", "确保", "同比")
_QUALIFIED = re.compile(r"的(?!基础)")
_PROPORTION = re.compile(r"的?(?:比例|标准|速度|幅度|权重|频率|额度|占比|降幅|增幅|系数)")
_REACHES = re.compile(r"达到|达标|配备|建成|设置|建立|接入|开设|具备|提供|实现|开通|纳入|通过|开展|建有|设立")
_TELLING = STRICT | {"about", "up", "down"}
_SLOGAN_END = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with what its clause says of it.

    ``start`` and ``end`` bound the quoted phrase; ``name`` is the indicator, ``noun`` its place when it is printed
    in one piece. ``produced`` tells of a producing verb, ``low`` is where the reading of the clause began.
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
    compared: bool = False
    produced: bool = False


def closed(text: str, at: int, end: int) -> bool:
    """Return whether the clause ends at ``at``, or goes on with something of its own."""
    return at >= end or text[at] in _CLOSED or text.startswith(_JOINING, at) or _DOT.match(text, at) is not None


def named_before(text: str, frame: Frame, low: int, words: QuantityWords) -> tuple[int, int] | None:
    """Return the name that a colon before ``low`` gives: 平均住院日：≤8.5天."""
    if frame.mark_before(low) not in ("：", ":", "\t", "|"):
        return None
    start, end = frame.clause(max(frame.start, low - 2), low - 1)
    start = lead_end(frame, start, end, words)
    while end > start and text[end - 1] in " 、“”\"":
        end -= 1
    if text[start:end] in ("目标值", "目标", "指标值", "标准", "要求", "指标要求", "目标要求", "指标"):
        return named_before(text, frame, frame.clause(max(frame.start, low - 2), low - 1)[0], words)
    return (start, end) if end - start >= 2 else None


def read_value(
    frame: Frame, value: Value, low: int, before: Reading | None, words: QuantityWords, *, changed: bool = False
) -> Reading | None:
    """Return the reading of ``value`` in its clause from ``low``, or None where it is no target.

    ``before`` is the last reading of the same sentence, whose indicator a bare value takes over; ``changed`` says
    that a baseline was printed (由…提高到…).
    """
    if value.form in ("full", "whole", "rank", "double"):
        return _read_form(frame, value, low, before, words)
    text = frame.text
    chain = read_chain(text, low, value.start, words, frame.date_ending)
    suffix = words.suffixes.get(value.suffix, "")
    if value.suffix == "内" and not (value.kind == "time" or chain.kinds):
        suffix = ""
    counted = value.kind in COUNTED
    last = closed(text, value.end, frame.end)
    verbed = _verb_ending(text, low, chain.end, words, last=last) if counted else None
    if verbed is not None:
        before_verb = read_chain(text, low, verbed, words, frame.date_ending)
        chain = replace(before_verb, kinds=chain.kinds + before_verb.kinds, starts=chain.starts + before_verb.starts, words=chain.words + before_verb.words)
    if verbed is not None and not last:
        return _read_counted_noun(frame, value, low, chain, suffix, verbed, words)
    noun = noun_before(frame, low, chain.end, words, counted=counted)
    produced = noun.role in ("make", "act", "raise") or verbed is not None
    if noun.end - noun.start < 2 and text[noun.start : noun.end] not in ("比",):
        return _read_bare(frame, value, low, chain, suffix, before, words)
    kinds = chain.kinds + (("up",) if noun.new else ())
    raised = noun.head if not noun.new or not kinds else ""
    if raised and value.kind in ("point", "fold"):
        kinds += ("up" if noun.head == "raise" else "down",)
    found, used = relation(kinds, suffix, ranged=value.upper is not None, head=raised)
    if used < len(chain.kinds):
        noun = Noun(noun.start, _word_end(chain, used), noun.verb_start, noun.role, noun.head)
    compared = changed or bool([kind for kind in kinds if kind != "hold"] or suffix or raised)
    held = "hold" in kinds
    if not _is_target(frame, value, noun, chain, compared, held, produced, before, low, words):
        return None
    start = noun.start if noun.verb_start is None else noun.verb_start
    name = text[noun.start : noun.end]
    if chain.words and chain.words[-1] in ("占", "约占") and not name.endswith(words.metric):
        name += "占比"
    return Reading(value, name, (noun.start, noun.end), found, start, value.end, low, _rule(chain, value), chain, compared or held, produced)


def _word_end(chain: Chain, used: int) -> int:
    """Return the end of the word of ``chain.kinds[used]``, which belongs to the indicator (费用增长控制在…)."""
    return chain.starts[used] + len(chain.words[used])


def _rule(chain: Chain, value: Value) -> str:
    if chain.words:
        return f"comparators:{chain.words[0]}"
    return f"comparators:{value.suffix}" if value.suffix else "bare"


def _verb_ending(text: str, low: int, high: int, words: QuantityWords, *, last: bool) -> int | None:
    """Return where a producing verb starts that ends at ``high``: 新建3个…, or ``last`` 家庭病床新建120张."""
    for length in (4, 3, 2):
        role = words.verbs.get(text[high - length : high]) if high - length >= low else None
        if role and role != "lower" and not (last and role == "act"):
            return high - length
    if high - 2 >= low and text[high - 1] in "成立齐好" and text[high - 2] in "建创办组设":
        return high - 2
    return None


def _read_counted_noun(
    frame: Frame, value: Value, low: int, chain: Chain, suffix: str, verb: int, words: QuantityWords
) -> Reading | None:
    """Read 培养20名专科护士: the noun follows the count."""
    text = frame.text
    _, high = frame.clause(value.start, value.end)
    start, end = noun_after(frame, value.end, high, words)
    if end - start < 2 or (value.value == 1 and value.word == "一"):
        return None
    if _is_slogan(text, start, end, value, words):
        return None
    word = text[verb : verb + 4].rstrip("0123456789")
    word = next((word[:k] for k in range(4, 1, -1) if word[:k] in words.verbs), word[:2])
    new = word in ("新增", "净增") or words.verbs.get(word) == "raise"
    kinds = chain.kinds + (("up",) if new else ())
    found, _ = relation(kinds, suffix, ranged=value.upper is not None, head="")
    if value.kind == "money" and not chain.kinds:
        start, end = verb, verb + len(word)
    name = text[start:end]
    if words.verbs.get(word) == "act" and len(name) > 2:
        name = word + name
    return Reading(value, name, (start, end), found, verb, max(end, value.end), low, "counted-noun", chain, bool(kinds or suffix), True)


def _is_slogan(text: str, start: int, end: int, value: Value, words: QuantityWords) -> bool:
    if text[start:end].endswith(words.slogan) and end - start <= _SLOGAN_END:
        return True
    return value.unit == "个" and text.startswith(words.slogan, start)


def _read_bare(
    frame: Frame, value: Value, low: int, chain: Chain, suffix: str, before: Reading | None, words: QuantityWords
) -> Reading | None:
    """Read a value without a noun in front: named by a colon, by the clause before it, or by what follows."""
    text = frame.text
    found, _ = relation(chain.kinds, suffix, ranged=value.upper is not None, head="")
    compared = bool(chain.kinds or suffix)
    _, high = frame.clause(value.start, value.end)
    named = named_before(text, frame, low, words)
    if named is not None and (closed(text, value.end, frame.end)):
        if value.kind == "time" and value.suffix == "内" and not chain.kinds and not text.endswith(words.clock, *named):
            return None
        return Reading(value, text[named[0] : named[1]], named, found, named[0], value.end, low, "named", chain, True)
    if value.kind == "share" and not closed(text, value.end, frame.end):
        return _read_share_of(frame, value, low, high, chain, found, words)
    if not closed(text, value.end, frame.end):
        if value.kind in COUNTED and compared and value.kind != "money":
            start, end = noun_after(frame, value.end, high, words)
            strict = bool(_TELLING.intersection(chain.kinds))
            telling = strict and end - start >= 2 and not text.startswith("的", value.end)
            if telling and not _is_slogan(text, start, end, value, words):
                return Reading(value, text[start:end], (start, end), found, value.start, end, low, "counted-noun", chain, True)
        return None
    if before is None or not compared or _dateless_stretch(frame, before, low):
        return None
    return Reading(value, before.name, before.noun, found, low, value.end, low, "inherited", chain, True)


def _dateless_stretch(frame: Frame, before: Reading, low: int) -> bool:
    """Return whether something else stands between the last quantity and a value that would take over its name."""
    stretch = frame.text[before.end : low]
    return len(stretch.strip("，,；;、：: ")) > 0


def _read_share_of(
    frame: Frame, value: Value, low: int, high: int, chain: Chain, found: str, words: QuantityWords
) -> Reading | None:
    """Read 80%以上的乡镇卫生院达到服务能力标准: the share is of what follows."""
    text = frame.text
    if _PROPORTION.match(text, value.end):
        return None
    start = value.end + 1 if text.startswith("的", value.end) else value.end
    end = min(high, start + 40)
    if end - start < 4 or lead_end(frame, low, chain.end, words) < chain.end:
        return None
    return Reading(value, text[start:end], (start, end), found, value.start, end, low, "share-of", chain, True)


def _is_target(
    frame: Frame,
    value: Value,
    noun: Noun,
    chain: Chain,
    compared: bool,
    held: bool,
    produced: bool,
    before: Reading | None,
    low: int,
    words: QuantityWords,
) -> bool:
    """Return whether a value with a noun in front is a target by its form."""
    text = frame.text
    ends = closed(text, value.end, frame.end)
    strict = bool(_TELLING.intersection(chain.kinds)) or bool(value.suffix)
    if value.word == "一" and value.unit and not (strict or (ends and produced)):
        return False
    if not ends and value.kind in COUNTED and not strict:
        return False
    if text[value.start - 1 : value.start] in ("“", "‘", "《"):
        return False
    if not ends and (_QUALIFIED.match(text, value.end) or text.startswith(words.slogan, value.end)):
        return False
    if not ends and not compared and not (held and value.kind == "share"):
        return False
    name = text[noun.start : noun.end]
    if value.kind in _TIMED or value.kind == "none":
        return _is_measured(value, name, compared, held, words)
    if text.startswith(words.handled, noun.start) and not compared and noun.verb_start is None:
        return False
    if value.kind == "share":
        return compared or name.endswith(words.metric) or value.value == 100 or held
    if value.kind in ("point", "fold", "ratio"):
        return compared or held or name.endswith("比")
    if compared or produced:
        return not (value.more and not compared)
    listed = before is not None or bool(frame.dated(frame.start, low)) or (value.kind == "count" and len(name) >= 4)
    return ends and (held or listed or name.endswith(words.metric + words.clock)) and not value.more


def _is_measured(value: Value, name: str, compared: bool, held: bool, words: QuantityWords) -> bool:
    """Judge times, scores and bare numbers, which are mostly no targets."""
    if value.kind == "none":
        return (compared or held) and name.endswith((*words.metric, *words.clock, "CMI", "）", ")", "费"))
    if name.endswith(("扣", "加", "减", "提前", "满", "每", "第", "连续", "满分", "总分", "权重")):
        return False
    if value.kind == "time" and value.suffix == "内" and not held:
        return compared and name.endswith(words.clock)
    return compared or name.endswith(words.metric + words.clock)


def _read_form(
    frame: Frame, value: Value, low: int, before: Reading | None, words: QuantityWords
) -> Reading | None:
    text = frame.text
    if value.form == "whole":
        return _read_whole(frame, value, low, words)
    if value.form == "rank":
        return _read_rank(frame, value, low, words)
    if not closed(text, value.end, frame.end):
        return None
    chain = read_chain(text, low, value.start, words, frame.date_ending)
    noun = noun_before(frame, low, chain.end, words, counted=False)
    if noun.end - noun.start < 2:
        return None
    found = "increase_by" if value.form == "double" else "eq"
    start = noun.start if noun.verb_start is None else noun.verb_start
    return Reading(value, text[noun.start : noun.end], (noun.start, noun.end), found, start, value.end, low, value.form, chain, True)


def _read_whole(frame: Frame, value: Value, low: int, words: QuantityWords) -> Reading | None:
    """Read 全部乡镇卫生院达到服务能力标准."""
    text = frame.text
    _, high = frame.clause(value.start, value.end)
    if lead_end(frame, low, value.start, words) < value.start or high - value.end < 6:
        return None
    match = _REACHES.search(text, value.end + 2, high)
    if match is None or high - value.end > 40:
        return None
    chain = Chain(value.start)
    return Reading(value, text[value.end : high], (value.end, high), "eq", value.start, high, low, "whole", chain, True)


def _read_rank(frame: Frame, value: Value, low: int, words: QuantityWords) -> Reading | None:
    """Read 绩效考核进入全省前10名: the rank is an upper bound."""
    text = frame.text
    if not closed(text, value.end, frame.end):
        return None
    at = value.start
    for scope in ("全省同类医院", "全省", "全市", "全国", "全县", "全区", "省内", "市内", "国内", "区域", "同类医院", "同级同类医院", "同级医院", "本省", "全省同级医院", "全市同类", "系统"):
        if text.endswith(scope, low, at):
            at -= len(scope)
            break
    verbs = 0
    for _ in range(3):
        for length in range(min(4, at - low), 0, -1):
            if text[at - length : at] in words.ranks:
                at -= length
                verbs += 1
                break
    if not verbs:
        named = named_before(text, frame, low, words) if at == low else None
        if named is None:
            return None
        return Reading(value, text[named[0] : named[1]], named, "le", named[0], value.end, low, "rank", Chain(low), True)
    chain = read_chain(text, low, at, words, frame.date_ending)
    noun = noun_before(frame, low, chain.end, words, counted=False)
    if noun.end - noun.start < 2:
        named = named_before(text, frame, low, words)
        if named is None:
            return None
        noun = Noun(*named)
    return Reading(value, text[noun.start : noun.end], (noun.start, noun.end), "le", noun.start, value.end, low, "rank", chain, True)
