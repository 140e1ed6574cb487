"""The awkward files: each one thing that naive readers lose, with gold of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpora.filemaker import awkward_other as other
from corpora.filemaker import awkward_word as words
from corpora.filemaker import web, word
from corpora.filemaker.contents import ENERGY, NURSING, STROKE, Content, end, target

Office = Callable[[Path, str, Path], None]

INDICATORS: dict[str, Any] = {
    "kind": "assignment",
    "script": "simplified",
    "tasks": [
        {
            "text": text,
            "title": title,
            "lead": [],
            "responsible": [department],
            "support": [],
            "leaders": [],
            "optional": True,
        }
        for text, title, department in (
            ("病案首页主要诊断编码正确率95%", "病案首页主要诊断编码正确率", "病案科"),
            ("抗菌药物治疗前病原学送检率55.5%", "抗菌药物治疗前病原学送检率", "药剂科"),
            ("平均住院日6.8天", "平均住院日", "医务科"),
        )
    ],
    "targets": [
        {"task": 0, **target("病案首页主要诊断编码正确率", "eq", 95, "%", "95%", baseline=86)},
        {"task": 1, **target("抗菌药物治疗前病原学送检率", "eq", 55.5, "%", "55.5%", baseline=48.2)},
        {"task": 2, **target("平均住院日", "eq", 6.8, "天", "6.8天", baseline=7.4)},
    ],
}


def make_awkward(folder: Path, drafts: Path, office: Office) -> list[Path]:
    """Write all awkward files with their gold; ``office`` converts drafts where a program must write the file."""
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []

    def keep(name: str, content: Content, *, rows: bool) -> Path:
        path = folder / name
        gold = content.gold(name, as_rows=rows, kind="assignment" if content is STROKE else "plan")
        path.with_suffix(".json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8")
        made.append(path)
        return path

    def drafted(name: str, content: Content, write: Callable[[Content, Path], None], *, rows: bool) -> None:
        target_path = keep(name, content, rows=rows)
        draft = drafts / (target_path.stem + ".docx")
        write(content, draft)
        office(draft, target_path.suffix[1:], target_path)

    words.merged_cells(STROKE, keep("x01-merged-cells.docx", STROKE, rows=True))
    words.style_numbers(ENERGY, keep("x02-style-numbers.docx", ENERGY, rows=False))
    words.tracked_changes(NURSING, keep("x03-tracked-changes.docx", NURSING, rows=False))
    words.text_boxes(ENERGY, keep("x04-text-box.docx", ENERGY, rows=False))
    words.two_headers(STROKE, keep("x05-two-headers.docx", STROKE, rows=True))
    words.numbered_cells(STROKE, keep("x06-frame-and-numbers.docx", STROKE, rows=True))
    words.hidden_and_fields(NURSING, keep("x07-hidden-and-fields.docx", NURSING, rows=False))
    other.sheet_with_dates(STROKE, keep("x08-dates-and-notes.xlsx", STROKE, rows=True))
    other.two_header_sheet(STROKE, keep("x09-two-headers.xlsx", STROKE, rows=True))
    path = folder / "x10-percent-cells.xlsx"
    other.indicator_percents(path)
    gold = {"file": path.name, **INDICATORS}
    path.with_suffix(".json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8")
    made.append(path)
    drafted("x11-title-over-columns.pdf", ENERGY, other.two_columns, rows=False)
    drafted("x12-table-over-pages.pdf", STROKE, other.paged_table, rows=True)
    drafted("x13-lines-over-pages.pdf", NURSING, _long_draft, rows=False)
    other.undeclared_page(STROKE, keep("x14-undeclared-page.htm", STROKE, rows=True))
    other.broken_lines_page(NURSING, keep("x15-broken-lines.html", NURSING, rows=False))
    web.write_mht(other.parts(STROKE, table=True), keep("x16-saved-page.mht", STROKE, rows=True))
    other.forwarded_mail(STROKE, keep("x17-forwarded.eml", STROKE, rows=True), drafts)
    other.rtf_code_page(STROKE, keep("x18-code-page.rtf", STROKE, rows=True))
    drafted("x19-tracked.odt", NURSING, words.tracked_changes, rows=False)
    other.quoted_csv(STROKE, keep("x20-quoted.csv", STROKE, rows=True))
    other.sheet_in_html(STROKE, keep("x21-page-named-sheet.xls", STROKE, rows=True))
    other.ofd_table(STROKE, keep("x22-table.ofd", STROKE, rows=True))
    drafted("x23-merged.doc", STROKE, words.merged_cells, rows=True)
    drafted("x24-merged.odt", STROKE, words.merged_cells, rows=True)
    return made


def _long_draft(content: Content, path: Path) -> None:
    lines = other.parts(content, table=False)
    filler = (
        "各科室要结合实际细化措施，主动衔接，密切协作，形成工作合力，推动各项要求落到实处，持续改善服务。"
    )
    background = [other.Part(filler * 5) for _ in range(5)]
    word.write_docx(
        [*lines[:3], other.Part("一、工作背景"), *background, other.Part("二、重点任务"), *lines[4:]],
        path,
        header=content.title,
    )


__all__ = ["end", "make_awkward"]
