"""The words of the quantity rules, as tables that a scan can use: units, comparators, verbs, fillers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from planparse.alternatives import any_of, lengths_by
from planparse.expressions import expression
from planparse.rulebook import Entry, Rulebook

#: a comparator's kind -> the relation that it sets by itself
RELATIONS = {
    "reach": "ge",
    "cap": "le",
    "hold": "eq",
    "floor": "ge",
    "over": "gt",
    "ceiling": "le",
    "under": "lt",
    "about": "about",
    "between": "between",
    "up": "increase_by",
    "down": "decrease_by",
    "to": "ge",
}


#: between 较 and the number stand a base of the table, a year, or 上一周期, and what is looked at in it
_AGAINST = (
    r"(?:较|(?<![占配护床])比(?![例重率])|与|同)(?:%s|前年|.{0,6}年度?|上一?个?[\u4e00-\u9fff]{0,4}(?:周期|轮次?|批次?|期|季度|学年))"
    r"(?:同期|年?底|末|平均|全年|基数|水平){0,2}(?:相比|比较|相较)?$"
)
_AGAINST_ENDS = frozenset(
    [
        "周期",
        "轮次",
        "批次",
        "季度",
        "学年",
        "一轮",
        "一批",
        "一期",
        "年度",
        "同期",
        "年底",
        "年末",
        "平均",
        "全年",
        "基数",
        "水平",
        "相比",
        "比较",
        "相较",
        "础上",
    ]
)


class Unit(Struct, frozen=True):
    """A unit: its kind (share, point, count, act, money, time, …) and the name under which it is recorded."""

    kind: str
    name: str


class QuantityWords(Struct, frozen=True):
    """What the rule tables say about quantities.

    ``before`` maps a word that ends where the number begins to (role, kind, characters that forbid it before it);
    ``leads`` maps a word that opens a clause to the characters that forbid it after it. ``before_lengths`` and
    ``leads_lengths`` give the lengths of such words by their last, or first, character.
    """

    units: Mapping[str, Unit]
    unit_pattern: str
    before: Mapping[str, tuple[str, str, str]]
    before_lengths: Mapping[str, tuple[int, ...]]
    ranks: frozenset[str]
    suffixes: Mapping[str, str]
    suffix_pattern: str
    leads: Mapping[str, str]
    leads_lengths: Mapping[str, tuple[int, ...]]
    verbs: Mapping[str, str]
    nominal: frozenset[str]
    attributes: frozenset[str]
    hollow: frozenset[str]
    verb: re.Pattern[str]
    verb_firsts: frozenset[str]
    turn: re.Pattern[str]
    metric: tuple[str, ...]
    clock: tuple[str, ...]
    measures: tuple[str, ...]
    past: re.Pattern[str]
    handled: tuple[str, ...]
    slogan: tuple[str, ...]
    cut: re.Pattern[str]
    generic: frozenset[str]
    compound: tuple[str, ...]
    sisters: tuple[str, ...]
    sited: re.Pattern[str]
    indexes: frozenset[str]
    aimed: re.Pattern[str]
    #: a clause that says which grade something reaches: 智慧管理水平达到三级
    graded: re.Pattern[str]
    ages: re.Pattern[str]
    rate: re.Pattern[str]
    ahead: re.Pattern[str]
    sampled: re.Pattern[str]
    holder: re.Pattern[str]
    setting: re.Pattern[str]
    light: frozenset[str]
    yearly: tuple[str, ...]
    attained: re.Pattern[str]
    proportion: re.Pattern[str]
    cost: re.Pattern[str]
    sanction: re.Pattern[str]
    step: re.Pattern[str]
    spent: re.Pattern[str]
    onward: re.Pattern[str]
    attaining: re.Pattern[str]
    settled: re.Pattern[str]
    fund: tuple[str, ...]
    unnamed: tuple[str, ...]
    #: 较去年, 比2023年同期: what a change is measured against; 药占比|2025年降至; and the last two characters of such words
    against: re.Pattern[str]
    against_ends: frozenset[str]
    against_last: frozenset[str]
    #: among whom somebody ranks: 进入|全省三级公立医院|前10名
    scope: re.Pattern[str]
    weight: tuple[str, ...]
    unaimed: tuple[str, ...]
    labels: frozenset[str]


def _words(entries: Sequence[Entry], role: str) -> list[str]:
    return [word for entry in entries if entry["role"] == role for word in entry["words"]]


def _any(entries: Sequence[Entry], *roles: str) -> str:
    """Return an expression of all words of ``roles``, each entry's with its guards."""
    some = [
        any_of(
            row["words"],
            dict.fromkeys(row["words"], row.get("not_next", "")),
            not_after=row.get("not_after", ""),
        )
        for row in entries
        if row["role"] in roles
    ]
    return some[0] if len(some) == 1 else f"(?:{'|'.join(some) or '(?!)'})"


def _guards(entries: Sequence[Entry], role: str, field: str) -> dict[str, str]:
    return {
        word: entry.get(field, "") for entry in entries if entry["role"] == role for word in entry["words"]
    }


def _before(comparators: Sequence[Entry], targets: Sequence[Entry]) -> dict[str, tuple[str, str, str]]:
    before: dict[str, tuple[str, str, str]] = {}
    for word, guard in _guards(targets, "tail", "not_after").items():
        before[word] = ("tail", "", guard)
    for entry in comparators:
        if entry["place"] == "prefix" and entry["kind"] != "rank":
            for word in entry["words"]:
                # a one-character word is part of another word more often than a long one
                guard = entry.get("not_after", "") if len(word) == 1 or entry.get("guard_all") else ""
                before[word] = ("comparator", entry["kind"], guard)
    return before


def build_words(rules: Rulebook) -> QuantityWords:
    """Return the tables built from ``rules``; call it through ``rules.compiled(build_words)``."""
    comparators, targets = rules.entries("comparators"), rules.entries("target_words")
    units = {entry.id: Unit(entry["kind"], entry.get("unit", entry.id)) for entry in rules.entries("units")}
    guards = {entry.id: entry.get("not_next", "") for entry in rules.entries("units")}
    suffixes = {
        word: entry["kind"] for entry in comparators if entry["place"] == "suffix" for word in entry["words"]
    }
    before = _before(comparators, targets)
    leads = _guards(targets, "lead", "not_next")
    past = _guards(targets, "past", "not_next")
    verbs = {
        word: role
        for role in ("act", "make", "raise", "lower")
        for word in _words(targets, role)
        if len(word) > 1
    }
    verbs |= {
        f"新{word}": role
        for word, role in verbs.items()
        if role == "make" and len(word) == 2 and word[0] not in "增建新"
    }
    against_ends = _AGAINST_ENDS | {word[-2:] for word in _words(targets, "base")}
    return QuantityWords(
        units=units,
        unit_pattern=any_of(units, guards),
        before=before,
        before_lengths=lengths_by(before, -1),
        ranks=frozenset(word for entry in comparators if entry["kind"] == "rank" for word in entry["words"]),
        suffixes=suffixes,
        suffix_pattern=any_of(suffixes) + r"(?!(?<=[^以之]内)[部科外镜容控涵分训])",  # 开展1次内部审计
        leads=leads,
        leads_lengths=lengths_by(leads, 0),
        verbs=verbs,
        nominal=frozenset(
            word
            for entry in targets
            if entry["role"] == "act" or entry.get("nominal")
            for word in entry["words"]
        ),
        attributes=frozenset(_words(targets, "attribute")),
        hollow=frozenset(_words(targets, "hollow")),
        verb=expression(any_of(verbs)),
        verb_firsts=frozenset(word[0] for word in verbs),
        turn=expression(any_of(_words(targets, "turn"), leads)),
        metric=tuple(_words(targets, "metric")),
        clock=tuple(_words(targets, "clock")),
        measures=tuple(_words(targets, "metric") + _words(targets, "clock")),
        past=expression(any_of(past, past)),
        handled=tuple(_words(targets, "handled")),
        slogan=tuple(_words(targets, "slogan")),
        cut=expression(any_of(_words(targets, "cut"))),
        generic=frozenset(_words(targets, "generic")),
        compound=tuple(_words(targets, "compound")),
        sisters=tuple(sorted(_words(targets, "sister"), key=lambda word: -len(word))),
        sited=expression(
            rf"(?<=[率比度])(?:占比)?(?P<of>{any_of(_words(targets, 'sister'))}{any_of(_words(targets, 'body'))}?)$"
        ),
        aimed=expression(f"的{_any(targets, 'aimed')}(?=[，,。；;、：:！!？?）)\n]|$)"),
        graded=expression(
            rf"[^，,。；;、]{{2,24}}?{_any(targets, 'graded')}[^，,。；;、]{{0,8}}?(?:[0-9一二三四五六七八九国省市县]级|国家级|[A-Z][+]{{0,2}}(?:级|等)|[甲乙丙]等|先进|领先|前列)[^，,。；;、]{{0,10}}"
        ),
        indexes=frozenset(_words(targets, "index")),
        ages=expression(
            rf"\d{{1,2}}(?:[—–\-~～至]\d{{1,2}})?周?岁(?:及?以[上下])?{_any(targets, 'people')}?"
        ),
        rate=expression(
            rf"每[0-9]{{0,3}}(?:百|千|万|十万|百万)(?:名|位|张|例)?[^，。；、每医护]{{0,6}}?{_any(targets, 'people', 'counted')}(?=.{{2}})"
        ),
        ahead=expression(_any(targets, "ahead")),
        sampled=expression(_any(targets, "sampled")),
        holder=expression(
            rf"每(?:名|位|个|家)[\u4e00-\u9fff]{{0,6}}?{_any(targets, 'holder')}(?=[\u4e00-\u9fff]{{2}})(?![数占比均的]|平均|[日月年]均|负责|管|服务|承担)"
        ),
        setting=expression(_any(targets, "setting")),
        light=frozenset(_words(targets, "light")),
        yearly=tuple(_words(targets, "yearly")),
        attained=expression(_any(targets, "attained")),
        proportion=expression(f"的?{_any(targets, 'proportion')}"),
        cost=expression(rf"(?:分别|各|每次|每例|每项)?(?:{_any(targets, 'cost')}|扣[\d一二三四五相])"),
        sanction=expression(f"{_any(targets, 'sanction')}|的，"),
        step=expression(f"每{_any(targets, 'step')}"),
        spent=expression(_any(targets, "spent")),
        onward=expression(_any(targets, "onward")),
        attaining=expression(f"{_any(targets, 'attaining')}$"),
        settled=expression(_any(targets, "settled")),
        fund=tuple(_words(targets, "fund")),
        unnamed=tuple(_words(targets, "unnamed")),
        weight=tuple(_words(targets, "weight")),
        unaimed=tuple(_words(targets, "unaimed") + _words(targets, "weight")),
        labels=frozenset(_words(targets, "label")),
        against=expression(_AGAINST % any_of(_words(targets, "base"))),
        against_ends=against_ends,
        against_last=frozenset(word[1] for word in against_ends),
        scope=expression(
            rf"(?:(?:全|本|同)?(?:省|市|县|区|国)(?:内|里|级)?)?{_any(targets, 'peer')}{{0,3}}{_any(targets, 'peers')}?(?:的|中)?$"
        ),
    )
