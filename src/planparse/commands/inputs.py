"""Files of a command line become sources: folders and archives opened, stdin read, faults kept apart."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from planparse.errors import EmptyFile, ReadError
from planparse.export.words import plain
from planparse.model import Source
from planparse.read import read, read_many
from planparse.rulebook import Rulebook, default_rules, load_rules


def rules_of(folders: Sequence[Path]) -> Rulebook:
    """Return the packaged rules, with the user's folders added."""
    return load_rules(folders) if folders else default_rules()


def one_source(file: str) -> Source:
    """Return the source of one argument; ``-`` is stdin. Raises ReadError."""
    if file == "-":
        data = sys.stdin.buffer.read()
        if not data.strip():
            raise EmptyFile("-", "nothing came on standard input", "pipe a document in, or give a file")
        return read(data, name="-")
    if not os.path.exists(file):
        raise ReadError(file, "没有这个文件，请检查文件名和所在的文件夹 no such file", "check the path")
    try:
        return read(file)
    except OSError as fault:
        raise ReadError(
            file, f"cannot be opened: {fault.strerror}", "check the path and its permissions"
        ) from fault


def sources(files: Sequence[str]) -> Iterator[tuple[str, Source | ReadError]]:
    """Yield (name, source or fault) for every document of the arguments, in order."""
    for file in files:
        path = Path(file)
        try:
            if file != "-" and (path.is_dir() or (path.suffix.lower() == ".zip" and path.is_file())):
                found = False
                for one in read_many(path):
                    found = True
                    yield one
                if not found:
                    yield (
                        file,
                        EmptyFile(
                            file, "没有找到可读取的文件 no readable file found in it", "check the path"
                        ),
                    )
            else:
                yield file, one_source(file)
        except ReadError as fault:
            yield file, fault
        except OSError as fault:
            yield (
                file,
                ReadError(file, f"cannot be opened: {fault.strerror}", "check the path and its permissions"),
            )


def say(line: str) -> None:
    """Write one line to stderr, without the control characters that a document may have brought."""
    typer.echo(plain(line), err=True)


def exit_code(done: int, failed: int) -> int:
    """Return 0 done, 1 all failed, 3 some failed."""
    if not failed:
        return 0
    return 3 if done else 1
