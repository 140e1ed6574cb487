"""The commands check, annotations and mcp: options only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse.cli_ledger import Json, Rules, Year, finish

annotations_app = typer.Typer(
    help="人工标注：标注文件收回为标准答案，两人标注的一致性。", no_args_is_help=True
)


def check(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE…", help="方案文件，或 .json/.jsonl 记录")
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on", metavar="LEVEL", help="有这样重的问题即返回 1：error | warning | info | never"
        ),
    ] = "error",
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODE", help="不查这一种，可重复")
    ] = None,
    codes: Annotated[bool, typer.Option("--list", help="列出全部检查项")] = False,
    as_json: Json = False,
    rules: Rules = None,
    year: Year = None,
) -> None:
    """检查方案：无牵头、无时限、指标无数值或单位、科室不明、时限矛盾、任务重复、两个牵头。"""
    from planparse.commands.check import run_check, run_codes
    from planparse.commands.records import UsageError

    def run() -> int:
        if codes:
            return run_codes()
        if not files:
            raise UsageError(
                "没有给文件：请给方案或记录（.json）。no file given; give a plan, or records (.json)"
            )
        return run_check(files, fail_on, ignore or [], as_json, rules or [], year)

    finish(run)


@annotations_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="标注工具导出的文件；brat 为文件夹")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="写入标准答案的文件夹")],
    format: Annotated[
        str, typer.Option("-f", "--format", help="label-studio | doccano | brat | conll；缺省按内容识别")
    ] = "",
    text: Annotated[
        Path | None, typer.Option("--text", metavar="DIR", help="原文所在文件夹：核对标注所依的文本")
    ] = None,
    annotator: Annotated[
        str | None, typer.Option("--annotator", help="只收这位标注者的结果（label-studio）")
    ] = None,
) -> None:
    """标注收回为标准答案（*.txt 与 *.json），供 planparse evaluate。"""
    from planparse.commands.annotations import run_import

    finish(run_import, file, output, format, text, annotator)


@annotations_app.command()
def agree(
    first: Annotated[Path, typer.Argument(metavar="FIRST", help="甲的标注文件")],
    second: Annotated[Path, typer.Argument(metavar="SECOND", help="乙的标注文件")],
    format: Annotated[
        str, typer.Option("-f", "--format", help="label-studio | doccano | brat | conll；缺省按内容识别")
    ] = "",
    as_json: Json = False,
) -> None:
    """两人标注的一致性：逐类的 F1（全同、有交叠）与逐字的 kappa。"""
    from planparse.commands.annotations import run_agree

    finish(run_agree, first, second, format, as_json)


def mcp(
    root: Annotated[Path, typer.Option("--root", metavar="DIR", help="只可读这个文件夹中的文件")] = Path(),
    rules: Rules = None,
) -> None:
    """在标准输入输出上提供 MCP 服务：extract、explain、due、check。"""
    from planparse.mcp_server import run_server

    finish(run_server, root, rules or [])


def register(app: typer.Typer) -> None:
    """Mount check, annotations and mcp."""
    for command in (check, mcp):
        app.command()(command)
    app.add_typer(annotations_app, name="annotations")
