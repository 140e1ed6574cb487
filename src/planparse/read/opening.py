"""What a caller may hand over as a document: a path, a text, or a source that is already read."""

from __future__ import annotations

import os
import re
from pathlib import PurePath

from msgspec.structs import replace

from planparse.errors import PlanparseError, ReadError
from planparse.model import Source
from planparse.read.formats import FORMATS
from planparse.read.reading import Input, read
from planparse.read.text import source_of_text

_LONGEST_PATH = 1024
_LONE = re.compile("[\ud800-\udfff]")


def open_source(path_or_text: Input | Source) -> Source:
    """Return the source of a path, of a text, of a file's bytes, or the source given.

    A string that names an existing file is read; one that only looks like a path of a known format raises
    :class:`~planparse.errors.ReadError` rather than being taken for a text; any other string is the text. Raises
    ReadError for every file that cannot be opened or read, and PlanparseError for what is no document at all.

    >>> open_source("由医务科牵头").text
    '由医务科牵头'
    """
    if isinstance(path_or_text, Source):
        return _encodable(path_or_text)
    if isinstance(path_or_text, str) and not _is_path(path_or_text):
        return _encodable(source_of_text(path_or_text))
    if not isinstance(path_or_text, (str, bytes, bytearray, memoryview, os.PathLike)) and not hasattr(
        path_or_text, "read"
    ):
        raise PlanparseError(
            f"given {type(path_or_text).__name__}; possible: a path, the text itself, a file's bytes, a Source"
        )
    try:
        return read(path_or_text)
    except FileNotFoundError as fault:
        raise ReadError(
            str(path_or_text), "no such file", "give the path of a file, or the text itself"
        ) from fault
    except OSError as fault:
        raise ReadError(
            str(path_or_text), f"cannot be opened: {fault.strerror}", "check the path and its permissions"
        ) from fault


def _is_path(given: str) -> bool:
    """Return whether a string names a file, or looks like the name of one of a known format."""
    if not given or len(given) > _LONGEST_PATH or "\n" in given or "\x00" in given:
        return False
    return os.path.isfile(given) or (" " not in given and PurePath(given).suffix.lower() in _suffixes())


def _encodable(source: Source) -> Source:
    """Return the source with U+FFFD for each lone surrogate, half a character that no file can hold; offsets stay."""
    try:
        source.text.encode()
    except UnicodeEncodeError:
        text, count = _LONE.subn("\ufffd", source.text)
        return replace(
            source,
            text=text,
            warnings=(*source.warnings, f"{count} 处只有半个字符（孤立的代理码），以 U+FFFD（�）代替"),
        )
    return source


def _suffixes() -> set[str]:
    return {suffix for form in FORMATS for suffix in form.suffixes}
