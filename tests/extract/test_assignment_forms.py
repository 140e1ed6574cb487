"""Forms of responsibility in tables and lists, as offices print them."""

from __future__ import annotations

import pytest

import planparse
from planparse.model import Task


def names(task: Task, role: str) -> list[str]:
    return [named.name for named in getattr(task, role)]


def test_a_row_one_cell_a_line_ends_at_the_next_index() -> None:
    cells = ["序号", "条款", "存在问题", "整改措施", "责任科室", "责任人", "整改时限", "整改情况"]
    rows = ["1", "2.3.1", "危急值登记不全", "修订登记制度", "检验科", "超声科", "林远", "2024年5月", "进行中"]
    rows += ["2", "3.1.4", "毒麻药品账物不符", "每日清点", "药剂科", "沈禾", "长期坚持"]
    plan = planparse.extract("某某医院整改台账\n" + "\n".join(cells + rows))
    assert [task.text for task in plan.tasks] == ["修订登记制度", "每日清点"]
    assert [names(task, "responsible") for task in plan.tasks] == [["检验科", "超声科"], ["药剂科"]]
    assert [names(task, "leaders") for task in plan.tasks] == [["林远"], ["沈禾"]]
    assert [task.deadline and task.deadline.recurrence for task in plan.tasks] == [None, "continuous"]


def test_a_row_of_a_chinese_numeral_and_a_name_is_a_category() -> None:
    table = "序号|事项|举措|责任科室|时限要求\n一|后勤提升|||\n1|改造食堂|更换排烟设备|总务科|2024年9月底前\n二|服务提升|||\n2|导诊服务|增设导诊台|门诊部|6月"
    plan = planparse.extract(table)
    assert [task.title for task in plan.tasks] == ["改造食堂", "导诊服务"]
    assert [task.path[-1] for task in plan.tasks] == ["后勤提升", "服务提升"]


def test_departments_and_persons_share_a_cell() -> None:
    plan = planparse.extract(
        "序号|事项|举措|责任科室及责任人|时限\n1|免费停车|新增车位60个|总务科科长郎世宁|6月\n2|号源整合|整合号源|门诊部（主任 封雅）、信息科 糜子川|5月"
    )
    assert names(plan.tasks[0], "responsible") == ["总务科"]
    assert names(plan.tasks[0], "leaders") == ["郎世宁"]
    assert names(plan.tasks[1], "responsible") == ["门诊部", "信息科"]
    assert names(plan.tasks[1], "leaders") == ["封雅", "糜子川"]


def test_a_bare_value_takes_its_indicator_from_the_task() -> None:
    plan = planparse.extract(
        "考核内容\t分值\t考核标准\t责任科室\n门诊处方合格率\t5\t达到98%\t药学部\n院内感染发生率\t5\t控制在2%以内\t感控科"
    )
    found = [(target.indicator, target.relation, target.value) for target in plan.targets]
    assert found == [("门诊处方合格率", "ge", 98), ("院内感染发生率", "le", 2)]
    assert all(target.task for target in plan.targets)


def test_years_in_the_upper_of_two_header_rows() -> None:
    plan = planparse.extract(
        "指标名称          2024年      2025年      责任科室\n                  目标值      目标值\n平均住院日        ≤9天        ≤8.5天      医务科\n"
    )
    assert [(t.value, t.deadline.end) for t in plan.targets if t.deadline] == [
        (9, "2024-12-31"),
        (8.5, "2025-12-31"),
    ]


@pytest.mark.parametrize(
    "line", ["1.改进预约流程——门诊部", "1.改进预约流程--门诊部", "1.改进预约流程        门诊部"]
)
def test_names_close_an_item_without_a_full_stop(line: str) -> None:
    plan = planparse.extract(f"一、重点任务\n{line}\n2.推进随访。（护理部）")
    assert (plan.tasks[0].title, names(plan.tasks[0], "responsible")) == ("改进预约流程", ["门诊部"])


def test_no_names_behind_the_dash_of_a_title() -> None:
    plan = planparse.extract("一、重点任务\n1.“以病人为中心”——护理部服务纪实\n2.推进随访。（护理部）")
    assert names(plan.tasks[0], "responsible") == []


def test_together_with_names_who_supports() -> None:
    plan = planparse.extract(
        "一、重点任务\n1.健全制度。（市卫生健康委会同市财政局负责）\n2.推进改革。（责任单位：市医保局、市卫生健康委，列第一位的为牵头单位，下同）"
    )
    assert (names(plan.tasks[0], "lead"), names(plan.tasks[0], "support")) == (["市卫生健康委"], ["市财政局"])
    assert (names(plan.tasks[1], "lead"), names(plan.tasks[1], "responsible")) == (
        ["市医保局"],
        ["市卫生健康委"],
    )


def test_a_note_on_the_order_of_names_holds_for_what_follows() -> None:
    """列第一位者为牵头…，下同: the first of several leads from there on, but where a lead is printed."""
    note = "，列第一位者为牵头部门或单位，其他有关部门和单位按职责分工负责，下同"
    items = [
        f"1.建设门诊部。（市卫生健康委、市财政局负责{note}）",
        "2.培养人才。（市人社局、市教育局负责）",
        "3.落实价格。（市医保局负责）",
        "4.推进共享。（市财政局、市大数据局负责，市卫生健康委牵头）",
    ]
    plan = planparse.extract("一、重点任务\n" + "\n".join(items))
    assert [names(task, "lead") for task in plan.tasks] == [
        ["市卫生健康委"],
        ["市人社局"],
        [],
        ["市卫生健康委"],
    ]
    assert [names(task, "responsible") for task in plan.tasks] == [
        ["市财政局"],
        ["市教育局"],
        ["市医保局"],
        ["市财政局", "市大数据局"],
    ]
    assert all(not task.text.endswith("下同") for task in plan.tasks)


def test_a_number_that_counts_on_across_another_lies_above_it() -> None:
    lines = [
        "重点任务清单",
        "（一）深化改革",
        "任务1：改革薪酬",
        "牵头：人事科",
        "任务2：推进分级诊疗",
        "牵头：医联体办",
        "（二）行风建设",
        "任务3：开展集中整治",
        "牵头：纪检监察室",
    ]
    plan = planparse.extract("\n".join(lines))
    assert [task.title for task in plan.tasks] == ["改革薪酬", "推进分级诊疗", "开展集中整治"]
    assert [names(task, "lead") for task in plan.tasks] == [["人事科"], ["医联体办"], ["纪检监察室"]]


def test_a_step_of_a_score_is_no_target() -> None:
    assert planparse.extract("一、考核\n1.实际床位数每超过核定床位数10%，扣1分。（规财科）").targets == ()


def test_the_issuer_names_an_institution() -> None:
    assert (
        planparse.extract(
            "2025年医院工作要点\n\n为推动医院高质量发展，制定本要点。\n\n一、重点任务\n1.改进服务。（门诊部）"
        ).document.issuer
        is None
    )


def test_a_covering_letter_encloses_the_titled_document() -> None:
    text = "河政办发〔2024〕3号\n\n各县（市、区）人民政府：\n\n现将方案印发给你们，请认真贯彻执行。\n\n山河市人民政府办公室\n\n2024年4月8日\n\n山河市医疗卫生\n\n服务体系实施方案\n\n一、重点任务\n1.改进服务。（市卫生健康委）"
    document = planparse.extract(text).document
    assert (document.title, document.issuer) == ("山河市医疗卫生服务体系实施方案", "山河市人民政府")


@pytest.mark.parametrize(
    "table",
    [
        '序号,重点任务,具体举措,牵头部门,完成时限\n1,付费改革,"建立核算体系,入组率达到98%以上",医保办,2024年9月\n2,行风建设,落实“九项准则”,纪检监察室,持续',
        "序号 重点任务 具体举措 牵头部门 完成时限\n1 付费改革 建立核算体系,入组率达到98%以上 医保办 2024年9月\n2 行风建设 落实“九项准则” 纪检监察室 持续",
    ],
)
def test_tables_of_commas_and_of_single_blanks(table: str) -> None:
    plan = planparse.extract(table)
    assert [(task.title, task.text, names(task, "lead")) for task in plan.tasks] == [
        ("付费改革", "建立核算体系,入组率达到98%以上", ["医保办"]),
        ("行风建设", "落实“九项准则”", ["纪检监察室"]),
    ]
    assert [(target.indicator, target.value) for target in plan.targets] == [("入组率", 98)]


def test_enumerations_and_sentences_are_no_loose_tables() -> None:
    text = "一、工作安排\n1.明确任务,措施,部门,时限,抓好落实。（医务科）\n2.任务 措施 部门 时限要逐项落实。（护理部）"
    assert len(planparse.extract(text).tasks) == 2


def test_role_lines_without_a_colon() -> None:
    text = "一、推进轮岗\n重点岗位轮岗率达到100%。\n责任科室　纪检监察室　人力资源部\n完成时间　2024年9月\n二、开展检查\n每月检查一次。\n牵头部门 医务部 配合部门 护理部、院感科\n责任领导 副院长 李明\n三、责任落实 到位到人"
    plan = planparse.extract(text)
    assert names(plan.tasks[0], "responsible") == ["纪检监察室", "人力资源部"]
    assert [task.deadline.end for task in plan.tasks if task.deadline][:1] == ["2024-09-30"]
    assert (
        names(plan.tasks[1], "lead"),
        names(plan.tasks[1], "support"),
        names(plan.tasks[1], "leaders"),
    ) == (["医务部"], ["护理部", "院感科"], ["李明"])
    assert not plan.tasks[2].responsible


def test_demands_behind_the_last_item_are_not_below_it() -> None:
    text = "2024年重点项目分解\n项目一　门诊楼建设\n年度目标：6月底前完成主体封顶。\n牵头科室：基建办\n项目二　胸痛中心建设\n年度目标：D2W时间≤80分钟。\n牵头科室：心内科\n工作要求：\n1.各责任领导要每月调度一次。\n2.未完成的扣发绩效。"
    plan = planparse.extract(text)
    assert [(task.title, names(task, "lead")) for task in plan.tasks][:2] == [
        ("门诊楼建设", ["基建办"]),
        ("胸痛中心建设", ["心内科"]),
    ]
    assert names(plan.tasks[2], "lead") == []


def test_a_measure_that_begins_with_a_date_keeps_its_number() -> None:
    text = "整改方案\n一、存在问题\n（一）重复收费。\n整改措施：1.5月20日前退还违规金额。2.完善收费规则。\n责任科室：医保科\n整改时限：长期坚持"
    assert [task.text for task in planparse.extract(text).tasks] == [
        "5月20日前退还违规金额。",
        "完善收费规则。",
    ]


def test_of_two_columns_of_contents_the_first_names_the_task() -> None:
    plan = planparse.extract(
        "责任内容\t具体举措\t责任领导\t牵头部门\t完成时限\n发展党员\t发展高知党员不少于5名\t钱静\t组织科\t12月\n轮岗\t关键岗位轮岗\t赵刚\t人事科\t9月"
    )
    assert [(task.title, task.text) for task in plan.tasks] == [
        ("发展党员", "发展高知党员不少于5名"),
        ("轮岗", "关键岗位轮岗"),
    ]


def test_year_columns_of_a_task_that_is_an_indicator() -> None:
    plan = planparse.extract(
        "序号|重点任务|2023年|2024年|牵头处室\n1|四级手术占比|18%|20%以上|医政处\n2|互联互通|完成方案|全部接入|信息处"
    )
    found = [
        (target.indicator, target.relation, target.value, target.deadline.end)
        for target in plan.targets
        if target.deadline
    ]
    assert found == [("四级手术占比", "eq", 18, "2023-12-31"), ("四级手术占比", "ge", 20, "2024-12-31")]


def test_a_clause_is_no_office_bearer() -> None:
    plan = planparse.extract(
        "一、保障措施\n（一）加强领导。各市要成立由政府分管负责同志任组长的领导小组，2023年7月底前建立台账。"
    )
    assert plan.tasks[0].leaders == ()


def test_a_year_before_the_plan_holds_what_has_been_reached() -> None:
    plan = planparse.extract(
        "2024年绩效指标责任分解表\n序号\t指标\t2023年值\t2024年目标值\t责任科室\n1\t四级手术占比▲\t18.5%\t20%以上\t医务部\n2\t药占比\t30%\t≤28%\t药学部"
    )
    assert [(t.indicator, t.relation, t.value, t.baseline) for t in plan.targets] == [
        ("四级手术占比", "ge", 20, 18.5),
        ("药占比", "le", 28, 30),
    ]


def test_numbered_labels_in_the_paragraph_of_a_problem() -> None:
    text = "整改方案\n（一）针对采购不规范的问题。1.整改目标：规范流程。2.整改措施：①修订遴选制度；②每半年开展监测。3.责任领导：李娜。4.责任部门：药剂科（牵头）、纪检监察室。5.完成时限：2024年7月31日。\n"
    text += "（二）针对分配不合理的问题。整改措施：制定方案，一线人均绩效高于后勤20%以上。牵头领导：孙立；牵头科室：绩效办；时限：2024年9月底前。"
    plan = planparse.extract(text)
    assert [task.text for task in plan.tasks] == [
        "修订遴选制度；",
        "每半年开展监测。",
        "制定方案，一线人均绩效高于后勤20%以上。",
    ]
    assert [names(task, "lead") for task in plan.tasks] == [["药剂科"], ["药剂科"], ["绩效办"]]
    assert [task.deadline.end for task in plan.tasks if task.deadline] == [
        "2024-07-31",
        "2024-07-31",
        "2024-09-30",
    ]
    assert [task.title for task in plan.tasks] == ["修订遴选制度", "开展监测", None]


def test_months_in_chinese_numerals() -> None:
    plan = planparse.extract(
        "2024年工作计划\n一、工作安排\n一月份：制定年度计划。\n二月份：开展节前检查。\n十二月份：总结全年工作。"
    )
    assert [task.deadline.end for task in plan.tasks if task.deadline] == [
        "2024-01-31",
        "2024-02-29",
        "2024-12-31",
    ]


@pytest.mark.parametrize("name", ["各县〔市、区〕人民政府", "各县（市、区）人民政府", "各县[市、区]人民政府"])
def test_collectives_with_any_bracket(name: str) -> None:
    plan = planparse.extract(
        f"一、重点任务\n1.推进改革。（市财政局等6个部门参加，市卫生健康委牵头，{name}落实）"
    )
    task = plan.tasks[0]
    assert [(named.name, named.group) for named in task.responsible] == [(name, True)]
    assert names(task, "support") == ["市财政局"]


def test_a_bare_bracket_on_an_indented_line_of_its_own() -> None:
    plan = planparse.extract(
        "一、公共卫生\n  5.补助标准不低于99元。\n    （基层处、财务处）\n  6.开展免费筛查。（妇幼处）"
    )
    assert names(plan.tasks[0], "responsible") == ["基层处", "财务处"]


def test_ages_tell_indicators_apart() -> None:
    plan = planparse.extract("一、重点任务\n1.婴儿、5岁以下儿童死亡率分别控制在3‰、4‰以下。（妇幼处）")
    assert [target.indicator for target in plan.targets] == ["婴儿死亡率", "5岁以下儿童死亡率"]


def test_a_year_heads_its_list() -> None:
    plan = planparse.extract(
        "三年行动方案（2023-2025年）\n一、工作目标\n2023年：启动三级医院创建，新增市级重点专科2个，CMI值达0.95。\n2024年：四级手术例数突破300台。"
    )
    assert [target.deadline.end for target in plan.targets if target.deadline] == [
        "2023-12-31",
        "2023-12-31",
        "2024-12-31",
    ]


def test_who_sits_in_a_group_is_no_task() -> None:
    text = "工作方案\n一、组织领导\n（一）下设两个专项组\n1.综合协调组\n组长：刘梅\n成员：院办、宣传科\n职责：负责统筹协调。\n2.医疗质量组\n组长：陈刚\n成 员：医务科\n二、重点任务\n1.完善设施。（基建科）"
    assert [task.title for task in planparse.extract(text).tasks] == ["完善设施"]


def test_names_alone_on_the_first_line_of_an_item() -> None:
    plan = planparse.extract(
        "工作方案\n一、工作措施\n（一）医务科\n1.每季度开展检查。\n（二）医保办、财务科\n加强费用监测，每月通报指标。"
    )
    assert [names(task, "responsible") for task in plan.tasks] == [["医务科"], ["医保办", "财务科"]]
    assert plan.tasks[1].text == "加强费用监测，每月通报指标。"


@pytest.mark.parametrize(
    "printed",
    [
        "（责任：医务科（牵头）、麻醉科；时限：5月底前）",
        "（责任部门：医务科〔牵头〕、麻醉科）",
        "（医务科（牵头）、麻醉科）",
    ],
)
def test_a_role_in_brackets_is_of_the_name_before_it(printed: str) -> None:
    task = planparse.extract(
        f"某院2024年工作要点\n一、重点任务\n1.推进日间手术。修订手术目录。{printed}\n"
    ).tasks[0]
    assert (names(task, "lead"), names(task, "responsible")) == (["医务科"], ["麻醉科"])


@pytest.mark.parametrize(
    ("item", "text", "said", "end"),
    [
        (
            "●创建胸痛中心 → 心内科（急诊科、影像科配合） → 6月底前",
            "创建胸痛中心",
            (["心内科"], ["急诊科", "影像科"]),
            "2024-06-30",
        ),
        (
            "●上线智慧结算 -> 信息科、财务科 -> 第三季度",
            "上线智慧结算",
            (["信息科", "财务科"], []),
            "2024-09-30",
        ),
        (
            "3.上线智慧结算。 责任科室 信息科、财务科 完成时限 第三季度",
            "上线智慧结算。",
            (["信息科", "财务科"], []),
            "2024-09-30",
        ),
        (
            "7.完善考核方案。绩效办、人事科、财务科。",
            "完善考核方案。",
            (["绩效办", "人事科", "财务科"], []),
            None,
        ),
    ],
)
def test_names_behind_an_arrow_a_label_without_colon_or_as_a_last_sentence(
    item: str, text: str, said: tuple[list[str], list[str]], end: str | None
) -> None:
    after = "●" if item[0] == "●" else "8."
    task = planparse.extract(f"某某医院2024年工作任务分解\n{item}\n{after}改造病房。（总务科）\n").tasks[0]
    assert (task.text, (names(task, "responsible"), names(task, "support"))) == (text, said)
    assert (task.deadline.end if task.deadline else None) == end


def test_what_is_done_may_stand_below_the_lines_of_roles() -> None:
    text = "某某医院2024年十项重点工作\n第一项 创建胸痛中心\n牵头院领导 吴启明\n责任科室 心内科\n具体要求 6月底前通过认证\n第二项 提升病案质量\n责任科室 质控科\n具体要求 每月抽查病案\n"
    tasks = planparse.extract(text).tasks
    assert [(task.title, names(task, "responsible")) for task in tasks] == [
        ("创建胸痛中心", ["心内科"]),
        ("提升病案质量", ["质控科"]),
    ]
    assert "6月底前通过认证" in tasks[0].text
    assert tasks[0].deadline is not None
    assert tasks[0].deadline.end == "2024-06-30"
