"""The texts that are measured: the authored documents by genre and script, damaged pages, long and many texts."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AUTHORED = ROOT / "corpora" / "authored"
LONGEST = 10_000  #: compilations are left out of the groups: they would outweigh all others
ENOUGH = 60_000
PLANS = "简体方案（有标注）"
TRADITIONAL = "繁体"
DAMAGED = "受损网页"
#: what each group must reach, as a multiple of jieba.lcut
TARGETS = {PLANS: 10.0, TRADITIONAL: 6.0, DAMAGED: 3.0}
ANY_OTHER = 4.0
_KINDS = {
    "plan": "方案",
    "assignment": "任务分解",
    "meeting": "会议",
    "news": "新闻",
    "report": "报告",
    "other": "其他",
}


@lru_cache(maxsize=1)
def documents() -> tuple[tuple[str, str, str], ...]:
    """Return (kind, script, text) of every authored document that is no compilation, in name order."""
    found = []
    for gold in sorted(AUTHORED.glob("*/*.json")):
        path = gold.with_suffix(".txt")
        if path.exists() and len(text := path.read_text("utf-8")) < LONGEST:
            data = json.loads(gold.read_text("utf-8"))
            annotated = any(task.get("lead") or task.get("responsible") for task in data.get("tasks", ()))
            kind = data.get("kind", "other")
            found.append(
                ("plan" if kind == "plan" and annotated else kind, data.get("script", "simplified"), text)
            )
    return tuple(found)


def groups(also: list[Path] | None = None) -> dict[str, list[str]]:
    """Return the texts by group: annotated plans, traditional, damaged, every other genre, and folders of one's own."""
    found: dict[str, list[str]] = {PLANS: [], TRADITIONAL: [], DAMAGED: []}
    for kind, script, text in documents():
        if script == "traditional":
            found[TRADITIONAL].append(text)
        elif kind == "plan":
            found[PLANS].append(text)
        else:
            found.setdefault(_KINDS.get(kind, kind), []).append(text)
    found[DAMAGED] = damaged(found[PLANS][:20])
    for folder in also or []:
        for path in sorted(folder.glob("*.txt")):
            found[f"{folder.name}/{path.stem[:3]}"] = [path.read_text("utf-8")]
    return {name: list(_some(texts)) for name, texts in found.items() if texts}


def _some(texts: list[str]) -> Iterator[str]:
    total = 0
    for text in texts:
        yield text
        total += len(text)
        if total > ENOUGH:
            return


def damaged(texts: list[str]) -> list[str]:
    """Return the texts as copying sites damage them: traditional, glossed, bytes slipped out of frame."""
    sys.path.insert(0, str(ROOT / "tests" / "normalize"))
    from damage_model import damage, gloss_table

    result = []
    for number, text in enumerate(texts):
        rng = random.Random(number)
        table = gloss_table(text, 46, rng)
        result.append(damage(text, table, break_rate=0.5, seed=number))
    return result


def long_text(length: int, seed: int = 1) -> str:
    """Return an ordinary text of ``length`` characters: the authored documents in a random order, again and again."""
    rng = random.Random(seed)
    texts = [text for _, script, text in documents() if script == "simplified"]
    pieces: list[str] = []
    total = 0
    while total < length:
        piece = rng.choice(texts)
        pieces.append(piece)
        total += len(piece) + 1
    return "\n".join(pieces)[:length]


def write_documents(folder: Path, count: int, length: int = 5000) -> Path:
    """Write ``count`` different documents of some ``length`` characters into subfolders; return the folder."""
    rng = random.Random(count)
    texts = [text for _, script, text in documents() if script == "simplified"]
    for number in range(count):
        place = folder / f"{number // 500:03d}"
        place.mkdir(parents=True, exist_ok=True)
        pieces = [f"霜林县第{number}人民医院重点工作方案"]
        size = 0
        while size < length:
            pieces.append(rng.choice(texts))
            size += len(pieces[-1])
        (place / f"{number:06d}.txt").write_text("\n".join(pieces)[:length], "utf-8")
    return folder
