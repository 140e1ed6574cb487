"""Characters become lines: runs on one baseline, parted where a gap is wide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planparse.read.labels import join_label
from planparse.read.page_parts import Char

_SAME_LINE: Final = 0.35  #: of the character's height
_SPACE: Final = 0.6  #: a gap that is a space
WIDE: Final = 1.3  #: a gap that parts two runs
_MOST_SPACES: Final = 20
_SAME_CHAR: Final = 0.12  #: shift of a character printed twice to look bold
_LABEL: Final = re.compile(
    r"(第[一二三四五六七八九十百]{1,4}[章节条篇部分]|[（(]?[一二三四五六七八九十]{1,3}[)）、．.]+|[（(]\d{1,3}[)）]|"
    r"\d{1,2}(?:[.．]\d{1,2}){0,3}[、．.)）]|[①-⒛㈠-㈩]|•|●|■|◆|➢|✓|▪|□) +"
)
_ITEM: Final = re.compile(
    r"第[一二三四五六七八九十百]{1,4}[章节条篇]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、．.]|"
    r"\d{1,2}[、．)）]|\d{1,2}\.(?!\d)|[①-⒛㈠-㈩]|[•●■◆➢▪]|(?:问题|任务|项目|行动|工程|专项|措施)[一二三四五六七八九十\d]{1,3}[：:、]"
)
_LATIN_END: Final = re.compile(r"[a-z]{3,}$")
_LATIN_START: Final = re.compile(r"[a-z]{3,}")
_UNBROKEN: Final = re.compile(
    r"[（“‘《〔【]{0,3}(?:[!-~]{1,30}|.)[）】〕》」』”’，。；：、！？％]{0,5}"
    r"(?:(?<=[，。；：、])[“‘（《〔【]{1,2}[^（）]?[）】〕》”’，。；：、]{0,3})?"
)
_NARROW: Final = 0.12  #: more than the usual gap by so much is a space, where pdfium saw one
_NARROW_LETTER: Final = 0.55  #: the width of a Latin letter or a digit
_PERCENT: Final = 0.9
_ASCII_WORD: Final = re.compile(r"[A-Za-z0-9%.,;:)\]]")


@dataclass(slots=True)
class Run:
    """Text on one baseline without a wide gap; ``tail`` is the white space behind it, up to ``end``."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    page: int
    tail: str = ""
    end: float = 0.0


def runs_of(chars: Iterable[Char], page: int, wide: float = WIDE) -> list[Run]:
    """Return the runs of characters, line by line from the top, each line from the left.

    ``wide`` is the gap that parts two runs, in characters.
    """
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda found: found.base):
        if lines and char.base - _base(lines[-1]) <= _SAME_LINE * max(char.size, lines[-1][0].size):
            lines[-1].append(char)
        else:
            lines.append([char])
    runs: list[Run] = []
    for line in lines:
        runs.extend(_runs_of_line(sorted(line, key=lambda found: found.x0), page, wide))
    return runs


def _base(line: Sequence[Char]) -> float:
    return line[0].base


def _runs_of_line(line: list[Char], page: int, wide: float) -> list[Run]:
    groups: list[list[Char]] = []
    right = 0.0
    for char in line:
        if groups and _is_twin(char, groups[-1]):
            continue
        if not groups or (char.x0 - right > wide * char.size and char.x1 > char.x0):
            groups.append([char])
        else:
            groups[-1].append(char)
        right = max(right, char.x1)
    return [run for run in (_run(group, page) for group in groups) if run.text]


def _is_twin(char: Char, group: list[Char]) -> bool:
    return any(
        char.text == other.text and char.text != " " and abs(char.x0 - other.x0) < _SAME_CHAR * char.size
        for other in group[-2:]
    )


def _run(group: list[Char], page: int) -> Run:
    out: list[str] = []
    usual = _usual_gap(group)
    last: Char | None = None
    made_up = False
    for char in group:
        if char.x1 - char.x0 < 0.01 * char.size and char.text == " ":
            made_up = True
            continue
        if last is not None and not char.text.isspace() and not last.text.isspace():
            gap = char.x0 - last.x1
            if gap > _SPACE * char.size or (made_up and _is_space(last, char, gap - usual)):
                out.append(" ")
        out.append(char.text)
        last = char
        made_up = False
    whole = "".join(out)
    text = whole.strip()
    drawn = [char for char in group if not char.text.isspace()] or group
    sizes = sorted(char.size for char in drawn)
    return Run(
        text,
        drawn[0].x0,
        max(char.x1 for char in drawn),
        drawn[0].base,
        sizes[len(sizes) // 2],
        page,
        whole[len(whole.rstrip()) :],
        group[-1].x1,
    )


def _usual_gap(group: list[Char]) -> float:
    """Return the usual distance of characters, more than nothing where a line is stretched to the margin."""
    drawn = [char for char in group if not char.text.isspace()]
    gaps = sorted(after.x0 - before.x1 for before, after in pairwise(drawn))
    return gaps[len(gaps) // 2] if gaps else 0.0


def _is_space(before: Char, after: Char, gap: float) -> bool:
    """Tell whether the gap that pdfium took for a space is one: between Latin words, or wide between Han."""
    if before.text.isascii() and after.text.isascii():
        return gap > _NARROW * after.size and bool(_ASCII_WORD.match(before.text)) and after.text.isalnum()
    return (
        "\u3400" <= before.text <= "\u9fff"
        and "\u3400" <= after.text <= "\u9fff"
        and gap > _NARROW * after.size
    )


def lines_of(runs: Sequence[Run]) -> list[Run]:
    """Return runs on the same baseline joined into whole lines, with spaces as wide as the gap between them.

    >>> left, right = Run("责任科室：医务科", 50, 150, 100, 12, 1), Run("完成时限：6月", 200, 280, 100.5, 12, 1)
    >>> [line.text for line in lines_of([left, right])]
    ['责任科室：医务科        完成时限：6月']
    """
    lines: list[Run] = []
    for run in sorted(runs, key=lambda found: (found.base, found.x0)):
        last = lines[-1] if lines else None
        if last is not None and abs(run.base - last.base) <= _SAME_LINE * max(run.size, last.size):
            first, second = (last, run) if last.x0 <= run.x0 else (run, last)
            gap = (second.x0 - first.x1) / max(first.size, 1.0)
            text = first.text + " " * min(max(round(2 * gap), 1), _MOST_SPACES) + second.text
            size = max(last.size, run.size)
            right = max(first.x1, second.x1)
            lines[-1] = Run(text, first.x0, right, last.base, size, run.page, second.tail, second.end)
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


def glue(before: Run, after: Run) -> str:
    """Return what stands between two lines of one paragraph: the space that was broken at, or nothing.

    >>> first = Run("2025年12", 50, 100, 10, 12, 1)
    >>> glue(first, Run("月底", 50, 80, 24, 12, 1))
    ''
    """
    if before.tail and before.end > before.x1:
        return before.tail.replace("\xa0", " ")
    latin = _LATIN_END.search(before.text) is not None and _LATIN_START.match(after.text) is not None
    return " " if latin else ""


def next_word(line: Run) -> float:
    """Return the width of what cannot be parted at a line's beginning: a number, a word, a letter with its stops.

    >>> next_word(Run("95%以上", 0, 40, 0, 10, 1)), next_word(Run("长）；完成", 0, 50, 0, 10, 1))
    (20.0, 30.0)
    """
    found = _UNBROKEN.match(line.text)
    if found is None:
        return line.size
    # the size that a font tells of may be less than its letters are wide
    return _letters(found.group()) * max(line.size, (line.x1 - line.x0) / _letters(line.text))


def _letters(text: str) -> float:
    """Return how many Han letters wide a text is, about."""
    return sum(
        _NARROW_LETTER if char.isascii() and char != "%" else _PERCENT if char == "%" else 1.0
        for char in text
    )
