"""Small plans made by hand for the tests of outputs, ledger and pages."""

from __future__ import annotations

from planparse.model import Deadline, Department, Document, Period, Person, Plan, Target, Task

HOSTILE = '=HYPERLINK("http://evil.example/","点我")<script>alert(1)</script>'


def dept(name: str, start: int = 0, *, code: str | None = None, group: bool = False) -> Department:
    return Department(name=name, text=name, span=(start, start + len(name)), code=code, group=group)


def office_plan() -> Plan:
    """A plan with every case that outputs must carry: several leads, a group, no lead, no date, a recurrence."""
    tasks = (
        Task(
            id="t-aaaa01",
            number="一/1",
            path=("主要任务", "门诊服务"),
            title="推行分时段预约",
            text="推行分时段预约。完善预约平台，预约诊疗率达到80%以上。",
            span=(10, 40),
            lead=(dept("门诊部", 30, code="outpatient"),),
            responsible=(dept("信息科", 34), dept("各临床科室", 38, group=True)),
            leaders=(Person(name="周敏", role="副院长"),),
            deadline=Deadline(text="6月底前", end="2024-06-30", span=(42, 46)),
        ),
        Task(
            id="t-aaaa02",
            number="一/2",
            path=("主要任务", "门诊服务"),
            title="规范床位调配",
            text="规范床位调配，平均住院日降至8天以下。",
            span=(50, 70),
            lead=(dept("医务科", 71, code="medical_affairs"), dept("护理部", 75, code="nursing")),
            support=(dept("医保办", 79),),
            deadline=Deadline(text="9月—12月", start="2024-09-01", end="2024-12-31"),
        ),
        Task(
            id="t-aaaa03",
            number="二/1",
            path=("主要任务", "质量管理"),
            title=None,
            text="每月开展1次质量查房，结果纳入考核。",
            span=(90, 108),
            responsible=(dept("护理部", 110),),
            deadline=Deadline(text="每月", recurrence="monthly"),
            confidence=0.62,
        ),
        Task(
            id="t-aaaa04",
            number="二/2",
            path=("主要任务", "质量管理"),
            title="加强院感防控",
            text="加强院感防控，落实手卫生，\n做好监测。",
            span=(120, 140),
            source="heading",
            confidence=0.4,
        ),
    )
    targets = (
        Target(
            id="g1",
            task="t-aaaa01",
            indicator="预约诊疗率",
            relation="ge",
            value=80,
            unit="%",
            text="预约诊疗率达到80%以上",
            span=(28, 40),
        ),
        Target(
            id="g2",
            task="t-aaaa02",
            indicator="平均住院日",
            code="alos",
            relation="le",
            value=8,
            unit="天",
            baseline=9.2,
            text="平均住院日降至8天以下",
            span=(56, 68),
            deadline=Deadline(text="年底", end="2024-12-31"),
        ),
        Target(
            id="g3",
            task=None,
            indicator="医护比",
            relation="ge",
            value=1.6,
            unit="1:",
            text="医护比达到1:1.6",
            span=(150, 160),
        ),
    )
    document = Document(
        id="d-office",
        source="方案.docx",
        title="云溪县人民医院2024年重点工作实施方案",
        issuer="云溪县人民医院",
        date="2024-01-15",
        period=Period(start="2024-01-01", end="2024-12-31"),
        kind="plan",
        text_sha256="0" * 64,
    )
    return Plan(document=document, tasks=tasks, targets=targets, warnings=("第3页有一字未能复原",))


def hostile_plan() -> Plan:
    """A plan whose every printed string tries to be a formula, a tag or a path."""
    bad = HOSTILE
    task = Task(
        id="t-evil",
        number="=1+1",
        path=(bad, "../../etc"),
        title=bad,
        text=bad + '"; rm -rf / \x1b[31m\u202e]]>&amp;',
        span=(0, 9),
        lead=(Department(name="../../" + bad, text=bad, span=(0, 3)),),
        responsible=(dept("@SUM(A1)"),),
        support=(dept("+cmd|' /C calc'!A0"),),
        leaders=(Person(name=bad, role=bad),),
        deadline=Deadline(text="-2+3", end="2024-06-30"),
    )
    target = Target(
        id="g", task="t-evil", indicator=bad, relation="ge", value=1, unit="<b>", text=bad, span=(0, 2)
    )
    return Plan(
        document=Document(id="d-evil", source=bad, title=bad, issuer=bad),
        tasks=(task,),
        targets=(target,),
        warnings=(bad,),
    )


def big_plan(count: int) -> Plan:
    """A plan of ``count`` tasks of ordinary size over forty departments."""
    tasks, targets = [], []
    for k in range(count):
        month = k % 12 + 1
        tasks.append(
            Task(
                id=f"t-{k:06d}",
                number=f"{k // 20 + 1}/{k % 20 + 1}",
                path=("主要任务", f"专项{k // 20 + 1}"),
                title=f"推进第{k + 1}号改进事项",
                text=f"推进第{k + 1}号改进事项。梳理现行流程，明确责任分工，按月通报进度，确保合格率达到{60 + k % 40}%以上。",
                span=(k * 60, k * 60 + 50),
                lead=(dept(f"职能科室{k % 40 + 1:02d}"),),
                responsible=(dept(f"职能科室{(k + 7) % 40 + 1:02d}"),),
                support=(dept("各临床科室", group=True),) if k % 3 else (),
                deadline=Deadline(text=f"{month}月底前", end=f"2024-{month:02d}-28") if k % 5 else None,
            )
        )
        targets.append(
            Target(
                id=f"g-{k}",
                task=f"t-{k:06d}",
                indicator=f"第{k + 1}项合格率",
                relation="ge",
                value=60 + k % 40,
                unit="%",
                text="合格率",
            )
        )
    return Plan(
        document=Document(id="d-big", source="大方案.txt", title="重点工作任务分解方案"),
        tasks=tuple(tasks),
        targets=tuple(targets),
    )
