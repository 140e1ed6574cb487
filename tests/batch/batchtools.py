"""Documents to run batches on, and looking at the folder that a batch leaves."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from planparse.batch import Summary, run
from planparse.batch.progress import Progress

TABLES = ("documents", "tasks", "targets", "departments")


DEPARTMENTS = ("医务科", "护理部", "门诊部", "信息科", "药学部", "质控科", "财务科", "人事科")
ACTS = (
    "推行分时段预约",
    "开展处方点评",
    "完善交接班制度",
    "建立随访台账",
    "规范病案首页填写",
    "优化出院结算流程",
)


def plan_text(number: int, tasks: int = 3) -> str:
    """Return a small plan that differs from all others in every line."""
    lines = [f"霜林县第{number}人民医院{2020 + number % 6}年重点工作实施方案", "一、重点任务"]
    for k in range(1, tasks + 1):
        act = ACTS[(number * 7 + k) % len(ACTS)]
        name = DEPARTMENTS[(number + k) % len(DEPARTMENTS)]
        lines.append(
            f"{k}.{act}。第{number * 10 + k}组覆盖率达到{50 + (number + k) % 50}%以上。（牵头科室：{name}；完成时限：2024年{1 + k % 12}月底前）"
        )
    return "\n".join(lines) + "\n"


def write_corpus(root: Path, count: int, *, first: int = 0, tasks: int = 3) -> Path:
    """Write a folder of small plans, ten a subfolder, and return it."""
    for number in range(first, first + count):
        place = root / f"{number // 10:02d}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"plan{number:04d}.txt").write_text(plan_text(number, tasks), "utf-8")
    return root


def quiet() -> Progress:
    return Progress(io.StringIO())


def batch(inputs: Any, out: Path, **options: Any) -> Summary:
    """Run a batch with one worker unless told otherwise, without a word."""
    listed = [inputs] if isinstance(inputs, (str, Path)) else inputs
    return run(listed, out, **{"workers": 1, "progress": quiet(), **options})


def files(out: Path) -> dict[str, bytes]:
    """Return every file of the tables by name; the state folder is no result."""
    return {
        str(p.relative_to(out)): p.read_bytes()
        for p in sorted(out.rglob("*"))
        if p.is_file() and "_batch" not in p.parts
    }


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table, in the order of its parts."""
    import pandas as pd

    place = out / f"{table}.parquet" if table == "errors" else out / table
    frame = pd.read_parquet(place)
    return list(frame.astype(object).where(frame.notna(), None).to_dict("records"))
