"""Years in Chinese digits count as those in Arabic ones: of the document, of a section, and as points of comparison."""

from __future__ import annotations

import pytest

import planparse

PLAN = """松岭县中医院二〇二五年护理工作计划
一、重点任务
1.规范交接班。（责任科室：护理部；完成时限：6月底前）
2.降低能耗。万元收入能耗较二〇二四年下降6%。（责任科室：总务科）
"""


@pytest.mark.parametrize("zero", "〇○零")
def test_the_title_gives_the_year(zero: str) -> None:
    plan = planparse.extract(PLAN.replace("〇", zero))
    assert plan.tasks[0].deadline is not None
    assert plan.tasks[0].deadline.end == "2025-06-30"


def test_a_year_of_comparison_is_no_part_of_an_indicator() -> None:
    (target,) = planparse.extract(PLAN).targets
    assert (target.indicator, target.relation, target.value) == ("万元收入能耗", "decrease_by", 6)


def test_running_text_gives_the_year() -> None:
    text = "二〇二五年三月十日，院长主持召开例会。会议要求，医保办牵头，财务科配合，3月底前完成自查。\n"
    (task,) = planparse.extract(text).tasks
    assert task.deadline is not None
    assert task.deadline.end == "2025-03-31"


def test_a_line_of_issue_is_no_task() -> None:
    text = (
        PLAN
        + "3.畅通投诉渠道，压实首诉负责。\n责任部门：门诊部\n\n松岭县中医院办公室　　二〇二五年一月二十二日印发\n"
    )
    plan = planparse.extract(text)
    assert len(plan.tasks) == 3
    assert plan.document.date == "2025-01-22"


def test_a_year_without_century_is_a_ward() -> None:
    plan = planparse.extract(
        "松岭县中医院工作安排\n一、任务\n1.二〇二病区试点责任制护理。（责任科室：护理部；完成时限：6月底前）\n"
    )
    assert plan.tasks[0].deadline is None or plan.tasks[0].deadline.end is None
