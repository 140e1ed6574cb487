"""All tables of a document: those of the file and those that the text renders, read in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

from msgspec import Struct, field

from planparse.clean import Clean
from planparse.expressions import expression
from planparse.extract.annotation_grammar import parse_annotation
from planparse.extract.cell_words import build_cell_words
from planparse.extract.dates import Calendar
from planparse.extract.drafts import Doubt, TargetDraft, TaskDraft
from planparse.extract.forms import read_sides
from planparse.extract.front import Front, build_front
from planparse.extract.grids import Grid, find_grids
from planparse.extract.headers import build_headers
from planparse.extract.loose_grids import find_loose_grids
from planparse.extract.roles import build_roles
from planparse.extract.tables import TableResult, read_table
from planparse.extract.titles import number_of
from planparse.extract.turned_grids import straightened
from planparse.model import Source, Span
from planparse.rulebook import Rulebook
from planparse.segment.closing import build_closing
from planparse.segment.nodes import Outline

_ROLES = frozenset({"lead", "responsible", "support", "leader", "roles", "matrix"})
#: no line of roles above a table is longer
_LONGEST_LINE = 200
#: no heading of a table is longer, nor holds such marks
_LONGEST_HEADING = 30
_SENTENCE = expression("[，。；！？]")
#: the record of a page stands above its text
_RECORD = 1000


class Tables(Struct):
    """The grids of a document in the clean text; ``read`` fills tasks and targets."""

    grids: list[Grid]
    tasks: list[TaskDraft] = field(default_factory=list)
    targets: list[TargetDraft] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def spans(self) -> list[Span]:
        """Where the tables stand, sorted, in the clean text."""
        return [(g.start, g.end) for g in self.grids]

    def read(
        self,
        text: str,
        tree: Outline,
        calendar: Calendar,
        rules: Rulebook,
        parts: Collection[int] = (),
        items: list[TaskDraft] | None = None,
    ) -> None:
        """Read every grid; a table without header continues the one before.

        A table in an attachment, behind one of the offsets ``parts`` and the last heading, is in no section. Of the
        tasks ``items``, an annotated heading right above a table is taken out: its roles hold for the rows.
        """
        before: TableResult | None = None
        breaks = sorted(parts)
        starts = [node.start for node in tree.nodes]
        for grid in self.grids:
            k = bisect_right(starts, grid.start) - 1
            node = tree.nodes[k] if k >= 0 else None
            part = bisect_right(breaks, grid.start) - 1
            if node is not None and part >= 0 and breaks[part] > node.start:
                node = None
            path = tuple(step.heading for step in node.up() if step.heading) if node else ()
            result = read_table(
                text,
                grid,
                calendar,
                rules,
                path=path,
                number=number_of(node, text) if node else "",
                before=before,
            )
            if result is None:
                continue
            before = result if not grid.turned else None
            heading = _heading_over(text, grid, items or ()) if result.tasks else None
            if items and heading is not None:
                items.remove(heading)
                _inherit(heading, result)
            if result.tasks and not _ROLES.intersection(c.field for c in result.columns or ()):
                _lend(text, grid, result, calendar, rules)
            self.tasks += result.tasks
            self.targets += result.targets
            self.doubts += [result.doubt] if result.doubt and result.tasks else []


def _lend(text: str, grid: Grid, result: TableResult, calendar: Calendar, rules: Rulebook) -> None:
    """Give the rows of a table without columns of roles what the line right above it says: 责任科室：护理部　责任人：王芳."""
    end = grid.start
    while end > 0 and text[end - 1] in "\n \u3000":
        end -= 1
    start = text.rfind("\n", max(0, end - _LONGEST_LINE), end) + 1
    words = rules.compiled(build_roles)
    if end - start > _LONGEST_LINE or not words.line.match(text, start, end):
        return
    annotation = parse_annotation(text, start, end, calendar, rules, words, strict=False)
    if annotation is None or not annotation.has_roles:
        return
    for task in result.tasks:
        if not task.names and not task.people:
            task.names, task.people = list(annotation.names), list(annotation.people)
            task.dates = task.dates or list(annotation.dates)


def _heading_over(text: str, grid: Grid, items: Sequence[TaskDraft]) -> TaskDraft | None:
    """Return the task that is no more than the heading of a table: 「（二）学科建设（分管领导：宁婉）」, the table right below."""
    k = bisect_right(items, grid.start, key=lambda item: item.start) - 1
    above = items[k] if k >= 0 else None
    if (
        above is None
        or above.source != "annotation"
        or len(above.parts) > 1
        or above.end - above.start > _LONGEST_HEADING
    ):
        return None
    before = items[k - 1] if k else None
    if before is not None and len(before.path) == len(above.path) and before.path[:-1] == above.path[:-1]:
        return None  # the last item of a list
    between = text[above.end : grid.start].rstrip()
    return (
        above
        if above.end < grid.start
        and "\n" not in between
        and _SENTENCE.search(text, above.start, above.end) is None
        else None
    )


def _inherit(heading: TaskDraft, result: TableResult) -> None:
    """Give the roles and the date of a heading to the rows below that have none of their own."""
    for task in result.tasks:
        if not task.names and not task.people:
            task.names, task.people = list(heading.names), list(heading.people)
        task.dates = task.dates or list(heading.dates)


def _is_record(text: str, grid: Grid, front: Front) -> bool:
    """Whether a grid at the head of a page is the record of the document (索引号 | … | 发布机构 | …), no table of its text."""
    if grid.start > _RECORD:
        return False
    told = sum(front.record.match(text[row[0][0] : row[0][1] + 3]) is not None for row in grid.rows if row)
    return told > 0 and 2 * told >= len(grid.rows)


def read_tables(clean: Clean, source: Source, rules: Rulebook, furniture: Sequence[Span] = ()) -> Tables:
    """Return the grids: file tables mapped to the clean text, and tables that the text renders, ``furniture`` passed over."""
    grids: list[Grid] = []
    headers, words = rules.compiled(build_headers), rules.compiled(build_cell_words)
    for table in source.tables:
        rows = [[(clean.clean_position(a), clean.clean_position(b)) for a, b in row] for row in table.rows]
        start, end = clean.clean_position(table.span[0]), clean.clean_position(table.span[1])
        form = read_sides(clean.text, rows, headers) if rows else None
        grids.append(
            Grid(start, end, form.rows if form else rows, merged=True, heads=form.heads if form else None)
        )
    closing = rules.compiled(build_closing)
    found = find_grids(
        clean.text, headers, words, closing, skip=[(g.start, g.end) for g in grids], furniture=furniture
    )
    grids = sorted(
        [g for g in [*grids, *found] if not _is_record(clean.text, g, rules.compiled(build_front))],
        key=lambda g: g.start,
    )
    grids = [straightened(clean.text, grid, headers) for grid in grids]
    loose = find_loose_grids(clean.text, headers, words, [(g.start, g.end) for g in grids])
    return Tables(sorted([*grids, *loose], key=lambda g: g.start) if loose else grids)
