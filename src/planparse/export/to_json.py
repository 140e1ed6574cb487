"""JSON: exactly the contract's object for one plan, an array of objects for several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from planparse.export.output import write_text
from planparse.model import Plan


def write(plans: Sequence[Plan], out: Path | TextIO, *, indent: int = 2) -> tuple[Path, ...]:
    """Write the record of one plan, or an array for none or several; ``indent`` blanks a level, 0 for one line."""

    def body(stream: TextIO) -> None:
        if len(plans) == 1:
            stream.write(plans[0].to_json(indent=indent) + "\n")
            return
        stream.write("[\n")
        for place, plan in enumerate(plans):
            stream.write(plan.to_json(indent=indent) + (",\n" if place + 1 < len(plans) else "\n"))
        stream.write("]\n")

    return write_text(out, body)
