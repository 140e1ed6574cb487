"""OLE compound files ([MS-CFB]): the directory and the streams of .doc, .xls, .wps and .et.

Every chain is followed with a count, so a file whose chains loop is an error and not a hang.
"""

from __future__ import annotations

import struct
from typing import Final, NamedTuple

_END: Final = 0xFFFFFFFE
_FREE: Final = 0xFFFFFFFA  #: special sector numbers begin here
_HEADER: Final = 512
_ENTRY: Final = 128
_MINI_CUTOFF: Final = 4096
_STREAM: Final = 2
_ROOT: Final = 5


class OleError(ValueError):
    """Not a readable compound file."""


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int


class Ole:
    """A compound file held in memory; raises OleError when its tables make no sense."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER:
            raise OleError("shorter than its header")
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise OleError("sector sizes are impossible")
        self._sector = 1 << shift
        fat_sectors, directory = struct.unpack_from("<II", data, 44)
        mini_fat, mini_count, difat, difat_count = struct.unpack_from("<IIII", data, 60)
        self._fat = self._load_fat(fat_sectors, difat, difat_count)
        self._entries = self._directory(directory)
        self._mini_fat = self._numbers(self._chain(mini_fat)) if mini_count else ()
        self._mini: bytes | None = None

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _load_fat(self, count: int, difat: int, difat_count: int) -> tuple[int, ...]:
        sectors = [number for number in struct.unpack_from("<109I", self._data, 76) if number < _FREE]
        most = len(self._data) // self._sector + 1
        if count > most or difat_count > most:
            raise OleError("more sectors than bytes")
        for _ in range(difat_count):
            if difat >= _FREE:
                break
            numbers = self._numbers(self._at(difat))
            if not numbers:
                raise OleError("its sector table is cut off")
            sectors.extend(number for number in numbers[:-1] if number < _FREE)
            difat = numbers[-1]
        return self._numbers(b"".join(self._at(number) for number in sectors[:most]))

    def _chain(self, sector: int, limit: int | None = None) -> bytes:
        parts: list[bytes] = []
        left = len(self._fat) + 1
        while sector < _FREE and (limit is None or len(parts) * self._sector < limit):
            left -= 1
            if left < 0 or sector >= len(self._fat):
                raise OleError("a chain of sectors is broken or loops")
            parts.append(self._at(sector))
            sector = self._fat[sector]
        return b"".join(parts)

    def _directory(self, start: int) -> list[_Entry]:
        data = self._chain(start)
        entries = []
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", data, at + 64)[0]
            kind = data[at + 66]
            first, size = struct.unpack_from("<IQ", data, at + 116)
            if kind in (_STREAM, _ROOT) and 2 <= length <= 64:
                name = data[at : at + length - 2].decode("utf-16-le", "replace")
                entries.append(_Entry(name, kind, first, size & 0xFFFFFFFF))
        return entries

    @property
    def names(self) -> frozenset[str]:
        """The names of all streams, whatever storage they lie in."""
        return frozenset(entry.name for entry in self._entries if entry.kind == _STREAM)

    def stream(self, name: str) -> bytes:
        """Return a stream's bytes; raises OleError when it is missing or broken."""
        entry = next((entry for entry in self._entries if entry.name == name and entry.kind == _STREAM), None)
        if entry is None:
            raise OleError(f"no stream {name}")
        if entry.size < _MINI_CUTOFF:
            return self._mini_stream(entry)
        return self._chain(entry.start, entry.size)[: entry.size]

    def _mini_stream(self, entry: _Entry) -> bytes:
        if self._mini is None:
            root = next((found for found in self._entries if found.kind == _ROOT), None)
            self._mini = self._chain(root.start) if root else b""
        parts: list[bytes] = []
        sector = entry.start
        while sector < _FREE and len(parts) * 64 < entry.size:
            if sector >= len(self._mini_fat) or len(parts) > len(self._mini_fat):
                raise OleError("a chain of small sectors is broken or loops")
            parts.append(self._mini[sector * 64 : sector * 64 + 64])
            sector = self._mini_fat[sector]
        return b"".join(parts)[: entry.size]


def stream_names(data: bytes) -> frozenset[str]:
    """Return the names of a compound file's streams; raises OleError."""
    return Ole(data).names
