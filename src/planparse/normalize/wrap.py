"""Is a document hard-wrapped, and at which width? (Han counts 2, ASCII 1.)

>>> measure(["深入推进医院高质量发展各项工作取得明显成效全"] * 8, lambda: [0] * 8).width
44
>>> measure(["一、总体要求", "二、主要任务"], lambda: [0, 0]) is None
True
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planparse.expressions import expression

#: lines that are this much narrower than the widest still count as full (marks and Latin words move breaks)
SLACK = 4
NARROWEST, WIDEST = 20, 130
FEWEST = 6
#: so many of the longest lines, all equally long, are no chance
_FEWEST_EXACT = 5
#: in a document of so few lines a field (参会人员：…) that is full by chance would decide
SHORT = 30
FIELD = expression(r"[一-鿿]{2,8}[：:]")
#: no cell of names or dates is longer
_CELL = 12
#: below this width a line without end is a cell or an entry
RAGGED = 32
MARKED = expression("[，。；：、“”（）]")
CLOSED_BY = frozenset("。！？；：…!?;:.）)】〕”")
ENDS = frozenset("。！？；：…!?;:")


@dataclass(frozen=True, slots=True)
class Wrap:
    """The width at which lines break, and whether paragraphs are indented."""

    width: int
    indented: bool
    #: stray spaces and cut words moved the breaks: a line is full from this much less
    slack: int = SLACK
    #: lines break at a number of characters, whatever their width
    counted: bool = False

    def full(self, text: str, indent: int) -> bool:
        """Tell whether a line is full."""
        return (2 * len(text) if self.counted else width(text)) + indent >= self.width - self.slack


def width(text: str) -> int:
    """Return the printed width of a text: Han and other wide characters count 2, ASCII 1."""
    return (len(text.encode("utf-8", "replace")) + len(text)) // 2


def measure(lines: Sequence[str], indents: Callable[[], Sequence[int]]) -> Wrap | None:
    """Return how a document of trimmed lines is wrapped, or None; ``indents`` is called only where needed."""
    if len(lines) < FEWEST:
        return None
    longest = max(lines, key=len)
    if len(longest) > WIDEST and not _is_row(longest):
        return None
    plain = [at for at, text in enumerate(lines) if not _is_row(text)]
    if len(plain) < FEWEST or max(len(lines[at]) for at in plain) > WIDEST:
        return None
    indent = indents()
    sizes = [width(lines[at]) + indent[at] for at in plain]
    widest = _edge(sizes)
    counts = [2 * len(lines[at]) + indent[at] for at in plain]
    counted = _is_counted(sizes, counts) or _is_cut_at(
        max(counts),
        [(size, count, lines[at][-1]) for at, size, count in zip(plain, sizes, counts, strict=True)],
    )
    if counted:
        sizes, widest = counts, _edge(counts)
    if not NARROWEST <= widest <= WIDEST:
        return None
    full = [
        at
        for at, size in zip(plain, sizes, strict=True)
        if widest - SLACK <= size and not (len(lines) < SHORT and FIELD.match(lines[at]))
    ]
    cut = sum(1 for at in full if lines[at][-1] not in ENDS)
    share = 0.3 if widest >= 40 else 0.4
    # lines of free lengths thin out towards the longest; wrapped ones pile up there
    below = sum(1 for size in sizes if widest - 3 * SLACK <= size < widest - SLACK)
    piled = len(full) >= 5 and len(full) >= 3 * below
    if len(full) < 4 or cut < 0.5 * len(full) or not (piled or len(full) >= share * len(plain)):
        return _ragged(lines, plain, sizes)
    if _is_cells([lines[at] for at in plain], len(full)):
        return None
    flush = sum(1 for at in full if not indent[at])
    inset = sum(1 for at in plain if indent[at] >= 2)
    return Wrap(widest, counted=counted, indented=inset >= 2 and flush >= 2 and inset < 0.6 * len(plain))


def _is_cells(lines: Sequence[str], full: int) -> bool:
    """Tell whether lines are the cells of a table, one a line: many more than the full ones are short and end nowhere."""
    return sum(len(line) <= _CELL and line[-1] not in CLOSED_BY for line in lines) > 1.5 * full


def _is_counted(sizes: Sequence[int], counts: Sequence[int]) -> bool:
    """Tell whether many lines have exactly one number of characters, while their widths differ."""
    edge = _edge(counts)
    full = [k for k, count in enumerate(counts) if edge - 2 <= count <= edge]
    if len(full) < FEWEST or 2 * len(full) < len(counts):
        return False
    widths = sorted(sizes[k] for k in full)
    return widths[-1] - widths[0] > SLACK


def _is_cut_at(edge: int, lines: Sequence[tuple[int, int, str]]) -> bool:
    """Tell whether the longest lines all have exactly one number of characters, while their widths differ, and stop inside sentences."""
    full = [(size, last) for size, count, last in lines if count == edge]
    if len(full) < _FEWEST_EXACT or sum(last not in ENDS for _, last in full) < 0.6 * len(full):
        return False
    widths = [size for size, _ in full]
    return max(widths) - min(widths) > SLACK


def _ragged(lines: Sequence[str], plain: Sequence[int], sizes: Sequence[int]) -> Wrap | None:
    """Return how a document is wrapped whose breaks wander: most of its longer lines stop inside a sentence."""
    ordered = sorted(sizes, reverse=True)
    widest = ordered[len(ordered) // 10]
    slack = widest // 4
    near = [at for at, size in zip(plain, sizes, strict=True) if size >= widest - slack]
    cut = [at for at in near if lines[at][-1] not in CLOSED_BY]
    if widest < RAGGED or len(near) < FEWEST or len(cut) < 0.6 * len(near) or ordered[0] > widest + 2 * slack:
        return None
    if _is_cells([lines[at] for at in plain], len(near)):
        return None
    going = sum(1 for at in cut if MARKED.search(lines[at]) is not None)
    return Wrap(widest, indented=False, slack=slack) if going >= 0.6 * len(cut) else None


def _is_row(line: str) -> bool:
    return "\t" in line or "|" in line or "  " in line


def _edge(sizes: Sequence[int]) -> int:
    """Return the widest width that several lines share within the slack; a few odd wider lines are allowed."""
    ordered = sorted(sizes, reverse=True)
    room = max(1, len(ordered) // 50)
    for at, size in enumerate(ordered[: room + 1]):
        if at + 2 < len(ordered) and ordered[at + 2] >= size - SLACK:
            return size
    return 0
