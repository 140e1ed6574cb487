"""Lists of values after 分别, and of indicators before 均: names and values paired in order.

门诊、住院电子签名使用率分别达到90%、98% is two indicators; 2024年、2025年分别达到80%、85% is one at two dates.
"""

from __future__ import annotations

from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.quantity_words import QuantityWords

_PARTED = expression(r"[、，,]?(?:以及|和|与|及)|[、，,/]")
#: 和, 与, 及 join, but not inside 饱和, 参与, 普及, 及时
_JOINT = expression(
    r"[（(]|[）)]|[、，,]?(?:以及|(?<![饱总缓温中])和(?![谐解])|(?<![参给赋])与(?![率会])|(?<![普涉危])及(?![时格]))|[、/]"
)
_LATIN = expression(r"[A-Za-z]{2,8}")
_NO_RATE = ("率", "比", "比例", "比重", "寿命", "费用", "日")
_LONGEST_LIST = 12
_SHORTEST_TAIL = 4


def joined(between: str) -> bool:
    """Return whether the text between two values only joins them.

    >>> joined("、"), joined("以上和"), joined("，药占比降至")
    (True, True, False)
    """
    return bool(
        _PARTED.fullmatch(
            between.removeprefix("及").removeprefix("以上").removeprefix("以内").removeprefix("以下")
        )
    )


def split_names(name: str, words: QuantityWords) -> list[str]:
    """Return the names that a coordinated phrase stands for.

    >>> from planparse.rulebook import default_rules
    >>> from planparse.extract.quantity_words import build_words
    >>> words = default_rules().compiled(build_words)
    >>> split_names("门诊、住院病历合格率", words), split_names("药占比和耗占比", words)
    (['门诊病历合格率', '住院病历合格率'], ['药占比', '耗占比'])
    """
    parts = [part for part in parted(name) if part]
    if not 1 < len(parts) <= _LONGEST_LIST:
        return [name]
    last = parts[-1]
    tails = words.measures
    if all(part.endswith(tails) for part in parts):
        return _with_shared_head(parts, words)
    tail = _shared_tail(parts[0], last, words)
    return [part + _without_overlap(part, tail) for part in parts[:-1]] + [last]


def parted(name: str) -> list[str]:
    """Return the parts of a name between 、和与及 outside brackets."""
    parts, at, depth = [], 0, 0
    for match in _JOINT.finditer(name):
        if match[0] in "（(":
            depth += 1
        elif match[0] in "）)":
            depth -= 1
        elif depth == 0 and match.start() > at:
            parts.append(name[at : match.start()])
            at = match.end()
    return [*parts, name[at:]]


def _with_shared_head(parts: Sequence[str], words: QuantityWords) -> list[str]:
    """病案首页主要诊断编码正确率、主要手术编码正确率 share 病案首页: the longest common word begins both."""
    first = parts[0]
    rate = words.rate.match(first)
    if rate is not None and not any(part.startswith(("每", "人均")) for part in parts[1:]):
        return [first, *(part if part.endswith(_NO_RATE) else rate[0] + part for part in parts[1:])]
    result = [first]
    for part in parts[1:]:
        place = first.find(part[:2])
        if place < 2 or len(part) < 4:
            # 清单上传及时率、完整率: a short name of the same kind takes the head of the first
            place = (
                len(first) - len(part)
                if len(part) == 3
                and len(first) >= 6
                and first[-1] == part[-1]
                and part not in words.indexes
                and not part.endswith("占比")
                else 0
            )
        result.append(first[:place] + part)
    return result


def _shared_tail(first: str, last: str, words: QuantityWords) -> str:
    """Return what the last name shares with the others: 住院电子签名使用率 beside 门诊 gives 电子签名使用率."""
    own = _own_kind(last, words)
    if own and len(last) > len(own):
        return last[len(own) :]
    cut = len(first) if len(last) - len(first) >= 2 else max(1, len(last) // 2)
    return last[cut:]


def _own_kind(name: str, words: QuantityWords) -> str:
    """Return the word that tells a name from its sisters: 门诊, 省级, CT."""
    latin = _LATIN.match(name) or words.ages.match(name)
    if latin is None and not name.startswith(words.sisters):
        return ""  # nearly always, and told at once
    return latin[0] if latin else next((kind for kind in words.sisters if name.startswith(kind)), "")


def is_kind(name: str, words: QuantityWords) -> bool:
    """Whether a name says only of whom, and nothing of what: 农村, 门诊."""
    return _own_kind(name, words) == name and name not in words.indexes


def turned(name: str, words: QuantityWords) -> str:
    """Return a name whose last words tell of whom with these in front.

    >>> from planparse.rulebook import default_rules
    >>> from planparse.extract.quantity_words import build_words
    >>> words = default_rules().compiled(build_words)
    >>> turned("孕产妇系统管理率市区", words), turned("剖宫产率县级医疗机构", words), turned("门诊预约率", words)
    ('市区孕产妇系统管理率', '县级医疗机构剖宫产率', '门诊预约率')
    """
    behind = words.sited.search(name)
    return (
        behind["of"] + name[: behind.start("of")] if behind is not None and behind.start("of") > 2 else name
    )


def completed(name: str, before: str, words: QuantityWords) -> str:
    """Return the whole name of an elliptic one after its sister: 急诊 after 门诊抗菌药物使用率.

    >>> from planparse.rulebook import default_rules
    >>> from planparse.extract.quantity_words import build_words
    >>> words = default_rules().compiled(build_words)
    >>> completed("急诊", "门诊抗菌药物使用率", words), completed("三级医院", "二级医院门诊预约率", words)
    ('急诊抗菌药物使用率', '三级医院门诊预约率')
    >>> completed("药占比", "门诊抗菌药物使用率", words)
    '药占比'
    """
    if name.startswith("占"):
        return before + name
    if name.endswith(words.measures) or name in words.indexes:
        return name
    if _own_kind(name, words) == name:
        last = next((kind for kind in words.sisters if before.endswith(kind) and kind != name), "")
        if last:
            return before.removesuffix(last) + name
        sister = _own_kind(before, words)
        tail = before[len(sister) :] if sister and sister != name else ""
        return name + tail if len(tail) >= _SHORTEST_TAIL else name
    place = before.find(name[-2:])
    tail = before[place + 2 :] if place > 0 else ""
    return name + tail if len(tail) >= _SHORTEST_TAIL and tail.endswith(words.metric) else name


def _without_overlap(part: str, tail: str) -> str:
    """Return ``tail`` without what ``part`` already ends with: 门诊患者 + 患者满意度."""
    for length in range(min(len(part), len(tail)) - 1, 0, -1):
        if part.endswith(tail[:length]):
            return tail[length:]
    return tail
