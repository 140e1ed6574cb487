"""Label Studio: tasks with predictions out, its JSON export in. Format: labelstud.io/guide/predictions, …/export.

The labelling configuration goes with the tasks: with another ``from_name`` predictions import but do not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from planparse.annotations_io.marks import (
    LABELS,
    Annotated,
    AnnotationError,
    Link,
    Mark,
    Offsets,
    Units,
    check_hash,
    located,
)

_COLOURS = ("#9aa0a6", "#d93025", "#f29900", "#7cb342", "#8e5cc7", "#1a73e8", "#00897b")
CONFIG = (
    '<View>\n  <Relations>\n    <Relation value="of"/>\n  </Relations>\n  <Labels name="label" toName="text">\n'
    + "".join(
        f'    <Label value="{label}" background="{colour}"/>\n'
        for label, colour in zip(LABELS, _COLOURS, strict=True)
    )
    + '  </Labels>\n  <Text name="text" value="$text" granularity="symbol"/>\n</View>\n'
)


def to_task(
    document: Annotated, *, units: Units = "codepoints", version: str = "planparse"
) -> dict[str, Any]:
    """Return one task with the marks as a prediction; ``text_sha256`` and ``offsets`` travel in its data."""
    offsets = Offsets(document.text, units)
    result: list[dict[str, Any]] = [
        {
            "id": mark.id, "from_name": "label", "to_name": "text", "type": "labels",
            "value": {"start": offsets.out(mark.start), "end": offsets.out(mark.end), "text": document.text[mark.start : mark.end], "labels": [mark.label]},
        }
        for mark in document.marks
    ]  # fmt: skip
    result += [
        {
            "type": "relation",
            "from_id": link.source,
            "to_id": link.target,
            "direction": "right",
            "labels": [link.label],
        }
        for link in document.links
    ]
    return {
        "data": {
            "text": document.text,
            "source": document.name,
            "text_sha256": document.sha256,
            "offsets": units,
        },
        "predictions": [{"model_version": version, "result": result}],
    }


def of_tasks(tasks: Any, where: str, annotator: str | None = None) -> Iterator[Annotated]:
    """Yield the documents of an export (JSON, not JSON-MIN, which has no relations).

    Each has the annotation of ``annotator`` (id or e-mail), or the last one made; a task without annotation has its
    prediction. Cancelled annotations are left out. Raises AnnotationError where text and marks do not fit.
    """
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        place = f"{where} task {number}"
        data = task.get("data") if isinstance(task, dict) else None
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            raise AnnotationError(f"{place}: no data.text; give the JSON export of Label Studio")
        check_hash(data["text"], data.get("text_sha256"), place)
        chosen = _chosen(task, annotator)
        if chosen is not None:
            yield _document(data, chosen, place)


def _chosen(task: Mapping[str, Any], annotator: str | None) -> Mapping[str, Any] | None:
    done = [one for one in task.get("annotations") or [] if not one.get("was_cancelled")]
    if annotator is not None:
        done = [one for one in done if annotator in _names(one)]
        return done[-1] if done else None
    done.sort(key=lambda one: str(one.get("updated_at") or ""))
    return done[-1] if done else next(iter(task.get("predictions") or []), None)


def _names(annotation: Mapping[str, Any]) -> set[str]:
    who = annotation.get("completed_by")
    return {str(who.get("id")), str(who.get("email"))} if isinstance(who, dict) else {str(who)}


def _document(data: Mapping[str, Any], annotation: Mapping[str, Any], where: str) -> Annotated:
    text = data["text"]
    regions = [one for one in annotation.get("result") or [] if one.get("type") == "labels"]
    printed = [
        (int(one["value"]["start"]), int(one["value"]["end"]), str(one["value"].get("text") or ""))
        for one in regions
    ]
    spans = located(text, printed, str(data.get("offsets") or "codepoints"), where)
    marks = tuple(
        Mark(id=str(one["id"]), label=str((one["value"].get("labels") or ["?"])[0]), start=a, end=b)
        for one, (a, b) in zip(regions, spans, strict=True)
    )
    links = tuple(
        Link(source=str(one["from_id"]), target=str(one["to_id"]))
        for one in annotation.get("result") or []
        if one.get("type") == "relation"
    )
    who = annotation.get("completed_by")
    return Annotated(
        name=str(data.get("source") or where),
        text=text,
        marks=marks,
        links=links,
        annotator=str(who) if who is not None else None,
    )
