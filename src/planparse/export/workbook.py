"""The ledger as an office knows it: one workbook of seven sheets, to be printed, filled in and read back.

A hidden sheet keeps what people's columns held at the time of writing, so that reading the workbook back tells
an edit from a value that the ledger has changed meanwhile (:mod:`planparse.ledger.workbook`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from planparse.export import words
from planparse.export.item import PEOPLE, SOON, STATES, Board, Item, alert, departments, doubts, due_day, iso
from planparse.export.output import replacing
from planparse.export.styles import CELL_LIMIT, Head, Sheet, Styles
from planparse.model import Target, Task

SCHEMA = "planparse-ledger/1"
LEDGER_SHEET, MONTH_SHEET, BASE_SHEET = "工作台账", "按月督查", "_planparse"
MONTHS = tuple(f"{month}月" for month in range(1, 13))
#: departments with a column of their own on the 作战图; more would not be legible on A3
_COLUMNS = 40
_ALERTS = ("临期", "逾期")

LEDGER_HEADS: tuple[Head, ...] = (
    Head("序号", 4.5, "center"),
    Head("重点任务", 16),
    Head("具体举措", 36),
    Head("工作目标", 17),
    Head("牵头科室", 9.5),
    Head("责任科室", 11.5),
    Head("配合科室", 9.5),
    Head("责任领导", 8.5),
    Head("完成时限", 9.5),
    Head("截止日期", 11, "center"),
    Head("预警", 5, "center"),
    Head("状态", 11, "center", people=True),
    Head("进展情况", 18, people=True),
    Head("督查情况", 14, people=True),
    Head("制约问题", 12, people=True),
    Head("整改措施", 12, people=True),
    Head("销号日期", 11, "center", people=True, form="yyyy-mm-dd"),
    Head("销号说明", 9.5, people=True),
    Head("备注", 8.5, people=True),
    Head("任务编码", 10, "center"),
    Head("原文位置", 10, "center"),
)


def write_board(
    board: Board, out: Path, *, as_of: date | None = None, within: int = SOON
) -> tuple[Path, ...]:
    """Write the workbook of a board; alerts (临期, 逾期) only where ``as_of`` gives the day to count from.

    Returns ``(out,)``. Raises ExportError where the folder does not exist.
    """
    import xlsxwriter

    with replacing(out) as draft:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(str(draft), options)
        book.set_properties({"title": board.title[:250], "comments": SCHEMA, "created": as_of_time(as_of)})
        _Workbook(book, board, as_of, within).write()
        book.close()
    return (out,)


def as_of_time(as_of: date | None) -> Any:
    """Return a time stamp for file properties that does not depend on the clock."""
    from datetime import datetime

    day = as_of or date(2000, 1, 1)
    return datetime(day.year, day.month, day.day)


def plan_cells(item: Item) -> dict[str, str]:
    """Return what the plan's columns of the ledger sheet hold for an item, by heading."""
    task = item.task
    day = due_day(task)
    return {
        "重点任务": words.line(task.title or ""),
        "具体举措": words.plain(task.text),
        "工作目标": _targets(item),
        "牵头科室": words.names(task.lead),
        "责任科室": words.names(task.responsible),
        "配合科室": words.names(task.support),
        "责任领导": words.people(task.leaders),
        "完成时限": _printed(task),
        "截止日期": day.isoformat() if day else "",
    }


def fingerprint(cells: Sequence[str]) -> str:
    """Return a short digest of cells, by which an edit of them is noticed.

    >>> fingerprint(["甲", "乙"]) == fingerprint(["甲", "乙"]) != fingerprint(["甲乙", ""])
    True
    """
    return hashlib.blake2b("\x1f".join(cells).encode("utf-8", "replace"), digest_size=8).hexdigest()


def place(item: Item) -> str:
    """Return where in the source a task stands: paragraph or cell, else character offsets; nothing for what people added."""
    start, end = item.task.span
    return item.place or (f"第{start}–{end}字" if end else "")


class _Workbook:
    """The sheets of one workbook, in their order."""

    def __init__(self, book: Any, board: Board, as_of: date | None, within: int) -> None:
        self.book, self.board, self.as_of, self.within = book, board, as_of, within
        self.styles = Styles(book)
        self.heads = dict(
            zip(
                (item.id for item in board.items),
                words.headlines([item.task for item in board.items]),
                strict=True,
            )
        )
        self.alerts = {item.id: alert(item, as_of, within) if as_of else "" for item in board.items}
        counts = {state: sum(item.people.status == state for item in board.items) for state in STATES}
        told = "，".join(f"{state} {count}" for state, count in counts.items() if count)
        day = f"，截至 {as_of.isoformat()}" if as_of else ""
        self.subtitle = f"共 {len(board.items)} 项（{told}）{day}" if board.items else "没有任务"

    def write(self) -> None:
        self.war_map()
        self.ledger()
        self.by_department()
        self.by_month()
        self.indicators()
        self.to_check()
        self.notes()
        self.base()

    def _sheet(self, name: str, heads: Sequence[Head], **more: Any) -> Sheet:
        subtitle = more.pop("subtitle", self.subtitle)
        return Sheet(self.styles, name, heads, title=f"{self.board.title}　{name}", subtitle=subtitle, **more)

    def war_map(self) -> None:
        """Departments against tasks: ★牵头 ○责任 △配合."""
        names = departments(self.board.items)
        shown, rest = names[:_COLUMNS], set(names[_COLUMNS:])
        heads = [Head("序号", 5, "center"), Head("重点任务", 34), Head("工作目标", 22)]
        first = len(heads)
        heads += [Head(name, 3.6, "center") for name in shown]
        heads += [Head("其他科室", 24)] if rest else []
        heads += [
            Head("完成时限", 14),
            Head("截止日期", 11, "center"),
            Head("预警", 6, "center"),
            Head("状态", 13, "center"),
        ]
        sheet = self._sheet(
            "作战图",
            heads,
            subtitle=f"{self.subtitle}　★牵头　○责任　△配合",
            turned=range(first, first + len(shown)),
        )
        column = {name: first + k for k, name in enumerate(shown)}
        for number, item in enumerate(self.board.items, 1):
            marks, others = _marks(item.task), []
            cells: list[Any] = [number, self.heads[item.id], _targets(item), *("" for _ in shown)]
            for name, mark in marks.items():
                if name in column:
                    cells[column[name]] = mark
                else:
                    others.append(mark + name)
            cells += ["、".join(others)] if rest else []
            cells += [_printed(item.task), due_day(item.task), self.alerts[item.id], item.people.status]
            sheet.line(cells)
        sheet.colour(len(heads) - 1, STATES)
        sheet.colour(len(heads) - 2, _ALERTS)
        sheet.finish(frozen=2)

    def ledger(self) -> None:
        sheet = self._sheet(LEDGER_SHEET, LEDGER_HEADS)
        for number, item in enumerate(self.board.items, 1):
            task, people = item.task, item.people
            sheet.line([
                number, *list(plan_cells(item).values())[:-1], due_day(task), self.alerts[item.id],
                people.status, people.progress, people.inspection, people.obstacle, people.remedy,
                iso(people.closed_on) or people.closed_on, people.closing, people.note, item.id, place(item),
            ])  # fmt: skip
        names = [head.name for head in LEDGER_HEADS]
        status, closed = names.index(PEOPLE["status"]), names.index(PEOPLE["closed_on"])
        last = max(sheet.row - 1, Sheet.HEAD_ROW + 1)
        sheet.sheet.data_validation(
            Sheet.HEAD_ROW + 1, status, last + 200, status,
            {"validate": "list", "source": list(STATES), "error_title": "状态", "error_message": "请在" + "、".join(STATES) + "中选择"},
        )  # fmt: skip
        sheet.sheet.data_validation(
            Sheet.HEAD_ROW + 1, closed, last + 200, closed,
            {"validate": "date", "criteria": ">", "value": date(2000, 1, 1), "error_type": "warning", "error_title": "销号日期", "error_message": "请填日期，如 2024-06-30"},
        )  # fmt: skip
        sheet.colour(status, STATES)
        sheet.colour(names.index("预警"), _ALERTS)
        sheet.finish(frozen=2)

    def by_department(self) -> None:
        heads = (
            Head("科室", 16), Head("角色", 7, "center"), Head("序号", 6, "center"), Head("重点任务", 44), Head("工作目标", 34),
            Head("牵头科室", 16), Head("责任领导", 14), Head("完成时限", 16), Head("截止日期", 12, "center"), Head("预警", 7, "center"), Head("状态", 14, "center"), Head("任务编码", 12, "center"),
        )  # fmt: skip
        sheet = self._sheet("科室任务清单", heads)
        duties: dict[str, list[tuple[int, str, int, Item]]] = {}
        for number, item in enumerate(self.board.items, 1):
            for rank, (role, group) in enumerate(
                (("牵头", item.task.lead), ("责任", item.task.responsible), ("配合", item.task.support))
            ):
                for one in group:
                    duties.setdefault(words.line(one.name), []).append((rank, role, number, item))
        band = {"bold": True, "bg_color": "#F2F2F2", "text_wrap": False}
        for name in departments(self.board.items):
            rows = sorted(duties[name], key=lambda row: (row[0], row[2]))
            told = "，".join(f"{role} {sum(r[1] == role for r in rows)}" for role in ("牵头", "责任", "配合"))
            late = sum(self.alerts[r[3].id] == "逾期" for r in rows)
            open_ = sum(r[3].people.status != "已销号" for r in rows)
            texts: list[str | int] = [
                name,
                "小计",
                len(rows),
                f"{told}；未销号 {open_}" + (f"；逾期 {late}" if late else ""),
            ]
            for k in range(len(heads)):
                sheet.put(k, texts[k] if k < len(texts) else None, **band)
            sheet.row += 1
            for _, role, number, item in rows:
                task = item.task
                sheet.line([
                    name, role, number, self.heads[item.id], _targets(item), words.names(task.lead), words.people(task.leaders),
                    _printed(task), due_day(task), self.alerts[item.id], item.people.status, item.id,
                ])  # fmt: skip
        sheet.colour(10, STATES)
        sheet.colour(9, _ALERTS)
        sheet.finish(frozen=1)

    def by_month(self) -> None:
        heads = (
            Head("序号", 5, "center"), Head("重点任务", 34), Head("牵头科室", 13), Head("截止日期", 11, "center"), Head("状态", 13, "center"),
            *(Head(month, 12, people=True) for month in MONTHS), Head("任务编码", 12, "center"),
        )  # fmt: skip
        sheet = self._sheet(MONTH_SHEET, heads)
        for number, item in enumerate(self.board.items, 1):
            who = words.names(item.task.lead) or words.names(item.task.responsible)
            notes = [item.people.months.get(str(k), "") for k in range(1, 13)]
            sheet.line(
                [number, self.heads[item.id], who, due_day(item.task), item.people.status, *notes, item.id]
            )
        sheet.colour(4, STATES)
        sheet.finish(frozen=2)

    def indicators(self) -> None:
        heads = (
            Head("序号", 5, "center"), Head("指标", 30), Head("目标", 20), Head("目标值", 10, "center"), Head("上限", 8, "center"), Head("单位", 9, "center"),
            Head("基数", 8, "center"), Head("完成时限", 16), Head("截止日期", 12, "center"), Head("牵头科室", 16), Head("责任科室", 20), Head("重点任务", 40), Head("原文", 40), Head("任务编码", 12, "center"),
        )  # fmt: skip
        count = sum(len(item.targets) for item in self.board.items) + len(self.board.whole)
        sheet = self._sheet("量化指标", heads, subtitle=f"共 {count} 个指标")
        rows: list[tuple[Target, Item | None]] = [(t, None) for t in self.board.whole]
        rows += [(t, item) for item in self.board.items for t in item.targets]
        for number, (target, owner) in enumerate(rows, 1):
            task = owner.task if owner else None
            when = target.deadline or (task.deadline if task else None)
            sheet.line([
                number, words.line(target.indicator), words.amount(target), target.value, target.upper, words.line(target.unit), target.baseline,
                words.line(when.text) if when else "", iso(when.end) if when else None,
                words.names(task.lead) if task else "", words.names(task.responsible) if task else "",
                self.heads[owner.id] if owner else "（全文总体指标）", words.plain(target.text), owner.id if owner else "",
            ])  # fmt: skip
        sheet.finish(frozen=2)

    def to_check(self) -> None:
        heads = (
            Head("序号", 5, "center"),
            Head("任务编码", 14, "center"),
            Head("重点任务", 60),
            Head("待核实原因", 60),
            Head("原文位置", 20, "center"),
            Head("文件", 40),
        )
        rows: list[tuple[str, str, str, str, str]] = [
            ("", "（全文）", words.line(w), "", "") for w in self.board.warnings
        ]
        for item in self.board.items:
            why = doubts(item.task, item.targets)
            if why:
                rows.append(
                    (item.id, self.heads[item.id], "；".join(why), place(item), words.line(item.origin))
                )
        sheet = self._sheet(
            "待核实", heads, subtitle=f"共 {len(rows)} 条，请对照原文核实" if rows else "没有需要核实的条目"
        )
        for number, row in enumerate(rows, 1):
            sheet.line([number, *row])
        sheet.finish(frozen=0)

    def notes(self) -> None:
        heads = (Head("项目", 24), Head("内容", 120))
        rows = [
            ("格式版本", SCHEMA),
            ("截至日期", self.as_of.isoformat() if self.as_of else "未给定，不计算临期、逾期"),
            ("临期", f"距截止日期 {self.within} 天以内" if self.as_of else "同上"),
            (
                "谁填什么",
                "橙色表头由人填写："
                + "、".join(PEOPLE.values())
                + "，以及按月督查各月；其余各列来自方案，改动不会带回台账",
            ),
            (
                "回填",
                "planparse ledger import 本文件：按任务编码对应，行可移动、排序、筛选、合并；新增行会列出",
            ),
            ("状态", " → ".join(STATES)),
            ("作战图符号", "★牵头　○责任　△配合"),
            ("未写明时限", "方案没有写明的时限一律留空，不作推算"),
        ]
        rows += [("来源文件", f"{words.line(source)}（{digest}）") for source, digest in self.board.sources]
        sheet = self._sheet("说明", heads, subtitle="planparse 生成")
        for row in rows:
            sheet.line(row)
        sheet.finish(frozen=0, filtered=False)

    def base(self) -> None:
        """Keep what people's columns hold now, for the comparison when the workbook comes back."""
        sheet = self.book.add_worksheet(BASE_SHEET)
        sheet.very_hidden()
        sheet.write_row(0, 0, (SCHEMA, "people"))
        for row, item in enumerate(self.board.items, 1):
            sheet.write_string(row, 0, item.id)
            sheet.write_string(row, 1, msgspec.json.encode(item.people).decode()[:CELL_LIMIT])
            sheet.write_string(row, 2, fingerprint([words.line(text) for text in plan_cells(item).values()]))


def _targets(item: Item) -> str:
    return "；".join(words.target_lines(item.targets, item.task.deadline))


def _printed(task: Task) -> str:
    deadline = task.deadline
    return words.line(deadline.text) or words.recurrence(deadline) if deadline else ""


def _marks(task: Task) -> dict[str, str]:
    """Return each department's mark; the stronger role where it has several."""
    found: dict[str, str] = {}
    for mark, group in (("★", task.lead), ("○", task.responsible), ("△", task.support)):
        for one in group:
            found.setdefault(words.line(one.name), mark)
    return found
