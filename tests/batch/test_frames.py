"""The same work for pandas and Spark frames."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest
from batchtools import plan_text

import planparse
from planparse.batch import BatchError, Settings, map_in_pandas, map_partitions, meta, schema, spark_schema


@pytest.fixture
def plans() -> pd.DataFrame:
    return pd.DataFrame(
        {"document": [f"{n}.txt" for n in range(4)], "text": [plan_text(n) for n in range(3)] + ["  "]}
    )


@pytest.mark.parametrize("what", ["tasks", "targets", "departments", "documents", "errors"])
def test_the_result_has_the_columns_and_dtypes_of_its_meta(plans, what):
    frame = map_partitions(plans, what=what)
    assert list(frame.columns) == list(schema(what)) == list(meta(what).columns)
    assert list(frame.dtypes) == list(meta(what).dtypes)
    assert list(map_partitions(plans[:0], what=what).dtypes) == list(meta(what).dtypes)


def test_rows_are_those_of_extract(plans):
    tasks = map_partitions(plans)
    expected = [
        (name, t.id)
        for name, text in zip(plans["document"], plans["text"], strict=True)
        if text.strip()
        for t in planparse.extract(text).tasks
    ]
    assert list(zip(tasks["document"], tasks["id"], strict=True)) == expected
    assert map_partitions(plans, what="documents")["tasks"].tolist() == [3, 3, 3]
    errors = map_partitions(plans, what="errors")
    assert errors[["document", "reason"]].values.tolist() == [["3.txt", "empty"]]


def test_bytes_of_files_are_read_by_their_format():
    page = "<html><body><p>一、重点任务</p><p>1.推进日间手术。（牵头科室：医务科）</p></body></html>".encode(
        "gb18030"
    )
    frame = pd.DataFrame(
        {"name": ["a.html", "b.txt", "c"], "data": [page, "1.推进随访。（牵头科室：护理部）".encode(), None]}
    )
    tasks = map_partitions(frame, text="data", key="name")
    assert tasks[["name", "lead"]].values.tolist() == [["a.html", "医务科"], ["b.txt", "护理部"]]
    assert map_partitions(frame, what="errors", text="data", key="name")["name"].tolist() == ["c"]


def test_the_index_and_the_division_of_the_frame_do_not_count(plans):
    whole = map_partitions(plans)
    shuffled = plans.set_index(pd.Index([9, 9, 2, 1]))
    pd.testing.assert_frame_equal(map_partitions(shuffled), whole)
    parts = pd.concat(
        map_in_pandas(what="tasks")(iter([plans[:1], plans[1:1], plans[1:]])), ignore_index=True
    )
    pd.testing.assert_frame_equal(parts, whole)


def test_spark_gets_a_function_that_travels_and_a_schema(plans):
    function = pickle.loads(pickle.dumps(map_in_pandas(what="targets", settings=Settings(year=2030))))
    assert sum(len(frame) for frame in function([plans])) == 9
    assert spark_schema("tasks").startswith("`document` string, `document_id` string, `id` string")
    assert "`end` timestamp_ntz" in spark_schema("tasks")


def test_faults_name_what_is_possible(plans):
    with pytest.raises(BatchError, match="possible: documents, tasks"):
        map_partitions(plans, what="task")
    with pytest.raises(BatchError, match="no column 'body'; it has: document, text"):
        map_partitions(plans, text="body")
    with pytest.raises(BatchError, match="rename"):
        map_partitions(plans.rename(columns={"document": "source"}), key="source")
