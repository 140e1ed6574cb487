"""Arrangements that a text only describes: 建立|医务科牵头、护理部配合的|工作机制 gives nobody a task.

The words are data: ``arranging`` and ``arrangement`` in rules/acts.toml.
"""

from __future__ import annotations

import re

from planparse.expressions import expression
from planparse.extract.cover import Cover
from planparse.extract.lexicon import Lexicon
from planparse.model import Span

#: 的|工作|机制: how far the word may stand behind 的, and how far before it what is arranged begins
_BEHIND, _REACH = 10, 120
_STOP = expression(r"[。；;！？!?\n]")
_COMMA = expression(r"[，,]")
#: somebody acts: what stands before the first comma describes, too
_SHARED = expression(r"主导|牵头|领导|指挥|负责|参与|配合|协[同作助调]|落实|主责|联动|分工")


def arranged(text: str, start: int, end: int, lexicon: Lexicon) -> Cover:
    """Return the stretches of ``text[start:end]`` that only describe who does what in an arrangement.

    >>> from planparse.extract.lexicon import build_lexicon
    >>> from planparse.rulebook import default_rules
    >>> text = "形成医务科牵头、护理部配合的工作机制，护理部每月通报"
    >>> [text[a:b] for a, b in arranged(text, 0, len(text), default_rules().compiled(build_lexicon)).spans]
    ['形成医务科牵头、护理部配合']
    """
    found: list[Span] = []
    floor = start
    at = text.find("的", start, end)
    while at >= 0:
        if _is_arrangement(text, at + 1, end, lexicon.arrangement):
            begin = _begin(text, max(floor, at - _REACH), at, lexicon.arranging)
            if begin is not None:
                found.append((begin, at))
                floor = at
        at = text.find("的", at + 1, end)
    return Cover(found)


def _is_arrangement(text: str, at: int, end: int, heads: re.Pattern[str]) -> bool:
    """Whether the noun behind 的 is an arrangement, with nothing but its own words before it."""
    head = heads.search(text, at, min(end, at + _BEHIND))
    return head is not None and all("\u4e00" <= c <= "\u9fff" for c in text[at : head.start()])


def _begin(text: str, low: int, at: int, verbs: re.Pattern[str]) -> int | None:
    """Return where the act begins that sets up what ends at ``at``: the last of its verbs in the sentence that opens a clause."""
    stops = [stop.end() for stop in _STOP.finditer(text, low, at)]
    begin = None
    for verb in verbs.finditer(text, stops[-1] if stops else low, at):
        comma = _COMMA.search(text, verb.end(), at)
        if _SHARED.search(text, verb.end(), comma.start() if comma else at) is not None and not text.endswith(
            ("组织", "负责", "具体", "共同", "抓好"), low, verb.start()
        ):
            begin = verb.start()
    return begin
