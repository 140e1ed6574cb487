"""What a document says of itself at its head and foot: who issued it, what it encloses, where it ends."""

from __future__ import annotations

import pytest

import planparse

BODY = "\n一、重点任务\n1.改进随访。（护理部）"


@pytest.mark.parametrize(
    ("opening", "issuer"),
    [
        ("4月2日，副市长姚青到临河市中医医院检查工作，要求加快建设。", None),
        ("青溪县卫健局3月8日召开县人民医院建设调度会。", "青溪县卫健局"),
        ("会议听取了柳湾镇中心卫生院负责人的汇报。", None),
        ("院领导传达了市卫健委会议精神，部署下一步工作。", None),
        ("会上宣读了《云岭县人民政府关于设置三级医院的批复》。", None),
        ("药店一律不得向无临河市医院处方的人员售药。", None),
    ],
)
def test_sentences_are_no_issuers(opening: str, issuer: str | None) -> None:
    assert planparse.extract(opening + "会议要求各科室5月底前完成自查。").document.issuer == issuer


def test_a_hospital_with_its_number_left_out() -> None:
    plan = planparse.extract("爱国卫生月活动方案" + BODY + "\n临河市第XX人民医院\n20xx年4月1日")
    assert plan.document.issuer == "临河市第XX人民医院"
    assert [task.text for task in plan.tasks] == ["改进随访。"]


def test_the_first_section_below_the_word_attachment_belongs_to_the_plan() -> None:
    text = "附件：中医药工作分工方案\n临河市中医药工作领导小组办公室\n一、提高服务能力\n（一）健全网络\n1.建设中医馆。（市卫生健康委）"
    assert [task.number for task in planparse.extract(text).tasks] == ["一/（一）/1"]
    listed = planparse.extract("工作方案" + BODY + "\n附件：1.任务分解表\n2.专班名单")
    assert [task.text for task in listed.tasks] == ["改进随访。"]


def test_an_activity_that_was_designed_is_a_plan() -> None:
    assert planparse.extract("义诊周活动策划" + BODY).document.kind == "plan"


@pytest.mark.parametrize(
    "broken", ["云岭市卫生健康委关于印发\n\n", "云岭市卫生健康委关于印发\n", "云岭市卫生健康委关于印发"]
)
def test_a_title_that_was_broken_behind_the_word_issues(broken: str) -> None:
    title = planparse.extract(
        broken + "2024年全市卫生健康工作要点的通知\n\n各县（区）卫生健康局：" + BODY
    ).document.title
    assert title == "云岭市卫生健康委关于印发2024年全市卫生健康工作要点的通知"


def test_a_list_below_the_words_as_follows_is_a_plan() -> None:
    plan = planparse.extract("超声科2025年具体工作计划如下：\n1、更新超声设备。\n2、每年开展新技术2项。")
    assert (plan.document.kind, [task.title for task in plan.tasks]) == (
        "plan",
        ["更新超声设备", "开展新技术2项"],
    )


@pytest.mark.parametrize(
    "opening",
    [
        "在座谈会上，提案主办单位市卫生健康局汇报了办理情况，随后进行了讨论。",
        "会上，青枫街道社区卫生服务中心接种点、柳河镇卫生院接种点负责人分别汇报了进展。",
        "座谈会上，青枫市第一医院党委书记周明、青枫市第二医院党委书记吴宁作了发言。",
        "市纪委委员周明、驻市卫生健康局纪检组组长吴宁出席会议。",
        "青枫市是国家卫生健康委确定的试点城市之一，成效明显。",
    ],
)
def test_who_only_speaks_or_is_told_of_issues_nothing(opening: str) -> None:
    assert (
        planparse.extract(
            "全市卫生健康工作座谈会召开\n" + opening + "\n会议要求，各单位要建立台账。"
        ).document.issuer
        is None
    )


@pytest.mark.parametrize(
    "opening",
    [
        "3月5日，青枫市第一医院在门诊楼召开座谈会，院长周明、书记吴宁参加。",
        "青枫市第一医院召开座谈会，市卫生健康局、市财政局参加。",
    ],
)
def test_who_holds_the_meeting_issues_its_report(opening: str) -> None:
    assert planparse.extract("工作座谈会召开\n" + opening).document.issuer == "青枫市第一医院"


def test_days_before_which_something_is_due_are_no_news() -> None:
    body = "各县卫生局，市级医疗单位：\n现将有关事项告知。\n一、各医疗机构要于7月12日前完成自查。\n二、检查情况于7月16日前报市局。"
    assert planparse.extract(body).document.kind != "news"
    assert planparse.extract("日前，副市长周明到市第一医院检查工作。").document.kind == "news"


def test_when_a_hospital_is_closed_is_no_plan() -> None:
    body = "\n1、放假时间：2月13日至19日。\n2、门诊2月13日至16日放假。\n3、请各部门于2月5日前将值班表交到院办。\n2010年2月1日"
    plan = planparse.extract("关于2010年春节放假的通知" + body)
    assert (plan.document.kind, len(plan.tasks)) == ("other", 1)


def test_a_party_committee_of_a_hospital_keeps_its_party() -> None:
    assert (
        planparse.extract(
            "中共青枫市第二人民医院委员会会议纪要\n会议要求，各科室要建立台账。"
        ).document.issuer
        == "中共青枫市第二人民医院委员会"
    )
    assert (
        planparse.extract(
            "中共青枫市卫生健康委员会党委会议纪要\n会议要求，各科室要建立台账。"
        ).document.issuer
        == "青枫市卫生健康委员会党委"
    )


def test_a_title_may_begin_with_a_year_and_a_month() -> None:
    plan = planparse.extract(
        "2024年5月份工作总结及6月份工作计划\n医务科\n一、6月份工作计划\n1.完成复审自评报告。"
    )
    assert plan.document.title == "2024年5月份工作总结及6月份工作计划"
    assert (
        planparse.extract(
            "2024年5月6日\n某县医院日间手术管理办法\n一、重点任务\n1.完成自评报告。"
        ).document.title
        == "某县医院日间手术管理办法"
    )
