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
from typing import TYPE_CHECKING

from planparse.batch.model import Limits, Settings, Unit, decode, encode

if TYPE_CHECKING:
    from planparse.rulebook import Rulebook

#: how a worker says that a document took more memory than the limit
EXIT_MEMORY = 86
_SAMPLE = """霜林市人民医院2024年重点工作實施方案
一、重点任务
1.推进日间手术。6月底前日间手术占比达到15%以上。（牵头科室：医务科；配合科室：护理部；责任领导：周敏副院长）
2.医务科要每月抽查归档病历。
序号\t重点任务\t责任科室\t完成时限
1\t推行预约\t门诊部\t9月底前
"""


def main(connection: Connection, place: MutableSequence[int], settings: Settings, limits: Limits) -> None:
    """Serve units until the parent closes the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        os.setsid()  # what is started here (LibreOffice) can be killed together with this process
    _die_with_parent()
    from planparse.batch.work import load_settings_rules, run_unit

    rules = load_settings_rules(settings)
    _warm(settings, rules)
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


def _warm(settings: Settings, rules: Rulebook) -> None:
    """Load and compile what every document needs, before time and memory are counted."""
    from planparse.batch.model import Entry
    from planparse.batch.work import run_unit
    from planparse.read.text import content_id

    data = _SAMPLE.encode()
    run_unit(
        Unit(0, (Entry(content_id(data), "plan.txt", data=data),)),
        settings,
        rules,
        at=lambda number: None,
        stop=lambda: False,
    )


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
