"""The workbook comes back: what people wrote goes into the ledger, what the plan says stays.

Rows are matched by 任务编码, wherever they stand now. An edit is told from a value that the ledger has changed
meanwhile by the workbook's hidden sheet; where both changed, nothing is taken and the conflict is shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from planparse.errors import LedgerError
from planparse.export.item import PEOPLE, STATES, Item, Progress
from planparse.export.words import line
from planparse.export.workbook import BASE_SHEET, LEDGER_SHEET, MONTH_SHEET, MONTHS, fingerprint, plan_cells
from planparse.ledger.book import Ledger
from planparse.ledger.cells import Grid, Row, day, grid, open_book, pairs, text
from planparse.ledger.store import writing
from planparse.model import Record

Verdict = Literal["take", "conflict", "plan", "unreadable", "elsewhere"]

VERDICTS: Mapping[Verdict, str] = {
    "take": "采纳",
    "conflict": "冲突，未采纳",
    "plan": "属方案内容，未采纳",
    "unreadable": "无法识别，未采纳",
    "elsewhere": "请在工作台账表修改，未采纳",
}
#: how people write the states when they do not use the list
_STATE_WORDS: Mapping[str, str] = {
    "未开始": "未启动", "未开展": "未启动", "进行中": "推进中", "正在推进": "推进中", "已启动": "推进中",
    "已完成": "已完成待销号", "完成": "已完成待销号", "待销号": "已完成待销号", "销号": "已销号", "已办结": "已销号",
}  # fmt: skip
ID = "任务编码"
_SAMPLE_DAY = "2024-06-30 这样的日期"
#: a row that only adds up
_SUMS = frozenset({"合计", "总计", "共计", "小计"})


class Edit(Record, frozen=True, kw_only=True):
    """One difference between workbook and ledger, under the heading where it stands."""

    item: str
    row: int
    field: str
    before: str
    after: str
    verdict: Verdict
    note: str = ""


class NewRow(Record, frozen=True, kw_only=True):
    """A row that people added: no 任务编码, or one that the ledger does not know."""

    row: int
    id: str
    cells: dict[str, str]


class Reading(Record, frozen=True, kw_only=True):
    """All that a workbook says against the ledger; nothing is written yet."""

    edits: tuple[Edit, ...] = ()
    added: tuple[NewRow, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class _Base:
    """What the workbook held when it was written."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self.people: dict[str, Progress] = {}
        self.prints: dict[str, str] = {}
        for row in rows[1:]:
            if len(row) < 2 or not row[0]:
                continue
            try:
                self.people[row[0]] = msgspec.json.decode(row[1], type=Progress)
            except msgspec.DecodeError:
                continue  # longer than a cell holds: compared without base
            self.prints[row[0]] = row[2] if len(row) > 2 else ""


def read(path: str | Path, ledger: Ledger, *, year: int | None = None) -> Reading:
    """Return what the workbook at ``path`` says against the ledger; writes nothing.

    ``year`` is that of a 销号日期 written without one (8月20日); without it such a date is not understood.
    Raises LedgerError where it is no workbook, or its 工作台账 has no column 任务编码.
    """
    book = open_book(Path(path))
    sheet = grid(book, LEDGER_SHEET, needed=ID)
    if sheet is None:
        raise LedgerError(
            f"{path}: 不是由台账输出的工作簿：没有带「{ID}」列的「{LEDGER_SHEET}」表。先用 planparse ledger export -o 台账.xlsx 输出，填写后再导入；要收入方案请用 planparse ledger add。no sheet {LEDGER_SHEET} with a column {ID}; found sheets {', '.join(book.sheet_names)}"
        )
    return _Reader(ledger, _Base(pairs(book, BASE_SHEET)), str(path), year).read(
        sheet, grid(book, MONTH_SHEET, needed=ID)
    )


class _Reader:
    """The comparison of one workbook with one ledger."""

    def __init__(self, ledger: Ledger, base: _Base, path: str, year: int | None) -> None:
        self.base, self.year = base, year
        self.items: dict[str, Item] = {item.id: item for item in ledger.items(dropped=True)}
        self.edits: list[Edit] = []
        self.added: list[NewRow] = []
        self.notes: list[str] = []
        self.by_text: dict[str, list[str]] = defaultdict(list)
        for item in self.items.values():
            self.by_text[line(item.task.text)].append(item.id)
        if not base.people:
            self.notes.append(
                f"{path}: 缺少隐藏的对照表，无法分辨是表中修改还是台账后来的更新：一律以表中为准"
            )

    def read(self, sheet: Grid, months: Grid | None) -> Reading:
        absent = [name for name in PEOPLE.values() if name not in sheet.heads]
        if absent:
            self.notes.append(f"{sheet.name}: 缺少列 {'、'.join(absent)}，这些内容保持不变")
        seen = self._rows(sheet)
        for name, row in seen.items():
            self._people(self.items[name], row)
            self._plan(self.items[name], row)
        if months:
            for name, row in self._rows(months, added=False).items():
                self._months(self.items[name], row)
        missing = tuple(name for name, item in self.items.items() if item.active and name not in seen)
        return Reading(
            edits=tuple(self.edits), added=tuple(self.added), missing=missing, notes=tuple(self.notes)
        )

    def _rows(self, sheet: Grid, *, added: bool = True) -> dict[str, Row]:
        """Return the rows by id; rows without one are matched by their text, twins reported."""
        counts = Counter(row.text(ID) for row in sheet.rows)
        found: dict[str, Row] = {}
        for row in sheet.rows:
            name = row.text(ID)
            if not name:
                twins = self.by_text.get(line(row.text("具体举措")), []) if row.text("具体举措") else []
                if len(twins) == 1 and twins[0] not in counts:
                    name = twins[0]
                    self.notes.append(f"{sheet.name} 第{row.number}行: 没有{ID}，按具体举措对应到 {name}")
            if name not in self.items:
                if added and (name or _says_something(row)):
                    self.added.append(NewRow(row=row.number, id=name, cells=self._fresh(sheet.name, row)))
            elif name in found:
                if self._told(row) != self._told(found[name]):
                    self.notes.append(
                        f"{sheet.name} 第{row.number}行: {ID} {name} 与第{found[name].number}行重复而内容不同，只取第{found[name].number}行"
                    )
            else:
                found[name] = row
        return found

    def _fresh(self, sheet: str, row: Row) -> dict[str, str]:
        """Return the cells of an added row, its state and dates in the ledger's form; what cannot be read is told and left out."""
        cells = {head: text(value) for head, value in row.cells.items() if text(value)}
        status, closed = PEOPLE["status"], PEOPLE["closed_on"]
        if status in cells:
            cells[status] = _STATE_WORDS.get(cells[status], cells[status])
            if cells[status] not in STATES:
                self.notes.append(
                    f"{sheet} 第{row.number}行: 状态「{cells.pop(status)}」无法识别，可填：{'、'.join(STATES)}"
                )
        if closed in cells:
            shown = day(row.cells[closed], self.year)
            if shown is None:
                self.notes.append(
                    f"{sheet} 第{row.number}行: 销号日期「{cells.pop(closed)}」无法识别，可填：{_SAMPLE_DAY}"
                )
            else:
                cells[closed] = shown
        return cells

    @staticmethod
    def _told(row: Row) -> list[str]:
        return [row.text(name) for name in (*PEOPLE.values(), *MONTHS)]

    def _people(self, item: Item, row: Row) -> None:
        base = self.base.people.get(item.id)
        closed = day(row.cells.get(PEOPLE["closed_on"]), self.year)
        for key, head in PEOPLE.items():
            if head not in row.cells:
                continue
            given, note, hint = row.text(head), "", ""
            if key == "status":
                given = _STATE_WORDS.get(given, given) or item.people.status
                note = "" if given in STATES else f"可填：{'、'.join(STATES)}"
                hint = (
                    "表中没有能识别的销号日期，记为导入之日"
                    if given == STATES[-1] and not closed and not item.people.closed_on
                    else ""
                )
            elif key == "closed_on" and given:
                read_day = day(row.cells[head], self.year)
                note = "" if read_day else f"可填：{_SAMPLE_DAY}"
                given = read_day or given
            held = getattr(item.people, key)
            edit = Edit(
                item=item.id,
                row=row.number,
                field=head,
                before=held,
                after=given,
                verdict="unreadable" if note else "take",
                note=note or hint,
            )
            self._weigh(edit, getattr(base, key) if base else None)

    def _months(self, item: Item, row: Row) -> None:
        base = self.base.people.get(item.id)
        for number, head in enumerate(MONTHS, 1):
            if head in row.cells:
                held = item.people.months.get(str(number), "")
                edit = Edit(
                    item=item.id,
                    row=row.number,
                    field=head,
                    before=held,
                    after=row.text(head),
                    verdict="take",
                )
                self._weigh(edit, base.months.get(str(number), "") if base else None)
        shown = row.text(PEOPLE["status"])
        if base and shown and shown not in (base.status, item.people.status):
            field = f"{MONTH_SHEET}·状态"
            self.edits.append(
                Edit(
                    item=item.id,
                    row=row.number,
                    field=field,
                    before=item.people.status,
                    after=shown,
                    verdict="elsewhere",
                )
            )

    def _weigh(self, edit: Edit, base: str | None) -> None:
        """Keep an edit if the cell differs from the ledger and people touched it since ``base`` was written."""
        given, held = (text(value) for value in (edit.after, edit.before))
        was = None if base is None else text(base)
        if given in (held, was):
            return
        if edit.verdict == "take" and was is not None and was != held:
            edit = msgspec.structs.replace(edit, verdict="conflict", note=f"导出时为「{was}」")
        self.edits.append(edit)

    def _plan(self, item: Item, row: Row) -> None:
        """Show what people changed in the plan's own columns; it is not taken."""
        shown = {head: line(self._plan_text(row, head)) for head in plan_cells(item)}
        if self.base.prints.get(item.id) == fingerprint(list(shown.values())):
            return
        for head, held in plan_cells(item).items():
            if head in row.cells and shown[head] != line(held):
                self.edits.append(
                    Edit(
                        item=item.id,
                        row=row.number,
                        field=head,
                        before=line(held),
                        after=shown[head],
                        verdict="plan",
                    )
                )

    @staticmethod
    def _plan_text(row: Row, head: str) -> str:
        value = row.cells.get(head)
        return (day(value) or text(value)) if head == "截止日期" else text(value)


_SHOWN = 120  # characters of a value that are shown
_KEYS = {head: key for key, head in PEOPLE.items()}


def take(
    ledger: Ledger, reading: Reading, *, when: str, who: str = "", origin: str = "", conflicts: bool = False
) -> int:
    """Write the edits of a reading into the ledger on the day ``when``, all or none; return how many fields changed.

    ``conflicts=True`` takes the workbook's side in conflicts too. The plan's own columns are never taken.
    """
    fields: dict[str, dict[str, str]] = defaultdict(dict)
    months: dict[str, dict[str, str]] = defaultdict(dict)
    for edit in reading.edits:
        if edit.verdict == "take" or (conflicts and edit.verdict == "conflict"):
            if edit.field in _KEYS:
                fields[edit.item][_KEYS[edit.field]] = edit.after
            else:
                months[edit.item][edit.field.removesuffix("月")] = edit.after
    count = 0
    with writing(ledger.base):
        for name in dict.fromkeys([*fields, *months]):
            count += len(ledger.write(name, when, fields[name], months[name], who=who, origin=origin))
    return count


def _says_something(row: Row) -> bool:
    """Whether a row without 任务编码 names a task: no total, no mere number."""
    named = [row.text(head) for head in ("重点任务", "具体举措")]
    return (
        row.text("序号") not in _SUMS
        and not _SUMS & set(named)
        and any(any(c.isalpha() for c in name) for name in named)
    )


def describe(reading: Reading, titles: Mapping[str, str] | None = None) -> list[str]:
    """Return a reading as lines of Chinese text; ``titles`` names the tasks beside their ids."""
    lines = []
    for e in reading.edits:
        named = f"「{line(titles[e.item])[:24]}」" if titles and e.item in titles else ""
        sheet = MONTH_SHEET if e.field in MONTHS or e.field.startswith(MONTH_SHEET) else ""
        before, after = (line(value)[:_SHOWN] or "（空）" for value in (e.before, e.after))
        lines.append(
            f"{VERDICTS[e.verdict]}  {e.item}{named} {sheet}第{e.row}行 {e.field}：{before} → {after}"
            + (f"（{e.note}）" if e.note else "")
        )
    lines += [
        f"新增行  第{r.row}行 {r.id} {line(r.cells.get('重点任务') or r.cells.get('具体举措') or '')[:40]}".rstrip()
        for r in reading.added
    ]
    if reading.missing:
        shown = "、".join(reading.missing[:10]) + ("…" if len(reading.missing) > 10 else "")
        lines.append(f"表中没有  {len(reading.missing)} 项（台账保留）：{shown}")
    return [*lines, *reading.notes]
