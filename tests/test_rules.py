"""Every example of every rule entry holds; faults are told all at once; a user's own rules are added."""

from __future__ import annotations

from pathlib import Path

import pytest

from planparse import extract, load_rules
from planparse.errors import RuleError
from planparse.rulebook import Example, check_examples, check_rules, default_rules
from planparse.tables import TABLES


@pytest.mark.parametrize("table", sorted(TABLES))
def test_examples_of_table(table: str) -> None:
    assert check_examples(default_rules(), [table]) == []


@pytest.mark.parametrize("table", sorted(t for t, spec in TABLES.items() if spec.needs_examples))
def test_every_entry_has_examples(table: str) -> None:
    assert [entry.where for entry in default_rules().entries(table) if not entry.examples] == []


def test_every_table_is_explained() -> None:
    told = (Path(__file__).parents[1] / "docs" / "rules.md").read_text("utf-8").partition("## The tables")[2]
    assert [table for table in TABLES if f"`{table}`" not in told] == []


def test_all_faults_at_once(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text(
        '[[entry]]\nid = "x"\nform = "labell"\nrole = "lead"\nwords = ["挂帅"]\n', "utf-8"
    )
    (tmp_path / "colours.toml").write_text("[[entry]]\n", "utf-8")
    (tmp_path / "headings.toml").write_text("not toml at all", "utf-8")
    with pytest.raises(RuleError) as caught:
        load_rules([tmp_path])
    faults = "\n".join(caught.value.faults)
    assert "labell" in faults  # given
    assert "label, manner, said" in faults  # possible
    assert "no examples" in faults
    assert "colours.toml" in faults
    assert "headings.toml" in faults


GOOD = '[[entry]]\nid = "local"\nform = "label"\nrole = "lead"\nkinds = true\nwords = ["挂帅"]\nexamples = ["（⟦挂帅科室：⟧医务科） => {}"]\n'


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("roles.toml", GOOD.format("support"), "role lead; expected support"),
        ("roles.toml", GOOD.format("lead") * 2, "id given 'local', which"),
        (
            "roles.toml",
            GOOD.format("lead").replace("local", "lead.label"),
            "id given 'lead.label', which the packaged roles.toml",
        ),
        ("roles.toml", GOOD.format("lead").replace('id = "local"\n', ""), "'id' is missing"),
        ("roles.toml", GOOD.format("lead").replace('["挂帅"]', "[]"), "words is empty"),
        (
            "deadlines.toml",
            '[[entry]]\nid = "a"\nrole = "never"\npattern = "(a"\nexamples = ["⟦a⟧"]\n',
            "pattern given '(a'; possible: a regular expression",
        ),
        (
            "deadlines.toml",
            '[[entry]]\nid = "a"\nrole = "unit"\nexamples = ["⟦a⟧"]\n',
            "'words' is missing, which the role unit calls for",
        ),
        (
            "departments.tsv",
            "id\tname\tcategory\na\t晨曦办\t临时机构\na\t晚霞办\t临时机构\n",
            "id given 'a', which departments.tsv entry 1",
        ),
        (
            "departments.tsv",
            "id\tname\tcategory\taliases\na\t晨曦办\t临时机构\t医务处\n",
            "given '医务处', which departments.tsv",
        ),
        ("notes.txt", "nothing", "no table in it; possible: files such as roles.toml"),
    ],
)
def test_check_tells_each_fault_beside_the_others(tmp_path: Path, file: str, text: str, said: str) -> None:
    (tmp_path / file).write_text(text, "utf-8")
    rules, faults = check_rules(tmp_path)
    assert [fault for fault in faults if said in fault], faults
    assert rules.entries("roles")


def test_faults_of_form_do_not_hide_those_of_examples(tmp_path: Path) -> None:
    broken = GOOD.format("lead").replace("local", "other").replace("label", "labell")
    (tmp_path / "roles.toml").write_text(GOOD.format("support") + broken, "utf-8")
    faults = "\n".join(check_rules(tmp_path)[1])
    assert "labell" in faults
    assert "expected support" in faults


def test_a_date_rule_that_cannot_be_put_together_is_the_only_one_blamed(tmp_path: Path) -> None:
    (tmp_path / "deadlines.toml").write_text(
        '[[entry]]\nid = "twice"\nrole = "whole"\npattern = "<m>月<m>"\nexamples = ["⟦x⟧"]\n', "utf-8"
    )
    (fault,) = check_rules(tmp_path)[1]
    assert fault.startswith("deadlines.toml entry 1 (twice): pattern '<m>月<m>'")


def test_own_speech_stands_beside_the_packaged(tmp_path: Path) -> None:
    (tmp_path / "speech.toml").write_text(
        '[[entry]]\nid = "own"\nkind = "enumerator"\npattern = "其[一二三]则"\nexamples = ["会议要求，⟦其一则⟧"]\n',
        "utf-8",
    )
    assert check_rules(tmp_path)[1] == []


def test_own_rules_are_added(tmp_path: Path) -> None:
    entry = '[[entry]]\nid = "local"\nform = "label"\nrole = "lead"\nkinds = true\nwords = ["挂帅"]\nexamples = ["（⟦挂帅科室：⟧医务科） => lead"]\n'
    (tmp_path / "roles.toml").write_text(entry, "utf-8")
    text = "一、重点任务\n1.推进日间手术，完善流程。（挂帅科室：医务科）"
    rules = load_rules([tmp_path])
    assert [d.name for d in extract(text, rules=rules).tasks[0].lead] == ["医务科"]
    assert [d.name for task in extract(text).tasks for d in task.lead] == []
    assert check_examples(rules, ["roles"]) == []


#: table, and what for -> an entry of a hospital's own, a text, and what the entry makes of it
OWN_WORDS = {
    "titles": (
        'kind = "institution"\nwords = ["康养集团"]\nexamples = ["⟦松山康养集团⟧2024年工作要点"]',
        "松山康养集团2024年工作要点\n一、重点任务\n1.推进日间手术。",
        lambda plan: plan.document.issuer == "松山康养集团",
    ),
    "cells": (
        'kind = "total"\nwords = ["本页汇集"]\nexamples = ["⟦本页汇集⟧"]',
        "序号\t工作任务\t责任科室\n1\t推进日间手术\t医务科\n2\t完善随访\t护理部\n本页汇集\t共两项任务\t各科室\n",
        lambda plan: len(plan.tasks) == 2,
    ),
    "labels": (
        'kind = "progress"\nwords = ["销号进度"]\nexamples = ["⟦销号进度：⟧已挂牌。"]',
        "二、整改任务\n1.病历归档不及时。\n整改措施：医务科每月抽查病历。\n销号进度：护理部已抽查病历20份。",
        lambda plan: "销号" not in plan.tasks[0].text,
    ),
    "roles": (
        'form = "kind"\nrole = "none"\nwords = ["学系"]\nexamples = ["（⟦责任学系：⟧医务科） => responsible"]',
        "一、重点任务\n1.推进日间手术，完善流程。（责任学系：医务科）",
        lambda plan: (
            [name.name for name in plan.tasks[0].responsible] == ["医务科"]
            and "责任学系" not in plan.tasks[0].text
        ),
    ),
    "roles tag": (
        'form = "tag"\nrole = "none"\nwords = ["包干安排"]\nexamples = ["【包干安排】⟦责任科室：⟧医务科 => responsible"]',
        "一、重点任务\n1.推进日间手术，完善流程\n【包干安排】责任科室：医务科",
        lambda plan: (
            [name.name for name in plan.tasks[0].responsible] == ["医务科"]
            and "包干" not in plan.tasks[0].text
        ),
    ),
    "roles said": (
        'form = "said"\nrole = "lead"\nwords = ["领衔"]\nexamples = ["医务科⟦领衔⟧修订流程 => lead"]',
        "会议要求，医务科领衔修订流程，护理部配合，6月底前完成。",
        lambda plan: [name.name for name in plan.tasks[0].lead] == ["医务科"],
    ),
    "roles sign": (
        'form = "sign"\nrole = "none"\nwords = ["领衔"]\nexamples = ["（⟦领衔⟧：医务科）"]',
        "一、重点任务\n本月工作：①规范病历书写，每月抽查（医务科领衔）；②完善交接班流程，每周检查（护理部领衔）。",
        lambda plan: len(plan.tasks) == 2,
    ),
    "roles leaders": (
        'form = "said"\nrole = "leaders"\nwords = ["包案同志"]\nexamples = ["合同归档，⟦包案同志⟧周明，4月销号 => leaders"]',
        "会议要求，法务科规范合同归档，包案同志周明，4月底前销号。",
        lambda plan: [leader.name for leader in plan.tasks[0].leaders] == ["周明"],
    ),
    "labels member": (
        'kind = "member"\nwords = ["牵总人"]\nexamples = ["⟦牵总人：⟧周明"]',
        "松山县中医医院2024年工作计划\n一、重点任务\n1.成立日间手术推进组。\n牵总人：周明\n2.完善随访流程。",
        lambda plan: [task.title for task in plan.tasks] == ["完善随访流程"],
    ),
    "labels list": (
        'kind = "list"\nwords = ["推进抓手"]\nexamples = ["⟦推进抓手：⟧1.修订操作手册"]',
        "一、重点任务\n推进抓手：1.修订操作手册，每月更新。\n2.完善随访流程，每周抽查。",
        lambda plan: len(plan.tasks) == 2,
    ),
    "headings": (
        'role = "fault"\nwords = ["堵点"]\nexamples = ["巡查⟦发现下列堵点：⟧"]',
        "松山县中医医院2024年整改方案\n巡查发现下列堵点：\n1.开展培训不到位。\n2.组织演练不到位。",
        lambda plan: plan.tasks == (),
    ),
    "cells unit": (
        'kind = "unitless"\nwords = ["无量纲"]\nexamples = ["⟦无量纲⟧"]',
        "序号\t指标\t目标值\t单位\t责任科室\n1\t病例组合指数\t1.2\t无量纲\t医务科\n",
        lambda plan: plan.targets[0].unit == "",
    ),
    "actors": (
        'role = "noun"\npattern = "座右铭"\nexamples = ["⟦座右铭⟧每月评选"]',
        "会议要求，6月底前完成两件事：一是医务科座右铭制定完成；二是护理部修订流程。",
        lambda plan: [len(task.responsible) for task in plan.tasks] == [0, 1],
    ),
    "department_forms": (
        'kind = "plural"\nwords = ["诊区"]\nexamples = ["临床诊区 => group"]',
        "一、重点任务\n1.推进日间手术，完善流程。（责任科室：临床诊区）",
        lambda plan: plan.tasks[0].responsible[0].group,
    ),
    "speech": (
        'kind = "grounds"\npattern = "循着[^，,。；;\\\\n]{2,20}的路子"\nexamples = ["⟦循着分级诊疗的路子⟧，完善流程"]',
        "松山县中医医院2024年工作计划\n一、重点任务\n1.循着分级诊疗的路子，完善转诊流程，6月底前上线。",
        lambda plan: plan.tasks[0].title == "完善转诊流程",
    ),
    "titles notice": (
        'kind = "notice"\nwords = ["批复"]\nexamples = ["⟦的批复⟧"]',
        "关于印发松山县中医医院日间手术行动计划\n的批复\n各科室：\n一、重点任务\n1.推进日间手术。",
        lambda plan: (plan.document.title or "").endswith("的批复"),
    ),
    "target_words label": (
        'role = "label"\nwords = ["考核标尺"]\nexamples = ["⟦药占比：考核标尺：≤27%⟧ => 药占比 le 27 %"]',
        "一、重点任务\n1.合理用药。药占比：考核标尺：≤27%。（责任科室：药学部）",
        lambda plan: plan.targets[0].indicator == "药占比",
    ),
    "target_words base": (
        'role = "base"\nwords = ["建院初"]\nexamples = ["⟦药占比较建院初降低2个百分点⟧ => 药占比 decrease_by 2 个百分点"]',
        "一、重点任务\n1.合理用药。药占比较建院初降低2个百分点。（责任科室：药学部）",
        lambda plan: plan.targets[0].indicator == "药占比",
    ),
    "target_words": (
        'role = "sister"\nwords = ["日间"]\nexamples = ["日间、门诊预约率分别达到60%、90% => 日间预约率 ge 60 %; 门诊预约率 ge 90 %"]',
        "一、重点任务\n1.预约率：日间达到60%以上。（责任科室：门诊部）",
        lambda plan: plan.targets[0].indicator == "日间预约率",
    ),
}


@pytest.mark.parametrize("name", OWN_WORDS)
def test_an_own_word_needs_no_code(name: str, tmp_path: Path) -> None:
    entry, text, holds = OWN_WORDS[name]
    table = name.partition(" ")[0]
    (tmp_path / f"{table}.toml").write_text(f'[[entry]]\nid = "own"\n{entry}\n', "utf-8")
    rules, faults = check_rules(tmp_path)
    assert faults == []
    assert holds(extract(text, rules=rules))
    assert not holds(extract(text))


@pytest.mark.parametrize("marked", ["⟦甲", "甲⟧", "⟦甲⟧⟦乙⟧"])
def test_bad_marks_are_errors(marked: str) -> None:
    with pytest.raises(ValueError, match="⟦ ⟧"):
        Example.parse(marked)
