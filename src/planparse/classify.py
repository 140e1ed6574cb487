"""What a sentence is: task, target, background, report, slogan or heading, with probabilities.

A logistic regression over the characters of a sentence (presence of 1-, 2- and 3-character pieces, tf-idf, unit
length), learned by ``planparse train`` with scikit-learn. Prediction needs neither scikit-learn nor numpy: each piece
has its row of weights, and a sentence is the sum of its rows. Figures are written in models/sentences.md.

>>> best_class("力争6月底前完成中层干部的选拔任用。")
'task'
>>> best_class("会议由党委副书记主持，全体中层干部参加。")
'report'
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, sqrt
from operator import add
from typing import Any

from planparse.weights import load_weights

CLASSES = ("task", "target", "background", "report", "slogan", "heading")
#: longer sentences are judged by their beginning
MAX_LENGTH = 240
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SPACE = str.maketrans("", "", " \u3000\t\n\v\r")


def prepared(sentence: str) -> str:
    """Return the sentence as it is learned: without blanks, every number a 0, its ends marked.

    >>> prepared("药占比 降至27.5%。")
    '^药占比降至0%。$'
    """
    return "^" + _DIGITS.sub("0", sentence[:MAX_LENGTH].translate(_SPACE)) + "$"


def pieces(text: str) -> set[str]:
    """Return the 1-, 2- and 3-character pieces of a prepared sentence.

    >>> sorted(pieces("ab"))
    ['a', 'ab', 'b']
    """
    pairs = list(map(add, text, text[1:]))
    found = set(text)
    found.update(pairs)
    found.update(map(add, pairs, text[2:]))
    return found


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """Classes, their biases, and for each piece its row: idf², then idf × coefficient for every class."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    rows: Mapping[str, tuple[float, ...]]

    @staticmethod
    def of(data: Mapping[str, Any]) -> SentenceModel:
        """Return the model of its weights as ``planparse train`` writes them."""
        return SentenceModel(
            tuple(data["classes"]), tuple(data["bias"]), dict(zip(data["grams"], map(tuple, data["rows"]), strict=True))
        )

    def probabilities(self, sentence: str) -> dict[str, float]:
        """Return class -> probability; the probabilities sum to 1."""
        rows = self.rows
        known = [rows[piece] for piece in pieces(prepared(sentence)) & rows.keys()]
        scores = list(self.bias)
        if known:
            square, *sums = map(sum, zip(*known, strict=True))
            length = sqrt(square)
            scores = [b + s / length for b, s in zip(scores, sums, strict=True)]
        top = max(scores)
        raised = [exp(score - top) for score in scores]
        whole = sum(raised)
        return {name: value / whole for name, value in zip(self.classes, raised, strict=True)}


@lru_cache(maxsize=2)
def _model_of(identity: int) -> SentenceModel:  # the identity of the weights read, so that another folder is another model
    return SentenceModel.of(load_weights("sentences"))


def sentence_model() -> SentenceModel:
    """Return the packaged model; loaded on first use. Raises :class:`~planparse.weights.MissingWeights`."""
    return _model_of(id(load_weights("sentences")))


def sentence_classes(sentences: Sequence[str]) -> list[dict[str, float]]:
    """Return the probabilities of every sentence, in their order.

    >>> [max(p, key=p.get) for p in sentence_classes(["一、重点任务", "去年门诊量同比增长8.2%，患者满意度明显提升。"])]
    ['heading', 'report']
    """
    model = sentence_model()
    return [model.probabilities(sentence) for sentence in sentences]


def best_class(sentence: str) -> str:
    """Return the most probable class of a sentence."""
    [found] = sentence_classes([sentence])
    return max(found, key=found.__getitem__)
