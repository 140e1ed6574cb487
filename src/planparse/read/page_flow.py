"""Runs of a page become flows in reading order (one column, or two), and flows become paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from planparse.read.page_lines import Run, begins_item, glue, lines_of, next_word

_MIN_SIDE: Final = 3  #: lines that each of two columns has at least
_WHOLE: Final = 8  #: lines of a column that is surely one
_FILL: Final = 0.85  #: how much of its column a full line fills
_FULL: Final = 2.0  #: a line that ends within so many characters of the margin is full
_INDENT: Final = 0.8
_LOOSE: Final = 1.55  #: a gap so much wider than the lines' own parts paragraphs
_SENTENCE_ENDS: Final = "。！？；;：:）)】〕]》”"

Key = tuple[int, str]  #: page width and column: lines of one key share their margins


@dataclass(slots=True)
class Flow:
    """Lines that follow one another in one column."""

    lines: list[Run]
    key: Key


@dataclass(slots=True)
class Margins:
    """Left and right edge of the text of every kind of column, over the whole document."""

    left: dict[Key, float] = field(default_factory=dict)
    right: dict[Key, float] = field(default_factory=dict)
    inner: dict[Key, float] = field(default_factory=dict)  #: where most lines end, short of ``right``

    def learn(self, flows: Iterable[Flow]) -> None:
        """Take the edges of these flows into account."""
        lines: dict[Key, list[Run]] = {}
        for flow in flows:
            lines.setdefault(flow.key, []).extend(flow.lines)
        for key, held in lines.items():
            lefts = sorted(line.x0 for line in held)
            rights = sorted(line.x1 for line in held)
            self.left[key] = lefts[len(lefts) // 50]
            # stops may hang beyond the margin: it is where most of the long lines end
            long = [line for line in held if line.x1 > rights[-1] - 2.5 * usual_size(held)]
            right = sorted(line.x1 for line in long)[len(long) // 2]
            broken = sum(1 for line in long if line.text[-1] not in _SENTENCE_ENDS)
            if broken < 2 and key[1] == "whole":
                right = max(right, key[0] - self.left[key])  # no line is known to be full: even margins
            self.right[key] = right
            inner = _common_end(held)
            if inner is not None and inner < self.right[key] - 2.5 * usual_size(held):
                self.inner[key] = inner

    def right_of(self, key: Key, line: Run) -> float:
        """Return the right margin that a line was set to: the inner one for a line that does not pass it."""
        inner = self.inner.get(key)
        if inner is not None and line.x1 <= inner + line.size:
            return inner
        return self.right.get(key, line.x1)


def _common_end(lines: Sequence[Run]) -> float | None:
    """Return where lines end that break off inside sentences, when most lines do at one place (a lone column)."""
    size = usual_size(lines)
    broken = sorted(line.x1 for line in lines if line.text[-1] not in _SENTENCE_ENDS)
    best: tuple[int, float] = (0, 0.0)
    start = 0
    for at, x1 in enumerate(broken):
        while x1 - broken[start] > 1.5 * size:
            start += 1
        best = max(best, (at - start + 1, x1))
    return best[1] if best[0] >= max(_MIN_SIDE, 0.4 * len(lines)) else None


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its text by page, and its first line for style and indent."""

    parts: list[tuple[str, int]]
    first: Run
    last: Run
    key: Key

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(text for text, _ in self.parts)


def flows_of(runs: Sequence[Run], page_width: float) -> list[Flow]:
    """Return the flows of a stretch of a page in reading order: two columns left before right."""
    width = round(page_width)
    gutter = _gutter(runs, page_width)
    if gutter is None:
        lines = lines_of(runs)
        return [Flow(lines, (width, "whole"))] if lines else []
    flows: list[Flow] = []
    band: list[Run] = []
    for run in [*sorted(runs, key=lambda found: found.base), None]:
        if run is not None and not run.x0 < gutter - 2 < gutter + 2 < run.x1:
            band.append(run)
            continue
        for side, picked in (
            ("left", [r for r in band if r.x0 < gutter]),
            ("right", [r for r in band if r.x0 >= gutter]),
        ):
            if picked:
                flows.append(Flow(lines_of(picked), (width, side)))
        band = []
        if run is not None:
            flows.append(Flow(lines_of([run]), (width, "whole")))
    return flows


def _gutter(runs: Sequence[Run], page_width: float) -> float | None:
    """Return where two columns of prose part, or None on a page of one column."""
    if len(runs) < 2 * _MIN_SIDE:
        return None
    best: tuple[int, float] | None = None
    for step in range(35, 66):
        x = page_width * step / 100
        crossing = sum(1 for run in runs if run.x0 < x - 2 and run.x1 > x + 2)
        if best is None or (crossing, abs(50 - step)) < (best[0], abs(best[1] / page_width * 100 - 50)):
            best = (crossing, x)
    if best is None or best[0] > 0.3 * len(runs):
        return None
    x = best[1]
    left = [run for run in runs if run.x1 <= x + 2]
    right = [run for run in runs if run.x0 >= x - 2]
    if not _is_prose(left):
        return None
    if not _is_prose(right):
        return x if _ends_beside(runs, x) else None
    overlap = min(max(r.base for r in left), max(r.base for r in right)) - max(
        min(r.base for r in left), min(r.base for r in right)
    )
    return x if overlap > 2 * usual_size(left) else None


def _ends_beside(runs: Sequence[Run], x: float) -> bool:
    """Tell the last lines of a text at the top of a second column, beside a whole first one: too few to look like prose.

    They stand one below the other from the first line of the other column on, as cells of a table do not.
    """
    crossing = sorted(run.base for run in runs if run.x0 < x - 2 and run.x1 > x + 2)
    for above, below in pairwise([float("-inf"), *crossing, float("inf")]):
        band = sorted((run for run in runs if above < run.base < below), key=lambda run: run.base)
        left = [run for run in band if run.x1 <= x + 2]
        right = [run for run in band if run.x0 >= x - 2]
        if len(left) < _WHOLE or not 0 < len(right) <= len(left) // 2:
            continue
        size, step = usual_size(left), _LOOSE * max(_leading(left), usual_size(left))
        edge = max(run.x1 for run in left) - min(run.x0 for run in left)
        full = sum(1 for run in left if run.x1 - run.x0 > _FILL * edge)
        tops = [left[0].base, *(run.base for run in right)]
        if (
            2 * full >= len(left)
            and abs(tops[1] - tops[0]) < step
            and all(0.5 * size < after - before < step for before, after in pairwise(tops[1:]))
            and all(abs(run.size - size) < 0.15 * size for run in right)
        ):
            return True
    return False


def usual_size(runs: Sequence[Run]) -> float:
    """Return the size of the middle one of some runs."""
    sizes = sorted(run.size for run in runs)
    return sizes[len(sizes) // 2]


def _is_prose(side: Sequence[Run]) -> bool:
    """Tell a column of running text: several of its lines reach its right edge, which columns of cells seldom do."""
    if len(side) < _MIN_SIDE:
        return False
    left, right = min(run.x0 for run in side), max(run.x1 for run in side)
    full = sum(1 for run in side if run.x1 - run.x0 > _FILL * (right - left))
    return right - left > 8 * usual_size(side) and full >= max(2, 0.2 * len(side))


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the lines around a line are set: their column, its margins, their distance, the usual size."""

    key: Key
    margins: Margins
    leading: float
    body_size: float


def paragraphs_of(flows: Sequence[Flow], margins: Margins, body_size: float) -> list[Paragraph]:
    """Return the paragraphs of flows that follow one another, over columns and pages."""
    out: list[Paragraph] = []
    for flow in flows:
        setting = _Setting(flow.key, margins, _leading(flow.lines), body_size)
        above: Run | None = None
        for line in flow.lines:
            last = out[-1] if out else None
            if last is not None and _continues(last, line, above, setting):
                _extend(last, line)
                last.key = flow.key
            else:
                out.append(Paragraph([(line.text, line.page)], line, line, flow.key))
            above = line
    return out


def _leading(lines: Sequence[Run]) -> float:
    steps = sorted(after.base - before.base for before, after in pairwise(lines) if after.base > before.base)
    return steps[len(steps) // 3] if steps else 0.0


def _extend(paragraph: Paragraph, line: Run) -> None:
    text = glue(paragraph.last, line) + line.text
    before, page = paragraph.parts[-1]
    if page == line.page:
        paragraph.parts[-1] = (before + text, page)
    else:
        paragraph.parts.append((text, line.page))
    paragraph.last = line


def _continues(paragraph: Paragraph, line: Run, above: Run | None, setting: _Setting) -> bool:
    """Tell whether a line goes on with the paragraph before it."""
    last, margins, leading = paragraph.last, setting.margins, setting.leading
    size = max(line.size, 1.0)
    if abs(last.size - line.size) > 0.15 * size:
        return False
    usual = max(leading * size / max(setting.body_size, 1.0), size)
    if above is not None and leading and line.base - above.base > _LOOSE * usual:
        return False
    left, right = margins.left.get(setting.key, line.x0), margins.right_of(setting.key, line)
    if line.size >= 1.2 * setting.body_size and _is_centered_pair(last, line, left, right):
        return True
    last_right = margins.right_of(paragraph.key, last)
    if max(last.x1, min(last.end, last_right)) < last_right - max(_FULL * size, next_word(line) + 0.5 * size):
        return False
    indent = line.x0 - left
    if begins_item(line.text) and (last.text[-1] in _SENTENCE_ENDS or indent > _INDENT * size):
        return False
    if indent <= _INDENT * size:
        # a heading without indent, below a sentence that happens to end at the margin
        short = line.x1 < right - _FULL * size and line.text[-1] not in _SENTENCE_ENDS
        return not (short and last.text[-1] in "。！？")
    # a hanging indent: the item's number stands left of all its lines
    last_left = margins.left.get(paragraph.key, last.x0)
    first_indent = paragraph.first.x0 - last_left
    if paragraph.first is not last and abs((last.x0 - last_left) - indent) < 0.3 * size < abs(
        first_indent - indent
    ):
        return True
    return begins_item(paragraph.first.text) and indent > first_indent + 0.5 * size


def _is_centered_pair(last: Run, line: Run, left: float, right: float) -> bool:
    """Tell a title that was broken into two centred lines."""
    middle = (left + right) / 2
    if last.x1 - last.x0 < 0.55 * (right - left):
        return False
    return all(abs((run.x0 + run.x1) / 2 - middle) < run.size for run in (last, line))
