"""Regular expressions made ready: the rule tables compile to a million bytes, which costs a third of a second.

A wheel carries the compiled code (``expressions-*.z``, one file for each version of the engine), keyed by the source
of the expression. An expression that the file does not hold, or another version of Python, is compiled as usual: the
result is the same, only later. ``corpora/make_expressions.py`` writes the file; a test compares it with the engine.

>>> expression("[0-9]+月").findall("6月、12月")
['6月', '12月']
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import zlib
from base64 import b64decode
from functools import lru_cache
from pathlib import Path
from typing import Any

_ENGINE: Any = importlib.import_module("_sre")  # of the standard library; it has no public name
#: source and flags -> flags of the engine, code (32 bits each), number of groups, names of groups
Made = tuple[int, str, int, dict[str, int]]


def table_path() -> Path:
    """Return where the code for this version of the engine lies."""
    return Path(__file__).parent / f"expressions-{_ENGINE.MAGIC}.z"


def read_table(path: Path) -> dict[tuple[str, int], Made]:
    """Return the ready code of a file by source and flags; empty where there is none for this machine."""
    if sys.byteorder != "little" or _ENGINE.CODESIZE != 4 or not path.is_file():
        return {}
    return {(source, flags): made for source, flags, *made in json.loads(zlib.decompress(path.read_bytes()))}


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, int], Made]:
    return read_table(table_path())


def code_of(made: Made) -> list[int]:
    """Return the code of an entry as the engine takes it."""
    return memoryview(b64decode(made[1])).cast("I").tolist()


def expression(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return ``re.compile(source, flags)``, from ready code where there is some; raises ``re.error`` as it does."""
    made = _table().get((source, int(flags)))
    if made is None:
        return re.compile(source, flags)
    own, _, groups, names = made
    by_number: list[Any] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    return _ENGINE.compile(source, own, code_of(made), groups, names, tuple(by_number))  # type: ignore[no-any-return]
