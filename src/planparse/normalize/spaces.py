"""Stray spaces (kind ``space``): around numbers and marks, inside words; and characters of no width.

What counts as stray is the rule table ``spaces``. Gaps of columns (tabs, bars, two or more spaces), single
spaces that part the columns of a row, the space behind a number that heads a line, and the space between
two words stay.

>>> from planparse.rulebook import default_rules
>>> [edit.span for edit in stray_spaces("药占比控制在 20 元以内，堵点、 痛点", default_rules())]
[(6, 7), (9, 10), (17, 18)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planparse.clean import Edit
from planparse.expressions import expression
from planparse.model import Span
from planparse.normalize.gaps import broken_words, spaced_words
from planparse.rulebook import Entry, Example, Rulebook

HAN = "一-鿿"
ZERO_WIDTH = expression("[\u200b-\u200f\u2060\ufeff\u00ad]+")
#: a number that heads its line: 一、 1. （一） 第三章 12 指标7
NUMBERED = expression(
    r"\s*(?:[-*•·]|(?:第|行动|任务|项目|工程|措施|专题|重点|清单|指标|事项|举措|专项|问题|议题)?[0-9一二三四五六七八九十百]{1,6}[章节条款项部分编、.．)）]{0,2}|[（(][0-9一二三四五六七八九十]{1,3}[)）])"
)
HEADED_UNIT = expression(r"年|月 ?[0-9底末份初中上下至—-]|日|%")
CAPTION = expression(r"[表图件第录][0-9]{1,3}$")
#: a label that blanks fill to the width of its neighbours: 时    限：
JUSTIFIED = expression(rf"^ {{0,40}}[{HAN}](?: {{1,8}}[{HAN}]){{1,3}} {{0,4}}(?=[：:])", re.M)
#: a line of a cell whose word is spread over the width of its column
LETTERS = expression(rf"(?<![^\t\n])[{HAN}](?: {{1,6}}[{HAN}]){{1,4}}(?![^\t\n])")
PROSE = expression("[，。；,;]")
COLUMN = expression(f"(?<=[{HAN}]{{2}}) (?=[{HAN}]{{2}})")


@dataclass(frozen=True, slots=True)
class _Rules:
    gaps: re.Pattern[str]
    entries: tuple[Entry, ...]
    spread: re.Pattern[str]
    spread_start: re.Pattern[str]


def _gap(entry: Entry) -> str:
    # the literal space first: the engine then looks for it alone, at memory speed
    return f"(?<={entry['before']} )(?={entry['after']})()"


def _build(rules: Rulebook) -> _Rules:
    # the pattern takes the first that fits: those that fit in prose alone come last
    gaps = tuple(
        sorted((e for e in rules.entries("spaces") if e["form"] == "gap"), key=lambda e: bool(e.get("prose")))
    )
    spread = [entry["pattern"] for entry in rules.entries("spaces") if entry["form"] == "spread"]
    return _Rules(
        gaps=expression(r" (?<=\S )(?=\S)(?:" + "|".join(map(_gap, gaps)) + ")"),
        entries=gaps,
        spread=expression(f"(?:{'|'.join(spread)})(?![{HAN}])(?! [{HAN}](?![{HAN}]))"),
        spread_start=expression(f" (?<=[{HAN}] )(?<![{HAN}][{HAN}] )(?=[{HAN}](?![{HAN}]))"),
    )


def stray_spaces(text: str, rules: Rulebook, tables: Sequence[Span] = ()) -> list[Edit]:
    """Return the edits that remove stray spaces from ``text`` (simplified, of plain width).

    In ``tables`` a line of a cell that holds single characters only is a word: 医 疗.
    """
    edits = [Edit("space", hit.span(), hit[0], "") for hit in ZERO_WIDTH.finditer(text)]
    if " " not in text:
        return edits
    built = rules.compiled(_build)
    places = {at for _, at in _gaps(text, built)}
    places.update(broken_words(text))
    places.update(spaced_words(text))
    for start, end in _spread(text, built):
        places.update(at for at in range(start, end) if text[at] == " ")
    for label in JUSTIFIED.finditer(text):
        indent = len(label[0]) - len(label[0].lstrip(" "))
        places.update(at for at in range(label.start() + indent, label.end()) if text[at] == " ")
    for start, end in tables:
        for word in LETTERS.finditer(text, start, end):
            places.update(at for at in range(*word.span()) if text[at] == " ")
    edits += [Edit("space", (at, at + 1), " ", "") for at in places]
    return sorted(edits, key=lambda edit: edit.span)


def _gaps(text: str, built: _Rules) -> Iterator[tuple[Entry, int]]:
    line = (0, -1)
    prose = False
    for hit in built.gaps.finditer(text):
        at = hit.start()
        entry = built.entries[(hit.lastindex or 1) - 1]
        if at > line[1]:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            line = (start, end if end >= 0 else len(text))
            prose = _is_prose(text[line[0] : line[1]])
        if entry.get("prose") and not prose:
            continue
        if not _heads_line(text, line[0], at):
            yield entry, at


def _is_prose(line: str) -> bool:
    """Tell whether a line is running text and not a row whose columns single spaces part."""
    if PROSE.search(line) is None:
        return False
    columns = COLUMN.finditer(line)
    return next(columns, None) is None or next(columns, None) is None


def _heads_line(text: str, start: int, at: int) -> bool:
    """Tell whether the space at ``at`` follows the number of its line, or of a caption."""
    if CAPTION.search(text, max(start, at - 4), at):
        return True
    if at - start > 12 or not NUMBERED.fullmatch(text, start, at):
        return False
    if text[at + 1] in "，。；：、！？）":
        return False
    return not (text[at - 1].isdigit() and HEADED_UNIT.match(text, at + 1))


def _spread(text: str, built: _Rules) -> Iterator[tuple[int, int]]:
    done = 0
    for hit in built.spread_start.finditer(text):
        start = hit.start() - 1
        if start >= done:
            word = built.spread.match(text, start)
            if word:
                done = word.end()
                yield word.span()


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of ``spaces`` with this entry alone."""
    alone = Rulebook({"spaces": (entry,)})
    built = _build(alone)
    if entry["form"] == "gap":
        spans = [(at, at + 1) for _, at in _gaps(example.text, built)]
    else:
        spans = list(_spread(example.text, built))
    if not positive:
        return f"found {spans}" if spans else None
    if spans != [example.span]:
        return f"found {spans}, expected {example.span} once"
    if example.value is not None and example.text[slice(*spans[0])].replace(" ", "") != example.value:
        return "the word without spaces is not the value"
    return None
