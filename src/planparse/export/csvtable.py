"""CSV for trackers' importers: no BOM, cells as printed, but none that a spreadsheet would run as a formula.

>>> inert("=HYPERLINK(1)"), inert("1/2")
("'=HYPERLINK(1)", '1/2')
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from planparse.export.output import write_text

# a person may look at the file in a spreadsheet before importing it
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def inert(cell: str) -> str:
    """Return a cell with a ``'`` before what a spreadsheet takes for a formula."""
    return "'" + cell if _FORMULA.match(cell) else cell


def write_csv(
    out: Path | TextIO, heads: Sequence[str], rows: Iterable[Sequence[str]], *, encoding: str = "utf-8"
) -> tuple[Path, ...]:
    """Write a head row and rows, every cell quoted where needed; return the files written."""

    def body(stream: TextIO) -> None:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(heads)
        writer.writerows([inert(cell) for cell in row] for row in rows)

    return write_text(out, body, encoding=encoding, newline="")
