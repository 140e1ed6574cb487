"""Learn how far the signs of records may be trusted: the weights of models/confidence.json. Needs scikit-learn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from typing import Any

from planparse.calibration import Calibrator, company, record_signs
from planparse.errors import PlanparseError
from planparse.evaluate import gold_files
from planparse.pipeline import extract
from planparse.reliability import KINDS, caught, expected_error, verdicts
from planparse.signs import SIGNS, Signs

#: at least so many wrong records of a kind, or its confidence is its share of right ones alone
FEWEST = 8
#: a pair of signs is weighed when so many records show both; smaller weights are left out
TOGETHER, LEAST = 12, 0.02
#: the weights of company of a kind that has too few errors: the record alone
ALONE = [0.0, 1.0, 0.0, 0.0]
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True, slots=True)
class Judged:
    """One record: its kind and signs, whether it is right (None: it counts neither way), its document.

    ``source`` is the document as written; ``document`` may be a damaged or reworded copy of it.
    """

    kind: str
    signs: Signs
    right: bool | None
    document: str
    source: str


def judged_records(folders: Sequence[Path]) -> Iterator[Judged]:
    """Yield the records that the pipeline reads in the gold documents of folders, judged; unreadable ones are left out."""
    for folder in folders:
        for path, gold in gold_files(folder):
            try:
                plan = extract(folder / gold["file"])
            except PlanparseError:
                continue  # planparse evaluate lists them; nothing can be learned of them here
            right = verdicts(gold, plan.to_dict())
            source = path.stem.partition("-")[2] if path.stem[1] == "-" else path.stem
            for key, signs in record_signs(plan).items():
                yield Judged(key[0], signs, right.get(key), str(path), source)


def _rows(records: Sequence[Judged], kind: str) -> tuple[list[list[int]], list[int], list[str]]:
    mine = [r for r in records if r.kind == kind and r.right is not None]
    return [_flags(r) for r in mine], [int(bool(r.right)) for r in mine], [r.source for r in mine]


def _flags(record: Judged) -> list[int]:
    return [int(flag) for part in record.signs for flag in part]


def neutral() -> dict[str, Any]:
    """Return weights that tell every record 0.5: what the pipeline runs on while its records are judged."""
    return {
        kind: {"bias": 0.0, "signs": list(SIGNS[kind]), "weights": [], "company": ALONE} for kind in KINDS
    }


def _model(rows: Sequence[Sequence[int]], c: float) -> tuple[Any, list[tuple[int, ...]]]:
    """Return an unfitted regression over signs and pairs of signs, and which signs each of its weights is of.

    Pairs that fewer than ``TOGETHER`` records show are left out.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    width = len(rows[0])
    shown = [sum(bit << at for at, bit in enumerate(row)) for row in rows]
    pairs = [
        (a, b)
        for a in range(width)
        for b in range(a)
        if sum(1 for s in shown if s >> a & 1 and s >> b & 1) >= TOGETHER
    ]
    terms: list[tuple[int, ...]] = [*((at,) for at in range(width)), *pairs]
    spread = FunctionTransformer(_spread, kw_args={"terms": terms})
    return make_pipeline(spread, LogisticRegression(C=c, max_iter=3000)), terms


def _spread(rows: Any, terms: Sequence[tuple[int, ...]]) -> Any:
    import numpy

    given = numpy.asarray(rows)
    return numpy.column_stack([given[:, list(term)].all(axis=1) for term in terms]).astype(float)


def fit_confidence(records: Sequence[Judged], *, c: float = 0.1) -> dict[str, Any]:
    """Return the weights of models/confidence.json.

    For each kind: a bias, the names of its signs, [sign(s) …, weight] terms, and the weights of company: bias, own log
    odds, log of the document's mean doubt, share of its doubtful records.
    """
    weights = _fit_alone(records, c)
    held_out = _held_out(records, c)
    for kind in KINDS:
        weights[kind]["company"] = _fit_company(held_out, kind)
    return weights


def _fit_alone(records: Sequence[Judged], c: float) -> dict[str, Any]:
    weights: dict[str, Any] = neutral()
    for kind in KINDS:
        rows, right, _ = _rows(records, kind)
        if min(right.count(0), right.count(1)) < FEWEST:
            share = (sum(right) + 1) / (len(right) + 2)
            weights[kind]["bias"] = round(log(share / (1 - share)), 4)
            continue
        model, terms = _model(rows, c)
        last = model.fit(rows, right)[-1]
        found = [[*term, round(float(w), 3)] for term, w in zip(terms, last.coef_[0], strict=True)]
        weights[kind] |= {
            "bias": round(float(last.intercept_[0]), 4),
            "weights": [t for t in found if abs(t[-1]) >= LEAST],
        }
    return weights


Row = tuple[Judged, tuple[float, float, float]]


def _held_out(records: Sequence[Judged], c: float, folds: int = 5) -> list[Row]:
    """Return every record with (own log odds, company) as weights of other documents tell them."""
    sources = sorted({record.source for record in records})
    fold = {source: at % folds for at, source in enumerate(sources)}
    sure: dict[int, float] = {}
    for k in range(folds):
        given = Calibrator(_fit_alone([r for r in records if fold[r.source] != k], c))
        sure |= {at: given.alone(r.kind, r.signs) for at, r in enumerate(records) if fold[r.source] == k}
    members: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        members[record.document].append(at)
    around = {name: company([sure[at] for at in some]) for name, some in members.items()}
    return [(r, (log(sure[at] / (1 - sure[at])), *around[r.document])) for at, r in enumerate(records)]


def _fit_company(rows: Sequence[Row], kind: str) -> list[float]:
    from sklearn.linear_model import LogisticRegression

    mine = [(r, seen) for r, seen in rows if r.kind == kind and r.right is not None]
    right = [bool(r.right) for r, _ in mine]
    if min(right.count(False), right.count(True)) < FEWEST:
        return ALONE
    model = LogisticRegression(C=1.0, max_iter=2000).fit([seen for _, seen in mine], right)
    return [round(float(w), 4) for w in (model.intercept_[0], *model.coef_[0])]


@dataclass(frozen=True, slots=True)
class Held:
    """How confidence holds on documents that were not learned from."""

    kind: str
    count: int
    wrong: int
    error: float
    caught: float


def cross_validated(records: Sequence[Judged], *, c: float = 0.1) -> list[Held]:
    """Return how confidence holds when every document is judged by signs that the others taught."""
    rows, result, every = _held_out(records, c), [], []
    for kind in KINDS:
        bias, *weights = _fit_company(rows, kind)
        mine = [
            (r, bias + sum(w * x for w, x in zip(weights, seen, strict=True)))
            for r, seen in rows
            if r.kind == kind
        ]
        pairs = [(1 / (1 + exp(-score)), bool(r.right)) for r, score in mine if r.right is not None]
        every += pairs
        result.append(
            Held(
                kind,
                len(pairs),
                sum(not right for _, right in pairs),
                expected_error(pairs, EDGES)[0],
                caught(pairs),
            )
        )
    return [
        *result,
        Held("all", len(every), sum(not r for _, r in every), expected_error(every, EDGES)[0], caught(every)),
    ]
