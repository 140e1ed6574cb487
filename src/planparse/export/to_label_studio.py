"""Label Studio tasks with predictions, and beside a file the labelling configuration to set up the project with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO, cast

from planparse.annotations_io.label_studio import CONFIG, to_task
from planparse.annotations_io.marks import Units, annotated
from planparse.export.output import write_text
from planparse.model import Plan


def write(plans: Sequence[Plan], out: Path | TextIO, *, offsets: str = "codepoints") -> tuple[Path, ...]:
    """Write the tasks; with a path also ``*.labels.xml``. ``offsets`` is codepoints or utf16, whichever the version shows."""
    tasks = [to_task(annotated(plan), units=cast(Units, offsets)) for plan in plans]
    written = write_text(out, lambda stream: json.dump(tasks, stream, ensure_ascii=False, indent=1))
    return (
        (*written, *write_text(out.with_suffix(".labels.xml"), lambda stream: stream.write(CONFIG)))
        if isinstance(out, Path)
        else ()
    )
