"""The columns of a table: its header rows, and what columns mean beside one another."""

from __future__ import annotations

import re

from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.cell_words import build_cell_words
from planparse.extract.date_values import Calendar
from planparse.extract.grids import Grid
from planparse.extract.headers import Header, build_headers
from planparse.extract.matrix import Matrix
from planparse.extract.numerals import YEAR
from planparse.model import Span
from planparse.rulebook import Rulebook

_PERIOD = expression(
    r"(?:"
    + YEAR
    + r"年)?(?:(?:1|一)?[\d一]{0,2}[—–\-~～至到]\d{1,2}月份?|前[二三四]季度|全年|年底|年末|半年)"
)


def read_header(
    text: str, grid: Grid, rules: Rulebook, matrix: Matrix | None
) -> tuple[int, list[Header]] | None:
    """Return (first data row, columns); a header is the row that reads best among the first six."""
    if grid.heads is not None:
        return 0, list(grid.heads)
    words = rules.compiled(build_headers)
    best, best_score = -1, 0.0
    aside = matrix.names if matrix else {}
    for k, whole in enumerate(grid.rows[:6]):
        row = [cell for at, cell in enumerate(whole) if at not in aside] if aside else whole
        texts = [text[a:b] for a, b in row]
        distinct = {s for s in row if s[0] < s[1]}
        filled = [t for t in texts if t.strip()]
        known = len({header.text for a, b in distinct if (header := words.read(text[a:b])).field})
        if known >= 2 and known >= 0.5 * len(set(filled)) and known > best_score:
            best, best_score = k, known
    if best < 0:
        return None
    columns = [words.read(text[a:b]) for a, b in grid.rows[best]]
    below = best + 1
    if below < len(grid.rows) and not (
        matrix and below > matrix.header
    ):  # 牵头 and 配合 in a row of marks head no column
        second = [words.read(text[a:b]) for a, b in grid.rows[below]]
        changed = [
            h
            for h, s, top in zip(second, grid.rows[below], grid.rows[best], strict=False)
            if s[0] < s[1] and s != top
        ]
        read = [h for h in changed if h.field is not None or (h.text.endswith("年") and h.year)]
        if read and (len(read) == len(changed) or (len(read) >= 2 and 2 * len(read) > len(changed))):
            columns = _two_rows(columns, second, grid.rows[best], grid.rows[below], text)
            below += 1
    if matrix:
        below = max(below, matrix.header + 1)
        columns = [
            Header("matrix", None, text[slice(*aside[k])]) if k in aside else c for k, c in enumerate(columns)
        ]
    return below, columns


def beside_one_another(columns: list[Header], calendar: Calendar, rules: Rulebook) -> list[Header]:
    """Return the columns with what each means beside the others: 2023年值 beside 2024年目标 is the base."""
    return _task_column(
        _stage_columns(
            _yearly_tasks(
                _indicator_column(_past_columns(columns, calendar, rules.compiled(build_cell_words).aim))
            )
        )
    )


def _yearly_tasks(columns: list[Header]) -> list[Header]:
    """年度任务 beside 项目名称 says what is done; beside 指标 it is the aim."""
    fields = {c.field for c in columns}
    if "task" not in fields or fields & {"measure", "indicator"}:
        return columns
    return [
        replace(c, field="measure") if c.field == "target" and c.text.endswith("任务") else c for c in columns
    ]


def _indicator_column(columns: list[Header]) -> list[Header]:
    """Where 一级指标, 二级指标 stand without 指标, the last of them holds the indicators."""
    fields = {c.field for c in columns}
    if "indicator" in fields or "target" not in fields or fields & {"task", "measure"}:
        return columns
    levels = [k for k, c in enumerate(columns) if c.field == "category" and c.text.endswith("指标")]
    if not levels:
        return columns
    last = levels[-1]
    return [replace(c, field="indicator") if k == last else c for k, c in enumerate(columns)]


def _past_columns(columns: list[Header], calendar: Calendar, aim: re.Pattern[str]) -> list[Header]:
    """A column of a year before the plan's (2023年值) that no word calls an aim holds what has been reached, the last of them the base."""
    aims = min((c.year for c in columns if c.field == "target" and c.year and aim.search(c.text)), default=0)
    plan = calendar.year or 0
    past = [
        k
        for k, c in enumerate(columns)
        if c.field == "target"
        and c.year
        and not aim.search(c.text)
        and c.year < (aims or (0 if c.text.endswith("年") else plan))
    ]
    if not past or not any(c.field == "target" and k not in past for k, c in enumerate(columns)):
        return columns
    base = (
        None if any(c.field == "baseline" for c in columns) else max(past, key=lambda k: columns[k].year or 0)
    )
    return [
        replace(c, field="baseline" if k == base else "note", year=None) if k in past else c
        for k, c in enumerate(columns)
    ]


def _stage_columns(columns: list[Header]) -> list[Header]:
    """Beside a column of indicators, columns of quarters or months hold what is to be reached by their end."""
    fields = {c.field for c in columns}
    stages = [
        k
        for k, c in enumerate(columns)
        if c.field == "milestone" or (c.field is None and _PERIOD.fullmatch(c.text))
    ]
    if "indicator" not in fields or fields & {"task", "measure", "goal"} or len(stages) < 2:
        return columns
    return [
        replace(c, field="target", when=None if c.text.startswith("全年") else c.text) if k in stages else c
        for k, c in enumerate(columns)
    ]


def _task_column(columns: list[Header]) -> list[Header]:
    """Of two columns of contents (责任内容, 具体举措) without a column of tasks the first names the task."""
    measures = [k for k, c in enumerate(columns) if c.field == "measure"]
    if len(measures) < 2 or {"task", "problem", "indicator"} & {c.field for c in columns}:
        return columns
    return [replace(c, field="task") if k == measures[0] else c for k, c in enumerate(columns)]


def _two_rows(
    top: list[Header], under: list[Header], top_row: list[Span], under_row: list[Span], text: str
) -> list[Header]:
    merged: list[Header] = []
    last: Header | None = None
    for k, low in enumerate(under):
        high = top[k] if k < len(top) else Header(None, None, "")
        blank_high = k >= len(top_row) or top_row[k][0] == top_row[k][1]
        if blank_high and last is not None and under_row[k][0] < under_row[k][1]:
            high = last
        if not blank_high:
            last = high
        if under_row[k][0] == under_row[k][1] or (k < len(top_row) and under_row[k] == top_row[k]):
            merged.append(high)
        elif low.year and low.field in ("target", None) and high.field in ("target", "goal", "baseline"):
            merged.append(
                Header("target" if high.field == "goal" else high.field, low.year, high.text + low.text)
            )
        elif low.field is None:
            merged.append(high)
        elif low.field == "target" and high.year and not low.year:
            merged.append(replace(low, year=high.year, text=high.text + low.text))
        else:
            merged.append(low)
    return merged
