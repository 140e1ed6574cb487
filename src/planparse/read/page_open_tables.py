"""Tables with horizontal rules only (三线表): columns are told by the white strips between their texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from planparse.read.build import Cell
from planparse.read.page_grid import merge_lines
from planparse.read.page_lines import Run, runs_of
from planparse.read.page_parts import Char, Line
from planparse.read.page_tables import Piece

_SAME_EDGE: Final = 6.0
_MIN_WIDTH: Final = 150.0
_STRIP: Final = 0.6  #: of a character: the white between two columns
_LONG_HEADER: Final = 14
_CELL_GAP: Final = 0.5  #: of a character: a gap inside a line that may part two cells
_MAX_RULES: Final = 200


def open_tables(across: Sequence[Line], chars: Sequence[Char], page: int) -> tuple[list[Piece], list[Char]]:
    """Return the tables between rules of one width, and the characters that are in none of them.

    At least three rules: above the header, below it, below the table. Text between rules that has no white
    strips is no table.
    """
    pieces: list[Piece] = []
    free = list(chars)
    for rules in _groups(across):
        left, right = rules[0].start - _SAME_EDGE, rules[0].end + _SAME_EDGE
        held: list[Char] = []
        rest: list[Char] = []
        for char in free:
            inside = rules[0].at < char.base <= rules[-1].at + 1 and left <= char.x0 and char.x1 <= right
            (held if inside else rest).append(char)
        piece = _piece(rules, runs_of(held, page, _CELL_GAP))
        if piece is not None:
            pieces.append(piece)
            free = rest
    return pieces, free


def _groups(across: Sequence[Line]) -> list[list[Line]]:
    """Return stretches of three or more rules that begin and end at the same places."""
    rules = sorted(line for line in merge_lines(across) if line.end - line.start >= _MIN_WIDTH)[:_MAX_RULES]
    groups: list[list[Line]] = []
    for rule in rules:
        for group in groups:
            last = group[-1]
            if abs(last.start - rule.start) < _SAME_EDGE and abs(last.end - rule.end) < _SAME_EDGE:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= 3]


def _piece(rules: Sequence[Line], runs: Sequence[Run]) -> Piece | None:
    header = [run for run in runs if run.base <= rules[1].at + 1]
    if len(header) < 2 or any(len(run.text) > _LONG_HEADER for run in header):
        return None
    strips = _strips(runs)
    columns = len(strips) + 1
    if columns < 2 or len({_column(run, strips) for run in header}) < 2:
        return None
    rows: list[list[Cell]] = []
    page = runs[0].page
    for above, below in pairwise(rules):
        inside = [run for run in runs if above.at < run.base <= below.at + 1]
        rows.extend(_rows(inside, strips, columns, page, one=above is rules[0]))
    return Piece(
        [rules[0].start, *strips, rules[0].end], rows, page, page, rules[0].at, rules[-1].at, rules[0].start
    )


def _strips(runs: Sequence[Run]) -> list[float]:
    """Return the middle of every white strip that runs through all lines."""
    strips: list[float] = []
    right = None
    for run in sorted(runs, key=lambda found: found.x0):
        if right is not None and run.x0 - right > _STRIP * run.size:
            strips.append((right + run.x0) / 2)
        right = run.x1 if right is None else max(right, run.x1)
    return strips


def _column(run: Run, strips: Sequence[float]) -> int:
    return sum(1 for strip in strips if run.x0 > strip)


def _rows(
    runs: Sequence[Run], strips: Sequence[float], columns: int, page: int, *, one: bool
) -> list[list[Cell]]:
    """Return the rows between two rules: a line that begins in the first column begins a row."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda found: found.base):
        if lines and run.base - lines[-1][0].base <= 0.5 * run.size:
            lines[-1].append(run)
        else:
            lines.append([run])
    rows: list[list[Cell]] = []
    for line in lines:
        if not rows or (not one and any(_column(run, strips) == 0 for run in line)):
            rows.append([Cell("", page) for _ in range(columns)])
        for run in sorted(line, key=lambda found: found.x0):
            rows[-1][_column(run, strips)].text += run.text
    return rows
