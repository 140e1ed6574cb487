"""Hostile and broken files: one clear line each, in bounded time and memory, without any network."""

from __future__ import annotations

import io
import random
import socket
import subprocess
import sys
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from planparse.errors import DamagedFile, EmptyFile, NoTextLayer, ReadError
from planparse.read import read

FILES = Path(__file__).parents[2] / "corpora" / "files"
WHOLE = sorted(
    path for path in FILES.rglob("*") if path.is_file() and path.suffix not in (".json", ".doc", ".wps")
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def outcome(data: bytes, name: str) -> str:
    """What a reader says of broken bytes: an error's line, or nothing when it could read them."""
    try:
        read(data, name=name)
    except ReadError as fault:
        return str(fault)
    return ""


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_cut_off_and_flipped_files(path: Path) -> None:
    data = path.read_bytes()
    chance = random.Random(path.name)
    for share in (0.3, 0.97):
        cut = data[: int(len(data) * share)]
        flipped = bytearray(data)
        for _ in range(20):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        for broken in (cut, bytes(flipped)):
            line = outcome(broken, path.name)
            assert "\n" not in line
            assert len(line) < 400


@pytest.mark.parametrize("part", ["word/document.xml", "xl/sharedStrings.xml", "content.xml"])
def test_decompression_bombs(part: str) -> None:
    members = {part: b"<x>" + b" " * (64 << 20) + b"</x>"}
    if part.startswith("xl"):
        members["xl/workbook.xml"] = b"<workbook/>"
    if part == "content.xml":
        members["META-INF/manifest.xml"] = b"<m/>"
    data = packed(members)
    assert len(data) < 1 << 20
    start = time.process_time()
    with pytest.raises(DamagedFile, match="unpacks"):
        read(data, name="bomb.docx")
    assert time.process_time() - start < 20


def test_a_package_of_many_members() -> None:
    members = {f"{n}.xml": b"x" for n in range(20_001)} | {"word/document.xml": b"<x/>"}
    with pytest.raises(DamagedFile, match="members"):
        read(packed(members), name="a.docx")


@pytest.mark.parametrize("part", ["word/document.xml", "content.xml", "OFD.xml"])
def test_entities_are_refused(part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(DamagedFile, match="entities"):
        read(packed({part: bomb, "META-INF/manifest.xml": b"<m/>"}), name="a.docx")


def test_external_references_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("机密")
    body = f"<w:document {W}><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        f'Target="file://{secret}" TargetMode="External"/></Relationships>'
    )
    data = packed({"word/document.xml": body.encode(), "word/_rels/document.xml.rels": rels.encode()})
    assert read(data, name="a.docx").text == "正文"
    html = f'<html><body><p>正文。</p><iframe src="file://{secret}"></iframe><img src="http://example.invalid/x"></body></html>'
    assert read(html.encode(), name="a.html").text == "正文。"


def test_external_dtd_is_not_loaded() -> None:
    body = (
        f'<!DOCTYPE w:document SYSTEM "http://example.invalid/x.dtd"><w:document {W}><w:body/></w:document>'
    )
    with pytest.raises(ReadError):
        read(packed({"word/document.xml": body.encode()}), name="a.docx")


def test_encrypted_files_say_so() -> None:
    flagged = bytearray(packed({"word/document.xml": b"<x/>"}))
    at = flagged.index(b"PK\x01\x02")
    flagged[6] |= 1
    flagged[at + 8] |= 1
    with pytest.raises(DamagedFile, match="password"):
        read(bytes(flagged), name="a.docx")


def test_deep_xml_and_deep_groups() -> None:
    deep = f"<w:document {W}><w:body>{'<w:sdt><w:sdtContent>' * 300}{'</w:sdtContent></w:sdt>' * 300}</w:body></w:document>"
    with pytest.raises(ReadError):
        read(packed({"word/document.xml": deep.encode()}), name="a.docx")
    with pytest.raises(ReadError):
        read(b"{\\rtf1 " + b"{" * 100_000, name="a.rtf")


def test_spans_that_blow_up_a_table() -> None:
    html = (
        "<html><body><table>"
        + "<tr><td colspan=500 rowspan=60000>x</td><td>y</td></tr>" * 20_000
        + "</table></body></html>"
    )
    start = time.process_time()
    with pytest.raises(ReadError):
        read(html.encode(), name="a.html")
    assert time.process_time() - start < 60


def test_empty_documents() -> None:
    body = f"<w:document {W}><w:body><w:p/></w:body></w:document>"
    with pytest.raises(EmptyFile):
        read(packed({"word/document.xml": body.encode()}), name="a.docx")
    with pytest.raises(EmptyFile):
        read(b"<html><body></body></html>", name="a.html")


def test_a_scan_says_what_to_do() -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    with pytest.raises(NoTextLayer, match="OCR"):
        read(out.getvalue(), name="scan.pdf")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_a_large_sheet_stays_below_500_mib(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{r}">'
        + "".join(f'<c t="inlineStr"><is><t>任务{r}措施</t></is></c>' for _ in range(8))
        + "</row>"
        for r in range(1, 20_001)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = f'<workbook xmlns="{main}" xmlns:r="{rel}"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'
    data = packed(
        {
            "xl/workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": b'<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode(),
        }
    )
    path = tmp_path / "large.xlsx"
    path.write_bytes(data)
    code = (
        "import sys; from planparse.read import read; s = read(sys.argv[1]); print(len(s.tables[0].rows)); "
        "print(next(l.split()[1] for l in open('/proc/self/status') if l.startswith('VmHWM')))"
    )
    out = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    ).stdout
    count, peak = out.split()
    assert int(count) == 20_000
    assert int(peak) < 500 * 1024


def test_a_cut_off_mail_says_so() -> None:
    mail = EmailMessage()
    mail["Subject"] = "方案"
    mail.set_content("各科室：\n附件请查收。")
    mail.add_attachment(
        ("一、重点任务\n" + "1.推进日间手术。\n" * 200).encode(),
        maintype="application",
        subtype="octet-stream",
        filename="a.txt",
    )
    whole = mail.as_bytes().rstrip()
    assert read(whole, name="a.eml").warnings == ()
    for cut in range(len(whole) - 3000, len(whole) - 200, 501):  # also in the midst of four letters of Base64
        source = read(whole[:cut], name="a.eml")
        assert "文件不完整" in source.warnings[-1]
        assert source.text.startswith("各科室：\n附件请查收。\n附件：a.txt\n一、重点任务\n1.推进日间手术。\n")


def test_a_cut_off_rtf_says_so() -> None:
    rtf = rb"{\rtf1\ansi{\fonttbl{\f0 SimSun;}}" + rb"\u20219?\u21153?\par " * 9 + b"}"
    assert read(rtf, name="a.rtf").warnings == ()
    assert "文件不完整" in read(rtf[:-20], name="a.rtf").warnings[0]
    with pytest.raises(DamagedFile, match="cut off"):
        read(rtf[:24], name="a.rtf")
