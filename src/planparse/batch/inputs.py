"""What was given on the command line becomes documents: files, folders, globs, archives, a list.

Nothing is decided by a suffix: an archive is told by its bytes. ZIP archives are read in place, archives inside
archives and TAR archives are unpacked once into the spool folder of the batch, where names cannot lead astray.
"""

from __future__ import annotations

import glob
import hashlib
import os
import shutil
import stat
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from planparse.batch.model import Fault, Place
from planparse.errors import DamagedFile, EncryptedFile
from planparse.read import limits
from planparse.read.archive import member_name
from planparse.read.many import LEFTOVERS
from planparse.read.package import check_member

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """One document of the inputs: its name in the tables, and its place or what is wrong."""

    name: str
    at: Place | Fault


def shown(name: str) -> str:
    """Return a file's name as text: bytes that are no UTF-8 are read as GB18030, as Chinese Windows wrote them.

    >>> shown(os.fsdecode("计划.txt".encode("gb18030")))
    '计划.txt'
    """
    data = os.fsencode(name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    text = text.replace("\\", "/") if os.sep == "\\" else text
    return name if text == name else text


def find(arguments: Iterable[str], spool: Path, *, without: Path | None = None) -> Iterator[Found]:
    """Yield every document of files, folders, globs and archives; what cannot be opened comes with its fault.

    ``without`` is a folder that is never entered (the output). Names may come twice; callers keep one.
    """
    for argument in arguments:
        path = Path(os.path.normpath(argument))
        if path.is_dir():
            yield from _folder(path, spool, without)
        elif path.exists():
            yield from _file(path, spool)
        else:
            hits = sorted(glob.glob(argument, recursive=True)) if glob.has_magic(argument) else []
            if not hits:
                yield Found(shown(argument), Fault("open", "no such file or folder; check the path"))
            for hit in hits:
                if Path(hit).is_dir():
                    continue  # what is inside is for ** to name
                yield from _file(Path(os.path.normpath(hit)), spool)


def _folder(root: Path, spool: Path, without: Path | None) -> Iterator[Found]:
    faults: list[OSError] = []
    closed = os.path.realpath(without) if without else None
    for folder, folders, files in os.walk(root, onerror=faults.append, followlinks=False):
        if closed:
            folders[:] = [one for one in folders if os.path.realpath(os.path.join(folder, one)) != closed]
        folders.sort()
        for name in sorted(files):
            if not _leftover(name):
                yield from _file(Path(folder) / name, spool)
    for fault in faults:
        yield Found(
            shown(str(fault.filename)), Fault("open", f"the folder cannot be opened: {fault.strerror}")
        )


def _leftover(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in LEFTOVERS


def _file(path: Path, spool: Path) -> Iterator[Found]:
    place = str(path)
    name = shown(place)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Found(name, Fault("open", "a device or pipe, not a file"))
            return
        with path.open("rb") as stream:
            head = stream.read(6)
    except OSError as fault:
        yield Found(name, Fault("open", f"cannot be opened: {fault.strerror}"))
        return
    if head.startswith(_ZIP):
        yield from _zip(path, name, spool, limits.MAX_ARCHIVE_DEPTH)
    elif (head.startswith(_TAR) or path.suffix == ".tar") and tarfile.is_tarfile(path):
        yield from _tar(path, name, spool)
    else:
        yield Found(name, Place.of(place))


def _is_document(members: set[str]) -> bool:
    """Tell a Word, Excel, OpenDocument or OFD package from an archive of files, by the parts that readers ask for."""
    word = any(one.startswith("word/document") and one.endswith(".xml") for one in members)
    return (
        word
        or "xl/workbook.xml" in members
        or {"content.xml", "META-INF/manifest.xml"} <= members
        or any(one.lower() == "ofd.xml" for one in members)
    )


def _zip(path: Path, name: str, spool: Path, depth: int) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
            if not infos or _is_document({info.filename for info in infos}):
                yield Found(name, Place.of(path))
                return
            if depth == 0:
                yield Found(name, Fault("damaged", "an archive inside archives, too deep; unpack it by hand"))
                return
            for number, info in enumerate(infos):
                label = member_name(info).replace("\\", "/")
                if (
                    not info.is_dir()
                    and not _leftover(label.rsplit("/", 1)[-1])
                    and not label.startswith("__MACOSX/")
                ):
                    yield from _member(package, Place.of(path, number), f"{name}!{label}", spool, depth)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        yield Found(name, Place.of(path))  # the reader says what is wrong with it


def _member(package: zipfile.ZipFile, place: Place, name: str, spool: Path, depth: int) -> Iterator[Found]:
    info = package.infolist()[place.member]
    try:
        check_member(info, name, limits.MAX_FILE)
        with package.open(info) as stream:
            head = stream.read(6)
            if not head.startswith(_ZIP):
                yield Found(name, place)
                return
        with package.open(info) as stream:
            inner = _spooled(stream, spool, ".zip")
    except DamagedFile as fault:
        yield Found(
            name, Fault("encrypted" if isinstance(fault, EncryptedFile) else "damaged", fault.problem)
        )
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as fault:
        yield Found(name, Fault("damaged", f"a damaged member of the archive: {fault}"))
    else:
        with zipfile.ZipFile(inner) as opened:
            document = _is_document(set(opened.namelist()))
        if document:
            inner.unlink()
            yield Found(name, place)
        else:
            yield from _zip(inner, name, spool, depth - 1)


def _tar(path: Path, name: str, spool: Path) -> Iterator[Found]:
    room = limits.MAX_UNPACKED
    try:
        with tarfile.open(path) as package:
            for info in package:
                label = info.name.replace("\\", "/")
                stream = (
                    package.extractfile(info)
                    if info.isreg() and not _leftover(label.rsplit("/", 1)[-1])
                    else None
                )
                if stream is None:
                    continue
                inner = f"{name}!{shown(label)}"
                room -= info.size
                if info.size > limits.MAX_FILE or room < 0:
                    yield Found(
                        inner, Fault("damaged", "more than an archive may unpack to; unpack it by hand")
                    )
                    return
                file = _spooled(stream, spool, "")
                with file.open("rb") as opened:
                    head = opened.read(4)
                if head.startswith(_ZIP):
                    yield from _zip(file, inner, spool, limits.MAX_ARCHIVE_DEPTH - 1)
                else:
                    yield Found(inner, Place.of(file))
    except (tarfile.TarError, EOFError, OSError, ValueError) as fault:
        yield Found(name, Fault("damaged", f"a truncated or damaged archive: {fault}"))


def _spooled(stream: IO[bytes], spool: Path, suffix: str) -> Path:
    """Copy a stream into the spool, under the name of its content; return the file."""
    spool.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    draft = spool / "draft"
    with draft.open("wb") as out:
        while block := stream.read(_BLOCK):
            digest.update(block)
            out.write(block)
    final = spool / f"{digest.hexdigest()[:32]}{suffix}"
    draft.replace(final)
    return final


def clear(spool: Path) -> None:
    """Remove the spool folder."""
    shutil.rmtree(spool, ignore_errors=True)
