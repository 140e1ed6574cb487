"""Page numbers and running heads between the rows of a table end it nowhere and fill no cell."""

from __future__ import annotations

import pytest

import planparse

ROWS = [
    ("1", "规范交接班", "护理部", "各病区", "6月底前"),
    ("2", "推行床旁结算", "财务科", "信息科", "9月底前"),
    ("3", "清理长期挂账", "财务科", "审计科", "10月底前"),
    ("4", "更新消防设施", "保卫科", "总务科", "11月底前"),
]
HEAD = ("序号", "工作任务", "牵头科室", "配合科室", "完成时限")
TITLE = "松岭县中医院2025年重点任务分解表\n"
FEET = ["- 2 -", "第 2 页", "— 2 —", "\n- 2 -\n", "第2页 共5页"]


def found(text: str) -> list[tuple[str | None, list[str], list[str], str | None]]:
    return [
        (
            task.title,
            [name.name for name in task.lead],
            [name.name for name in task.support],
            task.deadline and task.deadline.end,
        )
        for task in planparse.extract(text).tasks
    ]


@pytest.mark.parametrize("foot", FEET)
@pytest.mark.parametrize("mark", ["\t", "|"])
def test_between_rows(foot: str, mark: str) -> None:
    lines = [mark.join(row) for row in (HEAD, *ROWS)]
    if mark == "|":
        lines = [f"|{line}|" for line in lines]
    plain = found(TITLE + "\n".join(lines) + "\n")
    assert len(plain) == 4
    assert found(TITLE + "\n".join([*lines[:3], foot, *lines[3:]]) + "\n") == plain


@pytest.mark.parametrize("foot", FEET)
@pytest.mark.parametrize("at", range(6, 24, 3))
def test_between_cells_one_a_line(foot: str, at: int) -> None:
    cells = [cell for row in (HEAD, *ROWS) for cell in row]
    plain = found(TITLE + "\n".join(cells) + "\n")
    assert len(plain) == 4
    assert found(TITLE + "\n".join([*cells[:at], foot, *cells[at:]]) + "\n") == plain
