"""The forward model of the damage: what copying sites do to a page. Used by tests and benchmarks.

1. every character that has a traditional form gets it, one to one;
2. the page is written in GBK, with full-width marks;
3. for each character of a table, one after another, its two bytes are replaced, anywhere in the stream, by the
   bytes and the reading in brackets: 醫(yī);
4. with probability ``break_rate``, a byte slips in before 0xA3BF or 0xA3A1 that stands out of frame;
5. the stream is read as code page 936: a first byte with an impossible second one becomes ? and swallows it,
   unassigned pairs vanish;
6. full-width marks become ASCII.
"""

from __future__ import annotations

import importlib.util
import random
from functools import lru_cache
from pathlib import Path

from planparse.normalize.gloss.gbk import character, double_bytes
from planparse.normalize.gloss.readings import _readings
from planparse.normalize.t2s import tables

#: characters that the sites leave alone although a dictionary has another form
LEFT_ALONE = frozenset("干于后并制范里面云只台向么着了系准志征表采丑卷几家价")
MORE = {"症": "癥", "准": "準"}
NARROW = str.maketrans("，：；？！（）", ",:;?!()")
WIDE = str.maketrans(",:;?!()", "，：；？！（）")


@lru_cache(maxsize=1)
def to_traditional_table() -> dict[int, str]:
    """Return the one-to-one table simplified → traditional."""
    spec = importlib.util.find_spec("opencc")
    assert spec is not None
    assert spec.submodule_search_locations
    path = Path(spec.submodule_search_locations[0]) / "dictionary" / "STCharacters.txt"
    table = {}
    for line in path.read_text("utf-8").splitlines():
        key, values = line.split("\t")
        value = values.split(" ")[0]
        if key not in LEFT_ALONE and double_bytes(value) and tables().table.get(ord(value)) == key:
            table[ord(key)] = value
    return table | {ord(k): v for k, v in MORE.items()}


@lru_cache(maxsize=1)
def default_readings() -> dict[str, str]:
    """Return one toned reading a character: the one that most characters share, rare readings being odd ones."""
    found: dict[str, str] = {}
    for reading, chars in sorted(_readings().items(), key=lambda item: (-len(item[1]), item[0])):
        if not reading.isascii():
            for char in chars:
                found.setdefault(char, reading)
    return found


def gloss_table(text: str, size: int, rng: random.Random) -> dict[str, str]:
    """Return a table of up to ``size`` glossed characters, the frequent ones of the text more likely."""
    readings = default_readings()
    chars = [c for c in text.translate(to_traditional_table()) if c in readings]
    rng.shuffle(chars)
    return {char: readings[char] for char in list(dict.fromkeys(chars))[:size]}


def damage(text: str, table: dict[str, str], *, break_rate: float = 0.0, seed: int = 0) -> str:
    """Return what becomes of a simplified ``text`` with the glossed characters of ``table``."""
    rng = random.Random(seed)
    stream, roles = _encode(text.translate(to_traditional_table()).translate(WIDE))
    plain = tables().table

    def order(char: str) -> bytes:
        return plain.get(ord(char), char).encode("gb18030")

    for char in sorted(table, key=order, reverse=True):
        stream, roles = _gloss(stream, roles, char.encode("gbk"), f"({table[char]})".encode("gbk"))
    return _decode(_break(stream, roles, break_rate, rng)).translate(NARROW)


def _encode(text: str) -> tuple[bytes, bytes]:
    stream, roles = bytearray(), bytearray()
    for char in text:
        try:
            code = char.encode("gbk")
        except UnicodeEncodeError:
            code = b"?"
        stream += code
        roles += b"\x01\x02" if len(code) == 2 else b"\x00"
    return bytes(stream), bytes(roles)


def _gloss(stream: bytes, roles: bytes, key: bytes, gloss: bytes) -> tuple[bytes, bytes]:
    pieces, kinds = [], []
    at = 0
    while (hit := stream.find(key, at)) >= 0:
        pieces += [stream[at : hit + 2], gloss]
        kinds += [roles[at : hit + 2], bytes(len(gloss))]
        at = hit + 2
    return b"".join([*pieces, stream[at:]]), b"".join([*kinds, roles[at:]])


def _break(stream: bytes, roles: bytes, rate: float, rng: random.Random) -> bytes:
    made = bytearray()
    for at, byte in enumerate(stream):
        out_of_frame = byte == 0xA3 and roles[at] == 2 and roles[at + 1 : at + 2] == b"\x01"
        if out_of_frame and stream[at + 1] in (0xBF, 0xA1) and rng.random() < rate:
            made.append(0x01)
        made.append(byte)
    return bytes(made)


def _decode(stream: bytes) -> str:
    out: list[str] = []
    at = 0
    while at < len(stream):
        lead = stream[at]
        if lead < 0x80:
            out.append(chr(lead))
            at += 1
        elif at + 1 >= len(stream) or lead in (0x80, 0xFF):
            out.append("?")
            at += 1
        else:
            trail = stream[at + 1]
            if trail < 0x40 or trail in (0x7F, 0xFF):
                out.append("?")
            else:
                out.append(character(lead, trail) or "")
            at += 2
    return "".join(out)
