"""Where in the file a character of the source text stands."""

from __future__ import annotations

from bisect import bisect_right

from planparse.model import Plan, Source


def place_of(source: Source | Plan, offset: int) -> str:
    r"""Return the place of a source offset in words: page, paragraph, table cell, or line of a plain text.

    An offset between two blocks (a line end, a tab) belongs to the block before it. Raises ValueError for an
    offset outside the text.

    >>> place_of(Source(text="甲\n乙", name="a.txt", id="x"), 2)
    '第2行'
    """
    if not 0 <= offset <= len(source.text):
        raise ValueError(f"offset {offset} outside the text; possible: 0 to {len(source.text)}")
    if source.blocks:
        found = bisect_right(source.blocks, offset, key=lambda block: block.span[0])
        return source.blocks[max(0, found - 1)].place
    return f"第{source.text.count(chr(10), 0, offset) + 1}行"
