"""A gate loses no place where its pattern matches."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.gate import Opening, WholeLines, firsts_of, gate_of, prefixes_of, presence
from planparse.rulebook import default_rules

PATTERNS = [
    "年[底末]|[0-9]+月",
    "(?:第[一二]|[0-9]{1,2})季度?",
    "(?<!a)b?c{2,3}|x(?=yz)",
    "(?:一|1)年(?=内)|[a-c]d*e",
    "a?b?c",
]


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


@pytest.mark.parametrize("pattern", [pattern for pattern in PATTERNS if pattern != "a?b?c"])
@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="年底末0123456789月第一二季度abcdexyz内个\n", max_size=30))
def test_what_leaps_finds_what_walks(pattern, text):
    whole, leap, opening = re.compile(pattern), presence(pattern), Opening.of(pattern)
    places = [place for place in range(len(text)) if whole.match(text, place)]
    assert [hit.start() for hit in leap.finditer(text)] == places
    for place in range(len(text)):
        walked, leapt = whole.match(text, place), opening.match(text, place, len(text))
        assert (walked and walked.span()) == (leapt and leapt.span())


@pytest.mark.parametrize("table", ["furniture", "closing"])
def test_no_whole_line_is_lost(table):
    entries = default_rules().entries(table)
    lines = WholeLines.of(entry["pattern"] for entry in entries)
    shown = [
        example.split(" => ")[0].replace("⟦", "").replace("⟧", "")
        for entry in entries
        for example in entry.examples
    ]
    assert shown
    assert all(lines.may_match(line, 0, len(line)) for line in shown)


def test_a_pattern_that_may_begin_with_anything():
    assert len(list(gate_of(".x").finditer("abc"))) == 3
    assert prefixes_of("a?") >= {"a"}
    with pytest.raises(ValueError, match="may begin with anything"):
        firsts_of("[^a]b")
