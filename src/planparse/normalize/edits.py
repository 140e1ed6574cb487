"""Edits of several passes as edits of the source: replaying, and composing two passes.

>>> first = [Edit("gloss", (1, 5), "(yī)", "")]
>>> second = [Edit("space", (2, 3), " ", "")]
>>> compose("醫(yī)院 辦", first, second)
[Edit(kind='gloss', span=(1, 5), before='(yī)', after='', sure=True), Edit(kind='space', span=(6, 7), before=' ', after='', sure=True)]
>>> replay("醫(yī)院 辦", compose("醫(yī)院 辦", first, second))
'醫院辦'
"""

from __future__ import annotations

from collections.abc import Sequence

from planparse.clean import Clean, Edit


def replay(source: str, edits: Sequence[Edit]) -> str:
    """Return ``source`` with sorted, disjoint ``edits`` carried out."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        start, end = edit.span
        pieces += (source[at:start], edit.after)
        at = end
    pieces.append(source[at:])
    return "".join(pieces)


def settled(edits: Sequence[Edit], text: str) -> list[Edit]:
    """Return ``edits`` with what they put in as it reads in ``text``, the edited and converted source.

    >>> settled([Edit("gloss", (0, 5), "醫(yī)", "醫")], "医院")[0].after
    '医'
    """
    return [
        edit if not edit.after else Edit(edit.kind, edit.span, edit.before, text[start:end], edit.sure)
        for start, end, edit in _placed(edits)
    ]


def compose(source: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return edits of ``source`` that do what ``first`` and then ``second`` (on the result of first) do.

    Edits of the two passes that touch the same characters become one, of the kind of the first.
    """
    if not second:
        return list(first)
    between = replay(source, first)
    back = Clean.of(source, first, text=between)
    made: list[Edit] = []
    left, right = _placed(first), list(second)
    i = j = 0
    while i < len(left) or j < len(right):
        if i < len(left) and (j == len(right) or left[i][1] <= right[j].span[0]):
            made.append(left[i][2])  # the usual case: nothing of the second pass touches it
            i += 1
            continue
        group: list[tuple[int, int, Edit, bool]] = []
        if j == len(right) or (i < len(left) and left[i][0] <= right[j].span[0]):
            start, end = left[i][:2]
        else:
            start, end = right[j].span
        grown = True
        while grown:
            grown = False
            if i < len(left) and _meets(left[i][:2], start, end, group):
                group.append((*left[i], True))
                end = max(end, left[i][1])
                i, grown = i + 1, True
            if j < len(right) and _meets(right[j].span, start, end, group):
                group.append((*right[j].span, right[j], False))
                end = max(end, right[j].span[1])
                j, grown = j + 1, True
        made.append(_merged(source, between, back, group))
    return made


def _placed(edits: Sequence[Edit]) -> list[tuple[int, int, Edit]]:
    """Return the places of what edits have put in, in the edited text."""
    shift = 0
    placed = []
    for edit in edits:
        at = edit.span[0] + shift
        placed.append((at, at + len(edit.after), edit))
        shift += len(edit.after) - (edit.span[1] - edit.span[0])
    return placed


def _meets(place: tuple[int, int], start: int, end: int, group: list[tuple[int, int, Edit, bool]]) -> bool:
    """Tell whether a place shares characters with the group so far (an empty place: lies inside it)."""
    if not group:
        return place[0] == start
    return place[0] < end and (place[1] > start or place[0] > start)


def _merged(source: str, between: str, back: Clean, group: list[tuple[int, int, Edit, bool]]) -> Edit:
    if len(group) == 1:
        edit = group[0][2]
        if group[0][3]:
            return edit
        span = back.source_span(*edit.span)
        return Edit(edit.kind, span, source[span[0] : span[1]], edit.after, edit.sure)
    start, end = min(a for a, *_ in group), max(b for _, b, *_ in group)
    firsts = [(a, b, edit) for a, b, edit, is_first in group if is_first]
    # a place inside what a first edit has put in has no place of its own in the source
    begin = next((e.span[0] for a, _, e in firsts if a == start), None)
    close = next((e.span[1] for _, b, e in reversed(firsts) if b == end), None)
    span = (
        back.source_position(start) if begin is None else begin,
        back.source_position(end - 1) + 1 if close is None else close,
    )
    inner = [Edit(e.kind, (a - start, b - start), "", e.after) for a, b, e, is_first in group if not is_first]
    after = replay(between[start:end], inner)
    kind = firsts[0][2].kind if firsts else group[0][2].kind
    return Edit(kind, span, source[span[0] : span[1]], after, all(e.sure for _, _, e, _ in group))
