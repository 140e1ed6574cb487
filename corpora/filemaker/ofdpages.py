"""OFD files (GB/T 33190) with text objects and ruled tables, as a printing driver writes them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from corpora.filemaker.twin import Part

SIZE = 4.2
LEFT, TOP, RIGHT, FOOT = 28.0, 37.0, 184.0, 262.0
STEP = 9.0
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


class Pages:
    """Sets lines on pages of 210 by 297 millimetres."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = [[]]
        self.y = TOP

    def _text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        wide = " ".join(f"{size if not char.isascii() else size / 2:.2f}" for char in text[:-1])
        self.pages[-1].append(
            f'<ofd:TextObject ID="{len(self.pages) * 10000 + len(self.pages[-1])}" Font="1" Size="{size}" '
            f'Boundary="{x:.2f} {y - size:.2f} {RIGHT - x + 10:.2f} {size * 1.3:.2f}">'
            f'<ofd:TextCode X="0" Y="{size:.2f}" DeltaX="{wide}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
        )

    def _room(self, height: float) -> None:
        if self.y + height > FOOT:
            self._text(103, 280, f"— {len(self.pages)} —")
            self.pages.append([])
            self.y = TOP

    def paragraph(self, text: str, *, title: bool = False) -> None:
        """Set a paragraph, first line indented by two characters; a title is large and centred."""
        size = 6.0 if title else SIZE
        lines = _broken("\u3000\u3000" + text if not title else text, (RIGHT - LEFT) / size)
        for line in lines:
            self._room(STEP)
            bare = line.lstrip("\u3000")
            x = LEFT + (len(line) - len(bare)) * size
            if title:
                x = LEFT + (RIGHT - LEFT - _width(line) * size) / 2
            self._text(x, self.y, bare, size)
            self.y += STEP * size / SIZE

    def table(self, rows: list[list[str]]) -> None:
        """Set a ruled table with equal columns; a blank first cell below a filled one has no rule above it."""
        wide = (RIGHT - LEFT) / len(rows[0])
        size = 3.0
        for r, row in enumerate(rows):
            cells = [_broken(text, (wide - 2) / size - 1) or [""] for text in row]
            height = max(len(lines) for lines in cells) * size * 1.4 + 3
            self._room(height)
            open_top = r > 0 and not row[0] and any(row) and self.y > TOP
            for c, lines in enumerate(cells):
                x = LEFT + c * wide
                if not (c == 0 and open_top):
                    self._rule(x, self.y - 4, wide, 0)
                self._rule(x, self.y - 4, 0, height)
                for n, line in enumerate(lines):
                    self._text(x + 1, self.y + n * size * 1.4, line, size)
            self._rule(RIGHT, self.y - 4, 0, height)
            self._rule(LEFT, self.y - 4 + height, 0.001, 0)
            last = r + 1 == len(rows) or self.y + 2 * height > FOOT
            for c in range(len(row)):
                if last or c > 0:
                    self._rule(LEFT + c * wide, self.y - 4 + height, wide, 0)
            self.y += height
        self.y += STEP

    def _rule(self, x: float, y: float, wide: float, high: float) -> None:
        self.pages[-1].append(
            f'<ofd:PathObject ID="{len(self.pages) * 10000 + 5000 + len(self.pages[-1])}" LineWidth="0.2" Stroke="true" '
            f'Boundary="{x:.3f} {y:.3f} {max(wide, 0.2):.3f} {max(high, 0.2):.3f}">'
            f"<ofd:AbbreviatedData>M 0 0 L {wide:.3f} {high:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
        )


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1 for char in text)


def _broken(text: str, room: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for char in text:
        if _width(line + char) > room and char not in "，。；：、）":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line] if line else lines


def write_ofd(parts: list[Part], path: Path) -> None:
    """Write parts as an OFD file."""
    pages = Pages()
    for index, part in enumerate(parts):
        if part.rows:
            pages.table(part.rows)
        else:
            pages.paragraph(part.text, title=index == 0)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages.pages))
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:

        def put(name: str, xml: str) -> None:
            package.writestr(zipfile.ZipInfo(name, (2024, 3, 4, 9, 0, 0)), head + xml, zipfile.ZIP_DEFLATED)

        put(
            "OFD.xml",
            f'<ofd:OFD {NS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID>'
            f"<ofd:Title>{escape(parts[0].text)}</ofd:Title></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        put(
            "Doc_0/Document.xml",
            f"<ofd:Document {NS}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID><ofd:PageArea>"
            "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for n, objects in enumerate(pages.pages):
            put(
                f"Doc_0/Pages/Page_{n}/Content.xml",
                f'<ofd:Page {NS}><ofd:Content><ofd:Layer ID="1">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>',
            )
