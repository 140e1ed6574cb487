"""Who wrote a report of a meeting stands in brackets at its end, and is responsible for nothing in it."""

import pytest

from planparse.pipeline import extract

REPORT = "医院召开安全工作会议\n3月5日，医院召开安全工作会议。会议由副院长主持。\n会议要求医务科3月底前完成自查。全院职工要绷紧安全这根弦。"


@pytest.mark.parametrize("byline", ["（办公室）", "（医务科 黄智勇）", "(宣传科)", ""])
def test_byline_is_no_annotation(byline: str) -> None:
    tasks = extract(REPORT + byline).tasks
    assert [(task.text, [d.name for d in task.responsible]) for task in tasks] == [
        ("医务科3月底前完成自查。", ["医务科"])
    ]


def test_bracket_of_a_numbered_resolution_is_an_annotation() -> None:
    tasks = extract("院长办公会会议纪要\n会议议定：\n1.同意采购负压救护车1辆，9月底前到位。（设备科）").tasks
    assert [[d.name for d in task.responsible] for task in tasks] == [["设备科"]]
