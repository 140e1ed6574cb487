"""A bounded memory of what a pure function returned: plans repeat their names, so most look-ups are repeats.

It belongs to an object built for one rulebook, never to the module: no result depends on an earlier call.

>>> memory = Memory(2)
>>> memory.of("a", str.upper), memory.of("a", str.lower)
('A', 'A')
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Memory(Generic[K, V]):
    """At most ``size`` results by key; when it is full it starts anew."""

    __slots__ = ("_held", "_size")

    def __init__(self, size: int = 8192) -> None:
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
