"""Annotation files in: the format by its name or by what is in the file."""

from __future__ import annotations

import json
from pathlib import Path

from planparse.annotations_io import brat, conll, doccano, label_studio
from planparse.annotations_io.marks import LABELS, Annotated, AnnotationError

FORMATS = ("label-studio", "doccano", "brat", "conll")


def read_annotations(
    path: str | Path, format: str | None = None, *, annotator: str | None = None
) -> list[Annotated]:
    """Return the documents of an annotation file, or of a folder of brat.

    ``format`` is one of :data:`FORMATS`, by default told from the content; ``annotator`` as in Label Studio. Raises
    AnnotationError for an unknown format or label, a mark that does not fit its text, or a text that changed.

    >>> import tempfile
    >>> line = '{"text": "由医务科牵头", "entities": [{"id": 1, "label": "lead", "start_offset": 1, "end_offset": 4}]}'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.jsonl").write_text(line, "utf-8")
    ...     [(mark.label, mark.start, mark.end) for mark in read_annotations(Path(folder) / "a.jsonl")[0].marks]
    [('lead', 1, 4)]
    """
    path = Path(path)
    if not path.exists():
        raise AnnotationError(f"{path}: no such file or folder")
    if format not in (None, "", *FORMATS):
        raise AnnotationError(f"given format {format!r}; possible: {', '.join(FORMATS)}")
    if path.is_dir():
        documents = list(brat.of_folder(path))
    else:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise AnnotationError(f"{path}: not UTF-8") from fault
        documents = _of_text(text, format or _guess(path, text), str(path), annotator)
    for document in documents:
        wrong = sorted({mark.label for mark in document.marks} - set(LABELS))
        if wrong:
            raise AnnotationError(
                f"{document.name}: given labels {', '.join(wrong)}; possible: {', '.join(LABELS)}"
            )
    return documents


def _guess(path: Path, text: str) -> str:
    head = text.lstrip()
    if head.startswith("["):
        return "label-studio"
    if head.startswith("{"):
        return "label-studio" if '"data"' in head[:4000] and '"start_offset"' not in text else "doccano"
    if head.startswith("# "):
        return "conll"
    raise AnnotationError(f"{path}: its format cannot be told; name it, one of {', '.join(FORMATS)}")


def _of_text(text: str, format: str, where: str, annotator: str | None) -> list[Annotated]:
    if format == "label-studio":
        try:
            return list(label_studio.of_tasks(json.loads(text), where, annotator))
        except (ValueError, KeyError, TypeError) as fault:
            raise AnnotationError(
                f"{where}: not a JSON export of Label Studio ({type(fault).__name__}: {fault})"
            ) from fault
    if format == "doccano":
        return list(doccano.of_lines(text, where))
    if format == "conll":
        return list(conll.of_lines(text, where))
    raise AnnotationError(f"{where}: brat annotations are a folder of .txt and .ann files; give the folder")
