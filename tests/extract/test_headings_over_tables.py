"""An annotated heading right above a table is no task: what it says holds for the rows (rules 3 and 4)."""

from __future__ import annotations

from planparse import extract

ROWS = "| 序号 | 任务 | 完成时限 |\n|---|---|---|\n| 1 | 引进人才 | 6月底 |\n| 2 | 培养骨干 | 9月底 |\n"


def read(body: str) -> list[tuple[str | None, list[str], list[str]]]:
    plan = extract("某县人民医院2025年重点任务清单\n" + body)
    return [(t.title, [d.name for d in t.lead], [p.name for p in t.leaders]) for t in plan.tasks]


def test_its_roles_hold_for_rows_without_their_own() -> None:
    assert read(f"一、学科建设（牵头科室：医务科）\n{ROWS}") == [
        ("引进人才", ["医务科"], []),
        ("培养骨干", ["医务科"], []),
    ]


def test_rows_with_roles_keep_theirs() -> None:
    own = ROWS.replace("完成时限", "牵头科室").replace("6月底", "人事科").replace("9月底", "科教科")
    first = f"一、人才队伍（分管领导：副院长 江海涛）\n{own}"
    second = f"二、学科建设（分管领导：副院长 宁婉）\n{own}"
    assert read(first + second) == [("引进人才", ["人事科"], []), ("培养骨干", ["科教科"], [])] * 2


def test_the_last_item_of_a_list_stays_a_task() -> None:
    items = "一、重点任务\n1.推进日间手术（牵头科室：医务科）\n2.建立台账（牵头科室：财务科）\n"
    assert [title for title, _, _ in read(items + ROWS)][:2] == ["推进日间手术", "建立台账"]


def test_a_sentence_above_a_table_stays_a_task() -> None:
    assert read(f"一、每季度通报台账，逐项销号。（牵头科室：医务科）\n{ROWS}")[0][1] == ["医务科"]
