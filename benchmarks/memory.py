"""The memory of this process and its children, sampled while something runs."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from types import TracebackType

_PAGE = os.sysconf("SC_PAGE_SIZE")


def resident(pid: int) -> int:
    """Return the resident bytes of a process, 0 when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError, ValueError):
        return 0


def descendants(pid: int) -> list[int]:
    """Return the processes below a process."""
    try:
        children = [
            int(one)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for one in (task / "children").read_text().split()
        ]
    except OSError:
        return []
    return [one for child in children for one in (child, *descendants(child))]


class Peak:
    """Samples a process (this one by default) and those below it every 50 ms, between enter and exit."""

    def __init__(self, pid: int | None = None) -> None:
        self.pid = pid or os.getpid()
        self.total = self.parent = self.child = 0
        self._stop = threading.Event()

    def __enter__(self) -> Peak:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.is_set():
            own = resident(self.pid)
            below = [resident(pid) for pid in descendants(self.pid)]
            self.parent = max(self.parent, own)
            self.child = max([self.child, *below])
            self.total = max(self.total, own + sum(below))
            time.sleep(0.05)


def mebibytes(value: int) -> str:
    """Return bytes as MiB."""
    return f"{value / (1 << 20):,.0f}"
