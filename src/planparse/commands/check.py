"""planparse check: the findings of plans as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from planparse.check import CODES, SEVERITIES, check, exceeds
from planparse.commands.inputs import rules_of, say
from planparse.commands.records import UsageError, plans_of, show
from planparse.export.words import line

_GRAVITY = {"error": "错误", "warning": "警告", "info": "提示"}


def run_check(
    files: Sequence[str],
    fail_on: str,
    ignore: Sequence[str],
    as_json: bool,
    folders: Sequence[Path],
    year: int | None,
) -> int:
    """Check plans; return 1 where a finding is as grave as ``fail_on``, else the exit code of reading."""
    level = next((one for one in SEVERITIES if one == fail_on), None)
    if level is None and fail_on != "never":
        raise UsageError(
            f"--fail-on 没有「{fail_on}」这一级。--fail-on given {fail_on!r}; possible: {', '.join(SEVERITIES)}, never"
        )
    wrong = sorted(set(ignore) - set(CODES))
    if wrong:
        raise UsageError(
            f"--ignore 没有这种检查项。--ignore given {', '.join(wrong)}; possible: {', '.join(CODES)}"
        )
    read = plans_of(files, folders, year)
    if read.failed and not read.plans and not as_json:
        return read.code()  # the faults are told; there is no plan to say anything about
    rules = rules_of(folders)
    found = [(plan, one) for plan in read.plans for one in check(plan, rules=rules, ignore=ignore)]
    if as_json:
        show(
            json.dumps(
                [{"file": plan.document.source, **msgspec.to_builtins(one)} for plan, one in found],
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        for plan, one in found:
            place = f":{one.line}" if one.line else ""
            show(line(f"{plan.document.source}{place}: {_GRAVITY[one.severity]} {one.message} [{one.code}]"))
        counts = "，".join(
            f"{_GRAVITY[name]} {n}"
            for name in SEVERITIES
            if (n := sum(one.severity == name for _, one in found))
        )
        say(
            f"{len(read.plans)} 份方案，{sum(len(p.tasks) for p in read.plans)} 项任务：{counts or '没有发现问题'}"
        )
    if level is not None and exceeds((one for _, one in found), level):
        return 1
    return read.code()


def run_codes() -> int:
    """List the codes with their severities and meanings."""
    for name, code in CODES.items():
        show(f"{name:22} {_GRAVITY[code.severity]} {code.meaning}")
    return 0
