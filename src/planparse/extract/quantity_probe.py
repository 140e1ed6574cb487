"""Runs the examples of the quantity tables: units, comparators, target words."""

from __future__ import annotations

from planparse.extract.date_values import Calendar
from planparse.extract.dates import find_dates
from planparse.extract.quantities import Quantity, find_quantities
from planparse.rulebook import Entry, Example, Rulebook


def described(quantity: Quantity) -> str:
    """Return a quantity as the examples write it: 「药占比 le 27 % from 31 by 2024-12-31」."""
    value = f"{quantity.value:g}" if quantity.upper is None else f"{quantity.value:g}..{quantity.upper:g}"
    parts = [quantity.indicator, quantity.relation, value, quantity.unit]
    if quantity.baseline is not None:
        parts += ["from", f"{quantity.baseline:g}"]
    if quantity.deadline is not None:
        parts += ["by", str(quantity.deadline.end)]
    return " ".join(part for part in parts if part)


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Return what is wrong with an example of a quantity table, or None.

    The value is what :func:`described` gives, of several targets with ; between, or 「past」, or 「frequency」. A not_example holds no target. Dates are of 2024.
    """
    text = example.text
    dates = find_dates(text, Calendar(2024), rules)
    found = find_quantities(text, 0, len(text), dates, rules)
    if example.value == "past":
        return None if found and all(quantity.past for quantity in found) else "not read as past"
    targets = [quantity for quantity in found if not quantity.past and not quantity.frequency]
    if example.value == "frequency":
        return None if found and all(quantity.frequency for quantity in found) else "not read as a frequency"
    if not positive:
        return f"a target was found: {described(targets[0])}" if targets else None
    shown = "; ".join(map(described, targets))
    if len(targets) != 1 and shown != example.value:
        return f"{len(targets)} targets were found: {[described(quantity) for quantity in targets]}"
    if example.span is not None and targets[0].span != example.span:
        return f"found {targets[0].text!r}, marked {text[slice(*example.span)]!r}"
    if example.value is not None and shown != example.value:
        return f"found {shown!r}"
    return None
