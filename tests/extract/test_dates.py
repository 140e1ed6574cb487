"""Dates and deadlines: what each printed form means, what is no date, and the laws that hold for any text."""

import re
import time
from datetime import date

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.errors import RuleError
from planparse.extract.dates import (
    Calendar,
    calendar_of,
    deadline_of,
    find_dates,
    issue_date,
    parse_date_cell,
)
from planparse.rulebook import check_examples, default_rules, load_rules

PLAN = Calendar(2024, "2024-01-01", "2026-12-31", "2024-03-08")


@pytest.fixture(scope="module")
def rules():
    return default_rules()


def read(text, rules, calendar=PLAN):
    """The mentions as 「text start/end/recurrence」."""
    return [
        f"{m.text} {m.start or '-'}/{m.end or '-'}/{m.recurrence or '-'}"
        for m in find_dates(text, calendar, rules)
    ]


def test_examples_of_the_table(rules):
    assert check_examples(rules, ["deadlines"]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("于6月底前完成", ["6月底前 -/2024-06-30/-"]),
        ("6月前完成", ["6月前 -/2024-05-31/-"]),
        ("6月30日前完成", ["6月30日前 -/2024-06-30/-"]),
        ("2025年前完成", ["2025年前 -/2024-12-31/-"]),
        ("2025年底前完成", ["2025年底前 -/2025-12-31/-"]),
        ("8月上旬前、9月下旬", ["8月上旬前 -/2024-08-10/-", "9月下旬 -/2024-09-30/-"]),
        ("上半年自查，下半年验收", ["上半年 -/2024-06-30/-", "下半年 -/2024-12-31/-"]),
        ("二季度末前", ["二季度末前 -/2024-06-30/-"]),
        ("明年6月底前", ["明年6月底前 -/2025-06-30/-"]),
        ("到2026年，达到80%", ["到2026年 -/2026-12-31/-"]),
        ("2025年2月至9月实施", ["2025年2月至9月 2025-02-01/2025-09-30/-"]),
        ("2024年11月—2025年2月", ["2024年11月—2025年2月 2024-11-01/2025-02-28/-"]),
        ("11月至2月", ["11月至2月 2024-11-01/2025-02-28/-"]),
        ("2024—2026年实施", ["2024—2026年 2024-01-01/2026-12-31/-"]),
        ("自2025年7月1日起施行", ["自2025年7月1日起 2025-07-01/-/-"]),
        ("即日起至12月底", ["即日起至12月底 2024-03-08/2024-12-31/-"]),
        ("“十五五”期间", ["“十五五”期间 -/2030-12-31/-"]),
        ("二〇二五年九月底前", ["二〇二五年九月底前 -/2025-09-30/-"]),
        ("2025年3月、9月各一次", ["2025年3月 -/2025-03-31/-", "9月 -/2025-09-30/-"]),
        ("2024年、2025年分别达到60%、70%", ["2024年 -/2024-12-31/-", "2025年 -/2025-12-31/-"]),
        ("2024、2025年分别达到60%、70%", ["2024 -/2024-12-31/-", "2025年 -/2025-12-31/-"]),
        ("每月25日前报送，6月底前总结", ["每月25日前 -/-/monthly", "6月底前 -/2024-06-30/-"]),
        ("每年3月、9月", ["每年3月 -/-/yearly"]),
        ("周调度、月通报、季督查", ["周调度 -/-/weekly", "月通报 -/-/monthly", "季督查 -/-/quarterly"]),
        ("1.6月底前完成改造", ["6月底前 -/2024-06-30/-"]),
        ("2.2025年底前完成改造", ["2025年底前 -/2025-12-31/-"]),
        ("2024年6月30日17:00前", ["2024年6月30日17:00前 -/2024-06-30/-"]),
    ],
)
def test_running_text(text, expected, rules):
    assert read(text, rules) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2.0三级要求", "师生比1:1.6", "3.5秒降至1.5秒", "12个月", "48小时内归档", "2024版指南", "3月龄婴儿", "五月花", "第二十一条",
        "4.5万人次", "2.3 目标", "GB/T 19001-2016", "松医发〔2024〕9号", "电话0551-2024631", "每千人口", "每名职工", "每个病区",
        "每百张床", "全年完成12次", "“十四五”规划的第四年", "2020年以来", "去年同期", "2024年初", "2025年以后", "前10个月", "术后3年内",
        "近三年内", "连续3年", "常态化推进治理", "持续改进质量", "长期护理险", "按年度计划", "逐年提高", "按日期排列", "一日三餐", "6月后",
        "年终考核", "印发之日起10个工作日内", "甚至", "持续发力", "部分月份", "2024-2025学年",
    ],
)  # fmt: skip
def test_nothing_to_read(text, rules):
    assert read(text, rules) == []


def test_without_a_known_year_the_phrase_stays_without_value(rules):
    (mention,) = find_dates("6月底前完成", Calendar(), rules)
    assert (mention.text, mention.end, mention.explicit_year) == ("6月底前", None, False)
    (mention,) = find_dates("2025年6月底前完成", Calendar(), rules)
    assert (mention.end, mention.explicit_year) == ("2025-06-30", True)


@pytest.mark.parametrize("text", ["三年内建成", "本月底前", "即日起", "印发之日起30日内"])
def test_what_counts_from_something_unknown_is_left_out(text, rules):
    assert find_dates(text, Calendar(), rules) == []
    assert len(find_dates(text, PLAN, rules)) == 1


@pytest.mark.parametrize(
    ("text", "kind", "grain"),
    [
        ("6月底前", "by", "month"), ("到2025年", "by", "year"), ("第二季度", "in", "quarter"), ("年内", "in", "year"),
        ("2024年3月8日", "day", "day"), ("4月至6月", "range", "month"), ("2024—2026年", "range", "period"),
        ("自7月1日起", "from", "day"), ("每月", "recurrence", "other"), ("上半年", "in", "half"), ("三年内", "in", "period"),
    ],
)  # fmt: skip
def test_kind_and_grain(text, kind, grain, rules):
    (mention,) = find_dates(text, PLAN, rules)
    assert (mention.kind, mention.grain) == (kind, grain)


def test_years_in_the_name_of_a_document_are_marked(rules):
    inside, outside = find_dates("落实《服务行动计划（2023-2025年）》，6月底前完成", PLAN, rules)
    assert (inside.quoted, outside.quoted) == (True, False)
    assert deadline_of([inside, outside])[:2] == (None, "2024-06-30")


def test_offsets_index_the_whole_text(rules):
    text = "2023年自查。6月底前完成，9月底前验收。"
    (mention,) = find_dates(text, PLAN, rules, text.index("6"), text.index("，"))
    assert text[slice(*mention.span)] == mention.text == "6月底前"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月底前完成自查，9月底前完成整改", (None, "2024-09-30", None)),
        ("每季度一次，每月通报", (None, None, "monthly")),
        ("12月底前完成并长期坚持", (None, "2024-12-31", "continuous")),
        ("自7月1日起实行，12月底前总结", ("2024-07-01", "2024-12-31", None)),
        ("2024年3月—9月", ("2024-03-01", "2024-09-30", None)),
        ("按周、分月对照", (None, None, "weekly")),
        ("加强管理", None),
    ],
)
def test_choice_among_several(text, expected, rules):
    chosen = deadline_of(find_dates(text, PLAN, rules))
    assert (chosen and chosen[:3]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9月底前", "-/2024-09-30/-"), ("每季度", "-/-/quarterly"), ("长期坚持", "-/-/continuous"), ("常态化", "-/-/continuous"),
        ("上半年", "-/2024-06-30/-"), ("2024.11.30", "-/2024-11-30/-"), ("2024-11-30 00:00:00", "-/2024-11-30/-"),
        ("2024/9/20前", "-/2024-09-20/-"), ("45565", "-/2024-09-30/-"), ("12月", "-/2024-12-31/-"), ("11.30", "-/2024-11-30/-"),
        ("2025", "-/2025-12-31/-"), ("2024-2026", "2024-01-01/2026-12-31/-"), ("11月30日前完成，长期坚持", "-/2024-11-30/continuous"),
        ("2024年\n12月", "-/2024-12-31/-"), ("20241130", "-/2024-11-30/-"), ("24.6.30", "-/2024-06-30/-"), ("6月、12月", "-/2024-12-31/-"),
        ("“十四五”", "-/2025-12-31/-"), ("6-9月", "2024-06-01/2024-09-30/-"), ("Q3", "-/2024-09-30/-"),
    ],
)  # fmt: skip
def test_cell(text, expected, rules):
    mention = parse_date_cell(f" {text}\n", PLAN, rules)
    assert f"{mention.start or '-'}/{mention.end or '-'}/{mention.recurrence or '-'}" == expected
    assert f" {text}\n"[slice(*mention.span)] == mention.text


@pytest.mark.parametrize(
    "text", ["", " ", "—", "〃", "同上", "立即", "全年", "已完成", "12345", "1.2万", "医务科", "-" * 500]
)
def test_cell_without_time(text, rules):
    assert parse_date_cell(text, PLAN, rules) is None


@pytest.mark.parametrize(
    ("title", "text", "issued", "expected"),
    [
        ("松山医院2024年工作要点", "", None, (2024, "2024-01-01", "2024-12-31")),
        ("2023年工作总结和2024年工作计划", "", None, (2024, "2024-01-01", "2024-12-31")),
        ("学科建设行动计划（2024—2026年）", "", None, (2024, "2024-01-01", "2026-12-31")),
        ("学科建设行动计划（2023-2025年）", "", "2024-02-01", (2024, "2023-01-01", "2025-12-31")),
        ("“十四五”发展规划", "", None, (2021, "2021-01-01", "2025-12-31")),
        ("学科建设三年行动方案", "", "2024-03-08", (2024, "2024-01-01", "2026-12-31")),
        ("质量提升行动方案", "松医发〔2024〕17号", None, (2024, None, None)),
        ("召开二季度推进会", "", "2024-05-20", (2024, None, None)),
        ("2023年度总结表彰大会", "", "2024-01-20", (2024, "2024-01-01", "2024-12-31")),
        ("部署会", "为做好2025年重点工作，", "2024-12-28", (2025, None, None)),
        (None, "2021年度已总结。发布于1月", "2022-01-17", (2022, None, None)),
        (
            "通知",
            "现将《2025年目标任务》印发给你们。下发《2025年目标任务》",
            None,
            (2025, "2025-01-01", "2025-12-31"),
        ),
        (None, "到2020年建成", None, (None, None, None)),
        ("健康松山2030规划", "", None, (None, None, None)),
        (None, "", None, (None, None, None)),
    ],
)
def test_calendar(title, text, issued, expected, rules):
    calendar = calendar_of(title, text, issued, rules)
    assert (calendar.year, calendar.start, calendar.end) == expected
    assert calendar.issued == issued


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("标题\n发布时间：2024-05-20 来源：院办\n时间：2024年3月1日", "2024-05-20"),
        ("各科室：\n请落实。\n松山医院\n2024年3月8日\n一、总体要求", "2024-03-08"),
        ("任务分解表\n（2024年1月18日党委会审定）", "2024-01-18"),
        ("松山医院办公室　2024年3月8日印发", "2024-03-08"),
        ("2024-05-20 10:23 来源：院办", "2024-05-20"),
        ("x\n" * 900 + "完成时限\n2024年6月30日\n" + "任务\n" * 900, None),
        ("2024年3月8日，医院召开会议", None),
        ("", None),
    ],
)
def test_issue_date(text, expected, rules):
    found = issue_date(text, rules)
    assert (found and found.end) == expected
    assert found is None or text[slice(*found.span)] == found.text


def test_a_faulty_rule_is_named(tmp_path):
    (tmp_path / "deadlines.toml").write_text(
        '[[entry]]\nid = "bad"\nrole = "whole"\npattern = "<m>月<m>"\nexamples = ["x"]\n', "utf-8"
    )
    faulty = load_rules(extra=[tmp_path])
    with pytest.raises(RuleError, match="bad"):
        find_dates("6月", PLAN, faulty)


def test_a_rule_of_your_own_is_read(tmp_path):
    (tmp_path / "deadlines.toml").write_text(
        '[[entry]]\nid = "term-end"\nrole = "whole"\npattern = "本届任期末"\nanchor = "plan-end"\ncloses = true\n'
        'examples = ["⟦本届任期末⟧ => -/2026-12-31/-"]\n',
        "utf-8",
    )
    own = load_rules(extra=[tmp_path])
    assert check_examples(own, ["deadlines"]) == []
    assert read("本届任期末建成", own) == ["本届任期末 -/2026-12-31/-"]


PIECES = st.sampled_from(
    [
        *"2024年6月底前，、至—到自起每按一三季度日周.-/《》“十四五”末期间 \n",
        "2024",
        "12",
        "30",
        "上半年",
        "长期坚持",
        "时限：",
        "工作",
        "次",
        "印发之日起",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=40)
ISO = re.compile(r"\d{4}-\d\d-\d\d")


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(-5, 45), st.integers(-5, 60))
def test_laws(text, start, end):
    found = find_dates(text, PLAN, default_rules(), start, end)
    last = max(start, 0)
    for mention in found:
        low, high = mention.span
        assert last <= low < high <= min(max(end, 0), len(text))
        assert text[low:high] == mention.text
        for value in (mention.start, mention.end):
            assert value is None or (ISO.fullmatch(value) and date.fromisoformat(value))
        assert mention.start or mention.end or mention.recurrence
        last = high
    assert find_dates(text, PLAN, default_rules(), start, end) == found


@settings(max_examples=150, deadline=None)
@given(
    TEXTS,
    st.integers(-(10**6), 10**6) | st.none(),
    st.sampled_from([None, "", "2024-13-01", "0001-01-01", "9999-12-31", "x"]),
)
def test_never_raises(text, year, day):
    rules = default_rules()
    find_dates(text, Calendar(year, day, day, day), rules)
    parse_date_cell(text, Calendar(year, day, day, day), rules)
    calendar_of(text, text, day, rules)
    issue_date(text, rules)


@settings(max_examples=80, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_in_every_style(day):
    rules = default_rules()
    styles = (
        f"{day.year}年{day.month}月{day.day}日前",
        f"{day:%Y.%m.%d}前",
        f"{day.year}/{day.month}/{day.day}前",
        f"{day:%Y-%m-%d}前",
    )
    for text in styles:
        (mention,) = find_dates(f"于{text}完成", Calendar(), rules)
        assert (mention.text, mention.end) == (text, day.isoformat())


@pytest.mark.parametrize(
    "unit",
    ["1", "年", "每", "一", "2024年", "2024-", "6月至", "《", "十", "每月", "月底", "、1", "来源", "2024.", "（", "印发", "“十", "1月、", "3、", "（2024年3月8日", " ", "\n"],
)  # fmt: skip
def test_hostile_text_takes_linear_time(unit, rules):
    def spent(size):
        text = unit * (size // len(unit))
        begin = time.process_time()
        find_dates(text, PLAN, rules)
        issue_date(text, rules)
        calendar_of(text[:200], text, None, rules)
        return time.process_time() - begin

    assert_linear(spent, 20_000)
