"""Growth of time with the length of the input, told apart from the noise of a busy machine."""

from __future__ import annotations

import gc
from collections.abc import Callable


def assert_linear(spent: Callable[[int], float], size: int, times: int = 10, rounds: int = 4) -> None:
    """Fail when an input `times` as long takes more than `times ** 1.5` as long, in every one of the rounds.

    `spent` takes a size and returns seconds. The bound lies in the middle (on a scale of logarithms) between
    linear and quadratic, so that neither a busy neighbour nor the collector of garbage decides.
    """
    seen = []
    for _ in range(rounds):
        gc.collect()
        short = max(min(spent(size), spent(size)), 0.01)
        long = spent(size * times)
        seen.append(f"{short:.3f} s for {size}, {long:.3f} s for {size * times}")
        if long < times**1.5 * short:
            return
    raise AssertionError("; ".join(seen))
