"""ZIP archives of documents: every member one record, archives inside archives to a small depth."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from planparse.errors import DamagedFile, ReadError
from planparse.model import Source
from planparse.read import limits
from planparse.read.encoding import decode
from planparse.read.formats import is_archive
from planparse.read.package import brief, check_members, read_member
from planparse.read.reading import read_bytes

_UTF8_NAME = 0x800


@dataclass(slots=True)
class Budget:
    """What an archive may still hold, all archives inside it together."""

    members: int = limits.MAX_MEMBERS
    size: int = limits.MAX_UNPACKED

    def spend(self, infos: list[zipfile.ZipInfo], name: str) -> None:
        """Take the members of one archive off; raises DamagedFile when the whole is too much."""
        self.members -= len(infos)
        self.size -= sum(info.file_size for info in infos)
        if self.members < 0 or self.size < 0:
            raise DamagedFile(
                name, "archives inside archives unpack to too much, like a bomb", "unpack it by hand"
            )


def read_archive(
    data: bytes, name: str, depth: int, budget: Budget | None = None
) -> Iterator[tuple[str, Source | ReadError]]:
    """Yield the name (``archive.zip!inner/plan.docx``) and the source or error of every member.

    Members are read in memory: nothing is written to disk, so a member's name can lead nowhere.
    """
    budget = budget or Budget()
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        infos = package.infolist()
        check_members(infos, name)
        budget.spend(infos, name)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
        yield (
            name,
            DamagedFile(name, f"a truncated or damaged archive: {brief(fault)}", "copy the file again"),
        )
        return
    except ReadError as fault:
        yield name, fault
        return
    named = [(member_name(info), info) for info in infos if not info.is_dir()]
    for label, info in sorted(named, key=lambda pair: pair[0]):
        if PurePosixPath(label).name.startswith(("~$", "._", ".")) or label.startswith("__MACOSX/"):
            continue
        yield from _read_member(package, info, f"{name}!{label}", depth, budget)


def _read_member(
    package: zipfile.ZipFile, info: zipfile.ZipInfo, label: str, depth: int, budget: Budget
) -> Iterator[tuple[str, Source | ReadError]]:
    try:
        inner = read_member(package, info, label, limits.MAX_FILE)
        if not is_archive(inner):
            yield label, read_bytes(inner, label)
        elif depth <= 1:
            yield label, DamagedFile(label, "an archive inside archives, too deep", "unpack it by hand")
        else:
            yield from read_archive(inner, label, depth - 1, budget)
    except ReadError as fault:
        yield label, fault


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name as printed: old Windows archives hold GB18030 bytes read as code page 437."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return decode(info.filename.encode("cp437")).text
    except UnicodeEncodeError:
        return info.filename
