"""A short signature of a text, for near duplicates: the share of equal places estimates the overlap of shingles.

Shingles are runs of six characters, of ideographs, letters and digits only, traditional forms read as simplified:
pages that differ in script, width, spaces and punctuation agree. One hash a shingle, the least of each of 128 bins
(one permutation hashing, Li, Owen, Zhang 2012; empty bins filled from the next, Shrivastava, Li 2014).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

BINS = 128
SHINGLE = 6
#: a text with fewer shingles has no signature: too little to compare
FEWEST = 64
_BLOCK = 1 << 16


@lru_cache(maxsize=1)
def _letters() -> np.ndarray:
    """Return code point -> what is compared, 0 for what is left out; code points above U+FFFF share the last place."""
    import numpy as np

    from planparse.normalize.t2s import tables

    letters: np.ndarray = np.zeros(0x10000, dtype=np.uint32)
    for first, last in ((0x30, 0x3A), (0x61, 0x7B), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00)):
        letters[first:last] = np.arange(first, last, dtype=np.uint32)
    letters[0x41:0x5B] = letters[0x61:0x7B]
    letters[0xFF10:0xFF1A] = letters[0x30:0x3A]
    letters[0xFF21:0xFF3B] = letters[0xFF41:0xFF5B] = letters[0x61:0x7B]
    for code, simple in tables().table.items():
        if code < 0x10000 and len(simple) == 1:
            letters[code] = ord(simple)
    return letters


def signature(text: str) -> bytes:
    r"""Return 256 bytes that stand for the shingles of ``text``, or none where the text is too short.

    >>> signature("太短") == b""
    True
    >>> text = "全院各科室要按照职责分工推进日间手术、门诊预约和分级诊疗等重点工作。" * 3
    >>> alike(signature(text), signature(text.replace("。", " \n")))
    1.0
    """
    import numpy as np

    least: np.ndarray = np.full(BINS, 0xFFFF_FFFF, dtype=np.uint32)
    letters = _letters()
    rest: np.ndarray = np.zeros(0, dtype=np.uint32)
    count = 0
    for at in range(0, len(text), _BLOCK):
        codes = np.frombuffer(text[at : at + _BLOCK].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        kept = letters[np.minimum(codes, 0xFFFF)]
        kept = np.concatenate([rest, kept[kept != 0]])
        count += _least_of_bins(kept, least)
        rest = kept[-(SHINGLE - 1) :]
    if count < FEWEST:
        return b""
    return bytes(_filled(least).astype("<u2").tobytes())


def _least_of_bins(codes: np.ndarray, least: np.ndarray) -> int:
    """Lower the least hash of each bin by the shingles of ``codes``; return how many shingles there are."""
    import numpy as np

    size = len(codes) - SHINGLE + 1
    if size <= 0:
        return 0
    mixed: np.ndarray = np.zeros(size, dtype=np.uint32)
    for k in range(SHINGLE):
        mixed = mixed * np.uint32(0x01000193) + codes[k : k + size]
    mixed ^= mixed >> np.uint32(16)
    mixed *= np.uint32(0x7FEB352D)
    mixed ^= mixed >> np.uint32(15)
    mixed *= np.uint32(0x846CA68B)
    mixed ^= mixed >> np.uint32(16)
    mixed.sort()
    starts = np.searchsorted(mixed, np.arange(BINS, dtype=np.uint32) << np.uint32(25))
    inside = starts < size
    found = mixed[np.minimum(starts, size - 1)]
    own = inside & ((found >> np.uint32(25)) == np.arange(BINS, dtype=np.uint32))
    least[own] = np.minimum(least[own], found[own])
    return size


def _filled(least: np.ndarray) -> np.ndarray:
    """Return 16 bits a bin; an empty bin borrows from the next one that is not, changed by the distance."""
    import numpy as np

    empty = least == 0xFFFF_FFFF
    values: np.ndarray = (least >> np.uint32(9)) & np.uint32(0xFFFF)
    if empty.any():
        full = np.flatnonzero(~empty)
        at = np.searchsorted(full, np.arange(BINS)) % len(full)
        distance = (full[at] - np.arange(BINS)) % BINS
        values = (values[full[at]] + distance.astype(np.uint32) * np.uint32(0x9E37)) & np.uint32(0xFFFF)
    return values


def alike(one: bytes, other: bytes) -> float:
    """Return the estimated share of shingles that two texts have in common, 0 where one has no signature."""
    import numpy as np

    if not one or not other:
        return 0.0
    return float(np.mean(np.frombuffer(one, "<u2") == np.frombuffer(other, "<u2")))
