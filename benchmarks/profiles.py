"""Where the time goes: the stages of the pipeline, and the functions that cost most, by cProfile."""

from __future__ import annotations

import cProfile
import pstats
from pathlib import Path
from typing import Any

from benchmarks.report import Table
from benchmarks.texts import PLANS, groups


def profile(top: int = 25, group: str = PLANS, also: list[Path] | None = None) -> list[Table]:
    """Return the share of each stage, and the functions by their own time, on one group of texts."""
    from planparse import extract

    texts = groups(also)[group]
    for text in texts:
        extract(text)
    profiler = cProfile.Profile()
    profiler.enable()
    for text in texts:
        extract(text)
    profiler.disable()
    stats: Any = pstats.Stats(profiler)
    characters = sum(map(len, texts))
    return [_stages(stats, characters), _functions(stats, characters, top)]


def _place(key: tuple[str, int, str]) -> str:
    file, line, name = key
    path = Path(file)
    return f"{path.parent.name}/{path.name}:{line} {name}" if line else name


def _stages(stats: Any, characters: int) -> Table:
    top = next(key for key in stats.stats if key[0].endswith("planparse/pipeline.py") and key[2] == "extract")
    total = stats.stats[top][3]
    found = []
    for key, (_, _, _, _, callers) in stats.stats.items():
        if top in callers:
            _, _, own, cumulative = callers[top]
            found.append((cumulative, own, key))
    found.sort(reverse=True)
    rows = [
        [_place(key), f"{spent / total:.1%}", f"{spent / characters * 1e6:.2f}"]
        for spent, _, key in found
        if spent / total >= 0.005
    ]
    note = f"Under cProfile, which slows calls; {stats.total_calls / characters:.1f} calls a character."
    return Table(
        "profile", "各阶段所占时间", ["阶段（pipeline.extract 直接调用）", "占比", "微秒/字"], rows, note
    )


def _functions(stats: Any, characters: int, top: int) -> Table:
    total = stats.total_tt
    ranked = sorted(stats.stats.items(), key=lambda item: -item[1][2])[:top]
    rows = [
        [_place(key), f"{calls:,}", f"{own / total:.1%}", f"{cumulative / total:.1%}"]
        for key, (_, calls, own, cumulative, _) in ranked
    ]
    return Table(
        "functions", "最费时的函数", ["函数", "调用", "自身", "连同所调"], rows, f"{characters:,} characters."
    )
