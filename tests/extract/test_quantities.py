"""Quantities in running text, indicator lines and rows: what is read, what is refused, and in what time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.extract.date_values import Calendar, DateMention
from planparse.extract.dates import find_dates
from planparse.extract.indicator_rows import find_indicator_row
from planparse.extract.quantities import Quantity, find_quantities
from planparse.extract.quantity_probe import described
from planparse.rulebook import check_examples, default_rules

RULES = default_rules()
CALENDAR = Calendar(2024, "2024-01-01", "2026-12-31")
CASES = [
    tuple(line.split(" => "))
    for line in (Path(__file__).parent / "quantities.cases").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def read(text: str, **options: object) -> list[Quantity]:
    return find_quantities(text, 0, len(text), find_dates(text, CALENDAR, RULES), RULES, **options)  # type: ignore[arg-type]


def told(text: str) -> list[str]:
    flags = [
        (q, " past" if q.past else "", " frequency" if q.frequency else "")
        for q in read(text, since="2024-01-01")
    ]
    return [described(q) + past + frequency for q, past, frequency in flags]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_sentence(text: str, expected: str) -> None:
    assert told(text) == ([] if expected == "none" else expected.split(" ; "))


def test_rule_examples() -> None:
    assert check_examples(RULES, ("units", "comparators", "target_words")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("术前等待天数：≤1.8天", "术前等待天数 le 1.8 天"),
        ("3.健康体检人数：≥6万人次", "健康体检人数 ge 6 万人次"),
        ("（5）病床使用率：85%—93%", "病床使用率 between 85..93 %"),
        ("⑥员工满意度：提高3个百分点", "员工满意度 increase_by 3 个百分点"),
        ("国家三级公立医院绩效考核：前100名", "国家三级公立医院绩效考核 le 100 名"),
        ("病例组合指数（CMI）：1.05", "病例组合指数（CMI） eq 1.05"),
        ("住院患者抗菌药物使用强度：由42DDDs降至38DDDs以下", "住院患者抗菌药物使用强度 le 38 DDDs from 42"),
        ("费用管控：门诊均次费增幅不超过4%", "门诊均次费增幅 le 4 %"),
        ("平均住院日，目标值：7.8天", "平均住院日 eq 7.8 天"),
        ("医护比:1:1.5", "医护比 eq 1.5 1:"),
    ],
)
def test_indicator_line(text: str, expected: str) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("药占比", "≥95", "%", None), "药占比 ge 95 %"),
        (("病床使用率", "85-93", "%", "82"), "病床使用率 between 85..93 % from 82"),
        (("病床使用率", "85—93%", None, None), "病床使用率 between 85..93 %"),
        (("投诉件数", "下降10%", "件", "40"), "投诉件数 decrease_by 10 %"),
        (("设备完好率", "100%", None, None), "设备完好率 eq 100 %"),
        (("甲级病案率", "0.95", "%", None), "甲级病案率 eq 0.95 %"),
        (("平均住院日（天）", "8.5", None, None), "平均住院日 eq 8.5 天"),
        (("CMI", "1.05", None, "1.01"), "CMI eq 1.05 from 1.01"),
        (("绩效考核位次", "前100名", "名", "132"), "绩效考核位次 le 100 名 from 132"),
        (("医护比", "1:1.6", "比值", "1:1.4"), "医护比 eq 1.6 1: from 1.4"),
        (("论文", "≥20篇", "篇", "12"), "论文 ge 20 篇 from 12"),
        (("四级手术占比", "由18%提高到20%", None, None), "四级手术占比 ge 20 % from 18"),
        (("门急诊人次", "42", "万人次", "40"), "门急诊人次 eq 42 万人次 from 40"),
        (("出院人次", "2.1万", "人次", "2万"), "出院人次 eq 2.1 万人次 from 2"),
        (("中医处方占比", "较上年提高3个百分点", "%", "30"), "中医处方占比 increase_by 3 个百分点"),
        (("百元收入耗材", "22元左右", "元", "24.1元"), "百元收入耗材 about 22 元 from 24.1"),
        (("手卫生依从率", "90%以上", "", "85%（2023年）"), "手卫生依从率 ge 90 % from 85"),
        (("孕产妇死亡率", "≤8", "/10万", "—"), "孕产妇死亡率 le 8 /10万"),
    ],
)
def test_row(row: tuple[str, str, str | None, str | None], expected: str) -> None:
    (found,) = find_indicator_row(*row, RULES)
    assert described(found) == expected
    assert row[1][slice(*found.span)] == found.text == row[1]


@pytest.mark.parametrize(
    "value", ["逐步提高", "5级", "三级甲等", "达到国家标准", "—", "", "监测比较", "是", "长期坚持"]
)
def test_row_without_a_number(value: str) -> None:
    assert find_indicator_row("电子病历应用水平", value, None, None, RULES) == []


def test_heading_date_and_subject_are_taken_over() -> None:
    text = "占比达到21%，平均住院日不超过8天"
    (heading,) = find_dates("2025年", CALENDAR, RULES)
    first, second = read(text, heading=heading, subject="出院患者四级手术比例")
    assert first.indicator == "出院患者四级手术比例"
    assert second.indicator == "平均住院日"
    assert {first.deadline, second.deadline} == {heading}


def test_a_year_before_the_plan_is_past_only_when_it_is_known() -> None:
    text = "2023年，出院患者达到4.1万人次，药占比为29%"
    assert [q.past for q in read(text)] == [False, False]
    assert [q.past for q in read(text, since="2024-01-01")] == [True, True]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        (
            "到2025年，甲率达到80%以上、乙率不低于65%；到2026年，丙率达到90%，丁率不超过10%",
            ["2025", "2025", "2026", "2026"],
        ),
        ("2024年、2025年、2026年数据标准化率分别达到70%、85%、95%", ["2024", "2025", "2026"]),
        (
            "软件著作权登记数2025年、2026年分别不少于6件、10件，科技成果合同额超过500万元",
            ["2025", "2026", None],
        ),
        ("首考通过率2024年不低于88%、2026年不低于92%，学员满意度约95%", ["2024", "2026", None]),
        ("到2025年、2027年，家庭医生签约率分别达到60%、75%", ["2025", "2027"]),
        ("2024—2026年科研经费分别不低于300万元、400万元、500万元", ["2024", "2025", "2026"]),
        ("6月底前完成评估，达标率达到20%", [None]),
        ("上半年，由门诊部上线检查预约平台，平均等候时间不超过35小时", [None]),
        ("到2025年底，服务体系更加完善，县域就诊率达到90%", ["2025"]),
        ("年内线上结算率达到80%以上", ["2024"]),
        ("门诊满意度达到90%（2025年底前）", ["2025"]),
        ("三年内每个乡镇卫生院招聘全科医生不少于2名", ["2026"]),
        ("药占比年底前降至27%左右", ["2024"]),
        ("用水量较2023年下降10%", [None]),
        ("2025年底前新建血透中心2个，药占比降至25%", ["2025", "2025"]),
        ("2025年底前新建血透中心2个，完善质控制度，药占比降至25%", ["2025", None]),
    ],
)
def test_own_deadline(text: str, ends: list[str | None]) -> None:
    found = [q.deadline.end if q.deadline else None for q in read(text)]
    assert [end and end[:4] for end in found] == ends


FRAGMENTS = st.sampled_from(
    ["药占比", "由35%", "提高到", "60%以上", "，", "、", "。", "分别达到", "90%、98%", "到2025年", "新建3个", "发热门诊", "（", "）", "全覆盖",
     "前10名", "翻一番", "三分之二", "不低于", "≥", "1:1.6", "每月", "1次", "同比增长8.3%", "已完成", "5—8", "万人次", "\n", "：", "的", "2024年", "0.95", "力争", "均"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(FRAGMENTS, max_size=14).map("".join))
def test_laws_of_spans(text: str) -> None:
    found = read(text)
    for quantity in found:
        start, end = quantity.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == quantity.text
        assert start <= quantity.value_span[0] or quantity.rule in ("inherited", "comparators", "named")
        if quantity.indicator_span and quantity.rule not in ("inherited",):
            assert text[slice(*quantity.indicator_span)] in quantity.indicator
        assert quantity.indicator
    shifted = "前言。\n" + text
    moved = find_quantities(shifted, 4, len(shifted), find_dates(shifted, CALENDAR, RULES), RULES)
    assert [described(q) for q in moved] == [described(q) for q in found]
    assert [q.span for q in moved] == [(q.span[0] + 4, q.span[1] + 4) for q in found]


HOSTILE = ["9", "≥", "由", "不低于", "不低于5%", "5个", "一", "一个", "（5%", "）5%", "5%、", "分别5%、", "从5%提高到", "三分之", "前十", "1:", "全覆盖", "：5%",
           "药占比由30%降至20%，", "——5%", "在5%的基础上", "同比增长5.5%", "1,000", "率、", "5.", "（（", "百分之"]  # fmt: skip


def spent(text: str, dates: list[DateMention]) -> float:
    started = time.process_time()
    find_quantities(text, 0, len(text), dates, RULES)
    return time.process_time() - started


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    assert_linear(lambda size: spent(unit * (size // len(unit)), []), 4_000)


def test_many_dates_take_linear_time() -> None:
    text = "到2025年药占比达到5%" * 3_000
    dates = find_dates(text, CALENDAR, RULES)
    assert spent(text, dates) < 10


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("门诊预约率由目前的62%提高到70%", [("门诊预约率", "ge", 70, 62)]),
        ("CMI值从2024年的1.06提高到1.1", [("CMI值", "ge", 1.1, 1.06)]),
        ("平均住院日从15天下降到12天", [("平均住院日", "le", 12, 15)]),
        (
            "三四级手术占比和药占比分别为60%和25%",
            [("三四级手术占比", "eq", 60, None), ("药占比", "eq", 25, None)],
        ),
        (
            "抗菌药物使用率压缩到35%以内，手术占比同比增长2.5%",
            [("抗菌药物使用率", "le", 35, None)],
        ),
        ("力争药占比同比下降1.5%", [("药占比", "decrease_by", 1.5, None)]),
    ],
)
def test_what_a_figure_is_reckoned_from(
    said: str, wanted: list[tuple[str, str, float, float | None]]
) -> None:
    found = [
        q for q in find_quantities(said, 0, len(said), find_dates(said, CALENDAR, RULES), RULES) if not q.past
    ]
    assert [(q.indicator, q.relation, q.value, q.baseline) for q in found] == wanted
