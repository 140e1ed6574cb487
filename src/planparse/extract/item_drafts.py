"""One item becomes a draft task: its roles, dates, quantities, and its title (rules 8, 10 and 11)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec.structs import replace

from planparse.extract.actors import find_statements, partners, resolve
from planparse.extract.annotation import Annotation
from planparse.extract.dates import DateMention
from planparse.extract.drafts import TaskDraft
from planparse.extract.lexicon import Lexicon
from planparse.extract.quantities import Quantity
from planparse.extract.quantity_words import build_words
from planparse.extract.reading import Reading, first_stretch, lines_of
from planparse.extract.statements import Statement
from planparse.extract.task_dates import task_dates
from planparse.extract.titles import BOXED, act_clause, is_heading, number_of, trim_title
from planparse.model import Span
from planparse.segment.nodes import Node
from planparse.segment.numbering import DATED

#: an act stands so close to who is told to do it
_REACH = 300
_SHARES = frozenset({"占比", "比例", "比重", "率"})


def draft_of(
    reading: Reading,
    node: Node,
    parts: list[Span],
    annotation: Annotation | None,
    statements: Sequence[Statement] | None = None,
) -> TaskDraft | None:
    """Return the draft of one item, or of one part of it."""
    if not parts:
        return None
    text = reading.text
    dates = [d for a, b in parts for d in reading.dates(a, b)]
    draft = TaskDraft(
        parts,
        number=number_of(node, text),
        source="annotation" if annotation and annotation.has_roles else "heading",
    )
    if statements is None:
        statements = (
            [] if annotation else find_statements(text, parts[0][0], parts[-1][1], dates, reading.rules)
        )
    draft.quantities = [
        q for a, b in parts for q in reading.quantities(a, b, [d for d in dates if a <= d.span[0] < b])
    ]
    bracketed = _heading_date(reading, node, dates)
    draft.title = _title(reading, node, dates, statements, bracketed)
    draft.quantities = _named_by_title(reading, draft.title, draft.quantities)
    draft.path = tuple(step.heading for step in node.up()[:-1] if step.heading) + (
        (draft.title,) if draft.title else ()
    )
    if annotation is not None and annotation.has_roles:
        draft.names, draft.people = list(annotation.names), list(annotation.people)
        draft.confidence = 0.98
    else:
        lexicon = reading.lexicon
        live = [s for s in statements if _counts(text, s, parts, dates, lexicon)]
        draft.names, draft.people = resolve(live)
        for s in live:
            if s.how in ("together", "leadwith"):
                draft.names += [
                    ("support", span, "prose.together")
                    for span in partners(text, s, parts[-1][1], reading.rules)
                ]
        draft.confidence = 0.9
    if annotation is not None and annotation.dates:
        draft.dates = reading.dates_of(annotation)
    elif bracketed is not None:
        draft.dates = [bracketed, *(d for d in dates if d.recurrence and not d.quoted)]
    else:
        draft.dates = task_dates(text, dates, draft.quantities, reading.calendar_at(node.start)) or _month_of(
            reading, node
        )
    return draft


def clause_title(reading: Reading, start: int, end: int) -> str | None:
    """Return the first clause of a numbered item without heading that names an act (contract, rule 8)."""
    dates = reading.dates(start, end)
    statements = find_statements(reading.text, start, end, dates, reading.rules)
    return act_clause(reading.text, start, end, statements, dates, reading.rules)


def _named_by_title(reading: Reading, title: str | None, quantities: list[Quantity]) -> list[Quantity]:
    """Name by the heading, where that is an indicator, what the text only calls so: 手术患者并发症发生率。…，发生率降至0.5%."""
    if not title or not quantities:
        return quantities
    words = reading.rules.compiled(build_words)
    verb = words.verb.match(title) if title.endswith(words.metric) else None
    if not title.endswith(words.metric) or (verb is not None and words.verbs[verb[0]] != "act"):
        return quantities
    return [
        replace(q, indicator=title)
        if q.indicator in words.generic and (title.endswith(q.indicator) or q.indicator in _SHARES)
        else q
        for q in quantities
    ]


def _month_of(reading: Reading, node: Node) -> list[DateMention]:
    """The month that an item is printed under: 「3月：…」."""
    for step in reversed(node.up()):
        number = step.number
        if number is not None and number.style in DATED:
            found = reading.dates(number.start, number.end)
            return found[:1]
    return []


def _counts(
    text: str, statement: Statement, parts: Sequence[Span], dates: Sequence[DateMention], lexicon: Lexicon
) -> bool:
    """Whether an actor in the prose of an item gets a role: told to (要), at the item's head, or by a time."""
    if statement.how == "modal":
        return _binding(text, statement, parts, dates, lexicon)
    if statement.how == "subject":
        return statement.start == parts[0][0] or _dated(dates, statement.end, _stop(text, statement, parts))
    return True


def _stop(text: str, statement: Statement, parts: Sequence[Span]) -> int:
    """Return where the sentence of a statement ends, as far as its act may stand."""
    reach = min(parts[-1][1], statement.end + _REACH)
    return min((i for i in (text.find(c, statement.end, reach) for c in "。；;") if i >= 0), default=reach)


def _dated(dates: Sequence[DateMention], start: int, end: int) -> bool:
    """Whether one of the dates, which are in order, begins in ``[start, end)``."""
    k = bisect_left(dates, start, key=_begin)
    return k < len(dates) and dates[k].span[0] < end


def _begin(date: DateMention) -> int:
    return date.span[0]


def _binding(
    text: str, statement: Statement, parts: Sequence[Span], dates: Sequence[DateMention], lexicon: Lexicon
) -> bool:
    """「X要…」 binds X where the act is concrete, not where it asks for an attitude."""
    stop = _stop(text, statement, parts)
    said = text[statement.end : stop]
    if _dated(dates, statement.end, stop):
        return True
    found, vague = lexicon.concrete.search(said), lexicon.attitude.search(said)
    if found is None:
        return vague is None  # an act that no word of ours names: 医务科要延长晚间门诊
    return vague is None or found.start() < vague.start()


def _heading_date(reading: Reading, node: Node, dates: Sequence[DateMention]) -> DateMention | None:
    """The last date of the bracket of dates after a heading: 启动阶段（2024年3月—5月）, 预演阶段（8月15日、8月22日）."""
    text = reading.text
    opened = False
    last = node.content
    for d in dates:
        if d.span[0] < node.content or d.span[1] > node.head_end:
            continue
        before = text[d.span[0] - 1]
        opened = before in "（([【" or (opened and before in "、，,和及" and d.span[0] - last == 1)
        last = d.span[1]
        if opened and text[last : last + 1] in ("）", ")", "]", "】"):
            return d
    return None


def _title(
    reading: Reading,
    node: Node,
    dates: Sequence[DateMention],
    statements: Sequence[Statement],
    bracketed: DateMention | None,
) -> str | None:
    text = reading.text
    holes = reading.within(node.content, node.end)
    head_end = node.head_end
    if holes:
        head_end = min(head_end, holes[0].start)
    boxed = BOXED.match(text, node.content, node.line_end)
    if boxed is not None and not any(hole.start < boxed.end() for hole in holes):
        return boxed[1].strip()
    heading = text[node.content : head_end].strip()
    closed = (
        node.head_end < node.line_end
        and text[node.head_end] not in "；;"
        and head_end > node.content
        and first_stretch(text, lines_of(reading, node), min(node.head_end + 1, node.end), node.end, holes)
        is not None
    ) or (node.own_line and bool(node.body) and not _only_annotation(reading, node))
    if (
        closed
        and head_end == node.head_end
        and is_heading(heading, statements, (node.content, head_end), dates)
    ):
        return trim_title(heading, bracketed is not None) or None
    told = "。" in text[head_end - 1 : head_end + 1] and (
        "，" in heading or any(node.content <= s.start < head_end for s in statements)
    )
    if (
        node.own_line
        and node.body
        and len(heading) <= 45
        and not told
        and not _only_annotation(reading, node)
    ):
        return trim_title(heading, bracketed is not None) or None
    line = first_stretch(text, lines_of(reading, node), node.content, node.end, holes)
    if line is None:
        return None
    if (node.number is None and not node.body) or (node.number is not None and node.number.style in DATED):
        return None
    return act_clause(text, line[0], line[1], statements, dates, reading.rules)


def _only_annotation(reading: Reading, node: Node) -> bool:
    """Whether nothing but annotations stands below the heading line."""
    return (
        first_stretch(
            reading.text, node.body, node.line_end, node.end, reading.within(node.content, node.end)
        )
        is None
    )
