"""How time and memory grow: with the length of a text, with the number of documents, with the workers."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.memory import Peak, descendants, mebibytes
from benchmarks.report import Table
from benchmarks.texts import long_text, write_documents

LENGTHS = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)


def _measure(length: int, out: Connection) -> None:
    import resource

    from planparse import extract
    from planparse.read.text import source_of_text

    extract(source_of_text(long_text(100_000)))  # expressions are compiled when they are first needed
    source = source_of_text(long_text(length))
    passes = max(1, 20_000 // length)
    start = time.process_time()
    for _ in range(passes):
        extract(source)
    out.send(
        ((time.process_time() - start) / passes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    )


def _in_process(length: int) -> tuple[float, int]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(length, there), daemon=True)
    process.start()
    there.close()
    result: tuple[float, int] = here.recv()
    process.join()
    return result


def scaling(longest: int = LENGTHS[-1], rounds: int = 3) -> Table:
    """Return time and memory by length, each in fresh processes; the growth is that of the best rounds."""
    rows, before = [], None
    for length in LENGTHS:
        if length > longest:
            break
        runs = [_in_process(length) for _ in range(rounds if length < LENGTHS[-1] else 1)]
        spent, peak = min(run[0] for run in runs), max(run[1] for run in runs)
        growth = f"{spent / before:.2f}" if before else "—"
        rows.append([f"{length:,}", f"{spent:.4f}", f"{length / spent / 1000:,.0f}", growth, mebibytes(peak)])
        before = spent
    note = "Processor seconds, best of rounds; ten times the length may take at most 10.5 times as long. Memory is the whole process."
    return Table("scaling", "随长度", ["字数", "秒", "千字/秒", "增长", "内存峰值 MiB"], rows, note)


@dataclass(frozen=True)
class Run:
    """One run of ``planparse batch``: wall seconds, processor seconds of all its processes, memory."""

    wall: float
    cpu: float
    peak: Peak


def _batch(folder: Path, out: Path, workers: int) -> Run:
    code = "from planparse.cli import run\nrun()"
    command = [sys.executable, "-c", code, "batch", str(folder), "-o", str(out), "--workers", str(workers)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with Peak(process.pid) as peak:
        _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise RuntimeError(f"planparse batch ended with status {status}")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, peak)


def documents(counts: Sequence[int] = (100, 500, 5_000, 50_000), length: int = 5_000) -> Table:
    """Return time and memory of ``planparse batch`` with two workers by the number of documents."""
    rows, first = [], None
    for count in counts:
        with tempfile.TemporaryDirectory() as top:
            folder = write_documents(Path(top) / "in", count, length)
            done = _batch(folder, Path(top) / "out", 2)
            spent, peak = done.wall, done.peak
        if count >= 500 and first is None:
            first = peak.total
        ratio = f"{peak.total / first:.2f}" if first else "—"
        rows.append(
            [
                f"{count:,}",
                f"{spent:.1f}",
                f"{count / spent:.1f}",
                mebibytes(peak.parent),
                mebibytes(peak.child),
                mebibytes(peak.total),
                ratio,
            ]
        )
    head = ["文件数", "秒", "份/秒", "主进程 MiB", "单个子进程 MiB", "合计 MiB", "合计，500 份为 1"]
    return Table(
        "documents",
        f"随文件数（每份 {length:,} 字，2 个进程）",
        head,
        rows,
        "Wall seconds with start and end; memory is the highest of samples every 50 ms.",
    )


def workers(count: int = 2_000, length: int = 5_000, rounds: int = 3) -> Table:
    """Return how much faster two workers are than one, and what a batch costs beside the bare function."""
    from benchmarks.batching import bare_seconds

    ways: dict[str, list[tuple[float, float]]] = {
        "裸函数 extract(read(file))": [],
        "batch，1 个进程": [],
        "batch，2 个进程": [],
    }
    with tempfile.TemporaryDirectory() as top:
        whole, half = (
            write_documents(Path(top) / "in", count, length),
            write_documents(Path(top) / "half", count // 2, length),
        )
        for _ in range(rounds):
            pair = [bare_seconds(one) for one in (whole, half)]
            ways["裸函数 extract(read(file))"].append((pair[0][0] - pair[1][0], pair[0][1] - pair[1][1]))
            for number in (1, 2):
                runs = []
                for one in (whole, half):
                    runs.append(_batch(one, Path(top) / "out", number))
                    shutil.rmtree(Path(top) / "out")
                ways[f"batch，{number} 个进程"].append(
                    (runs[0].wall - runs[1].wall, runs[0].cpu - runs[1].cpu)
                )
    part = count - count // 2
    bare = min(cpu for _, cpu in ways["裸函数 extract(read(file))"])
    rows = []
    for name, times in ways.items():
        wall, cpu = min(one[0] for one in times), min(one[1] for one in times)
        rows.append([name, f"{wall:.2f}", f"{part / wall:.1f}", f"{cpu:.2f}", f"{cpu / bare - 1:+.1%}"])
    note = (
        f"What {part:,} further documents of {length:,} characters take (so that the start does not count), best of {rounds}. "
        "处理器秒 adds up all processes: the overhead may be at most 15 %. 2 个进程 must take at most 1/1.8 of the wall time of "
        "1 个进程, which hangs on two free cores."
    )
    return Table(
        "workers", "进程数与批处理的开销", ["做法", "秒", "份/秒", "处理器秒", "多于裸函数"], rows, note
    )


def chaos(count: int = 50_000, length: int = 5_000, every: float = 5.0) -> Table:
    """Kill workers at random while a batch runs; count what comes out."""
    import pyarrow.parquet as pq

    lots = random.Random(7)
    with tempfile.TemporaryDirectory() as top:
        folder = write_documents(Path(top) / "in", count, length)
        out = Path(top) / "out"
        code = "from planparse.cli import run\nrun()"
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-c", code, "batch", str(folder), "-o", str(out), "--workers", "2"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        kills = 0
        while process.poll() is None:
            time.sleep(every * (0.5 + lots.random()))
            below = descendants(process.pid)
            if below and (out / "_batch" / "names").exists() and not list((out / "documents").glob("*")):
                os.kill(lots.choice(below), signal.SIGKILL)
                kills += 1
        spent = time.perf_counter() - start
        table = pq.read_table(out / "documents", columns=["document_id", "source"])
        names = table["source"].to_pylist()
        errors = pq.read_table(out / "errors.parquet").num_rows
        tasks = pq.read_table(out / "tasks", columns=["document_id", "id"])
        pairs = list(zip(tasks["document_id"].to_pylist(), tasks["id"].to_pylist(), strict=True))
    rows = [
        [
            f"{count:,}",
            str(kills),
            f"{len(names):,}",
            f"{errors:,}",
            f"{len(names) - len(set(names))}",
            f"{len(pairs) - len(set(pairs))}",
            f"{spent:.0f}",
        ]
    ]
    head = ["文件数", "杀死进程次数", "记录", "错误", "重复的文件", "重复的任务", "秒"]
    return Table(
        "chaos",
        "随机杀死工作进程",
        head,
        rows,
        "SIGKILL to one of two workers at random moments; 记录 + 错误 must equal 文件数, nothing twice.",
    )
