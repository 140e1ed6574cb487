r"""How a reader lays out text: paragraphs one a line, table rows one a line with cells joined by a tab.

A line break inside a cell is U+000B (vertical tab), so that a row stays one line. A merged cell is written
once, at its first place; every place it covers repeats its span in the grid.

>>> build = Builder()
>>> build.paragraph("一、主要任务")
>>> shared = Cell("医务科")
>>> build.table([[Cell("任务甲"), shared], [Cell("任务乙"), shared]])
>>> source = build.source("plan.docx")
>>> source.text
'一、主要任务\n任务甲\t医务科\n任务乙\t'
>>> [[source.text[a:b] for a, b in row] for row in source.tables[0].rows]
[['任务甲', '医务科'], ['任务乙', '医务科']]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import msgspec

from planparse.model import Block, Source, Span, Table
from planparse.read.stretches import is_document, is_line, stretches

LINE_IN_CELL = "\v"
_CELL_CHARS = str.maketrans({"\t": " ", "\n": LINE_IN_CELL, "\r": None, "\f": LINE_IN_CELL})
_PARAGRAPH_CHARS = str.maketrans({"\v": "\n", "\f": "\n", "\r": None})


@dataclass(slots=True, eq=False)
class Cell:
    """A cell before it has a place in the text; a merged cell is one object in several places of a grid."""

    text: str = ""
    page: int | None = None


@dataclass(slots=True)
class Builder:
    """Collects lines, blocks and tables in reading order; offsets are right by construction."""

    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    at: int = 0
    paragraphs: int = 0

    def _write(self, text: str) -> Span:
        start = self.at
        self.parts.append(text)
        self.at += len(text)
        return (start, self.at)

    def _new_line(self) -> None:
        if self.at:
            self._write("\n")

    def paragraph(
        self,
        text: str,
        *,
        page: int | None = None,
        style: str | None = None,
        place: tuple[int, int, int] | None = None,
    ) -> None:
        """Add one paragraph as one line (more, where it holds line breaks); nothing for an empty one.

        ``place`` is the sheet, row and column of a line that stands in a sheet.
        """
        text = text.translate(_PARAGRAPH_CHARS).strip(" \t\n")
        if not text or text.isspace():
            return
        self._new_line()
        self.paragraphs += 1
        table, row, column = place or (None, None, None)
        number = None if place else self.paragraphs
        span = self._write(text)
        self.blocks.append(
            Block(span=span, page=page, paragraph=number, table=table, row=row, column=column, style=style)
        )

    def verbatim(self, text: str) -> None:
        """Add plain text as it stands, its blank lines and tabs too; a line that is not blank is a block."""
        lines = text.strip("\n").split("\n")
        if not any(line.strip() for line in lines):
            return
        self._new_line()
        for number, line in enumerate(lines):
            if number:
                self._write("\n")
            if line.strip():
                self.paragraphs += 1
                self.blocks.append(Block(span=self._write(line), paragraph=self.paragraphs))
            else:
                self._write(line)

    def split_paragraph(self, parts: Sequence[tuple[str, int]], *, style: str | None = None) -> None:
        """Add one paragraph that runs over pages: ``parts`` are its stretches with their page, one block each."""
        first = True
        for text, page in parts:
            if not text:
                continue
            if first:
                self._new_line()
                self.paragraphs += 1
                first = False
            span = self._write(text)
            self.blocks.append(Block(span=span, page=page, paragraph=self.paragraphs, style=style))

    def table(
        self,
        grid: Sequence[Sequence[Cell]],
        *,
        name: str | None = None,
        page: int | None = None,
        numbers: tuple[Sequence[int], Sequence[int]] | None = None,
        sheet: int | None = None,
    ) -> None:
        """Add a table; ``grid`` is rectangular, a merged cell is the same object in each of its places.

        A table of one column is a frame around paragraphs: it is written as paragraphs. A row that is one
        merged cell (a title, a note) is written without tabs. ``numbers`` are the rows' and columns' own
        numbers where the file has them (a sheet), else both count from 1; ``sheet`` is that sheet's number.
        """
        if numbers is None:
            grid = without_twins(grid)
        if not any(cell.text.strip() for row in grid for cell in row):
            return
        width = len(grid[0])
        row_numbers, column_numbers = numbers or (range(1, len(grid) + 1), range(1, width + 1))
        if width == 1:
            self._framed(grid, page)
            return
        parts = [(0, len(grid))] if numbers else stretches(grid, merged=True)
        for first, last in (part for stretch in parts for part in without_documents(grid, stretch)):
            if is_document(grid[first]) or (len(parts) > 1 and is_line(grid[first], merged=True)):
                self._framed(grid[first:last], page)
                continue
            self._new_line()
            start = self.at
            rows = self._rows(
                grid[first:last],
                (row_numbers[first:last], column_numbers),
                sheet or len(self.tables) + 1,
                page,
            )
            self.tables.append(Table(span=(start, self.at), rows=rows, name=name))

    def _rows(
        self,
        grid: Sequence[Sequence[Cell]],
        numbers: tuple[Sequence[int], Sequence[int]],
        table: int,
        page: int | None,
    ) -> tuple[tuple[Span, ...], ...]:
        """Write the rows of a table and return the span of every place in it."""
        written: dict[Cell, Span] = {}
        rows: list[tuple[Span, ...]] = []
        put, block = self.parts.append, self.blocks.append
        at = self.at
        for r, row in zip(numbers[0], grid, strict=True):
            if rows:
                put("\n")
                at += 1
            spans: list[Span] = []
            whole = all(cell is row[0] for cell in row)
            for c, cell in zip(numbers[1], row, strict=True):
                if spans and not whole:
                    put("\t")
                    at += 1
                span = written.get(cell)
                if span is None:
                    text = clean_cell(cell.text)
                    span = written[cell] = (at, at + len(text))
                    if text:
                        put(text)
                        at = span[1]
                        block(Block(span=span, page=cell.page or page, table=table, row=r, column=c))
                spans.append(span)
            rows.append(tuple(spans))
        self.at = at
        return tuple(rows)

    def _framed(self, grid: Sequence[Sequence[Cell]], page: int | None) -> None:
        seen: set[int] = set()
        for row in grid:
            for cell in row:
                if id(cell) not in seen:
                    seen.add(id(cell))
                    for line in cell.text.replace("\v", "\n").split("\n"):
                        self.paragraph(line, page=cell.page or page)

    def append(self, other: Source) -> None:
        """Add another source's text, blocks and tables behind what is there (an attachment)."""
        if not other.text:
            return
        self._new_line()
        shift, tables = self.at, len(self.tables)
        self._write(other.text)
        for block in other.blocks:
            self.blocks.append(
                msgspec.structs.replace(
                    block,
                    span=(block.span[0] + shift, block.span[1] + shift),
                    table=block.table + tables if block.table else None,
                    paragraph=block.paragraph + self.paragraphs if block.paragraph else None,
                )
            )
        for table in other.tables:
            rows = tuple(tuple((a + shift, b + shift) for a, b in row) for row in table.rows)
            span = (table.span[0] + shift, table.span[1] + shift)
            self.tables.append(msgspec.structs.replace(table, span=span, rows=rows))
        self.paragraphs += max((block.paragraph or 0 for block in other.blocks), default=0)

    def source(self, name: str) -> Source:
        """Return what was collected as a :class:`~planparse.model.Source` without id."""
        return Source(
            text="".join(self.parts),
            name=name,
            blocks=tuple(self.blocks),
            tables=tuple(self.tables),
            meta={key: value for key, value in self.meta.items() if value},
            warnings=tuple(self.warnings),
        )


def without_twins(grid: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Return a grid without columns and rows that only repeat the merged cells of the one before.

    Office grids are finer than what is seen: a header row of merged pairs makes two columns of one.
    """
    if not grid:
        return []
    width = len(grid[0])
    kept = [c for c in range(width) if c == 0 or any(row[c] is not row[c - 1] for row in grid)]
    rows = [[row[c] for c in kept] for row in grid] if len(kept) < width else [list(row) for row in grid]
    return [
        row
        for r, row in enumerate(rows)
        if r == 0 or any(cell is not above for cell, above in zip(row, rows[r - 1], strict=True))
    ]


def without_documents(grid: Sequence[Sequence[Cell]], stretch: tuple[int, int]) -> list[tuple[int, int]]:
    """Return a stretch of rows cut at those that hold a whole document, each of which is a stretch of its own."""
    cuts = [r for r in range(*stretch) if is_document(grid[r])]
    bounds = sorted({*stretch, *cuts, *(r + 1 for r in cuts)})
    return list(pairwise(bounds))


def clean_cell(text: str) -> str:
    r"""Return a cell's text on one line: breaks as U+000B, tabs as spaces, no blank lines, no outer space.

    >>> clean_cell(" 1.完善制度\n\n2.开展培训 ")
    '1.完善制度\x0b2.开展培训'
    """
    if not text:
        return ""
    if "\n" not in text and "\v" not in text and "\t" not in text and "\r" not in text and "\f" not in text:
        return text.strip(" ")
    lines = text.translate(_CELL_CHARS).split(LINE_IN_CELL)
    return LINE_IN_CELL.join(line for line in (part.strip(" ") for part in lines) if line)
