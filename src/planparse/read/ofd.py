"""OFD (GB/T 33190-2016): an own walk over the pages' text and path objects, laid out like PDF pages.

Coordinates are millimetres; they become points here so that one set of tolerances serves both formats.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from planparse.errors import DamagedFile, EncryptedFile
from planparse.model import Source
from planparse.read import limits
from planparse.read.build import Builder
from planparse.read.package import Package
from planparse.read.page_parts import Char, Line, Page
from planparse.read.pages import write_pages

_POINT: Final = 72 / 25.4  #: points of a millimetre
_THIN: Final = 3.0
_A4: Final = (0.0, 0.0, 210.0, 297.0)
_PATH: Final = re.compile(r"([MLBQACS])|(-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)")
_ARGUMENTS: Final = {"M": 2, "L": 2, "S": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_MAX_PATH: Final = 20_000
_META: Final = {
    "Title": "title",
    "Author": "author",
    "Subject": "subject",
    "CreationDate": "created",
    "Creator": "program",
}

Matrix = tuple[float, float, float, float, float, float]


def read_ofd(data: bytes, name: str) -> Source:
    """Return the source of an OFD; raises DamagedFile (broken, encrypted) and NoTextLayer (a scan)."""
    package = Package(data, name)
    entry = next(part for part in package.parts if part.lower() == "ofd.xml")
    if any(part.lower() == "encryptions.xml" for part in package.parts):
        raise EncryptedFile(name, "encrypted", "export it without protection and try again")
    root = package.xml(entry)
    build = Builder()
    for info in root.iter("{*}DocInfo"):
        for child in info.iterchildren():
            key = _META.get(_local(child))
            if key and (child.text or "").strip():
                build.meta[key] = child.text.strip()
    write_pages(_pages(package, root, name), build, name, "OFD")
    return build.source(name)


def _pages(package: Package, root: Any, name: str) -> Iterator[Page]:
    number = 0
    for found in root.iter("{*}DocRoot"):
        document = _resolve("", found.text or "")
        tree = package.xml(document)
        area = next((element.text for element in tree.iter("{*}PhysicalBox")), None)
        for page in tree.iter("{*}Page"):
            number += 1
            if number > limits.MAX_PAGES:
                raise DamagedFile(name, f"more than {limits.MAX_PAGES} pages", "split the file")
            part = _resolve(posixpath.dirname(document), page.get("BaseLoc", ""))
            if posixpath.basename(part) != "Content.xml" and part not in package:
                part = posixpath.join(part, "Content.xml")
            yield _page(package.xml(part), number, area)


def _resolve(folder: str, place: str) -> str:
    place = place.strip().replace("\\", "/")
    return posixpath.normpath(place.lstrip("/") if place.startswith("/") else posixpath.join(folder, place))


def _page(root: Any, number: int, area: str | None) -> Page:
    own = next((element.text for element in root.iter("{*}PhysicalBox")), None)
    left, top, width, height = (*_numbers(own or area or ""), *_A4)[:4] if own or area else _A4
    chars: list[Char] = []
    across: list[Line] = []
    down: list[Line] = []
    pictures = 0
    for thing in root.iter("{*}TextObject", "{*}PathObject", "{*}ImageObject"):
        kind = _local(thing)
        if thing.get("Visible") == "false":
            continue
        if kind == "TextObject":
            _text(thing, chars, left, top)
        elif kind == "PathObject":
            _path(thing, across, down, left, top)
        else:
            pictures += 1
    return Page(number, width * _POINT, height * _POINT, chars, across, down, 0, pictures)


def _text(thing: Any, chars: list[Char], left: float, top: float) -> None:
    box = _numbers(thing.get("Boundary", ""))
    a, b, c, d, e, f = _matrix(thing)
    if len(box) < 4 or abs(b) > 0.1 * abs(a or 1):  # turned text: a stamp, a watermark
        return
    size = float(thing.get("Size") or 3.5) * abs(d or 1) * _POINT
    stretch = float(thing.get("HScale") or 1)
    x = y = 0.0
    for code in thing.iterchildren("{*}TextCode"):
        text = code.text or ""
        x, y = float(code.get("X") or x), float(code.get("Y") or y)
        steps = _deltas(code.get("DeltaX"), len(text))
        drops = _deltas(code.get("DeltaY"), len(text))
        own = size / _POINT / abs(a or 1) * abs(a or 1)
        for index, char in enumerate(text):
            px = (a * x + c * y + e + box[0] - left) * _POINT
            py = (b * x + d * y + f + box[1] - top) * _POINT
            wide = size * (0.5 if char.isascii() else 1.0) * stretch
            if not char.isspace() or char in " \u3000":
                chars.append(Char(char, px, px + wide, py, size))
            x += (
                steps[index]
                if index < len(steps)
                else own * (0.5 if char.isascii() else 1.0)
                if not steps
                else 0
            )
            y += drops[index] if index < len(drops) else 0


def _deltas(text: str | None, count: int) -> list[float]:
    """Return the steps between characters; ``g 3 4.2`` stands for three times 4.2.

    >>> _deltas("4.2 g 2 3 5", 9)
    [4.2, 3.0, 3.0, 5.0]
    """
    out: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words) and len(out) < count:
        if words[at] == "g" and at + 2 < len(words):
            out.extend([float(words[at + 2])] * min(int(float(words[at + 1])), count))
            at += 3
        else:
            out.append(float(words[at]))
            at += 1
    return out


def _path(thing: Any, across: list[Line], down: list[Line], left: float, top: float) -> None:
    box = _numbers(thing.get("Boundary", ""))
    data = thing.find("{*}AbbreviatedData")
    if len(box) < 4 or data is None or (thing.get("Stroke") == "false" and thing.get("Fill") != "true"):
        return
    a, b, c, d, e, f = _matrix(thing)
    points: list[tuple[float, float, bool]] = []
    for moved, x, y in _corners((data.text or "")[:_MAX_PATH]):
        px = (a * x + c * y + e + box[0] - left) * _POINT
        py = (b * x + d * y + f + box[1] - top) * _POINT
        points.append((px, py, moved))
    for (x0, y0, _), (x1, y1, moved) in pairwise(points):
        if moved:
            continue
        if abs(y0 - y1) < 1 and abs(x0 - x1) > _THIN:
            across.append(Line((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < 1 and abs(y0 - y1) > _THIN:
            down.append(Line((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _corners(data: str) -> Iterator[tuple[bool, float, float]]:
    """Yield the corners of a path as (begins a stroke, x, y)."""
    operator = ""
    held: list[float] = []
    start = (0.0, 0.0)
    for letter, number in _PATH.findall(data):
        if letter:
            operator = letter
            held = []
            if letter == "C":
                yield (False, *start)
            continue
        held.append(float(number))
        needed = _ARGUMENTS.get(operator, 0)
        if needed and len(held) == needed:
            x, y = held[-2], held[-1]
            if operator in "MS":
                start = (x, y)
            yield (operator not in "L", x, y)
            held = []


def _matrix(thing: Any) -> Matrix:
    found = _numbers(thing.get("CTM") or "")
    return (
        (found[0], found[1], found[2], found[3], found[4], found[5])
        if len(found) == 6
        else (1, 0, 0, 1, 0, 0)
    )


def _numbers(text: str) -> list[float]:
    return [float(word) for word in text.split()[:8]]


def _local(element: Any) -> str:
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]
