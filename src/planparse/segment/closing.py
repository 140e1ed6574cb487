"""Lines that close a document (signature, attachments, contact) or open a new one inside it (rules/closing.toml)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from planparse.expressions import expression
from planparse.model import Span
from planparse.rulebook import Entry, Example, Rulebook

_LIST_ITEM = expression(r"(?:\d{1,2}\s?[.、．]|[（(]\d{1,2}[）)])?\s?[^。；;，,]{2,40}$")
_NUMBERED = expression(r"\d{1,2}\s?[.、．](?!\d)|[（(]\d{1,2}[）)]")
_MAX_LINE = 240


@dataclass(frozen=True, slots=True)
class Closing:
    """One expression for all closing lines; ``acts`` by group name."""

    pattern: re.Pattern[str]
    acts: dict[str, str]

    def act(self, text: str, start: int, end: int) -> str | None:
        """Return what the whole line is for, or None."""
        if end - start > _MAX_LINE:
            return None
        found = self.pattern.fullmatch(text, start, end)
        return self.acts[found.lastgroup] if found and found.lastgroup else None


def build_closing(rules: Rulebook) -> Closing:
    """Return the compiled closing lines."""
    entries = rules.entries("closing")
    return Closing(
        expression("|".join(f"(?:{e['pattern']})(?P<c{k}>)" for k, e in enumerate(entries))), {f"c{k}": e["act"] for k, e in enumerate(entries)}
    )


def drop_closing(text: str, lines: Sequence[Span], rules: Rulebook) -> tuple[list[Span], set[int]]:
    """Return (lines without the closing ones, offsets at which a new part begins)."""
    closing = rules.compiled(build_closing)
    acts = [closing.act(text, a, b) for a, b in lines]
    kept: list[Span] = []
    parts: set[int] = set()
    attached = noted = False
    for k, (span, act) in enumerate(zip(lines, acts, strict=True)):
        if act == "org":
            following = acts[k + 1] if k + 1 < len(acts) else "end"
            if following in ("drop",) or (following == "end" and k > 2):
                continue
            act = None
        if act == "attach":
            attached = True
            continue
        if act == "note":
            noted = True
            continue
        if noted and _NUMBERED.match(text, *span):
            continue
        noted = False
        if act == "drop":
            continue
        if act == "part":
            attached = False
            parts.add(span[1])
            continue
        if attached and _LIST_ITEM.fullmatch(text, *span):
            continue
        attached = False
        kept.append(span)
    return kept, parts


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example: the whole line is closing, by this entry's act."""
    act = rules.compiled(build_closing).act(example.text, 0, len(example.text))
    if positive:
        return None if act == entry["act"] else f"act {act}"
    return f"act {act}" if act == entry["act"] else None
