"""One PDF page as pdfium gives it: characters with boxes and ruling lines, in points from the top left."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

from planparse.read.labels import bullet
from planparse.read.page_parts import Char, Line, Page

MAX_CHARS: Final = 200_000  #: characters of one page
MAX_PATHS: Final = 20_000  #: drawn paths of one page that are looked at
MAX_SEGMENTS: Final = 20_000  #: corners of one path
_SAMPLES: Final = 100
_THIN: Final = 3.0
_STRAIGHT: Final = 0.8
_UPRIGHT: Final = 0.1  # radians
_MAX_FORMS: Final = 5

Turn = Callable[[float, float], tuple[float, float]]


def read_page(page: Any, number: int) -> Page:
    """Return the characters and lines of a pdfium page (``number`` from 1), turned so that its text is upright."""
    text_page = page.get_textpage()
    try:
        angle = _text_angle(text_page)
        turned = page.get_rotation() if angle is None else angle
        turn = _turn_of(page, turned)
        chars, unmapped = _chars(text_page, turn, math.radians(turned))
    finally:
        text_page.close()
    width, height = page.get_size()
    if (turned - page.get_rotation()) % 180:
        width, height = height, width
    across, down, pictures = _drawn(page, turn)
    return Page(number, width, height, chars, across, down, unmapped, pictures)


def _text_angle(text_page: Any) -> int | None:
    """Return by how many degrees, of 0 90 180 270, most of the text is turned; None without text."""
    import pypdfium2.raw as pdfium

    count = min(pdfium.FPDFText_CountChars(text_page.raw), MAX_CHARS)
    seen: Counter[int] = Counter()
    for index in range(0, count, max(1, count // _SAMPLES)):
        if pdfium.FPDFText_GetUnicode(text_page.raw, index) > 0x20:
            quarter = (
                round(-pdfium.FPDFText_GetCharAngle(text_page.raw, index) / (math.pi / 2)) % 4
            )  # clockwise
            seen[90 * quarter] += 1
    return seen.most_common(1)[0][0] if seen else None


def _turn_of(page: Any, turned: int) -> Turn:
    """Return the map from the page's own space to the page with its text upright, y from the top."""
    left, bottom, right, top = page.get_cropbox()
    match turned:
        case 90:
            return lambda x, y: (y - bottom, x - left)
        case 180:
            return lambda x, y: (right - x, y - bottom)
        case 270:
            return lambda x, y: (top - y, right - x)
        case _:
            return lambda x, y: (x - left, top - y)


def _chars(text_page: Any, turn: Turn, page_angle: float) -> tuple[list[Char], int]:
    import pypdfium2.raw as pdfium

    raw = text_page.raw
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    chars: list[Char] = []
    unmapped = 0
    last_base = math.inf
    upright = True
    high = 0
    for index in range(min(pdfium.FPDFText_CountChars(raw), MAX_CHARS)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code <= 0x20 and (code != 0x20 or pdfium.FPDFText_IsGenerated(raw, index)):
            if code == 0x20 and chars and not chars[-1].text.isspace():
                chars.append(chars[-1]._replace(text=" ", x0=chars[-1].x1))  # no width: pdfium made it up
            continue
        if 0xF000 <= code <= 0xF0FF:
            code = ord(bullet(chr(code)))
        elif code in (0xFFFE, 0xFFFF, 0xFFFD) or 0xE000 <= code <= 0xF8FF:
            unmapped += 1
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        _, base = turn(x.value, y.value)
        if abs(base - last_base) > 0.5:
            turned = (pdfium.FPDFText_GetCharAngle(raw, index) + page_angle) % math.tau
            upright = turned < _UPRIGHT or turned > math.tau - _UPRIGHT
            last_base = base
        if not upright:  # a watermark, a stamp
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        ax, ay = turn(box.left, box.top)
        bx, by = turn(box.right, box.bottom)
        chars.append(Char(chr(code), min(ax, bx), max(ax, bx), base, abs(by - ay) or 1.0))
    return chars, unmapped


def _drawn(page: Any, turn: Turn) -> tuple[list[Line], list[Line], int]:
    """Return the horizontal and vertical ruling lines, and how many pictures the page shows."""
    import pypdfium2.raw as pdfium

    across: list[Line] = []
    down: list[Line] = []
    pictures = 0
    waiting: list[tuple[Any, Any, int]] = [
        (pdfium.FPDFPage_GetObject(page.raw, index), None, 0)
        for index in range(min(pdfium.FPDFPage_CountObjects(page.raw), 10 * MAX_PATHS))
    ]
    paths = 0
    while waiting and paths < MAX_PATHS:
        thing, outer, depth = waiting.pop()
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            paths += 1
            _path(thing, _compose(_matrix(thing), outer), turn, across, down)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORMS:
            inner = _compose(_matrix(thing), outer)
            count = min(pdfium.FPDFFormObj_CountObjects(thing), MAX_PATHS)
            waiting.extend(
                (pdfium.FPDFFormObj_GetObject(thing, index), inner, depth + 1) for index in range(count)
            )
    return across, down, pictures


_Matrix = tuple[float, float, float, float, float, float]


def _matrix(thing: Any) -> _Matrix:
    import pypdfium2.raw as pdfium

    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(thing, found)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _compose(inner: _Matrix, outer: _Matrix | None) -> _Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _path(thing: Any, matrix: _Matrix, turn: Turn, across: list[Line], down: list[Line]) -> None:
    """Add the straight edges of one path: thin shapes as one line, stroked shapes as their sides."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFPath_CountSegments(thing)
    if not 2 <= count <= MAX_SEGMENTS:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
    if not fill.value and not stroke.value:
        return
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(thing, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            _shape([] if curved else points, bool(stroke.value), across, down)
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(turn(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    _shape([] if curved else points, bool(stroke.value), across, down)


def _shape(points: list[tuple[float, float]], stroked: bool, across: list[Line], down: list[Line]) -> None:
    """Add one stroke or shape of a path: a thin one is one line, a stroked one has its sides."""
    if len(points) < 2:
        return
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if high <= _THIN and wide > _THIN:
        across.append(Line((min(ys) + max(ys)) / 2, min(xs), max(xs)))
    elif wide <= _THIN and high > _THIN:
        down.append(Line((min(xs) + max(xs)) / 2, min(ys), max(ys)))
    elif stroked and wide > _THIN and high > _THIN:
        _sides(points, across, down)


def _sides(points: list[tuple[float, float]], across: list[Line], down: list[Line]) -> None:
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y0 - y1) < _STRAIGHT and abs(x0 - x1) > _THIN:
            across.append(Line((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) < _STRAIGHT and abs(y0 - y1) > _THIN:
            down.append(Line((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
