"""Which cell of a row stands under which column, where a text prints fewer cells than the table has columns."""

from __future__ import annotations

from itertools import pairwise

from msgspec import Struct

from planparse.expressions import expression
from planparse.extract.alignment import align
from planparse.extract.cell_words import CellWords
from planparse.extract.dittos import is_ditto
from planparse.extract.grids import Grid
from planparse.extract.headers import Header
from planparse.model import Span

_PERSON = expression(r"^[\u4e00-\u9fff]{2,4}$")
#: an index that is no plain number: A-02, 3.1, （2）, 二
_CODE = expression(
    r"[（(]?(?:[A-Za-z]{0,3}[-—.]?\d{1,4}(?:[-—.]\d{1,3})?|[一二三四五六七八九十]{1,3}|[①-⒛㈠-㈩])[）)]?[、.．]?"
)
_DATE = expression(r"\d{4}年|月|季度|每[日周月季年]|上半年|下半年|年底|长期|\d{4}[.\-/]\d")
_DIGIT = expression(r"[0-9]")


class RowCells(Struct):
    """Puts the cells of a row under the columns, by what each looks like: a date, a department, a text."""

    text: str
    grid: Grid
    columns: list[Header]
    words: CellWords
    fields: frozenset[str | None] = frozenset()

    def __post_init__(self) -> None:
        self.fields = frozenset(column.field for column in self.columns)

    def parted(self, row: list[Span]) -> list[list[Span]]:
        """Part the cells of several rows whose blank cells are not printed: a row begins with a text behind the cells of short columns."""
        width = len(self.columns)
        expected = [self._expected(c) for c in self.columns]
        short = next((k for k, kind in enumerate(expected) if k and kind != "text"), width)
        if len(row) <= width or not self.grid.columns or short == width or "text" in expected[short:]:
            return [row]
        kinds = [self._kind(cell) for cell in row]
        cuts = [0]
        for k in range(2, len(row)):
            at = k - (kinds[k - 1] == "any" and kinds[k - 2] == expected[-1])  # 〃 in the place of the task
            if kinds[k] == "text" and kinds[k - 1] not in ("text", "index") and at > cuts[-1]:
                cuts.append(at)
        parts = [row[a:b] for a, b in pairwise([*cuts, len(row)])]
        return parts if all(len(part) <= width for part in parts) else [row]

    def fit(self, row: list[Span], *, below: bool) -> list[Span]:
        """Return a cell for every column; ``below`` tells that rows stand above, whose cells this one may go on from."""
        width = len(self.columns)
        if len(row) == width or self.grid.merged:
            row = list(row[:width])
        elif self.grid.columns:
            before = self._blank_before(row, below)
            row = [(row[0][0], row[0][0])] * before + align(
                row, [self._expected(c) for c in self.columns[before:]], self._kind
            )
        return row[:width] + [(row[-1][1], row[-1][1])] * (width - len(row))

    def _blank_before(self, row: list[Span], below: bool) -> int:
        """How many columns a row below merged cells leaves blank: one without index begins with the last of the columns of work."""
        kinds = [self._kind(cell) for cell in row]
        if (
            not below
            or kinds[0] == "index"
            or _CODE.fullmatch(self.text, *row[0])
            or len(row) > len(self.columns)
        ):
            return 0
        work = [
            k
            for k, c in enumerate(self.columns)
            if c.field in ("index", "category", "problem", "task", "measure", "goal")
        ]
        marks = next((k for k, kind in enumerate(kinds) if kind != "any"), len(kinds))
        texts = next((k for k in range(marks, len(kinds)) if kinds[k] != "text"), len(kinds))
        first = work[max(0, len(work) - max(1, texts))] if work and work[0] == 0 else 0
        return min(first, len(self.columns) - len(row))

    @staticmethod
    def _expected(column: Header) -> str:
        if column.field in ("lead", "responsible", "support", "roles"):
            return "department"
        return {
            "leader": "person",
            "deadline": "date",
            "index": "index",
            "target": "number",
            "baseline": "number",
        }.get(column.field or "", "text")

    def _kind(self, span: Span) -> str:
        cell = self.text[span[0] : span[1]]
        if cell.isdigit():
            return "index"
        if is_ditto(cell) or self.words.none.match(cell):
            return "any"
        if self.words.office.search(cell) and len(cell) <= 30:
            return "department"
        if _DATE.search(cell) and len(cell) <= 16:
            return "date"
        if _DIGIT.search(cell) and len(cell) <= 12 and not self.fields.isdisjoint(("target", "baseline")):
            return "number"
        return "person" if "leader" in self.fields and _PERSON.match(cell) else "text"
