"""What every reader of pages delivers: characters with boxes and ruling lines, in points from the top left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Char(NamedTuple):
    """A character and its place; ``base`` is the baseline, ``size`` the height of its line."""

    text: str
    x0: float
    x1: float
    base: float
    size: float


class Line(NamedTuple):
    """A ruling line: ``at`` is its fixed coordinate, ``start`` to ``end`` where it runs."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is on one page."""

    number: int
    width: float
    height: float
    chars: list[Char]
    across: list[Line]
    down: list[Line]
    unmapped: int  #: characters that have no Unicode value
    pictures: int
