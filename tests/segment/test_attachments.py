from __future__ import annotations

import pytest

from planparse import extract

BODY = """澄川市第一医院2024年重点工作实施方案
一、主要任务
（一）推进日间手术。扩大病种范围。（责任科室：医务科）
二、保障措施
（一）强化考核
1.学科建设。把学科建设纳入科室考核。（责任科室：人事科）
"""
TABLE = "序号\t重点任务\t工作措施\t责任科室\t完成时限\n1\t日间手术\t扩大病种\t医务科\t6月底\n2\t护理质量\t开展培训\t护理部\t9月底\n"
HEADINGS = [
    "附件：重点工作任务分解表\n",
    "附件1：重点工作任务分解表\n",
    "附件1 重点工作任务分解表\n",
    "附件\n重点工作任务分解表\n",
    "附件：1.重点工作任务分解表\n2.专班名单\n澄川市第一医院\n2024年3月1日\n附件1\n重点工作任务分解表\n",
    "附件：重点工作任务分解表\n单位：台\n",
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_table_in_an_attachment_is_in_no_section(heading):
    plan = extract(BODY + heading + TABLE)
    rows = [task for task in plan.tasks if task.source == "table"]
    assert [(task.number, task.path) for task in rows] == [("1", ()), ("2", ())]
    assert [task.text for task in plan.tasks if task.source != "table"] == [task.text for task in extract(BODY).tasks]


def test_a_table_in_a_section_keeps_its_section():
    plan = extract("澄川市第一医院实施方案\n一、主要任务\n" + TABLE)
    assert [(task.number, task.path) for task in plan.tasks] == [("一/1", ("主要任务",)), ("一/2", ("主要任务",))]


def test_an_attachment_named_in_a_section_ends_no_outline_without_a_table():
    plan = extract("澄川市第一医院实施方案\n一、主要任务\n（一）推进日间手术。扩大病种。\n附件：病种目录\n（二）加强护理质量。开展培训。（责任科室：护理部）")
    assert plan.tasks[-1].number == "一/（二）"
