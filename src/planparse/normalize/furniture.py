r"""Lines that are no text of the document (页码、署名、来源栏、责编、导航): the rule table ``furniture``.

They stay in the clean text, so that no offset moves and dates in them can still be read; the segmenter
leaves them out.

>>> from planparse.rulebook import default_rules
>>> furniture("一、总体要求\n— 1 —\n责编：何方", default_rules())
[(7, 12), (13, 18)]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from planparse.expressions import expression
from planparse.model import Span
from planparse.rulebook import Entry, Example, Rulebook

#: longer lines are text
LONGEST = 120
#: a page number is no longer, and ends in one of these; a running head is no longer
FOOT, LONGEST_HEAD = 24, 50
FOOT_ENDS = frozenset("0123456789-—–~～·•页)）")
#: titles of other pages are no longer, and no sentences, items or rows
LONGEST_LINK = 60
_NO_LINK = expression(
    r"[。；;\t|]|^(?:第?[一二三四五六七八九十]{1,3}[、章节条]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．])|[：:]"
)
#: the head of a table of contents, and the number of the page behind its lines
_CONTENTS = expression(r"目\s{0,4}[录次]")
_PAGE = expression(r"(?<=[\u4e00-\u9fff）)])[ \t\u3000.．·…_-]{0,90}[（(]?\d{1,3}[)）]?$")
_SENTENCE = expression("[。；;：:，,\\t|]")


def _build(rules: Rulebook) -> re.Pattern[str]:
    entries = rules.entries("furniture")
    return expression("|".join(f"(?:{entry['pattern']})" for entry in entries) or r"(?!)")


def _build_pages(rules: Rulebook) -> re.Pattern[str]:
    entries = [entry for entry in rules.entries("furniture") if entry["kind"] == "page"]
    return expression("|".join(f"(?:{entry['pattern']})" for entry in entries) or r"(?!)")


def _build_links(rules: Rulebook) -> re.Pattern[str]:
    entries = [entry for entry in rules.entries("furniture") if entry["kind"] == "links"]
    return expression("|".join(f"(?:{entry['pattern']})" for entry in entries) or r"(?!)")


def is_furniture(line: str, rules: Rulebook) -> bool:
    """Tell whether a trimmed line is no text of the document."""
    return len(line) <= LONGEST and rules.compiled(_build).fullmatch(line) is not None


def is_page_foot(line: str, rules: Rulebook) -> bool:
    """Tell whether a trimmed line is a page number."""
    return len(line) <= LONGEST and rules.compiled(_build_pages).fullmatch(line) is not None


def running_heads(lines: Sequence[str], rules: Rulebook) -> frozenset[str]:
    """Return the running heads and feet among trimmed lines that are not blank: the same short line beside two page numbers.

    >>> from planparse.rulebook import default_rules
    >>> lines = ["一、要求", "第 1 页", "某院整改清单", "落实。", "第 2 页", "某院整改清单", "完成。"]
    >>> sorted(running_heads(lines, default_rules()))
    ['某院整改清单']
    """
    feet = [
        k
        for k, line in enumerate(lines)
        if len(line) <= FOOT and line[-1] in FOOT_ENDS and is_page_foot(line, rules)
    ]
    if len(feet) < 2:
        return frozenset()
    beside = Counter(lines[at] for foot in feet for at in (foot - 1, foot + 1) if 0 <= at < len(lines))
    return frozenset(
        line
        for line, count in beside.items()
        if count > 1
        and len(line) <= LONGEST_HEAD
        and not _SENTENCE.search(line)
        and not is_page_foot(line, rules)
    )


def furniture(text: str, rules: Rulebook, *, joined: Iterable[str] = ()) -> list[Span]:
    """Return the spans, without line breaks and indentation, of the lines of ``text`` that are no text.

    ``joined`` are stretches over which lines were joined: a running head that stood in one is known.
    """
    pattern = rules.compiled(_build)
    lines = text.split("\n")
    heads = running_heads([inner for line in lines if (inner := line.strip())], rules)
    heads |= {inner for stretch in joined for line in stretch.split("\n") if (inner := line.strip())}
    links = rules.compiled(_build_links)
    contents = _contents(lines)
    spans = []
    at = 0
    listed = False
    for k, line in enumerate(lines):
        inner = line.strip()
        listed = listed and (not inner or (len(inner) <= LONGEST_LINK and _NO_LINK.search(inner) is None))
        if inner and (
            listed
            or k in contents
            or (len(inner) <= LONGEST and (inner in heads or pattern.fullmatch(inner)))
        ):
            start = at + len(line) - len(line.lstrip())
            spans.append((start, start + len(inner)))
            listed = listed or (len(inner) <= LONGEST_HEAD and links.fullmatch(inner) is not None)
        at += len(line) + 1
    return spans


def _contents(lines: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the lines of a table of contents: below 目录, headings that are printed again."""
    head = next((k for k, line in enumerate(lines[:LONGEST]) if _CONTENTS.fullmatch(line.strip())), None)
    if head is None:
        return frozenset()
    last = {line.strip(): k for k, line in enumerate(lines)}
    found = []
    for k in range(head + 1, len(lines)):
        inner = lines[k].strip()
        if not inner:
            continue
        if last[inner] == k and last.get(_PAGE.sub("", inner), k) <= k:
            break
        found.append(k)
    return frozenset(found)


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of ``furniture``: the whole line is the pattern's, or is not."""
    hit = re.fullmatch(entry["pattern"], example.text)
    if not positive:
        return f"takes {hit[0]!r}" if hit else None
    if not hit:
        return "the pattern does not take the whole line"
    return None if example.span == hit.span() else "the mark must be the whole line"
