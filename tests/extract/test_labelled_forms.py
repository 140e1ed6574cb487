"""Records that print the label of each value, and blocks of rectification lists: what each must give."""

import pytest

from planparse import extract
from planparse.model import Plan


def shown(plan: Plan) -> list[tuple[str | None, str, list[str], list[str], str | None]]:
    return [
        (
            t.title,
            t.text,
            [d.name for d in t.lead],
            [d.name for d in t.support],
            t.deadline and t.deadline.end,
        )
        for t in plan.tasks
    ]


def test_cells_between_bars_print_their_labels() -> None:
    plan = extract(
        "某医院2025年任务清单\n"
        "1｜事项：建设胸痛单元｜具体措施：改造抢救区，门球时间控制在80分钟以内｜主责部门：急诊部｜协办部门：心内科｜完成时间：2025年6月底前\n"
        "2｜事项：规范处方｜具体措施：每月点评处方300张｜主责部门：药学部\n"
        "3｜事项：更新标识｜主责部门：总务部｜协办部门：—｜完成时间：2025年3月底前\n"
    )
    assert shown(plan) == [
        ("建设胸痛单元", "改造抢救区，门球时间控制在80分钟以内", ["急诊部"], ["心内科"], "2025-06-30"),
        ("规范处方", "每月点评处方300张", ["药学部"], [], None),
        ("更新标识", "更新标识", ["总务部"], [], "2025-03-31"),
    ]
    assert [(t.indicator, t.value) for t in plan.targets][:1] == [("门球时间", 80)]


@pytest.mark.parametrize("between", ["\n", "\n----------\n", "\n二\n"])
@pytest.mark.parametrize(("mark", "close"), [("【", "】"), ("", "："), ("", "——")])
def test_labels_begin_lines(between: str, mark: str, close: str) -> None:
    def form(**cells: str) -> str:
        return "\n".join(f"{mark}{label}{close}{value}" for label, value in cells.items())

    first = form(
        问题="首页填写缺项多。",
        目标="首页完整率达到98%。",
        措施="修订质控规则。",
        牵头="病案室",
        配合="信息科",
        时限="2025年6月底前",
    )
    second = form(
        问题="效期管理不严。",
        目标="近效期药品清点率100%。",
        措施="建立预警台账。",
        牵头="药剂科",
        时限="2025年4月底前",
    )
    plan = extract(f"某医院整改任务书\n\n{first}{between}{second}\n")
    assert shown(plan) == [
        (None, "修订质控规则。", ["病案室"], ["信息科"], "2025-06-30"),
        (None, "建立预警台账。", ["药剂科"], [], "2025-04-30"),
    ]
    assert [(t.task == plan.tasks[k].id, t.value) for k, t in enumerate(plan.targets)] == [
        (True, 98),
        (True, 100),
    ]


def test_one_form_alone_is_no_table() -> None:
    plan = extract("某医院方案\n【目标】首页完整率达到98%。\n【措施】修订质控规则。\n【牵头】病案室\n")
    assert all(task.source != "table" for task in plan.tasks)


def test_a_kind_of_office_and_a_dash_for_nobody() -> None:
    plan = extract(
        "某疾控中心2025年重点任务\n任务1　规范采样\n内容：统一采样箱。\n主责科所：检验所\n协同科所：——\n时限：2025年4月底前\n任务2　完善台账\n内容：建立台账。\n归口所：质管所\n"
    )
    assert [([d.name for d in t.lead], t.deadline and t.deadline.end) for t in plan.tasks] == [
        (["检验所"], "2025-04-30"),
        (["质管所"], None),
    ]


def test_the_aims_of_a_block_are_of_its_first_task() -> None:
    plan = extract(
        "某医院2025年整改方案\n（一）核查流于形式。\n整改目标：核查执行率达到100%。\n整改措施：\n1.修订核查制度。\n2.开展全员培训。\n责任部门：手术室\n"
        "（二）交接不全。\n整改措施：修订交接模板。\n整改目标：交接记录完整率不低于98%。\n责任部门：护理部\n"
    )
    assert [t.text for t in plan.tasks] == ["修订核查制度。", "开展全员培训。", "修订交接模板。"]
    assert [(plan.tasks[0].id == t.task, plan.tasks[2].id == t.task, t.value) for t in plan.targets] == [
        (True, False, 100),
        (False, True, 98),
    ]


def test_problems_behind_dashes() -> None:
    plan = extract(
        "某医院整改方案\n问题1——转运箱未上锁。整改情况——已于3月底前更换锁具，上锁率达到100%。责任——总务科。\n"
        "问题2——随访不及时。整改措施——建立随访提醒，随访率不低于90%。责任——儿保科。时限——2025年8月底前。\n"
        "问题3——备案不全。\n整改措施——修订目录，逐项备案。\n主责——药学部；协办——医务科；时限——长期坚持\n"
    )
    assert [(t.text, [d.name for d in (*t.lead, *t.responsible)]) for t in plan.tasks] == [
        ("建立随访提醒，随访率不低于90%。", ["儿保科"]),
        ("修订目录，逐项备案。", ["药学部"]),
    ]
    assert plan.tasks[1].deadline is not None
    assert plan.tasks[1].deadline.recurrence == "continuous"


def test_a_line_between_dashes_says_who() -> None:
    plan = extract(
        "某医院2025年工作要点\n甲、廉政建设（责任科室：党办；完成时限：2025年10月底前）\n1.开展排查。排查整改率100%。\n　　——纪检室牵头，财务科参与，九月底前完成\n"
        "2.加强教育。编印手册3册。\n乙、后勤保障\n1.改造管网。\n——总务科负责——\n2.应急值守。\n——坚持平战结合，不松懈\n"
    )
    assert [(t.title, [d.name for d in t.lead], [d.name for d in t.responsible]) for t in plan.tasks[:3]] == [
        ("开展排查", ["纪检室"], []),
        ("加强教育", [], ["党办"]),
        ("改造管网", [], ["总务科"]),
    ]


def test_an_annotated_heading_behind_a_bare_number() -> None:
    plan = extract(
        "某医院任务分解（2024年）\n1 总体目标\n床位使用率不低于85%。\n2 药事任务（责任部门：药学部；完成时限：2024年9月底前）\n2.1 处方点评。每月点评处方。\n2.2 合理用药。修订目录。（医务科）\n"
    )
    assert [(t.title, [d.name for d in t.responsible]) for t in plan.tasks] == [
        ("处方点评", ["药学部"]),
        ("合理用药", ["医务科"]),
    ]


def test_an_item_that_says_who_leads_inherits_nobody() -> None:
    plan = extract(
        "某医院2025年计划\n一、安全任务\n1.守牢底线。由总务科牵头，护理部配合，4月底前完成消防更新。\n2.改进作风。设立意见箱。\n【责任科室：院办】\n"
    )
    assert [([d.name for d in t.lead], [d.name for d in t.responsible]) for t in plan.tasks] == [
        (["总务科"], []),
        ([], ["院办"]),
    ]


def test_bullets_that_mark_nothing_but_headings() -> None:
    plan = extract(
        "某中心提升方案（2025年）\n\n● 工作任务\n◆ 优化站点。建成急救站5个。【主责：规划科　限期：2025年6月30日前】\n◆ 完善调度。上线指导模块。\n● 进度安排\n（一）部署阶段（2025年4月）。印发方案。\n（二）验收阶段（2025年11月—12月）。组织验收，形成报告。\n● 工作要求\n调度科要每月分析超时个案。\n"
    )
    assert [(t.title, t.path[0]) for t in plan.tasks][:4] == [
        ("优化站点", "工作任务"),
        ("完善调度", "工作任务"),
        ("部署阶段", "进度安排"),
        ("验收阶段", "进度安排"),
    ]
    assert [d.name for d in plan.tasks[0].lead] == ["规划科"]
    assert plan.tasks[0].support == ()


def test_a_page_that_lost_its_lines() -> None:
    body = "规范住院诊疗。严格知情告知和动态评估，出入院诊断符合率不低于97%，定期开展病历点评和讨论，及时通报点评结果，限期整改到位，并与科室绩效考核挂钩，结果在院周会上公布。（医务科） "
    plan = extract(
        "某中心2024年重点工作\n一、诊疗水平 1、"
        + body
        + "2、"
        + body
        + "二、安全底线 （1）由保卫科负责，总务科协助，每周检查病区门禁。 （2）护理部负责，9月底前完成预案修订。 "
        "三、其他事项 各科室要高度重视，积极行动，确保落地见效。 附件：名单（略） 【打印本页】 版权所有：某中心\n"
    )
    assert [t.title for t in plan.tasks] == ["规范住院诊疗", "规范住院诊疗", "检查病区门禁", "完成预案修订"]


def test_the_foot_of_a_page_names_nobody() -> None:
    plan = extract(
        "某医院2025年计划\n一、重点任务\n1.推进日间手术。\n主办单位：某医院　承办单位：市信息中心　联系电话：0735-2345678\n"
    )
    assert [(t.lead, t.responsible) for t in plan.tasks] == [((), ())]


@pytest.mark.parametrize(
    ("said", "indicator"),
    [
        ("组建团队、优化流程、开展演练不少于4次", "演练"),
        ("完善制度、开展培训、抽查病历200份", "抽查病历"),
        ("开展健康讲座、义诊20场", "健康讲座、义诊"),
        ("招聘正畸、种植专业医师6名", "正畸、种植专业医师"),
    ],
)
def test_the_last_of_several_acts_is_counted(said: str, indicator: str) -> None:
    plan = extract(f"某医院2025年计划\n一、重点任务\n1.强化能力。{said}。（责任科室：医务科）\n")
    assert [target.indicator for target in plan.targets] == [indicator]


def test_a_rate_is_shared_by_the_names_of_a_list() -> None:
    plan = extract(
        "某县2025年计划\n一、主要目标\n每千常住人口执业医师数、注册护士数分别达到3.6人、4.2人，每千名老年人护理床位数、住院率分别达到5张、10%。\n"
    )
    assert [target.indicator for target in plan.targets] == [
        "每千常住人口执业医师数",
        "每千常住人口注册护士数",
        "每千名老年人护理床位数",
        "住院率",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "1.事项：改造抢救区；措施：门球时间控制在80分钟以内；主责部门：急诊部；完成时间：2025年6月底。\n2.事项：点评处方；措施：每月点评300张；主责部门：药学部；完成时间：2025年9月底。",
        "1｜改造抢救区｜措施：门球时间控制在80分钟以内｜主责部门：急诊部｜完成时间：2025年6月底\n2｜点评处方｜措施：每月点评300张｜主责部门：药学部｜完成时间：2025年9月底",
        "1.【任务】改造抢救区【措施】门球时间控制在80分钟以内【牵头】急诊部【时限】2025年6月底\n2.【任务】点评处方【措施】每月点评300张【牵头】药学部【时限】2025年9月底",
        "1.任务：改造抢救区。措施：门球时间控制在80分钟以内（主责：急诊部；完成时限：2025年6月底）\n2.任务：点评处方。措施：每月点评300张（主责：药学部；完成时限：2025年9月底）",
    ],
)
def test_a_line_holds_a_record(lines: str) -> None:
    plan = extract(f"某医院2025年任务清单\n{lines}\n")
    assert shown(plan) == [
        ("改造抢救区", "门球时间控制在80分钟以内", ["急诊部"], [], "2025-06-30"),
        ("点评处方", "每月点评300张", ["药学部"], [], "2025-09-30"),
    ]
    assert [task.number for task in plan.tasks] == ["1", "2"]


def test_a_bar_table_with_a_header_stays_one() -> None:
    plan = extract(
        "序号｜任务｜措施｜责任科室\n1｜规范查对｜措施：每班清点｜护理部\n2｜改造抢救区｜措施：分区管理｜急诊科\n"
    )
    assert [(t.title, [d.name for d in t.responsible]) for t in plan.tasks] == [
        ("规范查对", ["护理部"]),
        ("改造抢救区", ["急诊科"]),
    ]


@pytest.mark.parametrize(
    "form",
    [
        "【问题】填写缺项。\n【目标】完整率达到98%。\n【措施】\n1.修订规则。\n2.每周抽查。\n【牵头】病案室\n",
        "1.问题：填写缺项。目标：完整率达到98%。措施：（1）修订规则。（2）每周抽查。牵头科室：病案室。\n",
    ],
)
def test_the_numbered_measures_of_a_problem_are_a_task_each(form: str) -> None:
    second = form.replace("病案室", "信息科").replace("1.问题", "2.问题")
    plan = extract(f"某医院整改清单\n{form}{second}")
    assert [(t.text, [d.name for d in t.lead]) for t in plan.tasks] == [
        ("修订规则。", ["病案室"]),
        ("每周抽查。", ["病案室"]),
        ("修订规则。", ["信息科"]),
        ("每周抽查。", ["信息科"]),
    ]
    assert [target.task for target in plan.targets] == [plan.tasks[0].id, plan.tasks[2].id]


@pytest.mark.parametrize("dash", ["——", "--", "—"])
def test_a_dash_behind_a_label(dash: str) -> None:
    plan = extract(
        f"某医院2025年要点\n1.落实制度。修订制度18项。责任科室{dash}医务科；完成时限{dash}6月底\n2.规范查对。开展培训4次。责任科室{dash}护理部\n"
    )
    assert [[d.name for d in task.responsible] for task in plan.tasks] == [["医务科"], ["护理部"]]


def test_a_dash_behind_a_short_word_is_a_line_of_thought() -> None:
    plan = extract(
        "某医院2025年要点\n一、重点任务\n1.质量闭环。按照发现、整改、落实—反馈的闭环抓好首页质控。\n"
    )
    assert [(task.lead, task.responsible) for task in plan.tasks] == [((), ())]


def test_aims_behind_dashes_beside_measures_behind_dashes() -> None:
    plan = extract(
        "某医院2025年整改方案\n问题一——书写不及时\n整改目标——24小时归档率达到95%\n整改措施——\n①修订书写规范；\n②每月通报结果。\n责任科室——质控科\n"
        "问题二——答复迟缓\n整改目标——投诉24小时答复率100%\n整改措施——开通投诉热线。\n责任科室——投诉办\n"
    )
    assert [(t.number, [d.name for d in t.responsible]) for t in plan.tasks] == [
        ("问题一/①", ["质控科"]),
        ("问题一/②", ["质控科"]),
        ("问题二", ["投诉办"]),
    ]
    assert [(t.indicator, t.task) for t in plan.targets] == [
        ("24小时归档率", plan.tasks[0].id),
        ("投诉24小时答复率", plan.tasks[2].id),
    ]


def test_a_title_leaves_out_with_whom_and_when() -> None:
    plan = extract("某医院2025年重点工作\n一、重点任务\n1.护理部会同药学部每月开展高警示药品督查。\n")
    assert [task.title for task in plan.tasks] == ["开展高警示药品督查"]


def test_a_numbered_problem_heads_items_of_its_own() -> None:
    text = "某县中医院医疗质量整改清单（2024年）\n（一）问题：病历书写不规范。\n整改措施：\n1.修订病历质控标准，6月底前印发。\n2.每月抽查运行病历100份。\n牵头科室：质控科；配合科室：各临床科室\n整改时限：2024年9月底前\n（二）问题：危急值处置不及时。\n整改措施：\n1.完善危急值登记制度。\n2.开展专项培训。\n牵头科室：检验科\n整改时限：长期坚持\n"
    plan = extract(text)
    assert [(t.title, [d.name for d in t.lead]) for t in plan.tasks] == [
        ("修订病历质控标准", ["质控科"]),
        ("抽查运行病历100份", ["质控科"]),
        ("完善危急值登记制度", ["检验科"]),
        ("开展专项培训", ["检验科"]),
    ]


def test_a_line_of_measures_belongs_to_the_problem_above_it() -> None:
    text = "某县医院整改方案（2024年）\n（一）选人用人不规范的问题。\n整改措施：1.修订选任办法；2.开展档案审核。责任领导：王健；责任科室：人事科；整改时限：2024年8月底前。\n（二）针对采购漏洞的问题，整改措施：1.修订采购目录；2.每月公示结果。牵头科室：采购办；整改时限：2024年9月底前。\n"
    assert [t.text for t in extract(text).tasks] == [
        "修订选任办法；",
        "开展档案审核。",
        "修订采购目录；",
        "每月公示结果。",
    ]


def test_a_line_of_several_labels_in_a_form() -> None:
    def record(problem: str, measures: str, who: str, leader: str, day: str, print_of: str) -> str:
        return print_of.format(p=problem, m=measures, w=who, l=leader, d=day)

    prints = [
        "存在问题：{p}。\n整改措施：\n{m}\n责任领导：{l}；责任科室：{w}；完成时限：{d}\n",
        "存在问题：{p}。\n整改措施：\n{m}\n（完成时限：{d}，责任科室：{w}，责任领导：{l}）\n",
        "【存在问题】{p}。\n【整改措施】{m}（完成时限：{d}；责任领导：{l}；责任科室：{w}）\n",
    ]
    rows = [
        ("台账缺项", "①补齐台账。②每周核对台账。", "设备科", "司徒静", "2025年5月底前"),
        ("库房混放", "①划分库区。②更新货位标识。", "总务科", "王建华", "2025年8月底前"),
    ]
    for print_of in prints:
        text = "栗山县中医院问题整改方案\n一、整改任务\n" + "".join(record(*row, print_of) for row in rows)
        read = [
            (t.responsible[0].name, t.leaders[0].name, t.deadline and t.deadline.end)
            for t in extract(text).tasks
        ]
        want = [("设备科", "司徒静", "2025-05-31"), ("总务科", "王建华", "2025-08-31")]
        assert read == [one for one in want for _ in range(2)], print_of
