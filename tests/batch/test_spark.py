"""The recipe for Spark, on a real Spark in this process's machine: the same rows as pandas."""

from __future__ import annotations

import sys

import pandas as pd
import pytest
from batchtools import plan_text

from planparse.batch import map_in_pandas, map_partitions, spark_schema

pytestmark = [pytest.mark.external, pytest.mark.filterwarnings("ignore")]
sql = pytest.importorskip("pyspark.sql", reason="needs pyspark and Java")


@pytest.fixture(scope="module")
def spark():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        yield from _session()


def _session():
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }
    builder = sql.SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.mark.parametrize("what", ["tasks", "targets", "departments", "documents", "errors"])
def test_map_in_pandas(spark, what):
    plans = pd.DataFrame(
        {"document": [f"{n}.txt" for n in range(6)], "text": [plan_text(n) for n in range(6)]}
    )
    frame = spark.createDataFrame(plans).repartition(3)
    made = frame.mapInPandas(map_in_pandas(what=what), schema=spark_schema(what)).toPandas()
    made = made.sort_values("document", kind="stable").reset_index(drop=True)
    assert made.astype(str).equals(map_partitions(plans, what=what).astype(str))
