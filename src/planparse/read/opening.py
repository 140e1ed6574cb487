"""What a caller may hand over as a document: a path, a text, or a source that is already read."""

from __future__ import annotations

import os
from pathlib import PurePath

from planparse.errors import ReadError
from planparse.model import Source
from planparse.read.formats import FORMATS
from planparse.read.reading import read
from planparse.read.text import source_of_text

_LONGEST_PATH = 1024


def open_source(path_or_text: str | os.PathLike[str] | Source) -> Source:
    """Return the source of a path, of a text, or the source given.

    A string that names an existing file is read; one that only looks like a path of a known format raises
    :class:`~planparse.errors.ReadError` rather than being taken for a text; any other string is the text.

    >>> open_source("由医务科牵头").text
    '由医务科牵头'
    """
    if isinstance(path_or_text, Source):
        return path_or_text
    if not isinstance(path_or_text, str):
        return read(path_or_text)
    short = len(path_or_text) <= _LONGEST_PATH and "\n" not in path_or_text and "\x00" not in path_or_text
    if short and path_or_text and os.path.isfile(path_or_text):
        return read(path_or_text)
    if short and " " not in path_or_text and PurePath(path_or_text).suffix.lower() in _suffixes():
        raise ReadError(path_or_text, "no such file", "give the path of a file, or the text itself")
    return source_of_text(path_or_text)


def _suffixes() -> set[str]:
    return {suffix for form in FORMATS for suffix in form.suffixes}
