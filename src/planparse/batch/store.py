"""The output folder: part files that appear whole, a journal that says which count, and nothing lost to ``kill -9``.

    OUT/tasks/part-00000-….parquet     one part a chunk of the plan; so targets/, departments/, documents/
    OUT/errors.parquet                 one row a document that failed; errors.csv the same for a spreadsheet
    OUT/summary.json                   written last: its presence says that the folder is complete
    OUT/_batch/manifest.json           version, settings and fingerprint of the rules
    OUT/_batch/journal                 one line a piece: its part files and the documents in them

A part is written under another name, flushed to the disk and renamed; then its line is added to the journal. A part
without a line does not count and is removed at the next start; a line torn by a crash is cut off.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from planparse.batch.columns import RECORDS
from planparse.batch.model import BatchError, Doc, Settings

_FOLDERS = ("documents", *RECORDS)


class Manifest(msgspec.Struct, frozen=True):
    """What the records of a folder were made with; a run that goes on must agree."""

    version: str
    format: str
    rules: str
    year: int | None = None


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """One line of the journal: the stem of its part files (empty: none) and its documents."""

    stem: str
    docs: tuple[Doc, ...]


class Store:
    """The folder of one batch, held by one process at a time."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.format = settings.format
        self.state = folder / "_batch"
        self.spool = self.state / "spool"
        self.staging = self.state / "staging"
        self.names = self.state / "names"
        self._journal_path = self.state / "journal"
        self._journal: IO[bytes] | None = None
        self._lock: IO[bytes] | None = None
        self._encoder = msgspec.json.Encoder()

    def part(self, table: str, stem: str, *, staged: bool = False) -> Path:
        """Return the path of a part file."""
        return (self.staging if staged else self.folder) / table / f"{stem}.{self.format}"

    def single(self, table: str) -> Path:
        """Return the path of a table that is one file."""
        return self.folder / f"{table}.{self.format}"

    @property
    def summary(self) -> Path:
        """The path of the summary, whose presence says that the folder is complete."""
        return self.folder / "summary.json"

    def open(self, manifest: Manifest, *, resume: bool) -> None:
        """Take the folder, make it where there is none, put right what a crash left.

        Raises BatchError when another process holds it, when it holds a batch that has begun and ``resume`` is not given, or
        when that batch was made with other settings.
        """
        try:
            self._open(manifest, resume=resume)
        except OSError as fault:
            raise BatchError(
                f"{self.folder}: cannot be used as output folder: {fault.strerror or fault}; give another folder"
            ) from fault

    def _open(self, manifest: Manifest, *, resume: bool) -> None:
        path = self.state / "manifest.json"
        if path.exists() and not resume and self._begun():
            raise BatchError(
                f"{self.folder}: already holds a batch; --resume goes on with it, or give another folder"
            )
        if not path.exists() and any((self.folder / table).exists() for table in _FOLDERS):
            raise BatchError(f"{self.folder}: holds tables that are no batch; give another folder")
        self.state.mkdir(parents=True, exist_ok=True)
        self._take()
        if path.exists() and self._begun():
            self._agree(path, manifest)
        else:
            self._journal_path.unlink(missing_ok=True)
            write_whole(path, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
        for table in _FOLDERS:
            (self.folder / table).mkdir(exist_ok=True)
        self._recover()
        self.summary.unlink(missing_ok=True)
        self._journal = self._journal_path.open("ab")

    def _begun(self) -> bool:
        """Whether any document is done: a start that failed before (no scheduler, a wrong path) binds nothing."""
        if not self._journal_path.exists():
            return False
        with self._journal_path.open("rb") as journal:
            return any(not line.endswith(b",[]]\n") for line in journal)

    def _take(self) -> None:
        self._lock = (self.state / "lock").open("wb")
        try:
            import fcntl
        except ImportError:  # no such locks on this system
            return
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise BatchError(
                f"{self.folder}: another planparse batch is at work there; wait for it, or give another folder"
            ) from fault

    def _agree(self, path: Path, manifest: Manifest) -> None:
        try:
            before = msgspec.json.decode(path.read_bytes(), type=Manifest)
        except msgspec.MsgspecError as fault:
            raise BatchError(f"{path}: not the manifest of a batch ({fault}); give another folder") from fault
        differ = [
            f"{name} {old!r}, now {new!r}"
            for name in Manifest.__struct_fields__
            if (old := getattr(before, name)) != (new := getattr(manifest, name))
        ]
        if differ:
            raise BatchError(
                f"{self.folder}: its records were made with {'; '.join(differ)}; give another folder, or the same settings"
            )

    def _recover(self) -> None:
        """Cut a torn last line, put staged parts of the journal in their place, remove parts without a line."""
        if not self._journal_path.exists():
            self._journal_path.touch()
        with self._journal_path.open("rb+") as journal:
            kept = 0
            for line in journal:
                if not line.endswith(b"\n") or not _sound(line):
                    break
                kept += len(line)
            journal.truncate(kept)
        stems = {piece.stem for piece in self.pieces() if piece.stem}
        for table in RECORDS:
            for stem in stems:
                staged = self.part(table, stem, staged=True)
                if staged.exists():
                    staged.replace(self.part(table, stem))
            for path in (self.folder / table).iterdir():
                if path.stem not in stems and path.suffix in (f".{self.format}", ".draft"):
                    path.unlink()
        shutil.rmtree(self.staging, ignore_errors=True)

    def pieces(self) -> Iterator[Piece]:
        """Yield the lines of the journal, in order; a later line of a document replaces an earlier one."""
        decoder = msgspec.json.Decoder(Piece)
        with self._journal_path.open("rb") as journal:
            for line in journal:
                yield decoder.decode(line)

    def done(self, *, retry: bool = False) -> set[str]:
        """Return the contents that are done; with ``retry`` those that failed do not count."""
        done: set[str] = set()
        for piece in self.pieces():
            for doc in piece.docs:
                if retry and doc.fault:
                    done.discard(doc.id)
                else:
                    done.add(doc.id)
        return done

    def commit(self, stem: str, docs: tuple[Doc, ...], tables: Mapping[str, bytes]) -> None:
        """Make one piece count: its parts on the disk first, its line in the journal after."""
        for table, data in tables.items():
            write_whole(self.part(table, stem), data, lasting=False)
        for table in tables:
            settle(self.folder / table)
        assert self._journal is not None, "open the store first"
        self._journal.write(self._encoder.encode(Piece(stem if tables else "", docs)) + b"\n")
        self._journal.flush()
        os.fsync(self._journal.fileno())

    def swap(self, pieces: Iterator[Piece]) -> None:
        """Replace the journal by ``pieces``, whose new parts are staged; then put the parts in place and drop the old.

        The renaming of the journal is the moment that counts: before it the old parts hold, after it the new.
        """
        draft = self._journal_path.with_suffix(".draft")
        with draft.open("wb") as out:
            for piece in pieces:
                out.write(self._encoder.encode(piece) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        draft.replace(self._journal_path)
        settle(self.state)
        self._recover()

    def close(self) -> None:
        """Let the folder go."""
        for held in (self._journal, self._lock):
            if held is not None:
                held.close()
        self._journal = self._lock = None


def _sound(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=Piece)
    except msgspec.MsgspecError:
        return False
    return True


def write_whole(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file that appears whole or not at all; where ``lasting``, its name too is on the disk on return."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".draft")
    with draft.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(path)
    if lasting:
        settle(path.parent)


def settle(folder: Path) -> None:
    """Flush the names of a folder to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def to_json(record: Any) -> bytes:
    """Return a record as indented JSON text."""
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"
