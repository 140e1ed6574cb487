"""Records that print the label of each value: 「任务名称：X」 line by line, 【措施】…【时限】… , or the cells of a line between bars."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from planparse.expressions import expression
from planparse.extract.cover import Cover
from planparse.extract.headers import Header, HeaderWords
from planparse.model import Span

_COLON = expression(r"[：:]|——")
_BRACKETED = expression(r"[【〔\[]([^【】〔〕\[\]\n]{1,12})[】〕\]][：:]?")
_REACH = 14
#: what stands between two records: a line of dashes, or a number alone
_BETWEEN = expression(r"[\s=*#\-—─━═·•]+|[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?")
_INDEX = expression(r"[（(]?[\d一二三四五六七八九十]{1,3}[）)]?[、.．]?|[①-⑳]|")
#: beside what is to be done a record says who does it, or by when
_WORK = frozenset({"task", "measure", "indicator"})
_WHO = frozenset({"lead", "responsible", "support", "leader", "deadline"})
_FEWEST = 3
#: so many labels tell whether they come again and again, and no record has more
_MOST = 40

Pair = tuple[Span, Span]


class Form(Struct):
    """Records as rows of value cells below the row of their labels; an empty cell where a record lacks a label."""

    start: int
    end: int
    rows: list[list[Span]]


def find_forms(text: str, lines: Sequence[Span], headers: HeaderWords, taken: Sequence[Span]) -> list[Form]:
    """Return the forms whose labels begin lines: 「任务名称」, its value, 「责任部门」, its value …, form after form."""
    forms: list[Form] = []
    cover = Cover(taken)
    k = 0
    while k < len(lines):
        if cover.covers(lines[k][0]):
            k += 1
            continue
        pairs, _ = _run(text, lines, k, headers, _MOST)
        fields = [_field(text, key, headers) for key, _ in pairs]
        cycle = fields.index(fields[0], 1) if fields and fields[0] in fields[1:] else 0
        if cycle < _FEWEST or not _says_enough(fields[:cycle]) or len(fields) < min(2 * cycle - 2, _MOST):
            k += 1
            continue
        pairs, at = _run(text, lines, k, headers, len(text))
        fields = [_field(text, key, headers) for key, _ in pairs]
        starts = [n for n, field in enumerate(fields) if field == fields[0]]
        forms.append(_form(text, [pairs[a:b] for a, b in zip(starts, [*starts[1:], len(pairs)], strict=True)], headers))
        k = at
    return forms


def read_labelled_row(text: str, cells: Sequence[Span], headers: HeaderWords) -> list[Pair] | None:
    """Return the labels and values of a line that bars part, each cell with its own label; None for any other line."""
    pairs: list[Pair] = []
    for k, (start, end) in enumerate(cells):
        found = _labelled(text, start, end, headers)
        if found is None and (k or not _INDEX.fullmatch(text[start:end])):
            return None
        pairs += [found] if found is not None else []
    return pairs if len(pairs) >= _FEWEST and _says_enough([_field(text, key, headers) for key, _ in pairs]) else None


def rows_of(text: str, records: Sequence[Sequence[Pair]], headers: HeaderWords) -> list[list[Span]]:
    """Return the rows of records, one column a label, the labels first."""
    return _form(text, records, headers).rows


def _form(text: str, records: Sequence[Sequence[Pair]], headers: HeaderWords) -> Form:
    columns: list[Header] = []
    head: list[Span] = []
    placed: list[dict[int, Span]] = []
    for record in records:
        row: dict[int, Span] = {}
        for key, value in record:
            label = headers.read(text[slice(*key)])
            column = _column(columns, label, row)
            if column == _MOST:
                continue
            if column == len(columns):
                columns.append(label)
                head.append(key)
            row[column] = value
        placed.append(row)
    rows = [[row.get(k, (last, last)) for k in range(len(head))] for row, last in ((r, max(v[1] for v in r.values())) for r in placed)]
    return Form(records[0][0][0][0], records[-1][-1][1][1], [head, *rows])


def _column(columns: Sequence[Header], label: Header, taken: Collection[int]) -> int:
    """Return the column of a label: of its own words, else a free one that means the same (任务：, 任务名称：), else a new one."""
    same = [k for k, column in enumerate(columns) if column.text == label.text and k not in taken]
    alike = [k for k, column in enumerate(columns) if column.field == label.field and k not in taken]
    return next(iter([*same, *alike]), len(columns))


def _field(text: str, key: Span, headers: HeaderWords) -> str:
    return headers.read(text[slice(*key)]).field or ""


def _says_enough(fields: Sequence[str]) -> bool:
    return bool(_WORK.intersection(fields)) and bool(_WHO.intersection(fields))


def _run(text: str, lines: Sequence[Span], at: int, headers: HeaderWords, most: int) -> tuple[list[Pair], int]:
    """Return the pairs of the lines from ``at`` on, ``most`` or a line's more, and the line at which they end."""
    pairs: list[Pair] = []
    while at < len(lines) and len(pairs) < most:
        found, step = _pairs(text, lines, at, headers)
        if not found:
            again = pairs and at + 1 < len(lines) and _BETWEEN.fullmatch(text, *lines[at])
            following = _pairs(text, lines, at + 1, headers)[0] if again else []
            if not following or _field(text, following[0][0], headers) != _field(text, pairs[0][0], headers):
                break
        pairs += found
        at += step
    return pairs, at


def _pairs(text: str, lines: Sequence[Span], at: int, headers: HeaderWords) -> tuple[list[Pair], int]:
    """Return the pairs that a line begins, and how many lines they take."""
    start, end = lines[at]
    if text[start] in "【〔[":
        return list(_bracketed(text, start, end, headers)), 1
    found = _labelled(text, start, end, headers)
    if found is not None:
        return [found], 1
    if end - start <= 10 and headers.read(text[start:end]).field is not None and at + 1 < len(lines):
        below = lines[at + 1]
        if headers.read(text[slice(*below)]).field in (None, "milestone"):
            return [((start, end), below)], 2
    return [], 1


def _labelled(text: str, start: int, end: int, headers: HeaderWords) -> Pair | None:
    """Return the label and the value of 「责任部门：医务科」 or 「责任部门——医务科」."""
    if text[start:end][:1] in ("【", "〔", "["):
        return next(_bracketed(text, start, end, headers), None)
    colon = _COLON.search(text, start, min(end, start + _REACH))
    if colon is None or colon.start() == start or headers.read(text[start : colon.start()]).field is None:
        return None
    return (start, colon.start()), trimmed(text, colon.end(), end)


def _bracketed(text: str, start: int, end: int, headers: HeaderWords) -> Iterator[Pair]:
    """Yield the pairs of a line 【措施】…【时限】…; words in brackets that are no labels belong to a value."""
    marks = [mark for mark in _BRACKETED.finditer(text, start, end) if headers.read(mark[1]).field is not None]
    if not marks or marks[0].start() != start:
        return
    for k, mark in enumerate(marks):
        yield mark.span(1), trimmed(text, mark.end(), marks[k + 1].start() if k + 1 < len(marks) else end)


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the blanks at its ends."""
    printed = text[start:end]
    inner = printed.lstrip()
    start += len(printed) - len(inner)
    return start, start + len(inner.rstrip())
