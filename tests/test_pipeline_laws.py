"""Laws that hold for every text: spans, determinism, JSON and back, no exception but our own."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planparse import Plan, extract
from planparse.normalize import normalize
from planparse.rulebook import default_rules
from planparse.segment.sentences import sentences
from planparse.segment.words import word_spans, words

ROOT = Path(__file__).resolve().parent.parent / "corpora" / "authored"
DOCUMENTS = sorted(p for p in ROOT.glob("*/*.txt") if p.stat().st_size < 30_000)
PIECES = [
    "一、重点任务\n", "（一）", "1.", "（1）", "①", "——", "\n", "\n\n", "。", "，", "；", "：", "（", "）", "【", "]", "“", "》", "\t", "|", "　", " ", "\v",
    "牵头科室：", "责任科室：", "配合", "负责", "牵头", "由", "要", "医务科", "护理部", "各科室", "院办", "张明", "分管领导：", "完成时限：", "6月底前", "2024年", "每月",
    "长期坚持", "推进日间手术", "药占比", "控制在20%左右", "由30%降至20%", "不少于3个", "翻一番", "达到三分之二", "以上任务", "序号\t任务\t责任科室\n", "1\t甲\t医务科\n",
    "醫務科", "(yī)", "??", "一是", "二是", "会议要求，", "𠮷", "😀", "１２％", "IF≥5分", "〔2024〕9号", "附件：", "2024年3月1日", "=HYPERLINK(", "<script>", "\x00", "\ufeff",
]  # fmt: skip
texts = (
    st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40)
    .map("".join)
    .filter(lambda t: "\n" in t or "." not in t)
)  # 「附件.doc」 by itself would be a path
relaxed = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


@relaxed
@given(texts)
def test_any_text_gives_a_plan(text: str) -> None:
    plan = extract(text, evidence=True)
    size = len(text)
    for record in [*plan.tasks, *plan.targets, *plan.sections, *plan.repairs, *plan.mentions]:
        start, end = record.span
        assert 0 <= start <= end <= size
    ids = [t.id for t in plan.tasks]
    assert len(set(ids)) == len(ids)
    assert {t.task for t in plan.targets} <= {*ids, None}


@relaxed
@given(texts)
def test_json_and_back(text: str) -> None:
    plan = extract(text)
    assert Plan.from_json(plan.to_json()) == plan
    assert Plan.from_dict(json.loads(json.dumps(plan.to_dict()))) == plan


@relaxed
@given(texts, texts)
def test_no_result_depends_on_an_earlier_call(first: str, second: str) -> None:
    alone = extract(second).to_json()
    extract(first)
    assert extract(second).to_json() == alone


@relaxed
@given(st.text(max_size=200))
def test_sentences_and_words_tile(text: str) -> None:
    for spans in (sentences(text), sentences(text, clauses=True), word_spans(text)):
        assert "".join(text[a:b] for a, b in spans) == text
    assert "".join(words(text)) == text


@relaxed
@given(texts)
def test_normalizing_twice_is_once(text: str) -> None:
    rules = default_rules()
    once = normalize(text, rules=rules)
    assert normalize(once.text, rules=rules).text == once.text


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_spans_give_the_values(path: Path) -> None:
    text = path.read_text("utf-8")
    rules = default_rules()
    plan = extract(text)
    assert plan.text == text

    def said(span: tuple[int, int]) -> str:
        at, pieces = span[0], []
        for repair in plan.repairs:  # a gloss is known by its neighbours, which a name alone has not
            if span[0] <= repair.span[0] and repair.span[1] <= span[1]:
                pieces += [text[at : repair.span[0]], repair.after]
                at = repair.span[1]
        return plain(normalize("".join([*pieces, text[at : span[1]]]), rules=rules).text)

    for task in plan.tasks:
        for department in (*task.lead, *task.responsible, *task.support):
            assert said(department.span) == plain(department.name)
        for person in task.leaders:
            assert said(person.span) == plain(person.name)
        if task.deadline is not None and task.deadline.span[0] < task.deadline.span[1]:
            assert plain(task.deadline.text) in said(task.deadline.span)
    for target in plan.targets:
        value = target.span
        assert value[0] < value[1]
