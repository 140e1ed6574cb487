"""What is kept and what is put off: a bounded memory of pure functions, and expressions compiled on demand.

Plans repeat their names, so most look-ups are repeats.

A memory belongs to an object built for one rulebook, never to the module: no result depends on an earlier call.

>>> memory = Memory(str.upper, 2)
>>> memory["a"], memory["b"], memory["c"], len(memory)
('A', 'B', 'C', 1)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from planparse.expressions import expression

K = TypeVar("K")
V = TypeVar("V")


class Memory(dict[K, V]):
    """At most ``size`` results of ``compute`` by what it was given; when it is full it starts anew."""

    __slots__ = ("_compute", "_size")

    def __init__(self, compute: Callable[[K], V], size: int = 2048) -> None:
        super().__init__()
        self._compute = compute
        self._size = size

    def __missing__(self, key: K) -> V:
        value = self._compute(key)
        if len(self) >= self._size:
            self.clear()
        self[key] = value
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
