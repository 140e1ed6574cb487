"""How far two annotators agree: F1 of marks, per label and as a whole, and Cohen's kappa by character.

>>> from planparse.annotations_io.marks import Annotated, Mark
>>> one = Annotated(name="a", text="医务科牵头", marks=(Mark(id="x", label="lead", start=0, end=3),))
>>> two = Annotated(name="a", text="医务科牵头", marks=(Mark(id="y", label="lead", start=0, end=2),))
>>> result = agreement([one], [two])
>>> result.rows["lead"]["exact"], result.rows["lead"]["overlap"], round(result.rows["lead"]["kappa"], 2)
(0.0, 1.0, 0.62)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planparse.annotations_io.marks import LABELS, Annotated, AnnotationError, Mark


@dataclass(frozen=True, slots=True)
class Agreement:
    """Label -> exact (F1 of identical marks), overlap (F1 of marks that touch), kappa, counts of both; links: F1."""

    documents: int
    rows: dict[str, dict[str, float]]
    links: float


def agreement(first: Sequence[Annotated], second: Sequence[Annotated]) -> Agreement:
    """Return the agreement on the texts that both annotated; raises AnnotationError where there is none."""
    others = {one.sha256: one for one in second}
    pairs = [(one, others[one.sha256]) for one in first if one.sha256 in others]
    if not pairs:
        raise AnnotationError(
            f"the two have no text in common ({len(first)} and {len(second)} documents); give two annotations of the same texts"
        )
    rows = {}
    for label in LABELS:
        sides = [
            ([m for m in a.marks if m.label == label], [m for m in b.marks if m.label == label], len(a.text))
            for a, b in pairs
        ]
        count_a, count_b = sum(len(a) for a, _, _ in sides), sum(len(b) for _, b, _ in sides)
        if count_a or count_b:
            rows[label] = {
                "exact": _f1(sum(len(_spans(a) & _spans(b)) for a, b, _ in sides) * 2, count_a + count_b),
                "overlap": _f1(sum(_touching(a, b) + _touching(b, a) for a, b, _ in sides), count_a + count_b),
                "kappa": _kappa(sides), "first": count_a, "second": count_b,
            }  # fmt: skip
    linked = [(_links(a), _links(b)) for a, b in pairs]
    return Agreement(
        len(pairs), rows, _f1(2 * sum(len(a & b) for a, b in linked), sum(len(a) + len(b) for a, b in linked))
    )


def _spans(marks: Sequence[Mark]) -> set[tuple[int, int]]:
    return {(m.start, m.end) for m in marks}


def _f1(twice: float, total: int) -> float:
    return twice / total if total else 1.0


def _touching(ours: Sequence[Mark], theirs: Sequence[Mark]) -> int:
    return sum(any(m.start < o.end and o.start < m.end for o in theirs) for m in ours)


def _kappa(sides: Sequence[tuple[Sequence[Mark], Sequence[Mark], int]]) -> float:
    """Return Cohen's kappa of «this character is marked» over all characters."""
    both = only_a = only_b = total = 0
    for a, b, length in sides:
        x, y = ({k for m in marks for k in range(m.start, m.end)} for marks in (a, b))
        both, only_a, only_b, total = (
            both + len(x & y),
            only_a + len(x - y),
            only_b + len(y - x),
            total + length,
        )
    seen = (total - only_a - only_b) / total
    share_a, share_b = (both + only_a) / total, (both + only_b) / total
    chance = share_a * share_b + (1 - share_a) * (1 - share_b)
    return (seen - chance) / (1 - chance) if chance < 1 else 1.0


def _links(document: Annotated) -> set[tuple[object, ...]]:
    marks = {m.id: (m.label, m.start, m.end) for m in document.marks}
    return {
        (marks[one.source], marks[one.target])
        for one in document.links
        if one.source in marks and one.target in marks
    }
