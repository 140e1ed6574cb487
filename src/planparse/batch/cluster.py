"""A Dask cluster as engine: units travel with the bytes of their documents, results come back whole.

The workers of the cluster need planparse installed and nothing else: no common disk. Dask itself runs the units of a
lost worker again; a unit that it gives up (``KilledWorker``) or that hangs is divided until the document is found.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from planparse.batch.model import BatchError, Limits, Result, Settings, Unit, decode, encode
from planparse.batch.places import Places
from planparse.batch.pool import Died, Done, Event
from planparse.errors import MissingExtra, ReadError

_AHEAD = 2  #: units under way for each thread of the cluster
_POLL = 0.1
_NOBODY = 120  #: seconds that a cluster may be without any worker
_ANSWER = 10  #: seconds that a scheduler has to answer


@lru_cache(maxsize=4)
def _rules(settings: bytes) -> Any:
    from planparse.batch.work import load_settings_rules

    return load_settings_rules(decode(settings, Settings))


def work(unit: bytes, settings: bytes, seconds: float) -> bytes:
    """Do an encoded unit on a worker of the cluster; return the encoded result."""
    from planparse.batch.work import run_unit

    rules = _rules(settings)
    began = time.monotonic()
    result = run_unit(
        decode(unit, Unit),
        decode(settings, Settings),
        rules,
        at=_nothing,
        stop=lambda: time.monotonic() - began > seconds,
    )
    return encode(result)


def _kill_worker(dask_worker: Any) -> None:
    os.kill(
        dask_worker.pid, getattr(signal, "SIGKILL", signal.SIGTERM)
    )  # Windows has no SIGKILL; its SIGTERM ends at once


def _nothing(number: int) -> None:
    return None


@dataclass(slots=True)
class _Sent:
    unit: Unit
    future: Any
    since: float
    started: float | None = None


class Cluster:
    """The engine; same verbs as :class:`~planparse.batch.pool.LocalPool`."""

    def __init__(self, address: str, settings: Settings, limits: Limits) -> None:
        try:
            from distributed import Client
        except ImportError as fault:
            raise MissingExtra("--scheduler", "dask") from fault
        try:
            self._client = Client(address, set_as_default=False, timeout=_ANSWER)
        except (OSError, TimeoutError, ValueError) as fault:
            raise BatchError(
                f"no Dask scheduler answers at {address}: {fault}; give the address that `dask scheduler` printed"
            ) from fault
        self._settings, self._limits = encode(settings), limits
        self._sent: list[_Sent] = []
        self._count, self._counted, self._alive = 0, 0.0, time.monotonic()
        self._places = Places()

    @property
    def busy(self) -> bool:
        """Whether units are under way."""
        return bool(self._sent)

    @property
    def free(self) -> bool:
        """Whether the cluster takes another unit: twice as many as it has threads, so that none waits for us."""
        return len(self._sent) < max(1, self._threads()) * _AHEAD

    def _threads(self) -> int:
        """Return how many threads the cluster has; raises BatchError when it has had none for long."""
        now = time.monotonic()
        if now - self._counted > 1:
            self._count, self._counted = sum(self._client.nthreads().values()), now
        if self._count:
            self._alive = now
        elif now - self._alive > _NOBODY:
            raise BatchError(
                f"the cluster has had no worker for {_NOBODY} s; start some and run again with --resume"
            )
        return self._count

    def submit(self, unit: Unit) -> None:
        """Send a unit with the bytes of its documents."""
        entries = tuple(self._load(entry) for entry in unit.entries)
        self._sent.append(
            _Sent(unit, self._send(msgspec.structs.replace(unit, entries=entries)), time.monotonic())
        )

    def _send(self, loaded: Unit) -> Any:
        return self._client.submit(work, encode(loaded), self._settings, self._limits.slice, pure=False)

    def _load(self, entry: Any) -> Any:
        """Return an entry with its bytes; where they cannot be read, without place, which the worker records."""
        try:
            data = self._places.read(entry.place)
        except (OSError, ReadError):
            return msgspec.structs.replace(entry, place=None)
        return msgspec.structs.replace(entry, data=data, place=None)

    def wait(self) -> Sequence[Event]:
        """Return the results and failures of a short time."""
        self._threads()
        if not any(sent.future.done() for sent in self._sent):
            time.sleep(_POLL)
        events: list[Event] = []
        for sent in [one for one in self._sent if one.future.done()]:
            self._sent.remove(sent)
            events.append(self._collect(sent))
        return events + self._overdue()

    def _collect(self, sent: _Sent) -> Event:
        if sent.future.status == "finished":
            return Done(sent.unit, decode(sent.future.result(), Result))
        fault = sent.future.exception() if sent.future.status == "error" else None
        reason, message = (
            ("memory", "needs more memory than a worker has")
            if isinstance(fault, MemoryError)
            else ("crash", "the worker process ended")
        )
        return self._died(sent, reason, message)

    def _died(self, sent: _Sent, reason: str, message: str) -> Died:
        alone = len(sent.unit.entries) == 1
        return Died(sent.unit, 0 if alone else None, reason, message, final=True)

    def _overdue(self) -> list[Event]:
        """Restart the workers whose unit hangs: it should have handed in after its slice and one document."""
        now = time.monotonic()
        longest = self._limits.slice + self._limits.timeout
        if all(now - sent.since < longest for sent in self._sent):
            return []
        running = {key: worker for worker, keys in self._client.processing().items() for key in keys}
        overdue = []
        for sent in self._sent:
            if sent.future.key not in running or sent.started is None:
                sent.since, sent.started = now, now if sent.future.key in running else None
            elif now - sent.started > longest:
                overdue.append(sent)
        for sent in overdue:
            self._sent.remove(sent)
            sent.future.cancel(force=True)
        workers = sorted({running[sent.future.key] for sent in overdue})
        if workers:
            # by the nanny beside it: a worker that hangs may not listen; the nanny then starts a new one
            self._client.run(_kill_worker, workers=workers, nanny=True, on_error="ignore")
        return [self._died(sent, "timeout", f"not done after {self._limits.timeout:g} s") for sent in overdue]

    def close(self) -> None:
        """Give up what is under way and leave the cluster."""
        for sent in self._sent:
            sent.future.cancel()
        self._sent = []
        self._places.close()
        self._client.close()
