"""Many words as one expression, the longest first, gathered by their first character.

>>> any_of(["科", "科室", "科长", "处"])
'(?:科(?:室|长|)|处)'
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping


def any_of(words: Iterable[str], guards: Mapping[str, str] | None = None, *, not_after: str = "") -> str:
    """Return an expression that matches any of ``words``, the longest first; of no words, one that matches never.

    It matches what the words joined by | would, but the engine passes over all words of another first character
    at once. ``guards`` gives the characters that may not follow a word, ``not_after`` those that may not stand before any.

    >>> re.match(any_of(["个", "个月", "名"], {"个": "人"}), "个月")[0]
    '个月'
    >>> re.match(any_of(["个", "名"], {"个": "人"}), "个人") is None
    True
    >>> any_of(["上年", "上月"], not_after="比")
    '(?:上(?<![比].)(?:年|月))'
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        guard = (guards or {}).get(word, "")
        rest = re.escape(word[1:]) + (f"(?![{re.escape(guard)}])" if guard else "")
        groups.setdefault(word[:1], []).append(rest)
    behind = (
        f"(?<![{re.escape(not_after)}].)" if not_after else ""
    )  # not in front: the engine leaps to first characters
    parts = [
        re.escape(first) + behind + (rests[0] if len(rests) == 1 else f"(?:{'|'.join(rests)})")
        for first, rests in groups.items()
    ]
    return f"(?:{'|'.join(parts)})" if parts else "(?!)"


def lengths_by(words: Collection[str], place: int) -> dict[str, tuple[int, ...]]:
    """Return the lengths, longest first, of the words with a character at ``place`` (0 the first, -1 the last).

    >>> lengths_by(["科室", "办公室", "处"], -1)
    {'室': (3, 2), '处': (1,)}
    """
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[place], set()).add(len(word))
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in found.items()}
