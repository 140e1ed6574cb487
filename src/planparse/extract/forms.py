"""Records that print the label of each value: 「任务名称：X」 line by line, 【措施】…【时限】… , or the cells of a line between bars."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from planparse.expressions import expression
from planparse.extract.cover import Cover
from planparse.extract.headers import Header, HeaderWords
from planparse.extract.rectification import MEASURE_MARK
from planparse.model import Span

_COLON = expression(r"[：:]|——")
_BRACKETED = expression(r"[【〔\[]([^【】〔〕\[\]\n]{1,12})[】〕\]][：:]?")
_REACH, _SHORT = 14, 10
#: what stands between two records: a line of dashes, or a number alone
_BETWEEN = expression(r"[\s=*#\-—─━═·•]+|[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?")
_ORDINAL = expression(r"[\d一二三四五六七八九十]+")
_INDEX = expression(r"[（(]?[\d一二三四五六七八九十]{1,3}[）)]?[、.．]?|[①-⒛㈠-㈩]|")
_PRINTED = expression(r"[\d一二三四五六七八九十①-⒛㈠-㈩]{1,3}")
#: beside what is to be done a record says who does it, or by when
_WORK = frozenset({"task", "measure", "indicator"})
_WHO = frozenset({"lead", "responsible", "support", "leader", "deadline"})
#: （一）问题：… and 三、整改任务 head items of their own
_HEADED = expression(r"[（(]?[一二三四五六七八九十]{1,3}(?:[）)]|[、.．])")
#: what a record on one line is about
_SUBJECTS = frozenset({"task", "problem", "indicator", "goal"})
_FEWEST = 3
_INDEX_HEAD, _TASK = Header("index", None, ""), Header("task", None, "")
#: a line with a number and three labels or more
_MANY_LABELS = expression(
    r"^([ \u3000]{0,12}(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)]?[、.．]?[ \u3000]?|[①-⒛㈠-㈩])?)"
    r"(?:[^\n：:。【】]{2,12}[：:][^\n：:]{2,400}[：:][^\n：:]{1,200}[：:]|【[^【】\n]{2,12}】[^\n【】]{1,400}【[^【】\n]{2,12}】[^\n【】]{1,400}【)[^\n]+",
    re.M,
)
_INNER_LABEL = expression(
    r"【([^【】\n]{2,12})】[：:]?|(?:(?<=[；;。，,｜| \u3000】（(])|(?<![^\n、.．）)①-⒛㈠-㈩ \u3000]))([^\s：:；;。，,、（）()【】｜|]{2,12})[：:]"
)
#: behind which only who does it, and by when, is told
_COMMAS = ("，", ",")
#: so many labels tell whether they come again and again, and no record has more
_MOST = 40

#: what a label means, and the value behind it
Pair = tuple[Header, Span]


class Form(Struct):
    """Records as rows of value cells, and what their labels mean; an empty cell where a record lacks a label."""

    start: int
    end: int
    heads: list[Header]
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
        fields = [label.field for label, _ in pairs]
        cycle = next((n for n in range(1, len(pairs)) if _same(pairs[n][0], pairs[0][0])), 0)
        if cycle < _FEWEST or not _says_enough(fields[:cycle]) or len(fields) < min(2 * cycle - 2, _MOST):
            k += 1
            continue
        pairs, at = _run(text, lines, k, headers, len(text))
        starts = [n for n, (label, _) in enumerate(pairs) if _same(label, pairs[0][0])]
        forms.append(
            _form(
                text,
                lines[k][0],
                [pairs[a:b] for a, b in zip(starts, [*starts[1:], len(pairs)], strict=True)],
            )
        )
        k = at
    return forms


def _same(label: Header, first: Header) -> bool:
    """Whether a label begins the next form: that of the first again, its number apart (任务一, 任务二)."""
    return label.field == first.field and _ORDINAL.sub("", label.text) == _ORDINAL.sub("", first.text)


def read_bars(text: str, rows: Sequence[Sequence[Span]], headers: HeaderWords) -> Form | None:
    """Return the form of lines that bars part, each cell with its own label; before the first label an index and the task may stand."""
    records: list[list[Pair]] = []
    for row in rows:
        if len(row) > _MOST:
            return None
        record: list[Pair] = []
        for cell in row:
            pair = _labelled(text, *cell, headers)
            if pair is None and not record and _INDEX.fullmatch(text, *cell):
                pair = (_INDEX_HEAD, cell)
            elif pair is None and all(label is _INDEX_HEAD for label, _ in record):
                pair = (_TASK, cell)
            if pair is None:
                return None
            record.append(pair)
        if not _is_record(record):
            return None
        records.append(record)
    return _form(text, rows[0][0][0], records)


def read_sides(text: str, rows: Sequence[Sequence[Span]], headers: HeaderWords) -> Form | None:
    """Return the form of a table whose labels stand to the left of their values, in one column or two: 任务名称 | X | 牵头科室 | Y."""
    records: list[list[Pair]] = []
    for row in rows:
        cells = list(dict.fromkeys(cell for cell in row if cell[0] < cell[1]))
        if not cells or len(row) > _MOST:
            continue
        labels = [headers.read(text[slice(*cell)]) for cell in cells]
        at = 0
        while at < len(cells):
            label = labels[at]
            if label.field is None:
                return None  # a value without label
            alone = at + 1 == len(cells) or (
                labels[at + 1].field is not None
                and text[slice(*cells[at + 1])] != text[slice(*cells[at])]
                and row.index(cells[at + 1]) % 2 == 0
            )
            if not records or (label.text == records[-1][0][0].text and len(records[-1]) > 1):
                records.append([])
            if not alone:
                records[-1].append((label, cells[at + 1]))
            elif not records[-1]:
                records.pop()
            at += 1 if alone else 2
    whole = [record for record in records if _is_record(record)]
    return _form(text, rows[0][0][0], whole) if whole and len(whole) == len(records) else None


def find_record_lines(text: str, headers: HeaderWords, taken: Sequence[Span]) -> list[Form]:
    """Return the forms of lines that hold a record each: 「1.任务：…；措施：…；责任科室：…」, 【问题】…【措施】…【牵头】…."""
    cover = Cover(taken)
    forms: list[Form] = []
    records: list[list[Pair]] = []
    start = end = -1
    for line in _MANY_LABELS.finditer(text):
        record = _line_pairs(text, line.end(1), line.end(), headers) if not cover.covers(line.end(1)) else []
        # a line of measures alone belongs to the item above it
        if not _is_record(record) or not _SUBJECTS.intersection(label.field for label, _ in record):
            continue
        if records and text[end : line.start()].strip():
            forms.append(_form(text, start, records))
            records = []
        start = start if records else line.start()
        index = _PRINTED.search(text, *line.span(1))
        records.append([(_INDEX_HEAD, index.span()), *record] if index is not None else record)
        end = line.end()
    if records:
        forms.append(_form(text, start, records))
    return forms


def _line_pairs(text: str, start: int, end: int, headers: HeaderWords) -> list[Pair]:
    """Return the labels and values of a line that begins with a label; a label stands at the start, behind a stop or in brackets."""
    marks: list[tuple[int, Header, int]] = []
    for mark in _INNER_LABEL.finditer(text, start, end):
        label = headers.read(mark[1] or mark[2])
        if label.field is not None and (
            label.field in _WHO or text[mark.start() - 1 : mark.start()] not in _COMMAS
        ):
            marks.append((mark.start(), label, mark.end()))
        if not marks or len(marks) > _MOST:
            return []
    if not marks or marks[0][0] != start:
        return []
    stops = [at for at, _, _ in marks[1:]] + [end]
    return [
        (label, _without_stops(text, *trimmed(text, at, stop), bare=label.field in _WHO))
        for (_, label, at), stop in zip(marks, stops, strict=True)
    ]


def _without_stops(text: str, start: int, end: int, *, bare: bool) -> Span:
    """Return a value without what parts it from the next label; a ``bare`` one, of names or a date, ends in no full stop."""
    trail = "；;，,｜|。（(" if bare else "；;｜|（("
    while end > start and (
        text[end - 1] in trail
        or (text[end - 1] in "）)" and text.find("（", start, end) < 0 and text.find("(", start, end) < 0)
    ):
        end -= 1
    return start, end


def _is_record(pairs: Sequence[Pair]) -> bool:
    fields = [label.field for label, _ in pairs if label is not _INDEX_HEAD]
    return len(fields) >= _FEWEST and _says_enough(fields)


def _form(text: str, start: int, records: Sequence[Sequence[Pair]]) -> Form:
    """Return the rows of records, one column a label."""
    columns: list[Header] = []
    rows: list[dict[int, Span]] = []
    for record in (part for whole in records for part in _measures(text, whole)):
        row: dict[int, Span] = {}
        for label, value in record:
            column = _column(columns, label, row)
            if column == _MOST:
                continue
            if column == len(columns):
                columns.append(label)
            row[column] = value
        rows.append(row)
    ends = [max(value[1] for value in row.values()) for row in rows]
    filled = [
        [row.get(k, (last, last)) for k in range(len(columns))] for row, last in zip(rows, ends, strict=True)
    ]
    return Form(start, max(ends), columns, filled)


def _measures(text: str, record: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    """Yield a record, or that of a problem once for each numbered measure, the aims with the first (contract, rule 12)."""
    fields = [label.field for label, _ in record]
    if "problem" not in fields or "measure" not in fields:
        yield record
        return
    at = fields.index("measure")
    label, (start, end) = record[at]
    marks = [mark.span() for mark in MEASURE_MARK.finditer(text, start, end)]
    if len(marks) < 2 or marks[0][0] != start:
        yield record
        return
    stops = [a for a, _ in marks[1:]] + [end]
    for k, ((_, a), b) in enumerate(zip(marks, stops, strict=True)):
        piece = (label, trimmed(text, a, b))
        yield [piece if n == at else pair for n, pair in enumerate(record) if k == 0 or fields[n] != "goal"]


def _column(columns: Sequence[Header], label: Header, taken: Collection[int]) -> int:
    """Return the column of a label: of its own words, else a free one that means the same (任务：, 任务名称：), else a new one."""
    same = [k for k, column in enumerate(columns) if column.text == label.text and k not in taken]
    alike = [k for k, column in enumerate(columns) if column.field == label.field and k not in taken]
    return next(iter([*same, *alike]), len(columns))


def _says_enough(fields: Sequence[str | None]) -> bool:
    return bool(_WORK.intersection(fields)) and bool(_WHO.intersection(fields))


def _run(
    text: str, lines: Sequence[Span], at: int, headers: HeaderWords, most: int
) -> tuple[list[Pair], int]:
    """Return the pairs of the lines from ``at`` on, ``most`` or a line's more, and the line at which they end."""
    pairs: list[Pair] = []
    while at < len(lines) and len(pairs) < most:
        found, step = _pairs(text, lines, at, headers)
        if not found and pairs and pairs[-1][0].field == "measure" and MEASURE_MARK.match(text, *lines[at]):
            label, value = pairs[-1]
            pairs[-1] = (label, (value[0] if value[0] < value[1] else lines[at][0], lines[at][1]))
        elif not found:
            again = pairs and at + 1 < len(lines) and _BETWEEN.fullmatch(text, *lines[at])
            following = _pairs(text, lines, at + 1, headers)[0] if again else []
            if not following or following[0][0].field != pairs[0][0].field:
                break
        pairs += found
        at += step
    return pairs, at


def _pairs(text: str, lines: Sequence[Span], at: int, headers: HeaderWords) -> tuple[list[Pair], int]:
    """Return the pairs that a line begins, and how many lines they take."""
    start, end = lines[at]
    enclosed = text[start] in "（(" and text[end - 1] in "）)"
    several = _line_pairs(text, start + enclosed, end - enclosed, headers)
    if not all(label.field in _WHO for label, _ in several[1:]):
        several = []
    if text[start] in "【〔[":
        bracketed = list(_bracketed(text, start, end, headers))
        return max(bracketed, several, key=len), 1
    if len(several) > 1:
        return several, 1
    found = _labelled(text, start, end, headers)
    if found is not None:
        return [found], 1
    bare = end - start <= _SHORT and at + 1 < len(lines) and _HEADED.match(text, start, end) is None
    label = headers.read(text[start:end]) if bare else None
    if label is not None and label.field is not None:
        below = lines[at + 1]
        if headers.read(text[slice(*below)]).field in (None, "milestone"):
            return [(label, below)], 2
    return [], 1


def _labelled(text: str, start: int, end: int, headers: HeaderWords) -> Pair | None:
    """Return the label and the value of 「责任部门：医务科」 or 「责任部门——医务科」."""
    if text[start:end][:1] in ("【", "〔", "["):
        return next(_bracketed(text, start, end, headers), None)
    colon = _COLON.search(text, start, min(end, start + _REACH))
    if colon is None or colon.start() == start or _HEADED.match(text, start, colon.start()):
        return None
    label = headers.read(text[start : colon.start()])
    return (label, trimmed(text, colon.end(), end)) if label.field is not None else None


def _bracketed(text: str, start: int, end: int, headers: HeaderWords) -> Iterator[Pair]:
    """Yield the pairs of a line 【措施】…【时限】…; words in brackets that are no labels belong to a value."""
    marks = [
        (mark, label)
        for mark in _BRACKETED.finditer(text, start, end)
        if (label := headers.read(mark[1])).field is not None
    ]
    if not marks or marks[0][0].start() != start:
        return
    for k, (mark, label) in enumerate(marks):
        yield label, trimmed(text, mark.end(), marks[k + 1][0].start() if k + 1 < len(marks) else end)


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without the blanks at its ends."""
    printed = text[start:end]
    inner = printed.lstrip()
    start += len(printed) - len(inner)
    return start, start + len(inner.rstrip())
