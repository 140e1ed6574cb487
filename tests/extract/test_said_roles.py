"""Who leads and answers, said in running text in other words than 由X牵头，Y配合; all in sentences of our own."""

import pytest

from planparse import extract
from planparse.model import Task

HEAD = "某医院党委会会议纪要\n2025年4月9日\n"


def only(said: str) -> Task:
    [task] = extract(HEAD + said + "\n").tasks
    return task


def roles(task: Task) -> dict[str, list[str]]:
    found = {"L": task.lead, "R": task.responsible, "S": task.support, "P": task.leaders}
    return {key: [one.name for one in who] for key, who in found.items() if who}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("住院费用管控归口医保部，各临床科室配合，4月底前完成测算。", {"L": ["医保部"], "S": ["各临床科室"]}),
        (
            "账实不符问题，牵头部门为国资办，责任部门为药学部和财务部，五月底前清查完毕。",
            {"L": ["国资办"], "R": ["药学部", "财务部"]},
        ),
        (
            "合同归档问题，承办部门是法务审计部，责任领导贺兰舟，4月份销号。",
            {"R": ["法务审计部"], "P": ["贺兰舟"]},
        ),
        ("集中轮训由组织部主办、各党支部协办，第三季度举办。", {"L": ["组织部"], "S": ["各党支部"]}),
        (
            "设备处牵头，护理部和手术室为责任部门，物资库房配合，第三季度完成清理。",
            {"L": ["设备处"], "R": ["护理部", "手术室"], "S": ["物资库房"]},
        ),
        ("陪护试点，以护理部为主办，骨科为协办，十月底拿出评估报告。", {"L": ["护理部"], "S": ["骨科"]}),
        (
            "指标自动采集，由信息中心承办、分管副院长乐正清为责任领导，年底前上线。",
            {"R": ["信息中心"], "P": ["乐正清"]},
        ),
        ("财务处承办，审计处参加，每季度公布一次经费执行进度。", {"R": ["财务处"], "S": ["审计处"]}),
        (
            "由市中心医院急诊科牵头，区疾控中心信息科参与，5月上旬开班。",
            {"L": ["市中心医院急诊科"], "S": ["区疾控中心信息科"]},
        ),
        (
            "由防治科归口，各县（市、区）精防机构参加，11月底前完成核对。",
            {"L": ["防治科"], "S": ["各县（市、区）精防机构"]},
        ),
    ],
)
def test_roles_said_with_their_label(said: str, expected: dict[str, list[str]]) -> None:
    assert roles(only(said)) == expected


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("信息科也不要闲着，9月底以前要把短信提醒做上去。", ["信息科"]),
        ("设备科、总务科这两家，9月25号前把隐患台账交到院办。", ["设备科", "总务科"]),
        ("保卫科每天夜里要走一趟住院楼，看到通道堵了就地清。", ["保卫科"]),
    ],
)
def test_spoken_demands(said: str, who: list[str]) -> None:
    assert roles(only(said)) == {"R": who}


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("门诊部9月底前完成改造，人工窗口排队别超过15分钟。", ("人工窗口排队", "le", 15, "分钟")),
        ("医务科10月底前完成点评，甲级病案率要回到95%以上。", ("甲级病案率", "ge", 95, "%")),
        ("信息部6月前完成检修，机房温度控制在22℃至26℃之间。", ("机房温度", "between", 22, "℃")),
        ("采购中心7月底前谈判，试剂成本较上一采购周期下降12%以上。", ("试剂成本", "decrease_by", 12, "%")),
        ("市第七医院要在年底前增配护理人员，精神科医护比达到1:2.2。", ("精神科医护比", "ge", 2.2, "1:")),
        ("急救中心6月前完成选址，公共场所除颤器配置数不低于12台。", ("公共场所除颤器配置数", "ge", 12, "台")),
    ],
)
def test_figures_as_people_say_them(said: str, figure: tuple[str, str, float, str]) -> None:
    [target] = extract(HEAD + said + "\n").targets
    assert (target.indicator, target.relation, target.value, target.unit) == figure


def test_q1_is_a_rank_of_journals_before_papers() -> None:
    plan = extract("某院2025年科研计划\n一、主要任务\n1.产出成果。Q1区论文占比不低于40%。（科研处牵头）\n")
    assert (plan.tasks[0].deadline, plan.targets[0].deadline) == (None, None)


def test_the_first_of_numbered_measures_may_stand_behind_their_label() -> None:
    text = "某院整改方案\n2024年9月27日\n二、整改任务\n问题一：重复收费。\n整改措施：1.护理部修订收费手册。\n2.系统对重复计费自动锁定。\n责任科室：护理部、物价科\n整改时限：2024年10月底前\n"
    assert [(task.text, [d.name for d in task.responsible]) for task in extract(text).tasks] == [
        ("护理部修订收费手册。", ["护理部", "物价科"]),
        ("系统对重复计费自动锁定。", ["护理部", "物价科"]),
    ]


def test_aims_announced_in_news_are_targets_and_no_task() -> None:
    plan = extract(
        "全市院前急救推进会召开\n2025年4月11日\n按照既定目标，到今年年底，平均反应时间缩短到10分钟以内，呼叫满足率达到96%以上。会议明确，市急救中心将于6月底前完成选址。\n"
    )
    assert ([task.text[:5] for task in plan.tasks], [(t.value, t.task) for t in plan.targets]) == (
        ["市急救中心"],
        [(10, None), (96, None)],
    )


@pytest.mark.parametrize(
    "last",
    [
        "报告完毕，请予审议。",
        "散会前，院长提醒大家守住底线。",
        "我院将以此次检查为契机，引以为戒。",
        "医务办公室 2025年6月18日",
    ],
)
def test_what_closes_a_paper_is_no_part_of_its_last_item(last: str) -> None:
    text = f"某院2025年重点任务\n一、主要任务\n1.完善制度。修订手册3项。（责任科室：医务科）\n2.公开结果。采购中心按季度公示采购结果。\n{last}\n"
    assert extract(text).tasks[-1].text == "公开结果。采购中心按季度公示采购结果。"


def test_a_heading_may_say_how_often() -> None:
    assert (
        extract("某院2025年重点任务\n一、主要任务\n1.按季公开结果。采购中心按季度公示采购结果。\n")
        .tasks[0]
        .title
        == "按季公开结果"
    )


def test_a_person_in_a_bare_bracket_of_offices_is_no_office() -> None:
    [task] = extract(
        "某院2025年重点任务\n一、主要任务\n1.加强陪护管理，持证上岗率100%。（李红霞／护理部、总务科／长期坚持）\n"
    ).tasks
    assert roles(task) == {"R": ["护理部", "总务科"], "P": ["李红霞"]}


def test_what_is_acted_on_does_not_part_an_act_from_who_leads_it() -> None:
    assert roles(only("医政科牵头，信息中心配合，9月底前市直医院全部接入“一码通”平台。"))["L"] == ["医政科"]


def test_what_somebody_must_reach_may_be_measured_against_the_year_before() -> None:
    task = only("各临床科室要在保证质量的前提下，次均费用较上年同期下降3%。")
    assert roles(task) == {"R": ["各临床科室"]}


def test_a_stage_says_who_leads_in_so_many_words() -> None:
    text = "某院关于开展检查的通知\n2025年8月26日\n三、时间安排\n（一）自查阶段（9月1日—10日）。各科室每日自查。\n（二）督查阶段（9月11日—20日）。由医务科牵头，护理部参与，对全院开展督查。\n"
    assert [roles(task) for task in extract(text).tasks] == [{}, {"L": ["医务科"], "S": ["护理部"]}]


@pytest.mark.parametrize(
    ("said", "lead", "responsible", "support", "end"),
    [
        ("由康复科牵头，会同针灸科编制康复路径，10月底前完成。", ["康复科"], [], ["针灸科"], "2025-10-31"),
        ("安排护理部落实陪护登记，年底前完成。", [], ["护理部"], [], "2025-12-31"),
        ("修订陪护登记办法。责任科室为护理部，完成时限为上半年。", [], ["护理部"], [], "2025-06-30"),
        ("更新登记表，建设陪护管理中心（护理部，9月底前）。", [], ["护理部"], [], "2025-09-30"),
        ("陪护管理：护理部应于2025年第三季度启用电子登记。", [], ["护理部"], [], "2025-09-30"),
    ],
)
def test_roles_in_items_of_a_plan(
    said: str, lead: list[str], responsible: list[str], support: list[str], end: str
) -> None:
    plan = extract(f"栗山县中医院2025年工作要点\n1.{said}\n2.{said}")
    assert len(plan.tasks) == 2
    for task in plan.tasks:
        read = [[one.name for one in role] for role in (task.lead, task.responsible, task.support)]
        assert read == [lead, responsible, support]
        assert task.deadline is not None
        assert task.deadline.end == end
