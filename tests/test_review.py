"""The review list: what a person should look at, most doubtful first, each with its reason."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from planparse.cli import _register, app
from planparse.pipeline import extract
from planparse.review import review_items, review_table

TEXT = """云溪市人民医院2024年重点工作方案
一、重点任务
1.推进日间手术。日间手术占比达到15%以上。（牵头科室：医务科；完成时限：2024年6月底前）
2.建设智慧病房。更换床旁终端120台。（牵头科室：数智融合专班；完成时限：2024年9月底前）
3.改造急诊抢救室。（责任科室：急诊科、后勤保障部；完成时限：2024年10月底前）
4.开展患者满意度调查。（牵头科室：门诊部）
5.修订值班制度。（牵头科室：护理部；完成时限：2024年5月底前）
"""


def reasons(text: str) -> dict[str, tuple[str, ...]]:
    return {item.title: item.reasons for item in review_items(extract(text))}


def test_reasons_say_what_is_missing_where_others_have_it() -> None:
    found = reasons(TEXT)
    assert "未收录科室「数智融合专班」" in found["建设智慧病房"]
    assert "无牵头科室" in found["改造急诊抢救室"]
    assert "无时限" in found["开展患者满意度调查"]


def test_what_is_explicit_and_known_is_not_listed() -> None:
    assert "修订值班制度" not in reasons(TEXT)


def test_nothing_is_missed_where_nobody_has_it() -> None:
    found = reasons("一、重点任务\n1.修订值班制度。（医务科）\n2.开展满意度调查。（门诊部）\n")
    assert not any("无时限" in words or "无牵头科室" in words for words in found.values())


def test_a_name_that_may_be_several_is_told() -> None:
    found = reasons(
        "一、重点任务\n1.修订公文制度，2024年5月底前完成。（牵头科室：办公室；完成时限：2024年5月底前）\n"
    )
    assert any("两种读法" in reason for words in found.values() for reason in words)


def test_most_doubtful_first_and_spans_index_the_source() -> None:
    plan = extract(TEXT)
    items = review_items(plan)
    assert [item.confidence for item in items] == sorted(item.confidence for item in items)
    for item in items:
        assert item.reasons
        assert plan.text[slice(*item.span)]
        assert item.place


def test_table_counts_and_names_the_file() -> None:
    plan = extract(TEXT)
    table = review_table([plan, plan])
    assert table.startswith(f"需人工核实 {2 * len(review_items(plan))} 项")
    assert "原因" in table
    assert review_table([]) == "需人工核实 0 项（任务 0 项、指标 0 项）"


def test_lookups_of_names() -> None:
    _register()
    runner = CliRunner()
    found = json.loads(
        runner.invoke(app, ["indicators", "药占比", "药品收入占医疗收入比重", "--json"]).output
    )
    assert found[0]["code"] == found[1]["code"]
    assert [one["how"] for one in found] == ["name", "alias"]
    same = json.loads(runner.invoke(app, ["departments", "院感科", "感染科", "办公室", "--json"]).output)
    assert same[0]["code"] != same[1]["code"]
    assert same[2]["how"] == "several"
    unknown = runner.invoke(app, ["departments", "飞天遁地", "--json"])
    assert unknown.exit_code == 1
    assert json.loads(unknown.output)[0]["how"] == "unknown"
    assert len(runner.invoke(app, ["departments", "--category", "医技"]).output.splitlines()) > 10


def test_lookup_reads_standard_input_and_own_rules(tmp_path: Path) -> None:
    _register()
    (tmp_path / "departments.tsv").write_text(
        "id\tname\tcategory\taliases\ndigital_team\t数智融合专班\t临时机构\t数智专班\n", "utf-8"
    )
    result = CliRunner().invoke(
        app, ["departments", "-", "--rules", str(tmp_path)], input="数智专班\n\n医务处\n"
    )
    assert result.exit_code == 0, result.output
    assert [line.split("\t")[2] for line in result.output.splitlines()] == ["digital_team", "medical_affairs"]
