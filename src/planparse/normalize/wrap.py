"""Is a document hard-wrapped, and at which width? (Han counts 2, ASCII 1.)

>>> measure([("深入推进医院高质量发展各项工作取得明显成效全", 0)] * 8).width
44
>>> measure([("一、总体要求", 0), ("二、主要任务", 0)]) is None
True
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

#: lines that are this much narrower than the widest still count as full (marks and Latin words move breaks)
SLACK = 4
NARROWEST, WIDEST = 20, 130
ENDS = frozenset("。！？；：…!?;:")


@dataclass(frozen=True, slots=True)
class Wrap:
    """The width at which lines break; whether paragraphs are indented; whether blank lines part all lines."""

    width: int
    indented: bool
    spaced: bool

    def full(self, size: int) -> bool:
        """Tell whether a line of this width is full."""
        return size >= self.width - SLACK


def width(text: str) -> int:
    """Return the printed width of a text: Han and other wide characters count 2, ASCII 1."""
    return (len(text.encode("utf-8", "replace")) + len(text)) // 2


def measure(lines: Sequence[tuple[str, int]]) -> Wrap | None:
    """Return how a document of (trimmed line, indentation) is wrapped, or None if it is not."""
    lines = [(text, indent) for text, indent in lines if not ("\t" in text or "|" in text or "  " in text)]
    if len(lines) < 6:
        return None
    if max(len(text) for text, _ in lines) > WIDEST:
        return None
    sizes = [width(text) + indent for text, indent in lines]
    widest = _edge(sizes)
    if not NARROWEST <= widest <= WIDEST:
        return None
    full = [at for at, size in enumerate(sizes) if widest - SLACK <= size]
    cut = sum(1 for at in full if lines[at][0][-1] not in ENDS)
    share = 0.3 if widest >= 40 else 0.4
    # lines of free lengths thin out towards the longest; wrapped ones pile up there
    below = sum(1 for size in sizes if widest - 3 * SLACK <= size < widest - SLACK)
    piled = len(full) >= 5 and len(full) >= 3 * below
    if len(full) < 4 or cut < 0.5 * len(full) or not (piled or len(full) >= share * len(lines)):
        return None
    flush = sum(1 for at in full if lines[at][1] == 0)
    indents = sum(1 for _, indent in lines if indent >= 2)
    return Wrap(widest, indented=indents >= 2 and flush >= 2 and indents < 0.6 * len(lines), spaced=False)


def _edge(sizes: Sequence[int]) -> int:
    """Return the widest width that several lines share within the slack; a few odd wider lines are allowed."""
    counts = Counter(sizes)
    room = max(1, len(sizes) // 50)
    above = 0
    for size in sorted(counts, reverse=True):
        if sum(counts[k] for k in range(size - SLACK, size + 1)) >= 3 and above <= room:
            return size
        above += counts[size]
    return 0
