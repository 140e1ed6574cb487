"""Pinyin glosses and byte frames (kinds ``gloss`` and ``frame``): pages of copying sites, back to what they were.

Such a page was made traditional character by character; then each character of a table got its reading in
brackets, 醫(yī), by a replacement of bytes that did not look where a character begins. Where a second byte
and the next first byte happened to make a character of the table, the text behind is out of frame. What
the model of the damage is, and how well this undoes it, is ``tests/normalize/damage_model.py``; ``python -m benchmarks.damage`` measures this.

>>> from planparse.normalize.script import convert
>>> page = "醫(yī)院召開(kāi)會(huì)議,醫(yī)務(wù)科、護(hù)理部參加,強(qiáng)調(diào)醫(yī)療質(zhì)量和處理?xiàng)l例。"
>>> edits, warnings = repair_glosses(page)
>>> [(edit.before, edit.after) for edit in edits if edit.kind == "frame"]
[('?xiàng)l', '条')]
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from planparse.clean import Edit
from planparse.expressions import expression
from planparse.model import Span
from planparse.normalize.edits import replay
from planparse.normalize.gloss.decode import STEPS, Decoder
from planparse.normalize.gloss.gbk import character, wide_bytes
from planparse.normalize.gloss.states import Page, Reading
from planparse.normalize.gloss.stray import count_readings, stray_readings, stray_spans
from planparse.normalize.gloss.survey import GLOSS, PLAIN, SYLLABLE, survey
from planparse.normalize.gloss.tokens import take
from planparse.normalize.language import Language
from planparse.normalize.script import script_of
from planparse.normalize.tones import TONED, gate

#: runs looked at in one document: a number, and one more for so many characters; steps of the decoder in all
RUNS, PER_RUN, WORK, WORK_PER_CHAR = 40, 100, 30_000, 2
#: nats of advantage below which the second reading is worth a warning; gain that a break must bring
SURE, GAIN = 3.0, 4.0
LEFT, RIGHT = 6, 8
#: so many warnings at most, then one for the rest
TOLD = 50
BREAK = (
    f"(?<![?？!！].)[?!？！](?=[^\x00-\x7f？！]|[?？](?![?？!！])|[@-~](?:[^\x00-\x7f]|[(（]{SYLLABLE}[)）]))"
)
START = expression(f"[?？](?:({SYLLABLE})[)）]|{BREAK})")
NARROW_MARK, WIDE_MARK = expression("[,:;](?<=[一-鿿].)"), expression("[，：；]")
TO_NARROW = str.maketrans("，：；？！（）", ",:;?!()")
ANY_GLOSS = expression(f"[(（][a-zü{TONED}]{{1,6}}[)）]")
GLOSS_BEFORE = expression(f"{ANY_GLOSS.pattern}$")


@dataclass(frozen=True, slots=True)
class _Run:
    """A run found: its place, and what it reads best; None where nothing fits."""

    start: int
    end: int
    text: str | None
    margin: float
    lost: int


def repair_glosses(text: str) -> tuple[list[Edit], list[str]]:
    """Return the edits that undo glosses and byte frames of a source ``text``, and what could not be undone.

    Glossed characters stay as printed, decoded runs are simplified. A page that is not damaged gives no edit.
    """
    if not gate(text):
        return [], []
    table = survey(text)
    if table is None:
        strays = stray_readings(text)
        return strays, _remaining(text, strays)
    runs = _runs(text, table)
    edits = _frames(text, runs)
    starts, ends = (
        [run.start for run in runs if run.text is not None],
        [run.end for run in runs if run.text is not None],
    )
    spans = _glosses(text, table)
    # of two edits at one place the longer: a gloss printed twice goes at once
    for start, end in sorted(
        [*spans, *stray_spans(text, frozenset(spans))], key=lambda span: (span[0], -span[1])
    ):
        k = bisect_right(starts, start) - 1
        if k < 0 or ends[k] <= start:
            edits.append(Edit("gloss", (start, end), text[start:end], text[start]))
    edits.sort(key=lambda edit: edit.span[0])
    edits = _disjoint(edits)
    return edits, [*_warnings(text, [run for run in runs if _doubtful(run)]), *_remaining(text, edits)]


def _frames(text: str, runs: list[_Run]) -> list[Edit]:
    """Return the edits of the runs that could be read."""
    narrow = len(NARROW_MARK.findall(text)) > len(WIDE_MARK.findall(text)) if runs else False
    edits = []
    for run in runs:
        if run.text is not None:
            # marks of the width that the page prints elsewhere
            after = run.text.translate(TO_NARROW) if narrow else run.text
            sure = run.margin >= SURE and not run.lost
            edits.append(Edit("frame", (run.start, run.end), text[run.start : run.end], after, sure))
    return edits


def _remaining(text: str, edits: list[Edit]) -> list[str]:
    """Return a warning that tells how many readings of characters stay in the text, none where all are gone."""
    left = count_readings(replay(text, edits) if edits else text)
    return [f"有{left}处疑似拼音注音无法确认，保留原样，请对照原件"] if left else []


def _glosses(text: str, table: dict[str, str]) -> list[Span]:
    """Return the spans of the glosses of a page's table, each with its character."""
    hits = [*GLOSS.finditer(text), *PLAIN.finditer(text)]
    return [(hit.start() - 1, hit.end()) for hit in hits if table.get(hit[1]) == hit[2]]


def _disjoint(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.span[0] >= kept[-1].span[1]:
            kept.append(edit)
    return kept


def _runs(text: str, table: dict[str, str]) -> list[_Run]:
    """Return the damaged runs in order; each is looked for behind the end of the one before."""
    if START.search(text) is None:
        return []
    page = Page(table, script_of(text) == "simplified", Language(ANY_GLOSS.sub("", text)))
    decoder = Decoder(page)
    work = WORK + len(text) * WORK_PER_CHAR
    runs: list[_Run] = []
    at = 0
    for _ in range(RUNS + len(text) // PER_RUN):
        hit = START.search(text, at)
        if hit is None:
            break
        run = _decode(text, hit, decoder) if decoder.work < work else _Run(*hit.span(), None, 0.0, 0)
        if run is None:
            at = hit.start() + 1
            continue
        runs.append(run)
        at = run.end
    return runs


def _decode(text: str, hit: re.Match[str], decoder: Decoder) -> _Run | None:
    """Return the run that starts at a hit; None where a ?? is no damage."""
    start = hit.start()
    model = decoder.page.model
    left = _left(text, start, model)
    tokens = take(text, start, STEPS, converted=decoder.page.converted)
    orphan = hit[1] is not None
    if orphan:
        found = decoder.after_orphan(_char_before(text, start), tokens, left)
    else:
        found = decoder.after_break(tokens, left)
    ranked = _ranked(text, left, found, model)
    if not ranked:
        return _Run(start, hit.end(), None, 0.0, 0) if orphan else None
    score, best = ranked[0]
    if not orphan:
        printed = model.score(left + model.plain(text[start : best.end]) + _right(text, best.end, model))
        if score - printed < GAIN:
            odd = re.match("[?？][?!？！].[A-Z]", text[start : best.end + 1]) is not None
            return _Run(start, hit.end(), None, 0.0, 0) if odd else None
    others = [other for other, reading in ranked if reading.text != best.text]
    return _Run(start, best.end, best.text, score - others[0] if others else 99.0, best.lost)


def _char_before(text: str, start: int) -> str:
    """Return the character before a place in its full-width form, the gloss of that character passed over."""
    before = text[max(0, start - 10) : start]
    hit = GLOSS_BEFORE.search(before)
    if hit:
        before = before[: hit.start()]
    if not before:
        return ""
    code = wide_bytes(before[-1])
    return (character(*code) or "") if code else before[-1]


def _left(text: str, start: int, model: Language) -> str:
    line = text[max(0, text.rfind("\n", 0, start) + 1, start - 60) : start]
    return model.plain(ANY_GLOSS.sub("", line))[-LEFT:]


def _right(text: str, end: int, model: Language) -> str:
    line = text[end : end + 60].split("\n", maxsplit=1)[0]
    return model.plain(ANY_GLOSS.sub("", line))[:RIGHT]


def _ranked(text: str, left: str, found: list[Reading], model: Language) -> list[tuple[float, Reading]]:
    """Return the readings by the whole score of their text in its surroundings, best first."""
    if not found:
        return []
    farthest = max(reading.end for reading in found)
    right = _right(text, farthest, model)
    # readings that end earlier leave more of the printed text: all are scored up to one place
    rests = {
        end: model.plain(ANY_GLOSS.sub("", text[end:farthest])) + right for end in {one.end for one in found}
    }
    wholes = [left + reading.text + rests[reading.end] for reading in found]
    scores = {whole: model.score(whole) for whole in sorted(wholes)}
    before = left[-1:] or "。"
    ranked = [
        (scores[whole] + (reading.score - model.pairs(before + reading.text)), reading)
        for whole, reading in zip(wholes, found, strict=True)
    ]
    return sorted(ranked, key=lambda item: (-item[0], item[1].text))


def _doubtful(run: _Run) -> bool:
    return run.text is None or run.lost > 0 or run.margin < SURE


def _warnings(text: str, runs: list[_Run]) -> list[str]:
    """Return one warning a doubtful run, the places in source lines; a page full of them gets a summary."""
    breaks = [hit.start() for hit in re.finditer("\n", text)] if runs else []
    told = [_warning(text, run, bisect_right(breaks, run.start) + 1) for run in runs[:TOLD]]
    if len(runs) > TOLD:
        told.append(f"另有{len(runs) - TOLD}处乱码无法还原或把握不大，请对照原件")
    return told


def _warning(text: str, run: _Run, line: int) -> str:
    around = (
        f"{text[max(0, run.start - 6) : run.start]}{text[run.start : run.end]}{text[run.end : run.end + 4]}"
    )
    place = f"第{line}行“{around}”".replace("\n", " ")
    printed = text[run.start : run.end]
    if run.text is None:
        return f"{place}：乱码“{printed}”无法还原，保留原样，请对照原件"
    if run.lost:
        return f"{place}：乱码“{printed}”还原为“{run.text}”，其中“?”处有字符已丢失，请对照原件"
    return f"{place}：乱码“{printed}”还原为“{run.text}”，把握不大，请对照原件"


__all__ = ["repair_glosses"]
