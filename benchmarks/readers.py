"""Speed and memory of the readers, beside the plain library call that each is built on.

Every pair runs alternately in this process, so that load falls on both; the factor is the median of the
ratios. Peak memory is that of one read in a process of its own. ``python -m benchmarks readers``.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 5
PARAGRAPH = "（一）推进日间手术管理。完善准入目录和评估流程，日间手术占择期手术比例达到18%以上，平均住院日降至7.5天以内。（牵头科室：医务科；配合科室：麻醉科、护理部；完成时限：2025年6月底前）"
ROW = [
    "1",
    "推进日间手术管理",
    "完善准入目录和评估流程，日间手术占比达到18%以上",
    "医务科",
    "麻醉科、护理部",
    "2025年6月底前",
]


def word_file(paragraphs: int, rows: int) -> bytes:
    """Return a .docx with paragraphs and a table."""
    import docx

    document = docx.Document()
    for _ in range(paragraphs):
        document.add_paragraph(PARAGRAPH)
    table = document.add_table(rows=1, cols=len(ROW))
    for cell, text in zip(table.rows[0].cells, ROW, strict=True):
        cell.text = text
    first = table.rows[0]._tr
    from copy import deepcopy

    for _ in range(rows - 1):
        first.addnext(deepcopy(first))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sheet_file(rows: int) -> bytes:
    """Return an .xlsx of that many rows."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    percent = book.add_format({"num_format": "0.0%"})
    sheet = book.add_worksheet()
    for r in range(rows):
        sheet.write_row(r, 0, [str(r), *ROW[1:]])
        sheet.write_number(r, len(ROW), 0.955, percent)
    book.close()
    return out.getvalue()


def page_file(rows: int) -> bytes:
    """Return an HTML page with paragraphs and a table."""
    cells = "".join(f"<td>{text}</td>" for text in ROW)
    lines = "".join(f"<p>{PARAGRAPH}</p>" for _ in range(rows))
    return (
        f"<html><body><h1>方案</h1>{lines}<table>{f'<tr>{cells}</tr>' * rows}</table></body></html>".encode()
    )


def pdf_files() -> list[bytes]:
    """Return the PDFs of the corpus."""
    folder = Path(__file__).parent.parent / "corpora" / "files"
    return [path.read_bytes() for path in sorted(folder.rglob("*.pdf"))]


def plain_docx(data: bytes) -> None:
    """Read with python-docx: paragraphs and cells."""
    import docx

    document = docx.Document(io.BytesIO(data))
    for paragraph in document.paragraphs:
        _ = paragraph.text
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text


def plain_xml(data: bytes) -> None:
    """Parse the body with lxml and join its text."""
    import zipfile

    from lxml import etree

    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    "".join(root.itertext())


def plain_calamine(data: bytes) -> None:
    """Read all rows with python-calamine."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    book.get_sheet_by_index(0).to_python()


def plain_openpyxl(data: bytes) -> None:
    """Read all rows with openpyxl, read-only."""
    import openpyxl

    for _ in openpyxl.load_workbook(io.BytesIO(data), read_only=True).active.iter_rows(values_only=True):
        pass


def plain_html(data: bytes) -> None:
    """Parse with lxml and join the text."""
    from lxml import etree

    "".join(etree.fromstring(data, etree.HTMLParser(encoding="utf-8")).itertext())


def plain_pdfium(data: bytes) -> None:
    """Take every page's text from pdfium."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def plain_decode(data: bytes) -> None:
    """Decode."""
    data.decode("gb18030")


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(
    name: str, data: list[bytes], plain: Callable[[bytes], None], amount: int, unit: str
) -> dict[str, Any]:
    """Return one line of the result: ours and the library's speed on the same bytes."""
    from planparse.read import read

    def ours() -> None:
        for one in data:
            read(one, name=name)

    def theirs() -> None:
        for one in data:
            plain(one)

    ours(), theirs()  # imports and caches
    mine, other = [], []
    for _ in range(ROUNDS):
        other.append(_seconds(theirs))
        mine.append(_seconds(ours))
    factor = statistics.median(a / b for a, b in zip(mine, other, strict=True))
    return {
        "format": name,
        "beside": plain.__doc__.splitlines()[0].rstrip(".") if plain.__doc__ else plain.__name__,
        "unit": unit,
        "per_second": round(amount / statistics.median(mine)),
        "library_per_second": round(amount / statistics.median(other)),
        "factor": round(factor, 2),
        "peak_mib": peak(data[0], name),
    }


def peak(data: bytes, name: str) -> int:
    """Return the peak memory in MiB of a process that reads these bytes (Linux; -1 elsewhere)."""
    if not Path("/proc/self/status").exists():
        return -1
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as file:
        file.write(data)
        file.flush()
        code = (
            "import sys; from planparse.read import read; read(sys.argv[1]); "
            "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
        )
        out = subprocess.run(
            [sys.executable, "-c", code, file.name], capture_output=True, text=True, check=True
        )
    return int(out.stdout) >> 10


def run() -> list[dict[str, Any]]:
    """Measure every reader and print the table; return its lines."""
    import pypdfium2

    word, sheet, page = word_file(2_000, 500), sheet_file(20_000), page_file(3_000)
    pdfs = pdf_files()
    pages = sum(len(pypdfium2.PdfDocument(data)) for data in pdfs)
    text = (PARAGRAPH * 20_000).encode("gb18030")
    lines = [
        compare("plan.docx", [word], plain_xml, 2_500, "paragraphs and rows"),
        compare("plan.docx", [word], plain_docx, 2_500, "paragraphs and rows"),
        compare("plan.xlsx", [sheet], plain_calamine, 20_000, "rows"),
        compare("plan.xlsx", [sheet], plain_openpyxl, 20_000, "rows"),
        compare("plan.pdf", pdfs, plain_pdfium, pages, "pages"),
        compare("plan.html", [page], plain_html, 6_000, "paragraphs and rows"),
        compare("plan.txt", [text], plain_decode, len(text) // 1_000, "kB"),
    ]
    head = f"{'format':10} {'ours/s':>9} {'library/s':>10} {'factor':>7} {'peak MiB':>9}  unit, library"
    print(head)
    for line in lines:
        print(
            f"{line['format']:10} {line['per_second']:>9,} {line['library_per_second']:>10,} {line['factor']:>7} "
            f"{line['peak_mib']:>9}  {line['unit']}; {line['beside']}"
        )
    return lines


if __name__ == "__main__":
    run()
