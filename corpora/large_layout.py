"""The printing habits of the large documents: how make_large.py lays out parts, sections and items.

A section is printed in one of the habits below, in turn, so that every part mixes several of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from make_large import Writer

NUMERALS = "一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
BRACKETS = ["（）", "()", "【】", "〔〕", "[]", "（）"]
HABITS = ["label", "phrase", "lines", "inherit", "multi", "block", "bare", "prose", "indicators"]


def mark(part: int, number: int) -> str:
    """Return the number of an item in the manner of its part."""
    styles = [
        f"{number}.",
        f"{number}、",
        CIRCLED[(number - 1) % 10],
        f"({number})",
        f"{number}．",
        f"（{number}）",
    ]
    return styles[part % len(styles)]


def sections_mark(part: int, number: int) -> str:
    """Return the number of a section in the manner of its part."""
    ordinal = NUMERALS[number - 1]
    return [f"（{ordinal}）", f"({ordinal})", f"第{ordinal}节　", f"（{ordinal}）"][part % 4]


def enclose(writer: Writer, part: int, inside: str) -> str:
    """Return the annotation in the brackets of the part, now and then unclosed or mixed."""
    left, right = tuple(BRACKETS[part % len(BRACKETS)])
    fate = writer.rng.random()
    return left + inside + ("" if fate < 0.04 else "］" if fate < 0.06 else right)


def fresh_items(writer: Writer, topic: dict[str, Any], many: int) -> list[list[str]]:
    """Return some items of a topic in random order."""
    return writer.rng.sample(topic["items"], min(many, len(topic["items"])))


def closing(writer: Writer, topic: dict[str, Any], part: int, habit: str) -> tuple[str, dict[str, Any]]:
    """Return a bracket annotation in the habit of the section and its gold."""
    style = habit if habit in ("label", "phrase", "bare") else "label"
    inside, fields = writer.annotation(topic, part, style, 0.6)
    return enclose(writer, part, inside), fields


def bracket_item(
    writer: Writer, topic: dict[str, Any], place: tuple[int, int], habit: str, item: list[str]
) -> None:
    """Print one item closed by a bracket; its gold text is heading and body; place is part and number."""
    part, number = place
    printed, fields = closing(writer, topic, part, habit)
    body, targets, text_deadline = writer.body(item, topic, dated="deadline" in fields)
    if text_deadline:
        fields["deadline"] = text_deadline
    stop = "：" if part == 3 else "。"
    text = item[0] + stop + body
    writer.line(mark(part, number) + text + printed)
    writer.add_task(text, item[0], fields, targets)


def multi_item(writer: Writer, topic: dict[str, Any], part: int, number: int, item: list[str]) -> None:
    """Print one item with two annotations: two tasks of one title."""
    left, right = tuple(BRACKETS[part % len(BRACKETS)])
    line, head = mark(part, number), item[0] + "。"
    for words, style in ((f"{item[1]}。", "bare"), (f"{item[2]}，{item[3]}", "label")):
        inside, fields = writer.annotation(topic, part, style, 0.5)
        targets = writer.quantity(writer.rng.choice(topic["rates"])) if style == "label" else []
        text = f"{words}，{targets[0]['text']}。" if targets else words
        line += head + text + left + inside + right
        writer.add_task(head + text, item[0], fields, targets)
        head = ""
    writer.line(line)


def line_item(writer: Writer, topic: dict[str, Any], part: int, number: int, item: list[str]) -> None:
    """Print heading, body and responsibilities on lines of their own."""
    roles = writer.roles(topic, "label")
    when, value = writer.deadline(0.6)
    body, targets, text_deadline = writer.body(item, topic, dated=value is not None)
    writer.line(mark(part, number) + item[0])
    writer.line(body)
    for field in writer.labelled(part, roles, when, "\n", "、").split("\n"):
        writer.line(field)
    deadline = value or text_deadline
    fields = {**roles, **({"deadline": deadline} if deadline else {})}
    writer.add_task(item[0] + "。" + body, item[0], fields, targets)


def inherit_section(writer: Writer, topic: dict[str, Any], part: int, heading: str, many: int) -> None:
    """Print the annotation on the heading; every fourth item or so has its own."""
    inside, inherited = writer.annotation(topic, part, "label", 0.5)
    left, right = tuple(BRACKETS[part % len(BRACKETS)])
    writer.line(heading + left + inside + right)
    for k, item in enumerate(fresh_items(writer, topic, many), 1):
        if writer.rng.random() < 0.25:
            bracket_item(writer, topic, (part, k), "phrase", item)
            continue
        body, targets, text_deadline = writer.body(item, topic, dated="deadline" in inherited)
        fields = {**inherited, **({"deadline": text_deadline} if text_deadline else {})}
        text = f"{item[0]}。{body}"
        writer.line(mark(part, k) + text)
        writer.add_task(text, item[0], fields, targets)


def block_section(writer: Writer, topic: dict[str, Any], part: int, heading: str, many: int) -> None:
    """Print the responsibility of all items below them: 以上任务由X牵头，Y配合."""
    writer.line(heading)
    roles = {**writer.roles(topic, "phrase"), "leaders": []}
    when, value = writer.deadline(0.5)
    if when == "长期坚持":
        when, value = "", None
    for k, item in enumerate(fresh_items(writer, topic, many), 1):
        body, targets, text_deadline = writer.body(item, topic, dated=value is not None)
        deadline = value or text_deadline
        text = f"{item[0]}。{body}"
        writer.line(mark(part, k) + text)
        writer.add_task(text, item[0], {**roles, **({"deadline": deadline} if deadline else {})}, targets)
    writer.line(f"（以上任务由{writer.phrase(roles, when)}）")


def prose_section(writer: Writer, topic: dict[str, Any], part: int, heading: str) -> None:
    """Print 由X牵头，Y配合，6月底前完成Z."""
    writer.line(heading)
    for k, act in enumerate(writer.rng.sample(topic["acts"], 4), 1):
        lead, support = writer.rng.choice(topic["lead"]), writer.rng.sample(topic["support"], 2)
        when, value = writer.deadline(1)
        while value is None or value["recurrence"] or value["start"]:
            when, value = writer.deadline(1)
        form = writer.rng.randrange(3)
        roles: dict[str, Any] = {"lead": [lead], "support": support}
        if form == 0:
            text = f"由{lead}牵头，{'、'.join(support)}配合，{when}{act}"
        elif form == 1:
            text = f"{lead}负责，{'、'.join(support)}协助，{when}{act}"
        else:
            text, roles = f"{when}，由{lead}负责{act}", {"responsible": [lead]}
        targets = writer.quantity(writer.rng.choice(topic["rates"])) if writer.rng.random() < 0.5 else []
        text += "".join("，" + t["text"] for t in targets) + "。"
        writer.line(mark(part, k) + text)
        writer.add_task(text, act, {**roles, "deadline": value}, targets)


def indicator_section(writer: Writer, topic: dict[str, Any], part: int, heading: str) -> None:
    """Print an indicator list, the departments in brackets."""
    writer.line(heading + "考核指标（括号内为责任科室）")
    signs = {
        "up": [("≥{}", "ge"), ("不低于{}", "ge"), ("{}以上", "ge")],
        "down": [("≤{}", "le"), ("<{}", "lt"), ("{}以内", "le")],
    }
    for k, (name, low, high, unit, direction) in enumerate(topic["rates"], 1):
        form, relation = writer.rng.choice(signs[direction])
        value = high if direction == "up" else low
        names = writer.rng.sample(topic["responsible"], writer.rng.choice([1, 2]))
        text = f"{name}：{form.format(f'{value:g}{unit}')}"
        writer.line(f"{mark(part, k)}{text}（{'、'.join(names)}）")
        target = {
            "indicator": name,
            "relation": relation,
            "value": value,
            "upper": None,
            "unit": unit,
            "text": text,
        }
        writer.add_task(text, name, {"responsible": names}, [target])


def section(writer: Writer, topic: dict[str, Any], part: int, number: int, habit: str) -> None:
    """Print one section in one habit."""
    heading = sections_mark(part, number) + topic["name"]
    many = writer.rng.choice([5, 6, 7])
    if habit == "inherit":
        return inherit_section(writer, topic, part, heading, many)
    if habit == "block":
        return block_section(writer, topic, part, heading, many)
    if habit == "prose":
        return prose_section(writer, topic, part, heading)
    if habit == "indicators":
        return indicator_section(writer, topic, part, heading)
    writer.line(heading)
    for k, item in enumerate(fresh_items(writer, topic, many), 1):
        if habit == "lines":
            line_item(writer, topic, part, k, item)
        elif habit == "multi" and k % 2:
            multi_item(writer, topic, part, k, item)
        else:
            bracket_item(writer, topic, (part, k), "label" if habit == "multi" else habit, item)
    return None


def goals(writer: Writer) -> None:
    """Print the goals of a part: targets of the whole plan, dated by the words that head them."""
    year = writer.spec.year
    clauses = [
        writer.quantity(r)
        for t in writer.rng.sample(writer.topics, 3)
        for r in writer.rng.sample(t["rates"], 1)
    ]
    writer.line(f"到{year}年底，" + "，".join(c[0]["text"] for c in clauses) + "。")
    dated = {"start": None, "end": f"{year}-12-31", "recurrence": None}
    writer.add_targets([{**t, "deadline": dated} for c in clauses for t in c])


def tail(writer: Writer, part: int) -> None:
    """Print stages and safeguards."""
    year = writer.spec.year
    writer.line("四、实施步骤")
    for k, (name, span, start, end, words) in enumerate(writer.frame["stages"]):
        text = f"{name}（{span.format(y=year)}）。{words}。"
        writer.line(f"（{NUMERALS[k]}）{text}")
        deadline = {"start": f"{year}-{start}", "end": f"{year}-{end}", "recurrence": None}
        writer.add_task(text, name, {"deadline": deadline}, [])
    writer.line("五、保障措施")
    for k, (name, words) in enumerate(writer.rng.sample(writer.frame["safeguards"], 3)):
        text = f"{name}。{words}。"
        topic = writer.rng.choice(writer.topics)
        inside, fields = writer.annotation(topic, part, "bare", 0)
        closed = writer.rng.random() < 0.6
        writer.line(f"（{NUMERALS[k]}）{text}" + (enclose(writer, part, inside) if closed else ""))
        writer.add_task(text, name, fields if closed else {}, [])


def compose(writer: Writer) -> None:
    """Print the whole compilation."""
    spec, rng = writer.spec, writer.rng
    writer.line(spec.title)
    writer.line(f"（{spec.issuer}办公室　{spec.year}年2月26日印发）\n")
    for part, site in enumerate(spec.sites):
        writer.fullwidth = part == 4
        writer.line(f"\n{spec.issuer}{site}{spec.year}年重点任务实施方案\n")
        past = rng.sample([r for t in writer.topics for r in t["rates"]], 3)
        facts = "，".join(f"{r[0]}为{r[1]:g}{r[3]}" for r in past)
        writer.line("一、工作背景")
        writer.line(f"{spec.year - 1}年，{site}{facts}，较上年均有改善，但与高质量发展要求相比仍有差距。")
        writer.line("二、工作目标")
        goals(writer)
        writer.line("三、重点任务")
        chosen = rng.sample(writer.topics, len(writer.topics))
        for k, topic in enumerate(chosen, 1):
            section(writer, topic, part, k, HABITS[(part * 4 + k - 1) % len(HABITS)])
            if part == 4 and k < 6:
                writer.line(f"— {part * 6 + k} —")
        tail(writer, part)
        writer.line(f"\n{spec.issuer}{site}办公室")
        writer.line(f"{spec.year}年2月{part + 10}日")
