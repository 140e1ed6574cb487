"""Names in running text: offices of bodies, names that hold a role word, and what is dealt with beside who deals."""

from __future__ import annotations

import pytest

from planparse import extract


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("市卫生健康委督查室每月通报建设进度。", ["市卫生健康委督查室"]),
        ("县卫健局医政医管股负责8月底前完成培训。", ["县卫健局医政医管股"]),
        ("纪检处要对招标全过程开展监督，8月底前提交报告。", ["纪检处"]),
        ("战备处将对器材开展核查，8月底前通报。", ["战备处"]),
        ("总务部、保卫部每周对氧气站、药品库房联合巡查一次。", ["总务部", "保卫部"]),
        ("医务科、护理部要对口帮扶卫生院，每月巡诊一次。", ["医务科", "护理部"]),
    ],
)
def test_who_acts_in_a_sentence(said: str, names: list[str]) -> None:
    plan = extract(f"松岭县中医院2025年工作安排\n一、重点任务\n1.{said}\n")
    assert [d.name for t in plan.tasks for d in (*t.lead, *t.responsible)] == names


def test_a_name_may_hold_the_word_of_a_role() -> None:
    plan = extract(
        "一、重点任务\n1.建设共享中心。（责任单位：县卫生健康局、各医共体牵头医院；完成时限：2025年12月底前）\n2.统一药品目录。（牵头单位：各医共体牵头医院、县医保局）\n"
    )
    assert [[d.name for d in t.responsible] for t in plan.tasks] == [["县卫生健康局", "各医共体牵头医院"], []]
    assert [[d.name for d in t.lead] for t in plan.tasks] == [[], ["各医共体牵头医院", "县医保局"]]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("由门诊与互联网医院办公室负责随访", ["门诊与互联网医院办公室"]),
        ("预防保健与健康管理科每月随访一次", ["预防保健与健康管理科"]),
        ("护理与患者服务部、门诊部要增设服务点", ["护理与患者服务部", "门诊部"]),
        ("医务科与护理部每月通报一次", ["医务科", "护理部"]),
        ("会议要求后勤服务与安全保障部5月底前完成检修", ["后勤服务与安全保障部"]),
        ("请后勤服务与安全保障部于6月底前报送", ["后勤服务与安全保障部"]),
    ],
)
def test_long_names_in_running_text(said: str, names: list[str]) -> None:
    (task,) = extract(f"松岭县中医院2025年工作安排\n一、重点任务\n1.{said}。\n").tasks
    assert [name.name for name in (*task.lead, *task.responsible)] == names
