"""Paragraph styles of Word: what a style id means for headings, numbering, hidden text and contents lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

_HEADING: Final = re.compile(r"(?:heading|标题|標題)\s?([1-9])$", re.I)
_CONTENTS: Final = re.compile(r"(?:toc|目录|目錄|contents)(?:\s?[1-9]| heading|\s?标题)?$", re.I)
_MAX_CHAIN: Final = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of one style, inherited through ``basedOn``."""

    heading: str | None = None  #: "title", "heading 1" … "heading 9"
    num_id: str | None = None
    num_level: int | None = None
    num_style: str | None = None  #: the style in the chain that carries the numbering
    hidden: bool = False
    contents: bool = False


class Styles:
    """The styles of one document by id, resolved on demand."""

    def __init__(self, root: Any | None) -> None:
        self._raw: dict[str, Any] = {}
        self._done: dict[str, Style] = {}
        self._default: str | None = None
        self._w = ""
        if root is not None:
            self._w = w = root.tag[: root.tag.rfind("}") + 1]
            for found in root.iterchildren(w + "style"):
                self._raw[found.get(w + "styleId", "")] = found
                if found.get(w + "type") == "paragraph" and found.get(w + "default") in ("1", "true", "on"):
                    self._default = found.get(w + "styleId")

    def get(self, style_id: str | None) -> Style:
        """Return the style of an id (the default paragraph style for None); unknown ids mean nothing."""
        key = style_id or self._default or ""
        if key not in self._done:
            self._done[key] = self._resolve(key)
        return self._done[key]

    def _resolve(self, style_id: str) -> Style:
        w = self._w
        heading: str | None = None
        num_id: str | None = None
        level: int | None = None
        num_style: str | None = None
        hidden = contents = False
        seen: set[str] = set()
        key: str | None = style_id
        while key and key in self._raw and key not in seen and len(seen) < _MAX_CHAIN:
            seen.add(key)
            raw = self._raw[key]
            name = (_val(raw, w, "name") or "").strip()
            contents = contents or (not contents and bool(_CONTENTS.match(name)))
            heading = heading or heading_of_name(name) or _outline(raw, w)
            number = raw.find(f"{w}pPr/{w}numPr")
            if number is not None and num_id is None:
                num_id, num_style = _val(number, w, "numId"), key
                found = _val(number, w, "ilvl")
                level = int(found) if found and found.isdigit() else None
            hidden = hidden or is_on(raw.find(f"{w}rPr/{w}vanish"), w)
            key = _val(raw, w, "basedOn")
        return Style(heading, num_id, level, num_style, hidden, contents)


def heading_of_name(name: str) -> str | None:
    """Return the heading that a style's name means.

    >>> heading_of_name("heading 2"), heading_of_name("标题"), heading_of_name("正文")
    ('heading 2', 'title', None)
    """
    found = _HEADING.match(name)
    if found:
        return f"heading {found.group(1)}"
    return "title" if name.lower() in ("title", "标题", "標題") else None


def outline_heading(value: str | None) -> str | None:
    """Return the heading of an outline level: 0 to 8 are headings, 9 is body text.

    >>> outline_heading("0"), outline_heading("9")
    ('heading 1', None)
    """
    if value is None or not value.isdigit() or int(value) > 8:
        return None
    return f"heading {int(value) + 1}"


def _outline(raw: Any, w: str) -> str | None:
    found = raw.find(f"{w}pPr/{w}outlineLvl")
    return None if found is None else outline_heading(found.get(w + "val"))


def _val(element: Any, w: str, tag: str) -> str | None:
    found = element.find(w + tag)
    return None if found is None else found.get(w + "val")


def is_on(element: Any | None, w: str) -> bool:
    """Tell whether a toggle property is present and not switched off."""
    return element is not None and element.get(w + "val", "1") not in ("0", "false", "off", "none")
