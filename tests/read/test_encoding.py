"""Text files in every encoding that offices write, and bytes that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.errors import DamagedFile, EmptyFile, UnknownFormat
from planparse.read import read, source_of_text
from planparse.read.encoding import decode, guess, known_codec

SIMPLIFIED = "二、重点任务\n（一）推进日间手术。日间手术占比达到18%以上。（牵头科室：医务科；完成时限：2024年6月底前）\n"
TRADITIONAL = "二、重點任務\n（一）推進日間手術。日間手術佔比達到18%以上。（牽頭科室：醫務科；完成時限：2024年6月底前）\n"
CODECS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("repeat", [1, 50])
def test_simplified(codec: str, repeat: int) -> None:
    source = read((SIMPLIFIED * repeat).encode(codec), name="a.txt")
    assert source.text == SIMPLIFIED * repeat


@pytest.mark.parametrize("codec", ["big5", "big5hkscs", "cp950", "gb18030", "utf-8", "utf-16-le"])
def test_traditional(codec: str) -> None:
    assert read(TRADITIONAL.encode(codec), name="a.txt").text == TRADITIONAL


#: left out: what Big5 cannot write, and six bytes of UTF-16 that are GB18030 too
SHORT = [
    *(
        (codec, text)
        for codec in ("utf-8", "gb18030")
        for text in ("医务科", "由護理部", "6月底前完成", "方案", "　　各科室：")
    ),
    *(("big5", text) for text in ("由護理部", "6月底前完成", "方案", "　　各科室：")),
    *(("utf-16-le", text) for text in ("6月底前完成", "　　各科室：")),
]


@pytest.mark.parametrize(("codec", "text"), SHORT)
def test_a_few_characters(codec: str, text: str) -> None:
    data = text.encode(codec)
    assert decode(data).text == text


@given(
    st.text(
        st.sampled_from("医院科室责任完成时限推进质量管理提高服务能力，。；：（）12345%年月日\n"),
        min_size=8,
        max_size=200,
    )
)
def test_any_plan_like_text_survives(text: str) -> None:
    if sum(char >= "\u4e00" for char in text) < 6:
        text = "推进医疗质量管理" + text
    for codec in ("utf-8", "gb18030"):
        assert decode(text.encode(codec)).text == text, codec


def test_line_ends_become_one() -> None:
    source = read("甲任务\r\n乙任务\r丙任务".encode(), name="a.txt")
    assert source.text == "甲任务\n乙任务\n丙任务"


def test_one_bad_byte_is_a_warning_many_are_an_error() -> None:
    good = SIMPLIFIED.encode() * 40
    source = read(good[:300] + b"\xff" + good[300:], name="a.txt")
    assert "\ufffd" in source.text
    assert source.warnings
    with pytest.raises(DamagedFile, match="cannot be read as utf-8"):
        read(b"".join(good[i : i + 30] + b"\xff" for i in range(0, len(good), 30)), name="a.txt")


def test_a_file_cut_inside_a_character() -> None:
    source = read((SIMPLIFIED * 30).encode()[:-3], name="a.txt")
    assert source.text.startswith(SIMPLIFIED)
    assert source.warnings


@pytest.mark.parametrize("data", [b"", b"  \n\t", "\ufeff\u3000\n".encode(), "\ufeff ".encode("utf-16-le")])
def test_empty(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        read(data, name="a.txt")


def test_binary() -> None:
    with pytest.raises(UnknownFormat):
        read(bytes(range(256)) * 20, name="a.txt")


def test_declared_charset_counts_only_where_it_fits() -> None:
    assert decode(SIMPLIFIED.encode(), "gb2312").text == SIMPLIFIED
    assert decode(SIMPLIFIED.encode("gb18030"), "utf-8").text == SIMPLIFIED
    assert known_codec("x-gbk") == "gb18030"
    assert known_codec("hex") is None


def test_ascii_is_utf8() -> None:
    assert guess(b"plain") == "utf-8"


def test_plain_strings_stay_as_they_are() -> None:
    source = source_of_text("甲\r\n乙", "note")
    assert (source.text, source.blocks, source.name) == ("甲\r\n乙", (), "note")
