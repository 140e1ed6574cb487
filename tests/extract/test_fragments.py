"""A sentence or two, as one pastes them into a notebook: nothing of them is taken for a title."""

import pytest

from planparse import extract


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("药占比控制在20%左右。", [("药占比", "about", 20, "%")]),
        ("门诊患者满意度达到95%以上", [("门诊患者满意度", "ge", 95, "%")]),
        (
            "全院药占比不超过30%，平均住院日不超过8天。",
            [("药占比", "le", 30, "%"), ("平均住院日", "le", 8, "天")],
        ),
        ("2025年工作要点\n药占比控制在25%以下", [("药占比", "le", 25, "%")]),
        ("去年药占比为32%，同比下降2个百分点。", []),
    ],
)
def test_what_a_sentence_demands_is_a_target(text, found):
    assert [(t.indicator, t.relation, t.value, t.unit) for t in extract(text).targets] == found


@pytest.mark.parametrize(
    ("text", "lead", "responsible"),
    [
        ("推进医联体建设。（责任科室：医务科、护理部）", [], ["医务科", "护理部"]),
        ("加强急诊绿色通道建设（医务科、急诊科）", [], ["医务科", "急诊科"]),
        ("医务科牵头推进日间手术。", ["医务科"], []),
        (
            "优化门诊流程。【牵头部门：门诊部；责任部门：信息中心】\n规范药事管理。【责任部门：药剂科】",
            ["门诊部"],
            ["信息中心"],
        ),
    ],
)
def test_a_lone_annotated_line_is_a_task(text, lead, responsible):
    plan = extract(text)
    assert plan.document.title is None
    assert ([r.text for r in plan.tasks[0].lead], [r.text for r in plan.tasks[0].responsible]) == (
        lead,
        responsible,
    )


@pytest.mark.parametrize(
    "text",
    [
        "云岭县人民医院2025年工作要点",
        "（牵头科室：医务科）",
        "牵头科室：医务科",
        "关于做好近期工作的通知\n云岭县人民医院",
    ],
)
def test_a_title_or_a_label_alone_is_no_record(text):
    plan = extract(text)
    assert (plan.tasks, plan.targets) == ((), ())
