r"""Confidence that means something: of records given 0.9, nine in ten are right on documents not learned from.

For tasks (there is such a task), roles (this department, in this role), deadlines (these dates) and targets (right in
value, relation, indicator, baseline and date), the signs of a record are weighed by a logistic regression that
``planparse train`` fits on gold documents. Weights: models/confidence.json; figures: models/confidence.md.

>>> from planparse.pipeline import extract
>>> plan = extract("一、重点任务\n1.推进日间手术。（牵头科室：医务科）")
>>> signs = record_signs(plan)["role", plan.tasks[0].id, "lead", "医务科"]
>>> 0.5 < default_calibrator().confidence("role", signs) <= 1
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from itertools import chain, combinations
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from planparse.classify import sentence_classes
from planparse.model import Department, Plan, Target, Task
from planparse.signs import SIGNS, Flags, Page, Signs
from planparse.weights import MissingWeights, Version, load_weights, weights_version

if TYPE_CHECKING:
    from planparse.reliability import Reliability

ROLES = ("lead", "responsible", "support")


class Calibrator:
    """Weights of signs and of pairs of signs; ``confidence`` gives the probability that a record with them is right.

    Raises :class:`~planparse.weights.MissingWeights` on weights of other signs than this version shows.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._bias: dict[str, float] = {}
        self._single: dict[str, dict[int, float]] = {}
        self._pairs: dict[str, dict[tuple[int, int], float]] = {}
        self._known: dict[str, dict[Signs, float]] = {kind: {} for kind in SIGNS}
        for kind, names in SIGNS.items():
            given = data.get(kind, {})
            if given.get("signs") != list(names):
                raise MissingWeights(f"confidence.json: the weights of {kind} are of other signs than this version's; run `planparse train`")
            self._bias[kind] = given["bias"]
            self._single[kind] = {signs[0]: weight for *signs, weight in given["weights"] if len(signs) == 1}
            self._pairs[kind] = {(min(signs), max(signs)): weight for *signs, weight in given["weights"] if len(signs) == 2}

    def confidence(self, kind: str, signs: Signs) -> float:
        """Return the probability that a record of ``kind`` with ``signs`` is right, 0 to 1, in steps of 0.001."""
        known = self._known[kind].get(signs)
        if known is None:
            single, pairs = self._single[kind], self._pairs[kind]
            seen = [at for at, flag in enumerate(chain(*signs)) if flag]
            score = self._bias[kind] + sum(single.get(at, 0.0) for at in seen) + sum(pairs.get(pair, 0.0) for pair in combinations(seen, 2))
            known = self._known[kind][signs] = round(1 / (1 + exp(-score)), 3)
        return known


@lru_cache(maxsize=2)
def _calibrator_of(version: Version) -> Calibrator:
    return Calibrator(load_weights("confidence"))


def default_calibrator() -> Calibrator:
    """Return the packaged calibrator; loaded on first use. Raises :class:`~planparse.weights.MissingWeights`."""
    return _calibrator_of(weights_version("confidence"))


def doubts(plan: Plan) -> dict[str, float]:
    """Return task id -> what the sentence classifier gives against it, for tasks that no annotation made."""
    asked = [task for task in plan.tasks if task.source != "annotation" and not (task.source == "heading" and task.responsible)]
    found = sentence_classes([task.text for task in asked])
    return {task.id: 1 - p["task"] - p["target"] for task, p in zip(asked, found, strict=True)}


def record_signs(plan: Plan) -> dict[tuple[str, ...], Signs]:
    """Return (kind, task or target id, role, name) -> signs of every record of a plan; a deadline has the task's id."""
    page, tasks = Page.of(plan, doubts(plan)), {task.id: task for task in plan.tasks}
    found: dict[tuple[str, ...], Signs] = {}
    lent = {task.id: page.of_task(task) for task in plan.tasks}
    for task in plan.tasks:
        flags = lent[task.id]
        found["task", task.id] = page.task(task, flags)
        for role in ROLES:
            for department in getattr(task, role):
                found["role", task.id, role, department.name] = page.role(task, flags, role, department, getattr(task, role))
        if task.deadline is not None:
            found["deadline", task.id] = page.deadline(task, flags, task.deadline)
    twins = _twins(plan)
    for target in plan.targets:
        home = tasks.get(target.task or "")
        found["target", target.id] = page.target(target, home, lent.get(target.task or ""), twins(target))
    return found


def _twins(plan: Plan) -> Callable[[Target], tuple[bool, bool]]:
    """Return what tells whether a target's task has the same quantity, or the same indicator, once more."""
    quantities = Counter((t.task, t.value, t.unit) for t in plan.targets)
    indicators = Counter((t.task, t.indicator) for t in plan.targets)
    return lambda t: (quantities[t.task, t.value, t.unit] > 1, indicators[t.task, t.indicator] > 1)


def confidence_of_plan(plan: Plan, calibrator: Calibrator | None = None) -> Plan:
    """Return the plan with the confidence of its tasks, departments, deadlines and targets."""
    given, page = (calibrator or default_calibrator()).confidence, Page.of(plan, doubts(plan))
    lent = {task.id: (task, page.of_task(task)) for task in plan.tasks}

    def names(task: Task, flags: Flags, role: str, among: tuple[Department, ...]) -> tuple[Department, ...]:
        return tuple([replace(d, confidence=given("role", page.role(task, flags, role, d, among))) for d in among])

    def task_of(task: Task, flags: Flags) -> Task:
        due = task.deadline
        return replace(
            task,
            lead=names(task, flags, "lead", task.lead),
            responsible=names(task, flags, "responsible", task.responsible),
            support=names(task, flags, "support", task.support),
            deadline=due and replace(due, confidence=given("deadline", page.deadline(task, flags, due))),
            confidence=given("task", page.task(task, flags)),
        )

    twins = _twins(plan)

    def target_of(target: Target) -> Target:
        home, flags = lent.get(target.task or "", (None, None))
        return replace(target, confidence=given("target", page.target(target, home, flags, twins(target))))

    return replace(plan, tasks=tuple([task_of(*pair) for pair in lent.values()]), targets=tuple(map(target_of, plan.targets)))


def reliability(gold: Path, predict: Callable[[Path], Mapping[str, Any]], *, inputs: Path | None = None) -> Reliability:
    """Return how far confidence holds on the gold files of a folder; ``.table()`` prints it."""
    from planparse.reliability import measure

    return measure(gold, predict, inputs=inputs)
