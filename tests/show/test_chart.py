"""The wall chart: everything on one self-contained page, nothing of a document alive in it."""

from __future__ import annotations

import re
import time
from datetime import date

import msgspec
import pytest
from lxml import html
from officeplans import big_plan, hostile_plan, office_plan

from planparse import extract
from planparse.errors import ExportError
from planparse.export.item import STATES, Board, Progress, board_of
from planparse.model import Document, Plan
from planparse.show import chromium
from planparse.show.chart import chart_html, chart_of, write_chart


def with_states(board: Board) -> Board:
    items = tuple(
        msgspec.structs.replace(item, people=Progress(status=STATES[k % 4]))
        for k, item in enumerate(board.items)
    )
    return msgspec.structs.replace(board, items=items)


def alive(content: str) -> list[str]:
    """Return whatever in a page could run or fetch."""
    tree = html.fromstring(content)
    found = [
        element.tag
        for element in tree.iter(
            "script", "iframe", "object", "embed", "img", "form", "base", "video", "audio"
        )
    ]
    found += [
        f"{element.tag}@{name}"
        for element in tree.iter()
        if isinstance(element.tag, str)
        for name in element.attrib
        if name.lower().startswith("on") or name == "style"
    ]
    for element in tree.iter():
        for name, value in element.attrib.items():
            if (
                name in ("href", "src", "xlink:href", "action")
                and not value.startswith("#")
                and value != "data:,"
            ):
                found.append(f"{name}={value}")
    found += re.findall(r"url\(|@import|http-equiv=\"refresh", content)
    return found


def test_rows_marks_targets_states_and_bars():
    page = html.fromstring(chart_html(with_states(board_of([office_plan()])), as_of=date(2024, 6, 20)))
    heads = [th.text_content() for th in page.xpath("//thead//th")]
    assert heads[:3] == ["序号", "重点任务", "工作目标"]
    assert {"门诊部", "医务科", "护理部", "信息科", "各临床科室", "医保办"} <= set(heads)
    rows = [[td.text_content().strip() for td in tr.xpath("./td")] for tr in page.xpath("//tbody/tr[td]")]
    first = dict(zip(heads, rows[0], strict=True))
    assert (first["门诊部"], first["信息科"], first["护理部"]) == ("★", "○", "")
    assert first["工作目标"] == "预约诊疗率 ≥80%"
    assert first["完成时限"] == "6月底前2024-06-30"
    assert first["状态"] == "未启动临期"
    assert [row[-1] for row in rows] == ["未启动临期", "推进中", "已完成待销号", "已销号"]
    assert rows[3][-2] == "未写明时限"
    bars = [len(tr.xpath(".//td//*[local-name()='rect']")) for tr in page.xpath("//tbody/tr[td]")]
    assert bars == [2, 2, 0, 0]  # a bar and its end; none where no date is printed
    assert page.xpath("//section[@class='whole']//li")[0].text_content() == "医护比 ≥1:1.6"


TABLE = (
    "2024年重点工作任务清单\n序号\t重点工作\t具体措施\t牵头科室\t完成时限\n"
    "1\t医共体建设\t组建检验中心\t医务科\t6月底前\n2\t医共体建设\t下派医师24名\t人事科\t9月底前\n3\t医保管理\t规范收费\t医保办\t年底前\n"
)


def test_tasks_of_one_title_are_told_apart_by_what_they_do():
    page = html.fromstring(chart_of([extract(TABLE)]))
    assert [td.text_content() for td in page.xpath("//tbody/tr/td[2]")] == [
        "医共体建设：组建检验中心",
        "医共体建设：下派医师24名",
        "医保管理",
    ]


def test_a_task_s_own_heading_is_no_group_of_it():
    plan = extract(
        "2024年要点\n一、重点任务\n"
        + "".join(f"{k}.推进项目{k}。按期完成。（医务科；6月底前）\n" for k in range(1, 6))
    )
    page = html.fromstring(chart_of([plan]))
    assert [tr.text_content() for tr in page.xpath("//tr[@class='band']")] == ["重点任务"]


def test_rows_of_an_annex_do_not_seem_to_stand_under_the_last_heading():
    plan = extract(
        "2024年要点\n一、保障措施\n1.建立台账。（医务科；6月底前）\n2.按月通报。（质控科）\n附件\n" + TABLE
    )
    page = html.fromstring(chart_of([plan]))
    assert [tr.text_content() for tr in page.xpath("//tr[@class='band']")] == ["保障措施", "其他（附表等）"]
    assert not html.fromstring(chart_of([extract(TABLE)])).xpath("//tr[@class='band']")


def test_many_departments_leave_the_task_s_column_its_width():
    page = chart_html(board_of([big_plan(60)]))
    assert int(re.search(r"@media screen\{table\{min-width:(\d+)px", page)[1]) > 1700


def test_without_a_day_nothing_is_late():
    content = chart_of([office_plan()])
    assert "临期" not in content
    assert "截至" not in content


def test_hostile_text_is_inert():
    content = chart_html(board_of([hostile_plan()]), as_of=date(2024, 6, 20))
    assert alive(content) == []
    assert "<script>" not in content
    assert "Content-Security-Policy" in content
    assert "default-src 'none'" in content
    assert "'unsafe-inline'" not in content


def test_three_hundred_tasks_under_300_kb_and_ten_thousand_in_seconds():
    content = chart_html(with_states(board_of([big_plan(300)])), as_of=date(2024, 6, 20))
    assert len(content.encode()) < 300_000
    start = time.process_time()
    large = chart_of([big_plan(10000)])
    assert time.process_time() - start < 20
    assert large.count("<tr>") > 10000


def test_an_empty_board_and_the_same_bytes_each_time():
    assert "没有任务" in chart_of([Plan(document=Document(id="d", source="空.txt"))])
    assert chart_of([office_plan()]) == chart_of([office_plan()])


def test_pdf_without_chromium_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PLANPARSE_CHROMIUM", "no-such-program")
    assert chromium.find_chromium() is None
    with pytest.raises(ExportError, match=r"PDF needs Chromium.*write \.html"):
        write_chart(board_of([office_plan()]), tmp_path / "a.pdf")
    assert list(tmp_path.iterdir()) == []
