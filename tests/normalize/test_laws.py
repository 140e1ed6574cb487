"""The laws of normalize, on generated text: hypothesis builds documents of damaged and undamaged pieces."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.clean import Edit
from planparse.normalize import normalize
from planparse.normalize.edits import compose, replay
from planparse.normalize.script import convert
from planparse.normalize.width import narrow
from planparse.rulebook import default_rules

PIECES = [
    "医务科", "醫務科", "牵头科室：", "责任科室:", "（", "）", "(", ")", "，", "。", "、", "；", " ", "  ", "　", "\t", "\n", "\n\n",
    "2024 年 6 月", "20 %", "95%", "３０", "一、", "1.", "（二）", "— 1 —", "全面消", "杀。", "目 录", "王 宁", "醫(yī)", "學(xué)", "務(wù)",
    "?lián)", "??平ㄔO(shè)", "?!", "加强病案质控，", "持续改进服务质量", "著力", "瞭解", "乾隆", "|", "“", "”", "\u200b", "𠮷", "HIS ", "与",
    "<br>", "<a ", ">", "**", "`", "&amp;", "lt;", "&nbsp;",
]  # fmt: skip

documents = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.one_of(documents, anything))
def test_replaying_the_edits_gives_the_clean_text(text):
    clean = normalize(text, rules=default_rules())
    damaged = any(edit.kind in ("gloss", "frame") for edit in clean.edits)
    script = "traditional" if damaged else clean.script
    assert convert(narrow(replay(text, clean.edits)), script, default_rules()) == clean.text


@settings(max_examples=150, deadline=None)
@given(st.one_of(documents, anything))
def test_repair_twice_is_repair_once(text):
    once = normalize(text, rules=default_rules())
    assert normalize(once.text, rules=default_rules()).edits == ()


@settings(max_examples=150, deadline=None)
@given(documents)
def test_edits_index_the_source_in_order(text):
    clean = normalize(text, rules=default_rules())
    at = 0
    for edit in clean.edits:
        start, end = edit.span
        assert at <= start < end <= len(text)
        assert text[start:end] == edit.before
        assert edit.before != edit.after
        at = end


@settings(max_examples=150, deadline=None)
@given(documents)
def test_offsets_are_monotone_and_stay_inside(text):
    clean = normalize(text, rules=default_rules())
    positions = [clean.source_position(at) for at in range(len(clean.text) + 1)]
    assert positions == sorted(positions)
    assert all(0 <= position <= len(text) for position in positions)
    back = [clean.clean_position(at) for at in range(len(text) + 1)]
    assert back == sorted(back)


@settings(max_examples=100, deadline=None)
@given(documents)
def test_normalize_does_not_depend_on_earlier_calls(text):
    first = normalize(text, rules=default_rules())
    normalize("醫(yī)院" * 5, rules=default_rules())
    assert normalize(text, rules=default_rules()) == first


@st.composite
def edited(draw):
    text = draw(st.text("abc", min_size=1, max_size=12))
    edits, at = [], 0
    while at < len(text):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, len(text)))
        if end > start:
            edits.append(Edit("x", (start, end), text[start:end], draw(st.text("de", max_size=3))))
        at = end + 1
    return text, edits


@given(edited(), st.data())
def test_composed_edits_do_what_both_do(first, data):
    source, edits = first
    between = replay(source, edits)
    second, at = [], 0
    while at < len(between):
        start = data.draw(st.integers(at, len(between)))
        end = data.draw(st.integers(start, len(between)))
        if end > start:
            second.append(Edit("y", (start, end), between[start:end], data.draw(st.text("f", max_size=2))))
        at = end + 1
    both = compose(source, edits, second)
    assert replay(source, both) == replay(between, second)
    assert all(source[slice(*edit.span)] == edit.before for edit in both)
