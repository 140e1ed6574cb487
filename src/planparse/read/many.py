"""``read_many``: a folder, a ZIP archive or one file; every file inside becomes one record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from planparse.errors import ReadError, UnknownFormat
from planparse.model import Source
from planparse.read import limits
from planparse.read.archive import read_archive
from planparse.read.formats import is_archive
from planparse.read.reading import load, read_bytes

#: files that systems and programs leave behind; none is a document
LEFTOVERS = frozenset({"thumbs.db", ".ds_store", "desktop.ini"})


def read_many(path: str | os.PathLike[str]) -> Iterator[tuple[str, Source | ReadError]]:
    """Yield the name and the source, or the error, of every file in a folder or ZIP archive, in name order.

    A member of an archive is named ``archive.zip!inner/plan.docx``; a single file gives one pair. Nothing
    inside stops the rest: what cannot be read comes as its :class:`~planparse.errors.ReadError`. Raises
    FileNotFoundError when ``path`` itself does not exist.
    """
    root = Path(path)
    if root.is_dir():
        for file in _files(root):
            yield from _read_file(file)
    else:
        root.stat()
        yield from _read_file(root)


def _files(root: Path) -> Iterator[Path]:
    """Yield the files below a folder in name order; links to folders are not followed, so no loop is."""
    for folder, folders, files in os.walk(root, followlinks=False):
        folders.sort()
        for name in sorted(files):
            if name.lower() not in LEFTOVERS and not name.startswith(("~$", "._", ".")):
                yield Path(folder) / name


def _read_file(file: Path) -> Iterator[tuple[str, Source | ReadError]]:
    name = str(file)
    try:
        data, _ = load(file, name)
    except ReadError as fault:
        yield name, fault
        return
    except OSError as fault:
        yield (
            name,
            UnknownFormat(name, f"cannot be opened: {fault.strerror or fault}", "check the link or rights"),
        )
        return
    if is_archive(data):
        yield from read_archive(data, name, limits.MAX_ARCHIVE_DEPTH)
        return
    try:
        yield name, read_bytes(data, name)
    except ReadError as fault:
        yield name, fault
