"""Lines that close a document (signature, attachments, contact) or open a new one inside it (rules/closing.toml)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from planparse.expressions import expression
from planparse.gate import WholeLines
from planparse.model import Span
from planparse.rulebook import Entry, Example, Rulebook
from planparse.segment.headings import HeadingWords, build_headings

_LIST_ITEM = expression(r"(?:\d{1,2}\s?[.、．]|[（(]\d{1,2}[）)])?\s?[^。；;，,]{2,40}$")
#: 一、… below 「附件：某方案」 is the first section of what is attached, where the list of attachments is not itself so numbered
_FIRST_SECTION = expression(r"一、|[（(]一[）)]")
#: 1．候诊时间：≤20分钟, not a title of an attachment
_AIM = expression(
    r"(?:\d{1,2}\s?[.、．](?!\d)|[（(]\d{1,2}[）)])\s?[^。；;，,：:]{2,30}[：:][^。：:]{0,14}\d[^。：:]{0,20}[。；;]?"
)
_BLANK = " \u3000"
#: a note below which numbered lines are notes too: 注：, 注：1.牵头科室负总责。; not 备注：★为牵头科室。
_NOTES = expression(r"^[^：:\n]{1,8}[：:]?\s*(?:$|[（(]?[1一①])", re.M)
_NUMBERED = expression(r"\d{1,2}\s?[.、．](?:(?!\d)|(?=20\d\d年))|[（(]\d{1,2}[）)]")
_MAX_LINE = 240
#: lines that may stand between 「附件：…」 and its table
_CAPTIONS = 2


@dataclass(frozen=True, slots=True)
class Closing:
    """One expression for all closing lines, and what tells the few that it may match; ``acts`` by group name."""

    pattern: re.Pattern[str]
    acts: dict[str, str]
    some: WholeLines

    def act(self, text: str, start: int, end: int) -> str | None:
        """Return what the whole line is for, or None."""
        if end - start > _MAX_LINE or start >= end or not self.some.may_match(text, start, end):
            return None
        found = self.pattern.fullmatch(text, start, end)
        return self.acts[found.lastgroup] if found and found.lastgroup else None


def build_closing(rules: Rulebook) -> Closing:
    """Return the compiled closing lines."""
    entries = rules.entries("closing")
    return Closing(
        pattern=expression("|".join(f"(?:{e['pattern']})(?P<c{k}>)" for k, e in enumerate(entries))),
        acts={f"c{k}": e["act"] for k, e in enumerate(entries)},
        some=WholeLines.of(e["pattern"] for e in entries),
    )


def drop_closing(
    text: str, lines: Sequence[Span], rules: Rulebook, *, tables: Sequence[Span] = ()
) -> tuple[list[Span], set[int]]:
    """Return (lines without the closing ones, offsets at which a new part begins).

    A line 「附件：…」 begins a part where one of the sorted ``tables`` stands right below it; of a line 「附：运行指标」
    the title is kept, as the heading of the aims below it.
    """
    closing, headings = rules.compiled(build_closing), rules.compiled(build_headings)
    acts = [closing.act(text, a, b) for a, b in lines]
    kept: list[Span] = []
    parts: set[int] = set()
    attached = noted = aims = False
    below = _acts_below(acts)
    above: list[int] = []  # ends of the lines 附件：…
    for k, (span, act) in enumerate(zip(lines, acts, strict=True)):
        if act == "org":
            following = below[k]
            if following in ("drop", "attach", "part") or (following == "end" and k > 2):
                continue
            act = None
        if act == "attach" and aims:
            parts.add(span[1])  # 附件2：… ends the aims of 附件1
            aims = False
        elif act == "attach" and (title := _title_of_aims(text, lines[k : k + 2], headings)):
            aims, attached = True, False
            parts.add(span[1])
            kept.append((title, span[1]))
            continue
        if act == "attach":
            attached = k > 0 or text[span[1] - 1] not in "：:"  # 附件： above its own title closes nothing
            above.append(span[1])
            continue
        if act == "note":
            noted = _NOTES.search(text, *span) is not None
            continue
        if noted and _NUMBERED.match(text, *span):
            continue
        noted = False
        if act == "drop":
            continue
        if act == "part":
            attached = False
            parts.add(span[1])
            title = max(text.find(colon, *span) for colon in "：:") + 1
            if title and headings.role(text[title : span[1]])[0] == "goal":
                kept.append((title, span[1]))  # 附：|运行监测指标 heads a list of aims
            continue
        if attached and _LIST_ITEM.fullmatch(text, *span) and not _FIRST_SECTION.match(text, *span):
            continue
        attached = False
        kept.append(span)
    return kept, parts | _above_tables(above, kept, tables)


def _acts_below(acts: Sequence[str | None]) -> list[str | None]:
    """Return for each line the act of the first line below it that is no organization: several may sign."""
    below: list[str | None] = []
    following: str | None = "end"
    for act in reversed(acts):
        below.append(following)
        if act != "org":
            following = act
    return below[::-1]


def _title_of_aims(text: str, lines: Sequence[Span], headings: HeadingWords) -> int:
    """Return where the title stands of an attachment that is a list of aims itself: 附件1：|质量控制指标, above 1．候诊时间：≤20分钟; or 0."""
    if len(lines) < 2 or _AIM.fullmatch(text, *lines[1]) is None:
        return 0
    start, end = lines[0]
    title = max(text.find(colon, start, end) for colon in "：:") + 1
    while title and text[title] in _BLANK:
        title += 1
    return title if title < end and headings.role(text[title:end])[0] == "goal" else 0


def _above_tables(ends: Sequence[int], kept: Sequence[Span], tables: Sequence[Span]) -> set[int]:
    """Return the ends of the lines that a table follows, a caption or a unit between them at most."""
    starts, lines = [table[0] for table in tables], [line[0] for line in kept]
    found = set()
    for end in ends:
        k = bisect_left(starts, end)
        if k < len(starts) and bisect_left(lines, starts[k]) - bisect_left(lines, end) <= _CAPTIONS:
            found.add(end)
    return found


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example: the whole line is closing, by this entry's act."""
    act = rules.compiled(build_closing).act(example.text, 0, len(example.text))
    if positive:
        return None if act == entry["act"] else f"act {act}"
    return f"act {act}" if act == entry["act"] else None
