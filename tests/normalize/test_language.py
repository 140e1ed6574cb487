"""The short cuts of the language model and of the decoder give what looking at everything gives."""

from __future__ import annotations

import random

import pytest

from planparse.normalize.gloss.candidates import vanished_before, vanishing_after, with_lead
from planparse.normalize.gloss.gbk import LEADS, TRAILS, character, double_bytes, vanishing
from planparse.normalize.gloss.states import Best, State
from planparse.normalize.language import Language

PAGE = "医院加强重点专科建设，提高医疗质量。各临床科室落实，护理部、医务科负责；严格执行18项核心制度。"
MENUS = [
    with_lead(0xB5),
    with_lead(0xA3),
    *vanishing_after(0xA3),
    *vanishing_after(0x93),
    vanished_before(0xFA, 0xBF),
    vanished_before(0xA1, 0x60),
]


@pytest.fixture(scope="module")
def model() -> Language:
    return Language(PAGE)


@pytest.mark.parametrize("before", "医，。、质的某𠮷A")
def test_the_likeliest_are_those_of_all(model: Language, before: str) -> None:
    for menu in MENUS:
        every = sorted(
            ((model.pair(before, char), tag) for char, tags in menu.tags.items() for tag in tags),
            reverse=True,
        )
        for count in (1, 5, 40):
            assert model.likeliest(before, menu, count) == every[:count]


def test_a_score_does_not_depend_on_the_text_before(model: Language) -> None:
    rng = random.Random(1)
    for _ in range(300):
        text = "".join(rng.choices("医院质量提高，。", k=rng.randrange(12)))
        again = Language(PAGE)
        assert model.score(text) == again.score(text)
        assert model.score(text) == pytest.approx(
            model.words(text) + 0.5 * model.pairs(text), rel=1e-12
        )  # sums differ in the last bit between Pythons


def test_no_character_raises_a_score(model: Language) -> None:
    for before in PAGE:
        assert max(model.pair(before, char) for char in PAGE) < 0


def test_best_states_are_the_first_of_all() -> None:
    rng = random.Random(2)
    for _ in range(50):
        scores = [float(rng.randrange(20)) for _ in range(100)]
        best = Best(10, -1.0)
        for at, score in enumerate(scores):
            if score >= best.least:
                best.add(score, (-at,), State(score, str(at), 0))
        expected = sorted(range(100), key=lambda at: (-scores[at], at))[:10]
        assert [int(state.text) for state in best.states()] == expected


def test_gbk_both_ways() -> None:
    for lead in LEADS:
        for trail in TRAILS:
            try:
                char = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                assert character(lead, trail) is None
            else:
                assert character(lead, trail) == char
                assert double_bytes(char) == (lead, trail)
    assert 0xBF in vanishing()[0xFA]
    assert double_bytes("a") is None
