"""Pairs of bytes that vanished inside a run: which characters they can have ended and begun.

Out of frame, the second byte of one character and the first byte of the next can be a pair that the code page
has no character for; it left no trace. So before any token a pair may have to be put in: it ends the pending
character and begins the one that the token goes on with.
"""

from __future__ import annotations

from msgspec import Struct

from planparse.normalize.gloss.candidates import (
    plausible,
    vanished_before,
    vanished_before_reading,
    vanishing_after,
)
from planparse.normalize.gloss.gbk import PAIR_OF_MARKS, PAIR_OF_SIGNS, vanishing
from planparse.normalize.gloss.states import SIMPLIFIED, UNGLOSSED, Best, Page, State
from planparse.normalize.gloss.tokens import Token
from planparse.normalize.language import Menu

#: dropped pairs of one run; what one costs, unless it is a mark that always vanishes
DROPPED, DROP = 4, 2.5
#: first and second characters tried for each state, and states kept of all
FIRSTS, SECONDS, DROPS = 6, 5, 30


#: by character and first byte of the pair that ended it: gains and second bytes, best first
Seconds = dict[tuple[str, int], list[tuple[float, int]]]


class _First(Struct, frozen=True, gc=False):
    """A character that a vanished pair can have ended: ``most`` is what it can gain at best.

    ``byte`` is the first one of the pair; ``unglossed`` that the page glosses this character elsewhere.
    """

    most: float
    byte: int
    gain: float
    cost: float
    plain: str
    is_new: bool
    unglossed: bool


class Dropped:
    """Puts vanished pairs into states of one page. ``work`` counts the characters tried."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.model = page.model
        self.work = 0
        self._known: dict[tuple[str, int], list[_First]] = {}
        self._options: dict[tuple[str, str], Seconds] = {}

    def before(self, states: list[State], token: Token, least: float) -> list[State]:
        """Return the best states with a vanished pair put in before a token, if they can score above ``least`` with it.

        They are ranked by the score that each can reach with the token. A state's own score is kept.
        """
        best = Best(DROPS, least)
        if token.kind == "mark":
            return []  # it swallowed what is not known: nothing tells what stood before it
        seconds = self._options.setdefault((token.char, token.reading), {})
        begun = []
        for at, state in enumerate(states):
            firsts = self._firsts(state.text[-1:] or "。", state.pending)
            begun += self._put_in(state, firsts, (-at,), token, best, seconds)
        for state, rank in begun:
            gone = vanishing()[state.pending]
            # a mark may follow, and vanish with the next character in turn
            for at, lead in enumerate((PAIR_OF_MARKS, PAIR_OF_SIGNS), 1):
                if lead in gone:
                    firsts = self._firsts(state.text[-1], lead)
                    if state.score + firsts[0].most >= best.least:
                        self._put_in(state, firsts, (*rank, -at), token, best, seconds)
        return best.states()

    def _put_in(
        self,
        state: State,
        firsts: list[_First],
        rank: tuple[int, ...],
        token: Token,
        best: Best,
        seconds: Seconds,
    ) -> list[tuple[State, tuple[int, ...]]]:
        """Add the states with one pair put in; return them also as they are before its second byte is chosen.

        No character raises a score: what is too low already ends the search.
        """
        begun: list[tuple[State, tuple[int, ...]]] = []
        if state.drops >= DROPPED:
            return begun
        drops = state.drops + 1
        for at, first in enumerate(firsts):
            if state.score + first.most < best.least:
                break
            self.work += 1
            score = state.score + first.gain
            if first.is_new:
                score -= SIMPLIFIED
            if first.unglossed and not state.split:
                score -= UNGLOSSED
            score -= first.cost
            if score < best.least:
                continue
            text = state.text + first.plain
            key = (first.plain, first.byte)
            options = seconds.get(key)
            if options is None:
                options = seconds[key] = self._seconds(first, token)
            for nth, (gain, second) in enumerate(options):
                if score + gain < best.least:
                    break
                best.add(score + gain, (*rank, -at, 0, -nth), State(score, text, second, drops, state.lost))
            begun.append((State(score, text, first.byte, drops, state.lost), (*rank, -at)))
        return begun

    def _firsts(self, before: str, pending: int) -> list[_First]:
        """Return the likeliest characters that a vanished pair ended, behind ``before``, best first."""
        made = self._known.get((before, pending))
        if made is None:
            free, costly = vanishing_after(pending)
            ranked = [(gain, byte, gain, 0.0) for gain, byte in self.model.likeliest(before, free, FIRSTS)]
            ranked += [
                (gain - DROP, byte, gain, DROP) for gain, byte in self.model.likeliest(before, costly, FIRSTS)
            ]
            ranked.sort(reverse=True)
            made = []
            for most, byte, gain, cost in ranked[:FIRSTS]:
                found = plausible(pending, byte)
                if found is not None:
                    glossed = found.char in self.page.glossed or found.plain in self.page.glossed
                    made.append(_First(most, byte, gain, cost, found.plain, found.is_new, glossed))
            self._known[before, pending] = made
        return made

    def _seconds(self, first: _First, token: Token) -> list[tuple[float, int]]:
        """Return the likeliest first bytes to stand pending between a vanished pair and a token, with their gain."""
        options: list[tuple[float, int]] = []
        for menu in _menus(first.byte, token):
            options += self.model.likeliest(first.plain, menu, SECONDS)
        options.sort(reverse=True)
        return options[:SECONDS]


def _menus(first: int, token: Token) -> list[Menu]:
    if token.kind == "pair":
        return [vanished_before(first, end) for end in {code[0] for code in token.bytes}]
    if token.kind == "ascii":
        code = ord(token.char)
        ends = (code, PAIR_OF_MARKS) if code >= 0x40 else (PAIR_OF_MARKS,)
        return [vanished_before(first, end) for end in ends]
    return [vanished_before_reading(first, token.reading)]
