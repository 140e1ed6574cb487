"""Columns that no header word explains, told by what stands in them: departments, dates, persons, acts.

Such a reading is a guess, and said to be one: the plan's warnings name the columns and what they were taken for.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from planparse.catalogue import build_forms, build_people, split_names
from planparse.expressions import expression
from planparse.extract.cell_words import build_cell_words, on_one_line
from planparse.extract.dates import Calendar, parse_date_cell
from planparse.extract.drafts import Doubt
from planparse.extract.grids import Grid
from planparse.extract.headers import Header
from planparse.extract.lexicon import build_lexicon
from planparse.model import Span
from planparse.rulebook import Rulebook

#: rows that are looked at, cells that a column needs, and the share of them that must agree
ROWS, FEWEST = 40, 2
SHARE, ACTS = 0.8, 0.5
#: no act is shorter on the average; a measure is this much longer than its task
SHORTEST_ACT, LONGER = 5.0, 1.2
_LONGEST_NAMES, _LONGEST_DATE = 40, 20
_NUMBER = expression(r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]\s?")
_TIME = expression(r"[年月日季周底]|长期|持续|\d{4}[.\-/]\d")
_NAMES = {
    "task": "任务",
    "measure": "工作措施",
    "responsible": "责任科室",
    "lead": "牵头科室",
    "support": "配合科室",
    "leader": "责任领导",
    "deadline": "完成时限",
}
_ANSWERS = frozenset({"lead", "responsible", "support", "roles", "matrix"})
_WORK = frozenset({"task", "measure", "goal", "problem", "indicator"})


class _Column(Struct, frozen=True):
    """What a column holds, and how long its cells are on the average."""

    kind: str | None
    size: float


def _cells(text: str, rows: Sequence[Sequence[Span]], k: int) -> list[str]:
    spans = dict.fromkeys(row[k] for row in rows[:ROWS] if k < len(row) and row[k][0] < row[k][1])
    shown = [on_one_line(text[a:b]).strip() for a, b in spans]
    return [cell for cell in shown if len(cell) > 1]


def _column(cells: Sequence[str], calendar: Calendar, rules: Rulebook) -> _Column:
    if len(cells) < FEWEST:
        return _Column(None, 0.0)
    size = sum(map(len, cells)) / len(cells)
    for kind, test in (("deadline", _is_date), ("department", _is_names), ("leader", _is_person)):
        if sum(test(cell, calendar, rules) for cell in cells) >= SHARE * len(cells):
            return _Column(kind, size)
    lexicon = rules.compiled(build_lexicon)
    bare = [_NUMBER.sub("", cell, count=1) for cell in cells]
    acts = sum(
        lexicon.opening.match(cell) is not None or lexicon.concrete.search(cell) is not None for cell in bare
    )
    return _Column("act" if size >= SHORTEST_ACT and acts >= ACTS * len(cells) else None, size)


def _is_date(cell: str, calendar: Calendar, rules: Rulebook) -> bool:
    return (
        len(cell) <= _LONGEST_DATE
        and _TIME.search(cell) is not None
        and parse_date_cell(cell, calendar, rules) is not None
    )


def _is_names(cell: str, calendar: Calendar, rules: Rulebook) -> bool:
    forms = rules.compiled(build_forms)
    spans = split_names(cell, 0, len(cell), rules) if len(cell) <= _LONGEST_NAMES else []
    return bool(spans) and all(forms.is_name(cell[a:b]) or forms.is_group(cell[a:b]) for a, b in spans)


def _is_person(cell: str, calendar: Calendar, rules: Rulebook) -> bool:
    return rules.compiled(build_people).is_name(cell.replace(" ", ""))


def tell_columns(
    text: str, rows: Sequence[Sequence[Span]], columns: Sequence[Header], calendar: Calendar, rules: Rulebook
) -> tuple[list[Header], Doubt | None]:
    """Return the columns with those that no header explains told by their contents, and the doubt to print.

    ``rows`` are the rows below the header. Nothing is told where the table would still name no work, or nobody.
    """
    fields = {c.field for c in columns}
    if all(c.field is not None or c.year for c in columns) or (
        fields & {"measure", "goal", "indicator"} and fields & _ANSWERS
    ):
        return list(columns), None
    found = {
        k: _column(_cells(text, rows, k), calendar, rules)
        for k, c in enumerate(columns)
        if c.field is None and not c.year
    }
    words = rules.compiled(build_cell_words)
    told: dict[int, str] = {}
    acts = [k for k, column in found.items() if column.kind == "act"]
    if not fields & _WORK and acts:
        told |= {acts[0]: "task", acts[1]: "measure"} if len(acts) > 1 else {acts[0]: "measure"}
    elif "task" in fields and not fields & {"measure", "goal"}:
        told |= _measure(text, rows, columns, {k: found[k] for k in acts})
    answers = bool(fields & _ANSWERS)
    for k, column in found.items():
        shown = columns[k].text
        if column.kind == "department":
            if words.supports.search(shown):
                told[k] = "support"
            elif not answers:
                told[k] = "lead" if words.leads.search(shown) else "responsible"
                answers = True
        elif (
            column.kind in ("deadline", "leader")
            and column.kind not in fields
            and column.kind not in told.values()
        ):
            told[k] = column.kind
    whole = fields | set(told.values())
    if not told or not whole & _WORK or not whole & {*_ANSWERS, "leader"}:
        return list(columns), None
    said = "、".join(
        f"“{columns[k].text or f'第{k + 1}列'}”按{_NAMES[field]}" for k, field in sorted(told.items())
    )
    kinds = frozenset(
        {"task": "task", "measure": "task", "deadline": "deadline"}.get(field, "role")
        for field in told.values()
    )
    doubt = Doubt(f"表格的列 {said}理解（列名不在词表中，依单元格内容判断），请核对", kinds)
    return [Header(told.get(k, c.field), c.year, c.text, c.when) for k, c in enumerate(columns)], doubt


def _measure(
    text: str, rows: Sequence[Sequence[Span]], columns: Sequence[Header], acts: dict[int, _Column]
) -> dict[int, str]:
    """The column behind that of the tasks whose longer texts say what is done."""
    at = next(k for k, c in enumerate(columns) if c.field == "task")
    tasks = _cells(text, rows, at)
    mean = sum(map(len, tasks)) / len(tasks) if tasks else 0.0
    longer = [k for k, column in acts.items() if k > at and column.size >= max(SHORTEST_ACT, LONGER * mean)]
    return {longer[0]: "measure"} if longer else {}


def tell_table(
    text: str, grid: Grid, calendar: Calendar, rules: Rulebook
) -> tuple[int, list[Header], Doubt] | None:
    """Return (first row, columns, doubt) of a table whose header no word explains, or that has none; else None."""
    width = max(map(len, grid.rows))
    if len(grid.rows) <= FEWEST or width < 3 or any(abs(len(row) - width) > 1 for row in grid.rows):
        return None
    head = [on_one_line(text[a:b]).strip() for a, b in grid.rows[0]]
    head += [""] * (width - len(head))
    below, doubt = tell_columns(
        text, grid.rows[1:], [Header(None, None, cell) for cell in head], calendar, rules
    )
    answers = [k for k, column in enumerate(below) if column.field in ("lead", "responsible")]
    if doubt is None or not answers:
        return None
    if any(
        head[k]
        and _is_names(head[k], calendar, rules)
        and not rules.compiled(build_cell_words).generic.search(head[k])
        for k in answers
    ):
        below, doubt = tell_columns(text, grid.rows, [Header(None, None, "")] * width, calendar, rules)
        return (0, below, doubt) if doubt is not None else None
    return 1, below, doubt
