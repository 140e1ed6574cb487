"""Matrices: a column for each department, a mark (★ 牵头, △ 配合) or a role word where it takes part in a row.

What a mark means stands in the legend beside the table; a solid mark without legend leads and a hollow one
supports, which is said as a doubt. One kind of mark alone makes its departments responsible.
"""

from __future__ import annotations

from msgspec import Struct, field

from planparse.catalogue import build_forms
from planparse.extract.drafts import Doubt
from planparse.extract.grids import Grid
from planparse.extract.legends import SINGLE, SOLID, SYMBOLS, read_legend, role_of_word
from planparse.extract.roles import RoleWords, build_roles
from planparse.model import Span
from planparse.rulebook import Rulebook

#: so far from the table a legend is looked for
REACH = 300
_LONGEST_MARK = 6


class Matrix(Struct):
    """The columns of departments: each with the cell that names it; ``roles`` of the marks; the last header row."""

    names: dict[int, Span] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    header: int = -1
    doubt: Doubt | None = None


def find_matrix(text: str, grid: Grid, rules: Rulebook) -> Matrix | None:
    """Return the matrix of a table, or None where fewer than two columns of departments hold marks alone."""
    words = rules.compiled(build_roles)
    forms = rules.compiled(build_forms)
    matrix = Matrix()
    marks: set[str] = set()
    for k in range(max((len(row) for row in grid.rows), default=0)):
        name, own = _column(text, grid, k, words)
        if name is not None and own and forms.is_name(text[slice(*grid.rows[name][k])]):
            matrix.names[k] = grid.rows[name][k]
            matrix.header = max(matrix.header, name)
            marks |= own
    if len(matrix.names) < 2:
        return None
    matrix.roles = {mark: role for mark in marks if (role := role_of_word(mark, words))}
    symbols = marks - matrix.roles.keys()
    if symbols:
        around = text[max(0, grid.start - REACH) : grid.end + REACH]
        matrix.roles |= {mark: role for mark, role in read_legend(around, rules).items() if mark in symbols}
    unknown = sorted(symbols - matrix.roles.keys())
    if unknown:
        matrix.roles |= {mark: _convention(mark, unknown) for mark in unknown}
        said = f"分工矩阵中的符号 {'、'.join(unknown)} 没有说明，按惯例理解（实心为牵头，空心为配合；只有一种符号时为责任科室），请核对"
        matrix.doubt = Doubt(said, frozenset({"role"}))
    return matrix


def _convention(mark: str, unknown: list[str]) -> str:
    if len(unknown) == 1 or mark in SINGLE:
        return "responsible"
    return "lead" if mark in SOLID else "support"


def _column(text: str, grid: Grid, k: int, words: RoleWords) -> tuple[int | None, set[str]]:
    """Return the row of a column's name and its marks; nothing where another cell stands among the marks.

    Read from below: in most tables the lowest cell is no mark, and tells that the column has none that count.
    """
    name: int | None = None
    marks: set[str] = set()
    for r in range(len(grid.rows) - 1, -1, -1):
        row = grid.rows[r]
        if k >= len(row) or row[k][0] == row[k][1] or _is_across(row, k):
            continue
        printed = text[slice(*row[k])].strip()
        if printed in SYMBOLS or (
            len(printed) <= _LONGEST_MARK
            and role_of_word(printed, words) in ("lead", "responsible", "support")
        ):
            if name is not None:
                return None, set()
            marks.add(printed)
        elif not marks:
            return None, set()
        elif name is None:
            name = r
    return name, marks


def _is_across(row: list[Span], k: int) -> bool:
    """Whether the cell goes over a neighbour as well, as a legend or a category does over the whole row."""
    return (k > 0 and row[k - 1] == row[k]) or (k + 1 < len(row) and row[k + 1] == row[k])
