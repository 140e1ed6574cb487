"""Which traditional character can read how: the baked table of readings, and keys by byte and reading.

>>> reads("醫", "yī"), reads("医", "yī"), reads("院", "yuàn")
(True, True, False)
>>> keys(0xC2, "lián")
('聯',)
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from planparse.normalize.gloss.gbk import double_bytes
from planparse.normalize.t2s import tables


def _table(name: str) -> dict[str, str]:
    text = (files("planparse.normalize") / "data" / name).read_text("utf-8")
    return dict(line.split(" ") for line in text.splitlines())


@lru_cache(maxsize=1)
def _readings() -> dict[str, str]:
    return _table("readings.txt")


@lru_cache(maxsize=1)
def _sounds() -> frozenset[tuple[str, str]]:
    return frozenset((char, reading) for reading, chars in _table("sounds.txt").items() for char in chars)


@lru_cache(maxsize=1)
def _pairs() -> frozenset[tuple[str, str]]:
    """Return (character, reading), also under the simplified form: the page may have been converted since."""
    table = tables().table
    pairs = {(char, reading) for reading, chars in _readings().items() for char in chars}
    return frozenset(pairs | {(table[ord(char)], reading) for char, reading in pairs})


@lru_cache(maxsize=1)
def _keys() -> dict[tuple[int, str], tuple[str, ...]]:
    found: dict[tuple[int, str], list[str]] = {}
    for reading, chars in _readings().items():
        for char in chars:
            code = double_bytes(char)
            if code:
                found.setdefault((code[0], reading), []).append(char)
    return {key: tuple(chars) for key, chars in found.items()}


def reads(char: str, reading: str) -> bool:
    """Tell whether a character whose simplified form differs has this reading."""
    return (char, reading) in _pairs()


def sounds(char: str, reading: str) -> bool:
    """Tell whether a character, with another form or a common one without, has this reading.

    >>> sounds("護", "hù"), sounds("理", "lǐ"), sounds("理", "hù")
    (True, True, False)
    """
    return reads(char, reading) or (char, reading) in _sounds()


def keys(lead: int, reading: str) -> tuple[str, ...]:
    """Return the characters with this first byte and reading."""
    return _keys().get((lead, reading), ())


def with_reading(reading: str) -> str:
    """Return all traditional characters of a reading."""
    return _readings().get(reading, "")
