"""Scores of predicted records against gold: precision, recall, F1, and the errors in words.

The lines of the result: task (matched by text, character-bigram F1 ≥ 0.5), roles, leaders, deadline, target
(value, upper, unit), target-full (with relation, indicator, baseline, own deadline), link, title, record (gold
tasks that need no human touch). Gold entries marked optional count neither way. Gold format: docs/formats.md.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LINES = ("task", "roles", "leaders", "deadline", "target", "target-full", "link", "title", "record")
ROLES = ("lead", "responsible", "support")
_DROP = re.compile(r"[\W_]+")
Json = Mapping[str, Any]


def plain(text: str | None) -> str:
    """Return the text folded for comparison: NFKC, lower case, letters and digits only.

    >>> plain("药占比，２０％！")
    '药占比20'
    """
    return _DROP.sub("", unicodedata.normalize("NFKC", text or "")).lower()


def _bigrams(text: str | None) -> Counter[str]:
    folded = plain(text)
    return Counter(folded[i : i + 2] for i in range(len(folded) - 1)) or Counter([folded])


def similarity(a: str | None, b: str | None) -> float:
    """Return the F1 of character bigrams of two texts, 0 to 1.

    >>> similarity("药占比", "药占比")
    1.0
    """
    x, y = _bigrams(a), _bigrams(b)
    return 2 * sum((x & y).values()) / (sum(x.values()) + sum(y.values()) or 1)


def match_tasks(gold: Sequence[Json], found: Sequence[Json]) -> dict[int, tuple[int, float]]:
    """Return gold index -> (found index, bigram F1 of 0.5 or more): tasks paired by text, best first."""
    golds = [_bigrams(g["text"]) for g in gold]
    founds = [_bigrams(p.get("text")) for p in found]
    pairs = []
    for i, x in enumerate(golds):
        for j, y in enumerate(founds):
            score = 2 * sum((x & y).values()) / (sum(x.values()) + sum(y.values()) or 1)
            if score >= 0.5:
                pairs.append((score, -i, -j))
    result: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for score, i, j in sorted(pairs, reverse=True):
        if -i not in result and -j not in used:
            result[-i] = (-j, score)
            used.add(-j)
    return result


def number_of(value: Any) -> float | None:
    """Return a value as it is compared: to four decimals, None for none."""
    return None if value is None else round(float(value), 4)


def folded_unit(text: str | None) -> str:
    """Return a unit as it is compared: half-width, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text or "").split()).lower()


def _names(entries: Any) -> set[str]:
    return {plain(e if isinstance(e, str) else e.get("name")) for e in entries or []}


def dates_of(deadline: Any) -> tuple[Any, Any, Any] | None:
    """Return (start, end, recurrence) of a deadline, None for none."""
    return (deadline.get("start"), deadline.get("end"), deadline.get("recurrence")) if deadline else None


@dataclass(slots=True)
class Tally:
    """True positives, false positives, false negatives of one line."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def add(self, gold: Counter[Any], found: Counter[Any]) -> None:
        """Count two bags."""
        hit = sum((gold & found).values())
        self.tp += hit
        self.fp += sum(found.values()) - hit
        self.fn += sum(gold.values()) - hit

    def one(self, right: bool) -> None:
        """Count one matched pair: right, or wrong both ways."""
        if right:
            self.tp += 1
        else:
            self.fp += 1
            self.fn += 1

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1.0 when nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 1.0 when there is none."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Scores:
    """The tallies of all lines and the errors in words."""

    lines: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in LINES})
    errors: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def table(self) -> str:
        """Return the scores as a plain-text table."""
        head = f"{'':12s} {'P':>7s} {'R':>7s} {'F1':>7s} {'gold':>6s}"
        rows = [
            f"{k:12s} {t.precision:7.4f} {t.recall:7.4f} {t.f1:7.4f} {t.tp + t.fn:6d}"
            for k, t in self.lines.items()
        ]
        return "\n".join([head, *rows])

    def to_dict(self) -> dict[str, Any]:
        """Return the scores as plain data."""
        return {
            "scores": {
                k: {
                    "p": round(t.precision, 4),
                    "r": round(t.recall, 4),
                    "f1": round(t.f1, 4),
                    "gold": t.tp + t.fn,
                    "tp": t.tp,
                    "fp": t.fp,
                    "fn": t.fn,
                }
                for k, t in self.lines.items()
            },
            "failed": self.failed,
            "errors": self.errors,
        }


def score_document(gold: Json, found: Json, scores: Scores, name: str) -> None:
    """Add one document's counts and errors to ``scores``."""
    golds, founds = gold["tasks"], found.get("tasks", [])
    pairs = match_tasks(golds, founds)
    optional = {i for i, t in enumerate(golds) if t.get("optional")}
    back = {j: i for i, (j, _) in pairs.items()}
    required = [i for i in range(len(golds)) if i not in optional]
    spare = [j for j in range(len(founds)) if j not in back]
    line = scores.lines["task"]
    line.tp += sum(i in pairs for i in required)
    line.fn += sum(i not in pairs for i in required)
    line.fp += len(spare)
    scores.errors += [f"{name}: missed task: {golds[i]['text'][:60]}" for i in required if i not in pairs]
    scores.errors += [f"{name}: spurious task: {founds[j].get('text', '')[:60]}" for j in spare]
    right = _targets(gold, found, scores, name, back, optional)
    for i in required:
        _task(
            i,
            golds[i],
            founds[pairs[i][0]] if i in pairs else None,
            pairs[i][1] if i in pairs else 0.0,
            gold.get("targets", []),
            right,
            scores,
            name,
        )
    for j in spare:
        scores.lines["roles"].add(
            Counter(), Counter({(r, n) for r in ROLES for n in _names(founds[j].get(r))})
        )


def _targets(
    gold: Json, found: Json, scores: Scores, name: str, back: dict[int, int], optional: set[int]
) -> set[int]:
    """Match targets by quantity, then by indicator; return the indexes that are right in everything."""
    golds, founds = gold.get("targets", []), list(found.get("targets", []))
    ids = {t.get("id"): j for j, t in enumerate(found.get("tasks", []))}

    def home(t: Json) -> int | None:
        return back.get(ids.get(t.get("task"), -1)) if t.get("task") is not None else None

    def quantity(t: Json) -> tuple[float | None, float | None, str]:
        return number_of(t.get("value")), number_of(t.get("upper")), folded_unit(t.get("unit"))

    free = list(range(len(founds)))
    right: set[int] = set()
    homes: set[int | None] = set(optional)
    plain_line, full_line = scores.lines["target"], scores.lines["target-full"]
    for i, g in sorted(enumerate(golds), key=lambda pair: bool(pair[1].get("optional"))):
        same = [j for j in free if quantity(founds[j]) == quantity(g)]
        best = max(same, key=lambda j: similarity(g["indicator"], founds[j].get("indicator")), default=None)
        if best is None:
            if not g.get("optional"):
                plain_line.fn += 1
                full_line.fn += 1
                scores.errors.append(f"{name}: missed target: {g['text']}")
            continue
        free.remove(best)
        if g.get("optional"):
            continue
        p = founds[best]
        plain_line.tp += 1
        full = (
            p.get("relation") == g["relation"]
            and similarity(g["indicator"], p.get("indicator")) >= 0.6
            and number_of(g.get("baseline")) == number_of(p.get("baseline"))
            and dates_of(g.get("deadline")) == dates_of(p.get("deadline"))
        )
        full_line.one(full)
        if not full:
            scores.errors.append(
                f"{name}: target differs: gold {g['indicator']} {g['relation']} {g['value']} by {dates_of(g.get('deadline'))}"
                f" | got {p.get('indicator')} {p.get('relation')} {p.get('value')} by {dates_of(p.get('deadline'))}"
            )
        linked = g.get("task") == home(p)
        scores.lines["link"].one(linked)
        if full and linked:
            right.add(i)
    ignored = [plain(q) for q in gold.get("ignore_quantities", [])]
    for j in free:
        text = plain(founds[j].get("text"))
        if any((text and text in q) or q in text for q in ignored) or home(founds[j]) in homes:
            continue
        plain_line.fp += 1
        full_line.fp += 1
        scores.errors.append(f"{name}: spurious target: {founds[j].get('text')}")
    return right


def _task(
    i: int,
    g: Json,
    p: Json | None,
    alike: float,
    targets: Sequence[Json],
    right: set[int],
    scores: Scores,
    name: str,
) -> None:
    """Count roles, leaders, deadline, title and record of one required gold task."""
    found: Json = p or {}
    g_roles = {(r, n) for r in ROLES for n in _names(g.get(r))}
    p_roles = {(r, n) for r in ROLES for n in _names(found.get(r))}
    scores.lines["roles"].add(Counter(g_roles), Counter(p_roles))
    g_people, p_people = _names(g.get("leaders")), _names(found.get("leaders"))
    scores.lines["leaders"].add(Counter(g_people), Counter(p_people))
    g_when, p_when = dates_of(g.get("deadline")), dates_of(found.get("deadline"))
    scores.lines["deadline"].add(Counter([g_when] if g_when else []), Counter([p_when] if p_when else []))
    if p is None:
        scores.lines["record"].fn += 1
        return
    titled = "title" not in g or plain(g["title"]) == plain(found.get("title"))
    if "title" in g:
        scores.lines["title"].one(titled)
    own = all(k in right for k, t in enumerate(targets) if t.get("task") == i and not t.get("optional"))
    scores.lines["record"].one(
        titled and alike >= 0.9 and g_roles == p_roles and g_when == p_when and g_people == p_people and own
    )
    wrong = (
        ("roles", g_roles, p_roles),
        ("deadline", g_when, p_when),
        ("leaders", g_people, p_people),
        ("title", g.get("title"), found.get("title") if not titled else g.get("title")),
    )
    for what, a, b in wrong:
        if a != b:
            scores.errors.append(f"{name}: {what} of «{g['text'][:24]}»: gold {a} | got {b}")


def gold_files(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield (path, gold) of every gold file of a folder, by name."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        if isinstance(gold, dict) and "tasks" in gold and "file" in gold:
            yield path, gold


def evaluate(folder: Path, predict: Callable[[Path], Json], *, inputs: Path | None = None) -> Scores:
    """Return the scores of ``predict(input file)`` on every gold file of a folder.

    ``inputs`` is the folder of the inputs, by default the gold folder. A document that fails scores as nothing
    found and is listed in ``failed``.

    >>> import tempfile
    >>> text, task = "1.推进日间手术。（医务科）", {"text": "推进日间手术。", "title": "推进日间手术", "responsible": ["医务科"]}
    >>> with tempfile.TemporaryDirectory() as name:
    ...     _ = (Path(name) / "a.txt").write_text(text, "utf-8")
    ...     _ = (Path(name) / "a.json").write_text(json.dumps({"file": "a.txt", "tasks": [task]}), "utf-8")
    ...     scores = evaluate(Path(name), lambda path: {"tasks": [{**task, "responsible": [{"name": "护理部"}]}]})
    >>> scores.lines["task"].f1, scores.lines["roles"].f1, len(scores.errors)
    (1.0, 0.0, 1)
    """
    from planparse.errors import PlanparseError

    scores = Scores()
    for path, gold in gold_files(folder):
        found: Json = {}
        try:
            found = predict((inputs or folder) / gold["file"])
        except (PlanparseError, OSError) as fault:
            scores.failed.append(f"{path.name}: {type(fault).__name__}: {fault}")
        score_document(gold, found, scores, path.stem)
    return scores
