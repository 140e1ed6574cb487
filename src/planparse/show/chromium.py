"""PDF by a Chromium that the machine has: nothing is downloaded, no name resolves; the page itself forbids scripts."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from planparse.errors import ExportError
from planparse.export.output import replacing

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
_SECONDS = 180


def find_chromium() -> str | None:
    """Return the path of a Chromium, Chrome or Edge; the environment's ``PLANPARSE_CHROMIUM`` first; None where there is none."""
    named = os.environ.get("PLANPARSE_CHROMIUM")
    if named:
        return shutil.which(named)
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def arguments(program: str, profile: str) -> list[str]:
    """Return the command line with which a page is opened: headless, no network."""
    fixed = [
        program, "--headless=new", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND",
        f"--user-data-dir={profile}",
    ]  # fmt: skip
    # Chromium's own sandbox does not start for root (containers); the page has no script and no network
    return [*fixed, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else fixed


def write_pdf(content: str, out: Path) -> tuple[Path, ...]:
    """Print a page to ``out``; return ``(out,)``. Raises ExportError where no Chromium is found, or it fails."""
    program = find_chromium()
    if program is None:
        raise ExportError(
            f"{out}: 生成 PDF 需要 Chromium、Chrome 或 Edge，本机没有找到；可先生成 .html，用浏览器打印。PDF needs Chromium, Chrome or Edge, none was found; write .html and print it from a browser, or set PLANPARSE_CHROMIUM"
        )
    with (
        replacing(out) as draft,
        tempfile.TemporaryDirectory(prefix="planparse-", ignore_cleanup_errors=True) as folder,
    ):
        source, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(content, "utf-8")
        command = [
            *arguments(program, f"{folder}/profile"),
            "--no-pdf-header-footer",
            f"--print-to-pdf={made}",
            source.as_uri(),
        ]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except subprocess.TimeoutExpired as fault:
            raise ExportError(
                f"{out}: 浏览器超时；可先生成 .html，用浏览器打印。{program} took more than {_SECONDS} s; write .html and print it from a browser"
            ) from fault
        if done.returncode or not made.exists():
            told = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no message"]
            raise ExportError(
                f"{out}: 浏览器出错；可先生成 .html，用浏览器打印。{program} failed ({told[0]}); write .html and print it from a browser"
            )
        shutil.copyfile(made, draft)
    return (out,)
