"""Where a heading, its annotation and its text may stand to each other, with numbers and without."""

from __future__ import annotations

import pytest

from planparse import Plan, extract

HEAD = "临湖县人民医院2025年工作要点\n"
FEVER, BLOOD = "扩建隔离诊室3间。", "更新冷链设备，6月底前投用。"


def read(body: str, head: str = HEAD) -> list[tuple[str | None, str, list[str], list[str]]]:
    plan: Plan = extract(head + body)
    return [
        (t.title, t.text.replace("\n", "|"), [d.name for d in t.lead], [d.name for d in t.responsible])
        for t in plan.tasks
    ]


WANTED = [
    ("改造发热门诊", ["院感科"], ["总务科"]),
    ("规范输血管理", ["输血科"], []),
]
FIRST, SECOND = "牵头科室：院感科；责任科室：总务科", "牵头科室：输血科"
LAYOUTS = {
    "numbered heading with bracket, text below": f"一、改造发热门诊（{FIRST}）\n{FEVER}\n二、规范输血管理（{SECOND}）\n{BLOOD}",
    "heading, stop and bracket, text below": f"1.改造发热门诊（{FIRST}）。\n{FEVER}\n2.规范输血管理（{SECOND}）。\n{BLOOD}",
    "bracket between heading and text": f"1.改造发热门诊（{FIRST}）{FEVER}\n2.规范输血管理（{SECOND}）{BLOOD}",
    "heading in brackets": f"1.【改造发热门诊】{FEVER}（{FIRST}）\n2.【规范输血管理】{BLOOD}（{SECOND}）",
    "heading in brackets, no number": f"【改造发热门诊】{FEVER}（{FIRST}）\n【规范输血管理】{BLOOD}（{SECOND}）",
    "ordinal": f"第一、改造发热门诊。{FEVER}（{FIRST}）\n第二、规范输血管理。{BLOOD}（{SECOND}）",
    "aim": f"目标一：改造发热门诊。{FEVER}（{FIRST}）\n目标二：规范输血管理。{BLOOD}（{SECOND}）",
    "no number, bracket above the text": f"改造发热门诊（{FIRST}）\n{FEVER}\n规范输血管理（{SECOND}）\n{BLOOD}",
    "no number, roles between": f"改造发热门诊\n{FIRST}\n{FEVER}\n规范输血管理\n{SECOND}\n{BLOOD}",
    "no number, roles below, set in": f"    改造发热门诊\n    {FEVER}\n    {FIRST}\n    规范输血管理\n    {BLOOD}\n    {SECOND}",
    "no number, heading with colon": f"改造发热门诊：\n{FEVER}（{FIRST}）\n规范输血管理：\n{BLOOD}（{SECOND}）",
    "no number, one line": f"改造发热门诊：{FEVER}（{FIRST}）\n规范输血管理：{BLOOD}（{SECOND}）",
    "below a section": f"一、核心任务\n改造发热门诊。{FEVER}\n{FIRST}\n规范输血管理。{BLOOD}\n{SECOND}",
    "arrow bullets": f"一、重点任务\n➢ 改造发热门诊。{FEVER}（{FIRST}）\n➢ 规范输血管理。{BLOOD}（{SECOND}）",
}


@pytest.mark.parametrize("body", LAYOUTS.values(), ids=LAYOUTS)
def test_heading_text_and_roles_go_together(body: str) -> None:
    found = read(body)
    assert [(title, lead, responsible) for title, _, lead, responsible in found] == WANTED
    for (_, text, _, _), said in zip(found, ("扩建隔离诊室", "更新冷链设备"), strict=True):
        assert said in text


def test_an_annotation_that_opens_a_paragraph_is_not_the_one_before_it() -> None:
    body = f"一、任务分工\n〔{FIRST}〕{FEVER}\n〔{SECOND}〕{BLOOD}"
    assert [(text, lead) for _, text, lead, _ in read(body)] == [(FEVER, ["院感科"]), (BLOOD, ["输血科"])]


def test_lines_with_roles_of_their_own_below_an_annotated_heading() -> None:
    body = f"一、改造发热门诊（{FIRST}）\n{FEVER}（责任科室：基建科）\n购置移动方舱并完成验收。\n"
    assert [(title, lead, responsible) for title, _, lead, responsible in read(body)] == [
        ("改造发热门诊", [], ["基建科"]),
        ("改造发热门诊", ["院感科"], ["总务科"]),
    ]


def test_the_bracket_of_a_leader_behind_the_heading() -> None:
    plan = extract(
        HEAD + f"1.改造发热门诊（责任领导：江叙白）。{FEVER}（{FIRST}）\n2.规范输血管理。{BLOOD}（{SECOND}）"
    )
    assert [([p.name for p in t.leaders], [d.name for d in t.lead]) for t in plan.tasks] == [
        (["江叙白"], ["院感科"]),
        ([], ["输血科"]),
    ]


def test_a_heading_that_ends_like_a_department_is_none() -> None:
    assert read("1.【建设智慧病房】部署床旁终端20台。（信息科）") == [
        ("建设智慧病房", "【建设智慧病房】部署床旁终端20台。", [], ["信息科"])
    ]


def test_numbers_that_run_on_through_the_sections() -> None:
    body = "一、基本原则\n1.坚持公益性。\n2.坚持协同。\n二、重点任务\n（一）夯实基础\n3.改造发热门诊。扩建诊室。（院感科）\n（二）强化管理\n4.规范输血管理。更新设备。（输血科）\n5.加强巡查。每周巡查病区。（护理部）\n"
    assert [t.number for t in extract(HEAD + body).tasks] == ["二/（一）/3", "二/（二）/4", "二/（二）/5"]


def test_contents_signatures_and_thanks_are_no_text() -> None:
    body = (
        "目　录\n一、工作基础……………1\n二、重点任务……………2\n三、联系方式\n"
        "一、工作基础\n现有病区12个。\n二、重点任务\n（一）改造发热门诊。扩建隔离诊室3间。\n三、联系方式\n"
        "欢迎广大群众监督，提出意见建议。联系电话：0730-1234567。\n"
        "临湖县卫生健康局　　临湖县医疗保障局\n临湖县财政局\n2025年1月6日\n"
    )
    assert [(t.title, t.text) for t in extract(HEAD + body).tasks] == [
        ("改造发热门诊", "改造发热门诊。扩建隔离诊室3间。")
    ]


def test_full_fields_are_not_joined_to_the_line_below() -> None:
    body = (
        "一、重点任务\n①改造发热门诊：扩建隔离诊室，完善三区两通道。\n牵头科室：院感科；责任科室：总务科；完成时限：2025年6月\n"
        "②规范输血管理：更新冷链设备并完成温控联网。\n牵头科室：输血科；配合科室：设备科、信息科\n临湖县人民医院\n2025年1月6日"
    )
    plan = extract(HEAD + body)
    assert [[d.name for d in t.support] for t in plan.tasks] == [[], ["设备科", "信息科"]]


def test_who_came_is_not_joined_to_what_was_said() -> None:
    text = (
        "临湖县人民医院院长办公会会议纪要\n（2025年第5期）\n时间：2025年3月12日\n地点：行政楼三楼会议室\n主持人：院长江叙白\n"
        "参会人员：班子成员、各职能科室负责人\n会议要求，一是强化过程管理。医务科要9月份修订急诊会诊流程。二是由院感科牵头，5月底前整改电缆沟隐患。\n"
        "会议强调，各科室要提高认识，狠抓落实。\n"
    )
    assert len(extract(text).tasks) == 2


def test_who_is_named_behind_together_needs_no_catalogue() -> None:
    text = "临湖县人民医院院长办公会会议纪要\n时间：2025年3月12日\n会议研究并议定以下事项：\n一、由质改办牵头会同标本转运中心，5月底前制定交接细则。\n二、由院感科牵头，各镇（街道）、市卫生健康委配合，6月底前完成演练。\n"
    assert [[d.name for d in t.support] for t in extract(text).tasks] == [
        ["标本转运中心"],
        ["各镇（街道）", "市卫生健康委"],
    ]


def test_the_same_as_above_in_a_bracket_or_a_line() -> None:
    plan = extract(
        HEAD
        + f"1.改造发热门诊。{FEVER}（牵头科室：院感科；责任科室：总务科、基建科；责任领导：江叙白；完成时限：9月底前）\n"
        + f"2.规范输血管理。{BLOOD}\n牵头科室：输血科　责任科室：同上　责任领导：〃　完成时限：同上\n"
        + "3.购置移动方舱。完成验收。（牵头科室：同上；责任科室：设备科）\n"
    )
    assert [
        (
            [d.name for d in t.lead],
            [d.name for d in t.responsible],
            [p.name for p in t.leaders],
            t.deadline and t.deadline.end,
        )
        for t in plan.tasks
    ] == [
        (["院感科"], ["总务科", "基建科"], ["江叙白"], "2025-09-30"),
        (["输血科"], ["总务科", "基建科"], ["江叙白"], "2025-09-30"),
        (["输血科"], ["设备科"], [], None),
    ]


def test_items_shared_out_in_a_section_of_its_own_with_one_leader() -> None:
    plan = extract(
        HEAD
        + f"一、重点任务\n1.改造发热门诊。{FEVER}\n2.规范输血管理。{BLOOD}\n3.组织演练。每季度演练一次。\n"
        + "二、任务分工\n上述第1、2项由院感科牵头，总务科配合；第3项由保卫科负责，8月底前完成。分管领导均为副院长江叙白。\n"
    )
    assert [
        ([d.name for d in t.lead], [d.name for d in t.responsible], [p.name for p in t.leaders])
        for t in plan.tasks
    ] == [(["院感科"], [], ["江叙白"]), (["院感科"], [], ["江叙白"]), ([], ["保卫科"], ["江叙白"])]


def test_who_leads_stands_in_the_heading() -> None:
    plan = extract(
        HEAD + f"一、党委书记江叙白包抓\n1.改造发热门诊。{FEVER}\n二、明确包抓责任\n2.规范输血管理。{BLOOD}\n"
    )
    assert [[p.name for p in t.leaders] for t in plan.tasks] == [["江叙白"], []]


def test_a_year_that_is_only_cited_plans_nothing() -> None:
    text = "临湖县人民医院控烟工作方案\n国家先后印发《“健康中国2030”规划纲要》《控烟指南》，提出“到2030年吸烟率下降到20%”。2024年6月启动创建。\n1.张贴标识，9月15日前完成。（总务科）\n"
    (task,) = extract(text).tasks
    assert task.deadline is not None
    assert task.deadline.end == "2024-09-15"
    assert extract(text).targets == ()


def test_a_subtitle_behind_a_dash_is_no_item() -> None:
    text = "锚定目标再出发\n——临湖县人民医院召开工作部署会\n2025-07-11 17:26　来源：宣传部　审核：江叙白　浏览：512次\n会议要求，医务部要在9月底前完成目录调整。\n"
    plan = extract(text)
    assert plan.document.title == "临湖县人民医院召开工作部署会"
    assert [t.text for t in plan.tasks] == ["医务部要在9月底前完成目录调整。"]
