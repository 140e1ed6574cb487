"""The end of a batch: parts put into the order of the plan, duplicates marked, documents and errors written.

It runs in a process of its own, reads only the folder, and may be killed and run again at any moment. Afterwards the
folder depends on the inputs alone: a batch that was killed ten times gives the same bytes as one that was not.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from planparse.batch import parts
from planparse.batch.columns import RECORDS, Columns
from planparse.batch.duplicates import near_duplicates
from planparse.batch.model import REASONS, BatchError, Doc, Format, Settings
from planparse.batch.plan import Named, Plan, load_names, make_plan, part_stem
from planparse.batch.store import Piece, Store, to_json, write_whole
from planparse.export.csvtable import write_csv

_PAGE = 8192


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a batch, in numbers; ``inputs`` = ``documents`` + ``errors``."""

    inputs: int
    documents: int
    errors: int
    same: int
    near: int
    tasks: int
    targets: int
    reasons: dict[str, int]


def finish(folder: Path, format: Format, near: float) -> Summary:
    """Bring the folder of a batch into its final form and return the summary, which is written last."""
    store = Store(folder, Settings(format=format))
    plan = make_plan((), before=load_names(store.names))
    docs, stems = _journal(store)
    missing = [named.name for named in plan.names if named.id and named.id not in docs]
    if missing:
        raise BatchError(
            f"{folder}: {len(missing)} documents are not done, the first is {missing[0]}; run again with --resume"
        )
    _order_parts(store, plan, docs, stems)
    summary = _write_documents(store, plan, docs, near)
    write_whole(store.summary, to_json(summary))
    return summary


def _journal(store: Store) -> tuple[dict[str, Doc], dict[str, str]]:
    """Return the documents by content, and the stem of the parts that hold their rows."""
    docs: dict[str, Doc] = {}
    stems: dict[str, str] = {}
    for piece in store.pieces():
        for doc in piece.docs:
            docs[doc.id] = doc
            stems[doc.id] = piece.stem
    return docs, stems


def _order_parts(store: Store, plan: Plan, docs: dict[str, Doc], stems: dict[str, str]) -> None:
    """Merge the parts of each chunk that did not come in one piece, and swap the journal for one in plan order."""
    pieces: list[tuple[str, list[str]]] = []
    changed = False
    for number, chunk in enumerate(plan.chunks):
        ids = [entry.id for entry in chunk]
        stem = part_stem(number, ids)
        pieces.append((stem, ids))
        if any(stems[one] != stem for one in ids) or not all(
            store.part(table, stem).exists() for table in RECORDS
        ):
            _merge_chunk(store, stem, ids, stems)
            changed = True
    if changed or {stem for stem, _ in pieces} != set(stems.values()):
        store.swap(Piece(stem, tuple(docs[one] for one in ids)) for stem, ids in pieces)


def _merge_chunk(store: Store, stem: str, ids: list[str], stems: dict[str, str]) -> None:
    order = {one: rank for rank, one in enumerate(ids)}
    sources = list(dict.fromkeys(stems[one] for one in ids if stems[one]))
    for table in RECORDS:
        paths = [path for one in sources if (path := store.part(table, one)).exists()]
        write_whole(store.part(table, stem, staged=True), parts.merge(store.format, table, paths, order))


def _write_documents(store: Store, plan: Plan, docs: dict[str, Doc], near: float) -> Summary:
    firsts: dict[str, str] = {}
    for named in plan.names:
        if named.id and docs[named.id].fault is None:
            firsts.setdefault(named.id, named.name)
    ids = list(firsts)
    repeats = near_duplicates([docs[one].signature for one in ids], near) if near else {}
    like = {ids[second]: (firsts[ids[first]], share) for second, (first, share) in repeats.items()}
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()

    def document_rows() -> Iterator[tuple[Any, ...]]:
        for named in plan.names:
            doc = docs.get(named.id)
            if doc is not None and doc.fault is None:
                mark = _mark(named, firsts, like)
                counts[str(mark[0])] += 1
                yield _document(named.name, doc, mark)

    def error_rows() -> Iterator[tuple[Any, ...]]:
        for named in plan.names:
            fault = named.fault or docs[named.id].fault
            if fault is not None:
                reasons[fault.reason] += 1
                yield (parts.whole(named.name), named.id or None, fault.reason, parts.whole(fault.message))

    documents = parts.paged(document_rows(), "documents", _PAGE, partial(_emit_document, store))
    for path in (store.folder / "documents").iterdir():
        if path.name >= f"part-{max(1, -(-documents // _PAGE)):05d}" or path.suffix == ".draft":
            path.unlink()
    errors = parts.paged(error_rows(), "errors", len(plan.names) + 1, partial(_emit_errors, store))
    done = [docs[one] for one in ids]
    return Summary(
        inputs=len(plan.names),
        documents=documents,
        errors=errors,
        same=counts["same"],
        near=counts["near"],
        tasks=sum(doc.tasks for doc in done),
        targets=sum(doc.targets for doc in done),
        reasons=dict(sorted(reasons.items())),
    )


def _mark(
    named: Named, firsts: dict[str, str], like: dict[str, tuple[str, float]]
) -> tuple[str | None, str | None, float | None]:
    if firsts[named.id] != named.name:
        return "same", firsts[named.id], 1.0
    if named.id in like:
        return ("near", *like[named.id])
    return None, None, None


def _document(name: str, doc: Doc, mark: tuple[str | None, str | None, float | None]) -> tuple[Any, ...]:
    return (
        doc.id, parts.whole(name), doc.title, doc.issuer, doc.number, doc.date, doc.start, doc.end, doc.kind, doc.script, doc.format,
        doc.characters, doc.sections, doc.tasks, doc.targets, doc.repairs, "；".join(doc.warnings) or None, *mark,
    )  # fmt: skip


def _emit_document(store: Store, number: int, columns: Columns) -> None:
    write_whole(
        store.part("documents", f"part-{number:05d}"), parts.write(store.format, "documents", columns)
    )


def _emit_errors(store: Store, number: int, columns: Columns) -> None:
    write_whole(store.single("errors"), parts.write(store.format, "errors", columns))
    text = io.StringIO(newline="")
    reasons = [REASONS.get(reason, reason) for reason in columns["reason"]]
    rows = zip(columns["source"], reasons, columns["message"], columns["document_id"], strict=True)
    write_csv(text, ("文件", "原因", "说明", "内容编号"), ([cell or "" for cell in row] for row in rows))
    write_whole(store.folder / "errors.csv", text.getvalue().encode("utf-8-sig"))
