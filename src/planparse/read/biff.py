"""The BIFF stream of Excel 97 ([MS-XLS] 2.4) and Excel 95: records, strings, numbers."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

CONTINUE: Final = 0x003C
BIFF8: Final = 0x0600
#: code page record -> codec, for the byte strings of Excel 95
CODE_PAGES: Final = {936: "gb18030", 950: "cp950", 932: "cp932", 949: "cp949", 1200: "utf-16-le"}


class Record(NamedTuple):
    """One record: where it begins, its kind, its body, and the bodies of the CONTINUE records behind it."""

    at: int
    kind: int
    body: bytes
    more: list[bytes]


def records(stream: bytes) -> Iterator[Record]:
    """Yield the records of a stream with their continuations; a cut-off last record ends it."""
    held: Record | None = None
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        if kind == CONTINUE and held is not None:
            held.more.append(body)
        else:
            if held is not None:
                yield held
            held = Record(at, kind, body, [])
        at += 4 + length
    if held is not None:
        yield held


class _Chunks:
    """Bytes that go on over CONTINUE records."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts
        self._part = 0
        self._at = 0

    def _settle(self) -> bool:
        """Step to the next part when this one is read; tell whether there was a step."""
        stepped = False
        while self._part < len(self._parts) and self._at >= len(self._parts[self._part]):
            self._part += 1
            self._at = 0
            stepped = True
        if self._part >= len(self._parts):
            raise EOFError("the string table is cut off")
        return stepped

    def take(self, count: int) -> bytes:
        """Return so many bytes, over parts."""
        out = b""
        while len(out) < count:
            self._settle()
            piece = self._parts[self._part][self._at : self._at + count - len(out)]
            self._at += len(piece)
            out += piece
        return out

    def text(self, count: int, wide: bool) -> str:
        """Return so many characters; each new part begins with a byte that tells their width anew."""
        out: list[str] = []
        while count > 0:
            if self._settle():
                wide = bool(self.take(1)[0] & 1)
                continue
            part = self._parts[self._part]
            size = 2 if wide else 1
            ready = min(count, (len(part) - self._at) // size)
            if not ready:
                raise EOFError("the string table is cut inside a character")
            raw = part[self._at : self._at + ready * size]
            self._at += ready * size
            out.append(raw.decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= ready
        return "".join(out)


def shared_strings(record: Record) -> list[str]:
    """Return the strings of an SST record; what is cut off at the end is left out."""
    chunks = _Chunks([record.body[8:], *record.more])
    strings: list[str] = []
    try:
        for _ in range(struct.unpack_from("<I", record.body, 4)[0]):
            count, flags = struct.unpack("<HB", chunks.take(3))
            runs = struct.unpack("<H", chunks.take(2))[0] if flags & 8 else 0
            extra = struct.unpack("<I", chunks.take(4))[0] if flags & 4 else 0
            strings.append(chunks.text(count, bool(flags & 1)))
            chunks.take(4 * runs + extra)
    except EOFError:
        pass  # a cell that points behind the end is empty
    return strings


def text_of(body: bytes, at: int, version: int, codec: str, *, short: bool = False) -> str:
    """Return a string inside a record: count (one byte when ``short``), then Unicode or code page bytes."""
    size = 1 if short else 2
    count = int.from_bytes(body[at : at + size], "little")
    at += size
    if version < BIFF8:
        return body[at : at + count].decode(codec, "replace")
    wide = bool(body[at] & 1)
    raw = body[at + 1 : at + 1 + count * (2 if wide else 1)]
    return raw.decode("utf-16-le" if wide else "latin-1", "replace")


def rk_number(value: int) -> float:
    """Return the number of an RK value ([MS-XLS] 2.5.217).

    >>> rk_number(0x40590000), rk_number((1 << 2) | 2), rk_number((150 << 2) | 3)
    (100.0, 1.0, 1.5)
    """
    if value & 2:
        number = float(struct.unpack("<i", struct.pack("<I", value & 0xFFFFFFFC))[0] >> 2)
    else:
        number = struct.unpack("<d", struct.pack("<II", 0, value & 0xFFFFFFFC))[0]
    return number / 100 if value & 1 else number
