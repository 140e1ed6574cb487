"""planparse in spaCy: the same records as from the text alone, exact spans, and all that spaCy does with documents."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, DocBin, Span

import planparse
from planparse.errors import PlanparseError
from planparse.read.text import source_of_text
from planparse.segment.words import words
from planparse.spacy_ext import KEY, KINDS

TEXT = (
    "一、重点任务\n1.推进日间手术😀。日间手术占比由8%提高到15%以上。（牵头科室：医务科；责任科室：麻醉科、护理部；责任领导：林岚；完成时限：2024年6月底前）\n"
    "2.推行預約診療。門診預約率達到80%。（牽頭科室：門診部；配合科室：信息科）\n"
)
TEXTS = [
    TEXT,
    "",
    "今天天气不错。",
    "𠮷林院区:由骨科牵头,9月底前开设\t晨间门诊。\r\n每月通报一次。",
    "会议要求，医务科要在5月底前完成手术分级目录修订，护理部要抓好  培训。\n",
]


@pytest.fixture(scope="module")
def nlp():
    return planparse.spacy.load()


def record(doc: Doc) -> planparse.Plan:
    return planparse.Plan.from_dict(doc._.plan)


@pytest.mark.parametrize("text", TEXTS)
def test_a_document_gives_what_its_text_gives(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert record(doc) == planparse.extract(text)


@settings(max_examples=40, deadline=None)
@given(
    st.text(alphabet="一二、.1（）牵头科室：医务护理部；6月底前完成率达到8%以上，。\n 😀𠮷aB-_", max_size=80)
)
def test_any_text(nlp, text):
    doc = nlp(text)
    assert doc.text == text
    assert record(doc) == planparse.extract(source_of_text(text))
    for span in doc.spans[KEY]:
        assert doc.text[span.start_char : span.end_char] == span.text


def test_spans_are_exact_and_of_every_kind(nlp):
    doc = nlp(TEXT)
    [first, second] = record(doc).tasks
    spans = {(s.label_, s.start_char, s.end_char, s.id_) for s in doc.spans[KEY]}
    assert ("task", *first.span, first.id) in spans
    assert ("leader", *first.leaders[0].span, first.id) in spans
    assert ("support", *second.support[0].span, second.id) in spans
    assert {s.label_ for s in doc.spans[KEY]} == set(KINDS)
    assert [s.text for s in doc.spans[f"{KEY}.lead"]] == ["医务科", "門診部"]
    assert doc.spans[f"{KEY}.target"][0]._.plan_record["value"] == 15
    assert doc._.plan_record.text == TEXT


def test_words_are_those_of_the_pipeline(nlp):
    text = "由医务科牵头，组织开展COVID-19处置演练2次。"
    assert [t.text for t in nlp.make_doc(text)] == words(text)


def test_on_any_chinese_pipeline_tokens_may_stay():
    other = spacy.blank("zh")
    other.add_pipe("sentencizer")
    other.add_pipe("planparse", config={"align": "expand"})
    coarse = Doc(other.vocab, words=["由医", "务科牵头，", "6月底前完成病案首页上线。"], spaces=[False] * 3)
    doc = other(coarse)
    assert [t.text for t in doc] == ["由医", "务科牵头，", "6月底前完成病案首页上线。"]
    [lead] = doc.spans["planparse.lead"]
    assert lead.text == "由医务科牵头，"
    assert record(doc).tasks[0].lead[0].span == (1, 4)
    assert record(other(TEXT)) == planparse.extract(TEXT)


def test_splitting_keeps_tags_and_foreign_spans():
    other = spacy.blank("zh")
    other.add_pipe("planparse")
    doc = Doc(
        other.vocab,
        words=["由医", "务科牵头，", "6月底前完成病案首页上线。"],
        spaces=[False] * 3,
        pos=["ADP", "NOUN", "VERB"],
    )
    doc.spans["mine"] = [Span(doc, 1, 3, label="X")]
    doc = other(doc)
    assert [s.text for s in doc.spans["planparse.lead"]] == ["医务科"]
    assert [s.text for s in doc.spans["mine"]] == ["务科牵头，6月底前完成病案首页上线。"]
    assert [t.pos_ for t in doc][:2] == ["ADP", "ADP"]


def test_processes_bytes_bins_and_pickle(nlp):
    texts = [TEXT, TEXTS[4], "无事。"] * 2
    alone = [doc._.plan for doc in nlp.pipe(texts)]
    assert [doc._.plan for doc in nlp.pipe(texts, n_process=2, batch_size=2)] == alone
    doc = nlp(TEXT)
    for again in (
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        next(iter(DocBin(docs=[doc], store_user_data=True).get_docs(nlp.vocab))),
        pickle.loads(pickle.dumps(doc)),
        pickle.loads(pickle.dumps(nlp))(TEXT),
    ):
        assert again._.plan == alone[0]
        assert [(s.label_, s.start_char, s.end_char, s.id_) for s in again.spans[KEY]] == [
            (s.label_, s.start_char, s.end_char, s.id_) for s in doc.spans[KEY]
        ]


def test_a_saved_pipeline_is_the_same(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    assert spacy.load(tmp_path / "model")(TEXT)._.plan == nlp(TEXT)._.plan
    assert planparse.spacy.load().from_bytes(nlp.to_bytes())(TEXT)._.plan == nlp(TEXT)._.plan


def test_own_components_add_mentions():
    nlp = planparse.spacy.load(mentions=["mine"])
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("responsible", [nlp.make_doc("晨曦小组")])

    @spacy.Language.component("mine_for_test")
    def mine(doc):
        doc.spans["mine"] = [Span(doc, a, b, label="responsible") for _, a, b in matcher(doc)]
        return doc

    nlp.add_pipe("mine_for_test", before="planparse")
    doc = nlp("1.推进日间手术。请晨曦小组跟进。（牵头科室：医务科）\n2.晨曦小组另行安排午休。")
    tasks = doc._.plan["tasks"]
    assert [d["name"] for d in tasks[0]["responsible"]] == ["晨曦小组"]
    assert "晨曦小组" in [s.text for s in doc.spans["planparse.responsible"]]


def test_a_wrong_label_or_setting_says_what_is_possible():
    nlp = planparse.spacy.load(mentions=["mine"])
    doc = nlp.make_doc("1.推进日间手术。（牵头科室：医务科）")
    doc.spans["mine"] = [Span(doc, 0, 1, label="boss")]
    with pytest.raises(PlanparseError, match="'boss'; possible: lead"):
        nlp(doc)
    with pytest.raises(PlanparseError, match="possible: split, expand"):
        planparse.spacy.load(align="split").get_pipe("planparse").__class__(
            "x", rules=[], reference_year=None, align="sideways", mentions=[], ents=False
        )


def test_pictures_are_whole_and_escaped(nlp):
    doc = nlp("1.推进<b>日间</b>手术。（牵头科室：医务科）")
    for style in ("span", "ent"):
        html = planparse.spacy.render(doc, style=style, page=True)
        assert "<b>" not in html
        assert "牵头" in html
        assert "http://" not in html.replace("http://www.w3.org", "")


def test_ents_do_not_overlap():
    doc = planparse.spacy.load(ents=True)(TEXT)
    assert {"lead", "target"} <= {e.label_ for e in doc.ents}


def test_other_weights_leave_the_config_where_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("PLANPARSE_MODELS", str(tmp_path))
    assert planparse.spacy._packaged().is_file()


def test_planparse_itself_loads_no_spacy():
    code = "import sys, planparse; planparse.extract('1.推进日间手术。（牵头科室：医务科）')._repr_html_(); sys.exit('spacy' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
