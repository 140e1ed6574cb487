"""The outline: lines, numbered and unnumbered headings, and the tree that they make.

One pass over the lines; Python touches a line once. Offsets index the clean text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from msgspec import Struct

from planparse.expressions import expression
from planparse.gate import Opening
from planparse.model import Span
from planparse.rulebook import Rulebook
from planparse.segment.headings import HeadingWords, build_headings
from planparse.segment.inner_items import split_items
from planparse.segment.numbering import DATED, WORDED, Number, Numbering, build_numbering, ordinal

_LINE = expression(r"[^\n]+")
#: what closes a heading that shares its line with the body: a full stop or a colon (contract, rule 11)
_HEAD_END = expression(r"[。：！!？?；;\t]|:(?!\d\d)|\.(?![\d\w])|\.(?=[\u4e00-\u9fff])")
#: an unnumbered heading has none of these
_NOT_PLAIN = expression(r"[。！!？?；;：:，,\t|@]|^请|\d{4}-\d|^\d|^[（(【〔\[—\-]|^注[：:]|[（(]?(?:盖章|签字|签名)|^[\u4e00-\u9fff]{0,4}(?:目标|措施|举措|标准|成效|情况)——.")
#: 【其他要求】 below a blank line
_BRACKETED = expression(r"【[\u4e00-\u9fff“”、]{2,14}】")
_SIGNATURE = expression(r"^(?:\d{4}|[二〇○零一二三四五六七八九]{4})年\s?[\d一二三四五六七八九十]{1,3}月\s?[\d一二三四五六七八九十]{1,3}日$")
_INLINE = expression(r"(?<=[。；;！!：:）)])\s?(?=(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、．](?!\d)))")
#: Markdown before a line: # headings, > quotes, ** around a lead
_MARKUP = expression(r"(?:#{1,6}|>)\s+")
#: a bracket that a colon cut open
_UNCLOSED = expression(r"(?<=[\u4e00-\u9fff0-9A-Za-z”】〕\]])[（(【〔\[][^（()）【】〔〕\[\]]{0,40}$")
#: 问：为什么要出台《方案》？ in an interpretation of a plan
#: the mark of http://…/?id=1 asks nothing
_QUESTION = expression(r"(?:问[：:] ?)?([^。！!？?\n]{4,80}[？?](?![a-zA-Z0-9=&%_]))[ \u3000]?")
#: a number that touches its text and is no quantity: 1继续, but not 3月, 2名
_BARE = expression(r"\d{1,2}(?=[\u4e00-\u9fff“《])(?![年月日号时分秒周天季个名人位例项件条次台套张间所家院科处室级类种期批届楼层床万亿千百元岁成倍度公平份支组])")
_BARE_RANK, _FEWEST_BARE = 5.9, 3
PLAIN_RANK = 9.5
#: an unnumbered heading that a blank line sets apart from a section that has text of its own
SECTION_RANK = 2.95
#: sections that give out no work
_SAID = frozenset({"goal", "background"})
#: 【工作目标】 heads 1. and （1）; below 一、 and （一） it is a label
_BRACKET_ITEMS = 4.5
_CLOSING_LINE = 9
#: characters of a heading; every task below carries those above it
LONGEST_HEADING = 80


class Node(Struct, eq=False):
    """A heading and all below it. ``start`` of its line; ``content`` after the number; ``end`` of its last line."""

    number: Number | None
    start: int
    content: int
    line_end: int
    end: int
    rank: float
    level: int = 0
    parent: Node | None = None
    children: list[Node] = []
    body: list[Span] = []
    tail: list[Span] = []
    heading: str = ""
    head_end: int = 0
    own_line: bool = False
    role: str | None = None
    container: bool = False
    id: str = ""
    problem: bool = False
    lead: str = ""
    chain: list[Node] = []

    @property
    def is_leaf(self) -> bool:
        """Whether nothing numbered or headed stands below."""
        return not self.children

    def up(self) -> list[Node]:
        """Return the chain from the outermost ancestor to this node; only once the outline is made."""
        if not self.chain:
            self.chain = [*self.parent.up(), self] if self.parent is not None else [self]
        return self.chain


@dataclass(slots=True)
class Outline:
    """All nodes in text order, the lines before the first heading, and every body line with its node."""

    nodes: list[Node]
    front: list[Span]
    lines: list[Span]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \u3000\t\u00a0":
        start += 1
    if start < end and text[start] in "#>" and (markup := _MARKUP.match(text, start, end)):
        start = markup.end()
    while end > start and text[end - 1] in " \u3000\t\r\v\u00a0":
        end -= 1
    return start, end


def text_lines(text: str, skip: Sequence[Span]) -> list[Span]:
    """Return the trimmed spans of the non-blank lines outside the sorted ``skip`` spans."""
    lines = []
    k = 0
    for found in _LINE.finditer(text):
        start, end = _trim(text, found.start(), found.end())
        if start == end:
            continue
        while k < len(skip) and skip[k][1] <= start:
            k += 1
        if k < len(skip) and skip[k][0] < end:
            continue
        lines.append((start, end))
    return lines


_RUN_ON = (
    (expression(r"(?<![第零一二三四五六七八九十、])([一二三四五六七八九十]{1,2})、(?=[\u4e00-\u9fff“])"), True),
    (expression(r"[（(]([一二三四五六七八九十]{1,2})[）)](?=[\u4e00-\u9fff“])"), True),
    (expression(r"(?<![\d.．—\-年月第])(\d{1,2})[.．、](?=[\u4e00-\u9fff“\"])"), False),
    (expression(r"[（(](\d{1,2})[）)](?=[\u4e00-\u9fff“])"), False),
)
#: in such a text a blank ends a heading, and the foot of the page stands behind the last words
_RUN_ON_HEADING = expression(r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^\s，,。；;：:（(]{2,16}(?=[ \u3000]+[^\s])")
_RUN_ON_FOOT = expression(r"[ \u3000](?:附件\d?[：:]|[【\[（(]?(?:打印本页|打印此页|关闭窗口|关闭本页|返回顶部)|版权所有|(?:上|下)一篇[：:])")
_RUN_ON_LENGTH = 280
#: a heading before items on its own line is no longer
_SHORT_HEAD = 20
_FIELD = expression(r"\d{1,2}[.、．][\u4e00-\u9fff]{2,8}[：:]")


def _split_run_on(text: str, lines: list[Span]) -> list[Span]:
    """Split a text that lost all its line breaks, at numbers that count up: 一、…二、…, then （一）…（二）…, then 1.…2.…"""
    result: list[Span] = []
    for start, end in lines:
        if end - start < _RUN_ON_LENGTH:
            result.append((start, end))
            continue
        pieces = [(start, end)]
        for level, (pattern, han) in enumerate(_RUN_ON):
            if level and len(pieces) == 1:
                break  # no outermost numbers: an ordinary long paragraph
            cut: list[Span] = []
            for a, b in pieces:
                marks = _counting(text, a, b, pattern, han)
                cut += [_trim(text, x, y) for x, y in zip([a, *marks], [*marks, b], strict=True) if text[x:y].strip()]
            pieces = cut
        result += _as_lines(text, pieces) if len(pieces) > 1 else pieces
    return result


def _as_lines(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Return the pieces of a text without line breaks with their headings on lines of their own, without the foot of the page."""
    lines: list[Span] = []
    for start, end in pieces:
        heading = _RUN_ON_HEADING.match(text, start, end)
        lines += [(start, end)] if heading is None else [heading.span(), _trim(text, heading.end(), end)]
    start, end = lines[-1]
    foot = _RUN_ON_FOOT.search(text, start, end)
    return [*lines[:-1], (start, foot.start() if foot is not None else end)]


def _counting(text: str, start: int, end: int, pattern: re.Pattern[str], han: bool) -> list[int]:
    """Return where numbers of one style count 1, 2, 3 … at a distance, or nothing when they do not reach 2."""
    marks: list[int] = []
    expected = 1
    for found in pattern.finditer(text, start, end):
        value = ordinal(found[1], "han") if han else int(found[1])
        if value == expected and (not marks or found.start() - marks[-1] >= 12):
            marks.append(found.start())
            expected += 1
    return marks if len(marks) >= 2 else []


def _split_glued(text: str, lines: list[Span], numbering: Numbering) -> list[Span]:
    """Split lines on which several numbered items were glued together (a page that lost its line breaks)."""
    result: list[Span] = []
    for start, end in lines:
        if end - start < 60 or not _INLINE.search(text, start, end):
            result.append((start, end))
            continue
        at = start
        own = numbering.match(text, start, end)
        last = {own.style: own.value} if own else {}
        marks = [(m.end(), numbering.match(text, m.end(), end)) for m in _INLINE.finditer(text, start, end)]
        values: dict[str, set[int]] = {}
        for _, number in marks:
            if number:
                values.setdefault(number.style, set()).add(number.value)
        for position, number in marks:
            if number is None or text[position - 1] in "；;" or (text[position - 1] in "：:" and number.rank >= 5):
                continue
            follows = last.get(number.style, 0) + 1 == number.value
            opens = number.value == 1 and 2 in values[number.style] and (number.rank < 5 or _heads_list(text, start, end, position, own))
            if follows and (number.style in last or opens):
                result.append(_trim(text, at, position))
                at = position
                last[number.style] = number.value
        result.append(_trim(text, at, end))
    return result


#: 整改措施：|1.修订操作手册, with 2. on the next line
_LABELLED_LIST = expression(r"(?:整改|工作|具体|主要|改进)?(?:措施|举措|任务|内容)[：:][ \u3000]?(?=(?:1[.、．]|[（(]1[）)]|①)(?!\d))")


def _split_labels(text: str, lines: list[Span], numbering: Numbering) -> list[Span]:
    """Split a label off the first item of a list whose second item begins the next line."""
    result: list[Span] = []
    for k, (start, end) in enumerate(lines):
        below = lines[k + 1] if k + 1 < len(lines) else None
        label = _LABELLED_LIST.match(text, start, end) if below is not None else None
        first = numbering.match(text, label.end(), end) if label is not None else None
        second = numbering.match(text, *below) if below is not None and first is not None else None
        if label is not None and first is not None and second is not None and (second.style, second.value) == (first.style, 2):
            result += [_trim(text, start, label.end()), _trim(text, label.end(), end)]
        else:
            result.append((start, end))
    return result


#: 【工作动态】: the columns of a brief, in which meetings and figures are told
_BRIEF = expression(r"(?:动态|简讯|通报|要闻|快讯|摘要)】")


def _split_bracketed(text: str, lines: list[Span], words: HeadingWords, numbering: Numbering) -> tuple[list[Span], set[int]]:
    """Give 【工作目标】 a line of its own, and return where such headings stand: two or more, each once, that say aims or work."""
    marks = [m.span() for a, b in lines if text.find("【", a, b) >= 0 for m in _BRACKETED.finditer(text, a, b)]
    roles = {(a, b): words.role(text[a + 1 : b - 1])[0] for a, b in marks}
    marks = [mark for mark in marks if roles[mark] is not None]
    said = {text[a:b] for a, b in marks}
    if len(marks) < 2 or len(said) < len(marks) or _BRIEF.search("".join(said)) or not {"assign", "goal"} & set(roles.values()):
        return lines, set()
    if any((number := numbering.match(text, a, b)) is not None and number.rank < _BRACKET_ITEMS for a, b in lines if b <= marks[0][0]):
        return lines, set()  # a label of the items 一、, 二、
    result: list[Span] = []
    heads: set[int] = set()
    at = 0
    for start, end in lines:
        while at < len(marks) and marks[at][0] < end:
            a, b = marks[at]
            at += 1
            if a > start and text[a - 1] not in "。；;！! \u3000":
                continue
            result += [s for s in (_trim(text, start, a), (a, b)) if s[0] < s[1]]
            heads.add(a)
            start = _trim(text, b, end)[0]
        if start < end:
            result.append((start, end))
    return result, heads


#: 一、强化服务理念|1.以患者为中心…, with 2. on the next line
_GLUED_FIRST = expression(r"[^，,。；;：:！!？?（(\d]{2,20}?(?:[：:]| {0,4})(?=(?:1[.、．]|[（(][1一][）)]|①)[ \u3000]?[\u4e00-\u9fff“])")


def _split_first_items(text: str, lines: list[Span], numbering: Numbering) -> list[Span]:
    """Split a short heading off the first item of a list whose second item begins the next line."""
    result: list[Span] = []
    for k, (start, end) in enumerate(lines):
        below = numbering.match(text, *lines[k + 1]) if k + 1 < len(lines) else None
        own = numbering.match(text, start, end) if below is not None and below.value == 2 else None
        head = _GLUED_FIRST.match(text, own.end, end) if own is not None and own.rank < 5 else None
        first = numbering.match(text, head.end(), end) if head is not None else None
        if head is not None and first is not None and below is not None and (first.style, first.value) == (below.style, 1):
            result += [_trim(text, start, head.end()), _trim(text, head.end(), end)]
        else:
            result.append((start, end))
    return result


def _heads_list(text: str, start: int, end: int, position: int, own: Number | None) -> bool:
    """Whether nothing but a short heading stands before the first of several items on a line: （五）办好实事。1.…2.…, nobody named behind them."""
    heading = own is not None and own.rank < 5 and position - own.end <= _SHORT_HEAD and text[position - 1] == "。"
    fields = text.find("问题", start, position) >= 0 or _FIELD.match(text, position, end) is not None  # 1.整改目标：…2.整改措施：…
    return heading and not fields and text[end - 1] not in "）)】〕]" and text.find("。", start, position) == position - 1


_MONTH_COLON = expression(r"(?:月份?|季度)[：:]")
_MONTH = expression(r"(?<=[。；;）)])\s?(?=(?:\d{1,2}(?:[—–\-~～、至]\d{1,2})?月份?|(?:十[一二]?|[一二三四五六七八九])月份?|第?[一二三四]季度)[：:])")


def _split_months(text: str, lines: list[Span]) -> list[Span]:
    """Split a paragraph that gives a year's work month by month: 「1月：…。2月：…。3月：…」."""
    result: list[Span] = []
    for start, end in lines:
        told = end - start > 60 and _MONTH_COLON.search(text, start, end)
        marks = [m.end() for m in _MONTH.finditer(text, start, end)] if told else []
        if len(marks) < 2:
            result.append((start, end))
            continue
        for a, b in zip([start, *marks], [*marks, end], strict=True):
            result.append(_trim(text, a, b))
    return result


def question_in(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the question that opens a line, in group 1; few lines have a question mark at all."""
    asked = text.find("？", start, end) >= 0 or text.find("?", start, end) >= 0
    return _QUESTION.match(text, start, end) if asked else None


def _goes_on_counting(before: Number | None, number: Number) -> bool:
    """Whether a number of another print counts on where the one before it stopped: 3. and then 4）."""
    return before is not None and before.style != number.style and {before.style, number.style} <= _DIGITS and 1 < number.value == before.value + 1


#: styles that clerks mix in one list: 3. 4） 5、
_DIGITS = frozenset({"arabic", "arabic-half-paren", "arabic-paren"})


def _heading_end(text: str, start: int, end: int) -> tuple[int, bool]:
    """Return (end of the heading in a line, whether the heading has the line to itself)."""
    found = _HEAD_END.search(text, start, end)
    if found is None:
        return end, True
    return found.start(), found.end() >= end


def _is_plain(text: str, line: Span, following: Span | None) -> bool:
    """Whether an unnumbered line reads as a heading: short, without stops, and text follows that is longer."""
    start, end = line
    if not 2 <= end - start <= 32 or following is None:
        return False
    printed = text[start:end]
    if _NOT_PLAIN.search(printed) or _SIGNATURE.match(printed):
        return False
    return following[1] - following[0] > end - start


def outline(text: str, lines: list[Span], rules: Rulebook, *, is_role_line: Opening, role_lines: Collection[int] = (), skip_front: int = 0, parts: Collection[int] = (), is_title: Callable[[str], bool] | None = None, is_department: Callable[[str], bool] | None = None) -> Outline:
    """Return the outline of the clean text; ``is_role_line`` matches lines such as 「牵头科室：医务科」, and at ``role_lines`` others begin that print no item.

    ``skip_front`` is the end of the title block: nothing before it is a heading. After each offset of ``parts``,
    and at each line that ``is_title`` takes for the title of an embedded document, the outline starts anew.
    """
    numbering, words = rules.compiled(build_numbering), rules.compiled(build_headings)
    lines, bracket_heads = _split_bracketed(text, lines, words, numbering)
    lines = _split_months(text, _split_glued(text, _split_first_items(text, _split_labels(text, _split_run_on(text, lines), numbering), numbering), numbering))
    lines = split_items(text, lines, numbering, is_role_line, is_department)
    result = Outline([], [], lines)
    stack: list[Node] = []
    numbers = [numbering.match(text, start, end) if start not in role_lines else None for start, end in lines]
    numbers = _with_bare(text, lines, _reject_stray(text, lines, numbers))
    ranks = _nesting(numbers)
    marks = _heading_marks(text, lines, numbers, ranks)
    apart = _apart(text, lines)
    sections: set[int] = set()
    tops: dict[str, str] = {}
    offices: float | None = None
    breaks = sorted(parts)
    for k, ((start, end), number) in enumerate(zip(lines, numbers, strict=True)):
        node: Node | None = None
        said = is_role_line.match(text, number.end, end) if number is not None else None
        if said is not None and not said[0][-1].isspace() and (number is None or not _goes_on(text, number.end, end)):
            number = None  # ——牵头科室：财务科——
        if breaks and start >= breaks[0]:
            stack.clear()
            breaks = [at for at in breaks if at > start]
        if number is not None:
            rank = ranks.get(number.style, number.rank)
            if stack and _goes_on_counting(stack[-1].number, number):
                rank = stack[-1].rank
            after = numbers[k + 1] if k + 1 < len(lines) else None
            if number.style == "bullet" and text[number.start] in marks:
                rank = marks[text[number.start]]
            elif number.style == "bullet" and after is not None and after.style != "bullet" and _is_short_heading(text, number, end):
                rank = ranks.get(after.style, after.rank) - 0.05  # ☆提质增效, then ① ② …: the mark makes a heading
            node = Node(number, start, number.end, end, end, rank)
            while node.content < end and text[node.content] in " \u3000":
                node.content += 1
        elif start >= skip_front and not is_role_line.match(text, start, end) and start not in role_lines:
            following = lines[k + 1] if k + 1 < len(lines) and (result.nodes or not _SALUTE.match(text, start, end)) else None
            if is_title is not None and number is None and end - start <= 60 and is_title(text[start:end]):
                stack.clear()
                continue
            bracketed = following is not None and _BRACKETED.fullmatch(text, start, end) is not None
            if (start in bracket_heads and following is not None and (not stack or stack[0].number is None or stack[0].rank >= _BRACKET_ITEMS)) or (bracketed and k and text.count("\n", lines[k - 1][1], start) >= 2 and text[lines[k - 1][1] : start].isspace()):
                node = Node(None, start, start, end, end, min(SECTION_RANK, min((n.rank for n in stack), default=SECTION_RANK)))
            elif stack and _closes_items(text, (start, end), lines, words) and numbers[min(k + 1, len(lines) - 1)] is not None:
                node = Node(None, start, start, end, end, stack[0].rank)
            elif following is not None and (_is_plain(text, (start, end), following) or _is_annotated(text, start, end, numbers[k + 1]) or (is_department is not None and _names_department(text, start, end, is_department))):
                after = numbers[k + 1] if k + 1 < len(lines) else None
                caption = after is not None and _CAPTION.match(text, start, end) is not None
                if after is not None and caption:
                    rank = ranks.get(after.style, after.rank)  # above a table: no heading of the items that follow it
                elif (after is not None and after.value in (0, 1) and not any(n.rank == ranks.get(after.style, after.rank) for n in stack)) or after is not None:
                    rank = ranks.get(after.style, after.rank) - 0.05
                else:
                    rank = SECTION_RANK if k in apart and stack and stack[-1].body else PLAIN_RANK
                section = next((n for n in reversed(stack) if n.number is None and n.start in sections), None) if k in apart else None
                if section is not None and (section.children or (section.body and section.role in _SAID)):
                    rank = section.rank  # short lines that blank lines set apart are of one rank
                role, container = words.role(text[start:end])
                if role is not None and container and not caption:
                    rank = min(rank, min((n.rank for n in stack if n.number is None), default=2.9))
                if is_department is not None and _names_department(text, start, end, is_department):
                    # offices one below the other are of one rank, also where one has no numbered items
                    offices = rank = rank if after is not None or offices is None else offices
                node = Node(None, start, start, end, end, rank)
                if k in apart:
                    sections.add(start)
        if node is None:
            if stack:
                stack[-1].body.append((start, end))
            else:
                result.front.append((start, end))
            continue
        _place(node, stack, result.nodes)
        _finish_heading(text, node, words)
        if number is not None:
            above = lines[k - 1] if k and numbers[k - 1] is None else None
            if above is not None and text[above[1] - 1] in "：:":
                node.lead = text[max(above[0], above[1] - 40) : above[1]]
            elif node.parent is not None and len(node.parent.children) > 1:
                node.lead = node.parent.children[-2].lead
            elif node.parent is None and len(result.nodes) > 1 and number.value > 1:
                node.lead = tops.get(number.style, "")
            if node.parent is None:
                tops[number.style] = node.lead
    _close(result.nodes, len(text))
    return result


_BRACKET_SIGN = expression(r"[（(【〔\[﹝［〖{｛）)】〕\]﹞］〗}｝]")
_OPENING = "（(【〔[﹝［〖{｛"


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether an item follows the brackets that open its line: 1.〔牵头科室：医务科〕推进…."""
    depth, at = 0, start
    for sign in _BRACKET_SIGN.finditer(text, start, end):
        if not depth and text[at : sign.start()].strip():
            break
        depth += 1 if sign[0] in _OPENING else -1
        at = sign.end()
    return not depth and at > start and end - at > 3


_SALUTE = expression(r"(?:各|局|委|市直|院属|机关|有关|全院)[^。\n]{1,60}[：:]$")
_CAPTION = expression(r"(?:附?表|图) ?[一二三四五六七八九十0-9]{1,3}[ \u3000:：]")
#: 第二周（牵头科室：护理部；完成时限：9月14日前）, above numbered items
_ANNOTATED = expression(r"[\u4e00-\u9fffA-Za-z0-9“”、]{2,24}[（(【\[〔][^（()）【】\n]{0,4}(?:牵头|责任|配合|主办|承办|分管|完成)[^（()）【】：:\n]{0,6}[：:][^【】\n]{2,90}[）)】\]〕]")
_NAMED = expression(r"[【〔\[［〖]([^】〕\]］〗\n]{2,16})[】〕\]］〗](?:[（(][^（）()\n]{2,60}[）)])?$|([\u4e00-\u9fffA-Z（）()]{2,14}?)(?:[（(][^（）()\n]{2,40}[）)])?[：:]$")


def _is_annotated(text: str, start: int, end: int, after: Number | None) -> bool:
    """Whether a line is a short heading with an annotation in brackets, and the first item stands below it."""
    return after is not None and after.value == 1 and end - start <= 120 and _ANNOTATED.fullmatch(text, start, end) is not None


def _names_department(text: str, start: int, end: int, is_department: Callable[[str], bool]) -> bool:
    """Whether a line only names a department, whose tasks follow: 「【医务科】（分管院长：李明）」, 「医务科：」, 「信息科（主任：贺兰）：」."""
    if end - start > 80:
        return False
    found = _NAMED.fullmatch(text, start, end)
    return found is not None and is_department(found[1] or found[2])


def _closes_items(text: str, line: Span, lines: Sequence[Span], words: HeadingWords) -> bool:
    """Whether a line 「工作要求：」 ends the items above it: a word of demands with a colon, printed once in the document."""
    start, end = line
    if not 4 <= end - start <= _CLOSING_LINE or text[end - 1] not in "：:" or words.role(text[start:end]) != ("demand", True):
        return False
    return text.find(text[start : end - 1], end) < 0 and text.find(text[start : end - 1]) == start and len(lines) > 2


def _apart(text: str, lines: Sequence[Span]) -> set[int]:
    """Return the lines that a blank line sets apart, where blank lines part sections and not every paragraph."""
    gaps = {k for k in range(1, len(lines)) if text.count("\n", lines[k - 1][1], lines[k][0]) >= 2}
    return gaps if 2 * len(gaps) < len(lines) else set()


def _reject_stray(text: str, lines: list[Span], numbers: list[Number | None]) -> list[Number | None]:
    """Drop bullets that are single, and numbers on lines that hold nothing else."""
    kept: list[Number | None] = []
    for (_, end), number in zip(lines, numbers, strict=True):
        kept.append(None if number is not None and not text[number.end : end].strip() else number)
    return kept


def _with_bare(text: str, lines: list[Span], numbers: list[Number | None]) -> list[Number | None]:
    """Add numbers that lost their stop, where lines one below the other count 1, 2, 3: 「1继续…」「2加强…」「3提高…」."""
    numbers = list(numbers)
    run: list[tuple[int, re.Match[str]]] = []
    for k, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        bare = _BARE.match(text, *line) if number is None else None
        value = int(bare[0]) if bare else 0
        if bare is None or value != len(run) + 1:
            _number_bare(numbers, run)
            run = []
        if bare is not None and value == len(run) + 1:
            run.append((k, bare))
    _number_bare(numbers, run)
    return numbers


def _number_bare(numbers: list[Number | None], run: Sequence[tuple[int, re.Match[str]]]) -> None:
    if len(run) >= _FEWEST_BARE:
        for value, (k, bare) in enumerate(run, 1):
            numbers[k] = Number("arabic-bare", _BARE_RANK, value, bare.start(), bare.end())


def _nesting(numbers: Sequence[Number | None]) -> dict[str, float]:
    """Return ranks that differ from the usual order: a style that restarts under another lies below it.

    Documents that put 1、 above （一） are found by counting: the inner style starts again at 1 more often, or the
    outer one counts on across it （（一）, 任务1, 任务2, （二）, 任务3）; 任务 may run on through all of them.
    """
    seen: dict[str, list[Number]] = {}
    order: list[str] = []
    across: set[tuple[str, str]] = set()
    for number in numbers:
        if number and number.value:
            if number.style not in seen:
                order.append(number.style)
            elif number.value == seen[number.style][-1].value + 1:
                across.update((number.style, other) for other in order if seen[other][-1].start > seen[number.style][-1].start)
            seen.setdefault(number.style, []).append(number)
    starts = {style: sum(n.value == 1 for n in found) for style, found in seen.items()}
    ranks: dict[str, float] = {}
    for k, first in enumerate(order):
        for later in order[k + 1 :]:
            outer, inner = seen[first][0], seen[later][0]
            runs_on = inner.style in WORDED and starts[later] == 1 and (later, first) in across and (first, later) in across
            if outer.rank > inner.rank and len(seen[first]) >= 2 and (runs_on or (starts[first] == 1 and (starts[later] >= 2 or (first, later) in across))):
                ranks[later] = outer.rank + 0.01 * (inner.rank + 1)
    return ranks


def _is_short_heading(text: str, number: Number, end: int) -> bool:
    """Whether a line behind a bullet is a heading by its look."""
    return end - number.start <= 22 and not _NOT_PLAIN.search(text, number.end, end)


def _heading_marks(text: str, lines: Sequence[Span], numbers: Sequence[Number | None], ranks: dict[str, float]) -> dict[str, float]:
    """Return the bullets that mark nothing but headings (● 工作任务, ● 进度安排), each with the rank of all its lines.

    Below one of its lines items of another mark or number must stand.
    """
    found: dict[str, float] = {}
    counts: dict[str, int] = {}
    for k, ((_, end), number) in enumerate(zip(lines, numbers, strict=True)):
        if number is None or number.style != "bullet":
            continue
        mark = text[number.start]
        counts[mark] = counts.get(mark, 0) + 1
        if not _is_short_heading(text, number, end):
            found[mark] = -1.0  # an item
        after = numbers[k + 1] if k + 1 < len(lines) else None
        if after is not None and (after.style != "bullet" or text[after.start] != mark):
            rank = ranks.get(after.style, after.rank) - 0.05
            found[mark] = min(found.get(mark, rank), rank)
    return {mark: rank for mark, rank in found.items() if rank > 0 and counts[mark] > 1}


def _place(node: Node, stack: list[Node], nodes: list[Node]) -> None:
    while stack and stack[-1].rank >= node.rank:
        stack.pop()
    # an unnumbered section that has said its aims or its background is no parent of what is numbered after it
    while node.number is not None and stack and stack[-1].number is None and stack[-1].role in _SAID and stack[-1].body and not stack[-1].children:
        stack.pop()
    if stack:
        node.parent = stack[-1]
        stack[-1].children.append(node)
    node.level = len(stack) + 1
    node.id = f"s{len(nodes) + 1}"
    stack.append(node)
    nodes.append(node)


def _short(heading: str) -> str:
    """Return a heading that every task below may carry in its path: a paragraph is cut at its first clauses."""
    if len(heading) <= LONGEST_HEADING:
        return heading
    cut = max(heading.rfind(mark, 0, LONGEST_HEADING) for mark in "。；;，,：:\n")
    return heading[: cut if cut > 0 else LONGEST_HEADING].rstrip()


def _finish_heading(text: str, node: Node, words: HeadingWords) -> None:
    node.head_end, node.own_line = _heading_end(text, node.content, node.line_end)
    if node.number is None and node.line_end - node.start <= 120 and _ANNOTATED.fullmatch(text, node.start, node.line_end):
        node.head_end = min(at for at in (text.find(mark, node.start, node.line_end) for mark in "（(【[〔") if at >= 0)
    if node.number is not None and node.number.style in DATED:
        node.head_end = node.content  # a month is no heading
    if node.head_end - node.content > 30:
        opened = words.opening(text, node.content, node.line_end)
        if opened:
            node.head_end, node.own_line = opened, False
    shown = text[node.content : min(node.head_end, node.content + 2 * LONGEST_HEADING)]
    if node.head_end < node.line_end and (bracket := _UNCLOSED.search(shown)):
        shown = shown[: bracket.start()]  # 推进日间手术（责任科室：医务科）
    node.heading = _short(shown.strip(" \u3000*【】"))
    question = question_in(text, node.content, node.line_end)
    if question is not None:
        node.heading, node.head_end, node.own_line = _short(question[1]), question.end(), question.end() >= node.line_end
    node.role, node.container = words.role(node.heading)
    node.problem = node.number is not None and text.startswith(("问题", "【问题"), node.number.start)


def _close(nodes: list[Node], length: int) -> None:
    """Give every node the end of its last line, children included."""
    for node in reversed(nodes):
        if node.body:
            node.end = max(node.end, node.body[-1][1])
        if node.parent is not None:
            node.parent.end = max(node.parent.end, node.end)
