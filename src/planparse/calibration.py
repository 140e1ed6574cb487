r"""Confidence that means something: of records given 0.9, nine in ten are right on documents not learned from.

For tasks (there is such a task), roles (this department, in this role), deadlines (these dates) and targets (right in
value, relation, indicator, baseline and date), the signs of a record are weighed by a logistic regression that
``planparse train`` fits on gold documents, and then by how doubtful the other records of the document are. Weights: models/confidence.json; figures: models/confidence.md.

>>> from planparse.pipeline import extract
>>> plan = extract("一、重点任务\n1.推进日间手术。（牵头科室：医务科）")
>>> plan.tasks[0].lead[0].confidence > 0.5
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations
from math import exp, log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from planparse.classify import sentence_classes
from planparse.model import Plan, Span, Target, Task
from planparse.signs import SIGNS, Page, Signs
from planparse.weights import MissingWeights, Version, load_weights, weights_version

if TYPE_CHECKING:
    from planparse.reliability import Reliability

ROLES = ("lead", "responsible", "support")
#: no record is told surer or less sure than this, in log odds
LIMIT = 5.8
#: the sentence classifier is asked about so many characters of a task
ASKED = 90
#: how often a value is right in a table whose header words are nonsense (python -m benchmarks columns): nothing told so is surer
GUESSED = {"task": 0.83, "role": 0.49, "deadline": 0.95, "target": 0.92}
#: so many combinations of signs are remembered
MOST = 20_000


class Calibrator:
    """Weights of signs, of pairs of signs, and of the company that a record keeps.

    A record's signs give its confidence ``alone``; a document whose records are doubtful makes each of them more so,
    since a form that is misread is misread throughout (``together``). Raises
    :class:`~planparse.weights.MissingWeights` on weights of other signs than this version shows.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._bias: dict[str, float] = {}
        self._single: dict[str, dict[int, float]] = {}
        self._pairs: dict[str, dict[tuple[int, int], float]] = {}
        self._company: dict[str, tuple[float, ...]] = {}
        self._known: dict[str, dict[Signs, float]] = {kind: {} for kind in SIGNS}
        for kind, names in SIGNS.items():
            given = data.get(kind, {})
            if given.get("signs") != list(names):
                raise MissingWeights(
                    f"confidence.json: the weights of {kind} are of other signs than this version's; run `planparse train`"
                )
            self._bias[kind] = given["bias"]
            self._single[kind] = {signs[0]: weight for *signs, weight in given["weights"] if len(signs) == 1}
            self._pairs[kind] = {
                (min(signs), max(signs)): weight for *signs, weight in given["weights"] if len(signs) == 2
            }
            self._company[kind] = tuple(given["company"])

    def alone(self, kind: str, signs: Signs) -> float:
        """Return the probability that a record of ``kind`` with ``signs`` is right, of its signs alone."""
        known = self._known[kind].get(signs)
        if known is None:
            single, pairs = self._single[kind], self._pairs[kind]
            seen = [at for at, flag in enumerate(chain(*signs)) if flag]
            score = (
                self._bias[kind]
                + sum(single.get(at, 0.0) for at in seen)
                + sum(pairs.get(pair, 0.0) for pair in combinations(seen, 2))
            )
            if len(self._known[kind]) >= MOST:
                self._known[kind].clear()
            known = self._known[kind][signs] = 1 / (1 + exp(-min(max(score, -LIMIT), LIMIT)))
        return known

    def together(self, records: Sequence[tuple[str, float]]) -> list[float]:
        """Return the confidence of all records of one document, in steps of 0.001: (kind, what it is alone) in order."""
        around = company([sure for _, sure in records])
        known = {(kind, sure): self._beside(kind, sure, around) for kind, sure in set(records)}
        return [known[record] for record in records]

    def _beside(self, kind: str, sure: float, around: tuple[float, float]) -> float:
        bias, own, mean, share = self._company[kind]
        score = bias + own * log(sure / (1 - sure)) + mean * around[0] + share * around[1]
        return round(1 / (1 + exp(-score)), 3)


def company(sure: Sequence[float]) -> tuple[float, float]:
    """Return what a document's records tell of each other: the log of their mean doubt, the share of doubtful ones."""
    if not sure:
        return (0.0, 0.0)
    return log(1 - sum(sure) / len(sure) + 0.005), sum(1 for p in sure if p < 0.9) / len(sure)


@lru_cache(maxsize=2)
def _calibrator_of(version: Version) -> Calibrator:
    return Calibrator(load_weights("confidence"))


def default_calibrator() -> Calibrator:
    """Return the packaged calibrator; loaded on first use. Raises :class:`~planparse.weights.MissingWeights`."""
    return _calibrator_of(weights_version("confidence"))


def doubts(plan: Plan) -> dict[str, float]:
    """Return task id -> what the sentence classifier gives against it, for tasks that no annotation made."""
    asked = [
        task
        for task in plan.tasks
        if task.source != "annotation" and not (task.source == "heading" and task.responsible)
    ]
    found = sentence_classes([task.text[:ASKED] for task in asked])
    return {task.id: 1 - p["task"] - p["target"] for task, p in zip(asked, found, strict=True)}


Key = tuple[str, ...]


def _walk(plan: Plan) -> Iterator[tuple[Key, Signs]]:
    """Yield (kind, task or target id, role, name) and signs of every record, in the order of the plan."""
    page = Page.of(plan, doubts(plan))
    lent = {task.id: (task, page.of_task(task)) for task in plan.tasks}
    for task, flags in lent.values():
        yield ("task", task.id), page.task(task, flags)
        for role, among in (
            ("lead", task.lead),
            ("responsible", task.responsible),
            ("support", task.support),
        ):
            for department in among:
                yield (
                    ("role", task.id, role, department.name),
                    page.role(task, flags, role, department, among),
                )
        if task.deadline is not None:
            yield ("deadline", task.id), page.deadline(task, flags, task.deadline)
    twins = _twins(plan)
    for target in plan.targets:
        home, lent_flags = lent.get(target.task or "", (None, None))
        yield ("target", target.id), page.target(target, home, lent_flags, twins(target))


def record_signs(plan: Plan) -> dict[Key, Signs]:
    """Return (kind, task or target id, role, name) -> signs of every record of a plan; a deadline has the task's id."""
    return dict(_walk(plan))


def _twins(plan: Plan) -> Callable[[Target], tuple[bool, bool]]:
    """Return what tells whether a target's task has the same quantity, or the same indicator, once more."""
    quantities = Counter((t.task, t.value, t.unit) for t in plan.targets)
    indicators = Counter((t.task, t.indicator) for t in plan.targets)
    return lambda t: (quantities[t.task, t.value, t.unit] > 1, indicators[t.task, t.indicator] > 1)


def confidence_of_plan(
    plan: Plan, calibrator: Calibrator | None = None, *, guessed: Sequence[tuple[Span, frozenset[str]]] = ()
) -> Plan:
    """Return the plan with the confidence of its tasks, departments, deadlines and targets.

    ``guessed`` are the source spans of tables of which some kinds of values (task, role, deadline) were told without
    a header or a legend: there no such value is surer than :data:`GUESSED`.
    """
    given = calibrator or default_calibrator()
    alone = [(key[0], given.alone(key[0], signs)) for key, signs in _walk(plan)]
    sure = given.together(alone)
    if guessed:
        sure = _no_surer(plan, sure, guessed)
    told = iter(sure).__next__  # in the order of the walk

    def task_of(task: Task) -> Task:
        sure = told()
        return replace(
            task,
            lead=tuple([replace(d, confidence=told()) for d in task.lead]),
            responsible=tuple([replace(d, confidence=told()) for d in task.responsible]),
            support=tuple([replace(d, confidence=told()) for d in task.support]),
            deadline=task.deadline and replace(task.deadline, confidence=told()),
            confidence=sure,
        )

    tasks = tuple([task_of(task) for task in plan.tasks])
    return replace(
        plan, tasks=tasks, targets=tuple([replace(target, confidence=told()) for target in plan.targets])
    )


def _no_surer(
    plan: Plan, sure: Sequence[float], guessed: Sequence[tuple[Span, frozenset[str]]]
) -> list[float]:
    """Return the confidence with that of guessed values capped, in the order of the walk."""
    kinds = {
        task.id: kinds
        for task in plan.tasks
        if task.source == "table"
        for (start, end), kinds in guessed
        if start <= task.span[0] < end
    }
    home = {target.id: target.task for target in plan.targets}
    capped = []
    for (kind, name, *_), value in zip((key for key, _ in _walk(plan)), sure, strict=True):
        of = kinds.get(home.get(name) or name, frozenset[str]())
        capped.append(min(value, GUESSED[kind]) if (kind if kind != "target" else "task") in of else value)
    return capped


def reliability(
    gold: Path, predict: Callable[[Path], Mapping[str, Any]], *, inputs: Path | None = None
) -> Reliability:
    """Return how far confidence holds on the gold files of a folder; ``.table()`` prints it."""
    from planparse.reliability import measure

    return measure(gold, predict, inputs=inputs)
