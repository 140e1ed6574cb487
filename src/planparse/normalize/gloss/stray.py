"""Readings that stand behind their own character in a hospital's text, without the rest of a glossed page.

Hands have been at some pages since: one character of the table stands unglossed, a reading stands behind the
word that it reads, a bracket is lost. No plan of a hospital glosses 護理 for its readers, so a toned reading
of the very character before it (and a bare one between two characters, of either) goes; text that talks
about pronunciation keeps it.

>>> [hit.before for hit in stray_readings("醫院護（hù）理部負責鎮痛(zhèn tòng),護lǐ理部參加")]
['護（hù）', '痛(zhèn tòng)', '護lǐ']
>>> stray_readings("龜(guī)茲古城"), stray_readings("醫院讀作醫(yī)院")
([], [])
"""

from __future__ import annotations

import re

from planparse.clean import Edit
from planparse.expressions import expression
from planparse.model import Span
from planparse.normalize.gloss.readings import sounds
from planparse.normalize.gloss.survey import SYLLABLE
from planparse.normalize.tones import TONED

HAN = "[\u3400-\u9fff]"
#: readings of up to this many characters in one bracket, a space between two
WORD = 4
READINGS = f" ?{SYLLABLE}(?: {SYLLABLE}){{0,{WORD - 1}}} ?[)）]"
#: found by the bracket or the letter, then the character before it is looked at: few places are tried so
BRACKETS = expression(f"[(（](?<={HAN}.){READINGS}(?:[(（]{READINGS})*")
BARE = expression(f"[a-zü{TONED}](?<={HAN}.)[a-zü{TONED}]{{0,6}}(?={HAN})")
WHOLE = expression(SYLLABLE)
ONE = expression(f"{SYLLABLE}(?: {SYLLABLE})*")
NOTES = expression(f"[(（][a-z{TONED}ü ]{{1,30}}[)）]")
#: the text is a hospital's; the text talks about how a character is read
HOSPITAL = expression("[医醫][院务務疗療护護]|科室|[护護]理|[卫衛]生|[临臨]床|患者|病[人房]")
PRONOUNCED = (
    "读作", "讀作", "读成", "讀成", "读音", "讀音", "念作", "唸作", "拼音", "注音", "音同", "发音", "發音",
    "普通话", "普通話", "多音字", "汉字", "漢字",
)  # fmt: skip
AROUND = 16


def stray_readings(text: str) -> list[Edit]:
    """Return the edits that take stray readings out, in order; none in a text that is no hospital's."""
    return [Edit("gloss", (start, end), text[start:end], text[start]) for start, end in stray_spans(text)]


def stray_spans(text: str, known: frozenset[Span] = frozenset()) -> list[Span]:
    """Return the spans of stray readings, their character included, but those ``known`` to be glosses."""
    # a reading in brackets may part the two characters of a word
    if not HOSPITAL.search(text) and not HOSPITAL.search(NOTES.sub("", text)):
        return []
    words = [word for word in PRONOUNCED if word in text]
    spans = []
    for hit in BRACKETS.finditer(text):
        start, end = hit.span()
        if (start - 1, end) not in known and _all_agree(text, hit) and not _pronounced(text, hit, words):
            spans.append((start - 1, end))
    for hit in BARE.finditer(text):
        start, end = hit.span()
        if not WHOLE.fullmatch(text, start, end):
            continue
        reading = hit[0]
        if (sounds(text[start - 1], reading) or sounds(text[end], reading)) and not _pronounced(
            text, hit, words
        ):
            spans.append((start - 1, end))
    return sorted(spans)


def count_readings(text: str) -> int:
    """Return how many readings stand behind their own character."""
    bare = (hit for hit in BARE.finditer(text) if WHOLE.fullmatch(text, *hit.span()))
    return sum(_all_agree(text, hit) for hit in BRACKETS.finditer(text)) + sum(
        _agree(text, hit.start(), hit[0]) for hit in bare
    )


def _all_agree(text: str, hit: re.Match[str]) -> bool:
    return all(_agree(text, hit.start(), one) for one in ONE.findall(hit[0]))


def _agree(text: str, end: int, printed: str) -> bool:
    """Tell whether the characters before ``end`` read as printed, one syllable each."""
    readings = printed.split(" ")
    start = end - len(readings)
    return start >= 0 and all(map(sounds, text[start:end], readings))


def _pronounced(text: str, hit: re.Match[str], words: list[str]) -> bool:
    """Tell whether the text talks about pronunciation near a hit; ``words`` are those that it holds at all."""
    start, end = max(0, hit.start() - AROUND), hit.end() + AROUND
    return any(text.find(word, start, end) >= 0 for word in words)
