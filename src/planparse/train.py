"""Learn the weights in models/ from corpora/ and write their cards: what ``planparse train`` runs.

Needs a checkout (corpora/ is not in the wheel) and scikit-learn. Two models: the classes of sentences and the confidence
of records. The train halves teach, the test halves are only scored; the same corpora give the same weights.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from planparse.cards import confidence_card, sentence_card
from planparse.train_confidence import cross_validated, fit_confidence, judged_records, neutral
from planparse.train_sentences import TrainError, fit_sentences, read_labelled, write_json
from planparse.weights import FOLDER

#: generated documents a half that teach confidence, and the seed that makes them
GENERATED, SEED = 70, 1


def train(corpora: Path, models: Path, *, say: Callable[[str], None]) -> None:
    """Write both models and their cards into ``models``; ``say`` takes one line a step.

    Raises :class:`~planparse.train_sentences.TrainError` when a corpus is missing or malformed.
    """
    for part in ("labelled/train.tsv", "labelled/test.tsv", "authored/train", "authored/test", "generate.py"):
        if not (corpora / part).exists():
            raise TrainError(
                f"{corpora / part}: missing; give the corpora folder of a checkout with --corpora"
            )
    os.environ[FOLDER] = str(models)  # the pipeline that is asked below uses what has just been learned
    rows = read_labelled(corpora / "labelled" / "train.tsv")
    write_json(models / "sentences.json", fit_sentences(rows))
    say(f"sentences.json: {len(rows)} sentences")
    (models / "sentences.md").write_text(
        sentence_card(rows, read_labelled(corpora / "labelled" / "test.tsv")), "utf-8"
    )
    write_json(models / "confidence.json", neutral())
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        _generate(corpora, made)
        records = list(judged_records([corpora / "authored" / "train", made / "train"]))
        write_json(models / "confidence.json", fit_confidence(records))
        say(f"confidence.json: {len(records)} records")
        tests = {"authored/test": corpora / "authored" / "test", "generated/test": made / "test"}
        (models / "confidence.md").write_text(
            confidence_card(records, cross_validated(records), tests), "utf-8"
        )


def _generate(corpora: Path, out: Path) -> None:
    command = [
        sys.executable,
        str(corpora / "generate.py"),
        "--count",
        str(GENERATED),
        "--seed",
        str(SEED),
        "--worn",
        "--out",
        str(out),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise TrainError(f"{corpora / 'generate.py'}: {done.stderr.strip()[-400:]}")


def checkout() -> Path:
    """Return the folder of the checkout that this package runs from; raises TrainError when it is installed from a wheel."""
    root = Path(__file__).resolve().parents[2]
    if not (root / "corpora").is_dir():
        raise TrainError(
            f"{root}: no corpora/ here; `planparse train` needs a checkout, or --corpora and --models"
        )
    return root
