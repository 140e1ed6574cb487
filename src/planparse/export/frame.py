"""Records as pandas frames: one row a task, a target, or a department in a role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from planparse.export.rows import COLUMNS, DOCUMENT, Cell, Column, What, document_cells, header, rows
from planparse.model import Plan

if TYPE_CHECKING:
    import pandas


def _frame(table: list[list[Cell]], columns: Sequence[Column], names: list[str]) -> pandas.DataFrame:
    import pandas as pd

    data: dict[str, pandas.Series] = {}
    for place, (column, name) in enumerate(zip(columns, names, strict=True)):
        cells = [row[place] for row in table]
        if column.type == "date":
            data[name] = pd.to_datetime(
                pd.Series(cells, dtype="object"), errors="coerce", format="%Y-%m-%d"
            ).astype("datetime64[us]")
        elif column.type == "number":
            data[name] = pd.to_numeric(pd.Series(cells, dtype="object"))
        else:
            data[name] = pd.Series(cells, dtype="object")
    return pd.DataFrame(data, columns=names)


def frame(plan: Plan, what: What = "tasks", *, lang: Literal["zh", "en"] = "zh") -> pandas.DataFrame:
    """Return one table of a plan: ``tasks``, ``targets`` or ``roles`` (a row for each department of each task).

    ``lang`` chooses Chinese or ASCII column names. Dates are datetimes (NaT where none is printed), offsets
    code points into the source text, several departments joined by 、. Raises ExportError on another name.

    >>> from planparse.model import Document, Plan, Task
    >>> task = Task(id="t1", number="一/1", path=("主要任务",), title="推行预约", text="推行预约。", span=(0, 5))
    >>> plan = Plan(document=Document(id="d", source="a.txt"), tasks=(task,))
    >>> frame(plan)["重点任务"].tolist()
    ['推行预约']
    >>> frame(plan, "tasks", lang="en").loc[0, "span_end"].item()
    5
    """
    names = header(what, lang)
    return _frame(rows(plan, what), COLUMNS[what], names)


def frames(
    plans: Sequence[Plan], what: What = "tasks", *, lang: Literal["zh", "en"] = "zh"
) -> pandas.DataFrame:
    """Return one table of many plans, the columns of the document first (文件编码, 文件, 文件标题, 单位, 发文日期).

    >>> frames([], "targets", lang="en").columns[:2].tolist()
    ['document_id', 'document_source']
    """
    names = header(what, lang, documents=True)
    table: list[list[Cell]] = []
    for plan in plans:
        document = document_cells(plan)
        table.extend([*document, *row] for row in rows(plan, what))
    return _frame(table, (*DOCUMENT, *COLUMNS[what]), names)
