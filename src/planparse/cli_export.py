"""The commands that write: options only; what they do is in planparse.commands.export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from planparse.cli_ledger import AsOf, Json, Rules, Text, Year, finish

Files = Annotated[Optional[list[str]], typer.Argument(metavar="FILE…", help="方案文件，或 .json/.jsonl 记录")]  # noqa: UP045
LedgerFile = Annotated[Path | None, typer.Option("--ledger", metavar="FILE", help="用台账代替文件（含进展）")]
Within = Annotated[int, typer.Option(metavar="DAYS", help="几天内到期算临期")]


def export(
    files: Files = None,
    to: Annotated[
        str, typer.Option("--to", metavar="FORMAT", help="见 planparse formats；缺省按 -o 的后缀")
    ] = "",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT", help="写入文件，缺省为标准输出")
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="XLSX", help="填入自己的模板：认得表头的列")
    ] = None,
    sheet: Annotated[Text, typer.Option("--sheet", help="模板中的工作表，缺省自动选")] = None,
    ledger: LedgerFile = None,
    existing: Annotated[
        Path | None,
        typer.Option("--existing", metavar="JSON", help="task export 的输出，与之合并（taskwarrior）"),
    ] = None,
    as_of: AsOf = None,
    option: Annotated[
        list[str] | None,
        typer.Option("--option", metavar="K=V", help="格式的选项，可重复；见 planparse formats FORMAT"),
    ] = None,
    rules: Rules = None,
    year: Year = None,
) -> None:
    """输出为别的系统的格式，或填入自己的模板。"""
    from planparse.commands.export import run_export

    finish(
        run_export,
        files or [],
        to,
        output,
        template,
        sheet,
        ledger,
        existing,
        as_of,
        option or [],
        rules or [],
        year,
    )


def chart(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="作战图.html 或 作战图.pdf（需 Chromium）")
    ],
    files: Files = None,
    ledger: LedgerFile = None,
    as_of: AsOf = None,
    within: Within = 30,
    rules: Rules = None,
    year: Year = None,
) -> None:
    """作战图：科室对任务、时间条、状态；一页，A3 横向可打印。"""
    from planparse.commands.export import run_chart

    finish(run_chart, files or [], output, ledger, as_of, within, rules or [], year)


def view(
    file: Annotated[str, typer.Argument(metavar="FILE", help="方案文件；- 为标准输入")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="OUT", help="写入 .html，缺省为标准输出")
    ] = None,
    rules: Rules = None,
    year: Year = None,
) -> None:
    """原文与记录对照：逐处标亮，互相链接。"""
    from planparse.commands.export import run_view

    finish(run_view, file, output, rules or [], year)


def letters(
    files: Files = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="DIR", help="写入的文件夹")] = None,
    ledger: LedgerFile = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="DOCX", help="本院自己的任务书模板")
    ] = None,
    write_template: Annotated[
        Path | None, typer.Option("--write-template", metavar="DOCX", help="写出自带的模板，供修改")
    ] = None,
    as_of: Annotated[Text, typer.Option("--as-of", metavar="DATE", help="落款日期；缺省留空")] = None,
    docx_only: Annotated[bool, typer.Option("--docx-only", help="不要 .xlsx")] = False,
    rules: Rules = None,
    year: Year = None,
) -> None:
    """目标任务书：每个科室一份 .docx 与 .xlsx。"""
    from planparse.commands.export import run_letters

    finish(
        run_letters,
        files or [],
        output,
        ledger,
        template,
        write_template,
        as_of,
        docx_only,
        rules or [],
        year,
    )


def formats(
    name: Annotated[Text, typer.Argument(metavar="[FORMAT]", help="只看一种，含其选项")] = None,
    as_json: Json = False,
) -> None:
    """列出各格式：能带什么、不能带什么、用什么程序验证过。"""
    from planparse.commands.export import run_formats

    finish(run_formats, name, as_json)


def register(app: typer.Typer) -> None:
    """Mount export, chart, view, letters and formats."""
    for command in (export, chart, view, letters, formats):
        app.command()(command)
