"""Files for trackers, calendars and project programs: what they hold, and that document text stays text."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from officeplans import HOSTILE, hostile_plan, office_plan

from planparse.errors import ExportError
from planparse.export import FORMATS, write
from planparse.export.to_ics import escape as ics_escape
from planparse.export.to_ics import fold
from planparse.export.to_markdown import escape as md_escape
from planparse.export.to_org import inert as org_inert
from planparse.export.to_taskwarrior import merge
from planparse.export.to_todotxt import inert as todo_inert
from planparse.export.tree import nodes, uid
from planparse.model import Deadline, Plan


def text_of(name: str, plan: Plan, **options) -> str:
    out = io.StringIO()
    write([plan], out, name, **options)
    return out.getvalue()


def table_of(name: str, plan: Plan, **options) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(name, plan, **options))))


#: these write the document's own text, which a plan made of records does not have
ANNOTATIONS = {"label-studio", "doccano", "brat", "conll"}


@pytest.mark.parametrize("name", [n for n, f in FORMATS.items() if not f.binary and n not in ANNOTATIONS])
def test_every_text_format_is_the_same_each_time_and_takes_an_empty_plan(name):
    plan = office_plan()
    assert text_of(name, plan) == text_of(name, plan)
    text_of(name, msgspec.structs.replace(plan, tasks=(), targets=()))
    write([], io.StringIO(), name)


@pytest.mark.parametrize(
    "name", ["ics", "taskwarrior", "mspdi", "redmine", "jira", "gitlab", "todotxt", "org"]
)
def test_no_deadline_is_invented(name):
    plan = office_plan()
    bare = msgspec.structs.replace(plan, tasks=plan.tasks[3:], targets=())
    content = text_of(name, bare)
    assert "2024-06-30" not in content
    assert not re.search(r"DUE|DEADLINE|due:|<Finish>|<Deadline>", content)
    if name in ("redmine", "jira", "gitlab"):
        row = table_of(name, bare)[-1]
        assert row[{"redmine": "计划完成日期", "jira": "Due Date", "gitlab": "due_date"}[name]] == ""
    if name != "todotxt":
        assert "未明确" in content or name == "taskwarrior"


@pytest.mark.parametrize(
    "name", ["ics", "taskwarrior", "mspdi", "redmine", "jira", "gitlab", "todotxt", "org", "markdown"]
)
def test_several_leads_groups_and_leaders_are_carried(name):
    content = text_of(name, office_plan()).replace("\r\n ", "")
    for printed in ("门诊部", "医务科", "护理部", "各临床科室", "医保办"):
        assert printed in content, printed
    if name != "todotxt":
        assert "周敏" in content


@pytest.mark.parametrize("name", ["redmine", "jira", "gitlab"])
def test_no_cell_of_a_tracker_csv_is_a_formula(name):
    for row in csv.reader(io.StringIO(text_of(name, hostile_plan()))):
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)


def test_redmine_parents_have_no_dates_and_come_first():
    rows = table_of("redmine", office_plan())
    seen = set()
    for row in rows:
        assert row["父任务"] == "" or row["父任务"] in seen
        seen.add(row["唯一ID"])
    parents = {row["父任务"] for row in rows}
    assert all(row["计划完成日期"] == row["开始日期"] == "" for row in rows if row["唯一ID"] in parents)
    assert [row["指派给"] for row in rows if row["任务编码"]] == ["门诊部", "", "", ""]
    assert rows[2]["牵头科室"] == "门诊部"


def test_redmine_in_gb18030(tmp_path):
    write([office_plan()], tmp_path / "r.csv", "redmine", encoding="gb18030")
    assert "主题" in (tmp_path / "r.csv").read_bytes().decode("gb18030")


def test_jira_epics_come_before_their_tasks_and_labels_have_no_blanks():
    raw = list(csv.reader(io.StringIO(text_of("jira", office_plan()))))
    head = raw[0]
    assert not any(re.search(r"[^\w ]", name) for name in head)
    rows = table_of("jira", office_plan())
    ids = [row["Issue ID"] for row in rows]
    assert all(row["Parent"] in ids[:k] for k, row in enumerate(rows) if row["Issue Type"] == "Task")
    assert all(
        " " not in cell for row in raw[1:] for name, cell in zip(head, row, strict=True) if name == "Labels"
    )
    assert [row["Due Date"] for row in rows if row["Issue Type"] == "Task"] == [
        "2024-06-30",
        "2024-12-31",
        "",
        "",
    ]


def test_gitlab_text_is_no_quick_action_or_mention():
    plan = office_plan()
    evil = msgspec.structs.replace(
        plan.tasks[0], text="完成。\n/close\n /assign @all\n@all 请注意 [x](javascript:1)"
    )
    row = table_of("gitlab", msgspec.structs.replace(plan, tasks=(evil,), targets=()))[0]
    lines = row["description"].split("\n")
    assert not any(line.lstrip(" ").startswith("/") for line in lines)
    assert "@all" not in row["description"]
    labelled = table_of("gitlab", plan, labels=True)[0]["description"]
    assert labelled.split("\n")[-1] == '/label ~"门诊部" ~"信息科" ~"各临床科室"'


def test_ics_lines_are_folded_at_75_octets_and_unfold_to_what_was_written():
    content = text_of("ics", office_plan())
    assert content.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in content.split("\r\n"))
    whole = content.replace("\r\n ", "")
    assert whole.count("BEGIN:VTODO") == 4 + 3
    assert whole.count("BEGIN:VEVENT") == 2
    assert "DTSTART;VALUE=DATE:20241231\r\nDTEND;VALUE=DATE:20250101" in whole
    assert "DTSTAMP:20240115T000000Z" in whole
    assert "DTSTAMP:20240301T000000Z" in text_of("ics", office_plan(), as_of=date(2024, 3, 1))
    assert "VEVENT" not in text_of("ics", office_plan(), components="todo")
    with pytest.raises(ExportError, match="possible: both"):
        text_of("ics", office_plan(), components="x")


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_ics_text_never_begins_a_line_of_its_own(text):
    line = "SUMMARY:" + ics_escape(text)
    folded = fold(line)
    assert folded.replace("\r\n ", "") == line + "\r\n"
    assert all(part.startswith(" ") for part in folded.split("\r\n")[1:-1])


def test_uids_do_not_change_with_place_or_text():
    plan = office_plan()
    turned = msgspec.structs.replace(plan, tasks=tuple(reversed(plan.tasks)))
    assert {uid(n.item) for n in nodes([plan]) if n.item} == {uid(n.item) for n in nodes([turned]) if n.item}
    assert len({n.key for n in nodes([plan, plan])}) == len(list(nodes([plan, plan])))


def test_taskwarrior_merge_keeps_what_is_the_user_s(tmp_path):
    first = json.loads(text_of("taskwarrior", office_plan()))
    held = {
        **first[0],
        "status": "completed",
        "end": "20240501T000000Z",
        "tags": [*first[0]["tags"], "我的"],
        "priority": "H",
    }
    held["annotations"] = [{"entry": "20240401T000000Z", "description": "督查：进展缓慢"}]
    mine = {
        "uuid": "11111111-1111-1111-1111-111111111111",
        "description": "买菜",
        "status": "pending",
        "entry": "20240101T000000Z",
    }
    (tmp_path / "held.json").write_text(json.dumps([held, first[1], mine]), "utf-8")
    plan = office_plan()
    moved = msgspec.structs.replace(
        plan.tasks[0],
        deadline=Deadline(text="8月底", end="2024-08-31"),
        lead=(),
        responsible=plan.tasks[0].lead,
    )
    again = json.loads(
        text_of(
            "taskwarrior",
            msgspec.structs.replace(plan, tasks=(moved, *plan.tasks[1:])),
            existing=tmp_path / "held.json",
        )
    )
    one = again[0]
    assert (one["status"], one["end"], one["priority"], one["due"]) == (
        "completed",
        "20240501T000000Z",
        "H",
        "20240831T155959Z",
    )
    assert one["tags"] == ["我的", "门诊部"]
    assert one["annotations"] == held["annotations"]
    assert "lead" not in one
    assert [t["uuid"] for t in again] == [t["uuid"] for t in first]
    with pytest.raises(ExportError, match="task export"):
        text_of("taskwarrior", plan, existing=tmp_path / "none.json")


@given(
    st.dictionaries(
        st.sampled_from(["due", "description", "project", "scheduled", "priority", "wait"]),
        st.text("甲乙0", min_size=1, max_size=3),
    ),
    st.booleans(),
)
def test_taskwarrior_merge_again_changes_nothing_more(edits, drop_due):
    new = json.loads(text_of("taskwarrior", office_plan()))[1]
    old = {**new, **edits}
    if drop_due:
        old.pop("due", None)
    merged = merge(old, new)
    for key in edits:
        assert merged.get(key) == old.get(key)
    assert merge(merged, new) == merged


def test_todotxt_text_makes_no_project_context_or_pair():
    plan = office_plan()
    evil = msgspec.structs.replace(plan.tasks[3], title="x +项目 @科室 due:2020-01-01 http://a.b")
    line = text_of("todotxt", msgspec.structs.replace(plan, tasks=(evil,), targets=())).strip()
    assert re.findall(r"(?:^| )([+@]\S+)", line) == ["+质量管理"]
    assert re.findall(r"(\S+):\S", line) == ["id"]
    assert not todo_inert("@甲").startswith("@")


def test_org_text_makes_no_link_stamp_drawer_or_keyword():
    evil = "* 标题\n:END:\n#+INCLUDE: /etc/passwd\n[[shell:rm -rf][点]] <%%(delete-file)> <2020-01-01> %%(x)\nDEADLINE: x"
    shown = org_inert(evil)
    assert not re.search(r"^\s*(?:\*|:END:|#\+|%%|DEADLINE:)", shown, re.M)
    assert "[[" not in shown
    assert "<%%" not in shown
    assert "<2020" not in shown
    content = text_of("org", hostile_plan())
    assert content.count("\n:END:\n") == 1


def test_markdown_shows_text_as_it_is_printed():
    content = text_of("markdown", hostile_plan())
    assert "<script>" not in content
    assert "http://" not in content.replace("\u200b", "[zero]")
    assert [md_escape(text) for text in ("1. 甲", "12) 甲", "- 甲", "2.5倍")] == [
        "1\\. 甲",
        "12\\) 甲",
        "\\- 甲",
        "2\\.5倍",
    ]
    table = [line for line in text_of("markdown", office_plan()).splitlines() if line.startswith("| 一/1")]
    assert len(table) == 1
    assert table[0].count(" | ") == 9


def test_mspdi_has_hierarchy_dates_and_departments():
    from lxml import etree

    root = etree.fromstring(text_of("mspdi", office_plan()).encode())
    ns = {"p": "http://schemas.microsoft.com/project"}
    tasks = root.findall(".//p:Task", ns)
    assert [t.findtext("p:OutlineNumber", None, ns) for t in tasks] == [
        "1",
        "1.1",
        "1.1.1",
        "1.1.2",
        "1.2",
        "1.2.1",
        "1.2.2",
    ]
    assert [t.findtext("p:Finish", "", ns)[:10] for t in tasks] == [
        "",
        "",
        "2024-06-30",
        "2024-12-31",
        "",
        "",
        "",
    ]
    assert [r.findtext("p:Name", None, ns) for r in root.findall(".//p:Resource", ns)] == [
        "门诊部",
        "信息科",
        "各临床科室",
        "医务科",
        "护理部",
        "医保办",
    ]
    evil = text_of("mspdi", hostile_plan())
    assert etree.fromstring(evil.encode()).findall(".//p:Task/p:Name", ns)[-1].text == HOSTILE


def test_parquet_keeps_types_and_nesting(tmp_path: Path):
    import pyarrow.parquet as pq

    written = write([office_plan()], tmp_path / "p.parquet")
    assert [path.name for path in written] == ["p.tasks.parquet", "p.targets.parquet"]
    rows = pq.read_table(written[0]).to_pylist()
    assert rows[1]["end"] == date(2024, 12, 31)
    assert [d["name"] for d in rows[1]["lead"]] == ["医务科", "护理部"]
    assert rows[0]["responsible"][1]["group"] is True
    targets = pq.read_table(written[1]).to_pylist()
    assert [t["value"] for t in targets] == [80.0, 8.0, 1.6]
    write([], tmp_path / "e.parquet")
    assert pq.read_table(tmp_path / "e.tasks.parquet").num_rows == 0


def test_schema_names_every_field_of_a_record():
    schema = json.loads(text_of("jsonschema", office_plan()))
    record = office_plan().to_dict()
    assert set(record) == set(schema["properties"])
    defs = schema["$defs"]
    assert set(record["tasks"][0]) == set(defs["Task"]["properties"])
    assert set(record["targets"][0]) == set(defs["Target"]["properties"])
    assert set(record["document"]) == set(defs["Document"]["properties"])
    assert "Mention" not in defs
