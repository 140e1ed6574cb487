"""Annotations without label or bracket: behind a dash, an arrow, wide blanks or the last stop, and lines that sum up."""

from __future__ import annotations

import re
from bisect import bisect_left

from planparse.catalogue import PersonSpan, split_people
from planparse.expressions import expression
from planparse.extract.annotated_page import DASHED, NUMBERED, Page, inside, lines_with, spans_of
from planparse.extract.annotation import SUMMARY, Annotation

_TAIL_WINDOW = 100
#: a line between dashes that holds nothing but an annotation: ——医务科牵头，护理部配合——
_DASHED_LINE = expression(
    r"^[ \u3000]{0,20}(—{1,4}|--)[ \u3000]?([\u4e00-\u9fff][^\n]{3,160}?)[ \u3000]?(?:—{1,4}|--)?[ \u3000]*$",
    re.M,
)
_LAST_SENTENCE = expression(
    r"[。；][ \u3000]?([^。；，：:,;（）()\n0-9]{2,40}[科部办处室局委心站组会])。?$", re.M
)
#: so much may stand in such a sentence beside names and what joins them
_LEFT = 4
_BETWEEN = expression(r"[、，,和与及由等/ \u3000]|以及|科室|部门")
_ARROW = expression(r"[ \u3000]{0,2}(?:[→⇒➔]|[-=]>)[ \u3000]{0,2}")
_ARROWS = expression(r"[^\n→⇒➔>]{4,200}(?:[→⇒➔]|[-=]>)[^\n]{2,200}$", re.M)
#: what a line of an arrow, or of labels without colon, must hold
_ARROW_SIGN = expression(r"[→⇒➔>](?:(?<!>)|(?<=[-=]>))")
_TAIL_MARK = expression(r"[—\- \u3000](?:(?<=—)|(?<=-)-|(?<=[ \u3000])[ \u3000])")
#: what a sentence before a tail of names ends in; without it the line must be a numbered item and the names be known
_STOPS = ("。", "；", ";", "！", "!", "”", "）", ")")
_SUMMARY = expression(
    r"^[ \u3000]{0,20}(?:以上|上述|[本该](?:节|部分|章|组|类|板块)|第[\d一二三四五六七八九十]{1,3}[、和及至到—–\-~～第项条\d一二三四五六七八九十 ]{1,12}[项条])[^。\n：:]{0,14}?(?:任务|工作|事项|措施|内容|项目|指标|各项|项|条)?[，,]?(?:均)?由[^\n]{2,160}$",
    re.M,
)
#: who sees to it that the items are done does none of them: 以上事项由院办负责督办
_OVERSEEN = expression(
    r"由[\u4e00-\u9fff、（）()]{2,24}?(?:负责)?(?:统一|统筹|牵头|全程|跟踪)?(?:督办|督查|督导|督促|监督|跟踪|汇总|解释)"
)
#: the line below is a day
_DAY_LINE = expression(
    r"\n[ \u3000\n]{0,80}(?:(?:19|20)\d\d|二[〇○零][\u4e00-\u9fff〇○]{2})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[ \u3000]*(?:\n|$)"
)
#: …；|第3项由宣传科负责
_NEXT_ITEMS = expression(r"[；;。](?=[ \u3000]?(?:以上|上述)?第[\d一二三四五六七八九十])")
#: who does one item, among several who do others each
_LONGEST_PART = 60
#: …负责。|分管领导均为副院长江叙白
_ALL_LED = expression(r"[。；;]([\u4e00-\u9fff]{2,6})(?:均|都|统一|一律)[为由]([^，,。；;\n]{2,20})[。]?$")
_SUMMARY_SIGNS = (
    "以上",
    "上述",
    "项由",
    "条由",
    *(this + part for this in "本该" for part in ("节", "部分", "章", "组", "类", "板块")),
)


def of_dashed_lines(page: Page, taken: list[Annotation]) -> list[Annotation]:
    """Lines of their own that begin with a dash and say who does it in words behind the names: 「——医务科牵头，护理部配合」."""
    text = page.text
    if "—" not in text and "--" not in text:
        return []
    spans = spans_of(taken)
    found = []
    for line in _DASHED_LINE.finditer(text):
        start, end = line.span(2)
        if (
            not page.free(start, spans)
            or page.words.suffix.search(text, start, end) is None
            or page.words.labels_in(line[2])
        ):
            continue
        annotation = page.read(start, end, strict=True)
        if (
            annotation is None
            or not annotation.names
            or min(span[0] for _, span, _ in annotation.names) > start + 1
        ):
            continue  # what precedes the first name is an act
        annotation.start, annotation.end = line.start(1), line.end()
        annotation.rule, annotation.own_line = DASHED, True
        found.append(annotation)
    return found


def of_tails(page: Page, taken: list[Annotation]) -> list[Annotation]:
    """Names at the end of a line: 「…到位。——医务科、护理部」, 「…到位。　　医务科」, or alone on a line set far in."""
    text = page.text
    if "—" not in text and "--" not in text and "  " not in text and "\u3000\u3000" not in text:
        return []
    spans = spans_of(taken)
    found = []
    stop = -1
    for mark in _TAIL_MARK.finditer(text):
        if mark.start() < stop:
            continue  # a line that was read
        at = text.rfind("\n", max(stop, 0), mark.start()) + 1 or max(stop, 0)
        stop = text.find("\n", mark.end())
        stop = len(text) if stop < 0 else stop
        tail = _tail_of(text, at, stop)
        if tail is not None and tail[2] and _DAY_LINE.match(text, stop):
            continue  # who signs, above the day
        if tail is None or not page.free(tail[1], spans):
            continue
        begin, start, alone = tail
        dashed = text[start - 1] in "—-"
        stopped = (
            alone
            or text[begin - 1] in (_STOPS if dashed else _STOPS[:5])
            or (dashed and text[begin] in " \u3000")
        )
        k = bisect_left(spans, (start,))
        if k < len(spans) and spans[k][0] < stop:
            continue
        annotation = page.read(start, stop, strict=not page.words.labels_in(text[start:stop]))
        if annotation is None or not annotation.has_roles:
            continue
        if alone and not page.are_known(annotation, groups=False):
            continue
        if not stopped and not (NUMBERED.match(text, at, begin) and page.are_known(annotation)):
            continue
        annotation.start, annotation.end, annotation.rule, annotation.own_line = begin, stop, "tail", alone
        found.append(annotation)
    return found


def _tail_of(text: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """Return (where the tail of a line begins, where its names begin, whether it is the whole line), or None."""
    near = text[max(start, end - _TAIL_WINDOW) : end]
    shift = end - len(near)
    dash = max(near.rfind("—"), near.rfind("--") + 1 if "--" in near else -1)
    if dash >= 0:
        begin = dash
        while begin > 0 and near[begin - 1] in "—- \u3000":
            begin -= 1
        names = near[dash + 1 :]
        blank = near[begin] in " \u3000"
        before = near[begin - 1] if begin else ""
        double = near.startswith(("——", "--"), begin) and before not in ("", "：", ":", "，", "、")
        if (
            dash - begin >= 0
            and len(names.strip()) >= 2
            and "。" not in names
            and (before in _STOPS or (blank and before) or double)
        ):
            return shift + begin, shift + dash + 1, False
    gap = max(near.rfind("  "), near.rfind("\u3000\u3000"), near.rfind("\u3000 "), near.rfind(" \u3000"))
    if gap < 0:
        return None
    names = near[gap + 2 :]
    if not 2 <= len(names) <= 60 or any(c in "。：:" for c in names):
        return None
    head = near[:gap].rstrip(" \u3000\t")
    if head:
        return shift + len(head), shift + gap + 2, False
    indent = end - len(names) - start
    return (start, end - len(names), True) if indent >= 6 and start > 0 else None


def of_last_sentences(page: Page, taken: list[Annotation]) -> list[Annotation]:
    """A numbered line whose last sentence is nothing but departments: 「7.完善考核方案。绩效办、人事科。」."""
    text = page.text
    spans = spans_of(taken)
    found = []
    for last in _LAST_SENTENCE.finditer(text):
        start, end = last.span(1)
        line = text.rfind("\n", 0, start) + 1
        if not NUMBERED.match(text, line, start) or not page.free(start, spans):
            continue
        annotation = page.read(start, end, strict=True)
        if annotation is None or not annotation.names or not page.are_known(annotation):
            continue
        if len(_without_names(page, start, end, annotation)) > _LEFT:
            continue  # …；财务科负责每月核算成本并反馈科室。
        annotation.start, annotation.end, annotation.rule = start, last.end(), "tail"
        found.append(annotation)
    return found


def _without_names(page: Page, start: int, end: int, annotation: Annotation) -> str:
    """Return what a sentence holds beside names, role words and what joins them."""
    rest, at = [], start
    for _, (a, b), _ in sorted(annotation.names, key=lambda name: name[1]):
        rest.append(page.text[at : max(at, a)])
        at = max(at, b)
    return _BETWEEN.sub("", page.words.suffix.sub("", "".join([*rest, page.text[at:end]])))


def of_arrows(page: Page, taken: list[Annotation]) -> list[Annotation]:
    """Names and dates behind an arrow: 「创建胸痛中心 → 心内科（急诊科配合） → 6月底前」."""
    text = page.text
    found: list[Annotation] = []
    ordered = sorted(taken, key=lambda a: a.start)
    starts = [a.start for a in ordered]
    dropped: set[int] = set()
    for line in lines_with(_ARROW_SIGN, _ARROWS, text):
        arrow = _ARROW.search(text, *line.span())
        if arrow is None or not page.free(arrow.start()) or not text[line.start() : arrow.start()].strip():
            continue
        annotation = page.read(arrow.end(), line.end(), strict=True)
        if annotation is None or not annotation.has_roles:
            continue
        inner = ordered[bisect_left(starts, line.start()) : bisect_left(starts, line.end())]
        if inner and inner[0].start < arrow.start():
            continue
        dropped |= {id(bracket) for bracket in inner}  # （急诊科配合） was read by itself
        annotation.start, annotation.end, annotation.rule = arrow.start(), line.end(), "tail"
        found.append(annotation)
    if dropped:
        taken[:] = [a for a in taken if id(a) not in dropped]
    return found


def of_summaries(page: Page, taken: list[Annotation]) -> list[Annotation]:
    """Lines such as 「以上三项任务由护理部牵头，门诊部配合，12月底前完成。」."""
    text = page.text
    if not any(sign in text for sign in _SUMMARY_SIGNS):
        return []
    spans = spans_of(taken)
    found = []
    for line in _SUMMARY.finditer(text):
        at = text.index("由", line.start())
        if (
            inside(line.start(), spans)
            or not page.free(at, spans)
            or _OVERSEEN.match(text, at, line.end())
            or not page.words.suffix.search(text, at, line.end())
        ):
            continue
        start = line.start()
        own: list[Annotation] = []
        leaders: list[PersonSpan] = []
        for stop in [
            *(part.start() + 1 for part in _NEXT_ITEMS.finditer(text, start, line.end())),
            line.end(),
        ]:
            at = text.find("由", start, stop)
            annotation = page.read(at, stop, strict=True) if at >= 0 else None
            led = _ALL_LED.search(text, start, stop) if annotation is None and at >= 0 else None
            if led is not None and led[1] in page.words.labels:
                annotation = page.read(at, led.start() + 1, strict=True)
                leaders = split_people(text, *led.span(2), page.rules)
            if annotation is None and own and at >= 0 and stop - at <= _LONGEST_PART:
                annotation = page.read(at, stop, strict=False)  # 第5项由财务科负责，见效后总结
            if annotation is not None and (
                any(rule != "bare" for *_, rule in annotation.names)
                or (annotation.people and not annotation.names)
            ):
                annotation.start, annotation.end, annotation.scope, annotation.own_line, annotation.rule = (
                    start,
                    stop,
                    "block",
                    True,
                    SUMMARY,
                )
                found.append(annotation)
                own.append(annotation)
            start = stop
        for annotation in own:
            annotation.people += [one for one in leaders if one not in annotation.people]
    return found
