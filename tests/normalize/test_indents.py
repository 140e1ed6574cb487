"""Paragraphs that a tab sets in are paragraphs: only a tab inside a line parts cells."""

from __future__ import annotations

import pytest

import planparse
from planparse.normalize.width import narrow

PLAN = """松岭县中医院2025年工作要点
一、重点任务
（一）规范交接班。完善流程，每月自查一次。
责任科室：护理部
完成时限：6月底前
（二）清理长期挂账。清理率达到95%。（牵头科室：财务科；配合科室：审计科）
"""


@pytest.mark.parametrize("indent", ["\t", "\t\t", " \t", "　\t"])
def test_a_plan_set_in_by_tabs(indent: str) -> None:
    plan, plain = (
        planparse.extract("\n".join(indent + line for line in PLAN.split("\n"))),
        planparse.extract(PLAN),
    )
    assert [(t.title, t.lead and t.lead[0].name, t.deadline and t.deadline.end) for t in plan.tasks] == [
        (t.title, t.lead and t.lead[0].name, t.deadline and t.deadline.end) for t in plain.tasks
    ]
    assert len(plan.targets) == 1


def test_a_row_that_begins_with_blank_cells_stays_a_row() -> None:
    text = "松岭县中医院2025年任务表\n序号\t工作任务\t措施\t责任科室\n1\t规范交接班\t完善流程\t护理部\n\t\t每月自查一次\n\t\t公示结果\t质控科\n"
    assert [task.text for task in planparse.extract(text).tasks] == ["完善流程", "每月自查一次", "公示结果"]


def test_a_heading_below_a_table_is_no_row() -> None:
    text = "松岭县中医院2025年任务表\n序号\t工作任务\t责任科室\n1\t规范交接班\t护理部\n\t二、保障措施\n\t（一）强化督导。每季度通报一次。（责任科室：院办公室）\n"
    assert [[d.name for d in task.responsible] for task in planparse.extract(text).tasks] == [
        ["护理部"],
        ["院办公室"],
    ]


def test_nothing_moves() -> None:
    text = "\t第一段\n序号\t任务\n\t续\n"
    assert len(narrow(text)) == len(text)
    assert narrow(text) == " 第一段\n序号\t任务\n\t续\n"


def test_many_tabs_take_linear_time() -> None:
    assert len(narrow("\t" * 200_000 + "任务")) == 200_002
    assert len(narrow("a\tb\n" + ("\t" + "。" * 60 + "\n") * 3_000)) > 100_000
