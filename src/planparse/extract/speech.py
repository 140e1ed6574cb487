"""Speech cut into what is judged: sentences, the items of an enumeration (一是…二是…), of a list between ；."""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.expressions import expression
from planparse.model import Span
from planparse.rulebook import Entry, Example, Rulebook
from planparse.segment.sentences import sentences

TRIM = "，,；;、 \u3000\n\v：:"
_BYLINE = expression(r"(?<=[。！])[ \u3000]?[（(][^（）()：:。，]{2,16}[）)]$")
_LONGEST_BYLINE = 24
#: no act is shorter
SHORTEST = 6
_SHORT_HEAD = 16
#: so much is read before an enumeration
_LEAD_IN = 80
#: so many items of an enumeration, each a line of at most so many characters, are walked back
_MOST_ITEMS, _LONGEST_ITEM = 12, 400
#: so long are the words that say how somebody speaks
_SPOKEN = 4
#: so many demands make a chain
_CHAIN = 2
#: 医务部表示，|将在5月底前完成培训: who says it is to do it
_PROMISES, _OFFICE_SAID = expression(r"将(?!来)"), expression(r"[科部处办室局委院心](?:表示|承诺)[，,]$")


class Speech(Struct, frozen=True):
    """Enumerators, speakers (also behind what they did: relay), demands in a chain, call and answer, and words behind the last item.

    A call makes an enumeration a demand, an answer makes it a report.
    """

    enumerator: re.Pattern[str]
    speaker: re.Pattern[str]
    relay: re.Pattern[str]
    chain: re.Pattern[str]
    lead_in: re.Pattern[str]
    call: re.Pattern[str]
    answer: re.Pattern[str]
    last: re.Pattern[str]
    farewell: re.Pattern[str]
    #: what stands before an enumeration that only says what is so, and before a sentence that sets something
    faults: re.Pattern[str]
    decided: re.Pattern[str]
    guided: re.Pattern[str]
    #: what opens an item and is no act: who decided it, why it is done, while what
    resolved: re.Pattern[str]
    grounds: re.Pattern[str]
    meanwhile: re.Pattern[str]

    def is_called(self, text: str, start: int) -> bool:
        """Whether what stands before the enumeration at ``start`` demands it: 提出三点要求：|一是…."""
        for _ in range(_MOST_ITEMS):  # 一是…；⏎二是…: to the line before the first item
            line = text.rfind("\n", max(0, start - _LONGEST_ITEM), max(0, start - 1)) + 1
            if not line or text[start - 1] != "\n" or not self.enumerator.match(text, line):
                break
            start = line
        low = max(0, start - _LEAD_IN)
        low = max(low, text.rfind("。", low, max(low, start - 1)) + 1)
        clause = max(text.rfind(mark, low, max(low, start - 1)) for mark in "，,") + 1
        return (
            self.call.search(text, low, start) is not None
            and self.answer.search(text, max(low, clause), start) is None
        )


def build_speech(rules: Rulebook) -> Speech:
    """Return the compiled patterns of speech."""
    patterns: dict[str, list[str]] = {}
    for entry in rules.entries("speech"):
        patterns.setdefault(entry["kind"], []).append(entry["pattern"])
    return Speech(
        **{
            kind: expression(some[0] if len(some) == 1 else "|".join(f"(?:{one})" for one in some))
            for kind, some in patterns.items()
        }
    )


class Unit(Struct):
    """A stretch to judge: a sentence, or an enumerated requirement with its head (「抓质量。」)."""

    start: int
    end: int
    enumerated: bool = False
    head_end: int = 0
    called: bool = False
    #: in narrative, where the rules are silent the classifier decides
    narrative: bool = False
    #: of a report, where somebody who does something has mostly done it
    reported: bool = False
    #: of what was found (存在不少问题：一是…), or what a meeting set (会议明确，…)
    found: bool = False
    decided: bool = False
    #: one of 要…；要…；要…
    chained: bool = False


def units(text: str, start: int, end: int, speech: Speech) -> list[Unit]:
    """Return the sentences of a paragraph; an enumerated requirement runs to the next enumerator."""
    marks = [m.span() for m in speech.enumerator.finditer(text, start, end)]
    if len(marks) < 2 and not (marks and marks[0][0] == start):
        marks = []
    result: list[Unit] = []
    at = start
    called = bool(marks) and speech.is_called(text, marks[0][0])
    found = (
        bool(marks) and speech.faults.search(text, max(0, marks[0][0] - _LEAD_IN), marks[0][0]) is not None
    )
    for k, (a, b) in enumerate(marks):
        result += _plain(text, at, a, speech)
        stop = marks[k + 1][0] if k + 1 < len(marks) else end
        if k + 1 == len(marks):
            stop = _last_item(text, b, stop, speech)
            if k and text[a - 1] == "\n":  # each on a line of its own
                line = text.find("\n", b, stop)
                stop = line if line >= 0 else stop
        unit = Unit(b, stop, True, called=called, found=found)
        first = text.find("。", b, min(stop, b + _SHORT_HEAD + 1))
        unit.head_end = first + 1 if 0 <= first < stop - 1 and text[first + 1] not in "（(" else b
        result.append(unit)
        at = stop
    return result + _plain(text, at, end, speech)


def _last_item(text: str, start: int, end: int, speech: Speech) -> int:
    """The last enumerated item ends before a new speaker, and before who wrote the report: …严格考核。（院办）."""
    byline = _BYLINE.search(text, max(start, end - _LONGEST_BYLINE), end)
    end = byline.start() if byline else end
    for a, _ in sentences(text, start, end)[1:]:
        if speech.speaker.match(text, a, end):
            return a
    return end


def _spoken(text: str, start: int, end: int, speech: Speech) -> list[Span]:
    """Return the sentences of a stretch without who says them; parted where somebody speaks who did something before."""
    result: list[Span] = []
    for first, last in sentences(text, start, end):
        a = first
        for relay in speech.relay.finditer(text, first, last):
            result.append((a, relay.start()))
            a = relay.end()
        found = speech.speaker.match(text, a, last)
        own = found is not None and _PROMISES.match(text, found.end()) and _OFFICE_SAID.search(found[0])
        result.append((found.end() if found and found.end() < last and not own else a, last))
    return result


def _plain(text: str, start: int, end: int, speech: Speech) -> list[Unit]:
    result = []
    spoken = _spoken(text, start, end, speech)
    demands = {a for a, b in spoken if speech.chain.match(text, a, b) is not None}
    for a, b in spoken:
        listed = _listed(text, a, b, speech) or _chained(text, a, b, speech)
        if not listed and a in demands and len(demands) >= _CHAIN and b - a >= SHORTEST:
            listed = [Unit(a, b, True, chained=True)]  # 要…。要…。
        if listed:
            result += listed
            continue
        while a < b and (text[a] in TRIM or (text[a] == "“" and not _names(text, a, b))):
            a += 1
        if b - a >= SHORTEST and not (text[b - 1] in "：:" and speech.lead_in.search(text, a, b)):
            result.append(
                Unit(a, b, decided=speech.decided.search(text, max(start, a - _SPOKEN), a) is not None)
            )
    return result


def _names(text: str, at: int, end: int) -> bool:
    """Whether the quotation mark at ``at`` opens a name inside the sentence, no speech: “五一”假期期间，…."""
    shut = text.find("”", at, end - 1)
    return shut >= 0 and text.find("“", at + 1, shut) < 0


def _listed(text: str, start: int, end: int, speech: Speech) -> list[Unit]:
    """Return the items of a demanded list: 「要抓好三方面工作：…；…；…」; nothing where it is no such list."""
    if text.count("；", start, end) < 2:
        return []
    colon = (
        start - 1
        if text[start - 1 : start] in ("：", ":")
        else max(text.find(mark, start, start + _LEAD_IN) for mark in "：:")
    )
    if colon < 0 or text.count("；", colon, end) < 2 or not speech.is_called(text, colon + 1):
        return []
    items = [(a, b) for a, b in pieces(text, colon + 1, end) if b - a >= SHORTEST]
    return [Unit(a, b, True, called=True) for a, b in items] if len(items) > 2 else []


def _chained(text: str, start: int, end: int, speech: Speech) -> list[Unit]:
    """Return the demands of a chain: 「要…；要…；要…」; nothing where fewer than two are demanded so."""
    if text.find("；", start, end) < 0 and text.find(";", start, end) < 0:
        return []
    items = [(a, b) for a, b in pieces(text, start, end) if b - a >= SHORTEST]
    demanded = sum(speech.chain.match(text, a, b) is not None for a, b in items)
    return [Unit(a, b, True, chained=True) for a, b in items] if demanded >= _CHAIN else []


def pieces(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of a stretch, parted at ； too."""
    return [(a, b) for a, b in sentences(text, start, end, clauses=True) if text[a:b].strip(TRIM)]


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of speech."""
    pattern = getattr(rules.compiled(build_speech), entry["kind"])
    found = pattern.search(example.text)
    if not positive:
        return f"found {found[0]!r}" if found else None
    return None if found and found.span() == example.span else f"found {found[0] if found else None!r}"
