"""Plans as trees of headings and tasks, for systems with parents; and a task in words, for systems with a text field."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planparse.export import words
from planparse.export.item import Item, items_of
from planparse.model import Plan, Target, Task

#: the namespace of the UUIDs that planparse gives to tasks
NAMESPACE = uuid.UUID("7d0f6b1c-52a5-5a0e-9d4b-5c2f3a1e8b60")


@dataclass(frozen=True, slots=True)
class Node:
    """A heading (``item`` is None) or a task; ``key`` is stable, ``parent`` the key of the heading above, ``level`` from 1."""

    key: str
    level: int
    title: str
    parent: str | None
    item: Item | None


def uid(item: Item | str) -> str:
    """Return the UUID of a task (or key): the same task gives the same one.

    >>> uid("t-1") == uid("t-1") != uid("t-2")
    True
    """
    return str(uuid.uuid5(NAMESPACE, item if isinstance(item, str) else item.id))


def headings(task: Task) -> tuple[str, ...]:
    """Return the headings above a task, without the one that is its own title."""
    path = tuple(words.line(part) for part in task.path if words.line(part))
    return path[:-1] if path and task.title and path[-1] == words.line(task.title) else path


def nodes(plans: Sequence[Plan]) -> Iterator[Node]:
    """Yield headings and tasks, each heading before its first task; documents are the outermost headings of several plans."""
    several = len(plans) > 1
    seen: set[str] = set()
    items = items_of(plans)
    for item, headline in zip(items, words.headlines([item.task for item in items], 120), strict=True):
        above = ((words.line(item.document),) if several else ()) + headings(item.task)
        parent: str | None = None
        for level, title in enumerate(above, 1):
            key = (
                "h-"
                + hashlib.blake2b(
                    "\x1f".join((item.origin, *above[:level])).encode("utf-8", "replace"), digest_size=6
                ).hexdigest()
            )
            if key not in seen:
                seen.add(key)
                yield Node(key, level, title, parent, None)
            parent = key
        yield Node(item.id, len(above) + 1, headline, parent, item)


def leads(task: Task) -> str:
    """Return the leading departments in words; says so where none is printed."""
    return words.names(task.lead) or "未明确"


def description(task: Task, targets: Iterable[Target], *, source: str = "") -> list[str]:
    """Return everything of a task as lines of text: nothing that the record holds is lost in a system without fields for it."""
    lines = [words.plain(task.text).strip(), ""]
    lines.append(f"牵头科室：{leads(task)}")
    for name, value in (
        ("责任科室", words.names(task.responsible)),
        ("配合科室", words.names(task.support)),
        ("责任领导", words.people(task.leaders)),
    ):
        if value:
            lines.append(f"{name}：{value}")
    lines.append(f"完成时限：{words.deadline_words(task.deadline) or '未写明'}")
    if words.recurrence(task.deadline):
        lines.append(f"频次：{words.recurrence(task.deadline)}")
    for target in targets:
        when = f"（{words.deadline_words(target.deadline)}）" if target.deadline else ""
        lines.append(f"量化指标：{words.target_line(target)}{when}")
    lines.append(
        f"编号：{words.line(task.number)}（{task.id}）"
        + (f"，来源：{words.line(source)} 第{task.span[0]}–{task.span[1]}字" if source else "")
    )
    return lines
