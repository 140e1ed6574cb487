"""Departments, collectives, persons and indicators: lookup, lists, running text, likeness; laws and hostile input."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planparse.catalogue import (
    all_names,
    build_catalogue,
    build_forms,
    department_spans,
    people_behind,
    person_spans,
    split_names,
    split_people,
)
from planparse.catalogue.plain import plain
from planparse.errors import RuleError
from planparse.rulebook import check_examples, default_rules, load_rules

RULES = default_rules()
CATALOGUE = RULES.compiled(build_catalogue)
FORMS = RULES.compiled(build_forms)
TABLES = ("departments", "department_forms", "indicators", "persons", "distinctions")


def names_in(text: str) -> list[str]:
    return [text[a:b] for a, b in split_names(text, 0, len(text), RULES)]


def people_in(text: str) -> list[str]:
    return [person.show(text) for person in split_people(text, 0, len(text), RULES)]


def found_in(text: str) -> list[str]:
    return [text[a:b] for a, b in department_spans(text, 0, len(text), RULES)]


def wanted(listed: str) -> list[str]:
    return [name for name in listed.split("|") if name]


# -- the tables ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_every_example_of_the_table_holds(table: str) -> None:
    assert check_examples(RULES, [table]) == []


def test_every_name_and_alias_resolves_to_its_own_entry() -> None:
    for row in RULES.entries("departments"):
        for name in (row["name"], *row.get("aliases", ())):
            entry = CATALOGUE.department(name)
            assert entry is not None, name
            assert entry.id == row.id, name
    for row in RULES.entries("indicators"):
        for name in (row["name"], *row.get("aliases", ())):
            measure = CATALOGUE.indicator(name)
            assert measure is not None, name
            assert measure.id == row.id, name


def test_every_department_name_is_found_whole_where_a_role_word_follows() -> None:
    missed = []
    for row in RULES.entries("departments"):
        for name in (row["name"], *row.get("aliases", ())):
            text = f"由{name}牵头，6月底前完成"
            if name not in found_in(text) and "、" not in name and not name.endswith("专业"):
                missed.append(name)
    assert missed == []


def test_a_name_of_two_entries_is_a_fault_that_names_both(tmp_path) -> None:
    (tmp_path / "departments.tsv").write_text(
        "id\tname\tcategory\taliases\nours\t战备科\t行政\t医务科\n", "utf-8"
    )
    with pytest.raises(RuleError, match=r"医务科.*medical_affairs") as caught:
        load_rules([tmp_path]).compiled(build_catalogue)
    assert len(caught.value.faults) == 1


def test_a_users_entry_may_override_and_may_add_aliases(tmp_path) -> None:
    (tmp_path / "departments.tsv").write_text(
        "id\tname\tcategory\taliases\toverrides\nours\t医教科\t医疗管理\t\t1\nmedical_affairs\t医务科\t医疗管理\t医事科\n",
        "utf-8",
    )
    catalogue = load_rules([tmp_path]).compiled(build_catalogue)
    assert catalogue.department("医教科").id == "ours"
    assert catalogue.department("医事科").id == "medical_affairs"
    assert catalogue.department("医务处").id == "medical_affairs"


# -- lookup -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("医务处", "medical_affairs"),
        ("我院医务科", "medical_affairs"),
        ("柳溪市第二人民医院医务科", "medical_affairs"),
        ("医务科（医政处）", "medical_affairs"),
        ("GCP 办公室", "gcp_office"),
        ("院感科", "infection_control"),
        ("感染科", "infectious_diseases"),
        ("医保办", "medical_insurance"),
        ("预保科", "preventive_care"),
        ("市医保局", "gov_medical_insurance"),
        ("柳溪市财政局", "gov_finance"),
        ("省卫生健康委", "gov_health_commission"),
        ("全院各临床科室", "clinical_departments"),
        ("各临床、医技科室", "clinical_medtech_departments"),
        ("各县(市、区)人民政府", "all_counties_governments"),
    ],
)
def test_a_printed_name_has_its_code(name: str, code: str) -> None:
    entry = CATALOGUE.department(name)
    assert entry is not None
    assert entry.code == code


@pytest.mark.parametrize("name", ["战略合作处", "神经外科二病区", "妇产科教研室", "全部", "", "　", "（）"])
def test_an_unknown_name_has_no_entry(name: str) -> None:
    assert CATALOGUE.department(name) is None


def test_an_ambiguous_name_is_known_but_has_no_code() -> None:
    office = CATALOGUE.department("办公室")
    assert office is not None
    assert office.code is None


@pytest.mark.parametrize(
    "name",
    [
        "各科室",
        "全院上下",
        "相关职能科室",
        "有关部门",
        "各申报学科",
        "各党支部（总支）",
        "全体职工",
        "护理人员",
        "各县（市、区）人民政府",
    ],
)
def test_a_collective_is_a_group(name: str) -> None:
    assert FORMS.is_group(name)
    assert not FORMS.is_placeholder(name)


@pytest.mark.parametrize("name", ["医务科", "卫生健康部门", "牵头科室", "各项工作", "各类人才", "全院推广"])
def test_what_is_no_collective(name: str) -> None:
    assert not FORMS.is_group(name)


@pytest.mark.parametrize(
    "name",
    [
        "牵头科室",
        "责任科室",
        "配合部门",
        "责任单位",
        "承办单位",
        "本科室",
        "该科室",
        "各牵头部门",
        "相关责任科室",
    ],
)
def test_a_placeholder_names_nobody(name: str) -> None:
    assert FORMS.is_placeholder(name)
    assert names_in(f"医务科、{name}") == ["医务科"]


# -- indicators ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("药占比", "drug_revenue_ratio"),
        ("药品收入占医疗收入的比重", "drug_revenue_ratio"),
        ("全院药品占比", "drug_revenue_ratio"),
        ("门诊次均费用", "outpatient_cost"),
        ("住院次均费用", "inpatient_cost"),
        ("门诊次均费用增长率", "outpatient_cost_growth"),
        ("出院病人手术占比", "surgery_ratio"),
        ("病例组合指数（CMI）", "cmi"),
        ("Ⅰ类切口感染率", "clean_wound_infection_rate"),
        ("三、四级手术占比", "level_three_four_surgery_ratio"),
        ("医院感染发生率", "hospital_infection_rate"),
    ],
)
def test_a_printed_indicator_has_its_code(name: str, code: str) -> None:
    entry = CATALOGUE.indicator(name)
    assert entry is not None
    assert entry.id == code


@pytest.mark.parametrize("name", ["次均", "率", "", "幸福指数", "门诊", "药" * 500])
def test_an_unknown_indicator_has_no_entry(name: str) -> None:
    assert CATALOGUE.indicator(name) is None


# -- likeness -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("护理管理科", "nursing"),
        ("运营绩效管理科", "operation_management"),
        ("信息化建设管理科", "information"),
    ],
)
def test_a_near_miss_is_found(name: str, code: str) -> None:
    near = CATALOGUE.similar_department(name)
    assert near is not None
    assert near[0].id == code
    assert 0.7 < near[1] <= 1.0


@pytest.mark.parametrize(
    "name",
    ["战略合作处", "神经外科二病区", "骨科二病区", "二病区", "审计局", "小儿烧伤科", "后宫", "一" * 50, ""],
)
def test_unknown_is_an_answer(name: str) -> None:
    assert CATALOGUE.similar_department(name) is None


def test_likeness_never_crosses_a_word_that_tells_apart() -> None:
    like = CATALOGUE._departments_alike
    assert (like.nearest("感染科", without="感染科") or ("infectious_diseases",))[0] == "infectious_diseases"
    assert (like.nearest("院感科", without="院感科") or ("infection_control",))[0] == "infection_control"
    assert (like.nearest("外科", without="外科") or ("general_surgery_department",))[
        0
    ] == "general_surgery_department"
    near = CATALOGUE.similar_indicator("急诊次均费用")
    assert near is None or near[0].id not in ("outpatient_cost", "inpatient_cost")


def test_likeness_finds_a_hidden_alias_or_says_nothing() -> None:
    like = CATALOGUE._departments_alike
    answers = [(key, like.nearest(name, without=name)) for name, key in like._names[::5]]
    wrong = [answer for answer in answers if answer[1] is not None and answer[1][0] != answer[0]]
    right = [answer for answer in answers if answer[1] is not None and answer[1][0] == answer[0]]
    assert len(wrong) <= 0.03 * (len(right) + len(wrong))
    assert len(right) >= 0.35 * len(answers)


# -- lists of departments -----------------------------------------------------------------------------------

SLOTS = [
    ("药库、设备科/维修班", "药库|设备科|维修班"),
    ("保卫科 病理科", "保卫科|病理科"),
    ("药剂科 与 设备科", "药剂科|设备科"),
    ("审计科 、物价办 及 各临床、医技科室", "审计科|物价办|各临床、医技科室"),
    ("财务科(资产办)、宣传科（文明办）", "财务科(资产办)|宣传科（文明办）"),
    ("全院各临床、医技、职能科室", "全院各临床、医技、职能科室"),
    ("医务科，各临床、医技科室，护理部", "医务科|各临床、医技科室|护理部"),
    ("各手术科室、医技科室", "各手术科室|医技科室"),
    ("各临床科室及医技科室", "各临床科室|医技科室"),
    ("临床、医技科室", "临床、医技科室"),
    ("各科室、部门", "各科室、部门"),
    (
        "市民政局、市残联，各县（市、区）教育局",
        "市民政局|市残联|各县（市、区）教育局",
    ),
    ("省卫生健康委，各市、县（区）卫生健康行政部门", "省卫生健康委|各市、县（区）卫生健康行政部门"),
    ("党支部（总支）、各党支部（总支）", "党支部（总支）|各党支部（总支）"),
    (
        "呼吸与危重症医学科、健康教育与促进科、麻醉与围术期医学科",
        "呼吸与危重症医学科|健康教育与促进科|麻醉与围术期医学科",
    ),
    ("老年医学与康复科和预防保健科", "老年医学与康复科|预防保健科"),
    ("中医科与康复科", "中医科|康复科"),
    ("后勤保障部（总务科、保卫科）", "后勤保障部（总务科、保卫科）"),
    ("GCP 办公室、DRG/DIP办公室", "GCP 办公室|DRG/DIP办公室"),
    ("医务\n科、护理部\n质控科", "医务\n科|护理部|质控科"),
    ("医务科护理部", "医务科|护理部"),
    ("①医务科②护理部", "医务科|护理部"),
    ("1.医务科 2.护理部", "医务科|护理部"),
    ("（医务科、护理部）", "医务科|护理部"),
    ("医务科（牵头）、护理部（配合）", "医务科|护理部"),
    ("医务科（张立群）", "医务科"),
    ("医务科 张立群", "医务科"),
    ("由医务科、护理部等负责", "医务科|护理部"),
    ("医务科、护理部等相关科室。", "医务科|护理部"),
    ("医务科负责，护理部配合", "医务科|护理部"),
    ("各科室按职责分工负责", "各科室"),
    ("医务、护理、院感", "医务|护理|院感"),
    ("内、外科", "内、外科"),
    ("内一科、骨伤二科、心血管内科一病区", "内一科|骨伤二科|心血管内科一病区"),
    ("对外合作处、物资供应处、应急保障处", "对外合作处|物资供应处|应急保障处"),
    ("各镇（街道）、各市属开发区管委会", "各镇（街道）|各市属开发区管委会"),
    ("“两癌”筛查专班、妇保科", "“两癌”筛查专班|妇保科"),
    ("各分管院领导、各科室负责人", ""),
    ("长期坚持", ""),
    ("2031年4月底前", ""),
    ("—", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), SLOTS)
def test_a_slot_is_split_into_its_names(text: str, expected: str) -> None:
    assert names_in(text) == wanted(expected)


@pytest.mark.parametrize(("text", "expected"), SLOTS)
def test_a_slot_reads_the_same_inside_a_text(text: str, expected: str) -> None:
    around = "责任科室：" + text + "完成时限"
    spans = split_names(around, 5, 5 + len(text), RULES)
    assert [around[a:b] for a, b in spans] == wanted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("医务科、护理部", "医务科|护理部"), ("各临床、医技科室", "各临床、医技科室"), ("含急诊", ""), ("见附件2", ""), ("试行", ""),
     ("医务科、信息化", ""), ("助理", ""), ("2018—2020年", ""), ("以下简称本院", "")],
)  # fmt: skip
def test_a_bare_bracket_is_a_list_or_is_none(text: str, expected: str) -> None:
    assert [text[a:b] for a, b in all_names(text, 0, len(text), RULES)] == wanted(expected)


# -- running text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由骨科三病区牵头，眼科教研室配合", "骨科三病区|眼科教研室"),
        ("由医务科、战备保障处会同装备维修处负责", "医务科|战备保障处|装备维修处"),
        ("9月底前由运营绩效保障办牵头完成", "运营绩效保障办"),
        ("市卫生健康委会同市财政局、市政府督查室制定方案", "市卫生健康委|市财政局|市政府督查室"),
        ("根据市卫健委要求，各县（市、区）医保局要建立台账", "市卫健委|各县（市、区）医保局"),
        ("各临床、医技科室每周自查，宣传科(文明办)通报", "各临床、医技科室|宣传科(文明办)"),
        ("纪委办每周抽查，医保办每月通报", "纪委办|医保办"),
        ("对外合作处负责", "对外合作处"),
        ("提升护理部署能力，推进信息科技创新，覆盖门诊部分诊室", ""),
        ("加强内科、外科医师培训，外科手术增长5%", ""),
        ("完善采购办法，优化医保办理，召开职工会议", ""),
        ("医院感染科学防控，眼科楼加装电梯", ""),
        ("药剂科、病理科负责人列席", ""),
        ("牵头科室要商责任部门编制清单", ""),
        ("建设区域医疗中心，打造重点实验室", ""),
        ("全部负责到底，到处协调", ""),
    ],
)
def test_departments_in_running_text(text: str, expected: str) -> None:
    assert found_in(text) == wanted(expected)


# -- persons ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("副院长 秦知远", "秦知远（副院长）"),
        ("张三立、李四光", "张三立|李四光"),
        ("陈红 王丽", "陈红|王丽"),
        ("张 伟、李晓明", "张伟|李晓明"),
        ("院长：王某", "王某（院长）"),
        ("易安（副院长）", "易安（副院长）"),
        ("分管副院长（李某某）", "李某某（分管副院长）"),
        ("王建国院长", "王建国（院长）"),
        ("党委书记：李卫东 院长：张志强", "李卫东（党委书记）|张志强（院长）"),
        ("党委委员、副院长、工会主席 赵敏", "赵敏（党委委员、副院长、工会主席）"),
        ("副院长陈明、纪委书记刘洋", "陈明（副院长）|刘洋（纪委书记）"),
        ("医务科科长刘芳", "刘芳（医务科科长）"),
        ("院长、分管副院长", "院长|分管副院长"),
        ("分管院领导、各科室主任、护士长", "分管院领导|各科室主任|护士长"),
        ("科主任及护士长", "科主任|护士长"),
        ("各党支部书记", "各党支部书记"),
        ("医院分管负责同志", "医院分管负责同志"),
        ("院领导班子成员", "院领导班子成员"),
        ("欧阳明、阿依努尔·买买提、李××", "欧阳明|阿依努尔·买买提|李××"),
        ("责任人：李娜", "李娜"),
        ("李娜等", "李娜"),
        ("全体党员、乙方主要负责人", "全体党员|乙方主要负责人"),
        ("各镇人民政府", ""),
        ("待定", ""),
        ("医务科", ""),
        ("6月底前", ""),
        ("", ""),
    ],
)
def test_a_slot_of_leaders_is_split(text: str, expected: str) -> None:
    assert people_in(text) == wanted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("院长季明远强调，要抓好落实", "季明远（院长）"),
        ("会议由党委副书记康启明主持。", "康启明（党委副书记）"),
        ("院长王强强调", "王强（院长）"),
        ("责任领导：党委副书记 康启明）", "康启明（党委副书记）"),
        ("医务科主任张强负责督办", "张强（医务科主任）"),
        ("各分管院领导要现场督办", "各分管院领导"),
        ("副院长余联科、魏庆杰出席。", "余联科（副院长）|魏庆杰（副院长）"),
        ("召开院长办公会，落实院长负责制", ""),
    ],
)
def test_leaders_in_running_text(text: str, expected: str) -> None:
    assert [p.show(text) for p in person_spans(text, 0, len(text), RULES)] == wanted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("医务科（张明、李红霞）", "张明|李红霞"), ("医务科（副主任 张明）", "张明（副主任）"), ("医务科（牵头）", ""), ("医务科(医政处)", ""), ("医务科、护理部", ""), ("医务科", "")],
)  # fmt: skip
def test_persons_in_the_bracket_behind_a_department(text: str, expected: str) -> None:
    assert [p.show(text) for p in people_behind(text, 3, len(text), RULES)] == wanted(expected)


# -- laws ---------------------------------------------------------------------------------------------------

TEXT = st.text(
    st.sampled_from(
        "医务科护理部院感办室处由和与及、，,/（）()各全院临床技市县区人民政府牵头责任配合负领导长副书记王张伟 \n：。等1年月要"
    ),
    max_size=60,
)
PLAIN_NAMES = sorted(
    entry.name
    for entry in set(CATALOGUE.departments.values())
    if not entry.group and "(" not in entry.name and "、" not in entry.name
)


@given(TEXT)
@settings(max_examples=300, deadline=None)
def test_spans_are_ordered_disjoint_and_inside(text: str) -> None:
    for spans in (department_spans(text, 0, len(text), RULES), split_names(text, 0, len(text), RULES)):
        at = 0
        for start, end in spans:
            assert at <= start < end <= len(text)
            at = end
    for person in [*split_people(text, 0, len(text), RULES), *person_spans(text, 0, len(text), RULES)]:
        assert 0 <= person.name[0] < person.name[1] <= len(text)


@given(TEXT, TEXT)
@settings(max_examples=150, deadline=None)
def test_a_slot_does_not_look_outside(text: str, around: str) -> None:
    shifted = [(a + len(around), b + len(around)) for a, b in split_names(text, 0, len(text), RULES)]
    whole = around + text + around
    assert split_names(whole, len(around), len(around) + len(text), RULES) == shifted


@given(
    st.lists(st.sampled_from(PLAIN_NAMES), min_size=1, max_size=6, unique=True), st.sampled_from("、，；\n")
)
@settings(max_examples=200, deadline=None)
@example(["CT室", "手术室", "护理单元"], "\n")
def test_a_list_of_catalogue_names_splits_back(names: list[str], separator: str) -> None:
    assert names_in(separator.join(names)) == names


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_the_plain_form_is_settled_and_lookups_never_fail(name: str) -> None:
    assert plain(plain(name)) == plain(name)
    CATALOGUE.department(name)
    CATALOGUE.indicator(name)
    CATALOGUE.similar_department(name)
    FORMS.is_group(name)
    FORMS.is_placeholder(name)
    FORMS.could_be(name)


# -- hostile input ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unit",
    ["各", "科", "医务科和", "医务科", "和", "（", "医务科（", "由", "、", "等", " ", "市", "院长", "王", "负责", "各临床、", "医务科、", "a", "1", "一", "科室", "各县（市、", "内、", "·", "院长王"],
)  # fmt: skip
def test_time_is_linear_in_the_length(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    for read in (department_spans, split_names, split_people, person_spans, all_names):
        begin = time.process_time()
        read(text, 0, len(text), RULES)
        assert time.process_time() - begin < 10.0, read.__name__
