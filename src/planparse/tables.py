"""The form of every rule table: one line a table. The data itself is in ``rules/``."""

from __future__ import annotations

from planparse.rulebook import TableSpec

#: table name (the file's stem in ``rules/``) -> its form and the function that runs its examples
TABLES: dict[str, TableSpec] = {}
