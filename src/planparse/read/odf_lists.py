"""Automatic numbering of OpenDocument (ODF 1.3 part 3, 5.3 and 19.880): list styles and running counters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from planparse.read.labels import bullet
from planparse.read.numerals import printed

LEVELS: Final = 10
#: first sign of ``style:num-format`` -> OOXML's name of the same format
_FORMATS: Final = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "①": "decimalEnclosedCircle",
    "⑴": "decimalEnclosedParen",
    "⒈": "decimalEnclosedFullstop",
    "㊀": "ideographEnclosedCircle",
    "１": "decimalFullWidth",
    "0": "decimalZero",
}
_PLACE: Final = re.compile(r"%([1-9]|10)%")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list style."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1
    pattern: str | None = None
    glyph: str | None = None


@dataclass(slots=True)
class _Run:
    """The counters of one list that goes on."""

    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class ListStyles:
    """The list styles of a document and the lists that are running."""

    def __init__(self) -> None:
        self._styles: dict[str, dict[int, ListLevel]] = {}
        self._runs: dict[str, _Run] = {}  # by xml:id of the list
        self._last: dict[str, _Run] = {}  # by style name
        self.outline = _Run()

    def load(self, root: Any) -> None:
        """Take the list styles of one part (styles.xml, content.xml)."""
        for kind in ("list-style", "outline-style"):
            for style in root.iter("{*}" + kind):
                key = "outline" if kind == "outline-style" else attribute(style, "name") or ""
                self._styles[key] = {
                    int(attribute(level, "level") or 1): _level(level)
                    for level in style.iterchildren()
                    if attribute(level, "level")
                }

    def begin(self, style: str, own_id: str | None, follows: str | None, goes_on: bool) -> _Run:
        """Return the counters of a list that begins here: its own, or those that it continues."""
        run = self._runs.get(follows or "") if follows else self._last.get(style) if goes_on else None
        run = run or _Run()
        self._last[style] = run
        if own_id:
            self._runs[own_id] = run
        return run

    def label(self, style: str, level: int, run: _Run, start: int | None = None) -> str:
        """Count one item at a level (from 1) and return its printed number, empty without such a style."""
        levels = self._styles.get(style, {})
        own = levels.get(level)
        if own is None or not 1 <= level <= LEVELS:
            return ""
        if own.glyph is not None:
            return bullet(own.glyph)
        before = run.counts[level - 1]
        run.counts[level - 1] = start if start is not None else own.start if before is None else before + 1
        for lower in range(level, LEVELS):
            run.counts[lower] = None

        def count(index: int) -> str:
            at = levels.get(index) or ListLevel()
            value = run.counts[index - 1]
            return printed(at.start if value is None else value, at.form or "none")

        if own.pattern is not None:
            return _PLACE.sub(lambda found: count(int(found.group(1))), own.pattern)
        if not own.form:
            return own.prefix + own.suffix if own.prefix.strip() else ""
        shown = [count(index) for index in range(max(1, level - own.shown + 1), level + 1)]
        return own.prefix + ".".join(part for part in shown if part) + own.suffix


def _level(level: Any) -> ListLevel:
    glyph = attribute(level, "bullet-char") if level.tag.endswith("bullet") else None
    if level.tag.endswith("image"):
        glyph = "•"
    form = attribute(level, "num-format") or ""
    return ListLevel(
        form=_FORMATS.get(form[:1], "decimal") if form else "",
        prefix=attribute(level, "num-prefix") or "",
        suffix=attribute(level, "num-suffix") or "",
        start=int(attribute(level, "start-value") or 1),
        shown=int(attribute(level, "display-levels") or 1),
        pattern=attribute(level, "num-list-format"),
        glyph=glyph,
    )


def attribute(element: Any, name: str) -> str | None:
    """Return an attribute by its local name, whatever its namespace prefix."""
    ending = "}" + name
    return next((value for key, value in element.attrib.items() if key.endswith(ending)), None)
