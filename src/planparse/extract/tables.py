"""Assignment and indicator tables: a grid of cells becomes tasks and targets (contract, rules 5, 8, 12, 13)."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct, field
from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.alignment import align
from planparse.extract.annotation_grammar import Annotation, parse_slot
from planparse.extract.columns import tell_columns, tell_table
from planparse.extract.dates import Calendar, DateMention, find_dates, parse_date_cell
from planparse.extract.dittos import is_ditto
from planparse.extract.drafts import Doubt, TargetDraft, TaskDraft
from planparse.extract.grids import Grid
from planparse.extract.headers import Header, build_headers
from planparse.extract.indicator_rows import STARS, find_indicator_row
from planparse.extract.matrix import Matrix, find_matrix
from planparse.extract.quantities import Quantity, find_quantities
from planparse.extract.reading import VERB_FIRST
from planparse.model import Span
from planparse.rulebook import Rulebook
from planparse.segment.numbering import build_numbering

_NONE = expression(r"^(?:[—–\-/／－无─]+|暂无|无)$")
_TOTAL = expression(r"^(?:小\s?计|合\s?计|总\s?计|累\s?计|共\s?计)")
_NOTE = expression(r"^(?:注|备注|说明|填表说明|附注|填表人|制表|审核人|联系人)\s?[：:]")
_ROLE = {"lead": "lead", "responsible": "responsible", "support": "support", "leader": "leaders"}
_BLANK_CARRY = ("index", "task", "category", "problem", "indicator")
_FOLLOW = ("lead", "responsible", "support", "leader", "deadline", "roles")
_DEPARTMENT = expression(r"(?:(?<![专学])科|部|办|处|室|局|委|中心|院|病区|支部|科室|部门|工会|团委)$")
_PERSON = expression(r"^[\u4e00-\u9fff]{2,4}$")
_INDICATOR_NAME = expression(r"[^，。；：\n\v]{2,36}(?:率|占比|比例|比重|比|数|数量|日|天数|额|费用|强度|指数|增幅|得分|满意度|收入|时间|人次|值)(?:[（(][^（）()]{1,16}[）)])?")
_LONGEST_GOAL = 24
_LONGEST_ACT = 30
_BARE_VALUE = expression(r"(?:≥|≤|>|<|不少于|不低于|不超过|不高于|达到)? ?[0-9]+(?:\.[0-9]+)?[^\s，。；、0-9]{1,4}")
_DIGIT = expression(r"[0-9]")
#: a goal that says what is done (新建托育机构3家), and no value alone (处方审核覆盖率达到90%)
_ACT_IN_GOAL = expression(rf"(?<=[，。；\v])(?:{VERB_FIRST.pattern}|新建|新增)")
_PERIOD = expression(r"(?:20\d\d年)?(?:(?:1|一)?[\d一]{0,2}[—–\-~～至到]\d{1,2}月份?|前[二三四]季度|全年|年底|年末|半年)")
_AIM = expression(r"目标|计划|任务|要求|预期|指标值|拟|力争")
#: an index that is no plain number: A-02, 3.1, （2）, 二
_CODE = expression(r"[（(]?(?:[A-Za-z]{0,3}[-—.]?\d{1,4}(?:[-—.]\d{1,3})?|[一二三四五六七八九十]{1,3}|[①-⑳])[）)]?[、.．]?")
_HAN_INDEX = expression(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
_DATE = expression(r"\d{4}年|月|季度|每[日周月季年]|上半年|下半年|年底|长期|\d{4}[.\-/]\d")


def year_mention(year: int, place: Span) -> DateMention:
    """Return the deadline that a year heading a column gives; its place is where the header prints it."""
    return DateMention(place, f"{year}年", None, f"{year}-12-31", None, "in", True, "year", "table.year")


class TableResult(Struct):
    """What one table gives."""

    tasks: list[TaskDraft] = field(default_factory=list)
    targets: list[TargetDraft] = field(default_factory=list)
    columns: list[Header] | None = None
    above: dict[int, Span] = field(default_factory=dict)
    doubt: Doubt | None = None


def read_table(
    text: str, grid: Grid, calendar: Calendar, rules: Rulebook, *, path: tuple[str, ...] = (), number: str = "", before: TableResult | None = None
) -> TableResult | None:
    """Return the tasks and targets of a grid, or None when it is neither an assignment nor an indicator table.

    ``before`` is what the table before gave, for a table that was cut in two.
    """
    matrix = find_matrix(text, grid, rules) if grid.heads is None else None
    found = _header(text, grid, rules, matrix)
    columns: list[Header]
    doubt = matrix.doubt if matrix else None
    if found is not None:
        first, columns = found
        if first > 1 and before is not None and before.columns is not None and [c.text for c in before.columns] == [c.text for c in columns]:
            first = 0  # the header is printed again, and rows of the table before stand above it
    elif before is not None and before.columns is not None and len(before.columns) == max(len(row) for row in grid.rows):
        first, columns = 0, list(before.columns)
    elif (told := tell_table(text, grid, calendar, rules)) is not None:
        first, columns, doubt = told
    else:
        return None
    columns = _task_column(_stage_columns(_indicator_column(_past_columns(columns, calendar))))
    if found is not None:
        columns, guessed = tell_columns(text, grid.rows[first:], columns, calendar, rules)
        doubt = doubt or guessed
    fields = {c.field for c in columns}
    work = bool(fields & {"task", "measure", "goal"})
    sheet = "indicator" in fields and bool(fields & {"target"})
    named = bool(fields & {"lead", "responsible", "support", "leader", "deadline", "roles", "matrix"})
    if not sheet and not (work and named):
        return None
    result = TableResult(columns=columns, doubt=doubt and replace(doubt, place=(grid.start, grid.end)))
    reader = _Reader(text, calendar, rules, columns, grid, path, number, sheet and not (fields & {"measure"}), result, first, matrix)
    if before is not None and before.columns == columns:
        reader.above = dict(before.above)
    for row in grid.rows[first:]:
        if not all(reader.read(part) for part in reader.parted(row)):
            break
    result.above = reader.above
    return result


def _header(text: str, grid: Grid, rules: Rulebook, matrix: Matrix | None) -> tuple[int, list[Header]] | None:
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
    if below < len(grid.rows) and not (matrix and below > matrix.header):  # 牵头 and 配合 in a row of marks head no column
        second = [words.read(text[a:b]) for a, b in grid.rows[below]]
        changed = [h for h, s, top in zip(second, grid.rows[below], grid.rows[best], strict=False) if s[0] < s[1] and s != top]
        read = [h for h in changed if h.field is not None or (h.text.endswith("年") and h.year)]
        if read and (len(read) == len(changed) or (len(read) >= 2 and 2 * len(read) > len(changed))):
            columns = _two_rows(columns, second, grid.rows[best], grid.rows[below], text)
            below += 1
    if matrix:
        below = max(below, matrix.header + 1)
        columns = [Header("matrix", None, text[slice(*aside[k])]) if k in aside else c for k, c in enumerate(columns)]
    return below, columns


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


def _past_columns(columns: list[Header], calendar: Calendar) -> list[Header]:
    """A column of a year before the plan's (2023年值) that no word calls an aim holds what has been reached, the last of them the base."""
    aims = min((c.year for c in columns if c.field == "target" and c.year and _AIM.search(c.text)), default=0)
    plan = calendar.year or 0
    past = [
        k
        for k, c in enumerate(columns)
        if c.field == "target" and c.year and not _AIM.search(c.text) and c.year < (aims or (0 if c.text.endswith("年") else plan))
    ]
    if not past or not any(c.field == "target" and k not in past for k, c in enumerate(columns)):
        return columns
    base = None if any(c.field == "baseline" for c in columns) else max(past, key=lambda k: columns[k].year or 0)
    return [replace(c, field="baseline" if k == base else "note", year=None) if k in past else c for k, c in enumerate(columns)]


def _stage_columns(columns: list[Header]) -> list[Header]:
    """Beside a column of indicators, columns of quarters or months hold what is to be reached by their end."""
    fields = {c.field for c in columns}
    stages = [k for k, c in enumerate(columns) if c.field == "milestone" or (c.field is None and _PERIOD.fullmatch(c.text))]
    if "indicator" not in fields or fields & {"task", "measure", "goal"} or len(stages) < 2:
        return columns
    return [replace(c, field="target", when=None if c.text.startswith("全年") else c.text) if k in stages else c for k, c in enumerate(columns)]


def _task_column(columns: list[Header]) -> list[Header]:
    """Of two columns of contents (责任内容, 具体举措) without a column of tasks the first names the task."""
    measures = [k for k, c in enumerate(columns) if c.field == "measure"]
    if len(measures) < 2 or {"task", "problem", "indicator"} & {c.field for c in columns}:
        return columns
    return [replace(c, field="task") if k == measures[0] else c for k, c in enumerate(columns)]


def _two_rows(top: list[Header], under: list[Header], top_row: list[Span], under_row: list[Span], text: str) -> list[Header]:
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
            merged.append(Header("target" if high.field == "goal" else high.field, low.year, high.text + low.text))
        elif low.field is None:
            merged.append(high)
        elif low.field == "target" and high.year and not low.year:
            merged.append(replace(low, year=high.year, text=high.text + low.text))
        else:
            merged.append(low)
    return merged


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
    first: int = 0
    matrix: Matrix | None = None
    above: dict[int, Span] = field(default_factory=dict)
    category: tuple[str, ...] = ()
    count: int = 0
    #: the index printed last, and how many rows of a form have it
    index: Span | None = None
    part: int = 1
    heads: frozenset[str] = frozenset()
    places: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.heads = frozenset(column.text for column in self.columns)
        for k, column in enumerate(self.columns):
            if column.field is not None:
                self.places.setdefault(column.field, []).append(k)

    def read(self, row: list[Span]) -> bool:
        """Read one row; False ends the table."""
        text = self.text
        cells = self._fit(row)
        printed = [text[a:b].strip() for a, b in cells]
        filled = [t for t in printed if t]
        if not filled:
            return True
        if _NOTE.match(filled[0]) and len(set(cells)) - len([c for c in cells if c[0] == c[1]]) <= 2:
            return False
        if self._is_header(printed) or any(_TOTAL.match(t) for t in filled[:2]):
            return True
        if self._is_category(cells, printed):
            return True
        values = self._carry(cells, printed)
        self._row(values)
        return True

    def parted(self, row: list[Span]) -> list[list[Span]]:
        """Part the cells of several rows whose blank cells are not printed: a row begins with a text behind the cells of short columns."""
        width = len(self.columns)
        expected = [self._expected(c) for c in self.columns]
        short = next((k for k, kind in enumerate(expected) if k and kind != "text"), width)
        if len(row) <= width or not self.grid.columns or short == width or "text" in expected[short:]:
            return [row]
        kinds = [self._kind(cell) for cell in row]
        cuts = [0]
        for k in range(2, len(row)):
            at = k - (kinds[k - 1] == "any" and kinds[k - 2] == expected[-1])  # 〃 in the place of the task
            if kinds[k] == "text" and kinds[k - 1] not in ("text", "index") and at > cuts[-1]:
                cuts.append(at)
        parts = [row[a:b] for a, b in pairwise([*cuts, len(row)])]
        return parts if all(len(part) <= width for part in parts) else [row]

    def _fit(self, row: list[Span]) -> list[Span]:
        width = len(self.columns)
        if len(row) == width or self.grid.merged:
            row = list(row[:width])
        elif self.grid.columns:
            before = self._blank_before(row)
            row = [(row[0][0], row[0][0])] * before + align(row, [self._expected(c) for c in self.columns[before:]], self._kind)
        return row[:width] + [(row[-1][1], row[-1][1])] * (width - len(row))

    def _blank_before(self, row: list[Span]) -> int:
        """How many columns a row below merged cells leaves blank: one without index begins with the last of the columns of work."""
        kinds = [self._kind(cell) for cell in row]
        if not self.above or kinds[0] == "index" or _CODE.fullmatch(self.text, *row[0]) or len(row) > len(self.columns):
            return 0
        work = [k for k, c in enumerate(self.columns) if c.field in ("index", "category", "problem", "task", "measure", "goal")]
        marks = next((k for k, kind in enumerate(kinds) if kind != "any"), len(kinds))
        texts = next((k for k in range(marks, len(kinds)) if kinds[k] != "text"), len(kinds))
        first = work[max(0, len(work) - max(1, texts))] if work and work[0] == 0 else 0
        return min(first, len(self.columns) - len(row))

    @staticmethod
    def _expected(column: Header) -> str:
        if column.field in ("lead", "responsible", "support", "roles"):
            return "department"
        return {"leader": "person", "deadline": "date", "index": "index", "target": "number", "baseline": "number"}.get(column.field or "", "text")

    def _kind(self, span: Span) -> str:
        cell = self.text[span[0] : span[1]]
        if cell.isdigit():
            return "index"
        if is_ditto(cell) or _NONE.match(cell):
            return "any"
        if _DEPARTMENT.search(cell) and len(cell) <= 30:
            return "department"
        if _DATE.search(cell) and len(cell) <= 16:
            return "date"
        if _DIGIT.search(cell) and len(cell) <= 12 and ("target" in self.places or "baseline" in self.places):
            return "number"
        return "person" if "leader" in self.places and _PERSON.match(cell) else "text"

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
            self.category = (next(t for c, t in zip(self.columns, printed, strict=True) if t and c.field != "index"),)
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
            elif _NONE.match(shown):
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

    def _first(self, values: list[Span | None], name: str) -> Span | None:
        for k in self.places.get(name, ()):
            if values[k] is not None:
                return values[k]
        return None

    def _row(self, values: list[Span | None]) -> None:
        text = self.text
        task = self._first(values, "task")
        measure = self._first(values, "measure")
        indicator = self._first(values, "indicator")
        names = self._names(values)
        dates = self._dates(values)
        year_targets = self._targets(values, indicator) if indicator is not None else []
        goal = self._first(values, "goal")
        acts = goal is not None and (VERB_FIRST.match(text, *goal) or _ACT_IN_GOAL.search(text, *goal)) is not None
        body = measure or (goal if acts else None) or task or goal
        self.count += 1
        draft: TaskDraft | None = None
        if self.sheet and indicator is not None:
            shown = "；".join(text[a:b] for column, v in zip(self.columns, values, strict=True) if column.field == "target" and v for a, b in [v])
            if names.has_roles and shown:
                parts = [self._plain(indicator)]
                draft = TaskDraft(parts, self._title(indicator), source="table", text=f"{text[slice(*parts[0])].strip(STARS)}：{shown}")
        elif body is not None and text[body[0] : body[1]].strip():
            title = self._title(task) if task is not None else None
            draft = TaskDraft([self._plain(body)], title, source="table")
        if draft is not None:
            index = self._first(values, "index")
            draft.number = "/".join(x for x in (self.number, text[index[0] : index[1]].strip("、.．") if index else str(self.count)) if x)
            self.part = self.part + 1 if index is not None and index == self.index and self.grid.heads is not None else 1
            self.index = index
            if self.part > 1:
                draft.number = f"{draft.number}#{self.part}"
            category = self._first(values, "category")
            draft.path = self.path + self.category + ((text[category[0] : category[1]].replace("\v", ""),) if category else ())
            draft.names, draft.people, draft.confidence = names.names, names.people, 0.97
            draft.dates = dates
            if not self.sheet:
                self._quantities(draft, values, body)
            self.result.tasks.append(draft)
        for quantity in year_targets:
            self.result.targets.append(TargetDraft(quantity, draft))
        if draft is not None and not draft.dates:
            years = [q.deadline for q in year_targets if q.deadline is not None]
            if years and self.sheet:
                draft.dates = years

    def _plain(self, span: Span) -> Span:
        """Drop the number that opens a cell."""
        number = self.rules.compiled(build_numbering).match(self.text, span[0], span[1])
        if number is None or number.style == "bullet" or "\v" in self.text[span[0] : span[1]]:
            return span
        return (number.end, span[1])

    def _title(self, span: Span) -> str | None:
        a, b = self._plain(span)
        return self.text[a:b].replace("\v", "").strip(" 。；;：:*") or None

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
                mention = parse_date_cell(self.text[value[0] : value[1]].replace("\v", " "), self.calendar, self.rules)
                if mention is not None:
                    found.append(replace(mention, span=(mention.span[0] + value[0], mention.span[1] + value[0])))
        return found or self._milestone(values)

    def _milestone(self, values: list[Span | None]) -> list[DateMention]:
        """The last of the quarters or months under which something is set down for the task."""
        last: list[DateMention] = []
        for column, value in zip(self.columns, values, strict=True):
            if column.field == "milestone" and value is not None:
                mention = parse_date_cell(column.text[-4:].removesuffix("节点"), self.calendar, self.rules)
                if mention is not None:
                    last = [replace(mention, span=self._place(mention.text, value[0]))]
        return last

    def _quantities(self, draft: TaskDraft, values: list[Span | None], body: Span | None) -> None:
        spans = [v for c, v in zip(self.columns, values, strict=True) if c.field in ("measure", "goal") and v is not None]
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
                draft.text = f"{self._printed(self._plain(body))}：{self.text[a:b]}"
            draft.quantities += [q for q in found if not q.past and not q.frequency] or named
        if not draft.dates:
            draft.dates = [d for d in shown if not d.quoted]
        for column, value in zip(self.columns, values, strict=True):
            if column.field == "target" and value is not None and self._first(values, "indicator") is None:
                dates = find_dates(self.text, self.calendar, self.rules, *value)
                found = find_quantities(self.text, value[0], value[1], dates, self.rules) or self._bare_goal(values, value)
                year = self._column_date(column, value[0])
                draft.quantities += [replace(q, deadline=year) if year and q.deadline is None else q for q in found]
                if year:
                    years.append(year)
        if not draft.dates:
            draft.dates = years

    def _bare_goal(self, values: list[Span | None], goal: Span) -> list[Quantity]:
        """Return the quantities of a goal cell that prints a bare value (达到90%): the cell of the task names the indicator."""
        cells = [v for c, v in zip(self.columns, values, strict=True) if c.field in ("indicator", "measure", "task") and v is not None]
        names = [self._printed(self._plain(cell)) for cell in cells]
        if goal[1] - goal[0] > _LONGEST_GOAL:
            return []
        shown = next((name for name in reversed(names) if _INDICATOR_NAME.fullmatch(name)), None) or self._counted(names[-1:], goal)
        if shown is None:
            return []
        found = find_indicator_row(shown, self.text[slice(*goal)], None, None, self.rules)
        return [replace(q, span=goal, value_span=goal, text=f"{shown}：{self.text[slice(*goal)]}") for q in found]

    def _counted(self, names: list[str], goal: Span) -> str | None:
        """Return what a bare value beside an act counts: 新技术新项目 for 开展新技术新项目 beside ≥15项; None where that is not plain."""
        value = self.text[slice(*goal)].strip()
        for name in names:
            if len(name) <= _LONGEST_ACT and _BARE_VALUE.fullmatch(value) and not _DIGIT.search(name):
                found = find_quantities(name + value, 0, len(name) + len(value), [], self.rules)
                if len(found) == 1 and found[0].span[1] > len(name):
                    return found[0].indicator or None
        return None

    def _targets(self, values: list[Span | None], indicator: Span) -> list[Quantity]:
        text = self.text
        shown = {name: self._printed(self._first(values, name)) for name in ("unit", "baseline")}
        name = self._printed(self._plain(indicator))
        found: list[Quantity] = []
        for column, value in zip(self.columns, values, strict=True):
            if column.field != "target" or value is None:
                continue
            year = self._column_date(column, value[0])
            for quantity in find_indicator_row(name, text[value[0] : value[1]], shown["unit"] or None, shown["baseline"] or None, self.rules):
                own = quantity.deadline if quantity.deadline is not None else year
                found.append(replace(quantity, span=value, value_span=value, indicator_span=None, deadline=own, text=f"{name}：{text[value[0]:value[1]]}"))
        return found

    def _column_date(self, column: Header, at: int) -> DateMention | None:
        """The deadline that a column's header gives: 2024年目标, 四季度目标."""
        if column.year:
            return year_mention(column.year, self._place(str(column.year), at))
        if column.when:
            found = parse_date_cell(column.when, self.calendar, self.rules)
            return replace(found, span=self._place(found.text, at)) if found is not None else None
        return None

    def _place(self, printed: str, at: int) -> Span:
        """Return where the header prints a date; the empty stretch ``at`` where it prints it otherwise."""
        found = self.text.find(printed, self.grid.start, self.grid.rows[self.first][0][0] if self.first < len(self.grid.rows) else self.grid.end)
        if found < 0:
            return (at, at)
        end = found + len(printed)
        return (found, end + 1) if printed.isdigit() and self.text.startswith("年", end) else (found, end)

    def _printed(self, span: Span | None) -> str:
        return self.text[span[0] : span[1]].replace("\v", "").strip() if span is not None else ""
