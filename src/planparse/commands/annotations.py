"""planparse annotations import, agree."""

from __future__ import annotations

import json
import re
from pathlib import Path

from planparse.annotations_io import Annotated, agreement, gold_record, read_annotations
from planparse.annotations_io.marks import text_hash
from planparse.commands.inputs import say
from planparse.commands.records import UsageError, show
from planparse.errors import ReadError

_UNSAFE = re.compile(r"[^\w\-.]+")


def run_import(file: Path, output: Path, format: str, texts: Path | None, annotator: str | None) -> int:
    """Write the gold records and texts of an annotation file into a folder."""
    documents = read_annotations(file, format or None, annotator=annotator)
    if not documents:
        say(f"{file}: 没有已标注的文件" + (f"（标注者 {annotator}）" if annotator else ""))
        return 1
    output.mkdir(parents=True, exist_ok=True)
    known = _hashes(texts) if texts is not None else None
    taken: set[str] = set()
    for document in documents:
        if known is not None and document.sha256 not in known:
            raise UsageError(
                f"{document.name}: its text is none of those in {texts}; the annotation was made on another version"
            )
        stem = _stem(document, taken)
        gold, warnings = gold_record(document, file=f"{stem}.txt")
        (output / f"{stem}.txt").write_bytes(document.text.encode("utf-8", "surrogatepass"))
        (output / f"{stem}.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8")
        for warning in warnings:
            say(warning)
        show(f"{output / stem}.json  任务 {len(gold['tasks'])}  指标 {len(gold['targets'])}")
    return 0


def _stem(document: Annotated, taken: set[str]) -> str:
    name = document.name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = base = _UNSAFE.sub("_", name.rsplit(".", 1)[0]).strip("._")[:80] or "document"
    number = 1
    while stem in taken:
        number += 1
        stem = f"{base}-{number}"
    taken.add(stem)
    return stem


def _hashes(folder: Path) -> set[str]:
    from planparse.read import read_many

    if not folder.exists():
        raise UsageError(f"--text {folder}: no such folder")
    return {text_hash(source.text) for _, source in read_many(folder) if not isinstance(source, ReadError)}


def run_agree(first: Path, second: Path, format: str, as_json: bool) -> int:
    """Print the agreement of two annotation files."""
    result = agreement(read_annotations(first, format or None), read_annotations(second, format or None))
    if as_json:
        show(
            json.dumps(
                {"documents": result.documents, "labels": result.rows, "links": result.links},
                ensure_ascii=False,
                indent=1,
            )
        )
        return 0
    show(
        f"{result.documents} 份共同的文件\n{'label':12} {'exact F1':>9} {'overlap F1':>11} {'kappa':>7} {'first':>6} {'second':>7}"
    )
    for label, row in result.rows.items():
        show(
            f"{label:12} {row['exact']:9.3f} {row['overlap']:11.3f} {row['kappa']:7.3f} {row['first']:6.0f} {row['second']:7.0f}"
        )
    show(f"{'links':12} {result.links:9.3f}")
    return 0
