"""Who does which of the items above, dates that several actors share, and days that minutes name by their week."""

from __future__ import annotations

import pytest

import planparse
from planparse.model import Task

ITEMS = "松岭县中医院2025年创建方案\n一、任务\n1.改造设施。安装扶手。\n2.清理吸烟区。撤除烟灰缸。\n3.营造氛围。制作短视频。\n"
SHARED = "上述第1、2项由总务科牵头，基建科配合，9月15日前完成；第3项由宣传科负责，10月底前完成。\n"


def roles(task: Task) -> tuple[str | None, list[str], list[str], list[str], str | None]:
    return (
        task.title,
        [d.name for d in task.lead],
        [d.name for d in task.responsible],
        [d.name for d in task.support],
        task.deadline and task.deadline.end,
    )


@pytest.mark.parametrize("below", [SHARED + "二、要求\n1.加强宣传。每月发稿一次。\n", "二、分工\n" + SHARED])
def test_a_line_below_shares_the_items_out(below: str) -> None:
    tasks = planparse.extract(ITEMS + below).tasks
    assert [roles(task) for task in tasks[:3]] == [
        ("改造设施", ["总务科"], [], ["基建科"], "2025-09-15"),
        ("清理吸烟区", ["总务科"], [], ["基建科"], "2025-09-15"),
        ("营造氛围", [], ["宣传科"], [], "2025-10-31"),
    ]
    assert not any("第3项" in task.text or task.title == "分工" for task in tasks)


MINUTES = "松岭县中医院专题会议纪要\n2025年6月18日（星期三）上午，院长主持召开专题会议。会议明确以下事项：\n"


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("财务科本周五前完成一季度成本预测", "2025-06-20"),
        ("总务科下周三前完成机房承重复核", "2025-06-25"),
        ("由信息科牵头，护理部配合，月内完成医嘱系统联调", "2025-06-30"),
        ("园区标识由后勤服务集团于本周日前安装到位", "2025-06-22"),
        ("总务科兜底解决热水问题，7月20日前更换完毕", "2025-07-20"),
    ],
)
def test_days_of_minutes(said: str, end: str) -> None:
    (task,) = planparse.extract(MINUTES + said + "。\n").tasks
    assert (task.lead or task.responsible)[0].name
    assert task.deadline is not None
    assert task.deadline.end == end


def test_a_date_that_heads_a_sentence_holds_for_each_actor() -> None:
    tasks = planparse.extract(
        MINUTES
        + "7月25日前，由总务科完成标识更换，由信息科完成叫号迁移，由门诊部发布就诊指引。医务科每周通报进度。\n"
    ).tasks
    assert [task.deadline and task.deadline.end for task in tasks] == [
        "2025-07-25",
        "2025-07-25",
        "2025-07-25",
        None,
    ]


def test_an_officer_who_sees_to_it_leads() -> None:
    (task,) = planparse.extract(MINUTES + "总会计师蓝梅把关搬迁费用，搬迁总支出不超过680万元。\n").tasks
    assert [leader.name for leader in task.leaders] == ["蓝梅"]


def test_what_is_settled_is_no_target() -> None:
    plan = planparse.extract(
        MINUTES + "会议还通报了上次议定事项办理情况，14项议定事项已办结12项，办结率达到85.7%。\n"
    )
    assert not plan.targets


def test_a_summary_of_work_is_work() -> None:
    text = "松岭县中医院国庆保障通知\n2025年9月22日\n一、工作要求\n1.加强值守。总务科每日巡查。\n2.做好工作总结。院办公室负责，医务科协助，10月13日前完成总结报告。\n"
    assert [task.title for task in planparse.extract(text).tasks] == ["加强值守", "做好工作总结"]


def test_clauses_of_a_review() -> None:
    text = "松岭县中医院等级评审任务清单\n一、任务\n2.1.3 【B】手术分级授权：授权调整及时率100%（责任科室：医务科）\n2.4.1▲【C】危急值管理：通报率≥98%（责任科室：检验科）\n"
    assert [task.title for task in planparse.extract(text).tasks] == ["手术分级授权", "危急值管理"]


def test_steps_and_the_editors_note() -> None:
    text = "松岭县中医院创建方案\n一、步骤\nStep 1：宣传发动（2月1日至2月28日）。张贴海报。\nStep 2：试点先行（3月—6月）。选取病区试行。\n—— 编后语：去年我院收到感谢信312封，同比增加25%。\n"
    plan = planparse.extract(text)
    assert len(plan.tasks) == 2
    assert not plan.targets


def test_a_period_of_building_names_nobody() -> None:
    (task,) = planparse.extract(
        "松岭市2026年规划\n一、重大工程\n1.医学中心提升工程。新增床位800张。（责任单位：市发展改革委；建设期限：2026年—2029年）\n"
    ).tasks
    assert [d.name for d in task.responsible] == ["市发展改革委"]


def test_who_oversees_stands_in_no_item() -> None:
    text = "松岭县中医院2026年方案\n一、任务\n1.推行预约。（牵头科室：门诊部）\n2.强化考核。质控科每月通报进展。（督办：纪检监察室）\n"
    tasks = planparse.extract(text).tasks
    assert tasks[1].text == "强化考核。质控科每月通报进展。"
    assert [d.name for d in tasks[1].responsible] == ["质控科"]


def test_a_leader_alone_may_answer_for_items() -> None:
    text = "松岭县中医院2026年方案\n一、任务\n1.推行预约。优化号源。\n2.强化考核。每月通报。\n以上两项由副院长闻人澈牵头负责。\n"
    assert [[leader.name for leader in task.leaders] for task in planparse.extract(text).tasks] == [
        ["闻人澈"],
        ["闻人澈"],
    ]
