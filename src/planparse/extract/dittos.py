"""Marks in a cell that repeat the cell above: 〃, 同上."""

from __future__ import annotations

import re

from planparse.expressions import expression

_DITTO = expression(r"(?:〃|″|”|“|\"|〞|''|,,|ノ|同上|同前|同上行|ditto)$", re.I)
_LONGEST = 5


def is_ditto(cell: str) -> bool:
    """Whether a cell repeats the one above.

    >>> is_ditto("〃"), is_ditto("同上级")
    (True, False)
    """
    return len(cell) <= _LONGEST and _DITTO.match(cell) is not None
