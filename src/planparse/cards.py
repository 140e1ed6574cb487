"""The model cards: what a model learned from, how it scores, what it cannot do. Written by ``planparse train``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from planparse.calibration import confidence_of_plan
from planparse.classify import CLASSES, SentenceModel, sentence_model
from planparse.reliability import KINDS, Reliability, caught, measure
from planparse.train_confidence import Held, Judged
from planparse.train_sentences import ClassScore, Labelled, accuracy, score_sentences

TO_DO = ("task", "target")
_SENTENCES = """# Sentence classifier

`sentences.json` tells what a sentence is: task, target, background, report, slogan or heading. Written by
`planparse train`; read by `planparse.classify`, without scikit-learn. It is asked where rules are silent (unnumbered
paragraphs, narrative) and adds to the confidence of tasks read there; where a document is explicit, rules keep the say.

- **Model.** Logistic regression (scikit-learn, C = 12, balanced classes) over the presence of 1- and 2-character pieces
  and the class of the length, tf-idf, unit length. Numbers are one sign, blanks are left out, 240 characters are read.
- **Format.** JSON, no pickle: `pieces`, and for each a row, one hexadecimal integer of fields of 40 bits: idf², then idf ×
  coefficient for every class, in steps of 2⁻¹⁶ raised by 2²². A test holds it against scikit-learn's own probabilities.
- **Data.** `corpora/labelled`: sentences of the authored documents and sentences written for their class, all invented;
  how they were labelled stands in corpora/README.md. No sentence of the test half is in the train half.
"""
_LIMITS = """
## What it cannot do
- It sees one sentence, not its neighbours: a past figure without a word of the past, or an act whose actor stands in the
  sentence before, is told by wording alone.
- Task and target overlap: a sentence that asks for an act and sets a figure has one label here. Ask for the sum of
  both where 'to do' against the rest matters.
- A slogan that borrows the grammar of a directive (要…) is the class most often missed.
- All documents were written for this project by its authors. Wording of one's own region or decade may differ:
  label some sentences of one's own, and run `planparse train` again.
- Half-width, traditional or damaged text must be normalized first; the pipeline does so.
"""


def _class_rows(scores: Sequence[ClassScore]) -> list[str]:
    lines = ["| class | precision | recall | F1 | sentences |", "| --- | --- | --- | --- | --- |"]
    return lines + [
        f"| {s.name} | {s.precision:.3f} | {s.recall:.3f} | {s.f1:.3f} | {s.count} |" for s in scores
    ]


def confusion_rows(confusion: Counter[tuple[str, str]]) -> list[str]:
    """Return the confusion as the lines of a Markdown table: labels down, predictions across."""
    lines = ["| label ↓ told → | " + " | ".join(CLASSES) + " |", "| --- |" + " --- |" * len(CLASSES)]
    return lines + [f"| {a} | " + " | ".join(str(confusion[a, b]) for b in CLASSES) + " |" for a in CLASSES]


def to_do_accuracy(confusion: Counter[tuple[str, str]]) -> float:
    """Return the share of sentences for which 'to do' (task or target) against the rest is told right."""
    right = sum(n for (a, b), n in confusion.items() if (a in TO_DO) == (b in TO_DO))
    return right / (confusion.total() or 1)


def genre_rows(model: SentenceModel, rows: Sequence[Labelled]) -> list[str]:
    """Return accuracy by kind of document as the lines of a Markdown table."""
    kinds: dict[str, list[Labelled]] = defaultdict(list)
    for row in rows:
        kinds[row.kind].append(row)
    lines = [
        "| kind of document | sentences | six classes right | to do or not right |",
        "| --- | --- | --- | --- |",
    ]
    for kind, some in sorted(kinds.items()):
        _, confusion = score_sentences(model, some)
        lines.append(
            f"| {kind} | {len(some)} | {accuracy(confusion):.3f} | {to_do_accuracy(confusion):.3f} |"
        )
    return lines


def sentence_card(train: Sequence[Labelled], test: Sequence[Labelled]) -> str:
    """Return the card of the sentence classifier, in Markdown."""
    model = sentence_model()
    scores, confusion = score_sentences(model, test)
    counts = Counter(row.label for row in train)
    by_hand = sum(row.how == "hand" for row in train)
    lines = [
        _SENTENCES + f"  Train: {len(train)} sentences ({', '.join(f'{c} {counts[c]}' for c in CLASSES)}), {by_hand} labelled by hand, the rest by gold.",
        f"\n## Scores on {len(test)} test sentences",
        f"Six classes right: {accuracy(confusion):.3f}. To do (task or target) against the rest right: {to_do_accuracy(confusion):.3f}.\n",
        *_class_rows(scores), "", *confusion_rows(confusion), "\n### By kind of document\n", *genre_rows(model, test),
    ]  # fmt: skip
    return "\n".join(lines) + "\n" + _LIMITS


_CONFIDENCE = """# Confidence of records

`confidence.json` gives the probability that a record is right: a task (there is such a task), a department in its role,
a task's deadline (start, end, recurrence), a target (value, unit, relation, indicator, baseline, own date). Written by
`planparse train`; read by `planparse.calibration`.

- **Model.** For each kind of record a logistic regression (scikit-learn, C = 0.1) over signs of doubt and pairs of them
  (`planparse.signs` names them all): how the record was read, an unknown department, damaged text, words of the past …
  Over it a second one of three figures: the record's own log odds, the mean doubt of its document, the share of doubtful
  records there; a form that is misread is misread throughout.
- **Format.** JSON: `bias`, the names of the `signs`, `weights` as lists [sign, (sign,) weight], `company`.
- **Data.** What the pipeline reads in `corpora/authored/train` and in generated documents of the train half: forms of
  print, damage, and copies of the authored documents in words that the rules may not know. Rules were tuned on the
  authored train documents, so that their errors are fewer there than on documents never seen; the copies make up for it.
"""
_CONFIDENCE_LIMITS = """
## What it cannot do
- Confidence is of what was found. A task that was not found has none: where every task matters, read the document.
- A document of a form never seen may be misread as a whole; its records then err together, and more than they say.
- The figures hold for documents like the corpora. On a collection of one's own, mark some documents and look:
  `planparse evaluate GOLD --calibration`.
"""


def _held_rows(held: Sequence[Held]) -> list[str]:
    lines = [
        "| kind | records | wrong | calibration error | errors among the least sure tenth |",
        "| --- | --- | --- | --- | --- |",
    ]
    return lines + [f"| {h.kind} | {h.count} | {h.wrong} | {h.error:.4f} | {h.caught:.0%} |" for h in held]


def _of(result: Reliability) -> list[Held]:
    pairs = {kind: result.pairs(kind) for kind in (*KINDS, "all")}
    return [
        Held(k, len(p), sum(not r for _, r in p), result.error(k), caught(p)) for k, p in pairs.items() if p
    ]


def confidence_card(records: Sequence[Judged], held: Sequence[Held], tests: Mapping[str, Path]) -> str:
    """Return the card of the confidence of records, in Markdown; ``tests`` are the gold folders to measure on."""
    from planparse.pipeline import extract

    documents = len({record.source for record in records})
    lines = [
        _CONFIDENCE,
        f"## Cross-validation on {documents} train documents and their copies, none judged by its own\n",
        *_held_rows(held),
    ]
    for name, folder in tests.items():
        result = measure(folder, lambda path: confidence_of_plan(extract(path)).to_dict())
        lines += [
            f"\n## On {name}, not learned from\n",
            *_held_rows(_of(result)),
            "",
            "```",
            result.table(),
            "```",
        ]
    return "\n".join(lines) + "\n" + _CONFIDENCE_LIMITS
