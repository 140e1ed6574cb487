"""The decoder: a run of text that was read one byte out of frame goes back to the characters it was.

A run starts where a gloss was put between the two bytes of a character (``勇?lián)…``: the question mark has
swallowed a first byte and the bracket), or where a byte slipped in before a question or exclamation mark
(``床??平…``). From there every byte is one out of frame, until a byte stands alone. The parity is known at
every token; what is unknown are bytes that were lost: a first byte under a question mark, and pairs of bytes
that the code page had no character for. A beam search tries them, ranked by the language model.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from operator import attrgetter

from msgspec.structs import replace

from planparse.normalize.gloss.candidates import Candidate, plausible, starting_with, with_lead
from planparse.normalize.gloss.dropped import Dropped
from planparse.normalize.gloss.gbk import (
    LEADS,
    PAIR_OF_MARKS,
    PAIR_OF_SIGNS,
    double_bytes,
    first_bytes,
)
from planparse.normalize.gloss.readings import keys, reads
from planparse.normalize.gloss.states import SIMPLIFIED, UNGLOSSED, Page, Reading, State
from planparse.normalize.gloss.tokens import Token
from planparse.normalize.t2s import tables

BEAM = 40
#: tokens of one run
STEPS = 40
#: of how many best states, how near the best, a pair may have been dropped
DROPPERS, NEAR = 12, 10.0
#: second bytes tried where one was lost with an ASCII character
SECONDS = 5
#: costs: a gloss that the page does not know; a lost ASCII character
STRANGE, LOST = 1.0, 3.0
#: a state so far behind the best complete reading is given up
BEHIND = 14.0

_score = attrgetter("score")


class Decoder:
    """Decodes the runs of one page. ``work`` counts characters tried: the caller bounds it for the document."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.model = page.model
        self.dropped = Dropped(page)
        self.steps = 0

    @property
    def work(self) -> int:
        """How many characters were tried so far."""
        return self.steps + self.dropped.work

    def after_orphan(self, before: str, tokens: Iterator[Token], left: str) -> list[Reading]:
        """Return readings of a run that starts with ``?py)`` behind the character ``before``."""
        orphan = next(tokens, None)
        if not before or orphan is None:
            return []
        reading = orphan.reading
        starts = []
        for code in first_bytes(before, converted=self.page.converted):
            for key in keys(code[1], reading):
                second = double_bytes(key)
                if second:
                    starts.append(State(-self._strange(key, reading), left, second[1], split=True))
        return self._run(tokens, starts, left)

    def after_break(self, tokens: Iterator[Token], left: str) -> list[Reading]:
        """Return readings of a run that starts with ``??`` or ``?!``: a first byte lost, then A3BF or A3A1."""
        next(tokens, None)
        mark = next(tokens, None)
        if mark is None:
            return []
        pending = 0xBF if mark.char in "?？" else 0xA1
        empty = State(0.0, left, 0)
        starts = []
        for lead in LEADS:
            found = plausible(lead, PAIR_OF_MARKS)
            if found:
                starts.append(self._put(empty, found, pending))
        return self._run(tokens, starts, left)

    def _run(self, tokens: Iterable[Token], states: list[State], left: str) -> list[Reading]:
        done: list[Reading] = []
        # the best complete reading, the printed text behind it counted in as the run goes on
        bound, last = float("-inf"), ""
        for token, after in pairwise(chain(tokens, (None,))):
            assert token is not None
            floor = bound - BEHIND
            states = sorted((state for state in states if state.score > floor), key=_score, reverse=True)[
                :BEAM
            ]
            if not states:
                break
            if token.kind == "gloss":
                states = [replace(state, split=True) for state in states]
                continue
            follows = after if after is not None and after.kind == "gloss" else None
            printed = self.model.plain(token.char)
            bound += self.model.pair(last, printed) if last else 0.0
            last = printed
            # from here on a state that goes on needs as much; one that ends the run is looked at in any case
            floor = bound - BEHIND
            ends = token.kind != "pair" or any(second < 0x80 for _, second in token.bytes)
            near = [state for state in states[:DROPPERS] if state.score > states[0].score - NEAR]
            states += self.dropped.before(near, token, float("-inf") if ends else floor)
            going: list[State] = []
            for state in states:
                for new in self._step(state, token, follows):
                    if not new.pending:
                        end = follows.end if follows else token.end
                        done.append(Reading(new.score, new.text[len(left) :], end, new.lost))
                        bound = max(bound, new.score)
                    elif new.score > floor:
                        going.append(new)
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
                made.append(replace(new, score=new.score - self._strange(found.char, token.reading)))
            return made
        return self._mark(state)

    def _pair(self, state: State, code: tuple[int, int], char: str, gloss: str) -> list[State]:
        first, second = code
        found = plausible(state.pending, first)
        if not found or (gloss and second >= 0x80 and not reads(char, gloss)):
            return []
        if second < 0x80:
            new = self._put(state, found, 0)
            return [replace(new, text=new.text + chr(second))]
        return [self._put(state, found, second)] if second > 0x80 else []

    def _ascii(self, state: State, char: str, gloss: str) -> list[State]:
        """Return the states after an ASCII character: a second byte by itself, or a narrowed full-width mark."""
        made = []
        code = ord(char)
        found = plausible(state.pending, code) if code >= 0x40 else None
        if found and (not gloss or reads(found.char, gloss)):
            made.append(self._put(state, found, 0, glossed=bool(gloss)))
        wide = (PAIR_OF_MARKS, code + 0x80) if char != " " else (PAIR_OF_SIGNS, 0xA1)
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
                made.append(replace(new, score=new.score - LOST, text=new.text + "?", lost=new.lost + 1))
        return made

    def _put(self, state: State, found: Candidate, pending: int, *, glossed: bool = False) -> State:
        """Return the state with one more character; ``glossed``: its gloss stands behind it."""
        self.steps += 1
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
