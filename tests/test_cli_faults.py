"""The command line on faults: one line on stderr, the right exit code, nothing half done left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from planparse.errors import ExportError, RuleError
from planparse.rulebook import load_rules

PLAN = "某市第一医院2024年重点工作方案\n一、重点任务\n1.推进日间手术。日间手术占比达到15%以上。（牵头科室：医务科；完成时限：6月底前）\n"


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "planparse", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, timeout=120, cwd=cwd)


def told(done: subprocess.CompletedProcess[bytes]) -> str:
    text = done.stderr.decode()
    assert "Traceback" not in text, text
    assert "Exception ignored" not in text, text
    return text


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    return path


needs_sys = pytest.mark.skipif(
    not os.path.isdir("/sys"), reason="no /sys, the folder in which nobody makes files"
)


@needs_sys
@pytest.mark.parametrize(
    "line",
    ["extract PLAN -f csv -o /sys/x.csv", "extract PLAN -f xlsx -o /sys/x.xlsx", "extract PLAN -f json -o /proc/x", "chart PLAN -o /sys/x.html",
     "letters PLAN -o /sys/q", "ledger add PLAN --ledger /sys/l.sqlite", "batch PLAN -o /sys/q", "batch PLAN -o PLAN"],
)  # fmt: skip
def test_what_cannot_be_written_is_one_line(plan: Path, line: str) -> None:
    done = run(*[str(plan) if word == "PLAN" else word for word in line.split()])
    assert done.returncode == 1
    lines = [one for one in told(done).splitlines() if not one.startswith("记入日期")]
    assert len(lines) == 1, lines
    target = str(plan) if line.endswith("PLAN") else line.rsplit(maxsplit=1)[-1]
    assert target.removesuffix(".csv") in lines[0]
    assert plan.read_text("utf-8") == PLAN


@needs_sys
def test_a_ledger_export_that_cannot_be_written(plan: Path, tmp_path: Path) -> None:
    assert (
        run("ledger", "add", plan, "--ledger", tmp_path / "l.sqlite", "--date", "2024-01-08").returncode == 0
    )
    for name in ("/sys/x.xlsx", "/sys/x.json", "/sys/x.html"):
        done = run("ledger", "export", "-o", name, "--ledger", tmp_path / "l.sqlite")
        assert done.returncode == 1
        assert len(told(done).splitlines()) == 1


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full")
def test_a_full_disk_behind_stdout(plan: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "planparse", "extract", str(plan), "-f", "json"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    assert done.returncode == 1
    text = done.stderr.decode()
    assert "Traceback" not in text
    assert "Exception ignored" not in text
    assert len(text.splitlines()) == 1


def test_a_full_disk_behind_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import xlsxwriter

    from planparse.export.output import replacing

    def full(self: object) -> None:
        try:
            raise OSError(28, "No space left on device")
        except OSError as fault:
            raise xlsxwriter.exceptions.FileCreateError(fault) from None

    with pytest.raises(ExportError, match="No space"), replacing(tmp_path / "x.xlsx"):
        full(None)
    assert not list(tmp_path.iterdir())


def test_usage_faults_are_two(plan: Path, tmp_path: Path) -> None:
    book = tmp_path / "l.sqlite"
    assert run("ledger", "add", plan, "--ledger", book, "--date", "2024-01-08").returncode == 0
    from planparse.ledger.book import Ledger

    with Ledger(book) as ledger:
        name = ledger.items()[0].id
    for wrong in (["--status", "瞎写"], ["--month", "13=好"], ["--month", "13"]):
        assert run("ledger", "update", name, *wrong, "--ledger", book, "--date", "2024-02-01").returncode == 2
    for command in (
        ["extract", plan],
        ["batch", plan, "-o", tmp_path / "o"],
        ["ledger", "add", plan, "--ledger", book],
        ["explain", plan],
    ):
        assert run(*command, "--year", "99999").returncode == 2
        assert run(*command, "--year", "1899").returncode == 2


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for command in (["extract", "empty"], ["batch", "empty", "-o", "out"], ["check", "empty"]):
        done = run(*command, cwd=tmp_path)
        assert done.returncode == 1
        assert "没有找到可读取的文件" in told(done)
        assert not done.stdout


def test_check_of_nothing_says_only_the_fault(tmp_path: Path) -> None:
    done = run("check", tmp_path / "nope.docx")
    assert done.returncode == 1
    assert not done.stdout
    assert len(told(done).splitlines()) == 1


def test_no_ledger_where_nothing_was_read(tmp_path: Path) -> None:
    (tmp_path / "no-task.txt").write_text("今天天气很好。\n", "utf-8")
    for name in ("nope.docx", "no-task.txt"):
        assert run("ledger", "add", tmp_path / name, "--ledger", tmp_path / "n.sqlite").returncode == 1
        assert not (tmp_path / "n.sqlite").exists()


def test_batch_tells_passwords_apart_and_lists_faults_for_a_spreadsheet(plan: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked.zip"
    with zipfile.ZipFile(locked, "w") as package:
        package.writestr("=1.txt", PLAN)
    data = bytearray(locked.read_bytes())
    data[data.index(b"PK\x03\x04") + 6] |= 1  # the bit that says: encrypted
    data[data.index(b"PK\x01\x02") + 8] |= 1
    locked.write_bytes(bytes(data))
    done = run("batch", plan, "locked.zip", "=nope.docx", "-o", "out", cwd=tmp_path)
    assert done.returncode == 3
    out = done.stdout.decode()
    assert "有密码 1 份" in out
    assert "文件损坏" not in out
    assert "errors.csv" in out
    assert "读取文件 1 份" in told(done)
    written = (tmp_path / "out" / "errors.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    text = written.decode("utf-8-sig")
    assert "'=nope.docx,无法打开" in text
    assert "locked.zip!=1.txt,有密码" in text


def test_text_of_a_folder_names_a_command(plan: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as package:
        package.writestr("a.txt", PLAN)
        package.writestr("b.txt", PLAN)
    for name in (tmp_path, tmp_path / "in.zip"):
        done = run("text", name)
        assert done.returncode == 1
        assert "planparse extract" in told(done)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("departments.tsv", "乱\t七\n", ["departments.tsv line 1", "乱"]),
        ("departments.tsv", "id\tname\tcategory\nx\t乱\n", ["departments.tsv", "category"]),
        (
            "departments.tsv",
            "id\tname\tcategory\tgroup\nx\t某科\t临床\t七\n",
            ["departments.tsv line 2", "group"],
        ),
        ("mine.toml", "[[entry\n", ["no such table", "not TOML"]),
    ],
)
def test_faults_of_own_rules_are_all_told(tmp_path: Path, name: str, text: str, said: list[str]) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(RuleError) as caught:
        load_rules([tmp_path])
    assert all(one in str(caught.value) for one in said), caught.value


def test_a_table_tells_a_warning_once(tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(PLAN.encode() * 30 + b"\xff\n")
    done = run("extract", path, "-f", "table")
    assert done.stdout.decode().count("以 U+FFFD") == 1
    assert "U+FFFD" not in told(done)
    assert "以 U+FFFD" in told(run("extract", path, "-f", "json"))


def test_errors_travel_between_processes() -> None:
    import pickle

    from planparse.errors import EncryptedFile

    fault = EncryptedFile("a", "b", "c")
    copy = pickle.loads(pickle.dumps(fault))
    assert (type(copy), str(copy)) == (EncryptedFile, str(fault))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("ledger due", "缺少必填的 --as-of；用法见 "),
        ("ledger due --as-off today", "没有 --as-off 这个选项，是不是 --as-of；用法见 "),
        ("extract", "缺少必填的 FILE…；用法见 "),
        ("extract --year abc a.txt", "--year 的值不对；用法见 "),
        ("chart a.txt -o", "选项 -o 写得不完整，后面要有内容"),
        ("foo", "没有这个命令；用法见 "),
        ("ledger due --as-of 下周", "--as-of 要一个日期"),
        ("ledger list --ledger nowhere.sqlite", "还没有台账"),
        ("export a.txt --to 飞书", "没有「飞书」这种格式"),
    ],
)
def test_usage_faults_are_told_in_chinese(line: str, told: str) -> None:
    done = run(*line.split())
    assert done.returncode in (1, 2)
    assert told in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_help_alone_is_no_fault() -> None:
    assert run("--help").returncode == 0
    assert run("--version").returncode == 0
    assert "没有" not in run("ledger").stderr.decode()


@pytest.mark.parametrize("command", ["explain", "check", "extract -f table", "ledger add"])
def test_no_document_steers_the_terminal(tmp_path: Path, command: str) -> None:
    hostile = (
        PLAN.replace("日间手术。", "日间\x1b[31m手\u202e术。") + "2.推进\u202e项目\x1b]0;x\x07。（医务科）\n"
    )
    (tmp_path / "a.txt").write_text(hostile, "utf-8")
    done = run(*command.split(), "a.txt", cwd=tmp_path)
    shown = done.stdout.decode() + done.stderr.decode()
    assert "项目" in shown or command == "ledger add"
    assert not set("\x1b\x07\u202e") & set(shown)
