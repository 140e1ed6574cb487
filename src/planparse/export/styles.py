"""The look of the office's workbooks: formats, page set-up, and cells that can never become formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any, Literal

from planparse.export.words import plain

#: state and alert -> (fill, ink): readable in colour, and printed as words too
COLOURS: Mapping[str, tuple[str, str]] = {
    "未启动": ("#EDEDED", "#404040"),
    "推进中": ("#DCE9F7", "#1F4E79"),
    "已完成待销号": ("#FFF2CC", "#7F6000"),
    "已销号": ("#E2F0D9", "#375623"),
    "临期": ("#FCE4D6", "#833C0B"),
    "逾期": ("#F8CBCB", "#9C0006"),
}
CELL_LIMIT = 32767
_LINE = 14.5  # points
_HIGHEST = 409.0  # a row
_BODY, _HEAD = "仿宋", "黑体"
_FORMULA_SIGNS = frozenset("=+-@＝＋－＠")

Align = Literal["left", "center"]


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a sheet: heading, width in characters, alignment; ``people`` marks what people fill in."""

    name: str
    width: float
    align: Align = "left"
    people: bool = False
    #: how the cells are formatted; what people write stays as they write it (50% is no 0.5)
    form: str = ""

    @property
    def format(self) -> str:
        """The number format of the column's cells."""
        return self.form or ("@" if self.people else "")


def lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of ``width`` characters, a Chinese one counting twice.

    >>> lines("推行分时段预约", 10), lines("甲", 10)
    (2, 1)
    """
    room = max(1.0, width - 0.8)
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(
        max(1, ceil((len(part) + len(part.encode("utf-8", "replace"))) / 2 / room))
        for part in text.split("\n")
    )


class Styles:
    """The formats of one workbook, made on demand."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def make(self, **properties: Any) -> Any:
        """Return the format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(properties)
        return self._made[key]

    def title(self) -> Any:
        """Return the format of a sheet's title."""
        return self.make(
            font_name="方正小标宋简体", font_size=20, bold=True, align="center", valign="vcenter"
        )

    def subtitle(self) -> Any:
        """Return the format of the line below the title."""
        return self.make(
            font_name=_BODY, font_size=10.5, align="center", valign="vcenter", font_color="#595959"
        )

    def head(self, people: bool = False, *, turned: bool = False) -> Any:
        """Return the format of a heading; those that people fill in have their own shade."""
        fill = "#FBE5D6" if people else "#D6DCE5"
        # 270: letters upright, one below the other
        extra = {"rotation": 270} if turned else {"text_wrap": True}
        return self.make(
            font_name=_HEAD,
            font_size=10.5,
            border=1,
            border_color="#7F7F7F",
            align="center",
            valign="vcenter",
            bg_color=fill,
            **extra,
        )

    def cell(self, align: Align = "left", *, form: str = "", quoted: bool = False, **more: Any) -> Any:
        """Return the format of a body cell."""
        extra: dict[str, Any] = {
            **more,
            **({"num_format": form} if form else {}),
            **({"quote_prefix": True} if quoted else {}),
        }
        return self.make(
            **{
                "font_name": _BODY,
                "font_size": 10.5,
                "border": 1,
                "border_color": "#A6A6A6",
                "align": align,
                "valign": "vcenter",
                "text_wrap": True,
                **extra,
            }
        )

    def blank(self, align: Align, form: str) -> Any:
        """Return the format of cells that people will fill in."""
        return self.make(
            font_name=_BODY, font_size=10.5, align=align, valign="vcenter", text_wrap=True, num_format=form
        )


class Sheet:
    """One worksheet with title, head row and body rows, set up to print on A3 landscape, one page wide."""

    HEAD_ROW = 2

    def __init__(
        self,
        styles: Styles,
        name: str,
        heads: Sequence[Head],
        *,
        title: str,
        subtitle: str,
        turned: range | None = None,
    ) -> None:
        self.styles, self.heads = styles, heads
        self.sheet = styles.book.add_worksheet(name)
        self.row = self.HEAD_ROW + 1
        last = len(heads) - 1
        self.sheet.set_row(0, 34)
        self.sheet.merge_range(0, 0, 0, last, plain(title)[:250], styles.title())
        self.sheet.set_row(1, 18)
        self.sheet.merge_range(1, 0, 1, last, plain(subtitle)[:400], styles.subtitle())
        self.sheet.set_row(
            self.HEAD_ROW,
            max((len(h.name) for k, h in enumerate(heads) if turned and k in turned), default=0) * 14 + 10
            if turned
            else 30,
        )
        for k, head in enumerate(heads):
            self.sheet.set_column(
                k, k, head.width, styles.blank(head.align, head.format) if head.people else None
            )
            self.sheet.write_string(
                self.HEAD_ROW, k, head.name, styles.head(head.people, turned=bool(turned and k in turned))
            )
        self._plain = [styles.cell(head.align, form=head.format) for head in heads]
        self._day = styles.cell("center", form="yyyy-mm-dd")
        self._page()

    def _page(self) -> None:
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(8)  # A3
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(self.HEAD_ROW)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.center_horizontally()

    def put(self, column: int, value: str | float | date | None, **look: Any) -> None:
        """Write one cell of the current row; text is only ever text, whatever it begins with."""
        style = self.styles.cell(self.heads[column].align, **look) if look else self._plain[column]
        if value is None or value == "":
            if look:
                self.sheet.write_blank(self.row, column, None, style)
        elif isinstance(value, date):
            self.sheet.write_datetime(
                self.row,
                column,
                value,
                self._day if not look else self.styles.cell("center", form="yyyy-mm-dd", **look),
            )
        elif isinstance(value, int | float):
            self.sheet.write_number(self.row, column, value, style)
        else:
            text = plain(value)[:CELL_LIMIT]
            if text.lstrip()[:1] in _FORMULA_SIGNS:
                style = self.styles.cell(self.heads[column].align, quoted=True, **look)
            self.sheet.write_string(self.row, column, text, style)

    def line(self, values: Sequence[str | float | date | None]) -> None:
        """Write one row and go to the next."""
        most = max(
            (
                lines(value, head.width)
                for value, head in zip(values, self.heads, strict=True)
                if isinstance(value, str)
            ),
            default=1,
        )
        # of what is longer than the highest row the beginning is seen, not the middle
        look = {"valign": "top"} if most * _LINE + 5 > _HIGHEST else {}
        for column, value in enumerate(values):
            if value is not None and value != "":
                self.put(column, value, **look)
        self.sheet.set_row(self.row, min(_HIGHEST, most * _LINE + 5))
        self.row += 1

    def finish(self, *, frozen: int, filtered: bool = True) -> None:
        """Set panes, filter and print area once all rows are written."""
        last = max(self.row - 1, self.HEAD_ROW + 1)
        self.sheet.freeze_panes(self.HEAD_ROW + 1, frozen)
        if filtered:
            self.sheet.autofilter(self.HEAD_ROW, 0, last, len(self.heads) - 1)
        # empty cells are not written, which keeps ten thousand rows small; their lines come from one rule
        grid = self.styles.make(border=1, border_color="#A6A6A6")
        self.sheet.conditional_format(
            self.HEAD_ROW + 1, 0, last, len(self.heads) - 1, {"type": "blanks", "format": grid}
        )
        self.sheet.print_area(0, 0, last, len(self.heads) - 1)

    def colour(self, column: int, names: Sequence[str]) -> None:
        """Colour a column by the words in it."""
        last = max(self.row - 1, self.HEAD_ROW + 1)
        for name in names:
            fill, ink = COLOURS[name]
            look = self.styles.make(bg_color=fill, font_color=ink)
            self.sheet.conditional_format(
                self.HEAD_ROW + 1,
                column,
                last,
                column,
                {"type": "cell", "criteria": "==", "value": f'"{name}"', "format": look},
            )
