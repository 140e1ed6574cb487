"""ZIP packages opened with caps, XML parsed without entities, network or huge trees."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO, Any

from planparse.errors import DamagedFile, EncryptedFile
from planparse.read import limits


class Package:
    """A document package: parts by name, each read under the caps of limits.py."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as fault:
            raise DamagedFile(
                name, f"a truncated or damaged package: {brief(fault)}", "save the file again"
            ) from fault
        check_members(infos, name)
        self._infos = {info.filename.replace("\\", "/"): info for info in infos}

    def __contains__(self, part: str) -> bool:
        return part in self._infos

    @property
    def parts(self) -> list[str]:
        """The names of all parts, in package order."""
        return list(self._infos)

    def read(self, part: str, limit: int = limits.MAX_PART) -> bytes:
        """Return one part's bytes; raises DamagedFile when it is missing, damaged, encrypted or over a cap."""
        info = self._infos.get(part)
        if info is None:
            raise DamagedFile(self.name, f"its part {part} is missing", "save the file again")
        return read_member(self._zip, info, self.name, limit)

    def open(self, part: str) -> IO[bytes]:
        """Return one part as a stream, for parts too large for a tree; raises DamagedFile."""
        info = self._infos[part]
        check_member(info, self.name, limits.MAX_STREAMED)
        try:
            return self._zip.open(info)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError) as fault:
            raise DamagedFile(
                self.name, f"its part {part} is damaged: {brief(fault)}", "save the file again"
            ) from fault

    def xml(self, part: str) -> Any:
        """Return the root element of one XML part; raises DamagedFile."""
        return parse_xml(self.read(part), self.name, part)

    def optional_xml(self, part: str) -> Any | None:
        """Return the root element of one XML part, or None when the package has no such part."""
        return self.xml(part) if part in self._infos else None


def brief(fault: BaseException) -> str:
    r"""Return an error's message on one short line.

    >>> brief(ValueError("first line\nsecond"))
    'first line'
    """
    line = str(fault).partition("\n")[0]
    return "".join(char if char.isprintable() else "?" for char in line)[:120]


def check_members(infos: list[zipfile.ZipInfo], name: str) -> None:
    """Raise DamagedFile when a package holds too many members or unpacks to too much."""
    if len(infos) > limits.MAX_MEMBERS:
        raise DamagedFile(
            name, f"{len(infos)} members, the limit is {limits.MAX_MEMBERS}", "unpack it by hand"
        )
    total = sum(info.file_size for info in infos)
    if total > limits.MAX_UNPACKED:
        raise DamagedFile(
            name,
            f"unpacks to {total >> 20} MiB, the limit is {limits.MAX_UNPACKED >> 20} MiB",
            "unpack it by hand",
        )


def check_member(info: zipfile.ZipInfo, name: str, limit: int) -> None:
    """Raise DamagedFile when one member is encrypted, over the cap, or packed like a bomb."""
    if info.flag_bits & 1:
        raise EncryptedFile(name, "encrypted with a password", "save it without password and try again")
    if info.file_size > limit:
        raise DamagedFile(
            name,
            f"its part {info.filename} unpacks to {info.file_size >> 20} MiB, the limit is {limit >> 20} MiB",
            "split the file",
        )
    if info.file_size > limits.RATIO_FLOOR and info.file_size > limits.MAX_RATIO * max(1, info.compress_size):
        raise DamagedFile(
            name,
            f"its part {info.filename} unpacks {info.file_size // max(1, info.compress_size)}-fold, like a bomb",
            "do not open it",
        )


def read_member(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    """Return one member's bytes, never more than its header promised; raises DamagedFile."""
    check_member(info, name, limit)
    try:
        with package.open(info) as stream:
            return stream.read(limit)
    except (
        zipfile.BadZipFile,
        zlib.error,
        RuntimeError,
        NotImplementedError,
        EOFError,
        ValueError,
        OSError,
    ) as fault:
        raise DamagedFile(
            name, f"its part {info.filename} is damaged: {brief(fault)}", "save the file again"
        ) from fault


def parse_xml(data: bytes, name: str, part: str) -> Any:
    """Return the root of XML bytes: entities are not expanded, nothing is fetched, trees are bounded.

    Raises DamagedFile for XML that is not well formed or declares entities.
    """
    from lxml import etree

    if b"<!ENTITY" in data[:65_536] or b"<!E\x00N" in data[:65_536]:
        raise DamagedFile(
            name, f"its part {part} declares XML entities, which no office writes", "do not open it"
        )
    if data.count(b"<") > limits.MAX_TAGS:
        raise DamagedFile(name, f"its part {part} has more than {limits.MAX_TAGS} tags", "split the file")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise DamagedFile(
            name, f"its part {part} is no well-formed XML: {brief(fault)}", "save the file again"
        ) from fault
