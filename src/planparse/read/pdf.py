"""PDF with a text layer: pdfium gives characters and lines; reading order and tables are made in pages.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from planparse.errors import DamagedFile, EncryptedFile
from planparse.model import Source
from planparse.read import limits
from planparse.read.build import Builder
from planparse.read.page_parts import Page
from planparse.read.pages import write_pages
from planparse.read.pdf_page import read_page

_META: Final = {
    "Title": "title",
    "Author": "author",
    "Subject": "subject",
    "CreationDate": "created",
    "Creator": "program",
}
_PASSWORD: Final = 4


def read_pdf(data: bytes, name: str) -> Source:
    """Return the source of a PDF; raises DamagedFile (broken, encrypted) and NoTextLayer (a scan)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if getattr(fault, "err_code", None) == _PASSWORD or "password" in str(fault).lower():
            raise EncryptedFile(
                name, "encrypted with a password", "save it without password and try again"
            ) from fault
        raise DamagedFile(
            name, "a PDF that is truncated or damaged", "save or print it to PDF again"
        ) from fault
    try:
        build = Builder(meta=_meta(document))
        write_pages(_pages(document, name), build, name, "PDF")
    finally:
        document.close()
    return build.source(name)


def _pages(document: Any, name: str) -> Iterator[Page]:
    import pypdfium2

    count = len(document)
    if count > limits.MAX_PAGES:
        raise DamagedFile(name, f"{count} pages, the limit is {limits.MAX_PAGES}", "split the file")
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError as fault:
            raise DamagedFile(
                name, f"page {index + 1} cannot be opened", "save or print it to PDF again"
            ) from fault
        try:
            yield read_page(page, index + 1)
        finally:
            page.close()


def _meta(document: Any) -> dict[str, str]:
    try:
        found = document.get_metadata_dict(skip_empty=True)
    except UnicodeDecodeError:
        return {}  # properties in a broken encoding are no reason to refuse the text
    return {key: found[name].strip() for name, key in _META.items() if found.get(name, "").strip()}
