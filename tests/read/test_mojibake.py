"""Files that were read in the wrong encoding and saved so."""

import pytest

from planparse import extract
from planparse.errors import DamagedFile
from planparse.read.opening import open_source

TEXT = "云岭县人民医院2025年重点工作任务分解\n一、重点任务\n1.推进日间手术，日间手术占比达到15%以上。（牵头科室：医务科；责任科室：护理部）\n2.加强药事管理。（责任科室：药剂科）\n"


@pytest.mark.parametrize(
    ("right", "wrong"), [("utf-8", "latin-1"), ("gb18030", "latin-1"), ("gb18030", "cp1252")]
)
def test_an_exact_way_back_is_taken_and_said(tmp_path, right, wrong):
    file = tmp_path / "plan.txt"
    try:
        garbled = TEXT.encode(right).decode(wrong)
    except UnicodeDecodeError:
        pytest.skip("this text has bytes that the wrong codec cannot read")
    file.write_text(garbled, "utf-8")
    source = open_source(file)
    assert source.text == TEXT
    assert any("误读" in note for note in source.warnings)
    assert [r.text for r in extract(file).tasks[0].lead] == ["医务科"]


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "gbk"), ("gb18030", "utf-8"), ("utf-8", "cp1252")])
def test_lost_characters_are_an_error_with_advice(tmp_path, right, wrong):
    file = tmp_path / "plan.txt"
    file.write_text(TEXT.encode(right).decode(wrong, "replace"), "utf-8")
    with pytest.raises(DamagedFile, match="export the original again"):
        open_source(file)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "雲嶺縣人民醫院2025年重點工作任務分解\n各科室要加強管理，落實責任。\n",
        "Annual work plan\nICU beds: 20\n",
        "№ 5 café naïve — 25 °C, ±3 µm, “quoted”, “again”, “once more”\n任务\n",
    ],
)
def test_sound_text_is_left_alone(tmp_path, text):
    file = tmp_path / "plan.txt"
    file.write_text(text, "utf-8")
    assert open_source(file).text == text


def test_another_language_is_read_with_a_warning(tmp_path):
    file = tmp_path / "plan.txt"
    file.write_text("Приказ о мерах по улучшению работы отделений больницы\n", "utf-8")
    source = open_source(file)
    assert source.text.startswith("Приказ")
    assert source.warnings
