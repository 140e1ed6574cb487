"""What a caller may get wrong in Python: one error of ours each, that says what is possible."""

from __future__ import annotations

from pathlib import Path

import pytest

import planparse
from planparse.errors import PlanparseError, ReadError, RecordError, RuleError

TEXT = "一、重点任务\n1.推进日间手术。（牵头科室：医务科；完成时限：6月底前）"


@pytest.mark.parametrize("given", [Path("no-such.docx"), "no-such.docx", Path("no-such-folder/x")])
def test_a_file_that_is_not_there(given):
    with pytest.raises(ReadError, match="no such file"):
        planparse.extract(given)


@pytest.mark.parametrize("given", [5, None, ["a"]])
def test_what_is_no_document(given):
    with pytest.raises(PlanparseError, match="possible: a path, the text itself"):
        planparse.extract(given)


def test_the_bytes_of_a_file_are_read():
    assert planparse.extract(TEXT.encode("gb18030")).tasks[0].lead[0].name == "医务科"


@pytest.mark.parametrize("year", ["2024", 0, 20241, 2024.0])
def test_a_year_that_is_none(year):
    with pytest.raises(PlanparseError, match="reference_year given"):
        planparse.extract(TEXT, reference_year=year)


@pytest.mark.parametrize("call", [planparse.extract, planparse.read_corpus])
def test_rules_that_are_a_folder_name(call):
    with pytest.raises(PlanparseError, match=r"planparse\.load_rules\('my-rules'\)"):
        call(TEXT if call is planparse.extract else [], rules="my-rules")


def test_one_folder_of_rules_needs_no_list(tmp_path):
    (tmp_path / "departments.tsv").write_text("id\tname\tcategory\ndawn\t晨曦行动办公室\t临时机构\n", "utf-8")
    for given in (tmp_path, str(tmp_path), [tmp_path]):
        rules = planparse.load_rules(given)
        assert (
            planparse.extract("1.建设。（牵头科室：晨曦行动办公室）", rules=rules).tasks[0].lead[0].code
            == "dawn"
        )
    with pytest.raises(RuleError, match="nowhere: not a folder"):
        planparse.load_rules("nowhere")


def test_a_record_of_another_schema():
    data = {**planparse.extract(TEXT).to_dict(), "schema": "planparse/9"}
    with pytest.raises(RecordError, match="possible: 'planparse/1'"):
        planparse.Plan.from_dict(data)


def test_half_a_character_stops_nothing():
    text = TEXT + "\n2.推进护理。（责任科室：护理部\ud83d）力争年内完成\ude00。"
    plan = planparse.extract(text)
    assert len(plan.text) == len(text)
    assert any("半个字符" in warning for warning in plan.warnings)
    assert planparse.Plan.from_json(plan.to_json()) == plan
    plan._repr_html_().encode()


def test_completion_offers_public_names_alone():
    assert dir(planparse) == sorted(planparse.__all__)
