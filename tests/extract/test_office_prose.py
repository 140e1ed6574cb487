"""What offices write in running text, where names and role words stand for something else."""

from __future__ import annotations

import pytest

import planparse
from planparse.model import Plan, Task


def names(task: Task, role: str) -> list[str]:
    return [named.name for named in getattr(task, role)]


def roles(plan: Plan) -> list[tuple[list[str], list[str], list[str]]]:
    return [(names(task, "lead"), names(task, "responsible"), names(task, "support")) for task in plan.tasks]


def test_who_leads_a_thing_does_not_lead_the_task() -> None:
    text = "工作要点\n一、重点任务\n1.依托市人民医院、市中医院牵头的两个医联体，扩大远程会诊范围。\n2.由市人民医院牵头，扩大远程会诊范围。"
    assert roles(planparse.extract(text)) == [([], [], []), (["市人民医院"], [], [])]


@pytest.mark.parametrize("everybody", ["全员", "全院"])
def test_everybody_takes_part_is_a_manner(everybody: str) -> None:
    text = f"工作计划\n一、重点任务\n1.改进手卫生。通过培训先行、{everybody}参与，手卫生依从率达到90%。\n2.开展自查。由院感科负责，各病区参与。"
    assert roles(planparse.extract(text)) == [([], [], []), (["院感科"], [], ["各病区"])]


def test_what_a_thing_needs_is_no_office() -> None:
    text = "工作计划\n一、重点任务\n1.准备演练。演练所需物资由总务科准备。\n2.皮防所须于6月底前完成排查。"
    assert roles(planparse.extract(text)) == [([], ["总务科"], []), ([], ["皮防所"], [])]


def test_a_line_that_announces_aims_makes_no_tasks_of_them() -> None:
    text = "妇幼保健工作计划\n\n全年工作主要目标：\n1、孕产妇系统管理率≥95%，产后访视率≥95%。\n2、农村妇女“两癌”筛查2万人。\n\n围绕上述目标，做好以下工作：\n1、健全三级网络。\n2、开展孕期保健。"
    plan = planparse.extract(text)
    assert [task.title for task in plan.tasks] == ["健全三级网络", "开展孕期保健"]
    assert [(t.indicator, t.relation, t.value, t.task) for t in plan.targets][:2] == [("孕产妇系统管理率", "ge", 95, None), ("产后访视率", "ge", 95, None)]


def test_a_date_inside_the_only_sentence_of_an_aim_dates_no_other_aim() -> None:
    text = "工作计划\n一、工作目标\n1.门诊预约率达到80%（2023年为72%）。\n2.平均住院日控制在8天以内，药占比2025年降至26%。"
    found = {t.indicator: t.deadline and t.deadline.end for t in planparse.extract(text).targets}
    assert found == {"门诊预约率": None, "平均住院日": None, "药占比": "2025-12-31"}


def test_a_rate_for_each_head_and_year_is_no_rhythm() -> None:
    text = "工作安排\n一、重点任务\n1.提高筹资水平。补助标准提高到每人每年240元。\n2.组织培训。每人每年不少于2次。"
    assert [task.deadline and task.deadline.recurrence for task in planparse.extract(text).tasks] == [None, "yearly"]
