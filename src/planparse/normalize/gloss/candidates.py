"""Which characters two bytes can have been, in texts as they are written.

>>> plausible(0x93, 0xFA)
Candidate(char='擔', plain='担', is_new=False)
>>> [found.char for found in starting_with(0x93, "dān")]
['擔']
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from planparse.normalize.gloss.gbk import LEADS, TRAILS, character, double_bytes, vanishing
from planparse.normalize.gloss.readings import with_reading
from planparse.normalize.language import MARKS, known
from planparse.normalize.t2s import tables

#: marks that always, or nearly always, vanish where they stand out of frame
FREE = frozenset("，（：；")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A character, its simplified form, and whether it is one that traditional texts do not have."""

    char: str
    plain: str
    is_new: bool


def _only_new(char: str) -> bool:
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return "一" <= char <= "鿿"
    return False


@lru_cache(maxsize=1)
def _rows() -> dict[tuple[int, int], Candidate]:
    table = tables().table
    values = set(table.values())
    found = {}
    for lead in LEADS:
        for trail in TRAILS:
            char = character(lead, trail)
            plain = table.get(ord(char), char) if char else ""
            if char and (char in MARKS or known(plain)):
                found[lead, trail] = Candidate(char, plain, char in values and _only_new(char))
    return found


def plausible(lead: int, trail: int) -> Candidate | None:
    """Return the character of two bytes, None where there is none or no text would have it."""
    return _rows().get((lead, trail))


@lru_cache(maxsize=256)
def with_lead(lead: int) -> tuple[tuple[int, Candidate], ...]:
    """Return the second bytes, with their characters, that a first byte can take."""
    rows = _rows()
    return tuple((trail, rows[lead, trail]) for trail in TRAILS if (lead, trail) in rows)


@lru_cache(maxsize=256)
def vanishing_after(lead: int) -> tuple[tuple[int, Candidate], ...]:
    """Return the second bytes for a pending first byte that could have begun a vanished pair."""
    gone = vanishing()
    return tuple((trail, found) for trail, found in with_lead(lead) if trail in gone)


@lru_cache(maxsize=4096)
def vanished_before(first: int, trail: int) -> tuple[tuple[int, Candidate], ...]:
    """Return the first bytes that can have vanished with ``first`` and begin a character ending in ``trail``."""
    rows = _rows()
    return tuple((lead, rows[lead, trail]) for lead in sorted(vanishing()[first]) if (lead, trail) in rows)


def starting_with(lead: int, reading: str) -> list[Candidate]:
    """Return the characters of a reading whose first byte is ``lead``."""
    codes = (double_bytes(char) for char in with_reading(reading))
    return [found for code in codes if code and code[0] == lead and (found := plausible(*code))]
