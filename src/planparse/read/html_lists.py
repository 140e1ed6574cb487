"""Numbers of HTML list items: what a browser prints before them, and the lists of content systems.

A number that a browser prints stands in no text of the page: it is counted here. Lists inside lists restart at 1
and are told apart by being set in only; in text that is said by the outer number (``2.1``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from planparse.read.numerals import chinese, letters, roman

#: kind of numbers (``type`` of the list, ``list-style-type`` of CSS, class of UEditor) -> what is printed
_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "1": lambda n: f"{n}.",
    "decimal": lambda n: f"{n}.",
    "decimal-leading-zero": lambda n: f"{n:02}.",
    "a": lambda n: f"{letters(n)}.",
    "A": lambda n: f"{letters(n).upper()}.",
    "i": lambda n: f"{roman(n)}.",
    "I": lambda n: f"{roman(n).upper()}.",
    "lower-alpha": lambda n: f"{letters(n)}.",
    "lower-latin": lambda n: f"{letters(n)}.",
    "upper-alpha": lambda n: f"{letters(n).upper()}.",
    "upper-latin": lambda n: f"{letters(n).upper()}.",
    "lower-roman": lambda n: f"{roman(n)}.",
    "upper-roman": lambda n: f"{roman(n).upper()}.",
    "cjk-decimal": lambda n: f"{n}、",
    "cjk-ideographic": lambda n: f"{chinese(n)}、",
    "simp-chinese-informal": lambda n: f"{chinese(n)}、",
    "trad-chinese-informal": lambda n: f"{chinese(n)}、",
    "custom_num": lambda n: f"{n}.",
    "custom_num1": lambda n: f"{n})",
    "custom_num2": lambda n: f"({n})",
    "custom_cn": lambda n: f"{chinese(n)}、",
    "custom_cn1": lambda n: f"{chinese(n)}）",
    "custom_cn2": lambda n: f"（{chinese(n)}）",
}
_PLAIN: Final = frozenset({"1", "decimal"})
_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:([^;]{1,80})", re.I)
_DEEP: Final = 20  #: lists inside lists that are looked through


class Numbers:
    """Counts the items of a page's lists; ask :meth:`label` once for each item, in order."""

    def __init__(self) -> None:
        self._last: dict[Any, int] = {}  # a list -> the number of its last item
        self._labels: dict[Any, str] = {}  # an item with a plain number -> that number, with those around it

    def label(self, item: Any) -> str:
        """Return what stands before an item of an ordered list, nothing for a bulleted one."""
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        kind = _kind(parent)
        form = _FORMS.get(kind)
        if form is None:
            return ""
        first = _whole(parent.get("start"), 1)
        number = _whole(item.get("value"), self._last.get(parent, first - 1) + 1)
        self._last[parent] = number
        if kind not in _PLAIN:
            return form(number)
        around = self._around(parent)
        self._labels[item] = f"{around}.{number}" if around else str(number)
        return self._labels[item] if around else form(number)

    def _around(self, lists: Any) -> str:
        """Return the plain number of the item that a list stands in, nothing for an outermost list."""
        for depth, outer in enumerate(lists.iterancestors()):
            if depth > _DEEP or outer.tag in ("td", "th"):
                break
            if outer.tag == "li":
                return self._labels.get(outer, "")
        return ""


def _kind(lists: Any) -> str:
    style = _STYLE.search(lists.get("style") or "")
    if style is not None:
        words = style.group(1).lower().split()
        known = [word for word in words if word in _FORMS or word == "none"]
        if known:
            return known[0]
    named = (name for name in (lists.get("class") or "").split() if name in _FORMS)
    return next(named, lists.get("type") or "1")


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 else default
