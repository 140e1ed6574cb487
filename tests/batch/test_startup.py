"""What the extraction of one text loads: none of the large libraries."""

from __future__ import annotations

import json
import subprocess
import sys

from batchtools import plan_text

CODE = """
import sys, json
from planparse.cli import run
try:
    run()
except SystemExit:
    pass
sys.stderr.write(json.dumps(sorted(name for name in sys.modules if "." not in name)))
"""


def test_extracting_a_text_loads_no_large_library(tmp_path):
    file = tmp_path / "plan.txt"
    file.write_text(plan_text(1, tasks=30), "utf-8")
    done = subprocess.run([sys.executable, "-c", CODE, "extract", str(file)], capture_output=True, check=True)
    loaded = set(json.loads(done.stderr.decode().splitlines()[-1]))
    assert json.loads(done.stdout)["tasks"]
    assert not loaded & {
        "spacy",
        "pandas",
        "sklearn",
        "jieba",
        "numpy",
        "scipy",
        "pyarrow",
        "dask",
        "lxml",
        "matplotlib",
    }
