"""Laws of the layout: no character is lost, spans are right by construction, grids are rectangular."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planparse.read import place_of
from planparse.read.build import Builder, Cell, clean_cell
from planparse.read.edges import Edged, grid_by_edges
from planparse.read.encoding import decode
from planparse.read.number_format import as_printed
from planparse.read.numerals import chinese, printed
from planparse.read.text import read_text

TEXT = st.text(st.sampled_from("一二任务科室 \t\n\v（）12.%x"), max_size=12)


@st.composite
def grids(draw: st.DrawFn) -> list[list[Cell]]:
    width, height = draw(st.integers(2, 5)), draw(st.integers(1, 6))
    grid = [[Cell(draw(TEXT)) for _ in range(width)] for _ in range(height)]
    for _ in range(draw(st.integers(0, 3))):
        r, c = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        for rr in range(r, min(height, r + draw(st.integers(1, 3)))):
            for cc in range(c, min(width, c + draw(st.integers(1, 3)))):
                grid[rr][cc] = grid[r][c]
    return grid


@given(st.lists(st.one_of(TEXT, grids()), max_size=6))
def test_blocks_hold_every_character(parts: list[str | list[list[Cell]]]) -> None:
    build = Builder()
    for part in parts:
        build.paragraph(part) if isinstance(part, str) else build.table(part)
    source = build.source("a")
    assert source.text == "".join(build.parts)
    end = 0
    for block in source.blocks:
        assert not source.text[end : block.span[0]].strip("\n\t")
        assert source.text[slice(*block.span)].strip()
        end = block.span[1]
    for table in source.tables:
        assert len({len(row) for row in table.rows}) == 1
        assert source.text[slice(*table.span)].count("\n") == len(table.rows) - 1
    for offset in range(len(source.text)):
        assert place_of(source, offset) or not source.blocks


@given(TEXT)
def test_a_cleaned_cell_is_clean(text: str) -> None:
    once = clean_cell(text)
    assert clean_cell(once) == once
    assert not set(once) & set("\t\n\r\f")


@given(
    st.lists(
        st.lists(st.integers(1, 12), min_size=1, max_size=6, unique=True).map(sorted), min_size=1, max_size=6
    )
)
def test_edges_give_rectangles(rows: list[list[int]]) -> None:
    grid = grid_by_edges([[Edged(right * 100, Cell(str(right))) for right in row] for row in rows], 10)
    assert len({len(row) for row in grid}) == 1
    for row, edges in zip(grid, rows, strict=True):
        assert {str(edge) for edge in edges} <= {cell.text for cell in row}


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_told(data: bytes) -> None:
    found = decode(data)
    assert isinstance(found.text, str)
    assert "\r" not in found.text


@given(
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.sampled_from('0#?.,%;"年月日ymdh[]E+-_* '), max_size=12),
)
def test_any_number_format_prints(value: float, form: str) -> None:
    assert isinstance(as_printed(value, form), str)


@given(
    st.integers(-5, 20_000),
    st.sampled_from(["chineseCounting", "upperRoman", "lowerLetter", "ideographTraditional", "x"]),
)
def test_any_counter_prints(number: int, form: str) -> None:
    assert isinstance(printed(number, form), str)


@given(st.integers(1, 9_999))
def test_chinese_numerals_differ(number: int) -> None:
    assert chinese(number) != chinese(number - 1)


@given(st.text(min_size=1, max_size=200))
def test_text_files_keep_every_character(text: str) -> None:
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return
    if text.isspace() or any(ord(char) < 32 for char in text) or not text.strip("\ufeff \u3000"):
        return
    if text.startswith("\ufeff"):
        return
    assert read_text(data, "a").text == text
