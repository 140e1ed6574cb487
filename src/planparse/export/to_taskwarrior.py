"""Taskwarrior JSON for ``task import``, merged with what is in Taskwarrior already.

``task import`` replaces a whole task: status, annotations and tags of the user would be lost. Give the output of
``task export`` as ``existing``: the user's fields stay, only the plan's are brought up to date.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from planparse.errors import ExportError
from planparse.export import words
from planparse.export.item import Item, due_day, iso, items_of
from planparse.export.output import write_text
from planparse.export.tree import headings, uid
from planparse.model import Plan

#: our user-defined attributes: key -> label. ``task config uda.牵头.type string`` makes Taskwarrior show them.
UDAS: Mapping[str, str] = {
    "lead": "牵头", "responsible": "责任", "support": "配合", "leaders": "领导", "targets": "指标", "deadlinetext": "时限",
    "planid": "任务编码", "plantags": "科室标签", "planbase": "方案底稿",
}  # fmt: skip
#: what planparse writes first and a user may change; planbase tells which of them the user has changed
SHARED = ("description", "project", "due", "scheduled")
_BLANK = re.compile(r"[\s,，、.:：()（）\[\]\"'<>+\-*/\\|=!&^%#@$;；]+")


def taskrc() -> str:
    """Return the lines that make Taskwarrior show the departments and targets.

    >>> taskrc().splitlines()[:2]
    ['uda.lead.type=string', 'uda.lead.label=牵头']
    """
    return "".join(f"uda.{key}.type=string\nuda.{key}.label={label}\n" for key, label in UDAS.items())


def _tag(name: str) -> str:
    return _BLANK.sub("_", words.line(name)).strip("_")


def _moment(day: date, *, end: bool = True) -> str:
    """Return a moment in UTC that falls on the same day in China and in Europe: the end (or beginning) of the office's day."""
    return day.strftime("%Y%m%dT155959Z" if end else "%Y%m%dT000000Z")


def _project(item: Item) -> str:
    parts = [_tag(part).replace(".", "_")[:40] for part in (item.document, *headings(item.task)[:2])]
    return ".".join(part for part in parts if part)


def task_of(item: Item, entry: str) -> dict[str, Any]:
    """Return a new task of Taskwarrior; fields without a value are left out, a deadline that is not printed too."""
    task = item.task
    start = iso(task.deadline.start) if task.deadline else None
    day = due_day(task)
    tags = [tag for tag in dict.fromkeys(_tag(d.name) for d in (*task.lead, *task.responsible)) if tag]
    fields: dict[str, Any] = {
        "uuid": uid(item),
        "description": words.headline(task, 200),
        "status": "pending",
        "entry": entry,
        "project": _project(item),
        "due": _moment(day) if day else "",
        "scheduled": _moment(start, end=False) if start else "",
        "tags": tags,
        "lead": words.names(task.lead),
        "responsible": words.names(task.responsible),
        "support": words.names(task.support),
        "leaders": words.people(task.leaders),
        "targets": "；".join(words.target_lines(item.targets, item.task.deadline)),
        "deadlinetext": words.line(task.deadline.text) if task.deadline else "",
        "planid": item.id,
        "plantags": "、".join(tags),
    }
    fields["planbase"] = _base(fields)
    return {key: value for key, value in fields.items() if value}


def _base(task: Mapping[str, Any]) -> str:
    """Return digests of the shared fields as planparse wrote them."""
    return " ".join(_digest(str(task.get(key, ""))) for key in SHARED)


def _digest(value: str) -> str:
    return hashlib.blake2b(value.strip().encode("utf-8", "replace"), digest_size=4).hexdigest()


def merge(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``old`` brought up to date by ``new``; the user's status, notes, tags and other fields stay.

    A description, project or date that the user has changed stays too; where the plan changed it as well, a note
    (annotation) tells what the plan says now.

    >>> old = {"uuid": "u", "status": "completed", "entry": "e", "tags": ["我的", "旧科"], "plantags": "旧科", "due": "自定"}
    >>> merged = merge(old, {"uuid": "u", "status": "pending", "entry": "e", "tags": ["新科"], "plantags": "新科", "due": "20240630T155959Z"})
    >>> merged["status"], merged["tags"], merged["due"], merged["annotations"][0]["description"]
    ('completed', ['我的', '新科'], '自定', '方案：due 20240630T155959Z')
    """
    merged = {key: value for key, value in old.items() if key not in UDAS and key not in ("urgency", "id")}
    merged.update({key: value for key, value in new.items() if key in UDAS})
    bases = dict(zip(SHARED, str(old.get("planbase", "")).split(" "), strict=False))
    notes = list(old.get("annotations", []))
    for key in SHARED:
        held, said = str(old.get(key, "")), str(new.get(key, ""))
        if held == said:
            continue
        if _digest(held) == bases.get(key):  # the user left it as planparse wrote it
            merged.pop(key, None)
            if said:
                merged[key] = said
        elif _digest(said) != bases.get(key) and said:
            note = f"方案：{key} {said}"
            if all(one.get("description") != note for one in notes):
                notes.append({"entry": new["entry"], "description": note})
            merged.setdefault(key, said)
    if notes:
        merged["annotations"] = notes
    ours = set(str(old.get("plantags", "")).split("、"))
    merged["tags"] = list(
        dict.fromkeys([*(tag for tag in old.get("tags", []) if tag not in ours), *new.get("tags", [])])
    )
    return {
        key: value
        for key, value in {**{"status": "pending", "entry": new["entry"]}, **merged}.items()
        if value or key == "uuid"
    }


def _existing(path: Path) -> dict[str, dict[str, Any]]:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise ExportError(
            f"{path}: 不是 task export 的输出。not the output of `task export` ({fault})"
        ) from fault
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise ExportError(
            f"{path}: 不是 task export 的输出。not the output of `task export`, which is a JSON array of tasks"
        )
    return {str(one["uuid"]): one for one in data if "uuid" in one}


def write(
    plans: Sequence[Plan], out: Path | TextIO, *, existing: Path | None = None, as_of: date | None = None
) -> tuple[Path, ...]:
    """Write the tasks as a JSON array; ``existing`` is a file with the output of ``task export`` to merge with.

    Tasks in ``existing`` that are of no plan are not written: importing leaves them alone. ``as_of`` is the entry day
    of new tasks, by default the document's date. Raises ExportError where ``existing`` is something else.
    """
    held = _existing(existing) if existing else {}
    known = [day for plan in plans if (day := iso(plan.document.date))]
    entry = _moment(as_of or max(known, default=date(2000, 1, 1)), end=False)
    tasks = []
    for item in items_of(plans):
        new = task_of(item, entry)
        tasks.append(merge(held[new["uuid"]], new) if new["uuid"] in held else new)
    return write_text(
        out, lambda stream: stream.write(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    )
