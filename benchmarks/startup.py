"""How long the first answer takes, and what is imported for it."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Table
from benchmarks.texts import PLANS, groups

HEAVY = (
    "spacy",
    "pandas",
    "sklearn",
    "jieba",
    "rjieba",
    "numpy",
    "pyarrow",
    "lxml",
    "openpyxl",
    "opencc",
    "docx",
    "pypdfium2",
)
#: what the extraction of a text must not load
NEVER = ("spacy", "pandas", "sklearn", "jieba")
LOADED = "import sys, json; print(json.dumps(sorted(m for m in sys.modules if '.' not in m)))"


def _run(code: str, *arguments: str) -> tuple[float, str]:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, check=True)
    return time.perf_counter() - start, done.stdout.decode()


def startup(rounds: int = 7) -> Table:
    """Return the wall time of fresh processes: bare Python, import, first extraction, the command line."""
    text = next(text for text in groups()[PLANS] if 1800 <= len(text) <= 2200)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.txt"
        file.write_text(text, "utf-8")
        cases = {
            "python -c pass": ("pass", ()),
            "import planparse": ("import planparse", ()),
            f"planparse.extract, {len(text)} 字": (
                "import sys, planparse; planparse.extract(sys.argv[1])",
                (str(file),),
            ),
            "planparse --version": ("import sys; from planparse.cli import run; run()", ("--version",)),
            f"planparse extract FILE, {len(text)} 字": (
                "import sys; from planparse.cli import run; run()",
                ("extract", str(file)),
            ),
        }
        for name, (code, arguments) in cases.items():
            times = [_run(code, *arguments)[0] for _ in range(rounds)]
            rows.append(
                [
                    name,
                    f"{statistics.median(times):.2f}",
                    f"{min(times):.2f}–{max(times):.2f}",
                    _heavy(code, arguments),
                ]
            )
    note = f"Wall seconds of fresh processes, median of {rounds}. Extracting a text must load none of {', '.join(NEVER)}."
    return Table("startup", "启动", ["进程", "秒", "范围", "载入的大库"], rows, note)


def _heavy(code: str, arguments: tuple[str, ...]) -> str:
    watch = f"import atexit, sys, json\natexit.register(lambda: sys.stderr.write(json.dumps(sorted(set(sys.modules) & set({list(HEAVY)!r})))))\n{code}"
    done = subprocess.run([sys.executable, "-c", watch, *arguments], capture_output=True, check=True)
    loaded = json.loads(done.stderr.decode().strip().splitlines()[-1])
    return ", ".join(loaded) or "无"
