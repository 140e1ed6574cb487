"""How well the records are read, told and trusted: writes docs/evaluation.md. Nothing in it is typed by hand.

    python -m benchmarks.evaluation [--peers DIR] [--out docs/evaluation.md]

Measured on the test halves of corpora/: documents that no rule was tuned on and no model has seen, all written for the
project. DIR holds libraries to compare with (see quality_peers.py); without it their rows are left out.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from planparse.calibration import confidence_of_plan
from planparse.cards import confusion_rows, genre_rows, to_do_accuracy
from planparse.classify import SentenceModel, sentence_model
from planparse.evaluate import LINES, Scores, Tally, gold_files, plain, score_document
from planparse.pipeline import extract
from planparse.reliability import KINDS, Reliability, caught
from planparse.train_sentences import accuracy, fit_sentences, read_labelled, score_sentences

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT / "corpora"
SHOWN = ("task", "roles", "leaders", "deadline", "target", "target-full", "title", "record")
Gold = dict[str, Any]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table."""
    lines = [
        "| " + " | ".join(head) + " |",
        "| " + " | ".join("---" if k == 0 else "---:" for k in range(len(head))) + " |",
    ]
    return [*lines, *("| " + " | ".join(row) + " |" for row in rows), ""]


def merged(scores: Iterable[Scores]) -> dict[str, Tally]:
    """Return the sums of some documents' tallies."""
    total = {name: Tally() for name in LINES}
    for one in scores:
        for name, tally in one.lines.items():
            total[name].tp, total[name].fp, total[name].fn = (
                total[name].tp + tally.tp,
                total[name].fp + tally.fp,
                total[name].fn + tally.fn,
            )
    return total


def _f1(tally: Tally) -> str:
    return f"{tally.f1:.3f}" if tally.tp + tally.fp + tally.fn else "–"


def by_group(folder: Path, group: Callable[[Path, Gold], str]) -> tuple[dict[str, list[Scores]], Reliability]:
    """Return the scores of every gold document by group, and how its confidence holds."""
    found: dict[str, list[Scores]] = defaultdict(list)
    trust = Reliability()
    for path, gold in gold_files(folder):
        plan = confidence_of_plan(extract(folder / gold["file"])).to_dict()
        one = Scores()
        score_document(gold, plan, one, path.stem)
        trust.add(gold, plan)
        found[group(path, gold)].append(one)
    return found, trust


def score_section(title: str, groups: dict[str, list[Scores]], head: str) -> list[str]:
    """Return a table of F1 by group, all of them last."""
    rows = [
        [name, str(len(some)), *(_f1(merged(some)[line]) for line in SHOWN)]
        for name, some in sorted(groups.items())
    ]
    every = [one for some in groups.values() for one in some]
    total = merged(every)
    rows.append(["**all**", str(len(every)), *(f"**{_f1(total[line])}**" for line in SHOWN)])
    precise = [
        [
            line,
            f"{total[line].precision:.4f}",
            f"{total[line].recall:.4f}",
            f"{total[line].f1:.4f}",
            str(total[line].tp + total[line].fn),
        ]
        for line in LINES
    ]
    return [
        f"## {title}\n",
        *table([head, "documents", *SHOWN], rows),
        *table(["", "precision", "recall", "F1", "gold"], precise),
    ]


def trust_section(trust: Reliability) -> list[str]:
    """Return the calibration of a set of documents."""
    rows = []
    for kind in (*KINDS, "all"):
        pairs = trust.pairs(kind)
        if pairs:
            rows.append(
                [
                    kind,
                    str(len(pairs)),
                    str(sum(not right for _, right in pairs)),
                    f"{trust.error(kind):.4f}",
                    f"{caught(pairs):.0%}",
                ]
            )
    return table(
        [
            "confidence of",
            "records",
            "wrong",
            "expected calibration error",
            "errors among the least sure tenth",
        ],
        rows,
    )


def sentence_section() -> list[str]:
    """Return the scores of the sentence classifier: by class, confusion, by genre, learning curve."""
    train, test = (read_labelled(CORPORA / "labelled" / f"{half}.tsv") for half in ("train", "test"))
    scores, confusion = score_sentences(sentence_model(), test)
    common = Counter(row.label for row in train).most_common(1)[0][0]
    curve = []
    for share in (0.05, 0.1, 0.25, 0.5, 0.75, 1.0):
        some = (
            train[:: round(1 / share)]
            if share <= 0.5
            else [row for k, row in enumerate(train) if k % 4 < share * 4]
        )
        _, told = score_sentences(SentenceModel.of(fit_sentences(some)), test)
        curve.append([str(len(some)), f"{accuracy(told):.3f}", f"{to_do_accuracy(told):.3f}"])
    return [
        "## Sentences\n",
        f"{len(test)} sentences of the test half; {len(train)} teach. Six classes right: {accuracy(confusion):.3f}; to do (task or target) or not: "
        f"{to_do_accuracy(confusion):.3f}. Calling everything {common}: {sum(r.label == common for r in test) / len(test):.3f}.\n",
        *table(["class", "precision", "recall", "F1", "sentences"], [[s.name, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}", str(s.count)] for s in scores]),
        "Confusion:\n", *confusion_rows(confusion), "", *genre_rows(sentence_model(), test), "",
        "Learning curve, sentences that teach:\n", *table(["sentences", "six classes right", "to do or not right"], curve),
    ]  # fmt: skip


def gold_days(gold: Gold) -> set[str]:
    """Return the last days of all deadlines of a gold document."""
    dated = [*gold["tasks"], *gold.get("targets", [])]
    return {d["deadline"]["end"] for d in dated if d.get("deadline") and d["deadline"].get("end")}


def _found_days(plan: Gold) -> set[str]:
    return {
        d["deadline"]["end"]
        for d in [*plan["tasks"], *plan["targets"]]
        if d["deadline"] and d["deadline"]["end"]
    }


def all_days(text: str, year: int) -> set[str]:
    """Return the last days of every date that planparse reads in a text, deadline or not, the plan's year told."""
    from planparse.extract.dates import calendar_of, find_dates
    from planparse.normalize import normalize
    from planparse.rulebook import default_rules

    rules = default_rules()
    clean = normalize(text, rules=rules).text
    calendar = replace(calendar_of(None, clean, None, rules), year=year)
    return {found.end for found in find_dates(clean, calendar, rules, 0, len(clean)) if found.end}


def peer_days(name: str, folder: Path, documents: Sequence[tuple[str, int]]) -> list[set[str]] | None:
    """Return the days that a library finds in each document, None where it is not installed in ``folder``."""
    given = "".join(json.dumps({"text": text, "year": year}) + "\n" for text, year in documents)
    command = [sys.executable, str(Path(__file__).parent / "quality_peers.py"), name]
    done = subprocess.run(
        command,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )
    return [set(json.loads(line)) for line in done.stdout.splitlines()] if done.returncode == 0 else None


def matcher_names(text: str, nlp: Any, matcher: Any) -> set[str]:
    """Return the department names that a spaCy Matcher of suffixes finds, the longest of overlapping ones."""
    from spacy.util import filter_spans

    doc = nlp(text)
    return {span.text for span in filter_spans([doc[a:b] for _, a, b in matcher(doc)])}


def _matcher() -> tuple[Any, Any]:
    import spacy
    from spacy.matcher import Matcher

    nlp = spacy.blank("zh")  # a token a character
    nlp.max_length = 10**7
    matcher = Matcher(nlp.vocab)
    inner = {"TEXT": {"REGEX": "^[\u4e00-\u9fff]$", "NOT_IN": list("，。、由和与及")}}
    matcher.add("department", [[inner] * k + [{"TEXT": {"IN": list("科部处办室")}}] for k in range(1, 8)])
    return nlp, matcher


def _rate(hits: int, found: int, gold: int) -> list[str]:
    p, r = hits / found if found else 1.0, hits / gold if gold else 1.0
    return [f"{p:.3f}", f"{r:.3f}", f"{2 * p * r / (p + r) if p + r else 0:.3f}"]


def _compare(golds: Sequence[set[str]], found: Sequence[set[str]]) -> list[str]:
    return _rate(
        sum(len(g & f) for g, f in zip(golds, found, strict=True)), sum(map(len, found)), sum(map(len, golds))
    )


def peer_section(folder: Path | None) -> list[str]:
    """Return how libraries for dates, and a Matcher for departments, do on the same documents."""
    pairs = [
        (gold, (path.parent / gold["file"]).read_text("utf-8"))
        for path, gold in gold_files(CORPORA / "authored" / "test")
    ]
    plans = [extract(text).to_dict() for _, text in pairs]
    days = [gold_days(gold) for gold, _ in pairs]
    years = [int(Counter(day[:4] for day in some).most_common(1)[0][0]) if some else 2024 for some in days]
    told = [(text, year) for (_, text), year in zip(pairs, years, strict=True)]
    rows = [
        ["planparse, deadlines of records", *_compare(days, [_found_days(plan) for plan in plans])],
        ["planparse, all dates", *_compare(days, [all_days(*one) for one in told])],
    ]
    for name in ("jionlp", "recognizers") if folder else ():
        found = peer_days(name, folder, told) if folder else None
        if found is not None:
            rows.append([f"{name}, all dates", *_compare(days, found)])
    nlp, matcher = _matcher()
    names = [
        {
            plain(n)
            for t in gold["tasks"]
            for role in ("lead", "responsible", "support")
            for n in t.get(role, [])
            if not n.startswith(("各", "全"))
        }
        for gold, _ in pairs
    ]
    ours = [
        {
            plain(d["name"])
            for t in plan["tasks"]
            for role in ("lead", "responsible", "support")
            for d in t[role]
            if not d["group"]
        }
        for plan in plans
    ]
    theirs = [{plain(n) for n in matcher_names(text, nlp, matcher)} for _, text in pairs]
    return [
        "## Beside it\n",
        "Last days of deadlines, distinct in each document of authored/test. 'All dates' are also those that are no deadline: "
        "there recall is what compares. The plan's year is told.\n",
        *table(["dates", "precision", "recall", "F1"], rows),
        "Distinct names of departments. The Matcher (spaCy, a character a token) takes up to seven characters before 科部处办室.\n",
        *table(["departments", "precision", "recall", "F1"], [["planparse", *_compare(names, ours)], ["spaCy Matcher", *_compare(names, theirs)]]),
    ]  # fmt: skip


def report(peers: Path | None) -> str:
    """Return the whole report."""
    lines = [
        "# 评测 Evaluation\n",
        "Written by `python -m benchmarks.evaluation`; nothing here is typed by hand. F1 unless said otherwise; what each line counts stands in "
        "`planparse/evaluate.py`. All documents were written for the project: on documents of other hands expect less, and measure "
        "(`planparse evaluate GOLD`).\n",
    ]
    groups, trust = by_group(CORPORA / "authored" / "test", lambda _, gold: gold["kind"])
    lines += [*score_section("Authored test documents, by genre", groups, "genre"), *trust_section(trust)]
    groups, trust = by_group(CORPORA / "authored" / "blind", lambda _, gold: gold["kind"])
    lines += [
        *score_section(
            "Blind documents, by genre: another hand wrote them, nobody who writes rules has read their errors",
            groups,
            "genre",
        ),
        *trust_section(trust),
    ]
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            str(CORPORA / "generate.py"),
            "--count",
            "70",
            "--seed",
            "1",
            "--out",
            folder,
        ]
        subprocess.run(command, check=True)
        groups, trust = by_group(Path(folder) / "test", lambda path, _: path.stem.split("-", 1)[1])
        lines += [*score_section("Generated test documents, by form", groups, "form"), *trust_section(trust)]
    lines += [*sentence_section(), *peer_section(peers)]
    return "\n".join(lines)


def main() -> int:
    """Write the report."""
    parser = argparse.ArgumentParser(description="Write docs/evaluation.md.")
    parser.add_argument(
        "--peers", type=Path, metavar="DIR", help="libraries installed with pip install --target DIR"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "evaluation.md")
    given = parser.parse_args()
    given.out.write_text(report(given.peers), "utf-8")
    print(given.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
