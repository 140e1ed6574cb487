"""What is kept and what is put off: a bounded memory of pure functions, and expressions compiled on demand.

Plans repeat their names, so most look-ups are repeats.

A memory belongs to an object built for one rulebook, never to the module: no result depends on an earlier call.

>>> memory = Memory(2)
>>> memory.of("a", str.upper), memory.of("a", str.lower)
('A', 'A')
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Generic, TypeVar

from planparse.expressions import expression

K = TypeVar("K")
V = TypeVar("V")


class Memory(Generic[K, V]):
    """At most ``size`` results by key; when it is full it starts anew."""

    __slots__ = ("_held", "_size")

    def __init__(self, size: int = 2048) -> None:
        self._held: dict[K, V] = {}
        self._size = size

    def of(self, key: K, compute: Callable[[K], V]) -> V:
        """Return the result for ``key``, computed on first use."""
        held = self._held
        if key in held:
            return held[key]
        value = compute(key)
        if len(held) >= self._size:
            held.clear()
        held[key] = value
        return value


class Later:
    """An expression that is compiled when it is first asked for: a short document needs few of the costly ones.

    >>> later = Later("[0-9]+")
    >>> later().findall("7月、8月")
    ['7', '8']
    """

    __slots__ = ("_made", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._made: re.Pattern[str] | None = None

    def __call__(self) -> re.Pattern[str]:
        """Return the compiled expression."""
        if self._made is None:
            self._made = expression(self._source)
        return self._made
