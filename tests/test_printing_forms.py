"""A law: the same records read the same in every print. Documents are drawn from dimensions of print, with fixed seeds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from random import Random
from typing import Any

import pytest

from planparse import Plan, extract

#: heading, act, what is to be reached, and how that reads: indicator, relation, value
ITEMS = [
    ("优化接诊流程", "完善预检分诊和床旁结算", "急诊滞留时间不超过6小时", ("急诊滞留时间", "le", 6)),
    ("推进中医康复", "扩大针灸推拿服务范围", "康复治疗占比提高到22%", ("康复治疗占比", "ge", 22)),
    ("加强处方管理", "开展处方点评并公示结果", "处方合格率达到98%以上", ("处方合格率", "ge", 98)),
    ("改造病区环境", "更换老旧病床和护理呼叫系统", "翻新走廊扶手", None),
    ("规范病案管理", "加强首页质控和编码培训", "病案甲级率不低于93%", ("病案甲级率", "ge", 93)),
    ("强化骨干培养", "制定进修计划和带教办法", "选派骨干医师9名", ("骨干医师", "eq", 9)),
    ("降低能源消耗", "实行分楼层用电计量", "万元收入能耗支出下降4%", ("万元收入能耗支出", "decrease_by", 4)),
    ("改善老年服务", "设置老年人绿色窗口", "增设轮椅租借点", None),
]  # fmt: skip
INDICATORS = [
    ("平均住院日", "天", "le", 8.2), ("药占比", "%", "le", 27), ("病床使用率", "%", "ge", 86), ("CMI值", "", "ge", 0.95),
    ("门诊满意度", "%", "ge", 91), ("院感发生率", "%", "lt", 2), ("科研立项数", "项", "ge", 7), ("日间手术占比", "%", "gt", 12),
]  # fmt: skip
PROBLEMS = [
    ("值班制度执行不严", "交接班记录存在缺项", ["重印交接班记录本", "每周抽查值班情况并通报"]),
    ("库房账物不符", "部分耗材未及时出库", ["开展耗材库房盘点", "启用扫码出库系统"]),
    ("投诉答复不及时", "个别投诉超过时限未答复", ["优化投诉接待流程", "设立投诉督办岗位"]),
    ("设备校验不及时", "部分监护仪未按期校验", ["逐台校验监护设备", "建立设备校验台账"]),
]
DEPARTMENTS = [
    "医务科",
    "护理部",
    "药学部",
    "信息科",
    "质控科",
    "总务科",
    "财务科",
    "人事科",
    "门诊部",
    "康复科",
]
LEADERS = ["司徒静", "宗政远", "王建华", "陈国栋"]
DATES = [("2025年6月底前", "2025-06-30"), ("9月30日前", "2025-09-30"), ("2025年第三季度", "2025-09-30"), ("年底前", "2025-12-31")]  # fmt: skip
LABELS = [
    {"lead": "牵头科室", "responsible": "责任科室", "support": "配合科室", "leaders": "责任领导", "deadline": "完成时限"},
    {"lead": "牵头部门", "responsible": "责任部门", "support": "配合部门", "leaders": "分管领导", "deadline": "完成时间"},
    {"lead": "主责科室", "responsible": "落实科室", "support": "协同科室", "leaders": "包保领导", "deadline": "时限要求"},
]  # fmt: skip
SHAPES = ["lead support", "responsible", "responsible leaders", "lead responsible support leaders"]
HAN, RINGS = "一二三四五六七八", "①②③④⑤⑥⑦⑧"
FRONT = "栗山县中医院2025年重点工作任务分解"
FOOT = ["", "栗山县中医院\n2025年1月16日"]

#: how an item is printed: its number below a section and without one, its heading, the place of its annotation
SECTIONS = {"一、重点任务": ["", "（一）", "1.", "1、", "①", "(1)"], "": ["", "一、", "1.", "1、", "第一、"]}
HEADS = ["{n}{t}。{b}", "{n}{t}：{b}", "{n}{t}\n{b}", "{n}{t}\n\n{b}", "{n}【{t}】{b}"]
PLACES = ["{i}。（{a}）", "{i}（{a}）。", "{i}。【{a}】", "{i}。\n{a}", "{i}。\n{lines}", "{i}。\n（{a}）"]
#: how a table is printed: its columns, and how a row is
COLUMNS = ["index task measure lead support leaders deadline", "index task measure responsible deadline", "task measure responsible leaders deadline",
           "index measure lead support deadline", "task measure deadline responsible"]  # fmt: skip
HEADERS = {
    "index": ["序号", "编号", "NO."], "task": ["重点任务", "工作任务", "任务名称", "重点工作事项"], "measure": ["工作措施", "具体举措", "工作措施及要求", "推进计划"],
    "lead": ["牵头科室", "主责部门"], "responsible": ["责任科室", "责任处（科）室"], "support": ["配合科室", "协办部门"],
    "leaders": ["责任领导", "分管院长"], "deadline": ["完成时限", "时间节点"],
}  # fmt: skip
ROWS = ["\t", " | ", "| {} |", "  ", "\n"]
#: how an indicator and the value are printed
SIGNS = {"le": ["≤{}", "不超过{}", "{}以内"], "ge": ["≥{}", "不低于{}", "{}以上"], "lt": ["<{}", "低于{}"], "gt": ["＞{}", "高于{}"]}  # fmt: skip
BULLETS = ["", "1.", "（1）", "①", "- ", "· "]
OWNERS = ["", "（{}）", "（责任科室：{}）", "；责任科室：{}", "，由{}负责"]
#: how a problem and its measures are printed
BLOCKS = ["（一）{p}\n", "1.{p}\n", ""]
FIELDS = ["{}：{}", "【{}】{}"]
#: how a clerk may have typed the whole
HABITS: list[Callable[[str], str]] = [
    str,
    lambda text: text.replace("\n", "\r\n"),
    lambda text: "\n".join("\u3000\u3000" + line if line else line for line in text.split("\n")),
    lambda text: text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}),
]


def _number(style: str, k: int) -> str:
    return style.replace("一", HAN[k]).replace("1", str(k + 1)).replace("①", RINGS[k])


def _assigned(draw: Random, shape: str) -> dict[str, Any]:
    """Who does it and by when: the names of each role."""
    names = iter(draw.sample(DEPARTMENTS, 6))
    roles = {
        role: [next(names) for _ in range(draw.choice([1, 1, 2]))]
        for role in shape.split()
        if role != "leaders"
    }
    return {
        **roles,
        "leaders": [draw.choice(LEADERS)] if "leaders" in shape else [],
        "deadline": draw.choice(DATES),
    }


def _fields(record: dict[str, Any], labels: dict[str, str]) -> list[tuple[str, str]]:
    shown = {
        role: "、".join(record.get(role) or []) for role in ("leaders", "lead", "responsible", "support")
    }
    shown["deadline"] = record["deadline"][0]
    return [(labels[key], value) for key, value in shown.items() if value]


def _items(draw: Random) -> tuple[str, list[dict[str, Any]]]:
    """A plan: items with a heading and an annotation."""
    section = draw.choice(list(SECTIONS))
    style, head, place, labels = draw.choice(SECTIONS[section]), draw.choice(HEADS), draw.choice(PLACES), draw.choice(LABELS)  # fmt: skip
    printed, records = [], []
    for k, (title, act, aim, target) in enumerate(draw.sample(ITEMS, 3)):
        record = _assigned(draw, draw.choice(SHAPES)) | {"title": title, "said": act, "target": target}
        notes = [f"{label}：{value}" for label, value in _fields(record, labels)]
        item = head.format(n=_number(style, k), t=title, b=f"{act}，{aim}")
        printed.append(place.format(i=item, a="；".join(notes), lines="\n".join(notes)))
        records.append(record)
    return "\n".join(filter(None, [FRONT, section, *printed, draw.choice(FOOT)])), records


def _table(draw: Random) -> tuple[str, list[dict[str, Any]]]:
    columns, row = draw.choice(COLUMNS).split(), draw.choice(ROWS)
    shape = " ".join(c for c in columns if c in ("lead", "responsible", "support", "leaders"))
    rows, records = [[draw.choice(HEADERS[c]) for c in columns]], []
    for k, (title, act, aim, target) in enumerate(draw.sample(ITEMS, 4)):
        title_of = title if "task" in columns else None
        record = _assigned(draw, shape) | {"title": title_of, "said": act, "target": target}
        cells = {
            "index": str(k + 1),
            "task": title,
            "measure": f"{act}，{aim}。",
            "deadline": record["deadline"][0],
        }
        rows.append([cells[c] if c in cells else "、".join(record[c]) for c in columns])
        records.append(record)
    lines = [row.format(" | ".join(cells)) if "{}" in row else row.join(cells) for cells in rows]
    return "\n".join(filter(None, [FRONT + "表", *lines, draw.choice(FOOT)])), records


def _rectified(draw: Random) -> tuple[str, list[dict[str, Any]]]:
    """Problems with their measures, one record a measure."""
    block, field, labels = draw.choice(BLOCKS), draw.choice(FIELDS), draw.choice(LABELS)
    printed, records = [], []
    for k, (heading, problem, measures) in enumerate(draw.sample(PROBLEMS, 3)):
        record = _assigned(draw, "responsible leaders") | {"target": None}
        told = "；".join(f"{RINGS[n]}{measure}" for n, measure in enumerate(measures)) + "。"
        pairs = [
            ("存在问题", f"{problem}。"),
            ("整改措施", told),
            *_fields(record, labels),
            ("整改情况", "正在推进。"),
        ]
        lines = [field.format(label, value) for label, value in pairs]
        printed.append(_number(block, k).replace("{p}", heading) + "\n".join(lines))
        # a form of labels is a row of a table, whose measures have no title
        titles = [measure.removeprefix("每周") if block else None for measure in measures]
        records += [
            record | {"title": title, "said": measure}
            for title, measure in zip(titles, measures, strict=True)
        ]
    return "\n".join(["栗山县中医院2025年问题整改方案", "一、整改任务", *printed]), records


def _differences(plan: Plan, records: list[dict[str, Any]]) -> list[str]:
    wrong = [f"{len(plan.tasks)} tasks"] if len(plan.tasks) != len(records) else []
    for record in records:
        task = next((task for task in plan.tasks if record["said"] in task.text), None)
        if task is None:
            wrong.append(f"no task {record['said']}")
            continue
        read = {"title": task.title, "deadline": task.deadline.end if task.deadline else None}
        read |= {
            role: [d.name for d in getattr(task, role)]
            for role in ("lead", "responsible", "support", "leaders")
        }
        read["target"] = [(x.indicator, x.relation, x.value) for x in plan.targets if x.task == task.id]
        want = {role: record.get(role, []) for role in ("lead", "responsible", "support", "leaders")}
        want |= {"title": record["title"], "deadline": record["deadline"][1], "target": [record["target"]] if record["target"] else []}  # fmt: skip
        wrong += [f"{key} {read[key]} for {want[key]}" for key in want if read[key] != want[key]]
    return wrong


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("form", [_items, _table, _rectified], ids=["items", "table", "rectified"])
def test_records_do_not_depend_on_their_print(form: Callable[[Random], Any], seed: int) -> None:
    for habit in HABITS:
        text, records = form(Random(seed * len(HABITS) + HABITS.index(habit)))
        assert not (wrong := _differences(extract(habit(text)), records)), (wrong, text)


@pytest.mark.parametrize("seed", range(12))
def test_indicators_do_not_depend_on_their_print(seed: int) -> None:
    draw = Random(seed)
    for habit in HABITS:
        section, bullet, owner, stop = draw.choice(["一、主要指标", "二、工作目标"]), draw.choice(BULLETS), draw.choice(OWNERS), draw.choice(["；", "。"])  # fmt: skip
        rows = [(*indicator, draw.sample(DEPARTMENTS, 2)) for indicator in draw.sample(INDICATORS, 4)]
        lines = [
            f"{_number(bullet, k)}{name}：{draw.choice(SIGNS[relation]).format(f'{value:g}{unit}')}{owner.format('、'.join(who))}{stop}"
            for k, (name, unit, relation, value, who) in enumerate(rows)
        ]
        plan = extract(habit("\n".join(["栗山县中医院2025年质量监测指标", section, *lines])))
        read = [(x.indicator, x.unit, x.relation, x.value) for x in plan.targets]
        assert read == [row[:4] for row in rows], lines
        named = {task.id: [d.name for d in chain(task.lead, task.responsible)] for task in plan.tasks}
        assert [named.get(x.task or "") for x in plan.targets] == [
            who if owner else None for *_, who in rows
        ], lines
