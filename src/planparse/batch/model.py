"""What travels between the parent, its workers and the folder on disk: small records, encoded once.

>>> place = Place.of("plans.zip", 3)
>>> decode(encode(place), Place) == place
True
"""

from __future__ import annotations

import os
from typing import Any, Literal, TypeVar

import msgspec

from planparse.errors import PlanparseError

R = TypeVar("R")
Format = Literal["parquet", "jsonl"]

#: why a document failed; the first six are errors of reading, the others are found by the batch
REASONS = {
    "empty": "文件为空",
    "format": "格式不识别",
    "damaged": "文件损坏",
    "encrypted": "有密码",
    "scan": "没有文字层",
    "program": "缺少转换程序",
    "read": "无法读取",
    "open": "无法打开",
    "changed": "运行中被改动",
    "timeout": "超过时限",
    "memory": "超过内存上限",
    "crash": "使进程崩溃",
    "internal": "程序错误",
}


class BatchError(PlanparseError):
    """The batch cannot begin or go on: its folder holds another batch, or no worker starts."""


class Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a document's bytes lie: a file, or the member with that index in a ZIP archive."""

    path: bytes
    member: int = -1

    @staticmethod
    def of(path: str | os.PathLike[str], member: int = -1) -> Place:
        """Return the place of a path, which need not be UTF-8."""
        return Place(os.fsencode(path), member)


class Fault(msgspec.Struct, frozen=True, array_like=True):
    """Why a document has no record: a key of :data:`REASONS`, and the problem in words without the file's name."""

    reason: str
    message: str


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One document to do: its content id, a name it is known by, and its bytes or the place where they lie."""

    id: str
    name: str
    place: Place | None = None
    data: bytes | None = None


class Unit(msgspec.Struct, frozen=True, array_like=True):
    """Documents that one worker does in one go; ``stem`` names the part files when all of them succeed."""

    chunk: int
    entries: tuple[Entry, ...]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What decides the records: format of the tables, year for dates without one, the user's rule files."""

    format: Format = "parquet"
    year: int | None = None
    rules: tuple[tuple[tuple[str, bytes], ...], ...] = ()


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one document and one worker may cost: seconds, MiB, and the seconds after which a unit hands in."""

    timeout: float = 60.0
    memory: int = 2048
    slice: float = 10.0


class Doc(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of one content, whatever its names: the head of its record, or its fault."""

    id: str
    fault: Fault | None = None
    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: str | None = None
    start: str | None = None
    end: str | None = None
    kind: str = ""
    script: str = ""
    format: str = ""
    characters: int = 0
    sections: int = 0
    tasks: int = 0
    targets: int = 0
    repairs: int = 0
    warnings: tuple[str, ...] = ()
    signature: bytes = b""


class Result(msgspec.Struct, frozen=True, array_like=True):
    """What a worker hands in: the documents that it did, in order, and the tables of their records as bytes."""

    docs: tuple[Doc, ...]
    tables: dict[str, bytes]


def encode(record: Any) -> bytes:
    """Return a record as MessagePack."""
    return msgspec.msgpack.encode(record)


def decode(data: bytes, kind: type[R]) -> R:
    """Return the record of its MessagePack; raises msgspec.ValidationError."""
    return msgspec.msgpack.decode(data, type=kind)
