"""CSV: tasks and targets as two files, UTF-8 with BOM for Excel and WPS, no cell that becomes a formula.

>>> guard("=HYPERLINK(1)"), guard("-5"), guard("1/2"), guard("医务科")
("'=HYPERLINK(1)", "'-5", "'1/2", '医务科')
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TextIO, cast

from planparse.errors import ExportError
from planparse.export.output import write_text
from planparse.export.rows import COLUMNS, DOCUMENT, Cell, Column, What, document_cells, header, rows
from planparse.model import Plan

# what a spreadsheet takes for a formula; the wide forms count in East Asian settings
_FORMULA = re.compile(r"[\s]*[=+\-@\t\r＝＋－＠]")
# text made of digits and marks only, which a spreadsheet would turn into another number or a date
_CONVERTED = re.compile(r"(?=.*\d)[\d./:,%eE+\-]+")
_INTEGER = re.compile(r"(?:0|[1-9]\d{0,14})")


def guard(text: str) -> str:
    """Return ``text`` with a ``'`` before it where a spreadsheet would read a formula, a date or another number."""
    if _FORMULA.match(text) or (_CONVERTED.fullmatch(text) and not _INTEGER.fullmatch(text)):
        return "'" + text
    return text


def _cells(row: Sequence[Cell], columns: Sequence[Column], safe: bool) -> list[Cell]:
    return [
        guard(cell)
        if safe and column.type == "text" and isinstance(cell, str)
        else ""
        if cell is None
        else cell
        for cell, column in zip(row, columns, strict=True)
    ]


def _table(stream: TextIO, plans: Sequence[Plan], what: What, lang: Literal["zh", "en"], safe: bool) -> None:
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header(what, lang, documents=True))
    for plan in plans:
        document = _cells(document_cells(plan), DOCUMENT, safe)
        for row in rows(plan, what):
            writer.writerow([*document, *_cells(row, COLUMNS[what], safe)])


def write(
    plans: Sequence[Plan],
    out: Path | TextIO,
    *,
    excel_safe: bool = True,
    encoding: str = "utf-8-sig",
    lang: Literal["zh", "en"] = "zh",
    what: str = "tasks,targets",
) -> tuple[Path, ...]:
    """Write ``OUT.tasks.csv`` and ``OUT.targets.csv`` (a suffix ``.csv`` of OUT is dropped first); return both.

    On a stream the tables follow each other, parted by an empty line; ``what`` chooses tables among tasks,
    targets and roles. ``excel_safe=False`` leaves every cell as printed, for programs that read text.
    Raises ExportError on an unknown table, or a character that ``encoding`` lacks.
    """
    tables = [part.strip() for part in what.split(",") if part.strip()]
    if not tables or not set(tables) <= set(COLUMNS):
        raise ExportError(f"csv: given tables {what!r}; possible: {', '.join(COLUMNS)}")
    written: list[Path] = []
    for place, name in enumerate(tables):
        table = cast(What, name)
        if isinstance(out, Path):
            stem = out.with_suffix("") if out.suffix.lower() == ".csv" else out
            path = stem.with_name(f"{stem.name}.{name}.csv")
            written += write_text(
                path,
                lambda s, t=table: _table(s, plans, t, lang, excel_safe),  # type: ignore[misc]
                encoding=encoding,
                newline="",
            )
        else:
            if place:
                out.write("\r\n")
            _table(out, plans, table, lang, excel_safe)
    return tuple(written)
