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
from planparse.normalize.gloss.readings import sounds
from planparse.normalize.gloss.survey import SYLLABLE
from planparse.normalize.tones import TONED

HAN = "[\u3400-\u9fff]"
#: readings of up to this many characters in one bracket, a space between two
WORD = 4
BRACKETS = re.compile(f"(?<={HAN})(?:[(（] ?{SYLLABLE}(?: {SYLLABLE}){{0,{WORD - 1}}} ?[)）])+")
BARE = re.compile(f"(?<={HAN})({SYLLABLE})(?={HAN})")
ONE = re.compile(f"{SYLLABLE}(?: {SYLLABLE})*")
NOTES = re.compile(f"[(（][a-z{TONED}ü ]{{1,30}}[)）]")
#: the text is a hospital's; the text talks about how a character is read
HOSPITAL = re.compile("[医醫][院务務疗療护護]|科室|[护護]理|[卫衛]生|[临臨]床|患者|病[人房]")
PRONOUNCED = re.compile(
    "[读讀]作|[读讀]成|[读讀]音|[念唸]作|拼音|注音|音同|[发發]音|普通[话話]|多音字|[汉漢]字"
)
AROUND = 16


def stray_readings(text: str) -> list[Edit]:
    """Return the edits that take stray readings out, in order; none in a text that is no hospital's."""
    if not HOSPITAL.search(NOTES.sub("", text)):
        return []
    edits = [
        Edit("gloss", (hit.start() - 1, hit.end()), text[hit.start() - 1 : hit.end()], text[hit.start() - 1])
        for hit in BRACKETS.finditer(text)
        if all(_agree(text, hit.start(), one) for one in ONE.findall(hit[0])) and not _pronounced(text, hit)
    ]
    for hit in BARE.finditer(text):
        at, reading = hit.start() - 1, hit[1]
        if (sounds(text[at], reading) or sounds(text[hit.end()], reading)) and not _pronounced(text, hit):
            edits.append(Edit("gloss", (at, hit.end()), text[at : hit.end()], text[at]))
    return sorted(edits, key=lambda edit: edit.span)


def count_readings(text: str) -> int:
    """Return how many readings stand behind their own character."""
    bracketed = (
        any(_agree(text, hit.start(), one) for one in ONE.findall(hit[0])) for hit in BRACKETS.finditer(text)
    )
    return sum(bracketed) + sum(_agree(text, hit.start(), hit[1]) for hit in BARE.finditer(text))


def _agree(text: str, end: int, printed: str) -> bool:
    """Tell whether the characters before ``end`` read as printed, one syllable each."""
    readings = printed.split(" ")
    start = end - len(readings)
    return start >= 0 and all(map(sounds, text[start:end], readings))


def _pronounced(text: str, hit: re.Match[str]) -> bool:
    return PRONOUNCED.search(text, max(0, hit.start() - AROUND), hit.end() + AROUND) is not None
