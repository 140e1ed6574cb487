"""Taskwarrior: import, the user's changes, the plan's revision, import again: nothing of the user's is lost."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import msgspec
import pytest
from officeplans import hostile_plan, office_plan

from planparse.export import write
from planparse.export.to_taskwarrior import taskrc
from planparse.model import Deadline

pytestmark = pytest.mark.external


class Tasks:
    """One Taskwarrior with a data folder of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        (folder / "data").mkdir()
        (folder / "rc").write_text(
            f"data.location={folder / 'data'}\nconfirmation=off\nverbose=nothing\n{taskrc()}", "utf-8"
        )
        self.program = program
        self.env = {
            **os.environ,
            "TASKRC": str(folder / "rc"),
            "TASKDATA": str(folder / "data"),
            "TZ": "Asia/Shanghai",
            "LANG": "C.UTF-8",
        }

    def __call__(self, *args: str, give: str | None = None) -> str:
        done = subprocess.run(
            [self.program, *args],
            input=give,
            capture_output=True,
            text=True,
            env=self.env,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def all(self) -> dict[str, dict]:
        return {one["uuid"]: one for one in json.loads(self("export"))}


@pytest.fixture
def task(tools, tmp_path):
    return Tasks(tools.program("task"), tmp_path)


def test_import_change_reimport(task, tmp_path):
    plan = office_plan()
    write([plan], tmp_path / "1.json", "taskwarrior")
    task("import", str(tmp_path / "1.json"))
    held = task.all()
    assert len(held) == 4
    by_id = {one["planid"]: one for one in held.values()}
    assert by_id["t-aaaa01"]["due"] == "20240630T155959Z"
    assert "due" not in by_id["t-aaaa04"]
    assert by_id["t-aaaa02"]["lead"] == "医务科、护理部"
    assert task("+护理部", "count").strip() == "2"
    assert task("due.before:2024-07-01", "count").strip() == "1"
    first, second, third = (by_id[name]["uuid"] for name in ("t-aaaa01", "t-aaaa02", "t-aaaa03"))
    task(first, "annotate", "督查：进展缓慢")
    task(first, "modify", "+我的", "priority:H")
    task(second, "done")
    task(third, "modify", "due:2024-05-01")
    before = task.all()
    (tmp_path / "held.json").write_text(task("export"), "utf-8")
    revised = msgspec.structs.replace(
        plan,
        tasks=(
            msgspec.structs.replace(
                plan.tasks[0], deadline=Deadline(text="8月底", end="2024-08-31"), responsible=()
            ),
            *plan.tasks[1:],
        ),
    )
    write([revised], tmp_path / "2.json", "taskwarrior", existing=tmp_path / "held.json")
    task("import", str(tmp_path / "2.json"))
    after = task.all()
    assert set(after) == set(before)
    assert after[first]["due"] == "20240831T155959Z"
    assert [note["description"] for note in after[first]["annotations"]] == ["督查：进展缓慢"]
    assert after[first]["priority"] == "H"
    assert sorted(after[first]["tags"]) == sorted(["门诊部", "我的"])
    assert after[second]["status"] == "completed"
    assert after[second]["end"] == before[second]["end"]
    assert after[third]["due"] == before[third]["due"]
    task("import", str(tmp_path / "2.json"))
    changing = ("modified", "urgency", "id")
    assert {u: {k: v for k, v in t.items() if k not in changing} for u, t in task.all().items()} == {
        u: {k: v for k, v in t.items() if k not in changing} for u, t in after.items()
    }


def test_hostile_text_is_only_text(task, tmp_path):
    write([hostile_plan()], tmp_path / "1.json", "taskwarrior")
    task("import", str(tmp_path / "1.json"))
    (one,) = task.all().values()
    assert one["description"].startswith("=HYPERLINK(")
