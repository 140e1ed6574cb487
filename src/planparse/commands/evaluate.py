"""planparse evaluate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from planparse.commands.inputs import rules_of, say
from planparse.evaluate import evaluate, gold_files
from planparse.pipeline import extract


def run_evaluate(
    gold: Path, inputs: Path | None, errors: int, as_json: bool, folders: Sequence[Path], calibration: bool
) -> int:
    """Score the pipeline on a folder of gold files and print the result; return the exit code."""
    if not gold.is_dir():
        say(f"{gold}: 没有这个文件夹，请核对路径")
        return 1
    if not any(True for _ in gold_files(gold)):
        say(
            f"{gold}: 没有标准答案（*.json，含 file 与 tasks）；格式见 docs/formats.md，planparse annotations import 可生成"
        )
        return 1
    rules = rules_of(folders)

    def predict(path: Path) -> dict[str, Any]:
        return extract(path, rules=rules).to_dict()

    if calibration:
        from planparse.calibration import reliability

        typer.echo(reliability(gold, predict, inputs=inputs).table())
        return 0
    scores = evaluate(gold, predict, inputs=inputs)
    if as_json:
        typer.echo(json.dumps(scores.to_dict(), ensure_ascii=False, indent=1))
    else:
        typer.echo(scores.table())
        for line in [*scores.failed, *scores.errors[:errors]]:
            typer.echo("  " + line)
    return 1 if scores.failed else 0
