"""brat: a folder with a .txt and an .ann for each document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from planparse.annotations_io.brat import write_folder
from planparse.annotations_io.marks import annotated
from planparse.errors import ExportError
from planparse.model import Plan

_UNSAFE = re.compile(r"[^\w\-.]+")


def write(plans: Sequence[Plan], out: Path) -> tuple[Path, ...]:
    """Write the folder ``out``; raises ExportError where it is a file."""
    if out.exists() and not out.is_dir():
        raise ExportError(
            f"{out}: 这是文件，brat 要文件夹。is a file; brat takes a folder, as in -o annotations/"
        )
    taken: dict[str, int] = {}
    documents = []
    for plan in plans:
        name = plan.document.source.replace("\\", "/").rsplit("/", 1)[-1]
        stem = _UNSAFE.sub("_", name.rsplit(".", 1)[0]).strip("._")[:80] or "document"
        taken[stem] = taken.get(stem, 0) + 1
        documents.append((stem if taken[stem] == 1 else f"{stem}-{taken[stem]}", annotated(plan)))
    return write_folder(documents, out)
