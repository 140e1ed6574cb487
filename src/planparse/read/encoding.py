"""Bytes of a text file become text: BOM, UTF-16 by its zero bytes, strict UTF-8, then GB18030 against Big5.

GB18030 and Big5 use the same byte ranges; which one it is shows in the characters: the right decoding gives
nearly only common characters. 'Common' needs no data file: GB 2312 level 1 (3,755 characters) and Big5 level 1
(5,401) are ranges of the codecs themselves.

>>> decode("二、重点任务".encode("gb18030"))
Decoded(text='二、重点任务', codec='gb18030', replaced=0)
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import Final, NamedTuple

#: byte order marks, longest first, and the codec that reads what follows
BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
#: names that pages and mails declare, and the superset that reads what they really hold
SUPERSETS: Final = {
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "x-gbk": "gb18030",
    "936": "gb18030",
    "big5": "big5hkscs",
    "big-5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "cp950",
    "utf8": "utf-8",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "unicode": "utf-16",
}
FREQUENT: Final = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
    "行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其"
    "些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建"
    "月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接"
    "知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理府研治科院医疗务护室患服卫健康药床病责完"
    "善门诊急救培训临检查考核绩效预约信息安质控牵配领导落督办推荐改划步阶段目标措施保障"
    "這個們來時為國對會後過說種經學動發產現實體機當點業從應開還進與關長門總設務護責醫療衛藥檢導質報頭義樣線數無題"
    "，。、；：（）“”《》〔〕％？！—…·　０１２３４５６７８９"
)
_SAMPLE: Final = 65_536
_TEXT_CONTROLS: Final = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")
_REPLACED: Final = re.compile("\ufffd+")
_LIKELY: Final = 0.5
_BAD_SHARE: Final = 0.001


class Decoded(NamedTuple):
    """The text, the codec that gave it, and how many places had to be replaced by U+FFFD."""

    text: str
    codec: str
    replaced: int


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    level1 = [bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)]
    big5 = [
        bytes((high, low))
        for high in range(0xA4, 0xC7)
        for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        if (high, low) <= (0xC6, 0x7E)
    ]
    found = {raw.decode("gb2312", "ignore") for raw in level1} | {
        raw.decode("big5", "ignore") for raw in big5
    }
    return frozenset(found - {""}) | FREQUENT


def likeness(text: str) -> float:
    """Return how much a text looks like Chinese prose: about 1 when it does, negative when it is garbage.

    Only characters outside ASCII are weighed: frequent ones by 1.4, common ones by 0.8, all others by -1.
    """
    common = _common()
    total = weighed = 0.0
    for char in text:
        if char < "\x80":
            continue
        weighed += 1
        total += 1.4 if char in FREQUENT else 0.8 if char in common else -1.0
    return total / weighed if weighed else 0.0


def is_binary(data: bytes) -> bool:
    r"""Tell whether bytes hold control characters that no text file holds (checked on their beginning).

    >>> is_binary(b"\x00\x01\x02rest"), is_binary("任务".encode())
    (True, False)
    """
    head = data[:_SAMPLE]
    return len(_TEXT_CONTROLS.findall(head)) > max(2, len(head) // 500)


def _utf16_without_bom(data: bytes) -> str | None:
    """Return the UTF-16 codec of bytes without a BOM, or None.

    Line ends, digits and spaces have a zero byte on one side only. Han characters have none: then the
    decoded text is weighed.
    """
    head = data[: _SAMPLE - _SAMPLE % 2]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 2 * even.count(0) and odd.count(0) * 50 > len(odd):
        return "utf-16-le" if _weight(head, "utf-16-le") > -0.2 else None
    if even.count(0) > 2 * odd.count(0) and even.count(0) * 50 > len(even):
        return "utf-16-be" if _weight(head, "utf-16-be") > -0.2 else None
    return None


def _weight(head: bytes, codec: str) -> float:
    """Return the likeness of a beginning read by a codec, minus 20 for each share of unreadable bytes."""
    text = head.decode(codec, "replace")
    if len(head) == _SAMPLE:
        text = text[:-1]  # the cut may go through a character
    bad = text.count("\ufffd")
    return likeness(text.replace("\ufffd", "")) - 20.0 * bad / max(1, len(text))


def _sample(data: bytes) -> bytes:
    """Return a stretch that shows the encoding: from the first byte outside ASCII on."""
    found = _NOT_ASCII.search(data)
    start = max(0, found.start() - 64) if found else 0
    return data[start : start + _SAMPLE]


def _utf8_share(sample: bytes) -> tuple[int, int]:
    """Return how many multi-byte characters of a sample are valid UTF-8 and how many places are not."""
    text = sample.decode("utf-8", "replace")
    bad = text.count("\ufffd") - sample.count(b"\xef\xbf\xbd")
    return sum(1 for char in text if char > "\x7f") - bad, bad


def guess(data: bytes) -> str:
    """Return the codec that most likely wrote these bytes (no BOM); always one, never an error.

    >>> guess("各科室要高度重视".encode("big5", "ignore")), guess("6月底前完成".encode())
    ('big5hkscs', 'utf-8')
    """
    wide = _utf16_without_bom(data)
    if wide:
        return wide
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    head = _sample(data)
    good, bad = _utf8_share(head)
    if good > 20 * bad:
        return "utf-8"
    tried = {codec: _weight(head, codec) for codec in ("gb18030", "big5hkscs", "cp950")}
    if len(data) % 2 == 0:
        # nearly any bytes are UTF-16: only text that looks like Chinese counts
        wide_tried = {codec: _weight(head, codec) for codec in ("utf-16-le", "utf-16-be")}
        tried |= {codec: weight for codec, weight in wide_tried.items() if weight > _LIKELY}
    best = max(tried, key=lambda codec: tried[codec])
    return best if tried[best] > 0 or good <= bad else "utf-8"


def known_codec(declared: str | None) -> str | None:
    """Return the Python codec for a declared charset, its superset where one is meant, or None.

    >>> known_codec("GB2312"), known_codec("no-such-charset")
    ('gb18030', None)
    """
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    name = SUPERSETS.get(name, name)
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return info.name if getattr(info, "_is_text_encoding", True) else None


def decode(data: bytes, declared: str | None = None) -> Decoded:
    r"""Return the text of bytes: by BOM, by the declared charset where it fits, else by detection.

    Line ends become ``\n``. ``replaced`` counts undecodable places (U+FFFD in the text); the caller decides
    what to bear, see :func:`too_damaged`.
    """
    for mark, codec in BOMS:
        if data.startswith(mark):
            return _strict_or_replaced(data[len(mark) :], codec)
    codec_declared = known_codec(declared)
    if codec_declared:
        try:
            text = data.decode(codec_declared)
            if not _doubtful(data, codec_declared):
                return Decoded(unix_lines(text), codec_declared, 0)
        except UnicodeDecodeError:
            pass  # pages often declare what they are not: look at the bytes
    return _strict_or_replaced(data, guess(data))


def _doubtful(data: bytes, declared: str) -> bool:
    """Tell whether another codec makes far better Chinese of the bytes than the declared one."""
    sample = _sample(data)
    own = _weight(sample, declared)
    if own > _LIKELY:
        return False
    other = guess(data)
    return other != declared and _weight(sample, other) > own + _LIKELY


def _strict_or_replaced(data: bytes, codec: str) -> Decoded:
    try:
        return Decoded(unix_lines(data.decode(codec)), codec, 0)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
        return Decoded(unix_lines(text), codec, max(1, len(_REPLACED.findall(text))))


def too_damaged(decoded: Decoded) -> bool:
    """Tell whether more than one place and more than 0.1 % of the characters could not be read."""
    return decoded.replaced > max(1, int(len(decoded.text) * _BAD_SHARE))


def unix_lines(text: str) -> str:
    r"""Return a text with ``\r\n`` and ``\r`` as ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
