"""The ledger: what people wrote stays with its task through every new version of the plan."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from officeplans import big_plan, hostile_plan, office_plan

from planparse.errors import LedgerError
from planparse.export.item import PEOPLE, STATES, Progress
from planparse.ledger.book import Ledger
from planparse.model import Deadline, Document, Plan, Task


@pytest.fixture
def ledger(tmp_path):
    with Ledger(tmp_path / "l.sqlite") as one:
        one.add(office_plan(), when="2024-01-20")
        yield one


def test_ids_are_those_of_the_tasks_and_do_not_depend_on_rows(tmp_path):
    plan = office_plan()
    turned = msgspec.structs.replace(plan, tasks=tuple(reversed(plan.tasks)))
    with Ledger(tmp_path / "a") as one, Ledger(tmp_path / "b") as two:
        one.add(plan, when="2024-01-20")
        two.add(turned, when="2024-01-20")
        assert {i.id: i.task.text for i in one.items()} == {i.id: i.task.text for i in two.items()}
        assert [i.id for i in one.items()] == [t.id for t in plan.tasks]


def test_adding_the_same_plan_again_changes_nothing(ledger):
    before = (ledger.items(), ledger.history())
    again = ledger.add(office_plan(), when="2024-02-01")
    assert {c.kind for c in again.changes} == {"same"}
    assert (again.version, ledger.items(), ledger.history()) == (1, *before)


def test_update_close_and_reopen_are_kept_with_their_days(ledger):
    ledger.update(
        "t-aaaa01",
        when="2024-03-01",
        who="周敏",
        status="推进中",
        progress="已上线",
        months={"3": "进展正常"},
    )
    ledger.update("t-aaaa01", when="2024-06-01", status="已完成待销号")
    ledger.close("t-aaaa01", when="2024-06-10", note="现场核验")
    people = ledger.item("t-aaaa01").people
    assert (people.status, people.closed_on, people.closing, people.months) == (
        "已销号",
        "2024-06-10",
        "现场核验",
        {"3": "进展正常"},
    )
    with pytest.raises(LedgerError, match="closed on 2024-06-10"):
        ledger.close("t-aaaa01", when="2024-06-11")
    ledger.update("t-aaaa01", when="2024-06-12", status="推进中")
    assert ledger.item("t-aaaa01").people.closed_on == ""
    told = [(e.day, e.kind, e.field, e.before, e.after) for e in ledger.history("t-aaaa01")]
    assert ("2024-06-10", "销号", "状态", "已完成待销号", "已销号") in told
    assert ("2024-06-12", "更新", "销号日期", "2024-06-10", "") in told
    assert [e.who for e in ledger.history("t-aaaa01") if e.field == "进展情况"] == ["周敏"]


def test_wrong_ids_states_fields_months_and_days_are_named(ledger):
    for match, call in (
        ("none so named", lambda: ledger.update("zz", when="2024-01-01", progress="x")),
        ("begins several: t-aaaa01", lambda: ledger.item("t-aaaa")),
        ("possible: 未启动, 推进中", lambda: ledger.update("t-aaaa01", when="2024-01-01", status="done")),
        ("people write: status", lambda: ledger.update("t-aaaa01", when="2024-01-01", task="x")),
        ("possible: 1 to 12", lambda: ledger.update("t-aaaa01", when="2024-01-01", months={"13": "x"})),
        ("given date 'today'", lambda: ledger.update("t-aaaa01", when="today", progress="x")),
        ("given status", lambda: ledger.items(status="x")),
    ):
        with pytest.raises(LedgerError, match=match):
            call()
    assert len(ledger.history()) == 6  # the plan, its whole-plan target, four tasks: nothing else was written


def test_due_is_counted_from_the_day_given(ledger):
    assert [(d.item.id, d.alert, d.left) for d in ledger.due(date(2024, 6, 20))] == [("t-aaaa01", "临期", 10)]
    assert [(d.item.id, d.alert, d.left) for d in ledger.due(date(2024, 7, 1))] == [("t-aaaa01", "逾期", -1)]
    assert ledger.due(date(2024, 1, 1)) == ()
    ledger.update("t-aaaa01", when="2024-06-01", status="已完成待销号")
    assert ledger.due(date(2024, 7, 1)) == ()


def test_lists_filter_by_state_and_department(ledger):
    ledger.update("t-aaaa02", when="2024-03-01", status="推进中")
    assert [i.id for i in ledger.items(status="推进中")] == ["t-aaaa02"]
    assert [i.id for i in ledger.items(department="护理部")] == ["t-aaaa02", "t-aaaa03"]
    assert ledger.items(department='理"') == ()


def revised() -> Plan:
    """The office plan again: one task reworded with a new day, one dropped, one new, numbers moved."""
    plan = office_plan()
    first, second, third, _ = plan.tasks
    first = msgspec.structs.replace(
        first,
        id="t-zzzz01",
        number="三/7",
        text="推行分时段预约。完善预约平台，预约诊疗率达到90%以上。",
        deadline=Deadline(text="8月底前", end="2024-08-31"),
    )
    new = Task(
        id="t-zzzz09",
        number="五/1",
        path=("附则",),
        title="建设卒中中心",
        text="建设卒中中心，通过省级验收。",
        span=(1, 2),
    )
    document = msgspec.structs.replace(
        plan.document,
        id="d-office-2",
        title="云溪县人民医院2024年重点工作实施方案（修订稿）",
        source="方案2.docx",
    )
    return msgspec.structs.replace(plan, document=document, tasks=(new, third, first, second))


def test_a_new_version_keeps_people_s_fields_and_ids(ledger):
    ledger.update(
        "t-aaaa01",
        when="2024-03-01",
        status="推进中",
        progress="已上线",
        obstacle="接口未通",
        months={"2": "a", "3": "b"},
    )
    ledger.update("t-aaaa04", when="2024-03-01", progress="培训两次")
    before = ledger.item("t-aaaa01").people
    added = ledger.add(revised(), when="2024-04-01")
    assert added.version == 2
    assert sorted(c.kind for c in added.changes) == ["dropped", "new", "reworded", "same", "same"]
    kept = ledger.item("t-aaaa01")
    assert kept.people == before
    assert kept.task.deadline.end == "2024-08-31"
    assert [i.id for i in ledger.items()] == ["t-zzzz09", "t-aaaa03", "t-aaaa01", "t-aaaa02"]
    dropped = ledger.item("t-aaaa04")
    assert (dropped.active, dropped.people.progress) == (False, "培训两次")
    told = [(e.kind, e.field, e.before, e.after) for e in ledger.history("t-aaaa01") if e.day == "2024-04-01"]
    assert ("改写", "完成时限", "6月底前（2024-06-30）", "8月底前（2024-08-31）") in told
    assert [d.item.id for d in ledger.due(date(2024, 7, 1))] == []
    back = ledger.add(office_plan(), when="2024-05-01")
    assert back.version == 3
    assert ledger.item("t-aaaa04").active
    assert ledger.item("t-aaaa04").people.progress == "培训两次"
    assert not ledger.item("t-zzzz09").active


def test_another_year_or_hospital_is_no_new_version(ledger):
    plan = office_plan()
    other = msgspec.structs.replace(plan.document, id="d-x", issuer="青岭市中心医院")
    assert ledger.add(msgspec.structs.replace(plan, document=other), when="2024-02-01").series == 2
    period = msgspec.structs.replace(plan.document.period, start="2025-01-01", end="2025-12-31")
    year = msgspec.structs.replace(plan.document, id="d-y", period=period)
    added = ledger.add(msgspec.structs.replace(plan, document=year), when="2025-01-10")
    assert (added.series, added.version) == (3, 1)
    assert len(ledger.items()) == 12
    assert len({i.id for i in ledger.items()}) == 12
    assert ledger.add(plan, when="2025-02-01", separate=True).series == 4
    with pytest.raises(LedgerError, match="possible: 1, 2, 3, 4"):
        ledger.add(plan, when="2025-02-01", revises=9)


def test_a_plan_without_tasks_and_files_of_others_are_refused(tmp_path):
    with Ledger(tmp_path / "l") as one, pytest.raises(LedgerError, match="no task found"):
        one.add(Plan(document=Document(id="d", source="空.txt")), when="2024-01-01")
    (tmp_path / "text").write_text("方案" * 600, "utf-8")
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger(tmp_path / "text")
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE x (y)")
    other.commit()
    with pytest.raises(LedgerError, match="another program"):
        Ledger(tmp_path / "other")
    with pytest.raises(LedgerError, match="no ledger there"):
        Ledger(tmp_path / "none", create=False)


def test_hostile_text_is_only_text(tmp_path):
    with Ledger(tmp_path / "l") as one:
        one.add(hostile_plan(), when="2024-01-01")
        evil = "'); DROP TABLE items;--"
        one.update("t-evil", when="2024-01-02", progress=evil)
        assert one.item("t-evil").people.progress == evil
        assert one.item("t-evil").task == hostile_plan().tasks[0]


words = st.text("推进完成培训，。 \n", max_size=12)
steps = st.lists(
    st.tuples(
        st.sampled_from(["t-aaaa01", "t-aaaa02", "t-aaaa03", "t-aaaa04"]),
        st.sampled_from([*PEOPLE, "months"]),
        words,
        st.sampled_from(STATES),
    ),
    max_size=8,
)


@given(steps, st.permutations(range(4)), st.sets(st.integers(0, 3)), words)
@settings(max_examples=40, deadline=None)
def test_any_revision_loses_nothing_of_people(edits, order, dropped, tail):
    """Plan, progress, any revision (tasks moved, dropped, reworded), the first plan again: all progress is there."""
    plan = office_plan()
    with Ledger(":memory:") as one:
        one.add(plan, when="2024-01-20")
        for name, field, text, state in edits:
            if field == "months":
                one.update(name, when="2024-02-01", months={"5": text})
            elif field in ("status", "closed_on"):
                one.update(name, when="2024-02-01", status=state)
            else:
                one.update(name, when="2024-02-01", **{field: text})
        before: dict[str, Progress] = {i.id: i.people for i in one.items(dropped=True)}
        events = one.history()
        tasks = [
            msgspec.structs.replace(plan.tasks[k], id=f"v{k}", text=plan.tasks[k].text + tail)
            for k in order
            if k not in dropped
        ]
        if tasks:
            one.add(
                msgspec.structs.replace(plan, tasks=tuple(tasks), targets=()), when="2024-03-01", revises=1
            )
            assert {i.id: i.people for i in one.items(dropped=True)} == before
            assert len(one.items()) == len(tasks)
        one.add(plan, when="2024-04-01", revises=1)
        assert {i.id: i.people for i in one.items(dropped=True)} == before
        assert [i.id for i in one.items()] == [t.id for t in plan.tasks]
        assert one.history()[: len(events)] == events


_KILLED = """
import sys
from planparse.ledger.book import Ledger
with Ledger(sys.argv[1]) as ledger:
    print("open", flush=True)
    k = 0
    while True:
        k += 1
        ledger.update("t-aaaa01", when="2024-02-01", progress=f"第{k}次", note=f"第{k}次")
"""


def test_killed_in_the_middle_of_writing_leaves_the_file_whole(tmp_path: Path):
    path = tmp_path / "l.sqlite"
    with Ledger(path) as one:
        one.add(office_plan(), when="2024-01-20")
    for pause in (0.05, 0.11, 0.23):
        child = subprocess.Popen([sys.executable, "-c", _KILLED, str(path)], stdout=subprocess.PIPE)
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(pause)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
        with Ledger(path, create=False) as one:
            assert one.base.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            people = one.item("t-aaaa01").people
            assert people.progress == people.note  # both fields of one update, or neither
            last = [e.after for e in one.history("t-aaaa01") if e.field == "备注"][-1:]
            assert last == ([people.note] if people.note else [])


def test_operations_on_ten_thousand_tasks_are_quick(tmp_path):
    with Ledger(tmp_path / "l") as one:
        one.add(big_plan(10000), when="2024-01-01")
        spent = {}
        for name, call in {
            "update": lambda: one.update("t-005000", when="2024-02-01", progress="x"),
            "close": lambda: one.close("t-005001", when="2024-02-01"),
            "item": lambda: one.item("t-0077"[:8] + "00"),
            "history": lambda: one.history("t-005000"),
            "due": lambda: one.due(date(2024, 1, 20)),
            "list": lambda: one.items(status="推进中"),
        }.items():
            start = time.perf_counter()
            call()
            spent[name] = time.perf_counter() - start
    assert max(spent.values()) < 5, spent  # 0.2 s on a quiet machine; benchmarks print the figure
