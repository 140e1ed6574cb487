"""Dates of several actors in one sentence: one that all of them share, or one an actor."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.dates import DateMention
from planparse.extract.drafts import TaskDraft
from planparse.extract.statements import Statement

_RESPECTIVELY = expression(r"分别(?:于|在)?")
_COMMAS = ("，", ",")
_LISTED = ("、", "，", "和", "及", "前、", "底前、")


def with_head_date(text: str, drafts: list[TaskDraft]) -> list[TaskDraft]:
    """Let a date that heads a sentence hold for each actor in it: 「6月底前，由总务科完成A，由信息科完成B」."""
    first = drafts[0] if len(drafts) > 1 else None
    head = (
        next(
            (
                d
                for d in first.dates
                if d.span[0] == first.start and d.kind == "by" and text[d.span[1] : d.span[1] + 1] in _COMMAS
            ),
            None,
        )
        if first is not None
        else None
    )
    if head is None:
        return drafts
    for before, draft in itertools.pairwise(drafts):
        if (
            draft.dates
            or not (draft.names or draft.people)
            or text[before.end : draft.start].strip() not in _COMMAS
        ):
            break
        draft.dates = [head]
    return drafts


def one_an_actor(
    text: str, draft: TaskDraft, group: Sequence[Statement], dates: Sequence[DateMention]
) -> list[TaskDraft]:
    """Part a task of several actors who have a date each: 「信息科、医保办分别于5月底、6月底前完成A、B」, one an actor."""
    if (
        len(group) != 1
        or len(group[0].names) < 2
        or group[0].people
        or _RESPECTIVELY.match(text, group[0].end) is None
    ):
        return [draft]
    names = group[0].names
    own = [d for d in dates if d.span[0] >= group[0].end and d.end and not d.recurrence][: len(names)]
    joined = all(text[x.span[1] : y.span[0]] in _LISTED for x, y in itertools.pairwise(own))
    if len(own) != len(names) or not joined:
        return [draft]
    return [
        replace(
            draft,
            parts=list(draft.parts),
            names=[name for name in draft.names if name[1] == span],
            dates=[date],
            quantities=draft.quantities if k == 0 else [],
        )
        for k, (span, date) in enumerate(zip(names, own, strict=True))
    ]
