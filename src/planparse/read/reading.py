"""``read``: one file, whatever it is, becomes one Source."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path, PurePath
from typing import BinaryIO

import msgspec

from planparse.errors import DamagedFile, EmptyFile, ReadError, UnknownFormat
from planparse.model import Source
from planparse.read import limits
from planparse.read.formats import MANY_HINT, detect
from planparse.read.package import brief
from planparse.read.text import content_id

#: what a walk over senseless content runs into: impossible numbers, missing parts, wrong types
_BROKEN = (
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    EOFError,
    struct.error,
    zlib.error,
)
Input = str | os.PathLike[str] | bytes | BinaryIO


def read(path: Input, *, name: str | None = None) -> Source:
    """Return the source of one file: a path, the file's bytes, or an open binary file.

    The format is told by the content first, by the suffix of ``name`` second. ``name`` is what errors and the
    record call the file; a path names itself, bytes are ``-``. Raises a
    :class:`~planparse.errors.ReadError` of one line; OSError when the path cannot be opened.

    >>> read("一、重点任务".encode("gb18030"), name="plan.txt").text
    '一、重点任务'
    """
    data, label = load(path, name)
    return read_bytes(data, label)


def load(path: Input, name: str | None) -> tuple[bytes, str]:
    """Return the bytes of what the caller gave and its name; raises ReadError, OSError."""
    if isinstance(path, (bytes, bytearray, memoryview)):
        return bytes(path), name or "-"
    if isinstance(path, (str, os.PathLike)):
        label = name or str(path)
        file = Path(path)
        if file.is_dir():
            raise UnknownFormat(label, "a folder, not a file", MANY_HINT)
        if file.exists() and not file.is_file():
            raise UnknownFormat(label, "a device or pipe, not a file", "give its bytes instead")
        size = file.stat().st_size
        if size > limits.MAX_FILE:
            raise DamagedFile(
                label, f"{size >> 20} MiB, the limit is {limits.MAX_FILE >> 20} MiB", "split the file"
            )
        return file.read_bytes(), label
    label = name or str(getattr(path, "name", "-"))
    data = path.read(limits.MAX_FILE + 1)
    if len(data) > limits.MAX_FILE:
        raise DamagedFile(label, f"more than {limits.MAX_FILE >> 20} MiB", "split the file")
    return data, label


def read_bytes(data: bytes, name: str) -> Source:
    """Return the source of a file's bytes; raises ReadError."""
    if not data:
        raise EmptyFile(name, "nothing in it, 0 bytes", "copy the file again")
    form = detect(data, name, PurePath(name.replace("\\", "/")).suffix.lower())
    if form.name in ("text", "csv", "html", "mail", "rtf") and len(data) > limits.MAX_TEXT:
        raise DamagedFile(
            name, f"{len(data) >> 20} MiB of text, the limit is {limits.MAX_TEXT >> 20} MiB", "split the file"
        )
    reader = form.load()
    try:
        source = reader(data, name)
    except RecursionError as fault:
        raise DamagedFile(name, f"a {form.name} file nested too deeply", "save the file again") from fault
    except MemoryError as fault:
        raise DamagedFile(name, f"a {form.name} file too large for the memory", "split the file") from fault
    except _BROKEN as fault:
        what = f"{type(fault).__name__}: {brief(fault)}"
        raise DamagedFile(
            name, f"a {form.name} file that makes no sense ({what})", "save the file again"
        ) from fault
    if not source.text.strip("\ufeff \t\n\v\u3000\u00a0"):
        raise EmptyFile(name, f"a {form.name} file without any text in it")
    meta = {"format": form.name, **source.meta}
    return msgspec.structs.replace(source, name=name, id=content_id(data), meta=meta)


__all__ = ["Input", "ReadError", "load", "read", "read_bytes"]
