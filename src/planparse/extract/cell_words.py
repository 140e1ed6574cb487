"""Words in the cells of a table that are no values: totals, notes, kinds of departments (rules/cells.toml)."""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.expressions import expression
from planparse.phrases import sources, told
from planparse.rulebook import Entry, Example, Rulebook


class CellWords(Struct, frozen=True):
    """The expressions of each kind of entry, where a cell or a header prints it; ``note`` is matched where a line begins."""

    none: re.Pattern[str]
    total: re.Pattern[str]
    note: re.Pattern[str]
    office: re.Pattern[str]
    indicator: re.Pattern[str]
    aim: re.Pattern[str]
    generic: re.Pattern[str]
    leads: re.Pattern[str]
    supports: re.Pattern[str]
    unitless: re.Pattern[str]


#: a break inside a cell
_BREAK = expression(r"[ \u3000]*[\n\v][ \u3000]*")
_BETWEEN_LATIN = expression(r"(?<=[A-Za-z,.])[ \u3000]*[\n\v][ \u3000]*(?=[A-Za-z])")


def on_one_line(cell: str) -> str:
    r"""Return the text of a name or a title in a cell, whose lines were broken to fit its column.

    >>> on_one_line("门诊\n服务"), on_one_line("HIS\nsystem")
    ('门诊服务', 'HIS system')
    """
    if "\n" not in cell and "\v" not in cell:
        return cell
    return _BREAK.sub("", _BETWEEN_LATIN.sub(" ", cell))


def build_cell_words(rules: Rulebook) -> CellWords:
    """Return the compiled words of cells."""
    of = sources(rules, "cells")
    return CellWords(
        none=expression(rf"^(?:[—–\-/／－无─]+|{of['none']})$"),
        total=expression("^" + of["total"]),
        note=expression(rf"{of['note']}\s?[：:]"),
        office=expression(of["office"] + "$"),
        indicator=expression(rf"^[^，。；：\n\v]{{2,36}}{of['indicator']}(?:[（(][^（）()]{{1,16}}[）)])?$"),
        aim=expression(of["aim"]),
        generic=expression(of["generic"] + "$"),
        leads=expression(of["leads"]),
        supports=expression(of["supports"]),
        unitless=expression(rf"^(?:[-—－/]?|{of['unitless']})$"),
    )


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of ``cells``: what the entry's kind finds in a cell."""
    pattern = getattr(rules.compiled(build_cell_words), entry["kind"])
    return told(expression("^" + pattern.pattern) if entry["kind"] == "note" else pattern, example, positive)
