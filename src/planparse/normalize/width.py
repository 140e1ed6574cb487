"""Width and compatibility forms (全角→半角), one character for one: no offset moves.

Letters, digits and signs that also exist in half width become that (Ａ５％ → A5%); spaces of every width
become a plain one; CJK radicals and compatibility ideographs become the character that they look like;
small and vertical marks become the usual Chinese ones, points that end sentences 。. Chinese punctuation ，：；！？（）～ stays.

>>> narrow("２０２４年，ＨＩＳ系统达到９５％（含）～")
'2024年，HIS系统达到95%（含）～'
>>> narrow("⼀、⽬标﹕")
'一、目标：'
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from planparse.expressions import expression
from planparse.normalize.stops import full_stops

#: full-width marks that are Chinese punctuation
KEPT = frozenset("，：；！？（）～")
#: what NFKC has no single Chinese mark for
EXTRA = {
    "﹕": "：", "﹔": "；", "﹐": "，", "﹑": "、", "﹒": ".", "﹖": "？", "﹗": "！", "﹙": "（", "﹚": "）", "﹝": "〔", "﹞": "〕",
    "︰": "：", "︵": "（", "︶": "）", "︹": "〔", "︺": "〕", "︻": "【", "︼": "】", "︽": "《", "︾": "》", "﹪": "%", "∶": ":",
    "｡": "。", "､": "、", "｢": "「", "｣": "」", "￥": "¥", "‑": "-", "−": "-",
    "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n",
}  # fmt: skip
#: radicals that PDF files print for characters, and that NFKC leaves alone
RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
RANGES = ((0xFF01, 0xFF5F), (0x2000, 0x200B), (0x2E80, 0x2FD6), (0xF900, 0xFAFF), (0x2F800, 0x2FA1E))


#: a heading or an item below a table, set in by a tab
_OUTLINE = expression(
    r"第?[一二三四五六七八九十]{1,3}(?:[、章节条]|是)|[（(][一二三四五六七八九十]{1,3}[）)]|[^\t。]{0,40}[：:]|[^\t]{30,}。\s*$|\d{1,2}[.、．]\s?[\u4e00-\u9fff][^\t]{0,30}。"
)


@lru_cache(maxsize=1)
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {"\u3000": " ", "\xa0": " ", "\u202f": " ", "\u205f": " ", **EXTRA, **RADICALS}
    for start, end in RANGES:
        for code in range(start, end):
            old = chr(code)
            new = unicodedata.normalize("NFKC", old)
            if len(new) == 1 and new != old and old not in KEPT:
                table.setdefault(old, new)
    plain = re.escape("".join(sorted(c for c in table if c < "\U00010000")))
    # astral characters one by one make a class that runs 100 times slower than their range
    return (expression(f"[{plain}\U0002f800-\U0002fa1d]"), table)


def _spaces_for_indents(text: str) -> str:
    """Return text whose paragraphs are set in by spaces, not by tabs; below a row of a table a tab leaves cells blank."""
    lines = text.split("\n")
    tabs = 0  # of the row above
    row = False  # whether it stands right above
    for k, line in enumerate(lines):
        inner = line.lstrip(" \t\u3000")
        if "\t" in inner.rstrip() or (tabs > 1 and inner and line.count("\t") == tabs):
            row, tabs = True, line.count("\t")
        elif not inner:
            row = False
        elif not (row and line[:1] == "\t") or _OUTLINE.match(inner):
            row, tabs = False, 0
            if "\t" in line:
                lines[k] = line[: len(line) - len(inner)].replace("\t", " ") + inner
    return "\n".join(lines)


def narrow(text: str) -> str:
    """Return ``text`` with widths and full stops made plain; the same object where nothing changes."""
    if "\r" in text:  # of a text that was not read from a file
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if "\t" in text:
        text = _spaces_for_indents(text)
    found, table = _table()
    if found.search(text) is not None:
        text = found.sub(lambda hit: table.get(hit[0], hit[0]), text)
    return full_stops(text)
