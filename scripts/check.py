"""Run everything that must hold before a change lands: lint, types, layers, rules, tests.

Usage: python scripts/check.py [pytest arguments]; the exit code is 0 when all of it passed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEPS = (
    ("ruff", [sys.executable, "-m", "ruff", "check", "."]),
    ("mypy", [sys.executable, "-m", "mypy"]),
    ("import-linter", [str(Path(sys.executable).with_name("lint-imports"))]),
    ("rules", [str(Path(sys.executable).with_name("planparse")), "rules", "check"]),
)


def main(arguments: list[str]) -> int:
    """Run the steps, then pytest; return the number of those that failed."""
    failed = []
    for name, command in STEPS:
        sys.stdout.write(f"== {name}\n")
        sys.stdout.flush()
        if subprocess.run(command, cwd=ROOT, check=False).returncode:
            failed.append(name)
    sys.stdout.write("== pytest\n")
    sys.stdout.flush()
    workers = min(4, os.cpu_count() or 1)
    if subprocess.run(
        [sys.executable, "-m", "pytest", "-n", str(workers), *arguments], cwd=ROOT, check=False
    ).returncode:
        failed.append("pytest")
    if failed:
        sys.stderr.write(f"failed: {', '.join(failed)}\n")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
