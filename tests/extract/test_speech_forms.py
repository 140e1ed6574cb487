"""Speech and minutes: forms that blind documents showed."""

import pytest

from planparse import extract

HEAD = "某医院召开安全工作会议\n2024年3月5日，医院召开会议。\n"


@pytest.mark.parametrize(
    ("said", "tasks"),
    [
        ("后勤部要在4月15日前完成智能电表安装，能耗支出较上年下降6%。", [(["后勤部"], "2024-04-15")]),
        ("审计室要对近三年耗材合同开展专项审计，6月底前提交审计报告。", [(["审计室"], "2024-06-30")]),
        (
            "医务部表示将在5月底前完成流程修订；护理部表示将每月组织1次质量抽检。",
            [(["医务部"], "2024-05-31"), (["护理部"], None)],
        ),
        ("会议明确了下一步任务：保卫科每月对配电室开展1次联合检查。", [(["保卫科"], None)]),
        (
            "薛文介绍，关节外科将在10月底前与县级医院联网，开通远程手术规划服务。",
            [(["关节外科"], "2024-10-31")],
        ),
        ("全院上下要警钟长鸣、常抓不懈，坚决守住安全底线，为群众健康保驾护航。", []),
        ("全院干部职工要树牢过紧日子思想，心往一处想、劲往一处使。", []),
        ("1月17日至21日，医务科会同护理部对14个临床科室开展质量督查。", []),
    ],
)
def test_who_is_told(said: str, tasks: list[tuple[list[str], str | None]]) -> None:
    plan = extract(HEAD.replace("2024年3月5日，", "2024-03-05 08:15　某医院发布\n") + said + "\n")
    assert [
        ([d.text for d in task.responsible], task.deadline.end if task.deadline else None)
        for task in plan.tasks
    ] == tasks


def test_an_office_with_its_name_is_that_person() -> None:
    plan = extract(HEAD + "院长储怀瑾指出，分管副院长薛景行要每周调度一次装修进度。\n")
    assert [leader.name for leader in plan.tasks[0].leaders] == ["薛景行"]


def test_lines_after_the_last_item_are_its_own() -> None:
    plan = extract(
        "某医院2024年安全工作方案\n一、重点任务\n（一）特种设备\n归口科室：设备部    责任科室：各使用科室    完成时间：2024年第三季度\n"
        "1、规范气瓶存放。空瓶分区放置。\n2、开展压力容器检验。检验合格率不低于98%。\n3、完善报警装置。加装报警器12台。\n  责任科室：设备部\n  完成时间：11月\n"
    )
    assert [
        ([d.text for d in task.lead], [d.text for d in task.responsible], task.deadline and task.deadline.end)
        for task in plan.tasks
    ] == [
        (["设备部"], ["各使用科室"], "2024-09-30"),
        (["设备部"], ["各使用科室"], "2024-09-30"),
        ([], ["设备部"], "2024-11-30"),
    ]


def test_an_actor_is_told_what_it_is_and_then_what_to_do():
    said = "会议要求，信息中心是项目实施主体，5月底前要打通数据接口。各科主任是第一责任人，每月要对本科收支作一次分析。保卫科是消防重点部门。"
    first, second = extract(f"某院2025年4月18日办公会纪要\n{said}\n").tasks
    assert ([d.name for d in first.responsible], first.deadline.end) == (["信息中心"], "2025-05-31")
    assert ([p.name for p in second.leaders], second.deadline.recurrence) == (["各科主任"], "monthly")


def test_a_sentence_keeps_the_quotation_mark_of_a_name_at_its_head():
    said = "会议要求，“厕所革命”由后勤保障部负责，6月底前完成30间卫生间改造。院长说：“医务科要在5月底前完成自查。”"
    assert [task.text[:6] for task in extract(f"某院2025年4月18日办公会纪要\n{said}\n").tasks] == [
        "“厕所革命”",
        "医务科要在5",
    ]


def test_things_are_counted_up_in_plain_words():
    said = "主要抓三件事。头一件是消防。保卫部3月底前检查全院灭火器。第二件是用电，后勤部4月底前拿出改造方案。第三件是危化品。检验科、病理科、药学部三家自查，3月20日前上报台账。"
    tasks = extract(f"在全院安全会议上的讲话\n（2025年3月6日）\n下面讲抓什么。我看{said}\n").tasks
    assert [[d.name for d in task.responsible] for task in tasks] == [
        ["保卫部"],
        ["后勤部"],
        ["检验科", "病理科", "药学部"],
    ]
    assert [task.deadline.end for task in tasks] == ["2025-03-31", "2025-04-30", "2025-03-20"]
