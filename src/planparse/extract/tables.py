"""Assignment and indicator tables: a grid of cells becomes tasks and targets (contract, rules 5, 8, 12, 13)."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.annotation import Annotation
from planparse.extract.annotation_grammar import parse_slot
from planparse.extract.cell_words import CellWords, build_cell_words, on_one_line
from planparse.extract.columns import tell_columns, tell_table
from planparse.extract.dates import Calendar, DateMention, parse_date_cell
from planparse.extract.dittos import is_ditto
from planparse.extract.drafts import Doubt, TargetDraft, TaskDraft
from planparse.extract.grids import Grid
from planparse.extract.headers import Header, build_headers
from planparse.extract.indicator_rows import STARS
from planparse.extract.lexicon import build_lexicon
from planparse.extract.matrix import Matrix, find_matrix
from planparse.extract.row_amounts import RowAmounts, plain
from planparse.extract.row_cells import RowCells
from planparse.extract.table_heads import beside_one_another, read_header
from planparse.model import Span
from planparse.rulebook import Rulebook
from planparse.segment.numbering import build_numbering

_ROLE = {"lead": "lead", "responsible": "responsible", "support": "support", "leader": "leaders"}
_BLANK_CARRY = ("index", "task", "category", "problem", "indicator")
_FOLLOW = ("lead", "responsible", "support", "leader", "deadline", "roles")
_HAN_INDEX = expression(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")


class TableResult(Struct):
    """What one table gives."""

    tasks: list[TaskDraft] = field(default_factory=list)
    targets: list[TargetDraft] = field(default_factory=list)
    columns: list[Header] | None = None
    above: dict[int, Span] = field(default_factory=dict)
    doubt: Doubt | None = None


def _columns(
    text: str,
    grid: Grid,
    calendar: Calendar,
    rules: Rulebook,
    matrix: Matrix | None,
    before: TableResult | None,
) -> tuple[int, list[Header], Doubt | None] | None:
    """Return the first row below the header, the columns, and what is doubted of them; None where nothing tells them."""
    columns: list[Header]
    doubt = matrix.doubt if matrix else None
    found = read_header(text, grid, rules, matrix)
    if found is not None:
        first, columns = found
        if (
            first > 1
            and before is not None
            and before.columns is not None
            and [c.text for c in before.columns] == [c.text for c in columns]
        ):
            first = 0  # the header is printed again, and rows of the table before stand above it
    elif (
        before is not None
        and before.columns is not None
        and len(before.columns) == max(len(row) for row in grid.rows)
    ):
        first, columns = 0, list(before.columns)
    elif (told := tell_table(text, grid, calendar, rules)) is not None:
        first, columns, doubt = told
    else:
        return None
    columns = beside_one_another(columns, calendar, rules)
    if found is not None:
        columns, guessed = tell_columns(text, grid.rows[first:], columns, calendar, rules)
        doubt = doubt or guessed
    return first, columns, doubt


def read_table(
    text: str,
    grid: Grid,
    calendar: Calendar,
    rules: Rulebook,
    *,
    path: tuple[str, ...] = (),
    number: str = "",
    before: TableResult | None = None,
) -> TableResult | None:
    """Return the tasks and targets of a grid, or None when it is neither an assignment nor an indicator table.

    ``before`` is what the table before gave, for a table that was cut in two.
    """
    matrix = find_matrix(text, grid, rules) if grid.heads is None else None
    known = _columns(text, grid, calendar, rules, matrix, before)
    if known is None:
        return None
    first, columns, doubt = known
    fields = {c.field for c in columns}
    work = bool(fields & {"task", "measure", "goal"})
    sheet = "indicator" in fields and bool(fields & {"target"})
    named = bool(fields & {"lead", "responsible", "support", "leader", "deadline", "roles", "matrix"})
    if not sheet and not (work and named):
        return None
    result = TableResult(columns=columns, doubt=doubt and replace(doubt, place=(grid.start, grid.end)))
    words = rules.compiled(build_cell_words)
    cells, amounts = (
        RowCells(text, grid, columns, words),
        RowAmounts(text, calendar, rules, columns, grid, first),
    )
    reader = _Reader(
        text,
        calendar,
        rules,
        columns,
        grid,
        path,
        number,
        sheet and not (fields & {"measure"}),
        result,
        matrix,
        words,
        cells,
        amounts,
    )
    if before is not None and before.columns == columns:
        reader.above = dict(before.above)
    for row in grid.rows[first:]:
        if not all(reader.read(part) for part in cells.parted(row)):
            break
    result.above = reader.above
    return result


class _Reader(Struct):
    """Reads row after row; remembers what stands above."""

    text: str
    calendar: Calendar
    rules: Rulebook
    columns: list[Header]
    grid: Grid
    path: tuple[str, ...]
    number: str
    sheet: bool
    result: TableResult
    matrix: Matrix | None
    words: CellWords
    cells: RowCells
    amounts: RowAmounts
    above: dict[int, Span] = field(default_factory=dict)
    category: tuple[str, ...] = ()
    count: int = 0
    #: the index printed last, and how many rows of a form have it
    index: Span | None = None
    part: int = 1
    heads: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.heads = frozenset(column.text for column in self.columns)

    def read(self, row: list[Span]) -> bool:
        """Read one row; False ends the table."""
        text = self.text
        cells = self.cells.fit(row, below=bool(self.above))
        printed = [text[a:b].strip() for a, b in cells]
        filled = [t for t in printed if t]
        if not filled:
            return True
        if (
            self.words.note.match(filled[0])
            and len(set(cells)) - len([c for c in cells if c[0] == c[1]]) <= 2
        ):
            return False
        if self._is_header(printed) or any(self.words.total.match(t) for t in filled[:2]):
            return True
        if self._is_category(cells, printed):
            return True
        values = self._carry(cells, printed)
        self._row(values)
        return True

    def _is_header(self, printed: list[str]) -> bool:
        words = self.rules.compiled(build_headers)
        texts = [t for t in dict.fromkeys(printed) if t]
        if len(texts) < 2:
            return False
        others = len(texts) - max(2, 0.6 * len(texts))  # so many may be no header of this table
        for t in texts:
            others -= words.read(t).text not in self.heads
            if others < 0:
                return False
        return True

    def _is_category(self, cells: list[Span], printed: list[str]) -> bool:
        """A row that only names a category: one text over all columns, or a lone numbered heading."""
        filled = {c for c in cells if c[0] < c[1]}
        if self._is_numbered_category(printed):
            self.category = (
                next(t for c, t in zip(self.columns, printed, strict=True) if t and c.field != "index"),
            )
            return True
        if len(filled) != 1 or len(self.columns) < 3:
            return False
        span = next(iter(filled))
        number = self.rules.compiled(build_numbering).match(self.text, span[0], span[1])
        spread = sum(c == span for c in cells) >= max(2, len(cells) - 1)
        if not spread and not (number and number.rank < 5 and cells[0] == span):
            return False
        self.category = (self.text[number.end if number else span[0] : span[1]].strip(),)
        return True

    def _is_numbered_category(self, printed: list[str]) -> bool:
        """A row with nothing but a Chinese numeral as index and a name: the rows below it count in digits."""
        if len(self.columns) < 4 or "index" not in (c.field for c in self.columns):
            return False
        index = [t for c, t in zip(self.columns, printed, strict=True) if t and c.field == "index"]
        others = [t for c, t in zip(self.columns, printed, strict=True) if t and c.field != "index"]
        return len(index) == 1 and len(set(others)) == 1 and _HAN_INDEX.fullmatch(index[0]) is not None

    def _carry(self, cells: list[Span], printed: list[str]) -> list[Span | None]:
        """Return the cells with blanks and ditto marks filled from above where the contract says so."""
        columns = self.columns
        own = {c.field for c, t in zip(columns, printed, strict=True) if t and c.field}
        only_measure = bool(own) and own <= {"measure", "goal", "note"} and bool({"measure", "goal"} & own)
        new_item = any(t and c.field == "index" for c, t in zip(columns, printed, strict=True))
        values: list[Span | None] = []
        for k, (column, cell, shown) in enumerate(zip(columns, cells, printed, strict=True)):
            value: Span | None = cell if shown else None
            if is_ditto(shown):
                value = self.above.get(k)
            elif self.words.none.match(shown):
                value = None
                self.above.pop(k, None)
            elif not shown and (
                (column.field in _BLANK_CARRY and not new_item and not self.grid.merged)
                or (only_measure and (column.field in _FOLLOW or column.field in _BLANK_CARRY))
                or (column.field in ("task", "category", "problem") and not new_item)
            ):
                value = self.above.get(k)
            if value is not None:
                self.above[k] = value
            elif column.field in _FOLLOW and not is_ditto(shown):
                self.above.pop(k, None)
            values.append(value)
        return values

    def _row(self, values: list[Span | None]) -> None:
        """Add the task of a row, and the targets that it sets."""
        indicator = self.amounts.first(values, "indicator")
        targets = self.amounts.of_indicator(values, indicator) if indicator is not None else []
        self.count += 1
        body = self._body(values)
        names = self._names(values)
        draft = (
            self._measured(values, indicator, names)
            if self.sheet and indicator is not None
            else self._work(values, body)
        )
        if draft is not None:
            self._identify(draft, values)
            draft.names, draft.people, draft.confidence = names.names, names.people, 0.97
            draft.dates = self._dates(values)
            if not self.sheet:
                self.amounts.of_task(draft, values, body)
            self.result.tasks.append(draft)
        self.result.targets += [TargetDraft(quantity, draft) for quantity in targets]
        if draft is not None and not draft.dates and self.sheet:
            draft.dates = [q.deadline for q in targets if q.deadline is not None]

    def _body(self, values: list[Span | None]) -> Span | None:
        """Return the cell that says what is to be done: the measure, an aim that begins with an act, the task."""
        goal = self.amounts.first(values, "goal")
        lexicon = self.rules.compiled(build_lexicon)
        acts = (
            goal is not None
            and (lexicon.opening.match(self.text, *goal) or lexicon.clause_opening.search(self.text, *goal))
            is not None
        )
        return (
            self.amounts.first(values, "measure")
            or (goal if acts else None)
            or self.amounts.first(values, "task")
            or goal
        )

    def _measured(self, values: list[Span | None], indicator: Span, names: Annotation) -> TaskDraft | None:
        """Return the task of a row of an indicator sheet that names a department: indicator and values."""
        text = self.text
        shown = "；".join(
            text[a:b]
            for column, v in zip(self.columns, values, strict=True)
            if column.field == "target" and v
            for a, b in [v]
        )
        if not shown or not names.has_roles:
            return None
        place = plain(text, self.rules, indicator)
        return TaskDraft(
            [place],
            self._title(indicator),
            source="table",
            text=f"{text[slice(*place)].strip(STARS)}：{shown}",
        )

    def _work(self, values: list[Span | None], body: Span | None) -> TaskDraft | None:
        """Return the task of a row that says what is to be done."""
        if body is None or not self.text[slice(*body)].strip():
            return None
        task = self.amounts.first(values, "task")
        return TaskDraft(
            [plain(self.text, self.rules, body)],
            self._title(task) if task is not None else None,
            source="table",
        )

    def _identify(self, draft: TaskDraft, values: list[Span | None]) -> None:
        """Give a task its number and its path: the headings above the table, and the category of the row."""
        text = self.text
        index, category = self.amounts.first(values, "index"), self.amounts.first(values, "category")
        draft.number = "/".join(
            x
            for x in (self.number, text[index[0] : index[1]].strip("、.．") if index else str(self.count))
            if x
        )
        self.part = (
            self.part + 1 if index is not None and index == self.index and self.grid.heads is not None else 1
        )
        self.index = index
        if self.part > 1:
            draft.number = f"{draft.number}#{self.part}"
        draft.path = (
            self.path + self.category + ((on_one_line(text[category[0] : category[1]]),) if category else ())
        )

    def _title(self, span: Span) -> str | None:
        a, b = plain(self.text, self.rules, span)
        return on_one_line(self.text[a:b]).strip(" 。；;：:*") or None

    def _names(self, values: list[Span | None]) -> Annotation:
        whole = Annotation(0, 0)
        known: set[tuple[str, Span]] = set()
        for k, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            if value is not None and self.matrix and k in self.matrix.names:
                role = self.matrix.roles.get(self.text[slice(*value)].strip())
                if role:
                    whole.names.append((role, self.matrix.names[k], "table.matrix"))
                    known.add((role, self.matrix.names[k]))
            if value is None or column.field not in (*_ROLE, "roles"):
                continue
            role = _ROLE.get(column.field or "")
            read = parse_slot(self.text, value[0], value[1], role, self.calendar, self.rules)
            whole.names += [name for name in read.names if name[:2] not in known]
            known.update(name[:2] for name in read.names)
            whole.people += read.people
        return whole

    def _dates(self, values: list[Span | None]) -> list[DateMention]:
        found: list[DateMention] = []
        for column, value in zip(self.columns, values, strict=True):
            if column.field == "deadline" and value is not None:
                mention = parse_date_cell(self.text[value[0] : value[1]], self.calendar, self.rules)
                if mention is not None:
                    found.append(
                        replace(mention, span=(mention.span[0] + value[0], mention.span[1] + value[0]))
                    )
        return found or self._milestone(values)

    def _milestone(self, values: list[Span | None]) -> list[DateMention]:
        """The last of the quarters or months under which something is set down for the task."""
        last: list[DateMention] = []
        for column, value in zip(self.columns, values, strict=True):
            if column.field == "milestone" and value is not None:
                mention = parse_date_cell(column.text[-4:].removesuffix("节点"), self.calendar, self.rules)
                if mention is not None:
                    last = [replace(mention, span=self.amounts.place(mention.text, value[0]))]
        return last
