"""What offices write in running text, where names and role words stand for something else."""

from __future__ import annotations

import pytest

import planparse
from planparse.model import Plan, Task


def names(task: Task, role: str) -> list[str]:
    return [named.name for named in getattr(task, role)]


def roles(plan: Plan) -> list[tuple[list[str], list[str], list[str]]]:
    return [(names(task, "lead"), names(task, "responsible"), names(task, "support")) for task in plan.tasks]


def test_who_leads_a_thing_does_not_lead_the_task() -> None:
    text = "工作要点\n一、重点任务\n1.依托市人民医院、市中医院牵头的两个医联体，扩大远程会诊范围。\n2.由市人民医院牵头，扩大远程会诊范围。"
    assert roles(planparse.extract(text)) == [([], [], []), (["市人民医院"], [], [])]


@pytest.mark.parametrize("everybody", ["全员", "全院"])
def test_everybody_takes_part_is_a_manner(everybody: str) -> None:
    text = f"工作计划\n一、重点任务\n1.改进手卫生。通过培训先行、{everybody}参与，手卫生依从率达到90%。\n2.开展自查。由院感科负责，各病区参与。"
    assert roles(planparse.extract(text)) == [([], [], []), (["院感科"], [], ["各病区"])]


def test_what_a_thing_needs_is_no_office() -> None:
    text = "工作计划\n一、重点任务\n1.准备演练。演练所需物资由总务科准备。\n2.皮防所须于6月底前完成排查。"
    assert roles(planparse.extract(text)) == [([], ["总务科"], []), ([], ["皮防所"], [])]


def test_a_line_that_announces_aims_makes_no_tasks_of_them() -> None:
    text = "妇幼保健工作计划\n\n全年工作主要目标：\n1、孕产妇系统管理率≥95%，产后访视率≥95%。\n2、农村妇女“两癌”筛查2万人。\n\n围绕上述目标，做好以下工作：\n1、健全三级网络。\n2、开展孕期保健。"
    plan = planparse.extract(text)
    assert [task.title for task in plan.tasks] == ["健全三级网络", "开展孕期保健"]
    assert [(t.indicator, t.relation, t.value, t.task) for t in plan.targets][:2] == [
        ("孕产妇系统管理率", "ge", 95, None),
        ("产后访视率", "ge", 95, None),
    ]


def test_a_date_inside_the_only_sentence_of_an_aim_dates_no_other_aim() -> None:
    text = "工作计划\n一、工作目标\n1.门诊预约率达到80%（2023年为72%）。\n2.平均住院日控制在8天以内，药占比2025年降至26%。"
    found = {t.indicator: t.deadline and t.deadline.end for t in planparse.extract(text).targets}
    assert found == {"门诊预约率": None, "平均住院日": None, "药占比": "2025-12-31"}


def test_a_rate_for_each_head_and_year_is_no_rhythm() -> None:
    text = "工作安排\n一、重点任务\n1.提高筹资水平。补助标准提高到每人每年240元。\n2.组织培训。每人每年不少于2次。"
    assert [task.deadline and task.deadline.recurrence for task in planparse.extract(text).tasks] == [
        None,
        "yearly",
    ]


def told(plan: Plan) -> list[tuple[str, list[str]]]:
    return [(task.text, names(task, "responsible")) for task in plan.tasks]


OPENING = "2024年7月2日，医院召开督查会，会议由副院长主持。"


@pytest.mark.parametrize("speaker", ["最后，副院长李平表示，", "会后，院长强调，", "为做好迎检，会议要求，"])
def test_who_speaks_behind_an_opening_clause(speaker: str) -> None:
    assert told(planparse.extract(f"{OPENING}{speaker}各相关科室务必在7月底前完成自查。")) == [
        ("各相关科室务必在7月底前完成自查。", ["各相关科室"])
    ]


def test_so_and_therefore_open_a_clause() -> None:
    [(_, responsible)] = told(
        planparse.extract(OPENING + "副院长表示，设备老化问题突出，因此设备科要在9月底前完成更换。")
    )
    assert responsible == ["设备科"]


def test_who_sends_a_letter_does_not_do_what_it_says() -> None:
    text = "2024年，青溪县卫生局下发通知，要求乡镇卫生院、社区卫生服务中心每季度上报建档数据。"
    assert [names(task, "responsible") for task in planparse.extract(text).tasks] == [
        ["乡镇卫生院", "社区卫生服务中心"]
    ]


def test_one_after_the_other_is_told_of_the_past() -> None:
    text = OPENING + "3月份，医务部相继组织召开内科、外科质控会。会议要求各科室8月底前完成整改。"
    assert told(planparse.extract(text)) == [("各科室8月底前完成整改。", ["各科室"])]


def test_collectives_side_by_side() -> None:
    assert told(planparse.extract(OPENING + "会议要求各支部各科室8月底前完成学习。")) == [
        ("各支部各科室8月底前完成学习。", ["各支部", "各科室"])
    ]


def test_offices_that_hospitals_and_governments_have() -> None:
    plan = planparse.extract(
        "工作计划\n一、重点任务\n1.完成区爱卫会交办的任务。\n2.每月由医院爱卫办组织检查。\n3.由区爱卫办组织验收。"
    )
    assert [names(task, "responsible") for task in plan.tasks] == [[], ["医院爱卫办"], ["区爱卫办"]]


@pytest.mark.parametrize("byline", ["（院办）", "(院办)", "（党委办 李芳）", ""])
def test_who_wrote_the_report_is_no_part_of_the_last_demand(byline: str) -> None:
    plan = planparse.extract(
        OPENING
        + "院长提出三点要求：一是开展自查；二是修订制度；三是每月考核病历质量。"
        + byline
        + "\n责任编辑:凌云"
    )
    assert plan.tasks[-1].text == "每月考核病历质量。"


def test_numbers_that_lost_their_stops() -> None:
    plan = planparse.extract(
        "产房工作计划\n1、学习法规\n每月学习。\n2、下半年工作安排\n1继续落实查对制度。\n2加强应急演练。\n3修订流程。"
    )
    assert [task.number for task in plan.tasks] == ["2/1", "2/2", "2/3"]
    counted = planparse.extract(
        "工作计划\n一、重点任务\n1名医师负责随访。\n2名护士负责宣教。\n3名药师负责点评。"
    )
    assert not any(section.number in ("1", "2", "3") for section in counted.sections)


def test_finally_before_a_speaker_counts_no_item() -> None:
    text = (
        OPENING
        + "最后，院长骆青表示，迎检是一项重要任务，各相关科室务必在7月底前完成自查。院长提出要求：一是9月底前开通会诊；二是每月抽查病历。"
    )
    assert [task.text for task in planparse.extract(text).tasks] == [
        "迎检是一项重要任务，各相关科室务必在7月底前完成自查。",
        "9月底前开通会诊",
        "每月抽查病历。",
    ]


def test_a_day_before_the_first_guessed_year_is_still_ahead() -> None:
    """No title names the year: 2030年 is what the text aims at, not when it begins."""
    text = "健康行动实施方案\n一、主要任务\n1.扩大筛查。2026年底前完成筛查3万人次。\n2.提高素养。到2027年和2030年，健康素养水平分别不低于28%和35%。"
    plan = planparse.extract(text)
    assert [task.deadline and task.deadline.end for task in plan.tasks] == ["2026-12-31", "2030-12-31"]
    assert [(t.value, t.deadline and t.deadline.end) for t in plan.targets] == [
        (3, "2026-12-31"),
        (28, "2027-12-31"),
        (35, "2030-12-31"),
    ]


def test_the_head_nurse_of_a_ward_plan() -> None:
    plan = planparse.extract(
        "产房工作计划\n一、重点工作\n1.落实查对制度。护士长每周抽查一次。\n2.提高护士长管理能力。每月培训一次。"
    )
    assert [[person.name for person in task.leaders] for task in plan.tasks] == [["护士长"], []]


def test_village_clinics_are_a_collective() -> None:
    assert told(planparse.extract(OPENING + "会议要求各乡镇卫生院各村卫生室8月底前核对档案。"))[0][1] == [
        "各乡镇卫生院",
        "各村卫生室",
    ]
