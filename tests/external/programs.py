"""Tests that need programs of the machine: each skips with a reason where its program is missing.

What is import-tested by a real program: ``-f taskwarrior`` (Taskwarrior), ``ics`` (Radicale with a CalDAV client),
``xlsx`` and ``csv`` (LibreOffice), ``mspdi`` (MPXJ), ``org`` (orgparse), ``todotxt`` (pytodotxt), chart and view
(Chromium), letters (LibreOffice), ``redmine`` (Redmine's own importer). Only format-checked, in tests/export: jira,
gitlab, markdown. The Python packages (radicale, caldav, icalendar, mpxj, JPype1, orgparse, pytodotxt) may live in an
environment of their own: PLANPARSE_EXTERNAL_PYTHON names its python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


def program(*names: str) -> str:
    """Return the path of a program, or skip."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    pytest.skip(f"{names[0]} is not installed")


def python_with(*modules: str) -> str:
    """Return a python that has the modules, or skip."""
    for python in dict.fromkeys(
        [os.environ.get("PLANPARSE_EXTERNAL_PYTHON") or sys.executable, sys.executable]
    ):
        if (
            subprocess.run(
                [python, "-c", f"import {', '.join(modules)}"], capture_output=True, check=False
            ).returncode
            == 0
        ):
            return python
    pytest.skip(
        f"{', '.join(modules)} not installed: pip install {' '.join(modules)}, in any environment, and set PLANPARSE_EXTERNAL_PYTHON to its python"
    )


def run(command: list[str], **more) -> subprocess.CompletedProcess[str]:
    """Run a program and fail with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, **more)
    assert done.returncode == 0, f"{command[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done


def office(folder: Path, file: Path, target: str) -> Path:
    """Convert a file by LibreOffice and return the result."""
    soffice = program("soffice", "libreoffice")
    out = folder / "converted"
    # without its dialog LibreOffice takes a CSV for Latin-1: 44 comma, 34 quote, 76 UTF-8
    csv = ["--infilter=CSV:44,34,76,1"] if file.suffix == ".csv" else []
    run(
        [
            soffice,
            *csv,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--convert-to",
            target,
            "--outdir",
            str(out),
            str(file),
        ]
    )
    return out / f"{file.stem}.{target.split(':', maxsplit=1)[0]}"


def pdf_pages(path: Path) -> list[tuple[float, float, str]]:
    """Return width and height (points) and text of every page of a PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(str(path))
    return [
        (*document[k].get_size(), document[k].get_textpage().get_text_bounded()) for k in range(len(document))
    ]
