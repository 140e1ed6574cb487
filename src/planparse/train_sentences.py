"""Learn what a sentence is, from corpora/labelled: the weights of models/sentences.json. Needs scikit-learn.

The test half is only scored. The same sentences give the same weights.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planparse.classify import CLASSES, SentenceModel, packed, pieces, prepared
from planparse.errors import PlanparseError


class TrainError(PlanparseError):
    """Training cannot start: a corpus is missing or malformed."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled sentence; ``how`` tells gold or hand, ``kind`` the genre of its document."""

    label: str
    how: str
    kind: str
    document: str
    sentence: str


def read_labelled(path: Path) -> list[Labelled]:
    """Return the sentences of a labelled file; raises :class:`TrainError` with every malformed line."""
    if not path.is_file():
        raise TrainError(f"{path}: no such file; run `python corpora/label.py` in a checkout")
    rows, faults = [], []
    for number, line in enumerate(path.read_text("utf-8").splitlines()[1:], 2):
        cells = line.split("\t")
        if len(cells) != 5 or cells[0] not in CLASSES:
            faults.append(
                f"{path.name} line {number}: given {line[:40]!r}; possible: label, how, kind, document, sentence; labels {', '.join(CLASSES)}"
            )
        else:
            rows.append(Labelled(*cells))
    if faults:
        raise TrainError("\n".join(faults))
    return rows


def fit_sentences(rows: Sequence[Labelled], *, min_df: int = 2, c: float = 12.0) -> dict[str, Any]:
    """Return the weights of the sentence classifier, as written to models/sentences.json."""
    vectorizer, model = sklearn_sentences(rows, min_df=min_df, c=c)
    idf, places = vectorizer.idf_, vectorizer.vocabulary_
    order = [list(model.classes_).index(name) for name in CLASSES]
    known = sorted(places)
    weights = [
        packed([idf[places[p]] ** 2, *(idf[places[p]] * model.coef_[k, places[p]] for k in order)])
        for p in known
    ]
    return {
        "classes": list(CLASSES),
        "bias": [round(float(model.intercept_[k]), 9) for k in order],
        "pieces": known,
        "rows": [f"{row:x}" for row in weights],
    }


def sklearn_pieces(min_df: int = 2) -> Any:
    """Return scikit-learn's unfitted vectorizer of the pieces of sentences."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer=lambda text: sorted(pieces(prepared(text))), binary=True, min_df=min_df)


def sklearn_sentences(rows: Sequence[Labelled], *, min_df: int = 2, c: float = 12.0) -> tuple[Any, Any]:
    """Return scikit-learn's (vectorizer, classifier) fitted on the rows; the reference of the exported weights."""
    from sklearn.linear_model import LogisticRegression

    vectorizer = sklearn_pieces(min_df)
    model = LogisticRegression(C=c, max_iter=2000, class_weight="balanced")
    model.fit(vectorizer.fit_transform(row.sentence for row in rows), [row.label for row in rows])
    return vectorizer, model


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Precision, recall and F1 of one class, and how many sentences are of it."""

    name: str
    precision: float
    recall: float
    f1: float
    count: int


def score_sentences(
    model: SentenceModel, rows: Sequence[Labelled]
) -> tuple[list[ClassScore], Counter[tuple[str, str]]]:
    """Return the scores of every class and the confusion, (label, predicted) -> count."""
    confusion: Counter[tuple[str, str]] = Counter()
    for row in rows:
        found = model.probabilities(row.sentence)
        confusion[row.label, max(found, key=found.__getitem__)] += 1
    scores = []
    for name in CLASSES:
        hit = confusion[name, name]
        gold = sum(n for (a, _), n in confusion.items() if a == name)
        said = sum(n for (_, b), n in confusion.items() if b == name)
        p, r = hit / said if said else 1.0, hit / gold if gold else 1.0
        scores.append(ClassScore(name, p, r, 2 * p * r / (p + r) if p + r else 0.0, gold))
    return scores, confusion


def accuracy(confusion: Counter[tuple[str, str]]) -> float:
    """Return the share of sentences told right."""
    return sum(n for (a, b), n in confusion.items() if a == b) / (confusion.total() or 1)


def write_json(path: Path, data: dict[str, Any]) -> None:
    """Write weights, one field a line; the same weights give the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fields = (
        f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for name, value in data.items()
    )
    path.write_text("{\n" + ",\n".join(fields) + "\n}\n", "utf-8")
