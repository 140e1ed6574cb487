"""Word 97 and WPS documents through LibreOffice: found on the machine, run without macros, network or traces."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from planparse.errors import DamagedFile, EncryptedFile, MissingProgram
from planparse.model import Source
from planparse.read.docx import read_docx
from planparse.read.ole import Ole, OleError

TIMEOUT: Final = 120  #: seconds for one file
_PROGRAMS: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
#: settings of the private profile: no macros, no links, no update checks, a proxy that leads nowhere
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
"""


def find_office() -> str | None:
    """Return the path of LibreOffice's program, or None; ``PLANPARSE_SOFFICE`` names another place."""
    given = os.environ.get("PLANPARSE_SOFFICE")
    if given is not None:
        return given if Path(given).is_file() else None
    found = (shutil.which(program) for program in _PROGRAMS)
    return next((path for path in (*found, *_PLACES) if path and Path(path).is_file()), None)


def read_doc(data: bytes, name: str) -> Source:
    """Return the source of a .doc or .wps document, converted to .docx by LibreOffice.

    Raises MissingProgram without LibreOffice, DamagedFile when it cannot open the file.
    """
    if is_encrypted(data):
        raise EncryptedFile(name, "encrypted with a password", "save it without password and try again")
    converted = to_docx(data, name, ".doc")
    return read_docx(converted, name)


def is_encrypted(data: bytes) -> bool:
    """Tell whether a Word 97 file is encrypted: a bit of its first block ([MS-DOC] 2.5.2, fEncrypted)."""
    try:
        start = Ole(data).stream("WordDocument")[:32]
    except OleError:
        return False
    return len(start) > 11 and bool(start[11] & 1)


def to_docx(data: bytes, name: str, suffix: str) -> bytes:
    """Return a document as .docx, converted by LibreOffice in a folder of its own that is then removed."""
    program = find_office()
    if program is None:
        raise MissingProgram(
            name,
            "a Word 97 or WPS document (.doc, .wps), which needs LibreOffice",
            "install it (apt install libreoffice-writer, or https://www.libreoffice.org), or save the file as .docx",
        )
    # the profile and both files live and die in one folder
    with tempfile.TemporaryDirectory(prefix="planparse-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        given = home / f"in{suffix}"
        given.write_bytes(data)
        profile = home / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        output = _run(program, given, home, name)
        if not output.is_file():
            raise DamagedFile(
                name, "LibreOffice cannot open it", "it may be encrypted or damaged: save it as .docx"
            )
        return output.read_bytes()


def _run(program: str, given: Path, home: Path, name: str) -> Path:
    command = [
        program,
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out"), str(given)),
    ]
    environment = {
        **os.environ,
        "HOME": str(home),
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired as fault:
            _stop(process)
            raise DamagedFile(
                name, f"LibreOffice did not finish in {TIMEOUT} seconds", "save the file as .docx by hand"
            ) from fault
    return home / "out" / "in.docx"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and the child that does its work."""
    if hasattr(os, "killpg"):
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
