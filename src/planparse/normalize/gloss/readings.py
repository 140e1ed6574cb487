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
def _sounds() -> dict[str, str]:
    return _table("sounds.txt")


@lru_cache(maxsize=4096)
def _readers(reading: str) -> frozenset[str]:
    """Return the characters of a reading, also their simplified forms: the page may have been converted since."""
    table = tables().table
    chars = with_reading(reading)
    return frozenset(chars) | {table[ord(char)] for char in chars}


@lru_cache(maxsize=4096)
def _sounders(reading: str) -> frozenset[str]:
    return _readers(reading) | frozenset(_sounds().get(reading, ""))


def reads(char: str, reading: str) -> bool:
    """Tell whether a character whose simplified form differs has this reading."""
    return char in _readers(reading)


def sounds(char: str, reading: str) -> bool:
    """Tell whether a character, with another form or a common one without, has this reading.

    >>> sounds("護", "hù"), sounds("理", "lǐ"), sounds("理", "hù")
    (True, True, False)
    """
    return char in _sounders(reading)


@lru_cache(maxsize=4096)
def keys(lead: int, reading: str) -> tuple[str, ...]:
    """Return the characters with this first byte and reading."""
    return tuple(char for char in with_reading(reading) if (code := double_bytes(char)) and code[0] == lead)


def with_reading(reading: str) -> str:
    """Return all traditional characters of a reading."""
    return _readings().get(reading, "")
