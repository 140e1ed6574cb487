"""One table in every layout that a text may print: merged cells, marks of repetition, blanks, headings and a header between its rows, notes below."""

import time

import pytest
from growth import assert_linear

from planparse import extract

HEAD = ["序号", "重点任务", "工作措施", "牵头科室", "配合科室", "责任领导", "完成时限"]
#: rows of cells, headings over several rows, and the header again
TABLE: list[list[str] | str] = [
    "一、医疗质量",
    [
        "1",
        "规范手术管理",
        "修订手术分级目录，四级手术讨论率达到100%",
        "医务处",
        "手术室、麻醉科",
        "聂云舟",
        "3月底前",
    ],
    ["", "", "每月抽查手术病历60份，点评术前讨论", "质控办", "〃", "〃", "每月"],
    ["", "", "建立术者授权台账", "", "", "", ""],
    ["2", "加强合理用药", "门诊处方点评率不低于2%", "药学部", "", "聂云舟", "6月底前"],
    ["", "〃", "处方合格率提高到98%以上", "〃", "检验科", "同上", "9月底前"],
    HEAD,
    "二、患者服务",
    ["3", "优化门诊流程", "增设自助机12台", "门诊部", "信息中心", "褚清和", "上半年"],
    ["", "", "推行诊间结算，占比达到70%", "门诊部", "—", "〃", "10月底前"],
    ["4", "改善病区环境", "更换病床80张，报废旧床", "总务处", "无", "〃", "11月底前"],
    ["", "", "翻新病区走廊", "总务处", "基建办", "〃", "12月底前"],
]
EXPECTED = [
    (
        "规范手术管理",
        "修订手术分级目录，四级手术讨论率达到100%",
        "医务处",
        "手术室、麻醉科",
        "聂云舟",
        "2025-03-31",
    ),
    ("规范手术管理", "每月抽查手术病历60份，点评术前讨论", "质控办", "手术室、麻醉科", "聂云舟", "monthly"),
    ("规范手术管理", "建立术者授权台账", "质控办", "手术室、麻醉科", "聂云舟", "monthly"),
    ("加强合理用药", "门诊处方点评率不低于2%", "药学部", "", "聂云舟", "2025-06-30"),
    ("加强合理用药", "处方合格率提高到98%以上", "药学部", "检验科", "聂云舟", "2025-09-30"),
    ("优化门诊流程", "增设自助机12台", "门诊部", "信息中心", "褚清和", "2025-06-30"),
    ("优化门诊流程", "推行诊间结算，占比达到70%", "门诊部", "", "褚清和", "2025-10-31"),
    ("改善病区环境", "更换病床80张，报废旧床", "总务处", "", "褚清和", "2025-11-30"),
    ("改善病区环境", "翻新病区走廊", "总务处", "基建办", "褚清和", "2025-12-31"),
]
ABOVE = "云岭市第三医院2025年质量提升工作方案\n任务清单\n"
BELOW = "注：1.〃表示与上行相同，空格表示没有。\n2.各科室每月5日前报送进展。\n三、保障措施\n（一）强化调度。建立周报制度。（院办公室）\n（二）严格考核。考核结果与绩效挂钩。（人事处）\n"

Row = list[str]


def _rows(headings: bool) -> list[Row | str]:
    return [HEAD, *(row for row in TABLE if headings or not isinstance(row, str))]


def _marked(mark: str, *, frame: bool = False, short: bool = False, bare: bool = False) -> str:
    lines = []
    for row in _rows(True):
        if isinstance(row, str) and bare:
            lines.append(row)
            continue
        cells = [row] + [""] * 6 if isinstance(row, str) else row
        line = mark.join(cells)
        lines.append(f"{mark}{line}{mark}" if frame else line.rstrip(mark) if short else line)
        if len(lines) == 1 and frame:
            lines.append(mark + mark.join(["---"] * 7) + mark)
    return "\n".join(lines) + "\n"


def _wide(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F or c == "—" else 1 for c in text)


def _spaced() -> str:
    widths = [max(_wide(row[k]) for row in _rows(False)) + 2 for k in range(7)]
    lines = [
        row
        if isinstance(row, str)
        else "".join(
            cell + " " * (width - _wide(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in _rows(True)
    ]
    return "\n".join(lines) + "\n"


def _stacked(blank: str, *, between: str = "", headings: bool = True) -> str:
    """One cell a line; ``blank`` is what a blank cell leaves: nothing, a line end, or the mark that its column has."""
    lines = ""
    for row in _rows(headings):
        if isinstance(row, str):
            lines += row + "\n" + between
            continue
        alone = not any(row[3:])
        for k, cell in enumerate(row):
            lines += (
                cell + "\n"
                if cell
                else {"lost": "", "line": "\n", "mark": "〃\n" if k < 2 or alone else "—\n"}[blank]
            )
        lines += between
    return lines


LAYOUTS = {
    "bars": _marked("|"),
    "bars, no empty ends": _marked("|", short=True),
    "bars, headings alone": _marked("|", bare=True),
    "frame": _marked("|", frame=True),
    "frame, headings alone": _marked("|", frame=True, bare=True),
    "drawn frame": _marked("│", frame=True),
    "wide bars": _marked("｜"),
    "tabs": _marked("\t"),
    "tabs, headings alone": _marked("\t", bare=True),
    "tabs, no empty ends": _marked("\t", short=True, bare=True),
    "aligned": _spaced(),
    "one a line, marks": _stacked("mark"),
    "one a line, marks, no headings": _stacked("mark", headings=False),
    "one a line, empty lines": _stacked("line"),
    "one a line, empty lines, no headings": _stacked("line", headings=False),
    "one a line, blanks lost": _stacked("lost"),
    "one a line, blanks lost, no headings": _stacked("lost", headings=False),
    "blank line between rows": _stacked("lost", between="\n"),
    "blank line between rows, marks": _stacked("mark", between="\n"),
    "blank line between rows, no headings": _stacked("lost", between="\n", headings=False),
}


def _told(text: str) -> list[tuple[str | None, str, str, str, str, str | None]]:
    return [
        (
            t.title,
            t.text,
            "、".join(d.name for d in t.lead),
            "、".join(d.name for d in t.support),
            "、".join(p.name for p in t.leaders),
            t.deadline and (t.deadline.recurrence or t.deadline.end),
        )
        for t in extract(text).tasks
        if t.source == "table"
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_table_in_many_layouts(layout: str) -> None:
    text = ABOVE + LAYOUTS[layout] + BELOW
    assert _told(text) == EXPECTED
    assert [
        (t.title, [d.name for d in t.responsible]) for t in extract(text).tasks if t.source != "table"
    ] == [("强化调度", ["院办公室"]), ("严格考核", ["人事处"])]


@pytest.mark.parametrize(
    "layout",
    [
        "bars",
        "frame",
        "tabs",
        "aligned",
        "one a line, marks",
        "one a line, empty lines",
        "blank line between rows",
    ],
)
def test_headings_between_the_rows_are_in_their_paths(layout: str) -> None:
    paths = [t.path[-1] for t in extract(ABOVE + LAYOUTS[layout] + BELOW).tasks if t.source == "table"]
    assert paths == ["医疗质量"] * 5 + ["患者服务"] * 4


def _tasks(text: str) -> list[tuple[str | None, str, list[str], str | None]]:
    found = extract(text).tasks
    return [
        (t.title, t.text, [d.name for d in (*t.lead, *t.responsible)], t.deadline and t.deadline.end)
        for t in found
    ]


@pytest.mark.parametrize("between", ["", "\n"])
def test_rows_one_cell_a_line_counted_by_codes(between: str) -> None:
    cells = [
        "编号 项目 内容 牵头部门 时限",
        "A-01 改造急诊大厅 完成大厅改造 总务科 8月底前",
        "〃 〃 更新导诊标识 〃 9月底前",
        "A-02 建设智慧病房 上线床旁终端 信息科 10月底前",
        "B-01 开展义诊 组织义诊12场 医务科 年底前",
    ]
    text = (
        "某院2025年工作清单\n"
        + "".join(row.replace(" ", "\n") + "\n" + between for row in cells)
        + "注：各部门抓好落实。\n"
    )
    assert _tasks(text) == [
        ("改造急诊大厅", "完成大厅改造", ["总务科"], "2025-08-31"),
        ("改造急诊大厅", "更新导诊标识", ["总务科"], "2025-09-30"),
        ("建设智慧病房", "上线床旁终端", ["信息科"], "2025-10-31"),
        ("开展义诊", "组织义诊12场", ["医务科"], "2025-12-31"),
    ]


def test_a_measure_of_two_paragraphs_parts_no_row() -> None:
    text = "某院2025年清单\n序号\n任务\n措施\n责任科室\n时限\n1\n随访\n建立台账\n开展培训\n护理部\n门诊部\n6月底前\n2\n义诊\n组织义诊\n工会\n9月底前\n"
    assert [(t, d, n) for t, _, d, n in _tasks(text)] == [
        ("随访", ["护理部", "门诊部"], "2025-06-30"),
        ("义诊", ["工会"], "2025-09-30"),
    ]


def test_rows_without_index_whose_blank_cells_are_empty_lines() -> None:
    rows = [
        ["任务类别", "工作任务", "具体举措", "责任部门", "完成时间", "备注"],
        ["学科发展", "建设重点专科", "引进博士5名", "人力资源部", "12月底前", ""],
        ["", "", "申报课题8项", "科教科", "第三季度", ""],
        ["", "完善教学体系", "新增床位20张", "教学办", "10月底前", "含住培"],
    ]
    text = (
        "某院2025年工作清单\n"
        + "".join(cell + "\n" for row in rows for cell in row)
        + "注：责任部门为牵头单位。\n"
    )
    assert _tasks(text) == [
        ("建设重点专科", "引进博士5名", ["人力资源部"], "2025-12-31"),
        ("建设重点专科", "申报课题8项", ["科教科"], "2025-09-30"),
        ("完善教学体系", "新增床位20张", ["教学办"], "2025-10-31"),
    ]


@pytest.mark.parametrize("between", ["", "\n"])
def test_a_unit_on_its_own_line_is_a_cell(between: str) -> None:
    cells = [
        "序号 指标名称 单位 2024年完成值 2025年目标值 责任科室",
        "一、医疗质量",
        "1 甲级病案率 % 93.1 ≥95 病案科",
        "2 四级手术占比 % 18.6 ≥20 医务科",
        "二、运行效率",
        "1 平均住院日 天 8.1 ≤7.8 医务科",
    ]
    text = (
        "某院2025年指标\n"
        + "".join(row.replace(" ", "\n") + "\n" + between for row in cells)
        + "说明：数据来源于年报。\n"
    )
    plan = extract(text)
    assert [(t.title, [d.name for d in t.responsible], t.path[-1]) for t in plan.tasks] == [
        ("甲级病案率", ["病案科"], "医疗质量"),
        ("四级手术占比", ["医务科"], "医疗质量"),
        ("平均住院日", ["医务科"], "运行效率"),
    ]
    assert [(q.indicator, q.value, q.unit, q.baseline) for q in plan.targets] == [
        ("甲级病案率", 95, "%", 93.1),
        ("四级手术占比", 20, "%", 18.6),
        ("平均住院日", 7.8, "天", 8.1),
    ]


def test_a_blank_first_cell_between_bars_is_no_frame() -> None:
    head = "重点任务|工作措施|责任科室|时限\n"
    assert [
        (t.title, t.text)
        for t in extract(
            f"某院2025年清单\n{head}建设卒中中心|开通绿色通道|急诊科|5月底前\n|开展联合演练2次|急诊科|9月底前\n"
        ).tasks
    ] == [
        ("建设卒中中心", "开通绿色通道"),
        ("建设卒中中心", "开展联合演练2次"),
    ]


def test_the_progress_of_a_block_of_measures_is_not_that_of_the_last() -> None:
    text = "某院2025年整改清单\n一、质量方面\n（一）关于交接班不规范的问题\n整改措施：\n1．修订交接班制度。（医务科牵头，4月底前）\n2．护理部要在5月10日前完成全员培训，培训率100%。\n整改进展：已抽查交接班记录30份。\n"
    assert [t.text for t in extract(text).tasks] == [
        "修订交接班制度。",
        "护理部要在5月10日前完成全员培训，培训率100%。",
    ]


def test_the_progress_of_a_block_gives_its_last_measure_no_text() -> None:
    text = "某院2025年整改清单\n一、质量方面\n（一）关于病历的问题\n整改措施：\n1．修订病历质控标准，每周通报。\n2．把出院电话列入晚班清单，接通率不低于75%。\n牵头科室：医务部　整改时限：2025年6月底前\n整改进展：截至3月底，已抽查病历200份。\n二、设备方面\n（一）关于设备的问题\n整改措施：\n1．更新设备12台。（设备科）\n"
    assert [title for title, *_ in _tasks(text)] == [
        "修订病历质控标准",
        "把出院电话列入晚班清单",
        "更新设备12台",
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "序号\n任务\n科室\n\n1\n甲\n乙\n\n",
        "序号\n任务\n科室\n1\n\n乙\n",
        "序号\n任务\n科室\n",
        "1\n\n\n",
        "〃\n",
        "一、甲\n",
        "|甲\n||\n",
        "  甲  乙\n一、甲乙\n",
    ],
)
def test_tables_of_lines_take_linear_time(piece: str) -> None:
    def seconds(count: int) -> float:
        text = "某院2025年方案\n序号\n重点任务\n责任科室\n" + piece * count
        begun = time.process_time()
        extract(text)
        return time.process_time() - begun

    assert_linear(seconds, 400)


def test_a_row_that_begins_with_blank_cells_is_a_row():
    text = (
        "栗山县中医院2025年任务分解表\n重点任务\t工作措施\t责任科室\t完成时限\n"
        "规范查房\t落实三级查房制度，每月抽查查房记录。\t医务科\t6月底前\n"
        "\t修订查房记录模板，完成全院医师培训，并把查房质量纳入科室考核。\t\t\n\n"
        "\t公布查房排班，设置查房督导岗。\t\t\n"
    )
    plan = extract(text)
    assert [(t.title, [d.name for d in t.responsible]) for t in plan.tasks] == [("规范查房", ["医务科"])] * 3


def test_who_signs_a_table_of_one_cell_a_line_is_no_row():
    rows = ["1", "修订应急预案", "总务科", "6月底前", "2", "更换老旧电梯", "设备科", "10月底前"]
    text = "\n".join(["栗山县中医院任务清单", "序号", "工作任务", "责任科室", "完成时限", *rows])
    plan = extract(text + "\n栗山县中医院\n2025年2月7日")
    assert [(t.text, t.responsible[0].name) for t in plan.tasks] == [
        ("修订应急预案", "总务科"),
        ("更换老旧电梯", "设备科"),
    ]


def test_cells_of_like_width_are_no_wrapped_text():
    rows = [
        ("降低能源消耗", "万元收入能耗支出下降4%", "实行分楼层用电计量。", "牵头：总务科；配合：财务科、设备科"),
        ("加强处方管理", "抗菌药物使用强度控制在38DDDs以内", "开展处方点评和合理用药培训。", "牵头：药学部；配合：医务科"),
        ("强化骨干培养", "引进学科带头人3名", "制定进修计划并组织岗位练兵。", "牵头：人事科；配合：护理部、科教科"),
        ("改造病区环境", "翻新走廊扶手", "在四个病区更换护理呼叫系统。", "牵头：设备科；配合：信息科、护理部"),
    ]  # fmt: skip
    head = ["重点任务", "工作目标", "工作措施", "责任分工", "时间安排"]
    lines = [cell for row in rows for cell in (*row, "2025年上半年")]
    plan = extract("\n".join(["栗山县第二人民医院2025年重点工作任务分解表", *head, *lines]))
    assert [(t.title, t.text) for t in plan.tasks] == [(row[0], row[2]) for row in rows]
