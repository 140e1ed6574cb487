"""The table of formats: one line a format. Order matters: the first whose sniffer says yes reads the file.

Another package adds one with an entry point of the group ``planparse.readers`` whose object is a
:class:`Format`; outside formats are asked first.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, cast

from planparse.errors import DamagedFile, EncryptedFile, NoTextLayer, UnknownFormat
from planparse.model import Source
from planparse.read import sniff
from planparse.read.sniff import Head

Reader = Callable[[bytes, str], Source]
GROUP: Final = "planparse.readers"
#: what to do with many files in one place
MANY_HINT: Final = (
    "planparse extract reads every file inside; text and explain take one file (in Python: read_many)"
)


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name, suffixes, the test of its bytes, its reader ``module:function``, and what it is.

    The reader takes the bytes and the file's name and returns a Source (its id is set by ``read``).
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[Head], bool]
    reader: str
    about: str

    def load(self) -> Reader:
        """Return the reader function, imported on first use."""
        module, _, function = self.reader.partition(":")
        return cast(Reader, getattr(importlib.import_module(module), function))


FORMATS: Final[tuple[Format, ...]] = (
    Format("pdf", (".pdf",), sniff.is_pdf, "planparse.read.pdf:read_pdf", "PDF with a text layer"),
    Format("docx", (".docx", ".docm", ".dotx"), sniff.is_docx, "planparse.read.docx:read_docx", "Word"),
    Format("xlsx", (".xlsx", ".xlsm"), sniff.is_xlsx, "planparse.read.xlsx:read_xlsx", "Excel"),
    Format("pptx", (".pptx",), sniff.is_pptx, "planparse.read.pptx:read_pptx", "PowerPoint"),
    Format("odf", (".odt", ".ods"), sniff.is_opendocument, "planparse.read.odf:read_odf", "OpenDocument"),
    Format("ofd", (".ofd",), sniff.is_ofd, "planparse.read.ofd:read_ofd", "OFD 版式文件 (GB/T 33190)"),
    Format(
        "doc", (".doc", ".wps", ".dot"), sniff.is_doc, "planparse.read.office:read_doc", "Word 97, WPS文字"
    ),
    Format("xls", (".xls", ".et"), sniff.is_xls, "planparse.read.xls:read_xls", "Excel 97, WPS表格"),
    Format("rtf", (".rtf",), sniff.is_rtf, "planparse.read.rtf:read_rtf", "Rich Text"),
    Format(
        "mail",
        (".eml", ".mht", ".mhtml"),
        sniff.is_mail,
        "planparse.read.mail:read_mail",
        "e-mail, saved page",
    ),
    Format("html", (".html", ".htm"), sniff.is_html, "planparse.read.html:read_html", "web page"),
    Format("csv", (".csv", ".tsv"), sniff.is_csv, "planparse.read.delimited:read_csv", "delimited table"),
    Format(
        "text", (".txt", ".md"), lambda head: True, "planparse.read.text:read_text", "plain text, Markdown"
    ),
)


@lru_cache(maxsize=1)
def outside_formats() -> tuple[Format, ...]:
    """Return the formats that installed packages add; raises TypeError when an object is no Format."""
    from importlib.metadata import entry_points

    found = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        loaded = point.load()
        if not isinstance(loaded, Format):
            raise TypeError(
                f"entry point {point.name} of {GROUP}: given {type(loaded).__name__}, possible: Format"
            )
        found.append(loaded)
    return tuple(found)


def detect(data: bytes, name: str, suffix: str) -> Format:
    """Return the format of a file's bytes.

    Raises NoTextLayer for a picture, DamagedFile for broken or encrypted packages, UnknownFormat for what no
    reader takes (other archives, programs).

    >>> detect(b"%PDF-1.7", "plan.txt", ".txt").name
    'pdf'
    """
    head = Head(data, suffix)
    for form in outside_formats():
        if form.sniff(head):
            return form
    kind = sniff.other_kind(data)
    if kind == "picture":
        raise NoTextLayer(
            name, "a picture, it holds no text", "run OCR and give the text or a searchable PDF"
        )
    if kind == "archive":
        raise UnknownFormat(name, "an archive that cannot be opened here", "unpack it, or pack it as .zip")
    for form in FORMATS:
        if form.name == "rtf":
            _refuse_packages(head, name)  # what no package reader took is broken or encrypted
        if form.sniff(head):
            return form
    raise UnknownFormat(name, "no reader takes these bytes", "see `planparse formats`")  # pragma: no cover


def _refuse_packages(head: Head, name: str) -> None:
    if sniff.is_zip(head):
        if not head.members:
            raise DamagedFile(
                name, "a ZIP package that is truncated or damaged", "copy or save the file again"
            )
        if sniff.is_package(head):
            raise UnknownFormat(
                name, "a package of a kind that no reader knows", "save it as .docx, .xlsx or .pdf"
            )
        raise UnknownFormat(name, "a ZIP archive, not a document", MANY_HINT)
    if sniff.is_ole(head):
        if "EncryptedPackage" in head.streams:
            raise EncryptedFile(name, "encrypted with a password", "save it without password and try again")
        if not head.streams:
            raise DamagedFile(name, "an Office 97 file that is truncated or damaged", "save the file again")
        raise UnknownFormat(name, "an Office 97 file, neither text nor sheet", "save it as .docx or .xlsx")


def is_archive(data: bytes) -> bool:
    """Tell a ZIP archive of files (not a document package)."""
    head = Head(data, "")
    return sniff.is_zip(head) and bool(head.members) and not sniff.is_package(head)
