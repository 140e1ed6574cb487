"""Spaces inside words (质 量, 各临床科 室), as OCR leaves them: found by the words that they break.

A single space between two words of a sentence may be meant (总务科 院感科, 副院长 石某); one inside a word
never is. The language model tells: with the space gone, the best division into words has a word across it.

>>> broken_words("年度医疗质 量提升，住院患 者满意，由绩效办执 行，总务科 院感科配合。")
[5, 13, 23]
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from planparse.expressions import expression

if TYPE_CHECKING:
    from planparse.normalize.language import Language

HAN = "一-鿿"
GAP = expression(f" (?<=[{HAN}] )(?=[{HAN}])")
BEFORE = expression(f"[{HAN}]{{1,6}}$")
AFTER = expression(f"[{HAN}]{{1,6}}")
SENTENCE = expression("[，。；]")
LINE = expression(r"[^\n]+")
#: on a spaced page a space stands at least between so many characters, in so many lines or in all
SPACED, FEWEST_LINES = 8, 3
#: a numbered heading, or a label with what it says; with more spaces it may be a row
HEADED = expression(f"[（(]?[0-9一二三四五六七八九十]{{1,3}}[）)、.．]|[{HAN}]{{2,6}}[：:]")
FEW = 2
#: so many gaps, other than behind an office or a person's post, make a text worth the model's time
FEWEST = 3
POSTS = frozenset("科部办室处院会长任记师员者委心条章节款讯局站组团")
#: gain in nats that proves a word across the gap; two words beside each other gain nothing
GAIN = 1.0
#: gaps looked at in one text: a number, and one more for so many characters
MOST, PER_GAP = 200, 10


def spaced_words(text: str) -> list[int]:
    """Return the offsets of single spaces that part word from word on a page that spaces all its sentences.

    A space between two names (医务科 护理部) stays, and so does one in a line without a comma or a full stop.

    >>> text = "各 临床科室 要 在 月底 前 报送 实施 细则。改革办 负责 ，每月 更新 进度图，滞后 任务 亮牌 提醒。"
    >>> "".join(char for at, char in enumerate(text) if at not in spaced_words(text))
    '各临床科室要在月底前报送实施细则。改革办负责 ，每月更新进度图，滞后任务亮牌提醒。'
    """
    lines = [hit.span() for hit in LINE.finditer(text)]
    prose = [
        (a, b)
        for a, b in lines
        if SENTENCE.search(text, a, b) and not ("\t" in text[a:b] or "|" in text[a:b])
    ]
    spaced = [(a, b) for a, b in prose if SPACED * len(GAP.findall(text, a, b)) > b - a]
    if len(spaced) < FEWEST_LINES and (not spaced or len(spaced) < len(prose)):
        return []
    if 3 * len(spaced) < len(prose):
        return []
    return [
        hit.start()
        for a, b in prose
        for hit in GAP.finditer(text, a, b)
        if not _parts_names(text, hit.start(), a, b)
    ]


def _parts_names(text: str, at: int, start: int, end: int) -> bool:
    """Tell whether a space parts two names of offices."""
    right = AFTER.match(text, at + 1, end)
    return text[at - 1] in POSTS and right is not None and right[0][-1] in POSTS


def broken_words(text: str) -> list[int]:
    """Return the offsets of single spaces inside words, in lines of running text without columns."""
    if " " not in text:
        return []
    gaps = [hit.start() for hit in GAP.finditer(text) if text[hit.start() - 1] not in POSTS]
    if len(gaps) < FEWEST:
        return []
    from planparse.normalize.language import Language

    model = Language("")
    found: list[int] = []
    line, prose = (0, -1), False
    for hit in islice(GAP.finditer(text), MOST + len(text) // PER_GAP):
        at = hit.start()
        if at > line[1]:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            line = (start, end if end >= 0 else len(text))
            body = text[line[0] : line[1]].strip()
            told = SENTENCE.search(body) is not None or (
                HEADED.match(body) is not None and body.count(" ") <= FEW
            )
            prose = told and not ("\t" in body or "|" in body or "  " in body)
        if prose and _inside_word(text, line, at, model):
            found.append(at)
    return found


def _inside_word(text: str, line: tuple[int, int], at: int, model: Language) -> bool:
    left = BEFORE.search(text[max(line[0], at - 9) : at].replace(" ", ""))
    right = AFTER.match(text[at + 1 : min(line[1], at + 9)].replace(" ", ""))
    if left is None or right is None:
        return False
    return _gain(left[0], right[0], model) >= GAIN


def _gain(left: str, right: str, model: Language) -> float:
    return model.words(left + right) - model.words(left) - model.words(right)


def across(left: str, right: str) -> bool:
    """Tell whether a word stands across the seam of two stretches of Han characters.

    >>> across("平均住", "院日"), across("门诊", "服务")
    (True, False)
    """
    from planparse.normalize.language import Language

    return _gain(left[-6:], right[:6], Language("")) >= GAIN
