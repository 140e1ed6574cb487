"""Matrices: departments as columns, a mark or a role word where each takes part."""

from __future__ import annotations

import pytest

import planparse

HEAD = "序号\t重点任务\t医务科\t护理部\t药学部\t完成时限\n"


def roles(text: str) -> list[tuple[list[str], list[str], list[str]]]:
    plan = planparse.extract(text)
    return [
        ([d.name for d in t.lead], [d.name for d in t.responsible], [d.name for d in t.support])
        for t in plan.tasks
    ]


@pytest.mark.parametrize(
    ("rows", "legend"),
    [
        ("1\t推进日间手术\t牵头\t配合\t\t6月底前\n2\t规范静脉用药\t\t协办\t主责\t9月底前\n", ""),
        (
            "1\t推进日间手术\t★\t△\t\t6月底前\n2\t规范静脉用药\t\t△\t★\t9月底前\n",
            "注：★为牵头科室，△为配合科室。\n",
        ),
        (
            "1\t推进日间手术\t△\t★\t\t6月底前\n2\t规范静脉用药\t\t★\t△\t9月底前\n",
            "说明：“△”表示牵头科室；“★”表示配合科室\n",
        ),
        ("1\t推进日间手术\t●\t○\t\t6月底前\n2\t规范静脉用药\t\t○\t●\t9月底前\n", "牵头（●）、配合（○）\n"),
    ],
)
def test_a_mark_gives_the_department_of_its_column_a_role(rows: str, legend: str) -> None:
    plan = planparse.extract("某某医院2024年任务分工表\n" + HEAD + rows + legend)
    assert roles("某某医院2024年任务分工表\n" + HEAD + rows + legend) == [
        (["医务科"], [], ["护理部"]),
        (["药学部"], [], ["护理部"]),
    ]
    assert [plan.text[slice(*task.lead[0].span)] for task in plan.tasks] == ["医务科", "药学部"]
    assert [task.deadline and task.deadline.end for task in plan.tasks] == ["2024-06-30", "2024-09-30"]
    assert not plan.warnings


def test_a_first_row_full_of_role_words_is_no_second_header() -> None:
    rows = "1\t推进日间手术\t牵头\t配合\t参与\t2024年6月底前\n2\t规范静脉用药\t\t协办\t主责\t9月底前\n"
    assert roles(HEAD + rows) == [(["医务科"], [], ["护理部", "药学部"]), (["药学部"], [], ["护理部"])]


def test_marks_without_legend_are_read_by_convention_and_said_to_be_doubtful() -> None:
    plan = planparse.extract(HEAD + "1\t推进日间手术\t●\t○\t\t6月底前\n2\t规范静脉用药\t\t○\t●\t9月底前\n")
    assert [[d.name for d in task.lead] for task in plan.tasks] == [["医务科"], ["药学部"]]
    assert "●" in plan.warnings[0]
    ticks = HEAD + "1\t推进日间手术\t√\t√\t\t6月底前\n2\t规范静脉用药\t\t√\t√\t9月底前\n"
    assert roles(ticks) == [([], ["医务科", "护理部"], []), ([], ["护理部", "药学部"], [])]


def test_a_column_with_other_contents_is_no_matrix() -> None:
    text = (
        HEAD
        + "1\t推进日间手术\t牵头\t修订规范\t\t6月底前\n2\t规范静脉用药\t\t护士长会议\t点评处方\t9月底前\n"
    )
    assert all(not any(found) for found in roles(text))
