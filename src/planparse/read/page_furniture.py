"""Headers, footers and page numbers: lines that come again on other pages at the same height."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from planparse.read.page_lines import Run, lines_of

_EDGE_LINES: Final = 3
_ZONE: Final = 0.14  #: of the page's height, at its top and foot
_STEP: Final = 6.0  #: points within which two lines are at the same height
_PAGE_NUMBER: Final = re.compile(
    r"[-—–―‐·•.\s]{0,6}(?:\d{1,4}|[ivxlcIVXLC]{1,6})[-—–―‐·•.\s]{0,6}$|第\s?\d{1,4}\s?页(?:[\s,，/]{0,3}共\s?\d{1,4}\s?页)?$|"
    r"\d{1,4}\s?[/／]\s?\d{1,4}$|共\s?\d{1,4}\s?页[\s,，]{0,2}第\s?\d{1,4}\s?页$|Page\s?\d{1,4}(?:\s?of\s?\d{1,4})?$"
)
#: what a browser prints around a page: date and time, the title behind them; the address
_BROWSER: Final = re.compile(
    r"\d{2,4}/\d{1,2}/\d{1,4}[,，]?\s{0,3}(?:上午|下午|凌晨|晚上|中午)?\s?\d{1,2}:\d{2}(?:\s?[AP]M)?(?:\s.{0,200})?$|(?:https?|file)://\S{1,300}"
)
_DIGITS: Final = re.compile(r"\d+")
_LEADER: Final = re.compile(r"^.{1,80}?[.．…·⋯]{5,}\s*(?:\d{1,4}|[ivxlc]{1,6})$")
_CONTENTS: Final = re.compile(r"^(?:目\s*[录錄次]|contents)$", re.I)


def furniture_of(pages: Sequence[tuple[list[Run], float]]) -> set[int]:
    """Return the ``id`` of every run that is a header, a footer, a page number or a line of contents.

    ``pages`` are the runs and the height of each page.
    """
    seen: Counter[tuple[str, int]] = Counter()
    edges: list[list[tuple[Run, tuple[str, int], bool]]] = []
    for runs, height in pages:
        lines = lines_of([_copy(run) for run in runs])
        picked = {id(line): line for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])}.values()
        found = []
        for line in picked:
            in_zone = line.base < _ZONE * height or line.base > (1 - _ZONE) * height
            key = (_DIGITS.sub("#", "".join(line.text.split())), round(line.base / _STEP))
            found.append((line, key, in_zone))
        edges.append(found)
        seen.update({key for _, key, in_zone in found if in_zone})
    needed = max(2, round(0.4 * len(pages)))
    dropped: set[int] = set()
    for (runs, _), found in zip(pages, edges, strict=True):
        gone = [
            line
            for line, key, zone in found
            if zone and (_repeated(key, seen) >= needed or _is_number(line.text))
        ]
        gone.extend(_contents(runs))
        bases = sorted(line.base for line in gone)
        dropped.update(id(run) for run in runs if _is_near(run.base, bases, 0.4 * run.size))
    return dropped


def _is_near(base: float, bases: Sequence[float], reach: float) -> bool:
    at = bisect_left(bases, base - reach)
    return at < len(bases) and bases[at] <= base + reach


def _repeated(key: tuple[str, int], seen: Counter[tuple[str, int]]) -> int:
    text, place = key
    return seen[text, place - 1] + seen[text, place] + seen[text, place + 1]


def _is_number(text: str) -> bool:
    text = text.strip()
    return _PAGE_NUMBER.match(text) is not None or _BROWSER.match(text) is not None


def _contents(runs: Sequence[Run]) -> list[Run]:
    lines = lines_of([_copy(run) for run in runs])
    listed = [line for line in lines if _LEADER.match(line.text)]
    if listed:
        listed.extend(line for line in lines if _CONTENTS.match(line.text))
    return listed


def _copy(run: Run) -> Run:
    return replace(run)
