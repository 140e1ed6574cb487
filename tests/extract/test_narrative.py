"""Directives as minutes, speeches and reports of meetings print them: who is told, what a clause refers to, which year."""

import pytest

from planparse.pipeline import extract

HEAD = "医院召开2024年重点工作推进会\n3月5日，医院召开重点工作推进会。会议由副院长主持。\n"


def directives(body: str, head: str = HEAD) -> list[tuple[str, list[str], str | None]]:
    """Return text, everybody named, and end of the deadline of each task."""
    return [
        (
            t.text,
            [d.name for d in (*t.lead, *t.responsible, *t.support)] + [p.name for p in t.leaders],
            t.deadline.end if t.deadline else None,
        )
        for t in extract(head + body).tasks
    ]


@pytest.mark.parametrize(
    ("said", "text", "names"),
    [
        ("会议要求各科室梳理安全隐患，制定改进方案。", "各科室梳理安全隐患，制定改进方案。", ["各科室"]),
        ("会议责成审计科对采购合同进行专项审计。", "审计科对采购合同进行专项审计。", ["审计科"]),
        ("各职能科室一定要组织收看警示片。", "各职能科室一定要组织收看警示片。", ["各职能科室"]),
        ("各工作组组长要每周通报进度。", "各工作组组长要每周通报进度。", ["各工作组组长"]),
        ("产科主任裴玉要提交剖宫产指征分析。", "产科主任裴玉要提交剖宫产指征分析。", ["裴玉"]),
        ("嵇叔夜总会计师要拿出投入产出测算。", "嵇叔夜总会计师要拿出投入产出测算。", ["嵇叔夜"]),
        (
            "质控办（责任人：单于青）每月抽查出院病历。",
            "质控办（责任人：单于青）每月抽查出院病历。",
            ["质控办", "单于青"],
        ),
        ("下周检查督促组将开展现场督查。", "下周检查督促组将开展现场督查。", ["检查督促组"]),
    ],
)
def test_who_is_told(said: str, text: str, names: list[str]) -> None:
    assert [(a, b) for a, b, _ in directives(said)] == [(text, names)]


@pytest.mark.parametrize(
    "said",
    [
        "针对上述问题，已责成后勤处调整转运时段。",
        "按照上级要求各科室开展了自查。",
        "分管领导逐一点评，肯定成绩，指出不足，并提出对下半年各部门开展工作的要求。",
        "此次系统从立项招标到6月份上线耗时一年半。",
        "当时院党委要求每个科室每年至少开展2项新技术。",
    ],
)
def test_what_was_told_or_done_before_is_no_task(said: str) -> None:
    assert directives(said) == []


def test_a_clause_of_names_tells_who_does_the_act_before_it() -> None:
    assert directives("力争10月底前开办托育园；由妇幼部负责，总务部配合。")[0][1:] == (
        ["妇幼部", "总务部"],
        "2024-10-31",
    )
    assert directives("入院准备中心4月1日前必须挂牌，这件事护理部牵头，医务处配合。")[0][1:] == (
        ["护理部", "医务处"],
        "2024-04-01",
    )


def test_a_named_month_of_work_is_no_deadline() -> None:
    assert directives("医务科要做好下半年各项工作，修订考核方案。")[0][2] is None


@pytest.mark.parametrize(
    ("heading", "end"),
    [
        ("三、2025年工作打算", "2025-06-30"),
        ("三、明年工作计划", "2025-06-30"),
        ("三、下一步工作打算", "2024-06-30"),
    ],
)
def test_a_section_plans_its_own_year(heading: str, end: str) -> None:
    report = f"信息科2024年度工作总结\n一、工作回顾\n完成系统升级3次。\n二、存在不足\n人手不足。\n{heading}\n1.6月底前完成电子病历系统升级。"
    assert [task.deadline and task.deadline.end for task in extract(report).tasks] == [end]


def test_a_title_that_looks_back_closes_its_half_year() -> None:
    plan = extract(
        "信息科2024年上半年工作总结及下半年工作安排\n上半年，信息科完成系统升级3次。\n下半年重点做好以下工作：\n一是9月底前完成评审自评；\n二是每月开展一次网络安全巡检。"
    )
    assert [task.text for task in plan.tasks] == ["9月底前完成评审自评", "每月开展一次网络安全巡检。"]


def test_numbers_within_a_paragraph_enumerate_demands() -> None:
    found = directives(
        "院长提出要求：1、完善应急预案，组织全员演练；2、提高认识，统一思想；3、6月底前完成自查。"
    )
    assert [text for text, _, _ in found] == ["完善应急预案，组织全员演练", "6月底前完成自查。"]


def test_a_demanded_list_between_semicolons_is_an_enumeration() -> None:
    body = "会议指出，2024年医院要重点抓好四项工作：年内完成专科楼改造；深化付费改革，CMI值提升至1.15；引进学科带头人5名以上；持续深化作风整治。"
    assert [text for text, _, _ in directives(body)] == [
        "年内完成专科楼改造",
        "深化付费改革，CMI值提升至1.15",
        "引进学科带头人5名以上",
    ]


def test_a_list_of_what_was_reached_is_none() -> None:
    assert (
        directives(
            "2023年，全院上下圆满完成各项目标任务：门急诊72万人次；平均住院日缩短至7.4天；患者满意度达到97.2%。"
        )
        == []
    )


@pytest.mark.parametrize(
    "said",
    [
        "第一，关于培训。年轻护士占比超过60%，基本功要过硬。第二，关于安全。大家要绷紧这根弦。",
        "全院上下要以决战四季度的拼劲，勇于担当，确保圆满完成全年目标任务。",
    ],
)
def test_a_state_or_a_spirit_is_no_task(said: str) -> None:
    assert directives(said) == []


def test_who_takes_part_supports_the_act_before() -> None:
    [task] = extract(HEAD + "财务部牵头做好年终盘点，审计科全程参与，12月20日前出具盘点报告。").tasks
    assert ([d.name for d in task.lead], [d.name for d in task.support]) == (["财务部"], ["审计科"])


def test_what_a_report_did_stands_above_what_it_plans() -> None:
    report = "信息科2024年第二季度工作总结\n一、主要工作\n（一）系统建设\n完成数据库扩容，响应时间缩短40%。\n二、存在问题\n接口文档不全。\n三、下季度计划\n（一）7月底前完成医保结算接口切换。\n（二）建立厂家考核制度。"
    assert [task.title for task in extract(report).tasks] == ["完成医保结算接口切换", "建立厂家考核制度"]


def test_topics_of_minutes_are_headings() -> None:
    minutes = (
        "信息化领导小组会议纪要\n时间：2024年3月20日\n议题一：关于互联网医院\n会议决定：\n（一）医务科负责制定线上诊疗制度，药学部配合。\n"
        "议题二：关于机房改造\n会议认为，机房超期服役。\n会议议定，由总务科牵头，6月底前完成供配电改造。"
    )
    assert [(t.number, t.title, [d.name for d in (*t.lead, *t.support)]) for t in extract(minutes).tasks] == [
        ("议题一/（一）", "制定线上诊疗制度", ["医务科", "药学部"]),
        ("", None, ["总务科"]),
    ]


def test_last_words_of_a_notice_are_no_body_of_its_last_item() -> None:
    notice = "整改通知书\n内科：\n请按以下要求整改：\n1.4月20日前组织全员培训。\n2.主任对病历逐份检查，每日交班时通报。\n请高度重视，按期整改。\n2024年4月11日"
    assert [task.title for task in extract(notice).tasks] == ["组织全员培训", "主任对病历逐份检查"]


def test_a_demand_with_a_day_needs_no_known_act() -> None:
    notice = "关于开展消防自查的通知\n各科室：\n请按要求开展自查。\n一、自查时间\n即日起至2024年6月20日。\n二、工作要求\n1.自查情况于6月22日前书面报保卫科。\n2.高度重视，加强领导。"
    assert [task.deadline and task.deadline.end for task in extract(notice).tasks] == ["2024-06-22"]


@pytest.mark.parametrize(
    ("body", "end"),
    [
        ("2023年，该院建成了覆盖全院的物联网平台。今年一季度接诊1.2万人次。", "2024-12-31"),
        ("2023年3月5日，医院启用了新系统。今年一季度接诊1.2万人次。", "2023-12-31"),
    ],
)
def test_the_year_after_the_one_looked_back_on_is_this_year(body: str, end: str) -> None:
    [task] = extract(f"数字赋能让就医更便捷\n{body}\n下一步，信息中心将在年底前完成全院数据治理。").tasks
    assert task.deadline is not None
    assert task.deadline.end == end


def test_an_indicator_leaves_out_a_day_whose_year_nobody_knows() -> None:
    [task] = extract(
        "召开基层卫生工作调度会\n8月6日，县卫健局召开基层卫生工作调度会。\n局长要求，基妇股9月30日前开展老年人体检，9月底前体检率必须达到60%以上。"
    ).targets
    assert (task.indicator, task.value) == ("体检率", 60)
