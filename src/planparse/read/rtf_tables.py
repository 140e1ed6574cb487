"""A table of an RTF file, as its control words tell it: the right edges of a row's cells, then their text."""

from __future__ import annotations

from typing import Final

from planparse.errors import DamagedFile
from planparse.read import limits
from planparse.read.build import Cell
from planparse.read.edges import Edged, grid_by_edges

_EDGE_TOLERANCE: Final = 30  # twips
#: the width of a cell whose row tells no edges
_WIDTH: Final = 1000


class RtfTable:
    """The rows of the table that is being read; ``inside`` tells whether the paragraph in hand stands in a cell."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.inside = False
        self.cells: list[str] = []
        self._rows: list[list[Edged]] = []
        self._edges: list[Edged] = []
        self._above = self._left = False

    def word(self, word: str, number: int | None) -> None:
        """Act on a control word; any that is no table's is passed over."""
        if word == "trowd":
            self._edges = []
            self._above = self._left = False
        elif word == "clvmrg":
            self._above = True
        elif word == "clmrg":
            self._left = True
        elif word == "cellx":
            if len(self._edges) < limits.MAX_COLUMNS:
                self._edges.append(Edged(number or 0, Cell(), self._above, self._left))
            self._above = self._left = False
        elif word == "row":
            self._end_row()

    def _end_row(self) -> None:
        edges = self._edges or [Edged(_WIDTH * (i + 1), Cell()) for i in range(len(self.cells))]
        texts = self.cells + [""] * (len(edges) - len(self.cells))
        self._rows.append([edge._replace(cell=Cell(text)) for edge, text in zip(edges, texts, strict=False)])
        self.cells = []
        if len(self._rows) > limits.MAX_ROWS:
            raise DamagedFile(self._name, f"a table of more than {limits.MAX_ROWS} rows", "split the file")

    def take(self) -> list[list[Cell]] | None:
        """Return the grid of the rows that were read and begin anew; None where there are none."""
        rows, self._rows = self._rows, []
        return grid_by_edges(rows, _EDGE_TOLERANCE) if rows else None
