"""Labels in items: what a rectification is to do, what it has done, and the lines of a form (rules/labels.toml)."""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.expressions import expression
from planparse.phrases import sources, told
from planparse.rulebook import Entry, Example, Rulebook
from planparse.segment.glued_lines import build_labelled

_AFTER = r"\s?(?:[：:]|——)"
_LINE = r"(?:\n|^|(?<=[。；;]))[ \u3000]{0,20}"
_NUMBER = r"(?:\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[①-⒛㈠-㈩])?"


class Labels(Struct, frozen=True):
    """The labels where they stand: ``measure``, ``progress`` and ``goal`` are searched, the others begin what they match.

    ``opens`` is the label of a rectification's measures, where an item begins with it.
    """

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


def _label(words: str) -> str:
    return rf"(?:{words}{_AFTER}|[【〔\[]{words}[】〕\]]\s?[：:]?)"


def build_labels(rules: Rulebook) -> Labels:
    """Return the compiled labels."""
    of = sources(rules, "labels")
    remedy = _label(of["remedy"])  # 【整改措施】, but 【工作措施】 may stand in any item
    measures = f"(?:(?:{of['measure']}|{of['inline']}){_AFTER}|{remedy})"
    progress = _label(of["progress"])
    behind = rf"(?<=[。；;])[ \u3000]{{0,4}}{_NUMBER}(?:{of['inline']}{_AFTER}|{remedy})\s*"
    return Labels(
        measure=expression(
            rf"{behind}|(?<=问题[，,]){of['remedy']}{_AFTER}\s*|(?:\n|^)[ \u3000]*{measures}\s*"
        ),
        progress=expression(rf"{_LINE}{progress}|{of['done']}"),
        progress_line=expression(rf"[ \u3000]{{0,20}}{progress}"),
        goal=expression(rf"{_LINE}{_label(of['goal'])}\s?"),
        task=expression(rf"(?:重点)?{of['task']}{_AFTER}\s?"),
        field=expression(rf"{of['field']}{_AFTER}\s?"),
        opens=expression(rf"{remedy}\s*"),
        any_label=expression(f"{measures}|{progress}"),
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
