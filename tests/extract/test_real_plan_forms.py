"""Forms of ordinary plans: sections headed by a noun, aims below 总体要求, 【…】 as headings, glued first items, page furniture."""

from __future__ import annotations

from planparse import extract


def _titles(text: str) -> list[str | None]:
    return [task.title for task in extract(text).tasks]


def test_a_section_headed_by_a_noun_is_an_item() -> None:
    plan = extract(
        "检验科2025年工作计划\n\n一、质量管理\n严格执行操作规程，每月开展2次室内质控分析，报告及时率达到98%以上。\n\n二、人员培养\n选派3名骨干外出进修。\n举办院内讲座6场。\n\n三、科室概况\n科室现有职工12人，承担全院检验工作。\n"
    )
    assert [(task.number, task.title) for task in plan.tasks] == [("一", "质量管理"), ("二", "人员培养")]
    assert [(goal.indicator, goal.value) for goal in plan.targets] == [
        ("报告及时率", 98),
        ("骨干", 3),
        ("院内讲座", 6),
    ]


def test_paragraphs_that_name_somebody_stay_sentences() -> None:
    plan = extract("某县医院2025年工作计划\n一、日间手术\n医务科4月底前制定目录。信息科5月底前开通预约。\n")
    assert [[one.name for one in task.responsible] for task in plan.tasks] == [["医务科"], ["信息科"]]
    assert [task.source for task in plan.tasks] == ["sentence", "sentence"]


def test_purpose_objects_and_places_give_out_no_work() -> None:
    assert _titles(
        "急诊演练方案\n一、演练目的\n检验预案，组织队伍熟悉流程。\n二、活动对象\n全体急诊医护，按要求参加培训考核。\n三、演练安排\n1.开展桌面推演。\n"
    ) == ["开展桌面推演"]


def test_aims_below_general_demands() -> None:
    plan = extract(
        "某市医疗服务提升方案\n一、总体要求\n（一）指导思想。以人民健康为中心。\n（二）发展目标。微创手术占比从18%提升到24%左右。\n（三）创建目标：床位使用率达到85%。\n"
    )
    assert [(goal.indicator, goal.baseline, goal.value, goal.relation) for goal in plan.targets] == [
        ("微创手术占比", 18, 24, "about"),
        ("床位使用率", None, 85, "ge"),
    ]
    assert not plan.tasks


def test_an_act_on_indicators_stays_a_task() -> None:
    assert _titles("某院工作方案\n一、主要任务\n1.完善考核指标。修订指标30项。\n2.开展培训。") == [
        "完善考核指标",
        "开展培训",
    ]


def test_brackets_head_sections() -> None:
    plan = extract(
        "某院特色护理活动方案\n【指导思想】\n坚持以病人为中心，开展特色护理。\n【工作目标】\n1.提升护理水平；\n2.患者满意度达到96%以上。【活动对象】各护理单元 【活动内容】\n各护理单元于3月底前确定一个特色项目。\n【实施步骤】\n第一阶段：动员（2025年3月）\n在护士长例会上做好动员。\n第二阶段：申报（2025年4月）\n各护理单元4月20日前上交申报书。\n【工作要求】各科室要高度重视。\n"
    )
    assert [section.heading for section in plan.sections if section.level == 1] == [
        "工作目标",
        "活动对象",
        "活动内容",
        "实施步骤",
        "工作要求",
    ]
    assert [(task.number, task.title) for task in plan.tasks] == [
        ("", None),
        ("第一阶段", "动员"),
        ("第二阶段", "申报"),
    ]
    assert [(goal.indicator, goal.task) for goal in plan.targets] == [("患者满意度", None)]


def test_brackets_below_items_are_labels() -> None:
    plan = extract(
        "某院2025年工作方案\n一、提升急诊能力\n【工作目标】胸痛患者救治时间≤80分钟。\n【工作措施】优化流程，每月开展质控。\n【责任科室】急诊科\n"
    )
    assert [(task.title, [one.name for one in task.responsible]) for task in plan.tasks] == [
        ("提升急诊能力", ["急诊科"])
    ]
    assert [goal.indicator for goal in plan.targets] == ["胸痛患者救治时间"]


def test_a_heading_glued_to_its_first_item() -> None:
    assert _titles(
        "服务提升方案\n一、强化服务1. 推行首问负责制。\n2. 开展礼仪培训。\n二、优化流程：1、简化挂号流程，缩短排队时间。\n2、推行预约诊疗。\n"
    ) == ["推行首问负责制", "开展礼仪培训", "简化挂号流程", "推行预约诊疗"]


def test_a_preamble_gives_out_no_work() -> None:
    plan = extract(
        "护理部2025年工作计划\n\n护理部将紧紧围绕医院目标，落实规章制度，规范各项护理工作，特制定2025年工作计划如下：\n\n一、加强培训\n1、组织护士培训12次。\n"
    )
    assert [task.title for task in plan.tasks] == ["组织护士培训12次"]


def test_furniture_of_document_sites() -> None:
    plan = extract(
        "现在位置：河湾文库>报告总结>工作计划\n护理部工作计划.docx\n- 1、本文档由用户上传，版权归属用户。\n- 2、文档侵权举报电话:400-000-0000(电话支持时间:9:00-18:30)。\n查看更多\n一、开展护理培训。\n二、规范护理文书。\n为您推荐\n文档评论(0)\n"
    )
    assert plan.document.title == "护理部工作计划"
    assert [task.text for task in plan.tasks] == ["开展护理培训。", "规范护理文书。"]


def test_titles_beside_labels_and_columns() -> None:
    assert (
        extract(
            "计划总结\n某省卫生健康委关于印发2025年工作要点的通知\n一、主要任务\n1.开展培训。"
        ).document.title
        == "某省卫生健康委关于印发2025年工作要点的通知"
    )
    assert (
        extract(
            "关于印发某市公共卫生行动计划\n（2023—2025年）的通知\n各县：\n一、主要任务\n1.开展培训。"
        ).document.title
        == "关于印发某市公共卫生行动计划（2023—2025年）的通知"
    )
    assert (
        extract("名称：某市关于印发健康行动方案的通知\n一、主要任务\n1.开展培训。").document.title
        == "某市关于印发健康行动方案的通知"
    )


def test_nobody_is_called_determined() -> None:
    for said in ("明确专人负责信息报送", "安排专人负责台账", "要严格专人管理", "明确联络员，每周报送"):
        assert [task.leaders for task in extract(f"一、主要任务\n1.强化报送。{said}。").tasks] == [()]
    assert [
        [who.name for who in task.leaders]
        for task in extract("一、主要任务\n1.强化报送。各病区联络员每周报送进展，院长秦明远负责督办。").tasks
    ] == [["秦明远"]]


def test_arrangements_give_nobody_a_task() -> None:
    plan = extract(
        "一、主要任务\n1.完善机制。建立政府统一指挥，相关部门密切配合，妇幼保健院具体承办的工作机制。\n2.健全制度。形成医务科牵头、护理部配合的工作格局，护理部每月通报。\n3.推进会诊。由医务科牵头、护理部配合，建立定期会商的工作机制。"
    )
    assert [
        (
            [one.name for one in task.lead],
            [one.name for one in task.responsible],
            [one.name for one in task.support],
        )
        for task in plan.tasks
    ] == [
        ([], [], []),
        ([], ["护理部"], []),
        (["医务科"], [], ["护理部"]),
    ]


def test_of_whom_stands_behind_the_indicator() -> None:
    plan = extract(
        "一、工作目标\n1.剖宫产率县级医疗机构控制在40%以内，乡镇控制在25%以内。\n2.抗菌药物使用率门诊不超过20%，急诊不超过40%。\n3.婚检率城乡均达98%以上。"
    )
    assert [(goal.indicator, goal.relation, goal.value) for goal in plan.targets] == [
        ("县级医疗机构剖宫产率", "le", 40),
        ("乡镇医疗机构剖宫产率", "le", 25),
        ("门诊抗菌药物使用率", "le", 20),
        ("急诊抗菌药物使用率", "le", 40),
        ("城乡婚检率", "ge", 98),
    ]


def test_no_quantities() -> None:
    assert not extract(
        "一、主要任务\n1.服务人群可分为3类：1.老年人，2.孕产妇。\n2.重点工作如下：1.开展培训；2.组织演练。"
    ).targets


def test_items_that_end_like_the_heading_of_a_section() -> None:
    plan = extract(
        "某县医院2025年工作要点\n一、主要任务\n1.完成全年人才招聘目标。\n2.抓好预约诊疗，实现分时段预约率90%的目标。\n3.力争实现病历归档率100%的年度目标。\n4.全面落实医改重点任务。\n二、保障措施\n（一）加强领导。成立专班。\n"
    )
    assert [task.title for task in plan.tasks] == [
        "完成全年人才招聘目标",
        "抓好预约诊疗",
        "力争实现病历归档率100%的年度目标",
        "全面落实医改重点任务",
        "加强领导",
    ]
    assert [(goal.indicator, goal.value) for goal in plan.targets] == [
        ("分时段预约率", 90),
        ("病历归档率", 100),
    ]
    assert _titles(
        "某县医院2025年工作要点\n一、工作思路\n（一）发展目标\n二、重点任务\n（一）主要任务\n1.开展培训。"
    ) == ["开展培训"]


def test_texts_of_a_collection() -> None:
    plan = extract(
        "院感管理工作计划(精选2篇)\n\n院感管理工作计划 1\n\n1、开展院感培训。\n2、组织手卫生督查。\n\n院感管理工作计划 2\n\n1、修订消毒隔离制度。\n\n第三篇：某县护理质量提升工作方案\n\n一、主要任务\n1.规范护理文书。\n"
    )
    assert [(task.number, task.title) for task in plan.tasks] == [
        ("1", "开展院感培训"),
        ("2", "组织手卫生督查"),
        ("1", "修订消毒隔离制度"),
        ("一/1", "规范护理文书"),
    ]


def test_the_record_of_a_page_is_no_title() -> None:
    record = "索引号: 0012/2025-0003 组配分类: 工作要点\n发布机构: 松山县卫生健康局 主题分类: 卫生\n成文日期: 发布日期: 2025-01-04\n废止日期:\n"
    assert (
        extract(f"{record}松山县2025年卫生健康工作要点\n一、主要任务\n1.开展培训。").document.title
        == "松山县2025年卫生健康工作要点"
    )
    grid = "索引号: | 0012/2025-0003 | 公开方式: | 主动公开 |\n文号: | 公开日期: | 2025-01-04 | |\n松山县2025年卫生健康工作要点 | ||\n"
    plan = extract(f"{grid}一、主要任务\n1.开展培训。")
    assert (plan.document.title, [task.title for task in plan.tasks]) == (
        "松山县2025年卫生健康工作要点",
        ["开展培训"],
    )


def test_a_title_of_another_text_may_be_broken() -> None:
    plan = extract(
        "一、主要内容\n（一）提供保健服务\n根据《服务规范（2025年版）》中的《孕产\n\n妇健康管理规范》的规定，免费建立手册。\n（二）开展培训\n组织轮训。"
    )
    assert [task.title for task in plan.tasks] == ["提供保健服务", "开展培训"]


def test_the_notes_to_a_plan_are_no_plan() -> None:
    plan = extract(
        "关于《松山县健康行动方案》的政策解读\n一、出台的必要性\n2024年5月省政府召开大会。\n二、起草依据\n1、《全省健康行动的意见》。\n"
    )
    assert not plan.tasks


def test_the_letter_that_covers_a_plan() -> None:
    plan = extract(
        "某市政府办公厅关于印发2025年重点工作责任分解方案的通知\n\n发布时间：2026-10-19\n\n各县区：\n\n现将有关事项通知如下：\n\n一、医务科要统筹推进。\n\n二、请各县区于2025年3月9日前将工作措施报送督查室。\n\n某市人民政府办公厅\n\n2025年2月14日\n\n2025年重点工作责任分解方案\n\n一、提升服务\n1.开展培训。（责任单位：市卫健委）\n"
    )
    assert plan.document.date == "2025-02-14"
    assert [(task.number, task.title) for task in plan.tasks][1:] == [
        ("二", "将工作措施报送督查室"),
        ("一/1", "开展培训"),
    ]
    assert [one.name for one in plan.tasks[1].responsible] == ["各县区"]


def test_who_answers_for_an_item_issues_nothing() -> None:
    plan = extract(
        "2025年目标任务责任分解方案\n——加快健康建设\n204.推进医共体建设。（牵头单位：市卫健委；责任单位：松山区人民政府）\n205.建设急救站。（责任单位：市卫健委）\n"
    )
    assert plan.document.issuer is None
    assert [task.number for task in plan.tasks] == ["204", "205"]
    assert extract("松政 [2025] 20号\n各县区：\n一、主要任务\n1.开展培训。").document.title is None


def test_items_that_only_a_blank_parts() -> None:
    assert _titles(
        "某院安全生产方案\n一、重点任务\n（一）落实责任\n1.制定安全责任清单，逐级签订承诺书。2.按要求每季度召开安全生产会议。3.每年带队检查安全生产工作 4.综合运用巡查督查等措施。\n"
    ) == [
        "制定安全责任清单",
        "按要求每季度召开安全生产会议",
        "带队检查安全生产工作",
        "综合运用巡查督查等措施",
    ]


def test_clock_times_are_no_targets() -> None:
    assert not extract(
        "一、主要任务\n1.延长服务时间：8:00—17:30。\n2.设立热线（人工服务时间：9:00-18:30）。"
    ).targets
    assert [
        (goal.indicator, goal.value) for goal in extract("一、工作目标\n1.平均住院日：8；CMI：1.02。").targets
    ] == [("平均住院日", 8), ("CMI", 1.02)]


def test_what_begins_early_in_a_month() -> None:
    plan = extract(
        "某院2025年工作方案\n一、主要任务\n1.从3月初开始督查台账。\n2.自8月上旬起检查药房。\n3.从6月下旬开始组织演练。\n4.自6月底起开展巡查。\n5.3月初完成修订。\n"
    )
    assert [(task.deadline.start, task.deadline.end) for task in plan.tasks if task.deadline] == [
        ("2025-03-01", None),
        ("2025-08-01", None),
        ("2025-06-21", None),
        ("2025-06-30", None),
        (None, "2025-03-10"),
    ]


def test_an_act_behind_a_colon_is_no_indicator_line() -> None:
    plan = extract(
        "2026年度爱国卫生工作计划\n一、提升服务\n（一）环境整治\n1.农村整治：6月底前完成30个行政村厕所改造。\n2.市场管理：改造农贸市场6个。\n3.健康科普：全年开展讲座50场。\n二、质量管理\n1.平均住院日：≤8天\n2.门诊量：完成50万人次\n3.药占比：25%以下\n"
    )
    assert [(task.number, task.title) for task in plan.tasks] == [
        ("一/（一）/1", "农村整治"),
        ("一/（一）/2", "市场管理"),
        ("一/（一）/3", "健康科普"),
    ]
    assert [goal.indicator for goal in plan.targets if goal.task is None] == [
        "平均住院日",
        "门诊量",
        "药占比",
    ]


def test_one_verb_for_several_savings() -> None:
    plan = extract(
        "一、主要任务\n1.改造机房，全年节约电量218万千瓦时、蒸汽1.4万吨、氧气9.7万立方米，直接降低运行费用346万元。\n2.自觉养成节约一度电、一滴水的习惯。\n3.用电量比上年相对减少5%。"
    )
    assert [(goal.indicator, goal.relation, goal.value) for goal in plan.targets] == [
        ("电量", "decrease_by", 218),
        ("蒸汽", "decrease_by", 1.4),
        ("氧气", "decrease_by", 9.7),
        ("运行费用", "decrease_by", 346),
        ("用电量", "decrease_by", 5),
    ]


def test_a_share_set_against_a_year() -> None:
    plan = extract(
        "一、主要任务\n1.四级手术比例较2024年提高2个百分点。\n2.药品收入比重比上年下降3个百分点。\n3.门诊次均费用比2023年下降5%。"
    )
    assert [(goal.indicator, goal.relation, goal.value) for goal in plan.targets] == [
        ("四级手术比例", "increase_by", 2),
        ("药品收入比重", "decrease_by", 3),
        ("门诊次均费用", "decrease_by", 5),
    ]


def test_by_what_a_department_goes_is_no_task() -> None:
    plan = extract(
        "医保科2026年工作计划\n2026年，医保科将紧紧围绕医院目标，推进各项工作，为医院发展提供保障。医保科将于6月底前制定清单。\n一、规范行为\n1.开展政策培训。\n"
    )
    assert [(task.title, [one.name for one in task.responsible]) for task in plan.tasks] == [
        (None, ["医保科"]),
        ("开展政策培训", []),
    ]


def test_aims_called_so_above_the_items() -> None:
    plan = extract(
        "公共卫生科2026年工作计划\n一、传染病防控：构建防控体系\n核心目标：法定传染病报告及时率100%，规范管理率≥95%。\n1.优化监测网络。完善平台。\n2.开展培训。\n"
    )
    assert [(goal.indicator, goal.task) for goal in plan.targets] == [
        ("法定传染病报告及时率", None),
        ("规范管理率", None),
    ]
    assert [task.title for task in plan.tasks] == ["优化监测网络", "开展培训"]


def test_what_an_item_plans_before_its_actors() -> None:
    plan = extract(
        "某院2026年工作计划\n一、主要任务\n1.监测网络拓展：在现有20个哨点基础上，新增5个监测点。明确职责：二级以上医院需每日汇总病例；基层医疗机构需每周报送结果。\n2.强化值守。6月底前建立专班。医务科每日调度，护理部每周抽查。\n"
    )
    assert [(task.number, task.title) for task in plan.tasks] == [
        ("一/1", "监测网络拓展"),
        ("一/1#2", None),
        ("一/1#3", None),
        ("一/2", "强化值守"),
        ("一/2#2", None),
        ("一/2#3", None),
    ]
    assert [(goal.indicator, goal.value) for goal in plan.targets] == [("监测点", 5)]


def test_bases_and_thresholds_are_no_targets() -> None:
    plan = extract(
        "一、主要任务\n1.收入预算以近三年平均增长率（5.2%）为基准，结合新增专家门诊等增量因素，预计增长7%。\n2.设置预警线（80%触发黄色预警，90%触发红色预警）。\n3.每季度抽取100份病历、200份处方评审。\n4.压缩平均住院日，降到8天。\n5.预算执行偏差率控制在±3%以内。"
    )
    assert [(goal.indicator, goal.relation, goal.value) for goal in plan.targets] == [
        ("平均住院日", "le", 8),
        ("预算执行偏差率", "le", 3),
    ]


def test_paragraphs_with_headings_of_their_own() -> None:
    plan = extract(
        "某院2026年党建工作计划\n一、强化思想建设，提高党员素养\n始终把政治建设摆在首位。\n深入开展理论学习：制定年度学习计划，每月组织一次集中学习。\n加强党性教育：组织实地参观，全年开展红色教育3次。\n二、加强组织建设\n规范组织生活。严格落实“三会一课”，每季度检查一次。\n发展党员工作。全年发展党员不少于8名，重点培养一线骨干。\n三、人才培养\n选派3名骨干进修。\n工作目标：骨干进修率达到95%以上。\n"
    )
    assert [(task.number, task.title) for task in plan.tasks] == [
        ("一", "深入开展理论学习"),
        ("一#2", "加强党性教育"),
        ("二", "规范组织生活"),
        ("二#2", "发展党员工作"),
        ("三", "人才培养"),
    ]
    assert plan.tasks[0].path == ("强化思想建设，提高党员素养", "深入开展理论学习")


def test_steps_below_a_lead_in() -> None:
    plan = extract(
        "某院2026年人力资源计划\n一、实施步骤\n1.人才引进\n目标是年内引进5名骨干医师。具体步骤如下：\n市场调研：分析行业人才市场，确定招聘渠道（第一季度）。\n面试与选拔：组织多轮面试，进行综合评估（第二季度）。\n入职与培训：为新引进人才提供系统的入职培训（第三季度）。\n2.员工培训。组织轮训。\n"
    )
    assert [(task.number, task.title, task.deadline and task.deadline.end) for task in plan.tasks] == [
        ("一/1", "市场调研", "2026-03-31"),
        ("一/1#2", "面试与选拔", "2026-06-30"),
        ("一/1#3", "入职与培训", "2026-09-30"),
        ("一/2", "员工培训", None),
    ]
    assert [(goal.indicator, goal.value, goal.task) for goal in plan.targets] == [("骨干医师", 5, None)]


def test_aims_in_the_middle_of_a_line() -> None:
    plan = extract(
        "护理部2026年工作计划\n一、强化安全\n以患者安全为底线，构建管理体系，全年目标：跌倒发生率≤0.8‰（同比下降10%），文书合格率≥98%。\n1.完善标准。目标筛查覆盖率达95%以上，目标人群随访率达90%以上。\n2.重新修订18项护理标准。\n"
    )
    assert [(goal.indicator, goal.value, goal.task is None) for goal in plan.targets] == [
        ("跌倒发生率", 0.8, True),
        ("文书合格率", 98, True),
        ("筛查覆盖率", 95, False),
        ("目标人群随访率", 90, False),
        ("护理标准", 18, False),
    ]


def test_actors_behind_an_enumerator_inside_an_item() -> None:
    plan = extract(
        "某院2026年工作要点\n一、推进日间手术。一是制定目录，3月底前印发。二是医务科每月通报。\n二、强化管理。一是由医务科牵头，护理部配合修订流程。二是教学督导组每季度开展评估。\n三、统一要求。各科室统一要医务科审批。\n"
    )
    assert [
        ([one.name for one in task.lead], [one.name for one in task.responsible]) for task in plan.tasks
    ] == [([], ["医务科"]), (["医务科"], []), ([], ["教学督导组"]), ([], [])]
