"""MPXJ reads the Project file: hierarchy, dates, departments. orgparse and pytodotxt read theirs."""

from __future__ import annotations

import json

import pytest
from officeplans import hostile_plan, office_plan

from planparse.export import write

pytestmark = pytest.mark.external

_READER = """
import json, sys
import jpype, mpxj
jpype.startJVM()
from org.mpxj.reader import UniversalProjectReader
project = UniversalProjectReader().read(sys.argv[1])
rows = []
for task in project.getTasks():
    if task.getName() is None:
        continue
    text = lambda value: None if value is None else str(value)
    rows.append({
        "name": text(task.getName()), "outline": text(task.getOutlineNumber()), "level": int(str(task.getOutlineLevel())), "summary": bool(task.getSummary()),
        "start": text(task.getStart()), "finish": text(task.getFinish()), "deadline": text(task.getDeadline()), "notes": text(task.getNotes()),
        "lead": text(task.getText(1)), "support": text(task.getText(3)), "id": text(task.getText(6)),
        "resources": [text(a.getResource().getName()) for a in task.getResourceAssignments() if a.getResource()],
        "parent": text(task.getParentTask().getName()) if task.getParentTask() else None,
    })
print(json.dumps({"rows": rows, "resources": [str(r.getName()) for r in project.getResources() if r.getName()]}))
jpype.shutdownJVM()
"""


def test_mpxj_reads_hierarchy_dates_and_departments(tools, tmp_path):
    tools.program("java")
    python = tools.python_with("mpxj", "jpype")
    write([office_plan()], tmp_path / "p.xml", "mspdi")
    found = json.loads(tools.run([python, "-c", _READER, str(tmp_path / "p.xml")]).stdout.splitlines()[-1])
    rows = {row["name"]: row for row in found["rows"]}
    assert [(row["outline"], row["name"]) for row in found["rows"]] == [
        ("1", "主要任务"), ("1.1", "门诊服务"), ("1.1.1", "推行分时段预约"), ("1.1.2", "规范床位调配"),
        ("1.2", "质量管理"), ("1.2.1", "每月开展1次质量查房，结果纳入考核。"), ("1.2.2", "加强院感防控"),
    ]  # fmt: skip
    assert rows["推行分时段预约"]["parent"] == "门诊服务"
    assert rows["门诊服务"]["summary"]
    assert rows["推行分时段预约"]["deadline"][:10] == "2024-06-30"
    assert (rows["规范床位调配"]["start"][:10], rows["规范床位调配"]["finish"][:10]) == (
        "2024-09-01",
        "2024-12-31",
    )
    assert (rows["加强院感防控"]["finish"], rows["加强院感防控"]["deadline"]) == (None, None)
    assert rows["规范床位调配"]["resources"] == ["医务科", "护理部", "医保办"]
    assert (rows["规范床位调配"]["lead"], rows["规范床位调配"]["support"]) == ("医务科、护理部", "医保办")
    assert found["resources"] == ["门诊部", "信息科", "各临床科室", "医务科", "护理部", "医保办"]
    assert "牵头科室：未明确" in rows["加强院感防控"]["notes"]


def test_orgparse_and_pytodotxt_read_what_was_meant(tools, tmp_path):
    python = tools.python_with("orgparse", "pytodotxt")
    for name, plan in (("office", office_plan()), ("evil", hostile_plan())):
        write([plan], tmp_path / f"{name}.org")
        write([plan], tmp_path / f"{name}.todo", "todotxt")
    code = """
import json, sys, orgparse, pytodotxt
found = {}
for name in ("office", "evil"):
    root = orgparse.load(f"{sys.argv[1]}/{name}.org")
    nodes = [n for n in root[1:]]
    todo = pytodotxt.TodoTxt(f"{sys.argv[1]}/{name}.todo"); todo.parse()
    found[name] = {
        "org": [(n.level, n.todo, n.heading, str(n.deadline.start) if n.deadline else None, {k: str(v) for k, v in n.properties.items()}, sorted(n.tags)) for n in nodes],
        "todo": [(str(t.description), t.projects, t.contexts, {k: list(v) for k, v in t.attributes.items()}) for t in todo.tasks],
    }
print(json.dumps(found))
"""
    found = json.loads(tools.run([python, "-c", code, str(tmp_path)]).stdout)
    org = found["office"]["org"]
    assert [(level, state, name, due) for level, state, name, due, _, _ in org][:4] == [
        (1, None, "主要任务", None), (2, None, "门诊服务", None), (3, "未启动", "推行分时段预约", "2024-06-30"), (3, "未启动", "规范床位调配", "2024-12-31"),
    ]  # fmt: skip
    assert org[2][4]["责任科室"] == "信息科、各临床科室"
    assert all(not tags for *_, tags in org)
    todo = found["office"]["todo"]
    assert (todo[1][1], todo[1][2], todo[1][3]["due"]) == (["门诊服务"], ["医务科", "护理部"], ["2024-12-31"])
    assert "due" not in todo[3][3]
    assert len(found["evil"]["todo"]) == 1
    assert set(found["evil"]["todo"][0][3]) <= {"责任", "配合", "指标", "due", "id"}
    assert all(not tags for *_, tags in found["evil"]["org"])
