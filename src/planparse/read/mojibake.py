"""Text that was once decoded by the wrong codec and saved so (乱码): 鍖婚櫌 for 医院, 'Ò½Ôº', 'åŒ»é™¢'.

The file itself is sound UTF-8; what went wrong happened before. Where no character was lost on the way, the way
back is exact; where some were (U+FFFD, '?'), nothing is guessed.

>>> undo("各科室要加强管理、落实责任".encode("utf-8").decode("gb18030", "replace")).lost
True
>>> undo("各科室".encode("gb18030").decode("latin-1") * 8).text[:3]
'各科室'
"""

from __future__ import annotations

from itertools import islice
from typing import Final, NamedTuple

from planparse.read.encoding import FREQUENT, likeness

#: the codec that read the bytes wrongly, the codec that wrote them
WAYS: Final = (
    ("gb18030", "utf-8"),
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("latin-1", "gb18030"),
    ("cp1252", "gb18030"),
    ("big5hkscs", "gb18030"),
    ("gb18030", "big5hkscs"),
    ("utf-8", "gb18030"),
)
_SAMPLE: Final = 600
_ENOUGH: Final = 12
_NATURAL: Final = 0.7


class Undone(NamedTuple):
    """The text as it was meant, the two codecs, and whether characters were lost (then ``text`` is as given)."""

    text: str
    wrong: str
    right: str
    lost: bool


def reads_as_chinese(text: str) -> bool:
    """Whether a fourth of the characters outside ASCII are frequent in Chinese (or there are too few to say).

    >>> reads_as_chinese("各科室要加强管理，落实责任。"), reads_as_chinese("鍖婚櫌鍚勭瀹よ鍔犲己绠＄悊")
    (True, False)
    """
    beyond = list(islice((char for char in text if char > "\x7f"), _SAMPLE))
    return len(beyond) < _ENOUGH or 4 * sum(char in FREQUENT for char in beyond) >= len(beyond)


def undo(text: str) -> Undone | None:
    """Return what a garbled text was, or None when no wrong decoding explains it."""
    best: tuple[float, str, str] | None = None
    sample = text[: 8 * _SAMPLE].replace("\ufffd", "")
    for wrong, right in WAYS:
        guess = sample.encode(wrong, "ignore").decode(right, "ignore")
        beyond = sum(char > "\x7f" for char in guess)
        weight = likeness(guess)
        if (
            beyond >= _ENOUGH
            and weight > _NATURAL
            and reads_as_chinese(guess)
            and (best is None or weight > best[0])
        ):
            best = (weight, wrong, right)
    if best is None:
        return None
    _, wrong, right = best
    try:
        return Undone(text.encode(wrong).decode(right), wrong, right, False)
    except UnicodeError:
        return Undone(text, wrong, right, True)
