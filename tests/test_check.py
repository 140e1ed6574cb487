"""The linter for plans: each code found where it holds and not beside it."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import planparse
from planparse.check import CODES, check, exceeds
from planparse.check.alike import alike_pairs
from planparse.errors import PlanparseError

HEAD = "云岭县人民医院2024年重点工作任务分解\n一、重点任务\n"


def codes(text: str, **more) -> list[str]:
    return [one.code for one in check(planparse.extract(text), **more)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.推进日间手术规范管理。（完成时限：2024年6月底前）", "no-department"),
        ("1.推进日间手术规范管理。（责任科室：医务科、护理部；完成时限：2024年6月底前）", "no-lead"),
        ("1.推进日间手术规范管理。（责任科室：医务科；完成时限：2024年6月底前）", "sole-department"),
        ("1.推进日间手术规范管理。（牵头科室：医务科、护理部；完成时限：2024年6月底前）", "two-leads"),
        ("1.推进日间手术规范管理。（牵头科室：医务科）", "no-deadline"),
        ("1.推进日间手术规范管理。（牵头科室：星尘病科；完成时限：2024年6月底前）", "unknown-department"),
        (
            "1.推进日间手术规范管理。（牵头科室：医务科；配合科室：医务科；完成时限：2024年6月底前）",
            "role-twice",
        ),
        (
            "1.推进日间手术。进一步降低平均住院日。（牵头科室：医务科；完成时限：2024年6月底前）",
            "target-without-number",
        ),
    ],
)
def test_each_code_is_found_where_it_holds(text, code):
    good = "1.推进日间手术。平均住院日降至8天以内。（牵头科室：医务科；责任科室：护理部；完成时限：2024年6月底前）"
    assert code in codes(HEAD + text)
    assert codes(HEAD + good) == []


DUE = "（牵头科室：医务科；完成时限：2024年6月底前）"


@pytest.mark.parametrize(
    ("text", "code", "good"),
    [
        ("1.修订制度。9月底前印发新版。" + DUE, "deadline-conflict", "1.修订制度。3月底前完成初稿。" + DUE),
        ("1.修订制度。" + DUE.replace("2024", "2023"), "past-deadline", "1.修订制度。" + DUE),
        ("1.修订制度，2024年2月30日前印发。（牵头科室：医务科）", "impossible-date", "1.修订制度，2024年2月29日前印发。（牵头科室：医务科）"),
        ("1.修订制度，2023年2月29日前印发。（牵头科室：医务科）", "impossible-date", "1.为18月龄儿童体检。" + DUE),
        ("1.修订制度。（牵头科室：医务科；完成时限：2024年13月底前）", "impossible-date", "1.修订制度。（牵头科室：医务科；完成时限：2024年12月底前）"),
        ("1.更新设备，采购监护仪若干台。" + DUE, "target-without-number", "1.更新设备，落实若干措施。" + DUE),
        ("1.规范病历。甲级病案率达到。" + DUE, "target-without-number", "1.规范病历。甲级病案率达到95%以上。" + DUE),
        ("1.控制药占比到28%以内。" + DUE + "\n2.压降药品费用。药占比控制在30%以内。" + DUE, "target-conflict",
         "1.控制药占比到28%以内。" + DUE + "\n2.压降药品费用。药占比控制在26%以内。（牵头科室：医务科；完成时限：2024年12月底前）"),
        ("1.改善服务。患者满意度由95%提高到90%。" + DUE, "target-backwards", "1.改善服务。患者满意度由90%提高到95%。" + DUE),
        ("1.修订制度。" + DUE + "\n1.建设卒中中心。" + DUE, "number-twice", "1.修订制度。" + DUE + "\n2.建设卒中中心。" + DUE),
        ("●修订制度。" + DUE + "\n●修订制度二稿并公布。" + DUE, None, "1.修订制度。" + DUE),
    ],
)  # fmt: skip
def test_contradictions_in_a_plan(text, code, good):
    found = codes(HEAD + text)
    assert code in found if code else "number-twice" not in found
    assert code not in codes(HEAD + good)


def test_one_sentence_of_several_actors_is_no_duplicate():
    assert not {"duplicate-task", "deadline-conflict"} & set(
        codes(HEAD + "会议要求，信息中心、医保办分别于5月底、6月底前完成医技系统的接口改造。")
    )


def test_an_indicator_with_a_number_elsewhere_is_not_vague():
    text = "1.压缩平均住院日。平均住院日降至8天以内。（牵头科室：医务科；完成时限：2024年6月底前）"
    assert codes(HEAD + text) == []


def test_duplicates_and_contradictions_name_both_tasks():
    text = (
        HEAD + "1.推进日间手术规范化管理，扩大病种范围。（牵头科室：医务科；完成时限：2024年6月底前）\n"
        "2.推进日间手术规范化管理，扩大病种范围。（牵头科室：护理部；完成时限：2024年9月底前）\n"
    )
    plan = planparse.extract(text)
    found = {one.code: one for one in check(plan)}
    assert set(found) == {"duplicate-task", "deadline-conflict"}
    assert found["deadline-conflict"].task == plan.tasks[1].id
    assert found["deadline-conflict"].other == plan.tasks[0].id
    assert found["deadline-conflict"].line == 4


def test_a_deadline_after_the_period_and_before_the_issue():
    head = "云岭县人民医院三年行动方案（2022—2024年）\n一、重点任务\n"
    assert "late-deadline" in codes(head + "1.建设卒中中心。（牵头科室：医务科；完成时限：2026年6月底前）")
    assert "late-deadline" not in codes(
        head + "1.建设卒中中心。（牵头科室：医务科；完成时限：2024年6月底前）"
    )


def test_codes_can_be_left_out_and_unknown_ones_are_told():
    text = HEAD + "1.推进日间手术规范管理。（牵头科室：医务科）"
    assert codes(text, ignore=["no-deadline"]) == []
    with pytest.raises(PlanparseError, match="given code no-such; possible: no-department"):
        codes(text, ignore=["no-such"])


def test_every_finding_is_of_a_known_code_and_in_the_text():
    text = HEAD + "1.推进日间手术。（牵头科室：医务科、星尘科）\n2.推进日间手术。进一步提高床位使用率。"
    for one in check(planparse.extract(text)):
        assert CODES[one.code].severity == one.severity
        assert 0 <= one.span[0] < one.span[1] <= len(text)
        assert text[: one.span[0]].count("\n") + 1 == one.line


def test_severities_are_ordered():
    found = check(planparse.extract(HEAD + "1.推进日间手术规范管理。（牵头科室：医务科）"))
    assert [exceeds(found, level) for level in ("error", "warning", "info")] == [False, True, True]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="甲乙丙丁", min_size=0, max_size=14), max_size=12))
def test_alike_pairs_are_all_pairs_and_no_others(texts):
    def score(a: str, b: str) -> float:
        x, y = ({t[k : k + 2] for k in range(len(t) - 1)} if len(t) >= 8 else set() for t in (a, b))
        return len(x & y) / len(x | y) if x | y else 0.0

    expected = {(i, j) for j in range(len(texts)) for i in range(j) if score(texts[i], texts[j]) >= 0.8}
    assert {(i, j) for i, j, _ in alike_pairs(texts, 0.8)} == expected


def test_many_tasks_stay_fast():
    texts = [
        f"推进第{k}号病区{k * 7 % 97}项护理质量改进工作并按月通报{k * 13 % 89}个问题" for k in range(2000)
    ]
    start = time.process_time()
    list(alike_pairs(texts, 0.95))
    assert time.process_time() - start < 30


@pytest.fixture
def command(tmp_path):
    from planparse import cli, cli_notes

    cli._register()
    assert cli_notes
    file = tmp_path / "方案.txt"
    file.write_text(HEAD + "1.推进日间手术规范管理。（牵头科室：医务科）\n", "utf-8")
    return lambda *arguments: CliRunner().invoke(cli.app, ["check", str(file), *arguments])


def test_the_command(command):
    done = command()
    assert done.exit_code == 0
    assert "方案.txt:3: 警告 任务" in done.stdout
    assert "[no-deadline]" in done.stdout
    assert command("--fail-on", "warning").exit_code == 1
    assert command("--fail-on", "warning", "--ignore", "no-deadline").exit_code == 0
    assert command("--fail-on", "never").exit_code == 0
    assert command("--fail-on", "often").exception.exit_code == 2
    [row] = json.loads(command("--json").stdout)
    assert (row["code"], row["line"]) == ("no-deadline", 3)
