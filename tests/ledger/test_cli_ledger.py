"""The commands of the ledger and diff: results on stdout, the rest on stderr, exit codes."""

from __future__ import annotations

import json

import msgspec
import openpyxl
import pytest
import typer
from officeplans import office_plan
from typer.testing import CliRunner

from planparse import cli_ledger
from planparse.errors import PlanparseError
from planparse.model import Deadline


@pytest.fixture
def call(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    cli_ledger.register(app)

    def run(*args: str, code: int = 0):
        result = CliRunner().invoke(app, list(args))
        if isinstance(result.exception, PlanparseError):
            assert code == result.exception.exit_code, result.exception
            return str(result.exception)
        assert result.exit_code == code, (result.output, result.exception)
        return result.stdout + "\n--\n" + result.stderr

    plan = office_plan()
    (tmp_path / "v1.json").write_text(plan.to_json(), "utf-8")
    moved = msgspec.structs.replace(plan.tasks[0], deadline=Deadline(text="8月底", end="2024-08-31"))
    (tmp_path / "v2.jsonl").write_text(
        msgspec.structs.replace(plan, tasks=(moved, *plan.tasks[1:3])).to_json() + "\n", "utf-8"
    )
    return run


def test_a_year_of_work(call):
    assert "新增 4" in call("ledger", "add", "v1.json", "--date", "2024-01-20")
    assert "t-aaaa01 状态：未启动 → 推进中" in call(
        "ledger",
        "update",
        "t-aaaa01",
        "--status",
        "推进中",
        "--progress",
        "已招标",
        "--month",
        "3=正常",
        "--date",
        "2024-03-01",
    )
    out = call("ledger", "add", "v2.jsonl", "--date", "2024-04-01")
    assert "第2版" in out
    assert "调整 1，取消 1" in out.replace("未变 2，", "")
    assert "完成时限：6月底前（2024-06-30） → 8月底（2024-08-31）" in out
    assert "逾期 0 项，临期 1 项" in call("ledger", "due", "--as-of", "2024-08-20")
    assert "直接销号" in call("ledger", "close", "t-aaaa01", "--date", "2024-08-25", "--note", "验收")
    listed = json.loads(call("ledger", "list", "--json").split("\n--\n")[0])
    assert [(i["id"], i["people"]["status"]) for i in listed] == [
        ("t-aaaa01", "已销号"),
        ("t-aaaa02", "未启动"),
        ("t-aaaa03", "未启动"),
    ]
    assert "方案已取消" in "".join(call("ledger", "list", "--dropped").split())
    history = json.loads(call("ledger", "history", "t-aaaa01", "--json").split("\n--\n")[0])
    assert [e["day"] for e in history] == sorted(e["day"] for e in history)
    assert "已招标" in call("ledger", "history")


def test_the_workbook_goes_out_and_comes_back(call, tmp_path):
    call("ledger", "add", "v1.json", "--date", "2024-01-20")
    call("ledger", "export", "-o", "台账.xlsx", "--as-of", "2024-06-20")
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    book["工作台账"].cell(4, 13).value = "已上线"
    book.save(tmp_path / "台账.xlsx")
    dry = call("ledger", "import", "台账.xlsx", "--dry-run")
    assert "采纳  t-aaaa01「推行分时段预约」 第4行 进展情况：（空） → 已上线" in dry
    assert "未写入" in dry
    assert "已采纳 1 处" in call("ledger", "import", "台账.xlsx", "--date", "2024-06-21")
    assert "没有差别" not in call("ledger", "export", "-o", "again.xlsx")
    assert "没有差别" in call("ledger", "import", "again.xlsx", "--dry-run")
    for name in ("c.html", "c.json"):
        call("ledger", "export", "-o", name)
        assert (tmp_path / name).stat().st_size > 500


def test_today_is_never_silent(call):
    assert "记入日期：" in call("ledger", "add", "v1.json").split("\n--\n")[1]
    assert "截至日期：" in call("ledger", "due", "--as-of", "today").split("\n--\n")[1]
    call("ledger", "due", code=2)


def test_diff_lists_what_became_of_every_task(call):
    out = call("diff", "v1.json", "v2.jsonl")
    assert out.startswith("未变 2，调整 1，取消 1")
    assert "取消  「加强院感防控」\n      " in out
    rows = json.loads(call("diff", "v1.json", "v2.jsonl", "--json").split("\n--\n")[0])
    assert [row["kind"] for row in rows] == ["changed", "same", "same", "dropped"]


def test_usage_and_faults(call):
    assert "no ledger there" in call("ledger", "list", code=1)
    call("ledger", "add", "v1.json", "--date", "2024-01-20")
    assert "possible: a date such as 2024-06-30" in call("ledger", "due", "--as-of", "6月", code=2)
    assert "nothing to write" in call("ledger", "update", "t-aaaa01", code=2)
    assert "--month given" in call("ledger", "update", "t-aaaa01", "--month", "三", code=2)
    assert "none so named" in call("ledger", "update", "zz", "--note", "x", "--date", "2024-01-21", code=1)
    assert "possible: 未启动" in call("ledger", "list", "--status", "x", code=2)
    assert "contradict" in call("ledger", "add", "v1.json", "--revises", "1", "--separate", code=2)
    assert "possible: a name ending in" in call("ledger", "export", "-o", "a.doc", code=2)
    assert "cannot be opened" in call("ledger", "add", "none.json", "v1.json", "--date", "2024-01-22", code=3)
    assert "cannot be opened" in call("diff", "none.json", "v1.json", code=1)
    assert "was closed on 2024-02-01" in call(
        "ledger", "close", "t-aaaa01", "t-aaaa01", "--date", "2024-02-01", code=3
    )
