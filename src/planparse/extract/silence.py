"""Where the rules are silent: the sentence classifier tells an act to be done from a report or a slogan.

Rules keep the say where a document is explicit (who is told, by when, how much). What they leave open, and the
probabilities that decide it, is the table ``rules/silence.toml``.

>>> from planparse.rulebook import default_rules
>>> silence = default_rules().compiled(build_silence)
>>> silence.says("subject", "信息科会同医保办对接口进行改造，实现异地就医直接结算。")
True
>>> silence.says("untimed", "全院职工要像爱护眼睛一样爱护医院声誉。")
False
"""

from __future__ import annotations

from msgspec import Struct

from planparse.classify import sentence_classes
from planparse.rulebook import Entry, Example, Rulebook


class Decision(Struct, frozen=True):
    """Accepts or rejects a sentence whose probability of ``classes`` is at least ``at``."""

    accept: bool
    classes: tuple[str, ...]
    at: float

    def sure(self, said: str) -> float:
        """Return the probability that ``said`` is of the classes."""
        [found] = sentence_classes([said])
        return sum(found[name] for name in self.classes)

    def makes_task(self, said: str) -> bool:
        """Whether ``said`` is a task by this decision."""
        return (self.sure(said) >= self.at) == self.accept


class Silence(Struct, frozen=True):
    """What decides each kind of open question."""

    decisions: dict[str, list[Decision]]

    def says(self, question: str, said: str) -> bool:
        """Whether ``said`` is a task: every decision on the question holds it for one."""
        return all(decision.makes_task(said) for decision in self.decisions[question])


def build_silence(rules: Rulebook) -> Silence:
    """Return the decisions of the table ``silence`` by their question: ``untimed``, ``untimed.report`` are on one."""
    entries = {
        entry.id: entry for entry in rules.entries("silence")
    }  # a later entry of the same id goes before
    decisions: dict[str, list[Decision]] = {}
    for entry in entries.values():
        decisions.setdefault(entry.id.partition(".")[0], []).append(_decision(entry))
    return Silence(decisions)


def _decision(entry: Entry) -> Decision:
    return Decision(entry["act"] == "accept", tuple(entry["classes"]), entry["at"])


def probe(_: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of silence: of an accepting entry a task, of a rejecting one none."""
    decision = _decision(entry)
    sure = decision.sure(example.text)
    return None if (sure >= decision.at) == positive else f"has the probability {sure:.2f}"
