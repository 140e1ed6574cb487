"""Bracket pairs of every kind, nested, mixed or unclosed, found in one linear pass."""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.expressions import expression
from planparse.rulebook import Rulebook, rules_given
from planparse.segment.role_signs import build_signs

#: ＜牵头：信息科＞, 『承办：信息科』 and 『信息科牵头』 are brackets, ＜15% and a name in 『』 are none
_TOKEN = r"[（(【〔\[﹝［〖{｛『）)】〕\]﹞］〗}｝』\n<＜>＞](?:(?<![<＜『])|(?=%s)|(?<=『)(?=[\u4e00-\u9fff、]{2,12}%s))"
_OPEN = frozenset("（(【〔[﹝［〖{｛『<＜")
#: signs that are brackets only where one of their own kind was opened
_PAIRED = {">": "<＜", "＞": "<＜", "』": "『"}
MAX_DEPTH = 12


class Bracket(Struct, frozen=True):
    """A pair: ``start`` of the opening, ``end`` after the closing (or of the line); depth 0 is outermost."""

    start: int
    end: int
    depth: int
    closed: bool

    @property
    def inner(self) -> tuple[int, int]:
        """The span between the brackets."""
        return self.start + 1, self.end - 1 if self.closed else self.end


def _token(rules: Rulebook) -> re.Pattern[str]:
    signs = rules.compiled(build_signs).words
    return expression(_TOKEN % (signs, signs))


def brackets(text: str, rules: Rulebook | None = None) -> tuple[list[Bracket], list[int]]:
    """Return (pairs sorted by start, offsets of closing brackets that nothing opened).

    Any closing bracket closes the last opening one, whatever its kind: （…] is one pair. A line end closes all.

    >>> pairs, stray = brackets("a（b(c)d]e）")
    >>> [(p.start, p.end, p.depth) for p in pairs], stray
    ([(1, 8, 0), (3, 6, 1)], [9])
    """
    found: list[Bracket] = []
    stray: list[int] = []
    stack: list[int] = []
    overflow = 0
    for token in rules_given(rules).compiled(_token).finditer(text):
        at, char = token.start(), token[0]
        if char == "\n":
            while stack:
                start = stack.pop()
                found.append(Bracket(start, at, len(stack), False))
            overflow = 0
        elif char in _OPEN:
            if len(stack) < MAX_DEPTH:
                stack.append(at)
            else:
                overflow += 1
        elif char in _PAIRED and not (stack and text[stack[-1]] in _PAIRED[char]):
            continue
        elif overflow:
            overflow -= 1
        elif stack:
            start = stack.pop()
            found.append(Bracket(start, at + 1, len(stack), True))
        else:
            stray.append(at)
    while stack:
        start = stack.pop()
        found.append(Bracket(start, len(text), len(stack), False))
    found.sort(key=lambda pair: pair.start)
    return found, stray
