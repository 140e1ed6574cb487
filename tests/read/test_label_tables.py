"""Word tables whose labels stand to the left of their values, a table a task."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

import planparse

FIRST = [
    ("任务名称", "建设卒中中心"),
    ("主要措施", "优化卒中绿色通道，通过省级评审。"),
    ("预期目标", "DNT中位数≤40分钟"),
    ("牵头科室", "神经内科"),
    ("配合科室", "急诊科、检验科"),
    ("完成时限", "2025年10月底前"),
]
SECOND = [
    ("任务名称", "完善病历质控", None, None),
    ("牵头科室", "质控办", "责任科室", "各临床科室"),
    ("责任领导", "马一鸣", "完成时限", "长期坚持"),
    ("主要措施", "建立三级把关机制。", None, None),
]


def test_a_small_table_a_task(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("某市医院2025年重点任务书")
    for rows in (FIRST, SECOND):
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            cells = table.add_row().cells
            for cell, printed in zip(cells, row, strict=True):
                cell.text = printed or ""
            if row[-1] is None:
                cells[1].merge(cells[-1])
        document.add_paragraph()
    path = tmp_path / "tasks.docx"
    document.save(str(path))
    tasks = planparse.extract(path).tasks
    assert [(t.title, t.text.strip()) for t in tasks] == [
        ("建设卒中中心", "优化卒中绿色通道，通过省级评审。"),
        ("完善病历质控", "建立三级把关机制。"),
    ]
    assert [
        ([d.name for d in t.lead], [d.name for d in t.responsible], [d.name for d in t.support])
        for t in tasks
    ] == [(["神经内科"], [], ["急诊科", "检验科"]), (["质控办"], ["各临床科室"], [])]
    assert [t.deadline and (t.deadline.end or t.deadline.recurrence) for t in tasks] == [
        "2025-10-31",
        "continuous",
    ]
    assert [p.name for p in tasks[1].leaders] == ["马一鸣"]


MINUTES = (
    "一、总结上周工作\n上周门诊量12300人次，住院手术86台。\n二、本周重点工作\n1.医务科：3月21日前完成医疗质量专项检查，检查科室不少于15个。\n"
    "2.护理部：组织新入职护士理论考核，合格率达到95%以上，3月20日前完成。\n3.总务科牵头、保卫科配合，3月底前完成消防栓巡检。"
)


@pytest.mark.parametrize(
    ("label", "text"), [("会议内容", MINUTES), ("正文", MINUTES), ("会议记录", MINUTES.split("\n", 3)[3])]
)
def test_a_document_in_a_cell_of_a_form_is_read_as_it_stands_alone(
    tmp_path: Path, label: str, text: str
) -> None:
    made = docx.Document()
    made.add_paragraph("枫桥市妇幼保健院院周会纪要")
    table = made.add_table(4, 4)
    for (row, column), shown in {
        (0, 0): "时间",
        (0, 1): "2025年3月17日",
        (0, 2): "地点",
        (0, 3): "会议室",
        (1, 0): "主持人",
        (1, 1): "祁连山",
        (2, 0): label,
        (2, 1): text,
        (3, 0): "备注",
        (3, 1): "无",
    }.items():
        table.cell(row, column).text = shown
    for row in (1, 2, 3):
        table.cell(row, 1).merge(table.cell(row, 3))
    made.save(tmp_path / "a.docx")
    plan = planparse.extract(tmp_path / "a.docx")
    found = [
        ([d.name for d in (*task.lead, *task.responsible)], [d.name for d in task.support])
        for task in plan.tasks
    ]
    assert found == [(["医务科"], []), (["护理部"], []), (["总务科"], ["保卫科"])]


def test_duties_beside_who_has_them_stay_a_table(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(3, 2)
    duties = "一、负责医疗质量管理，每月组织质控检查，问题限期整改。\n二、负责手术分级管理，每季度评估一次授权，结果报院领导。\n三、负责多学科会诊，每周汇总并通报。"
    for row, shown in enumerate(
        [("责任科室", "工作任务"), ("医务科", duties), ("护理部", duties.replace("医疗", "护理"))]
    ):
        for column, one in enumerate(shown):
            table.cell(row, column).text = one
    made.save(tmp_path / "a.docx")
    assert [[d.name for d in task.responsible] for task in planparse.extract(tmp_path / "a.docx").tasks] == [
        ["医务科"],
        ["护理部"],
    ]
