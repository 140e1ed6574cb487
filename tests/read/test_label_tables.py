"""Word tables whose labels stand to the left of their values, a table a task."""

from __future__ import annotations

from pathlib import Path

import docx

import planparse

FIRST = [("任务名称", "建设卒中中心"), ("主要措施", "优化卒中绿色通道，通过省级评审。"), ("预期目标", "DNT中位数≤40分钟"), ("牵头科室", "神经内科"), ("配合科室", "急诊科、检验科"), ("完成时限", "2025年10月底前")]
SECOND = [("任务名称", "完善病历质控", None, None), ("牵头科室", "质控办", "责任科室", "各临床科室"), ("责任领导", "马一鸣", "完成时限", "长期坚持"), ("主要措施", "建立三级把关机制。", None, None)]


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
    assert [(t.title, t.text.strip()) for t in tasks] == [("建设卒中中心", "优化卒中绿色通道，通过省级评审。"), ("完善病历质控", "建立三级把关机制。")]
    assert [([d.name for d in t.lead], [d.name for d in t.responsible], [d.name for d in t.support]) for t in tasks] == [(["神经内科"], [], ["急诊科", "检验科"]), (["质控办"], ["各临床科室"], [])]
    assert [t.deadline and (t.deadline.end or t.deadline.recurrence) for t in tasks] == ["2025-10-31", "continuous"]
    assert [p.name for p in tasks[1].leaders] == ["马一鸣"]
