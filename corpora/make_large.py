"""Compose the two large authored documents, with their gold by construction.

    python corpora/make_large.py            rewrites a14 (train) and a24 (test) below corpora/authored

Every sentence comes from large_banks.toml, written for the project; a topic is used by one document
only. What is printed and what the gold says are made by the same function, so that neither can drift.
The same seed gives the same bytes.
"""

from __future__ import annotations

import dataclasses
import json
import pathlib
import random
import tomllib
from typing import Any

HERE = pathlib.Path(__file__).parent
FULLWIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789%"}

# the words of one part's annotations: lead, responsible, support, leader, deadline
LABELS = [
    ("牵头科室", "责任科室", "配合科室", "分管领导", "完成时限"),
    ("主责", "承办", "协办", "包保领导", "时限"),
    ("牵头部门", "责任部门", "协同部门", "责任领导", "完成时间"),
    ("牵头", "责任", "配合", "责任人", "时限"),
    ("归口科室", "落实科室", "参与科室", "牵头领导", "完成时限"),
    ("牵头单位", "责任单位", "协办单位", "分管院领导", "完成时限"),
]
DEADLINES = [  # printed, start, end, recurrence; {y} is the plan year
    ("{y}年6月底前", None, "06-30", None),
    ("9月30日前", None, "09-30", None),
    ("第三季度", None, "09-30", None),
    ("上半年", None, "06-30", None),
    ("10月上旬", None, "10-10", None),
    ("8月中旬", None, "08-20", None),
    ("年底前", None, "12-31", None),
    ("长期坚持", None, None, "continuous"),
    ("{y}.11.30", None, "11-30", None),
    ("{y}年4月—10月", "04-01", "10-31", None),
    ("{y}/5/20前", None, "05-20", None),
    ("二季度末", None, "06-30", None),
]


@dataclasses.dataclass(frozen=True)
class Spec:
    """What tells the two documents apart: names, year, seed, order of habits."""

    slug: str
    split: str
    seed: int
    year: int
    issuer: str
    title: str
    sites: tuple[str, ...]
    people: tuple[str, ...]


SPECS = [
    Spec(
        "a14-large-compilation", "train", 20240, 2024, "杉湖市医疗集团",
        "杉湖市医疗集团2024年重点任务分解方案汇编",
        ("总院", "河东院区", "河西院区", "高新院区", "老年病院区", "口腔院区", "康复院区", "龙尾社区院区", "会展院区"),
        ("宿向川", "骆一鸿", "费清远", "卓文绮", "祁北辰", "车晓岚"),
    ),
    Spec(
        "a24-large-compilation", "test", 20251, 2025, "望舒市医院管理中心",
        "望舒市医院管理中心2025年度重点工作责任分工汇编",
        ("第一直属院", "第二直属院", "第三直属院", "儿童分院", "肿瘤分院", "骨科分院", "北城分院", "航空港分院", "口腔分院", "康养分院"),
        ("闵伯言", "阎书宁", "戚若谷", "邰敏之", "钟离越", "倪嘉木"),
    ),
]  # fmt: skip


def number_text(value: float) -> str:
    """Return 12 or 1.5 as printed, without a useless zero."""
    return f"{value:g}"


class Writer:
    """Collects the lines of one document and the gold that belongs to them."""

    def __init__(self, spec: Spec, topics: list[dict[str, Any]], frame: dict[str, Any]) -> None:
        """Start an empty document."""
        self.spec, self.topics, self.frame = spec, topics, frame
        self.rng = random.Random(spec.seed)
        self.lines: list[str] = []
        self.tasks: list[dict[str, Any]] = []
        self.targets: list[dict[str, Any]] = []
        self.fullwidth = False

    def line(self, text: str) -> None:
        """Print one line."""
        self.lines.append(text.translate(FULLWIDTH) if self.fullwidth else text)

    def date(self, day: str | None) -> str | None:
        """Return the ISO date of a day of the plan year."""
        return None if day is None else f"{self.spec.year}-{day}"

    # -- quantities

    def quantity(self, rate: list[Any]) -> list[dict[str, Any]]:
        """Return the targets of one printed clause; all of them carry the same words."""
        name, low, high, unit, direction = rate
        digits = 2 if high <= 0.5 else 1 if high <= 6 or low != int(low) else 0
        value = round(self.rng.uniform(low + (high - low) * 0.3, high), digits)
        v, pick, extra = number_text(value), self.rng.random(), {}
        if direction == "up":
            forms = [("ge", "达到{}以上"), ("ge", "不低于{}"), ("ge", "提高到{}"), ("ge", "≥{}"), ("gt", "超过{}"),
                     ("gt", "高于{}"), ("about", "稳定在{}左右")]  # fmt: skip
        else:
            forms = [("le", "控制在{}以内"), ("le", "不超过{}"), ("le", "≤{}"), ("le", "降至{}以下"), ("lt", "低于{}"),
                     ("lt", "小于{}"), ("about", "控制在{}左右")]  # fmt: skip
        relation, form = self.rng.choice(forms)
        text, upper = name + form.format(v + unit), None
        if pick < 0.12:
            base = round(value * 0.8 if direction == "up" else value * 1.4, digits)
            verb, relation = ("提高到", "ge") if direction == "up" else ("降至", "le")
            text = f"{name}由{number_text(base)}{unit}{verb}{v}{unit}"
            if base != value:
                extra = {"baseline": base}
            else:
                text = f"{name}{verb}{v}{unit}"
        elif pick < 0.24:
            value = self.rng.randint(2, 15)
            step = f"{value}个百分点" if unit == "%" and direction == "up" else f"{value}%"
            unit = "个百分点" if "个" in step else "%"
            relation = "increase_by" if direction == "up" else "decrease_by"
            text = name + ("提高" if direction == "up" else "下降") + step
        elif pick < 0.32 and digits == 0 and direction == "up":
            upper, relation = value + 2, "between"
            sign = self.rng.choice(["—", "至", "~"])
            text = f"{name}保持在{v}{unit}{sign}{number_text(upper)}{unit}"
        target = {"indicator": name, "relation": relation, "value": value, "upper": upper, "unit": unit}
        return [{**target, "text": text, **extra}]

    def paired(self, rate: list[Any]) -> list[dict[str, Any]]:
        """Return a clause of paired years: two targets, each with its own deadline."""
        name, low, high, unit, direction = rate
        first, second = (low, high) if direction == "up" else (high, low)
        verb, relation = ("达到", "ge") if direction == "up" else ("控制在", "le")
        tail = "" if direction == "up" else "以内"
        years = (self.spec.year, self.spec.year + 1)
        text = f"{years[0]}年、{years[1]}年{name}分别{verb}{first:g}{unit}、{second:g}{unit}{tail}"
        base = {"indicator": name, "relation": relation, "upper": None, "unit": unit, "text": text}
        dates = [{"start": None, "end": f"{y}-12-31", "recurrence": None} for y in years]
        return [{**base, "value": v, "deadline": d} for v, d in zip((first, second), dates, strict=True)]

    def count(self, entry: list[Any]) -> list[dict[str, Any]]:
        """Return a count of things to be produced."""
        verb, noun, low, high, unit = entry
        value = self.rng.randint(low, high)
        relation, middle = self.rng.choice([("eq", ""), ("eq", ""), ("ge", "不少于")])
        base = {"indicator": noun, "relation": relation, "value": value, "upper": None, "unit": unit}
        return [{**base, "text": f"{verb}{noun}{middle}{value}{unit}"}]

    def clauses(self, topic: dict[str, Any], many: int) -> list[list[dict[str, Any]]]:
        """Return some target clauses of a topic, no indicator twice."""
        rates = self.rng.sample(topic["rates"], min(many, len(topic["rates"])))
        out = [self.quantity(r) for r in rates]
        if self.rng.random() < 0.3:
            out.append(self.count(self.rng.choice(topic["counts"])))
        return out

    # -- responsibility

    def roles(self, topic: dict[str, Any], style: str) -> dict[str, list[str]]:
        """Return departments and leaders of one annotation, as its style can print them."""
        lead = [self.rng.choice(topic["lead"])]
        responsible = self.rng.sample(topic["responsible"], self.rng.choice([1, 2, 2, 3]))
        support = self.rng.sample(topic["support"], self.rng.choice([1, 1, 2]))
        if style == "bare":
            return {"lead": [], "responsible": responsible, "support": [], "leaders": []}
        keep = self.rng.random()
        leaders = self.rng.sample(self.spec.people, self.rng.choice([0, 0, 1, 2])) if style == "label" else []
        return {
            "lead": [] if keep < 0.15 and style == "label" else lead,
            "responsible": responsible if keep < 0.7 else [],
            "support": support if keep > 0.4 else [],
            "leaders": leaders,
        }

    def deadline(self, chance: float) -> tuple[str, dict[str, Any] | None]:
        """Return a printed deadline and its value, or none of both."""
        if self.rng.random() >= chance:
            return "", None
        text, start, end, recurrence = self.rng.choice(DEADLINES)
        value = {"start": self.date(start), "end": self.date(end), "recurrence": recurrence}
        return text.format(y=self.spec.year), value

    def labelled(self, part: int, roles: dict[str, list[str]], when: str, joint: str, comma: str) -> str:
        """Return 牵头科室：X；责任科室：Y … in the words of the part."""
        words = LABELS[part % len(LABELS)]
        values = [comma.join(roles[k]) for k in ("lead", "responsible", "support", "leaders")] + [when]
        return joint.join(f"{w}：{v}" for w, v in zip(words, values, strict=True) if v)

    def phrase(self, roles: dict[str, list[str]], when: str) -> str:
        """Return X牵头，Y负责，Z配合 as the contract reads it."""
        lead, responsible, support = ("、".join(roles[k]) for k in ("lead", "responsible", "support"))
        out = [f"{lead}牵头"] if lead else []
        if responsible:
            out.append(
                f"{responsible}{self.rng.choice(['负责', '按职责分工负责']) if lead else '按职责分工负责'}"
            )
        out += [f"{support}{self.rng.choice(['配合', '参与', '协助'])}"] if support else []
        closing = "坚持" if when == "长期坚持" else ""
        return "，".join([*out, when if closing else f"{when}完成"] if when else out)

    def annotation(
        self, topic: dict[str, Any], part: int, style: str, chance: float
    ) -> tuple[str, dict[str, Any]]:
        """Return the inside of an annotation and the gold fields that it sets."""
        roles = self.roles(topic, style)
        when, value = self.deadline(chance if style != "bare" else 0)
        if style == "bare":
            text = self.rng.choice(["、", "，", "／", "、"]).join(roles["responsible"])
        elif style == "label":
            joint = self.rng.choice(["；", "；", "，", "　"])
            text = self.labelled(part, roles, when, joint, "、")
        else:
            text = self.phrase(roles, when)
        return text, {**roles, **({"deadline": value} if value else {})}

    # -- items

    def body(
        self, item: list[str], topic: dict[str, Any], *, dated: bool
    ) -> tuple[str, list[dict[str, Any]], Any]:
        """Return sentences with target clauses, the targets, and a deadline printed in the text."""
        sentences = self.rng.sample(item[1:], self.rng.choice([2, 2, 3]))
        groups = self.clauses(topic, self.rng.choice([0, 1, 1, 2]))
        printed = None
        if not dated and self.rng.random() < 0.1:
            groups, printed = [self.paired(self.rng.choice(topic["rates"]))], f"{self.spec.year + 1}-12-31"
        text = "；".join(sentences) + "".join("，" + g[0]["text"] for g in groups)
        if printed:
            deadline: dict[str, Any] | None = {"start": None, "end": printed, "recurrence": None}
        elif not dated and self.rng.random() < 0.2:
            words, recurrence = self.rng.choice(self.frame["frequencies"])
            text += "，" + words
            deadline = {"start": None, "end": None, "recurrence": recurrence}
        else:
            deadline = None
        return text + "。", [t for g in groups for t in g], deadline

    def add_task(
        self, text: str, title: str | None, fields: dict[str, Any], targets: list[dict[str, Any]]
    ) -> None:
        """Record one gold task and its targets."""
        empty: dict[str, Any] = {"lead": [], "responsible": [], "support": [], "leaders": []}
        task = {"text": text, **({"title": title} if title else {}), **empty, **fields}
        self.targets += [{"task": len(self.tasks), **t} for t in targets]
        self.tasks.append(task)

    def add_targets(self, targets: list[dict[str, Any]]) -> None:
        """Record targets of the whole plan."""
        self.targets += [{"task": None, **t} for t in targets]

    def gold(self) -> dict[str, Any]:
        """Return the gold record of the document."""
        return {
            "file": self.spec.slug + ".txt",
            "kind": "plan",
            "script": "simplified",
            "tasks": self.tasks,
            "targets": self.targets,
            "ignore_quantities": [],
        }


def main() -> None:
    """Write both documents."""
    from large_layout import compose

    banks = tomllib.loads((HERE / "large_banks.toml").read_text("utf-8"))
    for spec in SPECS:
        writer = Writer(spec, list(banks[spec.split].values()), banks["frame"][spec.split])
        compose(writer)
        base = HERE / "authored" / spec.split / spec.slug
        base.with_suffix(".txt").write_text("\n".join(writer.lines) + "\n", "utf-8")
        gold = json.dumps(writer.gold(), ensure_ascii=False, indent=1)
        base.with_suffix(".json").write_text(gold + "\n", "utf-8")


if __name__ == "__main__":
    main()
