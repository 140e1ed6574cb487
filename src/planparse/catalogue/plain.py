"""Names as they are compared: without spaces, in one width, one form of brackets and of numerals.

>>> plain("GCP 办公室（机构办）"), bare(plain("人事科(组织部)"))
('GCP办公室(机构办)', '人事科')
"""

from __future__ import annotations

import unicodedata

from planparse.expressions import expression

_BRACKETS = str.maketrans("〔〕【】[]{}〈〉", "()()()()()")
_HAN = expression(r"[\u4e00-\u9fff]*")
_OWN = expression(r"\([^()]{0,24}\)?$")


def plain(name: str) -> str:
    """Return ``name`` without spaces, in half width, with round brackets and capital Latin letters."""
    if _HAN.fullmatch(name):
        return name
    text = "".join(unicodedata.normalize("NFKC", name).translate(_BRACKETS).split()).upper()
    return (
        text if text.isascii() else unicodedata.normalize("NFKC", text)
    )  # what spaces held apart may combine


def bare(name: str) -> str:
    """Return a plain name without the bracket that closes it."""
    return _OWN.sub("", name)
