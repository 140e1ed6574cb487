"""Where responsibility annotations stand: brackets, lines, inline labels, tails of lines, summaries of a block."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from planparse.catalogue import build_forms, department_spans
from planparse.expressions import expression
from planparse.extract.annotation_grammar import (
    BLOCK,
    Annotation,
    lead_by_order,
    parse_annotation,
    parse_slot,
)
from planparse.extract.brackets import Bracket, brackets
from planparse.extract.dates import Calendar, find_dates
from planparse.extract.roles import RoleWords, build_roles, is_open
from planparse.model import Span
from planparse.rulebook import Rulebook

_TAG = expression(r"[【〔\[](?:责任分工|责任落实|分工|任务分工|责任|职责分工|工作分工|落实|责任清单)[】〕\]][：:]?")
_TAIL_WINDOW = 100
#: a line between dashes that holds nothing but an annotation: ——医务科牵头，护理部配合——
_DASHED_LINE = expression(r"^[ \u3000]{0,20}(—{1,4}|--)[ \u3000]?([\u4e00-\u9fff][^\n]{3,160}?)[ \u3000]?(?:—{1,4}|--)?[ \u3000]*$", re.M)
_LAST_SENTENCE = expression(r"[。；][ \u3000]?([^。；，：:,;（）()\n0-9]{2,40}[科部办处室局委心站组会])。?$", re.M)
_ARROW = expression(r"[ \u3000]{0,2}(?:[→⇒➔]|[-=]>)[ \u3000]{0,2}")
_ARROWS = expression(r"[^\n→⇒➔>]{4,200}(?:[→⇒➔]|[-=]>)[^\n]{2,200}$", re.M)
#: what a line of an arrow, or of labels without colon, must hold
_ARROW_SIGN = expression(r"[→⇒➔>](?:(?<!>)|(?<=[-=]>))")
_OPEN_SIGN = expression(r"[ \u3000](?<=[\u4e00-\u9fff]{2}.)[ \u3000]{0,5}[\u4e00-\u9fff\d]")
_TAIL_MARK = expression(r"[—\- \u3000](?:(?<=—)|(?<=-)-|(?<=[ \u3000])[ \u3000])")
#: what a sentence before a tail of names ends in; without it the line must be a numbered item and the names be known
_STOPS = ("。", "；", ";", "！", "!", "”", "）", ")")
#: a bracket on a line of its own stands in so far at most
_INDENT = 40
#: 以上三项 at the head of a line; 达到90%以上 is none
_BLOCK_LEAD = expression(r"[（(【\[—\-●■▲★*\s]{0,4}(?:以上|上述|[本该](?:节|部分|章|组|类|板块)|下列|以下)")
#: 3.责任领导：…
_LABEL_NUMBER = expression(r"(?:\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[①-⑳])\s?$")
_OPEN_LINE = expression(r"(?:^[ \u3000]{0,20}|(?<=[。；])[ \u3000]{0,2})(([\u4e00-\u9fff]{2,8})[ \u3000]{1,6}[\u4e00-\u9fff\d][^\n：:。]{0,120})$", re.M)
_LABEL_LINE = expression(r"[ \u3000]{0,20}([\u4e00-\u9fff]{2,8})[ \u3000：:]{1,6}[\u4e00-\u9fff\d]")
_SUMMARY = expression(r"^[ \u3000]{0,20}(?:以上|上述|[本该](?:节|部分|章|组|类|板块)|第[\d一二三四五六七八九十]{1,3}[、和及至到—–\-~～第项条\d一二三四五六七八九十 ]{1,12}[项条])[^。\n：:]{0,14}?(?:任务|工作|事项|措施|内容|项目|指标|各项|项|条)?[，,]?(?:均)?由[^\n]{2,160}$", re.M)
#: 【超声科负责人　迟晓棠】 heads what somebody says
_SPEAKER = expression(r"(?:负责人|主任|院长|书记|[科处部局]长|护士长|主席|总监|会计师)[ \u3000]{1,4}[\u4e00-\u9fff]{1,2}[ \u3000]?[\u4e00-\u9fff]{1,3}(?:[（(][^（()）]{1,12}[)）])?$")
#: the line below is a day
_DAY_LINE = expression(r"\n[ \u3000\n]{0,80}(?:(?:19|20)\d\d|二[〇○零][\u4e00-\u9fff〇○]{2})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[ \u3000]*(?:\n|$)")
_SUMMARY_SIGNS = ("以上", "上述", "项由", "条由", *(this + part for this in "本该" for part in ("节", "部分", "章", "组", "类", "板块")))
_NUMBER_ONLY = expression(r"[ \u3000]*[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?[ \u3000]*")
_NUMBERED = expression(r"[ \u3000]*[（(]?(?!\d{1,4}年|\d{1,2}月)[一二三四五六七八九十\d①-⑳]")
_DEPARTMENT_END = expression(r"(?:科|部|办|处|室|局|委|中心|院|组|队|站|所|会|专班|公司|基地|病区|支部|单位|部门|团委|政府)(?:[）)])?$")
_BEFORE_BARE = expression(r"[。；;.!！？?”\"）)%℅\n：:]$")
MAX_ANNOTATION = 600
#: a page number and its blanks are no longer
_LONGEST_GAP = 60
#: the rule of an annotation on a line of its own behind a dash, which is no bullet
DASHED = "dashed"
OPEN = "open"
_LINE_START = expression(r"^[ \u3000]*", re.M)
_LONGEST_NAME = 20


def find_annotations(text: str, calendar: Calendar, rules: Rulebook, *, skip: Sequence[Span] = ()) -> list[Annotation]:
    """Return the annotations of the clean text in order, disjoint; ``skip`` are table regions."""
    words = rules.compiled(build_roles)
    pairs, stray = brackets(text)
    labels = words.labels_in(text)
    found: list[Annotation] = []
    taken = -1
    for pair in pairs:
        if pair.start < taken or _inside(pair.start, skip):
            continue
        annotation = _of_bracket(text, pair, labels, calendar, rules, words)
        if annotation is not None:
            found.append(annotation)
            taken = annotation.end
    found.extend(_of_summaries(text, found, calendar, rules, words, skip))
    found.extend(_of_dashed_lines(text, found, calendar, rules, words, skip))
    found.extend(_of_tails(text, found, calendar, rules, words, skip))
    found.extend(_of_last_sentences(text, found, calendar, rules, words, skip))
    found.extend(_of_arrows(text, found, calendar, rules, words, skip))
    found.extend(_of_labels(text, labels, stray, found, calendar, rules, words, skip))
    found.extend(_of_open_lines(text, found, calendar, rules, words, skip))
    found.sort(key=lambda a: a.start)
    lead_by_order(found)
    return _merge(text, found, skip)


def without_byline(text: str, found: list[Annotation], last: Span) -> list[Annotation]:
    """Leave out who wrote a report: the one bare bracket of a text, at the end of its ``last`` line (…。（办公室）)."""
    named = [a for a in found if a.has_roles]
    if len(named) != 1 or named[0].end < last[1] or _NUMBERED.match(text, *last):
        return found
    if not named[0].names or any(rule != "bare" for _, _, rule in named[0].names):
        return found
    return [a for a in found if a is not named[0]]


def role_lines(text: str, found: Sequence[Annotation]) -> frozenset[int]:
    """Return where the lines begin that hold nothing but an annotation and neither a bracket nor a colon: no bullet, no heading."""
    starts: set[int] = set()
    for annotation in found:
        if annotation.rule in (DASHED, OPEN):
            starts.add(annotation.start)
            starts.update(line.end() for line in _LINE_START.finditer(text, annotation.start, annotation.end))
    return frozenset(starts)


def _inside(at: int, spans: Sequence[Span]) -> bool:
    k = bisect_left(spans, (at + 1,)) - 1
    return k >= 0 and spans[k][0] <= at < spans[k][1]


def _of_bracket(text: str, pair: Bracket, labels: list[int], calendar: Calendar, rules: Rulebook, words: RoleWords) -> Annotation | None:
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
    suffixed = not labelled and words.suffix.search(text, start, end) is not None
    if not labelled and not suffixed and not _bare_place(text, pair):
        return None
    if labelled and not suffixed and text[start : labels[k]].strip() and not BLOCK.search(text, start, labels[k]) and labels[k] - start > 40:
        return None
    if not labelled and _SPEAKER.search(text, start, end) is not None:
        return None
    annotation = parse_annotation(text, start, end, calendar, rules, words, strict=not labelled)
    if annotation is None:
        return None
    if annotation.people and not annotation.names and _is_of_actor(text, pair, rules):
        return None
    annotation.start, annotation.end = pair.start, pair.end if pair.closed else end
    annotation.labelled = labelled
    indent = pair.start
    while indent > 0 and pair.start - indent < 80 and text[indent - 1] in " \u3000\t":
        indent -= 1
    annotation.own_line = indent == 0 or text[indent - 1] == "\n"
    return annotation


def _is_of_actor(text: str, pair: Bracket, rules: Rulebook) -> bool:
    """Whether a bracket of persons belongs to a department that goes on to act: 质控办（责任人：单于青）每月抽查…."""
    after = text[pair.end : pair.end + 1]
    if not pair.closed or not "\u4e00" <= after <= "\u9fff":
        return False
    near = max(0, pair.start - _LONGEST_NAME)
    low = text.rfind("\n", near, pair.start) + 1 or near
    return any(b == pair.start for _, b in department_spans(text, low, pair.start, rules))


def _bare_place(text: str, pair: Bracket) -> bool:
    """Whether a bracket without role words stands where a responsibility stands: closing a sentence or an item."""
    before = text[max(0, pair.start - _INDENT) : pair.start].rstrip()[-2:]
    after = text[pair.end : pair.end + 1]
    opening = text[pair.start] in "【〔[［〖{｛<＜"
    line_start = text.rfind("\n", max(0, pair.start - 20), pair.start) + 1 or (0 if pair.start < 20 else pair.start - 20)
    if opening and (not text[line_start : pair.start].strip() or _NUMBER_ONLY.fullmatch(text[line_start : pair.start])):
        return True
    if not before:
        return False
    if text[pair.start] in "【〔[［〖{｛<＜" and before[-1] in "，,、":
        return True
    if _BEFORE_BARE.search(before):
        return before[-1] not in "：:" or after in ("", "\n")
    return after in ("", "\n", "。", "；", ";") and not _DEPARTMENT_END.search(before)


def _of_labels(
    text: str, labels: list[int], stray: list[int], taken: list[Annotation], calendar: Calendar, rules: Rulebook, words: RoleWords, skip: Sequence[Span]
) -> list[Annotation]:
    """Annotations outside brackets: lines that begin with a label, and labels after a sentence end."""
    spans = sorted((a.start, a.end) for a in taken)
    found: list[Annotation] = []
    until = -1
    line_start, line_end = 0, -1
    for at in labels:
        if at < until or _inside(at, spans) or _inside(at, skip):
            continue
        if at > line_end:
            line_start = text.rfind("\n", line_start, at) + 1 or line_start
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
        lead_in = text[line_start:at].strip(" \u3000") if at - line_start <= 60 else "…" * 20
        at_line_start = not lead_in or bool(_BLOCK_LEAD.match(lead_in) and len(lead_in) <= 16) or lead_in in "（([【" or not lead_in.strip("—-*·•★☆◆■▲△●○▪►➤◇□※▼▽ \u3000") or _TAG.fullmatch(lead_in) is not None or _LABEL_NUMBER.fullmatch(lead_in) is not None
        if not at_line_start and text[at - 1] not in "。；;.！!”）) \u3000\t":
            word = words.label.match(text, at)
            if text[at - 1] not in "，," or word is None or len(word[1]) < 4:
                continue
        if not at_line_start and text[at - 1] in " \u3000" and text[at - 2 : at - 1] not in ("。", "；", ".", "”", "）", " ", "\u3000"):
            word = words.label.match(text, at)
            following = bisect_left(labels, at + 1)
            several = following < len(labels) and labels[following] < line_end and text[labels[following] - 1] in " \u3000"  # （一）质量提升　牵头：护理部　责任：各病区
            if word is None or (len(word[1]) < 4 and not several):
                continue
        end = line_end
        k = bisect_left(stray, at)
        if k < len(stray) and stray[k] < line_end:
            end = stray[k]
        else:
            stop = text.find("。", at, min(line_end, at + MAX_ANNOTATION)) if not at_line_start else -1
            if stop >= 0 and not at_line_start:
                end = stop
        if end - at > MAX_ANNOTATION:
            continue
        annotation = parse_annotation(text, at, end, calendar, rules, words, strict=False)
        if annotation is None:
            continue
        numbered = _LABEL_NUMBER.search(text, max(line_start, at - 5), at)
        annotation.start = line_start if at_line_start else numbered.start() if numbered else at
        annotation.end = end + 1 if end < len(text) and text[end] in "）)]】。" else end
        annotation.labelled = True
        annotation.own_line = at_line_start
        if _BLOCK_LEAD.match(lead_in):
            annotation.scope = "block"
        found.append(annotation)
        until = annotation.end
    return found


def _in_lines_with(sign: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern``, none longer than a line, from the lines that hold a ``sign``: few do."""
    at = 0
    while (found := sign.search(text, at)) is not None:
        start = text.rfind("\n", at, found.start()) + 1 or at
        end = text.find("\n", found.end())
        at = len(text) if end < 0 else end
        yield from pattern.finditer(text, start, at)


def _of_open_lines(text: str, taken: list[Annotation], calendar: Calendar, rules: Rulebook, words: RoleWords, skip: Sequence[Span]) -> list[Annotation]:
    """Lines of labels without colon: 「责任科室　医务科　　完成时间　9月」; what stands behind a label must be names or a date."""
    spans = sorted((a.start, a.end) for a in taken)
    forms = rules.compiled(build_forms)
    found: list[Annotation] = []
    for line in _in_lines_with(_OPEN_SIGN, _OPEN_LINE, text):
        start, end = line.span(1)
        if line[2] not in words.labels or _inside(start, spans) or _inside(start, skip):
            continue
        whole = Annotation(start, end, rule=OPEN, labelled=True, own_line=True)
        marks = [(m.start(), m.end(), m[1]) for m in words.long_label.finditer(text, start, end)]
        if not is_open(line[2]):
            if not _beside_label(text, start, end, words):
                continue
            marks.insert(0, (start, line.end(2), line[2]))
        for k, (_, slot, printed) in enumerate(marks):
            word = words.labels[printed]
            stop = marks[k + 1][0] if k + 1 < len(marks) else end
            if word.role == "none":
                continue
            if word.role == "deadline":
                whole.dates += find_dates(text, calendar, rules, slot, stop)
                continue
            read = parse_slot(text, slot, stop, word.role, calendar, rules)
            if not read.has_roles or not all(forms.is_name(text[a:b]) or forms.is_group(text[a:b]) for _, (a, b), _ in read.names):
                break
            whole.names += read.names
            whole.people += read.people
        else:
            if marks and (whole.has_roles or whole.dates):
                found.append(whole)
    return found


def _of_dashed_lines(text: str, taken: list[Annotation], calendar: Calendar, rules: Rulebook, words: RoleWords, skip: Sequence[Span]) -> list[Annotation]:
    """Lines of their own that begin with a dash and say who does it in words behind the names: 「——医务科牵头，护理部配合」."""
    if "—" not in text and "--" not in text:
        return []
    spans = sorted((a.start, a.end) for a in taken)
    found = []
    for line in _DASHED_LINE.finditer(text):
        start, end = line.span(2)
        if _inside(start, spans) or _inside(start, skip) or words.suffix.search(text, start, end) is None or words.labels_in(line[2]):
            continue
        annotation = parse_annotation(text, start, end, calendar, rules, words, strict=True)
        if annotation is None or not annotation.names or min(span[0] for _, span, _ in annotation.names) > start + 1:
            continue  # what precedes the first name is an act
        annotation.start, annotation.end = line.start(1), line.end()
        annotation.rule, annotation.own_line = DASHED, True
        found.append(annotation)
    return found


def _beside_label(text: str, start: int, end: int, words: RoleWords) -> bool:
    """Whether the line above or below begins with a label as well: 「牵头　医务科」 alone may be anything."""
    above = text.rfind("\n", 0, max(0, text.rfind("\n", 0, start)))
    for at in (above + 1, end + 1):
        found = _LABEL_LINE.match(text, at) if at != start else None
        if found is not None and found[1] in words.labels:
            return True
    return False


def _of_tails(text: str, taken: list[Annotation], calendar: Calendar, rules: Rulebook, words: RoleWords, skip: Sequence[Span]) -> list[Annotation]:
    """Names at the end of a line: 「…到位。——医务科、护理部」, 「…到位。　　医务科」, or alone on a line set far in."""
    if "—" not in text and "--" not in text and "  " not in text and "\u3000\u3000" not in text:
        return []
    spans = sorted((a.start, a.end) for a in taken)
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
        if tail is None or _inside(tail[1], spans) or _inside(tail[1], skip):
            continue
        begin, start, alone = tail
        dashed = text[start - 1] in "—-"
        stopped = alone or text[begin - 1] in (_STOPS if dashed else _STOPS[:5]) or (dashed and text[begin] in " \u3000")
        k = bisect_left(spans, (start,))
        if k < len(spans) and spans[k][0] < stop:
            continue
        annotation = parse_annotation(text, start, stop, calendar, rules, words, strict=not words.labels_in(text[start:stop]))
        if annotation is None or not annotation.has_roles:
            continue
        forms = rules.compiled(build_forms)
        if alone and not all(forms.is_known(text[a:b]) for _, (a, b), _ in annotation.names):
            continue
        if not stopped and not (_NUMBERED.match(text, at, begin) and all(forms.is_known(text[a:b]) or forms.is_group(text[a:b]) for _, (a, b), _ in annotation.names)):
            continue
        annotation.start, annotation.end, annotation.rule, annotation.own_line = begin, stop, "tail", alone
        found.append(annotation)
    return found


def _of_last_sentences(text: str, taken: list[Annotation], calendar: Calendar, rules: Rulebook, words: RoleWords, skip: Sequence[Span]) -> list[Annotation]:
    """A numbered line whose last sentence is nothing but departments: 「7.完善考核方案。绩效办、人事科。」."""
    forms = rules.compiled(build_forms)
    spans = sorted((a.start, a.end) for a in taken)
    found = []
    for last in _LAST_SENTENCE.finditer(text):
        start, end = last.span(1)
        line = text.rfind("\n", 0, start) + 1
        if not _NUMBERED.match(text, line, start) or _inside(start, spans) or _inside(start, skip):
            continue
        annotation = parse_annotation(text, start, end, calendar, rules, words, strict=True)
        if annotation is None or not annotation.names or not all(forms.is_known(text[a:b]) or forms.is_group(text[a:b]) for _, (a, b), _ in annotation.names):
            continue
        annotation.start, annotation.end, annotation.rule = start, last.end(), "tail"
        found.append(annotation)
    return found


def _of_arrows(text: str, taken: list[Annotation], calendar: Calendar, rules: Rulebook, words: RoleWords, skip: Sequence[Span]) -> list[Annotation]:
    """Names and dates behind an arrow: 「创建胸痛中心 → 心内科（急诊科配合） → 6月底前」."""
    found: list[Annotation] = []
    ordered = sorted(taken, key=lambda a: a.start)
    starts = [a.start for a in ordered]
    dropped: set[int] = set()
    for line in _in_lines_with(_ARROW_SIGN, _ARROWS, text):
        arrow = _ARROW.search(text, *line.span())
        if arrow is None or _inside(arrow.start(), skip) or not text[line.start() : arrow.start()].strip():
            continue
        annotation = parse_annotation(text, arrow.end(), line.end(), calendar, rules, words, strict=True)
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
        if dash - begin >= 0 and len(names.strip()) >= 2 and "。" not in names and (before in _STOPS or (blank and before) or double):
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


def _of_summaries(text: str, taken: list[Annotation], calendar: Calendar, rules: Rulebook, words: RoleWords, skip: Sequence[Span]) -> list[Annotation]:
    """Lines such as 「以上三项任务由护理部牵头，门诊部配合，12月底前完成。」."""
    if not any(sign in text for sign in _SUMMARY_SIGNS):
        return []
    spans = sorted((a.start, a.end) for a in taken)
    found = []
    for line in _SUMMARY.finditer(text):
        at = text.index("由", line.start())
        if _inside(line.start(), spans) or _inside(at, spans) or _inside(at, skip) or not words.suffix.search(text, at, line.end()):
            continue
        annotation = parse_annotation(text, at, line.end(), calendar, rules, words, strict=True)
        if annotation is None or not annotation.names:
            continue
        annotation.start, annotation.end, annotation.scope, annotation.own_line = line.start(), line.end(), "block", True
        found.append(annotation)
    return found


def _between(text: str, start: int, end: int, skip: Sequence[Span]) -> str:
    """Return what stands between two annotations, without lines that are no text (a page number)."""
    gap = text[start:end]
    if end - start > _LONGEST_GAP or not gap.strip():
        return gap
    k = bisect_left(skip, (start,))
    while k < len(skip) and skip[k][1] <= end:
        gap = gap.replace(text[slice(*skip[k])], "")
        k += 1
    return gap


def _merge(text: str, found: list[Annotation], skip: Sequence[Span]) -> list[Annotation]:
    """Join annotations with nothing but blanks between them: role lines, and brackets side by side."""
    merged: list[Annotation] = []
    for annotation in found:
        last = merged[-1] if merged else None
        if last is not None and annotation.scope == last.scope and (last.own_line or not annotation.own_line) and annotation.start >= last.end and not _between(text, last.end, annotation.start, skip).strip(" \u3000\n，,；;。、"):
            last.end = annotation.end
            last.names += annotation.names
            last.people += annotation.people
            last.dates += annotation.dates
            last.rule = OPEN if OPEN in (last.rule, annotation.rule) else last.rule
            last.scope = "block" if "block" in (last.scope, annotation.scope) else "item"
            last.placeholder = last.placeholder or annotation.placeholder
        elif last is not None and annotation.start < last.end:
            continue
        else:
            merged.append(annotation)
    return merged
