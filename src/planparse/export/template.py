"""A user's own template filled: the columns whose headings are understood, everything else left as it is.

This is how 飞书, 钉钉, 禅道, 企业微信 and OA systems are fed: they say «download our template, fill it». Styles,
widths, validations and other sheets stay. A column with a list of choices gets one of them (``医务科(#12)`` for
医务科) or stays empty, and the report says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from planparse.errors import ExportError, ReadError
from planparse.export import words
from planparse.export.choices import Choices, choices_of, pick
from planparse.export.headers import field_of
from planparse.export.item import Item, due_day, iso
from planparse.export.output import replacing
from planparse.export.styles import CELL_LIMIT
from planparse.rulebook import Rulebook

_SEARCHED = 30  # rows looked through for headings
_FORMULA_LIKE = tuple("=+-@＝＋－＠")
_SHOWN_RUNS = 8  # of rows with the same problem
_DATE_MARKS = ("yy", "mm-dd", "m/d")

Value = str | int | date | None


@dataclass(slots=True)
class Filled:
    """What was filled: sheet, head row, columns (letter, heading, field), headings not understood, and problems row by row."""

    sheet: str
    head_row: int
    rows: int
    matched: list[tuple[str, str, str]] = field(default_factory=list)
    unmatched: list[tuple[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def _people_or_lead(item: Item) -> str:
    return (
        words.people(item.task.leaders) or words.names(item.task.lead) or words.names(item.task.responsible)
    )


def _everyone(item: Item) -> str:
    return "、".join(
        dict.fromkeys(
            words.line(d.name) for d in (*item.task.lead, *item.task.responsible, *item.task.support)
        )
    )


def _start(item: Item) -> date | None:
    return iso(item.task.deadline.start) if item.task.deadline else None


#: field -> its Chinese name and what fills it; ``serial`` is counted
FIELDS: Mapping[str, tuple[str, Callable[[Item], Value]]] = {
    "id": ("任务编码", lambda i: i.id),
    "number": ("编号", lambda i: words.line(i.task.number)),
    "title": ("重点任务", lambda i: words.headline(i.task, 100)),
    "text": ("具体举措", lambda i: words.plain(i.task.text)),
    "targets": ("量化指标", lambda i: "；".join(words.target_lines(i.targets, i.task.deadline))),
    "lead": ("牵头科室", lambda i: words.names(i.task.lead)),
    "responsible": ("责任科室", lambda i: words.names(i.task.responsible)),
    "support": ("配合科室", lambda i: words.names(i.task.support)),
    "departments": ("全部科室", _everyone),
    "leaders": ("责任领导", lambda i: words.people(i.task.leaders)),
    "person": ("负责人", _people_or_lead),
    "deadline": (
        "完成时限",
        lambda i: (
            (words.line(i.task.deadline.text) or words.recurrence(i.task.deadline)) if i.task.deadline else ""
        ),
    ),
    "end": ("截止日期", lambda i: due_day(i.task)),
    "start": ("开始日期", _start),
    "recurrence": ("频次", lambda i: words.recurrence(i.task.deadline)),
    "section": ("所属章节", lambda i: words.line(i.task.path[0]) if i.task.path else ""),
    "status": ("状态", lambda i: i.people.status),
    "progress": ("进展情况", lambda i: words.plain(i.people.progress)),
    "inspection": ("督查情况", lambda i: words.plain(i.people.inspection)),
    "obstacle": ("制约问题", lambda i: words.plain(i.people.obstacle)),
    "remedy": ("整改措施", lambda i: words.plain(i.people.remedy)),
    "closed": ("销号日期", lambda i: iso(i.people.closed_on) or i.people.closed_on),
    "document": ("来源文件", lambda i: words.line(i.document)),
    "place": ("原文位置", lambda i: f"{i.task.span[0]}–{i.task.span[1]}"),
}
#: a plan has these; what a template has no column for is reported
_EXPECTED = ("title", "text", "targets", "lead", "responsible", "support", "leaders", "deadline")
_SAME = {"deadline": {"end", "deadline"}, "lead": {"lead", "departments", "person"}, "responsible": {"responsible", "departments"}, "support": {"support", "departments"},
         "leaders": {"leaders", "person"}}  # fmt: skip


@dataclass(slots=True)
class _Column:
    number: int
    heading: str
    field: str | None
    choices: Choices | None = None


def fill(
    items: Sequence[Item],
    template: Path,
    out: Path,
    *,
    rules: Rulebook | None = None,
    sheet: str | None = None,
) -> Filled:
    """Fill ``template`` (.xlsx, .xlsm) with one row an item, write ``out``, and return the report.

    Raises ExportError where the template is no workbook, has no sheet of that name, or no heading that is understood.
    """
    from openpyxl.utils import get_column_letter

    book = _open(template)
    page, head_row, body_row, columns = _headings(book, template, rules, sheet)
    mapped = [column for column in columns if column.field not in (None, "none")]
    for column in mapped:
        column.choices = choices_of(book, page, column.number, body_row)
    report = Filled(sheet=page.title, head_row=head_row, rows=len(items))
    for column in columns:
        letter = get_column_letter(column.number)
        if column in mapped and column.field:
            report.matched.append(
                (letter, column.heading, "序号" if column.field == "serial" else FIELDS[column.field][0])
            )
        else:
            report.unmatched.append((letter, column.heading))
    have = {column.field for column in mapped}
    report.left = [FIELDS[name][0] for name in _EXPECTED if not have & _SAME.get(name, {name})]
    _Body(page, mapped, body_row, report).write(items)
    with replacing(out) as draft:
        book.save(draft)
    return report


def _open(path: Path) -> Any:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    from planparse.read.package import Package

    try:
        Package(path.read_bytes(), str(path))
        return openpyxl.load_workbook(path, keep_vba=path.suffix.lower() == ".xlsm", rich_text=True)
    except OSError as fault:
        raise ExportError(f"{path}: 模板打不开。cannot be read: {fault.strerror}") from fault
    except (ReadError, InvalidFileException, KeyError, ValueError, TypeError) as fault:
        raise ExportError(
            f"{path}: 模板不是 .xlsx 工作簿，请用 WPS 或 Excel 另存为 .xlsx。not an .xlsx template ({fault}); save it as .xlsx"
        ) from fault


def _shown(page: Any, row: int, column: int, areas: Sequence[Any]) -> str:
    """Return a cell's text; inside a merged area that of its first cell."""
    value = page.cell(row, column).value
    if value is None:
        for area in areas:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                value = page.cell(area.min_row, area.min_col).value
                break
    return words.line(str(value)) if value is not None else ""


def _headings(
    book: Any, template: Path, rules: Rulebook | None, wanted: str | None
) -> tuple[Any, int, int, list[_Column]]:
    """Find the sheet and row whose cells are understood best: (sheet, head row, first body row, columns)."""
    if wanted is not None and wanted not in book.sheetnames:
        raise ExportError(
            f"{template}: 没有叫这个名字的工作表。given sheet {wanted!r}; possible: {', '.join(book.sheetnames)}"
        )
    best: tuple[int, int, Any, list[_Column]] = (0, 0, None, [])
    for page in [book[wanted]] if wanted else book.worksheets:
        if page.sheet_state != "visible" and wanted is None:
            continue
        areas = list(page.merged_cells.ranges)
        for row in range(1, min(page.max_row, _SEARCHED) + 1):
            across = [a for a in areas if a.min_row <= row <= a.max_row]
            columns = []
            for number in range(1, min(page.max_column, 200) + 1):
                heading = _shown(page, row, number, across)
                if heading and len(heading) <= 60:
                    columns.append(_Column(number, heading, field_of(heading, rules)))
            score = len({c.field for c in columns} - {None, "none"})
            if score > best[0] or (
                score == best[0] and score and page is best[2] and row == best[1] + 1 and _spans(across, row)
            ):
                best = (score, row, page, columns)
    if best[0] == 0:
        raise ExportError(
            f"{template}: 没有认得的表头；可把表头用词加进自己的规则文件夹的 template_headers.toml，再用 --rules 指明。no heading is understood in {', '.join(book.sheetnames)}; add the words of yours to template_headers.toml in a folder given by --rules"
        )
    _, row, page, columns = best
    below = max([row, *(a.max_row for a in page.merged_cells.ranges if a.min_row <= row <= a.max_row)])
    return page, row, below + 1, columns


def _spans(areas: Sequence[Any], row: int) -> bool:
    """Tell whether a merged heading reaches down into this row: the lower row of a head of two."""
    return any(area.min_row < row <= area.max_row for area in areas)


class _Body:
    """The rows below the headings."""

    def __init__(self, page: Any, columns: Sequence[_Column], first: int, report: Filled) -> None:
        self.page, self.columns, self.report = page, columns, report
        self.model = first
        self.told: dict[str, list[int]] = {}
        self.first = self._after_samples(first)

    def _after_samples(self, first: int) -> int:
        """Return the first free row; rows that the template fills already (samples, notes) are kept above."""
        row = first
        while row <= self.page.max_row and any(
            self.page.cell(row, c.number).value is not None for c in self.columns if c.field != "serial"
        ):
            row += 1
        if row > first:
            self.report.problems.append(f"第{first}至{row - 1}行原有内容保留，从第{row}行填起")
        return row

    def _make_room(self, need: int) -> None:
        """Move what stands below (a foot, a total) down where the rows do not fit above it."""
        foot = next((row for row in range(self.first, self.page.max_row + 1) if self._foot(row)), None)
        if foot is None or foot - self.first >= need:
            return
        more = need - (foot - self.first)
        areas = [area for area in self.page.merged_cells.ranges if area.min_row >= foot]
        heights = {row: self.page.row_dimensions[row].height for row in range(foot, self.page.max_row + 1)}
        bounds = [area.bounds for area in areas]
        for area in areas:
            self.page.unmerge_cells(area.coord)
        self.page.insert_rows(foot, more)
        for left, top, right, bottom in bounds:
            self.page.merge_cells(
                start_row=top + more, start_column=left, end_row=bottom + more, end_column=right
            )
        for row, height in heights.items():
            self.page.row_dimensions[row + more].height = height

    def _foot(self, row: int) -> bool:
        """Tell whether a row holds more than a prepared serial number."""
        serial = {c.number for c in self.columns if c.field == "serial"}
        cells = ((number, self.page.cell(row, number).value) for number in range(1, self.page.max_column + 1))
        return any(
            value is not None and not (number in serial and str(value).strip().isdigit())
            for number, value in cells
        )

    def write(self, items: Sequence[Item]) -> None:
        self._make_room(len(items))
        last = self.first + len(items) - 1
        for row, item in enumerate(items, self.first):
            self._copy_style(row)
            for column in self.columns:
                value = (
                    row - self.first + 1 if column.field == "serial" else FIELDS[column.field or ""][1](item)
                )
                self._put(row, column, value)
        self.report.problems += [f"{_rows(rows)} {told}" for told, rows in self.told.items()]
        for column in self.columns:
            if column.choices:
                column.choices.reach(column.number, last)

    def _copy_style(self, row: int) -> None:
        """Give a row the look of the first body row, where it has none of its own."""
        if row == self.model:
            return
        for number in range(1, self.page.max_column + 1):
            pattern, cell = self.page.cell(self.model, number), self.page.cell(row, number)
            if pattern.has_style and not cell.has_style:
                cell._style = copy(pattern._style)
        if self.page.row_dimensions[row].height is None:
            self.page.row_dimensions[row].height = self.page.row_dimensions[self.model].height

    def _put(self, row: int, column: _Column, value: Value) -> None:
        cell = self.page.cell(row, column.number)
        if type(cell).__name__ == "MergedCell":
            self._tell(row, f"{column.heading}: 合并单元格之内，未填")
            return
        if column.choices and value not in (None, ""):
            chosen, told = pick(column.choices.values, value)
            if told:
                self._tell(row, f"{column.heading}: {told}")
            value = chosen
        if value in (None, ""):
            return
        form = str(cell.number_format)
        wants_date = any(mark in form.lower() for mark in _DATE_MARKS)
        if wants_date and isinstance(value, str) and column.field == "deadline":
            self._tell(row, f"{column.heading}: 日期格的列，填入所印文字「{value}」")
        if isinstance(value, date):
            if form == "@":
                self._text(cell, value.isoformat())
                return
            cell.value = value
            cell.number_format = form if wants_date else "yyyy-mm-dd"
        elif isinstance(value, int):
            cell.value = value
        else:
            self._text(cell, str(value))

    def _tell(self, row: int, problem: str) -> None:
        self.told.setdefault(problem, []).append(row)

    @staticmethod
    def _text(cell: Any, value: str) -> None:
        shown = words.plain(value)[:CELL_LIMIT]
        cell.value = shown
        cell.data_type = "s"  # a text, whatever it begins with
        if shown.lstrip().startswith(_FORMULA_LIKE):
            cell.quotePrefix = True


def _rows(rows: Sequence[int]) -> str:
    """Return ascending row numbers in words.

    >>> _rows([5]), _rows([3, 4, 5, 9])
    ('第5行', '第3至5、9行（4行）')
    """
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = "、".join(str(a) if a == b else f"{a}至{b}" for a, b in runs[:_SHOWN_RUNS]) + (
        "等" if len(runs) > _SHOWN_RUNS else ""
    )
    return f"第{shown}行" + (f"（{len(rows)}行）" if len(rows) > 1 else "")


def describe(report: Filled) -> list[str]:
    """Return a report as lines of Chinese text."""
    lines = [f"表「{report.sheet}」第{report.head_row}行为表头，填入 {report.rows} 行"]
    lines += [f"  {letter}列 {heading} ← {name}" for letter, heading, name in report.matched]
    if report.unmatched:
        lines.append("未填的列：" + "、".join(f"{letter} {heading}" for letter, heading in report.unmatched))
    if report.left:
        lines.append("模板没有列可放：" + "、".join(report.left))
    return [*lines, *report.problems]
