"""Where responsibility annotations stand: brackets, lines, inline labels, tails of lines, summaries of a block."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from planparse.expressions import expression
from planparse.extract.annotated_page import DASHED, NUMBERED, OPEN, Page
from planparse.extract.annotation import SUMMARY, Annotation
from planparse.extract.bracket_annotations import of_bracket
from planparse.extract.brackets import brackets
from planparse.extract.dates import Calendar
from planparse.extract.labelled_lines import of_labels, of_open_lines
from planparse.extract.legends import legend_of, of_marks, tell_marked
from planparse.extract.order_notes import lead_by_order
from planparse.extract.roles import build_roles
from planparse.extract.tail_annotations import (
    of_arrows,
    of_dashed_lines,
    of_last_sentences,
    of_summaries,
    of_tails,
)
from planparse.model import Span
from planparse.rulebook import Rulebook

#: a page number and its blanks are no longer
_LONGEST_GAP = 60
_LINE_START = expression(r"^[ \u3000]*", re.M)


def find_annotations(
    text: str, calendar: Calendar, rules: Rulebook, *, skip: Sequence[Span] = ()
) -> list[Annotation]:
    """Return the annotations of the clean text in order, disjoint; ``skip`` are table regions."""
    words = rules.compiled(build_roles)
    page = Page(text, calendar, rules, words, words.labels_in(text), skip)
    pairs, stray = brackets(text, rules)
    found: list[Annotation] = []
    taken = -1
    for pair in pairs:
        if pair.start < taken or not page.free(pair.start):
            continue
        annotation = of_bracket(page, pair)
        if annotation is not None:
            found.append(annotation)
            taken = annotation.end
    for look in (of_summaries, of_dashed_lines, of_tails, of_last_sentences, of_arrows):
        found.extend(look(page, found))
    found.extend(of_labels(page, found, stray))
    found.extend(of_open_lines(page, found))
    roles = legend_of(text, rules)
    if roles:
        tell_marked(text, found, roles)
        found += of_marks(page, found, roles)
    found.sort(key=lambda a: a.start)
    lead_by_order(text, found)
    found = _merge(text, found, skip)
    for before, annotation in pairwise(found):
        _repeat(before, annotation)
    return found


def _repeat(before: Annotation, annotation: Annotation) -> None:
    """Let an annotation that prints 同上 say what the one before it says."""
    for role in annotation.dittos:
        if role == "leaders":
            annotation.people = annotation.people or list(before.people)
        elif role == "deadline":
            annotation.dates = annotation.dates or list(before.dates)
        else:
            annotation.names += [name for name in before.names if name[0] == role]


def without_byline(text: str, found: list[Annotation], last: Span) -> list[Annotation]:
    """Leave out who wrote a report: the one bare bracket of a text, at the end of its ``last`` line (…。（办公室）)."""
    named = [a for a in found if a.has_roles]
    if len(named) != 1 or named[0].end < last[1] or NUMBERED.match(text, *last):
        return found
    if not named[0].names or any(rule != "bare" for _, _, rule in named[0].names):
        return found
    return [a for a in found if a is not named[0]]


def role_lines(text: str, found: Sequence[Annotation]) -> frozenset[int]:
    """Return where the lines begin that hold nothing but an annotation and neither a bracket nor a colon: no bullet, no heading."""
    starts: set[int] = set()
    for annotation in found:
        if annotation.rule in (DASHED, OPEN):
            starts.add(annotation.start)
            starts.update(line.end() for line in _LINE_START.finditer(text, annotation.start, annotation.end))
    return frozenset(starts)


def _between(text: str, start: int, end: int, skip: Sequence[Span]) -> str:
    """Return what stands between two annotations, without lines that are no text (a page number)."""
    gap = text[start:end]
    if end - start > _LONGEST_GAP or not gap.strip():
        return gap
    k = bisect_left(skip, (start,))
    while k < len(skip) and skip[k][1] <= end:
        gap = gap.replace(text[slice(*skip[k])], "")
        k += 1
    return gap


def _merge(text: str, found: list[Annotation], skip: Sequence[Span]) -> list[Annotation]:
    """Join annotations with nothing but blanks between them: role lines, and brackets side by side."""
    merged: list[Annotation] = []
    for annotation in found:
        last = merged[-1] if merged else None
        if (
            last is not None
            and annotation.scope == last.scope
            and not (annotation.rule == last.rule == SUMMARY)
            and (last.own_line or not annotation.own_line)
            and annotation.start >= last.end
            and not _between(text, last.end, annotation.start, skip).strip(" \u3000\n，,；;。、")
        ):
            last.end = annotation.end
            last.names += annotation.names
            last.people += annotation.people
            last.dates += annotation.dates
            last.rule = OPEN if OPEN in (last.rule, annotation.rule) else last.rule
            last.scope = "block" if "block" in (last.scope, annotation.scope) else "item"
            last.placeholder = last.placeholder or annotation.placeholder
            last.dittos += annotation.dittos
        elif last is not None and annotation.start < last.end:
            continue
        else:
            merged.append(annotation)
    return [a for a in merged if a.names or a.people or a.dates or a.placeholder]
