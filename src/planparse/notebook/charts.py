"""Charts of a corpus with Chinese text: matplotlib (an extra), a font that the machine has, nothing fetched.

Every function returns a matplotlib figure, which Jupyter shows and ``savefig`` writes. Fonts are looked for among those installed; where none has Chinese
characters, :class:`NoChineseFont` says which to install, rather than boxes being drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from planparse.errors import MissingExtra, PlanparseError

if TYPE_CHECKING:
    from planparse.corpus import Corpus

#: in order of preference; none is shipped
FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "SimHei", "PingFang SC", "Heiti SC", "Hiragino Sans GB",
    "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Noto Serif CJK SC", "Noto Sans CJK JP", "SimSun", "Songti SC", "FangSong",
)  # fmt: skip


class NoChineseFont(PlanparseError):
    """No installed font has Chinese characters."""


def chinese_fonts() -> list[str]:
    """Return the installed fonts with Chinese characters, the preferred first; raises NoChineseFont, MissingExtra."""
    try:
        from matplotlib import font_manager
    except ImportError as fault:
        raise MissingExtra("a chart", "charts") from fault
    installed = {font.name for font in font_manager.fontManager.ttflist}
    found = [name for name in FONTS if name in installed]
    if not found:
        raise NoChineseFont(
            "no installed font has Chinese characters; install one, such as Noto Sans CJK "
            "(apt install fonts-noto-cjk, or copy NotoSansCJK-Regular.ttc or msyh.ttc to ~/.fonts), then delete matplotlib's font cache"
        )
    return found


@contextmanager
def chinese() -> Iterator[None]:
    """Draw with Chinese characters and a minus sign that the font has; the settings before come back at the end."""
    fonts = chinese_fonts()
    import matplotlib as mpl

    with mpl.rc_context(
        {
            "font.sans-serif": [*fonts, "DejaVu Sans"],
            "font.family": "sans-serif",
            "axes.unicode_minus": False,
            "svg.fonttype": "path",
            "svg.hashsalt": "planparse",
        }
    ):
        yield


def _figure(width: float, height: float, panels: int = 1) -> tuple[Any, list[Any]]:
    """Return a figure, and its panels one below the other."""
    from planparse.notebook.figure import Chart

    figure = Chart(figsize=(width, height), layout="constrained")
    return figure, list(figure.subplots(panels, squeeze=False)[:, 0])


def _empty(axes: Any, words: str) -> None:
    """Say in the middle of a panel that there is nothing to show."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, words, ha="center", va="center", transform=axes.transAxes)


def _drawn(figure: Any) -> Any:
    """Lay the figure out while the fonts are set; its texts keep them."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

    family = [*chinese_fonts(), "DejaVu Sans"]
    for one in figure.findobj(Text):
        size = one.get_fontsize()
        one.set_fontproperties(FontProperties(family=family, size=size))
    return figure


def workload_chart(corpus: Corpus, *, top: int = 15) -> Any:
    """Return bars of the busiest departments: tasks led, responsible for, supported.

    Raises NoChineseFont, MissingExtra, as every chart does.
    """
    with chinese():
        table = corpus.workload().head(top).iloc[::-1]
        figure, (axes,) = _figure(8, 1 + 0.3 * max(len(table), 1))
        axes.set_title("科室承担的任务")
        if table.empty:
            _empty(axes, "没有写明科室的任务")
            return _drawn(figure)
        left = [0] * len(table)
        for name, colour, label in zip(
            table.columns[:3], ("#b3261e", "#e8a33d", "#7a9e5f"), ("牵头", "责任", "配合"), strict=True
        ):
            values = table[name].tolist()
            axes.barh(table.index.astype(str), values, left=left, color=colour, label=label)
            left = [a + b for a, b in zip(left, values, strict=True)]
        axes.set_xlabel("任务数")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.legend()
        return _drawn(figure)


def deadline_chart(corpus: Corpus) -> Any:
    """Return bars of how many tasks are due in each month."""
    with chinese():
        table = corpus.deadlines()
        figure, (axes,) = _figure(8, 3)
        axes.set_title("各月到期的任务")
        if table.empty:
            _empty(axes, "没有写明时限的任务")
            return _drawn(figure)
        names = [f"{month.year}年{month.month}月" for month in table.index]
        axes.bar(names, table.iloc[:, 0].tolist(), color="#3b6ea5")
        step = max(1, len(names) // 12)
        axes.set_xticks(range(0, len(names), step), names[::step], rotation=45, ha="right")
        axes.set_ylabel("任务数")
        axes.yaxis.get_major_locator().set_params(integer=True)
        return _drawn(figure)


def level_chart(corpus: Corpus, indicator: str) -> Any:
    """Return a point for every hospital and year of one indicator, as :meth:`Corpus.compare` gives them.

    Levels (达到15%) and changes (提高3个百分点), and values of different units, stand in panels of their own.
    Raises PlanparseError where no target of the corpus has that indicator.
    """
    with chinese():
        table = corpus.compare(indicator)
        axis_of = {row: _axis_label(unit, relation) for row in table.index for unit, relation in [row[1:]]}
        labels = sorted(set(axis_of.values()))
        years = sorted(table.columns, key=str)
        figure, panels = _figure(
            8,
            1 + sum(0.8 + 0.35 * sum(axis_of[row] == label for row in table.index) for label in labels),
            len(labels),
        )
        for axes, label in zip(panels, labels, strict=True):
            rows = table[[axis_of[row] == label for row in table.index]]
            for year, colour in zip(years, _shades(len(years)), strict=True):
                values = rows[year].dropna()
                if len(values):
                    axes.scatter(
                        values.tolist(), [str(row[0]) for row in values.index], color=colour, label=str(year)
                    )
            axes.set_xlabel(label)
            axes.margins(x=0.08, y=0.3)
            axes.grid(axis="x", alpha=0.3)
            axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
        panels[0].set_title(indicator)
        return _drawn(figure)


def _axis_label(unit: Any, relation: Any) -> str:
    """Return what an axis measures: levels or changes, and their unit."""
    sort = {"increase_by": "提高", "decrease_by": "下降"}.get(str(relation), "目标值")
    return f"{sort}（{unit}）" if str(unit) not in ("", "nan", "<NA>") else sort


def _shades(count: int) -> list[Any]:
    """Return one colour a year, the later the darker."""
    from matplotlib import colormaps

    return [colormaps["viridis_r"](0.15 + 0.85 * k / max(count - 1, 1)) for k in range(count)]
