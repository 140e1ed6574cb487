"""Every Python and shell block of the documentation and the README runs, page by page, in an empty folder.

Blocks are fenced with ```python or ```shell; what cannot run in a test (installation, several machines) is ```text.
"""

from __future__ import annotations

import doctest
import itertools
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planparse import cli

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("README*.md")])
_BLOCK = re.compile(r"^```(python|shell)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)#:\s]+)\)")


def blocks(page: Path) -> list[tuple[str, str]]:
    return _BLOCK.findall(page.read_text("utf-8"))


def run_python(code: str, page: Path, names: dict[str, object]) -> None:
    """Run a block; one with prompts is a doctest."""
    if not code.startswith(">>>"):
        exec(compile(code, f"<block of {page.name}>", "exec"), names)
        return
    test = doctest.DocTestParser().get_doctest(code, names, page.name, str(page), 0)
    runner = doctest.DocTestRunner(verbose=False)
    said: list[str] = []
    runner.run(test, out=said.append, clear_globs=False)
    names.update(test.globs)
    assert not runner.failures, "".join(said)


def run_shell(code: str) -> None:
    """Run a block: lines of planparse in this process, which saves its start; all others in bash."""
    for ours, lines in itertools.groupby(code.splitlines(), lambda line: line.startswith("planparse ")):
        if not ours:
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", "\n".join(lines)],
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            continue
        for line in lines:
            result = CliRunner().invoke(cli.app, shlex.split(line, comments=True)[1:])
            if result.exception and not isinstance(result.exception, SystemExit):
                raise result.exception
            assert result.exit_code == 0, f"{line}\n{result.output[-1500:]}"


@pytest.mark.parametrize("page", [p for p in PAGES if blocks(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_blocks_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cli._register()
    names: dict[str, object] = {"__name__": "__main__"}
    for language, code in blocks(page):
        if language == "python":
            run_python(code, page, names)
        else:
            run_shell(code)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for link in _LINK.findall(page.read_text("utf-8")):
        assert (page.parent / link).exists(), link


def test_both_languages_have_the_same_pages():
    chinese, english = ({p.name for p in (ROOT / "docs" / lang).glob("*.md")} for lang in ("zh", "en"))
    assert chinese - {"offline.md"} == english


def test_the_site_lists_every_page():
    listed = set(re.findall(r"([\w/]+\.md)", (ROOT / "mkdocs.yml").read_text("utf-8")))
    ours = {str(p.relative_to(ROOT / "docs")) for p in (ROOT / "docs").glob("**/*.md")}
    assert listed <= ours
    assert {name for name in ours if "/" in name} <= listed


def test_the_site_builds_and_the_reference_is_generated(tmp_path):
    pytest.importorskip("mkdocs", reason="the site needs mkdocs: pip install 'planparse[docs]'")
    pytest.importorskip("mkdocstrings", reason="the site needs mkdocstrings: pip install 'planparse[docs]'")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "-q",
            "-f",
            str(ROOT / "mkdocs.yml"),
            "-d",
            str(tmp_path / "site"),
        ],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    page = (tmp_path / "site" / "reference" / "index.html").read_text("utf-8")
    for name in (
        "planparse.pipeline.extract",
        "planparse.corpus.corpus.Corpus.workload",
        "planparse.spacy.load",
    ):
        assert f'id="{name}"' in page


def test_the_architecture_names_modules_that_exist():
    home = ROOT / "src" / "planparse"
    named = re.findall(
        r"`([a-z_]+/[a-z_]+\.(?:py|toml))`", (ROOT / "docs" / "architecture.md").read_text("utf-8")
    )
    assert named
    assert [path for path in named if not (home / path).is_file()] == []
