"""Wording that the rules may not know: the same document in other words, with its gold.

Training the confidence needs documents on which the pipeline errs as it errs on documents never seen. A mutation
exchanges words that tell roles, bounds and dates for rarer ones, departments for ones that no catalogue holds, or the
marks that part one thing from the next. Where a word of the gold is exchanged, it is exchanged there too.

>>> import random
>>> text, gold = rare_bounds("药占比不低于20%", {"tasks": [{"text": "药占比不低于20%"}]}, random.Random(1))
>>> text, gold["tasks"][0]["text"]
('药占比不小于20%', '药占比不小于20%')
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from typing import Any

Gold = dict[str, Any]
_ROLES = {
    "牵头科室": "主抓科室", "责任科室": "落实主体", "配合科室": "协力科室", "牵头部门": "总抓部门", "责任部门": "担责部门", "配合部门": "助力部门",
    "牵头单位": "主推单位", "责任单位": "承接单位", "完成时限": "办结节点", "整改时限": "销号时间", "责任领导": "挂帅领导", "完成时间": "收官时间",
    "牵头": "主抓", "负责": "担纲", "配合": "协力", "参与": "助力",
}  # fmt: skip
_BOUNDS = {
    "不低于": "不小于", "不少于": "起码", "控制在": "压在", "以内": "之内", "达到": "做到", "提高到": "拉升到", "降至": "回落到", "不超过": "别超过",
    "以上": "开外", "左右": "上下",
}  # fmt: skip
_DATES = {
    "月底前": "月份结束之前", "年底前": "岁末之前", "年底": "岁末", "第三季度": "三季度里", "上半年": "年中之前", "每季度": "逐季", "每月": "逐月",
    "每周": "逐周", "长期坚持": "久久为功抓下去",
}  # fmt: skip
_MARKS = {"（": "｛", "）": "｝", "；": "，", "：": " "}
_STEMS = [
    "数智融合",
    "患者体验",
    "疼痛诊疗",
    "精益运营",
    "循证评价",
    "健康传播",
    "临床药研",
    "应急统筹",
    "基地共建",
    "适老服务",
    "碳效管理",
    "生物样本",
    "流程再造",
    "院企协作",
    "舆情研判",
    "儿少心理",
]
_ENDS = ["专班", "促进中心", "工作站", "推进办", "事务组", "科", "部", "联络处"]


def _exchange(text: str, gold: Gold, words: Mapping[str, str]) -> tuple[str, Gold]:
    pattern = re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))

    def changed(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(lambda m: words[m[0]], value)
        if isinstance(value, list):
            return [changed(item) for item in value]
        if isinstance(value, dict):
            return {
                key: item
                if key in ("relation", "unit", "recurrence", "file", "kind", "script")
                else changed(item)
                for key, item in value.items()
            }
        return value

    return pattern.sub(lambda m: words[m[0]], text), changed(gold)


def rare_roles(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Exchange some role words for rarer ones."""
    return _exchange(text, gold, {a: b for a, b in _ROLES.items() if rng.random() < 0.5} or _ROLES)


def rare_bounds(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Exchange some comparators for rarer ones."""
    return _exchange(text, gold, {a: b for a, b in _BOUNDS.items() if rng.random() < 0.5} or _BOUNDS)


def rare_dates(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Exchange some date words for rarer ones."""
    return _exchange(text, gold, {a: b for a, b in _DATES.items() if rng.random() < 0.6} or _DATES)


def rare_marks(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Exchange the marks that part one thing from the next."""
    return _exchange(text, gold, {a: b for a, b in _MARKS.items() if rng.random() < 0.5} or _MARKS)


def new_departments(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Give half of the departments names that no catalogue holds."""
    names = sorted(
        {
            name
            for task in gold["tasks"]
            for role in ("lead", "responsible", "support")
            for name in task.get(role, [])
        }
    )
    chosen = [
        name for name in names if not name.startswith(("各", "全院")) and len(name) > 2 and rng.random() < 0.5
    ]
    made = rng.sample([stem + end for stem in _STEMS for end in _ENDS], len(chosen))
    return _exchange(text, gold, dict(zip(chosen, made, strict=True))) if chosen else (text, gold)


def no_numbers(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Leave out the numbers before items."""
    return re.sub(r"(?m)^[ \u3000]*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、．.](?!\d))", "", text), gold


def one_line(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Run some lines into the line before."""
    return re.sub(r"。\n(?=\S)", lambda _: "。" if rng.random() < 0.4 else "。\n", text), gold


MUTATIONS: list[Callable[[str, Gold, random.Random], tuple[str, Gold]]] = [
    rare_roles, rare_bounds, rare_dates, rare_marks, new_departments, new_departments, no_numbers, one_line,
]  # fmt: skip


def mutated(text: str, gold: Gold, rng: random.Random) -> tuple[str, Gold]:
    """Return a document and its gold after one or two mutations."""
    gold = json.loads(json.dumps(gold))
    for change in rng.sample(MUTATIONS, rng.choice([1, 2])):
        text, gold = change(text, gold, rng)
    return text, gold
