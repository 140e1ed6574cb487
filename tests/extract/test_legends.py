"""Marks that a note explains, in brackets, lines and running text."""

from __future__ import annotations

import time

import pytest
from growth import assert_linear

from planparse import extract

HEAD = "临湖县人民医院2025年重点工作责任清单\n"


def roles(text: str) -> list[tuple[list[str], list[str], list[str]]]:
    return [
        ([d.name for d in t.lead], [d.name for d in t.responsible], [d.name for d in t.support])
        for t in extract(text).tasks
    ]


@pytest.mark.parametrize(
    "note", ["（注：标★的为牵头科室，其余为责任科室）", "说明：加“★”者为牵头科室", "备注：★为牵头科室"]
)
def test_a_mark_beside_a_name(note: str) -> None:
    body = f"{HEAD}{note}\n1.扩建隔离诊室。（★院感科、总务科；9月底前）\n2.更新冷链设备。（设备科、输血科★）\n3.完成演练。责任科室：★保卫科、护理部\n"
    assert roles(body) == [
        (["院感科"], ["总务科"], []),
        (["输血科"], ["设备科"], []),
        (["保卫科"], ["护理部"], []),
    ]


def test_all_others_support() -> None:
    body = f"{HEAD}注：带*号的为牵头单位，其余为配合单位。\n1.扩建隔离诊室。（*院感科、总务科）\n"
    assert roles(body) == [(["院感科"], [], ["总务科"])]


def test_marks_in_running_text() -> None:
    body = f"{HEAD}图例：★牵头 ☆责任 ○配合\n1.扩建隔离诊室3间。★院感科 ☆总务科、基建科 ○财务科（2025年6月底前）\n2.更新冷链设备。★输血科\n"
    plan = extract(body)
    assert roles(body) == [(["院感科"], ["总务科", "基建科"], ["财务科"]), (["输血科"], [], [])]
    assert plan.tasks[0].text == "扩建隔离诊室3间。"
    assert plan.tasks[0].deadline is not None
    assert plan.tasks[0].deadline.end == "2025-06-30"


def test_marks_without_a_note_mean_nothing() -> None:
    assert roles(f"{HEAD}1.扩建隔离诊室。（★院感科、总务科）\n") == [([], ["院感科", "总务科"], [])]


@pytest.mark.parametrize("piece", ["★院感科 ", "图例：★牵头 ", "★☆", "注：标*", "★", "（★院感科、总务科）"])
def test_many_marks_take_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        text = f"{HEAD}图例：★牵头 ☆责任\n1." + piece * count
        begun = time.process_time()
        extract(text)
        return time.process_time() - begun

    assert_linear(seconds, 800)


@pytest.mark.parametrize("note", ["备注：所列科室第一个为牵头科室。", "（注：列第一位的为牵头科室）"])
def test_a_note_on_the_order_of_names(note: str) -> None:
    body = f"{HEAD}{note}\n1.扩建隔离诊室。（院感科、总务科）\n2.更新冷链设备。（输血科）\n"
    assert roles(body) == [(["院感科"], ["总务科"], []), ([], ["输血科"], [])]
