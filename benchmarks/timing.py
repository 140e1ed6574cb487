"""Fair comparison: every engine does the same texts in every round, in turn, so that load falls on all alike.

Processor time of this process is measured, not the wall clock: other programs on the machine count less.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Work = Callable[[str], object]


@dataclass(frozen=True)
class Figure:
    """Characters a second of one engine, and its ratio to the reference in each round."""

    rate: float
    ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median ratio."""
        return statistics.median(self.ratios)

    @property
    def spread(self) -> str:
        """The smallest and the largest ratio."""
        return f"{min(self.ratios):.2f}–{max(self.ratios):.2f}"


def once(work: Work, texts: Sequence[str], least: float) -> float:
    """Return the seconds that ``work`` takes for all texts, the mean of as many passes as fill ``least`` seconds."""
    passes = 0
    start = time.process_time()
    while True:
        for text in texts:
            work(text)
        passes += 1
        spent = time.process_time() - start
        if spent >= least:
            return spent / passes


def compare(
    engines: Mapping[str, Work], texts: Sequence[str], *, reference: str, rounds: int = 5, least: float = 0.05
) -> dict[str, Figure]:
    """Return the figure of every engine; the order of engines turns from round to round."""
    for work in engines.values():  # load and compile before the clock runs
        work(texts[0])
    characters = sum(map(len, texts))
    times: dict[str, list[float]] = {name: [] for name in engines}
    names = list(engines)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            times[name].append(once(engines[name], texts, least))
    return {
        name: Figure(
            characters / statistics.median(spent),
            tuple(base / own for base, own in zip(times[reference], spent, strict=True)),
        )
        for name, spent in times.items()
    }
