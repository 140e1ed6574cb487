"""The wall chart (作战图): departments against tasks, time bars to the deadline, state by colour and word.

One page of HTML and inline SVG, made to be printed on A3 landscape: the head row comes again on every sheet.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

from planparse.export import words
from planparse.export.item import SOON, STATES, Board, Item, alert, board_of, departments, due_day, iso
from planparse.export.output import replacing
from planparse.model import Plan, Task
from planparse.show.axis import WIDTH, Axis
from planparse.show.chart_style import STYLE, least_width
from planparse.show.html import one_line, page

#: departments with a column of their own; the others are named in a column of text
COLUMNS = 28
#: above this number of tasks empty cells of the matrix are joined, so that the page stays quick
_LARGE = 1000
_NO_HEADING = "其他（附表等）"
_ROLES = (("★", "牵头"), ("○", "责任"), ("△", "配合"))


def chart_of(plans: list[Plan] | tuple[Plan, ...], *, as_of: date | None = None) -> str:
    """Return the wall chart of plans as one page of HTML."""
    return chart_html(board_of(plans), as_of=as_of)


def write_chart(
    board: Board, out: Path, *, as_of: date | None = None, within: int = SOON
) -> tuple[Path, ...]:
    """Write the chart as ``.html``, or as ``.pdf`` where Chromium is found; return ``(out,)``. Raises ExportError."""
    content = chart_html(board, as_of=as_of, within=within)
    if out.suffix.lower() == ".pdf":
        from planparse.show.chromium import write_pdf

        return write_pdf(content, out)
    with replacing(out) as draft:
        draft.write_text(content, "utf-8")
    return (out,)


def chart_html(board: Board, *, as_of: date | None = None, within: int = SOON) -> str:
    """Return the wall chart of a board as one page of HTML; 临期 and 逾期 only where ``as_of`` gives the day."""
    chart = _Chart(board, as_of, within)
    return page(
        f"{board.title} 作战图",
        STYLE + least_width(len(chart.names), chart.rest, chart.axis is not None),
        chart.body(),
    )


class _Chart:
    """The parts of one chart."""

    def __init__(self, board: Board, as_of: date | None, within: int) -> None:
        self.board, self.as_of = board, as_of
        self.heads = dict(
            zip(
                (item.id for item in board.items),
                words.headlines([item.task for item in board.items], 64),
                strict=True,
            )
        )
        self.alerts = {item.id: alert(item, as_of, within) if as_of else "" for item in board.items}
        names = departments(board.items)
        self.names, self.rest = names[:COLUMNS], len(names) > COLUMNS
        self.column = {name: k for k, name in enumerate(self.names)}
        days = [day for item in board.items if (day := due_day(item.task))]
        starts = [
            day for item in board.items if item.task.deadline and (day := iso(item.task.deadline.start))
        ]
        self.axis = Axis.over(
            [*days, *starts], (iso(board.period[0]), iso(board.period[1])) if days else None
        )
        self.width = 5 + len(self.names) + self.rest + bool(self.axis)

    def body(self) -> str:
        rows: list[str] = []
        number = 0
        for band, group in groupby(self.board.items, key=self._band):
            if band or rows:  # what has no heading must not seem to stand under the one above
                rows.append(
                    f'<tr class="band"><th colspan="{self.width}" scope="rowgroup">{one_line(band or _NO_HEADING)}</th></tr>'
                )
            for item in group:
                number += 1
                rows.append(self._row(number, item))
        empty = "" if self.board.items else f'<tr><td colspan="{self.width}">没有任务</td></tr>'
        return (
            f"{self._grid()}<header><h1>{one_line(self.board.title)}<span> 作战图</span></h1>{self._summary()}</header>\n"
            f'<main class="sheet"><table>\n{self._columns()}{self._head()}<tbody>\n'
            + "\n".join(rows)
            + f"{empty}\n</tbody></table></main>\n{self._whole()}"
        )

    def _band(self, item: Item) -> str:
        title = words.line(item.task.title or "")
        path = " · ".join(part for part in item.task.path[:2] if words.line(part) != title)
        return f"{item.document}　{path}" if len(self.board.sources) > 1 else path

    def _summary(self) -> str:
        items = self.board.items
        states = "".join(
            f'<li><b class="s s{k}">{state}</b> {sum(i.people.status == state for i in items)}</li>'
            for k, state in enumerate(STATES)
        )
        late = ""
        if self.as_of:
            counts = [(sign, sum(one == sign for one in self.alerts.values())) for sign in ("逾期", "临期")]
            late = "".join(
                f'<li><b class="s a-{"late" if s == "逾期" else "soon"}">{s}</b> {n}</li>' for s, n in counts
            )
        roles = "".join(f"<li><b>{mark}</b> {name}</li>" for mark, name in _ROLES)
        day = f"<li>截至 {self.as_of.isoformat()}</li>" if self.as_of else ""
        return f'<ul class="legend"><li>共 <b>{len(items)}</b> 项</li>{states}{late}{roles}<li><i class="range"></i> 起止</li><li><i class="until"></i> 截止</li>{day}</ul>'

    def _columns(self) -> str:
        parts = [
            '<col class="n"><col class="t"><col class="g">',
            '<col class="d">' * len(self.names),
            '<col class="o">' if self.rest else "",
        ]
        parts.append('<col class="x">' if self.axis else "")
        return f'<colgroup>{"".join(parts)}<col class="w"><col class="z"></colgroup>\n'

    def _head(self) -> str:
        names = "".join(
            f'<th class="dep" scope="col"><span>{one_line(name)}</span></th>' for name in self.names
        )
        rest = '<th scope="col">其他科室</th>' if self.rest else ""
        axis = ""
        if self.axis:
            span = (
                f"{self.axis.first.year}年"
                if self.axis.first.year == self.axis.last.year
                else f"{self.axis.first.year}—{self.axis.last.year}年"
            )
            axis = f'<th class="axis" scope="col"><span>{span}</span><span class="ticks">{self._tick_names()}</span></th>'
        return f'<thead><tr><th scope="col">序号</th><th scope="col">重点任务</th><th scope="col">工作目标</th>{names}{rest}{axis}<th scope="col">完成时限</th><th scope="col">状态</th></tr></thead>\n'

    def _tick_names(self) -> str:
        return (
            "".join(f"<i>{name.removesuffix('月')}</i>" for _, name in self.axis.ticks) if self.axis else ""
        )

    def _grid(self) -> str:
        """Return the lines of the time axis, drawn once and used by every row."""
        if not self.axis:
            return ""
        lines = "".join(f"M{x:.0f} 0V20" for x, _ in self.axis.ticks[1:])
        now = (
            f'<path class="now" d="M{self.axis.at(self.as_of):.0f} 0V20"/>'
            if self.as_of and self.axis.first <= self.as_of <= self.axis.last
            else ""
        )
        return f'<svg class="defs" aria-hidden="true"><defs><g id="g"><path class="grid" d="{lines}"/>{now}</g></defs></svg>'

    def _row(self, number: int, item: Item) -> str:
        task, sign = item.task, self.alerts[item.id]
        state = STATES.index(item.people.status) if item.people.status in STATES else 0
        targets = "<br>".join(map(one_line, words.target_lines(item.targets, task.deadline)))
        chip = f'<b class="s s{state}">{one_line(item.people.status)}</b>'
        if sign:
            chip += f'<b class="s a-{"late" if sign == "逾期" else "soon"}">{sign}</b>'
        leaders = (
            f"<small class=who>责任领导：{one_line(words.people(task.leaders))}</small>"
            if task.leaders
            else ""
        )
        dropped = "" if item.active else '<em class="gone">方案已取消</em>'
        return (
            f"<tr{' class=gone' if not item.active else ''}><td>{number}<td>{one_line(self.heads[item.id])}{leaders}{dropped}<td>{targets}"
            f"{self._marks(task)}{self._time(task, state, sign)}<td>{self._when(task)}<td>{chip}"
        )

    def _marks(self, task: Task) -> str:
        cells = [""] * len(self.names)
        others: list[str] = []
        seen: set[str] = set()
        for (mark, role), group in zip(_ROLES, (task.lead, task.responsible, task.support), strict=True):
            for one in group:
                name = words.line(one.name)
                if name in seen:
                    continue
                seen.add(name)
                if name in self.column:
                    cells[self.column[name]] = f'<td class="{"lmn"[_ROLES.index((mark, role))]}">{mark}'
                else:
                    others.append(f"{mark}{one_line(name)}")
        if len(self.board.items) > _LARGE:
            shown = "".join(
                f'<td colspan="{len(list(run))}">' if blank else "".join(run)
                for blank, run in ((b, list(r)) for b, r in groupby(cells, key=lambda c: not c))
            )
        else:
            shown = "".join(cell or "<td>" for cell in cells)
        return shown + (f"<td>{'、'.join(others)}" if self.rest else "")

    def _time(self, task: Task, state: int, sign: str) -> str:
        if not self.axis:
            return ""
        start = iso(task.deadline.start) if task.deadline else None
        end = due_day(task)
        kind = "late" if sign == "逾期" else "soon" if sign == "临期" else f"k{state}"
        bars = ""
        if end:
            last = self.axis.end(end)
            first = self.axis.at(start) if start else 0.0
            tall, y = (8, 6) if start else (2, 9)
            bars = f'<rect class="{kind}" x="{first:.0f}" y="{y}" width="{max(last - first, 4):.0f}" height="{tall}"/><rect class="{kind} e" x="{max(last - 8, 0):.0f}" y="3" width="8" height="14"/>'
        elif task.deadline and task.deadline.recurrence:
            bars = f'<path class="{kind} r" d="M0 10H{WIDTH}"/>'
        return f'<td class="axis"><svg viewBox="0 0 {WIDTH} 20" preserveAspectRatio="none" aria-hidden="true"><use href="#g"/>{bars}</svg>'

    @staticmethod
    def _when(task: Task) -> str:
        if task.deadline is None:
            return '<i class="none">未写明时限</i>'
        printed = words.line(task.deadline.text) or words.recurrence(task.deadline)
        end = words.due(task.deadline)
        return one_line(printed) + (f"<small>{one_line(end)}</small>" if end and end != printed else "")

    def _whole(self) -> str:
        if not self.board.whole:
            return ""
        lines = "".join(
            f"<li>{one_line(words.target_line(t))}{'，' + one_line(words.deadline_words(t.deadline)) if t.deadline else ''}</li>"
            for t in self.board.whole
        )
        return f'<section class="whole"><h2>总体指标</h2><ul>{lines}</ul></section>\n'
