"""One batch from beginning to end: what to do, who does it, what is kept."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

import planparse
from planparse.batch.finish import Summary, finish
from planparse.batch.inputs import clear, find
from planparse.batch.model import BatchError, Doc, Limits, Place, Settings, Unit
from planparse.batch.plan import Plan, choose, load_names, make_plan, part_stem, save
from planparse.batch.pool import Died, Event, LocalPool
from planparse.batch.progress import Progress
from planparse.batch.store import Manifest, Store
from planparse.batch.triage import Triage
from planparse.batch.work import load_settings_rules
from planparse.rulebook import HERE


class Engine(Protocol):
    """What does units: processes on this machine or a cluster."""

    @property
    def free(self) -> bool:
        """Whether it takes another unit."""

    @property
    def busy(self) -> bool:
        """Whether units are under way."""

    def submit(self, unit: Unit) -> None:
        """Take a unit."""

    def wait(self) -> Sequence[Event]:
        """Return what happened within a short time."""

    def close(self) -> None:
        """End all work."""


def rule_files(folders: Iterable[str | os.PathLike[str]]) -> tuple[tuple[tuple[str, bytes], ...], ...]:
    """Return the rule files of the user's folders by content, for workers on any machine."""
    found = []
    for folder in map(Path, folders):
        if not folder.is_dir():
            raise BatchError(
                f"{folder}: not a folder; give the folder that holds your *.toml and *.tsv tables"
            )
        found.append(
            tuple(
                (path.name, path.read_bytes())
                for path in sorted([*folder.glob("*.toml"), *folder.glob("*.tsv")])
            )
        )
    return tuple(found)


def fingerprint(settings: Settings) -> str:
    """Return a short hash of all rules, packaged and own."""
    digest = hashlib.sha256()
    packaged = [
        (path.name, path.read_bytes()) for path in sorted(HERE.iterdir()) if path.suffix in (".toml", ".tsv")
    ]
    for name, data in [*packaged, *[pair for folder in settings.rules for pair in folder]]:
        digest.update(f"{name}\x00{len(data)}\x00".encode() + data)
    return digest.hexdigest()[:16]


def run(
    inputs: Iterable[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    settings: Settings | None = None,
    limits: Limits | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    resume: bool = False,
    retry: bool = False,
    limit: int | None = None,
    sample: int | float | None = None,
    seed: int = 0,
    near: float = 0.8,
    progress: Progress | None = None,
) -> Summary:
    """Extract every document of files, folders, globs and archives into the tables of the folder ``out``.

    ``limits`` bounds each document (seconds) and worker (MiB); ``near`` is the share of common shingles from which
    a document counts as a near duplicate, 0 for none; ``scheduler`` is the address of a Dask cluster that does the
    work instead of ``workers`` processes here. ``retry`` goes on as ``resume`` does and does again what failed.
    Returns the summary; documents that fail are rows of ``errors``.
    Raises :class:`~planparse.batch.model.BatchError` when the folder cannot be used, RuleError on faulty rules.
    """
    settings = settings or Settings()
    limits = limits or Limits()
    folder = Path(out)
    if settings.rules:
        load_settings_rules(settings)  # faults of the user's rules are told here, once
    shown = progress or Progress(sys.stderr)
    store = Store(folder, settings)
    manifest = Manifest(planparse.__version__, settings.format, fingerprint(settings), settings.year)
    store.open(manifest, resume=resume or retry)
    engine: Engine | None = None
    try:
        # workers load their rules while the inputs are being read
        engine = _engine(scheduler, workers or os.cpu_count() or 1, settings, limits)
        plan, done = _plan(inputs, store, shown, retry=retry, limit=limit, sample=sample, seed=seed)
        _work(engine, plan, done, store, shown)
        engine.close()
        engine = None
        clear(store.spool)
        return _finish(store, near)
    finally:
        if engine is not None:
            engine.close()
        store.close()


def _engine(scheduler: str | None, workers: int, settings: Settings, limits: Limits) -> Engine:
    if scheduler is None:
        return LocalPool(workers, settings, limits)
    from planparse.batch.cluster import Cluster

    return Cluster(scheduler, settings, limits)


def _plan(
    inputs: Iterable[str | os.PathLike[str]],
    store: Store,
    shown: Progress,
    *,
    retry: bool,
    limit: int | None,
    sample: int | float | None,
    seed: int,
) -> tuple[Plan, set[str]]:
    done = store.done(retry=retry)
    before = [named for named in load_names(store.names) if named.id in done]
    found = choose(
        find([os.fspath(one) for one in inputs], store.spool, without=store.folder),
        sample=sample,
        seed=seed,
        limit=limit,
    )
    there = [isinstance(one.at, Place) for one in found]
    shown.begin("读取文件", sum(there))
    plan = make_plan(found, before=before, tick=lambda number: shown.advance(there[number - 1]))
    shown.end()
    save(plan, store.names)
    return plan, done


def _work(engine: Engine, plan: Plan, done: set[str], store: Store, shown: Progress) -> None:
    chunks = [tuple(entry for entry in chunk if entry.id not in done) for chunk in plan.chunks]
    queue = deque(Unit(number, chunk) for number, chunk in enumerate(chunks) if chunk)
    left = sum(map(len, chunks))
    shown.begin("提取", plan.contents, plan.contents - left)
    triage = Triage()
    while queue or engine.busy:
        while queue and engine.free:
            engine.submit(queue.popleft())
        for event in engine.wait():
            docs, again = _settle(event, plan, store, triage)
            queue.extendleft(reversed(again))
            shown.advance(len(docs), sum(doc.fault is not None for doc in docs))
    shown.end()


def _settle(event: Event, plan: Plan, store: Store, triage: Triage) -> tuple[tuple[Doc, ...], list[Unit]]:
    """Keep what came of a unit; return the documents that are done by it and the units to do still."""
    if isinstance(event, Died):
        again, given_up = triage.judge(event)
        if given_up is None:
            return (), again
        store.commit("", (given_up,), {})
        return (given_up,), again
    docs, unit = event.result.docs, event.unit
    ids = [doc.id for doc in docs]
    whole = len(ids) == len(plan.chunks[unit.chunk])
    stem = part_stem(unit.chunk, ids)
    store.commit(stem if whole else stem.replace("part", "piece", 1), docs, event.result.tables)
    rest = unit.entries[len(docs) :]
    return docs, [Unit(unit.chunk, rest)] if rest else []


def _finish(store: Store, near: float) -> Summary:
    """Run the last step in a process of its own, so that its memory never adds to that of the workers."""
    context = multiprocessing.get_context("spawn")
    for _ in range(3):
        process = context.Process(target=finish, args=(store.folder, store.format, near))
        process.start()
        process.join()
        if process.exitcode is not None and process.exitcode >= 0:
            break  # a signal from outside is no verdict
    if process.exitcode != 0 or not store.summary.exists():
        raise BatchError(
            f"{store.folder}: the tables could not be put in order (exit code {process.exitcode}); run again with --resume"
        )
    return msgspec.json.decode(store.summary.read_bytes(), type=Summary)


__all__ = ["Engine", "Limits", "Settings", "Summary", "fingerprint", "rule_files", "run"]
