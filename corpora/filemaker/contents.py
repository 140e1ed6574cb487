"""What the awkward files say: a few small plans with the gold of their records, all invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Item:
    """One task: what is printed, and what a reader must find."""

    title: str
    measure: str
    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    due: str = ""
    deadline: dict[str, Any] | None = None
    targets: tuple[dict[str, Any], ...] = ()

    def annotation(self) -> str:
        """Return the bracket that closes the task in running text."""
        parts = [
            f"{label}：{'、'.join(names)}"
            for label, names in (
                ("牵头科室", self.lead),
                ("责任科室", self.responsible),
                ("配合科室", self.support),
                ("责任领导", self.leaders),
            )
            if names
        ]
        return "（" + "；".join(parts + ([f"完成时限：{self.due}"] if self.due else [])) + "）"

    def gold(self, number: int, *, as_row: bool) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Return the gold task and its targets; a row's text is its measure, an item's its heading and body."""
        task: dict[str, Any] = {
            "text": self.measure.replace("\n", "") if as_row else f"{self.title}。{self.measure}",
            "title": self.title,
            "lead": list(self.lead),
            "responsible": list(self.responsible),
            "support": list(self.support),
            "leaders": list(self.leaders),
        }
        if self.deadline:
            task["deadline"] = self.deadline
        return task, [{"task": number, **target} for target in self.targets]


def end(day: str, start: str | None = None, recurrence: str | None = None) -> dict[str, Any]:
    """Return a gold deadline."""
    return {"start": start, "end": day or None, "recurrence": recurrence}


def target(indicator: str, relation: str, value: float, unit: str, text: str, **more: Any) -> dict[str, Any]:
    """Return a gold target."""
    return {"indicator": indicator, "relation": relation, "value": value, "unit": unit, "text": text, **more}


@dataclass(frozen=True)
class Content:
    """A document: title, the lines before its items, its items, the lines behind them."""

    title: str
    before: tuple[str, ...]
    items: tuple[Item, ...]
    behind: tuple[str, ...] = ()
    more_targets: tuple[dict[str, Any], ...] = field(default=())

    def gold(self, file: str, *, as_rows: bool, kind: str = "plan") -> dict[str, Any]:
        """Return the gold record of the document in a file."""
        tasks, targets = [], list(self.more_targets)
        for number, item in enumerate(self.items):
            task, own = item.gold(number, as_row=as_rows)
            tasks.append(task)
            targets.extend(own)
        return {"file": file, "kind": kind, "script": "simplified", "tasks": tasks, "targets": targets}


STROKE = Content(
    "沁岭市第三医院卒中中心建设2025年度任务分解表",
    ("沁岭三院发〔2025〕21号",),
    (
        Item(
            "优化院前衔接",
            "与急救分站共享患者信息，院前预警接收率达到90%以上",
            ("急诊科",),
            (),
            ("信息科",),
            ("韦一舟",),
            "2025年6月底前",
            end("2025-06-30"),
            (target("院前预警接收率", "ge", 90, "%", "院前预警接收率达到90%以上"),),
        ),
        Item(
            "缩短救治时间",
            "设置卒中专用通道，静脉溶栓用药时间中位数不超过38分钟",
            ("神经内科",),
            (),
            ("影像科", "检验科"),
            ("韦一舟",),
            "2025年9月30日前",
            end("2025-09-30"),
            (target("静脉溶栓用药时间中位数", "le", 38, "分钟", "静脉溶栓用药时间中位数不超过38分钟"),),
        ),
        Item(
            "开展取栓培训",
            "选派介入医师进修4人次",
            ("神经外科",),
            (),
            ("人事科",),
            ("韦一舟",),
            "第三季度",
            end("2025-09-30"),
            (target("选派介入医师进修", "eq", 4, "人次", "选派介入医师进修4人次"),),
        ),
        Item(
            "加强随访管理",
            "建立出院患者随访档案，三个月随访率不低于85%",
            ("康复科",),
            (),
            ("护理部",),
            ("甘梓萱",),
            "2025年底",
            end("2025-12-31"),
            (target("三个月随访率", "ge", 85, "%", "三个月随访率不低于85%"),),
        ),
    ),
    ("注：牵头科室对任务完成情况负总责。",),
)

ENERGY = Content(
    "临沣县中医院2025年节能降耗实施方案",
    ("临沣县中医院", "为降低运行成本，建设节约型医院，结合医院实际，制定本方案。"),
    (
        Item(
            "更换照明灯具",
            "将门诊楼和病房楼灯具更换为节能灯，照明用电下降12%",
            (),
            ("总务科",),
            (),
            (),
            "2025年5月底前",
            end("2025-05-31"),
            (target("照明用电", "decrease_by", 12, "%", "照明用电下降12%"),),
        ),
        Item(
            "改造供热管网",
            "对老旧管网分段检修，管网漏损率控制在6%以内",
            ("基建科",),
            (),
            ("总务科", "财务科"),
            ("贺兰亭",),
            "2025年10月15日前",
            end("2025-10-15"),
            (target("管网漏损率", "le", 6, "%", "管网漏损率控制在6%以内"),),
        ),
        Item(
            "规范空调使用",
            "办公区域夏季空调温度不低于26摄氏度，安排专人巡查",
            (),
            ("保卫科", "各科室"),
            (),
            (),
            "长期坚持",
            end("", recurrence="continuous"),
            (
                target(
                    "办公区域夏季空调温度",
                    "ge",
                    26,
                    "摄氏度",
                    "办公区域夏季空调温度不低于26摄氏度",
                    optional=True,
                ),
            ),
        ),
        Item(
            "推行无纸办公",
            "上线电子公文系统，打印纸采购量减少三成",
            ("院办公室",),
            (),
            ("信息科",),
            ("贺兰亭",),
            "年内",
            end("2025-12-31"),
            (target("打印纸采购量", "decrease_by", 30, "%", "打印纸采购量减少三成"),),
        ),
    ),
    ("2025年2月18日",),
)

NURSING = Content(
    "澧原市人民医院2025年优质护理服务工作方案",
    ("澧原市人民医院", "为深化优质护理服务，改善患者体验，制定本方案。"),
    (
        Item(
            "落实责任制护理",
            "实行责任护士包干，每名责任护士分管患者不超过8人",
            ("护理部",),
            ("各临床科室",),
            (),
            (),
            "2025年3月底前",
            end("2025-03-31"),
            (target("每名责任护士分管患者", "le", 8, "人", "每名责任护士分管患者不超过8人"),),
        ),
        Item(
            "延伸护理服务",
            "开通网上预约上门护理，服务项目由8项增加到15项",
            ("护理部",),
            (),
            ("信息科", "门诊部"),
            ("欧阳岚",),
            "2025年上半年",
            end("2025-06-30"),
            (target("服务项目", "ge", 15, "项", "服务项目由8项增加到15项", baseline=8),),
        ),
        Item(
            "提升专科能力",
            "培养专科护士12名，专科护士持证率达到70%",
            ("护理部",),
            (),
            ("科教科",),
            ("欧阳岚",),
            "2025年11月底前",
            end("2025-11-30"),
            (
                target("专科护士", "eq", 12, "名", "培养专科护士12名"),
                target("专科护士持证率", "ge", 70, "%", "专科护士持证率达到70%"),
            ),
        ),
    ),
    ("澧原市人民医院办公室", "2025年1月20日"),
)
