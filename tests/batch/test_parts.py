"""Parts, plans and progress: laws that hold for any documents in any order."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.batch import parts
from planparse.batch.columns import SCHEMAS
from planparse.batch.inputs import Found, find
from planparse.batch.model import Entry, Fault, Place
from planparse.batch.plan import Named, choose, load_names, make_plan, part_stem, save
from planparse.batch.progress import Progress
from planparse.model import Deadline, Department, Target, Task

TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=6)
DATES = st.sampled_from([None, "2024-06-30", "2024-02-30", "0001-01-01", "不是日期"])


def tasks(identity: str, count: int, text: str, date: str | None) -> list[tuple[str, Task]]:
    lead = (Department(name=text or "科", text=text, span=(0, 1)),)
    due = Deadline(text="6月底前", end=date)
    return [
        (
            identity,
            Task(
                id=f"t{k}",
                number=str(k),
                path=(text,),
                title=None,
                text=text * k,
                span=(k, k + 1),
                lead=lead,
                deadline=due,
            ),
        )
        for k in range(count)
    ]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), TEXT, DATES), max_size=8),
    st.data(),
    st.sampled_from(["parquet", "jsonl"]),
)
def test_any_division_of_the_rows_merges_into_the_bytes_of_one_part(documents, data, format):
    rows = {f"d{n}": tasks(f"d{n}", *document) for n, document in enumerate(documents)}
    order = {identity: rank for rank, identity in enumerate(data.draw(st.permutations(list(rows))))}
    where = {identity: data.draw(st.integers(0, 2)) for identity in rows}
    whole = parts.record_tables(format, [row for identity in order for row in rows[identity]], [])
    with tempfile.TemporaryDirectory() as top:
        paths = []
        for number in range(3):
            some = [row for identity, place in where.items() if place == number for row in rows[identity]]
            some += tasks("stranger", 2, "别", None)
            paths.append(Path(top) / f"{number}")
            paths[-1].write_bytes(parts.record_tables(format, some, [])["tasks"])
        assert parts.merge(format, "tasks", paths, order) == whole["tasks"]


def test_every_table_has_the_columns_of_its_schema():
    filled = parts.record_tables(
        "parquet", tasks("d", 2, "甲", None), [("d", Target(id="q", task=None, indicator="药占比"))]
    )
    import pyarrow.parquet as pq

    for table, data in filled.items():
        assert pq.read_table(io.BytesIO(data)).column_names == list(SCHEMAS[table])


@given(
    st.permutations([Found(name, Place(name.encode())) for name in ("b", "a", "丙", "a/1")]),
    st.integers(0, 3),
)
def test_the_choice_does_not_hang_on_the_order_of_the_inputs(found, seed):
    assert [one.name for one in choose(found)] == ["a", "a/1", "b", "丙"]
    assert choose(found, sample=2, seed=seed) == choose(reversed(found), sample=2, seed=seed)


def test_a_plan_counts_each_content_once_and_keeps_what_was_done_before(tmp_path):
    for name, text in (("a.txt", "甲"), ("b.txt", "乙"), ("c.txt", "甲")):
        (tmp_path / name).write_text(text, "utf-8")
    plan = make_plan(
        choose(find([str(tmp_path)], tmp_path / "spool")),
        before=[Named("0.txt", "feed", 3), Named(str(tmp_path / "b.txt"), "old", 1)],
    )
    assert [named.name.removeprefix(f"{tmp_path}/") for named in plan.names] == [
        "a.txt",
        "b.txt",
        "c.txt",
        "0.txt",
    ]
    assert plan.contents == 3
    assert [entry.name.removeprefix(f"{tmp_path}/") for entry in plan.chunks[0]] == [
        "a.txt",
        "b.txt",
        "0.txt",
    ]
    save(plan, tmp_path / "names")
    assert tuple(load_names(tmp_path / "names")) == plan.names


@pytest.mark.parametrize(
    ("count", "parts_"), [(0, 1), (1, 1), (16, 1), (17, 2), (1000, 63), (5000, 40), (20_000, 157)]
)
def test_the_number_of_parts(count, parts_):
    plan = make_plan((), before=[Named(f"{n:05d}", f"{n:05d}", 10) for n in range(count)])
    assert len(plan.chunks) == parts_
    assert [e.id for chunk in plan.chunks for e in chunk] == [f"{n:05d}" for n in range(count)]


def test_large_documents_make_small_parts():
    plan = make_plan((), before=[Named(str(n), str(n), 10 << 20) for n in range(4)])
    assert [len(chunk) for chunk in plan.chunks] == [1, 1, 1, 1]


def test_the_name_of_a_part_hangs_on_its_contents():
    entries = (Entry("a", "x"), Entry("b", "y"))
    assert part_stem(3, [e.id for e in entries]).startswith("part-00003-")
    assert part_stem(3, ["a", "b"]) != part_stem(3, ["b", "a"])


def test_faults_of_inputs(tmp_path):
    assert next(find([str(tmp_path / "none*")], tmp_path)).at == Fault(
        "open", "no such file or folder; check the path"
    )


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_a_bar_on_a_terminal_and_lines_elsewhere():
    for stream, shown in ((Terminal(), "\r[######"), (io.StringIO(), "\n提取 60/200 30%")):
        clock = Clock()
        progress = Progress(stream, clock=clock)
        progress.begin("提取", 200, 10)
        clock.now = 25
        progress.advance(50, 2)
        progress.end()
        assert shown in stream.getvalue()
        assert "30%，2.0 份/秒，剩余 1:10，失败 2" in stream.getvalue()
        assert ("\x1b" in stream.getvalue()) == stream.isatty()
