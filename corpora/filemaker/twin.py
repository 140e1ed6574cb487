"""A plain text document taken apart for writing: paragraphs, and tables from lines with tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

PAGE_FOOT = re.compile(r"^\s*第\s*\d+\s*页\s*共\s*\d+\s*页\s*$|^[-—]\s*\d+\s*[-—]$")


@dataclass
class Part:
    """A paragraph (``rows`` empty) or a table."""

    text: str = ""
    rows: list[list[str]] = field(default_factory=list)


def parts_of(text: str) -> list[Part]:
    """Return the parts of a text; two tables parted by a page foot only are one, as in the file they came from."""
    parts: list[Part] = []
    for line in text.split("\n"):
        cells = _cells(line)
        if cells is not None:
            if not cells:
                continue
            if parts and parts[-1].rows and len(parts[-1].rows[0]) == len(cells):
                parts[-1].rows.append(cells)
            else:
                parts.append(Part(rows=[cells]))
        elif line.strip() and not PAGE_FOOT.match(line):
            parts.append(Part(line.strip("\u3000 ")))
    return parts


def _cells(line: str) -> list[str] | None:
    """Return the cells of a table line (tabs or bars), an empty list for a rule, None for a paragraph."""
    if line.count("\t") >= 2:
        return [cell.strip() for cell in line.split("\t")]
    if line.startswith("|") and line.endswith("|"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        return [] if all(set(cell) <= set(":- ") for cell in cells) else cells
    return None


def text_of(parts: list[Part]) -> str:
    """Return the text that a reader should deliver, cells joined by tabs."""
    lines = []
    for part in parts:
        lines.extend("\t".join(row) for row in part.rows) if part.rows else lines.append(part.text)
    return "\n".join(lines) + "\n"
