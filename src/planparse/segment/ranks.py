"""Which numbers of a document stand below which, told by how they count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.expressions import expression
from planparse.model import Span
from planparse.segment.look import is_short_heading
from planparse.segment.numbering import WORDED, Number

#: a number that touches its text and is no quantity: 1继续, but not 3月, 2名
_BARE = expression(
    r"\d{1,2}(?=[\u4e00-\u9fff“《])(?![年月日号时分秒周天季个名人位例项件条次台套张间所家院科处室级类种期批届楼层床万亿千百元岁成倍度公平份支组])"
)
_BARE_RANK, _FEWEST_BARE = 5.9, 3
#: styles that clerks mix in one list: 3. 4） 5、
_DIGITS = frozenset({"arabic", "arabic-half-paren", "arabic-paren"})


def without_empty(text: str, lines: list[Span], numbers: list[Number | None]) -> list[Number | None]:
    """Drop the numbers of lines that hold nothing else."""
    kept: list[Number | None] = []
    for (_, end), number in zip(lines, numbers, strict=True):
        kept.append(None if number is not None and not text[number.end : end].strip() else number)
    return kept


def with_bare(text: str, lines: list[Span], numbers: list[Number | None]) -> list[Number | None]:
    """Add numbers that lost their stop, where lines one below the other count 1, 2, 3: 「1继续…」「2加强…」「3提高…」."""
    numbers = list(numbers)
    run: list[tuple[int, re.Match[str]]] = []
    for k, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        bare = _BARE.match(text, *line) if number is None else None
        value = int(bare[0]) if bare else 0
        if bare is None or value != len(run) + 1:
            _number_bare(numbers, run)
            run = []
        if bare is not None and value == len(run) + 1:
            run.append((k, bare))
    _number_bare(numbers, run)
    return numbers


def _number_bare(numbers: list[Number | None], run: Sequence[tuple[int, re.Match[str]]]) -> None:
    if len(run) >= _FEWEST_BARE:
        for value, (k, bare) in enumerate(run, 1):
            numbers[k] = Number("arabic-bare", _BARE_RANK, value, bare.start(), bare.end())


def goes_on_counting(above: Sequence[Number | None], number: Number) -> bool:
    """Whether a number of another print counts on where the one before it, the last of those ``above``, stopped: 3. and then 4）.

    Not where it counts on in its own print: （1）（2） below 2. and then 3.
    """
    before = above[-1]
    return (
        before is not None
        and before.style != number.style
        and {before.style, number.style} <= _DIGITS
        and 1 < number.value == before.value + 1
        and not any(
            own is not None and own.style == number.style and own.value == before.value for own in above[:-1]
        )
    )


def nesting(numbers: Sequence[Number | None]) -> dict[str, float]:
    """Return ranks that differ from the usual order: a style that restarts under another lies below it.

    Documents that put 1、 above （一） are found by counting: the inner style starts again at 1 more often, or the
    outer one counts on across it （（一）, 任务1, 任务2, （二）, 任务3）; 任务 may run on through all of them. Where each counts on across
    the other （一、1. 2. 二、（一）3. 4. （二）5.）, the usual order stands.
    """
    seen: dict[str, list[Number]] = {}
    order: list[str] = []
    across: set[tuple[str, str]] = set()
    for number in numbers:
        if number and number.value:
            if number.style not in seen:
                order.append(number.style)
            elif number.value == seen[number.style][-1].value + 1:
                across.update(
                    (number.style, other)
                    for other in order
                    if seen[other][-1].start > seen[number.style][-1].start
                )
            seen.setdefault(number.style, []).append(number)
    starts = {style: sum(n.value == 1 for n in found) for style, found in seen.items()}
    ranks: dict[str, float] = {}
    for k, first in enumerate(order):
        for later in order[k + 1 :]:
            outer, inner = seen[first][0], seen[later][0]
            both = (later, first) in across and (first, later) in across
            runs_on = both and inner.style in WORDED and starts[later] == 1
            if (
                outer.rank > inner.rank
                and len(seen[first]) >= 2
                and (
                    runs_on
                    or (
                        starts[first] == 1 and (starts[later] >= 2 or ((first, later) in across and not both))
                    )
                )
            ):
                ranks[later] = outer.rank + 0.01 * (inner.rank + 1)
    return ranks


def heading_marks(
    text: str, lines: Sequence[Span], numbers: Sequence[Number | None], ranks: dict[str, float]
) -> dict[str, float]:
    """Return the bullets that mark nothing but headings (● 工作任务, ● 进度安排), each with the rank of all its lines.

    Below one of its lines items of another mark or number must stand.
    """
    found: dict[str, float] = {}
    counts: dict[str, int] = {}
    for k, ((_, end), number) in enumerate(zip(lines, numbers, strict=True)):
        if number is None or number.style != "bullet":
            continue
        mark = text[number.start]
        counts[mark] = counts.get(mark, 0) + 1
        if not is_short_heading(text, number, end):
            found[mark] = -1.0  # an item
        after = numbers[k + 1] if k + 1 < len(lines) else None
        if after is not None and (after.style != "bullet" or text[after.start] != mark):
            rank = ranks.get(after.style, after.rank) - 0.05
            found[mark] = min(found.get(mark, rank), rank)
    return {mark: rank for mark, rank in found.items() if rank > 0 and counts[mark] > 1}
