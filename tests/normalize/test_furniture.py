from __future__ import annotations

from planparse.normalize.furniture import furniture
from planparse.rulebook import default_rules

PAGE = """首页 > 新闻中心 > 正文
云川市第二医院召开工作推进会
来源：宣传科 作者：白露 浏览次数：128
文/白露 图/宣传科
会议要求，各科室要抓好落实。
（通讯员 白露）
第 1 页 共 2 页
责编：何方
【打印】【关闭】"""


def test_lines_that_are_no_text_are_found_whole():
    found = [PAGE[start:end] for start, end in furniture(PAGE, default_rules())]
    lines = PAGE.split("\n")
    assert found == [lines[0], *lines[2:4], *lines[5:]]


def test_spans_leave_out_indentation():
    text = "正文。\n      — 2 —  \n正文。"
    assert [text[start:end] for start, end in furniture(text, default_rules())] == ["— 2 —"]


def test_annotations_and_long_lines_are_text():
    text = "（医务科）\n牵头部门：医务部\n" + "责编：" + "何" * 200
    assert furniture(text, default_rules()) == []
