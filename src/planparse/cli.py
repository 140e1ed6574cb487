"""The command line: commands and options, no logic. Results on stdout, progress and faults on stderr.

Exit codes: 0 done, 1 failed, 2 usage, 3 finished but some files failed.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import Annotated, Optional

import typer

from planparse.errors import PlanparseError

app = typer.Typer(
    name="planparse",
    help="中文医院规划文本 → 任务、科室、指标、时限，逐项标明原文位置。Plans in, records out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
#: modules of further commands; each has register(app)
COMMANDS = (
    "planparse.cli_look",
    "planparse.cli_export",
    "planparse.cli_ledger",
    "planparse.cli_batch",
    "planparse.cli_more",
    "planparse.cli_notes",
)

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="文件、文件夹或压缩包；- 为标准输入")]
RulesDir = Annotated[
    list[Path] | None, typer.Option("--rules", metavar="DIR", help="另加自己的规则文件夹，可重复")
]
Year = Annotated[Optional[int], typer.Option("--year", min=1900, max=2200, help="文中未写年份时所用的年份")]  # noqa: UP045


@app.command()
def extract(
    files: Files,
    format: Annotated[
        str,
        typer.Option("-f", "--format", help="json | jsonl | table | csv | xlsx | …（见 planparse formats）"),
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT", help="写入文件，缺省为标准输出")
    ] = None,
    rules: RulesDir = None,
    year: Year = None,
    review: Annotated[bool, typer.Option("--review", help="只列需要人工核实之处，最可疑的在前")] = False,
) -> None:
    """提取任务、科室、指标与时限。Extract the records of files."""
    from planparse.commands.extract import run_extract

    raise typer.Exit(run_extract(files, format, output, rules or [], year, review))


@app.command()
def text(
    file: Annotated[str, typer.Argument(metavar="FILE", help="文件；- 为标准输入")],
    clean: Annotated[bool, typer.Option("--clean", help="输出修复、简化、规范后的文本")] = False,
    rules: RulesDir = None,
) -> None:
    """输出偏移所指的原文（--clean：规范后的文本）。Print the text that spans index."""
    from planparse.commands.extract import run_text

    raise typer.Exit(run_text(file, clean, rules or []))


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="文件；- 为标准输入")],
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    rules: RulesDir = None,
    year: Year = None,
) -> None:
    """逐项说明：原文位置、所用规则、经过的修复。Every value with its place, its rule and the repairs on the way."""
    from planparse.commands.explain import run_explain

    raise typer.Exit(run_explain(file, as_json, rules or [], year))


rules_app = typer.Typer(help="规则表：检查、列出。", no_args_is_help=True)
app.add_typer(rules_app, name="rules")


@rules_app.command("check")
def rules_check(
    folder: Annotated[Path | None, typer.Argument(metavar="[DIR]", help="自己的规则文件夹")] = None,
) -> None:
    """检查规则文件与其中全部例句，一次列出所有错误。All faults of the rule files at once."""
    from planparse.commands.rules import run_check

    raise typer.Exit(run_check(folder))


@rules_app.command("list")
def rules_list(table: Annotated[Optional[str], typer.Argument(metavar="[TABLE]")] = None) -> None:  # noqa: UP045
    """列出规则表及条目数，或一张表的条目。The tables, or the entries of one."""
    from planparse.commands.rules import run_list

    raise typer.Exit(run_list(table))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="标准答案文件夹")],
    inputs: Annotated[
        Path | None, typer.Option("--inputs", metavar="DIR", help="原文所在文件夹，缺省同上")
    ] = None,
    errors: Annotated[int, typer.Option("--errors", metavar="N", help="列出前 N 条错误")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON")] = False,
    rules: RulesDir = None,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="输出置信度可靠性表与期望校准误差")
    ] = False,
) -> None:
    """按标准答案评分：精确率、召回率、F1 与错误。Score the pipeline against gold records."""
    from planparse.commands.evaluate import run_evaluate

    raise typer.Exit(run_evaluate(gold, inputs, errors, as_json, rules or [], calibration))


def version(value: bool) -> None:
    """Print the version and stop."""
    if value:
        from planparse import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    show: Annotated[bool, typer.Option("--version", callback=version, is_eager=True, help="版本号")] = False,
) -> None:
    """Planparse."""


def _register() -> None:
    for name in COMMANDS:
        if importlib.util.find_spec(name) is not None:
            importlib.import_module(name).register(app)


def _app_of(arguments: Sequence[str]) -> typer.Typer:
    """Return the app with the command asked for, or with all: typer builds every command it holds at each start."""
    asked = [
        info
        for info in app.registered_commands
        if arguments and info.callback and (info.name or info.callback.__name__) == arguments[0]
    ]
    if not asked:
        _register()
        return app
    alone = copy(app)
    alone.registered_commands, alone.registered_groups = asked, []
    return alone


def run() -> None:
    """Start the command line: UTF-8 streams whatever the console's code page, one line a fault, exit codes."""
    from planparse.cli_usage import UsageFault, in_chinese

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        try:
            code = _app_of(sys.argv[1:])(standalone_mode=False)
        finally:
            sys.stdout.flush()
    except PlanparseError as fault:
        typer.echo(str(fault), err=True)
        sys.exit(fault.exit_code)
    except UsageFault as fault:
        fault.show()  # type: ignore[attr-defined]
        told = in_chinese(fault)
        if told:
            typer.echo(told, err=True)
        sys.exit(2)
    except typer.Abort:
        sys.exit(1)
    except BrokenPipeError:
        _drop_output()
        sys.exit(1)
    except OSError as fault:
        typer.echo(f"{fault.filename or '标准输出'}: {fault.strerror or fault}", err=True)
        _drop_output()
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _drop_output() -> None:
    """Send what is left for stdout nowhere, so that the flush at the end of the process does not fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
