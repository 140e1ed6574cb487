"""Worker processes on this machine: each alone with its unit, watched for time and memory, replaced when it dies.

Of the engines measured, ``multiprocessing.Pool`` hangs for ever when a worker is killed and
``ProcessPoolExecutor`` gives up all work under way without saying whose fault it was; neither ends a document that
hangs. Here each worker has a pipe and tells in shared memory which document it is at.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from planparse.batch.model import BatchError, Limits, Result, Settings, Unit, decode, encode
from planparse.batch.worker import EXIT_MEMORY, main

_POLL = 0.1
#: how often in a row a worker may fail to start: by itself, and killed from outside
_FAILED_STARTS, _KILLED_STARTS = 4, 100


@dataclass(frozen=True, slots=True)
class Done:
    """A unit handed in, whole or its first documents."""

    unit: Unit
    result: Result


@dataclass(frozen=True, slots=True)
class Died:
    """A worker ended in the midst of a unit: at which document (None: at none), and why.

    ``final`` says that the engine has tried it again itself.
    """

    unit: Unit
    culprit: int | None
    reason: str
    message: str
    final: bool = False


Event = Done | Died


@dataclass(slots=True)
class _Worker:
    process: Any
    connection: Connection
    place: Any
    ready: bool = False
    gone: bool = False
    unit: Unit | None = None
    seen: int = -1
    since: float = 0.0
    verdict: tuple[str, str] | None = field(default=None)


class LocalPool:
    """A fixed number of worker processes; submit while :meth:`free`, then :meth:`wait` for events."""

    def __init__(self, workers: int, settings: Settings, limits: Limits) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._settings, self._limits = settings, limits
        self._failed_starts = 0
        self.deaths = 0
        self._workers = [self._start() for _ in range(workers)]

    def __enter__(self) -> LocalPool:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        place = self._context.RawArray("q", [-1])
        process = self._context.Process(
            target=main, args=(there, place, self._settings, self._limits), daemon=True
        )
        process.start()
        there.close()
        return _Worker(process, here, place, since=time.monotonic())

    @property
    def busy(self) -> bool:
        """Whether a unit is under way."""
        return any(worker.unit is not None for worker in self._workers)

    @property
    def free(self) -> bool:
        """Whether a worker has no unit."""
        return any(worker.unit is None for worker in self._workers)

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers."""
        return [worker.process.pid for worker in self._workers]

    def submit(self, unit: Unit) -> None:
        """Give a unit to a free worker."""
        worker = min((one for one in self._workers if one.unit is None), key=lambda one: not one.ready)
        worker.unit, worker.seen, worker.verdict = unit, -1, None
        worker.place[0] = -1
        if worker.ready:
            self._send(worker)

    def _send(self, worker: _Worker) -> None:
        if worker.unit is not None:
            worker.since = time.monotonic()
            try:
                worker.connection.send_bytes(encode(worker.unit))
            except OSError:
                return  # it died: its sentinel tells

    def wait(self) -> list[Event]:
        """Wait for results and deaths, at most a tenth of a second; return what happened."""
        waited: list[Any] = [worker.connection for worker in self._workers]
        waited += [worker.process.sentinel for worker in self._workers]
        ready = set(wait(waited, _POLL))
        events: list[Event] = []
        for slot, worker in enumerate(self._workers):
            if worker.connection in ready and not worker.gone:
                events += self._receive(worker)
            if worker.process.sentinel in ready and (worker.gone or not worker.connection.poll()):
                events += self._bury(slot)
        self._watch()
        return events

    def _receive(self, worker: _Worker) -> list[Event]:
        try:
            message = worker.connection.recv_bytes()
        except (EOFError, OSError):
            worker.gone = True
            worker.process.join(1)
            return []
        if not worker.ready:
            worker.ready, self._failed_starts = True, 0
            self._send(worker)
            return []
        unit, worker.unit = worker.unit, None
        return [Done(unit, decode(message, Result))] if unit is not None else []

    def _bury(self, slot: int) -> list[Event]:
        worker = self._workers[slot]
        worker.process.join()
        code = worker.process.exitcode
        _kill(worker.process)  # programs that it has started
        worker.connection.close()
        if not worker.ready:
            killed = code in (-signal.SIGTERM, -9)
            self._failed_starts += 1 if killed else _KILLED_STARTS // _FAILED_STARTS
            if self._failed_starts >= _KILLED_STARTS:
                raise BatchError(
                    f"no worker process starts: {_ending(code)}; run `planparse rules check`, or see the messages above"
                )
        self.deaths += 1
        self._workers[slot] = self._start()
        if worker.unit is None:
            return []
        if not worker.ready:
            self.submit(worker.unit)
            return []
        at = worker.place[0]
        reason, message = worker.verdict or (
            ("memory", self._memory_words())
            if code == EXIT_MEMORY
            else ("crash", f"the worker process ended: {_ending(code)}")
        )
        return [Died(worker.unit, at if at >= 0 else None, reason, message)]

    def _memory_words(self) -> str:
        return f"needs more than the limit of {self._limits.memory} MiB"

    def _watch(self) -> None:
        """Kill what takes too long or too much."""
        now = time.monotonic()
        for worker in self._workers:
            if worker.unit is None or not worker.ready or worker.verdict:
                continue
            at = worker.place[0]
            if at != worker.seen:
                worker.seen, worker.since = at, now
            if now - worker.since > self._limits.timeout:
                worker.verdict = ("timeout", f"not done after {self._limits.timeout:g} s")
            elif _resident(worker.process.pid) > self._limits.memory << 20:
                worker.verdict = ("memory", self._memory_words())
            else:
                continue
            _kill(worker.process)

    def close(self) -> None:
        """End all workers at once."""
        for worker in self._workers:
            _kill(worker.process)
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()


def _kill(process: Any) -> None:
    """Kill a worker and what it has started (LibreOffice): a worker leads a group of its own."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError, PermissionError):
        process.kill()


def _ending(code: int | None) -> str:
    """Return how a process ended, in words.

    >>> _ending(-9), _ending(3)
    ('signal SIGKILL', 'exit code 3')
    """
    if code is not None and code < 0:
        try:
            return f"signal {signal.Signals(-code).name}"
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"


def _resident(pid: int) -> int:
    """Return the bytes of memory that a process holds, 0 where the system does not say."""
    try:
        with open(f"/proc/{pid}/statm") as figures:
            return int(figures.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0


def shares(workers: Sequence[int]) -> int:
    """Return the resident bytes of several processes together."""
    return sum(map(_resident, workers))
