"""How a text is printed must not change what it says: widths, line ends, indents, page feet, script and marks of the same plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import planparse
from planparse.model import Plan

CORPUS = Path(__file__).parent.parent / "corpora" / "authored" / "train"
#: one document in so many
EVERY = 9
#: of the tasks of all, so many may be read otherwise: some lines say by their form what they are
MOST_CHANGED = 0.01
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


def _lines(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(
        change(line) if line.strip() and "\t" not in line and "|" not in line else line
        for line in text.split("\n")
    )


def _with_feet(text: str) -> str:
    lines = text.split("\n")
    return "\n".join(line + (f"\n- {k // 25 + 1} -" if k % 25 == 24 else "") for k, line in enumerate(lines))


def _traditional(text: str) -> str:
    import opencc

    return str(opencc.OpenCC("s2t").convert(text))


HABITS: dict[str, Callable[[str], str]] = {
    "full-width digits": lambda text: text.translate(WIDE),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "indents of two wide spaces": _lines("\u3000\u3000{}".format),
    "indents of a tab": _lines("\t{}".format),
    "blanks behind lines": _lines("{}  ".format),
    "no blank lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "page numbers": _with_feet,
    "marks of half width": lambda text: (
        text.replace("，", ",").replace("；", ";").replace("（", "(").replace("）", ")").replace("：", ":")
    ),
    "a blank behind colons": lambda text: re.sub(r"(?<=[\u4e00-\u9fff])：(?=[\u4e00-\u9fff])", "： ", text),
    "blanks around numbers": lambda text: re.sub(
        r"(?<=[\u4e00-\u9fff])(\d+(?:\.\d+)?)(?=[\u4e00-\u9fff%])", r" \1 ", text
    ),
    "years in Chinese digits": lambda text: re.sub(
        r"(?<!\d)20\d\d(?=年)", lambda year: year[0].translate(HAN), text
    ),
    "a mark of the byte order": lambda text: "\ufeff" + text,
    "traditional script": _traditional,
}


def _told(plan: Plan) -> Counter[tuple[object, ...]]:
    """Who does what by when, and how much; words in simplified script and plain width, as the record has them."""
    found: Counter[tuple[object, ...]] = Counter()
    for task in plan.tasks:
        names = tuple(
            tuple(sorted(name.name.replace("（", "(").replace("）", ")") for name in role))
            for role in (task.lead, task.responsible, task.support, task.leaders)
        )
        aims = tuple(sorted((t.relation, str(t.value), t.unit) for t in plan.targets if t.task == task.id))
        found[(*names, task.deadline and task.deadline.end, aims)] += 1
    return found


@pytest.fixture(scope="module")
def plain() -> dict[str, tuple[str, Counter[tuple[object, ...]]]]:
    paths = sorted(CORPUS.glob("*.txt"))[::EVERY]
    texts = {
        path.stem: path.read_text(encoding="utf-8") + "\n" for path in paths if path.stat().st_size < 12_000
    }
    return {name: (text, _told(planparse.extract(text))) for name, text in texts.items()}


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_of_printing_changes_nothing(
    habit: str, plain: dict[str, tuple[str, Counter[tuple[object, ...]]]]
) -> None:
    changed: dict[str, int] = {}
    total = 0
    for name, (text, told) in plain.items():
        printed = HABITS[habit](text)
        if printed == text:
            continue
        total += sum(told.values())
        now = _told(planparse.extract(printed))
        if now != told:
            changed[name] = max(sum((told - now).values()), sum((now - told).values()))
    assert total > 100
    assert sum(changed.values()) <= MOST_CHANGED * total, changed
