"""CoNLL: one character a line with BIO tags."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from planparse.annotations_io.conll import to_lines
from planparse.annotations_io.marks import annotated
from planparse.export.output import write_text
from planparse.model import Plan


def write(plans: Sequence[Plan], out: Path | TextIO) -> tuple[Path, ...]:
    """Write the documents one after another."""
    parts = [to_lines(annotated(plan)) for plan in plans]
    return write_text(out, lambda stream: stream.writelines(parts))
