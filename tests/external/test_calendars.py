"""Radicale, read and written by a CalDAV client: stored, read back, updated in place."""

from __future__ import annotations

import json
import socket
import subprocess
import time

import msgspec
import pytest
from officeplans import hostile_plan, office_plan

from planparse.export import write
from planparse.model import Deadline

pytestmark = pytest.mark.external

_CLIENT = """
import json, sys
import caldav, icalendar
port, *files = sys.argv[1:]
client = caldav.DAVClient(url=f"http://127.0.0.1:{port}/", username="u", password="u")
calendar = client.principal().make_calendar(name="重点工作", supported_calendar_component_set=["VTODO", "VEVENT"])
report = []
for file in files:
    whole = icalendar.Calendar.from_ical(open(file, "rb").read())
    for part in whole.subcomponents:
        one = icalendar.Calendar()
        one.add("prodid", "-//test//"); one.add("version", "2.0"); one.add_component(part)
        (calendar.save_todo if part.name == "VTODO" else calendar.save_event)(one.to_ical().decode())
    seen = {}
    for thing in [*calendar.todos(include_completed=True), *calendar.events()]:
        for part in thing.icalendar_instance.subcomponents:
            if part.name in ("VTODO", "VEVENT"):
                due = part.get("due") or part.get("dtstart") if part.name == "VEVENT" else part.get("due")
                categories = part.get("categories")
                seen[str(part["uid"])] = {
                    "kind": part.name, "summary": str(part["summary"]), "due": due.dt.isoformat() if due else None,
                    "categories": [str(c) for c in categories.cats] if categories else [],
                    "parent": [str(r) for r in (part.get("related-to") if isinstance(part.get("related-to"), list) else [part.get("related-to")]) if r],
                    "description": str(part.get("description", "")),
                }
    report.append(seen)
print(json.dumps(report))
"""


@pytest.fixture
def radicale(tools, tmp_path):
    python = tools.python_with("radicale", "caldav", "icalendar")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        python,
        "-m",
        "radicale",
        "--server-hosts",
        f"127.0.0.1:{port}",
        "--auth-type",
        "none",
        "--storage-filesystem-folder",
        str(tmp_path / "store"),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield python, str(port)
    finally:
        server.terminate()
        server.wait(10)


def test_written_read_back_and_updated(tools, radicale, tmp_path):
    python, port = radicale
    plan = office_plan()
    write([plan], tmp_path / "1.ics")
    moved = msgspec.structs.replace(
        plan.tasks[0], title="推行分时段精准预约", deadline=Deadline(text="8月底", end="2024-08-31")
    )
    write([msgspec.structs.replace(plan, tasks=(moved, *plan.tasks[1:]))], tmp_path / "2.ics")
    first, second = json.loads(
        tools.run([python, "-c", _CLIENT, port, str(tmp_path / "1.ics"), str(tmp_path / "2.ics")]).stdout
    )
    todos = {uid: one for uid, one in first.items() if one["kind"] == "VTODO"}
    events = {uid: one for uid, one in first.items() if one["kind"] == "VEVENT"}
    assert (len(todos), len(events)) == (7, 2)
    by_name = {one["summary"]: one for one in todos.values()}
    assert by_name["推行分时段预约"]["due"] == "2024-06-30"
    assert by_name["推行分时段预约"]["categories"] == ["门诊部", "信息科", "各临床科室"]
    assert "加强院感防控，落实手卫生，\n做好监测。" in by_name["加强院感防控"]["description"]
    assert by_name["加强院感防控"]["due"] is None
    parent = by_name["推行分时段预约"]["parent"]
    assert todos[parent[0]]["summary"] == "门诊服务"
    assert set(first) == set(second)  # the same UIDs: nothing doubled
    assert {one["due"] for one in second.values() if one["summary"] == "推行分时段精准预约"} == {"2024-08-31"}


def test_hostile_text_is_only_text(tools, radicale, tmp_path):
    python, port = radicale
    write([hostile_plan()], tmp_path / "1.ics")
    (seen,) = json.loads(tools.run([python, "-c", _CLIENT, port, str(tmp_path / "1.ics")]).stdout)
    assert any(one["summary"].startswith("=HYPERLINK(") for one in seen.values())
