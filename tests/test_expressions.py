"""Ready code of expressions: equal to what the engine compiles, and used for what a plan asks for."""

from __future__ import annotations

import importlib
import re
import tomllib
from array import array
from typing import Any

import pytest

import planparse.expressions
from planparse import extract, gate, rule_files
from planparse.expressions import code_of, expression, read_table, table_path
from planparse.rulebook import HERE, load_rules

TABLE = read_table(table_path())
TEXT = "一、重点任务\n1.推进日间手术。日间手术占比达到15%以上。（牵头科室：医务科；完成时限：2024年6月底前）"

pytestmark = pytest.mark.skipif(
    not TABLE, reason="no ready code for this version of Python: run corpora/make_expressions.py"
)


def test_ready_code_is_the_engines() -> None:
    compiler: Any = importlib.import_module("re._compiler")
    parser: Any = importlib.import_module("re._parser")
    for (source, flags), made in TABLE.items():
        parsed = parser.parse(source, flags)
        assert list(array("I", compiler._code(parsed, flags))) == code_of(made), source[:80]
        assert made[0] == re.compile(source, flags).flags
        assert made[2:] == [parsed.state.groups - 1, parsed.state.groupdict]


def test_ready_expressions_equal_compiled_ones() -> None:
    for source, flags in TABLE:
        ready, compiled = expression(source, flags), re.compile(source, flags)
        assert ready == compiled
        assert (ready.groups, ready.groupindex, ready.pattern) == (
            compiled.groups,
            compiled.groupindex,
            compiled.pattern,
        )


def test_unknown_expressions_are_compiled_and_faults_are_the_engines() -> None:
    assert expression("某(?P<w>[一二])某").fullmatch("某一某")["w"] == "一"
    with pytest.raises(re.error):
        expression("(")


def test_most_expressions_of_a_plan_are_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    missing: list[str] = []

    class Noted(dict):  # type: ignore[type-arg]
        def get(self, key: Any, default: Any = None) -> Any:
            if key not in self:
                missing.append(key[0])
            return super().get(key, default)

    monkeypatch.setattr(planparse.expressions, "_table", lambda: Noted(TABLE))
    extract(TEXT, rules=load_rules())
    assert len(missing) < len(TABLE) / 2, "rules have changed: run python corpora/make_expressions.py"


def test_tables_read_ahead_say_what_the_files_say() -> None:
    ready = rule_files._ready()
    fresh = 0
    for path in sorted(HERE.glob("*.toml")):
        known, data = ready[path.name]
        if known == rule_files.digest(path.read_bytes()):
            assert data == tomllib.loads(path.read_text("utf-8-sig")), path.name
            fresh += 1
    assert fresh > len(ready) / 2, "rules have changed: run python corpora/make_expressions.py"


def test_a_table_that_changed_is_read_anew(tmp_path, monkeypatch) -> None:
    ready = dict(rule_files._ready())
    ready["roles.toml"] = ("another digest", {"entry": []})
    monkeypatch.setattr(rule_files, "_ready", lambda: ready)
    assert load_rules().entries("roles")


def test_gates_read_ahead_are_those_of_the_expressions() -> None:
    ready = gate._ready()
    assert ready
    for pattern, prefixes in ready.items():
        assert set(prefixes) == gate.parsed_prefixes(pattern), pattern[:80]
