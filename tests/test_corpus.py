"""Corpora as tidy frames: the same records, proper types, and the usual questions answered right."""

from __future__ import annotations

import pandas as pd
import pytest

import planparse
from planparse.corpus.columns import TABLES
from planparse.errors import PlanparseError, ReadError

NORTH = (
    "北坡县人民医院2024年重点工作任务分解\n一、重点任务\n"
    "1.推进日间手术规范管理。日间手术占比达到15%以上。（牵头科室：医务科；责任科室：麻醉科、护理部；完成时限：2024年6月底前）\n"
    "2.控制药品费用增长。药占比控制在28%以内。（牵头科室：药剂科；配合科室：各临床科室；完成时限：2024年12月底前）\n"
    "3.推进护理质量提升。（责任科室：护理部）\n"
)
SOUTH = (
    "南溪县中医医院2025年重点工作任务分解\n一、重点任务\n"
    "1.推进日间手术规范管理，扩大病种。日间手术占比达到20%以上。（牵头科室：医务处；完成时限：2025年6月底前）\n"
    "2.压降药品费用。药占比控制在26%以内。（牵头科室：药学部；完成时限：2025年11月底前）\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("plans")
    (path / "北坡.txt").write_text(NORTH, "utf-8")
    (path / "南溪.txt").write_text(SOUTH, "gb18030")
    (path / "空.txt").write_text(" \n", "utf-8")
    return path


@pytest.fixture(scope="module")
def corpus(folder):
    return planparse.read_corpus(folder, lang="en")


def test_frames_hold_the_records(corpus, folder):
    plan = planparse.extract(folder / "北坡.txt")
    tasks = corpus.tasks[corpus.tasks["document"] == plan.document.id]
    assert tasks["task"].tolist() == [t.id for t in plan.tasks]
    assert tasks["text"].tolist() == [t.text for t in plan.tasks]
    assert corpus.targets["value"].tolist() == [15, 28, 20, 26]
    names = corpus.departments[corpus.departments["role"] == "responsible"]["name"].tolist()
    assert names == ["麻醉科", "护理部", "护理部"]
    assert corpus.failures["reason"].tolist() == ["EmptyFile"]
    assert corpus.failures["source"].iloc[0].endswith("空.txt")


def test_types_are_proper_in_both_languages(folder, corpus):
    chinese = planparse.read_corpus(folder)
    kinds = {
        "text": "string",
        "category": "category",
        "integer": "Int64",
        "number": "Float64",
        "flag": "boolean",
    }
    for table, columns in TABLES.items():
        for frame, names in (
            (getattr(corpus, table), [c[0] for c in columns]),
            (getattr(chinese, table), [c[1] for c in columns]),
        ):
            assert frame.columns.tolist() == names
            for name, (_, _, kind) in zip(names, columns, strict=True):
                assert (
                    pd.api.types.is_datetime64_dtype(frame[name])
                    if kind == "date"
                    else frame[name].dtype == kinds[kind]
                ), (table, name)


def test_an_empty_corpus_answers_too():
    none = planparse.read_corpus([])
    for table in TABLES:
        assert getattr(none, table).empty
    assert none.workload().empty
    assert none.levels().empty
    assert none.gaps().empty
    assert none.deadlines().empty
    assert none.similarity().empty
    assert [frame.empty for frame in none.topics()] == [True, True]


def test_workload_counts_one_department_once_whatever_its_name(corpus):
    table = corpus.workload()
    assert table.loc["医务科"].tolist() == [2, 0, 0, 2]
    assert table.loc["护理部"].tolist() == [0, 2, 0, 2]
    assert "各临床科室" not in table.index
    by = corpus.workload(by="issuer")
    assert by.loc[("南溪县中医医院", "医务科"), "lead"] == 1


def test_levels_and_comparison(corpus):
    levels = corpus.levels()
    row = (
        levels.loc[("日间手术占比", "%", "ge")]
        if ("日间手术占比", "%", "ge") in levels.index
        else levels.xs("ge", level="relation").iloc[0]
    )
    assert row.tolist() == [2, 2, 15, 17.5, 20]
    table = corpus.compare("药占比")
    assert table.loc[("北坡县人民医院", "%", "le"), 2024] == 28
    assert table.loc[("南溪县中医医院", "%", "le"), 2025] == 26
    with pytest.raises(PlanparseError, match="which no target of the corpus has"):
        corpus.compare("星际航行次数")


def test_deadlines_by_month_leave_no_month_out(corpus):
    table = corpus.deadlines()
    assert len(table) == 18
    assert table["count"].sum() == 4
    assert table.loc[pd.Period("2024-06"), "count"] == 1
    assert table.loc[pd.Period("2024-07"), "count"] == 0


def test_gaps_say_what_is_missing(corpus, folder):
    [row] = corpus.gaps().to_dict("records")
    assert (row["title"], row["missing"]) == ("推进护理质量提升", "lead、date")
    assert planparse.read_corpus(folder).gaps()["缺少"].tolist() == ["牵头、时限"]


def test_similarity_is_symmetric_and_one_on_itself(corpus):
    table = corpus.similarity()
    assert table.shape == (2, 2)
    assert table.to_numpy().diagonal() == pytest.approx([1, 1])
    assert 0 < table.iloc[0, 1] == pytest.approx(table.iloc[1, 0])
    assert corpus.similarity(least=0.99).iloc[0, 1] == 0


def test_topics_are_stable_and_cover_the_tasks(corpus):
    topics, tasks = corpus.topics(2)
    assert topics["count"].sum() == tasks["topic"].notna().sum() == 5
    again, _ = corpus.topics(2)
    assert again.equals(topics)


def test_a_wrong_folder_or_language_says_so(tmp_path):
    with pytest.raises(ReadError, match="no such folder"):
        planparse.read_corpus(tmp_path / "none")
    with pytest.raises(PlanparseError, match="possible: zh, en"):
        planparse.read_corpus([], lang="fr")


def test_a_document_without_issuer_stands_under_its_file(tmp_path):
    (tmp_path / "无名.txt").write_text(
        "1.控费。药占比控制在28%以内。（牵头科室：医务科；完成时限：2024年6月底前）", "utf-8"
    )
    corpus = planparse.read_corpus(tmp_path, lang="en")
    for frame in (corpus.workload(by="issuer"), corpus.compare("药占比")):
        assert frame.index[0][0].endswith("无名.txt")
    assert corpus.deadlines(by="issuer").columns[0].endswith("无名.txt")
    assert corpus.levels()["hospitals"].tolist() == [1]
    assert corpus.tasks["issuer"].isna().all()


def test_an_own_catalogue_serves_the_comparison_too(tmp_path):
    (tmp_path / "indicators.tsv").write_text(
        "id\tname\tdirection\taliases\nstars\t晨曦星级率\thigher\t星级率;晨星率\n", "utf-8"
    )
    rules = planparse.load_rules([tmp_path])
    corpus = planparse.read_corpus(
        [planparse.extract("甲医院2024年计划\n1.创建。晨曦星级率达到80%。（医务科）", rules=rules)],
        rules=rules,
    )
    assert corpus.compare("晨星率").iloc[0].tolist() == [80]
