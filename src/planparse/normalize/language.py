"""How likely a stretch of simplified Chinese is: words of the dictionary, pairs of characters, the page itself.

Counts come from jieba's dictionary and the genre's words (``data/words.z``, ``pairs.z``) and from authored
plans (``authored.z``); the page adds its own undamaged text. Scores are natural logarithms.

>>> model = Language("医院专科建设")
>>> model.words("临床专科建设") > model.words("临床钻科建设")
True
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

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
#: marks that can stand in a text in full width
MARKS = "".join(SHARE_OF_MARKS).strip() + "‘’【】〖〗…〔〕·％％＋－／＜＞０１２３４５６７８９　"
WIDE = str.maketrans(",:;?!()", "，：；？！（）")


@dataclass(frozen=True, slots=True)
class _Counts:
    """Counts of words; of characters and pairs in words, and of pairs by first character; the same in plans."""

    words: dict[str, float]
    total: float
    pairs: dict[str, float]
    after: dict[str, float]
    authored: dict[str, int]
    authored_after: dict[str, int]


def _columns(name: str) -> tuple[list[str], list[int]]:
    data = (files("planparse.normalize") / "data" / name).read_bytes()
    keys, _, numbers = zlib.decompress(data).decode().partition("\n")
    return keys.split(" "), list(map(int, numbers.split(" ")))


@lru_cache(maxsize=1)
def _counts() -> _Counts:
    steps = [math.exp(k / 8) for k in range(200)]
    keys, numbers = _columns("words.z")
    words = dict(zip(keys, map(steps.__getitem__, numbers), strict=True))
    keys, numbers = _columns("pairs.z")
    pairs = dict(zip(keys, map(steps.__getitem__, numbers), strict=True))
    after: dict[str, float] = {}
    for pair, count in pairs.items():
        if len(pair) == 2:
            after[pair[0]] = after.get(pair[0], 0.0) + count
    keys, numbers = _columns("authored.z")
    authored_after: dict[str, int] = {}
    for pair, plain in zip(keys, numbers, strict=True):
        authored_after[pair[0]] = authored_after.get(pair[0], 0) + plain
    authored = dict(zip(keys, numbers, strict=True))
    return _Counts(words, sum(words.values()), pairs, after, authored, authored_after)


def known(char: str) -> bool:
    """Tell whether a simplified character stands in any word of the dictionary."""
    return char in _counts().pairs


class Language:
    """The model of one page; ``page`` is its text without glosses."""

    def __init__(self, page: str) -> None:
        self.counts = _counts()
        page = self.plain(page)
        self.page = Counter(map("".join, pairwise(page)))
        self.page_after = Counter(page)
        self.seen: dict[str, float] = {}

    def pair(self, before: str, char: str) -> float:
        """Return the log probability of a character after another."""
        key = before + char
        score = self.seen.get(key)
        if score is None:
            c = self.counts
            share = SHARES[3] * self._share(char)
            share += SHARES[0] * c.pairs.get(key, 0.0) / (c.after.get(before, 0.0) + 2000.0)
            share += SHARES[1] * c.authored.get(key, 0) / (c.authored_after.get(before, 0) + 10.0)
            share += SHARES[2] * self.page[key] / (self.page_after[before] + 4.0)
            self.seen[key] = score = math.log(share + 1e-9)
        return score

    def plain(self, text: str) -> str:
        """Return a text as the model counts it: simplified, its marks in full width."""
        return to_simplified(text).translate(WIDE)

    def _share(self, char: str) -> float:
        if "一" <= char <= "鿿":
            return self.counts.pairs.get(char, UNSEEN) / self.counts.total / 1.8
        return SHARE_OF_MARKS.get(char, SHARE_OF_SIGNS)

    def pairs(self, text: str) -> float:
        """Return the log probability of a text by its pairs of characters."""
        return sum(self.pair(a, b) for a, b in pairwise(text))

    def words(self, text: str) -> float:
        """Return the log probability of the best division of a text into words."""
        words, total = self.counts.words, self.counts.total
        best = [0.0]
        for end in range(1, len(text) + 1):
            char = text[end - 1]
            if "一" <= char <= "鿿":
                score = best[end - 1] + math.log(words.get(char, UNSEEN) / total)
            else:
                score = best[end - 1] + math.log(self._share(char))
            for size in range(2, min(LONGEST, end) + 1):
                count = words.get(text[end - size : end])
                if count:
                    score = max(score, best[end - size] + math.log(count / total))
            best.append(score)
        return best[-1]
