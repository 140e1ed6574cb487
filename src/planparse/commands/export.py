"""planparse export, chart, view, letters, formats."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from planparse.commands.inputs import rules_of, say
from planparse.commands.records import UsageError, optional_day, plans_of, show
from planparse.export import Format, all_formats, format_named, format_of_path
from planparse.export.item import Board, board_of


def board_from(
    files: Sequence[str], ledger: Path | None, folders: Sequence[Path], year: int | None
) -> tuple[Board | None, int]:
    """Return the board of files or of a ledger, None where nothing could be read, and the exit code so far."""
    if ledger is not None:
        if files:
            raise UsageError("--ledger 与文件只能给一个。--ledger and files contradict each other; give one")
        from planparse.ledger.book import Ledger

        with Ledger(ledger, create=False) as book:
            return book.board(), 0
    if not files:
        raise UsageError(
            "没有给文件：请给方案、记录（.json）或 --ledger 台账。no file given; give a plan, records (.json), or --ledger FILE"
        )
    read = plans_of(files, folders, year)
    return (board_of(read.plans) if read.plans else None), read.code()


def _options(form: Format, given: Sequence[str], as_of: str | None, existing: Path | None) -> dict[str, Any]:
    """Return the options that the format's writer takes; raises UsageError for one that it does not."""
    known = {
        p.name: p.default
        for p in inspect.signature(form.load()).parameters.values()
        if p.kind is p.KEYWORD_ONLY
    }
    found: dict[str, Any] = {}
    day = optional_day(as_of)
    if day and "as_of" in known:
        found["as_of"] = day
    if existing is not None:
        if "existing" not in known:
            raise UsageError(
                f"--existing 只用于 taskwarrior。{form.name} has nothing to merge with; only taskwarrior has"
            )
        found["existing"] = existing
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or name not in known or name in ("as_of", "existing"):
            free = [key for key in known if key not in ("as_of", "existing")]
            raise UsageError(
                f"--option 没有这个选项。--option given {one!r}; {form.name} takes: {', '.join(f'{k}={known[k]}' for k in free) or 'none'}"
            )
        found[name] = _typed(value, known[name], one)
    return found


def _typed(value: str, default: Any, given: str) -> Any:
    if isinstance(default, bool):
        if value.lower() not in ("true", "false", "yes", "no", "1", "0"):
            raise UsageError(
                f"--option 的值要 true 或 false。--option given {given!r}; possible: true or false"
            )
        return value.lower() in ("true", "yes", "1")
    if isinstance(default, int):
        if not value.lstrip("-").isdigit():
            raise UsageError(f"--option 的值要整数。--option given {given!r}; possible: a whole number")
        return int(value)
    return value


def run_export(
    files: Sequence[str], to: str, output: Path | None, template: Path | None, sheet: str | None, ledger: Path | None, existing: Path | None, as_of: str | None, given: Sequence[str],
    folders: Sequence[Path], year: int | None,
) -> int:  # fmt: skip
    """Write plans in a format, or into a user's own template."""
    if template is not None:
        return _fill(files, template, sheet, output, ledger, folders, year)
    if ledger is not None:
        raise UsageError(
            "--ledger 要与 --template 同用；整份台账请用 planparse ledger export -o 台账.xlsx。--ledger goes with --template; for the workbook, chart or records of a ledger: planparse ledger export -o 台账.xlsx"
        )
    form = format_named(to) if to else format_of_path(output) if output else None
    if form is None:
        raise UsageError(
            "请用 --to 指明格式（各格式见 planparse formats），或用 -o 写带后缀的文件名，或用 --template 给出模板。give --to FORMAT (planparse formats lists them), or -o FILE with a known suffix, or --template FILE.xlsx"
        )
    if form.binary and output is None:
        raise UsageError(f"--to {form.name}: 需要输出文件，请加 -o 文件名{form.suffixes[0]}")
    options = _options(form, given, as_of, existing)
    read = plans_of(files, folders, year)
    if not read.plans:
        return read.code()
    for path in form.load()(read.plans, output if output is not None else sys.stdout, **options):
        say(f"已写入 {path}")
    return read.code()


def _fill(
    files: Sequence[str],
    template: Path,
    sheet: str | None,
    output: Path | None,
    ledger: Path | None,
    folders: Sequence[Path],
    year: int | None,
) -> int:
    from planparse.export.template import describe, fill

    if output is None:
        raise UsageError(
            "--template: 请写输出文件，如 -o 填好.xlsx。give the file to write, as in -o 填好.xlsx"
        )
    if output.resolve() == template.resolve():
        raise UsageError(
            f"-o {output}: 就是模板本身，请换一个文件名。is the template itself; give another name"
        )
    board, code = board_from(files, ledger, folders, year)
    if board is None:
        return code
    report = fill(board.items, template, output, rules=rules_of(folders), sheet=sheet)
    for line in describe(report):
        say(line)
    say(f"已写入 {output}")
    return code


def run_chart(
    files: Sequence[str],
    output: Path,
    ledger: Path | None,
    as_of: str | None,
    within: int,
    folders: Sequence[Path],
    year: int | None,
) -> int:
    """Write the wall chart of plans or of a ledger."""
    from planparse.show.chart import write_chart

    if output.suffix.lower() not in (".html", ".htm", ".pdf"):
        raise UsageError(
            f"-o {output}: 文件名须以 .html 或 .pdf 结尾。possible: a name ending in .html or .pdf"
        )
    board, code = board_from(files, ledger, folders, year)
    if board is None:
        return code
    write_chart(board, output, as_of=optional_day(as_of), within=within)
    say(f"已写入 {output}（{len(board.items)} 项）")
    return code


def run_view(file: str, output: Path | None, folders: Sequence[Path], year: int | None) -> int:
    """Write the page of one document with its mentions and records."""
    from planparse.show.view import view_html, write_view

    read = plans_of([file], folders, year)
    if len(read.plans) != 1:
        if read.plans:
            raise UsageError(
                f"{file}: 里面有 {len(read.plans)} 份文件，一次只看一份。holds {len(read.plans)} documents; view shows one"
            )
        return read.code()
    if output is None:
        show(view_html(read.plans[0]))
    else:
        write_view(read.plans[0], output)
        say(f"已写入 {output}")
    return read.code()


def run_letters(
    files: Sequence[str],
    output: Path | None,
    ledger: Path | None,
    template: Path | None,
    draft: Path | None,
    as_of: str | None,
    docx_only: bool,
    folders: Sequence[Path],
    year: int | None,
) -> int:
    """Write the letters of all departments, or the template to start a hospital's own from."""
    from planparse.export.letters import write_letters, write_template

    if draft is not None:
        write_template(draft)
        say(f"已写入 {draft}")
        return 0
    if output is None:
        raise UsageError("请写文件夹，如 -o 任务书/。give a folder, as in -o 任务书/")
    board, code = board_from(files, ledger, folders, year)
    if board is None:
        return code
    written = write_letters(
        board,
        output,
        issuer=board.issuer,
        template=template,
        as_of=optional_day(as_of),
        workbooks=not docx_only,
    )
    for path in written:
        show(str(path))
    if not written:
        say("没有一项任务写明科室，未生成任务书")
    return code


def run_formats(name: str | None, as_json: bool) -> int:
    """List the formats with what each can and cannot carry, or tell one in detail."""
    formats = {name: format_named(name)} if name else all_formats()
    if as_json:
        rows = [
            {
                "name": f.name,
                "suffixes": list(f.suffixes),
                "carries": f.carries,
                "proof": f.proof,
                "binary": f.binary,
            }
            for f in formats.values()
        ]
        show(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    if name:
        form = formats[name]
        known = {
            p.name: p.default
            for p in inspect.signature(form.load()).parameters.values()
            if p.kind is p.KEYWORD_ONLY
        }
        show(f"{form.name}  {' '.join(form.suffixes)}\n{form.carries}\n验证：{form.proof}")
        if known:
            show("选项：" + "，".join(f"{key}={value}" for key, value in known.items()))
        if name == "taskwarrior":
            from planparse.export.to_taskwarrior import taskrc

            show("写入 ~/.taskrc 以显示科室与指标：\n" + taskrc())
        return 0
    from planparse.export.texttable import table

    lines = [[f.name, " ".join(f.suffixes), f.carries, f.proof] for f in formats.values()]
    show("\n".join(table((("格式", 8, 1), ("后缀", 6, 1), ("能与不能", 20, 8), ("验证", 8, 2)), lines, 120)))
    return 0
