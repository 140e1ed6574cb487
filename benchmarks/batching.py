"""What the batch adds to the bare function: reading and extracting the same files in this process, nothing kept."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

BARE = """
import sys, time
from pathlib import Path
from planparse import extract, read
files = sorted(Path(sys.argv[1]).rglob("*.txt"))
extract(read(files[0]))
start = time.perf_counter()
for file in files:
    extract(read(file))
print(time.perf_counter() - start)
"""


def bare_seconds(folder: Path) -> float:
    """Return the wall seconds of ``extract(read(file))`` over a folder, in one fresh process, after a first document."""
    done = subprocess.run([sys.executable, "-c", BARE, str(folder)], capture_output=True, check=True)
    return float(done.stdout)


def overhead(folder: Path, out: Path) -> float:
    """Return how many times longer ``planparse batch --workers 1`` takes, start included."""
    start = time.perf_counter()
    command = [
        sys.executable,
        "-c",
        "from planparse.cli import run; run()",
        "batch",
        str(folder),
        "-o",
        str(out),
        "--workers",
        "1",
    ]
    subprocess.run(command, capture_output=True, check=True)
    return (time.perf_counter() - start) / bare_seconds(folder)
