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
    assert [task.text for task in plan.tasks if task.source != "table"] == [
        task.text for task in extract(BODY).tasks
    ]


def test_a_table_in_a_section_keeps_its_section():
    plan = extract("澄川市第一医院实施方案\n一、主要任务\n" + TABLE)
    assert [(task.number, task.path) for task in plan.tasks] == [
        ("一/1", ("主要任务",)),
        ("一/2", ("主要任务",)),
    ]


def test_an_attachment_named_in_a_section_ends_no_outline_without_a_table():
    plan = extract(
        "澄川市第一医院实施方案\n一、主要任务\n（一）推进日间手术。扩大病种。\n附件：病种目录\n（二）加强护理质量。开展培训。（责任科室：护理部）"
    )
    assert plan.tasks[-1].number == "一/（二）"


LETTER = "各科室：\n方案请查收。\n办公室\n"
PLAN = "澄川市第一医院2024年重点工作实施方案\n为推动高质量发展，制定本方案。\n一、主要任务\n1.推进日间手术。扩大病种。（责任科室：医务科）\n"


@pytest.mark.parametrize("between", ["附件：方案.docx\n", "附件1\n", "2024年3月1日\n", ""])
def test_who_signs_a_covering_letter_has_no_task(between):
    plan = extract(LETTER + between + PLAN)
    assert plan.document.title == "澄川市第一医院2024年重点工作实施方案"
    assert [(task.title, [one.name for one in task.responsible]) for task in plan.tasks] == [
        ("推进日间手术", ["医务科"])
    ]


@pytest.mark.parametrize(
    "head", ["澄川市第一医院\n", "澄川市第一医院 内部资料\n", LETTER + "附件：指标.docx\n"]
)
def test_the_title_of_a_table_of_indicators(head):
    plan = extract(
        head
        + "澄川市第一医院2023年度质量指标任务表\n序号\t指标名称\t单位\t目标值\t责任科室\n1\t手卫生依从率\t%\t≥95\t医保办\n"
    )
    assert plan.document.title == "澄川市第一医院2023年度质量指标任务表"
    assert [(target.indicator, target.value) for target in plan.targets] == [("手卫生依从率", 95)]


def test_who_compiles_a_table_has_no_task():
    plan = extract("澄川市第一医院2024年任务分解表\n" + TABLE + "本表由质控办汇总，如有疑问请联系。\n")
    assert [task.number for task in plan.tasks] == ["1", "2"]
