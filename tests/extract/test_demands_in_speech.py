"""Demands as hospitals and health offices report them: chains of 要, speakers in mid-sentence, lead-ins, bylines, findings."""

import time

import pytest

from planparse import extract
from planparse.model import Task

HEAD = "青枫市第二医院召开质量安全推进会\n2024年3月5日，医院召开质量安全推进会。会议由副院长主持。\n"


def told(body: str, head: str = HEAD) -> list[str]:
    return [task.text for task in extract(head + body).tasks]


def test_demands_of_a_chain_are_tasks_where_they_name_an_act() -> None:
    body = "会议要求，要压实安全责任，严格落实值班制度；要建立隐患台账，逐条销号；要开展消防演练，每季度不少于1次；要强化服务意识，理顺体制机制。"
    assert told(body) == ["要建立隐患台账，逐条销号", "要开展消防演练，每季度不少于1次"]


def test_one_demand_is_no_chain() -> None:
    assert told("会议要求，要提高认识；各项工作有序推进。") == []


@pytest.mark.parametrize(
    "said",
    [
        "随后，江平通报了第一季度隐患排查情况，他指出，总务科要在4月底前完成管网改造。",
        "在听取汇报、查看现场、了解进度后，江平强调，总务科要在4月底前完成管网改造。",
        "江平传达了全市会议精神，并强调，总务科要在4月底前完成管网改造。",
    ],
)
def test_a_speaker_in_the_middle_of_a_sentence_begins_what_is_judged(said: str) -> None:
    (task,) = extract(HEAD + said).tasks
    assert task.text == "总务科要在4月底前完成管网改造。"
    assert task.deadline is not None
    assert task.deadline.end == "2024-04-30"


def test_what_only_announces_an_enumeration_is_no_task() -> None:
    assert told("会议强调，各科室要做好三项工作：一是4月底前完成自查；二是每周上报进展。") == [
        "4月底前完成自查",
        "每周上报进展。",
    ]


def test_vague_items_of_an_enumeration_are_none() -> None:
    assert told("院长提出三点要求：一是做好团队建设工作；二是加强党的建设；三是修订绩效方案。") == [
        "修订绩效方案。"
    ]


def test_what_was_found_is_still_to_be_mended() -> None:
    assert told("各科室对检查中已发现的问题要逐项整改。") == ["各科室对检查中已发现的问题要逐项整改。"]
    assert told("各科室已对检查中发现的问题逐项整改。") == []


@pytest.mark.parametrize(
    "said",
    ["护理部主任表示，将在年内完成静疗专科护士培训。", "下一步，将继续增设夜间门诊，年内新增诊室5间。"],
)
def test_what_nobody_named_will_do_by_a_time_is_a_task(said: str) -> None:
    assert len(told(said)) == 1


def test_beds_that_were_added_are_none() -> None:
    assert told("去年，医院成立专班，将床位增加到300张。") == []


def test_who_wrote_a_report_answers_for_nothing() -> None:
    body = "3月5日上午，副市长江平一行到青枫市第二医院察看新院区建设。\n江平听取了进展汇报，对前期工作给予肯定。\n医院将以此为契机，推进各项工作。（基建科 王义）\n"
    plan = extract("新院区建设工地见闻\n" + body)
    assert (plan.document.kind, plan.tasks) == ("news", ())


def test_the_place_of_a_thing_that_is_built_is_nobody() -> None:
    (task,) = extract(HEAD + "江平强调，城北疾控中心迁建工程今年11月底前投用。").tasks
    assert task.responsible == ()


def test_who_belongs_to_a_group_does_not_lead() -> None:
    (task,) = extract(HEAD + "会议决定，4月底前成立创建办公室，由医务科、护理部人员组成。").tasks
    assert (task.lead, task.responsible) == ((), ())


def test_minutes_name_the_act_behind_hours_and_what_the_meeting_said() -> None:
    plan = extract(
        "院周会纪要\n时间：2024年9月4日\n一、工作安排\n（一）9月6日上午9:30，医务科组织处方点评，请各临床科室参加。\n"
        "（二）会议要求总务科对二楼以上窗户进行检查维护。\n（三）会议要求按照医院统一安排组织两癌筛查。\n"
    )
    assert [task.title for task in plan.tasks] == [
        "组织处方点评",
        "对二楼以上窗户进行检查维护",
        "按照医院统一安排组织两癌筛查",
    ]


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        (
            "2024年10月10日，市委巡察组对医院党委进行了巡察。现将整改进展情况予以公布。\n一、整改情况\n（一）强化统筹抓整改。明确责任科室，制定整改措施，明确整改时限。",
            "report",
        ),
        ("3月5日，县里收听收看电视电话会议。会议认为，健康是大事。", "meeting"),
        ("3月5日下午，市专家一行来我院指导。", "news"),
        ("一、工作任务\n（一）强化统筹。明确责任科室，制定整改措施，明确整改时限。", "plan"),
    ],
)
def test_the_opening_tells_the_kind(opening: str, kind: str) -> None:
    assert extract(opening).document.kind == kind


def test_a_numbered_heading_is_no_title() -> None:
    assert (
        extract(
            "现将整改进展情况予以公布。\n一、整改情况\n（一）班子带头。\n二、下一步工作安排\n（一）持续抓好后续整改。\n"
        ).document.title
        is None
    )


@pytest.mark.parametrize(
    "part", ["要建立台账；", "他指出，", "要，", "，并强调，", "对检查中已发现的", "三项工作：一是"]
)
def test_long_repetitions_take_linear_time(part: str) -> None:
    began = time.process_time()
    extract(HEAD + part * 4000)
    assert time.process_time() - began < 30


def who(body: str, head: str = HEAD) -> list[tuple[str, list[str]]]:
    return [
        (task.text, [one.name for one in (*task.lead, *task.responsible)])
        for task in extract(head + body).tasks
    ]


def test_words_of_attitude_do_not_hide_two_acts_beside_them() -> None:
    assert told("院长强调，各科室要高度重视，成立工作专班，制定整改方案，逐条销号。") == [
        "各科室要高度重视，成立工作专班，制定整改方案，逐条销号。"
    ]
    assert told("院长强调，各科室要高度重视，提高认识，狠抓落实。") == []
    assert told("院长强调，创建办、医务科要高度重视，压实责任。") == []


def test_demands_behind_a_semicolon_are_for_whom_the_sentence_began_with() -> None:
    assert who(
        "会议要求，医务科要加强统筹协调，每周召开例会；要建立转诊台账，逐例登记；护理部要开展操作培训；要完善交接记录，6月底前报送。"
    ) == [
        ("医务科要加强统筹协调，每周召开例会", ["医务科"]),
        ("要建立转诊台账，逐例登记", ["医务科"]),
        ("护理部要开展操作培训", ["护理部"]),
        ("要完善交接记录，6月底前报送。", ["护理部"]),
    ]


def test_who_is_named_inside_a_demand_is_not_whom_the_next_is_for() -> None:
    found = who("会议要求，各科室要完成自查任务；要加大力度，护士长要亲自抓排查；要每天更新进度，建立台账。")
    assert found[-1] == ("要每天更新进度，建立台账。", [])
    found = who("会议要求，各科室要完成自查任务，护士长要亲自抓排查；要每天更新进度，建立台账。")
    assert found[-1] == ("要每天更新进度，建立台账。", ["各科室"])


def test_a_demand_behind_a_full_stop_or_a_role_is_for_nobody_named() -> None:
    assert who("医务科牵头建立台账；要完善交接记录，6月底前报送。")[-1] == (
        "要完善交接记录，6月底前报送。",
        [],
    )
    assert who("医务科要建立台账。要完善交接记录，6月底前报送。")[-1] == ("要完善交接记录，6月底前报送。", [])


def test_a_unit_that_is_told_by_you_and_an_act() -> None:
    assert who("会议明确，由综管办汇总查房问题。") == [("由综管办汇总查房问题。", ["综管办"])]
    assert who("会议明确，由于承办整理的材料较多，会期顺延。") == []


def test_somebody_to_be_appointed_is_no_leader() -> None:
    (task,) = extract(HEAD + "会议要求，总务科要安排专人负责登记，4月底前完成。").tasks
    assert task.leaders == ()
    assert [one.name for one in task.responsible] == ["总务科"]


def test_a_subject_before_the_speaker_gives_no_deadline() -> None:
    assert told("对于下半年的工作，院长要求，弘扬优良传统，确保全年任务的完成。") == []


def test_many_demands_of_one_sentence_take_linear_time() -> None:
    start = time.process_time()
    extract(HEAD + "会议要求，医务科要建立台账" + "；要完善记录" * 20_000 + "。由" * 20_000)
    assert time.process_time() - start < 20


def test_a_word_of_several_in_quotation_marks_is_no_target() -> None:
    said = "各科室要按照“全覆盖、零容忍、严监管”的要求，4月底前完成自查。"
    assert extract(HEAD + said).targets == ()
    assert extract(HEAD + "各科室要按照“零容忍、全覆盖、严监管”的要求，4月底前完成自查。").targets == ()
    (target,) = extract(HEAD + "全科医师团队要在4月底前实现重点人群签约“全覆盖”。").targets
    assert target.value == 100


def test_who_is_named_among_the_means_is_not_told() -> None:
    assert who("会议要求，4月底前建立台账，通过科室自查，安全科、保卫科联合检查等方式摸清底数。") == [
        ("4月底前建立台账，通过科室自查，安全科、保卫科联合检查等方式摸清底数。", [])
    ]
    assert who("会议要求，医务科采取现场抽查等方式，每月点评病历。") == [
        ("医务科采取现场抽查等方式，每月点评病历。", ["医务科"])
    ]


def test_all_of_a_branch_of_administration_are_told_as_one() -> None:
    (task,) = extract(HEAD + "会议要求，全市卫健系统要建立隐患台账。").tasks
    assert [(one.name, one.group) for one in task.responsible] == [("全市卫健系统", True)]
    assert who("全院要统一信息系统，改造老旧管网。") == []


def test_a_demand_that_is_short_like_a_heading_is_one_of_a_chain() -> None:
    assert told("院长要求大家逐条领会；要定期组织疏散演练；要提高思想认识，绷紧安全之弦。") == [
        "要定期组织疏散演练"
    ]


def test_what_a_long_report_reached_is_no_aim() -> None:
    past = (
        "代表们听取了工作报告。全年主办继续教育项目一项，公开发表学术论文35篇，添置内镜等设备12台，各项工作取得新进展。"
        * 8
    )
    assert extract("第三届职工代表大会召开\n" + past).targets == ()


def test_aims_that_a_report_announces() -> None:
    said = (
        "市长作工作报告。"
        + "市疾控中心新址建成投用。" * 30
        + "计划新建五个以上医疗集团，区级覆盖率将达到80%以上。"
    )
    assert [target.value for target in extract("全市人民代表大会开幕\n" + said).targets] == [5, 80]


WEEK = "青枫市第二医院召开周例会\n发布时间：2024-03-06 来源：院办\n"


@pytest.mark.parametrize(
    ("said", "end"),
    [
        ("各科室要于本周五前完成自查。", "2024-03-08"),
        ("医务科本周日前完成汇总。", "2024-03-10"),
        ("信息科下周一完成升级。", "2024-03-11"),
        ("总务科要在下周内完成检修。", "2024-03-17"),
    ],
)
def test_days_of_the_week_count_from_the_day_of_issue(said: str, end: str) -> None:
    (task,) = extract(WEEK + "院长指出，" + said).tasks
    assert task.deadline is not None
    assert task.deadline.end == end


def test_what_was_done_this_week_is_no_task_and_without_a_day_of_issue_there_is_no_deadline() -> None:
    assert (
        told(
            "一、本周工作\n（一）本周一，外科顺利为一位患者完成了肿瘤手术。\n（二）8月2日，《青枫日报》：《院长的查房表》",
            WEEK,
        )
        == []
    )
    (task,) = extract("周例会召开\n院长指出，各科室要于本周五前完成自查。").tasks
    assert task.deadline is None


def test_demands_of_one_paragraph_are_a_chain_also_in_sentences_of_their_own() -> None:
    assert told(
        "会议强调，要认真落实会议精神。要建立台账，逐条销号。要组织演练，每季度不少于1次。要提高政治站位。"
    ) == ["要建立台账，逐条销号。", "要组织演练，每季度不少于1次。"]
    assert told("会议强调，要建立台账，逐条销号。各项工作有序推进。") == []


def test_what_somebody_is_told_in_the_middle_of_a_demand_begins_with_him() -> None:
    assert who("院长指出，要进一步完善转运预案，交通保障专班要严格登记进出车辆，每日上报。")[-1] == (
        "交通保障专班要严格登记进出车辆，每日上报。",
        ["交通保障专班"],
    )


def test_who_is_told_in_particular() -> None:
    assert who("院长指出，特别是医务科要成立专门工作机构，完成转运演练。") == [
        ("特别是医务科要成立专门工作机构，完成转运演练。", ["医务科"])
    ]


@pytest.mark.parametrize("name", ["各乡镇、街道", "各镇街", "各乡镇（街道）", "各市州", "各接种点"])
def test_all_towns_and_all_places_of_a_kind_are_told_as_one(name: str) -> None:
    (task,) = extract(HEAD + f"会议要求，{name}要建立台账，6月底前完成登记。").tasks
    assert [(one.name, one.group) for one in task.responsible] == [(name, True)]


def test_who_oversees_the_items_does_none_of_them() -> None:
    minutes = "青枫市第二医院院长办公会会议纪要\n时间：2024年3月12日\n一、其他事项\n1.副院长江平通报了一季度运营情况，门诊量同比增长12.3%。\n2.会议强调，二季度要力争平均住院日降至7.5天以内，请医保办、信息科于3月底前完成数据核对。\n以上事项由院办负责督办，并于下次会议汇报落实情况。"
    assert [(task.text, named(task)) for task in extract(minutes).tasks] == [
        ("二季度要力争平均住院日降至7.5天以内", []),
        ("请医保办、信息科于3月底前完成数据核对。", ["医保办", "信息科"]),
        ("以上事项由院办负责督办，并于下次会议汇报落实情况。", ["院办"]),
    ]
    summed = "2024年工作要点\n一、重点任务\n1.改进随访服务。\n2.规范病历书写。\n以上任务由医务科负责，6月底前完成。"
    assert [named(task) for task in extract(summed).tasks] == [["医务科"], ["医务科"]]


def named(task: Task) -> list[str]:
    return [one.name for one in (*task.lead, *task.responsible)]


def test_heads_of_all_units_of_a_body_are_leaders() -> None:
    (task,) = extract(HEAD + "院长要求，委属各单位主要负责人要亲自抓，每月研究1次安全生产工作。").tasks
    assert [one.name for one in task.leaders] == ["委属各单位主要负责人"]


def test_a_bracket_of_heads_names_no_department() -> None:
    (task,) = extract("2024年工作要点\n一、重点任务\n1.推进行政查房。（职能科室负责人）").tasks
    assert task.responsible == ()
    (task,) = extract("2024年工作要点\n一、重点任务\n1.推进行政查房。（职能科室负责）").tasks
    assert named(task) == ["职能科室"]


def test_an_enumeration_of_faults_gives_nobody_work() -> None:
    assert (
        told(
            "我们还存在不少问题：一是病历书写不及时，逾期归档312份；二是制度落实不到位，一季度发生不良事件48起。"
        )
        == []
    )
    assert told("针对存在问题，院长提出要求：一是病案室4月底前完成312份病历归档；二是修订归档制度。") == [
        "病案室4月底前完成312份病历归档",
        "修订归档制度。",
    ]


def test_what_a_meeting_sets_is_to_be_reached() -> None:
    plan = extract(HEAD + "会议明确，绩效工资总量增幅不超过8%，护理人员绩效占比不低于35%。")
    assert [(target.indicator, target.value) for target in plan.targets] == [
        ("绩效工资总量增幅", 8),
        ("护理人员绩效占比", 35),
    ]
    assert extract(HEAD + "会议指出，绩效工资总量增幅为8%，护理人员绩效占比35%。").targets == ()


def test_who_acts_by_a_day_in_the_middle_of_a_demand_begins_with_himself() -> None:
    assert who("院长强调，护士长要以身作则；要用好信息化手段，信息科4月底前上线移动护理系统。") == [
        ("信息科4月底前上线移动护理系统。", ["信息科"])
    ]


def test_a_bracket_may_hold_a_name_and_a_day_without_a_mark() -> None:
    plan = extract(
        "2024年工作要点\n一、重点任务\n1.完成电梯年检（总务科 4月20日）。\n2.完成锅炉年检（总务科，4月底前）。"
    )
    assert [(named(task), task.deadline and task.deadline.end) for task in plan.tasks] == [
        (["总务科"], "2024-04-20"),
        (["总务科"], "2024-04-30"),
    ]


def test_what_is_measured_by_the_month_before_is_still_demanded() -> None:
    plan = extract(
        HEAD
        + "院长强调，下半年要抓好两件事：第一件事是控费，重点监控药品用量环比下降10%以上；第二件事是提质，四级手术占比提高2个百分点。"
    )
    assert [target.value for target in plan.targets] == [10, 2]
    assert (
        extract(
            HEAD
            + "上半年有两个亮点：第一是控费，重点监控药品用量环比下降10%；第二是提质，四级手术占比提高2个百分点。"
        ).targets
        == ()
    )


def test_a_numbered_item_of_minutes_that_sets_something_is_a_task() -> None:
    minutes = "医共体建设工作调度会议纪要\n时间：2024年5月9日\n一、会议研究了药品统一管理问题。会议议定：\n1.由县医保局牵头，6月底前建成中心药房。\n2.统一药品目录，慢性病用药品种不少于200种。\n二、会议听取了汇报。\n1.基层诊疗量占比达到58%，同比提高3个百分点。"
    assert [task.number for task in extract(minutes).tasks] == ["一/1", "一/2"]
