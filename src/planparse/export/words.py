"""Values of records as a Chinese office prints them.

>>> from planparse.model import Target
>>> amount(Target(id="t", task=None, indicator="药占比", relation="about", value=20, unit="%"))
'约20%'
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from planparse.model import Deadline, Department, Person, Plan, Target, Task

RECURRENCE: Mapping[str, str] = {
    "daily": "每日",
    "weekly": "每周",
    "monthly": "每月",
    "quarterly": "每季度",
    "half-yearly": "每半年",
    "yearly": "每年",
    "continuous": "持续推进",
}
RELATION: Mapping[str, str] = {
    "ge": "≥",
    "gt": ">",
    "le": "≤",
    "lt": "<",
    "about": "约",
    "between": "",
    "increase_by": "增加",
    "decrease_by": "降低",
    "eq": "",
}
SOURCE: Mapping[str, str] = {"annotation": "责任标注", "table": "表格", "heading": "条目", "sentence": "语句"}

# C0 and C1 controls but tab and newline, and the marks that turn the direction of text around
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def plain(text: str) -> str:
    """Return ``text`` without control, direction and half characters: safe for terminals, XML and office files.

    >>> plain("甲" + chr(27) + "[31m乙" + chr(0x202e))
    '甲[31m乙'
    """
    return text if text.isprintable() else _CONTROL.sub("", text)


def line(text: str) -> str:
    """Return ``text`` as one line: controls dropped, runs of white space one blank.

    >>> line("甲" + chr(10) + " 乙 ")
    '甲 乙'
    """
    return " ".join(plain(text).split())


def number(value: float) -> str:
    """Return a number without a needless fraction.

    >>> number(20.0), number(33.33), number(1.5e16), number(0.1 + 0.2)
    ('20', '33.33', '15000000000000000', '0.3')
    """
    if value == int(value) and abs(value) < 1e18:
        return str(int(value))
    return f"{value:.12g}"


def quantity(value: float, unit: str) -> str:
    """Return a number with its unit; a ratio keeps its form 1:1.6.

    >>> quantity(1.6, "1:"), quantity(80, "%")
    ('1:1.6', '80%')
    """
    return f"1:{number(value)}" if unit == "1:" else f"{number(value)}{line(unit)}"


def amount(target: Target) -> str:
    """Return relation, value and unit of a target, with the baseline where there is one.

    >>> from planparse.model import Target
    >>> amount(Target(id="t", task=None, indicator="床位", relation="between", value=6, upper=8, unit="张"))
    '6—8张'
    >>> amount(Target(id="t", task=None, indicator="药占比", relation="le", value=20, unit="%", baseline=30))
    '≤20%（由30%）'
    """
    if target.value is None:
        return line(target.text)
    shown = quantity(target.value, target.unit)
    if target.relation == "between" and target.upper is not None:
        shown = f"{number(target.value)}—{quantity(target.upper, target.unit)}"
    base = f"（由{quantity(target.baseline, target.unit)}）" if target.baseline is not None else ""
    return f"{RELATION[target.relation]}{shown}{base}"


def target_line(target: Target) -> str:
    """Return indicator and amount: 「药占比 ≤20%」.

    >>> from planparse.model import Target
    >>> target_line(Target(id="t", task=None, indicator="药占比", relation="le", value=20, unit="%"))
    '药占比 ≤20%'
    """
    return f"{line(target.indicator)} {amount(target)}".strip()


def target_lines(targets: Iterable[Target], beside: Deadline | None) -> list[str]:
    """Return a line for each target of a task; a date of its own that ``beside``, the task's deadline, does not say is added.

    >>> from planparse.model import Target
    >>> t = Target(id="t", task=None, indicator="药占比", relation="le", value=20, unit="%", deadline=Deadline(text="2026年", end="2026-12-31"))
    >>> target_lines([t], None), target_lines([t], Deadline(text="2026年底", end="2026-12-31"))
    (['药占比 ≤20%（2026年）'], ['药占比 ≤20%'])
    """
    said = beside.end if beside else None
    return [
        target_line(t)
        + (
            f"（{line(t.deadline.text) or t.deadline.end}）"
            if t.deadline and t.deadline.end and t.deadline.end != said
            else ""
        )
        for t in targets
    ]


def names(departments: Iterable[Department]) -> str:
    """Return the names joined by 、, or by ； where a name holds a 、 itself.

    >>> names([Department(name="医务科", text="医务科", span=(0, 3)), Department(name="护理部", text="护理部", span=(4, 7))])
    '医务科、护理部'
    >>> names([Department(name="医务科", text="医务科", span=(0, 3)), Department(name="各临床、医技科室", text="", span=(4, 7))])
    '医务科；各临床、医技科室'
    """
    found = [line(one.name) for one in departments]
    return ("；" if any("、" in name for name in found) else "、").join(found)


def people(leaders: Iterable[Person]) -> str:
    """Return the leaders with their roles.

    >>> people([Person(name="周敏", role="副院长"), Person(name="分管院领导")])
    '周敏（副院长）、分管院领导'
    """
    return "、".join(
        line(one.name) + (f"（{line(one.role)}）" if one.role and one.role != one.name else "")
        for one in leaders
    )


def recurrence(deadline: Deadline | None) -> str:
    """Return the recurrence in words, empty where there is none."""
    return RECURRENCE[deadline.recurrence] if deadline and deadline.recurrence else ""


def due(deadline: Deadline | None) -> str:
    """Return the end as ISO date, empty where none is printed."""
    return (deadline.end or "") if deadline else ""


def deadline_words(deadline: Deadline | None) -> str:
    """Return the deadline as printed, with the date that it means; empty where none is printed.

    >>> deadline_words(Deadline(text="6月底前", end="2024-06-30"))
    '6月底前（2024-06-30）'
    """
    if deadline is None:
        return ""
    shown = line(deadline.text) or recurrence(deadline)
    if deadline.end and deadline.end != shown:
        return f"{shown}（{deadline.end}）" if shown else deadline.end
    return shown


def headline(task: Task, limit: int = 60) -> str:
    """Return one short line for a task: its title, else the beginning of its text, at most ``limit`` characters.

    A further part of an item (number with #) has the title of its item and is told apart by its text.

    >>> headline(Task(id="a", number="1", path=(), title=None, text="开展号源动态管理，提前告知患者。", span=(0, 16)))
    '开展号源动态管理，提前告知患者。'
    >>> headline(Task(id="a", number="一/1#2", path=(), title="规范秩序", text="推行诊间结算。", span=(0, 7)))
    '规范秩序：推行诊间结算。'
    """
    text = line(task.title or task.text)
    if task.title and "#" in task.number and not line(task.text).startswith(text):
        text = f"{text}：{line(task.text)}"
    return text if len(text) <= limit else text[: limit - 1] + "…"


def headlines(tasks: Sequence[Task], limit: int = 60) -> list[str]:
    """Return a short line for each task: where several have the same, what each does follows it.

    >>> rows = [Task(id=t, number="1", path=(), title="医共体建设", text=t, span=(0, 5)) for t in ("组建三大中心", "下派医师")]
    >>> headlines([*rows, Task(id="c", number="3", path=(), title="医保管理", text="降低费用", span=(0, 4))])
    ['医共体建设：组建三大中心', '医共体建设：下派医师', '医保管理']
    """
    shown = [headline(task, limit) for task in tasks]
    counts = Counter(shown)
    for k, task in enumerate(tasks):
        if counts[shown[k]] > 1 and task.title:
            title, text = line(task.title), line(task.text)
            longer = text if text.startswith(title) else f"{title}：{text}"
            shown[k] = longer if len(longer) <= limit else longer[: limit - 1] + "…"
    return shown


def targets_by_task(plan: Plan) -> dict[str | None, list[Target]]:
    """Return the targets of every task; those of the whole plan under None."""
    found: dict[str | None, list[Target]] = defaultdict(list)
    for target in plan.targets:
        found[target.task].append(target)
    return found
