"""doccano: JSON lines with entities and relations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO, cast

from planparse.annotations_io.doccano import to_line
from planparse.annotations_io.marks import Units, annotated
from planparse.export.output import write_text
from planparse.model import Plan


def write(plans: Sequence[Plan], out: Path | TextIO, *, offsets: str = "codepoints") -> tuple[Path, ...]:
    """Write one line a document; ``offsets`` is codepoints or utf16."""
    lines = [
        to_line(annotated(plan), number, units=cast(Units, offsets)) for number, plan in enumerate(plans, 1)
    ]
    return write_text(out, lambda stream: stream.writelines(line + "\n" for line in lines))
