"""Check the gold records of a corpus folder against their documents and the contract's schema.

    python corpora/check_gold.py [DIR ...]        default: corpora/authored/train and /test

Prints every fault at once and exits 1 when there is one: a task or target whose words do not stand
in the document, an unknown relation, a task index out of range, a date that is none, a name that the
document does not print.
"""

from __future__ import annotations

import datetime
import json
import pathlib
import re
import sys
import unicodedata
from typing import Any

RELATIONS = {"ge", "gt", "le", "lt", "about", "between", "increase_by", "decrease_by", "eq"}
RECURRENCES = {"daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "continuous", None}
KINDS = {"plan", "assignment", "meeting", "news", "report", "other"}
SCRIPTS = {"simplified", "traditional", "mixed"}
ROLES = ("lead", "responsible", "support", "leaders")
TASK_KEYS = {"text", "title", "deadline", "optional", *ROLES}
TARGET_KEYS = {
    "task", "indicator", "relation", "value", "upper", "unit", "text", "baseline", "deadline", "optional",
}  # fmt: skip


def squeeze(text: str) -> str:
    """Return letters, digits and ideographs only, width-folded: what the score compares."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


#: damage that documents are printed with: a gloss of pinyin behind a character, a page number between two lines
GLOSS = re.compile(
    r"(?<=[\u4e00-\u9fff])[（(](?=[^）)]*[^\x00-\x7f])[a-zɡüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]{1,7}[）)]|(?<=[\u4e00-\u9fff])[（(][a-z]{1,6}[）)]|^\s*[-—]\s?\d{1,3}\s?[-—]\s*$",
    re.M,
)


def bigrams(text: str) -> set[str]:
    """Return the character pairs of a squeezed text."""
    return {text[i : i + 2] for i in range(len(text) - 1)} or {text}


def simplified(text: str, script: str) -> str:
    """Return the text in simplified script; OpenCC is asked only where the gold says so."""
    if script == "simplified":
        return text
    import opencc

    return str(opencc.OpenCC("t2s").convert(text))


def deadline_faults(value: Any) -> list[str]:
    """Return what is wrong with one deadline object."""
    if value is None:
        return []
    if not isinstance(value, dict) or set(value) != {"start", "end", "recurrence"}:
        return [f"deadline keys {value!r}"]
    faults = [] if value["recurrence"] in RECURRENCES else [f"recurrence {value['recurrence']!r}"]
    dates: list[datetime.date] = []
    for key in ("start", "end"):
        if value[key] is None:
            continue
        try:
            dates.append(datetime.date.fromisoformat(value[key]))
        except (TypeError, ValueError):
            faults.append(f"deadline {key} {value[key]!r} is no ISO date")
    if len(dates) == 2 and dates[0] > dates[1]:
        faults.append(f"deadline runs backwards {value}")
    if not any(value.values()):
        faults.append("deadline without any value: leave it out")
    return faults


def task_faults(task: dict[str, Any], body: str, pairs: set[str]) -> list[str]:
    """Return what is wrong with one gold task."""
    faults = [f"unknown key {k}" for k in set(task) - TASK_KEYS]
    words = bigrams(squeeze(task["text"]))
    found = len(words & pairs) / len(words)
    if found < 0.88 and len(words - pairs) > 1:  # a table row joins cells, a scan breaks lines
        faults.append(f"only {found:.0%} of its bigrams stand in the document")
    if re.search(r"[０-９]|\s{2}|\n", task["text"]):
        faults.append("text is not normalized")
    for role in ROLES:
        if not isinstance(task.get(role), list):
            faults.append(f"{role} is no list")
            continue
        faults += [f"{role} {n!r} is not printed" for n in task[role] if squeeze(n) not in body]
    # a later part of one item carries the heading of the first: look in the whole document
    if "title" in task and squeeze(task["title"]) not in body:
        faults.append(f"title {task['title']!r} is not printed")
    return faults + deadline_faults(task.get("deadline"))


def number_printed(value: float, text: str) -> bool:
    """Tell whether the digits of a value stand in the target's words."""
    return f"{value:g}" in unicodedata.normalize("NFKC", text)


def target_faults(target: dict[str, Any], body: str, tasks: int) -> list[str]:
    """Return what is wrong with one gold target."""
    faults = [f"unknown key {k}" for k in set(target) - TARGET_KEYS]
    if target["relation"] not in RELATIONS:
        faults.append(f"relation {target['relation']!r}")
    if (target["relation"] == "between") != (target.get("upper") is not None):
        faults.append("upper and between do not agree")
    if target["task"] is not None and not 0 <= target["task"] < tasks:
        faults.append(f"task index {target['task']} of {tasks}")
    if squeeze(target["text"]) not in body:
        faults.append("its words do not stand in the document")
    numerals = re.search(r"[一二三四五六七八九十百千两半]|全覆盖|全部|翻|零", target["text"])
    if not numerals and not number_printed(target["value"], target["text"]):
        faults.append(f"value {target['value']} is not printed")
    return faults + deadline_faults(target.get("deadline"))


def check(path: pathlib.Path) -> list[str]:
    """Return every fault of one gold file, each with its place."""
    gold = json.loads(path.read_text("utf-8"))
    source = (path.parent / gold["file"]).read_text("utf-8")
    body = squeeze(simplified(GLOSS.sub("", source), gold["script"]))
    pairs = bigrams(body)
    faults = [f"{k} {gold[k]!r}" for k, ok in (("kind", KINDS), ("script", SCRIPTS)) if gold[k] not in ok]
    for i, task in enumerate(gold["tasks"]):
        faults += [f"task {i} «{task['text'][:16]}»: {f}" for f in task_faults(task, body, pairs)]
    for i, target in enumerate(gold["targets"]):
        found = target_faults(target, body, len(gold["tasks"]))
        faults += [f"target {i} «{target['text'][:24]}»: {f}" for f in found]
    for quantity in gold.get("ignore_quantities", []):
        if squeeze(quantity) not in body:
            faults.append(f"ignored quantity {quantity!r} is not printed")
    if gold.get("damaged"):  # characters that a wrong encoding swallowed stand in no document
        faults = [f for f in faults if not f.endswith(("in the document", "is not printed"))]
    return [f"{path.name}: {f}" for f in faults]


def main(argv: list[str]) -> int:
    """Check the folders named, print the faults, return the exit code."""
    here = pathlib.Path(__file__).parent / "authored"
    folders = [pathlib.Path(a) for a in argv] or [here / "train", here / "test"]
    files = sorted(f for folder in folders for f in folder.glob("*.json"))
    faults = [fault for f in files for fault in check(f)]
    sys.stdout.write("".join(f + "\n" for f in faults))
    sys.stdout.write(f"{len(files)} gold files, {len(faults)} faults\n")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
