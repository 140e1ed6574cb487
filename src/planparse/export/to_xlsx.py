"""The ledger workbook (台账工作簿) of plans that are in no ledger yet: see :mod:`planparse.export.workbook`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from planparse.export.item import SOON, board_of
from planparse.export.workbook import write_board
from planparse.model import Plan


def write(
    plans: Sequence[Plan], out: Path, *, as_of: date | None = None, within: int = SOON
) -> tuple[Path, ...]:
    """Write the workbook; 临期 and 逾期 are computed for the day ``as_of``, and left out without it."""
    return write_board(board_of(plans), out, as_of=as_of, within=within)
