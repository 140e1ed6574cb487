"""The decoder: a run of text that was read one byte out of frame goes back to the characters it was.

A run starts where a gloss was put between the two bytes of a character (``勇?lián)…``: the question mark has
swallowed a first byte and the bracket), or where a byte slipped in before a question or exclamation mark
(``床??平…``). From there every byte is one out of frame, until a byte stands alone. The parity is known at
every token; what is unknown are bytes that were lost: a first byte under a question mark, and pairs of bytes
that the code page had no character for. A beam search tries them, ranked by the language model.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappush, heapreplace
from operator import attrgetter
from typing import NamedTuple

from planparse.normalize.gloss.candidates import (
    Candidate,
    plausible,
    starting_with,
    vanished_before,
    vanished_before_reading,
    vanishing_after,
    with_lead,
)
from planparse.normalize.gloss.gbk import LEADS, double_bytes, first_bytes, vanishing
from planparse.normalize.gloss.readings import keys, reads
from planparse.normalize.gloss.tokens import Token
from planparse.normalize.language import Language
from planparse.normalize.t2s import tables

BEAM = 40
#: tokens of one run; dropped pairs of one run; what one costs, unless it is a mark that always vanishes
STEPS, DROPPED, DROP = 40, 4, 2.5
#: of how many best states, how near the best, a pair may have been dropped; first and second characters
#: tried for each, and kept of all
DROPPERS, NEAR, FIRSTS, SECONDS, DROPS = 12, 10.0, 6, 5, 30
#: costs: a simplified form in a traditional page; a character that the page glosses, here without its gloss;
#: a gloss that the page does not know; a lost ASCII character
SIMPLIFIED, UNGLOSSED, STRANGE, LOST = 8.0, 8.0, 1.0, 3.0
#: a state so far behind the best complete reading is given up
BEHIND = 14.0
PAIR_OF_MARKS = 0xA3

_score = attrgetter("score")


class State(NamedTuple):
    """A partial decoding: score, simplified text so far, first byte pending, counts of drops and losses.

    ``split``: a gloss stands between the bytes of the character that is pending, so it bears none itself.
    """

    score: float
    text: str
    pending: int
    drops: int = 0
    lost: int = 0
    split: bool = False


class Reading(NamedTuple):
    """A complete decoding of the run: ``text`` is simplified; ``end`` where the run ends; ``lost`` marks."""

    score: float
    text: str
    end: int
    lost: int


@dataclass(frozen=True, slots=True)
class Page:
    """What the decoder knows of the page: its glossed characters, in either script, and the model.

    ``converted``: the page has been made simplified after it was damaged.
    """

    glossed: dict[str, str]
    converted: bool
    model: Language


class Best:
    """The states of the highest scores, so many; of equal ones the first."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.least = float("-inf")
        self._heap: list[tuple[float, int, State]] = []
        self._seen = 0

    def add(self, score: float, state: State) -> None:
        """Take a state in whose score is above ``least``, the lowest of the kept ones once there are enough."""
        self._seen -= 1
        if len(self._heap) < self.count:
            heappush(self._heap, (score, self._seen, state))
        else:
            heapreplace(self._heap, (score, self._seen, state))
        if len(self._heap) == self.count:
            self.least = self._heap[0][0]

    def states(self) -> list[State]:
        """Return the states, best first."""
        return [state for _, _, state in sorted(self._heap, reverse=True)]


class Decoder:
    """Decodes the runs of one page. ``work`` counts characters tried: the caller bounds it for the document."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.model = page.model
        self.work = 0
        self._first: dict[tuple[str, int], list[tuple[float, int, Candidate, float]]] = {}
        self._second: dict[tuple[str, int, str, str], list[tuple[float, int]]] = {}

    def after_orphan(self, before: str, tokens: list[Token], left: str) -> list[Reading]:
        """Return readings of a run that starts with ``?py)`` behind the character ``before``."""
        if not before or not tokens:
            return []
        reading = tokens[0].reading
        starts = []
        for code in first_bytes(before, converted=self.page.converted):
            for key in keys(code[1], reading):
                second = double_bytes(key)
                if second:
                    starts.append(State(-self._strange(key, reading), left, second[1], split=True))
        return self._run(tokens[1:], starts, left)

    def after_break(self, tokens: list[Token], left: str) -> list[Reading]:
        """Return readings of a run that starts with ``??`` or ``?!``: a first byte lost, then A3BF or A3A1."""
        if len(tokens) < 2:
            return []
        pending = 0xBF if tokens[1].char in "?？" else 0xA1
        empty = State(0.0, left, 0)
        starts = []
        for lead in LEADS:
            found = plausible(lead, PAIR_OF_MARKS)
            if found:
                starts.append(self._put(empty, found, pending))
        return self._run(tokens[2:], starts, left)

    def _run(self, tokens: list[Token], states: list[State], left: str) -> list[Reading]:
        done: list[Reading] = []
        # the best complete reading, the printed text behind it counted in as the run goes on
        bound, last = float("-inf"), ""
        for at, token in enumerate(tokens):
            states = sorted(
                (state for state in states if state.score > bound - BEHIND), key=_score, reverse=True
            )[:BEAM]
            if not states:
                break
            if token.kind == "gloss":
                states = [state._replace(split=True) for state in states]
                continue
            follows = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].kind == "gloss" else None
            near = [state for state in states[:DROPPERS] if state.score > states[0].score - NEAR]
            states += self._dropped(near, token)
            going: list[State] = []
            printed = self.model.plain(token.char)
            bound += self.model.pair(last, printed) if last else 0.0
            for state in states:
                for new in self._step(state, token, follows):
                    if new.pending:
                        going.append(new)
                    else:
                        end = follows.end if follows else token.end
                        done.append(Reading(new.score, new.text[len(left) :], end, new.lost))
                        bound = max(bound, new.score)
            last = printed
            states = going
        return sorted(done, key=_score, reverse=True)[:BEAM]

    def _step(self, state: State, token: Token, follows: Token | None) -> list[State]:
        """Return the states after a token; a state without pending byte is back in frame."""
        gloss = follows.reading if follows else ""
        if token.kind == "pair":
            return [new for code in token.bytes for new in self._pair(state, code, token.char, gloss)]
        if token.kind == "ascii":
            return self._ascii(state, token.char, gloss)
        if token.kind == "lost":
            made = []
            for found in starting_with(state.pending, token.reading):
                new = self._put(state, found, 0, glossed=True)
                made.append(new._replace(score=new.score - self._strange(found.char, token.reading)))
            return made
        return self._mark(state)

    def _pair(self, state: State, code: tuple[int, int], char: str, gloss: str) -> list[State]:
        first, second = code
        found = plausible(state.pending, first)
        if not found or (gloss and second >= 0x80 and not reads(char, gloss)):
            return []
        if second < 0x80:
            new = self._put(state, found, 0)
            return [new._replace(text=new.text + chr(second))]
        return [self._put(state, found, second)] if second > 0x80 else []

    def _ascii(self, state: State, char: str, gloss: str) -> list[State]:
        """Return the states after an ASCII character: a second byte by itself, or a narrowed full-width mark."""
        made = []
        code = ord(char)
        found = plausible(state.pending, code) if code >= 0x40 else None
        if found and (not gloss or reads(found.char, gloss)):
            made.append(self._put(state, found, 0, glossed=bool(gloss)))
        wide = (PAIR_OF_MARKS, code + 0x80) if char != " " else (0xA1, 0xA1)
        found = plausible(state.pending, wide[0])
        if found and not gloss:
            made.append(self._put(state, found, wide[1]))
        return made

    def _mark(self, state: State) -> list[State]:
        """Return the states after a bare question mark: a real one, or a second byte lost with an ASCII one."""
        made = []
        found = plausible(state.pending, PAIR_OF_MARKS)
        if found:
            made.append(self._put(state, found, 0xBF))
        before = state.text[-1:] or "。"
        for _, trail in self.model.likeliest(before, with_lead(state.pending), SECONDS):
            found = plausible(state.pending, trail)
            if found:
                new = self._put(state, found, 0)
                made.append(new._replace(score=new.score - LOST, text=new.text + "?", lost=new.lost + 1))
        return made

    def _put(self, state: State, found: Candidate, pending: int, *, glossed: bool = False) -> State:
        """Return the state with one more character; ``glossed``: its gloss stands behind it."""
        self.work += 1
        score = state.score + self.model.pair(state.text[-1:] or "。", found.plain)
        if found.is_new:
            score -= SIMPLIFIED
        if (
            not glossed
            and not state.split
            and (found.char in self.page.glossed or found.plain in self.page.glossed)
        ):
            score -= UNGLOSSED
        return State(score, state.text + found.plain, pending, state.drops, state.lost)

    def _strange(self, char: str, reading: str) -> float:
        table = self.page.glossed
        plain = tables().table.get(ord(char), char)
        return 0.0 if reading in (table.get(char), table.get(plain)) else STRANGE

    def _dropped(self, states: list[State], token: Token) -> list[State]:
        """Return the best states with a vanished pair put in before a token: it ends one character and begins the next.

        They are ranked by the score that each can reach with the token.
        """
        best = Best(DROPS)
        if (
            token.kind != "mark"
        ):  # what a mark has swallowed is not known, so nothing tells what stood before it
            for state in states:
                self._drop(state, token, best)
        return best.states()

    def _drop(self, state: State, token: Token, best: Best, depth: int = 2) -> None:
        """Add the states with a vanished pair behind ``state``; no character makes a score higher, so a low one ends the search."""
        if state.drops >= DROPPED:
            return
        for most, x, found, cost in self._firsts(state.text[-1:] or "。", state.pending):
            if state.score + most <= best.least:
                break
            new = self._put(state, found, 0)
            score = new.score - cost
            if score <= best.least:
                continue
            for gain, second in self._seconds(found.plain, x, token):
                if score + gain <= best.least:
                    break
                best.add(score + gain, State(score, new.text, second, state.drops + 1, state.lost))
            for lead in (PAIR_OF_MARKS, 0xA1) if depth > 1 else ():
                if lead in vanishing()[x]:
                    # a mark follows, and it vanishes with the next character in turn
                    self._drop(
                        State(score, new.text, lead, state.drops + 1, state.lost), token, best, depth - 1
                    )

    def _firsts(self, before: str, pending: int) -> list[tuple[float, int, Candidate, float]]:
        """Return the likeliest characters that end in a vanished pair: gain, first byte of the pair, character, cost of the loss."""
        made = self._first.get((before, pending))
        if made is None:
            free, costly = vanishing_after(pending)
            ranked = [(gain, x, 0.0) for gain, x in self.model.likeliest(before, free, FIRSTS)]
            ranked += [(gain - DROP, x, DROP) for gain, x in self.model.likeliest(before, costly, FIRSTS)]
            ranked.sort(reverse=True)
            made = [
                (gain, x, found, cost)
                for gain, x, cost in ranked[:FIRSTS]
                if (found := plausible(pending, x))
            ]
            self._first[before, pending] = made
        return made

    def _seconds(self, before: str, first: int, token: Token) -> list[tuple[float, int]]:
        """Return the likeliest first bytes to stand pending between a vanished pair and a token, with their gain."""
        key = (before, first, token.char, token.reading)
        made = self._second.get(key)
        if made is None:
            if token.kind == "pair":
                menus = [vanished_before(first, end) for end in {code[0] for code in token.bytes}]
            elif token.kind == "ascii":
                code = ord(token.char)
                ends = (code, PAIR_OF_MARKS) if code >= 0x40 else (PAIR_OF_MARKS,)
                menus = [vanished_before(first, end) for end in ends]
            else:
                menus = [vanished_before_reading(first, token.reading)]
            options = [option for menu in menus for option in self.model.likeliest(before, menu, SECONDS)]
            made = self._second[key] = sorted(options, reverse=True)[:SECONDS]
        return made
