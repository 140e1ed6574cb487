"""The corpora's tools: generated documents with gold by construction, damage that loses nothing, gold from marks."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

CORPORA = Path(__file__).parent.parent / "corpora"
sys.path.insert(0, str(CORPORA))

import check_gold  # noqa: E402
import damage  # noqa: E402
import generate  # noqa: E402
import mark  # noqa: E402
import mutate  # noqa: E402


@pytest.mark.parametrize("half", ["train", "test"])
def test_generated_gold_is_without_fault(half: str, tmp_path: Path) -> None:
    faults = []
    for text, gold, _ in generate.generate(half, 21, seed=5):
        path = tmp_path / gold["file"]
        path.write_text(text, "utf-8")
        path.with_suffix(".json").write_text(json.dumps(gold, ensure_ascii=False), "utf-8")
        if "glossed" not in _[1:]:  # readings stand between the characters that the checker compares
            faults += check_gold.check(path.with_suffix(".json"))
    assert faults == []


def test_same_arguments_same_bytes_and_other_seed_other_documents() -> None:
    assert generate.generate("train", 7, seed=2) == generate.generate("train", 7, seed=2)
    assert generate.generate("train", 7, seed=2) != generate.generate("train", 7, seed=3)


def test_halves_share_no_task() -> None:
    texts = [
        {task["text"] for _, gold, _ in generate.generate(half, 28, seed=1) for task in gold["tasks"]}
        for half in ("train", "test")
    ]
    assert texts[0]
    assert not texts[0] & texts[1]


def test_every_form_and_damage_occurs() -> None:
    names = {name for _, _, used in generate.generate("train", 70, seed=1) for name in used}
    assert names == set(generate.forms.FORMS) | set(damage.LOSSLESS)


def test_the_sample_in_the_repository_is_what_the_generator_makes(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(CORPORA / "generate.py"), "--count", "7", "--seed", "3", "--out", str(tmp_path)],
        check=True,
    )
    kept = CORPORA / "generated" / "sample"
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    assert made == {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*.*")}


def test_mutation_changes_gold_with_the_text() -> None:
    gold = {
        "tasks": [
            {
                "text": "推进日间手术，占比不低于15%",
                "lead": ["医务科"],
                "deadline": {"end": "2024-06-30", "recurrence": "monthly"},
            }
        ],
        "targets": [],
    }
    text = "1.推进日间手术，占比不低于15%。（牵头科室：医务科）"
    for seed in range(30):
        worn, its = mutate.mutated(text, gold, random.Random(seed))
        assert its["tasks"][0]["text"][-3:] in worn
        assert its["tasks"][0]["lead"][0] in worn
        assert its["tasks"][0]["deadline"] == gold["tasks"][0]["deadline"]


def test_damage_keeps_the_characters() -> None:
    text = "一、重点任务\n1.推进日间手术建设，2024年6月底前占比达到15%以上。（牵头科室：医务科）\n" * 8
    for name in ("wrapped", "wide", "narrow", "spaced"):
        worn = damage.LOSSLESS[name](text, random.Random(1))
        assert worn != text
        assert check_gold.squeeze(worn) == check_gold.squeeze(text)


def test_marks_that_do_not_stand_in_the_text_are_faults() -> None:
    with pytest.raises(ValueError, match="does not stand in the text"):
        mark.gold_of(["T 没有的…话"], "一、重点任务", {"file": "x.txt"})
    with pytest.raises(ValueError, match="possible: L R S P D t"):
        mark.gold_of(["T 重点…任务 | X 甲"], "一、重点任务", {"file": "x.txt"})
    gold = mark.gold_of(
        ["T 完成自查 | L 医务科、质控办 | D 2024-01-01..2024-06-30", "Q 合格率 ge 95 % | 合格率95%以上"],
        "医务科完成自查，合格率95%以上",
        {"file": "x"},
    )
    assert gold["tasks"][0]["lead"] == ["医务科", "质控办"]
    assert gold["tasks"][0]["deadline"] == {"start": "2024-01-01", "end": "2024-06-30", "recurrence": None}
    assert gold["targets"][0] | {"text": ""} == {
        "task": 0,
        "indicator": "合格率",
        "relation": "ge",
        "value": 95.0,
        "upper": None,
        "unit": "%",
        "text": "",
    }
