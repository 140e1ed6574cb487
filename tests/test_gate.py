"""A gate loses no place where its pattern matches."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.gate import firsts_of, gate_of, prefixes_of

PATTERNS = ["年[底末]|[0-9]+月", "(?:第[一二]|[0-9]{1,2})季度?", "(?<!a)b?c{2,3}|x(?=yz)", "(?:一|1)年(?=内)|[a-c]d*e", "a?b?c"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_match_begins_at_a_gate(pattern):
    gate, whole = gate_of(pattern), re.compile(pattern)

    @settings(max_examples=200, deadline=None)
    @given(st.text(alphabet="年底末0123456789月第一二季度abcdexyz内个", max_size=30))
    def law(text):
        for place in range(len(text)):
            inside_number = place and text[place - 1] in "0123456789" and text[place] in "0123456789"
            if whole.match(text, place) and not inside_number:
                assert gate.match(text, place)

    law()


def test_a_pattern_that_may_begin_with_anything():
    assert len(list(gate_of(".x").finditer("abc"))) == 3
    assert prefixes_of("a?") >= {"a"}
    with pytest.raises(ValueError, match="may begin with anything"):
        firsts_of("[^a]b")
