"""An MCP server on standard input and output: extract, explain, due, check. Needs the extra ``mcp``.

It reads files below one folder only, writes nothing, and uses no network. The functions are plain Python; the SDK is
imported when the server starts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

from planparse import __version__
from planparse.check import check
from planparse.errors import MissingExtra, PlanparseError
from planparse.export import words
from planparse.export.item import iso
from planparse.model import Plan
from planparse.pipeline import extract
from planparse.read import read
from planparse.rulebook import Rulebook, load_rules, rules_given


class Desk:
    """The tools, bound to a folder.

    >>> Desk(Path(".")).extract(text="1.推进日间手术。（牵头科室：医务科）")["tasks"][0]["title"]
    '推进日间手术'
    """

    def __init__(self, root: Path, rules: Rulebook | None = None) -> None:
        self.root = root.resolve()
        self.rules = rules_given(rules)

    def _plan(self, file: str, text: str, *, evidence: bool = False) -> Plan:
        if bool(file) == bool(text):
            raise PlanparseError("give either file (a path below the root) or text")
        if text:
            from planparse.read.text import source_of_text

            return extract(source_of_text(text), rules=self.rules, evidence=evidence)
        path = (self.root / file).resolve()
        if not path.is_relative_to(self.root):
            raise PlanparseError(
                f"given {file!r}, which is outside the folder that this server may read; give a path below it"
            )
        if not path.is_file():
            raise PlanparseError(
                f"given {file!r}: no such file; possible: {'、'.join(self._files()) or 'none'}"
            )
        source = read(path, name=file)
        return extract(source, rules=self.rules, evidence=evidence)

    def _files(self) -> list[str]:
        return sorted(
            str(path.relative_to(self.root))
            for path in self.root.iterdir()
            if path.is_file() and not path.name.startswith(".")
        )[:20]

    def extract(self, file: str = "", text: str = "") -> dict[str, Any]:
        """提取任务、科室、指标、时限。Return the record of a plan: tasks, departments, targets, deadlines; spans index the source."""
        data: dict[str, Any] = json.loads(self._plan(file, text).to_json())
        return data

    def explain(self, file: str = "", text: str = "") -> dict[str, Any]:
        """逐项说明取值的出处与规则。Return where every value was read, and by which rule."""
        plan = self._plan(file, text, evidence=True)
        rows = [
            {
                "record": m.record,
                "kind": m.kind,
                "value": m.value,
                "span": list(m.span),
                "printed": plan.text[slice(*m.span)],
                "rule": m.rule,
            }
            for m in plan.mentions
        ]
        return {"values": rows, "repairs": len(plan.repairs), "warnings": list(plan.warnings)}

    def due(self, until: str, file: str = "", text: str = "", since: str = "") -> dict[str, Any]:
        """列出到期的任务。Return the tasks due on or before ``until``, and from ``since`` on where it is given (ISO dates)."""
        last, first = iso(until), iso(since)
        if last is None or (since and first is None):
            raise PlanparseError(
                f"given until={until!r}, since={since!r}; possible: ISO dates such as 2024-06-30"
            )
        plan = self._plan(file, text)
        rows = []
        for task in plan.tasks:
            day = iso(task.deadline.end) if task.deadline else None
            if day and day <= last and (first is None or day >= first):
                rows.append(
                    {
                        "due": day.isoformat(),
                        "task": words.headline(task, 80),
                        "lead": words.names(task.lead),
                        "responsible": words.names(task.responsible),
                        "id": task.id,
                    }
                )
        return {
            "tasks": sorted(rows, key=lambda row: str(row["due"])),
            "undated": sum(t.deadline is None for t in plan.tasks),
        }

    def check(self, file: str = "", text: str = "") -> dict[str, Any]:
        """检查方案。Return what is missing or at odds in a plan: no lead, no deadline, vague targets, duplicates …"""
        found = check(self._plan(file, text), rules=self.rules)
        return {
            "findings": [
                {"code": one.code, "severity": one.severity, "line": one.line, "message": one.message}
                for one in found
            ]
        }

    def tools(self) -> tuple[Tool, ...]:
        """Return the tools by the order in which they are listed."""
        return (self.extract, self.explain, self.due, self.check)


Tool = Callable[..., dict[str, Any]]


def make_server(desk: Desk) -> Any:
    """Return the server of a desk, by the SDK's version 2 or 1; raises MissingExtra."""
    about = "中文医院规划文本的任务、科室、指标与时限。Files are named relative to the server's folder."
    try:
        from mcp.server import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError

        server = MCPServer("planparse", instructions=about, version=__version__)
    except ImportError:
        try:
            from mcp.server.fastmcp import FastMCP
            from mcp.server.fastmcp.exceptions import ToolError
        except ImportError as fault:
            raise MissingExtra("planparse mcp", "mcp") from fault
        server = FastMCP("planparse", instructions=about)
    for tool in desk.tools():
        server.add_tool(_telling(tool, ToolError))
    return server


def _telling(tool: Tool, error: type[Exception]) -> Tool:
    """Return the tool with its own faults as the SDK's error: of any other exception the client is told nothing."""

    @wraps(tool)
    def told(*args: Any, **given: Any) -> dict[str, Any]:
        try:
            return tool(*args, **given)
        except PlanparseError as fault:
            raise error(str(fault)) from fault

    return told


def run_server(root: Path, folders: Sequence[Path]) -> int:
    """Serve on standard input and output until it closes."""
    if not root.is_dir():
        raise PlanparseError(f"--root {root}: no such folder")
    make_server(Desk(root, load_rules(folders) if folders else None)).run("stdio")
    return 0
