"""Annotations in brackets: with role words anywhere, and bare names where a responsibility stands."""

from __future__ import annotations

from bisect import bisect_left

from planparse.catalogue import build_forms, department_spans
from planparse.expressions import expression
from planparse.extract.annotated_page import MAX_ANNOTATION, Page
from planparse.extract.annotation import BLOCK, Annotation
from planparse.extract.brackets import Bracket
from planparse.extract.lexicon import build_lexicon

#: a bracket on a line of its own stands in so far at most
_INDENT = 40
#: 【超声科负责人　迟晓棠】 heads what somebody says
_LINE_END = expression(r"^[ \u3000\t]+(?=\n|$)")
_SPEAKER = expression(
    r"(?:负责人|主任|院长|书记|[科处部局]长|护士长|主席|总监|会计师)[ \u3000]{1,4}[\u4e00-\u9fff]{1,2}[ \u3000]?[\u4e00-\u9fff]{1,3}(?:[（(][^（()）]{1,12}[)）])?$"
)
_NUMBER_ONLY = expression(
    r"[ \u3000]*(?:[（(]?第?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?|[①-⒛㈠-㈩])?[ \u3000]*"
)
_DEPARTMENT_END = expression(
    r"(?:科|部|办|处|室|局|委|中心|院|组|队|站|所|会|专班|公司|基地|病区|支部|单位|部门|团委|政府)(?:[）)])?$"
)
#: 建设日间手术中心（医务科，6月底前）: no second name of the centre
_DATED = expression(r"[，,；;、 ](?:\d|年[底内]|[上下]半年|第?[一二三四]季度)")
_BEFORE_BARE = expression(r"[。；;.!！？?”\"）)%℅\n：:]$")
_LONGEST_NAME = 20
_OFFICE_ENDS = "办组室科处部"


def of_bracket(page: Page, pair: Bracket) -> Annotation | None:
    """Return the annotation that a bracket holds, or None; an unclosed one ends with its sentence."""
    text, labels = page.text, page.labels
    start, end = pair.inner
    if end - start > MAX_ANNOTATION or end - start < 2 or text.startswith(("括号", "括弧"), start):
        return None
    k = bisect_left(labels, start)
    labelled = k < len(labels) and labels[k] < end
    if not pair.closed:
        if (not labelled or labels[k] - start > 12) and not (end - start <= 60 and _bare_place(text, pair)):
            return None
        stop = text.find("。", start, end)
        end = stop if stop > 0 else end
    suffixed = not labelled and any(
        not (found.end() == end - 1 and text[end - 1] in _OFFICE_ENDS)  # （项目实施办） is a name
        for found in page.words.suffix.finditer(text, start, end)
    )
    if not labelled and not suffixed and not _bare_place(text, pair):
        return None
    if (
        labelled
        and not suffixed
        and text[start : labels[k]].strip()
        and not BLOCK.search(text, start, labels[k])
        and labels[k] - start > 40
    ):
        return None
    if not labelled and _SPEAKER.search(text, start, end) is not None:
        return None
    annotation = page.read(start, end, strict=not labelled)
    if annotation is None:
        return None
    if annotation.people and not annotation.names and _is_of_actor(page, pair):
        return None
    if not labelled and not suffixed and _is_heading(page, pair, annotation):
        return None
    annotation.start, annotation.end = pair.start, pair.end if pair.closed else end
    annotation.labelled = labelled
    indent = pair.start
    while indent > 0 and pair.start - indent < 80 and text[indent - 1] in " \u3000\t":
        indent -= 1
    annotation.own_line = indent == 0 or text[indent - 1] == "\n"
    return annotation


def _is_heading(page: Page, pair: Bracket, annotation: Annotation) -> bool:
    """Whether brackets that open an item hold its heading, which ends like a name: 1.【建设智慧病房】部署床旁终端…."""
    text = page.text
    low = text.rfind("\n", max(0, pair.start - _LONGEST_NAME), pair.start) + 1
    return (
        len(annotation.names) == 1
        and _NUMBER_ONLY.fullmatch(text, low, pair.start) is not None
        and page.rules.compiled(build_lexicon).opening.match(text, *pair.inner) is not None
        and not page.rules.compiled(build_forms).is_known(text[slice(*pair.inner)])
    )


def _is_of_actor(page: Page, pair: Bracket) -> bool:
    """Whether a bracket of persons belongs to a department that goes on to act: 质控办（责任人：单于青）每月抽查…."""
    text = page.text
    after = text[pair.end : pair.end + 1]
    if not pair.closed or not "\u4e00" <= after <= "\u9fff":
        return False
    near = max(0, pair.start - _LONGEST_NAME)
    low = text.rfind("\n", near, pair.start) + 1 or near
    return any(b == pair.start for _, b in department_spans(text, low, pair.start, page.rules))


def _bare_place(text: str, pair: Bracket) -> bool:
    """Whether a bracket without role words stands where a responsibility stands: closing a sentence or an item."""
    before = text[max(0, pair.start - _INDENT) : pair.start].rstrip()[-2:]
    after = _LINE_END.sub("", text[pair.end : pair.end + _INDENT])[:1]
    opening = text[pair.start] in "【〔[［〖{｛<＜"
    line_start = text.rfind("\n", max(0, pair.start - 20), pair.start) + 1 or (
        0 if pair.start < 20 else pair.start - 20
    )
    if opening and (
        not text[line_start : pair.start].strip() or _NUMBER_ONLY.fullmatch(text[line_start : pair.start])
    ):
        return True
    if not before:
        return False
    if text[pair.start] in "【〔[［〖{｛<＜" and before[-1] in "，,、":
        return True
    if _BEFORE_BARE.search(before):
        return before[-1] not in "：:" or after in ("", "\n")
    return after in ("", "\n", "。", "；", ";") and (
        _DEPARTMENT_END.search(before) is None or _DATED.search(text, *pair.inner) is not None
    )
