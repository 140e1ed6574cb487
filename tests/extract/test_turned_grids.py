"""Tables printed with their headers down the first column, or in two halves side by side."""

from __future__ import annotations

import time

import pytest
from growth import assert_linear

from planparse import extract

HEAD = "临湖县人民医院2025年重点任务推进表\n"
TURNED = [
    ["建设项目", "胸痛中心建设", "卒中中心建设"],
    ["牵头科室", "心血管内科", "神经内科"],
    ["配合科室", "急诊科、导管室", "影像科"],
    ["分管领导", "江叙白", "周敏"],
    ["年度任务", "完善急诊绕行流程", "开展卒中地图联动，溶栓时间不超过40分钟"],
    ["完成时限", "2025年5月底前", "第三季度"],
]


@pytest.mark.parametrize("mark", ["\t", " | ", "｜"])
def test_headers_down_the_first_column(mark: str) -> None:
    plan = extract(HEAD + "\n".join(mark.join(row) for row in TURNED))
    assert [
        (
            t.title,
            t.text,
            [d.name for d in t.lead],
            [d.name for d in t.support],
            [p.name for p in t.leaders],
            t.deadline and t.deadline.end,
        )
        for t in plan.tasks
    ] == [
        (
            "胸痛中心建设",
            "完善急诊绕行流程",
            ["心血管内科"],
            ["急诊科", "导管室"],
            ["江叙白"],
            "2025-05-31",
        ),
        (
            "卒中中心建设",
            "开展卒中地图联动，溶栓时间不超过40分钟",
            ["神经内科"],
            ["影像科"],
            ["周敏"],
            "2025-09-30",
        ),
    ]
    source = plan.text
    assert [source[slice(*d.span)] for t in plan.tasks for d in t.lead] == ["心血管内科", "神经内科"]


@pytest.mark.parametrize("between", ["\t", "\t║\t"])
def test_two_halves_side_by_side(between: str) -> None:
    half = "指标\t目标值\t责任科室"
    text = (
        f"{HEAD}{half}{between}{half}\n急诊滞留时间中位数\t≤4小时\t急诊科{between}再灌注治疗率\t75%以上\t心内科\n"
        f"床位使用率\t85%\t医务科{between}紧急用血到位时间\t不超过20分钟\t输血科\n手卫生依从率\t≥90%\t院感科{between}\t\t\n"
    )
    found = {x.indicator: x.value for x in extract(text).targets}
    assert found == {
        "急诊滞留时间中位数": 4,
        "再灌注治疗率": 75,
        "床位使用率": 85,
        "紧急用血到位时间": 20,
        "手卫生依从率": 90,
    }
    assert sorted(d.name for t in extract(text).tasks for d in t.responsible) == sorted(
        ["急诊科", "心内科", "医务科", "输血科", "院感科"]
    )


def test_an_ordinary_table_stays_as_it_is() -> None:
    text = f"{HEAD}任务\t责任科室\t完成时限\n科室\t医务科\t6月底前\n时间\t护理部\t7月底前\n"
    assert [[d.name for d in t.responsible] for t in extract(text).tasks] == [["医务科"], ["护理部"]]


def test_wide_turned_tables_take_linear_time() -> None:
    def seconds(count: int) -> float:
        text = HEAD + "\n".join("\t".join([row[0], *row[1:] * count]) for row in TURNED)
        begun = time.process_time()
        extract(text)
        return time.process_time() - begun

    assert_linear(seconds, 100)
