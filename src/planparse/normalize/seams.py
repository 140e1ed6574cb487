"""The cues of the rule table ``lines``, compiled; what stands where one line meets the next.

>>> seam_of("进行全面消", "杀。")
'进行全面消⏎杀。'
>>> depth_after("（牵头科室：医务科；责任科室：")
1
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse.expressions import expression
from planparse.rulebook import Entry, Example, Rulebook

#: marks after which a line has come to its end
END = frozenset("。！？；：…!?;:.|\t")
#: marks that no line begins with
GLUED = frozenset("，。、；：）》】”%")
OPEN = "（(【〔[《"
SEAM = "⏎"
#: so many characters of either line stand at the seam
TAIL = 6
BRACKETS = expression(r"[（(【〔\[《）)】〕\]》]")
ANY_LABEL = expression(r"[一-鿿]{2,10}[：:]")
#: a mark inside running text; the second, one that ends a sentence
CLAUSE = expression("[，。！？；、,;]|(?<=[一-鿿])[.](?=[一-鿿])")
CLOSED = expression("[。！？；]|(?<=[一-鿿])[.](?=[一-鿿])")
LATIN = expression(r"[A-Za-z,.]\n[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Cues:
    """The patterns of each cue of the table, as one."""

    start: re.Pattern[str]
    label: re.Pattern[str]
    complete: re.Pattern[str]
    always: re.Pattern[str]
    body: re.Pattern[str]
    cell: re.Pattern[str]


def cues(rules: Rulebook) -> Cues:
    """Return the compiled cues; call it by ``rules.compiled(cues)``."""

    def cue(name: str) -> re.Pattern[str]:
        found = [f"(?:{entry['pattern']})" for entry in rules.entries("lines") if entry["cue"] == name]
        return expression("|".join(found) or "(?!)")

    return Cues(*(cue(name) for name in ("start", "label", "complete", "always", "body", "cell")))


def seam_of(here: str, there: str) -> str:
    """Return the end of one line and the beginning of the next with the seam sign between."""
    return here[-TAIL:] + SEAM + there[:TAIL]


def depth_after(text: str, depth: int = 0) -> int:
    """Return how many brackets are open after ``text``, of ``depth`` that were before."""
    if not depth and "（" not in text and "(" not in text and "【" not in text and "〔" not in text:
        return 0
    for mark in BRACKETS.findall(text):
        depth = depth + 1 if mark in OPEN else max(0, depth - 1)
    return depth


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of ``lines``: at the start of a line, over a whole line, or on the seam ⏎."""
    pattern = re.compile(entry["pattern"])
    if entry["cue"] == "complete":
        hit = pattern.fullmatch(example.text)
    elif entry["cue"] in ("start", "label"):
        hit = pattern.match(example.text)
    else:
        hit = pattern.search(example.text)
    if not positive:
        return f"found {hit[0]!r}" if hit else None
    if not hit:
        return "found nothing"
    return None if hit.span() == example.span else f"found {hit[0]!r}"
