"""HTML of records for notebooks: compact, every text escaped, nothing fetched, no script.

>>> from planparse.model import Target
>>> "&lt;b&gt;" in target_html(Target(id="q", task=None, indicator="<b>", value=5, unit="%"))
True
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from planparse.export import words
from planparse.model import Deadline, Plan, Target, Task
from planparse.show.html import one_line, text
from planparse.show.marks import KINDS, marks_of, pieces

#: rows of a table that are shown; the rest is counted
ROWS = 30
#: characters of the source that are shown
CHARACTERS = 20_000
_COLOURS = {
    "lead": "#f8c8c4", "responsible": "#fbe2b6", "support": "#dcecc8", "leader": "#e3d3f2",
    "deadline": "#c6e2f7", "target": "#c9ece3", "repair": "#e8eaed",
}  # fmt: skip
_CELL = "text-align:left;vertical-align:top;padding:2px 8px;max-width:28em"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], count: int) -> str:
    """Return a table of escaped cells, at most :data:`ROWS` rows, and how many are left out."""
    head = "".join(f'<th style="{_CELL}">{one_line(one)}</th>' for one in heads)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{cell}</td>' for cell in row) + "</tr>"
        for row in islice(rows, ROWS)
    )
    more = f"<p>…… 另有 {count - ROWS} 行 / {count - ROWS} more rows</p>" if count > ROWS else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _due(deadline: Deadline | None) -> str:
    return one_line(words.deadline_words(deadline)) if deadline else ""


def _task_row(task: Task, targets: Sequence[Target]) -> tuple[str, ...]:
    return (
        one_line(task.number), one_line(words.headline(task, 60)), one_line(words.names(task.lead) or ""), one_line(words.names(task.responsible) or ""),
        one_line(words.names(task.support) or ""), _due(task.deadline), "；".join(one_line(words.target_line(t)) for t in targets),
    )  # fmt: skip


def _target_row(target: Target) -> tuple[str, ...]:
    return (
        one_line(target.indicator),
        one_line(words.amount(target)),
        _due(target.deadline),
        one_line(target.code or ""),
    )


def plan_html(plan: Plan) -> str:
    """Return the view of a plan: what it is, its tasks and targets, and its source, collapsed, with highlights."""
    document = plan.document
    facts = "　".join(
        one_line(part) for part in (document.issuer, document.number, document.date, document.kind) if part
    )
    targets = words.targets_by_task(plan)
    tasks = _table(
        ("编号", "任务", "牵头", "责任", "配合", "时限", "指标"),
        (_task_row(t, targets.get(t.id, ())) for t in plan.tasks),
        len(plan.tasks),
    )
    loose = [one for one in plan.targets if one.task is None]
    whole = (
        f"<p>全文指标</p>{_table(('指标', '目标', '时限', '代码'), map(_target_row, loose), len(loose))}"
        if loose
        else ""
    )
    return (
        f'<div class="planparse"><b>{one_line(document.title or document.source)}</b><br><small>{facts}　任务 {len(plan.tasks)}　指标 {len(plan.targets)}'
        f"　修复 {len(plan.repairs)}</small>{tasks}{whole}{_notes(plan)}{_source(plan)}</div>"
    )


def _notes(plan: Plan) -> str:
    return (
        "<ul>" + "".join(f"<li>{one_line(one)}</li>" for one in plan.warnings[:10]) + "</ul>"
        if plan.warnings
        else ""
    )


def _source(plan: Plan) -> str:
    if not plan.text:
        return ""
    shown = []
    for piece in pieces(plan.text, marks_of(plan)):
        if piece.start >= CHARACTERS:
            shown.append(f"…… 另有 {len(plan.text) - piece.start} 字")
            break
        words_ = text(plan.text[piece.start : piece.end])
        kind = piece.mark.kind if piece.mark else ""
        if kind in _COLOURS:
            words_ = (
                f'<mark style="background:{_COLOURS[kind]};color:#111" title="{KINDS[kind]}">{words_}</mark>'
            )
        shown.append(words_)
    legend = " ".join(
        f'<mark style="background:{colour};color:#111">{KINDS[kind]}</mark>'
        for kind, colour in _COLOURS.items()
    )
    body = "".join(shown)
    return f'<details><summary>原文 source（{len(plan.text)} 字）</summary><p>{legend}</p><div style="white-space:pre-wrap;text-align:left">{body}</div></details>'


def task_html(task: Task) -> str:
    """Return the view of one task."""
    people = words.people(task.leaders) if task.leaders else ""
    rows = (
        ("编号", one_line(task.number)), ("章节", one_line(" › ".join(task.path))), ("内容", text(task.text[:1000])), ("牵头", one_line(words.names(task.lead) or "")),
        ("责任", one_line(words.names(task.responsible) or "")), ("配合", one_line(words.names(task.support) or "")), ("责任领导", one_line(people or "")),
        ("时限", _due(task.deadline)), ("原文", f"{task.span[0]}–{task.span[1]}"), ("置信度", f"{task.confidence:.2f}"),
    )  # fmt: skip
    return _pairs(words.headline(task, 80), rows)


def target_html(target: Target) -> str:
    """Return the view of one target."""
    rows = (
        ("目标", one_line(words.amount(target))), ("时限", _due(target.deadline)), ("代码", one_line(target.code or "")), ("原文", one_line(target.text)),
        ("位置", f"{target.span[0]}–{target.span[1]}"),
    )  # fmt: skip
    return _pairs(target.indicator, rows)


def _pairs(head: str, rows: Iterable[tuple[str, str]]) -> str:
    body = "".join(
        f'<tr><th style="{_CELL}">{name}</th><td style="{_CELL}">{value}</td></tr>'
        for name, value in rows
        if value
    )
    return f'<div class="planparse"><b>{one_line(head)}</b><table>{body}</table></div>'
