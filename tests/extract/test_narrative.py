"""Directives as minutes, speeches and reports of meetings print them: who is told, what a clause refers to, which year."""

import pytest

from planparse.pipeline import extract

HEAD = "医院召开2024年重点工作推进会\n3月5日，医院召开重点工作推进会。会议由副院长主持。\n"


def directives(body: str, head: str = HEAD) -> list[tuple[str, list[str], str | None]]:
    """Return text, everybody named, and end of the deadline of each task."""
    return [
        (t.text, [d.name for d in (*t.lead, *t.responsible, *t.support)] + [p.name for p in t.leaders], t.deadline.end if t.deadline else None)
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
        ("质控办（责任人：单于青）每月抽查出院病历。", "质控办（责任人：单于青）每月抽查出院病历。", ["质控办", "单于青"]),
        ("下周检查督促组将开展现场督查。", "下周检查督促组将开展现场督查。", ["检查督促组"]),
    ],
)
def test_who_is_told(said: str, text: str, names: list[str]) -> None:
    assert [(a, b) for a, b, _ in directives(said)] == [(text, names)]


@pytest.mark.parametrize("said", ["针对上述问题，已责成后勤处调整转运时段。", "按照上级要求各科室开展了自查。", "分管领导逐一点评，肯定成绩，指出不足，并提出对下半年各部门开展工作的要求。", "此次系统从立项招标到6月份上线耗时一年半。", "当时院党委要求每个科室每年至少开展2项新技术。"])
def test_what_was_told_or_done_before_is_no_task(said: str) -> None:
    assert directives(said) == []


def test_a_clause_of_names_tells_who_does_the_act_before_it() -> None:
    assert directives("力争10月底前开办托育园；由妇幼部负责，总务部配合。")[0][1:] == (["妇幼部", "总务部"], "2024-10-31")
    assert directives("入院准备中心4月1日前必须挂牌，这件事护理部牵头，医务处配合。")[0][1:] == (["护理部", "医务处"], "2024-04-01")


def test_a_named_month_of_work_is_no_deadline() -> None:
    assert directives("医务科要做好下半年各项工作，修订考核方案。")[0][2] is None


@pytest.mark.parametrize(("heading", "end"), [("三、2025年工作打算", "2025-06-30"), ("三、明年工作计划", "2025-06-30"), ("三、下一步工作打算", "2024-06-30")])
def test_a_section_plans_its_own_year(heading: str, end: str) -> None:
    report = f"信息科2024年度工作总结\n一、工作回顾\n完成系统升级3次。\n二、存在不足\n人手不足。\n{heading}\n1.6月底前完成电子病历系统升级。"
    assert [task.deadline and task.deadline.end for task in extract(report).tasks] == [end]


def test_a_title_that_looks_back_closes_its_half_year() -> None:
    plan = extract("信息科2024年上半年工作总结及下半年工作安排\n上半年，信息科完成系统升级3次。\n下半年重点做好以下工作：\n一是9月底前完成评审自评；\n二是每月开展一次网络安全巡检。")
    assert [task.text for task in plan.tasks] == ["9月底前完成评审自评", "每月开展一次网络安全巡检。"]


def test_numbers_within_a_paragraph_enumerate_demands() -> None:
    found = directives("院长提出要求：1、完善应急预案，组织全员演练；2、提高认识，统一思想；3、6月底前完成自查。")
    assert [text for text, _, _ in found] == ["完善应急预案，组织全员演练", "6月底前完成自查。"]
