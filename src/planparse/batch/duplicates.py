"""Near duplicates among many signatures, in linear time: only texts that share a band of their signature are compared.

32 bands of four places: texts that have 80 % of their shingles in common meet in a band nearly always (1 - (1 - 0.8^4)^32),
unlike texts hardly ever. In a band each text is compared with the first that fell there and with the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planparse.batch.signature import BINS

if TYPE_CHECKING:
    import numpy as np

_BAND = 4


def near_duplicates(signatures: Sequence[bytes], threshold: float = 0.8) -> dict[int, tuple[int, float]]:
    """Return for each text that repeats an earlier one: (which one, estimated share of common shingles).

    A text is said to repeat the first of its kind where it is like enough, else the closest before it. Texts
    without signature repeat none. The result depends on the signatures and their order alone.

    >>> near_duplicates([b"", b""])
    {}
    """
    import numpy as np

    known = np.array([place for place, one in enumerate(signatures) if one], dtype=np.int64)
    if len(known) < 2:
        return {}
    matrix = np.frombuffer(b"".join([one for one in signatures if one]), "<u2").reshape(-1, BINS)
    pairs = _candidates(matrix)
    shares = _shares(matrix, pairs)
    keep = shares >= threshold
    found: dict[int, tuple[int, float]] = {}
    for (first, second), share in _best_first(pairs[keep], shares[keep]):
        if second in found:
            continue
        root = found.get(first, (first, 0.0))[0]
        to_root = _share(matrix, root, second) if root != first else share
        found[second] = (root, to_root) if to_root >= threshold else (first, share)
    return {
        int(known[second]): (int(known[first]), round(share, 4)) for second, (first, share) in found.items()
    }


def _candidates(matrix: np.ndarray) -> np.ndarray:
    """Return the pairs (earlier, later) that share a band, each once, as rows."""
    import numpy as np

    rows = len(matrix)
    codes = []
    for at in range(0, BINS, _BAND):
        keys = np.ascontiguousarray(matrix[:, at : at + _BAND]).view(np.uint64).ravel()
        order = np.argsort(keys, kind="stable")
        ranked = keys[order]
        same: np.ndarray = np.flatnonzero(ranked[1:] == ranked[:-1]) + 1
        if not len(same):
            continue
        starts = np.flatnonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]]))
        firsts = order[starts[np.searchsorted(starts, same, side="right") - 1]]
        later = order[same]
        codes.append(firsts * rows + later)
        codes.append(order[same - 1] * rows + later)
    if not codes:
        return np.zeros((0, 2), dtype=np.int64)
    code = np.unique(np.concatenate(codes))
    pairs: np.ndarray = np.stack([code // rows, code % rows], axis=1)
    return pairs


def _shares(matrix: np.ndarray, pairs: np.ndarray, block: int = 1 << 14) -> np.ndarray:
    import numpy as np

    parts = [
        (matrix[pairs[at : at + block, 0]] == matrix[pairs[at : at + block, 1]]).mean(axis=1)
        for at in range(0, len(pairs), block)
    ]
    shares: np.ndarray = np.concatenate(parts) if parts else np.zeros(0)
    return shares


def _share(matrix: np.ndarray, one: int, other: int) -> float:
    return float((matrix[one] == matrix[other]).mean())


def _best_first(pairs: np.ndarray, shares: np.ndarray) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield the pairs by the later text, for each the most alike first, of equals the earliest."""
    import numpy as np

    for k in np.lexsort((pairs[:, 0], -shares, pairs[:, 1])):
        yield (int(pairs[k, 0]), int(pairs[k, 1])), float(shares[k])
