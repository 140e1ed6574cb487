"""What a row of a table sets to be reached: the quantities of its cells, the years and quarters that head columns."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.cell_words import build_cell_words, on_one_line
from planparse.extract.dates import Calendar, DateMention, find_dates, parse_date_cell
from planparse.extract.drafts import TaskDraft
from planparse.extract.grids import Grid
from planparse.extract.headers import Header
from planparse.extract.indicator_rows import find_indicator_row
from planparse.extract.quantities import Quantity, find_quantities
from planparse.model import Span
from planparse.rulebook import Rulebook
from planparse.segment.numbering import build_numbering

_LONGEST_GOAL = 24
_LONGEST_ACT = 30
_BARE_VALUE = expression(
    r"(?:≥|≤|>|<|不少于|不低于|不超过|不高于|达到)? ?[0-9]+(?:\.[0-9]+)?[^\s，。；、0-9]{1,4}"
)
_DIGIT = expression(r"[0-9]")
_STOP = expression(r"[；;。\n][ \n]*")


def year_mention(year: int, place: Span) -> DateMention:
    """Return the deadline that a year heading a column gives; its place is where the header prints it."""
    return DateMention(place, f"{year}年", None, f"{year}-12-31", None, "in", True, "year", "table.year")


def plain(text: str, rules: Rulebook, span: Span) -> Span:
    """Return a cell without the number that opens it; the first number of a list of measures stays."""
    numbering = rules.compiled(build_numbering)
    number = numbering.match(text, *span)
    if number is None or number.style == "bullet":
        return span
    others = (
        numbering.match(text, stop.end(), span[1]) for stop in _STOP.finditer(text, number.end, span[1])
    )
    return (
        span
        if any(other is not None and other.style == number.style for other in others)
        else (number.end, span[1])
    )


class RowAmounts(Struct):
    """Reads the amounts of row after row; ``first_row`` is the first below the header."""

    text: str
    calendar: Calendar
    rules: Rulebook
    columns: list[Header]
    grid: Grid
    first_row: int
    places: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for k, column in enumerate(self.columns):
            if column.field is not None:
                self.places.setdefault(column.field, []).append(k)

    def first(self, values: list[Span | None], name: str) -> Span | None:
        """Return the first cell of a row under a column with this field."""
        return next((value for k in self.places.get(name, ()) if (value := values[k]) is not None), None)

    def of_task(self, draft: TaskDraft, values: list[Span | None], body: Span | None) -> None:
        """Give a task the quantities and dates that its cells print, or the headers above them."""
        spans = [
            v
            for c, v in zip(self.columns, values, strict=True)
            if c.field in ("measure", "goal") and v is not None
        ]
        if not spans and body is not None:
            spans = [body]
        shown: list[DateMention] = []
        years: list[DateMention] = []
        goals = {v for c, v in zip(self.columns, values, strict=True) if c.field == "goal"}
        for a, b in dict.fromkeys(spans):
            dates = find_dates(self.text, self.calendar, self.rules, a, b)
            shown += dates
            found = find_quantities(self.text, a, b, dates, self.rules)
            named = self._bare_goal(values, (a, b)) if (a, b) in goals and not found else []
            if named and draft.names and body is not None and body != (a, b):
                draft.text = f"{self.printed(plain(self.text, self.rules, body))}：{self.text[a:b]}"
            draft.quantities += [q for q in found if not q.past and not q.frequency] or named
        if not draft.dates:
            draft.dates = [d for d in shown if not d.quoted]
        for column, value in zip(self.columns, values, strict=True):
            if column.field == "target" and value is not None and self.first(values, "indicator") is None:
                dates = find_dates(self.text, self.calendar, self.rules, *value)
                found = find_quantities(self.text, value[0], value[1], dates, self.rules) or self._bare_goal(
                    values, value
                )
                year = self._column_date(column, value[0])
                draft.quantities += [
                    replace(q, deadline=year) if year and q.deadline is None else q for q in found
                ]
                if year:
                    years.append(year)
        if not draft.dates:
            draft.dates = years

    def _bare_goal(self, values: list[Span | None], goal: Span) -> list[Quantity]:
        """Return the quantities of a goal cell that prints a bare value (达到90%): the cell of the task names the indicator."""
        cells = [
            v
            for c, v in zip(self.columns, values, strict=True)
            if c.field in ("indicator", "measure", "task") and v is not None
        ]
        names = [self.printed(plain(self.text, self.rules, cell)) for cell in cells]
        if goal[1] - goal[0] > _LONGEST_GOAL:
            return []
        shown = next(
            (name for name in reversed(names) if self.rules.compiled(build_cell_words).indicator.match(name)),
            None,
        ) or self._counted(names[-1:], goal)
        if shown is None:
            return []
        found = find_indicator_row(shown, self.text[slice(*goal)], None, None, self.rules)
        return [
            replace(q, span=goal, value_span=goal, text=f"{shown}：{self.text[slice(*goal)]}") for q in found
        ]

    def _counted(self, names: list[str], goal: Span) -> str | None:
        """Return what a bare value beside an act counts: 新技术新项目 for 开展新技术新项目 beside ≥15项; None where that is not plain."""
        value = self.text[slice(*goal)].strip()
        for name in names:
            if len(name) <= _LONGEST_ACT and _BARE_VALUE.fullmatch(value) and not _DIGIT.search(name):
                found = find_quantities(name + value, 0, len(name) + len(value), [], self.rules)
                if len(found) == 1 and found[0].span[1] > len(name):
                    return found[0].indicator or None
        return None

    def of_indicator(self, values: list[Span | None], indicator: Span) -> list[Quantity]:
        """Return what is set for the indicator of a row, under each column of aims."""
        text = self.text
        shown = {name: self.printed(self.first(values, name)) for name in ("unit", "baseline")}
        name = self.printed(plain(self.text, self.rules, indicator))
        found: list[Quantity] = []
        for column, value in zip(self.columns, values, strict=True):
            if column.field != "target" or value is None:
                continue
            year = self._column_date(column, value[0])
            for quantity in find_indicator_row(
                name, text[value[0] : value[1]], shown["unit"] or None, shown["baseline"] or None, self.rules
            ):
                own = quantity.deadline if quantity.deadline is not None else year
                found.append(
                    replace(
                        quantity,
                        span=value,
                        value_span=value,
                        indicator_span=None,
                        deadline=own,
                        text=f"{name}：{text[value[0] : value[1]]}",
                    )
                )
        return found

    def _column_date(self, column: Header, at: int) -> DateMention | None:
        """The deadline that a column's header gives: 2024年目标, 四季度目标."""
        if column.year:
            return year_mention(column.year, self.place(str(column.year), at))
        if column.when:
            found = parse_date_cell(column.when, self.calendar, self.rules)
            return replace(found, span=self.place(found.text, at)) if found is not None else None
        return None

    def place(self, printed: str, at: int) -> Span:
        """Return where the header prints a date; the empty stretch ``at`` where it prints it otherwise."""
        found = self.text.find(
            printed,
            self.grid.start,
            self.grid.rows[self.first_row][0][0] if self.first_row < len(self.grid.rows) else self.grid.end,
        )
        if found < 0:
            return (at, at)
        end = found + len(printed)
        return (found, end + 1) if printed.isdigit() and self.text.startswith("年", end) else (found, end)

    def printed(self, span: Span | None) -> str:
        """Return the text of a cell on one line."""
        return on_one_line(self.text[span[0] : span[1]]).strip() if span is not None else ""
