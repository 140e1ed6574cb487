"""A worker process: receives units, tells which document it is at, hands in results. It writes no file.

The parent may kill it at any moment, and it dies with its parent.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import MutableSequence
from multiprocessing.connection import Connection

from planparse.batch.model import Limits, Settings, Unit, decode, encode

#: how a worker says that a document took more memory than the limit
EXIT_MEMORY = 86


def main(connection: Connection, place: MutableSequence[int], settings: Settings, limits: Limits) -> None:
    """Serve units until the parent closes the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    from planparse.batch.work import load_settings_rules, run_unit

    rules = load_settings_rules(settings)
    _warm(settings)
    _limit_memory(limits.memory)
    connection.send_bytes(b"ready")
    began = [0.0]

    def at(number: int) -> None:
        place[0] = number

    def stop() -> bool:
        return time.monotonic() - began[0] > limits.slice

    while True:
        try:
            message = connection.recv_bytes()
        except (EOFError, OSError):
            return
        if not message:
            return
        began[0] = time.monotonic()
        try:
            result = run_unit(decode(message, Unit), settings, rules, at=at, stop=stop)
        except MemoryError:
            os._exit(EXIT_MEMORY)
        try:
            connection.send_bytes(encode(result))
        except (BrokenPipeError, ConnectionError):
            return


def _warm(settings: Settings) -> None:
    """Load what every document needs, before memory is counted."""
    from planparse.batch.parts import record_tables
    from planparse.batch.signature import signature

    record_tables(settings.format, [], [])
    signature("全院各科室要按照职责分工推进日间手术")


def _limit_memory(mebibytes: int) -> None:
    """Let allocations beyond the limit fail in the process itself, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        with open("/proc/self/statm") as figures:
            held = int(figures.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (held + (mebibytes << 20), resource.RLIM_INFINITY))


def _die_with_parent() -> None:
    """End with the parent, also when it is killed: by the kernel on Linux, by looking elsewhere."""
    parent = os.getppid()
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()
