"""The columns of the tidy frames: ASCII name, Chinese name, and type. One row of this table a column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Type = Literal["text", "category", "date", "integer", "number", "flag"]
Table = Literal["documents", "tasks", "targets", "departments", "failures"]

_WHOSE: tuple[tuple[str, str, Type], ...] = (
    ("document", "文件编码", "text"),
    ("issuer", "单位", "category"),
    ("year", "年份", "integer"),
)

#: table -> (ASCII name, Chinese name, type) of each column
TABLES: Mapping[Table, tuple[tuple[str, str, Type], ...]] = {
    "documents": (
        *_WHOSE,
        ("source", "文件", "text"),
        ("title", "标题", "text"),
        ("number", "文号", "text"),
        ("date", "发文日期", "date"),
        ("period_start", "期限起", "date"),
        ("period_end", "期限止", "date"),
        ("kind", "文种", "category"),
        ("script", "字体", "category"),
        ("characters", "字数", "integer"),
        ("tasks", "任务数", "integer"),
        ("targets", "指标数", "integer"),
        ("repairs", "修复数", "integer"),
    ),
    "tasks": (
        *_WHOSE,
        ("task", "任务编码", "text"),
        ("number", "编号", "text"),
        ("section", "所属章节", "text"),
        ("title", "重点任务", "text"),
        ("text", "具体举措", "text"),
        ("lead", "牵头科室", "text"),
        ("responsible", "责任科室", "text"),
        ("support", "配合科室", "text"),
        ("leaders", "责任领导", "text"),
        ("start", "开始日期", "date"),
        ("end", "截止日期", "date"),
        ("recurrence", "频次", "category"),
        ("targets", "指标数", "integer"),
        ("source", "来源", "category"),
        ("confidence", "置信度", "number"),
        ("span_start", "原文起", "integer"),
        ("span_end", "原文止", "integer"),
    ),
    "targets": (
        *_WHOSE,
        ("target", "指标编码", "text"),
        ("task", "任务编码", "text"),
        ("indicator", "指标", "text"),
        ("code", "指标代码", "category"),
        ("standard", "标准指标名", "category"),
        ("relation", "关系", "category"),
        ("value", "目标值", "number"),
        ("upper", "上限", "number"),
        ("unit", "单位名称", "category"),
        ("baseline", "基数", "number"),
        ("end", "截止日期", "date"),
        ("text", "原文", "text"),
        ("span_start", "原文起", "integer"),
        ("span_end", "原文止", "integer"),
    ),
    "departments": (
        *_WHOSE,
        ("task", "任务编码", "text"),
        ("role", "角色", "category"),
        ("name", "科室", "text"),
        ("code", "科室代码", "category"),
        ("standard", "标准科室名", "category"),
        ("category", "科室类别", "category"),
        ("group", "集合", "flag"),
        ("span_start", "原文起", "integer"),
        ("span_end", "原文止", "integer"),
    ),
    "failures": (("source", "文件", "text"), ("reason", "原因", "category"), ("message", "说明", "text")),
}

#: columns of answers, beside those of the tables
ANSWERS: Mapping[str, str] = {
    "lead": "牵头", "responsible": "责任", "support": "配合", "total": "合计", "month": "月份", "missing": "缺少",
    "hospitals": "单位数", "count": "次数", "lowest": "最低", "median": "中位数", "highest": "最高",
    "topic": "主题", "words": "主题词", "weight": "权重", "department": "科室",
}  # fmt: skip
