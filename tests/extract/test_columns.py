"""Tables whose headers no rule knows: columns told by what stands in them, and said to be told so."""

from __future__ import annotations

import time

from growth import assert_linear

import planparse

ROWS = (
    "1\t患者服务\t缩短门诊等候时间\t推行分时段预约，预约率达到60%\t门诊部\t信息科\t6月底前\n"
    "2\t患者服务\t改善住院环境\t改造病房卫生间40间\t总务科\t护理部\t9月底前\n"
    "3\t质量安全\t规范病历书写\t每月抽查病历100份，甲级率达到95%以上\t质控科\t各临床科室\t长期坚持\n"
)
TITLE = "某县人民医院2024年重点工作推进计划表\n"


def test_columns_of_unknown_names_are_told_by_their_contents() -> None:
    plan = planparse.extract(TITLE + "序号\t方向引领\t干什么\t怎么干\t谁来干\t谁配合\t啥时候干完\n" + ROWS)
    assert [task.title for task in plan.tasks] == ["缩短门诊等候时间", "改善住院环境", "规范病历书写"]
    assert [task.text for task in plan.tasks][1] == "改造病房卫生间40间"
    assert [[d.name for d in task.responsible] for task in plan.tasks] == [["门诊部"], ["总务科"], ["质控科"]]
    assert [[d.name for d in task.support] for task in plan.tasks] == [["信息科"], ["护理部"], ["各临床科室"]]
    assert [task.deadline and (task.deadline.end or task.deadline.recurrence) for task in plan.tasks] == [
        "2024-06-30",
        "2024-09-30",
        "continuous",
    ]


def test_a_guess_is_said_and_no_value_of_it_is_sure() -> None:
    plan = planparse.extract(TITLE + "序号\t方向引领\t干什么\t怎么干\t谁来干\t谁配合\t啥时候干完\n" + ROWS)
    assert "“谁来干”按责任科室" in plan.warnings[0]
    assert all(task.confidence <= 0.83 and task.responsible[0].confidence <= 0.49 for task in plan.tasks)
    known = planparse.extract(TITLE + "序号\t类别\t重点任务\t具体措施\t责任科室\t配合科室\t完成时限\n" + ROWS)
    assert not known.warnings
    assert all(task.confidence > 0.83 for task in known.tasks)


def test_a_table_without_header_is_told_by_its_contents() -> None:
    plan = planparse.extract(TITLE + ROWS)
    assert [[d.name for d in task.responsible] for task in plan.tasks] == [["门诊部"], ["总务科"], ["质控科"]]


def test_lists_of_people_and_rosters_are_no_assignments() -> None:
    roster = "日期\t带班领导\t总值班\t电话\n5月12日\t钟离岳\t院办\t6120101\n5月13日\t冉清如\t医务部\t6120102\n5月14日\t毕修远\t财务部\t6120103\n"
    people = "姓名\t科室\t职务\t特长\n王芳\t医务科\t科长\t擅长冠心病介入治疗\n李平\t护理部\t主任\t擅长重症护理和急救\n赵敏\t药学部\t副主任\t擅长临床药学\n"
    assert not planparse.extract(roster).tasks
    assert not planparse.extract(people).tasks


def test_a_wide_table_of_nothing_known_takes_linear_time() -> None:
    def seconds(rows: int) -> float:
        text = "甲甲\t乙乙\t丙丙\t丁丁\n" + "推进工作落实\t医务科、护理部\t（（（（\t2024年2024年\n" * rows
        before = time.process_time()
        planparse.extract(text)
        return time.process_time() - before

    assert_linear(seconds, 200)


def test_the_line_above_a_table_says_who_where_no_column_does() -> None:
    text = "护理部2025年重点工作清单\n责任科室：护理部　责任人：邱雪梅\n序号\t重点工作\t工作措施\t完成时限\n1\t推广护理技术\t开展耳穴压豆培训\t9月底前\n2\t降低不良事件\t完善风险评估\t年底前\n"
    assert [
        ([d.name for d in t.responsible], [p.name for p in t.leaders]) for t in planparse.extract(text).tasks
    ] == [(["护理部"], ["邱雪梅"])] * 2


def test_a_goal_that_only_measures_is_no_text_of_a_row() -> None:
    text = "药学部2025年重点工作清单\n完成时限\t工作任务\t量化指标\t牵头科室\n6月底前\t完善处方前置审核\t审核处方覆盖率达到90%以上\t药学部\n11月\t扩建煎药中心\t日煎药能力由800剂提高到1500剂\t药学部\n"
    plan = planparse.extract(text)
    assert [t.text for t in plan.tasks] == ["完善处方前置审核", "扩建煎药中心"]
    assert [(t.value, t.unit) for t in plan.targets] == [(90, "%"), (1500, "剂")]
