"""A batch: its tables, its inputs, and what its result may not depend on."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import warnings
import zipfile
from pathlib import Path

import pytest
from batchtools import TABLES, batch, files, plan_text, rows

import planparse
from planparse.batch import BatchError, Settings
from planparse.batch.columns import SCHEMAS
from planparse.batch.inputs import Found
from planparse.batch.model import Place
from planparse.batch.plan import choose


def cli(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", "from planparse.cli import run; run()", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
    )


def test_tables_hold_what_extract_gives(corpus, tmp_path):
    root = corpus(3)
    summary = batch(root, tmp_path / "out")
    plans = {str(path): planparse.extract(path) for path in sorted(root.rglob("*.txt"))}
    assert (summary.inputs, summary.documents, summary.errors) == (3, 3, 0)
    documents = rows(tmp_path / "out", "documents")
    assert [d["source"] for d in documents] == list(plans)
    assert [d["document_id"] for d in documents] == [p.document.id for p in plans.values()]
    assert [d["tasks"] for d in documents] == [len(p.tasks) for p in plans.values()]
    tasks = rows(tmp_path / "out", "tasks")
    assert [(t["document_id"], t["id"]) for t in tasks] == [
        (p.document.id, t.id) for p in plans.values() for t in p.tasks
    ]
    assert [t["lead"] for t in tasks] == [
        "、".join(d.name for d in t.lead) for p in plans.values() for t in p.tasks
    ]
    assert [str(t["end"])[:10] for t in tasks] == [t.deadline.end for p in plans.values() for t in p.tasks]
    targets = rows(tmp_path / "out", "targets")
    assert [(t["indicator"], t["value"]) for t in targets] == [
        (t.indicator, t.value) for p in plans.values() for t in p.targets
    ]
    departments = rows(tmp_path / "out", "departments")
    assert [(d["task"], d["role"], d["name"]) for d in departments] == [
        (t.id, "lead", d.name) for p in plans.values() for t in p.tasks for d in t.lead
    ]
    for table in (*TABLES, "errors"):
        import pyarrow.parquet as pq

        place = tmp_path / "out" / (f"{table}.parquet" if table == "errors" else table)
        assert pq.read_table(place).column_names == list(SCHEMAS[table])


def test_result_is_the_same_with_any_workers_order_and_spelling(standard, tmp_path):
    root, whole = standard
    folders = sorted(root.iterdir(), reverse=True)
    batch([*folders, *folders[:1], root / "00" / ".." / "00"], tmp_path / "two", workers=2)
    assert files(tmp_path / "two") == whole
    assert len([name for name in whole if name.startswith("tasks")]) == 8  # 16 documents a part


def test_json_lines_hold_the_same_rows(corpus, tmp_path):
    root = corpus(20)
    batch(root, tmp_path / "parquet")
    batch(root, tmp_path / "jsonl", settings=Settings(format="jsonl"))
    for table in ("tasks", "departments"):
        lines = [
            json.loads(line)
            for part in sorted((tmp_path / "jsonl" / table).iterdir())
            for line in part.read_text("utf-8").splitlines()
        ]
        flat = rows(tmp_path / "parquet", table)
        assert len(lines) == len(flat)
        for line, row in zip(lines, flat, strict=True):
            assert {k: v for k, v in line.items() if k not in ("start", "end")} == {
                k: v for k, v in row.items() if k not in ("start", "end")
            }


def test_folders_globs_archives_and_lists(corpus, tmp_path):
    root = corpus(4)
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as package:
        package.writestr("深/里面.txt", plan_text(101))
    with zipfile.ZipFile(tmp_path / "包.zip", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("甲.txt", plan_text(100))
        package.writestr("__MACOSX/._甲.txt", b"\x00\x05")
        package.writestr("内包.zip", inner.getvalue())
    with tarfile.open(tmp_path / "包.tar.gz", "w:gz") as package:
        data = plan_text(102).encode()
        info = tarfile.TarInfo("../../逃.txt")
        info.size = len(data)
        package.addfile(info, io.BytesIO(data))
    listed = tmp_path / "list.txt"
    listed.write_text("\n".join([str(root / "00" / "plan0001.txt"), "", str(tmp_path / "没有.txt")]), "utf-8")
    out = tmp_path / "out"
    done = cli(
        "batch",
        str(root / "**" / "*2.txt"),
        str(tmp_path / "包.zip"),
        str(tmp_path / "包.tar.gz"),
        "-",
        "-o",
        str(out),
        stdin=listed.read_bytes(),
    )
    assert done.returncode == 3, done.stderr.decode()
    names = [d["source"].removeprefix(f"{tmp_path}/") for d in rows(out, "documents")]
    assert names == [
        "plans/00/plan0001.txt",
        "plans/00/plan0002.txt",
        "包.tar.gz!../../逃.txt",
        "包.zip!内包.zip!深/里面.txt",
        "包.zip!甲.txt",
    ]
    assert [(e["source"], e["reason"]) for e in rows(out, "errors")] == [(str(tmp_path / "没有.txt"), "open")]
    assert "成功 5，失败 1" in done.stdout.decode()
    assert not (out / "_batch" / "spool").exists()
    assert not (tmp_path.parent / "逃.txt").exists()


def test_exit_codes(corpus, tmp_path):
    root = corpus(1)
    assert cli("batch", str(root), "-o", str(tmp_path / "a")).returncode == 0
    assert cli("batch", str(tmp_path / "none"), "-o", str(tmp_path / "b")).returncode == 1
    assert cli("batch", str(root), "-o", str(tmp_path / "c"), "--format", "xml").returncode == 2
    assert cli("batch", str(root), "-o", str(tmp_path / "a")).returncode == 1  # it holds a batch
    assert "--resume" in cli("batch", str(root), "-o", str(tmp_path / "a")).stderr.decode()


def test_nothing_to_do_leaves_empty_tables(tmp_path):
    (tmp_path / "empty").mkdir()
    assert batch(tmp_path / "empty", tmp_path / "out").inputs == 0
    for table in (*TABLES, "errors"):
        assert rows(tmp_path / "out", table) == []


def test_faults_are_rows_with_reasons(corpus, tmp_path):
    root = corpus(2)
    (root / "空.txt").write_bytes(b"")
    (root / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (root / "断.docx").write_bytes(b"PK\x03\x04" + bytes(50))
    os.mkfifo(root / "pipe")
    summary = batch(root, tmp_path / "out")
    assert (summary.documents, summary.errors) == (2, 4)
    reasons = {Path(e["source"]).name: e["reason"] for e in rows(tmp_path / "out", "errors")}
    assert reasons == {"空.txt": "empty", "图.png": "scan", "断.docx": "damaged", "pipe": "open"}
    assert not any(str(tmp_path) in e["message"] for e in rows(tmp_path / "out", "errors"))


def test_same_and_near_documents_are_marked(tmp_path):
    root = tmp_path / "in"
    root.mkdir()
    text = plan_text(1, tasks=40)
    (root / "a.txt").write_text(text, "utf-8")
    (root / "b.txt").write_text(text, "utf-8")
    (root / "c.txt").write_text(text.replace("，", ",").replace("。", " 。\n") + "联系人：办公室。", "utf-8")
    (root / "d.txt").write_text(text[: len(text) // 3], "utf-8")
    (root / "e.txt").write_text("通知。" * 3, "utf-8")
    summary = batch(root, tmp_path / "out")
    marks = {
        Path(d["source"]).name: (d["duplicate"], d["duplicate_of"] and Path(d["duplicate_of"]).name)
        for d in rows(tmp_path / "out", "documents")
    }
    assert marks == {
        "a.txt": (None, None),
        "b.txt": ("same", "a.txt"),
        "c.txt": ("near", "a.txt"),
        "d.txt": (None, None),
        "e.txt": (None, None),
    }
    assert (summary.same, summary.near) == (1, 1)
    ids = [t["document_id"] for t in rows(tmp_path / "out", "tasks")]
    assert len(ids) == len(
        {(t["document_id"], t["id"]) for t in rows(tmp_path / "out", "tasks")}
    )  # nothing twice


def test_sample_is_seeded_and_limit_takes_the_first():
    found = [Found(f"{n:02d}.txt", Place(b"")) for n in range(30)]

    def names(**options):
        return [one.name for one in choose(reversed(found), **options)]

    first = names(sample=5, seed=1)
    assert len(first) == 5
    assert first == sorted(first)
    assert names(sample=5, seed=1) == first
    assert names(sample=5, seed=2) != first
    assert set(first) < set(names(sample=6, seed=1))
    assert len(names(sample=0.5)) == 15
    assert names(limit=2) == ["00.txt", "01.txt"]
    assert names(sample=5, seed=1, limit=2) == first[:2]


def test_documents_of_one_name_are_all_kept(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as package, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, name in enumerate(("计划.txt", "计划.txt", "b/计划.txt", "b\\计划.txt")):
            package.writestr(name, plan_text(number))
    summary = batch([tmp_path / "a.zip", tmp_path / "a.zip"], tmp_path / "out")
    assert summary.documents == 4
    assert [d["source"].split("!")[1] for d in rows(tmp_path / "out", "documents")] == [
        "b/计划#2.txt",
        "b/计划.txt",
        "计划#2.txt",
        "计划.txt",
    ]


def test_a_start_that_failed_binds_nothing(corpus, tmp_path):
    assert batch(tmp_path / "no such folder", tmp_path / "out").errors == 1
    summary = batch(corpus(2), tmp_path / "out", settings=Settings(year=2024))
    assert (summary.documents, summary.errors) == (2, 0)
    assert len(list((tmp_path / "out" / "tasks").iterdir())) == 1
    with pytest.raises(BatchError, match="--resume"):
        batch(corpus(2), tmp_path / "out", settings=Settings(year=2024))


def test_own_rules_and_year_reach_the_workers(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(
        "一、重点任务\n1.推进日间手术。（牵头科室：医务科；完成时限：6月底前）", "utf-8"
    )
    batch(tmp_path / "in", tmp_path / "out", settings=Settings(year=2031))
    assert str(rows(tmp_path / "out", "tasks")[0]["end"])[:10] == "2031-06-30"
    with pytest.raises(BatchError, match="year"):
        batch(tmp_path / "in", tmp_path / "out", resume=True)


def test_faulty_rules_stop_the_batch_with_a_message(corpus, tmp_path):
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "roles.toml").write_text("[[entry]]\nid='x'\n", "utf-8")
    done = cli("batch", str(corpus(1)), "-o", str(tmp_path / "out"), "--rules", str(folder))
    assert done.returncode == 1
    assert "roles.toml" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_output_inside_the_input_is_not_read(corpus, tmp_path):
    root = corpus(2)
    assert batch(root, root / "out").inputs == 2
    assert batch(root, root / "out", resume=True).inputs == 2


def test_names_that_are_no_utf8(corpus, tmp_path):
    root = corpus(1)
    os.rename(root / "00" / "plan0000.txt", os.fsencode(str(root)) + b"/" + "计划.txt".encode("gb18030"))
    batch(root, tmp_path / "out")
    assert rows(tmp_path / "out", "documents")[0]["source"].endswith("计划.txt")
