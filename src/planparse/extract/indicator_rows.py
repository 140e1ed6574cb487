"""Rows of an indicator sheet: a name, a target value, perhaps a unit and a base value in cells of their own."""

from __future__ import annotations

import re

from msgspec.structs import replace

from planparse.expressions import expression
from planparse.extract.cell_words import build_cell_words
from planparse.extract.numerals import number
from planparse.extract.quantities import Quantity, find_quantities
from planparse.extract.quantity_words import build_words
from planparse.rulebook import Rulebook

_LONGEST_CELL = 200
_UNIT_IN_NAME = expression(r"[（(\[]([^（）()\[\]]{1,10})[）)\]]$")
_WHOLE = expression(r"翻[一两二]?番|全覆盖")
_NUMBER = expression(r"[-−负]?([0-9]{1,12}(?:,[0-9]{3}){0,3}(?:\.[0-9]{1,6})?)")
_RATIO = expression(r"1[:：∶]([0-9]{1,5}(?:\.[0-9]{1,4})?)")
#: a grade is no quantity
_GRADE = expression(r"[0-9一二三四五六七八九十]+\+?(?:级|等)|[一二三甲乙丙]等")
#: what a change amounts to has another unit than the base value (120例, 下降10%)
_CHANGES = ("increase_by", "decrease_by")
#: marks of what is watched most: 出院患者手术占比▲
STARS = "▲△★☆※*＊●"
_TIDY = expression(r"[\s\u3000]+")


def find_indicator_row(
    indicator_cell: str,
    value_cell: str,
    unit_cell: str | None,
    baseline_cell: str | None,
    rules: Rulebook,
) -> list[Quantity]:
    """Return the quantities of a row; spans are of ``value_cell``, ``indicator_span`` is None.

    A bare value is ``eq``. A unit printed in the value cell goes before the unit cell, and that before a unit in
    brackets after the name. A cell without a number (逐步提高) gives an empty list.

    >>> from planparse.rulebook import default_rules
    >>> for q in find_indicator_row("平均住院日", "≤8.2", "天", "9.1", default_rules()):
    ...     print(q.indicator, q.relation, q.value, q.unit, q.baseline)
    平均住院日 le 8.2 天 9.1
    """
    name = _TIDY.sub("", indicator_cell)[:_LONGEST_CELL].strip(STARS)
    value = _TIDY.sub("", value_cell)[:_LONGEST_CELL]
    if not name or not value or _GRADE.fullmatch(value):
        return []
    unit = _TIDY.sub("", unit_cell or "")
    words = rules.compiled(build_words)
    in_name = _UNIT_IN_NAME.search(name)
    if in_name and (in_name[1] in words.units or in_name[1].lstrip("百千万亿") in words.units):
        name = name[: in_name.start()]
        unit = unit or in_name[1]
    if rules.compiled(build_cell_words).unitless.match(unit):
        unit = ""
    line = f"{name.replace('：', '').replace(':', '')}：{value}"
    shift = line.index("：") + 1
    found = [
        quantity
        for quantity in find_quantities(line, 0, len(line), (), rules)
        if quantity.value_span[0] >= shift
    ]
    if not found and _WHOLE.search(value):  # the name is the subject: 复诊量翻一番, 随访全覆盖
        line, shift = name + value, len(name)
        found = [
            quantity
            for quantity in find_quantities(line, 0, len(line), (), rules)
            if quantity.value_span[1] > shift
        ]
    base = _baseline(baseline_cell)
    at = value_cell.find(value[:1]) if value else 0
    at = max(at, 0)
    return [
        replace(
            quantity,
            span=(at, len(value_cell.rstrip())),
            text=value_cell.strip(),
            indicator=name
            if quantity.rule in ("named", "rank", "inherited") or len(found) == 1
            else quantity.indicator,
            indicator_span=None,
            value_span=(at, len(value_cell.rstrip())),
            unit=_row_unit(quantity.unit, unit),
            baseline=quantity.baseline
            if quantity.baseline is not None or quantity.relation in _CHANGES
            else base,
            past=False,
            frequency=False,
            rule=f"row:{quantity.rule}",
        )
        for quantity in found
    ]


def _row_unit(printed: str, unit: str) -> str:
    """Return the unit of a row: 2.1万 in a column of 人次 is 2.1 万人次."""
    return printed + unit if printed in ("万", "亿") and unit and unit[0] not in "万亿" else printed or unit


def _baseline(cell: str | None) -> float | int | None:
    """Return the number of a base cell, in the unit of the row; None where it holds none, or several."""
    if not cell:
        return None
    text = _TIDY.sub("", cell)
    ratio = _RATIO.fullmatch(text)
    if ratio:
        return number(ratio[1])
    numbers = _NUMBER.findall(re.sub(r"(?:19|20)[0-9]{2}年", "", text))
    return number(numbers[0]) if len(numbers) == 1 else None
