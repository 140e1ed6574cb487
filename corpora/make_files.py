"""Make ``corpora/files``: the project's own documents in every format, beside their plain text and gold.

    python corpora/make_files.py            make all (LibreOffice and a CJK font are needed)
    python corpora/make_files.py --only SLUG

Files in ``awkward`` have one difficulty each and a gold of their own.

Every file ``SLUG.*`` holds what ``SLUG.txt`` holds; ``SLUG.json`` is the gold of both.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from corpora.filemaker import ofdpages, sheets, web, word  # noqa: E402
from corpora.filemaker.awkward import make_awkward  # noqa: E402
from corpora.filemaker.twin import Part, parts_of, text_of  # noqa: E402

FILES = HERE / "files"
#: slug -> formats; each format is written from several documents, each document in several formats
DOCUMENTS = {
    "a01-outpatient-brackets": "docx auto.docx pdf odt rtf html eml gb18030.txt",
    "a07-it-three-year-chapters": "auto.docx columns.pdf doc mht ofd utf16.txt",
    "a09-talent-circled": "docx ofd rtf html",
    "a10-tcm-traditional": "docx pdf big5.txt html odt",
    "a03-own-lines-quality": "auto.docx wps attached.eml ofd mht",
    "b02-table-category": "docx pdf odt rtf doc html xlsx xls csv ofd",
    "b04-indicator-book": "docx pdf html xlsx ods",
    "b06-office-minutes": "auto.docx columns.pdf rtf html eml",
    "b17-rectify-table": "docx pdf rtf html xlsx",
}
EPOCH = (2024, 3, 4, 9, 0, 0)


def twin_of(slug: str) -> Path:
    """Return the authored text of a slug."""
    return next((HERE / "authored").glob(f"*/{slug}.txt"))


def office(source: Path, kind: str, target: Path) -> None:
    """Convert with LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            kind,
        ]
        subprocess.run(
            [*command, "--outdir", folder, str(source)], check=True, capture_output=True, timeout=180
        )
        shutil.move(Path(folder) / (source.stem + "." + kind.partition(":")[0]), target)


def make(slug: str, form: str, parts: list[Part], folder: Path) -> None:
    """Write one document in one format."""
    target = FILES / f"{slug}.{form}"
    header = parts[0].text
    match form:
        case "docx" | "auto.docx":
            word.write_docx(parts, target, automatic=form != "docx", header=header)
        case "pdf" | "odt" | "rtf" | "doc" | "wps":
            draft = folder / f"{slug}.docx"
            word.write_docx(parts, draft, automatic=form in ("odt", "rtf", "wps"), header=header)
            office(draft, "doc" if form == "wps" else form, target)
        case "columns.pdf":
            draft = folder / f"{slug}.docx"
            word.write_docx(parts, draft, columns=2, header=header)
            office(draft, "pdf", target)
        case "html":
            web.write_html(parts, target, encoding="gb18030", declared="gb2312")
        case "mht":
            web.write_mht(parts, target)
        case "eml":
            web.write_eml(parts, target)
        case "attached.eml":
            draft = folder / "方案.docx"
            word.write_docx(parts, draft, header=header)
            web.write_eml(parts, target, draft)
        case "ofd":
            ofdpages.write_ofd(parts, target)
        case "xlsx":
            sheets.write_xlsx(parts, target)
        case "xls" | "ods":
            draft = folder / f"{slug}.xlsx"
            sheets.write_xlsx(parts, draft)
            office(draft, form, target)
        case "csv":
            sheets.write_csv(parts, target, "gb18030")
        case _:
            encoding = {"gb18030": "gb18030", "utf16": "utf-16", "big5": "big5hkscs"}[form.partition(".")[0]]
            text = (
                text_of(parts)
                if any(part.rows for part in parts)
                else "\n".join(p.text for p in parts) + "\n"
            )
            text = text.replace("爲", "為").replace("\n", "\r\n")  # Big5 has one form of the two
            target.write_bytes(text.encode(encoding))
    if target.suffix in (".docx", ".odt", ".xlsx", ".ods"):
        settle(target)


def settle(path: Path) -> None:
    """Write a package again with one date, so that making twice gives the same bytes."""
    with zipfile.ZipFile(path) as package:
        members = [(info.filename, package.read(info)) for info in package.infolist()]
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members:
            if name == "meta.xml":
                data = re.sub(rb"<(meta:creation-date|dc:date)>[^<]*<", rb"<\1>2024-03-04T09:00:00<", data)
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(zipfile.ZipInfo(name, EPOCH), data, kind, 9)


def main() -> None:
    """Make the files asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", help="the slug of one document")
    asked.add_argument("--format", help="one format")
    asked.add_argument("--awkward", action="store_true", help="only the awkward files")
    given = asked.parse_args()
    FILES.mkdir(exist_ok=True)
    if not given.only and not given.format:
        with tempfile.TemporaryDirectory() as folder:
            for path in make_awkward(FILES / "awkward", Path(folder), office):
                if path.suffix in (".docx", ".odt", ".xlsx"):
                    settle(path)
                print(path)
    if given.awkward:
        return
    for slug, forms in DOCUMENTS.items():
        if given.only and given.only != slug:
            continue
        source = twin_of(slug)
        parts = parts_of(source.read_text("utf-8"))
        (FILES / f"{slug}.txt").write_text(text_of(parts), "utf-8")
        shutil.copy(source.with_suffix(".json"), FILES / f"{slug}.json")
        with tempfile.TemporaryDirectory() as folder:
            for form in forms.split():
                if not given.format or given.format == form:
                    make(slug, form, parts, Path(folder))
                    print(FILES / f"{slug}.{form}")


if __name__ == "__main__":
    main()
