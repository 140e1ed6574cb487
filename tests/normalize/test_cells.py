"""Lines inside cells of a table: what a narrow column cuts is whole again, names and measures stay apart."""

from __future__ import annotations

import pytest

from planparse.normalize import normalize
from planparse.rulebook import default_rules


def read(*cells: str) -> list[str]:
    """Return the cells of one row, after a row of headings; bars are breaks inside a cell."""
    text = "任务\n" + "\t".join(cells).replace("|", "\v") + "\n结束"
    clean = normalize(text, rules=default_rules(), tables=[(0, text.index("\n结束"))])
    assert {edit.kind for edit in clean.edits} <= {"line", "space"}
    whole = clean.text.removeprefix("任务\n").removesuffix("\n结束")
    return whole.replace("\n", "|").split("\t")


@pytest.mark.parametrize(
    ("cell", "whole"),
    [
        ("门诊|部", "门诊部"),
        ("护理部、信|息科", "护理部、信息科"),
        ("客户服务|中心", "客户服务中心"),
        ("医院感染|管理科", "医院感染管理科"),
        ("财务科|门诊部", "财务科|门诊部"),
        ("医务科|护理|部", "医务科|护理部"),
        ("各临床|科室", "各临床科室"),
        ("周启|明", "周启明"),
        ("张国强|李丽", "张国强|李丽"),
        ("2025年|6月底|前", "2025年6月底前"),
        ("12月3|1日", "12月31日"),
        ("≤8|天", "≤8天"),
        ("28%|以下", "28%以下"),
        ("平均住|院日", "平均住院日"),
        ("门|诊|服|务", "门诊服务"),
        (
            "1.开通预约，|覆盖全部专科；|2.预约率达到|80%以上",
            "1.开通预约，覆盖全部专科；|2.预约率达到80%以上",
        ),
        ("修订护理常规|组织应急演练", "修订护理常规|组织应急演练"),
        ("新增床位12张|培训护士20名", "新增床位12张|培训护士20名"),
        ("完善分级诊疗制|度与流程建设持|续提升服务能力", "完善分级诊疗制度与流程建设持续提升服务能力"),
        ("①完善制度|②开展培训", "①完善制度|②开展培训"),
        ("质控|科、各|临床|科室", "质控科、各临床科室"),
        ("每月抽查病历|不少于50份", "每月抽查病历不少于50份"),
        ("医 疗|质 量", "医疗|质量"),
        ("段 宏", "段宏"),
        ("医务科 护理部", "医务科 护理部"),
        ("医务科|（牵头）", "医务科（牵头）"),
    ],
)
def test_a_cell(cell: str, whole: str) -> None:
    assert read("甲", cell, "乙") == ["甲", whole, "乙"]


def test_no_line_is_joined_over_cells_or_rows() -> None:
    text = "门诊\t部\n护理\n部"
    assert normalize(text, rules=default_rules(), tables=[(0, len(text))]).text == text


def test_a_traditional_table() -> None:
    text = "任務\t醫務\v科\n1\t門診\v部"
    assert normalize(text, rules=default_rules(), tables=[(0, len(text))]).text == "任务\t医务科\n1\t门诊部"
