"""planparse ledger …, planparse diff."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from planparse.commands.inputs import say
from planparse.commands.records import Plans, UsageError, iso_day, optional_day, plans_of, show, today_or
from planparse.errors import LedgerError, PlanparseError
from planparse.export import words
from planparse.export.item import PEOPLE, STATES, Item, alert, departments
from planparse.export.texttable import table
from planparse.ledger.book import Ledger
from planparse.ledger.diff import KINDS, compare, describe

_DEPARTMENTS = 60  # named where one asks for another


def _json(records: object) -> str:
    return msgspec.json.format(msgspec.json.encode(records), indent=2).decode()


def _width() -> int:
    return max(80, shutil.get_terminal_size((120, 40)).columns)


def run_add(
    files: Sequence[str],
    ledger: Path,
    date: str | None,
    revises: int | None,
    separate: bool,
    as_json: bool,
    folders: Sequence[Path],
    year: int | None,
) -> int:
    """Take plans into the ledger and tell what changed."""
    if revises is not None and separate:
        raise UsageError(
            "--revises 与 --separate 只能给一个。--revises and --separate contradict each other; give one"
        )
    when = today_or(date)
    read = plans_of(files, folders, year)
    failed = read.failed
    told: list[Any] = []
    done = []
    # where nothing was read, no empty ledger is left behind
    book_path = ledger if ledger.exists() or any(plan.tasks for plan in read.plans) else Path(":memory:")
    with Ledger(book_path) as book:
        for plan in read.plans:
            try:
                added = book.add(plan, when=when, revises=revises, separate=separate)
            except LedgerError as fault:
                failed += 1
                say(str(fault))
                continue
            done.append(plan)
            if as_json:
                told.append(added)
                continue
            head = f"方案 {added.series} 第{added.version}版 《{words.line(added.title)}》"
            lines = (
                [f"新增 {len(added.changes)}"]
                if added.version == 1 and all(c.kind == "new" for c in added.changes)
                else describe(added.changes)
            )
            show("\n".join([head, *(f"  {line}" for line in lines)]))
    if as_json:
        show(_json(told))
    return Plans(tuple(done), failed).code()


def _tell_departments(asked: str, items: Sequence[Item]) -> None:
    """Name the ledger's departments on stderr where it has none of that name."""
    known = departments(items)
    if asked not in known:
        say(
            f"台账中没有「{asked}」，现有科室：{'、'.join(known[:_DEPARTMENTS])}{'等' if len(known) > _DEPARTMENTS else ''}"
        )


def _item_lines(items: Sequence[Item], signs: Mapping[str, str], *, helpers: bool) -> list[str]:
    spec = (
        ("编码", 8, 2),
        ("任务", 20, 8),
        ("牵头", 8, 2),
        ("责任", 8, 2),
        ("配合", 8, 2),
        ("时限", 10, 1),
        ("状态", 8, 1),
        ("进展", 6, 3),
        ("预警", 4, 1),
    )
    rows = []
    for item, head in zip(items, words.headlines([item.task for item in items], 80), strict=True):
        task = item.task
        state = item.people.status if item.active else f"{item.people.status}（方案已取消）"
        rows.append([
            item.id, head, *("\n".join(words.line(d.name) for d in group) for group in (task.lead, task.responsible, task.support if helpers else ())),
            words.due(task.deadline) or (words.line(task.deadline.text) if task.deadline else ""), state, words.line(item.people.progress)[:60], signs.get(item.id, ""),
        ])  # fmt: skip
    kept = [k for k in range(len(spec)) if k in (0, 1, 6) or any(row[k] for row in rows)]
    return table([spec[k] for k in kept], [[row[k] for k in kept] for row in rows], _width())


def run_list(
    ledger: Path, status: str | None, department: str | None, dropped: bool, as_of: str | None, as_json: bool
) -> int:
    """Show the items of the ledger."""
    day = optional_day(as_of)
    with Ledger(ledger, create=False) as book:
        items = book.items(status=status, department=department, dropped=dropped)
        if department and not items:
            _tell_departments(department, book.items(dropped=dropped))
    if as_json:
        show(_json(items))
        return 0
    signs = {item.id: alert(item, day) for item in items} if day else {}
    counts = "，".join(f"{state} {sum(i.people.status == state for i in items)}" for state in STATES)
    show(
        "\n".join(
            [
                f"共 {len(items)} 项：{counts}" + (f"；截至 {day}" if day else ""),
                "",
                *_item_lines(items, signs, helpers=bool(department)),
            ]
        )
        if items
        else "没有任务"
    )
    return 0


def _months(given: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in given:
        month, equals, text = one.partition("=")
        if not equals:
            raise UsageError(f"--month 要写成 月份=督查情况，如 --month 3=进展正常。--month given {one!r}")
        found[month.strip().removesuffix("月")] = text
    return found


def run_update(
    ids: Sequence[str],
    ledger: Path,
    date: str | None,
    who: str,
    months: Sequence[str],
    fields: Mapping[str, str | None],
) -> int:
    """Write people's fields of items; several ids get the same words."""
    given = {name: value for name, value in fields.items() if value is not None}
    noted = _months(months)
    if not given and not noted:
        raise UsageError(
            "没有要记的内容，请给出 "
            + "、".join(f"--{name.replace('_', '-')} ({head})" for name, head in PEOPLE.items())
            + "，或 --month 3=…。nothing to write"
        )
    when = today_or(date)
    with Ledger(ledger, create=False) as book:
        names = [book.find(one) for one in ids]
        for name in names:
            changes = book.update(name, when=when, who=who, months=noted, **given)
            show(
                "\n".join(
                    [f"{name} 未变"]
                    if not changes
                    else [
                        f"{name} {c.field}：{c.before or '（空）'} → {c.after or '（空）'}" for c in changes
                    ]
                )
            )
    return 0


def run_close(ids: Sequence[str], ledger: Path, date: str | None, who: str, note: str) -> int:
    """Close items one by one (销号)."""
    when = today_or(date)
    done = failed = 0
    with Ledger(ledger, create=False) as book:
        for one in ids:
            try:
                before = book.item(one)
                book.close(one, when=when, note=note, who=who)
            except LedgerError as fault:
                failed += 1
                say(str(fault))
                continue
            done += 1
            if before.people.status != "已完成待销号":
                say(f"{before.id}: 由「{before.people.status}」直接销号")
            show(f"{before.id} 已销号（{when}） {words.headline(before.task, 60)}")
    return 0 if not failed else 3 if done else 1


def run_due(ledger: Path, as_of: str, within: int, department: str | None, as_json: bool) -> int:
    """Show what is 逾期 or 临期 on a day."""
    day = iso_day(as_of, "--as-of")
    if within < 0:
        raise UsageError(f"--within 要 0 或更多天。--within given {within}")
    with Ledger(ledger, create=False) as book:
        found = book.due(day, within=within)
        if department:
            _tell_departments(department, book.items())
    if department:
        found = tuple(
            d
            for d in found
            if any(
                one.name == department
                for one in d.item.task.lead + d.item.task.responsible + d.item.task.support
            )
        )
    if as_json:
        show(_json(found))
        return 0
    late = sum(d.alert == "逾期" for d in found)
    show(f"截至 {day}：逾期 {late} 项，临期 {len(found) - late} 项（{within} 天内到期）")
    spec = (
        ("预警", 4, 1),
        ("编码", 8, 2),
        ("任务", 20, 8),
        ("牵头", 8, 2),
        ("责任", 8, 2),
        ("截止日期", 10, 1),
        ("天数", 10, 1),
        ("状态", 8, 1),
    )
    rows = [
        [d.alert, d.item.id, head, words.names(d.item.task.lead), words.names(d.item.task.responsible),
         words.due(d.item.task.deadline), f"逾期{-d.left}天" if d.left < 0 else f"剩{d.left}天", d.item.people.status]
        for d, head in zip(found, words.headlines([d.item.task for d in found], 80), strict=True)
    ]  # fmt: skip
    if rows:
        show("\n".join(["", *table(spec, rows, _width())]))
    return 0


def run_history(name: str | None, ledger: Path, as_json: bool) -> int:
    """Show every change with its day."""
    with Ledger(ledger, create=False) as book:
        events = book.history(name)
    if as_json:
        show(_json(events))
        return 0
    spec = (
        ("日期", 10, 0),
        ("编码", 8, 1),
        ("事项", 4, 1),
        ("内容", 8, 1),
        ("原为", 8, 6),
        ("改为", 8, 6),
        ("何人", 4, 1),
        ("来源", 6, 1),
    )
    rows = [
        [
            words.line(part or "")
            for part in (e.day, e.item, e.kind, e.field, e.before, e.after, e.who, e.origin)
        ]
        for e in events
    ]
    kept = [k for k in range(len(spec)) if k < 3 or any(row[k] for row in rows)]
    show(
        "\n".join(table([spec[k] for k in kept], [[row[k] for k in kept] for row in rows], _width()))
        if rows
        else "没有记录"
    )
    return 0


def run_import(
    file: Path, ledger: Path, date: str | None, who: str, dry: bool, conflicts: bool, add: bool, as_json: bool
) -> int:
    """Read an edited workbook, show the differences, take over what people own."""
    from planparse.ledger.manual import add_rows
    from planparse.ledger.workbook import describe as describe_reading
    from planparse.ledger.workbook import read, take

    with Ledger(ledger, create=False) as book:
        when = today_or(date)
        reading = read(file, book, year=int(when[:4]))
        titles = {item.id: words.headline(item.task) for item in book.items(dropped=True)}
        show(_json(reading) if as_json else "\n".join(describe_reading(reading, titles)) or "没有差别")
        if dry:
            say("--dry-run：未写入")
            return 0
        count = take(book, reading, when=when, who=who, origin=file.name, conflicts=conflicts)
        made = add_rows(book, reading.added, when=when, origin=file.name) if add and reading.added else ()
    say(f"已采纳 {count} 处修改" + (f"，新增 {len(made)} 项：{'、'.join(made)}" if made else ""))
    if reading.added and not add:
        say(f"有 {len(reading.added)} 个新增行未收入；要收入请加 --add-rows")
    return 0


def run_export(ledger: Path, output: Path, as_of: str | None, within: int, dropped: bool) -> int:
    """Write the whole ledger as workbook (.xlsx), wall chart (.html, .pdf) or records (.json)."""
    day = optional_day(as_of)
    suffix = output.suffix.lower()
    with Ledger(ledger, create=False) as book:
        board = book.board(dropped=dropped)
    if suffix == ".xlsx":
        from planparse.export.workbook import write_board

        write_board(board, output, as_of=day, within=within)
    elif suffix in (".html", ".htm", ".pdf"):
        from planparse.show.chart import write_chart

        write_chart(board, output, as_of=day, within=within)
    elif suffix == ".json":
        from planparse.export.output import write_text

        write_text(output, lambda stream: stream.write(_json(board) + "\n"))
    else:
        raise UsageError(
            f"-o {output}: 文件名须以 .xlsx、.html、.pdf 或 .json 结尾。possible: a name ending in .xlsx, .html, .pdf or .json"
        )
    say(f"已写入 {output}")
    return 0


def run_diff(
    old: str, new: str, everything: bool, as_json: bool, folders: Sequence[Path], year: int | None
) -> int:
    """Compare two versions of a plan."""
    read = [plans_of([file], folders, year) for file in (old, new)]
    for file, one in zip((old, new), read, strict=True):
        if len(one.plans) != 1:
            if not one.failed:
                raise PlanparseError(
                    f"{file}: 里面有 {len(one.plans)} 份方案，只能一份对一份。holds {len(one.plans)} plans; diff compares one with one"
                )
            return 1
    changes = compare(read[0].plans[0], read[1].plans[0])
    if as_json:
        show(_json([{"kind": c.kind, "种类": KINDS[c.kind], "old": [t.id for t in c.old], "new": [t.id for t in c.new], "fields": c.fields,
                     "old_text": [words.line(t.text) for t in c.old], "new_text": [words.line(t.text) for t in c.new], "score": c.score} for c in changes]))  # fmt: skip
    else:
        show("\n".join(describe(changes, everything=everything)))
    return 0
