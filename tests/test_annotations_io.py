"""Annotation tools: out and back without a shifted offset, text hashes, gold records, agreement."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import planparse
from planparse.annotations_io import (
    Annotated,
    AnnotationError,
    Mark,
    agreement,
    annotated,
    gold_record,
    read_annotations,
)
from planparse.annotations_io.label_studio import CONFIG
from planparse.annotations_io.marks import Offsets
from planparse.evaluate import evaluate
from planparse.export import write

TEXT = (
    "😀云岭县人民医院2024年重点工作任务分解\n一、重点任务\n1.推进𠮷林院区日间手术🏥。日间手术占比达到15%以上。"
    "（牵头科室：医务科；责任领导：林岚；完成时限：2024年6月底前）\n2.推行预约诊疗，\n   扩大号源😀。预约率达到80%。（责任科室：门诊部、信息科）\n"
    "3.压降药占比。（牵头科室：药剂科；配合科室：各临床科室；完成时限：2024年11月底前）\n以上2—3项由党委办督办。\n"
)
FORMATS = ["label-studio", "doccano", "brat", "conll"]


@pytest.fixture(scope="module")
def plan():
    return planparse.extract(TEXT)


def marks(document: Annotated) -> set[tuple[str, int, int]]:
    return {(m.label, m.start, m.end) for m in document.marks}


def links(document: Annotated) -> set[tuple[object, object]]:
    by = {m.id: (m.label, m.start, m.end) for m in document.marks}
    return {(by[one.source], by[one.target]) for one in document.links}


@pytest.mark.parametrize("units", ["codepoints", "utf16"])
@pytest.mark.parametrize("form", FORMATS)
def test_out_and_back_is_the_same(plan, form, units, tmp_path):
    options = {"offsets": units} if form in FORMATS[:2] else {}
    out = tmp_path / "notes"
    write([plan], out, form, **options)
    [back] = read_annotations(out, form)
    assert back.text == TEXT
    assert marks(back) == marks(annotated(plan))
    if form != "conll":
        assert links(back) == links(annotated(plan))
    assert marks(read_annotations(out)[0]) == marks(back)


def test_offsets_in_javascript_units_are_those_of_javascript(plan):
    stream = io.StringIO()
    write([plan], stream, "label-studio", offsets="utf16")
    [task] = json.loads(stream.getvalue())
    units = task["data"]["text"].encode("utf-16-le")
    regions = [one["value"] for one in task["predictions"][0]["result"] if one["type"] == "labels"]
    assert len(regions) > 8
    for value in regions:
        assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="a医😀𠮷", max_size=12))
def test_offsets_go_out_and_back(text):
    offsets = Offsets(text, "utf16")
    for place in range(len(text) + 1):
        assert offsets.out(place) == len(text[:place].encode("utf-16-le")) // 2
        assert offsets.back(offsets.out(place)) == place


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="甲乙😀\n \t#\\s\r\x01\u2028\u3000", min_size=1, max_size=20), st.data())
def test_any_text_survives_every_format(tmp_path_factory, text, data):
    from planparse.annotations_io import brat, conll, doccano, label_studio

    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    one = Annotated(name="a.txt", text=text, marks=(Mark(id="m1", label="task", start=start, end=end),))
    assert next(iter(conll.of_lines(conll.to_lines(one), "x"))).text == text
    assert marks(next(iter(conll.of_lines(conll.to_lines(one), "x")))) == marks(one)
    assert marks(next(iter(doccano.of_lines(doccano.to_line(one, 1, units="utf16"), "x")))) == marks(one)
    assert marks(next(iter(label_studio.of_tasks([label_studio.to_task(one, units="utf16")], "x")))) == marks(
        one
    )
    if text[start:end].strip("\n\r\u2028") == text[start:end]:
        folder = tmp_path_factory.mktemp("brat")
        brat.write_folder([("a", one)], folder)
        assert marks(next(brat.of_folder(folder))) == marks(one)


@pytest.mark.parametrize("form", FORMATS)
def test_a_changed_text_is_refused(plan, form, tmp_path):
    out = tmp_path / "notes"
    write([plan], out, form)
    for file in [out] if out.is_file() else out.glob("*.txt"):
        text = file.read_text("utf-8")
        file.write_text(
            text.replace("林 ", "木 ") if form == "conll" else text.replace("林岚", "森岚"), "utf-8"
        )
    with pytest.raises(AnnotationError, match="the text has changed since it was exported"):
        read_annotations(out, form)


def test_brat_follows_its_published_rules(plan, tmp_path):
    write([plan], tmp_path / "b", "brat")
    [ann] = (tmp_path / "b").glob("*.ann")
    text = ann.with_suffix(".txt").read_bytes().decode()
    for line in ann.read_text("utf-8").splitlines():
        kind, body, *rest = line.split("\t")
        if kind[0] == "T":
            label, spans = body.split(" ", 1)
            assert label.isascii()
            assert label.isalpha()
            pieces = [text[int(a) : int(b)] for a, b in (one.split() for one in spans.split(";"))]
            assert rest == [" ".join(pieces)]
            assert not any("\n" in piece for piece in pieces)
        else:
            assert kind[0] == "R"
            assert [part.split(":")[0] for part in body.split(" ")[1:]] == ["Arg1", "Arg2"]


def test_doccano_lines_have_its_keys(plan):
    stream = io.StringIO()
    write([plan, plan], stream, "doccano")
    rows = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [row["id"] for row in rows] == [1, 2]
    assert set(rows[0]["entities"][0]) == {"id", "label", "start_offset", "end_offset"}
    assert set(rows[0]["relations"][0]) == {"id", "from_id", "to_id", "type"}


def test_the_configuration_names_what_the_tasks_use(plan):
    stream = io.StringIO()
    write([plan], stream, "label-studio")
    [task] = json.loads(stream.getvalue())
    for one in task["predictions"][0]["result"]:
        if one["type"] == "labels":
            assert f'<Labels name="{one["from_name"]}" toName="{one["to_name"]}">' in CONFIG
            assert f'<Label value="{one["value"]["labels"][0]}"' in CONFIG


def test_untouched_marks_give_the_records_back(plan, tmp_path):
    gold, warnings = gold_record(annotated(plan), file="a.txt")
    assert warnings == []
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.json").write_text(json.dumps(gold), "utf-8")
    scores = evaluate(tmp_path, lambda path: planparse.extract(path).to_dict())
    assert scores.errors == []
    assert scores.lines["task"].tp == len(plan.tasks) >= 3


def test_corrections_are_read_like_any_text():
    text = "1.推进日间手术。占比达到15%以上。请晨曦小组于9月底前报送方案。（完成时限：2024年6月底前）"
    at = text.index
    document = Annotated(
        name="a.txt", text=text,
        marks=(
            Mark(id="t", label="task", start=2, end=at("请")), Mark(id="r", label="responsible", start=at("晨曦"), end=at("于9")),
            Mark(id="d", label="deadline", start=at("9月"), end=at("报送")), Mark(id="q", label="target", start=at("占比"), end=at("。请")),
            Mark(id="x", label="lead", start=at("方案"), end=at("方案") + 2),
        ),
        links=tuple(planparse.annotations_io.Link(source=one, target="t") for one in "rdq"),
    )  # fmt: skip
    gold, warnings = gold_record(document)
    assert gold["tasks"][0]["responsible"] == ["晨曦小组"]
    assert gold["tasks"][0]["deadline"]["end"] == "2024-09-30"
    assert (gold["targets"][0]["task"], gold["targets"][0]["value"], gold["targets"][0]["unit"]) == (
        0,
        15,
        "%",
    )
    assert len(warnings) == 1
    assert "belongs to no task" in warnings[0]


def test_agreement_with_oneself_is_whole(plan):
    one = annotated(plan)
    result = agreement([one], [one])
    assert {row["exact"] for row in result.rows.values()} == {1.0}
    assert {row["kappa"] for row in result.rows.values()} == {1.0}
    assert result.links == 1.0
    less = Annotated(name=one.name, text=one.text, marks=tuple(m for m in one.marks if m.label != "lead"))
    assert agreement([one], [less]).rows["lead"]["exact"] == 0.0
    with pytest.raises(AnnotationError, match="no text in common"):
        agreement([one], [Annotated(name="b", text="别的")])


def test_wrong_files_say_what_is_possible(tmp_path):
    file = tmp_path / "x"
    for content, form, message in (
        ("hello", "", "cannot be told; name it, one of label-studio"),
        ("[{}]", "label-studio", "no data.text"),
        ("{", "doccano", "not a doccano record"),
        ("a b", "conll", "2 columns"),
        ("x", "xml", "given format 'xml'; possible: label-studio"),
        (
            '{"text":"a","entities":[{"id":1,"label":"boss","start_offset":0,"end_offset":1}]}',
            "",
            "given labels boss; possible: task",
        ),
        (
            '{"text":"a","entities":[{"id":1,"label":"task","start_offset":0,"end_offset":9}]}',
            "",
            "outside the text",
        ),
    ):
        file.write_text(content, "utf-8")
        with pytest.raises(AnnotationError, match=message):
            read_annotations(file, form)


def test_the_commands(tmp_path):
    from planparse import cli

    cli._register()
    run = CliRunner().invoke
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "方案.txt").write_text(TEXT, "utf-8")
    done = run(
        cli.app, ["export", str(tmp_path / "in"), "--to", "label-studio", "-o", str(tmp_path / "tasks.json")]
    )
    assert done.exit_code == 0, done.output
    assert (tmp_path / "tasks.labels.xml").is_file()
    done = run(
        cli.app,
        [
            "annotations",
            "import",
            str(tmp_path / "tasks.json"),
            "-o",
            str(tmp_path / "gold"),
            "--text",
            str(tmp_path / "in"),
        ],
    )
    assert done.exit_code == 0, done.output
    assert run(cli.app, ["evaluate", str(tmp_path / "gold")]).exit_code == 0
    done = run(
        cli.app,
        ["annotations", "agree", str(tmp_path / "tasks.json"), str(tmp_path / "tasks.json"), "--json"],
    )
    assert json.loads(done.stdout)["labels"]["lead"]["exact"] == 1.0
    (tmp_path / "in" / "方案.txt").write_text(TEXT + "改。", "utf-8")
    assert (
        run(
            cli.app,
            [
                "annotations",
                "import",
                str(tmp_path / "tasks.json"),
                "-o",
                str(tmp_path / "gold"),
                "--text",
                str(tmp_path / "in"),
            ],
        ).exception.exit_code
        == 2
    )
