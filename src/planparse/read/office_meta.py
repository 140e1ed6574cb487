"""Properties of Office packages: title, author, dates, company and the file's own fields."""

from __future__ import annotations

from typing import Final

from planparse.read.package import Package

#: local name of the property -> key in ``Source.meta``
_KEYS: Final = {
    "title": "title",
    "creator": "author",
    "subject": "subject",
    "description": "description",
    "keywords": "keywords",
    "created": "created",
    "modified": "modified",
    "lastModifiedBy": "last_author",
    "Company": "company",
    "Application": "program",
}


def package_meta(package: Package) -> dict[str, str]:
    """Return the properties of a docx or xlsx package that are filled; custom ones under their own names."""
    meta: dict[str, str] = {}
    for part in ("docProps/core.xml", "docProps/app.xml"):
        root = package.optional_xml(part)
        for child in () if root is None else root.iterchildren():
            key = _KEYS.get(child.tag[child.tag.rfind("}") + 1 :])
            text = (child.text or "").strip()
            if key and text:
                meta[key] = text
    root = package.optional_xml("docProps/custom.xml")
    for child in () if root is None else root.iterchildren():
        text = "".join(child.itertext()).strip()
        if child.get("name") and text:
            meta.setdefault(child.get("name"), text)
    return meta
