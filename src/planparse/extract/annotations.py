"""Responsibility annotations: brackets, lines and inline labels that say who leads, answers, supports, by when.

The grammar: an annotation is clauses; a clause is labels with slots (牵头科室：X), or names with suffixes (X牵头,
Y、Z配合), or bare names (（医务科、护理部）), or a date. What the words mean is data (rules/roles.toml).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from planparse.catalogue import (
    PersonSpan,
    build_catalogue,
    build_forms,
    build_people,
    people_behind,
    split_names,
    split_people,
)
from planparse.extract.brackets import Bracket, brackets
from planparse.extract.dates import Calendar, DateMention, find_dates
from planparse.extract.roles import RoleWord, RoleWords, build_roles
from planparse.model import Span
from planparse.rulebook import Rulebook
from planparse.segment.numbering import ordinal

_CLAUSE = re.compile(r"[；;。\n]|[ \u3000]{2,}")
_BLOCK = re.compile(r"以上|上述|本节|本部分|本章|下列|以下")
_TAG = re.compile(r"[【〔\[](?:责任分工|责任落实|分工|任务分工|责任|职责分工|工作分工|落实|责任清单)[】〕\]][：:]?")
#: a shorter word before a space is no label
_OPEN_LABEL = 4
_TAIL_WINDOW = 100
_TAIL_MARK = re.compile(r"—|--|[ \u3000]{2}")
_SUMMARY = re.compile(r"^[ \u3000]{0,20}(?:以上|上述|本节|本部分|该部分|本章)[^。\n：:]{0,14}?(?:任务|工作|事项|措施|内容|项目|指标|各项|项|条)?[，,]?(?:均)?由[^\n]{2,160}$", re.M)
_NUMBER_ONLY = re.compile(r"[ \u3000]*[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]?[ \u3000]*")
_UNITISH = re.compile(r"(?:组|队|站|班|社|馆|所|库|会|办|部|科|处|室|局|院|中心|委)$")
_TOGETHER = re.compile(r"[，,]?(?:会同|联合|商|协同)")
_PREFIX = re.compile(r"[ \u3000]*归口(?!管理|负责|科室|部门|单位)")
_WORD = re.compile(r"[^\s、，,；;/／（）()：:\v]+")
_OFFICE = re.compile(r"[\u4e00-\u9fff]{2,8}(?:员|秘书|主任|长|组长|干事|专员|负责人|书记|领导|人)")
_NOTHING = re.compile(r"^[\s—–\-/／无－]*$|^(?:暂无|待定|同上|无)$")
_DEPARTMENT_END = re.compile(r"(?:科|部|办|处|室|局|委|中心|院|组|队|站|所|会|专班|公司|基地|病区|支部|单位|部门|团委|政府|库)(?:[）)])?$")
_BEFORE_BARE = re.compile(r"[。；;.!！？?”\"）)%℅\n：:]$")
_VERBISH = re.compile(r"[完成开展推进落实加强建立制定组织确保]{2}|[，,。]")
_STRIP = "—、，,；;。. 　\t/／:：和与及由\n\v"
MAX_ANNOTATION = 600


@dataclass(slots=True)
class Annotation:
    """One annotation in the clean text; ``names`` are (role, span, rule); ``scope`` is item or block."""

    start: int
    end: int
    names: list[tuple[str, Span, str]] = field(default_factory=list)
    people: list[PersonSpan] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    scope: str = "item"
    rule: str = "annotation"
    labelled: bool = False
    placeholder: bool = False
    own_line: bool = False

    def reach(self, text: str) -> tuple[int, int] | int | None:
        """Return which items 以上… names: (first, last) ordinals, how many before, or None for all of them."""
        said = text[self.start : self.start + 20]
        pair = re.search(r"(\d{1,2})\s?[—–\-~～至到]\s?(\d{1,2})\s?[项条]", said)
        if pair:
            return int(pair[1]), int(pair[2])
        count = re.search(r"以上([一二两三四五六七八九十]{1,2}|\d{1,2})(?:大|个)?[项条]", said)
        if count:
            return {"两": 2}.get(count[1]) or (int(count[1]) if count[1].isdigit() else ordinal(count[1], "han"))
        return None

    @property
    def has_roles(self) -> bool:
        """Whether anybody is named."""
        return bool(self.names or self.people)


@dataclass(slots=True)
class _Parse:
    """State while one annotation is read."""

    text: str
    calendar: Calendar
    rules: Rulebook
    words: RoleWords
    out: Annotation
    raw: list[tuple[RoleWord, Span]] = field(default_factory=list)
    bare: list[Span] = field(default_factory=list)
    printed_lead: bool = False
    current: RoleWord | None = None


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
    found.extend(_of_tails(text, found, calendar, rules, words, skip))
    found.extend(_of_labels(text, labels, stray, found, calendar, rules, words, skip))
    found.sort(key=lambda a: a.start)
    return _merge(text, found)


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
    if labelled and not suffixed and text[start : labels[k]].strip() and not _BLOCK.search(text, start, labels[k]) and labels[k] - start > 40:
        return None
    annotation = parse_annotation(text, start, end, calendar, rules, words, strict=not labelled)
    if annotation is None:
        return None
    annotation.start, annotation.end = pair.start, pair.end if pair.closed else end
    annotation.labelled = labelled
    indent = pair.start
    while indent > 0 and pair.start - indent < 80 and text[indent - 1] in " \u3000\t":
        indent -= 1
    annotation.own_line = indent == 0 or text[indent - 1] == "\n"
    return annotation


def _bare_place(text: str, pair: Bracket) -> bool:
    """Whether a bracket without role words stands where a responsibility stands: closing a sentence or an item."""
    before = text[max(0, pair.start - 2) : pair.start].rstrip()
    after = text[pair.end : pair.end + 1]
    opening = text[pair.start] in "【〔[［〖"
    line_start = text.rfind("\n", max(0, pair.start - 20), pair.start) + 1 or (0 if pair.start < 20 else pair.start - 20)
    if opening and (not text[line_start : pair.start].strip() or _NUMBER_ONLY.fullmatch(text[line_start : pair.start])):
        return True
    if not before:
        return False
    if text[pair.start] in "【〔[［〖" and before[-1] in "，,、":
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
        at_line_start = not lead_in or bool(_BLOCK.search(lead_in) and len(lead_in) <= 16) or lead_in in "（([【" or not lead_in.strip("—-*·•★☆◆■▲△●○▪►➤◇□※▼▽ \u3000") or _TAG.fullmatch(lead_in) is not None
        if not at_line_start and text[at - 1] not in "。；;.！!”）) \u3000\t":
            word = words.label.match(text, at)
            if text[at - 1] not in "，," or word is None or len(word[1]) < 4:
                continue
        if not at_line_start and text[at - 1] in " \u3000" and text[at - 2 : at - 1] not in ("。", "；", ".", "”", "）", " ", "\u3000"):
            word = words.label.match(text, at)
            if word is None or len(word[1]) < 4:
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
        annotation.start = line_start if at_line_start else at
        annotation.end = end + 1 if end < len(text) and text[end] in "）)]】。" else end
        annotation.labelled = True
        annotation.own_line = at_line_start
        if _BLOCK.search(lead_in):
            annotation.scope = "block"
        found.append(annotation)
        until = annotation.end
    return found


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
        if tail is None or _inside(tail[1], spans) or _inside(tail[1], skip):
            continue
        begin, start, alone = tail
        k = bisect_left(spans, (start,))
        if k < len(spans) and spans[k][0] < stop:
            continue
        annotation = parse_annotation(text, start, stop, calendar, rules, words, strict=not words.labels_in(text[start:stop]))
        if annotation is None or not annotation.has_roles:
            continue
        if alone and not all(rules.compiled(build_forms).is_known(text[a:b]) for _, (a, b), _ in annotation.names):
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
        if dash - begin >= 0 and len(names.strip()) >= 2 and "。" not in names and (before in tuple("。；;！!”）)") or (blank and before)):
            return shift + begin, shift + dash + 1, False
        return None
    gap = max(near.rfind("  "), near.rfind("\u3000\u3000"), near.rfind("\u3000 "), near.rfind(" \u3000"))
    if gap < 0:
        return None
    names = near[gap + 2 :]
    if not 2 <= len(names) <= 60 or any(c in "。：:" for c in names):
        return None
    head = near[:gap].rstrip(" \u3000\t")
    if head:
        return (shift + len(head), shift + gap + 2, False) if head[-1] in "。；;！!" else None
    indent = end - len(names) - start
    return (start, end - len(names), True) if indent >= 6 and start > 0 else None


def _of_summaries(text: str, taken: list[Annotation], calendar: Calendar, rules: Rulebook, words: RoleWords, skip: Sequence[Span]) -> list[Annotation]:
    """Lines such as 「以上三项任务由护理部牵头，门诊部配合，12月底前完成。」."""
    if "以上" not in text and "上述" not in text and "本部分" not in text and "本节" not in text:
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


def _merge(text: str, found: list[Annotation]) -> list[Annotation]:
    """Join annotations with nothing but blanks between them: role lines, and brackets side by side."""
    merged: list[Annotation] = []
    for annotation in found:
        last = merged[-1] if merged else None
        if last is not None and annotation.scope == last.scope and (last.own_line or not annotation.own_line) and annotation.start >= last.end and not text[last.end : annotation.start].strip(" \u3000\n，,；;。、"):
            last.end = annotation.end
            last.names += annotation.names
            last.people += annotation.people
            last.dates += annotation.dates
            last.scope = "block" if "block" in (last.scope, annotation.scope) else "item"
            last.placeholder = last.placeholder or annotation.placeholder
        elif last is not None and annotation.start < last.end:
            continue
        else:
            merged.append(annotation)
    return merged


def parse_annotation(
    text: str, start: int, end: int, calendar: Calendar, rules: Rulebook, words: RoleWords, *, strict: bool
) -> Annotation | None:
    """Return the annotation that ``text[start:end]`` says, or None; ``strict`` wants every name to be a department."""
    state = _Parse(text, calendar, rules, words, Annotation(start, end))
    state.printed_lead = False
    state.out.dates = list(find_dates(text, calendar, rules, start, end))
    if _BLOCK.search(text, start, min(end, start + 12)):
        state.out.scope = "block"
    at = start
    for cut in _cuts(text, start, end):
        if not _clause(state, at, cut[0]) and strict:
            return None
        at = cut[1]
    if not _clause(state, at, end) and strict:
        return None
    return _finish(state, strict)


def _cuts(text: str, start: int, end: int) -> list[Span]:
    """Clause separators at bracket depth 0."""
    cuts, depth, at = [], 0, start
    for found in re.finditer(r"[（(【〔\[]|[）)】〕\]]|[；;。\n｜|]|[ \u3000]{2,}", text[start:end]):
        char = found[0][0]
        at = start + found.start()
        if char in "（(【〔[":
            depth += 1
        elif char in "）)】〕]":
            depth = max(0, depth - 1)
        elif depth == 0:
            cuts.append((at, start + found.end()))
    return cuts


def _clause(state: _Parse, start: int, end: int) -> bool:
    """Read one clause; False when it holds something that belongs in no annotation."""
    text, words = state.text, state.words
    if _NOTHING.match(text[start:end].strip(_STRIP)):
        return True
    marks = _marks(state, start, end)
    if not marks:
        marks = [(m.start(), m.end(), words.labels[m[1]]) for m in words.open_label.finditer(text, start, end) if len(m[1]) >= _OPEN_LABEL and (m.start() == start or text[m.start() - 1] in " ，,、；")]
    if not marks:
        return _unlabelled(state, start, end)
    if text[start : marks[0][0]].strip(_STRIP) and not _BLOCK.search(text, start, marks[0][0]):
        _unlabelled(state, start, marks[0][0])
    for k, (_, slot, word) in enumerate(marks):
        _slot(state, slot, marks[k + 1][0] if k + 1 < len(marks) else end, word)
    return True


def _marks(state: _Parse, start: int, end: int) -> list[tuple[int, int, RoleWord]]:
    """The labels of a clause: (start, where its slot begins, word)."""
    text, words = state.text, state.words
    marks = []
    for at in words.labels_in(text[start:end]):
        found = words.label.match(text, start + at, end)
        if found is not None:
            marks.append((found.start(), found.end(), words.labels[found[1]]))
    return marks


def _slot(state: _Parse, start: int, end: int, word: RoleWord) -> None:
    """Read what stands after a label."""
    text = state.text
    state.out.rule = word.rule
    while end > start and text[end - 1] in _STRIP:
        end -= 1
    if word.role == "none" or start >= end:
        state.current = word
        return
    if word.role == "deadline":
        state.current = None
        return
    if word.role == "leaders":
        state.current = word
        _people(state, start, end)
        return
    state.printed_lead = state.printed_lead or word.role == "lead"
    if state.words.suffix.search(text, start, end) and _suffixes(state, start, end):
        return
    state.current = word
    _names(state, word, start, end)


def _people(state: _Parse, start: int, end: int) -> None:
    catalogue, forms = state.rules.compiled(build_catalogue), state.rules.compiled(build_forms)
    said = False
    for person in split_people(state.text, start, end, state.rules):
        name = state.text[person.name[0] : person.name[1]]
        if any(d.span[0] <= person.name[0] < d.span[1] for d in state.out.dates) or _NOTHING.match(name):
            continue
        if catalogue.department(name) is not None and not forms.is_group(name):
            state.raw.append((RoleWord("responsible", False, "leaders.label"), person.name))
            said = True
        elif forms.is_placeholder(name):
            state.out.placeholder = True
        else:
            state.out.people.append(person)
            said = True
    slot = state.text[start:end].strip(_STRIP)
    if not said and _OFFICE.fullmatch(slot) and not forms.could_be(slot) and not any(d.span[0] < end and start < d.span[1] for d in state.out.dates):
        at = state.text.index(slot, start)
        state.out.people.append(PersonSpan((at, at + len(slot))))


def _is_named(state: _Parse, person: PersonSpan) -> bool:
    """Whether the person is printed with a name, not an office alone."""
    return state.rules.compiled(build_people).is_name(state.text[person.name[0] : person.name[1]].replace(" ", ""))


def _names(state: _Parse, word: RoleWord, start: int, end: int) -> bool:
    """Add the names of a slot; return False when something in it is no name."""
    text = state.text
    whole = True
    forms = state.rules.compiled(build_forms)
    for a, b in split_names(text, start, end, state.rules):
        name = text[a:b]
        if any(d.span[0] < b and a < d.span[1] for d in state.out.dates):
            continue
        if _NOTHING.match(name):
            continue
        if forms.is_placeholder(name):
            state.out.placeholder = True
            continue
        if len(name) > 30 or len(name) < 2:
            whole = False
            continue
        state.raw.append((word, (a, b)))
        state.out.people.extend(people_behind(text, b, end, state.rules))
    return whole


def _unlabelled(state: _Parse, start: int, end: int) -> bool:
    """A clause without label: suffixes, the continuation of the slot before, bare names, or a date."""
    prefix = _PREFIX.match(state.text, start, end)
    if prefix:  # 归口规划信息处，药政处参与
        stop = min((i for i in (state.text.find(c, prefix.end(), end) for c in "，,；;") if i >= 0), default=end)
        state.printed_lead = True
        _names(state, RoleWord("lead", False, "prefix"), prefix.end(), stop)
        return stop >= end or _unlabelled(state, stop + 1, end)
    if state.words.suffix.search(state.text, start, end) and _suffixes(state, start, end):
        return True
    if state.current is not None:
        if state.current.role == "none":
            return True
        if state.current.role == "leaders":
            _people(state, start, end)
            return True
        return _names(state, state.current, start, end)
    return _bare(state, start, end)


def _is_department(state: _Parse, span: Span) -> bool:
    name = state.text[span[0] : span[1]]
    forms = state.rules.compiled(build_forms)
    return forms.is_name(name) or forms.is_group(name)


def _bare(state: _Parse, start: int, end: int) -> bool:
    """Names without any role word: all of them must be departments."""
    spans = []
    for a, b in split_names(state.text, start, end, state.rules):
        if any(d.span[0] < b and a < d.span[1] for d in state.out.dates) or _NOTHING.match(state.text[a:b]):
            continue
        spans.append((a, b))
    if not spans:
        return True
    if state.rules.compiled(build_forms).is_placeholder(state.text[start:end].strip(_STRIP)):
        return False
    forms = state.rules.compiled(build_forms)
    sure = [span for span in spans if _is_department(state, span)]
    if not sure or not all(span in sure or forms.could_be(state.text[span[0] : span[1]]) for span in spans):
        return False
    if len(sure) < len(spans) and 2 * len(sure) < len(spans):
        return False
    state.bare.extend(spans)
    return True


def _suffixes(state: _Parse, start: int, end: int) -> bool:
    """Names before role words: 「急诊科牵头，心内科、神经内科负责，检验科配合」."""
    text, words = state.text, state.words
    at = start
    found_any = False
    for found in words.suffix.finditer(text, start, end):
        if found.start() < at:
            continue
        a = at
        by = text.rfind("由", at, found.start())
        if by >= 0:
            a = by + 1
        while a < found.start() and text[a] in _STRIP:
            a += 1
        if a >= found.start():
            at = found.end() if found_any else at
            continue
        word = words.suffixes[found[1]]
        spans = [s for s in split_names(text, a, found.start(), state.rules) if not any(d.span[0] < s[1] and s[0] < d.span[1] for d in state.out.dates)]
        forms = state.rules.compiled(build_forms)
        if any(forms.is_placeholder(text[x:y]) for x, y in spans):
            state.out.placeholder = True
        spans = [s for s in spans if not forms.is_placeholder(text[s[0] : s[1]])]
        good = [s for s in spans if _is_department(state, s) or (_UNITISH.search(text[s[0] : s[1]]) and forms.could_be(text[s[0] : s[1]]))]
        if not spans:
            continue
        if len(good) < len(spans):
            people = split_people(text, a, found.start(), state.rules)
            if not good and people and all(_is_named(state, p) for p in people):
                state.out.people.extend(people)
                at = found.end()
                found_any = True
                continue
            if not good:
                continue
        state.printed_lead = state.printed_lead or word.role == "lead"
        state.raw.extend((word, _s) for _s in good)
        state.out.rule = word.rule
        at = found.end()
        found_any = True
    if found_any:
        state.current = None
        together = _TOGETHER.match(text, at, end)
        if together:
            _names(state, RoleWord("support", False, "together"), together.end(), end)
            return True
        rest = text[at:end].strip(_STRIP)
        if rest and not any(d.span[0] >= at for d in state.out.dates):
            _bare(state, at, end)
    return found_any


def _finish(state: _Parse, strict: bool) -> Annotation | None:
    out = state.out
    supported = any(word.role == "support" for word, _ in state.raw)
    for word, span in state.raw:
        role = "lead" if word.bare_lead and supported and not state.printed_lead else word.role
        out.names.append((role, span, word.rule))
    out.names.extend(("responsible", span, "bare") for span in state.bare)
    if not out.names and not out.people and not (out.dates and not strict) and not (out.placeholder and not strict):
        return None
    return out


def parse_slot(text: str, start: int, end: int, role: str | None, calendar: Calendar, rules: Rulebook) -> Annotation:
    """Return what a table cell under a role header names; ``role`` None for a cell that prints its own labels."""
    words = rules.compiled(build_roles)
    state = _Parse(text, calendar, rules, words, Annotation(start, end))
    if role is not None and role != "deadline":
        state.current = RoleWord(role, False, "table." + role)
    at = start
    for cut in [*((m.start(), m.end()) for m in re.finditer(r"[；;\n\v]", text[start:end])), (end - start, end - start)]:
        stop = start + cut[0]
        if at < stop and text[at:stop].strip():
            if role is None and not words.labels_in(text[at:stop]) and not words.suffix.search(text, at, stop):
                _mixed(state, at, stop)
            elif words.labels_in(text[at:stop]) or role is None:
                _clause(state, at, stop)
            elif role == "leaders":
                _people(state, at, stop)
            elif not (words.suffix.search(text, at, stop) and _suffixes(state, at, stop)):
                _names(state, RoleWord(role, False, "table." + role), at, stop)
        at = start + cut[1]
    return _finish(state, False) or state.out


def _mixed(state: _Parse, start: int, end: int) -> None:
    """A cell of departments and persons together (责任科室及责任人): each word by what it is."""
    text = state.text
    forms, people = state.rules.compiled(build_forms), state.rules.compiled(build_people)
    for found in _WORD.finditer(text, start, end):
        a, b = found.span()
        word = text[a:b]
        if forms.is_name(word) or forms.is_group(word):
            state.raw.append((RoleWord("responsible", False, "table.roles"), (a, b)))
        elif people.is_name(word) or people.is_bearer(word):
            state.out.people.append(PersonSpan((a, b)))
        else:
            for name in split_names(text, a, b, state.rules):
                state.raw.append((RoleWord("responsible", False, "table.roles"), name))
