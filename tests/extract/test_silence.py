"""Where the rules of directives are silent, the sentence classifier decides; elsewhere it is not asked."""

import pytest

from planparse.extract import silence
from planparse.pipeline import extract

HEAD = "医院召开重点工作推进会\n3月5日，医院召开重点工作推进会。会议由副院长主持。\n"


def texts(body: str) -> list[str]:
    return [task.text for task in extract(HEAD + body).tasks]


def test_items_of_an_enumerated_demand_are_tasks_where_they_name_an_act() -> None:
    body = "院长提出三点要求：一是提高认识，统一思想；二是成立数据管理委员会，建立数据分析报告制度；三是修订绩效方案，组织全员培训。"
    assert texts(body) == ["成立数据管理委员会，建立数据分析报告制度", "修订绩效方案，组织全员培训。"]


@pytest.mark.parametrize(
    "lead_in", ["各科室汇报了上半年成绩：", "医院负责人作表态发言：", "与会人员交流了学习体会："]
)
def test_the_same_items_are_none_in_a_report(lead_in: str) -> None:
    assert texts(lead_in + "一是建立数据分析报告制度；二是组织全员培训。") == []


def test_a_department_that_does_something_is_told_to_or_has_done_it() -> None:
    assert texts("护理部组织对全院护士进行分层培训和考核。") == ["护理部组织对全院护士进行分层培训和考核。"]
    assert texts("院团委组织青年志愿者走进病房、走上街头，送去节日问候。") == []


def test_a_collective_without_time_or_quantity_may_be_a_slogan() -> None:
    assert texts("会议强调，全院职工要像爱护眼睛一样爱护医院声誉，做好每一件小事。") == []
    assert texts("会议强调，各病区要对全部电梯进行一次安全检查，发现隐患立即停用。") == [
        "各病区要对全部电梯进行一次安全检查，发现隐患立即停用。"
    ]


def test_evidence_names_the_classifier() -> None:
    plan = extract(HEAD + "护理部组织对全院护士进行分层培训和考核。", evidence=True)
    assert [m.rule for m in plan.mentions if m.kind == "task"] == ["classifier.subject"]


def test_explicit_directives_ask_no_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_: object) -> list[dict[str, float]]:
        raise AssertionError

    monkeypatch.setattr(silence, "sentence_classes", never)
    assert len(texts("医务科要在6月底前完成自查；由信息科牵头，护理部配合，每月通报一次数据质量。")) == 2
