"""Hostile text ends, in time that grows with its length."""

from __future__ import annotations

import time
from functools import partial

import pytest
from growth import assert_linear

from planparse import extract

HOSTILE = {
    "opening brackets": "（",
    "annotations": "推进工作（牵头科室：医务科）",
    "digits": "7",
    "labels": "责任科室：",
    "labels in brackets": "（责任科室：",
    "pairs": "（）",
    "departments": "医务科、",
    "departments led": "医务科牵头",
    "numbers": "1.",
    "chapters": "一、",
    "tabs": "\t",
    "bars": "|",
    "blanks": " ",
    "wide blanks": "　",
    "lines": "\n",
    "heads one a line": "序号\n任务\n责任科室\n",
    "heads with commas": '序号,任务,责任科室,时限\n1,"',
    "heads with blanks": "序号 任务 责任科室 时限\n1 甲 医务科\n",
    "heads and numbers": "序号\n任务\n责任科室\n1\n2\n",
    "dates": "2024年6月底前",
    "ranges": "10%—",
    "comparators": "不低于",
    "enumerators": "一是",
    "demands": "医务科要",
    "demands asked": "要求医务科",
    "items one a line": "要求：\n一是组织检查；\n",
    "demanded lists": "要抓好工作：组织检查；",
    "persons of departments": "医务科（责任人：王芳）要",
    "names of acts": "组织检查；由医务科负责，",
    "questions": "?",
    "glosses": "醫(yī)",
    "quotes": "“",
    "dashes": "——",
    "above": "以上任务由",
    "ditto": "〃\t",
    "commas": "，",
    "stops": "。",
    "months": "1月：",
    "stars": "*",
    "arrows": "甲 → ",
    "arrows and words": "创建中心，确保质量 -> ",
    "labels without colon": "责任科室 医务科 ",
    "issue days": "松山医院\n2024年3月8日",
    "marks of progress": "整改情况：已完成。",
    "bare names": "，王芳要",
    "labelled lines": "\n【措施】完善制度",
    "labelled cells": "\n事项：甲｜措施：乙｜主责：医务科",
    "labels on a line": "措施：甲｜主责：乙｜",
    "dashed lines": "\n——医务科牵头",
    "aims of blocks": "\n整改目标：达到90%\n整改措施：培训\n2.",
    "heading bullets": "\n●任务\n◆推进",
    "acts in a list": "组建团队、",
    "stems": "\n甲、",
    "units in a list": "、乡镇卫生院每月",
    "notes on order": "（医务科、院办负责，列第一位者为牵头，下同）",
    "bases in brackets": "≥9%（目前8%）、",
    "years in pairs": "到2027年和2030年，率达到3%和4%、",
    "bare numbers": "1继续\n2加强\n3提高\n",
    "headings with brackets": "\n3 任务（责任",
    "heads in blocks": "序号\n任务\n责任科室\n\n",
    "heads on one line": "序号  任务  责任科室  ",
    "departments that host": "药械部主办、总务部协办、",
    "roles said with their label": "牵头部门为医务科，",
    "leaders said with their label": "副院长周明为分管领导，",
    "remarks between demands": "一是医务科要检查。丢人。",
    "what actors are": "医务科是第一责任人，每月要",
    "who sends letters": "县卫生局下发通知，要求",
    "justified labels": "\n时    限：甲",
    "marks of repetition": "\n〃\n同上",
    "headings in brackets": "\n【工作目标】甲。【工作措施】",
    "glued headings": "\n一、强化1.推进\n2.",
    "preambles": "\n特制定计划如下：",
    "notices": "\n本文档由用户上传，下载",
    "bare headings": "\n优化急诊流程\n完善分级救治制度。",
    "bare headings with roles": "\n优化急诊流程\n牵头科室：医务科\n完善制度。",
    "annotations that open lines": "\n〔牵头科室：医务科〕完善分级救治制度。",
    "headings in boxes": "\n【优化急诊流程】完善制度。（医务科）",
    "contents": "目录\n一、总体要求……1\n二、重点任务\n",
    "institutions": "\n临湖县卫生健康局",
    "thanks": "\n欢迎干部群众和社会各界监督",
    "breadcrumbs": "\n位置：首页>甲>",
}


def _seconds(piece: str, size: int) -> float:
    text = "一、重点任务\n1." + piece * (size // len(piece))
    begin = time.process_time()
    extract(text)
    return time.process_time() - begin


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_linear(name: str) -> None:
    assert_linear(partial(_seconds, HOSTILE[name]), 6_000)


#: what grows with the parts, dates and actors of one single item
LONG_ITEMS = {
    "annotated parts": "推进工作。扩大病种（牵头科室：医务科；完成时限：2024年6月底前）",
    "dates": "2024年6月底前、",
    "short acts": "医务科要查，",
    "actors": "序号 任务 责任科室 时限\n1 甲 医务科\n",
}


@pytest.mark.parametrize("name", LONG_ITEMS)
def test_one_long_item_is_linear(name: str) -> None:
    assert_linear(partial(_seconds, LONG_ITEMS[name]), 30_000, times=8)
