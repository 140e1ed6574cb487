"""The indicator of a quantity: the noun phrase without the verb that sets it.

建成资源共享中心 is 资源共享中心, 力争全市药占比 is 药占比, 发展党员 stays whole: a counted act keeps its verb.
"""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.expressions import expression
from planparse.extract.frames import Frame
from planparse.extract.quantity_words import QuantityWords
from planparse.model import Span

_NUMBERED = expression(
    r"[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[)）]|[.．、](?![0-9]))|[①-⒛㈠-㈩]|[-—•·●■◆★▲*]+"
)
#: 由专科护士参与的, “能独立值二线”的: a clause that describes the noun after it
_BY_WHOM = expression(r"(?:由[^，。；的]{2,16}|“?[^，。；“”]{2,16}”)的(?=..)")
_NUMBERED_FIRST = frozenset("（(0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳-—•·●■◆★▲*")
_LONGEST_LEAD = 12
_PER_UNIT = expression(r"以[^，。；]{1,6}为单位$")
_SPARE = " \u3000、，,的“\"'‘:：；;。+"
#: a dash parts the noun from its value: 院感发生率—<3%
_BEHIND = _SPARE + "—–-"
_JOINT = expression(r"(?:以及|(?<![总饱缓])和|及|与)(?:至少|不少于|约|近)?$")
_JOINTS = ("和", "与", "及", "、", "并", "或")
#: 综合类、中毒类、传染病类应急队伍
_KINDS_OF = expression(r"(?:[^、]{1,10}(?P<kind>[类型级])、){1,6}[^、]{1,10}(?P=kind)(?=..)")
#: a noun of two characters (系统, 人员) tells nothing without the list before it
_TELLING_NOUN = 3
#: after which even a verb that is also a noun is one: 要抓紧采购
_DIGIT = expression(r"[0-9]")
_MODAL = expression(r"(?:[要须应紧责拟快续将]|[每按逐][日天周月年]|季度?|半年|全年|年内)$")
_AFTER_CHANGE = "率幅量值额点速"
_NEW = frozenset({"新增", "净增"})


class Noun(Struct, frozen=True):
    """A noun phrase: its place, the verb before it (start and role) and the verb of change that opens it."""

    start: int
    end: int
    verb_start: int | None = None
    role: str = ""
    head: str = ""
    new: bool = False
    #: what a rate counts, where a verb parts it from the noun: |每3万人口|配备救护车
    rate: Span | None = None


def lead_end(frame: Frame, low: int, high: int, words: QuantityWords) -> int:
    """Return the offset after dates, list numbers and words that lead a clause (力争, 确保, 全市)."""
    text, first = frame.text, words.leads_lengths
    at = low
    for _ in range(_LONGEST_LEAD):
        if at >= high:
            break
        char = text[at]
        moved = _after_date(frame, at, high) if frame.dates else at
        if moved == at and char in _SPARE:
            at += 1
            continue
        if moved == at and char in first:
            moved = _after_lead(text, at, high, words)
        if moved == at and char in _NUMBERED_FIRST:
            match = _NUMBERED.match(text, at, high)
            moved = match.end() if match else at
        if moved == at:
            break
        at = moved
    return at


def _after_date(frame: Frame, at: int, high: int) -> int:
    mention = frame.date_starting(at)
    if mention is None and frame.text[at] in "到至在于从":
        mention = frame.date_starting(at + 1)
    return mention.span[1] if mention is not None and mention.span[1] <= high else at


def _after_lead(text: str, at: int, high: int, words: QuantityWords) -> int:
    for length in words.leads_lengths[text[at]]:
        guard = words.leads.get(text[at : at + length])
        if (
            guard is not None
            and at + length <= high
            and (at + length == high or text[at + length] not in guard)
        ):
            return at + length
    return at


def noun_before(frame: Frame, low: int, high: int, words: QuantityWords, *, counted: bool) -> Noun:
    """Return the noun phrase of ``text[low:high]``.

    ``counted`` says that things are counted, so that a producing verb (建成, 引进) belongs in front and is left out.
    """
    text = frame.text
    start = lead_end(frame, low, high, words)
    if text.startswith("全年", start) and words.verb.match(text, start + 2, high):
        start += 2
    each = words.holder.match(text, start, high) if text[start : start + 1] == "每" else None
    if each is not None and (text[each.end()] in "讲上听撰" or words.verb.match(text, each.end(), high)):
        start = each.end()
    end = high
    while end > start and text[end - 1] in _BEHIND:
        end -= 1
    if text.find("逐年", start, end) > start and text.endswith(words.yearly, start, end):
        end = text.rfind("逐年", start, end)
    turned = _after_turn(text, start, end, words)
    if frame.dates:
        for mention in frame.dated(turned + 1, end - 2):
            turned = mention.span[1]
    turned = _after_acts(text, turned, end, words)
    if turned != start:
        start = lead_end(frame, turned, end, words)
    also = text.rfind("并", start + 2, end)
    if counted and also > 0 and words.verb.match(text, also + 1, end) is not None:
        start = also + 1  # 遴选科室并|制定方案
    role, verb_start, head, new = "", None, "", False
    rated = words.rate.match(text, start, end) if text[start : start + 1] == "每" else None
    first = words.verb.match(text, start, end) if text[start : start + 1] in words.verb_firsts else None
    if first is not None and words.verbs[first[0]] in ("raise", "lower"):
        after = first.end()
        if after < end and text[after] not in _AFTER_CHANGE and end - after >= 2:
            head, new = words.verbs[first[0]], first[0] in _NEW
            verb_start, start, role = start, after, head
    elif counted and not text.endswith(words.metric, start, end):
        verb_start, after, role = _after_verb(text, start, end, words, first)
        new = role == "raise" and text[verb_start or 0 : after] in _NEW
        start = after
    elif text.startswith(("完成", "实现"), start) and end - start > 4 and text[start + 2] not in "率度":
        verb_start, start, role = start, start + 2, "make"
    if role in ("make", "raise"):
        start = _after_list(text, start, end, words)
    match = _BY_WHOM.match(text, start, end)
    if match is not None:
        start = match.end()
    if text.endswith("单位", start, end) and (match := _PER_UNIT.search(text, start + 2, end)):
        end = match.start()
    if (
        text[start - 1 : start] in ("“", "‘")
        and text.find("”" if text[start - 1] == "“" else "’", start, end) > 0
    ):
        start -= 1
    while start < end and text[start] in "、，,":
        start += 1  # 立项|、科研成果三项
    rate = rated.span() if rated is not None and rated.end() == verb_start else None
    return Noun(start, end, verb_start, role, head, new, rate)


def _after_turn(text: str, start: int, end: int, words: QuantityWords) -> int:
    for match in words.turn.finditer(text, start, end):
        if end - match.end() >= 2:
            start = match.end()
    return start


def _after_acts(text: str, start: int, end: int, words: QuantityWords) -> int:
    """Return where the last of several acts begins, each with its object: 组建团队、优化流程、开展演练 counts 演练."""
    cut = text.rfind("、", start, end)
    last = words.verb.match(text, cut + 1, end) if cut > start else None
    if last is None or end - last.end() < 2 or (last[0] in words.nominal and words.verbs[last[0]] != "act"):
        return start
    for at in {start, text.rfind("、", start, cut) + 1 or start}:
        act = words.verb.match(text, at, cut)
        if act is not None and act[0] not in words.nominal and text.find("、", at, end) - act.end() >= 2:
            return cut + 1
    return start


def _after_verb(
    text: str, start: int, end: int, words: QuantityWords, first: re.Match[str] | None
) -> tuple[int | None, int, str]:
    """Return verb start, noun start and role of the verb that sets the noun of ``text[start:end]``; ``first`` opens it."""
    inner = _inner_verb(text, start, end, words)
    if first is None or end - first.end() < 1:
        first = inner
    elif (
        inner is not None
        and inner.start() > first.end()
        and _MODAL.search(text, inner.start() - 3, inner.start())
    ):
        first = inner  # 组织人事部要选派骨干医师
    elif first[0] in words.nominal and end - first.end() <= 2 and text.endswith(words.compound, start, end):
        first = None  # 建设项目
    if first is None:
        return None, start, ""
    role = words.verbs[first[0]]
    if role == "act":
        return first.start(), first.start(), role
    at = first.end()
    light = first[0] in words.light
    for _ in range(3):
        joint = at + 1 if text[at : at + 1] in _JOINTS and at + 1 < end else at
        following = words.verb.match(text, joint, end)
        if (
            following is None
            or words.verbs[following[0]] not in ("make", "raise")
            or end - following.end() < 2
        ):
            break
        if not light and joint == at:
            break
        at = following.end()
        light = light and following[0] in words.light
    return first.start(), at, role


def _inner_verb(text: str, start: int, end: int, words: QuantityWords) -> re.Match[str] | None:
    """Return the last verb inside a clause; one that is also a noun (培训) only where that makes sense.

    That is after a setting (依托…, 每个…), or before a noun that is no compound with it (大厅配置自助机).
    """
    sure = nominal = None
    for match in words.verb.finditer(text, start, end):
        if end - match.end() < 2 or words.verbs[match[0]] == "lower" or text[match.end()] in "数率比量":
            continue  # 除颤器配置数
        made: re.Match[str] | None = nominal or sure
        if (
            words.verbs[match[0]] == "act"
            and made is not None
            and made.end() < match.start()
            and words.verbs[made[0]] == "make"
        ):
            continue  # 建设|胸痛救治单元
        if match[0] in words.nominal and not _MODAL.search(
            text, max(start, match.start() - 3), match.start()
        ):
            nominal = match
        else:
            sure = match
    if (
        sure is not None
        or nominal is None
        or words.setting.match(text, start)
        or text[start - 1 : start] == "与"
    ):
        return sure or nominal
    plain = words.verbs[nominal[0]] == "make" and end - nominal.end() >= _TELLING_NOUN
    return nominal if plain and not text.endswith(words.compound + words.clock, start, end) else None


def _after_list(text: str, start: int, end: int, words: QuantityWords) -> int:
    """Return where the noun begins that sums a list up: 影像、心电等共享中心 is 共享中心, CT、DSA等大型设备 stays."""
    if "、" not in text[start:end]:
        return start
    kinds = _KINDS_OF.match(text, start, end)
    if kinds is not None:
        return kinds.end()
    cut = text.rfind("等", start + 2, end - 2)
    telling = 0 < cut <= end - 1 - _TELLING_NOUN and text[cut + 1] not in "级候待"
    return cut + 1 if telling and text[cut + 1 : end] not in words.hollow else start


def noun_after(frame: Frame, low: int, high: int, words: QuantityWords) -> tuple[int, int]:
    """Return the noun phrase after a count: 20名专科护士赴上级医院 is 专科护士."""
    text = frame.text
    start = low
    while start < high and text[start] in _SPARE:
        start += 1
    end = min(high, start + 30)
    for mark in "（(、。；":
        cut = text.find(mark, start, end)
        if cut >= start + 2:
            end = cut if mark not in "、" else end
    match = words.cut.search(text, start + 2, end)
    if match is not None:
        end = match.start()
    if (digit := _DIGIT.search(text, start + 2, end)) is not None:
        end = digit.start()
        if (joint := _JOINT.search(text, start + 2, end)) is not None:
            end = joint.start()  # 培养骨干20名|和专家5名: 20名骨干|和5名专家
    while end > start and text[end - 1] in _SPARE:
        end -= 1
    return start, end
