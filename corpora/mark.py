"""Write a document and its gold from one marked-up writing.

    python corpora/mark.py WRITING …        writes authored/<half>/<slug>.txt and .json of every document in the files

A writing holds documents one after another, each opened by a line ``#### slug half kind [traditional]``; then its text;
a line ``====``; then its gold, one record a line, in text order:

    T 由医务部…通报 | L 医务部 | S 质控办 | P 贺鸣 | D 2025-05-31 | t 标题     a task; ``T?`` is optional
    Q 床位使用率 ge 85 % | 床位使用率达到85%以上 | b 80 | D 2025 | u 90        a target of the task above; ``Q?``
    G …                                                                       a target of the whole plan
    I 3轮自评                                                                 a quantity that counts neither way

``A…B`` stands for the words of the text from A to the next B; pieces are joined by `` + ``. L, R, S, P are lead,
responsible, support, leaders. D is ``end``, ``start..end``, a recurrence, or an end and a recurrence. What is quoted must
stand in the text, so that a gold text is always words of its document.
"""

from __future__ import annotations

import json
import pathlib
import sys
import unicodedata
from typing import Any

HERE = pathlib.Path(__file__).parent
ROLES = {"L": "lead", "R": "responsible", "S": "support", "P": "leaders"}
RECURRENCES = ("daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "continuous")
_WIDE = {c: chr(c - 0xFEE0) for c in range(0xFF10, 0xFF1A)}


def quoted(words: str, text: str, start: int = 0) -> tuple[str, int]:
    """Return the words of the text that ``A…B + C…D`` stands for, and where they begin; ValueError where they do not stand.

    >>> quoted("一…三", "〇一二三四")
    ('一二三', 1)
    """
    found, at, first = [], start, -1
    for piece in words.split(" + "):
        head, dots, tail = piece.partition("…")
        a = text.find(head, at)
        b = text.find(tail, a + len(head)) + len(tail) if dots else a + len(head)
        if a < 0 or (dots and b < len(tail)):
            raise ValueError(f"given {piece!r}, which does not stand in the text after offset {at}")
        first, at = (a if first < 0 else first), b
        found.append(text[a:b].replace("\n", ""))
    return "".join(found).translate(_WIDE), first


def deadline(words: str) -> dict[str, str | None]:
    """Return the deadline that is written after D.

    >>> deadline("2024-04-01..2024-10-31")
    {'start': '2024-04-01', 'end': '2024-10-31', 'recurrence': None}
    """
    value: dict[str, str | None] = {"start": None, "end": None, "recurrence": None}
    for word in words.split():
        if word in RECURRENCES:
            value["recurrence"] = word
        else:
            start, dots, end = word.partition("..")
            value["start"], value["end"] = (start or None, end or None) if dots else (None, start)
    return value


def task_of(line: str, text: str, at: int) -> tuple[dict[str, Any], int]:
    """Return the gold task of a line, and where it begins."""
    mark, _, rest = line.partition(" ")
    quote, *fields = rest.split(" | ")
    words, at = quoted(quote, text, at)
    task: dict[str, Any] = {"text": words, "lead": [], "responsible": [], "support": [], "leaders": []}
    for field in fields:
        key, _, value = field.partition(" ")
        if key in ROLES:
            task[ROLES[key]] = value.split("、") if "\\" not in value else value.split("\\")
        elif key == "D":
            task["deadline"] = deadline(value)
        elif key == "t":
            task["title"] = value.translate(_WIDE)
        else:
            raise ValueError(f"given field {field!r}, possible: L R S P D t")
    if mark == "T?":
        task["optional"] = True
    return task, at


def target_of(line: str, text: str, task: int | None) -> dict[str, Any]:
    """Return the gold target of a line."""
    mark, _, rest = line.partition(" ")
    what, quote, *fields = rest.split(" | ")
    indicator, relation, value, *unit = (
        what.rsplit(" ", 3) if what.split(" ")[-2] not in RELATIONS else (*what.rsplit(" ", 2), "")
    )
    words, _ = quoted(quote, text)
    target: dict[str, Any] = {
        "task": task, "indicator": indicator, "relation": relation, "value": float(value), "upper": None,
        "unit": unit[0] if unit else "", "text": words,
    }  # fmt: skip
    for field in fields:
        key, _, given = field.partition(" ")
        if key == "D":
            target["deadline"] = deadline(given)
        elif key in ("b", "u"):
            target["baseline" if key == "b" else "upper"] = float(given)
        else:
            raise ValueError(f"given field {field!r}, possible: b u D")
    if mark.endswith("?"):
        target["optional"] = True
    return target


RELATIONS = {"ge", "gt", "le", "lt", "about", "between", "increase_by", "decrease_by", "eq"}


def gold_of(lines: list[str], text: str, head: dict[str, Any]) -> dict[str, Any]:
    """Return the gold record of a document; ValueError with the line at fault."""
    gold: dict[str, Any] = {**head, "tasks": [], "targets": [], "ignore_quantities": []}
    at = 0
    for line in lines:
        try:
            if line[0] == "T":
                task, at = task_of(line, text, at)
                gold["tasks"].append(task)
            elif line[0] in "QG":
                gold["targets"].append(
                    target_of(line, text, len(gold["tasks"]) - 1 if line[0] == "Q" else None)
                )
            elif line[0] == "I":
                gold["ignore_quantities"].append(quoted(line[2:], text)[0])
            else:
                raise ValueError("a gold line begins with T, Q, G or I")
        except ValueError as fault:
            raise ValueError(f"{head['file']}: {line!r}: {fault}") from fault
    return gold


def write_document(block: str) -> pathlib.Path:
    """Write one document of a writing; return the path of its text."""
    head, _, rest = block.partition("\n")
    slug, half, kind, *script = head.split()
    body, _, marks = rest.partition("\n====\n")
    text = body.strip("\n") + "\n"
    given = {"file": f"{slug}.txt", "kind": kind, "script": script[0] if script else "simplified"}
    gold = gold_of([line for line in marks.splitlines() if line.strip()], text, given)
    if script:
        import opencc

        text = str(opencc.OpenCC("s2t").convert(text))
    path = HERE / "authored" / half / f"{slug}.txt"
    path.write_text(text, "utf-8")
    path.with_suffix(".json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def main(argv: list[str]) -> int:
    """Write the documents of the files named; print every fault at once."""
    faults, done = [], 0
    for name in argv:
        for block in unicodedata.normalize("NFC", pathlib.Path(name).read_text("utf-8")).split("\n#### ")[0:]:
            block = block.removeprefix("#### ")
            if not block.strip():
                continue
            try:
                write_document(block)
                done += 1
            except ValueError as fault:
                faults.append(str(fault))
    sys.stdout.write("".join(f + "\n" for f in faults) + f"{done} written, {len(faults)} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
