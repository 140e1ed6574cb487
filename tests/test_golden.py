"""The corpus keeps its scores. Floors, not timings: a change that loses records fails here.

The floors on ``train`` are what was reached on documents the rules were tuned on; those on ``test`` guard against
losses on documents that they were not. The errors on ``blind`` are not even printed here: nobody is to read them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from planparse import extract
from planparse.evaluate import evaluate

ROOT = Path(__file__).resolve().parent.parent / "corpora" / "authored"
FLOORS = {
    "train": {
        "task": 0.97,
        "roles": 0.96,
        "leaders": 0.90,
        "deadline": 0.96,
        "target": 0.96,
        "target-full": 0.93,
        "record": 0.88,
    },
    "blind": {
        "task": 0.93,
        "roles": 0.94,
        "leaders": 0.92,
        "deadline": 0.95,
        "target": 0.93,
        "target-full": 0.92,
        "record": 0.88,
    },
    "test": {
        "task": 0.93,
        "roles": 0.92,
        "leaders": 0.85,
        "deadline": 0.90,
        "target": 0.93,
        "target-full": 0.90,
        "record": 0.78,
    },
}


@pytest.mark.parametrize("half", ["train", "test", "blind"])
def test_scores_of_corpus(half: str) -> None:
    scores = evaluate(ROOT / half, lambda path: extract(path).to_dict())
    assert scores.failed == []
    low = {k: round(scores.lines[k].f1, 4) for k, floor in FLOORS[half].items() if scores.lines[k].f1 < floor}
    assert low == {}, "" if half == "blind" else "\n".join(scores.errors[:40])
