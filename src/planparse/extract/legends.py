"""Legends: what a mark beside a department means, where a note says so (★ 牵头, ☆ 责任; 标★的为牵头科室，其余为责任科室).

>>> from planparse.rulebook import default_rules
>>> read_legend("注：★为牵头科室，△为配合科室。", default_rules())
{'★': 'lead', '△': 'support'}
>>> read_legend("●：牵头；△、√均为配合", default_rules())
{'●': 'lead', '△': 'support', '√': 'support'}
>>> read_legend("（标★的为牵头科室，其余为责任科室）", default_rules())
{'★': 'lead', '': 'responsible'}
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from planparse.alternatives import any_of
from planparse.catalogue import all_names
from planparse.expressions import expression
from planparse.extract.annotated_page import Page, spans_of
from planparse.extract.annotation import Annotation
from planparse.extract.dates import find_dates
from planparse.extract.roles import RoleWords, build_roles
from planparse.rulebook import Rulebook

SOLID = "★▲●■◆◉✔"
HOLLOW = "☆△○□◇◎"
SINGLE = "√✓"
SYMBOLS = SOLID + HOLLOW + SINGLE
#: marks that are something else where no legend speaks of them
_ALSO = "*＊#※"
#: the mark under which :func:`read_legend` gives the role of all who have none
UNMARKED = ""
#: a note that explains marks
_NOTE = expression(
    rf"[^\n]{{0,80}}(?:图例|注[：:]|备注|说明|其中|标|带|加|符号)[^\n]{{0,60}}[{SYMBOLS}{_ALSO}][^\n]{{0,120}}"
)
#: departments behind marks, one mark after the other: ★急诊科 ☆心内科、导管室
_RUN = expression(rf"[{SYMBOLS}][ \u3000]?[^{SYMBOLS}\n。；;（(【\[]{{2,60}}")
_DAY = expression(r"[ \u3000]?[（(]([^（）()\n]{3,24})[)）]")
#: so much may stand between a mark and the name that it is of
_BLANKS = " \u3000"


class Legend(Struct, frozen=True):
    """The patterns of a legend: a mark before its role word, and behind it; the role of those without mark."""

    before: re.Pattern[str]
    behind: re.Pattern[str]
    others: re.Pattern[str]


def build_legend(rules: Rulebook) -> Legend:
    """Return the compiled patterns of a legend."""
    words = rules.compiled(build_roles)
    word = any_of({*words.labels, *words.suffixes})
    return Legend(
        expression(
            rf"(?:([{SYMBOLS}](?:[、，,/和及与或”\"“\s]{{1,3}}[{SYMBOLS}]){{0,5}})|(?<=[标带加有])[“\"]?([{_ALSO}]))[”\"’」』）)]?\s?号?(?:标[记识])?[的者]?(?:科室|部门|单位)?(?:均?[为是]|均?表示|代表|指|[：:=＝\-—–]){{0,2}}\s?[“\"]?({word})"
        ),
        expression(rf"({word})(?:以|用|标注?|标记|为|[：:])?\s?[“\"（(]([{SYMBOLS}])"),
        expression(rf"其[余他它](?:科室|部门|单位|的)?(?:均|都)?[为是]({word})"),
    )


def read_legend(text: str, rules: Rulebook) -> dict[str, str]:
    """Return the role of each mark that a legend in ``text`` explains, and under :data:`UNMARKED` that of all others, if it tells."""
    legend = rules.compiled(build_legend)
    words = rules.compiled(build_roles)
    found: dict[str, str] = {}
    for hit in legend.behind.finditer(text):
        found[hit[2]] = role_of_word(hit[1], words) or ""
    for hit in legend.before.finditer(text):
        marks = [mark for mark in hit[1] or hit[2] if mark in SYMBOLS or mark in _ALSO]
        found.update(dict.fromkeys(marks, role_of_word(hit[3], words) or ""))
    others = legend.others.search(text) if found else None
    if others is not None:
        found[UNMARKED] = role_of_word(others[1], words) or ""
    return {mark: role for mark, role in found.items() if role in ("lead", "responsible", "support")}


def role_of_word(printed: str, words: RoleWords) -> str | None:
    """Return the role that a word of a legend or a cell names."""
    word = words.suffixes.get(printed) or words.labels.get(printed)
    return word.role if word else None


def legend_of(text: str, rules: Rulebook) -> dict[str, str]:
    """Return what the notes of a document say of marks; empty where it has none."""
    if not any(mark in text for mark in SYMBOLS + _ALSO):
        return {}
    found: dict[str, str] = {}
    for note in _NOTE.finditer(text):
        found |= {mark: role for mark, role in read_legend(note[0], rules).items() if mark not in found}
    return found if found.keys() - {UNMARKED} else {}


def tell_marked(text: str, found: Sequence[Annotation], roles: dict[str, str]) -> None:
    """Give the names of annotations the roles of the marks before or behind them."""
    for annotation in found:
        marks = [_mark_at(text, span[0], span[1], roles) for _, span, _ in annotation.names]
        if not any(marks):
            continue
        annotation.names = [
            (roles[mark], span, "legend")
            if mark
            else (roles.get(UNMARKED, role) if rule in ("bare", "responsible.label") else role, span, rule)
            for mark, (role, span, rule) in zip(marks, annotation.names, strict=True)
        ]


def _mark_at(text: str, start: int, end: int, roles: dict[str, str]) -> str:
    before = (
        text[:start].rstrip(_BLANKS)[-1:] if start and text[start - 1] in _BLANKS else text[start - 1 : start]
    )
    behind = text[end : end + 1]
    return next((mark for mark in (before, behind) if mark and mark in roles), "")


def of_marks(page: Page, taken: Sequence[Annotation], roles: dict[str, str]) -> list[Annotation]:
    """Return the annotations that marks alone make, with a day in brackets behind: ★急诊科 ☆心内科、导管室（6月底前）."""
    text, spans = page.text, spans_of(taken)
    found: list[Annotation] = []
    for run in _RUN.finditer(text):
        mark = run[0][0]
        if mark not in roles or not page.free(run.start(), spans):
            continue
        names = all_names(text, run.start() + 1, run.end(), page.rules)
        if not names:
            continue
        said = [(roles[mark], span, "legend") for span in names]
        if found and not text[found[-1].end : run.start()].strip(_BLANKS):
            found[-1].names += said
            found[-1].end = run.end()
        else:
            found.append(Annotation(run.start(), run.end(), names=said, rule="legend"))
    for annotation in found:
        day = _DAY.match(text, annotation.end)
        dates = find_dates(text, page.calendar, page.rules, *day.span(1)) if day is not None else []
        if day is not None and dates:
            annotation.dates, annotation.end = list(dates), day.end()
    return found
