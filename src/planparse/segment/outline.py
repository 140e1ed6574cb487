"""The outline: lines, numbered and unnumbered headings, and the tree that they make.

One pass over the lines; Python touches a line once. Offsets index the clean text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from planparse.expressions import expression
from planparse.gate import Opening
from planparse.model import Span
from planparse.rulebook import Rulebook
from planparse.segment.glued_lines import BRACKET_ITEMS, build_labelled, split_glued
from planparse.segment.heading_text import finish_heading
from planparse.segment.headings import HeadingWords, build_headings
from planparse.segment.inner_items import split_items
from planparse.segment.look import (
    BRACKETED,
    CAPTION,
    build_salute,
    closes_items,
    is_annotated,
    is_plain,
    is_short_heading,
    names_department,
    set_apart,
)
from planparse.segment.nodes import SAID, Node, Outline, close_nodes, place
from planparse.segment.numbering import Number, build_numbering
from planparse.segment.ranks import goes_on_counting, heading_marks, nesting, with_bare, without_empty
from planparse.segment.role_signs import RoleSigns, build_signs

PLAIN_RANK = 9.5
#: an unnumbered heading that a blank line sets apart from a section that has text of its own
SECTION_RANK = 2.95
#: an unnumbered heading that says what its section is for stands at least so high
_CONTAINER_RANK = 2.9
#: a heading stands above the items that follow it
_ABOVE = 0.05
_LONGEST_TITLE = 60
#: what is kept of the line above the items
#: so many lines below a heading the items of its section begin
_SOON = 5
_LEAD_IN = 40
_BRACKET_SIGN = expression(r"[（(【〔\[﹝［〖{｛）)】〕\]﹞］〗}｝]")
_OPENING = "（(【〔[﹝［〖{｛"


@dataclass(slots=True)
class _Lines:
    """The lines with their numbers, what all of them together tell, and the nodes that are made of them, open ones on the ``stack``."""

    text: str
    lines: list[Span]
    numbers: list[Number | None]
    words: HeadingWords
    signs: RoleSigns
    salute: re.Pattern[str]
    is_role_line: Opening
    role_lines: Collection[int]
    bracket_heads: Collection[int]
    is_department: Callable[[str], bool] | None
    nodes: list[Node] = field(default_factory=list)
    stack: list[Node] = field(default_factory=list)
    ranks: dict[str, float] = field(default_factory=dict)
    #: bullets that mark headings
    marks: dict[str, float] = field(default_factory=dict)
    #: lines that a blank line sets apart, and which of their headings stand in the tree
    apart: set[int] = field(default_factory=set)
    sections: set[int] = field(default_factory=set)
    #: what stands above the first item of each style on the outermost level
    tops: dict[str, str] = field(default_factory=dict)
    #: the rank of the lines that only name a department
    offices: float | None = None

    def rank_of(self, number: Number) -> float:
        """Return the rank of a number in this document."""
        return self.ranks.get(number.style, number.rank)

    def number(self, k: int) -> Number | None:
        """Return the number that a line opens with, none where it opens an annotation: ——牵头科室：财务科——."""
        number, end = self.numbers[k], self.lines[k][1]
        said = self.is_role_line.match(self.text, number.end, end) if number is not None else None
        if number is None or said is None or said[0][-1].isspace() or _goes_on(self.text, number.end, end):
            return number
        return None

    def below(self, k: int) -> Number | None:
        """Return the number of the line below."""
        return self.numbers[k + 1] if k + 1 < len(self.lines) else None

    def numbered(self, k: int, number: Number) -> Node:
        """Return the node of a numbered line."""
        start, end = self.lines[k]
        node = Node(number, start, number.end, end, end, self._numbered_rank(k, number))
        while node.content < end and self.text[node.content] in " \u3000":
            node.content += 1
        return node

    def _numbered_rank(self, k: int, number: Number) -> float:
        below = self.below(k)
        if number.style == "bullet" and self.text[number.start] in self.marks:
            return self.marks[self.text[number.start]]
        if (
            number.style == "bullet"
            and below is not None
            and below.style != "bullet"
            and is_short_heading(self.text, number, self.lines[k][1])
        ):
            return self.rank_of(below) - _ABOVE  # ☆提质增效, then ① ② …: the mark makes a heading
        if self.stack and goes_on_counting([node.number for node in self.stack], number):
            return self.stack[-1].rank
        return self.rank_of(number)

    def is_role(self, k: int) -> bool:
        """Whether a line without number says who does what stands above or below it."""
        start, end = self.lines[k]
        return self.is_role_line.match(self.text, start, end) is not None or start in self.role_lines

    def unnumbered(self, k: int) -> Node | None:
        """Return the node of a line without number, None where it is no heading."""
        start, end = self.lines[k]
        below = (
            self.lines[k + 1]
            if k + 1 < len(self.lines) and (self.nodes or not self.salute.match(self.text, start, end))
            else None
        )
        rank: float | None = None
        if below is not None and self._is_bracket_section(k):
            rank = min(SECTION_RANK, min((n.rank for n in self.stack), default=SECTION_RANK))
        elif (
            self.stack
            and closes_items(self.text, (start, end), self.lines, self.words)
            and self.numbers[min(k + 1, len(self.lines) - 1)] is not None
        ):
            rank = self.stack[0].rank
        elif below is not None and (
            is_plain(self.text, (start, end), below)
            or is_annotated(self.text, start, end, self.below(k), self.signs)
            or self._names_department(k)
        ):
            rank = self._plain_rank(k)
            if k in self.apart:
                self.sections.add(start)
        return Node(None, start, start, end, end, rank) if rank is not None else None

    def _is_bracket_section(self, k: int) -> bool:
        """Whether a line is 【其他要求】 that heads a section: of several such ones, or below a blank line."""
        start, end = self.lines[k]
        if start in self.bracket_heads and (
            not self.stack or self.stack[0].number is None or self.stack[0].rank >= BRACKET_ITEMS
        ):
            return True
        if k == 0 or BRACKETED.fullmatch(self.text, start, end) is None:
            return False
        gap = self.text[self.lines[k - 1][1] : start]
        return gap.count("\n") >= 2 and gap.isspace()

    def _names_department(self, k: int) -> bool:
        return self.is_department is not None and names_department(
            self.text, *self.lines[k], self.is_department
        )

    def _plain_rank(self, k: int) -> float:
        """Return the rank of a heading without number: above the items below it, beside what blank lines set apart as well."""
        start, end = self.lines[k]
        below = self.below(k)
        caption = below is not None and CAPTION.match(self.text, start, end) is not None
        if below is not None:
            rank = self.rank_of(below) - (
                0 if caption else _ABOVE
            )  # a caption stands above a table: no heading of the items
        elif (again := self._restarting(k)) is not None:
            rank = self.rank_of(again) - _ABOVE
        else:
            rank = SECTION_RANK if k in self.apart and self.stack and self.stack[-1].body else PLAIN_RANK
        section = (
            next((n for n in reversed(self.stack) if n.number is None and n.start in self.sections), None)
            if k in self.apart
            else None
        )
        if section is not None and (section.children or (section.body and section.role in SAID)):
            rank = section.rank  # short lines that blank lines set apart are of one rank
        role, container = self.words.role(self.text[start:end])
        if role is not None and container and not caption:
            rank = min(rank, min((n.rank for n in self.stack if n.number is None), default=_CONTAINER_RANK))
        if self._names_department(k):
            # offices one below the other are of one rank, also where one has no numbered items
            self.offices = rank = rank if below is not None or self.offices is None else self.offices
        return rank

    def _restarting(self, k: int) -> Number | None:
        """Return the number with which the open list begins anew a few lines below: what stands between is said of the section."""
        ahead = next((n for n in self.numbers[k + 2 : k + _SOON] if n is not None), None)
        if ahead is None or ahead.value != 1:
            return None
        return (
            ahead if any(n.number is not None and n.number.style == ahead.style for n in self.stack) else None
        )

    def lead_in(self, k: int, node: Node, number: Number) -> str:
        """Return the line with a colon that stands above the list of an item."""
        above = self.lines[k - 1] if k and self.numbers[k - 1] is None else None
        lead = ""
        if above is not None and self.text[above[1] - 1] in "：:":
            lead = self.text[max(above[0], above[1] - _LEAD_IN) : above[1]]
        elif node.parent is not None and len(node.parent.children) > 1:
            lead = node.parent.children[-2].lead
        elif node.parent is None and len(self.nodes) > 1 and number.value > 1:
            lead = self.tops.get(number.style, "")
        if node.parent is None:
            self.tops[number.style] = lead
        return lead


def outline(
    text: str,
    lines: list[Span],
    rules: Rulebook,
    *,
    is_role_line: Opening,
    role_lines: Collection[int] = (),
    skip_front: int = 0,
    parts: Collection[int] = (),
    is_title: Callable[[str], bool] | None = None,
    is_department: Callable[[str], bool] | None = None,
) -> Outline:
    """Return the outline of the clean text; ``is_role_line`` matches lines such as 「牵头科室：医务科」, and at ``role_lines`` others begin that print no item.

    ``skip_front`` is the end of the title block: nothing before it is a heading. After each offset of ``parts``,
    and at each line that ``is_title`` takes for the title of an embedded document, the outline starts anew.
    """
    numbering, words = rules.compiled(build_numbering), rules.compiled(build_headings)
    lines, bracket_heads = split_glued(text, lines, words, numbering, rules.compiled(build_labelled))
    signs = rules.compiled(build_signs)
    lines = split_items(text, lines, numbering, signs, is_role_line, is_department)
    numbers = [numbering.match(text, start, end) if start not in role_lines else None for start, end in lines]
    for k, (start, _) in enumerate(lines):
        if start >= skip_front:
            break
        if text.startswith("——", start):
            numbers[k] = None  # a subtitle
    numbers = with_bare(text, lines, without_empty(text, lines, numbers))
    ranks = nesting(numbers)
    read = _Lines(
        text,
        lines,
        numbers,
        words,
        signs,
        rules.compiled(build_salute),
        is_role_line,
        role_lines,
        bracket_heads,
        is_department,
        ranks=ranks,
        marks=heading_marks(text, lines, numbers, ranks),
        apart=set_apart(text, lines),
    )
    result = Outline(read.nodes, [], lines)
    _make(read, result, skip_front, sorted(parts), is_title)
    close_nodes(result.nodes)
    return result


def _is_piece(text: str, number: Number, end: int, words: HeadingWords) -> bool:
    """Whether a line may head one text of a collection, 第二篇：…实施方案, and not what was done, 第一篇 工作总结."""
    return (
        number.style == "part"
        and end - number.start <= _LONGEST_TITLE
        and text.find("篇", number.start, number.end) >= 0
        and words.role(text[number.end : end])[0] != "background"
    )


def _make(
    read: _Lines,
    result: Outline,
    skip_front: int,
    breaks: Sequence[int],
    is_title: Callable[[str], bool] | None,
) -> None:
    """Make the nodes, and give every other line to the innermost open one."""
    text, stack = read.text, read.stack
    for k, (start, end) in enumerate(read.lines):
        if breaks and start >= breaks[0]:
            stack.clear()
            breaks = [at for at in breaks if at > start]
        number = read.number(k)
        node: Node | None = None
        if (
            number is not None
            and is_title is not None
            and _is_piece(text, number, end, read.words)
            and is_title(text[number.end : end].strip())
        ):
            stack.clear()
            continue
        if number is not None:
            node = read.numbered(k, number)
        elif start >= skip_front and not read.is_role(k):
            if is_title is not None and end - start <= _LONGEST_TITLE and is_title(text[start:end]):
                stack.clear()
                continue
            node = read.unnumbered(k)
        if node is None:
            (stack[-1].body if stack else result.front).append((start, end))
            continue
        place(node, stack, read.nodes)
        finish_heading(text, node, read.words, read.signs)
        if number is not None:
            node.lead = read.lead_in(k, node, number)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether an item follows the brackets that open its line: 1.〔牵头科室：医务科〕推进…."""
    depth, at = 0, start
    for sign in _BRACKET_SIGN.finditer(text, start, end):
        if not depth and text[at : sign.start()].strip():
            break
        depth += 1 if sign[0] in _OPENING else -1
        at = sign.end()
    return not depth and at > start and end - at > 3
