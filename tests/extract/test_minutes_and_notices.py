"""Minutes, notices and news: what they set, what they only report, and who is named in them, in sentences of our own."""

from __future__ import annotations

import pytest

from planparse import extract
from planparse.model import Task


def names(task: Task, role: str) -> list[str]:
    return [named.name for named in getattr(task, role)]


MINUTES = "云溪县人民医院院长办公会纪要\n2025年4月8日\n会议议定以下事项：\n"


def test_a_preamble_that_asks_for_observance_is_no_task() -> None:
    plan = extract(
        "云溪县人民医院2025年工作安排\n为推进全年工作，现将各项任务安排如下，请各病区遵照执行。\n1.完成病房改造。（总务科）"
    )
    assert [task.title for task in plan.tasks] == ["完成病房改造"]


@pytest.mark.parametrize("office", ["各次中心", "各达标病区", "名医工作室（传承办）"])
def test_a_slot_holds_any_name(office: str) -> None:
    [task] = extract(
        f"工作安排\n一、重点任务\n1.整理病历。（牵头部门：质控部；配合部门：信息科、{office}）"
    ).tasks
    assert (names(task, "lead"), names(task, "support")) == (["质控部"], ["信息科", office])
    assert [named.group for named in task.support] == [False, office.startswith("各")]


def test_companies_take_part_beside_who_answers() -> None:
    text = "由望江区人民政府负责，市燃气集团、市经开区管委会参与，7月20日前完成站点迁改。"
    [task] = extract(MINUTES + "一、" + text).tasks
    assert names(task, "lead") == ["望江区人民政府"]
    assert names(task, "support") == ["市燃气集团", "市经开区管委会"]


@pytest.mark.parametrize(
    "line", ["到会情况：应到96人，实到90人，缺席6人", "参　会：各病区护士长", "会议地点：五楼示教室"]
)
def test_who_came_is_the_head_of_minutes(line: str) -> None:
    text = f"云溪县人民医院周会纪要\n时间：2025年4月8日\n{line}\n\n一、议定事项\n1.请护理部于4月20日前完成静脉治疗督查。"
    plan = extract(text)
    assert [task.text for task in plan.tasks] == ["请护理部于4月20日前完成静脉治疗督查。"]
    assert not plan.targets


@pytest.mark.parametrize(
    "told",
    ["主办部门要会同协办部门细化措施，不得拖延。", "牵头科室要会同责任科室制定清单。"],
)
def test_placeholders_alone_are_told_nothing(told: str) -> None:
    plan = extract(MINUTES + f"各项工作要抓紧推进。{told}党办每月通报进展。")
    assert [task.text for task in plan.tasks] == ["党办每月通报进展。"]


def test_placeholders_with_a_day_are_told_something() -> None:
    [task] = extract(MINUTES + "牵头科室要在5月10日前报送台账。").tasks
    assert (task.responsible, task.deadline.end) == ((), "2025-05-10")


def test_a_day_that_was_kept_is_none_to_do_something_by() -> None:
    text = "云溪县卫生健康简报\n2025年9月3日\n今年4月以来，县第二人民医院由导诊台牵头，团委配合，为老人印制了就诊卡，7月底前已覆盖12个诊区。"
    assert not extract(text).tasks


def test_news_below_a_plan_is_background() -> None:
    text = "党建工作要点\n一、重点任务\n1.组织党课。全年讲党课不少于4次。（组织部）\n二、支部动态\n春风送暖。3月2日，外科党支部16名党员走进社区，接诊居民90人次。"
    plan = extract(text)
    assert ([task.title for task in plan.tasks], len(plan.targets)) == (["组织党课"], 1)


def test_an_enumerated_demand_keeps_its_head_and_its_day() -> None:
    text = "院长提出三点要求：一是限期整顿到位。7月25日前原样送返旧档，并函告市局。二是全面自查。对收费逐项核对，8月15日前提交报告。三是提高认识。大家要高度重视。"
    assert [task.text for task in extract("约谈纪要\n2025年7月8日\n" + text).tasks] == [
        "限期整顿到位。7月25日前原样送返旧档，并函告市局。",
        "全面自查。对收费逐项核对，8月15日前提交报告。",
    ]


NOTICE = "云溪县骨科医院关于做好中秋期间医疗服务的通知\n各科室：\n一、落实值班安排。各病区要于9月10日前报送值班表。\n二、备足药品。药学部负责，9月12日前完成急救药品盘点。\n\n"


def test_an_attachment_of_aims_sets_aims() -> None:
    text = "附件1：中秋期间质量控制指标\n1．急诊滞留时间：≤5小时\n2．投诉按时办结率：97%以上\n\n附件2：2024年中秋数据\n2024年中秋，全院接诊急诊患者620人次，床位使用率71%。\n\n云溪县骨科医院\n2025年9月3日\n"
    plan = extract(NOTICE + text)
    assert [task.title for task in plan.tasks] == ["落实值班安排", "备足药品"]
    assert [(t.indicator, t.relation, t.value, t.task) for t in plan.targets] == [
        ("急诊滞留时间", "le", 5, None),
        ("投诉按时办结率", "ge", 97, None),
    ]


def test_a_list_of_attachments_is_none() -> None:
    plan = extract(NOTICE + "附件：1.质量控制指标\n2.值班表\n\n云溪县骨科医院\n2025年9月3日\n")
    assert (len(plan.tasks), len(plan.targets)) == (2, 0)


def test_items_that_minutes_decide_have_titles_and_one_task_an_actor() -> None:
    text = "会议认为，改革既是挑战也是机遇。会议议定如下事项：\n一、由病案室牵头，各病区配合，7月底前完成首页自查。首页正确率达到94%以上。\n二、医务科牵头，护理部参与，第三季度完成20个病种路径修订，入径率不低于55%。\n三、信息科负责9月10日前上线预警模块；设备科负责10月底前清理耗材目录；财务科负责每月核算成本并反馈科室。\n"
    plan = extract("云溪县人民医院付费改革推进会会议纪要\n时间：2024年7月9日\n" + text)
    assert [(task.number, task.title) for task in plan.tasks] == [
        ("一", "完成首页自查"),
        ("二", "完成20个病种路径修订"),
        ("三", None),
        ("三#2", None),
        ("三#3", None),
    ]
    assert [names(task, "responsible") for task in plan.tasks[2:]] == [["信息科"], ["设备科"], ["财务科"]]
    own = {target.indicator: target.deadline for target in plan.targets}
    assert own["首页正确率"] is None
    assert own["入径率"] is None


def test_a_last_sentence_of_names_still_says_who_answers() -> None:
    [task] = extract("云溪县人民医院工作要点\n一、重点任务\n1.完善考核方案。绩效办、人事科。").tasks
    assert names(task, "responsible") == ["绩效办", "人事科"]


@pytest.mark.parametrize("office", ["信息科（项目实施办）", "质管科（统筹办）"])
def test_an_office_in_a_bracket_holds_a_role_word(office: str) -> None:
    first, second = extract(
        f"工作安排\n一、重点任务\n1.整理病历。（牵头科室：{office}；配合科室：护理部）\n2.整理台账。由{office}牵头，护理部配合，6月底前完成。"
    ).tasks
    for task in (first, second):
        assert (names(task, "lead"), names(task, "responsible"), names(task, "support")) == (
            [office],
            [],
            ["护理部"],
        )


def test_two_collectives_in_a_cell_are_two() -> None:
    [task] = extract(
        "重点任务表\n| 序号 | 任务 | 牵头科室 | 配合科室 |\n| 1 | 完成病房改造 | 总务科 | 各网格、各片区 |\n"
    ).tasks
    assert [(named.name, named.group) for named in task.support] == [("各网格", True), ("各片区", True)]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("由县第二人民医院提交方案，5月底前报送。", ["县第二人民医院"]),
        ("由镇卫生院组织体检，7月底前完成。", ["镇卫生院"]),
        ("由信息科开发的预约系统6月底前上线。", []),
        ("由门诊部改造的诊室5月底前验收。", []),
        ("由老医院改造的病房5月底前验收。", []),
    ],
)
def test_who_stands_behind_by_acts_or_only_tells_which(said: str, who: list[str]) -> None:
    [task] = extract(f"云溪县人民医院院长办公会纪要\n2025年4月8日\n会议强调，{said}").tasks
    assert (task.text, names(task, "responsible")) == (said, who)


def test_aims_below_a_list_of_attachments() -> None:
    text = "附件：1.值班表\n2.联系人名单\n附件3：假期监测指标\n（1）预检分诊时间：≤4分钟\n（2）住院患者投诉：不超过3起\n\n云溪县骨科医院\n2025年9月3日\n"
    assert [(t.indicator, t.value) for t in extract(NOTICE + text).targets] == [
        ("预检分诊时间", 4),
        ("住院患者投诉", 3),
    ]


def test_what_an_office_promises_is_told_to_it() -> None:
    text = "云溪县人民医院推进会纪要\n2025年4月8日\n院长要求加快进度。医务部表示，将在5月底前完成全员培训。"
    [task] = extract(text).tasks
    assert (names(task, "responsible"), task.deadline.end) == (["医务部"], "2025-05-31")


def test_aims_by_the_end_of_a_month_are_no_task() -> None:
    plan = extract(
        MINUTES.replace(
            "会议议定以下事项：\n", "会议指出，到9月底，候诊时间降至20分钟以内，药占比不高于27%。"
        )
    )
    assert not plan.tasks
    assert [(t.indicator, t.deadline.end) for t in plan.targets] == [
        ("候诊时间", "2025-09-30"),
        ("药占比", "2025-09-30"),
    ]


@pytest.mark.parametrize("title", ["安全生产约谈记录", "院周会记录", "医疗质量反馈会记录"])
def test_records_of_talks_are_minutes(title: str) -> None:
    text = "\n时间：2025年5月16日\n地点：三楼会议室\n\n院长提出如下要求：\n1.立即清理通道，5月20日前完成设施检测。\n2.健全值守制度，医务科6月底前报送预案。"
    plan = extract(title + text)
    assert (plan.document.kind, plan.document.title) == ("meeting", title)
    assert [(task.number, task.title) for task in plan.tasks] == [
        ("1", "立即清理通道"),
        ("2", "健全值守制度"),
    ]


def test_an_institution_that_opens_its_sentence_with_an_act_is_told_to_do_it() -> None:
    plan = extract(MINUTES + "（一）关于搬迁准备。县中医院制定搬迁方案，9月15日前报县卫生健康局备案。")
    assert [names(task, "responsible") for task in plan.tasks] == [["县中医院"]]
