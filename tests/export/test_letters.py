"""Letters of tasks: one for each department, from the packaged letter or a hospital's own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import msgspec
import openpyxl
import pytest
from officeplans import dept, hostile_plan, office_plan

from planparse.errors import ExportError
from planparse.export.filename import safe
from planparse.export.item import board_of
from planparse.export.letters import duties, write_letters, write_template


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def test_every_department_has_a_letter_with_its_tasks_by_role(tmp_path):
    board = board_of([office_plan()])
    written = write_letters(board, tmp_path / "out", issuer=board.issuer, as_of=date(2024, 2, 1))
    names = sorted(path.name.split("_")[1] for path in written if path.suffix == ".docx")
    assert names == sorted(["护理部", "门诊部", "医务科", "信息科", "各临床科室", "医保办"])
    letter = words_of(next(p for p in written if "护理部" in p.name and p.suffix == ".docx"))
    assert "云溪县人民医院" in letter
    assert "承担的 2 项任务（牵头 1 项、责任 1 项、配合 0 项）和 1 个量化指标" in letter
    assert "规范床位调配" in letter
    assert "≤8天（由9.2天）" in letter
    assert "2024年2月1日" in letter
    assert "配合任务" not in letter
    assert "{{" not in letter
    sheet = openpyxl.load_workbook(next(p for p in written if "护理部" in p.name and p.suffix == ".xlsx"))[
        "任务清单"
    ]
    assert [row[1].value for row in sheet.iter_rows(min_row=4)] == ["牵头", "责任"]


def test_a_department_with_two_roles_in_a_task_stands_once():
    plan = office_plan()
    task = msgspec.structs.replace(
        plan.tasks[0], lead=(dept("护理部"),), responsible=(dept("护理部"), dept("医务科"))
    )
    found = {
        d.name: {r: len(i) for r, i in d.by_role.items()}
        for d in duties(board_of([msgspec.structs.replace(plan, tasks=(task,), targets=())]))
    }
    assert found == {"护理部": {"牵头": 1, "责任": 0, "配合": 0}, "医务科": {"牵头": 0, "责任": 1, "配合": 0}}


def test_a_hospital_s_own_template_also_where_word_cut_a_placeholder(tmp_path):
    own = docx.Document()
    paragraph = own.add_paragraph("致 {{科")
    paragraph.add_run("室}}：共 {{任务").bold = True
    paragraph.add_run("数}} 项")
    table = own.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "任务"
    table.cell(1, 0).text = "{{全部.序号}}. {{全部.任务}}"
    table.cell(1, 1).text = "{{全部.角色}}"
    own.sections[0].header.paragraphs[0].text = "{{单位}}督查室"
    own.save(str(tmp_path / "own.docx"))
    board = board_of([office_plan()])
    written = write_letters(
        board, tmp_path / "o", issuer=board.issuer, template=tmp_path / "own.docx", workbooks=False
    )
    made = docx.Document(str(next(p for p in written if "护理部" in p.name)))
    assert made.paragraphs[0].text == "致 护理部：共 2 项"
    assert [[c.text for c in row.cells] for row in made.tables[0].rows] == [
        ["任务", ""],
        ["1. 规范床位调配", "牵头"],
        ["2. 每月开展1次质量查房，结果纳入考核。", "责任"],
    ]
    assert made.sections[0].header.paragraphs[0].text == "云溪县人民医院督查室"


def test_the_written_template_gives_the_same_letters(tmp_path):
    write_template(tmp_path / "t.docx")
    board = board_of([office_plan()])
    one = write_letters(board, tmp_path / "a", workbooks=False)
    two = write_letters(board, tmp_path / "b", workbooks=False, template=tmp_path / "t.docx")
    assert [words_of(p) for p in one] == [words_of(p) for p in two]


def test_wrong_placeholders_and_files_are_told_before_anything_is_written(tmp_path):
    own = docx.Document()
    own.add_paragraph("{{科室}} {{星座}}")
    own.save(str(tmp_path / "own.docx"))
    with pytest.raises(ExportError, match="given placeholder 星座; possible: 科室"):
        write_letters(board_of([office_plan()]), tmp_path / "o", template=tmp_path / "own.docx")
    (tmp_path / "bad.docx").write_bytes(b"x")
    with pytest.raises(ExportError, match=r"not a \.docx template"):
        write_letters(board_of([office_plan()]), tmp_path / "o", template=tmp_path / "bad.docx")
    assert not (tmp_path / "o").exists()


def test_hostile_names_stay_in_the_folder_and_braces_stay_braces(tmp_path):
    plan = hostile_plan()
    task = msgspec.structs.replace(plan.tasks[0], title="{{科室}}", text="{{科室}} {{牵头.任务}}")
    written = write_letters(
        board_of([msgspec.structs.replace(plan, tasks=(task,))]), tmp_path / "o", issuer="{{文件标题}}"
    )
    assert all(path.parent == tmp_path / "o" for path in written)
    assert {path.name for path in (tmp_path / "o").iterdir()} == {path.name for path in written}
    letter = words_of(next(p for p in written if p.suffix == ".docx"))
    assert "{{科室}} {{牵头.任务}}" in letter
    assert safe("..") == "未名"
