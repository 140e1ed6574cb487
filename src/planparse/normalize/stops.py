r"""Full stops printed as points (落实责任. for 落实责任。), one character for one: no offset moves.

A document is taken to print them so when two of its lines end in a point behind a Chinese character; numbers
(一.总体要求), decimals, Latin words and names of two parts (艾力.吐尔逊) keep their points.

>>> full_stops("一.压实责任.院办每月调度一次.\n二.按月通报进展.")
'一.压实责任。院办每月调度一次。\n二.按月通报进展。'
>>> full_stops("责任人：艾力.吐尔逊\n完成率98.5%.")
'责任人：艾力.吐尔逊\n完成率98.5%.'
"""

from __future__ import annotations

import re

from planparse.expressions import expression

HAN = "一-鿿"
#: a point that ends a line, or stands before an annotation: nothing but a full stop
SURE = expression(rf"\.(?<=[{HAN}）)”%]\.)(?=[ \u3000]?(?:$|[（(【〔\[]))", re.MULTILINE)
FEWEST = 2
ANY = expression(rf"\.(?<=[{HAN}）)”%]\.)(?=[{HAN}“（(【〔\[0-9A-Z \u3000]|$)", re.MULTILINE)
NUMBER = expression(r"[ \u3000]*[（(]?第?[一二三四五六七八九十百]{1,3}[章节条]?[）)]?")
NAME = expression(rf"(?<![{HAN}])[{HAN}]{{2,5}}\.[{HAN}]{{2,6}}(?![{HAN}])")
_REACH = 6


def full_stops(text: str) -> str:
    """Return ``text`` with the points that end its sentences as 。; the same object where nothing changes."""
    if "." not in text:
        return text
    sure = SURE.finditer(text)
    if any(next(sure, None) is None for _ in range(FEWEST)):
        return text
    names = {hit.start() + hit[0].index(".") for hit in NAME.finditer(text)}

    def stop(hit: re.Match[str]) -> str:
        at = hit.start()
        line = text.rfind("\n", max(0, at - _REACH), at) + 1
        if not line and at > _REACH:
            line = -1  # its line begins further up
        numbered = line >= 0 and NUMBER.fullmatch(text, line, at) is not None
        return "." if at in names or numbered else "。"

    return ANY.sub(stop, text)
