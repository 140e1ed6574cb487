"""Words and layouts that plans use seldom: who leads and who oversees, numbers of one sign, notes, columns, what a count is for."""

from __future__ import annotations

import pytest

import planparse
from planparse.model import Plan, Task

HEAD = "松岭县中医院2025年工作要点\n一、重点任务\n"


def plan_of(body: str) -> Plan:
    return planparse.extract(HEAD + body)


def roles(task: Task) -> tuple[list[str], list[str], list[str]]:
    return [d.name for d in task.lead], [d.name for d in task.responsible], [d.name for d in task.support]


def targets(sentence: str) -> list[tuple[str, str, float, str]]:
    return [
        (t.indicator, t.relation, t.value, t.unit)
        for t in plan_of(f"1.推进工作。{sentence}。（责任科室：护理部）\n").targets
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("（护理部牵总，各病区具体抓，总务科协同）", (["护理部"], ["各病区"], ["总务科"])),
        ("『护理部牵总，总务科协同』", (["护理部"], [], ["总务科"])),
        ("（责任科室：护理部；督办：院办公室）", ([], ["护理部"], [])),
        ("（责任科室：护理部；监督部门：纪检监察室）", ([], ["护理部"], [])),
        ("（护理部负责，各科（所）配合）", (["护理部"], [], ["各科（所）"])),
        ("（责任科室：护理部；立行立改）", ([], ["护理部"], [])),
    ],
)
def test_roles_in_brackets(said: str, expected: tuple[list[str], list[str], list[str]]) -> None:
    (task,) = plan_of(f"1.规范交接班。完善流程，每月自查一次。{said}\n").tasks
    assert roles(task) == expected


def test_who_oversees_is_no_actor() -> None:
    (task,) = plan_of("1.规范交接班。护理部每月自查一次，由院办公室督办。\n").tasks
    assert roles(task) == ([], ["护理部"], [])


@pytest.mark.parametrize("numbers", ["⒈⒉⒊", "㈠㈡㈢", "⑴⑵⑶", "①②③", "❶❷❸"])
def test_numbers_of_one_sign(numbers: str) -> None:
    titles = ["规范交接班", "清理库存", "畅通投诉渠道"]
    plan = plan_of(
        "".join(
            f"{number}{title}。由护理部负责，每月自查一次。\n"
            for number, title in zip(numbers, titles, strict=True)
        )
    )
    assert [task.title for task in plan.tasks] == titles


@pytest.mark.parametrize(
    "line", ["院级牵头部门：护理部", "牵头部门和配合部门：护理部牵头", "主抓牵头部门：护理部"]
)
def test_a_label_with_more_before_it(line: str) -> None:
    (task,) = plan_of(f"1.规范交接班。完善流程，每月自查一次。\n{line}\n完成时限：6月底前\n").tasks
    assert roles(task)[0] == ["护理部"]
    assert task.deadline is not None
    assert task.deadline.end == "2025-06-30"


RECTIFICATION = """松岭县中医院巡察反馈问题整改清单
（2025年3月1日）
问题一：库房管理存在短板
具体表现：账实不符。
整改措施：
（1）清点全部库存，建立台账。
（2）每月抽查一次。（牵头：审计科；5月底前）
牵头部门：设备科
监督部门：纪检监察室
责任领导：（待定）
整改时限：2025年6月底前
问题二：值班脱岗
整改措施：
（1）修订值班制度。
（2）加装门禁12处。
牵头部门和配合部门：保卫科牵头，总务科配合
时限要求：2025年9月底前
工作要求
整改办要于每月25日前汇总整改进度。
"""


def test_the_roles_of_a_problem_hold_for_its_measures() -> None:
    tasks = planparse.extract(RECTIFICATION).tasks
    assert [
        (task.text.rstrip("。")[:4], roles(task)[0], task.deadline and task.deadline.end) for task in tasks
    ] == [
        ("清点全部", ["设备科"], "2025-06-30"),
        ("每月抽查", ["审计科"], "2025-05-31"),
        ("修订值班", ["保卫科"], "2025-09-30"),
        ("加装门禁", ["保卫科"], "2025-09-30"),
        ("整改办要", [], None),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("各乡镇卫生院全部建成发热诊室", [("各乡镇卫生院建成发热诊室", "eq", 100, "%")]),
        ("问题全部整改到位", []),
        ("各科室全部落实到位", []),
        ("购置救护车3辆用于院前急救", [("救护车", "eq", 3, "辆")]),
        ("抽调护士12名支援急诊", [("护士", "eq", 12, "名")]),
        ("整理验方故事40则", [("验方故事", "eq", 40, "则")]),
        ("组织十八项核心制度培训", []),
        ("床位使用率保持在百分之八十五至九十之间", [("床位使用率", "between", 85, "%")]),
    ],
)
def test_targets(sentence: str, expected: list[tuple[str, str, float, str]]) -> None:
    assert targets(sentence) == expected


def test_a_rank_behind_a_colon() -> None:
    plan = planparse.extract("松岭县中医院2025年目标\n一、年度目标\n1.县域绩效考评：全市前3名。\n")
    assert [(t.indicator, t.relation, t.value) for t in plan.targets] == [("县域绩效考评", "le", 3)]


def test_until_the_end_of_the_plans_year_is_ahead() -> None:
    plan = planparse.extract(
        "松岭县中医院2025年工作计划\n一、年度指标\n截至2025年12月31日，门诊候诊时间不超过20分钟，手卫生依从率达到90%。\n"
    )
    assert len(plan.targets) == 2


def test_until_a_month_of_it_is_behind() -> None:
    plan = planparse.extract(
        "松岭县中医院2025年工作计划\n一、基本情况\n截至2025年3月底，手卫生依从率达到90%。\n二、任务\n1.推进日间手术。（医务科）\n"
    )
    assert not plan.targets


@pytest.mark.parametrize(
    ("said", "end"),
    [("上半年完成", "2025-06-30"), ("第三季完成", "2025-09-30"), ("在年内完成", "2025-12-31")],
)
def test_times_behind_who_is_in_charge(said: str, end: str) -> None:
    (task,) = plan_of(f"1.总务科负责{said}停车场扩建。\n").tasks
    assert task.deadline is not None
    assert task.deadline.end == end


def test_every_month_by_a_day_in_chinese_digits() -> None:
    (task,) = plan_of("1.财务科要于每月五日前公布成本核算结果。\n").tasks
    assert task.title == "公布成本核算结果"
    assert task.deadline is not None
    assert task.deadline.recurrence == "monthly"


def test_a_table_headed_by_labels() -> None:
    text = "松岭县中医院2025年任务表\n序号|工作内容|主责|参加|目标日期|性质\n1|推行床旁结算|财务科|信息科、护理部|2025年9月|约束性\n2|清理长期挂账|财务科|审计科|2025年10月|预期性\n"
    tasks = planparse.extract(text).tasks
    assert [(roles(task), task.deadline and task.deadline.end) for task in tasks] == [
        ((["财务科"], [], ["信息科", "护理部"]), "2025-09-30"),
        ((["财务科"], [], ["审计科"]), "2025-10-31"),
    ]
    assert not any(task.leaders for task in tasks)


def test_an_indicator_sheet_with_a_column_of_kinds_makes_no_tasks() -> None:
    text = "松岭县规划\n一、目标\n| 领域 | 指标 | 单位 | 2025年目标值 | 性质 |\n|---|---|---|---|---|\n| 防控 | 报告及时率 | % | ≥95 | 约束性 |\n| 服务 | 健康素养水平 | % | 30 | 预期性 |\n"
    plan = planparse.extract(text)
    assert not plan.tasks
    assert [t.value for t in plan.targets] == [95, 30]


def test_the_end_of_a_web_page() -> None:
    body = "1.规范交接班。（责任科室：护理部）\n（编辑：院办公室 审核：林一鸣）\n上一篇：我院召开例会\n相关阅读\n· 由护理部牵头的静疗小组授牌（06-12）\n· 我院力争2026年建成区域中心（05-30）\n您是第 18,906 位访客\n"
    plan = plan_of(body)
    assert [roles(task) for task in plan.tasks] == [([], ["护理部"], [])]


def test_signatures_name_no_leaders() -> None:
    plan = plan_of(
        "1.规范交接班。（责任科室：护理部）\n二、附则\n本责任书一式两份。\n\n甲方（盖章）：　　乙方（盖章）：\n负责人：王一鸣　　负责人：李沐\n"
    )
    assert len(plan.tasks) == 1


def test_notes_below_a_table_are_no_items() -> None:
    text = "松岭县中医院2025年任务表\n指标\n目标值\n责任科室\n候诊时间\n30分钟以内\n门诊部\n处方合格率\n≥98%\n药剂科\n\n补充事项\n\n1、由医务科牵总，各科室协同，自2025年5月起实行操作考核。\n2、护理部每周抽查器械清点情况。\n\n注\n1.基线由统计室提供。\n2.考核低于80分的科室取消评优资格。\n"
    tasks = planparse.extract(text).tasks
    assert [roles(task) for task in tasks] == [
        ([], ["门诊部"], []),
        ([], ["药剂科"], []),
        (["医务科"], [], ["各科室"]),
        ([], ["护理部"], []),
    ]


def test_minutes_go_on_behind_role_lines() -> None:
    text = "松岭县中医院搬迁专题会议纪要\n2025年8月19日，院长主持召开专题会议。会议明确以下事项：\n（一）后勤保障。开通通勤线路6条。\n牵头部门：总务科\n完成时限：10月5日\n\n会议决定建立两项机制：\n一是日调度机制。办公室负责每日汇总进展。\n二是应急机制。由应急办牵头，医务科参与，9月15日前编制预案。\n"
    tasks = planparse.extract(text).tasks
    assert [roles(task) for task in tasks] == [
        (["总务科"], [], []),
        ([], ["办公室"], []),
        (["应急办"], [], ["医务科"]),
    ]


def test_who_is_cared_for_answers_for_nothing() -> None:
    (task,) = plan_of("1.关爱职工：完善疗休养制度，每季度走访一次。\n").tasks
    assert task.title == "关爱职工"
    assert roles(task) == ([], [], [])
