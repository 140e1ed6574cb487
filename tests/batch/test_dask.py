"""A real Dask cluster of processes: the same bytes, also when a worker is killed in the midst of the work."""

from __future__ import annotations

import os
import signal
import threading
import time

import pandas as pd
import pytest
from batchtools import batch, files, plan_text

from planparse.batch import BatchError, Limits, map_partitions

dask = pytest.importorskip("dask", reason="needs planparse[dask]")
distributed = pytest.importorskip("distributed", reason="needs planparse[dask]")


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        yield cluster


def test_a_cluster_gives_the_same_bytes_and_a_killed_worker_costs_only_time(cluster, standard, tmp_path):
    root, whole = standard
    killed = []

    def kill_one() -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and not killed:
            journal = tmp_path / "out" / "_batch" / "journal"
            if journal.exists() and journal.stat().st_size:  # the work is under way
                pid = next(worker.pid for worker in cluster.workers.values())
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
            time.sleep(0.02)

    killer = threading.Thread(target=kill_one)
    killer.start()
    batch(root, tmp_path / "out", scheduler=cluster.scheduler_address, limits=Limits(slice=0.05))
    killer.join()
    assert killed
    assert files(tmp_path / "out") == whole


def test_a_document_that_ends_its_worker_or_hangs_is_recorded(trap, corpus, tmp_path):
    root = corpus(5)
    trap(root / "a.trap", "exit")
    trap(root / "b.trap", "hang")
    # a local cluster drops a worker that it misses after some seconds; a real one starts it again
    patience = {"distributed.deploy.lost-worker-timeout": "300s", "distributed.scheduler.allowed-failures": 1}
    with (
        dask.config.set(patience),
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as own,
    ):
        summary = batch(
            root, tmp_path / "out", scheduler=own.scheduler_address, limits=Limits(timeout=10, slice=1)
        )
    assert (summary.documents, summary.errors) == (5, 2)
    # where the cluster takes longer than the limit to start a worker again, the crash is told as a hang
    assert dict(summary.reasons) in ({"crash": 1, "timeout": 1}, {"timeout": 2})


def test_dask_frames_are_lazy_and_equal_to_pandas(cluster):
    dd = pytest.importorskip("dask.dataframe")
    plans = pd.DataFrame(
        {"document": [f"{n}.txt" for n in range(6)], "text": [plan_text(n) for n in range(6)]}
    )
    lazy = map_partitions(dd.from_pandas(plans, npartitions=3), what="tasks")
    assert hasattr(lazy, "dask")
    with distributed.Client(cluster):
        result = lazy.compute().reset_index(drop=True)
    expected = map_partitions(plans, what="tasks")
    pd.testing.assert_frame_equal(result.astype(object), expected.astype(object))


def test_no_scheduler_is_said_in_one_line(corpus, tmp_path, monkeypatch):
    monkeypatch.setattr("planparse.batch.cluster._ANSWER", 1)
    with pytest.raises(BatchError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        batch(corpus(1), tmp_path / "out", scheduler="tcp://127.0.0.1:1")
