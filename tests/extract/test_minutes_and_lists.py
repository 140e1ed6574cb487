"""Minutes, circulars, pledges and mixed lists: forms that blind documents showed, in sentences of our own."""

import pytest

from planparse import extract
from planparse.model import Plan, Task

PLAN = "某县医院2025年重点工作安排\n2025年1月9日\n一、主要任务\n"


def tasks(text: str) -> tuple[Task, ...]:
    return extract(text).tasks


def only(said: str) -> Task:
    [task] = tasks(PLAN + said + "\n")
    return task


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("纪清和", ["纪清和"]),
        ("孙和平、王和", ["孙和平", "王和"]),
        ("张明和李强", ["张明", "李强"]),
        ("总会计师 韦和", ["韦和"]),
    ],
)
def test_names_that_end_in_he_stay_whole(printed: str, names: list[str]) -> None:
    assert [
        person.name for person in only(f"1.推进接口联调。（责任科室：信息科；责任人：{printed}）").leaders
    ] == names


def test_a_label_filled_by_blanks_and_one_of_rectification() -> None:
    task = only("1.推进接口联调。\n责任科室：信息科\n整改责任领导：副院长 向远\n时　　限：2025年9月底前")
    assert ([person.name for person in task.leaders], task.deadline.end) == (["向远"], "2025-09-30")


@pytest.mark.parametrize(
    "lead",
    [
        "本组任务由医学装备部牵头，总务部协助，8月15日前完成",
        "以上任务由医学装备部归口，总务部参与，8月15日前完成",
    ],
)
def test_a_bracket_says_who_answers_for_the_group_above(lead: str) -> None:
    first, second = tasks(
        PLAN
        + f"（一）设备组\n1.完成设备拆装。\n2.采购药柜35台。（牵头部门：招采中心）\n（{lead}；牵头领导：陶川）\n"
    )
    assert (
        [d.name for d in first.lead],
        [d.name for d in first.support],
        [p.name for p in first.leaders],
        first.deadline.end,
    ) == (["医学装备部"], ["总务部"], ["陶川"], "2025-08-15")
    assert [d.name for d in second.lead] == ["招采中心"]


def test_a_table_of_birth_planning_offices_has_its_year_from_the_second_line() -> None:
    document = extract(
        "松山区妇幼保健计划生育服务中心\n二〇二六年度工作任务分月推进表（Excel 导出）\n一、上半年\n（1）3月中旬，由办公室牵头举办义诊。\n"
    ).document
    assert (document.title, document.period.start) == (
        "二〇二六年度工作任务分月推进表（Excel 导出）",
        "2026-01-01",
    )


def test_a_stamp_behind_the_name_of_an_account_dates_a_report() -> None:
    assert (
        extract(
            "松山县中医院召开调度会\n松山县中医院　2024-10-11 18:30　发表于 松山\n院长要求，门诊部11月15日前完成窗口调整。\n"
        )
        .tasks[0]
        .deadline.end
        == "2024-11-15"
    )


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("机房由总务科负责，8月上旬前完成机房屏蔽改造。", "完成机房屏蔽改造"),
        ("搬迁期间，保卫科按职责分工负责，每日对新楼开展巡检。", "对新楼开展巡检"),
        ("开展高倍率病例回溯，病例数压缩15%；及时申报特例单议。（责任科室：医保办）", "开展高倍率病例回溯"),
        ("各被督查科室要在4月25日前填报整改台账，报督查室。", "填报整改台账"),
    ],
)
def test_titles_say_what_is_to_be_done(said: str, title: str) -> None:
    assert only("1." + said).title == title


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("绩效科8月10日前逐项验收，验收结果与三季度奖励性绩效挂钩。", "2025-08-10"),
        ("11月5日前，人事科要把四季度加班补休方案公示到位。", "2025-11-05"),
        ("信息科三季度完成系统切换。", "2025-09-30"),
    ],
)
def test_a_quarter_that_names_something_is_no_deadline(said: str, end: str) -> None:
    [task] = tasks(f"某院2025年调度会纪要\n2025年4月9日\n会议要求，{said}\n")
    assert task.deadline.end == end


@pytest.mark.parametrize("bearer", ["包片院领导", "分管安全工作的院领导", "各科主任"])
def test_office_bearers_by_what_they_are_in_charge_of(bearer: str) -> None:
    [task] = tasks(f"某院2025年调度会纪要\n2025年4月9日\n会议要求，{bearer}要每周带队检查一次病区。\n")
    assert [person.name for person in task.leaders] == [bearer]


def figures(said: str) -> list[tuple[str, str, float]]:
    return [
        (t.indicator, t.relation, t.value)
        for t in extract(PLAN + "1.做强学科。" + said + "（责任科室：医务科）\n").targets
    ]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("力争进入全国三级医院绩效考核前200名。", [("全国三级医院绩效考核", "le", 200)]),
        ("质量分值权重提高到40%以上。", [("质量分值权重", "ge", 40)]),
        ("每周随机抽取1个病区开展盲演，到场时间小于3分钟。", [("到场时间", "lt", 3)]),
        ("转化收益的七成以上用于奖励发明人。", [("转化收益用于奖励发明人", "ge", 70)]),
        ("辅助诊疗系统覆盖六成以上的乡镇卫生院。", [("辅助诊疗系统覆盖乡镇卫生院", "ge", 60)]),
        ("专利转让合同额达到800万元。", [("专利转让合同额", "ge", 800)]),
        ("整改完成一项、验收一项、销号一项。", []),
        (
            "CT、磁共振平均预约时间分别不超过24小时、48小时。",
            [("CT平均预约时间", "le", 24), ("磁共振平均预约时间", "le", 48)],
        ),
    ],
)
def test_figures(said: str, found: list[tuple[str, str, float]]) -> None:
    assert figures(said) == found


def test_an_office_that_practises_something_acts() -> None:
    [task] = tasks("某院2025年调度会纪要\n2025年4月9日\n督查办实行“周通报”，每周五公布各项任务进度。\n")
    assert ([d.name for d in task.responsible], task.deadline.recurrence) == (["督查办"], "weekly")


def test_a_list_goes_on_when_its_numbers_change_their_print() -> None:
    said = "2、规范临床路径。（责任科室：医务科）\n3.落实危急值管理。（责任科室：检验科）\n4）推进治未病服务。（治未病科）\n5、盘活设备。建立院内设备共享库（设备科）。修订论证办法（设备科牵头，审计科参与）\n"
    assert [(task.title, [d.name for d in task.lead + task.responsible]) for task in tasks(PLAN + said)] == [
        ("规范临床路径", ["医务科"]),
        ("落实危急值管理", ["检验科"]),
        ("推进治未病服务", ["治未病科"]),
        ("盘活设备", ["设备科"]),
        ("盘活设备", ["设备科"]),
    ]


MINUTES = """某区卫生健康会议纪要
2025年2月14日

会议议定以下事项：
（一）区疾控中心负责，3月底前完成儿童摸底。
（二）由基层卫生股牵头，人事股参与，6月底前完成招聘，招聘毕业生不少于26名。
会议强调，安全是底板。局长要求，各卫生院要在3月底前完成线路改造。
"""


def test_the_last_item_of_minutes_keeps_itself_apart_from_the_text_below() -> None:
    assert [task.title for task in tasks(MINUTES)] == ["完成儿童摸底", "完成招聘", None]


PLEDGES = """某院启动会上的表态发言
2025年4月28日
【骨伤科主任　闻杰】
郑重表态：
第一，骨伤科将在6月底前推开预住院模式。
第二，心往一处想、劲往一处使，不达目标决不收兵！

【超声科负责人　迟棠】
我表两个态：
一是超声科每日向门诊部推送剩余号源；
二是床旁超声随叫随到，急诊超声到位时间10分钟以内。
"""


def test_pledges_are_tasks_and_speakers_are_no_annotation() -> None:
    found = [([d.name for d in task.responsible], task.text[:5]) for task in tasks(PLEDGES)]
    assert found == [(["骨伤科"], "骨伤科将在"), (["超声科"], "超声科每日"), ([], "床旁超声随")]


def test_a_circular_that_says_what_an_office_will_do_again_and_again() -> None:
    said = "关于2025年第一轮督查情况的通报\n各科室：\n四、有关事项\n1.督查室将每半年开展一次“回头看”。\n2.绩效办5月底前把结果与绩效挂钩。\n联系人：杭雨\n2025年4月16日\n"
    assert [task.deadline.recurrence or task.deadline.end for task in tasks(said)] == [
        "half-yearly",
        "2025-05-31",
    ]


def test_a_bracketed_line_below_a_blank_one_is_a_heading() -> None:
    plan: Plan = extract(
        "某院协调会纪要\n2025年5月2日\n【议定事项】\n1.接口攻坚。完成联调。\n牵头科室：信息中心\n\n【其他要求】\n会议强调，信息化是“一把手”工程，全院要拧成一股绳打赢攻坚战。\n各科室负责人要每日登记问题。\n"
    )
    assert [([d.name for d in t.lead], [p.name for p in t.leaders]) for t in plan.tasks] == [
        (["信息中心"], []),
        ([], ["各科室负责人"]),
    ]


def test_what_a_plan_says_of_itself_is_no_task() -> None:
    assert (
        tasks(
            "某县整改方案\n某县府办〔2023〕64号\n依据县审计局2023年6月出具的报告，结合本县实际，制定本方案。\n壹、整改原则\n（一）坚持举一反三。由点及面。\n"
        )
        == ()
    )


def test_the_head_and_foot_of_a_web_page_are_no_text() -> None:
    plan = extract(
        "松山市第一医院 - 医院动态\n松山市第一医院2025年重点任务分工\n一、主要任务\n1.盘活闲置房产。（资产处）\n【打印本页】【关闭窗口】 版权所有：松山市第一医院 备案号：豫ICP备12345678号\n"
    )
    assert (plan.document.title, [task.text for task in plan.tasks]) == (
        "松山市第一医院2025年重点任务分工",
        ["盘活闲置房产。"],
    )


def test_who_signs_above_the_day_answers_for_nothing() -> None:
    text = "某院重点工作推进情况通报\n各科室：\n三、下阶段要求\n（一）紧盯节点。各牵头科室每月5日前报送进展。\n（二）强化督查。纪检室实行周调度。\n                    院办公室\n                  2025年6月6日\n"
    assert [[d.name for d in task.responsible] for task in tasks(text)] == [[], ["纪检室"]]


def test_an_annotation_between_a_heading_and_its_text_holds_for_both() -> None:
    task = only(
        "1.新院区搬迁（牵头科室：基建科；配合科室：总务科）。目前滞后20天，请基建科7月15日前完成消防验收，第三季度末搬迁率达到100%。"
    )
    assert (task.title, task.text[:8], [d.name for d in task.lead], task.deadline.end) == (
        "新院区搬迁",
        "新院区搬迁\n目前",
        ["基建科"],
        "2025-09-30",
    )


def test_a_word_attachment_above_a_title_drops_no_item() -> None:
    text = "附件：\n2025年基金监管整治任务台账\n任务1：全面自查\n具体内容：重点自查重复收费。\n责任部门：医保科\n任务2：退回资金\n具体内容：足额退回违规资金。\n责任部门：财务科\n"
    assert [task.title for task in tasks(text)] == ["全面自查", "退回资金"]


def test_roles_behind_a_heading_over_a_page_foot_and_in_corner_brackets() -> None:
    text = (
        "某院2025年护理安排\n2025年1月3日\n三、重点工作\n（一）护理质量提升　牵头：护理部　责任：各护理单元　分管领导：许静\n1.修订护理常规46项。\n2.推行床边交接班。\n"
        "（二）肿瘤筛查\n3.扩大筛查。\n　　责任单位：妇保院\n\n第 1 页 共 2 页\n\n　　完成时间：2025年11月20日前\n4.规范管理。每周核对库存。『承办：药剂科；分管领导：耿立』\n"
    )
    found = [
        (
            [d.name for d in t.lead],
            [d.name for d in t.responsible],
            [p.name for p in t.leaders],
            t.deadline and t.deadline.end,
        )
        for t in tasks(text)
    ]
    assert found[:2] == [(["护理部"], ["各护理单元"], ["许静"], None)] * 2
    assert found[2:] == [([], ["妇保院"], [], "2025-11-20"), ([], ["药剂科"], ["耿立"], None)]


def test_the_deadline_of_a_task_is_the_latest_of_all_its_dates() -> None:
    assert (
        only("1.建设平台。9月底前完成升级，年底前开放率达到75%以上。（牵头单位：信息科）").deadline.end
        == "2025-12-31"
    )


def test_a_stage_keeps_the_rhythm_that_its_text_prints() -> None:
    [task] = tasks("某院2025年方案\n三、实施步骤\n（二）推进阶段（2025年4月—9月）。各科室按月报送进展。\n")
    assert (task.deadline.start, task.deadline.end, task.deadline.recurrence) == (
        "2025-04-01",
        "2025-09-30",
        "monthly",
    )


def test_a_team_that_is_led_is_no_actor() -> None:
    assert (
        tasks(
            "某院2025年工作要点\n一、主要任务\n1.加强管理。（责任科室：医务科）\n尾声\n五年来，她先后参与处置17次，带领团队将治疗成功率提高到71%。\n"
        )[1:]
        == ()
    )


CELLS = "某市2026年民生项目清单\n序号\n项目\n具体内容\n牵头单位\n配合单位\n完成时限\n1\n稳定队伍\n①定向培养医生120名；②参保率提高到95%\n市卫生健康局、市人力资源社会保障局\n市财政局\n2026年底\n2\n提升能力\n检验项目增加到70项\n市临床检验中心\n各总医院\n第三季度\n"


def test_a_cell_of_offices_goes_on_with_no_numbered_cell_above() -> None:
    first = tasks(CELLS)[0]
    assert ([d.name for d in first.lead], [d.name for d in first.support]) == (
        ["市卫生健康局", "市人力资源社会保障局"],
        ["市财政局"],
    )


def test_indicator_lists_are_read_in_every_print():
    title = "栗山县中医院2025年主要运行指标\n"
    wanted = [("CMI值", "ge", 0.95), ("药占比", "le", 26), ("病案甲级率", "gt", 96)]
    for lines in (
        ["· CMI值：≥0.95；", "· 药占比：≤26%；", "· 病案甲级率：>96%。"],
        ["2025年主要指标如下：", "CMI值≥0.95；", "药占比≤26%；", "病案甲级率>96%。"],
        ["2025年主要指标如下：", "CMI值—≥0.95", "药占比—≤26%", "病案甲级率—>96%"],
        ["一、主要指标", "- CMI值：不低于0.95", "- 药占比：不高于26%", "- 病案甲级率：高于96%"],
    ):
        plan = extract(title + "\n".join(lines))
        assert [(t.indicator, t.relation, t.value) for t in plan.targets] == wanted, lines
        assert not plan.tasks, lines


def test_a_line_among_aims_that_says_who_answers_is_a_task():
    lines = ["CMI值：不低于0.95，由医务科负责；", "药占比：不高于26%，由药学部、医务科负责。"]
    for heading in ("二、工作目标\n", ""):
        plan = extract("栗山县中医院2025年主要运行指标\n" + heading + "\n".join(lines))
        assert [[d.name for d in t.responsible] for t in plan.tasks] == [["医务科"], ["药学部", "医务科"]]
        assert [t.task for t in plan.targets] == [t.id for t in plan.tasks]
