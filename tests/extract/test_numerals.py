"""Numerals: values as read by a person, no surprises on any text, linear time."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.extract.numerals import NUMERAL, digits, is_share, number

CASES = {
    "0": 0, "７": 7, "３２": 32, "12.5": 12.5, "1,200": 1200, "1.5万": 15000, "1.1万": 11000, "3千": 3000, "2亿": 200000000,
    "零": 0, "十": 10, "十二": 12, "二十": 20, "三十二": 32, "二百": 200, "一百零五": 105, "一百一十": 110, "两千零五": 2005,
    "三千五": 3500, "一百五": 150, "一万二": 12000, "一万二千": 12000, "十万": 100000, "三十六万": 360000, "一亿二千万": 120000000,
    "二〇二四": 2024, "二○二五": 2025, "廿五": 25, "壹佰贰拾": 120, "九十五点五": 95.5, "一点五万": 15000,
    "百分之二十": 20, "百分之95.5": 95.5, "千分之三": 0.3, "三分之一": 33.33, "三分之二": 66.67, "3分之2": 66.67,
    "三成": 30, "六成五": 65, "九成半": 95, "两成": 20, "一半": 50, "半": 0.5,
}  # fmt: skip


@pytest.mark.parametrize(("text", "value"), CASES.items())
def test_value(text, value):
    assert number(text) == value
    assert re.fullmatch(NUMERAL, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "若干",
        "几",
        "三个",
        "3.5.1",
        "分之",
        "百分之",
        "万",
        ",",
        "十十成分之",
        "三成立",
        "一二十",
        "1" * 80,
    ],
)
def test_no_numeral(text):
    assert number(text) is None


@pytest.mark.parametrize("text", ["二十", "十", "", "二0二X"])
def test_not_digitwise(text):
    assert digits(text) is None


def test_share():
    assert [is_share(text) for text in ("百分之五", "四分之三", "八成", "一半", "八十", "80")] == [
        True
    ] * 4 + [False] * 2


@given(st.integers(0, 99_999_999))
def test_reads_what_is_written(value):
    assert number(written(value)) == value
    assert number(str(value)) == value


def written(value):
    """Write a number the long way, 一百零五."""
    if value == 0:
        return "零"
    if value >= 10000:
        rest = value % 10000
        gap = "零" if 0 < rest < 1000 else ""
        return written(value // 10000) + "万" + gap + (written(rest) if rest else "")
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            out += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        elif out and value:
            gap = True
    return out


@given(
    st.text(alphabet="0123456789０５〇零一二两三四五九十百千万亿半成分之点.,，廿个", max_size=20)
    | st.text(max_size=20)
)
def test_never_raises(text):
    value = number(text)
    assert value is None or value >= 0
    found = re.compile(NUMERAL).findall(text)
    assert all(found)


@pytest.mark.parametrize(
    "text",
    ["1" * 200_000, "一" * 200_000, "万" * 100_000, "1," * 100_000, "一分之" * 50_000, "三成" * 80_000],
)
def test_linear(text):
    begin = time.process_time()
    sum(1 for _ in re.compile(NUMERAL + "(?:张|名)").finditer(text))
    number(text)
    assert time.process_time() - begin < 10
