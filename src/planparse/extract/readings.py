"""One value read in its clause: comparators, indicator, relation, and whether it is a target at all."""

from __future__ import annotations

from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.clauses import COUNTED, Clause, Reading, named_before
from planparse.extract.indicators import Noun, lead_end, noun_after
from planparse.extract.relations import STRICT, Chain
from planparse.extract.series import completed, is_kind, turned
from planparse.extract.special_forms import read_full, read_rank, read_whole
from planparse.extract.values import Value

#: comparators that make a count before its noun a target without a verb: 不少于2名医师
_TELLING = STRICT | {"about", "up", "down"}
#: comparators that alone tell nothing: 集中到一个窗口, 精确到30分钟
_BOUNDS = STRICT | {"reach", "cap"}
_CHANGED = frozenset({"increase_by", "decrease_by"})
_CHANGING = frozenset({"up", "down", "hold"})
_WEAK = frozenset({"hold", "to"})
_TIMED = frozenset({"time", "score", "none"})
#: 至少完成咨询150人
_AT_LEAST = expression(r"(?:至|最)少")
#: 控制|在6‰和|7‰以下: what is left of another value, no name
_VALUE_LEFT = expression(r"[在到至于为](?=[0-9±+])")
_TELEPHONE = 1_000_000
_PEOPLE = ("名", "人", "位", "人次")
_ABBREVIATED = expression(r"[A-Z]{2,6}$")
_INDEXES = ("值", "指数", "系数", "CMI")
_SUMMED = expression(r"[合总共]计|共")
_QUALIFIED = expression(r"的(?!基础)")
#: 组织3轮自评 says how an act is done, not what is to be reached
_CYCLES = ("次", "轮", "遍", "批")
_ORDINAL = ("期", "批", "轮")
_SMALL = frozenset("一二三四五六七八")
#: between 3个发热门诊 and 2个哨点诊室
#: where it is raised, not what
_RAISED_AT = expression(r"会?[在于](?!岗|职|院|编|校|册|读|研|建|用|线|库)")
_LISTED = ("、", "，", ",", "和", "及", "以及", "与")
_JOINED = ("、", "和", "及", "以及", "与")
_UNIT_IN_NAME = expression(r"[（(]([^（）()]{1,10})[）)]$")
_LONGEST_SISTER = 8
#: an act that a clause behind it counts
_LONGEST_ACT = 16
#: a place that is given something
_PLACE = expression(r"[\u4e00-\u9fffA-Z]{1,14}(?<![学专重])[科室房区院心楼站厅部县镇乡]")
#: what a place is given: 床位, 血透机位
_LONGEST_THING = 8
_SLOGAN_LENGTH = 6
_LONGEST_SHARE = 40
#: 完成一项、销号一项
#: 节约一度电、一滴水
_SPARED = expression(r"一[度滴张分粒升斤][\u4e00-\u9fff]{1,2}(?:[、，,]|$|。)")
_ONE_BY_ONE = expression(r"一[项件个条][、，,]?[\u4e00-\u9fff]{2}一[项件个条]")


def read_value(clause: Clause) -> Reading | None:
    """Return the reading of the clause's value, or None where it is no target."""
    value = clause.value
    if value.form == "rank":
        return read_rank(clause)
    if value.form == "whole":
        return read_whole(clause)
    if value.form in ("full", "double"):
        return read_full(clause)
    chain = clause.chain()
    verb = _verb_before(clause, chain.end) if value.kind in COUNTED else None
    if verb is not None:
        earlier = clause.chain(verb)
        chain = replace(
            earlier,
            kinds=chain.kinds + earlier.kinds,
            starts=chain.starts + earlier.starts,
            words=chain.words + earlier.words,
        )
        if not clause.ends:
            return _read_counted_noun(clause, chain, verb)
    return _read_after_noun(clause, chain, verb)


def _verb_before(clause: Clause, high: int) -> int | None:
    """Return where a producing verb starts that ends at ``high``: 新建3个…, or at a clause's end 家庭病床新建120张."""
    text, words, ends = clause.text, clause.words, clause.ends
    for length in (4, 3, 2):
        word = text[high - length : high]
        role = words.verbs.get(word) if high - length >= clause.low else None
        if (
            role
            and role != "lower"
            and (not (ends and word in words.nominal) or text[high - length - 2 : high - length] == "分别")
        ):
            return high - length
    return None


def _read_after_noun(clause: Clause, chain: Chain, verb: int | None) -> Reading | None:
    """Read a noun, its comparators and the value: 引进博士5名, 药占比控制在25%以内."""
    text, value, words = clause.text, clause.value, clause.words
    if (
        value.kind in COUNTED
        and not clause.ends
        and "有" in chain.words
        and not _TELLING.isdisjoint(chain.kinds)
    ):
        return _read_bare(clause, chain, verb)
    noun = clause.noun(chain.end)
    if (
        value.kind in COUNTED
        and not clause.ends
        and "up" in chain.kinds
        and text[noun.start] in "在于会"
        and _RAISED_AT.match(text, noun.start, noun.end)
    ):
        return _read_bare(clause, chain, verb)  # 在城北片区新增5个站点
    if noun.end - noun.start == 2 and text[noun.start] == "每":
        return None if clause.ends else _read_bare(clause, chain, verb)
    if (
        value.kind == "share"
        and not clause.ends
        and noun.end - noun.start >= 2
        and (parted := _parted_share(clause, noun, chain)) is not None
    ):
        return parted
    if text[noun.end : chain.end].endswith("的") and value.kind == "share":
        noun, chain = _measured_by(clause, noun, chain)
    if noun.end - noun.start < 2:
        return _read_bare(clause, chain, verb)
    if noun.verb_start is not None and _tells_which(text[noun.verb_start : noun.start], clause, chain):
        noun = replace(noun, start=noun.verb_start, verb_start=None, role="")
    kinds = chain.kinds + (("up",) if noun.new else ())
    head = "" if noun.new and kinds else noun.head
    if head and value.kind in ("point", "fold"):
        kinds += ("up" if head == "raise" else "down",)
    found, used = clause.related(kinds, head)
    if used < len(chain.kinds):
        # a word of change that another comparator bounds belongs to the name: 费用增长控制在10%以内
        noun = replace(noun, end=chain.starts[used] + len(chain.words[used]))
    shared = not kinds and not head and verb is None and _shares_verb(clause, noun)
    if shared and clause.before is not None:
        found = clause.before.relation
    compared = bool(clause.changed or head or clause.suffix or shared or not _WEAK.issuperset(kinds))
    if _VALUE_LEFT.match(text, noun.start, noun.end):
        return None
    if not _is_target(clause, noun, chain, compared=compared, produced=verb is not None or bool(noun.role)):
        return _placed(clause, noun, chain, found) if noun.role or noun.new else None
    name = (
        turned(text[noun.start : noun.end], words) if value.kind == "share" else text[noun.start : noun.end]
    )
    if noun.rate is not None:
        name = text[slice(*noun.rate)] + name
    if (
        chain.words
        and chain.words[-1] in ("占", "约占")
        and (name[0] == "占" or not name.endswith(words.metric))
    ):
        name += "占比"
    before = clause.before
    if (
        before is not None
        and len(name) <= _LONGEST_SISTER
        and (name[0] == "占" or not name.endswith(words.metric))
    ):
        name = (
            completed(name, before.name, words) if value.kind not in COUNTED or name.endswith("级") else name
        )
    if (
        value.kind == "none"
        and name[-1] in "）)"
        and (match := _UNIT_IN_NAME.search(name))
        and match[1] in words.units
    ):
        unit = words.units[match[1]]
        name, value = name[: match.start()], replace(value, unit=unit.name, kind=unit.kind)
    if is_kind(name, words) and (named := named_before(clause.frame, clause.low, words)) is not None:
        name += text[slice(*named)]  # 早孕建卡率：农村达到45%
    start = noun.start if noun.verb_start is None else noun.verb_start
    if noun.rate is not None:
        start = noun.rate[0]
    if found == "eq" and _AT_LEAST.search(text, clause.low, start):
        found = "ge"
    return Reading(
        value, name, (noun.start, noun.end), found, start, value.end, clause.low, _rule(chain, value), chain
    )


def _placed(clause: Clause, noun: Noun, chain: Chain, found: str) -> Reading | None:
    """Read a count between the place and the thing: 新增日间病房12张床位."""
    text, value = clause.text, clause.value
    if value.kind != "count" or clause.ends or value.unit in _PEOPLE or value.word == "一" or value.more:
        return None
    start, end = noun_after(clause.frame, value.end, clause.high, clause.words)
    if (
        end != clause.high
        or not _PLACE.fullmatch(text, noun.start, noun.end)
        or not 2 <= end - start <= _LONGEST_THING
        or text[start:end] in clause.words.nominal
        or _is_slogan(clause, start, end)
    ):
        return None
    name = text[noun.start : noun.end] + text[start:end]
    begin = noun.start if noun.verb_start is None else noun.verb_start
    return Reading(value, name, (noun.start, end), found, begin, end, clause.low, "counted-noun", chain)


def _tells_which(verb: str, clause: Clause, chain: Chain) -> bool:
    """Whether a verb before a noun says of which kind it is, as a comparator says what becomes of it: 授权专利新增10件."""
    if verb in clause.words.attributes and (chain.kinds or clause.suffix):
        return True
    return verb in clause.words.nominal and "up" in chain.kinds


def _shares_verb(clause: Clause, noun: Noun) -> bool:
    """Whether the noun stands in one list with the one before, under its verb of change: 新增床位50张、手术间4间."""
    before = clause.before
    if (
        before is None
        or before.relation not in _CHANGED
        or before.noun is None
        or (before.start >= before.noun[0] and before.chain.kinds)
    ):
        return False  # the one before may share the verb itself: 节约电…、蒸汽…、氧气…
    own = noun.verb_start is not None and (noun.role != "act" or clause.value.kind == "act")
    alike = not own and before.value.kind == clause.value.kind and not before.chain.kinds
    return alike and clause.text[before.end : noun.start] in _JOINED


def _parted_share(clause: Clause, noun: Noun, chain: Chain) -> Reading | None:
    """Read a share that stands inside what it is a share of: 转化收益的七成以上用于奖励发明人, 系统覆盖六成以上的卫生院."""
    text, at, high = clause.text, clause.value.end, clause.high
    spent = (
        text[noun.end : clause.value.start] == "的" and clause.words.spent.match(text, at, high) is not None
    )
    covered = text.endswith("覆盖", noun.start, noun.end) and text.startswith("的", at)
    rest = text[at + covered : min(high, at + _LONGEST_SHARE)]
    if not (spent or covered) or len(rest) < 2 or chain.kinds:
        return None
    found, _ = clause.related(chain.kinds)
    if spent and found == "eq":
        return None  # 绩效工资的20%用于单项奖励
    return Reading(
        clause.value,
        text[noun.start : noun.end] + rest,
        None,
        found,
        noun.start,
        at + covered + len(rest),
        clause.low,
        "share-of",
        chain,
    )


def _measured_by(clause: Clause, noun: Noun, chain: Chain) -> tuple[Noun, Chain]:
    """Read 科研投入不低于业务收入的1%: the comparator stands before what the share is of."""
    text, words = clause.text, clause.words
    for at in range(noun.end - 2, noun.start + 1, -1):
        for length in (4, 3, 2):
            entry = words.before.get(text[at - length : at]) if at - length > noun.start else None
            if entry is not None and entry[1] in _BOUNDS:
                earlier = clause.chain(at)
                return clause.noun(earlier.end), earlier
    return noun, chain


def _rule(chain: Chain, value: Value) -> str:
    if chain.words:
        return f"comparators:{chain.words[0]}"
    return f"comparators:{value.suffix}" if value.suffix else "bare"


def _read_counted_noun(clause: Clause, chain: Chain, verb: int) -> Reading | None:
    """Read 培养20名专科护士: the noun follows the count."""
    text, value, words = clause.text, clause.value, clause.words
    start, end = noun_after(clause.frame, value.end, clause.high, words)
    told = bool(chain.kinds or clause.suffix)
    if end - start < 2 or value.word == "一" or _is_slogan(clause, start, end):
        return None
    if value.unit in _ORDINAL and value.word in _SMALL:
        return None  # 二期住院楼
    if not told and (value.more or value.unit in _CYCLES):
        return None
    word = next(text[verb : verb + k] for k in (4, 3, 2) if text[verb : verb + k] in words.verbs)
    kinds = chain.kinds + (("up",) if words.verbs[word] == "raise" else ())
    found, _ = clause.related(kinds)
    if (
        value.kind == "money"
        and clause.suffix
        and not chain.kinds
        and not text[start:end].endswith(words.fund)
    ):
        return None  # 购置50万元以上设备 says which
    if value.kind == "money" and (not chain.kinds or words.spent.match(text, start)):
        start, end = verb, verb + len(word)
    name = text[start:end]
    if words.verbs[word] == "act" and len(name) > 2:
        name = word + name
    return Reading(
        value, name, (start, end), found, verb, max(end, value.end), clause.low, "counted-noun", chain
    )


def _is_slogan(clause: Clause, start: int, end: int) -> bool:
    slogan = clause.words.slogan
    if clause.text[start:end].endswith(slogan) and end - start <= _SLOGAN_LENGTH:
        return True
    return clause.value.unit in ("个", "项") and clause.text.startswith(slogan, start)


def _read_bare(clause: Clause, chain: Chain, verb: int | None) -> Reading | None:
    """Read a value without a noun in front: named by a colon, by the quantity before it, or by what follows."""
    text, value, before = clause.text, clause.value, clause.before
    found, _ = clause.related(chain.kinds)
    compared = bool(chain.kinds or clause.suffix or clause.changed)
    if not clause.ends:
        listed = (
            before is not None and before.rule == "counted-noun" and text[before.end : value.start] in _LISTED
        )
        if before is not None and listed and value.kind in COUNTED:
            start, end = noun_after(clause.frame, value.end, clause.high, clause.words)
            if end - start >= 2 and not _is_slogan(clause, start, end):
                return clause.reading(text[start:end], (start, end), before.relation, "counted-noun", chain)
        if value.kind == "share":
            return _read_share_of(clause, chain, found)
        if value.kind in COUNTED - {"money"} and not _TELLING.isdisjoint(chain.kinds):
            start, end = noun_after(clause.frame, value.end, clause.high, clause.words)
            if end - start >= 2 and text[value.end] != "的" and not _is_slogan(clause, start, end):
                changed = chain.kinds[0] in ("up", "down")
                reading = clause.reading(text[start:end], (start, end), found, "counted-noun", chain)
                return replace(reading, start=chain.starts[0]) if changed else reading
        return None
    named = named_before(clause.frame, clause.low, clause.words)
    bracketed = clause.frame.mark_before(clause.low) in ("（", "(")
    if named is not None and (compared or not bracketed or value.kind == "share"):
        if text.endswith(clause.words.unnamed, *named) or (
            value.kind == "none" and value.value >= _TELEPHONE
        ):
            return None
        if value.suffix == "内" and not chain.kinds and not text.endswith(clause.words.clock, *named):
            return None
        return clause.reading(text[named[0] : named[1]], named, found, "named", chain)
    changing = _named_by_change(clause) if compared else None
    if changing is not None:
        return clause.reading(text[slice(*changing)], changing, found, "named", chain)
    acting = _named_by_act(clause) if chain.kinds and value.kind == "act" else None
    if acting is not None:
        return clause.reading(text[slice(*acting)], acting, found, "named", chain)
    joined = before is not None and not text[before.end : clause.low].strip("，,；;、：: ")
    if before is None or not joined or not (compared or verb is not None):
        return None
    name = before.name
    if verb is not None and text[verb : verb + 2] in clause.words.nominal:
        name += text[verb : value.start].strip("不少于至超过达到")
    return Reading(value, name, before.noun, found, clause.low, value.end, clause.low, "inherited", chain)


def _named_by_change(clause: Clause) -> tuple[int, int] | None:
    """Return the subject of the clause before: 药占比逐年下降，控制在27%以内; 压缩平均住院日，降到8天."""
    frame, low = clause.frame, clause.low
    if frame.mark_before(low) not in ("，", ","):
        return None
    first, end = frame.clause(max(frame.start, low - 2), low - 1)
    if clause.before is not None and clause.before.end > first:
        return None
    earlier = replace(clause, low=first, high=end, before=None)
    chain = earlier.chain(end)
    noun = earlier.noun(chain.end)
    changed = noun.head if chain.end == end else noun.verb_start is None and _CHANGING.issuperset(chain.kinds)
    named = bool(chain.kinds) or clause.text.endswith(
        clause.words.measures, noun.start, noun.end
    )  # 结合新增专家门诊等因素，预计增长7%
    return (noun.start, noun.end) if changed and named and noun.end - noun.start >= 3 else None


def _named_by_act(clause: Clause) -> tuple[int, int] | None:
    """Return the act of the clause before that the count is of: 开展健康讲座，全年不少于12场."""
    frame, low, text = clause.frame, clause.low, clause.text
    if frame.mark_before(low) not in ("，", ","):
        return None
    first, end = frame.clause(max(frame.start, low - 2), low - 1)
    if clause.before is not None and clause.before.end > first:
        return None
    start = lead_end(frame, first, end, clause.words)
    verb = clause.words.verb.match(text, start, end)
    if verb is None or clause.words.verbs[verb[0]] not in ("act", "make") or end - verb.end() < 2:
        return None
    return (verb.end(), end) if end - verb.end() <= _LONGEST_ACT else None


def _read_share_of(clause: Clause, chain: Chain, found: str) -> Reading | None:
    """Read 80%以上的乡镇卫生院达到服务能力标准: the share is of what follows."""
    text, value, high = clause.text, clause.value, clause.high
    start = value.end + 1 if text.startswith("的", value.end) else value.end
    end = min(high, start + _LONGEST_SHARE)
    if (
        found not in ("ge", "gt", "eq", "about", "between")
        or clause.words.proportion.match(text, value.end)
        or end - start < 4
    ):
        return None
    if lead_end(
        clause.frame, clause.low, chain.end, clause.words
    ) < chain.end or clause.words.sanction.search(text, start, end):
        return None
    return clause.reading(text[start:end], (start, end), found, "share-of", chain)


def _is_target(clause: Clause, noun: Noun, chain: Chain, *, compared: bool, produced: bool) -> bool:
    """Return whether a value with a noun in front is a target by its form."""
    text, value, words = clause.text, clause.value, clause.words
    name = text[noun.start : noun.end]
    strict = not _TELLING.isdisjoint(chain.kinds)
    held = "hold" in chain.kinds
    if clause.suffix == "ceiling" and words.cost.search(text, value.end, clause.high):
        return False
    if (
        text[value.start - 1] in "“‘《"
        or (name.endswith(words.unaimed) and not (compared and name.endswith(words.weight)))
        or words.step.search(name)
    ):
        return False
    if value.word == "一" and _SPARED.match(text, value.start):
        return False
    if value.word == "一" and any(_ONE_BY_ONE.match(text, max(0, value.start - back)) for back in (0, 4, 5)):
        return False
    if (
        value.word == "一"
        and value.unit
        and not (strict or (clause.ends and produced and value.kind != "act"))
    ):
        return False
    if value.unit in _ORDINAL and value.word in _SMALL and not (compared and clause.ends):
        return False  # 移动护理二期
    if not clause.ends and not _goes_on(clause, name, strict=strict, produced=produced, held=held):
        return False
    if value.kind in _TIMED:
        return _is_measured(clause, name, compared=compared, held=held)
    if value.kind == "share":
        return compared or held or value.value == 100 or name.endswith(words.metric)
    if value.kind in ("point", "fold", "ratio"):
        return compared or held or name.endswith("比")
    if compared or produced:
        return compared or not value.more
    if (
        value.more
        or _SUMMED.search(text, noun.end, value.start)
        or not clause.ends
        or text.startswith(words.handled, noun.start)
    ):
        return False
    listed = clause.before is not None or bool(clause.frame.dated(clause.frame.start, clause.low))
    return held or listed or (value.kind == "count" and len(name) >= 4) or name.endswith(words.measures)


def _goes_on(clause: Clause, name: str, *, strict: bool, produced: bool, held: bool) -> bool:
    """Judge a value that more text follows in its clause: a qualifier (IF≥5分的论文, 住院超30天患者) is no target."""
    text, value = clause.text, clause.value
    if _QUALIFIED.match(text, value.end) or text.startswith(clause.words.slogan, value.end):
        return False
    if value.kind in COUNTED:
        if clause.followed:
            return strict and produced
        # 选送骨干25名赴上级医院研修, 增设病床20张用于日间手术
        return strict or (
            produced and (value.unit in _PEOPLE or clause.words.onward.match(text, value.end) is not None)
        )
    if value.kind in _TIMED and not name.endswith(clause.words.clock):
        return False
    return (strict or (held and value.kind == "share")) and not clause.followed


def _is_measured(clause: Clause, name: str, *, compared: bool, held: bool) -> bool:
    """Judge times, scores and bare numbers, which are mostly no targets."""
    value, words = clause.value, clause.words
    if clause.text[value.start - 1] == "近":
        return False  # 近三年
    if value.kind == "none":
        if compared or held:
            return (
                name.endswith((*words.measures, "CMI", "）", ")", "费"))
                or _ABBREVIATED.search(name) is not None
            )
        return clause.ends and name.endswith(_INDEXES)
    if value.kind == "time" and value.suffix == "内" and not held:
        return compared and name.endswith(words.clock)
    return compared or (value.kind == "time" and name.endswith(words.measures))
