"""Plain-text tables for terminals: columns aligned by East Asian width, long cells broken where Chinese may break.

>>> table((("科室", 4, 1), ("任务", 6, 3)), [["医务科", "改造病房"]], 40)
['科室    任务', '------  --------', '医务科  改造病房']
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import combining, east_asian_width

_GAP = "  "
# dates and words in ASCII stay whole
_TOKEN = re.compile(r"[!-~]+|[^!-~]")
_CLOSING = frozenset("，。、；：！？）》”’】」』…")

#: heading, least width in terminal cells, share of the room left over
Spec = Sequence[tuple[str, int, int]]


def width(text: str) -> int:
    """Return the number of terminal cells of ``text``: 2 for wide characters, 0 for combining ones."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def _tokens(line: str) -> list[str]:
    """Cut a line where it may break: between wide characters, never inside a date or word, nor before ，。、."""
    found: list[str] = []
    for token in _TOKEN.findall(line):
        if found and token in _CLOSING:
            found[-1] += token
        else:
            found.append(token)
    return found


def fit(text: str, cells: int) -> list[str]:
    """Return ``text`` broken into lines of at most ``cells`` (2 or more) terminal cells; blanks at breaks are dropped.

    >>> fit("医务科、护理部", 8), fit("完成于2024-06-30前", 10)
    (['医务科、', '护理部'], ['完成于', '2024-06-30', '前'])
    """
    lines: list[str] = []
    for part in text.split("\n"):
        now, used = "", 0
        for token in _tokens(part):
            for piece in [token] if width(token) <= cells else list(token):
                size = width(piece)
                if used + size > cells and now:
                    lines.append(now.rstrip())
                    now, used = "", 0
                if now or piece != " ":
                    now += piece
                    used += size
        if now or not part:
            lines.append(now.rstrip())
    return lines or [""]


def _pad(text: str, cells: int) -> str:
    return text + " " * (cells - width(text))


def table(spec: Spec, rows: Sequence[Sequence[str]], total: int) -> list[str]:
    """Return head, rule and rows as lines of at most ``total`` cells; a line break in a cell starts a new line of its row."""
    wide = _widths(rows, spec, total)
    lines = [_line([name for name, _, _ in spec], wide), _GAP.join("-" * w for w in wide)]
    for row in rows:
        cells = [fit(cell, w) for cell, w in zip(row, wide, strict=True)]
        lines += [
            _line([cell[k] if k < len(cell) else "" for cell in cells], wide)
            for k in range(max(map(len, cells)))
        ]
    return lines


def _line(cells: Sequence[str], wide: Sequence[int]) -> str:
    return _GAP.join(_pad(cell, w) for cell, w in zip(cells, wide, strict=True)).rstrip()


def _widths(rows: Sequence[Sequence[str]], spec: Spec, total: int) -> list[int]:
    """Return a width for each column: its need where that is small, else its share of the room."""
    need = [
        max([width(name), *(width(part) for row in rows for part in row[k].split("\n"))])
        for k, (name, _, _) in enumerate(spec)
    ]
    wide = [min(least, need[k]) for k, (_, least, _) in enumerate(spec)]
    room = total - sum(wide) - len(_GAP) * (len(spec) - 1)
    while room > 0:
        hungry = [k for k in range(len(spec)) if wide[k] < need[k]]
        if not hungry:
            break
        shares = sum(spec[k][2] for k in hungry)
        spent = 0
        for k in hungry:
            more = min(need[k] - wide[k], max(1, room * spec[k][2] // shares), room - spent)
            wide[k] += more
            spent += more
        room -= spent
    return wide
