from __future__ import annotations

import random
import re

import pytest
from damage_model import damage, gloss_table

from planparse.clean import Edit
from planparse.normalize import normalize
from planparse.normalize.gloss import repair_glosses
from planparse.normalize.gloss.survey import survey
from planparse.normalize.script import convert
from planparse.normalize.t2s import to_simplified
from planparse.normalize.tones import gate
from planparse.rulebook import default_rules

TEXT = """云川市第二医院深化改革实施方案
为推动医院高质量发展，结合实际，制定本方案。
一、总体要求
坚持党的全面领导，引导全院职工勇于担当，营造干事创业的良好氛围，切实解决群众看病就医问题。
二、主要任务
1.加强学科建设。加快推进重点专科建设，积极发展亚专科，以专科发展带动诊疗能力提升。（牵头科室：医务科；责任科室：各临床科室）
2.严格落实《医疗纠纷预防和处理条例》，完善应急预案，维护医患双方合法权益。（责任科室：医患关系办公室）
3.提高服务质量，优化门诊流程，让数据多跑路、患者少跑腿。（牵头科室：门诊部；责任科室：信息科）
4.把党风廉政建设作为第一要务，对违规违纪问题严肃处理，当前和今后一个时期持续加大监督力度。
"""
GLOSSED = "擔dān 當dāng 數shù 發fā 務wù 醫yī 導dǎo 專zhuān 條tiáo 設shè 實shí 黨dǎng 為wèi 領lǐng 總zǒng 質zhì 項xiàng 學xué 積jī 創chuàng 獎jiǎng 聯lián 電diàn"
TABLE = {item[0]: item[1:] for item in GLOSSED.split(" ")}


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("break_rate", [0.0, 1.0])
@pytest.mark.parametrize("table", [TABLE, {k: TABLE[k] for k in "數務醫發設專"}], ids=["large", "small"])
def test_a_damaged_page_comes_back(table, break_rate):
    hurt = damage(TEXT, table, break_rate=break_rate)
    assert "(" in hurt
    clean = normalize(hurt, rules=default_rules())
    assert squeezed(clean.text) == squeezed(normalize(TEXT, rules=default_rules()).text).translate(
        str.maketrans("，：；？！（）", ",:;?!()")
    )
    assert {edit.kind for edit in clean.edits} <= {"gloss", "frame"}


def test_a_page_of_one_glossed_character_comes_back():
    text = (
        "持续提升医疗质量，健全质量管理体系，强化质量意识，开展质量评价，公布质量指标，质量第一，以质取胜。"
    )
    clean = normalize(damage(text, {"質": "zhì"}), rules=default_rules())
    assert clean.text == text.replace("，", ",")


def test_a_gloss_is_one_edit_with_its_character():
    text = "醫(yī)院召開(kāi)會(huì)議,醫(yī)務(wù)科參加,醫(yī)療質(zhì)量。"
    clean = normalize(text, rules=default_rules())
    assert clean.text == "医院召开会议,医务科参加,医疗质量。"
    assert clean.edits[0] == Edit("gloss", (0, 5), "醫(yī)", "医")
    assert clean.source_span(0, 2) == (0, 6)


def test_full_width_brackets_are_glosses_too():
    text = "醫（yī）院召開（kāi）會（huì）議，醫（yī）務（wù）科參加，醫（yī）療質（zhì）量。"
    assert normalize(text, rules=default_rules()).text == "医院召开会议，医务科参加，医疗质量。"


def test_what_cannot_be_restored_stays_and_is_reported_with_its_place():
    text = "醫(yī)院召開(kāi)會(huì)議,\n醫(yī)務(wù)科參加,醫(yī)療質(zhì)量。\nABC?lián)𠮷。"
    clean = normalize(text, rules=default_rules())
    assert clean.text.endswith("ABC?lián)𠮷。")
    assert len(clean.warnings) == 1
    assert "第3行" in clean.warnings[0]
    assert "?lián)" in clean.warnings[0]


def test_a_lost_digit_is_never_guessed():
    hurt = damage(TEXT + "选树敢担当的3个典型。", TABLE)
    clean = normalize(hurt, rules=default_rules())
    assert re.search("担当.[?]个典型", clean.text)
    assert [edit.sure for edit in clean.edits if "?" in edit.after] == [False]
    assert any("丢失" in warning for warning in clean.warnings)


def test_a_page_made_simplified_after_the_damage_comes_back():
    hurt = to_simplified(damage(TEXT, TABLE))
    clean = normalize(hurt, rules=default_rules())
    assert clean.script == "simplified"
    assert squeezed(clean.text) == squeezed(TEXT).translate(str.maketrans("，：；？！（）", ",:;?!()"))


def test_genuine_question_marks_in_a_damaged_page_stay():
    clean = normalize(damage(TEXT, TABLE) + "真的??不可以?!我們再看。", rules=default_rules())
    assert clean.text.endswith("真的??不可以?!我们再看。")
    assert clean.warnings == ()


def test_marks_take_the_width_that_the_page_prints():
    table = {k: TABLE[k] for k in "擔當數導醫務發"}
    text = "医院党委要求，营造敢担当的氛围，引导广大医务人员发展。" * 3
    clean = normalize(damage(text, table), rules=default_rules())
    assert "，" not in clean.text
    assert clean.text == text.replace("，", ",")


NEGATIVE = {
    "tone letters in running text": "naïve café à la lǐ 拼音（pīnyīn）" * 5,
    "a teaching page": "天(tiān)地(dì)人(rén)你(nǐ)我(wǒ)他(tā)國(guó)學(xué)會(huì)" * 4,
    "two readings of one character": "長(zhǎng)大、長(cháng)短、長(zhǎng)官、長(cháng)江、樂(lè)山、龜(guī)茲"
    * 8,
    "new words glossed once": "龜(guī)茲、顓(zhuān)頊、鄱(pó)陽、曩(nǎng)昔、亳(bó)州、戰國的龜甲",
    "brackets without tones": "植入除顫器(ICD)、按組付費(DRGs)、支部(黨委)、重癥(ICU)" * 5,
    "marks": "真的??不!?好的?!是??對" * 10,
}


@pytest.mark.parametrize("text", NEGATIVE.values(), ids=NEGATIVE)
def test_undamaged_pages_have_no_edit(text):
    assert repair_glosses(text)[0] == []
    clean = normalize(text, rules=default_rules())
    assert clean.edits == ()


STRAY = {
    "one character unglossed": (
        "主要任務\n推進醫(yī)聯(lián)體建設(shè)（責任科室：醫(yī)務(wù)科、護(hù)理部）。服務與任務。",
        "主要任务\n推进医联体建设（责任科室：医务科、护理部）。服务与任务。",
    ),
    "one gloss in all": ("醫院剖宮(gōng)產率控制在35%以内。", "医院剖宫产率控制在35%以内。"),
    "one gloss, made simplified since": ("医院剖宫(gōng)产率控制在35%以内。", "医院剖宫产率控制在35%以内。"),
    "two syllables in a bracket": ("醫院開展無鎮痛(zhèn tòng)服務。", "医院开展无镇痛服务。"),
    "wide brackets": ("醫院護（hù）理部與護（ hù ）士。", "医院护理部与护士。"),
    "a bare reading": ("醫院護lǐ理部門與護hù士。", "医院护理部门与护士。"),
    "a common character without another form": ("醫院麻(má)醉科。", "医院麻醉科。"),
    "a gloss printed twice": ("醫(yī)(yī)院與科室。", "医院与科室。"),
}


@pytest.mark.parametrize(("text", "clean"), STRAY.values(), ids=STRAY)
def test_stray_readings_of_a_hospital_page_go(text, clean):
    got = normalize(text, rules=default_rules())
    assert got.text == clean
    assert got.warnings == ()
    assert {edit.kind for edit in got.edits} == {"gloss"}
    assert normalize(got.text, rules=default_rules()).edits == ()


def test_one_unglossed_character_does_not_switch_the_frames_off():
    text = damage(TEXT, TABLE, break_rate=1.0) + "醫院、領導、質量、學習、專家。" * 3
    assert survey(text) is not None
    assert any(edit.kind == "frame" for edit in normalize(text, rules=default_rules()).edits)


@pytest.mark.parametrize(
    "text",
    ["醫院的護讀作護(hù)，漢字護(hù)。", "醫院重症(ICU)、按組付費(DRGs)、讀作（yī）。", "醫院護(lǐ)理部。"],
)
def test_what_is_no_stray_reading_stays(text):
    assert normalize(text, rules=default_rules()).edits == ()


def test_readings_that_stay_are_counted_in_a_warning():
    clean = normalize("龜(guī)茲與樂(lè)山。", rules=default_rules())
    assert clean.edits == ()
    assert clean.warnings == ("有2处疑似拼音注音无法确认，保留原样，请对照原件",)


def test_authored_traditional_text_has_no_edit_beside_tone_letters():
    text = damage(TEXT, {}) + "café（yī）"
    assert gate(text)
    assert survey(text) is None
    assert convert(text, "traditional", default_rules()) == normalize(text, rules=default_rules()).text


def test_random_tables_leave_few_errors():
    wrong = chars = 0
    for seed in range(6):
        table = gloss_table(TEXT, 40, random.Random(seed))
        clean = normalize(damage(TEXT, table, break_rate=0.5, seed=seed), rules=default_rules())
        gold, got = squeezed(TEXT).translate(str.maketrans("，：；？！（）", ",:;?!()")), squeezed(clean.text)
        chars += len(gold)
        if not clean.warnings:
            wrong += sum(a != b for a, b in zip(gold, got, strict=False)) if gold != got else 0
    assert wrong <= 0.002 * chars
