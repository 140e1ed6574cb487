"""What the decoder hands on: partial and complete readings of a run, and what is known of the page."""

from __future__ import annotations

from heapq import heappush, heappushpop

import msgspec

from planparse.normalize.language import Language

#: costs: a simplified form in a traditional page; a character that the page glosses, here without its gloss
SIMPLIFIED, UNGLOSSED = 8.0, 8.0


class State(msgspec.Struct, frozen=True, gc=False):
    """A partial decoding: score, simplified text so far, first byte pending, counts of drops and losses.

    ``split``: a gloss stands between the bytes of the character that is pending, so it bears none itself.
    """

    score: float
    text: str
    pending: int
    drops: int = 0
    lost: int = 0
    split: bool = False


class Reading(msgspec.Struct, frozen=True, gc=False):
    """A complete decoding of the run: ``text`` is simplified; ``end`` where the run ends; ``lost`` marks."""

    score: float
    text: str
    end: int
    lost: int


class Page(msgspec.Struct, frozen=True):
    """What the decoder knows of the page: its glossed characters, in either script, and the model.

    ``converted``: the page has been made simplified after it was damaged.
    """

    glossed: dict[str, str]
    converted: bool
    model: Language


class Best:
    """The states of the highest scores, so many; of equal ones those of the highest rank, a tuple.

    None below ``least`` need be brought: there are enough above it.

    >>> best = Best(2, least=-9.0)
    >>> for score in (-5.0, -3.0, -4.0):
    ...     best.add(score, (), State(score, "", 0))
    >>> [state.score for state in best.states()], best.least
    ([-3.0, -4.0], -4.0)
    """

    __slots__ = ("_count", "_heap", "least")

    def __init__(self, count: int, least: float) -> None:
        self.least = least
        self._count = count
        self._heap: list[tuple[float, tuple[int, ...], State]] = []

    def add(self, score: float, rank: tuple[int, ...], state: State) -> None:
        """Take a state in; once there are enough, in place of the lowest."""
        if len(self._heap) < self._count:
            heappush(self._heap, (score, rank, state))
            if len(self._heap) < self._count:
                return
        else:
            heappushpop(self._heap, (score, rank, state))
        self.least = self._heap[0][0]

    def states(self) -> list[State]:
        """Return the states, best first."""
        return [state for _, _, state in sorted(self._heap, reverse=True)]
