"""Years in brackets on a line of their own below the title belong to it, and give the period."""

from __future__ import annotations

import pytest

import planparse


@pytest.mark.parametrize(
    ("years", "start", "end"),
    [
        ("（2025—2027年）", "2025-01-01", "2027-12-31"),
        ("（二〇二一—二〇二五年）", "2021-01-01", "2025-12-31"),
        ("(2025年度)", "2025-01-01", "2025-12-31"),
    ],
)
def test_years_below_the_title(years, start, end):
    plan = planparse.extract(
        f"汀岚市中心医院\n数字医院建设行动计划\n{years}\n一、目标\n1.建设平台，6月底前上线。（信息科）\n"
    )
    assert plan.document.title == f"数字医院建设行动计划{years}"
    assert (plan.document.period.start, plan.document.period.end) == (start, end)
    assert plan.document.issuer == "汀岚市中心医院"


def test_a_day_below_the_title_is_no_period():
    plan = planparse.extract(
        "甲县人民医院学科建设方案\n（2025年3月1日）\n一、目标\n1.建设平台，6月底前上线。（信息科）\n"
    )
    assert plan.document.title == "甲县人民医院学科建设方案"
    assert plan.document.date == "2025-03-01"
