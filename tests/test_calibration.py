"""Confidence: calibrated on documents that were not learned from, cheap, and of the record alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from planparse.calibration import (
    Calibrator,
    confidence_of_plan,
    default_calibrator,
    record_signs,
    reliability,
)
from planparse.model import Plan
from planparse.pipeline import extract
from planparse.reliability import Reliability, caught, expected_error, verdicts
from planparse.signs import SIGNS, shown
from planparse.train_confidence import Judged, fit_confidence, neutral
from planparse.weights import MissingWeights, load_weights

CORPORA = Path(__file__).parent.parent / "corpora"
TEXT = """云溪市人民医院2024年重点工作方案
一、重点任务
1.推进日间手术。日间手术占比达到15%以上。（牵头科室：医务科；配合科室：护理部；完成时限：2024年6月底前）
2.建设智慧病房。更换床旁终端120台。（牵头科室：数智融合专班；完成时限：9月底前）
"""


@pytest.fixture(scope="module")
def held_out() -> Reliability:
    return reliability(CORPORA / "authored" / "test", lambda path: extract(path).to_dict())


@pytest.mark.parametrize("kind", ["task", "role", "deadline", "target", "all"])
def test_expected_calibration_error_on_held_out_documents(held_out: Reliability, kind: str) -> None:
    assert not held_out.failed
    assert len(held_out.pairs(kind)) > 300
    assert held_out.error(kind) <= 0.05


def test_the_least_sure_hold_more_errors_than_chance_would(held_out: Reliability) -> None:
    assert caught(held_out.pairs("all")) > 0.35
    assert caught(held_out.pairs("task")) > 0.3


def test_table_tells_every_kind(held_out: Reliability) -> None:
    table = held_out.table()
    for word in ("任务", "角色", "时限", "指标", "ECE"):
        assert word in table


def test_every_record_has_a_confidence() -> None:
    plan = extract(TEXT)
    for task in plan.tasks:
        assert 0 < task.confidence < 1
        assert task.deadline is not None
        assert task.deadline.confidence is not None
        assert all(d.confidence is not None for d in (*task.lead, *task.responsible, *task.support))
    assert all(0 < target.confidence < 1 for target in plan.targets)


def test_an_unknown_department_is_trusted_less() -> None:
    known, unknown = (task.lead[0] for task in extract(TEXT).tasks)
    assert known.confidence is not None
    assert unknown.confidence is not None
    assert unknown.confidence < known.confidence


def test_confidence_changes_nothing_else_and_is_the_same_again() -> None:
    plan = extract(TEXT)
    again = confidence_of_plan(plan)
    assert again == plan
    assert confidence_of_plan(Plan(document=plan.document)).tasks == ()


def test_signs_are_named_and_as_many_as_the_weights_say() -> None:
    plan = extract(TEXT)
    for (kind, *_), signs in record_signs(plan).items():
        assert sum(map(len, signs)) == len(SIGNS[kind])
        assert set(shown(kind, signs)) <= set(SIGNS[kind])
    assert all(len(set(names)) == len(names) for names in SIGNS.values())


def test_weights_of_other_signs_are_refused() -> None:
    data = json.loads(json.dumps(load_weights("confidence")))
    data["role"]["signs"][0] = "something else"
    with pytest.raises(MissingWeights, match="planparse train"):
        Calibrator(data)
    Calibrator(neutral())


def judged(kind: str, first: bool, right: bool | None, document: int) -> Judged:
    flags = tuple(first and at == 0 for at in range(len(SIGNS[kind])))
    return Judged(kind, ((), (), flags), right, f"d{document}", f"d{document}")


def test_learning_gives_a_doubtful_sign_less_confidence() -> None:
    records = [judged("deadline", False, True, k) for k in range(200)]
    records += [judged("deadline", True, k % 2 == 0, k) for k in range(100)]
    records += [judged(kind, False, True, 0) for kind in ("task", "role", "target")]
    calibrator = Calibrator(fit_confidence(records))
    plain, doubtful = (
        calibrator.alone("deadline", judged("deadline", first, None, 0).signs) for first in (False, True)
    )
    assert plain > 0.9
    assert doubtful < 0.75
    assert calibrator.alone("task", judged("task", False, None, 0).signs) < 1


def test_doubtful_company_makes_a_record_doubtful() -> None:
    calibrator = default_calibrator()
    among_sure = calibrator.together([("role", 0.98)] * 40)[0]
    among_doubtful = calibrator.together([("role", 0.98), *[("role", 0.5)] * 39])[0]
    assert among_doubtful < among_sure
    assert calibrator.together([]) == []


def test_verdicts_spare_what_is_optional_and_judge_the_rest() -> None:
    gold = {
        "tasks": [
            {
                "text": "医务科完成核心制度自查",
                "lead": ["医务科"],
                "deadline": {"start": None, "end": "2024-06-30", "recurrence": None},
            },
            {"text": "大家要提高思想认识", "optional": True},
        ],
        "targets": [
            {
                "task": 0,
                "indicator": "甲级病案率",
                "relation": "ge",
                "value": 95,
                "unit": "%",
                "text": "甲级病案率95%以上",
            }
        ],
    }
    found = {
        "tasks": [
            {
                "id": "a",
                "text": "医务科完成核心制度自查",
                "lead": [{"name": "医务科"}, {"name": "护理部"}],
                "deadline": {"end": "2024-07-31"},
            },
            {"id": "b", "text": "大家要提高思想认识", "responsible": [{"name": "各科室"}]},
            {"id": "c", "text": "全院门诊量同比增长百分之八"},
        ],
        "targets": [
            {"id": "q", "task": "a", "indicator": "甲级病案率", "relation": "ge", "value": 95.0, "unit": "%"},
            {
                "id": "r",
                "task": "c",
                "indicator": "门诊量",
                "relation": "increase_by",
                "value": 8.0,
                "unit": "%",
                "text": "增长百分之八",
            },
        ],
    }
    assert verdicts(gold, found) == {
        ("task", "a"): True,
        ("role", "a", "lead", "医务科"): True,
        ("role", "a", "lead", "护理部"): False,
        ("deadline", "a"): False,
        ("task", "c"): False,
        ("target", "q"): True,
        ("target", "r"): False,
    }


def test_expected_error_and_caught_by_hand() -> None:
    judged = [(0.9, True)] * 9 + [(0.9, False)] + [(0.2, False)] * 2
    error, bins = expected_error(judged, (0.0, 0.5, 1.0))
    assert error == pytest.approx(0.2 * 2 / 12)
    assert [b.count for b in bins] == [2, 10]
    assert caught(judged, 2 / 12) == pytest.approx(2 / 3)
    assert caught([(0.5, True)]) == 1.0


def test_default_calibrator_is_read_once() -> None:
    assert default_calibrator() is default_calibrator()
