from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from planparse.normalize import normalize
from planparse.rulebook import check_examples, default_rules

CASES = tomllib.loads((Path(__file__).parent / "cases.toml").read_text("utf-8"))["case"]


def _params():
    for case in CASES:
        marks = [pytest.mark.xfail(strict=True, reason=case["xfail"])] if "xfail" in case else []
        yield pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", _params())
def test_case(case):
    clean = normalize(case["text"], rules=default_rules())
    assert clean.text == case.get("clean", case["text"])
    assert [edit.kind for edit in clean.edits] == case.get("kinds", [])


@pytest.mark.parametrize("table", ["t2s_fixes", "spaces", "lines", "furniture"])
def test_every_example_of_the_rule_tables_holds(table):
    assert check_examples(default_rules(), only=[table]) == []


def test_no_line_is_joined_inside_a_table_of_the_file():
    text = "完善流程，\n方便群众\n门诊部、\n护理部\n以上任务，\n抓紧落实。"
    table = (0, text.index("以上"))
    clean = normalize(text, rules=default_rules(), tables=[table])
    assert clean.text == "完善流程，\n方便群众\n门诊部、\n护理部\n以上任务，抓紧落实。"


def test_tables_are_found_again_behind_an_edit():
    text = "于 2024 年完成。\n完善流程，\n方便群众\n以上，\n抓紧落实。"
    start = text.index("完善")
    clean = normalize(text, rules=default_rules(), tables=[(start, text.index("以上"))])
    assert clean.text == "于2024年完成。\n完善流程，\n方便群众\n以上，抓紧落实。"
