"""planparse rules check, planparse rules list."""

from __future__ import annotations

from pathlib import Path

import typer

from planparse.commands.inputs import say
from planparse.rulebook import check_rules, default_rules


def run_check(folder: Path | None) -> int:
    """Check the form of all rule files, then run all examples; print every fault; return 0 or 1."""
    rules, faults = check_rules(folder or ())
    for line in faults:
        typer.echo(line)
    entries = sum(len(rows) for rows in rules.tables.values())
    examples = sum(len(e.examples) + len(e.not_examples) for rows in rules.tables.values() for e in rows)
    say(f"{len(rules.tables)} 张表，{entries} 个条目，{examples} 个例句，{len(faults)} 处错误")
    return 1 if faults else 0


def run_list(table: str | None) -> int:
    """Print the tables with their counts, or the entries of one; return the exit code."""
    rules = default_rules()
    if table is None:
        for name, rows in rules.tables.items():
            typer.echo(f"{name}\t{len(rows)}")
        return 0
    if table not in rules.tables:
        say(f"没有规则表 {table!r}；可选：{', '.join(sorted(rules.tables))}")
        return 2
    for entry in rules.entries(table):
        typer.echo(f"{entry.id}\t{'；'.join(entry.examples[:3])}")
    return 0
