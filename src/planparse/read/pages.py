"""Pages of characters and ruling lines become text: the part that PDF and OFD share.

Headers, footers, page numbers and lists of contents are left out; sentences and tables that cross a page are
joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from planparse.errors import DamagedFile, NoTextLayer
from planparse.read import limits
from planparse.read.build import Builder
from planparse.read.page_flow import Flow, Margins, flows_of, paragraphs_of
from planparse.read.page_furniture import furniture_of
from planparse.read.page_grid import Grid, find_grids
from planparse.read.page_joins import join_pieces
from planparse.read.page_lines import Run, runs_of
from planparse.read.page_open_tables import open_tables
from planparse.read.page_parts import Char, Page
from planparse.read.page_raised import seat_raised
from planparse.read.page_tables import Piece, piece_of

_OCR: Final = "run OCR first (for example ocrmypdf -l chi_sim in.pdf out.pdf) and give its result"


@dataclass(slots=True)
class Leaf:
    """A page taken apart: free runs, and tables with their characters."""

    page: Page
    runs: list[Run]
    grids: list[tuple[Grid, list[Char]]]
    pieces: list[Piece]


def write_pages(pages: Iterable[Page], build: Builder, name: str, what: str) -> None:
    """Write pages in reading order; ``what`` names the format. Raises NoTextLayer for pictures of text."""
    leaves: list[Leaf] = []
    total = 0
    for page in pages:
        total += len(page.chars)
        if total > limits.MAX_PAGE_CHARS:
            raise DamagedFile(
                name, f"more than {limits.MAX_PAGE_CHARS} letters on its pages", "split the file"
            )
        leaves.append(_take_apart(page))
    _check_text(leaves, build, name, what)
    dropped = furniture_of([(leaf.runs, leaf.page.height) for leaf in leaves])
    for leaf in leaves:
        leaf.runs = [run for run in leaf.runs if id(run) not in dropped]
    _write(leaves, build)


def _take_apart(page: Page) -> Leaf:
    grids = [(grid, list[Char]()) for grid in find_grids(page.across, page.down)]
    free: list[Char] = []
    for char in seat_raised(page.chars):
        x, y = (char.x0 + char.x1) / 2, char.base - char.size * 0.3
        holder = next((held for grid, held in grids if grid.holds(x, y)), free)
        holder.append(char)
    filled = [(grid, held) for grid, held in grids if held]
    pieces: list[Piece] = []
    if not filled and len(page.across) >= 3:
        pieces, free = open_tables(page.across, free, page.number)
    page.chars.clear()
    return Leaf(page, runs_of(free, page.number), filled, pieces)


def _check_text(leaves: Sequence[Leaf], build: Builder, name: str, what: str) -> None:
    def length(leaf: Leaf) -> int:
        held = sum(len(chars) for _, chars in leaf.grids) + len(leaf.pieces)
        return sum(len(run.text) for run in leaf.runs) + held

    total = sum(length(leaf) for leaf in leaves)
    unmapped = sum(leaf.page.unmapped for leaf in leaves)
    if unmapped > total:
        raise NoTextLayer(
            name, f"a {what} whose letters have no Unicode values, so no text can be read", _OCR
        )
    if not total:
        pages = len(leaves)
        raise NoTextLayer(name, f"a scanned {what}: {pages} page(s) of pictures without any text", _OCR)
    bare = [str(leaf.page.number) for leaf in leaves if not length(leaf) and leaf.page.pictures]
    if bare:
        build.warnings.append(
            f"第 {'、'.join(bare)} 页只有图片，没有文字，未读取；请先做文字识别，如 ocrmypdf -l chi_sim in.pdf out.pdf"
        )
    if unmapped:
        build.warnings.append(f"{unmapped} 个字没有 Unicode 编码，已略去")


def _write(leaves: Sequence[Leaf], build: Builder) -> None:
    """Write flows and tables in reading order; a flow or table goes on over the page when nothing lies between."""
    items: list[Flow | Piece] = []
    for leaf in leaves:
        for item in _items(leaf):
            last = items[-1] if items else None
            if isinstance(item, Piece) and isinstance(last, Piece) and join_pieces(last, item):
                continue
            items.append(item)
    margins = Margins()
    margins.learn(item for item in items if isinstance(item, Flow))
    body_size = _body_size(items)
    stretch: list[Flow] = []
    for item in items:
        if isinstance(item, Flow):
            stretch.append(item)
        else:
            _write_stretch(stretch, margins, body_size, build)
            stretch = []
            build.table(item.rows, page=item.first_page)
    _write_stretch(stretch, margins, body_size, build)


def _write_stretch(stretch: Sequence[Flow], margins: Margins, body_size: float, build: Builder) -> None:
    for paragraph in paragraphs_of(stretch, margins, body_size):
        big = paragraph.first.size >= 1.25 * body_size and paragraph.first.page == 1 and build.paragraphs < 3
        build.split_paragraph(paragraph.parts, style="title" if big else None)


def _items(leaf: Leaf) -> list[Flow | Piece]:
    items: list[Flow | Piece] = []
    rest = leaf.runs
    pieces = [(grid.ys[0], piece_of(grid, held, leaf.page.number)) for grid, held in leaf.grids]
    pieces += [(piece.top, piece) for piece in leaf.pieces]
    for top, piece in sorted(pieces, key=lambda pair: pair[0]):
        above = [run for run in rest if run.base <= top + run.size]
        rest = [run for run in rest if run.base > top + run.size]
        items.extend(flows_of(above, leaf.page.width))
        items.append(piece)
    items.extend(flows_of(rest, leaf.page.width))
    return items


def _body_size(items: Sequence[Flow | Piece]) -> float:
    """Return the size that most characters of the running text have."""
    sizes: Counter[float] = Counter()
    for item in items:
        if isinstance(item, Flow):
            for line in item.lines:
                sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0
