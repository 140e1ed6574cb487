"""The choices of a template's column: lists of data validation, and which of them stands for a printed value.

>>> pick(("医务科(#12)", "护理部(#13)"), "医务科")
('医务科(#12)', '')
>>> pick(("医务科(#12)", "护理部(#13)"), "医务科、护理部")
('医务科(#12)', '下拉列表只能选一个，填入「医务科(#12)」，未填：护理部')
>>> pick(("高", "低"), "医务科")
('', '「医务科」不在下拉列表中，留空')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_NUMBERED = re.compile(r"\s*[（(]#?[^（）()]*[）)]\s*$")
_REFERENCE = re.compile(
    r"=?(?:'((?:[^']|'')+)'|([^'!=]+))!\$?([A-Z]{1,3})\$?(\d*)(?::\$?([A-Z]{1,3})\$?(\d*))?"
)
_MOST = 5000  # choices read from a range
#: how other systems name the states of the ledger, the nearest first
_STATES: Mapping[str, tuple[str, ...]] = {
    "未启动": (
        "未启动",
        "未开始",
        "未开展",
        "待办理",
        "未办理",
        "待办",
        "待处理",
        "待开始",
        "未完成",
        "新建",
        "wait",
        "todo",
        "to do",
        "open",
        "new",
    ),
    "推进中": (
        "推进中",
        "进行中",
        "办理中",
        "正在办理",
        "在办",
        "处理中",
        "实施中",
        "已启动",
        "正在推进",
        "doing",
        "in progress",
    ),
    "已完成待销号": (
        "已完成待销号",
        "待销号",
        "待验收",
        "待审核",
        "待确认",
        "已完成",
        "完成",
        "已办理",
        "已办结",
        "办结",
        "done",
        "resolved",
    ),
    "已销号": ("已销号", "销号", "已办结", "办结", "已关闭", "已验收", "已完成", "完成", "closed", "done"),
}


@dataclass(slots=True)
class Choices:
    """The values of a list validation, and the validation itself."""

    values: tuple[str, ...]
    validation: Any

    def reach(self, column: int, last: int) -> None:
        """Extend the validation down to the row ``last`` of the column."""
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(column)
        if f"{letter}{last}" not in self.validation.sqref:
            tops = [
                area.min_row
                for area in self.validation.sqref.ranges
                if area.min_col <= column <= area.max_col
            ]
            self.validation.add(f"{letter}{min(tops)}:{letter}{last}")


def choices_of(book: Any, page: Any, column: int, row: int) -> Choices | None:
    """Return the choices of a column's body cells, None where there are none or their source is not to be read."""
    for validation in page.data_validations.dataValidation:
        if validation.type != "list" or not validation.formula1:
            continue
        if any(
            area.min_col <= column <= area.max_col and area.max_row >= row for area in validation.sqref.ranges
        ):
            values = _values(book, page, str(validation.formula1))
            return Choices(values, validation) if values else None
    return None


def _values(book: Any, page: Any, formula: str) -> tuple[str, ...]:
    if formula.startswith('"') and formula.endswith('"'):
        return tuple(part.strip() for part in formula[1:-1].split(",") if part.strip())
    name = formula.lstrip("=")
    if name in book.defined_names:
        formula = book.defined_names[name].attr_text
    elif "!" not in formula:
        formula = f"'{page.title}'!{name}"
    found = _REFERENCE.fullmatch(formula.strip())
    if not found:
        return ()
    title = (found[1] or found[2] or "").replace("''", "'")
    if title not in book.sheetnames:
        return ()
    source = book[title]
    top, bottom = int(found[4] or 1), int(found[6] or found[4] or source.max_row)
    area = source[
        f"{found[3]}{top}:{found[5] or found[3]}{max(top, min(bottom, source.max_row, top + _MOST))}"
    ]
    return tuple(str(cell.value).strip() for line in area for cell in line if cell.value is not None)


def _bare(choice: str) -> str:
    return _NUMBERED.sub("", choice).strip()


def pick(values: tuple[str, ...], value: object) -> tuple[str, str]:
    """Return the choice for a value ('' for none) and what the user should know."""
    printed = value.isoformat() if isinstance(value, date) else str(value)
    by_name = {**{_bare(one): one for one in reversed(values)}, **{one: one for one in values}}
    if printed in by_name:
        return by_name[printed], ""
    if printed in _STATES:
        near = next(
            (by_name[name] for word in _STATES[printed] for name in by_name if name.lower() == word), ""
        )
        return near, "" if near else f"「{printed}」不在下拉列表中，留空"
    parts = [part for part in re.split("；" if "；" in printed else r"[、，,;]", printed) if part]
    known = [by_name[part] for part in parts if part in by_name]
    if not known:
        return "", f"「{printed}」不在下拉列表中，留空"
    rest = [part for part in parts if by_name.get(part) != known[0]]
    return known[0], f"下拉列表只能选一个，填入「{known[0]}」，未填：{'、'.join(rest)}" if rest else ""
