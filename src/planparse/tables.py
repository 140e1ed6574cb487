"""The form of every rule table: one line a table. The data itself is in ``rules/``."""

from __future__ import annotations

from planparse.rulebook import TableSpec

#: table name (the file's stem in ``rules/``) -> its form and the function that runs its examples
TABLES: dict[str, TableSpec] = {
    "numbering": TableSpec({"rank": float, "value": str, "pattern": str}, choices={"value": frozenset({"han", "arabic", "circled", "letter", "none", "last"})}, probe="planparse.segment.numbering:probe"),
    "headings": TableSpec({"role": str, "words": list}, choices={"role": frozenset({"assign", "demand", "goal", "background", "organization"})}, probe="planparse.segment.headings:probe"),
    "roles": TableSpec({"form": str, "role": str, "words": list}, {"kinds": bool, "bare_lead": bool}, {"form": frozenset({"label", "suffix"}), "role": frozenset({"lead", "responsible", "support", "leaders", "deadline", "none"})}, "planparse.extract.roles:probe"),
    "headers": TableSpec({"field": str, "words": list}, {"tails": list}, probe="planparse.extract.headers:probe"),
}
