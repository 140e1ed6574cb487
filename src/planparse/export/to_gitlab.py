"""GitLab's issue import: title, description, due_date.

No line of a document becomes a quick action (``/close``), and no name in it a mention (``@all``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from planparse.export import words
from planparse.export.csvtable import write_csv
from planparse.export.item import due_day, items_of
from planparse.export.to_markdown import escape
from planparse.export.tree import description
from planparse.model import Plan

_LABEL = re.compile(r'["\\~,\s]+')


def _inert(line: str) -> str:
    shown = escape(line).replace("@", "@\u200b")
    return "\u200b" + shown if shown.startswith("/") else shown


def write(plans: Sequence[Plan], out: Path | TextIO, *, labels: bool = False) -> tuple[Path, ...]:
    """Write one row an issue; ``labels`` adds a quick action ``/label`` with the departments, which must exist as labels."""
    rows = []
    for item in items_of(plans):
        day = due_day(item.task)
        lines = [
            _inert(line)
            for text in description(item.task, item.targets, source=item.origin)
            for line in text.split("\n")
        ]
        names = dict.fromkeys(
            _LABEL.sub("_", words.line(d.name)) for d in (*item.task.lead, *item.task.responsible)
        )
        if labels and names:
            lines += ["", "/label " + " ".join(f'~"{name}"' for name in names)]
        rows.append(
            [
                words.headline(item.task, 255),
                "\n\n".join(line for line in lines if line),
                day.isoformat() if day else "",
            ]
        )
    return write_csv(out, ("title", "description", "due_date"), rows)
