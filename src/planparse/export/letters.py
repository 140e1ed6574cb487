"""Letters of tasks (目标任务书): for each department its tasks by role, its targets and dates, a place to sign."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from planparse.errors import ExportError
from planparse.export import words
from planparse.export.filename import distinct
from planparse.export.item import Board, Item, departments, due_day, iso
from planparse.export.letter_template import default_template, fill, placeholders
from planparse.export.output import replacing, unwritable
from planparse.export.styles import Head, Sheet, Styles
from planparse.model import Target

ROLES = ("牵头", "责任", "配合")
#: what a template may ask for
VALUES = ("科室", "单位", "文件标题", "年度", "日期", "任务数", "牵头数", "责任数", "配合数", "指标数")
TASK_FIELDS = (
    "序号",
    "编码",
    "编号",
    "任务",
    "举措",
    "任务与举措",
    "目标",
    "角色",
    "牵头科室",
    "责任科室",
    "配合科室",
    "协同",
    "领导",
    "时限",
    "截止日期",
    "状态",
    "章节",
)
TARGET_FIELDS = ("序号", "指标", "目标", "时限", "截止日期", "任务", "角色", "牵头科室")
GROUPS = ("牵头", "责任", "配合", "全部", "指标")


@dataclass(slots=True)
class Duties:
    """What one department has to do, by role."""

    name: str
    by_role: dict[str, list[Item]] = field(default_factory=lambda: {role: [] for role in ROLES})

    def targets(self) -> list[tuple[Target, Item, str]]:
        """Return the targets of its tasks as lead or responsible, with task and role."""
        return [
            (target, item, role)
            for role in ROLES[:2]
            for item in self.by_role[role]
            for target in item.targets
        ]


def duties(board: Board) -> list[Duties]:
    """Return every department's duties, those with most work first; a department with two roles in a task has the stronger."""
    found = {name: Duties(name) for name in departments(board.items)}
    for item in board.items:
        seen: set[str] = set()
        for role, group in zip(
            ROLES, (item.task.lead, item.task.responsible, item.task.support), strict=True
        ):
            for one in group:
                name = words.line(one.name)
                if name not in seen:
                    seen.add(name)
                    found[name].by_role[role].append(item)
    return list(found.values())


def _when(item: Item) -> str:
    deadline = item.task.deadline
    if deadline is None:
        return "未写明时限"
    printed = words.line(deadline.text) or words.recurrence(deadline)
    end = words.due(deadline)
    return f"{printed}\n{end}" if end and end != printed else printed


def _task_values(number: int, item: Item, role: str) -> dict[str, str]:
    task = item.task
    title, text = words.line(task.title or ""), words.plain(task.text).strip()
    together = text if not title or text.startswith(title) else f"{title}\n{text}"
    other = [
        f"{name}：{value}"
        for name, value in (("责任", words.names(task.responsible)), ("配合", words.names(task.support)))
        if value
    ]
    day = due_day(task)
    return {
        "序号": str(number), "编码": item.id, "编号": words.line(task.number), "任务": words.headline(task, 80), "举措": text, "任务与举措": together,
        "目标": "\n".join(words.target_lines(item.targets, item.task.deadline)), "角色": role, "牵头科室": words.names(task.lead) or "未明确", "责任科室": words.names(task.responsible),
        "配合科室": words.names(task.support), "协同": "\n".join(other), "领导": words.people(task.leaders), "时限": _when(item),
        "截止日期": day.isoformat() if day else "", "状态": item.people.status, "章节": " > ".join(map(words.line, task.path)),
    }  # fmt: skip


def _target_values(number: int, target: Target, item: Item, role: str) -> dict[str, str]:
    when = target.deadline or item.task.deadline
    day = iso(when.end) if when else None
    return {
        "序号": str(number), "指标": words.line(target.indicator), "目标": words.amount(target), "时限": words.deadline_words(when), "截止日期": day.isoformat() if day else "",
        "任务": words.headline(item.task, 60), "角色": role, "牵头科室": words.names(item.task.lead),
    }  # fmt: skip


def values_of(
    one: Duties, board: Board, issuer: str, day: date | None
) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    """Return the values and groups that fill one department's letter."""
    targets = one.targets()
    counts = {role: len(one.by_role[role]) for role in ROLES}
    year = (board.period[1] or "")[:4]
    values = {
        "科室": one.name, "单位": issuer, "文件标题": words.line(board.title), "年度": year, "日期": f"{day.year}年{day.month}月{day.day}日" if day else "      年    月    日",
        "任务数": str(sum(counts.values())), "指标数": str(len(targets)), **{f"{role}数": str(count) for role, count in counts.items()},
    }  # fmt: skip
    groups = {
        role: [_task_values(k, item, role) for k, item in enumerate(one.by_role[role], 1)] for role in ROLES
    }
    every = [(item, role) for role in ROLES for item in one.by_role[role]]
    groups["全部"] = [_task_values(k, item, role) for k, (item, role) in enumerate(every, 1)]
    groups["指标"] = [
        _target_values(k, target, item, role) for k, (target, item, role) in enumerate(targets, 1)
    ]
    return values, groups


def write_letters(
    board: Board,
    folder: Path,
    *,
    issuer: str = "",
    template: Path | None = None,
    as_of: date | None = None,
    workbooks: bool = True,
) -> tuple[Path, ...]:
    """Write ``NN_科室_目标任务书.docx`` (and ``.xlsx``) for every department into ``folder``, made where it is missing.

    ``template`` is a hospital's own .docx with placeholders (:data:`VALUES`, ``{{牵头.任务}}`` of :data:`GROUPS` and
    :data:`TASK_FIELDS`); ``as_of`` is the day printed beside the seal. Returns the files written. Raises ExportError
    for a template that is no .docx, or holds a placeholder that means nothing.
    """
    if folder.exists() and not folder.is_dir():
        raise ExportError(f"{folder}: 这是文件，请写文件夹。is a file; give a folder")
    _document(template)  # a fault of the template shows before anything is written
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise unwritable(folder, fault) from fault
    found = duties(board)
    written = []
    for number, (one, name) in enumerate(zip(found, distinct([d.name for d in found]), strict=True), 1):
        stem = f"{number:02d}_{name}_目标任务书"
        values, groups = values_of(one, board, issuer, as_of)
        document = _document(template)
        fill(document, values, groups)
        document.core_properties.title = f"{one.name}目标任务书"[:250]
        document.core_properties.author = ""
        with replacing(folder / f"{stem}.docx") as draft:
            document.save(str(draft))
        written.append(folder / f"{stem}.docx")
        if workbooks:
            written.append(_workbook(one, board, folder / f"{stem}.xlsx"))
    return tuple(written)


def _document(template: Path | None) -> Any:
    if template is None:
        return default_template()
    import docx

    try:
        document = docx.Document(str(template))
    except (OSError, ValueError, KeyError) as fault:
        raise ExportError(
            f"{template}: 模板不是 .docx 文件。not a .docx template ({fault}); planparse letters --write-template FILE writes one to start from"
        ) from fault
    except Exception as fault:  # python-docx raises its own PackageNotFoundError, which has no public base
        if type(fault).__module__.startswith("docx"):
            raise ExportError(
                f"{template}: 模板不是 .docx 文件。not a .docx template; planparse letters --write-template FILE writes one to start from"
            ) from fault
        raise
    allowed = {
        *VALUES,
        *GROUPS,
        *(f"{g}.{f}" for g in GROUPS[:4] for f in TASK_FIELDS),
        *(f"指标.{f}" for f in TARGET_FIELDS),
    }
    wrong = sorted(placeholders(document) - allowed)
    if wrong:
        raise ExportError(
            f"{template}: 模板里有不认得的占位符。given placeholder {', '.join(wrong)}; possible: {'、'.join(VALUES)}; in rows {'、'.join(GROUPS[:4])} with {'、'.join(TASK_FIELDS)}; 指标 with {'、'.join(TARGET_FIELDS)}"
        )
    return document


def write_template(out: Path) -> tuple[Path, ...]:
    """Write the packaged letter as a .docx to start a hospital's own from; return ``(out,)``."""
    with replacing(out) as draft:
        default_template().save(str(draft))
    return (out,)


def _workbook(one: Duties, board: Board, out: Path) -> Path:
    import xlsxwriter

    heads = (
        Head("序号", 5, "center"), Head("角色", 6, "center"), Head("重点任务", 20), Head("具体举措", 44), Head("工作目标", 22), Head("牵头科室", 13), Head("责任科室", 15),
        Head("配合科室", 13), Head("责任领导", 12), Head("完成时限", 13), Head("截止日期", 12, "center"), Head("状态", 12, "center", people=True), Head("进展情况", 24, people=True), Head("任务编码", 12, "center"),
    )  # fmt: skip
    with replacing(out) as draft:
        book = xlsxwriter.Workbook(
            str(draft), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        counts = "，".join(f"{role} {len(one.by_role[role])}" for role in ROLES)
        sheet = Sheet(
            Styles(book),
            "任务清单",
            heads,
            title=f"{one.name}目标任务清单",
            subtitle=f"{board.title}：{counts}",
        )
        number = 0
        for role in ROLES:
            for item in one.by_role[role]:
                number += 1
                task = item.task
                sheet.line([
                    number, role, words.line(task.title or ""), words.plain(task.text), "；".join(words.target_lines(item.targets, item.task.deadline)),
                    words.names(task.lead), words.names(task.responsible), words.names(task.support), words.people(task.leaders),
                    words.line(task.deadline.text) if task.deadline else "", due_day(task), item.people.status, item.people.progress, item.id,
                ])  # fmt: skip
        sheet.finish(frozen=3)
        book.close()
    return out
