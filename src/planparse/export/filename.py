"""File names from printed names: no path, no reserved name, no surprise in a shell.

>>> safe("../../护理部"), safe("医务科(督查室)/质控"), safe("CON"), safe("  ")
('护理部', '医务科_督查室_质控', 'CON_', '未名')
"""

from __future__ import annotations

import re

from planparse.export.words import line

_BAD = re.compile(r"[^\w\u4e00-\u9fff]+")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)")


def safe(name: str, limit: int = 40) -> str:
    """Return a part of a file name: letters, digits, Chinese characters and _ alone, at most ``limit`` of them."""
    shown = _BAD.sub("_", line(name)).strip("_.")[:limit].strip("_")
    if _RESERVED.fullmatch(shown):
        shown += "_"
    return shown or "未名"


def distinct(names: list[str]) -> list[str]:
    """Return safe forms of the names that differ even where case does not count.

    >>> distinct(["a/b", "A_B"])
    ['a_b', 'A_B-2']
    """
    seen: dict[str, int] = {}
    found = []
    for name in map(safe, names):
        count = seen[name.lower()] = seen.get(name.lower(), 0) + 1
        found.append(name if count == 1 else f"{name}-{count}")
    return found
