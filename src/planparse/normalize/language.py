"""How likely a stretch of simplified Chinese is: words of the dictionary, pairs of characters, the page itself.

Counts come from jieba's dictionary and the genre's words (``data/words.z``, ``chars.z``, ``pairs.z``) and from authored
plans (``authored.z``); the page adds its own undamaged text. Scores are natural logarithms.

>>> model = Language("医院专科建设")
>>> model.words("临床专科建设") > model.words("临床钻科建设")
True
"""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from msgspec import Struct

from planparse.normalize.t2s import to_simplified

LONGEST = 6
#: weights of the dictionary's pairs, the authored plans' pairs, the page's pairs, and the single character
SHARES = (0.35, 0.25, 0.25, 0.15)
#: what a character that no word holds counts
UNSEEN = 0.3
#: share of the marks among all characters of a text, roughly; any other sign
SHARE_OF_MARKS = {
    "，": 0.055, "、": 0.03, "。": 0.025, "“": 0.006, "”": 0.006, "；": 0.008, "：": 0.008, "（": 0.008, "）": 0.008,
    "《": 0.002, "》": 0.002, "？": 0.0005, "！": 0.001, "—": 0.002, "\n": 0.01,
}  # fmt: skip
SHARE_OF_SIGNS = 0.0005
#: what is added to every share, so that it has a logarithm
LEAST = 1e-9
NEVER = float("-inf")
#: marks that can stand in a text in full width
MARKS = "".join(SHARE_OF_MARKS).strip() + "‘’【】〖〗…〔〕·％％＋－／＜＞０１２３４５６７８９　"
WIDE = str.maketrans(",:;?!()", "，：；？！（）")


class _Chars(Struct, frozen=True):
    """Counts of the characters of all words; ``total`` counts the words."""

    counts: dict[str, float]
    total: float


class _Followers(Struct, frozen=True):
    """How often each character stands behind one, and all of them together."""

    counts: dict[str, float]
    total: float


class _Row(Struct, frozen=True):
    """What stood behind one character: in words and in plans (``met`` is either), and on the page."""

    words: dict[str, float]
    words_total: float
    plans: dict[str, float]
    plans_total: float
    met: frozenset[str]
    page: dict[str, int]
    page_total: float


class _Words(Struct, frozen=True):
    """The log probabilities of a character as a word, and of longer ones that it begins.

    Those lie by their second character: what follows the first, the length, the log probability.
    """

    alone: float
    longer: dict[str, list[tuple[str, int, float]]]


class Menu(Struct, frozen=True):
    """Characters to choose from, each with the numbers that stand for it, and all in order of how common they are."""

    tags: dict[str, tuple[int, ...]]
    chars: frozenset[str]
    order: tuple[tuple[float, int, str], ...]

    @staticmethod
    def of(pairs: Iterable[tuple[str, int]]) -> Menu:
        """Return the menu of pairs of a character and a number."""
        tags: dict[str, tuple[int, ...]] = {}
        order = []
        for char, tag in pairs:
            tags[char] = (*tags.get(char, ()), tag)
            order.append((alone(char), tag, char))
        return Menu(tags, frozenset(tags), tuple(sorted(order, reverse=True)))


def _text(name: str) -> str:
    return zlib.decompress((files("planparse.normalize") / "data" / name).read_bytes()).decode()


@lru_cache(maxsize=1)
def _steps() -> tuple[float, ...]:
    return tuple(math.exp(k / 8) for k in range(200))


@lru_cache(maxsize=1)
def _chars() -> _Chars:
    keys, numbers, total = _text("chars.z").split("\n")
    steps = _steps()
    return _Chars(
        {key: steps[int(k)] for key, k in zip(keys.split(" "), numbers.split(" "), strict=True)}, float(total)
    )


@lru_cache(maxsize=4)
def _lines(name: str) -> dict[str, str]:
    """Return the lines of a table by their first character; each is taken apart when a page needs it."""
    return {line[0]: line for line in _text(name).split("\n")}


def _line(name: str, first: str) -> tuple[list[str], map[int]]:
    """Return what follows a first character in the keys of a table, and the numbers."""
    line = _lines(name).get(first)
    if line is None:
        return [], map(int, ())
    keys, numbers = line[1:].split("\t")
    return keys.split(" "), map(int, numbers.split(" "))


@lru_cache(maxsize=8192)
def _words(first: str) -> _Words:
    if not "一" <= first <= "鿿":
        return _Words(math.log(_share(first)), {})
    alone, longer = UNSEEN, defaultdict[str, list[tuple[str, int, float]]](list)
    steps, total = _steps(), _chars().total
    for rest, k in zip(*_line("words.z", first), strict=True):
        if not rest:
            alone = steps[k]
        elif len(rest) < LONGEST:
            longer[rest[0]].append((rest, len(rest) + 1, math.log(steps[k] / total)))
    return _Words(math.log(alone / total), dict(longer))


@lru_cache(maxsize=8192)
def _dictionary(first: str) -> _Followers:
    keys, numbers = _line("pairs.z", first)
    counts = dict(zip(keys, map(_steps().__getitem__, numbers), strict=True))
    return _Followers(counts, sum(counts.values()))


@lru_cache(maxsize=8192)
def _authored(first: str) -> _Followers:
    keys, numbers = _line("authored.z", first)
    counts = {key: float(count) for key, count in zip(keys, numbers, strict=True)}
    return _Followers(counts, sum(counts.values()))


@lru_cache(maxsize=8192)
def _met(before: str) -> frozenset[str]:
    return frozenset({*_dictionary(before).counts, *_authored(before).counts})


def known(char: str) -> bool:
    """Tell whether a simplified character stands in any word of the dictionary."""
    return char in _chars().counts


def _share(char: str) -> float:
    if "一" <= char <= "鿿":
        chars = _chars()
        return chars.counts.get(char, UNSEEN) / chars.total / 1.8
    return SHARE_OF_MARKS.get(char, SHARE_OF_SIGNS)


@lru_cache(maxsize=8192)
def alone(char: str) -> float:
    """Return the log probability of a character behind one that it never stood behind."""
    return math.log(SHARES[3] * _share(char) + LEAST)


class Language:
    """The model of one page; ``page`` is its text without glosses."""

    def __init__(self, page: str) -> None:
        page = self.plain(page)
        self.page: defaultdict[str, list[str]] = defaultdict(list)
        for before, char in pairwise(page):
            self.page[before].append(char)
        self.end = page[-1:]
        self.seen: dict[str, float] = {}
        self.rows: dict[str, _Row] = {}
        #: the text scored last; the best division and the pairs up to each place of it
        self.last = ""
        self.best, self.sums = [0.0], [0.0]

    def pair(self, before: str, char: str) -> float:
        """Return the log probability of a character after another."""
        key = before + char
        score = self.seen.get(key)
        if score is None:
            row = self.rows.get(before) or self._row(before)
            if char in row.met or char in row.page:
                share = SHARES[3] * _share(char)
                share += SHARES[0] * row.words.get(char, 0.0) / row.words_total
                share += SHARES[1] * row.plans.get(char, 0.0) / row.plans_total
                share += SHARES[2] * row.page.get(char, 0) / row.page_total
                score = math.log(share + LEAST)
            else:
                score = alone(char)
            self.seen[key] = score
        return score

    def _row(self, before: str) -> _Row:
        words, plans, followers = _dictionary(before), _authored(before), self.page.get(before, [])
        page: dict[str, int] = {}
        for char in followers:
            page[char] = page.get(char, 0) + 1
        row = self.rows[before] = _Row(
            words=words.counts,
            words_total=words.total + 2000.0,
            plans=plans.counts,
            plans_total=plans.total + 10.0,
            met=_met(before),
            page=page,
            page_total=len(followers) + (before == self.end) + 4.0,
        )
        return row

    def likeliest(self, before: str, menu: Menu, count: int) -> list[tuple[float, int]]:
        """Return the scores and numbers of the likeliest characters of a menu after a character, best first.

        Only those that stood behind it somewhere are looked at one by one; of the others the common ones win.
        """
        if not menu.chars:
            return []
        row = self.rows.get(before) or self._row(before)
        met = (menu.chars & row.met).union(menu.chars.intersection(row.page))
        found = [(self.pair(before, char), tag) for char in met for tag in menu.tags[char]]
        others = 0
        for score, tag, char in menu.order:
            if char not in met:
                found.append((score, tag))
                others += 1
                if others == count:
                    break
        found.sort(reverse=True)
        return found[:count]

    def plain(self, text: str) -> str:
        """Return a text as the model counts it: simplified, its marks in full width."""
        return to_simplified(text).translate(WIDE)

    def pairs(self, text: str) -> float:
        """Return the log probability of a text by its pairs of characters."""
        return sum(map(self.pair, text, text[1:]))

    def words(self, text: str) -> float:
        """Return the log probability of the best division of a text into words."""
        best = [0.0]
        _divide(text, best)
        return best[-1]

    def score(self, text: str) -> float:
        """Return the score of a text by its words, and by half by its pairs.

        Readings of one run begin alike: what a text shares with the one before is not looked at again.
        """
        shared = _shared(text, self.last)
        self.last = text
        del self.best[shared + 1 :]
        del self.sums[max(shared, 1) :]
        _divide(text, self.best)
        at = len(self.sums) - 1
        total = self.sums[-1]
        for score in map(self.pair, text[at:], text[at + 1 :]):
            total += score
            self.sums.append(total)
        return self.best[-1] + 0.5 * total


def _shared(text: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    for at, (a, b) in enumerate(zip(text, other, strict=False)):
        if a != b:
            return at
    return min(len(text), len(other))


def _divide(text: str, best: list[float]) -> None:
    """Put to ``best``, the scores of the best divisions up to each place of ``text`` so far, those of all further places."""
    known = len(best)
    best += [NEVER] * (len(text) + 1 - known)
    for start in range(max(known - LONGEST, 0), len(text)):
        here, words = best[start], _words(text[start])
        if start + 1 >= known and here + words.alone > best[start + 1]:
            best[start + 1] = here + words.alone
        for rest, size, word in words.longer.get(text[start + 1 : start + 2], ()):
            end = start + size
            if end >= known and text.startswith(rest, start + 1) and here + word > best[end]:
                best[end] = here + word
