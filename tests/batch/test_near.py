"""Signatures and near duplicates."""

from __future__ import annotations

import random
import re

import pytest
from batchtools import plan_text

from planparse.batch.duplicates import near_duplicates
from planparse.batch.signature import BINS, alike, signature


def shingles(text: str) -> set[str]:
    kept = re.sub(r"[^\u4e00-\u9fff0-9a-z]", "", text.lower())
    return {kept[k : k + 6] for k in range(len(kept) - 5)}


@pytest.mark.parametrize("removed", [0, 3, 10, 25, 50])
def test_a_signature_estimates_the_share_of_common_shingles(removed):
    lines = plan_text(1, tasks=60).split("\n")
    other = [line for k, line in enumerate(lines) if k % 60 >= removed]
    one, two = "\n".join(lines), "\n".join(other)
    share = len(shingles(one) & shingles(two)) / len(shingles(one) | shingles(two))
    assert alike(signature(one), signature(two)) == pytest.approx(share, abs=4 * (0.25 / BINS) ** 0.5)


def test_script_width_and_spaces_do_not_count():
    text = plan_text(2, tasks=30)
    printed = text.replace("医", "醫").replace("务", "務").replace("1", "１").replace("。", "。\n\n  ")
    assert alike(signature(text), signature(printed)) == 1.0


def test_long_texts_are_read_in_blocks_with_the_same_result(monkeypatch):
    text = plan_text(3, tasks=200)
    whole = signature(text)
    monkeypatch.setattr("planparse.batch.signature._BLOCK", 97)
    assert signature(text) == whole


def test_every_copy_finds_the_first_and_no_stranger_is_found():
    lots = random.Random(1)
    texts, origin = [], []
    for number in range(60):
        lines = plan_text(number * 37, tasks=40).split("\n")
        first = len(texts)
        for copy in range(1 + number % 3):
            kept = [line for line in lines if copy == 0 or lots.random() > 0.03]
            texts.append("\n".join(kept))
            origin.append(first)
    found = near_duplicates([signature(text) for text in texts])
    assert {k: v[0] for k, v in found.items()} == {k: first for k, first in enumerate(origin) if first != k}
    assert all(share >= 0.8 for _, share in found.values())


def test_time_grows_with_the_number_even_when_all_are_alike():
    one = signature(plan_text(1, tasks=40))
    found = near_duplicates([one] * 5000)  # quadratic would be 12.5 million comparisons
    assert len(found) == 4999
    assert set(found.values()) == {(0, 1.0)}
