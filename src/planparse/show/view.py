"""The document with every mention highlighted beside its records, each linked to its place.

A page without scripts: links lead from a mention to its record and back, so keyboard and phone work as they
do for any page; the style's ``:target`` shows where one has come to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

from planparse.errors import ExportError
from planparse.export import words
from planparse.export.item import doubts
from planparse.export.output import replacing
from planparse.model import Deadline, Plan, Span, Target, Task
from planparse.show.html import one_line, page, text
from planparse.show.marks import KINDS, Mark, Piece, marks_of, pieces
from planparse.show.view_style import STYLE


def write_view(plan: Plan, out: Path) -> tuple[Path, ...]:
    """Write the page of a plan to ``out``; return ``(out,)``. Raises ExportError for a plan without its source text."""
    content = view_html(plan)
    with replacing(out) as draft:
        draft.write_text(content, "utf-8")
    return (out,)


def view_html(plan: Plan) -> str:
    """Return the document and its records as one page of HTML.

    Raises ExportError where the plan came from JSON and so has no source text.
    """
    if not plan.text:
        raise ExportError(
            f"{plan.document.source}: 只有记录、没有原文，请给出原文件。records alone, without the text that they were read from; give the document itself"
        )
    return page(plan.document.title or plan.document.source, STYLE, _View(plan).body())


class _View:
    """The parts of one page."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.marks = marks_of(plan)
        self.anchors = {(mark.kind, mark.span): mark.anchor for mark in self.marks}
        self.targets = words.targets_by_task(plan)
        self.number = {target.id: k for k, target in enumerate(plan.targets)}
        self.blocks = sorted((block for block in plan.blocks if block.place), key=lambda b: b.span)
        self.starts = [block.span[0] for block in self.blocks]

    def body(self) -> str:
        document = self.plan.document
        facts = [
            one_line(part)
            for part in (document.issuer, document.number, document.date, document.source)
            if part
        ]
        legend = "".join(
            f'<li><span class="m {kind}">{name}</span> {self._count(kind)}</li>'
            for kind, name in KINDS.items()
            if self._count(kind)
        )
        return (
            '<nav class="skip"><a href="#text">正文</a><a href="#tasks">任务</a><a href="#targets">指标</a><a href="#notes">提示</a></nav>\n'
            f'<header><h1>{one_line(document.title or document.source)}</h1><p>{"　".join(facts)}</p><ul class="legend">{legend}</ul></header>\n'
            f'<div class="panes"><main id="text" tabindex="-1" aria-label="正文">\n{self._text()}\n</main>\n'
            f'<aside aria-label="记录">\n{self._tasks()}{self._targets()}{self._notes()}</aside></div>'
        )

    def _count(self, kind: str) -> int:
        return sum(mark.kind == kind for mark in self.marks)

    # -- the text -------------------------------------------------------------------------------------------

    def _text(self) -> str:
        lines: list[str] = []
        now: list[str] = []
        for piece in pieces(self.plan.text, self.marks):
            now.append(self._piece(piece))
            if self.plan.text[piece.end - 1 : piece.end] == "\n":
                lines.append("".join(now))
                now = []
        lines.append("".join(now))
        return "\n".join(f"<p>{line}</p>" for line in lines if line)

    def _piece(self, piece: Piece) -> str:
        anchors = [
            f'<a class="n" id="{m.anchor}" href="#{m.records[0]}">{int(m.records[0][1:]) + 1}</a>'
            for m in piece.begins
            if m.kind == "task"
        ]
        others = [m for m in piece.begins if m.kind != "task"]
        shown = text(self.plan.text[piece.start : piece.end].removesuffix("\n"))
        mark = piece.mark
        if mark is None or mark.kind == "task" or not shown:
            anchors += [f'<i id="{m.anchor}"></i>' for m in others]
            return "".join(anchors) + (
                f'<span class="in">{shown}</span>' if piece.in_task and shown else shown
            )
        anchors += [f'<i id="{m.anchor}"></i>' for m in others if m is not mark]
        own = f' id="{mark.anchor}"' if mark in others else ""
        kinds = f"m {mark.kind}" + (" in" if piece.in_task else "")
        told = text(self._title(mark))
        if not mark.records:
            return f'{"".join(anchors)}<span class="{kinds}"{own} title="{told}">{shown}</span>'
        return (
            f'{"".join(anchors)}<a class="{kinds}"{own} href="#{mark.records[0]}" title="{told}">{shown}</a>'
        )

    @staticmethod
    def _title(mark: Mark) -> str:
        more = f"，共用于 {len(mark.records)} 条记录" if len(mark.records) > 1 else ""
        return f"{KINDS[mark.kind]}{more}" + (f"；{mark.note}" if mark.note else "")

    # -- the records ----------------------------------------------------------------------------------------

    def _link(self, kind: str, span: Span, shown: str) -> str:
        anchor = self.anchors.get((kind, span))
        return (
            f'<a class="m {kind}" href="#{anchor}">{one_line(shown)}</a>'
            if anchor
            else f'<span class="m {kind}">{one_line(shown)}</span>'
        )

    def _place(self, span: Span) -> str:
        at = bisect_right(self.starts, span[0]) - 1
        named = self.blocks[at].place if at >= 0 and self.blocks[at].span[1] > span[0] else ""
        return one_line(" ".join(part for part in (named, f"第 {span[0]}–{span[1]} 字") if part))

    def _tasks(self) -> str:
        cards = "\n".join(self._task(number, task) for number, task in enumerate(self.plan.tasks))
        return f'<section id="tasks" tabindex="-1"><h2>任务 {len(self.plan.tasks)}</h2>\n{cards}</section>\n'

    def _task(self, number: int, task: Task) -> str:
        rows = []
        for kind, group in (
            ("lead", task.lead),
            ("responsible", task.responsible),
            ("support", task.support),
        ):
            rows.append((KINDS[kind], "".join(self._link(kind, one.span, one.name) for one in group)))
        rows.append(
            (
                KINDS["leader"],
                "".join(self._link("leader", one.span, words.people([one])) for one in task.leaders),
            )
        )
        rows.append((KINDS["deadline"], self._deadline(task.deadline)))
        rows.append(
            (KINDS["target"], "".join(self._target_link(target) for target in self.targets.get(task.id, ())))
        )
        shown = "".join(f"<dt>{name}<dd>{value}" for name, value in rows if value)
        why = "；".join(doubts(task, self.targets.get(task.id, ())))
        warn = f'<p class="why">待核实：{one_line(why)}</p>' if why else ""
        anchor = self.anchors.get(("task", task.span))
        head = f'<a href="#{anchor}">{number + 1}</a>' if anchor else f"{number + 1}"
        path = " › ".join(map(words.line, task.path))
        return (
            f'<article id="t{number}" tabindex="-1"><h3>{head} {one_line(words.headline(task, 80))}</h3>'
            f'<p class="path">{one_line(path)}　{one_line(task.number)}</p><dl>{shown}</dl>{warn}'
            f'<p class="place">{self._place(task.span)}　把握 {task.confidence:.2f}</p></article>'
        )

    def _deadline(self, deadline: Deadline | None) -> str:
        return self._link("deadline", deadline.span, words.deadline_words(deadline)) if deadline else ""

    def _target_link(self, target: Target) -> str:
        return (
            f'<a class="m target" href="#g{self.number[target.id]}">{one_line(words.target_line(target))}</a>'
        )

    def _targets(self) -> str:
        rows = []
        owners = {task.id: k for k, task in enumerate(self.plan.tasks)}
        for number, target in enumerate(self.plan.targets):
            owner = (
                f'<a href="#t{owners[target.task]}">任务 {owners[target.task] + 1}</a>'
                if target.task in owners
                else "全文"
            )
            rows.append(
                f'<tr id="g{number}" tabindex="-1"><td>{self._link("target", target.span, words.line(target.indicator))}<td>{one_line(words.amount(target))}'
                f"<td>{self._deadline(target.deadline)}<td>{owner}"
            )
        head = "<thead><tr><th>指标<th>目标<th>时限<th>所属</thead>" if rows else ""
        return f'<section id="targets" tabindex="-1"><h2>指标 {len(rows)}</h2><table>{head}<tbody>{"".join(rows)}</tbody></table></section>\n'

    def _notes(self) -> str:
        lines: Iterable[str] = self.plan.warnings
        shown = "".join(f"<li>{one_line(line)}</li>" for line in lines)
        repairs = f"<p>修复 {len(self.plan.repairs)} 处。</p>" if self.plan.repairs else ""
        return (
            f'<section id="notes" tabindex="-1"><h2>提示</h2>{repairs}<ul>{shown}</ul></section>\n'
            if shown or repairs
            else '<section id="notes" tabindex="-1"></section>\n'
        )
