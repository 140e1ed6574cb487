"""Damage that documents suffer on their way: each function changes the print, never what the gold says.

``LOSSLESS`` undoes nothing but form (wrapping, widths, spaces, script, page feet, glosses); ``drop`` loses characters,
as a poor scan does, and ``misread`` changes them: used only where errors are wanted (training the confidence).

>>> import random
>>> wide("2024年6月底前，85%", random.Random(1))
'２０２４年６月底前，８５％'
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

#: wrong characters for right ones, as a poor scan reads them
_MISREAD = {
    "未": "末",
    "日": "曰",
    "己": "已",
    "人": "入",
    "士": "土",
    "末": "未",
    "到": "刭",
    "牵": "奉",
    "0": "O",
    "1": "l",
    "科": "料",
    "责": "贵",
}
_WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789%"}
_NARROW = str.maketrans({"，": ",", "：": ":", "；": ";", "（": "(", "）": ")"})
#: readings printed after a character where a page lost its encoding, 「醫(yī)」
_READINGS = {
    "醫": "yī", "療": "liáo", "務": "wù", "責": "zé", "任": "rèn", "實": "shí", "質": "zhì", "術": "shù", "藥": "yào", "護": "hù",
    "辦": "bàn", "門": "mén", "時": "shí", "間": "jiān", "設": "shè", "備": "bèi", "監": "jiān", "測": "cè", "訓": "xùn", "評": "píng",
}  # fmt: skip


def wrapped(text: str, rng: random.Random) -> str:
    """Break long lines as a page of fixed width does."""
    width = rng.randint(26, 42)
    lines = []
    for line in text.split("\n"):
        if "\t" in line or "|" in line or "  " in line:
            lines.append(line)
        else:
            lines += [line[at : at + width] for at in range(0, len(line), width)] or [""]
    return "\n".join(lines)


def wide(text: str, rng: random.Random) -> str:
    """Print digits and percent signs in full width."""
    return text.translate(_WIDE)


def narrow(text: str, rng: random.Random) -> str:
    """Print commas, colons and brackets in half width."""
    return text.translate(_NARROW)


def spaced(text: str, rng: random.Random) -> str:
    """Put a stray space between some neighbouring characters of running text."""
    pieces = []
    for line in text.split("\n"):
        if "\t" in line or "|" in line or "  " in line:
            pieces.append(line)
        else:
            pieces.append(
                re.sub(
                    r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])",
                    lambda _: " " if rng.random() < 0.015 else "",
                    line,
                )
            )
    return "\n".join(pieces)


def paged(text: str, rng: random.Random) -> str:
    """Put a page number between lines now and then."""
    form = rng.choice(["— {} —", "第 {} 页", "- {} -", "{}"])
    lines, page = [], 0
    for at, line in enumerate(text.split("\n")):
        lines.append(line)
        if at % 24 == 23:
            page += 1
            lines.append(form.format(page))
    return "\n".join(lines)


def traditional(text: str, rng: random.Random) -> str:
    """Print in traditional script, where the way back gives the same text."""
    import opencc

    turned = str(opencc.OpenCC("s2t").convert(text))
    return turned if str(opencc.OpenCC("t2s").convert(turned)) == text else text


def glossed(text: str, rng: random.Random) -> str:
    """Print in traditional script with readings in brackets after some characters."""
    turned = traditional(text, rng)
    if turned == text:
        return text
    return "".join(c + (f"({_READINGS[c]})" if c in _READINGS and rng.random() < 0.3 else "") for c in turned)


def drop(text: str, rng: random.Random, share: float = 0.006) -> str:
    """Lose some characters, line ends excepted."""
    return "".join(c for c in text if c == "\n" or rng.random() >= share)


Damage = Callable[[str, random.Random], str]
LOSSLESS: dict[str, Damage] = {
    "wrapped": wrapped, "wide": wide, "narrow": narrow, "spaced": spaced, "paged": paged, "traditional": traditional, "glossed": glossed,
}  # fmt: skip


def misread(text: str, rng: random.Random, share: float = 0.02) -> str:
    """Read some characters wrongly, as a poor scan does."""
    return "".join(_MISREAD[c] if c in _MISREAD and rng.random() < share else c for c in text)


LOSSY: dict[str, Damage] = {"drop": drop, "misread": misread}
