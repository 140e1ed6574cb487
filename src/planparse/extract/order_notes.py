"""What the order of the names means, where a note says so: 列第一位的为牵头单位，下同."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.annotation import Annotation

#: what the order of the names means, printed once for all: 列第一位的为牵头单位，其他部门按职责分工负责，下同
_FIRST_LEADS = r"(?:[排列居][名在为]{0,2}|所列[的各]?(?:科室|部门|单位)中?[，,]?(?:排(?:名|在)?|列)?)第?[一1首]位?[个名]?[的者]?[^，,；;。（）()]{0,6}为牵头[^，,；;。（）()]{0,8}"
_ORDER_NOTE = expression(
    r"[，,；;。\s]{0,3}(?:以下[^（）()。]{0,30}(?:不再(?:一一)?(?:列出|列举|重复)|均需)[^（）()]{0,20}"
    rf"|(?:{_FIRST_LEADS}(?:[，,；;]其[他余][^，,；;（）()]{{0,30}})?[，,；;]?)?\s?(?:以下|下)同\s?|{_FIRST_LEADS}(?:[，,；;]其[他余][^，,；;（）()]{{0,30}})?)$"
)
_LEADS_FIRST = expression(_FIRST_LEADS)
#: the same in a line of its own, for the whole document
_NOTE = expression(rf"^[ \u3000]{{0,10}}[（(]?(?:注|备注|说明)[：:][^\n]{{0,30}}?{_FIRST_LEADS}", re.M)


def without_note(text: str, start: int, end: int) -> int:
    """Return where an annotation ends before a note on the order of names; hardly any has one."""
    if (
        text.find("以下", start, end) < 0
        and text.find("下同", start, end) < 0
        and text.find("为牵头", start, end) < 0
    ):
        return end
    note = _ORDER_NOTE.search(text, start, end)
    return note.start() if note else end


def lead_by_order(text: str, found: Sequence[Annotation]) -> None:
    """Let the first name lead where a note says so, and from there on where it adds 下同; who prints a lead keeps it."""
    ever = text.find("为牵头") >= 0 and _NOTE.search(text) is not None
    for annotation in found:
        here = _LEADS_FIRST.search(annotation.order) is not None
        ever = ever or (here and annotation.order.rstrip("）) ").endswith("下同"))
        answering = [k for k, (role, _, _) in enumerate(annotation.names) if role == "responsible"]
        if (here or ever) and len(answering) > 1 and all(role != "lead" for role, _, _ in annotation.names):
            _, span, rule = annotation.names[answering[0]]
            annotation.names[answering[0]] = ("lead", span, rule)
