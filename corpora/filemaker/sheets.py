"""Workbooks: the table with its title above and notes below, as offices keep them."""

from __future__ import annotations

import csv
from pathlib import Path

import xlsxwriter

from corpora.filemaker.twin import Part

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_xlsx(parts: list[Part], path: Path) -> None:
    """Write parts on one sheet: paragraphs merged over all columns, blank first cells merged with those above."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    book.set_properties({"title": parts[0].text, "author": "办公室"})
    sheet = book.add_worksheet("分解表")
    wrap = book.add_format({"text_wrap": True, "border": 1})
    width = max((len(part.rows[0]) for part in parts if part.rows), default=1)
    at = 0
    for part in parts:
        if not part.rows:
            if width > 1:
                sheet.merge_range(at, 0, at, width - 1, part.text, wrap)
            else:
                sheet.write_string(at, 0, part.text)
            at += 1
            continue
        start = at
        for r, row in enumerate(part.rows):
            for c, text in enumerate(row):
                if text:
                    sheet.write_string(at, c, text, wrap)
            below = part.rows[r + 1] if r + 1 < len(part.rows) else ["-"]
            if row[0]:
                start = at
            if (below[0] or not any(below)) and at > start:
                first = next(part.rows[k][0] for k in range(r, -1, -1) if part.rows[k][0])
                sheet.merge_range(start, 0, at, 0, first, wrap)
            at += 1
    book.close()


def write_csv(parts: list[Part], path: Path, encoding: str) -> None:
    """Write the rows of all tables, and each paragraph as a row of its own."""
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream)
        for part in parts:
            writer.writerows(part.rows or [[part.text]])
