"""Sections without numbers, blocks of a rectification, items among aims: which lines belong together, and what they are."""

from __future__ import annotations

from planparse import Plan, extract


def told(plan: Plan) -> list[tuple[str, list[str], list[str], str | None]]:
    """Return (text, lead, responsible, day) of each task."""
    return [
        (
            t.text[:6],
            [d.name for d in t.lead],
            [d.name for d in t.responsible],
            t.deadline.end if t.deadline else None,
        )
        for t in plan.tasks
    ]


RECTIFIED = """松岭县中医院关于巡察反馈意见的整改方案
一、组织领导
成立整改工作专班，由院长杜明远任组长，其他班子成员为成员。专班办公室设在院办公室。
二、整改任务
（一）关于“耗材管理粗放”问题
问题表现：库房盘点差异较大，个别科室私存耗材。
整改措施：
1.建立耗材二级库，每月盘点一次。
2.上线耗材追溯系统，追溯率达到98%以上。
责任领导：杜明远
牵头科室：设备科　　责任科室：各临床科室
整改时限：2025年8月31日前
（二）关于“排班不合理”问题
问题表现：夜班人手不足。
整改措施：
1.修订弹性排班办法。
责任科室：护理部
整改时限：2025年6月底前
"""


def test_numbered_sections_are_no_labels_of_a_form() -> None:
    plan = extract(RECTIFIED)
    assert told(plan) == [
        ("建立耗材二级", ["设备科"], ["各临床科室"], "2025-08-31"),
        ("上线耗材追溯", ["设备科"], ["各临床科室"], "2025-08-31"),
        ("修订弹性排班", [], ["护理部"], "2025-06-30"),
    ]


def test_problems_numbered_by_words_and_a_blank_hold_their_measures() -> None:
    plan = extract(
        "松岭县中医院整改方案\n\n问题一　病历归档不及时\n存在问题：三日归档率不足七成。\n整改措施：\n"
        "1.建立归档提醒。\n2.按周通报迟交病历。\n牵头科室：病案室\n整改时限：2025年9月底前\n\n"
        "问题二　陪护管理松散\n整改措施：\n1.推行一患一陪护。（责任科室：护理部；完成时限：2025年7月底前）\n"
    )
    assert told(plan) == [
        ("建立归档提醒", ["病案室"], [], "2025-09-30"),
        ("按周通报迟交", ["病案室"], [], "2025-09-30"),
        ("推行一患一陪", [], ["护理部"], "2025-07-31"),
    ]


def test_short_lines_between_blank_lines_are_sections_of_one_rank() -> None:
    plan = extract(
        "松岭县中医院2025年下半年工作安排\n\n年度目标\n到2025年底，平均住院日降到8天以下。\n\n诊疗服务\n"
        "1.由针灸科牵头，康复科配合，9月底前开设夜间门诊。\n2.由药剂科负责，每月抽查处方一次。\n\n"
        "后勤信息\n信息科负责7月底前完成机房搬迁，总务科负责10月底前完成锅炉改造。\n\n"
        "党建人才\n1.由人事科牵头，10月底前完成招聘12人。\n"
    )
    assert told(plan) == [
        ("由针灸科牵头", ["针灸科"], [], "2025-09-30"),
        ("由药剂科负责", [], ["药剂科"], None),
        ("信息科负责7", [], ["信息科"], "2025-07-31"),
        ("总务科负责1", [], ["总务科"], "2025-10-31"),
        ("由人事科牵头", ["人事科"], [], "2025-10-31"),
    ]
    first = plan.targets[0]
    assert (first.indicator, first.value, first.task) == ("平均住院日", 8, None)


def test_an_item_among_aims_that_says_who_leads_is_work() -> None:
    plan = extract(
        "松岭县中医院2025年工作安排\n一、工作目标\n1.平均住院日降到8天以下。\n2.由护理部牵头，9月底前建成静疗门诊。\n"
    )
    assert told(plan) == [("由护理部牵头", ["护理部"], [], "2025-09-30")]
    assert [t.indicator for t in plan.targets] == ["平均住院日"]


def test_lines_of_indicators_below_a_table_are_aims() -> None:
    plan = extract(
        "松岭县中医院2026年任务分工表\n\n科室\t任务\t时限\n医务科\t推进日间手术\t2026年4月30日前\n护理部\t开展静疗培训\t2026年6月底前\n\n"
        "附：运行监测指标\n平均住院日：≤7.5天\n床位周转次数：40—45次\nCMI：0.92以上\n"
    )
    assert [(t.indicator, t.relation, t.value, t.task) for t in plan.targets] == [
        ("平均住院日", "le", 7.5, None),
        ("床位周转次数", "between", 40, None),
        ("CMI", "ge", 0.92, None),
    ]
    assert len(plan.tasks) == 2


def test_a_list_of_what_there_is_states_no_aims() -> None:
    plan = extract(
        "松岭县中医院2026年工作方案\n开放床位：480张\n在岗职工：612人\n一、重点任务\n1.推进日间手术。（责任科室：医务科）\n"
    )
    assert plan.targets == ()


def test_conditions_of_selection_are_no_work() -> None:
    plan = extract(
        "松岭县中医院人才计划\n一、建设思路\n坚持引育并举，以人才强学科。\n二、遴选条件\n（一）领军人才。年龄不超过50周岁，近五年发表论文5篇以上。\n"
        "三、重点任务\n（一）引进人才。引进博士3名。（牵头科室：人事科）\n"
    )
    assert [t.lead[0].name for t in plan.tasks] == ["人事科"]
    assert [(t.indicator, t.value) for t in plan.targets] == [("博士", 3)]


def test_numbers_in_brackets_stop_where_the_numbers_above_them_go_on():
    def block(number: int, heading: str, who: str) -> list[str]:
        return [f"{number}.{heading}", "（1）编制工作清单。", "（2）组织现场核查。", f"责任科室：{who}"]

    blocks = [("整治噪声", "总务科"), ("整治积水", "基建科"), ("整治乱停车", "保卫科")]
    lines = [line for k, (heading, who) in enumerate(blocks, 1) for line in block(k, heading, who)]
    plan = extract("\n".join(["栗山县中医院环境整治方案", "二、重点任务", *lines]))
    assert [(t.number, t.responsible[0].name) for t in plan.tasks] == [
        (f"二/{k}/（{n}）", who) for k, (_, who) in enumerate(blocks, 1) for n in (1, 2)
    ]


def test_labels_in_brackets_head_measures():
    text = (
        "栗山县中医院巡察反馈问题整改方案\n一、整改任务\n（一）值班制度执行不严\n【存在问题】交接班记录缺项。\n"
        "【整改措施】①重印交接班本；②每周抽查值班记录。\n【责任科室】医务科\n【整改时限】2025年5月底前\n【整改情况】正在推进。"
    )
    plan = extract(text)
    assert [t.text for t in plan.tasks] == ["重印交接班本；", "每周抽查值班记录。"]
    assert {(t.responsible[0].name, t.deadline.end) for t in plan.tasks if t.deadline} == {
        ("医务科", "2025-05-31")
    }
