"""Plain text: .txt, .md, and strings that the caller already has."""

from __future__ import annotations

import hashlib

from planparse.errors import DamagedFile, EmptyFile, UnknownFormat
from planparse.model import Source
from planparse.read.encoding import decode, is_binary, too_damaged, unix_lines
from planparse.read.mojibake import reads_as_chinese, undo


def content_id(data: bytes) -> str:
    """Return the stable id of a file: the first 16 hex digits of the SHA-256 of its bytes.

    >>> content_id(b"")
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(data).hexdigest()[:16]


def source_of_text(text: str, name: str = "-") -> Source:
    """Return the source of a plain string: its text as it is, no blocks.

    >>> source_of_text("一、总体要求", "note").name
    'note'
    """
    return Source(text=text, name=name, id=content_id(text.encode("utf-8", "surrogatepass")))


def read_text(data: bytes, name: str) -> Source:
    """Return the source of a text file in UTF-8, UTF-16, GB18030 or Big5, with or without BOM.

    Raises EmptyFile (only white space), UnknownFormat (binary) and DamagedFile (more than 0.1 % unreadable).
    """
    decoded = decode(data)
    if decoded.codec.startswith(("utf-8", "gb", "big5", "cp")) and is_binary(data):
        raise UnknownFormat(
            name, "not a text file, and no reader knows its first bytes", "see `planparse formats`"
        )
    if not decoded.text.strip("\ufeff \t\n\u3000\x00"):
        raise EmptyFile(name, "nothing but white space in it")
    warnings = check_damage(decoded.text, decoded.codec, decoded.replaced, name, too_damaged(decoded))
    text, notes = _as_meant(decoded.text, decoded.codec, name)
    return Source(text=text, name=name, meta={"encoding": decoded.codec}, warnings=(*warnings, *notes))


def _as_meant(text: str, codec: str, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without an earlier wrong decoding, and the warning that says so.

    Raises DamagedFile when that decoding lost characters.
    """
    if reads_as_chinese(text):
        return text, ()
    undone = undo(text)
    if undone is None:
        return text, ("文字不像中文：可能是乱码，请从原文重新导出",)
    if undone.lost:
        gone = text.count("\ufffd")
        raise DamagedFile(
            name,
            "garbled: it was read in the wrong encoding and saved so, and "
            + (
                f"{gone} characters were lost"
                if gone
                else f"not all of it can be turned back ({undone.right} read as {undone.wrong})"
            ),
            f"export the original again (read as {codec}, it starts {text.strip()[:12]!r})",
        )
    return unix_lines(undone.text), (
        f"文字曾按 {undone.wrong} 误读（原为 {undone.right}），已还原；位置按还原后的文字计",
    )


def check_damage(text: str, codec: str, replaced: int, name: str, too_many: bool) -> tuple[str, ...]:
    """Return the warning for undecodable places; raises DamagedFile when there are too many."""
    if not replaced:
        return ()
    if too_many:
        raise DamagedFile(
            name,
            f"{replaced} places of {len(text)} characters cannot be read as {codec}, the closest encoding",
            "save the file as UTF-8 and try again",
        )
    return (f"{replaced} 处无法按 {codec} 编码识读，以 U+FFFD（�）代替",)
