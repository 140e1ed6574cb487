"""The checks, one function each: ``(plan, rules) -> findings``. Nothing here looks at today's date."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from planparse.check.amounts import backwards, open_counts, opposed, units, vague
from planparse.check.departments import leads, twice, unknown
from planparse.check.findings import Finding
from planparse.check.tasks import duplicates, numbers
from planparse.check.times import deadlines, impossible, target_deadlines, text_deadlines
from planparse.model import Plan
from planparse.rulebook import Rulebook

Check = Callable[[Plan, Rulebook], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    leads, twice, unknown, deadlines, text_deadlines, impossible, target_deadlines, duplicates, numbers,
    vague, open_counts, units, opposed, backwards,
)  # fmt: skip
