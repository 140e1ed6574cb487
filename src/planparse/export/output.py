"""Where outputs go: a stream, or a file that appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from planparse.errors import ExportError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary neighbour of ``path`` to write to; it takes the place of ``path`` at the end.

    An error inside leaves ``path`` as it was. Raises ExportError where the folder does not exist, or the file cannot
    be written: no right, no room, a name too long.
    """
    try:
        if not path.parent.is_dir():
            raise ExportError(
                f"{path}: 文件夹 {path.parent} 不存在，请先建立。the folder {path.parent} does not exist; make it first"
            )
        if path.is_dir():
            raise ExportError(f"{path}: 这是文件夹，请写文件名。is a folder; give a file name")
        draft = path.with_name(f".{path.name}.{os.getpid()}.part")
        draft.touch()  # what forbids writing shows here, whatever library writes
        try:
            yield draft
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as fault:
        raise unwritable(path, fault) from fault
    except Exception as fault:  # XlsxWriter wraps an OSError, such as a full disk, in an error of its own
        if isinstance(fault.__context__, OSError) and type(fault).__module__.startswith("xlsxwriter"):
            raise unwritable(path, fault.__context__) from fault
        raise


def unwritable(path: Path, fault: OSError) -> ExportError:
    """Return the error that tells why ``path`` cannot be written."""
    return ExportError(f"{path}: cannot be written: {fault.strerror or fault}; give another place with -o")


def write_text(
    out: Path | TextIO, body: Callable[[TextIO], object], *, encoding: str = "utf-8", newline: str = "\n"
) -> tuple[Path, ...]:
    """Run ``body`` on a text stream: ``out`` itself, or the file ``out``; return the files written.

    Raises ExportError for a character that ``encoding`` does not have.
    """
    if not isinstance(out, Path):
        body(out)
        return ()
    try:
        with replacing(out) as draft, draft.open("w", encoding=encoding, newline=newline) as stream:
            body(stream)
    except UnicodeEncodeError as fault:
        bad = fault.object[fault.start : fault.end]
        raise ExportError(
            f"{out}: 这种编码写不下文中的字，请用 utf-8 或 gb18030。{encoding} has no {bad!r}; use utf-8 or gb18030"
        ) from fault
    except LookupError as fault:
        raise ExportError(
            f"{out}: given encoding {encoding!r}; possible: utf-8, utf-8-sig, gb18030"
        ) from fault
    return (out,)
