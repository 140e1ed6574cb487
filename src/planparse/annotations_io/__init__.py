"""Plans to annotation tools and back: Label Studio, doccano, brat, CoNLL; gold records; agreement of annotators.

Every tool's file becomes :class:`Annotated` documents; their texts carry a hash, so that marks are never laid on
another text than the one that was annotated. What each tool keeps and loses is said in docs/formats.
"""

from __future__ import annotations

from planparse.annotations_io.agreement import Agreement, agreement
from planparse.annotations_io.gold import gold_record
from planparse.annotations_io.marks import Annotated, AnnotationError, Link, Mark, annotated
from planparse.annotations_io.reading import FORMATS, read_annotations

__all__ = [
    "FORMATS",
    "Agreement",
    "Annotated",
    "AnnotationError",
    "Link",
    "Mark",
    "agreement",
    "annotated",
    "gold_record",
    "read_annotations",
]
