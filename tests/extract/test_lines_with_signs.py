"""Lines that hold a sign are all lines that the costly expression matches in."""

import importlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.extract.annotated_page import lines_with

labels = importlib.import_module("planparse.extract.labelled_lines")
tails = importlib.import_module("planparse.extract.tail_annotations")
PAIRS = [(labels._OPEN_SIGN, labels._OPEN_LINE), (tails._ARROW_SIGN, tails._ARROWS)]


@pytest.mark.parametrize(("sign", "pattern"), PAIRS, ids=["open labels", "arrows"])
@settings(max_examples=400, deadline=None)
@given(text=st.text(alphabet="责任科室医务1。；：\n \u3000→⇒->=", max_size=60))
def test_no_line_is_lost(sign, pattern, text):
    expected = [hit.regs for hit in pattern.finditer(text)]
    assert [hit.regs for hit in lines_with(sign, pattern, text)] == expected
