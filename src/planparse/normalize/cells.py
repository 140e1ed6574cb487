r"""Broken lines of cells (kind ``line``): words and names that a narrow column cuts by hand are whole again.

Who fills in a table presses Enter where the column ends (门诊⏎部, 2025年6⏎月底前), but also between names and measures.
A line goes on in the next only on evidence: the seam itself (the rule table ``lines``), a bracket left open, a name of the
catalogue or a word of the language across it, a number and its unit. In a cell whose lines are as long as one
another, one such seam tells of all.

>>> from planparse.rulebook import default_rules
>>> text = "客户服务\n中心\t护理部\n门诊部\t2025年6\n月底"
>>> [edit.span for edit in broken_cells(text, [4, 11, 22], default_rules())]
[(4, 5), (22, 23)]
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from planparse.catalogue import build_forms
from planparse.clean import Edit
from planparse.expressions import expression
from planparse.normalize.gaps import across
from planparse.normalize.seams import END, LATIN, cues, depth_after, seam_of
from planparse.rulebook import Rulebook

#: how a source text prints the end of a line inside a cell
BREAKS = expression("\v")
#: a line of so many letters at least tells how wide its cell is; lines of a cell that was broken differ by so much
WIDE, DIFFER = 5, 1
#: seams asked of the language model: so many in a text, and one more for so many characters
MOST, PER_SEAM = 200, 40
HAN = expression("[一-鿿]")
TOKEN_END = expression(r"[一-鿿（）()]{1,16}$")
TOKEN = expression(r"[一-鿿（）()]{1,16}")
_LIST = "、，,；;"
#: so much of a cell's first line is looked at
LONGEST = 240
_END = expression(r"[\t\n]")
CLOSES = expression(r"[^（(]{0,40}[）)]")


def broken_cells(text: str, breaks: Sequence[int], rules: Rulebook) -> list[Edit]:
    """Return the edits that join broken lines inside cells; ``breaks`` are the offsets of all breaks inside cells."""
    work = _Cells(text, rules)
    edits: list[Edit] = []
    cell: list[int] = []
    for at in breaks:
        # a tab or the end of a row begins another cell
        if cell and _END.search(text, cell[-1] + 1, at):
            edits += work.joins(cell)
            cell = []
        cell.append(at)
    return edits + work.joins(cell) if cell else edits


class _Cells:
    """Joins the lines of cell after cell of one text."""

    def __init__(self, text: str, rules: Rulebook) -> None:
        self.text = text
        self.cues = rules.compiled(cues)
        self.forms = rules.compiled(build_forms)
        self.left = MOST + len(text) // PER_SEAM

    def joins(self, breaks: Sequence[int]) -> list[Edit]:
        """Return the edits of one cell, whose lines end at ``breaks``."""
        text = self.text
        start = (
            max(
                text.rfind("\t", max(0, breaks[0] - LONGEST), breaks[0]),
                text.rfind("\n", max(0, breaks[0] - LONGEST), breaks[0]),
            )
            + 1
        )
        found = _END.search(text, breaks[-1] + 1)
        ends = [*breaks, found.start() if found else len(text)]
        lines = [text[a:b].strip() for a, b in zip([start, *(at + 1 for at in breaks)], ends, strict=True)]
        told = [self._is_broken(here, there) for here, there in pairwise(lines)]
        if not any(told):
            return []
        if all(told[k] or lines[k][-1:] not in END for k in range(len(told))) and _is_even(lines):
            told = [told[k] or not self._begins(lines[k + 1]) for k in range(len(told))]
        out = []
        for at, here, there, broken in zip(breaks, lines, lines[1:], told, strict=False):
            if broken:
                glue = " " if LATIN.fullmatch(f"{here[-1]}\n{there[0]}") else ""
                out.append(Edit("line", (at, at + 1), text[at : at + 1], glue))
        return out

    def _begins(self, line: str) -> bool:
        return self.cues.start.match(line) is not None or self.cues.label.match(line) is not None

    def _is_broken(self, here: str, there: str) -> bool:
        if not here or not there or self._begins(there):
            return False
        seam = seam_of(here, there)
        if self.cues.always.search(seam) or self.cues.cell.search(seam):
            return True
        if here[-1] in END:
            return False
        if min(len(here), len(there)) == 1 and HAN.match(here[-1]) and HAN.match(there):
            return True
        if depth_after(here[-LONGEST:]) and CLOSES.match(there):
            return True
        return self._is_cut(here, there)

    def _is_cut(self, here: str, there: str) -> bool:
        """Tell whether a name or a word stands across the seam."""
        left, right = TOKEN_END.search(here[-24:]), TOKEN.match(there[:24])
        if left is None or right is None:
            return False
        if (len(left[0]) == 1 < len(here) and here[-2] in _LIST) or (
            len(right[0]) == 1 < len(there) and there[1] in _LIST
        ):
            return True  # 护理部、信⏎息科: no name is one letter
        names = self.forms.is_name(left[0]), self.forms.is_name(right[0])
        if all(names):
            return False
        if self.forms.is_known(left[0] + right[0]):
            return True
        if any(names) or not self.left:
            return False
        self.left -= 1
        return across(left[0], right[0])


def _is_even(lines: Sequence[str]) -> bool:
    """Tell whether the lines of a cell, but its last, are as long as one another."""
    sizes = [len(line) for line in lines[:-1]]
    return (
        len(lines) > 2
        and min(sizes) >= WIDE
        and max(sizes) - min(sizes) <= DIFFER
        and len(lines[-1]) <= max(sizes) + DIFFER
    )
