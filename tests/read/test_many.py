"""Folders and archives: every file one record, and nothing stops the rest."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from planparse.errors import DamagedFile, MissingProgram, NoTextLayer, ReadError, UnknownFormat
from planparse.model import Source
from planparse.read import FORMATS, read, read_many
from planparse.read.formats import detect, outside_formats

PLAN = "一、重点任务（责任科室：医务科）".encode()


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def test_folder_in_name_order_and_errors_beside(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_bytes(PLAN)
    (tmp_path / "1.txt").write_bytes(PLAN)
    (tmp_path / "0.pdf").write_bytes(b"%PDF-1.4 cut")
    (tmp_path / "~$1.docx").write_bytes(b"lock")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    found = list(read_many(tmp_path))
    assert [Path(name).name for name, _ in found] == ["0.pdf", "1.txt", "gone.txt", "2.txt"]
    assert [type(got) for _, got in found] == [DamagedFile, Source, UnknownFormat, Source]


def test_archive_members_are_named_after_it(tmp_path: Path) -> None:
    inner = packed(**{"里.txt": PLAN})
    (tmp_path / "a.zip").write_bytes(
        packed(**{"x/计划.txt": PLAN, "坏.docx": b"PK\x03\x04", "inner.zip": inner})
    )
    found = dict(read_many(tmp_path / "a.zip"))
    names = {name.partition("a.zip")[2]: type(got) for name, got in found.items()}
    assert names == {"!x/计划.txt": Source, "!坏.docx": DamagedFile, "!inner.zip!里.txt": Source}


def test_names_of_old_archives_are_gb18030() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("AAAAAAAA.txt", PLAN)
    data = out.getvalue().replace(b"AAAAAAAA", "工作方案".encode("gb18030"))
    from planparse.read.archive import read_archive

    assert [name for name, _ in read_archive(data, "a.zip", 2)] == ["a.zip!工作方案.txt"]


def test_a_member_that_leads_outside_is_only_a_name(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed(**{"../../evil.txt": PLAN}))
    ((name, got),) = read_many(tmp_path / "a.zip")
    assert isinstance(got, Source)
    assert name.endswith("a.zip!../../evil.txt")
    assert not (tmp_path.parent / "evil.txt").exists()


def test_archives_inside_archives_end(tmp_path: Path) -> None:
    data = packed(**{"a.txt": PLAN})
    for _ in range(6):
        data = packed(**{"in.zip": data})
    (tmp_path / "a.zip").write_bytes(data)
    ((_, got),) = read_many(tmp_path / "a.zip")
    assert isinstance(got, DamagedFile)
    assert "too deep" in str(got)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(read_many(tmp_path / "nothing"))


def test_read_refuses_folders_devices_and_archives(tmp_path: Path) -> None:
    for given in (tmp_path, "/dev/null") if os.name == "posix" else (tmp_path,):
        with pytest.raises(UnknownFormat):
            read(given)
    with pytest.raises(UnknownFormat, match="read_many"):
        read(packed(**{"a.txt": PLAN}), name="a.zip")


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (b"%PDF-1.7 ...", "plan.docx", "pdf"),
        (b"{\\rtf1 x}", "plan.doc", "rtf"),
        (b"<html><body>x", "plan.xls", "html"),
        (packed(**{"word/document.xml": b"<x/>"}), "plan.doc", "docx"),
        (b"a,b", "plan.csv", "csv"),
        (b"a,b", "plan.txt", "text"),
        ("\ufeff<!DOCTYPE html><html>".encode("utf-16-le"), "plan.txt", "html"),
        (b"From: a\nTo: b\nSubject: c\n\nx", "mail.txt", "mail"),
        ("注：From: 由医务科转发".encode(), "plan.txt", "text"),
    ],
)
def test_files_are_read_by_what_they_are(data: bytes, name: str, form: str) -> None:
    assert detect(data, name, Path(name).suffix).name == form


def test_pictures_and_other_archives() -> None:
    with pytest.raises(NoTextLayer, match="OCR"):
        read(b"\x89PNG\r\n\x1a\n", name="scan.pdf")
    with pytest.raises(UnknownFormat, match="unpack"):
        read(b"Rar!\x1a\x07\x00", name="a.zip")


def test_every_reader_of_the_table_loads() -> None:
    assert all(callable(form.load()) for form in FORMATS)
    assert len({form.name for form in FORMATS}) == len(FORMATS)


def test_doc_without_libreoffice_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANPARSE_SOFFICE", "/nowhere/soffice")
    files = Path(__file__).parents[2] / "corpora" / "files"
    with pytest.raises(MissingProgram, match="LibreOffice"):
        read(next(files.glob("*.doc")))


def test_open_files_and_bytes() -> None:
    assert read(io.BytesIO(PLAN), name="a.txt").text == read(PLAN, name="a.txt").text
    assert isinstance(ReadError("a", "b"), Exception)


def test_another_package_adds_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    info = tmp_path / "planparse_notes-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: planparse-notes\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[planparse.readers]\nnotes = planparse_notes:FORMAT\n")
    (tmp_path / "planparse_notes.py").write_text(
        "from planparse.model import Source\nfrom planparse.read import Format\n"
        "def read_notes(data, name):\n    return Source(text=data[2:].decode(), name=name)\n"
        "FORMAT = Format('notes', ('.notes',), lambda head: head.data.startswith(b'@@'), "
        "'planparse_notes:read_notes', 'notes')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    outside_formats.cache_clear()
    try:
        source = read("@@由医务科负责".encode(), name="a.txt")
    finally:
        outside_formats.cache_clear()
    assert (source.text, source.meta["format"]) == ("由医务科负责", "notes")


def test_archives_inside_archives_share_one_budget() -> None:
    from planparse.read.archive import Budget, read_archive

    inner = packed(**{f"{n}.txt": PLAN for n in range(30)})
    data = packed(**{f"{n}.zip": inner for n in range(30)})
    found = list(read_archive(data, "a.zip", 3, Budget(members=100)))
    assert sum(isinstance(got, Source) for _, got in found) == 60
    assert sum(isinstance(got, DamagedFile) for _, got in found) == 28
