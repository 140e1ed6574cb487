"""Delimited tables: .csv and .tsv in any encoding, the delimiter told by the lines themselves."""

from __future__ import annotations

import csv
import io
from typing import Final

from planparse.errors import DamagedFile, UnknownFormat
from planparse.model import Source
from planparse.read import limits
from planparse.read.build import Builder, Cell
from planparse.read.encoding import decode, is_binary, too_damaged
from planparse.read.package import brief
from planparse.read.sheet import write_grid
from planparse.read.text import check_damage

_DELIMITERS: Final = (",", "\t", ";", "|", "，")
_SAMPLE_LINES: Final = 50


def read_csv(data: bytes, name: str) -> Source:
    """Return the source of a delimited file: one table, quoted line breaks kept inside their cell.

    Raises DamagedFile over the caps or for unreadable bytes, UnknownFormat for a binary file.
    """
    decoded = decode(data)
    if decoded.codec.startswith(("utf-8", "gb", "big5", "cp")) and is_binary(data):
        raise UnknownFormat(name, "named like a delimited table, but binary", "see `planparse formats`")
    warnings = check_damage(decoded.text, decoded.codec, decoded.replaced, name, too_damaged(decoded))
    build = Builder(meta={"encoding": decoded.codec}, warnings=list(warnings))
    rows = _rows(decoded.text, name)
    width = max((len(row) for _, row in rows), default=0)
    grid = [[Cell(text) for text in row] + [Cell() for _ in range(width - len(row))] for _, row in rows]
    if grid:
        write_grid(grid, ([number for number, _ in rows], list(range(1, width + 1))), build, None, 1)
    return build.source(name)


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    rows: list[tuple[int, list[str]]] = []
    cells = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    try:
        for number, row in enumerate(reader, 1):
            if any(cell.strip() for cell in row):
                rows.append((number, [cell.strip() for cell in row]))
                cells += len(row)
            if len(rows) > limits.MAX_ROWS or cells > limits.MAX_CELLS or len(row) > limits.MAX_COLUMNS:
                raise DamagedFile(
                    name,
                    f"more than {limits.MAX_ROWS} rows, {limits.MAX_COLUMNS} columns or {limits.MAX_CELLS} cells",
                    "split the file",
                )
    except csv.Error as fault:
        raise DamagedFile(
            name, f"line {reader.line_num} cannot be read as a table: {brief(fault)}", "check its quotes"
        ) from fault
    return rows


def delimiter_of(text: str) -> str:
    r"""Return the delimiter that gives the most even columns: comma, tab, semicolon, bar or full-width comma.

    >>> delimiter_of("序号\t任务,措施\n1\t甲"), delimiter_of("序号;任务\n1;甲,乙")
    ('\t', ';')
    """
    lines = [line for line in text[:100_000].split("\n")[:_SAMPLE_LINES] if line.strip()]

    def score(delimiter: str) -> tuple[float, int]:
        counts = [line.count(delimiter) for line in lines]
        filled = [count for count in counts if count]
        if not filled:
            return (0.0, 0)
        usual = max(set(filled), key=filled.count)
        return (filled.count(usual) / len(lines), usual)

    return max(_DELIMITERS, key=lambda delimiter: (*score(delimiter), -_DELIMITERS.index(delimiter)))
