"""How right columns are told by their contents: the tables of the train corpus with all header words made nonsense.

    python -m benchmarks columns

Lead, support and responsible columns cannot be told apart without their words; the figures cap the confidence of
such values (``planparse.calibration.GUESSED``).
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from planparse import extract
from planparse.evaluate import Scores, score_document
from planparse.extract.headers import HeaderWords, build_headers
from planparse.rulebook import default_rules

TRAIN = Path(__file__).resolve().parent.parent / "corpora" / "authored" / "train"
NAMES = "甲乙丙丁戊己庚辛壬癸"
#: a line is a header with so many header words, and so large a share of them
FEWEST, SHARE = 3, 0.5
#: a document counts where tables give most of its tasks
TABLES = 0.7


def without_headers(text: str, words: HeaderWords) -> str:
    """Return ``text`` with the words of its table headers made nonsense; the running index keeps its name."""
    lines = []
    for line in text.split("\n"):
        mark = "\t" if "\t" in line else "|" if line.count("|") > 2 else ""
        cells = line.split(mark) if mark else []
        known = [cell for cell in cells if words.read(cell.strip()).field]
        if len(known) >= FEWEST and len(known) >= SHARE * sum(bool(cell.strip()) for cell in cells):
            cells = [_nonsense(cell, at, words) for at, cell in enumerate(cells)]
            line = mark.join(cells)
        lines.append(line)
    return "\n".join(lines)


def _nonsense(cell: str, at: int, words: HeaderWords) -> str:
    if not cell.strip() or words.read(cell.strip()).field == "index":
        return cell
    return re.sub(r"\S+", f"栏目{NAMES[at % len(NAMES)]}", cell.strip(), count=1)


def main() -> None:
    """Print the scores of the tables as printed, and with nonsense for header words."""
    words = default_rules().compiled(build_headers)
    printed, told = Scores(), Scores()
    count = 0
    for path in sorted(TRAIN.glob("*.json")):
        text = path.with_suffix(".txt").read_text("utf-8")
        plan, nonsense = extract(text), without_headers(text, words)
        tables = sum(task.source == "table" for task in plan.tasks)
        if nonsense == text or tables < TABLES * len(plan.tasks):
            continue
        count += 1
        gold = json.loads(path.read_text("utf-8"))
        score_document(gold, plan.to_dict(), printed, path.stem)
        score_document(gold, extract(nonsense).to_dict(), told, path.stem)
    print(
        f"{count} documents of tables, headers as printed:\n{printed.table()}\n\nheader words made nonsense:\n{told.table()}"
    )


if __name__ == "__main__":
    main()
