"""Which of many texts are nearly the same, without comparing every pair.

Texts are sets of character pairs; two are alike from a Jaccard index on. The index of the rarest pairs of each text
(prefix filtering: Chaudhuri, Ganti and Kaushik, ICDE 2006) leaves only pairs of texts that can be that alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil

#: shorter texts say too little to be called the same
SHORTEST = 8


def alike_pairs(texts: Sequence[str], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (i, j, Jaccard index of character pairs) of all texts that are at least ``least`` alike, i < j.

    >>> list(alike_pairs(["推进日间手术规范管理", "开展护理质量检查", "推进日间手术规范管理。"], 0.8))
    [(0, 2, 0.9)]
    """
    sets = [
        frozenset(a + b for a, b in pairwise(text)) if len(text) >= SHORTEST else frozenset()
        for text in texts
    ]
    counts = Counter(pair for one in sets for pair in one)
    index: dict[str, list[int]] = defaultdict(list)
    for j, one in enumerate(sets):
        rarest = sorted(one, key=lambda pair: (counts[pair], pair))
        prefix = rarest[: len(one) - ceil(least * len(one)) + 1] if one else []
        candidates = {
            i for pair in prefix for i in index[pair] if least * len(one) <= len(sets[i]) <= len(one) / least
        }
        for i in sorted(candidates):
            score = len(one & sets[i]) / len(one | sets[i])
            if score >= least:
                yield i, j, score
        for pair in prefix:
            index[pair].append(j)
