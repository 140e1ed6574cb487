"""Reports that demand, interpretations by question and answer, agenda items, offices that answer alone."""

from __future__ import annotations

import pytest

from planparse import extract
from planparse.model import Task


def named(task: Task) -> list[str]:
    return [d.name for d in (*task.lead, *task.responsible, *task.support)] + [p.name for p in task.leaders]


def due(task: Task) -> str | None:
    return task.deadline and (task.deadline.end or task.deadline.recurrence)


def test_a_question_is_no_item_and_its_answer_is_read_for_what_it_tells() -> None:
    text = (
        "《某市急救能力提升方案（2024—2026年）》政策解读\n"
        "一、问：为什么要出台《方案》？\n答：截至2023年底，全市建成急救站21个，覆盖率仅为60%。\n"
        "二、问：《方案》提出了哪些目标？\n答：到2026年，全市急救站达到30个。\n"
        "三、问：怎样保障落地？\n答：市财政局要在2024年9月底前下达补助资金300万元。市卫生健康委将每季度通报一次进展。\n"
    )
    plan = extract(text)
    assert [(named(task), due(task)) for task in plan.tasks] == [
        (["市财政局"], "2024-09-30"),
        (["市卫生健康委"], "quarterly"),
    ]
    assert plan.tasks[0].path == ("怎样保障落地？",)
    assert [(t.indicator, t.value, t.task) for t in plan.targets if t.task is None] == [("急救站", 30, None)]


def test_a_report_is_read_for_what_it_demands() -> None:
    text = (
        "某市卫生健康委关于第三季度医疗质量督查情况的通报\n一、督查概况\n抽查医院9家，病案合格率达到91%。\n"
        "二、挂牌督办\n平湖县人民医院要于11月底前完成急诊改造,柳河县中医院要于10月底前修订药品效期办法。\n"
        "请各县（市）卫生健康局、市直各医院于10月25日前报送整改报告。\n2024年9月20日\n"
    )
    assert [(named(task), due(task)) for task in extract(text).tasks] == [
        (["平湖县人民医院"], "2024-11-30"),
        (["柳河县中医院"], "2024-10-31"),
        (["各县（市）卫生健康局", "市直各医院"], "2024-10-25"),
    ]


@pytest.mark.parametrize(
    ("said", "names", "end"),
    [
        ("党委书记每月听取一次整改情况汇报。", ["党委书记"], "monthly"),
        ("总会计师要在8月底前牵头清理收费项目。", ["总会计师"], "2024-08-31"),
        (
            "由党委副书记柯敏牵头，人力资源处负责，各临床学科配合，6月底前引进博士2名。",
            ["人力资源处", "各临床学科", "柯敏"],
            "2024-06-30",
        ),
        ("请溪口镇卫生院于9月15日前完成中医馆改造。", ["溪口镇卫生院"], "2024-09-15"),
        ("会议确定，由医保办牵头，9月20日前完成年中清算。", ["医保办"], "2024-09-20"),
    ],
)
def test_who_answers(said: str, names: list[str], end: str) -> None:
    [task] = extract("某市医院召开2024年重点工作推进会\n3月5日，医院召开推进会。\n" + said).tasks
    assert (named(task), due(task)) == (names, end)
    assert not [d.name for d in task.lead if d.name == "人力资源处"]


def test_a_date_in_a_clause_of_its_own_goes_with_the_act_behind_it() -> None:
    tasks = extract(
        "医院召开2024年创建推进会\n2月5日，医院召开推进会。\n质控科负责4月至8月开展模拟评审；9月30日前，由院办提交评审申请。"
    ).tasks
    assert [(named(task), due(task)) for task in tasks] == [
        (["质控科"], "2024-08-31"),
        (["院办"], "2024-09-30"),
    ]


def test_an_agenda_item_is_read_whatever_it_passes_on() -> None:
    text = "某院党委会会议纪要\n2025年4月17日\n一、传达学习全省会议精神\n会议决定，由纪委办公室牵头，6月底前完成采购风险排查；各党支部要在5月召开组织生活会。\n"
    assert [(named(task), due(task)) for task in extract(text).tasks] == [
        (["纪委办公室"], "2025-06-30"),
        (["各党支部"], "2025-05-31"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        "市第二医院牵头组建的眼科联盟覆盖12个县区，累计帮扶基层医师230人次。",
        "各科主任、护士长要认真履职，主动作为，确保各项工作有序开展。",
        "方案提出的质量目标是：到2024年底，三四级手术占比达到45%以上。",
    ],
)
def test_what_is_reported_or_hoped_for_is_no_task(said: str) -> None:
    assert extract("医院召开2024年重点工作推进会\n3月5日，医院召开推进会。\n" + said).tasks == ()


def test_what_an_inspection_found_is_no_task() -> None:
    text = "某区医院医保问题整改方案\n2024年3月，区医保局对我院开展飞行检查，共抽查病历420份，反馈问题4类57条。\n一、重复收费问题\n整改措施：1.梳理收费项目。责任科室：财务科；整改时限：2024年6月底前\n"
    plan = extract(text)
    assert [task.text for task in plan.tasks] == ["梳理收费项目。"]
    assert not plan.targets


def test_figures_of_a_time_that_had_ended_are_no_targets() -> None:
    text = "某院院长办公会纪要\n2024年7月22日，院长主持召开院长办公会。现将议定事项纪要如下：\n一、门诊议题\n上半年，门急诊量达到38.4万人次，候诊时间最长达到2小时。会议议定：\n1.门诊部8月底前增设自助机12台。\n"
    assert [(t.indicator, t.value) for t in extract(text).targets] == [("自助机", 12)]


def test_points_that_end_sentences_are_full_stops() -> None:
    text = "某院2024年工作要点\n一、重点任务\n1.压实质控责任.病案合格率达到95%.(牵头科室:质控科)\n2.规范转诊.医保办每月通报.(责任科室:医保办)\n3.改造病房.更换门窗40套.\n"
    assert [task.title for task in extract(text).tasks] == ["压实质控责任", "规范转诊", "改造病房"]
    names = "某院2024年工作要点\n一、重点任务\n1.改造病房。（责任人：艾力.吐尔逊）\n"
    assert [p.name for p in extract(names).tasks[0].leaders] == ["艾力.吐尔逊"]


def test_what_a_report_plans_is_work_also_where_no_act_is_concrete() -> None:
    report = "青枫市第二医院2024年工作总结\n一、主要工作完成情况\n1.医疗质量稳步提升。全年门诊12万人次。\n二、2025年工作计划\n1.继续深化医疗质量管理，推进临床路径全覆盖。\n2.提升患者就医体验。"
    plan = extract(report)
    assert [task.number for task in plan.tasks] == ["二/1", "二/2"]
    assert [(target.indicator, target.value) for target in plan.targets] == [("临床路径", 100)]


def test_who_signs_an_answer_issues_it() -> None:
    answer = "对第23号建议的答复\n周明代表：\n您提出的建议收悉，现答复如下：\n青枫县柳河镇卫生院承担全镇居民的医疗救治。\n青枫县卫生健康局\n2024年4月15日\n承办人：吴宁"
    assert extract(answer).document.issuer == "青枫县卫生健康局"


def test_what_an_inspection_found_is_no_aim_though_somebody_answers_for_it() -> None:
    report = "关于第一季度重点工作督查情况的通报\n各科室：\n现将有关情况通报如下：\n一、存在问题\n（一）病案首页质量不高。抽查病案200份，首页缺陷率12%。责任科室：病案室。\n二、工作要求\n（一）立行立改。病案室要于4月30日前将首页缺陷率降至5%以下。\n（二）请进展滞后的科室于4月10日前书面说明原因。\n青枫市人民医院督查室\n2024年4月2日"
    plan = extract(report)
    assert [(target.indicator, target.value) for target in plan.targets] == [("首页缺陷率", 5)]
    assert (plan.tasks[-1].text, named(plan.tasks[-1])) == (
        "请进展滞后的科室于4月10日前书面说明原因。",
        ["进展滞后的科室"],
    )


def test_a_look_back_in_the_opening_plans_the_year_after() -> None:
    said = "个人述职报告\n现将2023年度工作述职如下：\n一、履职情况\n（一）抓质量。护理文书合格率由93%提高到98%。\n二、下一步打算\n（一）2024年新增专科护士15名，力争专科护士占比达到20%。\n（二）鼓励护士申报科研项目，年内完成立项。"
    plan = extract(said)
    assert [task.deadline.end if task.deadline else None for task in plan.tasks] == [
        "2024-12-31",
        "2024-12-31",
    ]
    assert [target.value for target in plan.targets] == [15, 20]


def test_who_does_something_in_a_report_has_done_it() -> None:
    report = "关于巡察整改进展情况的通报\n现将整改进展情况予以公布。\n局党委切实抓好整改。一是提高认识，召开专题会议。二是建章立制，对整改任务实行销号，班子成员逐条认领、实时跟进督查，确保扎实推进。"
    assert extract(report).tasks == ()


def test_what_is_still_to_be_done_stands_behind_the_progress() -> None:
    report = "关于巡察反馈意见整改情况的报告\n一、具体问题整改情况\n（一）关于“签约服务质量不高”问题\n整改情况：正在推进。签约率由58%提高到66%。\n下一步措施：开展专项督导，2024年6月底前重点人群签约率达到75%以上。\n责任领导：王丽；责任股室：基层股\n（二）关于“设备闲置”问题\n整改情况：已完成。盘活闲置设备23台。\n责任领导：陈志刚；责任股室：财务股"
    (task,) = extract(report).tasks
    assert (task.text, named(task)) == (
        "开展专项督导，2024年6月底前重点人群签约率达到75%以上。",
        ["基层股", "王丽"],
    )
