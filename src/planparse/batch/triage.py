"""What to do when a worker dies: whose fault it was, what is done again, and who is given up.

The first death of a document isolates it: what stood before it, the document alone, and what came after become units
of their own. A document that kills a worker twice, or hangs once, is recorded with its reason and not tried again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from planparse.batch.model import Doc, Fault, Unit
from planparse.batch.pool import Died

_GROUPS = 16  #: into how many a unit is divided when nobody knows at which document its worker died


@dataclass(slots=True)
class Triage:
    """The memory of deaths in one run."""

    deaths: Counter[str] = field(default_factory=Counter)

    def judge(self, event: Died) -> tuple[list[Unit], Doc | None]:
        """Return the units to do again, and the document given up, if any.

        >>> from planparse.batch.model import Entry
        >>> unit = Unit(0, tuple(Entry(name, name) for name in "abc"))
        >>> triage = Triage()
        >>> [[e.id for e in u.entries] for u in triage.judge(Died(unit, 1, "crash", "exit code 3"))[0]]
        [['a'], ['b'], ['c']]
        >>> triage.judge(Died(Unit(0, unit.entries[1:2]), 0, "crash", "exit code 3"))[1].fault.reason
        'crash'
        """
        entries = event.unit.entries
        if event.culprit is None:
            return self._unknown(event)
        culprit = entries[event.culprit]
        self.deaths[culprit.id] += 1
        given_up = event.final or event.reason == "timeout" or self.deaths[culprit.id] >= 2
        before, after = entries[: event.culprit], entries[event.culprit + 1 :]
        groups = [before, after] if given_up else [before, (culprit,), after]
        units = [Unit(event.unit.chunk, group) for group in groups if group]
        return units, Doc(culprit.id, Fault(event.reason, event.message)) if given_up else None

    def _unknown(self, event: Died) -> tuple[list[Unit], Doc | None]:
        """Judge a death at nobody knows which document: divide until one is left, which has three tries."""
        entries = event.unit.entries
        if len(entries) == 1:
            self.deaths[entries[0].id] += 1
            if self.deaths[entries[0].id] >= 3:
                return [], Doc(entries[0].id, Fault(event.reason, event.message))
            return [event.unit], None
        size = -(-len(entries) // _GROUPS)
        return [Unit(event.unit.chunk, entries[at : at + size]) for at in range(0, len(entries), size)], None
