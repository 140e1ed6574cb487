"""Odd layouts of plans: what each must give."""

import time

import pytest
from growth import assert_linear

from planparse import extract


def _told(text: str) -> list[tuple[str | None, list[str], list[str], list[str]]]:
    return [
        (t.title, [d.name for d in t.lead], [d.name for d in t.responsible], [d.name for d in t.support])
        for t in extract(text).tasks
    ]


def test_items_counted_with_a_word_run_on_through_the_sections_above_them() -> None:
    text = "某院2025年指标分解\n一、指标任务\n（一）质量\n指标1　病案首页合格率：≥97%〔质控处〕\n指标2　甲级病案率：≥92%〔病案室〕\n（二）效率\n指标3　平均住院日：≤7.2天〔医务处〕\n指标4　门诊次均费用：不高于260元〔医保处〕\n二、保障措施\n（一）建立台账。制定更新规则12条。〔质控处〕\n"
    plan = extract(text)
    assert [(t.number, t.title) for t in plan.tasks] == [
        ("一/（一）/指标1", "病案首页合格率"),
        ("一/（一）/指标2", "甲级病案率"),
        ("一/（二）/指标3", "平均住院日"),
        ("一/（二）/指标4", "门诊次均费用"),
        ("二/（一）", "建立台账"),
    ]


@pytest.mark.parametrize("label", ["办结时间", "销号节点", "验收期限", "建成日期"])
def test_labels_of_deadlines_are_made_of_two_parts(label: str) -> None:
    [task] = extract(
        f"某院2025年清单\n一、重点任务\n1.更新电梯。（责任科室：总务科；{label}：9月10日前）\n"
    ).tasks
    assert (task.deadline and task.deadline.end, [d.name for d in task.responsible], task.leaders) == (
        "2025-09-10",
        ["总务科"],
        (),
    )


@pytest.mark.parametrize("name", ["各牵头处室", "各责任主体", "各主办部室"])
def test_who_bears_a_role_is_nobody(name: str) -> None:
    [task] = extract(
        f"某院2025年方案\n一、保障措施\n（一）建立台账。{name}每月5日前更新数据，对下滑的指标发出预警。\n"
    ).tasks
    assert task.responsible == ()


@pytest.mark.parametrize(
    ("heading", "lead", "responsible", "support"),
    [
        ("由医务科牵头、护理部和门诊部配合的重点任务", ["医务科"], [], ["护理部", "门诊部"]),
        ("医务科牵头，护理部配合：", ["医务科"], [], ["护理部"]),
        ("医务科、质控科共同负责的事项", [], ["医务科", "质控科"], []),
        ("医务科牵头病历质量提升", [], [], []),
    ],
)
def test_a_heading_that_says_who_answers_for_the_items_below_it(
    heading: str, lead: list[str], responsible: list[str], support: list[str]
) -> None:
    text = f"某院2025年任务清单\n一、重点任务\n（一）{heading}\n1.完善流程。修订预检分诊流程，上半年完成。\n2.储备力量。组建应急医疗队3支。（总务科）\n"
    assert _told(text) == [("完善流程", lead, responsible, support), ("储备力量", [], ["总务科"], [])]


@pytest.mark.parametrize(
    ("marks", "joint"),
    [("①②③", "；"), (["（1）", "（2）", "（3）"], "；"), (["1.", "2.", "3."], "；"), ("①②③", "")],
)
def test_counted_parts_of_a_paragraph_with_their_own_brackets_are_items(marks: list[str], joint: str) -> None:
    one, two, three = marks
    text = f"某院2025年方案\n一、重点任务\n（一）规范首页\n{one}组建质控小组，逐份核验出院病历[主办科室 病案科；协办科室 各临床科室]{joint}{two}通报编码缺陷，缺陷率下降20%[质控科]{joint}{three}完成系统接口联调（信息科牵头，病案科配合）。\n"
    assert _told(text) == [
        ("组建质控小组", ["病案科"], [], ["各临床科室"]),
        ("通报编码缺陷", [], ["质控科"], []),
        ("完成系统接口联调", ["信息科"], [], ["病案科"]),
    ]


def test_counted_parts_that_share_a_bracket_stay_one_item() -> None:
    text = "某院2025年方案\n一、重点任务\n1.规范首页。①组建质控小组（试行）；②通报编码缺陷；③完成系统联调。（信息科）\n"
    assert len(extract(text).tasks) == 1


def test_many_marks_in_a_paragraph_take_linear_time() -> None:
    def seconds(count: int) -> float:
        text = "某院2025年方案\n一、重点任务\n" + "①推进工作（医务科）；" * count
        begun = time.process_time()
        extract(text)
        return time.process_time() - begun

    assert_linear(seconds, 400)


def test_lines_of_labels_without_colon_also_of_two_or_three_characters() -> None:
    text = "某院2025年督办清单\n一、督办事项\n1、更换线路。更换线缆1.6万米。\n牵头　后勤保障部\n配合　基建办、各病区\n时限　11月底\n2、规范留样。食材快检合格率≥99%。\n牵头处室　膳食科\n承办人　魏晓棠\n办结时间　9月中旬\n3、整治库房。清点物资120件。\n4、统筹 兼顾\n"
    plan = extract(text)
    assert [
        (
            t.title,
            [d.name for d in t.lead],
            [d.name for d in t.support],
            [p.name for p in t.leaders],
            t.deadline and t.deadline.end,
        )
        for t in plan.tasks[:2]
    ] == [
        ("更换线路", ["后勤保障部"], ["基建办", "各病区"], [], "2025-11-30"),
        ("规范留样", ["膳食科"], [], ["魏晓棠"], "2025-09-20"),
    ]
    assert plan.tasks[2].title == "整治库房"


@pytest.mark.parametrize(
    "line",
    [
        "（第2、3项由总务科牵头，9月底前完成）",
        "第二项和第三项由总务科牵头，9月底前完成。",
        "（以上2—3项牵头科室：总务科；完成时限：9月底前）",
        "以上两项由总务科牵头，9月底前完成。",
    ],
)
def test_a_line_that_names_the_items_for_which_it_holds(line: str) -> None:
    text = f"某院2025年清单\n一、督办事项\n1、更换线路。更换线缆160米。（基建办）\n2、打通通道。新建操作场地2处。\n3、专项检验。逐台建档，检验率保持100%。\n{line}\n"
    plan = extract(text)
    assert [
        ([d.name for d in (*t.lead, *t.responsible)], t.deadline and t.deadline.end) for t in plan.tasks
    ] == [(["基建办"], None), (["总务科"], "2025-09-30"), (["总务科"], "2025-09-30")]


def test_annotations_before_what_they_govern() -> None:
    text = "某院2025年方案\n一、重点任务\n1.〔牵头处室：人事处｜协同处室：科教处｜办结时间：12月〕引进人才。引进博士3名。\n2.〔责任主体：科教处｜分管领导：卓立〕培育骨干。资助进修60人次。〔财务处〕设立专项资金，投入200万元。\n3.【医务处】推进日间手术。占比达到15%。（完成时限：6月底前）\n"
    plan = extract(text)
    assert [
        (t.title, t.text, [d.name for d in (*t.lead, *t.responsible)], t.deadline and t.deadline.end)
        for t in plan.tasks
    ] == [
        ("引进人才", "引进人才。引进博士3名。", ["人事处"], "2025-12-31"),
        ("培育骨干", "培育骨干。资助进修60人次。", ["科教处"], None),
        ("培育骨干", "设立专项资金，投入200万元。", ["财务处"], None),
        ("推进日间手术", "推进日间手术。占比达到15%。", ["医务处"], "2025-06-30"),
    ]
    assert plan.warnings == ()


def test_bars_between_cells_part_them() -> None:
    row = "{}｜推进随访（含电话、上门）｜{}｜6月底前\n"
    plan = extract("序号｜任务｜责任科室｜完成时限\n" + row.format(1, "护理部") + row.format(2, "医务科"))
    assert [([d.name for d in t.responsible], t.source) for t in plan.tasks] == [
        (["护理部"], "table"),
        (["医务科"], "table"),
    ]


def test_quoted_cells_between_tabs_may_hold_line_ends() -> None:
    text = '某院2025年任务清单\n序号\t任务\t措施\t责任科室\t完成时限\n1\t"打造""阳光""采购"\t"修订目录，\n公示结果。"\t"采购办\n审计科"\t6月底前\n2\t整治库房\t清点物资。\t总务科\t9月底前\n'
    plan = extract(text)
    assert [
        (t.text.replace("\n", ""), [d.name for d in t.responsible], t.deadline and t.deadline.end)
        for t in plan.tasks
    ] == [
        ("修订目录，公示结果。", ["采购办", "审计科"], "2025-06-30"),
        ("清点物资。", ["总务科"], "2025-09-30"),
    ]


@pytest.mark.parametrize("piece", ['\t"aa', '\t"""aa"', '"\t"a""', '1\t"a\n', '\t""'])
def test_many_quotation_marks_between_tabs_take_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        text = "序号\t任务\t责任科室\t时限\n1\t推进\t医务科\t6月\n" + piece * count
        begun = time.process_time()
        extract(text)
        return time.process_time() - begun

    assert_linear(seconds, 2000)
