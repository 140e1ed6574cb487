"""The commands of the work ledger: options only; what they do is in planparse.commands.ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

ledger_app = typer.Typer(
    help="工作台账：一份 SQLite 文件，逐项跟进，完成一项、销号一项。", no_args_is_help=True
)

LedgerFile = Annotated[Path, typer.Option("--ledger", metavar="FILE", help="台账文件")]
DEFAULT = Path("planparse-ledger.sqlite")
Day = Annotated[str | None, typer.Option("--date", metavar="DATE", help="记入的日期，缺省为今天（会显示）")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="临期、逾期以此日计算；可写 today")]
Who = Annotated[str, typer.Option("--who", help="何人")]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON")]
Rules = Annotated[
    list[Path] | None, typer.Option("--rules", metavar="DIR", help="另加自己的规则文件夹，可重复")
]
Year = Annotated[Optional[int], typer.Option("--year", min=1900, max=2200, help="文中未写年份时所用的年份")]  # noqa: UP045
Text = Optional[str]  # noqa: UP045
Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="方案文件，或 .json/.jsonl 记录")]
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="任务编码，或其开头")]


def finish(run: Callable[..., int], *args: Any) -> None:
    """Run a command and leave with its exit code."""
    raise typer.Exit(run(*args))


@ledger_app.command()
def add(
    files: Files,
    ledger: LedgerFile = DEFAULT,
    date: Day = None,
    revises: Annotated[
        int | None, typer.Option("--revises", metavar="N", help="是第 N 号方案的新版（缺省自动判断）")
    ] = None,
    separate: Annotated[bool, typer.Option("--separate", help="作为另一份方案，不与已有方案比较")] = False,
    as_json: Json = False,
    rules: Rules = None,
    year: Year = None,
) -> None:
    """收入方案或其新版：未变、调整、改写、拆分、合并、新增、取消逐项列出；进展一概保留。"""
    from planparse.commands.ledger import run_add

    finish(run_add, files, ledger, date, revises, separate, as_json, rules or [], year)


@ledger_app.command("list")
def list_(
    ledger: LedgerFile = DEFAULT,
    status: Annotated[Text, typer.Option(help="未启动 | 推进中 | 已完成待销号 | 已销号")] = None,
    department: Annotated[Text, typer.Option(help="科室名，任一角色")] = None,
    dropped: Annotated[bool, typer.Option("--dropped", help="也列方案已取消的任务")] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """列出台账中的任务。"""
    from planparse.commands.ledger import run_list

    finish(run_list, ledger, status, department, dropped, as_of, as_json)


@ledger_app.command()
def update(
    ids: Ids,
    ledger: LedgerFile = DEFAULT,
    date: Day = None,
    who: Who = "",
    status: Annotated[Text, typer.Option(help="状态：未启动 | 推进中 | 已完成待销号 | 已销号")] = None,
    progress: Annotated[Text, typer.Option(help="进展情况")] = None,
    inspection: Annotated[Text, typer.Option(help="督查情况")] = None,
    obstacle: Annotated[Text, typer.Option(help="制约问题")] = None,
    remedy: Annotated[Text, typer.Option(help="整改措施")] = None,
    closed_on: Annotated[Text, typer.Option(metavar="DATE", help="销号日期")] = None,
    closing: Annotated[Text, typer.Option(help="销号说明")] = None,
    note: Annotated[Text, typer.Option(help="备注")] = None,
    month: Annotated[
        list[str] | None, typer.Option(metavar="N=TEXT", help="按月督查，如 3=进展正常，可重复")
    ] = None,
) -> None:
    """记进展、状态、督查、问题、整改。"""
    from planparse.commands.ledger import run_update

    fields = {
        "status": status, "progress": progress, "inspection": inspection, "obstacle": obstacle,
        "remedy": remedy, "closed_on": closed_on, "closing": closing, "note": note,
    }  # fmt: skip
    finish(run_update, ids, ledger, date, who, month or [], fields)


@ledger_app.command()
def close(
    ids: Ids,
    ledger: LedgerFile = DEFAULT,
    date: Day = None,
    who: Who = "",
    note: Annotated[str, typer.Option(help="销号说明")] = "",
) -> None:
    """销号。"""
    from planparse.commands.ledger import run_close

    finish(run_close, ids, ledger, date, who, note)


@ledger_app.command()
def due(
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="以此日计算；可写 today")],
    ledger: LedgerFile = DEFAULT,
    within: Annotated[int, typer.Option(metavar="DAYS", help="几天内到期算临期")] = 30,
    department: Annotated[Text, typer.Option(help="科室名，任一角色")] = None,
    as_json: Json = False,
) -> None:
    """列出临期、逾期的任务。"""
    from planparse.commands.ledger import run_due

    finish(run_due, ledger, as_of, within, department, as_json)


@ledger_app.command()
def history(
    id: Annotated[Text, typer.Argument(metavar="[ID]", help="任务编码；缺省为全部")] = None,
    ledger: LedgerFile = DEFAULT,
    as_json: Json = False,
) -> None:
    """逐条列出变更及其日期。"""
    from planparse.commands.ledger import run_history

    finish(run_history, id, ledger, as_json)


@ledger_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="台账.xlsx", help="填写过的台账工作簿")],
    ledger: LedgerFile = DEFAULT,
    date: Day = None,
    who: Who = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只列差别，不写入")] = False,
    take_conflicts: Annotated[
        bool, typer.Option("--take-conflicts", help="两边都改过的，以表中为准")
    ] = False,
    add_rows: Annotated[
        bool, typer.Option("--add-rows", help="收入表中新增的行，作为人工补充的任务")
    ] = False,
    as_json: Json = False,
) -> None:
    """读回填写过的工作簿：列出差别，只采纳由人填写的内容。"""
    from planparse.commands.ledger import run_import

    finish(run_import, file, ledger, date, who, dry_run, take_conflicts, add_rows, as_json)


@ledger_app.command()
def export(
    output: Annotated[
        Path,
        typer.Option(
            "-o", "--output", metavar="OUT", help="台账.xlsx | 作战图.html | 作战图.pdf | 台账.json"
        ),
    ],
    ledger: LedgerFile = DEFAULT,
    as_of: AsOf = None,
    within: Annotated[int, typer.Option(metavar="DAYS", help="几天内到期算临期")] = 30,
    dropped: Annotated[bool, typer.Option("--dropped", help="也含方案已取消的任务")] = False,
) -> None:
    """输出整份台账：工作簿、作战图或记录，含进展。"""
    from planparse.commands.ledger import run_export

    finish(run_export, ledger, output, as_of, within, dropped)


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="旧版方案或记录")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="新版方案或记录")],
    everything: Annotated[bool, typer.Option("--all", help="未变的也逐项列出")] = False,
    as_json: Json = False,
    rules: Rules = None,
    year: Year = None,
) -> None:
    """比较两版方案：未变、调整、改写、拆分、合并、新增、取消。"""
    from planparse.commands.ledger import run_diff

    finish(run_diff, old, new, everything, as_json, rules or [], year)


def register(app: typer.Typer) -> None:
    """Mount ``ledger …`` and ``diff``."""
    app.add_typer(ledger_app, name="ledger")
    app.command()(diff)
