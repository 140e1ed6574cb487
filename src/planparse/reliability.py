"""Whether confidence keeps its word: records judged against gold, reliability table, expected calibration error.

A task is right when gold has it; a department when gold has it in that role of that task; a deadline when start, end and
recurrence agree; a target when value, unit, relation, indicator, baseline and own date agree. What gold marks optional
counts neither way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from planparse.evaluate import (
    ROLES,
    dates_of,
    folded_unit,
    gold_files,
    match_tasks,
    number_of,
    plain,
    similarity,
)

KINDS = ("task", "role", "deadline", "target")
TITLES = {"task": "任务", "role": "角色", "deadline": "时限", "target": "指标", "all": "合计"}
Json = Mapping[str, Any]
Key = tuple[str, ...]


def verdicts(gold: Json, found: Json) -> dict[Key, bool]:
    """Return (kind, task or target id, role, name) -> whether that record of a plan's JSON is right.

    >>> gold = {"tasks": [{"text": "推进日间手术建设", "responsible": ["医务科"]}]}
    >>> found = {"tasks": [{"id": "t1", "text": "推进日间手术建设", "responsible": [{"name": "护理部"}]}]}
    >>> verdicts(gold, found)
    {('task', 't1'): True, ('role', 't1', 'responsible', '护理部'): False}
    """
    golds, founds = gold["tasks"], found.get("tasks", [])
    home = {j: i for i, (j, _) in match_tasks(golds, founds).items()}
    result: dict[Key, bool] = {}
    for j, task in enumerate(founds):
        true = golds[home[j]] if j in home else None
        if true is not None and true.get("optional"):
            continue
        result["task", task["id"]] = true is not None
        for role in ROLES:
            named = {plain(name) for name in (true or {}).get(role) or []}
            for entry in task.get(role) or []:
                result["role", task["id"], role, entry["name"]] = plain(entry["name"]) in named
        if task.get("deadline") and true is not None:
            result["deadline", task["id"]] = dates_of(true.get("deadline")) == dates_of(task["deadline"])
    spared = {task["id"] for j, task in enumerate(founds) if j in home and golds[home[j]].get("optional")}
    return result | _target_verdicts(gold, found.get("targets", []), spared)


def _target_verdicts(gold: Json, founds: Sequence[Json], spared: set[str]) -> dict[Key, bool]:
    golds = sorted(gold.get("targets", []), key=lambda g: bool(g.get("optional")))
    ignored = [plain(words) for words in gold.get("ignore_quantities", [])]
    free = list(range(len(founds)))
    result: dict[Key, bool] = {}
    for true in golds:
        same = [j for j in free if _quantity(founds[j]) == _quantity(true)]
        if not same:
            continue
        best = max(same, key=lambda j: similarity(true["indicator"], founds[j].get("indicator")))
        free.remove(best)
        if not true.get("optional"):
            result["target", founds[best]["id"]] = _agrees(true, founds[best])
    for j in free:
        text = plain(founds[j].get("text"))
        if founds[j].get("task") not in spared and not any(
            (text and text in words) or words in text for words in ignored
        ):
            result["target", founds[j]["id"]] = False
    return result


def _quantity(target: Json) -> tuple[float | None, float | None, str]:
    return number_of(target.get("value")), number_of(target.get("upper")), folded_unit(target.get("unit"))


def _agrees(true: Json, found: Json) -> bool:
    return (
        found.get("relation") == true["relation"]
        and similarity(true["indicator"], found.get("indicator")) >= 0.6
        and number_of(true.get("baseline")) == number_of(found.get("baseline"))
        and dates_of(true.get("deadline")) == dates_of(found.get("deadline"))
    )


def confidences(found: Json) -> dict[Key, float]:
    """Return (kind, id, role, name) -> confidence of every record of a plan's JSON that has one."""
    result: dict[Key, float] = {}
    for task in found.get("tasks", []):
        result["task", task["id"]] = task["confidence"]
        for role in ROLES:
            for entry in task.get(role) or []:
                if entry.get("confidence") is not None:
                    result["role", task["id"], role, entry["name"]] = entry["confidence"]
        if task.get("deadline") and task["deadline"].get("confidence") is not None:
            result["deadline", task["id"]] = task["deadline"]["confidence"]
    for target in found.get("targets", []):
        result["target", target["id"]] = target["confidence"]
    return result


@dataclass(frozen=True, slots=True)
class Bin:
    """One line of the table: records whose confidence lies in [low, high)."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def expected_error(judged: Sequence[tuple[float, bool]], edges: Sequence[float]) -> tuple[float, list[Bin]]:
    """Return the expected calibration error and the filled bins of (confidence, right) pairs.

    >>> expected_error([(0.9, True), (0.9, True), (0.9, False), (0.9, True)], (0.0, 0.5, 1.0))[0]
    0.15
    """
    bins, gap = [], 0.0
    for low, high in pairwise(edges):
        inside = [(c, r) for c, r in judged if low <= c < high or (high == edges[-1] and c == high)]
        if inside:
            mean, right = sum(c for c, _ in inside) / len(inside), sum(r for _, r in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), mean, right))
            gap += abs(mean - right) * len(inside) / len(judged)
    return round(gap, 9), bins


def caught(judged: Sequence[tuple[float, bool]], share: float = 0.1) -> float:
    """Return the share of all errors among the least sure ``share`` of the records; 1.0 when there is no error.

    Records of one confidence that the limit cuts count in proportion, so that their order does not matter.
    """
    errors = sum(not right for _, right in judged)
    room, held = share * len(judged), 0.0
    for level in sorted({c for c, _ in judged}):
        same = [right for c, right in judged if c == level]
        part = min(1.0, room / len(same))
        held += part * sum(not right for right in same)
        room -= part * len(same)
        if room <= 0:
            break
    return held / errors if errors else 1.0


@dataclass(slots=True)
class Reliability:
    """Judged confidences by kind; ``table()`` prints them."""

    judged: dict[str, list[tuple[float, bool]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    failed: list[str] = field(default_factory=list)

    edges: tuple[float, ...] = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)

    def add(self, gold: Json, found: Json) -> None:
        """Judge the records of one document."""
        sure = confidences(found)
        for key, right in verdicts(gold, found).items():
            if key in sure:
                self.judged[key[0]].append((sure[key], right))

    def pairs(self, kind: str) -> list[tuple[float, bool]]:
        """Return the (confidence, right) pairs of a kind, or of all."""
        return [pair for name in KINDS for pair in self.judged[name]] if kind == "all" else self.judged[kind]

    def error(self, kind: str = "all") -> float:
        """Return the expected calibration error of a kind, 0 to 1."""
        return expected_error(self.pairs(kind), self.edges)[0] if self.pairs(kind) else 0.0

    def table(self) -> str:
        """Return the reliability tables, the calibration errors, and what the least sure tenth holds."""
        lines = []
        for kind in KINDS:
            if not self.judged[kind]:
                continue
            error, bins = expected_error(self.judged[kind], self.edges)
            lines.append(
                f"{TITLES[kind]}（{kind}）  {len(self.judged[kind])} 条，期望校准误差 ECE {error:.4f}"
            )
            lines.append("  置信度区间        条数    平均置信度    实际正确率")
            lines += [
                f"  {b.low:4.2f} – {b.high:4.2f}   {b.count:8d}   {b.confidence:10.3f}   {b.right:10.3f}"
                for b in bins
            ]
        lines.append("类别        条数    错误      ECE    最不确定的 10% 所含错误")
        for kind in (*KINDS, "all"):
            pairs = self.pairs(kind)
            if pairs:
                wrong = sum(not right for _, right in pairs)
                lines.append(
                    f"{kind:8s} {len(pairs):7d} {wrong:7d}   {self.error(kind):.4f}    {caught(pairs):6.1%}"
                )
        return "\n".join(lines + [f"失败：{line}" for line in self.failed])


def measure(gold: Path, predict: Callable[[Path], Json], *, inputs: Path | None = None) -> Reliability:
    """Return how far the confidences of ``predict(input file)`` hold on every gold file of a folder."""
    from planparse.errors import PlanparseError

    result = Reliability()
    for path, true in gold_files(gold):
        try:
            result.add(true, predict((inputs or gold) / true["file"]))
        except (PlanparseError, OSError) as fault:
            result.failed.append(f"{path.name}: {type(fault).__name__}: {fault}")
    return result
