"""Part files: columns become the bytes of one Parquet or JSON Lines file; parts are merged in a given order.

The same rows in the same order give the same bytes, whether written at once or merged.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from planparse.batch.columns import (
    SCHEMAS,
    Columns,
    TargetRow,
    TaskRow,
    department_columns,
    target_columns,
    task_columns,
)
from planparse.batch.model import Format

if TYPE_CHECKING:
    import pyarrow

_HALF = re.compile("[\ud800-\udfff]")


def whole(text: str) -> str:
    """Return ``text`` with half characters (surrogates), which no file can hold, as U+FFFD."""
    return text if text.isascii() or not _HALF.search(text) else _HALF.sub("\ufffd", text)


def record_tables(format: Format, tasks: Sequence[TaskRow], targets: Sequence[TargetRow]) -> dict[str, bytes]:
    """Return the bytes of the part files of ``tasks``, ``targets`` and ``departments``."""
    columns: dict[str, Columns] = {
        "tasks": task_columns(tasks),
        "targets": target_columns(targets),
        "departments": department_columns(tasks),
    }
    return {table: write(format, table, filled) for table, filled in columns.items()}


def write(format: Format, table: str, columns: Columns) -> bytes:
    """Return the bytes of one part file of a table."""
    return _parquet(arrow(table, columns)) if format == "parquet" else _jsonl(columns)


def arrow(table: str, columns: Columns) -> pyarrow.Table:
    """Return the columns as an Arrow table with the schema of ``table``; a date that is none becomes null."""
    import pyarrow as pa

    arrays = []
    for name, kind in SCHEMAS[table].items():
        cells = columns[name]
        if kind == "text":
            arrays.append(_texts(cells))
        elif kind == "date":
            arrays.append(_dates(cells))
        else:
            arrays.append(
                pa.array(cells, {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}[kind])
            )
    return pa.table(arrays, names=list(SCHEMAS[table]))


def _texts(cells: list[Any]) -> pyarrow.Array:
    import pyarrow as pa

    try:
        return pa.array(cells, pa.string())
    except UnicodeEncodeError:
        return pa.array([None if cell is None else whole(cell) for cell in cells], pa.string())


def _dates(cells: list[Any]) -> pyarrow.Array:
    """Return ISO dates as time stamps; few dates stand for many cells, so each is read once."""
    import pyarrow as pa

    read = {cell: _milliseconds(cell) for cell in set(cells)}
    return pa.array([read[cell] for cell in cells], pa.int64()).cast(pa.timestamp("ms"))


def _milliseconds(date: str | None) -> int | None:
    from datetime import date as Date

    if date is None:
        return None
    try:
        return (Date.fromisoformat(date).toordinal() - 719_163) * 86_400_000
    except ValueError:
        return None


def _parquet(table: pyarrow.Table) -> bytes:
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(table.combine_chunks(), out, compression="zstd", compression_level=1, store_schema=False)
    return out.getvalue()


def _jsonl(columns: Columns) -> bytes:
    encoder = msgspec.json.Encoder()
    names = list(columns)
    lines = []
    for cells in zip(*columns.values(), strict=True):
        row = dict(zip(names, cells, strict=True))
        try:
            lines.append(encoder.encode(row))
        except UnicodeEncodeError:
            lines.append(
                encoder.encode(
                    {name: whole(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
                )
            )
    return b"".join([line + b"\n" for line in lines])


def merge(format: Format, table: str, parts: Sequence[Path], order: Mapping[str, int]) -> bytes:
    """Return one part file with the rows of ``parts`` whose document is in ``order``, in that order.

    Rows of one document keep theirs. Each document must lie in one of the parts only.
    """
    return _merge_parquet(table, parts, order) if format == "parquet" else _merge_jsonl(parts, order)


def _merge_parquet(table: str, parts: Sequence[Path], order: Mapping[str, int]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = pa.array(list(order), pa.string())
    tables = [arrow(table, {name: [] for name in SCHEMAS[table]})]
    for part in parts:
        read = pq.read_table(part, partitioning=None)
        tables.append(read.filter(pa.compute.is_in(read["document_id"], value_set=wanted)))
    joined = pa.concat_tables(tables)
    ranks = [order[identity] for identity in joined["document_id"].to_pylist()]
    return _parquet(joined.take(pa.array(_places(ranks), pa.int64())))


def _places(ranks: Sequence[int]) -> list[int]:
    return sorted(range(len(ranks)), key=ranks.__getitem__)


class _Key(msgspec.Struct):
    document_id: str


def _merge_jsonl(parts: Sequence[Path], order: Mapping[str, int]) -> bytes:
    decoder = msgspec.json.Decoder(_Key)
    found: list[tuple[int, bytes]] = []
    for part in parts:
        with part.open("rb") as lines:
            for line in lines:
                identity = decoder.decode(line).document_id
                if identity in order:
                    found.append((order[identity], line))
    found.sort(key=_rank)
    return b"".join([line for _, line in found])


def _rank(row: tuple[int, bytes]) -> int:
    return row[0]


def paged(
    rows: Iterator[tuple[Any, ...]], table: str, size: int, emit: Callable[[int, Columns], None]
) -> int:
    """Hand the rows of a table to ``emit`` as numbered pages of columns, one empty page for none; return how many rows."""
    names = list(SCHEMAS[table])
    page: list[tuple[Any, ...]] = []
    total = number = 0
    for row in rows:
        page.append(row)
        total += 1
        if len(page) == size:
            emit(number, _turned(names, page))
            page, number = [], number + 1
    if page or number == 0:
        emit(number, _turned(names, page))
    return total


def _turned(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Columns:
    turned = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return {name: list(cells) for name, cells in zip(names, turned, strict=True)}
