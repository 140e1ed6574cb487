"""The decoder: a run of text that was read one byte out of frame goes back to the characters it was.

A run starts where a gloss was put between the two bytes of a character (``勇?lián)…``: the question mark has
swallowed a first byte and the bracket), or where a byte slipped in before a question or exclamation mark
(``床??平…``). From there every byte is one out of frame, until a byte stands alone. The parity is known at
every token; what is unknown are bytes that were lost: a first byte under a question mark, and pairs of bytes
that the code page had no character for. A beam search tries them, ranked by the language model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import nlargest
from operator import attrgetter, itemgetter

from planparse.normalize.gloss.candidates import (
    FREE,
    Candidate,
    plausible,
    starting_with,
    vanished_before,
    vanishing_after,
    with_lead,
)
from planparse.normalize.gloss.gbk import LEADS, double_bytes, first_bytes, vanishing
from planparse.normalize.gloss.readings import keys, reads, with_reading
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


@dataclass(frozen=True, slots=True)
class State:
    """A partial decoding: score, simplified text so far, first byte pending, counts of drops and losses.

    ``split``: a gloss stands between the bytes of the character that is pending, so it bears none itself.
    """

    score: float
    text: str
    pending: int
    drops: int = 0
    lost: int = 0
    split: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
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


class Decoder:
    """Decodes the runs of one page. ``work`` counts characters tried: the caller bounds it for the document."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.model = page.model
        self.work = 0

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
            states = nlargest(BEAM, (state for state in states if state.score > bound - BEHIND), key=_score)
            if not states:
                break
            if token.kind == "gloss":
                states = [replace(state, split=True) for state in states]
                continue
            follows = tokens[at + 1] if at + 1 < len(tokens) and tokens[at + 1].kind == "gloss" else None
            near = [state for state in states[:DROPPERS] if state.score > states[0].score - NEAR]
            drops = [new for state in near for new in self._dropped(state, token)]
            states += [state for _, state in nlargest(DROPS, drops, key=itemgetter(0))]
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
        return nlargest(BEAM, done, key=_score)

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
        likely = nlargest(
            SECONDS,
            ((self.model.pair(before, found.plain), trail) for trail, found in with_lead(state.pending)),
        )
        for _, trail in likely:
            found = plausible(state.pending, trail)
            if found:
                new = self._put(state, found, 0)
                made.append(replace(new, score=new.score - LOST, text=new.text + "?", lost=new.lost + 1))
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

    def _dropped(self, state: State, token: Token, depth: int = 2) -> list[tuple[float, State]]:
        """Return states with a vanished pair put in before a token: it ends one character and begins the next.

        Each comes with the score that it can reach with the token.
        """
        if state.drops >= DROPPED:
            return []
        pair = self.model.pair
        before = state.text[-1:] or "。"
        firsts = nlargest(
            FIRSTS,
            (
                (pair(before, found.plain) - (0.0 if found.char in FREE else DROP), x)
                for x, found in vanishing_after(state.pending)
            ),
        )
        made: list[tuple[float, State]] = []
        for _, x in firsts:
            found = plausible(state.pending, x)
            if found is None:
                continue
            new = self._put(state, found, 0)
            score = new.score - (0.0 if found.char in FREE else DROP)
            for gain, second in self._seconds(token, x, found.plain):
                made.append((score + gain, State(score, new.text, second, state.drops + 1, state.lost)))
            for lead in (PAIR_OF_MARKS, 0xA1) if depth > 1 else ():
                if lead in vanishing()[x]:
                    # a mark follows, and it vanishes with the next character in turn
                    marks = State(score, new.text, lead, state.drops + 1, state.lost)
                    made += self._dropped(marks, token, depth - 1)
        return made

    def _seconds(self, token: Token, first: int, before: str) -> list[tuple[float, int]]:
        """Return the likeliest first bytes to stand pending between a vanished pair and a token, with their gain."""
        pair = self.model.pair
        options: list[tuple[float, int]] = []
        if token.kind == "pair":
            ends = {code[0] for code in token.bytes}
            options = [
                (pair(before, c.plain), lead) for end in ends for lead, c in vanished_before(first, end)
            ]
        elif token.kind == "ascii":
            code = ord(token.char)
            if code >= 0x40:
                options = [(pair(before, c.plain), lead) for lead, c in vanished_before(first, code)]
            options += [(pair(before, c.plain), lead) for lead, c in vanished_before(first, PAIR_OF_MARKS)]
        elif token.kind == "lost":
            gone = vanishing()[first]
            options = [
                (pair(before, found.plain), both[0])
                for char in with_reading(token.reading)
                if (both := double_bytes(char)) and both[0] in gone and (found := plausible(*both))
            ]
        return nlargest(SECONDS, options)
