"""A plain workbook: tasks and targets, typed dates and numbers, no formula from document text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from planparse.export.output import replacing
from planparse.export.rows import COLUMNS, DOCUMENT, document_cells, header, rows
from planparse.model import Plan


def write(plans: Sequence[Plan], out: Path) -> tuple[Path, ...]:
    """Write the sheets 任务 and 指标."""
    import xlsxwriter

    with replacing(out) as draft:
        book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
        head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#D9E2F3"})
        text = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        for name, what in (("任务", "tasks"), ("指标", "targets")):
            sheet = book.add_worksheet(name)
            columns = (*DOCUMENT, *COLUMNS[what])
            sheet.write_row(0, 0, header(what, "zh", documents=True), head)  # type: ignore[arg-type]
            at = 1
            for plan in plans:
                for row in rows(plan, what):  # type: ignore[arg-type]
                    for k, (cell, column) in enumerate(zip([*document_cells(plan), *row], columns, strict=True)):
                        _cell(sheet, (at, k), cell, day if column.type == "date" else text)
                    at += 1
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(at - 1, 1), len(columns) - 1)
        book.close()
    return (out,)


def _cell(sheet: Any, place: tuple[int, int], cell: Any, style: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, int | float):
        sheet.write_number(*place, cell, style)
        return
    try:
        sheet.write_datetime(*place, date.fromisoformat(cell), style)
    except ValueError:
        sheet.write_string(*place, cell[:32767], style)
