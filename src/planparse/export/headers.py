"""What a heading of somebody's template asks for, by the table ``rules/template_headers.toml``.

>>> field_of("任务名称（必填）"), field_of("预计完成时间"), field_of("星座")
('title', 'end', None)
"""

from __future__ import annotations

import re

from planparse.rulebook import Entry, Example, Rulebook, rules_given

_BRACKET = re.compile(r"[（(【\[][^（）()【】\[\]]{0,40}[）)】\]]")
_NOISE = re.compile(r"[\s*＊※:：_\-—/、.。]+")


def normal(heading: str) -> str:
    """Return a heading without brackets, marks, blanks and case.

    >>> normal("* 任务 名称（必填）")
    '任务名称'
    """
    return _NOISE.sub("", _BRACKET.sub("", heading)).lower()


def _words(rules: Rulebook) -> dict[str, str]:
    """Return the normal form of every word with its field; a word of two fields is the later entry's."""
    return {
        normal(word): str(entry["field"])
        for entry in rules.entries("template_headers")
        for word in entry["words"]
    }


def field_of(heading: str, rules: Rulebook | None = None) -> str | None:
    """Return the field that a heading asks for: ``none`` for people's own columns, None for an unknown heading.

    A heading that is a word of the table goes before one that contains it; the longest word wins, the last in the heading among equals.
    """
    words = rules_given(rules).compiled(_words)
    name = normal(heading)
    if name in words:
        return words[name]
    inside = [
        (len(word), name.rfind(word), word)
        for word in words
        if len(word) > 1 and word in name and len(name) <= 4 * len(word)
    ]
    return words[max(inside)[2]] if inside else None


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of the table: the marked heading gives the value after the arrow (or, for a not_example, another)."""
    if example.span is None or example.value is None:
        return "an example is written ⟦heading⟧ => field"
    found = field_of(example.text[example.span[0] : example.span[1]], rules)
    if positive and found != example.value:
        return f"found {found}, expected {example.value}"
    if not positive and found == example.value:
        return f"found {found}, which it must not be"
    return None
