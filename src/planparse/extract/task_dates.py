"""Which dates are a task's own: neither past, nor mere names of something, nor those of its targets."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.dates import Calendar, DateMention
from planparse.extract.quantities import Quantity

_OF_WORK = expression(r"的|(?:各项|重点|主要|总体)?(?:工作|任务|目标|计划|安排|部署|会议|例会)")
_ACHIEVED = expression(
    r"(?:完成|建成|实现|达到|投用|投入使用|启用|上线|竣工|完工|开工|通过验收|全部完成)(?!的|情况|时间|目标|任务)"
)
#: 完成时限|为上半年
_SET = ("限为", "间为", "期为", "点为")
#: before a quarter or half-year that names something, and the ends of one that is a time
_OBJECT_OF = frozenset("把与和对将就按以从")
#: acts that plan, begin or sum up a half-year
_PLANNED = ("启动", "做好", "抓好", "谋划", "部署", "安排", "推进", "落实", "兑现", "总结", "制定", "筹备")
_DEALT_WITH = (
    "完成",
    "编制",
    "汇总",
    "梳理",
    "上报",
    "报送",
    "提交",
    "公示",
    "公布",
    "通报",
    "分析",
    "开展",
    "做好",
    "组织",
    "核算",
    "统计",
    "发布",
)
_POINTS = ("前", "底", "末", "内", "初", "中")


def gone(mention: DateMention, calendar: Calendar) -> bool:
    """Whether a date lies before the plan's time, or before the day the report was issued: it was done."""
    if mention.end is None or mention.recurrence:
        return False
    if calendar.issued and mention.kind != "by" and mention.end <= calendar.issued:
        return True
    if calendar.closed and mention.kind != "by" and mention.end <= calendar.closed:
        return True
    if calendar.year is None or (
        calendar.start is None and mention.kind == "by" and mention.text.endswith("前")
    ):
        return False  # the year was guessed from what the text aims at: 2030年达到…, 2026年底前完成…
    first = min(calendar.year, int(calendar.start[:4]) if calendar.start else calendar.year)
    return int(mention.end[:4]) < first


def attributive(text: str, mention: DateMention) -> bool:
    """Whether a bare year only names something: 启动2024年第二批招聘, 完成2024年度预算, 做好下半年各项工作."""
    if (
        mention.kind == "in"
        and text[mention.span[0] - 1 : mention.span[0]] == "对"
        and not mention.text.endswith("前")
    ):
        return True  # 对年度内两次以上延迟供货的供应商启动约谈
    if (
        mention.kind == "in"
        and mention.grain in ("quarter", "half")
        and text[mention.span[0] - 1 : mention.span[0]] in _OBJECT_OF
        and not mention.text.endswith(_POINTS)
    ):
        return True  # 把四季度加班方案公示到位, 与三季度绩效挂钩
    start = mention.span[0]
    named = mention.text.endswith(("年", "年度")) and (
        mention.grain != "half" or text.endswith((*_DEALT_WITH, *_PLANNED), max(0, start - 2), start)
    )  # 谋划|下半年|招聘, but 输血科|上半年|推行联网
    if mention.kind != "in" or not (named or _OF_WORK.match(text, mention.span[1])):
        return False
    before = text[max(0, mention.span[0] - 1) : mention.span[0]]
    if before in ("和", "与", "及") and text[mention.span[0] - 2] in "年月日底末":
        return False  # 到2027年和2030年
    if text[max(0, mention.span[0] - 2) : mention.span[0]] in _SET:
        return False
    if _ACHIEVED.match(text, mention.span[1]):
        return False  # 总务部负责上半年|完成停车场扩建
    return "\u4e00" <= before <= "\u9fff" and before not in "在于到至自从"


def task_dates(
    text: str, dates: Sequence[DateMention], quantities: Sequence[Quantity], calendar: Calendar
) -> list[DateMention]:
    """Return the dates that are the task's: all that are printed in it, also its targets' own, and how often."""
    owned = {q.deadline.span for q in quantities if q.deadline is not None}
    live = [
        d
        for d in dates
        if not d.quoted and not gone(d, calendar) and (d.span in owned or not attributive(text, d))
    ]
    if any(d.kind == "by" and not d.recurrence for d in live):
        live = [d for d in live if d.span in owned or not is_object(text, d)]
    return [d for d in live if d.recurrence] + [d for d in live if not d.recurrence]


def is_object(text: str, mention: DateMention) -> bool:
    """Whether a quarter or half-year says which one the act deals with, beside the day by which: 周五前完成|一季度|成本预测."""
    if mention.kind != "in" or mention.grain not in ("quarter", "half") or mention.text.endswith(_POINTS):
        return False
    return text.endswith(_DEALT_WITH, max(0, mention.span[0] - 2), mention.span[0])
