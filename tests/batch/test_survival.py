"""What is in the documents, and what is done to the processes, costs nothing but time."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
from batchtools import batch, files, rows

from planparse.batch import BatchError, Limits
from planparse.batch.model import Doc, Entry, Fault, Unit
from planparse.batch.pool import Died
from planparse.batch.store import Piece
from planparse.batch.triage import Triage


def test_documents_that_crash_hang_or_eat_memory_are_recorded_and_the_others_go_on(corpus, trap, tmp_path):
    root = corpus(20)
    for number, act in enumerate(("crash", "exit", "hang", "memory", "fault", "good")):
        trap(
            root / f"{number:02d}" / "x.trap"
            if (root / f"{number:02d}").is_dir()
            else root / f"x{number}.trap",
            act,
        )
    summary = batch(root, tmp_path / "out", workers=2, limits=Limits(timeout=3, memory=400))
    assert (summary.inputs, summary.documents, summary.errors) == (26, 21, 5)
    errors = [(e["reason"], e["message"]) for e in rows(tmp_path / "out", "errors")]
    assert sorted(errors) == [
        ("crash", "the worker process ended: exit code 7"),
        ("crash", "the worker process ended: signal SIGSEGV"),
        ("internal", "RuntimeError: a reader's own mistake at trap_reader.py:19"),
        ("memory", "needs more than the limit of 400 MiB"),
        ("timeout", "not done after 3 s"),
    ]
    one = tmp_path / "one"
    batch(root, one, workers=1, limits=Limits(timeout=3, memory=400))
    assert files(one) == files(tmp_path / "out")


def test_retry_does_the_failed_again_and_nothing_else(corpus, trap, tmp_path):
    root = corpus(3)
    trap(root / "x.trap", "hang")
    out = tmp_path / "out"
    assert batch(root, out, limits=Limits(timeout=3)).errors == 1
    before = (out / "_batch" / "journal").stat().st_size
    assert batch(root, out, resume=True).errors == 1  # known: not tried again
    assert (out / "_batch" / "journal").stat().st_size == before
    trap(root / "x.trap", "good")  # other content under the same name
    assert batch(root, out, resume=True).errors == 0


def test_retry_goes_on_without_being_told(corpus, trap, tmp_path):
    root = corpus(3)
    trap(root / "x.trap", "slow")
    out = tmp_path / "out"
    assert batch(root, out, limits=Limits(timeout=0.3)).errors == 1
    with pytest.raises(BatchError, match="already holds a batch"):
        batch(root, out)
    assert batch(root, out, resume=True).errors == 1
    summary = batch(root, out, retry=True)
    assert (summary.documents, summary.errors) == (4, 0)


def start(root: Path, out: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-c",
        "from planparse.cli import run; run()",
        "batch",
        str(root),
        "-o",
        str(out),
        "--resume",
        *options,
    ]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except OSError:
        return False


def children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(one) for one in text.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="looks for child processes in /proc")
def test_a_parent_killed_at_any_moment_loses_nothing_and_repeats_nothing(standard, tmp_path):
    root, whole = standard
    lots = random.Random(4)
    out = tmp_path / "killed"
    for _ in range(3):
        process = start(root, out, "--workers", "2")
        time.sleep(1.2 + lots.random() * 1.5)
        workers = children(process.pid)
        process.kill()
        process.wait()
        deadline = time.monotonic() + 5
        while any(map(alive, workers)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(map(alive, workers))  # no orphan works on
    assert start(root, out, "--workers", "2").wait() == 0
    assert files(out) == whole


@pytest.mark.skipif(sys.platform != "linux", reason="looks for child processes in /proc")
def test_workers_killed_at_random_cost_nothing_but_time(standard, tmp_path):
    root, whole = standard
    lots = random.Random(5)
    out = tmp_path / "killed"
    process = start(root, out, "--workers", "2")
    kills = 0
    while process.poll() is None:
        time.sleep(0.3 + lots.random() * 0.7)
        found = children(process.pid)
        for pid in lots.sample(found, min(1, len(found))):
            try:
                name = Path(f"/proc/{pid}/cmdline").read_bytes()
                if b"spawn_main" in name and kills < 4:
                    os.kill(pid, signal.SIGKILL)
                    kills += 1
            except OSError:
                continue
    assert process.returncode == 0
    assert kills > 0
    assert files(out) == whole


def test_what_a_crash_leaves_is_put_right(standard, tmp_path):
    root, whole = standard
    out = tmp_path / "torn"
    batch(root, out)
    journal = out / "_batch" / "journal"
    lines = journal.read_bytes().splitlines(keepends=True)
    gone = msgspec.json.decode(lines[-1], type=Piece).stem
    journal.write_bytes(b"".join(lines[:-1]) + lines[-1][:50])  # torn in the midst of a line
    (out / "tasks" / "part-99999-000000000000.parquet").write_bytes(
        b"half a par"
    )  # no line of the journal names it
    (out / "tasks" / "part-99998-000000000000.parquet.draft").write_bytes(b"half a par")
    assert (out / "tasks" / f"{gone}.parquet").exists()
    batch(root, out, resume=True)
    assert files(out) == whole


def test_more_inputs_later_give_what_all_at_once_gives(corpus, tmp_path):
    corpus(30, folder="in/b")
    out = tmp_path / "grown"
    batch(tmp_path / "in", out)
    corpus(25, folder="in/a", first=100)
    corpus(3, folder="in/c", first=5)  # known contents under new names
    batch(tmp_path / "in", out, resume=True)
    batch(tmp_path / "in", tmp_path / "whole")
    assert files(out) == files(tmp_path / "whole")
    more = corpus(4, folder="other", first=300)
    assert batch(more, out, resume=True).inputs == 62  # what was done before stays


def test_json_lines_too_are_merged_into_the_same_bytes(corpus, tmp_path):
    from planparse.batch import Settings

    settings = Settings(format="jsonl")
    corpus(20, folder="in/b")
    batch(tmp_path / "in", tmp_path / "grown", settings=settings)
    corpus(20, folder="in/a", first=100)
    batch(tmp_path / "in", tmp_path / "grown", settings=settings, resume=True)
    batch(tmp_path / "in", tmp_path / "whole", settings=settings)
    assert files(tmp_path / "grown") == files(tmp_path / "whole")


def test_units_cut_by_time_give_the_same_parts(standard, tmp_path):
    root, whole = standard
    batch(root, tmp_path / "cut", limits=Limits(slice=0.0))  # every document handed in alone
    assert files(tmp_path / "cut") == whole


def test_a_file_changed_in_between_is_recorded(corpus, tmp_path):
    from planparse.batch.inputs import find
    from planparse.batch.places import Places
    from planparse.batch.plan import make_plan
    from planparse.batch.work import Settings, extract_entry
    from planparse.rulebook import default_rules

    root = corpus(1)
    entry = make_plan(list(find([str(root)], tmp_path))).chunks[0][0]
    (root / "00" / "plan0000.txt").write_text("别的内容")
    fault = extract_entry(entry, Places(), Settings(), default_rules())
    assert isinstance(fault, Fault)
    assert fault.reason == "changed"


def test_two_batches_cannot_share_a_folder(corpus, trap, tmp_path):
    root = corpus(1)
    trap(root / "x.trap", "hang")
    process = start(root, tmp_path / "out", "--timeout", "30")
    deadline = time.monotonic() + 10
    while not (tmp_path / "out" / "_batch" / "manifest.json").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.2)
    try:
        with pytest.raises(BatchError, match="another planparse batch"):
            batch(root, tmp_path / "out", resume=True)
    finally:
        process.kill()
        process.wait()


def test_a_folder_that_is_no_batch_is_left_alone(corpus, tmp_path):
    (tmp_path / "out" / "tasks").mkdir(parents=True)
    with pytest.raises(BatchError, match="no batch"):
        batch(corpus(1), tmp_path / "out")


def test_triage_gives_up_a_document_only_when_it_is_to_blame():
    unit = Unit(3, tuple(Entry(name, name) for name in "abcdef"))
    triage = Triage()
    again, given_up = triage.judge(Died(unit, 2, "crash", "m"))
    assert ([[e.id for e in u.entries] for u in again], given_up) == (
        [["a", "b"], ["c"], ["d", "e", "f"]],
        None,
    )
    assert triage.judge(Died(again[1], 0, "crash", "m")) == ([], Doc("c", Fault("crash", "m")))
    again, given_up = triage.judge(Died(unit, 0, "timeout", "m"))
    assert given_up == Doc("a", Fault("timeout", "m"))
    assert [e.id for u in again for e in u.entries] == list("bcdef")
    again, given_up = triage.judge(Died(unit, None, "crash", "m"))
    assert ([e.id for u in again for e in u.entries], given_up) == (list("abcdef"), None)
    assert all(len(u.entries) == 1 for u in again)


def test_triage_ends_for_a_unit_that_dies_whoever_is_in_it():
    triage = Triage()
    units = [Unit(0, tuple(Entry(str(n), str(n)) for n in range(300)))]
    lost, deaths = [], 0
    while units:
        unit = units.pop()
        deaths += 1
        again, given_up = triage.judge(Died(unit, None, "crash", "m"))
        units += again
        lost += [given_up.id] if given_up else []
    assert sorted(map(int, lost)) == list(range(300))
    assert deaths < 300 * 4


class Killed(BaseException):
    """Stands for the moment of a kill."""


@pytest.mark.parametrize("moment", ["_merge_chunk", "swap", "_recover", "_write_documents"])
def test_the_last_step_may_be_killed_at_every_moment(corpus, tmp_path, monkeypatch, moment):
    from planparse.batch import finish

    corpus(20, folder="in/b")
    out = tmp_path / "out"
    batch(tmp_path / "in", out)
    corpus(20, folder="in/a", first=100)
    place = finish.Store if moment in ("swap", "_recover") else finish
    with monkeypatch.context() as patch:
        # the folder as it is when the last step begins, and that step in this process, killed at the moment
        patch.setattr("planparse.batch.running._finish", lambda store, near: None)
        batch(tmp_path / "in", out, resume=True)

        def killed(*arguments: object) -> None:
            raise Killed

        patch.setattr(place, moment, killed)
        with pytest.raises(Killed):
            finish.finish(out, "parquet", 0.8)
    assert not (out / "summary.json").exists()
    batch(tmp_path / "in", out, resume=True)
    batch(tmp_path / "in", tmp_path / "whole")
    assert files(out) == files(tmp_path / "whole")


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_program_that_a_reader_started_ends_with_its_worker(corpus, trap, tmp_path):
    root = corpus(1)
    trap(root / "x.trap", "child")
    assert batch(root, tmp_path / "out", limits=Limits(timeout=2)).reasons == {"timeout": 1}
    assert not alive(int((root / "x.trap.pid").read_text()))
