"""What notebooks show of records, and charts with Chinese text."""

from __future__ import annotations

import warnings
from html.parser import HTMLParser

import pytest

import planparse
from planparse.notebook import charts
from planparse.notebook.html import ROWS

TEXT = (
    "云岭县人民医院2024年重点工作任务分解\n一、重点任务\n1.推进<script>alert(1)</script>日间手术。日间手术占比达到15%以上。"
    "（牵头科室：医务科；责任领导：林岚；完成时限：2024年6月底前）\n2.推进护理。（责任科室：护理部）\n"
)


class Tags(HTMLParser):
    """Collects tags and attributes, and fails on tags that do not close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.words: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _ in attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def test_views_are_escaped_whole_and_quiet():
    plan = planparse.extract(TEXT)
    for one in (plan, plan.tasks[0], plan.targets[0]):
        tags = Tags(one._repr_html_())
        assert "script" not in tags.seen
        assert tags.words
    tags = Tags(plan._repr_html_())
    assert {"details", "mark", "table"} <= tags.seen
    assert TEXT.replace("\n", "") in "".join(tags.words).replace("\n", "")


def test_long_plans_stay_compact():
    plan = planparse.extract(
        "一、重点任务\n" + "".join(f"{k}.推进第{k}项工作。（责任科室：医务科）\n" for k in range(1, 400))
    )
    page = plan._repr_html_()
    assert f"另有 {len(plan.tasks) - ROWS} 行" in page
    assert page.split("<details>")[0].count("<tr>") == ROWS + 1


def test_a_plan_of_records_alone_has_no_source():
    plan = planparse.Plan.from_json(planparse.extract(TEXT).to_json())
    assert "<details>" not in plan._repr_html_()


@pytest.fixture(scope="module")
def corpus():
    pytest.importorskip("matplotlib", reason="charts need matplotlib: pip install 'planparse[charts]'")
    try:
        charts.chinese_fonts()
    except charts.NoChineseFont as fault:
        pytest.skip(str(fault))
    return planparse.read_corpus([planparse.extract(TEXT)])


@pytest.mark.parametrize(
    "draw", [charts.workload_chart, charts.deadline_chart, lambda c: charts.level_chart(c, "日间手术占比")]
)
def test_charts_have_every_glyph(corpus, draw, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw(corpus)
        figure.savefig(tmp_path / "chart.png")
        figure.savefig(tmp_path / "chart.svg")
    assert (tmp_path / "chart.png").stat().st_size > 5000


def test_a_chart_brings_its_picture_to_the_notebook(corpus):
    picture = charts.workload_chart(corpus)._repr_png_()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 5000


def test_charts_of_nothing_say_so(corpus):
    empty = planparse.read_corpus([planparse.extract("今天天气很好。")])
    for draw in (charts.workload_chart, charts.deadline_chart):
        (axes,) = draw(empty).axes
        assert "没有写明" in axes.texts[0].get_text()


def test_levels_and_changes_stand_in_panels_of_their_own(corpus):
    texts = [
        "甲医院2024年计划\n1.控费。药占比控制在28%以内。（医务科）",
        "乙医院2024年计划\n1.控费。药占比下降3个百分点。（医务科）",
    ]
    figure = charts.level_chart(planparse.read_corpus(map(planparse.extract, texts)), "药占比")
    assert [axes.get_xlabel() for axes in figure.axes] == ["下降（个百分点）", "目标值（%）"]


def test_where_no_font_is_the_hint_says_what_to_install(monkeypatch):
    font_manager = pytest.importorskip("matplotlib.font_manager")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    with pytest.raises(charts.NoChineseFont, match="fonts-noto-cjk"):
        charts.chinese_fonts()
