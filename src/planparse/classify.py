"""What a sentence is: task, target, background, report, slogan or heading, with probabilities.

A logistic regression over the characters of a sentence (presence of 1- and 2-character pieces and of its length's
class, tf-idf, unit length), learned by ``planparse train`` with scikit-learn. Prediction needs neither scikit-learn nor numpy: each piece
has its row of weights, and a sentence is the sum of its rows. Figures are written in models/sentences.md.

>>> best_class("力争6月底前完成中层干部的选拔任用。")
'task'
>>> best_class("会议由党委副书记主持，全体中层干部参加。")
'report'
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from math import exp, sqrt
from operator import add
from typing import Any

from msgspec import Struct

from planparse.expressions import expression
from planparse.weights import Version, load_weights, weights_version

CLASSES = ("task", "target", "background", "report", "slogan", "heading")
#: longer sentences are judged by their beginning
MAX_LENGTH = 240
_BITS, _STEPS, _RAISE = 40, 1 << 16, 1 << 22
_FIELD = (1 << _BITS) - 1
_DIGITS = expression(r"\d\d*(?:\.\d+)?")
_LENGTHS = (8, 14, 22, 34, 50, 80, 130)
_SPACE = expression(r"[ \u3000\t\n\v\r]")


def prepared(sentence: str) -> str:
    """Return the sentence as it is learned: without blanks, every number a 0, its ends marked.

    >>> prepared("药占比 降至27.5%。")
    '^药占比降至0%。$'
    """
    return "^" + _DIGITS.sub("0", _SPACE.sub("", sentence[:MAX_LENGTH])) + "$"


def pieces(text: str) -> set[str]:
    """Return the 1- and 2-character pieces of a prepared sentence, and the class of its length.

    >>> sorted(pieces("ab"))
    ['#0', 'a', 'ab', 'b']
    """
    found = set(map(add, text, text[1:]))
    found.update(text)
    found.add(f"#{bisect_right(_LENGTHS, len(text))}")
    return found


class SentenceModel(Struct, frozen=True):
    """Classes, their biases, and for each piece its row: idf², then idf × coefficient for every class, then a one.

    A row is one integer of fields of 40 bits, each holding a weight in steps of 2⁻¹⁶, raised by 2²² so that none is
    negative: one addition adds all fields, some five times as fast as adding them one by one. The ones count the rows.
    """

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Mapping[str, int]

    @staticmethod
    def of(data: Mapping[str, Any]) -> SentenceModel:
        """Return the model of its weights as ``planparse train`` writes them."""
        one = 1 << (len(data["classes"]) + 1) * _BITS
        rows = {piece: int(row, 16) | one for piece, row in zip(data["pieces"], data["rows"], strict=True)}
        return SentenceModel(tuple(data["classes"]), tuple(data["bias"]), rows)

    def probabilities(self, sentence: str) -> dict[str, float]:
        """Return class -> probability; the probabilities sum to 1."""
        total = sum(map(self.rows.get, pieces(prepared(sentence)), repeat(0)))
        *fields, known = [total >> at * _BITS & _FIELD for at in range(len(self.classes) + 2)]
        square, *sums = [(field - known * _RAISE) / _STEPS for field in fields]
        length = sqrt(square) or 1.0
        scores = [bias + one / length for bias, one in zip(self.bias, sums, strict=True)]
        top = max(scores)
        powers = [exp(score - top) for score in scores]
        whole = sum(powers)
        return {name: value / whole for name, value in zip(self.classes, powers, strict=True)}


def packed(weights: Sequence[float]) -> int:
    """Return the row of some weights; raises ValueError on one that a field cannot hold.

    >>> hex(packed([1.0]))
    '0x410000'
    """
    fields = [round(weight * _STEPS) + _RAISE for weight in weights]
    if any(not 0 <= field < 2 * _RAISE for field in fields):
        raise ValueError(
            f"weights must lie between -{_RAISE // _STEPS} and {_RAISE // _STEPS}, given {max(weights, key=abs)}"
        )
    return sum(field << at * _BITS for at, field in enumerate(fields))


@lru_cache(maxsize=2)
def _model_of(version: Version) -> SentenceModel:
    return SentenceModel.of(load_weights("sentences"))


def sentence_model() -> SentenceModel:
    """Return the packaged model; loaded on first use. Raises :class:`~planparse.weights.MissingWeights`."""
    return _model_of(weights_version("sentences"))


def sentence_classes(sentences: Sequence[str]) -> list[dict[str, float]]:
    """Return the probabilities of every sentence, in their order.

    >>> [max(p, key=p.get) for p in sentence_classes(["一、重点任务", "去年门诊量同比增长8.2%，患者满意度明显提升。"])]
    ['heading', 'report']
    """
    if not sentences:
        return []
    model = sentence_model()
    return [model.probabilities(sentence) for sentence in sentences]


def best_class(sentence: str) -> str:
    """Return the most probable class of a sentence."""
    [found] = sentence_classes([sentence])
    return max(found, key=found.__getitem__)
