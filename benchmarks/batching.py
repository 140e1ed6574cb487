"""What the batch is compared with: reading and extracting the same files in one process, nothing kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BARE = """
import sys, time
from pathlib import Path
from planparse import extract
from planparse.read import read
files = sorted(Path(sys.argv[1]).rglob("*.txt"))
extract(read(files[0]))
wall, cpu = time.perf_counter(), time.process_time()
for file in files:
    extract(read(file))
print(time.perf_counter() - wall, time.process_time() - cpu)
"""


def bare_seconds(folder: Path) -> tuple[float, float]:
    """Return wall and processor seconds of ``extract(read(file))`` over a folder, in one process, after a first one."""
    done = subprocess.run([sys.executable, "-c", BARE, str(folder)], capture_output=True, check=True)
    wall, cpu = done.stdout.split()
    return float(wall), float(cpu)
