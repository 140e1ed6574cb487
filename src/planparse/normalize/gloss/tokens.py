"""What stands in a damaged run, one token at a time.

>>> [token.kind for token in take("瓢l(fā)展", 0, 5)]
['pair', 'ascii', 'gloss', 'pair']
>>> next(take("?dǎo)廣", 0, 1))
Token(kind='lost', start=0, end=5, bytes=(), reading='dǎo', char='?')
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from planparse.expressions import expression
from planparse.normalize.gloss.gbk import first_bytes
from planparse.normalize.tones import TONED

SYLLABLE = f"[a-zü{TONED}]{{1,6}}"
GLOSSED = expression(f"[(（]({SYLLABLE})[)）]")
LOST = expression(f"[?？]({SYLLABLE})[)）]")


class Token(msgspec.Struct, frozen=True, gc=False):
    """One token of a run.

    ``pair`` two bytes (the pairs that they can have been); ``ascii`` one byte, or a full-width mark that was narrowed; ``gloss`` (py), which
    tells the reading of the two bytes before; ``lost`` ?py), one byte lost together with the bracket of its
    gloss; ``mark`` a bare ?, one byte lost together with an ASCII character; ``foreign`` no GBK at all.
    """

    kind: str
    start: int
    end: int
    bytes: tuple[tuple[int, int], ...]
    reading: str
    char: str


def take(text: str, start: int, limit: int, *, converted: bool = False) -> Iterator[Token]:
    """Yield up to ``limit`` tokens of ``text`` from ``start``, none after a foreign one or past a line."""
    at = start
    for _ in range(limit):
        char = text[at : at + 1]
        if not char or char == "\n":
            break
        lost = LOST.match(text, at) if char in "?？" else None
        glossed = GLOSSED.match(text, at) if char in "(（" else None
        codes = first_bytes(char, converted=converted)
        if lost:
            token = Token("lost", at, lost.end(), (), lost[1], char)
        elif glossed and TONES.search(glossed[1]):
            token = Token("gloss", at, glossed.end(), (), glossed[1], char)
        elif char in "?？":
            token = Token("mark", at, at + 1, (), "", char)
        elif codes:
            token = Token("pair", at, at + 1, codes, "", char)
        elif char.isascii():
            token = Token("ascii", at, at + 1, (), "", char)
        else:
            break
        yield token
        at = token.end


TONES = expression(f"[{TONED}]")
