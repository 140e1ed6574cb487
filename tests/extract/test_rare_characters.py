"""Names with characters beyond the basic plane, and pictures beside names."""

from __future__ import annotations

import planparse


def names(text: str) -> list[tuple[list[str], list[str], list[str]]]:
    plan = planparse.extract(text)
    for task in plan.tasks:
        for one in (*task.lead, *task.responsible):
            assert plan.text[slice(*one.span)] == one.text
    return [
        ([d.name for d in t.lead], [d.name for d in t.responsible], [p.name for p in t.leaders])
        for t in plan.tasks
    ]


def test_rare_characters_in_names():
    assert names(
        "1.推进病区改造。（牵头科室：𠮷祥病区；责任人：王𬭎、龚䶮）\n2.推进护理。（责任领导：李𠅤明（副院长）；责任科室：医务科）"
    ) == [
        (["𠮷祥病区"], [], ["王𬭎", "龚䶮"]),
        ([], ["医务科"], ["李𠅤明"]),
    ]
    assert names(
        "序号\t任务\t责任科室\t责任人\n1\t护理建设\t𠮷祥科、医务科\t赵𫖯\n2\t信息建设\t信息科\t李明\n"
    )[0] == ([], ["𠮷祥科", "医务科"], ["赵𫖯"])


def test_pictures_beside_names():
    assert names("1.推进总务。（牵头科室：总务科😀；责任科室：★护理部👍🏻、👩‍⚕️医务科）") == [
        (["总务科"], ["护理部", "医务科"], [])
    ]
