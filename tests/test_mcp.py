"""The MCP server: four tools over standard input and output, files below one folder only."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from planparse.errors import PlanparseError
from planparse.mcp_server import Desk

TEXT = "一、重点任务\n1.推进日间手术。占比达到15%以上。（牵头科室：医务科；完成时限：2024年6月底前）\n2.推进预约诊疗。（责任科室：门诊部；完成时限：2024年9月底前）\n"


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "plan.txt").write_text(TEXT, "utf-8")
    (tmp_path / "secret.txt").write_text(TEXT, "utf-8")
    (tmp_path / "root" / "link.txt").symlink_to(tmp_path / "secret.txt")
    return Desk(tmp_path / "root")


def test_tools_answer(desk):
    assert [t["title"] for t in desk.extract(file="plan.txt")["tasks"]] == ["推进日间手术", "推进预约诊疗"]
    assert {row["printed"] for row in desk.explain(text=TEXT)["values"]} >= {"医务科", "2024年6月底前"}
    assert [row["task"] for row in desk.due(until="2024-06-30", file="plan.txt")["tasks"]] == ["推进日间手术"]
    assert [row["task"] for row in desk.due(until="2024-12-31", since="2024-07-01", text=TEXT)["tasks"]] == [
        "推进预约诊疗"
    ]
    assert [one["code"] for one in desk.check(file="plan.txt")["findings"]] == ["sole-department"]


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/hosts", "link.txt", "x/../../secret.txt"])
def test_nothing_outside_the_root_is_read(desk, path):
    with pytest.raises(PlanparseError, match="outside the folder"):
        desk.extract(file=path)


def test_wrong_arguments_say_what_is_possible(desk):
    with pytest.raises(PlanparseError, match=r"no such file; possible: .*plan\.txt"):
        desk.extract(file="none.txt")
    with pytest.raises(PlanparseError, match="give either file"):
        desk.extract()
    with pytest.raises(PlanparseError, match="ISO dates such as"):
        desk.due(until="6月底", text=TEXT)


def test_the_protocol(desk):
    pytest.importorskip("mcp", reason="the server needs mcp: pip install 'planparse[mcp]'")
    process = subprocess.Popen(
        [sys.executable, "-c", "from planparse.cli import run; run()", "mcp", "--root", str(desk.root)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    number = 0

    def call(method: str, **params):
        nonlocal number
        number += 1
        process.stdin.write(
            json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}) + "\n"
        )
        process.stdin.flush()
        return json.loads(process.stdout.readline())["result"]

    try:
        hello = call(
            "initialize",
            protocolVersion="2025-03-26",
            capabilities={},
            clientInfo={"name": "test", "version": "1"},
        )
        assert hello["serverInfo"]["name"] == "planparse"
        process.stdin.write(json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}) + "\n")
        assert [tool["name"] for tool in call("tools/list")["tools"]] == [
            "extract",
            "explain",
            "due",
            "check",
        ]
        done = call("tools/call", name="extract", arguments={"file": "plan.txt"})
        assert json.loads(done["content"][0]["text"])["tasks"][0]["title"] == "推进日间手术"
        assert json.loads(done["content"][0]["text"])["document"]["source"] == "plan.txt"
        for arguments, said in (
            ({"file": "../secret.txt"}, "outside the folder"),
            ({"file": "none.txt"}, "possible: "),
            ({}, "give either file"),
        ):
            refused = call("tools/call", name="extract", arguments=arguments)
            assert refused["isError"]
            assert said in refused["content"][0]["text"]
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()
        process.stderr.close()
