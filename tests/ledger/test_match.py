"""Which task goes on as which: every task in exactly one link, whatever the order."""

from __future__ import annotations

import time

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from officeplans import big_plan

from planparse.ledger.diff import compare, describe
from planparse.ledger.match import match
from planparse.model import Deadline, Department, Document, Plan, Task


def task(name: str, text: str, *, title: str | None = None, lead: str = "", end: str | None = None) -> Task:
    return Task(
        id=name,
        number=name,
        path=(),
        title=title,
        text=text,
        span=(0, len(text)),
        lead=(Department(name=lead, text=lead, span=(0, 1)),) if lead else (),
        deadline=Deadline(text="月底", end=end) if end else None,
    )


def plan(*tasks: Task) -> Plan:
    return Plan(document=Document(id="d", source="a.txt"), tasks=tasks)


OLD = (
    task(
        "a",
        "推行分时段精准预约，完善线上线下一体化预约平台，预约诊疗率达到80%以上。",
        lead="门诊部",
        end="2024-06-30",
    ),
    task(
        "b", "成立入院准备中心，统筹使用全院床位。设立日间手术病房，开展日间手术不少于300例。", lead="医务科"
    ),
    task("c", "改造老旧病房卫生间，更换无障碍设施。", lead="总务科"),
    task("d", "每季度召开一次医疗质量分析会。", lead="质控科"),
)


def test_unchanged_reworded_changed_split_new_and_dropped():
    new = (
        task("n1", "新建儿童发热门诊并投入使用。", lead="基建科"),
        task(
            "n2",
            "推行分时段精准预约，完善线上线下一体化预约平台，预约诊疗率达到85%以上。",
            lead="门诊部",
            end="2024-06-30",
        ),
        task("n3", "成立入院准备中心，统筹使用全院床位。", lead="医务科"),
        task("n4", "设立日间手术病房，开展日间手术不少于300例。", lead="日间手术中心"),
        task("n5", "每季度召开一次医疗质量分析会。", lead="医务科"),
    )
    changes = compare(plan(*OLD), plan(*new))
    assert [(c.kind, [t.id for t in c.old], sorted(t.id for t in c.new)) for c in changes] == [
        ("new", [], ["n1"]),
        ("reworded", ["a"], ["n2"]),
        ("split", ["b"], ["n3", "n4"]),
        ("changed", ["d"], ["n5"]),
        ("dropped", ["c"], []),
    ]
    assert [(f.field, f.before, f.after) for f in changes[3].fields if f.field != "编号"] == [
        ("牵头科室", "质控科", "医务科")
    ]
    told = describe(changes)
    assert told[0] == "调整 1，改写 1，拆分 1，新增 1，取消 1"


def test_two_tasks_made_one_are_merged():
    new = (task("n", "改造老旧病房卫生间，更换无障碍设施，每季度召开一次医疗质量分析会。"),)
    changes = compare(plan(OLD[2], OLD[3]), plan(*new))
    assert [(c.kind, len(c.old), len(c.new)) for c in changes] == [("merged", 2, 1)]


def test_same_tasks_in_another_order_are_the_same():
    assert {c.kind for c in compare(plan(*OLD), plan(*reversed(OLD)))} == {"same"}


def test_twins_are_paired_by_their_departments():
    old = (task("a", "加强学习培训。", lead="护理部"), task("b", "加强学习培训。", lead="医务科"))
    changes = compare(
        plan(*old), plan(*(msgspec.structs.replace(t, id="x" + t.id, number="9") for t in reversed(old)))
    )
    assert [(c.kind, c.old[0].lead[0].name, c.new[0].lead[0].name) for c in changes] == [
        ("same", "医务科", "医务科"),
        ("same", "护理部", "护理部"),
    ]


texts = st.lists(st.text("预约床位手术病房质量改进培训考核一二三。，", max_size=24), max_size=12)


@given(texts, texts)
@settings(max_examples=150, deadline=None)
def test_every_task_stands_in_exactly_one_link(old, new):
    links = match([task(str(k), t) for k, t in enumerate(old)], [task(str(k), t) for k, t in enumerate(new)])
    assert sorted(k for link in links for k in link.old) == list(range(len(old)))
    assert sorted(k for link in links for k in link.new) == list(range(len(new)))
    assert all(link.old or link.new for link in links)


@given(texts, st.randoms())
@settings(max_examples=60, deadline=None)
def test_a_shuffled_plan_has_no_change(old, random):
    tasks = [task(str(k), t) for k, t in enumerate(old)]
    mixed = tasks[:]
    random.shuffle(mixed)
    assert {c.kind for c in compare(plan(*tasks), plan(*mixed))} <= {"same"}


def test_large_plans_are_compared_without_their_product():
    big = big_plan(3000)
    changed = [
        msgspec.structs.replace(t, id="x" + t.id, text=t.text.replace("梳理现行流程", "全面梳理现有流程"))
        for t in big.tasks
    ]
    start = time.process_time()
    links = match(big.tasks, changed)
    assert time.process_time() - start < 40
    assert all(link.old == link.new for link in links)
