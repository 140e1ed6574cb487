"""Likeness of names by their characters: a near miss of a catalogue name, or nothing.

Names are compared by one- and two-character pieces, rare pieces counting more than common ones (科, 管理),
and never across a word that tells names apart (``distinctions``: 门诊 and 住院, 内科 and 外科, 一 and 二).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct

from planparse.rulebook import Rulebook

THRESHOLD = 0.72
MARGIN = 0.04


def _grams(name: str) -> frozenset[str]:
    return frozenset(name) | frozenset(name[at : at + 2] for at in range(len(name) - 1))


class Distinctions(Struct, frozen=True):
    """The words that tell departments, or indicators, apart."""

    words: tuple[re.Pattern[str], ...]

    def of(self, name: str) -> frozenset[int]:
        """Return the numbers of the distinguishing words that the plain name holds."""
        return frozenset(number for number, word in enumerate(self.words) if word.search(name))


def build_distinctions(rules: Rulebook, of: str) -> Distinctions:
    """Return the words of table ``distinctions`` for ``of``: department or indicator."""
    words = [
        word
        for entry in rules.entries("distinctions")
        if entry["of"] in (of, "both")
        for word in entry["words"]
    ]
    return Distinctions(
        tuple(re.compile("|".join(map(re.escape, word.split("|")))) for word in dict.fromkeys(words))
    )


class Likeness:
    """An index of names by their pieces; ``nearest`` answers with an id, or None.

    >>> like = Likeness([("医疗质量管理科", "quality_control"), ("后勤保障部", "logistics")], Distinctions(()))
    >>> like.nearest("医疗质量管理处")[0], like.nearest("营养科")
    ('quality_control', None)
    """

    def __init__(self, names: Iterable[tuple[str, str]], distinctions: Distinctions) -> None:
        self._names = list(dict.fromkeys(names))
        self._distinctions = distinctions
        self._pieces = [_grams(name) for name, _ in self._names]
        self._marks = [distinctions.of(name) for name, _ in self._names]
        self._where: dict[str, list[int]] = defaultdict(list)
        for number, pieces in enumerate(self._pieces):
            for piece in pieces:
                self._where[piece].append(number)
        self._weight = {piece: math.log(1 + len(self._names) / len(at)) for piece, at in self._where.items()}
        self._unknown = math.log(1 + len(self._names))
        self._sizes = [sum(self._weight[piece] for piece in pieces) for pieces in self._pieces]

    def nearest(self, name: str, *, without: str | None = None) -> tuple[str, float] | None:
        """Return the id of the name most alike and the likeness, 0 to 1; None when unsure.

        Unsure is a likeness below the threshold, or two ids nearly alike. ``without`` leaves a name out.
        """
        marks = self._distinctions.of(name)
        pieces = _grams(name)
        common: dict[int, float] = defaultdict(float)
        for piece in pieces:
            weight = self._weight.get(piece, 0.0)
            for number in self._where.get(piece, ()):
                common[number] += weight
        size = sum(self._weight.get(piece, self._unknown) for piece in pieces)
        best: dict[str, float] = {}
        for number, shared in common.items():
            other, key = self._names[number]
            if other != without and self._marks[number] == marks:
                score = 2 * shared / (size + self._sizes[number])
                best[key] = max(best.get(key, 0.0), score)
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:2]
        if (
            not ranked
            or ranked[0][1] < THRESHOLD
            or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN)
        ):
            return None
        return ranked[0][0], round(min(ranked[0][1], 1.0), 4)
