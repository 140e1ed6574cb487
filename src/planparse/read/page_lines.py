"""Characters become lines: runs on one baseline, parted where a gap is wide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from planparse.read.docx_numbering import join_label
from planparse.read.page_parts import Char

_SAME_LINE: Final = 0.35  #: of the character's height
_SPACE: Final = 0.6  #: a gap that is a space
_WIDE: Final = 1.3  #: a gap that parts two runs
_SAME_CHAR: Final = 0.12  #: shift of a character printed twice to look bold
_LABEL: Final = re.compile(
    r"(第[一二三四五六七八九十百]{1,4}[章节条篇部分]|[（(]?[一二三四五六七八九十]{1,3}[)）、．.]+|[（(]\d{1,3}[)）]|"
    r"\d{1,2}(?:[.．]\d{1,2}){0,3}[、．.)）]|[①-⑳]|•|●|■|◆|➢|✓|▪|□) +"
)
_ASCII_WORD: Final = re.compile(r"[A-Za-z0-9%.,;:)\]]")


@dataclass(slots=True)
class Run:
    """Text on one baseline without a wide gap."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    page: int

    @property
    def top(self) -> float:
        """About where its letters begin."""
        return self.base - self.size * 0.85


def runs_of(chars: Iterable[Char], page: int) -> list[Run]:
    """Return the runs of characters, line by line from the top, each line from the left."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda found: found.base):
        if lines and char.base - _base(lines[-1]) <= _SAME_LINE * max(char.size, lines[-1][0].size):
            lines[-1].append(char)
        else:
            lines.append([char])
    runs: list[Run] = []
    for line in lines:
        runs.extend(_runs_of_line(sorted(line, key=lambda found: found.x0), page))
    return runs


def _base(line: Sequence[Char]) -> float:
    return line[0].base


def _runs_of_line(line: list[Char], page: int) -> list[Run]:
    groups: list[list[Char]] = []
    right = 0.0
    for char in line:
        if groups and _is_twin(char, groups[-1]):
            continue
        if groups and char.text != " " and char.x0 - right > _WIDE * char.size:
            while groups[-1] and groups[-1][-1].text == " ":
                groups[-1].pop()
            if not groups[-1]:
                groups.pop()
            groups.append([char])
        elif groups:
            groups[-1].append(char)
        elif char.text != " ":
            groups.append([char])
        else:
            continue
        right = max(right, char.x1) if char.text != " " or char.x1 - char.x0 < 1.2 * char.size else right
    return [run for run in (_run(group, page) for group in groups) if run.text]


def _is_twin(char: Char, group: list[Char]) -> bool:
    return any(
        char.text == other.text and char.text != " " and abs(char.x0 - other.x0) < _SAME_CHAR * char.size
        for other in group[-2:]
    )


def _run(group: list[Char], page: int) -> Run:
    out: list[str] = []
    for index, char in enumerate(group):
        if char.text == " ":
            if char.x1 - char.x0 < 0.01 * char.size:  # made up by pdfium: a space between Latin words only
                after = group[index + 1].text if index + 1 < len(group) else ""
                if not (
                    out and _ASCII_WORD.match(out[-1][-1]) and after and after.isascii() and after.isalnum()
                ):
                    continue
            if out and out[-1] != " ":
                out.append(" ")
            continue
        if out and out[-1] != " " and char.x0 - group[index - 1].x1 > _SPACE * char.size:
            out.append(" ")
        out.append(char.text)
    sizes = sorted(char.size for char in group)
    return Run(
        "".join(out).strip(),
        group[0].x0,
        max(char.x1 for char in group),
        group[0].base,
        sizes[len(sizes) // 2],
        page,
    )


def lines_of(runs: Sequence[Run]) -> list[Run]:
    """Return runs on the same baseline joined into whole lines, one space at each wide gap.

    >>> left, right = Run("责任科室：医务科", 50, 150, 100, 12, 1), Run("完成时限：6月", 200, 280, 100.5, 12, 1)
    >>> [line.text for line in lines_of([left, right])]
    ['责任科室：医务科 完成时限：6月']
    """
    lines: list[Run] = []
    for run in sorted(runs, key=lambda found: (found.base, found.x0)):
        last = lines[-1] if lines else None
        if last is not None and abs(run.base - last.base) <= _SAME_LINE * max(run.size, last.size):
            first, second = (last, run) if last.x0 <= run.x0 else (run, last)
            text = f"{first.text} {second.text}"
            lines[-1] = Run(
                text, first.x0, max(first.x1, second.x1), last.base, max(last.size, run.size), run.page
            )
        else:
            lines.append(run)
    return [_close_label(line) for line in lines]


def _close_label(line: Run) -> Run:
    """Return a line whose number stands close to its text, as it is typed by hand."""
    found = _LABEL.match(line.text)
    if found:
        line.text = join_label(found.group(1), "tab", line.text[found.end() :])
    return line


def begins_item(text: str) -> bool:
    """Tell whether a line begins with an ordinal.

    >>> begins_item("（二）推动改革"), begins_item("2024年底前")
    (True, False)
    """
    return _ITEM.match(text) is not None


_ITEM: Final = re.compile(
    r"第[一二三四五六七八九十百]{1,4}[章节条篇]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、．.]|"
    r"\d{1,2}[、．)）]|\d{1,2}\.(?!\d)|[①-⑳]|[•●■◆➢▪]"
)


def glue(before: str, after: str) -> str:
    """Return what stands between two lines of one paragraph: nothing, or a space between Latin words.

    >>> glue("2025年12", "月底"), glue("based", "medicine")
    ('', ' ')
    """
    if not before or not after:
        return ""
    end, begin = before[-1], after[0]
    latin = end.isascii() and end.isalpha() and begin.isascii() and begin.isalpha()
    return " " if latin else ""
