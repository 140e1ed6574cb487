"""The forms of generated documents: plan, work points, meeting, tables, rectification, news.

A form prints into a Writer and returns the document's kind; the function that prints makes the gold.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from large_layout import BRACKETS, HABITS, NUMERALS, goals, section, tail
from make_large import LABELS, Writer

Said = dict[str, list[str]]
_HEADS = [
    ("序号", "重点任务", "工作措施", "牵头科室", "配合科室", "完成时限"),
    ("序号", "任务名称", "主要内容", "主责部门", "协同部门", "时间节点"),
    ("编号", "工作任务", "具体举措", "责任科室", "协办科室", "完成时间"),
    ("序号", "项目", "建设内容", "归口科室", "参与科室", "时限"),
]


def plan(writer: Writer, subject: str, said: Said) -> str:
    """Print a plan of two or three sections in printing habits of the large documents."""
    spec, rng = writer.spec, writer.rng
    writer.line(f"{spec.issuer}{spec.year}年{subject}实施方案\n")
    writer.line(rng.choice(said["background"]))
    writer.line("一、指导思想\n" + "".join(rng.sample(said["background"], 2)))
    writer.line("二、工作目标")
    goals(writer)
    writer.line("三、重点任务")
    part = rng.randrange(4)
    for k, topic in enumerate(rng.sample(writer.topics, rng.choice([2, 3])), 1):
        section(writer, topic, part, k, rng.choice(HABITS))
    tail(writer, part)
    return "plan"


def points(writer: Writer, subject: str, said: Said) -> str:
    """Print work points: numbered items without annotation, full of quantities."""
    spec, rng = writer.spec, writer.rng
    writer.line(f"{spec.issuer}{spec.year}年工作要点\n")
    writer.line(
        f"{spec.year - 1}年，"
        + "，".join(
            f"{r[0]}为{r[1]:g}{r[3]}" for r in rng.sample([r for t in writer.topics for r in t["rates"]], 3)
        )
        + "。"
    )
    for k, topic in enumerate(rng.sample(writer.topics, 3)):
        writer.line(f"{NUMERALS[k]}、{topic['name']}")
        plain = [
            item for item in topic["items"] if "由" not in "".join(item)
        ]  # 由X in the text would give a role
        for j, item in enumerate(rng.sample(plain, min(3, len(plain))), 1):
            body, targets, deadline = writer.body(item, topic, dated=False)
            text = f"{item[0]}。{body}"
            writer.line(f"{j}.{text}")
            writer.add_task(text, item[0], {"deadline": deadline} if deadline else {}, targets)
    return "plan"


def _directive(
    writer: Writer, topic: dict[str, Any], act: str
) -> tuple[str, dict[str, Any], list[dict[str, Any]]]:
    """Return a directive's words, its gold fields, and its targets."""
    rng = writer.rng
    when, value = writer.deadline(1)
    while value is None or value["recurrence"] or value["start"]:
        when, value = writer.deadline(1)
    lead, other = rng.choice(topic["lead"]), rng.choice(topic["support"])
    forms = [
        (f"{lead}要{when}{act}", {"responsible": [lead]}),
        (f"由{lead}牵头，{other}配合，{when}{act}", {"lead": [lead], "support": [other]}),
        (f"{lead}负责{when}{act}", {"responsible": [lead]}),
        (f"{lead}、{other}要抓紧工作，{when}{act}", {"responsible": [lead, other]}),
        (f"{when}，{lead}须{act}", {"responsible": [lead]}),
    ]
    text, roles = rng.choice(forms)
    targets = writer.quantity(rng.choice(topic["rates"])) if rng.random() < 0.35 else []
    return text + "".join("，" + t["text"] for t in targets), {**roles, "deadline": value}, targets


def meeting(writer: Writer, subject: str, said: Said) -> str:
    """Print a meeting report: who came, what was, then directives one after another, slogans between."""
    spec, rng = writer.spec, writer.rng
    day = f"{rng.randint(1, 2)}月{rng.randint(3, 27)}日"
    writer.line(f"{spec.issuer}召开{subject}推进会\n")
    writer.line(
        f"{spec.year}年{day}，{spec.issuer}召开{subject}推进会，领导班子成员、各科室负责人参加，会议由{spec.people[0]}主持。"
    )
    writer.line("".join(rng.sample(said["report"], 3)))
    for who in spec.people[1 : rng.choice([3, 4])]:
        marks = rng.choice(
            [
                ["一是", "二是", "三是", "四是"],
                ["第一，", "第二，", "第三，", "第四，"],
                ["一要抓落实。", "二要抓督办。", "三要抓考核。"],
                [],
            ]
        )
        topic = rng.choice(writer.topics)
        acts = rng.sample(topic["acts"], 3)
        stop = "；" if marks and rng.random() < 0.5 else "。"
        line = f"　　{who}{rng.choice(['强调', '要求', '指出'])}，{rng.choice(said['slogan'])}"
        for k, act in enumerate(acts):
            text, fields, targets = _directive(writer, topic, act)
            head = marks[k] if marks else ""
            line += head + text + (stop if k < 2 else "。")
            extra = head[2:] if head.endswith("。") else ""
            writer.add_task(extra + text, None, fields, targets)
            if not marks and rng.random() < 0.4:
                line += rng.choice(said["slogan"])
        writer.line(line)
    writer.line("　　" + "".join(rng.sample(said["slogan"], 2)))
    return "meeting"


def _rows(writer: Writer, count: int) -> list[tuple[str, str, str, str, str]]:
    """Return table rows and record their gold."""
    rng = writer.rng
    rows = []
    for _ in range(count):
        topic = rng.choice(writer.topics)
        free = [i for i in topic["items"] if not any(i[0] == r[0] for r in rows)]
        item = rng.choice(free)
        targets = writer.quantity(rng.choice(topic["rates"])) if rng.random() < 0.6 else []
        text = "，".join([item[1], *(t["text"] for t in targets)])
        lead, support = rng.choice(topic["lead"]), rng.sample(topic["support"], rng.choice([1, 2]))
        when, value = writer.deadline(0.9)
        rows.append((item[0], text, lead, "、".join(support), when))
        fields: dict[str, Any] = {"support": support, **({"deadline": value} if value else {})}
        writer.add_task(text, item[0], {**fields, "lead": [lead]}, targets)
    return rows


def table(writer: Writer, subject: str, said: Said) -> str:
    """Print an assignment table: tabs, Markdown, or one cell a line."""
    spec, rng = writer.spec, writer.rng
    head = rng.choice(_HEADS)
    writer.line(f"{spec.issuer}{spec.year}年{subject}任务分解表\n")
    rows = _rows(writer, rng.randint(5, 9))
    if head[3] == "责任科室":
        for task in writer.tasks:
            task["responsible"], task["lead"] = task["lead"], []
    printed = [head, *((str(k), *row) for k, row in enumerate(rows, 1))]
    form = rng.choice(["tab", "tab", "pipe"])
    for k, cells in enumerate(printed):
        writer.line("\t".join(cells) if form == "tab" else "| " + " | ".join(cells) + " |")
        if form == "pipe" and k == 0:
            writer.line("| " + " | ".join("---" for _ in cells) + " |")
    return "assignment"


def rectify(writer: Writer, subject: str, said: Said) -> str:
    """Print a rectification list: problem, measure, department and time on lines of their own."""
    spec, rng = writer.spec, writer.rng
    words = rng.choice(
        [
            ("整改措施", "责任科室", "整改时限"),
            ("整改举措", "责任部门", "完成时限"),
            ("整改任务", "牵头科室", "整改期限"),
        ]
    )
    writer.line(f"{spec.issuer}关于{subject}检查反馈问题的整改方案\n（{spec.year}年3月12日）\n")
    writer.line(rng.choice(said["background"]))
    for k in range(rng.randint(4, 7)):
        topic = rng.choice(writer.topics)
        item, problem = rng.choice(topic["items"]), rng.choice(topic["items"])
        targets = writer.quantity(rng.choice(topic["rates"])) if rng.random() < 0.5 else []
        text = "；".join([item[1], item[2]]) + "".join("，" + t["text"] for t in targets) + "。"
        if any(task["text"][:14] == text[:14] for task in writer.tasks):
            continue
        names = rng.sample(topic["responsible"], rng.choice([1, 2]))
        when, value = writer.deadline(1)
        writer.line(f"问题{k + 1}：{problem[0]}不到位，{problem[1]}落实不够。")
        writer.line(f"{words[0]}：{text}\n{words[1]}：{'、'.join(names)}\n{words[2]}：{when}\n")
        role = "lead" if words[1].startswith("牵头") else "responsible"
        writer.add_task(text, None, {role: names, **({"deadline": value} if value else {})}, targets)
    return "assignment"


def news(writer: Writer, subject: str, said: Said) -> str:
    """Print news without a task: reports, praise, slogans, and acts of last year."""
    spec, rng = writer.spec, writer.rng
    topic = rng.choice(writer.topics)
    writer.line(f"凝心聚力谱新篇 {subject}结硕果\n——{spec.issuer}工作侧记\n")
    done = "；".join(
        f"圆满{act}" if act.startswith("完成") else f"先后{act}" for act in rng.sample(topic["acts"], 3)
    )
    facts = "，".join(f"{r[0]}由{r[1]:g}{r[3]}变为{r[2]:g}{r[3]}" for r in rng.sample(topic["rates"], 2))
    lines = [
        "".join(rng.sample(said["report"], 4)),
        f"据介绍，过去一年，医院{done}，{facts}。",
        "".join(rng.sample(said["slogan"], 3)),
    ]
    rng.shuffle(lines)
    for line in lines:
        writer.line("　　" + line)
    return "news"


def prose(writer: Writer, subject: str, said: Said) -> str:
    """Print an unnumbered arrangement: paragraphs closed by a bracket of responsibility."""
    spec, rng = writer.spec, writer.rng
    writer.line(f"{spec.issuer}关于{spec.year}年{subject}的工作安排\n")
    writer.line("".join(rng.sample(said["background"], 2)))
    left, right = tuple(rng.choice(BRACKETS))
    words = rng.choice(LABELS)
    for _ in range(rng.randint(4, 7)):
        topic = rng.choice(writer.topics)
        item = rng.choice(topic["items"])
        body, targets, _deadline = writer.body(item, topic, dated=True)
        text = f"{item[0]}。{body}"
        if any(task["text"][:10] == text[:10] for task in writer.tasks):
            continue
        roles = {"lead": [rng.choice(topic["lead"])], "responsible": rng.sample(topic["responsible"], 2)}
        when, value = writer.deadline(0.7)
        inside = f"{words[0]}：{roles['lead'][0]}；{words[1]}：{'、'.join(roles['responsible'])}" + (
            f"；{words[4]}：{when}" if when else ""
        )
        writer.line(f"{text}{left}{inside}{right}")
        writer.add_task(text, item[0], {**roles, **({"deadline": value} if value else {})}, targets)
    return "plan"


def ignored(writer: Writer) -> list[str]:
    """Return the quantities that count neither way: none is printed by these forms."""
    return []


FORMS: dict[str, Callable[[Writer, str, Said], str]] = {
    "plan": plan, "meeting": meeting, "table": table, "points": points, "rectify": rectify, "news": news, "prose": prose,
}  # fmt: skip
