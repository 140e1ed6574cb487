"""Generate documents with gold by construction: form, wording, order, noise and damage vary with the seed.

    python corpora/generate.py [--count 60] [--seed 1] [--out corpora/generated] [--worn]

Writes <out>/train and <out>/test. Sentences come from the banks of large_banks.toml and from the hand-labelled sentences;
either half draws from its own banks only, so that nothing learned on train is printed in test. The same arguments give
the same bytes. Generated documents are kept apart from the authored ones and are never a measure on their own: they
tell how the pipeline takes forms and damage, not how hospitals write.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import re
import tomllib
from typing import Any

import damage
import generate_forms as forms
import mutate
from make_large import Spec, Writer

HERE = pathlib.Path(__file__).parent
PLACES = {
    "train": ["苔溪", "岩川", "柳泊", "霜桥", "梨洲", "沧屿", "茅津", "鹊岭", "云窦", "葭湾", "松漪", "砚湖"],
    "test": [
        "荔浦湾",
        "棠梨",
        "雁渡",
        "青冈",
        "沅岭",
        "漱石",
        "金鸡渡",
        "桐坞",
        "蒲泉",
        "芷江口",
        "槲寄",
        "望潮",
    ],
}
KINDS = [
    "市人民医院",
    "县中医医院",
    "市第二人民医院",
    "县妇幼保健院",
    "市肿瘤医院",
    "市中心医院",
    "市儿童医院",
]
PEOPLE = {
    "train": ["危敬言", "应晚晴", "阴知远", "柏青禾", "雷鸣远", "解语花", "巫晓东", "褚时雨"],
    "test": ["仲孙扬", "郗若溪", "沙景明", "乐正川", "应怀瑾", "边疏影", "车同轨", "和与同"],
}
_MARK = re.compile(
    r"(?:[一二三四五六七八九]|第[一二三四五]|[首其再最])[是要次后，]|会议|.{2,4}(?:强调|指出|要求)"
)
SUBJECTS = ["高质量发展", "医疗服务能力提升", "改善就医感受", "精细化管理", "质量安全", "重点工作攻坚"]


def labelled(half: str) -> dict[str, list[str]]:
    """Return label -> the hand-labelled sentences of a half that close with a full stop."""
    found: dict[str, list[str]] = {}
    for line in (HERE / "labelled" / f"{half}.tsv").read_text("utf-8").splitlines()[1:]:
        label, how, _, _, sentence = line.split("\t")
        whole = sentence.endswith(("。", "！")) and 10 <= len(sentence) < 90 and sentence[0] not in '"“—'
        if how == "hand" and whole and not _MARK.match(sentence):
            found.setdefault(label, []).append(sentence)
    return found


def document(
    half: str, number: int, seed: int, banks: dict[str, Any], said: dict[str, list[str]]
) -> tuple[str, dict[str, Any], list[str]]:
    """Return (text, gold, names of form and damages) of one document."""
    rng = random.Random(f"{half}-{seed}-{number}")
    year = rng.choice([2022, 2023, 2024, 2025, 2026])
    issuer = rng.choice(PLACES[half]) + rng.choice(KINDS)
    form = list(forms.FORMS)[number % len(forms.FORMS)]
    spec = Spec(
        f"g{number:03d}-{form}",
        half,
        rng.randrange(10**9),
        year,
        issuer,
        "",
        ("",),
        tuple(rng.sample(PEOPLE[half], 4)),
    )
    topics = list(banks[half].values())
    writer = Writer(spec, rng.sample(topics, min(4, len(topics))), banks["frame"][half])
    kind = forms.FORMS[form](writer, rng.choice(SUBJECTS), said)
    gold = {**writer.gold(), "kind": kind, "ignore_quantities": forms.ignored(writer)}
    text = "\n".join(writer.lines) + "\n"
    names = rng.sample(list(damage.LOSSLESS), rng.choice([0, 0, 1, 1, 2]))
    for name in sorted(names, key=list(damage.LOSSLESS).index):
        text = damage.LOSSLESS[name](text, rng)
    if {"traditional", "glossed"} & set(names) and text != "\n".join(writer.lines) + "\n":
        gold["script"] = "traditional"
    return text, gold, [form, *names]


def generate(half: str, count: int, seed: int) -> list[tuple[str, dict[str, Any], list[str]]]:
    """Return the documents of a half."""
    banks = tomllib.loads((HERE / "large_banks.toml").read_text("utf-8"))
    said = labelled(half)
    return [document(half, number, seed, banks, said) for number in range(count)]


def worn_copies(half: str, seed: int) -> list[tuple[str, dict[str, Any]]]:
    """Return (text, gold) of authored documents, each once damaged and once in other words."""
    copies = []
    for path in sorted((HERE / "authored" / half).glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (path.parent / gold["file"]).read_text("utf-8")
        rng = random.Random(f"{path.stem}-{seed}")
        if gold["script"] != "simplified" or len(text) > 5000:
            continue
        kinds = [damage.LOSSLESS[rng.choice(["wrapped", "wide", "narrow", "spaced", "paged", "traditional"])]]
        kinds += [rng.choice(list(damage.LOSSY.values()))] if rng.random() < 0.3 else []
        worn = text
        for change in reversed(kinds):
            worn = change(worn, rng)
        copies.append((worn, {**gold, "file": f"h-{path.stem}.txt"}))
        for turn in "mn":
            other, its_gold = mutate.mutated(text, gold, rng)
            copies.append((other, {**its_gold, "file": f"{turn}-{path.stem}.txt"}))
    return copies


def main() -> int:
    """Write both halves."""
    parser = argparse.ArgumentParser(description="Generate documents with gold.")
    parser.add_argument("--count", type=int, default=60, help="documents a half")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "generated")
    parser.add_argument(
        "--worn",
        action="store_true",
        help="also write copies of the authored documents, damaged or in other words",
    )
    given = parser.parse_args()
    for half in ("train", "test"):
        folder = given.out / half
        folder.mkdir(parents=True, exist_ok=True)
        made = [(text, gold) for text, gold, _ in generate(half, given.count, given.seed)]
        for text, gold in made + (worn_copies(half, given.seed) if given.worn else []):
            path = folder / gold["file"]
            path.write_text(text, "utf-8")
            path.with_suffix(".json").write_text(
                json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8"
            )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
