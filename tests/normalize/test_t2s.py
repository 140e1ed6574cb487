from __future__ import annotations

import random

import opencc
import pytest

from planparse.normalize.script import script_of
from planparse.normalize.t2s import odd_to_simplified, tables, to_simplified


@pytest.fixture(scope="module")
def reference():
    return opencc.OpenCC("t2s")


def _random_text(rng: random.Random) -> str:
    """Dictionary characters, phrases, pieces of phrases and separators in any order."""
    data = tables()
    characters, phrases = [chr(code) for code in data.table], list(data.phrases)
    makers = (
        lambda: rng.choice(characters),
        lambda: rng.choice(phrases),
        lambda: rng.choice(phrases)[rng.randint(0, 2) :],
        lambda: rng.choice(phrases)[:-1],
        lambda: rng.choice(rng.choice(phrases)),
        lambda: rng.choice("，。 -？“\n\ta中"),
    )
    return "".join(rng.choice(makers)() for _ in range(rng.randint(1, 30)))


def test_equals_opencc_on_random_dictionary_text(reference):
    rng = random.Random(7)
    texts = [_random_text(rng) for _ in range(1500)]
    assert [to_simplified(text) for text in texts] == [reference.convert(text) for text in texts]


def test_equals_opencc_on_every_phrase_and_every_overlap_of_two(reference):
    phrases = sorted(tables().phrases)
    for phrase in phrases:
        assert to_simplified(phrase) == reference.convert(phrase)
    rng = random.Random(8)
    for first in rng.sample(phrases, 120):
        for second in phrases:
            if first[-1] == second[0]:
                text = first + second[1:]
                assert to_simplified(text) == reference.convert(text)


def test_every_mapping_keeps_the_length():
    assert all(len(key) == len(value) for key, value in tables().phrases.items())
    assert all(len(value) == 1 for value in tables().table.values())


def test_simplified_text_is_the_same_object():
    text = "二级以上医院有序开展预约诊疗，覆盖率达到95%。"
    assert to_simplified(text) is text
    assert odd_to_simplified(text) is text


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("", "simplified"),
        ("第3季度 95%", "simplified"),
        ("医务科牵头负责", "simplified"),
        ("醫務科牽頭負責", "traditional"),
        ("醫務科牽頭負責" * 20 + "医务", "traditional"),
        ("医务科牵头负责" * 20 + "醫務", "simplified"),
        ("医务科牵头负责" * 20 + "醫務科牽頭負責" * 20, "mixed"),
        ("后里云干", "simplified"),
    ],
)
def test_script(text, script):
    assert script_of(text) == script
