"""Labels in items: what a rectification is to do, what it has done, and the lines of a form (rules/labels.toml)."""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.expressions import expression
from planparse.phrases import sources, told
from planparse.rulebook import Entry, Example, Rulebook
from planparse.segment.glued_lines import build_labelled

_AFTER = r"\s?(?:[：:]|——|[】〕\]]\s?[：:]?)"
_OPEN = r"[【〔\[]?"
_LINE = r"(?:\n|^|(?<=[。；;]))[ \u3000]{0,20}"
_NUMBER = r"(?:\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[①-⒛㈠-㈩])?"


class Labels(Struct, frozen=True):
    """The labels where they stand: ``measure``, ``progress`` and ``goal`` are searched, the others begin what they match."""

    measure: re.Pattern[str]
    progress: re.Pattern[str]
    progress_line: re.Pattern[str]
    goal: re.Pattern[str]
    task: re.Pattern[str]
    field: re.Pattern[str]
    opens: re.Pattern[str]
    any_label: re.Pattern[str]
    done: re.Pattern[str]
    member: re.Pattern[str]

    def may_rectify(self, text: str) -> bool:
        """Whether any label of measures or of their progress may stand in the text; in most texts none does."""
        return self.any_label.search(text) is not None or self.done.search(text) is not None


def build_labels(rules: Rulebook) -> Labels:
    """Return the compiled labels."""
    of = sources(rules, "labels")
    measures = f"{_OPEN}(?:{of['measure']}|{of['inline']}|{of['remedy']})"
    behind = rf"(?<=[。；;])[ \u3000]{{0,4}}{_NUMBER}{_OPEN}(?:{of['inline']}|{of['remedy']}){_AFTER}\s*"
    return Labels(
        measure=expression(
            rf"{behind}|(?<=问题[，,]){of['remedy']}{_AFTER}\s*|(?:\n|^)[ \u3000]*{measures}{_AFTER}\s*"
        ),
        progress=expression(rf"{_LINE}{_OPEN}{of['progress']}{_AFTER}|{of['done']}"),
        progress_line=expression(rf"[ \u3000]{{0,20}}{_OPEN}{of['progress']}{_AFTER}"),
        goal=expression(rf"{_LINE}{_OPEN}{of['goal']}{_AFTER}\s?"),
        task=expression(rf"(?:重点)?{of['task']}{_AFTER}\s?"),
        field=expression(rf"{of['field']}{_AFTER}\s?"),
        opens=expression(rf"{measures}{_AFTER}\s*"),
        any_label=expression(f"(?:{measures}|{of['progress']}){_AFTER}"),
        done=expression(of["done"]),
        member=expression(rf"{of['member']}\s?[：:]"),
    )


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of ``labels``: what the entry's kind finds in a line."""
    labels = rules.compiled(build_labels)
    if entry["kind"] == "list":
        return told(rules.compiled(build_labelled), example, positive)
    kind = "measure" if entry["kind"] in ("inline", "remedy") else entry["kind"]
    return told(getattr(labels, kind), example, positive)
