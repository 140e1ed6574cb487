"""Annotations that print a label: at the head of a line, behind a sentence, or without its colon."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from planparse.catalogue import build_forms
from planparse.expressions import expression
from planparse.extract.annotated_page import MAX_ANNOTATION, OPEN, Page, lines_with, spans_of
from planparse.extract.annotation import Annotation
from planparse.extract.annotation_grammar import parse_slot
from planparse.extract.dates import find_dates
from planparse.extract.roles import OPEN_LABEL, RoleWords, is_open

#: so much before a label may still open its line; a number there is no longer, nor is 以上三项
_LONGEST_LEAD_IN, _LONGEST_NUMBER, _LONGEST_BLOCK_LEAD = 60, 5, 16
_BULLETS = "—-*·•★☆◆■▲△●○▪►➤◇□※▼▽ \u3000"
_OPEN_SIGN = expression(r"[ \u3000](?<=[\u4e00-\u9fff]{2}.)[ \u3000]{0,5}[\u4e00-\u9fff\d]")
#: 以上三项 at the head of a line; 达到90%以上 is none
_BLOCK_LEAD = expression(r"[（(【\[—\-●■▲★*\s]{0,4}(?:以上|上述|[本该](?:节|部分|章|组|类|板块)|下列|以下)")
#: 3.责任领导：…
#: 牵头部门|和|配合部门：医务科牵头，护理部配合; 院级|牵头部门：医务科
_JOINTS = tuple("和及与、/／")
_OPEN_NAME = expression(
    r"[ \u3000]*[（(]?(?:待定|待明确|待确定|待补充|另行明确|暂无|无|略|[/—-]{1,4})?[）)]?[ \u3000。；]*"
)
_QUALIFIER = expression(r"[\u4e00-\u9fff]{2,4}")
_LABEL_NUMBER = expression(r"(?:\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[①-⒛㈠-㈩])\s?$")
_OPEN_LINE = expression(
    r"(?:^[ \u3000]{0,20}|(?<=[。；])[ \u3000]{0,2})(([\u4e00-\u9fff]{2,8})[ \u3000]{1,6}[\u4e00-\u9fff\d][^\n：:。]{0,120})$",
    re.M,
)
_LABEL_LINE = expression(r"[ \u3000]{0,20}([\u4e00-\u9fff]{2,8})[ \u3000：:]{1,6}[\u4e00-\u9fff\d]")


def of_labels(page: Page, taken: list[Annotation], stray: list[int]) -> list[Annotation]:
    """Annotations outside brackets: lines that begin with a label, and labels after a sentence end; ``stray`` are closing brackets."""
    text, spans = page.text, spans_of(taken)
    found: list[Annotation] = []
    until = -1
    line_start, line_end = 0, -1
    for at in page.labels:
        if at < until or not page.free(at, spans):
            continue
        if at > line_end:
            line_start = text.rfind("\n", line_start, at) + 1 or line_start
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
        lead_in = text[line_start:at].strip(" \u3000") if at - line_start <= _LONGEST_LEAD_IN else None
        opens = lead_in is not None and (_opens_line(lead_in, page.words) or _qualifies(lead_in, page, at))
        if not opens and not _follows_sentence(page, at, line_end):
            continue
        end = _labelled_end(text, at, line_end, stray, opens=opens)
        annotation = page.read(at, end, strict=False) if end - at <= MAX_ANNOTATION else None
        if annotation is None:
            if not opens or not _names_nobody(page, at, end):
                continue
            annotation = Annotation(at, end)
        numbered = _LABEL_NUMBER.search(text, max(line_start, at - _LONGEST_NUMBER), at)
        annotation.start = line_start if opens else numbered.start() if numbered else at
        annotation.end = end + 1 if end < len(text) and text[end] in "）)]】。" else end
        annotation.labelled = True
        annotation.own_line = opens
        if lead_in is not None and _BLOCK_LEAD.match(lead_in):
            annotation.scope = "block"
        found.append(annotation)
        until = annotation.end
    return found


def _names_nobody(page: Page, at: int, end: int) -> bool:
    """Whether a line among those of roles names nobody: who oversees (监督部门：X), a name to come (责任领导：（待定）)."""
    label = page.words.label.match(page.text, at)
    if label is None:
        return False
    return (
        page.words.labels[label[1]].role == "none"
        or _OPEN_NAME.fullmatch(page.text, label.end(), end) is not None
    )


def _qualifies(lead_in: str, page: Page, at: int) -> bool:
    """Whether what stands before a long label belongs to it: 院级|牵头部门：X, 牵头部门和|配合部门：X牵头，Y配合."""
    label = page.words.label.match(page.text, at)
    if label is None or len(label[1]) < OPEN_LABEL:
        return False
    return _QUALIFIER.fullmatch(lead_in) is not None or (
        lead_in[-1:] in _JOINTS and lead_in[:-1] in page.words.labels
    )


def _opens_line(lead_in: str, words: RoleWords) -> bool:
    """Whether what stands in its line before a label is no text of its own: an opening bracket, a bullet, 【责任分工】, 以上三项."""
    if not lead_in or lead_in in "（([【" or not lead_in.strip(_BULLETS):
        return True
    if _BLOCK_LEAD.match(lead_in) and len(lead_in) <= _LONGEST_BLOCK_LEAD:
        return True
    return words.tag.fullmatch(lead_in) is not None or _LABEL_NUMBER.fullmatch(lead_in) is not None


def _follows_sentence(page: Page, at: int, line_end: int) -> bool:
    """Whether a label inside a line stands where a sentence has ended; a long one also behind a comma or a blank."""
    text, labels = page.text, page.labels
    before = text[at - 1]
    if before not in "。；;.！!”）) \u3000\t":
        word = page.words.label.match(text, at)
        return before in "，," and word is not None and len(word[1]) >= OPEN_LABEL
    if before in " \u3000" and text[at - 2 : at - 1] not in ("。", "；", ".", "”", "）", " ", "\u3000"):
        word = page.words.label.match(text, at)
        following = bisect_left(labels, at + 1)
        several = (
            following < len(labels)
            and labels[following] < line_end
            and text[labels[following] - 1] in " \u3000"
        )  # （一）质量提升　牵头：护理部　责任：各病区
        return word is not None and (len(word[1]) >= OPEN_LABEL or several)
    return True


def _labelled_end(text: str, at: int, line_end: int, stray: Sequence[int], *, opens: bool) -> int:
    """Return where an annotation with a label ends: with its line, before a bracket that nothing opened, or, inside a line, its sentence."""
    k = bisect_left(stray, at)
    if k < len(stray) and stray[k] < line_end:
        return stray[k]
    stop = text.find("。", at, min(line_end, at + MAX_ANNOTATION)) if not opens else -1
    return stop if stop >= 0 else line_end


def of_open_lines(page: Page, taken: list[Annotation]) -> list[Annotation]:
    """Lines of labels without colon: 「责任科室　医务科　　完成时间　9月」; what stands behind a label must be names or a date."""
    text = page.text
    spans = spans_of(taken)
    forms = page.rules.compiled(build_forms)
    found: list[Annotation] = []
    for line in lines_with(_OPEN_SIGN, _OPEN_LINE, text):
        start, end = line.span(1)
        if line[2] not in page.words.labels or not page.free(start, spans):
            continue
        whole = Annotation(start, end, rule=OPEN, labelled=True, own_line=True)
        marks = [(m.start(), m.end(), m[1]) for m in page.words.long_label.finditer(text, start, end)]
        if not is_open(line[2]):
            if not _beside_label(page, start, end):
                continue
            marks.insert(0, (start, line.end(2), line[2]))
        for k, (_, slot, printed) in enumerate(marks):
            word = page.words.labels[printed]
            stop = marks[k + 1][0] if k + 1 < len(marks) else end
            if word.role == "none":
                continue
            if word.role == "deadline":
                whole.dates += find_dates(text, page.calendar, page.rules, slot, stop)
                continue
            read = parse_slot(text, slot, stop, word.role, page.calendar, page.rules)
            if not read.has_roles or not all(
                forms.is_name(text[a:b]) or forms.is_group(text[a:b]) for _, (a, b), _ in read.names
            ):
                break
            whole.names += read.names
            whole.people += read.people
        else:
            if marks and (whole.has_roles or whole.dates):
                found.append(whole)
    return found


def _beside_label(page: Page, start: int, end: int) -> bool:
    """Whether the line above or below begins with a label as well: 「牵头　医务科」 alone may be anything."""
    text = page.text
    above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, start)))
    for at in (above + 1, end + 1):
        found = _LABEL_LINE.match(text, at) if at != start else None
        if found is not None and found[1] in page.words.labels:
            return True
    return False
