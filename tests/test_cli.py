"""The command line: results on stdout, faults on stderr, exit codes 0, 1, 2, 3."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

PLAN = "某市第一医院2024年重点工作方案\n一、重点任务\n1.推进日间手术。日间手术占比达到15%以上。（牵头科室：医务科；完成时限：6月底前）\n"


def run(*arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "planparse", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    return path


def test_json_is_the_contract(plan: Path) -> None:
    done = run("extract", str(plan), "-f", "json")
    assert done.returncode == 0, done.stderr.decode()
    record = json.loads(done.stdout)
    assert record["schema"] == "planparse/1"
    assert list(record) == ["schema", "document", "sections", "tasks", "targets", "repairs", "warnings"]
    task = record["tasks"][0]
    assert (task["title"], task["lead"][0]["name"], task["deadline"]["end"]) == (
        "推进日间手术",
        "医务科",
        "2024-06-30",
    )
    start, end = task["lead"][0]["span"]
    assert PLAN[start:end] == "医务科"


def test_stdin_and_jsonl(plan: Path) -> None:
    done = run("extract", "-", "-f", "jsonl", stdin=PLAN.encode("gb18030"))
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["tasks"][0]["title"] == "推进日间手术"


def test_csv_with_bom_in_two_files(plan: Path, tmp_path: Path) -> None:
    done = run("extract", str(plan), "-f", "csv", "-o", str(tmp_path / "out.csv"))
    assert done.returncode == 0, done.stderr.decode()
    files = sorted(p.name for p in tmp_path.glob("out*.csv"))
    assert len(files) == 2
    for name in files:
        data = (tmp_path / name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert len(list(csv.reader(data.decode("utf-8-sig").splitlines()))) == 2


def test_bad_files_do_not_stop_the_others(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.bin").write_bytes(bytes(range(256)) * 20)
    some = run(
        "extract",
        str(tmp_path / "empty.txt"),
        str(plan),
        str(tmp_path / "binary.bin"),
        str(tmp_path / "none.docx"),
        "-f",
        "jsonl",
    )
    assert some.returncode == 3
    assert len(some.stdout.splitlines()) == 1
    lines = [line for line in some.stderr.decode().splitlines() if line.strip()]
    assert len(lines) == 3
    assert all(str(tmp_path) in line for line in lines)
    none = run("extract", str(tmp_path / "empty.txt"), "-f", "jsonl")
    assert none.returncode == 1
    assert not none.stdout


def test_usage_is_two() -> None:
    assert run("extract").returncode == 2
    assert run("extract", "--no-such-option").returncode == 2


def test_text_and_clean(plan: Path, tmp_path: Path) -> None:
    assert run("text", str(plan)).stdout.decode() == PLAN
    odd = tmp_path / "odd.txt"
    odd.write_text("藥占比控制在 ２０％左右。\n", "utf-8")
    assert run("text", "--clean", str(odd)).stdout.decode() == "药占比控制在20%左右。\n"


def test_explain_names_place_and_rule(plan: Path) -> None:
    done = run("explain", str(plan), "--json")
    rows = json.loads(done.stdout)["values"]
    lead = next(row for row in rows if row["kind"] == "lead")
    assert lead["printed"] == "医务科"
    assert lead["rule"] == "lead.label"
    assert "3" in lead["place"]


def test_rules_check(tmp_path: Path) -> None:
    assert run("rules", "check").returncode == 0
    (tmp_path / "roles.toml").write_text('[[entry]]\nid = "x"\n', "utf-8")
    bad = run("rules", "check", str(tmp_path))
    assert bad.returncode == 1
    assert "roles.toml entry 1 (x)" in bad.stdout.decode()


def test_evaluate_prints_all_lines(tmp_path: Path, plan: Path) -> None:
    gold = {
        "file": "plan.txt",
        "tasks": [
            {
                "text": "推进日间手术。日间手术占比达到15%以上。",
                "title": "推进日间手术",
                "lead": ["医务科"],
                "deadline": {"start": None, "end": "2024-06-30", "recurrence": None},
            }
        ],
        "targets": [],
    }
    (tmp_path / "plan.json").write_text(json.dumps(gold), "utf-8")
    done = run("evaluate", str(tmp_path), "--json")
    scores = json.loads(done.stdout)["scores"]
    assert scores["task"]["f1"] == scores["roles"]["f1"] == scores["deadline"]["f1"] == 1.0
    assert scores["target"]["fp"] == 1  # the gold leaves the target out: a spurious one


def test_nothing_heavy_for_the_main_job(plan: Path) -> None:
    code = (
        "import sys; sys.argv=['planparse','extract',sys.argv[1],'-f','json']\n"
        "import planparse.cli as c\n"
        "try: c.run()\nexcept SystemExit: pass\n"
        "bad={'spacy','pandas','sklearn','jieba','pyarrow','numpy'} & set(sys.modules)\n"
        "sys.stderr.write(repr(sorted(bad)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(plan)], capture_output=True, check=False, timeout=60
    )
    assert done.stderr.decode().endswith("[]")
