"""Automatic numbering of Word: numbering.xml and the counters that a document's paragraphs advance.

What Word does, ECMA-376 part 1, 17.9: lists that share an abstract definition share its counters; a level
starts again after a higher one unless ``lvlRestart`` says otherwise; ``startOverride`` holds once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from planparse.read.labels import bullet
from planparse.read.numerals import printed

LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as defined."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _Definition:
    levels: dict[int, Level]
    style_link: str | None = None
    counters: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(slots=True)
class _Num:
    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Numbering:
    """The lists of one document; ``label`` counts on, so ask once for each paragraph, in order."""

    def __init__(self, root: Any | None) -> None:
        self._abstracts: dict[str, _Definition] = {}
        self._nums: dict[str, _Num] = {}
        self._started: set[tuple[str, int]] = set()
        self._by_style: dict[str, str] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: Any) -> None:
        w = root.tag[: root.tag.rfind("}") + 1]
        for found in root.iterchildren(w + "abstractNum"):
            key = found.get(w + "abstractNumId", "")
            levels = {_index(lvl, w): _level(lvl, w) for lvl in found.iterchildren(w + "lvl")}
            self._abstracts[key] = _Definition(levels, _val(found, w, "numStyleLink"))
            style = _val(found, w, "styleLink")
            if style:
                self._by_style[style] = key
        for found in root.iterchildren(w + "num"):
            starts: dict[int, int] = {}
            levels = {}
            for override in found.iterchildren(w + "lvlOverride"):
                start = _val(override, w, "startOverride")
                if start is not None:
                    starts[_index(override, w)] = _int(start, 1)
                for lvl in override.iterchildren(w + "lvl"):
                    levels[_index(override, w)] = _level(lvl, w)
            self._nums[found.get(w + "numId", "")] = _Num(
                _val(found, w, "abstractNumId") or "", starts, levels
            )

    def _definition(self, num: _Num) -> _Definition | None:
        found = self._abstracts.get(num.abstract)
        if found is not None and found.style_link and not found.levels:
            return self._abstracts.get(self._by_style.get(found.style_link, ""), found)
        return found

    def level_of_style(self, num_id: str, style: str) -> int:
        """Return the level whose definition names a paragraph style, 0 when none does."""
        num = self._nums.get(num_id)
        definition = self._definition(num) if num else None
        if definition is None:
            return 0
        return next((index for index, level in definition.levels.items() if level.style == style), 0)

    def label(self, num_id: str, index: int) -> tuple[str, str] | None:
        """Count one paragraph and return its printed number and suffix kind, None without such a list."""
        num = self._nums.get(num_id)
        definition = self._definition(num) if num else None
        if num is None or definition is None or not 0 <= index < LEVELS:
            return None
        level = num.levels.get(index) or definition.levels.get(index)
        if level is None:
            return None
        counters = definition.counters
        override = num.starts.get(index)
        if override is not None and (num_id, index) not in self._started:
            counters[index] = override
        else:
            before = counters[index]
            counters[index] = level.start if before is None else before + 1
        self._started.add((num_id, index))
        for lower in range(index + 1, LEVELS):
            rule = definition.levels.get(lower, Level()).restart
            if rule is None or (rule and index < rule):
                counters[lower] = None
        return self._printed(level, num, definition), level.suffix

    def _printed(self, level: Level, num: _Num, definition: _Definition) -> str:
        if level.form == "bullet":
            return bullet(level.text)

        def fill(found: re.Match[str]) -> str:
            index = int(found.group(1)) - 1
            own = num.levels.get(index) or definition.levels.get(index) or Level()
            count = definition.counters[index]
            form = "decimal" if level.legal and own.form != "none" else own.form
            return printed(own.start if count is None else count, form)

        return _PLACE.sub(fill, level.text)


def _level(lvl: Any, w: str) -> Level:
    restart = _val(lvl, w, "lvlRestart")
    form = next((found.get(w + "val", "decimal") for found in lvl.iter(w + "numFmt")), "decimal")
    return Level(
        start=_int(_val(lvl, w, "start"), 1),
        form=form,
        text=_val(lvl, w, "lvlText") or "",
        suffix=_val(lvl, w, "suff") or "tab",
        restart=None if restart is None else _int(restart, 0),
        legal=_is_on(lvl, w, "isLgl"),
        style=_val(lvl, w, "pStyle"),
    )


def _index(element: Any, w: str) -> int:
    return _int(element.get(w + "ilvl"), 0)


def _val(element: Any, w: str, tag: str) -> str | None:
    found = element.find(w + tag)
    return None if found is None else found.get(w + "val")


def _is_on(element: Any, w: str, tag: str) -> bool:
    found = element.find(w + tag)
    return found is not None and found.get(w + "val", "1") not in ("0", "false", "off")


def _int(text: str | None, default: int) -> int:
    try:
        return int(text) if text is not None else default
    except ValueError:
        return default
