"""Running the checks: all faults of a plan at once, in the order of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable

import msgspec

from planparse.check.findings import CODES, SEVERITIES, Finding, Severity
from planparse.check.rules import CHECKS
from planparse.errors import PlanparseError
from planparse.model import Plan
from planparse.rulebook import Rulebook, rules_given


def check(plan: Plan, *, rules: Rulebook | None = None, ignore: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return the findings on a plan, in the order of the text; ``ignore`` names codes to leave out.

    Each has the half-open ``span`` of what it is about in ``plan.text``, and its line. Raises PlanparseError for a
    code that does not exist.

    >>> from planparse.pipeline import extract
    >>> [(one.code, one.span) for one in check(extract("1.推进日间手术。（牵头科室：医务科）"))]
    [('no-deadline', (2, 9))]
    """
    wrong = sorted(set(ignore) - set(CODES))
    if wrong:
        raise PlanparseError(f"given code {', '.join(wrong)}; possible: {', '.join(CODES)}")
    book = rules_given(rules)
    found = [one for rule in CHECKS for one in rule(plan, book) if one.code not in ignore]
    starts = _line_starts(plan.text)
    placed = [
        msgspec.structs.replace(one, line=bisect_right(starts, one.span[0])) if plan.text else one
        for one in found
    ]
    return tuple(sorted(placed, key=lambda one: (one.span, one.code, one.message)))


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def exceeds(findings: Iterable[Finding], fail_on: Severity) -> bool:
    """Return whether a finding is at least as grave as ``fail_on``.

    >>> exceeds([Finding(code="no-lead", severity="warning", message="", span=(0, 0))], "error")
    False
    """
    limit = SEVERITIES.index(fail_on)
    return any(SEVERITIES.index(one.severity) <= limit for one in findings)
