"""planparse extract, planparse text."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from planparse.commands.inputs import exit_code, one_source, rules_of, say, sources
from planparse.errors import PlanparseError, ReadError
from planparse.model import Plan
from planparse.pipeline import extract


def run_extract(
    files: Sequence[str],
    format: str,
    output: Path | None,
    folders: Sequence[Path],
    year: int | None,
    review: bool,
) -> int:
    """Extract every document and write the records; return the exit code."""
    from planparse.export import FORMATS, format_named, format_of_path

    form = (
        format_named(format)
        if format
        else format_of_path(output)
        if output
        else FORMATS["table" if sys.stdout.isatty() or len(files) > 1 else "json"]
    )
    if form.binary and output is None:
        say(f"-f {form.name}: 需要输出文件，请加 -o 文件名{form.suffixes[0]}")
        return 2
    rules = rules_of(folders)
    plans: list[Plan] = []
    done = failed = 0
    streamed = form.name == "jsonl" and output is None and not review
    tabled = form.name == "table" and output is None and not review
    for name, source in sources(files):
        try:
            if isinstance(source, ReadError):
                raise source
            plan = extract(source, reference_year=year, rules=rules)
        except PlanparseError as fault:
            failed += 1
            say(str(fault))
            continue
        done += 1
        if not tabled:  # the table on stdout holds them
            for warning in plan.warnings:
                say(f"{name}: {warning}")
        if streamed:
            sys.stdout.write(plan.to_json() + "\n")
        else:
            plans.append(plan)
    if review:
        from planparse.review import review_table

        typer.echo(review_table(plans))
    elif plans and not streamed:
        for path in form.load()(plans, output if output is not None else sys.stdout):
            say(f"已写入 {path}")
    return exit_code(done, failed)


def run_text(file: str, clean: bool, folders: Sequence[Path]) -> int:
    """Print the source text, or the clean text; return the exit code."""
    source = one_source(file)
    shown = source.text
    if clean:
        from planparse.normalize import normalize

        result = normalize(source.text, rules=rules_of(folders), tables=[t.span for t in source.tables])
        shown = result.text
        for warning in result.warnings:
            say(f"{file}: {warning}")
    sys.stdout.write(shown if shown.endswith("\n") else shown + "\n")
    return 0
