"""Traditional to simplified (繁→简): exactly the result of OpenCC's ``t2s``, without moving an offset.

The reference is opencc-python-reimplemented: one dictionary of phrases, one of characters. It takes the
longest phrase anywhere, then the leftmost, then looks on both sides of it; that equals taking all
occurrences sorted by length and place and keeping those that do not overlap. Every mapping of both
dictionaries keeps the length in code points.

>>> to_simplified("醫務科據瞭解，乾隆年間的乾淨")
'医务科据了解，乾隆年间的干净'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from planparse.expressions import expression

#: Traditional forms that are standard simplified characters too (通用规范汉字表): in a simplified text
#: they are meant (names: 王乾, 於某; 徵 as a note of music) and stay.
STANDARD = frozenset("乾夥徵於甯苧薹麴摺吒")


@dataclass(frozen=True, slots=True)
class T2S:
    """The compiled dictionaries.

    ``trigger`` finds characters that change by themselves, ``quiet`` phrases that change without one,
    ``special`` characters that a phrase changes otherwise than the table of characters does.
    """

    table: dict[int, str]
    strict: dict[int, str]
    phrases: dict[str, str]
    lengths: tuple[int, ...]
    trigger: re.Pattern[str]
    quiet: re.Pattern[str]
    special: re.Pattern[str]
    starts: re.Pattern[str]


@lru_cache(maxsize=1)
def tables() -> T2S:
    """Return the dictionaries, read once from the packaged data."""
    lines = (files("planparse.normalize") / "data" / "t2s.txt").read_text("utf-8").splitlines()
    keys, values = lines[:2]
    table = dict(zip(map(ord, keys), values, strict=True))
    phrases = dict(line.split(" ") for line in lines[2:])
    special = {a for k, v in phrases.items() for a, b in zip(k, v, strict=True) if table.get(ord(a), a) != b}
    changing = set(keys)
    # a first class with all astral characters one by one ran 100 times slower than their range
    plain = "".join(c for c in keys if c < "\U00010000")
    return T2S(
        table=table,
        strict={k: v for k, v in table.items() if chr(k) not in STANDARD},
        phrases=phrases,
        lengths=tuple(sorted({len(k) for k in phrases}, reverse=True)),
        trigger=expression(f"[{plain}\U00020000-\U0003ffff]"),
        quiet=expression("|".join(k for k, v in phrases.items() if k != v and changing.isdisjoint(k))),
        special=expression(f"[{''.join(sorted(special))}]"),
        starts=expression(f"[{''.join(sorted({k[0] for k in phrases}))}]"),
    )


def to_simplified(text: str) -> str:
    """Return what OpenCC's t2s makes of ``text``: the same length, the same object where nothing changes."""
    data = tables()
    if data.trigger.search(text) is None and data.quiet.search(text) is None:
        return text
    result = text.translate(data.table)
    return _phrases(text, result, data) if data.special.search(text) else result


def odd_to_simplified(text: str) -> str:
    """Return a simplified ``text`` with its few odd traditional characters converted.

    Characters that are standard in simplified texts too stay as printed; phrases are not looked at.

    >>> odd_to_simplified("王乾为醫务科科长，用过的被覆上一层")
    '王乾为医务科科长，用过的被覆上一层'
    """
    data = tables()
    if data.trigger.search(text) is None:
        return text
    return data.trigger.sub(lambda hit: data.strict.get(ord(hit[0]), hit[0]), text)


def _phrases(text: str, result: str, data: T2S) -> str:
    """Put the phrases right, line by line (no phrase holds a line break), where one can differ."""
    lines = text.split("\n")
    done = result.split("\n")
    for at, line in enumerate(lines):
        if data.special.search(line):
            done[at] = _line(line, done[at], data)
    return "\n".join(done)


def _line(line: str, result: str, data: T2S) -> str:
    found = []
    for hit in data.starts.finditer(line):
        at = hit.start()
        room = len(line) - at
        found += [
            (-size, at) for size in data.lengths if size <= room and line[at : at + size] in data.phrases
        ]
    if not found:
        return result
    taken = bytearray(len(line))
    pieces = list(result)
    for minus, at in sorted(found):
        end = at - minus
        if not any(taken[at:end]):
            taken[at:end] = b"\1" * (end - at)
            pieces[at:end] = data.phrases[line[at:end]]
    return "".join(pieces)
