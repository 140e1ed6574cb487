"""Items that share a paragraph: counted parts, each closed by a bracket that says who does it."""

from __future__ import annotations

from collections.abc import Callable

from planparse.expressions import expression
from planparse.gate import Opening
from planparse.model import Span
from planparse.segment.numbering import Numbering
from planparse.segment.role_signs import RoleSigns

#: behind a bracket, the number of the next item: …〔医务科〕；②…
_NEXT_ITEM = expression(
    r"[）)\]】〕}｝][；;。，,]? ?(?=[①-⒛㈠-㈩]|[（(]\d{1,2}[）)]|\d{1,2}[.、．)）](?!\d))"
)
_INNER_ITEM = expression(r"[①-⒛㈠-㈩]|[（(]\d{1,2}[）)]|(?<![\d.])\d{1,2}[.、．)）](?!\d)")
_OPENS = "（(【〔[{｛"
_LONGEST_WHO = 160
_BLANK = " \u3000"


def split_items(
    text: str,
    lines: list[Span],
    numbering: Numbering,
    signs: RoleSigns,
    is_role_line: Opening,
    is_department: Callable[[str], bool] | None,
) -> list[Span]:
    """Return the lines, a paragraph split whose counted parts each close with who does it: 「①…〔医务科〕；②…〔护理部〕」."""
    result: list[Span] = []
    for start, end in lines:
        cuts: list[int] = []
        if _NEXT_ITEM.search(text, start, end):
            marks = [
                n
                for m in _INNER_ITEM.finditer(text, start, end)
                if (n := numbering.match(text, m.start(), end))
            ]
            first = next((n for n in marks if n.value == 1), None)
            for number in marks:
                if first is not None and number.style == first.style and number.start >= first.start:
                    if number.value != len(cuts) + 1 or (
                        cuts
                        and not _closes_with_who(
                            text, start, number.start, signs, is_role_line, is_department
                        )
                    ):
                        cuts = []
                        break
                    cuts.append(number.start)
        if len(cuts) < 2:
            result.append((start, end))
        else:
            result += [
                _stripped(text, a, b)
                for a, b in zip([start, *cuts], [*cuts, end], strict=True)
                if text[a:b].strip()
            ]
    return result


def _closes_with_who(
    text: str,
    start: int,
    at: int,
    signs: RoleSigns,
    is_role_line: Opening,
    is_department: Callable[[str], bool] | None,
) -> bool:
    """Whether a bracket that says who does it ends right before ``at``."""
    low = max(start, at - _LONGEST_WHO)
    before = text[low:at].rstrip("；;。，, ")
    if before[-1:] not in ("）", ")", "]", "】", "〕", "}", "｝"):
        return False
    opened = max(before.rfind(mark) for mark in _OPENS)
    if opened < 0:
        return False
    if is_role_line.match(text, low + opened, at) or signs.who.search(before, opened):
        return True
    return is_department is not None and is_department(before[opened + 1 : -1].partition("、")[0])


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _BLANK:
        start += 1
    while end > start and text[end - 1] in _BLANK:
        end -= 1
    return start, end
