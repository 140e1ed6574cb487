"""What changed between two versions of a plan, in words.

>>> from planparse.model import Document, Plan, Task
>>> def plan(*texts): return Plan(document=Document(id="d", source="a.txt"), tasks=tuple(
...     Task(id=t, number="1", path=(), title=None, text=t, span=(0, 1)) for t in texts))
>>> [change.kind for change in compare(plan("改造老旧病房。", "建设胸痛中心。"), plan("改造老旧病房。", "引进专科人才。"))]
['same', 'new', 'dropped']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from planparse.export import words
from planparse.ledger.match import Link, key, match
from planparse.model import Plan, Record, Target, Task

Kind = Literal["same", "changed", "reworded", "split", "merged", "new", "dropped"]

KINDS: Mapping[Kind, str] = {
    "same": "未变",
    "changed": "调整",
    "reworded": "改写",
    "split": "拆分",
    "merged": "合并",
    "new": "新增",
    "dropped": "取消",
}
#: a change of these alone leaves a task unchanged: place in the plan, not content
_PLACE = frozenset({"编号", "所属章节"})
_WORDS = frozenset({"重点任务", "具体举措"})
_LONGEST = 100  # characters of measures shown


class FieldChange(Record, frozen=True, kw_only=True):
    """One field of one task before and after, under its Chinese heading."""

    field: str
    before: str
    after: str


class Change(Record, frozen=True, kw_only=True):
    """What became of tasks: old and new ones (see :data:`KINDS`), and which fields differ between the first of each."""

    kind: Kind
    old: tuple[Task, ...] = ()
    new: tuple[Task, ...] = ()
    fields: tuple[FieldChange, ...] = ()
    score: float = 0.0


def facts(task: Task, targets: Sequence[Target]) -> dict[str, str]:
    """Return what a plan says of a task, by Chinese heading, as printed words."""
    return {
        "编号": words.line(task.number),
        "所属章节": " > ".join(map(words.line, task.path)),
        "重点任务": words.line(task.title or ""),
        "具体举措": words.line(task.text),
        "工作目标": "；".join(
            words.target_line(t) + (f"（{words.deadline_words(t.deadline)}）" if t.deadline else "")
            for t in targets
        ),
        "牵头科室": words.names(task.lead),
        "责任科室": words.names(task.responsible),
        "配合科室": words.names(task.support),
        "责任领导": words.people(task.leaders),
        "完成时限": words.deadline_words(task.deadline),
    }


def field_changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order of ``new``."""
    return tuple(
        FieldChange(field=name, before=old.get(name, ""), after=after)
        for name, after in new.items()
        if old.get(name, "") != after
    )


def kind_of(link: Link, old: Task | None, new: Task | None, changes: Sequence[FieldChange]) -> Kind:
    """Return the kind of a link between tasks whose fields differ by ``changes``."""
    if old is None or new is None:
        return "new" if old is None else "dropped"
    if len(link.new) > 1:
        return "split"
    if len(link.old) > 1:
        return "merged"
    names = {change.field for change in changes} - _PLACE
    if names & _WORDS and key(old) != key(new):
        return "reworded"
    return "changed" if names - _WORDS else "same"


def compare(old: Plan, new: Plan) -> tuple[Change, ...]:
    """Return what became of every task; each task of both plans stands in exactly one change."""
    of_old, of_new = words.targets_by_task(old), words.targets_by_task(new)
    found = []
    for link in match(old.tasks, new.tasks):
        before = tuple(old.tasks[k] for k in link.old)
        after = tuple(new.tasks[k] for k in link.new)
        one, other = (before or (None,))[0], (after or (None,))[0]
        fields: tuple[FieldChange, ...] = ()
        if one and other:
            fields = field_changes(facts(one, of_old.get(one.id, ())), facts(other, of_new.get(other.id, ())))
        found.append(
            Change(
                kind=kind_of(link, one, other, fields), old=before, new=after, fields=fields, score=link.score
            )
        )
    return tuple(found)


def describe(changes: Sequence[Change], *, everything: bool = False) -> list[str]:
    """Return the changes as lines of Chinese text, unchanged tasks only counted unless ``everything``."""
    counts = {kind: sum(change.kind == kind for change in changes) for kind in KINDS}
    lines = [
        "，".join(f"{KINDS[kind]} {count}" for kind, count in counts.items() if count) or "两份文件都没有任务"
    ]
    for change in changes:
        if change.kind == "same" and not everything:
            continue
        left = "、".join(f"「{words.headline(task, 40)}」" for task in change.old)
        right = "、".join(f"「{words.headline(task, 40)}」" for task in change.new)
        arrow = f"{left} → {right}" if left and right and (left != right) else left or right
        lines.append(f"{KINDS[change.kind]}  {arrow}")
        renamed = any(one.field == "重点任务" for one in change.fields)
        told = [one for one in change.fields if not (renamed and one.field == "所属章节")]
        lines += [f"      {one.field}：{one.before or '（空）'} → {one.after or '（空）'}" for one in told]
        if change.kind in ("new", "dropped"):
            lines += [f"      {told}" for task in change.old + change.new for told in _summary(task)]
    return lines


def _summary(task: Task) -> list[str]:
    """Return what a new or dropped task is: its measures where the title does not say them, who, and by when."""
    text = words.line(task.text)
    said = (
        [text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"]
        if task.title and words.line(task.title) != text.rstrip("。")
        else []
    )
    names = (("牵头科室", task.lead), ("责任科室", task.responsible), ("配合科室", task.support))
    who = [f"{name}：{words.names(group)}" for name, group in names if group]
    when = words.deadline_words(task.deadline)
    facts = "；".join([*who, *([f"完成时限：{when}"] if when else [])])
    return [*said, *([facts] if facts else [])]
