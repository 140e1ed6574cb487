"""From a place to its bytes: files and members of archives, hashed as a stream, read under the caps of the readers."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from planparse.batch.model import Place
from planparse.errors import DamagedFile
from planparse.read import limits
from planparse.read.package import check_member

_BLOCK = 1 << 18


class Places:
    """Opens places; keeps the last archive open, since documents come in the order of their names."""

    def __init__(self) -> None:
        self._path = b""
        self._zip: zipfile.ZipFile | None = None
        self._infos: list[zipfile.ZipInfo] = []

    def close(self) -> None:
        """Close the archive that is open."""
        if self._zip is not None:
            self._zip.close()
        self._zip, self._path, self._infos = None, b"", []

    @contextmanager
    def _open(self, place: Place) -> Iterator[IO[bytes]]:
        if place.member < 0:
            with open(place.path, "rb") as stream:
                yield stream
            return
        if self._zip is None or place.path != self._path:
            self.close()
            self._zip = zipfile.ZipFile(os.fsdecode(place.path))
            self._infos, self._path = self._zip.infolist(), place.path
        info = self._infos[place.member]
        check_member(info, info.filename, limits.MAX_FILE)
        with self._zip.open(info) as member:
            yield member

    def content_id(self, place: Place) -> tuple[str, int]:
        """Return the content id (as the readers give it) and the size in bytes; raises OSError, DamagedFile."""
        digest = hashlib.sha256()
        size = 0
        with self._guard(), self._open(place) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
                size += len(block)
        return digest.hexdigest()[:16], size

    def read(self, place: Place) -> bytes:
        """Return the bytes; raises OSError, and DamagedFile over the cap of a file."""
        with self._guard(), self._open(place) as stream:
            data = stream.read(limits.MAX_FILE + 1)
        if len(data) > limits.MAX_FILE:
            raise DamagedFile(
                os.fsdecode(place.path),
                f"larger than the limit of {limits.MAX_FILE >> 20} MiB",
                "split the file",
            )
        return data

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            RuntimeError,
            NotImplementedError,
            IndexError,
        ) as fault:
            raise DamagedFile(
                os.fsdecode(self._path), f"a damaged member of the archive: {fault}", "copy the archive again"
            ) from fault
