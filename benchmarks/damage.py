"""How well the repair of glossed and frame-shifted pages does: on simulated damage of authored documents.

    python -m benchmarks.damage [-v]

The documents are the test half of corpora/authored (the language model has seen the train half), the damage
is the forward model of tests/normalize/damage_model.py with tables of 46 and 117 characters, with and without
byte breaks. Deterministic. Printed, white space left out: the characters that the damage adds, the character
error rate after repair, the frame runs restored and how many of them exactly, those flagged as unsure, the
warnings, and thousands of characters a second.
"""

from __future__ import annotations

import random
import re
import sys
import time
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "normalize"))

from damage_model import NARROW, damage, gloss_table  # noqa: E402

from planparse.normalize import normalize  # noqa: E402
from planparse.rulebook import default_rules  # noqa: E402

SPACE = re.compile(r"\s+")


def errors(gold: str, got: str, show: list[str] | None = None) -> int:
    """Return the characters to change, add or remove; line by line where the lines agree, for speed."""
    golds, gots = gold.split("\n"), got.split("\n")
    if len(golds) != len(gots):
        golds, gots = ["".join(golds)], ["".join(gots)]
    total = 0
    for line, other in zip(golds, gots, strict=True):
        a, b = SPACE.sub("", line), SPACE.sub("", other)
        if a == b:
            continue
        for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            if tag != "equal":
                total += max(j - i, m - k)
                if show is not None:
                    show.append(f"  {a[max(0, i - 6) : i]}⟦{a[i:j]} → {b[k:m]}⟧{a[j : j + 6]}")
    return total


def main() -> None:
    """Print the table of error rates."""
    rules = default_rules()
    documents = sorted((ROOT / "corpora/authored/test").glob("*.txt"))
    shown: list[str] | None = [] if "-v" in sys.argv else None
    print("table breaks   chars    added  repaired  frames  right  unsure  right  warnings  kchar/s")
    for size, rate in ((46, 0.0), (117, 0.0), (46, 0.7), (117, 0.7)):
        exact = [0, 0]
        chars = bad = left = frames = unsure = warned = 0
        spent = 0.0
        for number, path in enumerate(documents):
            gold = normalize(path.read_text("utf-8"), rules=rules).text
            table = gloss_table(gold, size, random.Random(number))
            hurt = damage(gold, table, break_rate=rate, seed=number)
            started = time.perf_counter()
            clean = normalize(hurt, rules=rules)
            spent += time.perf_counter() - started
            gold = gold.translate(NARROW)
            chars += len(SPACE.sub("", gold))
            bad += abs(len(SPACE.sub("", hurt)) - len(SPACE.sub("", gold)))
            left += errors(gold, clean.text.translate(NARROW), shown)
            runs = [edit for edit in clean.edits if edit.kind == "frame"]
            frames += len(runs)
            flat = SPACE.sub("", gold)
            for edit in runs:
                start, end = (clean.clean_position(at) for at in edit.span)
                right = SPACE.sub("", clean.text[max(0, start - 4) : end + 4].translate(NARROW)) in flat
                exact[edit.sure] += right
                unsure += not edit.sure
            warned += len(clean.warnings)
        print(
            f"{size:5} {rate:6} {chars:7} {bad / chars:8.2%} {left / chars:9.4%} {frames - unsure:7} {exact[1]:6} {unsure:7} {exact[0]:6} {warned:9}"
            f" {chars / spent / 1000:8.1f}"
        )
    for line in shown or ():
        print(line)


if __name__ == "__main__":
    main()
