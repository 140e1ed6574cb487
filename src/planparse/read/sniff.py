"""What the first bytes say: one small function a format, asked in the order of the table in formats.py.

A file is read as what it is: the suffix is asked only where the bytes leave it open (csv, md).
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_START: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_HTML_ANY: Final = re.compile(rb"<(?:html|head|body|div|table|p|meta|span|br)\b", re.I)
_MAIL_FIELD: Final = re.compile(
    rb"^(From|To|Cc|Subject|Date|MIME-Version|Received|Return-Path|Content-Type|Message-ID|X-[\w-]+|Snapshot-Content-Location):",
    re.I | re.M,
)
#: first bytes -> what it is, for files that hold no text
OTHER_KINDS: Final = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
)


@dataclass(frozen=True)
class Head:
    """A file as the sniffers see it: its bytes, its suffix, and lazily what is inside."""

    data: bytes
    suffix: str
    start: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", self.data[:4096])

    @cached_property
    def members(self) -> frozenset[str]:
        """The member names of a ZIP package; empty for anything else or for a broken one."""
        if not self.data.startswith(b"PK"):
            return frozenset()
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as package:
                return frozenset(package.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            return frozenset()

    @cached_property
    def streams(self) -> frozenset[str]:
        """The stream names of an OLE compound file; empty for anything else or for a broken one."""
        if not self.data.startswith(OLE_MAGIC):
            return frozenset()
        from planparse.read.ole import OleError, stream_names

        try:
            return stream_names(self.data)
        except OleError:
            return frozenset()

    @cached_property
    def ascii_start(self) -> bytes:
        """The beginning without BOM and without the zero bytes of UTF-16, for markup in any encoding."""
        start = self.start
        for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
            start = start.removeprefix(mark)
        return start.replace(b"\x00", b"")


def is_pdf(head: Head) -> bool:
    """Tell a PDF: ``%PDF-`` within the first kilobyte."""
    return b"%PDF-" in head.start[:1024]


def is_docx(head: Head) -> bool:
    """Tell a Word package by its main part."""
    return any(name.startswith("word/document") and name.endswith(".xml") for name in head.members)


def is_xlsx(head: Head) -> bool:
    """Tell an Excel package by its workbook part."""
    return "xl/workbook.xml" in head.members


def is_opendocument(head: Head) -> bool:
    """Tell an OpenDocument text or sheet by its parts."""
    return "content.xml" in head.members and "META-INF/manifest.xml" in head.members


def is_ofd(head: Head) -> bool:
    """Tell an OFD (GB/T 33190) package by its entry part."""
    return any(name.lower() == "ofd.xml" for name in head.members)


def is_pptx(head: Head) -> bool:
    """Tell a PowerPoint package by its main part."""
    return "ppt/presentation.xml" in head.members


def is_package(head: Head) -> bool:
    """Tell a ZIP file that is one document or program, not an archive of files."""
    marks = {"[Content_Types].xml", "mimetype", "META-INF/manifest.xml", "META-INF/MANIFEST.MF"}
    return bool(marks & head.members) or is_docx(head) or is_xlsx(head) or is_ofd(head)


def is_zip(head: Head) -> bool:
    """Tell any other ZIP archive."""
    return head.data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_doc(head: Head) -> bool:
    """Tell a Word 97 or WPS binary document by its stream."""
    return "WordDocument" in head.streams


def is_xls(head: Head) -> bool:
    """Tell an Excel 97 or ET binary workbook by its stream."""
    return bool({"Workbook", "Book"} & head.streams)


def is_ole(head: Head) -> bool:
    """Tell any other OLE compound file."""
    return head.data.startswith(OLE_MAGIC)


def is_rtf(head: Head) -> bool:
    """Tell RTF by its first group."""
    return head.start.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf")


def is_html(head: Head) -> bool:
    """Tell HTML by its first tag, or by its suffix and any tag."""
    if _HTML_START.match(head.ascii_start):
        return True
    return head.suffix in (".html", ".htm", ".xhtml", ".shtml") and bool(
        _HTML_ANY.search(head.data.replace(b"\x00", b"")[:200_000])
    )


def is_mail(head: Head) -> bool:
    """Tell a mail or a saved web archive by its header fields."""
    top = head.ascii_start.lstrip(b"\r\n ")
    if not re.match(rb"[A-Za-z][\w-]{1,60}:", top):
        return False
    fields = {found.lower() for found in _MAIL_FIELD.findall(top)}
    return len(fields) >= 3 or (len(fields) >= 2 and head.suffix in (".eml", ".mht", ".mhtml"))


def is_csv(head: Head) -> bool:
    """Tell a delimited table by its suffix: its bytes are plain text."""
    return head.suffix in (".csv", ".tsv", ".tab")


def other_kind(data: bytes) -> str | None:
    """Return ``picture`` or ``archive`` for bytes known to hold no text, else None."""
    return next((kind for magic, kind in OTHER_KINDS if data.startswith(magic)), None)
