"""The JSON Schema of the records that ``json`` and ``jsonl`` write."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from planparse.export.output import write_text
from planparse.model import SCHEMA, Plan

#: fields of Plan that travel with it in Python but are not in its JSON
_PRIVATE = ("text", "mentions", "blocks")


def schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of one contract object.

    >>> found = schema()
    >>> found["required"][:2], "mentions" in found["properties"]
    (['schema', 'document'], False)
    """
    import msgspec

    full = msgspec.json.schema(Plan, ref_template="#/$defs/{name}")
    definitions = full["$defs"]
    plan = definitions.pop("Plan")
    for name in _PRIVATE:
        plan["properties"].pop(name, None)
    for name in ("Mention", "Block"):
        definitions.pop(name, None)
    plan["properties"]["schema"] = {"const": SCHEMA}
    plan["required"] = ["schema", "document", "sections", "tasks", "targets", "repairs", "warnings"]
    plan.pop("description", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "planparse plan",
        **plan,
        "$defs": definitions,
    }


def write(plans: Sequence[Plan], out: Path | TextIO) -> tuple[Path, ...]:
    """Write the schema; it does not depend on ``plans``."""
    return write_text(
        out, lambda stream: stream.write(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")
    )
