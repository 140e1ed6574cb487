r"""A linter for plans: what an office would send back before a plan is issued.

>>> import planparse
>>> plan = planparse.extract("一、重点任务\n1.推进日间手术。（牵头科室：医务科、护理部）")
>>> [(finding.code, finding.line) for finding in check(plan)]
[('no-deadline', 2), ('two-leads', 2)]

Every rule is one function in ``rules.py``; the list :data:`CODES` says what each finds.
"""

from __future__ import annotations

from planparse.check.findings import CODES, SEVERITIES, Code, Finding, Severity
from planparse.check.run import check, exceeds

__all__ = ["CODES", "SEVERITIES", "Code", "Finding", "Severity", "check", "exceeds"]
