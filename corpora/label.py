"""Label the sentences of the authored documents by their gold; what the gold does not tell is labelled by hand.

    python corpora/label.py            rewrites corpora/labelled/{train,test}.tsv
    python corpora/label.py --open     prints the sentences that still need a hand, one a line, to append to
                                       corpora/labelled/by_hand/documents.tsv with a label before them

A sentence is ``task`` where it stands in the text of a gold task, ``target`` where gold targets cover most of it
or it sets a target of the whole plan, ``heading`` where it is a title or a numbered line that closes without a full
stop; ``background``, ``report`` and ``slogan`` are told by hand. Columns: label, how (gold | hand), kind of the
document, document, sentence. The halves never mix: a sentence printed in both stays in train alone.
"""

from __future__ import annotations

import json
import pathlib
import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

HERE = pathlib.Path(__file__).parent
LABELS = ("task", "target", "background", "report", "slogan", "heading")
#: from documents made of banks only so many sentences: they repeat their forms
BANKED = {"a14-large-compilation": 260, "a24-large-compilation": 160}
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[章节条部分]+|[一二三四五六七八九十]{1,3}[、．.]|[（(][一二三四五六七八九十\d]{1,3}[）)]|"
    r"\d{1,2}(?:\.\d{1,2}){0,3}(?:[、．.]|(?=\s))(?!\d)|[①-⑳]|[●•◆■▪*]+|#{1,4}(?=\s)|(?:行动|任务|问题)[一二三四五六七八九十\d]{1,2}(?:[:：]|\s))\s*"
)
_BRACKET = re.compile(r"^[（(〔【\[](?:[^（(【]|[（(][^（()]{0,12}[）)]){0,90}[）)】〕\]]?。?$")
#: lines that are no sentences: numbers of documents, addressees, signatures, dates, bylines, notes of attachments
_FURNITURE = re.compile(
    r"〔\d{4}〕|^\S{2,24}文件$|^附[件表][：:\d]|^(?:各|抄送|来源|责任编辑|联系|咨询|签订|编辑|审核|本报记者)[^。]*[:：、]|"
    r"^(?:\d{2,4}年)?\d{1,2}月\d{1,2}日$|^.{2,20}(?:医院|中心|保健院|委员会|办公室|卫生院|局)(?:\s.*)?$|^第 ?\d+ ?页|^[\d—\- ]+$"
)
_ANNOTATION = re.compile(
    r"^[（(【〔\[]?(?:以上|上述)?.{0,8}?(?:牵头|责任|配合|主责|承办|协办|完成|归口|落实|参与|整改|协同|包保|分管|主办|时限|时间)[^，。；：]{0,6}[：:】]"
)
_END = re.compile(r"(?<=[。！？!?])[”’」』）)】]*")


def squeeze(text: str) -> str:
    """Return letters, digits and ideographs only, width-folded."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def sentences_of(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield (sentence without its number, whether it fills its line, whether it was numbered) of running text."""
    for line in text.splitlines():
        if "\t" in line or "|" in line or "  " in line.strip():
            continue  # rows of tables are no sentences
        body = line.strip(" \u3000")
        numbered = _NUMBER.match(body)
        body = body[numbered.end() :] if numbered else body
        pieces = [p.strip() for p in _END.split(body) if p.strip()]
        for at, piece in enumerate(pieces):
            yield piece, len(pieces) == 1, numbered is not None and at == 0


def clean_text(path: pathlib.Path) -> str:
    """Return a document as the pipeline sees it: simplified, lines joined, widths folded."""
    from planparse.normalize import normalize
    from planparse.rulebook import default_rules

    return normalize(path.read_text("utf-8"), rules=default_rules()).text


def label_of(  # the questions in their order
    sentence: str, whole: bool, numbered: bool, gold: dict[str, Any], tasks: list[str], titles: set[str]
) -> str | None:
    """Return the label that the gold gives a sentence, ``skip`` for what is no sentence, None where it is silent."""
    plain = squeeze(sentence)
    if (
        len(plain) < 4
        or _ANNOTATION.match(sentence)
        or _BRACKET.search(sentence)
        or (whole and _FURNITURE.search(sentence))
    ):
        return "skip"
    bare = (
        re.split(r"[（(【〔\[](?=[^（(【〔\[]*[）)】〕\]][。]?$)", sentence)[0]
        if sentence.endswith(("）", ")", "】", "）。"))
        else sentence
    )
    if plain in titles or (whole and squeeze(bare) in titles):
        return "heading"
    inside = [squeeze(t["text"]) for t in gold["targets"] if squeeze(t["text"]) in plain]
    loose = any(squeeze(t["text"]) in plain for t in gold["targets"] if t["task"] is None)
    if loose or sum(map(len, dict.fromkeys(inside))) >= 0.6 * len(plain):
        return "target" if inside else None
    if (
        numbered
        and whole
        and len(plain) <= 24
        and not re.search(r"[，。；;]", bare)
        and not any(core_in(squeeze(bare), t) for t in tasks)
    ):
        return "heading"
    core = squeeze(bare)
    return "task" if any(core_in(core, text) for text in tasks) else None


def core_in(core: str, task: str) -> bool:
    """Tell whether a sentence stands in a task's text, or a task's text in it."""
    return (len(core) >= 6 and core in task) or (len(task) >= 8 and task in core)


def label_document(path: pathlib.Path) -> Iterator[tuple[str | None, str, str]]:
    """Yield (label or None, kind of the document, sentence) of one gold file."""
    gold = json.loads(path.read_text("utf-8"))
    tasks = [squeeze(t["text"]) for t in gold["tasks"]]
    titles = {squeeze(t["title"]) for t in gold["tasks"] if t.get("title")}
    for sentence, whole, numbered in sentences_of(clean_text(path.parent / gold["file"])):
        label = label_of(sentence, whole, numbered, gold, tasks, titles)
        if label != "skip":
            yield label, gold["kind"], sentence


def by_hand(name: str) -> dict[str, str]:
    """Return sentence -> label of a hand-labelled file: documents (sentences of documents) or written (for their class)."""
    path = HERE / "labelled" / "by_hand" / f"{name}.tsv"
    rows = (
        line.split("\t", 1)
        for line in path.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )
    return {sentence: label for label, sentence in rows}


def rows_of(half: str) -> Iterator[tuple[str | None, str, str, str, str]]:
    """Yield (label, how, kind, document, sentence) of a half, every sentence once; the written ones teach only."""
    hand, seen = by_hand("documents"), set()
    for path in sorted((HERE / "authored" / half).glob("*.json")):
        taken = 0
        for label, kind, sentence in label_document(path):
            if sentence in seen or taken >= BANKED.get(path.stem, 10**9):
                continue
            seen.add(sentence)
            taken += 1
            given = hand.get(sentence)
            if given != "skip":
                yield (given or label), ("hand" if given else "gold"), kind, path.stem, sentence
    for sentence, label in by_hand("written").items() if half == "train" else ():
        if sentence not in seen:
            yield label, "hand", "none", "-", sentence


def main(argv: list[str]) -> int:
    """Write both halves, or print what is open."""
    seen: set[str] = set()
    for half in ("train", "test"):
        rows = [row for row in rows_of(half) if row[4] not in seen]
        seen |= {row[4] for row in rows}
        if "--open" in argv:
            sys.stdout.write("".join(f"{half}\t{r[3]}\t{r[4]}\n" for r in rows if r[0] is None))
            continue
        done = [row for row in rows if row[0] is not None]
        wrong = {row[0] for row in done} - set(LABELS)
        if wrong:
            sys.stderr.write(
                f"{half}: given labels {sorted(map(str, wrong))}, possible: {', '.join(LABELS)}\n"
            )
            return 1
        text = "".join("\t".join(map(str, row)) + "\n" for row in done)
        (HERE / "labelled" / f"{half}.tsv").write_text(
            "label\thow\tkind\tdocument\tsentence\n" + text, "utf-8"
        )
        sys.stdout.write(f"{half}: {len(done)} labelled, {len(rows) - len(done)} open\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
