"""GBK as the damaged pages went through it: characters, their two bytes, and the pairs that vanished.

Full-width marks stand in the damaged stream in their wide form, even where a later hand has made them
narrow: that is what :func:`wide_bytes` undoes. Pairs that code page 936 leaves unassigned, or to the user,
were dropped without a trace (:func:`vanishing`).

>>> double_bytes("醫"), character(0xD4, 0xBA)
((225, 116), '院')
>>> wide_bytes(","), double_bytes("𠮷")
((163, 172), None)
"""

from __future__ import annotations

from functools import lru_cache

from planparse.normalize.t2s import tables

LEADS = range(0x81, 0xFF)
TRAILS = tuple(b for b in range(0x40, 0xFF) if b != 0x7F)
#: first bytes of the full-width marks ，（：； and of the signs 、。“”
PAIR_OF_MARKS, PAIR_OF_SIGNS = 0xA3, 0xA1


def double_bytes(char: str) -> tuple[int, int] | None:
    """Return the two bytes of a character in GBK, None where it has one byte or none."""
    return _codes().get(char)


@lru_cache(maxsize=1)
def _old_forms() -> dict[str, str]:
    forms: dict[str, str] = {}
    for code, new in tables().table.items():
        forms[new] = forms.get(new, "") + chr(code)
    return forms


def first_bytes(char: str, *, converted: bool) -> tuple[tuple[int, int], ...]:
    """Return the pairs of bytes that a character can have been when the page was damaged.

    ``converted``: the page has been made simplified since, so that 导 may have been 導, and 䶮 was 龑.

    >>> first_bytes("导", converted=True)
    ((181, 188), (140, 167))
    """
    forms = char + _old_forms().get(char, "") if converted else char
    return tuple(code for form in forms if (code := double_bytes(form)))


def wide_bytes(char: str) -> tuple[int, int] | None:
    """Return the bytes of a character, for an ASCII mark those of its full-width form (row A3)."""
    if "!" <= char <= "~":
        return (0xA3, ord(char) + 0x80)
    if char == " ":
        return (0xA1, 0xA1)
    return double_bytes(char)


@lru_cache(maxsize=1)
def _decoded() -> dict[tuple[int, int], str]:
    """Return the character of every pair of bytes that has one: all decoded at once, a line each."""
    pairs = [(lead, trail) for lead in LEADS for trail in TRAILS]
    lines = b"\n".join(map(bytes, pairs)).decode("gbk", "ignore").split("\n")
    # of a pair without a character nothing is left, or its second byte
    return {pair: char for pair, char in zip(pairs, lines, strict=True) if char > "\x7f"}


@lru_cache(maxsize=1)
def _codes() -> dict[str, tuple[int, int]]:
    return {char: pair for pair, char in _decoded().items()}


def character(lead: int, trail: int) -> str | None:
    """Return the character of two bytes, None for a pair without one."""
    return _decoded().get((lead, trail))


@lru_cache(maxsize=1)
def vanishing() -> dict[int, frozenset[int]]:
    """Return, for each first byte, the second bytes (themselves first bytes of a character) that vanish with it."""
    decoded = _decoded()
    table = {
        first: frozenset(second for second in LEADS if (first, second) not in decoded) for first in LEADS
    }
    return {first: seconds for first, seconds in table.items() if seconds}
