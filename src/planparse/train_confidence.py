"""Learn how far the signs of records may be trusted: the weights of models/confidence.json. Needs scikit-learn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planparse.calibration import record_signs
from planparse.errors import PlanparseError
from planparse.evaluate import gold_files
from planparse.pipeline import extract
from planparse.reliability import KINDS, caught, expected_error, verdicts
from planparse.signs import SIGNS, Signs

#: at least so many wrong records of a kind, or its confidence is its share of right ones alone
FEWEST = 8
#: a pair of signs is weighed when so many records show both; smaller weights are left out
TOGETHER, LEAST = 12, 0.02
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """One record of a gold document: its kind, its signs, whether it is right, and the document."""

    kind: str
    signs: Signs
    right: bool
    document: str


def judged_records(folders: Sequence[Path]) -> Iterator[Judged]:
    """Yield the records that the pipeline reads in the gold documents of folders, judged; unreadable ones are left out."""
    for folder in folders:
        for path, gold in gold_files(folder):
            try:
                plan = extract(folder / gold["file"])
            except PlanparseError:
                continue  # planparse evaluate lists them; nothing can be learned of them here
            signs = record_signs(plan)
            for key, right in verdicts(gold, plan.to_dict()).items():
                yield Judged(key[0], signs[key], right, path.stem.partition("-")[2] if path.stem[1] == "-" else path.stem)


def _rows(records: Sequence[Judged], kind: str) -> tuple[list[list[int]], list[int], list[str]]:
    mine = [r for r in records if r.kind == kind]
    return [[int(flag) for part in r.signs for flag in part] for r in mine], [int(r.right) for r in mine], [r.document for r in mine]


def neutral() -> dict[str, Any]:
    """Return weights that tell every record 0.5: what the pipeline runs on while its records are judged."""
    return {kind: {"bias": 0.0, "signs": list(SIGNS[kind]), "weights": []} for kind in KINDS}


def _model(rows: Sequence[Sequence[int]], c: float) -> tuple[Any, list[tuple[int, ...]]]:
    """Return an unfitted regression over signs and pairs of signs, and which signs each of its weights is of.

    Pairs that fewer than ``TOGETHER`` records show are left out.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    width = len(rows[0])
    shown = [sum(bit << at for at, bit in enumerate(row)) for row in rows]
    pairs = [(a, b) for a in range(width) for b in range(a) if sum(1 for s in shown if s >> a & 1 and s >> b & 1) >= TOGETHER]
    terms: list[tuple[int, ...]] = [*((at,) for at in range(width)), *pairs]
    spread = FunctionTransformer(_spread, kw_args={"terms": terms})
    return make_pipeline(spread, LogisticRegression(C=c, max_iter=3000)), terms


def _spread(rows: Any, terms: Sequence[tuple[int, ...]]) -> Any:
    import numpy

    given = numpy.asarray(rows)
    return numpy.column_stack([given[:, list(term)].all(axis=1) for term in terms]).astype(float)


def fit_confidence(records: Sequence[Judged], *, c: float = 0.1) -> dict[str, Any]:
    """Return the weights of models/confidence.json: for each kind a bias, its signs, and [sign(s) …, weight] terms."""
    from math import log

    weights: dict[str, Any] = {}
    for kind in KINDS:
        rows, right, _ = _rows(records, kind)
        signs = list(SIGNS[kind])
        if min(right.count(0), right.count(1)) < FEWEST:
            share = (sum(right) + 1) / (len(right) + 2)
            weights[kind] = {"bias": round(log(share / (1 - share)), 4), "signs": signs, "weights": []}
            continue
        model, terms = _model(rows, c)
        last = model.fit(rows, right)[-1]
        found = [[*term, round(float(w), 3)] for term, w in zip(terms, last.coef_[0], strict=True)]
        weights[kind] = {"bias": round(float(last.intercept_[0]), 4), "signs": signs, "weights": [t for t in found if abs(t[-1]) >= LEAST]}
    return weights


@dataclass(frozen=True, slots=True)
class Held:
    """How confidence holds on documents that were not learned from."""

    kind: str
    count: int
    wrong: int
    error: float
    caught: float


def cross_validated(records: Sequence[Judged], *, c: float = 0.1, folds: int = 5) -> list[Held]:
    """Return how the confidence of each kind holds when every document is judged by weights of the others."""
    from sklearn.model_selection import GroupKFold, cross_val_predict

    result = []
    for kind in KINDS:
        rows, right, groups = _rows(records, kind)
        wrong = right.count(0)
        if min(wrong, len(right) - wrong) < FEWEST:
            continue
        model, _ = _model(rows, c)
        sure = cross_val_predict(model, rows, right, groups=groups, cv=GroupKFold(folds), method="predict_proba")[:, 1]
        pairs = [(float(p), bool(r)) for p, r in zip(sure, right, strict=True)]
        result.append(Held(kind, len(pairs), wrong, expected_error(pairs, EDGES)[0], caught(pairs)))
    return result
