"""Headless Chromium: chart and view are rendered and printed, nothing in them runs, nothing leaves the page."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest
from lxml import html
from officeplans import HOSTILE, big_plan, hostile_plan, office_plan

from planparse.export.item import board_of
from planparse.model import Plan
from planparse.show.chart import chart_html, write_chart
from planparse.show.chromium import arguments, find_chromium
from planparse.show.view import view_html

pytestmark = pytest.mark.external


def browse(tools, folder: Path, content: str, *more: str) -> tuple[str, str, list[str]]:
    """Open a page; return its DOM afterwards, the browser's console, and every address it asked for."""
    program = find_chromium() or tools.program("chromium")
    (folder / "page.html").write_text(content, "utf-8")
    net = folder / "net.json"
    command = [
        *arguments(program, str(folder / "profile")),
        f"--log-net-log={net}",
        "--enable-logging=stderr",
        "--v=0",
        "--virtual-time-budget=3000",
        *more,
    ]
    done = tools.run([*command, "--dump-dom", (folder / "page.html").as_uri()])
    text = net.read_text("utf-8", "replace")
    try:
        events = json.loads(text)["events"]
    except ValueError:
        events = json.loads(text.rstrip().rstrip(",") + "]}")["events"]
    asked = [event["params"]["url"] for event in events if "url" in event.get("params", {})]
    console = "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)
    return done.stdout, console, asked


def view_of(plan: Plan) -> str:
    return view_html(msgspec.structs.replace(plan, text=(HOSTILE + "\n") * 40))


@pytest.mark.parametrize(
    "make",
    [
        lambda: chart_html(board_of([hostile_plan(), office_plan()]), as_of=date(2024, 6, 20)),
        lambda: view_of(hostile_plan()),
    ],
    ids=["chart", "view"],
)
def test_hostile_pages_are_inert_and_ask_for_nothing(tools, tmp_path, make):
    dom, console, asked = browse(tools, tmp_path, make())
    assert console == ""
    assert not [url for url in asked if "evil" in url]
    assert [url for url in asked if url.startswith("file:")] in (
        [],
        [(tmp_path / "page.html").as_uri()],
    ) or all("page.html" in u for u in asked if u.startswith("file:"))
    tree = html.fromstring(dom)
    assert not tree.xpath("//script | //iframe | //img | //*[@onclick or @onerror or @onload]")
    assert "alert(1)" in tree.text_content()  # shown as text


def test_the_policy_stops_what_would_get_in_anyway(tools, tmp_path):
    """The second line of defence: were markup not escaped, the page's policy would still let nothing run."""
    content = chart_html(board_of([office_plan()])).replace(
        "</body>", '<script>document.title="RAN"</script><img src="http://evil.example/x.png"></body>'
    )
    dom, console, asked = browse(tools, tmp_path, content)
    assert "<title>RAN" not in dom
    assert "Content Security Policy" in console
    assert not [url for url in asked if "evil.example" in url]


def test_chart_prints_on_a3_with_its_head_on_every_page(tools, tmp_path):
    if find_chromium() is None:
        tools.program("chromium")
    write_chart(board_of([big_plan(80)]), tmp_path / "c.pdf", as_of=date(2024, 6, 20))
    pages = tools.pdf_pages(tmp_path / "c.pdf")
    assert all(abs(wide - 1190.5) < 2 and abs(tall - 842) < 2 for wide, tall, _ in pages)
    texts = [re.sub(r"\s", "", text) for *_, text in pages]
    assert len(texts) >= 3
    assert all("重点任务" in text and "完成时限" in text for text in texts)
    assert all(re.search(rf"第{k}页，共{len(texts)}页", text) for k, text in enumerate(texts, 1))


def test_ten_thousand_tasks_are_rendered(tools, tmp_path):
    dom, console, _ = browse(tools, tmp_path, chart_html(board_of([big_plan(10000)])))
    assert console == ""
    assert "推进第10000号改进事项" in dom


def test_a_link_leads_to_its_record(tools, tmp_path):
    text = "1.推行预约。（牵头：门诊部）"
    import planparse

    dom, _, _ = browse(tools, tmp_path, view_html(planparse.extract("一、重点任务\n" + text)))
    tree = html.fromstring(dom)
    ids = set(tree.xpath("//@id"))
    assert tree.xpath("//main//a/@href")
    assert {href[1:] for href in tree.xpath("//body//@href")} <= ids
