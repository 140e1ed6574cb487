"""Documents to run batches on, and a reader plug-in that crashes, hangs or eats memory as its files say."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from batchtools import batch, files, write_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a folder of small plans and returns it."""

    def write(count: int, *, folder: str = "plans", first: int = 0, tasks: int = 3) -> Path:
        return write_corpus(tmp_path / folder, count, first=first, tasks=tasks)

    return write


@pytest.fixture(scope="session")
def standard(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Return a folder of 120 plans and the files of a batch of it that nothing disturbed."""
    top = tmp_path_factory.mktemp("standard")
    root = write_corpus(top / "plans", 120)
    batch(root, top / "out")
    return root, files(top / "out")


#: a reader as another package would bring it: what it does to its process is written in the file
PLUGIN = """
    import os, signal, time
    from planparse.read.formats import Format
    from planparse.model import Source

    def read_trap(data, name):
        act = data[6:].decode().strip()
        if act == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif act == "exit":
            os._exit(7)
        elif act == "hang":
            time.sleep(3600)
        elif act == "memory":
            held = []
            while True:
                held.append(bytearray(16 << 20))
        elif act == "fault":
            raise RuntimeError("a reader's own mistake")
        elif act == "child":
            import subprocess, sys
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
            open(name + ".pid", "w").write(str(child.pid))
            time.sleep(3600)
        elif act == "slow":
            time.sleep(0.5)
        return Source(text="一、重点任务\\n1.推进日间手术。（牵头科室：医务科）", name=name)

    trap = Format("trap", (".trap",), lambda head: head.start.startswith(b"%TRAP "), "trap_reader:read_trap", "a trap")
"""


@pytest.fixture
def trap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], None]:
    """Install the plug-in for worker processes; return a function that writes a file for it."""
    site = tmp_path / "site"
    info = site / "trap_reader-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "trap_reader.py").write_text(textwrap.dedent(PLUGIN), "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: trap-reader\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text("[planparse.readers]\ntrap = trap_reader:trap\n", "utf-8")
    monkeypatch.syspath_prepend(site)  # what spawned workers inherit
    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    )

    def write(path: Path, act: str) -> None:
        path.write_bytes(b"%TRAP " + act.encode())

    return write
