"""Which characters two bytes can have been, in texts as they are written.

>>> plausible(0x93, 0xFA)
Candidate(char='擔', plain='担', is_new=False)
>>> [found.char for found in starting_with(0x93, "dān")]
['擔']
"""

from __future__ import annotations

from functools import cache, lru_cache

from msgspec import Struct

from planparse.normalize.gloss.gbk import TRAILS, character, double_bytes, vanishing
from planparse.normalize.gloss.readings import with_reading
from planparse.normalize.language import MARKS, Menu, known
from planparse.normalize.t2s import tables

#: marks that always, or nearly always, vanish where they stand out of frame
FREE = frozenset("，（：；")


class Candidate(Struct, frozen=True, gc=False):
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
def _new_forms() -> frozenset[str]:
    return frozenset(tables().table.values())


@cache
def plausible(lead: int, trail: int) -> Candidate | None:
    """Return the character of two bytes, None where there is none or no text would have it."""
    char = character(lead, trail)
    if char is None:
        return None
    plain = tables().table.get(ord(char), char)
    if char not in MARKS and not known(plain):
        return None
    return Candidate(char, plain, char in _new_forms() and _only_new(char))


@cache
def with_lead(lead: int) -> Menu:
    """Return the second bytes that a first byte can take, by their characters."""
    found = ((plausible(lead, trail), trail) for trail in TRAILS)
    return Menu.of((one.plain, trail) for one, trail in found if one)


@cache
def vanishing_after(lead: int) -> tuple[Menu, Menu]:
    """Return the second bytes, by character, for a pending first byte that could have begun a vanished pair.

    First those of the marks that always vanish, then the others.
    """
    found = [(one, trail) for trail in vanishing() if (one := plausible(lead, trail))]
    return (
        Menu.of((one.plain, trail) for one, trail in found if one.char in FREE),
        Menu.of((one.plain, trail) for one, trail in found if one.char not in FREE),
    )


@cache
def vanished_before(first: int, trail: int) -> Menu:
    """Return the first bytes that can have vanished with ``first`` and begin a character ending in ``trail``."""
    found = ((plausible(lead, trail), lead) for lead in vanishing()[first])
    return Menu.of((one.plain, lead) for one, lead in found if one)


@lru_cache(maxsize=4096)
def vanished_before_reading(first: int, reading: str) -> Menu:
    """Return the same for a character of a reading, whatever its second byte."""
    gone = vanishing()[first]
    codes = [code for char in with_reading(reading) if (code := double_bytes(char)) and code[0] in gone]
    return Menu.of((one.plain, code[0]) for code in codes if (one := plausible(*code)))


@lru_cache(maxsize=4096)
def starting_with(lead: int, reading: str) -> tuple[Candidate, ...]:
    """Return the characters of a reading whose first byte is ``lead``."""
    codes = (double_bytes(char) for char in with_reading(reading))
    return tuple(one for code in codes if code and code[0] == lead and (one := plausible(*code)))
