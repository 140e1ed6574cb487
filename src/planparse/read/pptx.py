"""PowerPoint presentations: slides as pages, their paragraphs from top to bottom, tables as tables."""

from __future__ import annotations

import posixpath
from typing import Any

from planparse.model import Source
from planparse.read.build import Builder, Cell
from planparse.read.office_meta import package_meta
from planparse.read.package import Package

_TITLES = frozenset({"title", "ctrTitle"})


def read_pptx(data: bytes, name: str) -> Source:
    """Return the source of a presentation; notes and hidden slides are left out. Raises DamagedFile."""
    package = Package(data, name)
    build = Builder(meta=package_meta(package))
    for number, part in enumerate(_slides(package), 1):
        root = package.xml(part)
        if root.get("show") == "0":
            build.warnings.append(f"第 {number} 张幻灯片：已隐藏，未读取")
            continue
        for shape in sorted(root.iter("{*}sp", "{*}graphicFrame"), key=_place):
            if shape.tag.endswith("}sp"):
                _shape(shape, build, number)
            else:
                for table in shape.iter("{*}tbl"):
                    build.table(_grid(table), page=number)
    return build.source(name)


def _slides(package: Package) -> list[str]:
    rels = package.optional_xml("ppt/_rels/presentation.xml.rels")
    targets = {rel.get("Id"): rel.get("Target", "") for rel in (() if rels is None else rels)}
    parts = []
    for slide in package.xml("ppt/presentation.xml").iter("{*}sldId"):
        key = next((value for attr, value in slide.attrib.items() if attr.endswith("}id")), "")
        target = targets.get(key, "")
        part = posixpath.normpath(
            target.lstrip("/") if target.startswith("/") else posixpath.join("ppt", target)
        )
        if part in package:
            parts.append(part)
    return parts


def _place(shape: Any) -> tuple[int, int]:
    """Return top and left of a shape; placeholders without a place of their own keep to the top."""
    offset = next(shape.iter("{*}off"), None)
    if offset is None:
        return (0, 0)
    return (int(offset.get("y") or 0), int(offset.get("x") or 0))


def _shape(shape: Any, build: Builder, page: int) -> None:
    holder = next(shape.iter("{*}ph"), None)
    kind = holder.get("type") if holder is not None else None
    if kind in ("sldNum", "ftr", "dt"):
        return
    for body in shape.iterchildren("{*}txBody"):
        for paragraph in body.iterchildren("{*}p"):
            build.paragraph(_text(paragraph), page=page, style="heading 1" if kind in _TITLES else None)


def _text(paragraph: Any) -> str:
    out = []
    for child in paragraph.iterchildren():
        tag = child.tag[child.tag.rfind("}") + 1 :]
        if tag in ("r", "fld"):
            out.append(child.findtext("{*}t") or "")
        elif tag == "br":
            out.append("\n")
    return "".join(out)


def _grid(table: Any) -> list[list[Cell]]:
    grid: list[list[Cell]] = []
    for row in table.iterchildren("{*}tr"):
        line: list[Cell] = []
        for cell in row.iterchildren("{*}tc"):
            if cell.get("hMerge") in ("1", "true") and line:
                line.append(line[-1])
            elif cell.get("vMerge") in ("1", "true") and grid and len(grid[-1]) > len(line):
                line.append(grid[-1][len(line)])
            else:
                line.append(Cell("\n".join(_text(paragraph) for paragraph in cell.iter("{*}p"))))
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    for line in grid:
        line.extend(Cell() for _ in range(width - len(line)))
    return grid
