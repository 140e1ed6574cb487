"""doccano: one JSON object a line, with entities and relations; import as the project type «Relation extraction».

As ``SequenceLabeling`` the relations are dropped. Keys that doccano does not know come back unchanged as metadata.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from planparse.annotations_io.marks import Annotated, AnnotationError, Link, Mark, Offsets, Units, check_hash


def to_line(document: Annotated, number: int, *, units: Units = "codepoints") -> str:
    """Return the line of one document."""
    offsets = Offsets(document.text, units)
    ids = {mark.id: place for place, mark in enumerate(document.marks, 1)}
    data = {
        "id": number,
        "text": document.text,
        "entities": [
            {
                "id": ids[m.id],
                "label": m.label,
                "start_offset": offsets.out(m.start),
                "end_offset": offsets.out(m.end),
            }
            for m in document.marks
        ],
        "relations": [
            {"id": k, "from_id": ids[one.source], "to_id": ids[one.target], "type": one.label}
            for k, one in enumerate(document.links, 1)
        ],
        "source": document.name,
        "text_sha256": document.sha256,
        "offsets": units,
    }
    return json.dumps(data, ensure_ascii=False)


def of_lines(text: str, where: str) -> Iterator[Annotated]:
    """Yield the documents of an export; raises AnnotationError for a line that is none, or a text that changed."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield _document(json.loads(line), f"{where} line {number}")
            except (ValueError, KeyError, TypeError, AttributeError) as fault:
                raise AnnotationError(
                    f"{where} line {number}: not a doccano record ({type(fault).__name__}: {fault})"
                ) from fault


def _document(data: dict[str, Any], where: str) -> Annotated:
    text = data["text"]
    check_hash(text, data.get("text_sha256"), where)
    offsets = Offsets(text, str(data.get("offsets") or "codepoints"))
    marks = []
    for one in data.get("entities") or []:
        start, end = offsets.back(int(one["start_offset"])), offsets.back(int(one["end_offset"]))
        if not 0 <= start < end <= len(text):
            raise AnnotationError(
                f"{where}: the mark {one['start_offset']}–{one['end_offset']} is outside the text of {len(text)} characters"
            )
        marks.append(Mark(id=str(one["id"]), label=str(one["label"]), start=start, end=end))
    links = tuple(
        Link(source=str(one["from_id"]), target=str(one["to_id"])) for one in data.get("relations") or []
    )
    return Annotated(name=str(data.get("source") or where), text=text, marks=tuple(marks), links=links)
