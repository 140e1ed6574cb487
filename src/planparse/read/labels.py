"""Numbers and bullets before a paragraph, as they are seen and as they are typed."""

from __future__ import annotations

from typing import Final

#: glyphs of symbol fonts (their private code points and ASCII keys) -> what is seen
_SYMBOLS: Final = {
    "l": "●",
    "n": "■",
    "u": "◆",
    "p": "□",
    "q": "□",
    "v": "❖",
    "Ø": "➢",
    "ü": "✓",
    "§": "▪",
    "·": "•",
    "¨": "□",
    "þ": "☑",
    "R": "☑",
    "o": "○",
}
#: a number that ends in one of these stands close to its text
_CLOSE_ENDS: Final = "、）)．】〕]：:，。"


def bullet(text: str) -> str:
    r"""Return a bullet as it is seen: glyphs of symbol fonts become their Unicode likes.

    >>> bullet("\uf06c"), bullet("★")
    ('●', '★')
    """
    if not text:
        return "•"
    first = text[0]
    if "\uf000" <= first <= "\uf0ff":
        return _SYMBOLS.get(chr(ord(first) - 0xF000), "•")
    return _SYMBOLS.get(first, "•") if first.isascii() and first.isalpha() else text


def join_label(label: str, suffix: str, text: str) -> str:
    """Return a number and its paragraph as typed by hand: no gap after 、 or ）, one space where it is needed.

    >>> join_label("一、", "tab", "主要任务"), join_label("第一章", "tab", "总则"), join_label("1.", "tab", "2024年")
    ('一、主要任务', '第一章 总则', '1. 2024年')
    """
    if not label:
        return text
    text = text.lstrip(" \t\u3000")
    if not text or suffix == "nothing" or label[-1] in _CLOSE_ENDS or _is_enclosed(label[-1]):
        return label + text
    if label[-1] == "." and not text[0].isdigit():
        return label + text
    return f"{label} {text}"


def _is_enclosed(char: str) -> bool:
    return "\u2460" <= char <= "\u24ff" or "\u3220" <= char <= "\u32ff"
