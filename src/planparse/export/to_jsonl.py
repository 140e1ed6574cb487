"""JSON Lines: one contract object a line, in the order given."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from planparse.export.output import write_text
from planparse.model import Plan


def write(plans: Iterable[Plan], out: Path | TextIO) -> tuple[Path, ...]:
    """Write one line a plan; ``plans`` may be any iterable and is read once."""

    def body(stream: TextIO) -> None:
        for plan in plans:
            stream.write(plan.to_json() + "\n")

    return write_text(out, body)
