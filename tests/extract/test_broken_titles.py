from __future__ import annotations

import pytest

from planparse import extract

BODY = "\n一、主要任务\n1.推进日间手术。（责任科室：医务科）\n2.加强基础护理。（责任科室：护理部）"
BROKEN = {
    "a word broken": ("澄川市第一医院2024年度重点工作要\n点", "plan"),
    "a word broken, a blank line between": ("澄川市第一医院提升患者体验工作要\n\n点", "plan"),
    "before the last word": ("澄川市第一医院改善就医感受实施\n方案", "plan"),
    "the type in two lines": ("澄川市第一医院2024年深化改革工作任务责任\n分解", "assignment"),
    "关于 in the line above": ("关于印发澄川市第一医院改善就医感受\n提升患者体验实施方案的通知", "plan"),
    "three lines": ("澄川市第一医院提升患者体验\n（2024—2026年）\n实施方案", "plan"),
}


@pytest.mark.parametrize(("title", "kind"), BROKEN.values(), ids=BROKEN)
def test_a_title_broken_across_lines_is_joined(title, kind):
    document = extract(title + BODY).document
    assert document.title == title.replace("\n", "")
    assert document.kind == kind
    assert document.kind == extract(title.replace("\n", "") + BODY).document.kind


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ("澄川市第一医院2024年工作要点\n重点工作实施方案", "澄川市第一医院2024年工作要点"),
        ("澄川市第一医院\n2024年度重点工作要点", "2024年度重点工作要点"),
        ("澄川市第一医院2024年工作要点\n办公室", "澄川市第一医院2024年工作要点"),
    ],
)
def test_a_whole_title_takes_no_line_more(front, title):
    assert extract(front + BODY).document.title == title


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "白鹭市第四人民医院文件\n白四医发〔2025〕31号\n关于印发2025年清廉医院建设实施方案的通知",
            "关于印发2025年清廉医院建设实施方案的通知",
        ),
        (
            "白鹭市第四人民医院\n文件\n白四医发〔2025〕31号\n关于做好2025年重点工作的通知",
            "白鹭市第四人民医院关于做好2025年重点工作的通知",
        ),
        ("急诊科招标文件", "急诊科招标文件"),
    ],
)
def test_a_red_head_is_no_title(head: str, title: str) -> None:
    plan = extract(f"{head}\n各科室：\n一、重点任务\n1.推进日间手术。（牵头科室：医务科）")
    assert plan.document.title == title
