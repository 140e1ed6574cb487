"""Forms of plans and reports that have no rule of their own: what each must give."""

import pytest

from planparse import extract


def test_a_heading_that_begins_with_a_year_is_numbered() -> None:
    plan = extract(
        "某县医院2024年工作总结和2025年工作计划\n一、2024年工作回顾\n（一）服务能力提升。建成卒中中心，新增专科3个。\n二、2025年重点工作\n（一）建设胸痛中心。（责任科室：心内科）\n（二）推进日间手术。（责任科室：医务科）\n"
    )
    assert [(task.title, task.path[0]) for task in plan.tasks] == [
        ("建设胸痛中心", "2025年重点工作"),
        ("推进日间手术", "2025年重点工作"),
    ]


@pytest.mark.parametrize(
    "last",
    [
        "本清单自印发之日起施行，由信息中心负责解释。",
        "本办法由人事科负责解释。",
        "三、其他",
        "主办单位：某县医院   版权所有",
    ],
)
def test_closing_lines_are_no_tasks(last: str) -> None:
    plan = extract(
        f"某县医院2025年任务清单\n一、重点任务\n1.推进日间手术。（责任科室：医务科）\n2.规范病历书写。（责任科室：质控科）\n{last}\n"
    )
    assert [task.title for task in plan.tasks] == ["推进日间手术", "规范病历书写"]
    assert [name.text for name in plan.tasks[1].responsible] == ["质控科"]


def test_a_number_on_the_next_line_is_read() -> None:
    plan = extract(
        "某县医院2025年方案\n一、重点任务\n1.推进临床路径。入径率达到  85 % ，完成率不低于\n 90 %。（责任科室：质控科）\n"
    )
    assert [(target.indicator, target.value) for target in plan.targets] == [("入径率", 85), ("完成率", 90)]


def test_a_colon_closes_the_heading_of_a_paragraph() -> None:
    plan = extract(
        "某县医院2025年工作要点\n\n深化医保支付管理：按床日付费占比控制在45%以下。（医保科牵头，财务科配合）\n强化成本管控：百元收入能耗降低5%。（财务科牵头）\n"
    )
    assert [task.title for task in plan.tasks] == ["深化医保支付管理", "强化成本管控"]


def test_columns_of_quarters_are_targets_of_their_indicator() -> None:
    plan = extract(
        "某医院质控指标目标表（2025年）\n指标名称|责任科室|一季度|二季度|三季度|四季度\n手卫生依从率|院感科|≥80%|≥83%|≥86%|≥90%\n"
    )
    assert [name.text for name in plan.tasks[0].responsible] == ["院感科"]
    assert [(t.value, t.deadline and t.deadline.end) for t in plan.targets] == [
        (80, "2025-03-31"),
        (83, "2025-06-30"),
        (86, "2025-09-30"),
        (90, "2025-12-31"),
    ]


def test_the_caption_of_a_table_dates_nothing_below_it() -> None:
    table = "指标名称\t目标值\n床位使用率\t85%\n"
    plan = extract(
        f"某医院质量目标\n表一　年度指标（2025年）\n{table}二、重点项目\n1.出院患者满意度：95%以上\n2.床护比：不低于1:0.5（护理部）\n"
    )
    assert [(t.indicator, t.deadline) for t in plan.targets if "满意度" in t.indicator] == [
        ("出院患者满意度", None)
    ]


@pytest.mark.parametrize("said", ["雷明要每月带队检查一次重点部位。", "雷明负责每月带队检查一次重点部位。"])
def test_a_name_alone_is_somebody_with_an_office_above(said: str) -> None:
    before = "某医院院长办公会纪要\n时间：2024年3月5日\n副院长雷明通报了燃气隐患处置情况。院长戚文渊强调，安全无小事。保卫部要每季度组织一次疏散演练。"
    plan = extract(before + said + "\n")
    assert [(task.text, [leader.name for leader in task.leaders]) for task in plan.tasks][1:] == [
        (said, ["雷明"])
    ]
    assert len(extract(before.replace("副院长雷明", "与会人员") + said + "\n").tasks) == 1


def test_an_annotated_heading_without_number_answers_for_its_items() -> None:
    plan = extract(
        "某县医院2025年9月份工作安排\n一、重点工作\n第一周\n1.分解收官指标。（运营管理部；9月3日）\n"
        "第二周（牵头科室：护理部；责任科室：各病区；完成时限：9月14日前）\n1.开展跌倒专项排查，建立清单。\n2.更新急救车目录。（药剂科负责；9月12日）\n"
    )
    assert [
        (
            task.title,
            [d.text for d in task.lead],
            [d.text for d in task.responsible],
            task.deadline and task.deadline.end,
        )
        for task in plan.tasks
    ] == [
        ("分解收官指标", [], ["运营管理部"], "2025-09-03"),
        ("开展跌倒专项排查", ["护理部"], ["各病区"], "2025-09-14"),
        ("更新急救车目录", [], ["药剂科"], "2025-09-12"),
    ]
    assert plan.tasks[1].path[1] == "第二周"


def test_last_words_are_no_part_of_the_last_item() -> None:
    head = "某县医院2025年9月份工作安排\n一、重点工作\n1.推进日间手术。（责任科室：医务科）\n二、工作要求\n1.各科室要建立台账，每周五向院办报送进展情况。\n2.院办每周梳理未完成事项，在院周会上通报。\n"
    plan = extract(head + "时令入秋，任务繁重，望全体干部职工鼓足干劲、再接再厉，为夺取全年胜利而奋斗！\n")
    assert [(task.title, task.text) for task in plan.tasks[1:]] == [
        ("建立台账", "各科室要建立台账，每周五向院办报送进展情况。"),
        ("梳理未完成事项", "院办每周梳理未完成事项，在院周会上通报。"),
    ]


@pytest.mark.parametrize(
    ("printed", "leaders"),
    [
        ("罗绮 13605370917", ["罗绮"]),
        ("耿怀民（保卫科科长，电话：13953700261）、钱立（短号：66201）", ["耿怀民", "钱立"]),
        ("卫生院副院长 瞿立秋", ["瞿立秋"]),
    ],
)
def test_telephones_and_bodies_are_no_leaders(printed: str, leaders: list[str]) -> None:
    plan = extract(
        f"某县医院2025年方案\n一、重点任务\n1.消防演练。\n责任部门：保卫科\n责任人：{printed}\n完成时限：5月20日前\n"
    )
    assert [leader.name for leader in plan.tasks[0].leaders] == leaders


def test_figures_of_the_last_years_are_no_targets() -> None:
    plan = extract(
        "某市召开医改推进会\n2024年8月5日，会议召开。杜涛指出，近三年全市建成医共体6个，基层诊疗量占比由52%提高到58.3%，成绩来之不易。\n在随后召开的座谈会上，市卫健委主任苗春和表示，市卫健委将在9月10日前印发问题清单。\n"
    )
    assert plan.targets == ()
    assert [task.deadline and task.deadline.end for task in plan.tasks] == ["2024-09-10"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [("翻一番", ("increase_by", 1, "倍")), ("全覆盖", ("eq", 100, "%")), ("逐年下降", None)],
)
def test_cells_whose_subject_is_the_indicator(cell: str, found: tuple[str, float, str] | None) -> None:
    plan = extract(
        f"某医院指标表（2025年）\n指标\t目标值\t责任科室\n互联网复诊量\t{cell}\t信息科\n门诊人次\t增长6%\t门诊部\n"
    )
    assert [(t.relation, t.value, t.unit) for t in plan.targets if t.indicator == "互联网复诊量"] == (
        [found] if found else []
    )


def test_dates_broken_by_spaces_and_lines() -> None:
    plan = extract(
        "某县医院2024年方案\n一、重点工作\n1.完善机制。修订标准。（医务科负责，麻醉科配合；8月 中旬前）\n2.由门诊部牵头，信息科参与，5月底\n前设立意见平台。\n"
    )
    assert [(task.title, task.deadline and task.deadline.end) for task in plan.tasks] == [
        ("完善机制", "2024-08-20"),
        ("设立意见平台", "2024-05-31"),
    ]


def test_bracketed_problems_with_progress_below() -> None:
    plan = extract(
        "某医院巡察整改任务清单\n【问题一】学习制度落实不严。\n整改措施：\n（1）修订议事清单。\n（2）组织合同管理培训不少于2次。\n责任领导：总会计师　宁佳\n牵头部门：审计部\n"
        "整改时限：2024年8月底\n整改进展：截至8月初，已补审合同17份。\n【问题二】食堂监管缺位。\n整改措施：\n（1）公示采购价格。\n牵头部门：后勤保障部\n"
    )
    assert [
        (task.text, [d.text for d in task.lead], task.deadline and task.deadline.end) for task in plan.tasks
    ] == [
        ("修订议事清单。", ["审计部"], "2024-08-31"),
        ("组织合同管理培训不少于2次。", ["审计部"], "2024-08-31"),
        ("公示采购价格。", ["后勤保障部"], None),
    ]


def test_rows_counted_in_chinese_and_braces() -> None:
    cells = "序号\n重点任务\n牵头科室\n完成时限\n一\n组建签约团队6个\n公共卫生科\n6月30日\n二\n培训乡村医生58人次\n院办公室\n八月上旬\n三\n添置理疗床10张\n中医科\n上半年\n"
    plan = extract(f"某卫生院2024年工作责任分解表\n{cells}")
    assert [([d.text for d in task.lead], task.deadline and task.deadline.end) for task in plan.tasks] == [
        (["公共卫生科"], "2024-06-30"),
        (["院办公室"], "2024-08-10"),
        (["中医科"], "2024-06-30"),
    ]
    plan = extract(
        "某医共体2025年责任书\n一、重点任务\n（一）统一人员管理。制定员额办法。｛牵头单位：人力资源中心；协同单位：各成员单位；期限：6月底｝\n"
    )
    assert [([d.text for d in task.lead], [d.text for d in task.support]) for task in plan.tasks] == [
        (["人力资源中心"], ["各成员单位"])
    ]


def test_a_dash_stands_for_the_colon_of_a_label():
    text = "某某医院2024年巡察整改台账\n一、首页填写不规范\n问题——主要诊断选择错误。\n整改措施——每月组织首页填写培训。\n责任领导——副院长沈禾\n责任科室——病案统计室\n整改时限——2024年6月底前\n"
    [task] = extract(text).tasks
    assert (task.text, [d.name for d in task.responsible], [p.name for p in task.leaders]) == (
        "每月组织首页填写培训。",
        ["病案统计室"],
        ["沈禾"],
    )
    assert task.deadline is not None
    assert task.deadline.end == "2024-06-30"


def test_a_department_above_its_items_answers_for_them_also_with_who_heads_it():
    text = "某某医院2024年工作任务分解\n心内科：\n1.创建胸痛中心，6月底前通过认证；\n2.开展冠脉介入手术300例以上。\n信息科（主任：贺兰）：\n1.9月底前上线智慧结算。\n"
    assert [[d.name for d in task.responsible] for task in extract(text).tasks] == [
        ["心内科"],
        ["心内科"],
        ["信息科"],
    ]
    text = "2024年某某医院各科室目标任务\n一、心内科（责任人：许诺）\n（一）6月底前通过胸痛中心认证。\n二、骨科（责任人：陶谦）\n（一）9月底前开展机器人辅助手术。\n"
    plan = extract(text)
    assert [([d.name for d in t.responsible], [p.name for p in t.leaders]) for t in plan.tasks] == [
        (["心内科"], ["许诺"]),
        (["骨科"], ["陶谦"]),
    ]
    assert [section.heading for section in plan.sections if section.level == 1] == ["心内科", "骨科"]


def test_a_rate_and_its_value_stay_two_cells_of_a_table_one_cell_a_line():
    text = "某院2025年工作任务\n序号\n指标名称\n2025年目标\n责任科室\n1\n中医治疗率\n≥75%\n医务科\n2\n病案归档及时率\n100%\n病案室\n3\n患者满意度\n95%左右\n医患办\n"
    assert [task.title for task in extract(text).tasks] == ["中医治疗率", "病案归档及时率", "患者满意度"]


def test_a_heading_that_acts_is_no_background():
    text = "某院2026年工作要点\n一、重点工作\n（一）夯实发展基础\n1.推进新楼建设。由基建办牵头，财务科参与，10月15日前完成主体封顶。\n"
    [task] = extract(text).tasks
    assert (task.title, [d.name for d in task.lead]) == ("推进新楼建设", ["基建办"])


def test_a_heading_that_is_an_indicator_names_what_its_text_calls_rate():
    text = "某院2025年指标提升方案\n一、主要任务\n1.日间手术占择期手术比例。扩大病种目录，占比提高到25%以上。（责任科室：医务科）\n2.手术部位感染发生率。规范术前准备，发生率降至0.4%以内，费用下降3%。（责任科室：院感科）\n"
    assert [target.indicator for target in extract(text).targets] == [
        "日间手术占择期手术比例",
        "手术部位感染发生率",
        "费用",
    ]


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ("根据市卫生局《关于落实感染管理标准的通知》要求，制定培训计划，组织全员考核。", "制定培训计划"),
        ("按照上级部署，开展专项整治，建立台账。", "开展专项整治"),
        ("为进一步推动肛肠科发展，引进学科带头人，开设专病门诊。", "引进学科带头人"),
        ("为居家老人提供上门服务，完善回访记录。", "为居家老人提供上门服务"),
        ("对照条款自查，建立台账。", "对照条款自查"),
    ],
)
def test_why_something_is_done_is_no_title(item: str, title: str) -> None:
    (task,) = extract(f"2024年重点工作安排\n一、重点任务\n1.{item}").tasks
    assert task.title == title
