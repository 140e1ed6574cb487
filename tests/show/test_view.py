"""The document view: the whole text, every mention highlighted and linked to its record and back."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from officeplans import HOSTILE, office_plan
from test_chart import alive

from planparse.errors import ExportError
from planparse.model import Block, Deadline, Department, Document, Person, Plan, Repair, Target, Task
from planparse.show.marks import Mark, marks_of, pieces
from planparse.show.view import view_html

TEXT = "一、主要任务\n1.推行预约，预约率达到80%。（牵头：门诊部；6月底前）\n2.改造病房。（牵头：门诊部）"


def at(part: str, nth: int = 0) -> tuple[int, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(part, start + 1)
    return (start, start + len(part))


def plan() -> Plan:
    lead = Department(name="门诊部", text="门诊部", span=at("门诊部"))
    first = Task(
        id="a",
        number="一/1",
        path=("主要任务",),
        title=None,
        text="推行预约，预约率达到80%。",
        span=at("推行预约，预约率达到80%。"),
        lead=(lead,),
        deadline=Deadline(text="6月底前", end="2024-06-30", span=at("6月底前")),
        leaders=(Person(name="周敏", span=(0, 0)),),
    )
    second = Task(
        id="b",
        number="一/2",
        path=("主要任务",),
        title=None,
        text="改造病房。",
        span=at("改造病房。"),
        lead=(lead,),
    )
    target = Target(
        id="g",
        task="a",
        indicator="预约率",
        relation="ge",
        value=80,
        unit="%",
        text="预约率达到80%",
        span=at("预约率达到80%"),
    )
    return Plan(
        document=Document(id="d", source="a.txt", title="方案"),
        tasks=(first, second),
        targets=(target,),
        text=TEXT,
        warnings=("提示一",),
        repairs=(Repair(kind="gloss", span=at("改"), before="改", after="改"),),
        blocks=(Block(span=(0, len(TEXT)), page=3, paragraph=2),),
    )


def test_the_page_shows_the_whole_text():
    page = html.fromstring(view_html(plan()))
    for number in page.xpath("//main//a[@class='n']"):
        number.drop_tree()
    assert "\n".join(p.text_content() for p in page.xpath("//main/p")) == TEXT


def test_mentions_and_records_lead_to_each_other():
    page = html.fromstring(view_html(plan()))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = [href for href in page.xpath("//@href") if href != "data:,"]
    assert links
    assert all(href.startswith("#") and href[1:] in ids for href in links)
    lead = page.xpath("//main//a[contains(@class,'lead')]")[0]
    assert (lead.text, lead.get("href")) == ("门诊部", "#t0")
    card = page.xpath("//article[@id='t1']")[0]
    assert f"#{lead.get('id')}" in card.xpath(
        ".//a/@href"
    )  # an inherited department leads to the one place where it is printed
    assert "第3页 第2段" in card.text_content()
    assert page.xpath("//tr[@id='g0']//a[1]/@href")[0] == "#target-{}-{}".format(*at("预约率达到80%"))
    assert "提示一" in page.xpath("//section[@id='notes']")[0].text_content()


def test_hostile_text_is_inert():
    text = HOSTILE + '"><img src=x onerror=alert(1)>\n</p></main><script>\x1b\u202e'
    whole = (0, len(text))
    bad = Department(name=text, text=text, span=(3, 30))
    task = Task(
        id=text,
        number=text,
        path=(text,),
        title=text,
        text=text,
        span=whole,
        lead=(bad,),
        deadline=Deadline(text=text, span=(5, 9)),
    )
    target = Target(id=text, task=text, indicator=text, unit=text, value=1, text=text, span=(6, 12))
    content = view_html(
        Plan(
            document=Document(id="d", source=text, title=text, issuer=text),
            tasks=(task,),
            targets=(target,),
            text=text,
            warnings=(text,),
        )
    )
    assert alive(content) == []
    assert "<img" not in content
    assert "\x1b" not in content


def test_records_alone_have_no_text_to_show():
    with pytest.raises(ExportError, match="give the document itself"):
        view_html(Plan.from_json(office_plan().to_json()))


spans = st.lists(
    st.tuples(
        st.sampled_from(["task", "lead", "target", "deadline"]), st.integers(0, 30), st.integers(0, 12)
    ),
    max_size=12,
)


@given(st.text("甲乙\n ", max_size=30), spans)
@settings(max_examples=150, deadline=None)
def test_pieces_tile_the_text_whatever_overlaps(text, given_spans):
    marks = sorted(
        (Mark(k, (s, min(s + n, len(text)))) for k, s, n in given_spans if s < min(s + n, len(text))),
        key=lambda m: (m.span[0], -m.span[1]),
    )
    found = list(pieces(text, marks))
    assert "".join(text[p.start : p.end] for p in found) == text
    begun = [m for p in found for m in p.begins]
    assert len(begun) == len(marks)
    for piece in found:
        if piece.mark:
            assert piece.mark.span[0] <= piece.start < piece.end <= piece.mark.span[1]


def test_spans_beyond_the_text_are_left_out_and_many_tasks_stay_small():
    base = plan()
    wrong = msgspec.structs.replace(base, tasks=(msgspec.structs.replace(base.tasks[0], span=(5, 10**9)),))
    assert all(m.span[1] <= len(TEXT) for m in marks_of(wrong))
    view_html(wrong)
    line = "推进改进事项，合格率达到90%以上。（牵头：医务科）\n"
    many = 10000
    tasks = tuple(
        Task(
            id=str(k),
            number=str(k),
            path=(),
            title=None,
            text=line,
            span=(k * len(line), k * len(line) + 18),
            lead=(Department(name="医务科", text="医务科", span=(k * len(line) + 22, k * len(line) + 25)),),
        )
        for k in range(many)
    )
    content = view_html(Plan(document=Document(id="d", source="a"), tasks=tasks, text=line * many))
    assert len(content.encode()) < 15_000_000
