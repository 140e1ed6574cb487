"""planparse explain: every value with its place, the rule that found it, and the repairs on the way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from planparse.commands.inputs import one_source, rules_of, say
from planparse.export.words import plain
from planparse.model import Plan, Source
from planparse.pipeline import extract
from planparse.read.places import place_of

NAMES = {
    "task": "任务",
    "lead": "牵头",
    "responsible": "责任",
    "support": "配合",
    "leader": "领导",
    "deadline": "时限",
    "target": "指标",
}


def evidence(plan: Plan, source: Source) -> list[dict[str, object]]:
    """Return one row a value: record, kind, value, source span, place in the file, printed text, rule."""
    rows: list[dict[str, object]] = []
    for mention in plan.mentions:
        start, end = mention.span
        rows.append(
            {
                "record": mention.record,
                "kind": mention.kind,
                "value": mention.value,
                "span": [start, end],
                "place": place_of(source, start),
                "printed": source.text[start:end],
                "rule": mention.rule,
            }
        )
    return rows


def run_explain(file: str, as_json: bool, folders: Sequence[Path], year: int | None) -> int:
    """Explain one file; return the exit code."""
    source = one_source(file)
    plan = extract(source, reference_year=year, rules=rules_of(folders), evidence=True)
    rows = evidence(plan, source)
    repairs = [
        {
            "kind": r.kind,
            "span": list(r.span),
            "place": place_of(source, r.span[0]),
            "before": r.before,
            "after": r.after,
        }
        for r in plan.repairs
    ]
    if as_json:
        typer.echo(
            json.dumps(
                {"values": rows, "repairs": repairs, "warnings": list(plan.warnings)},
                ensure_ascii=False,
                indent=1,
            )
        )
        return 0
    for row in rows:
        printed = plain(str(row["printed"])).replace("\n", "⏎").replace("\v", "⏎")
        shown = printed if len(printed) <= 60 else printed[:57] + "…"
        typer.echo(
            f"{row['record']}  {NAMES.get(str(row['kind']), row['kind'])}  {plain(str(row['value']))}  {row['span']} {row['place']}  「{shown}」  {row['rule']}"
        )
    for repair in repairs:
        typer.echo(
            f"修复 {repair['kind']}  {repair['span']} {repair['place']}  {repair['before']!r} → {repair['after']!r}"
        )
    for warning in plan.warnings:
        say(warning)
    return 0
