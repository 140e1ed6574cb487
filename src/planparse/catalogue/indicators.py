"""Names of indicators as they are compared: without the words that set, date or place them.

>>> list(indicator_variants("力争全院药品收入占医疗收入的比重"))[-1]
'药品收入占医疗收入比例'
>>> canonical("三、四级手术占比") == canonical("三四级手术占比")
True
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.catalogue.plain import bare, plain
from planparse.expressions import expression

_SETTING = expression(
    r"(?:力争|确保|努力|争取|使|将|把|让|其中|全面|实现|我院|本院|医院|全院|全科|全市|全县|全区|全省|各科室|各科|"
    r"全年|年度|本年度|当年|每年|每月|年均|年|总体|持续|进一步|不断|有效|(?:提高|提升|降低|控制|缩短|优化|改善|压缩|稳定|保持))"
)
_CLOSING = expression(
    r"(?:指标|目标值|目标|控制|保持|稳定|维持|要求|达到|达|力争|不低于|不超过|不高于|同比)$"
)
_SAME = (
    ("的", ""), ("比重", "比例"), ("比率", "比例"), ("病人", "患者"), ("增长率", "增幅"), ("增长幅度", "增幅"), ("增速", "增幅"),
    ("三、四级", "三四级"), ("一类切口", "I类切口"), ("病床使用", "床位使用"), ("均次", "次均"), ("平均每", "每"),
    ("“", ""), ("”", ""), ("\"", ""), ("所占", "占"), ("总数", ""), ("中药品", "药品"),
)  # fmt: skip


def canonical(name: str) -> str:
    """Return a plain name with synonyms of measure in one form (比重 as 比例, 病人 as 患者)."""
    text = plain(name)
    for word, same in _SAME:
        text = text.replace(word, same)
    return text


def indicator_variants(name: str) -> Iterator[str]:
    """Yield the forms of a printed indicator to look up, the most exact first; names over 80 characters none."""
    if len(name) > 80:
        return
    seen: dict[str, None] = {}
    exact = plain(name)
    for start in (exact, bare(exact)):
        form = start
        while form:
            seen.setdefault(form)
            seen.setdefault(canonical(form))
            form = _shorter(form)
    yield from seen


def _shorter(form: str) -> str:
    """Return the name without one word that sets or dates it, or an empty text."""
    opening, closing = _SETTING.match(form), _CLOSING.search(form)
    if opening and opening.end() < len(form):
        return form[opening.end() :]
    return form[: closing.start()] if closing and closing.start() > 1 else ""
