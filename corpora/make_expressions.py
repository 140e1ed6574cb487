"""Write the rule tables read ahead, and the ready code of their expressions: run it under each Python that wheels are made for.

    python corpora/make_expressions.py

It extracts the authored documents and a damaged page, and keeps every expression that this asks for (see
planparse/expressions.py).
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import zlib
from array import array
from base64 import b64encode
from pathlib import Path
from typing import Any
from unittest.mock import patch

import planparse.expressions
import planparse.gate
from planparse.expressions import table_path
from planparse.rule_files import READY, digest
from planparse.rulebook import HERE as rules_folder

HERE = Path(__file__).parent
#: a page with glosses and bytes out of frame: its repair has expressions of its own
DAMAGED = "醫(yī)院召開(kāi)會(huì)議,醫(yī)務(wù)科、護(hù)理部參加,強(qiáng)調(diào)醫(yī)療質(zhì)量和處理?xiàng)l例。"


#: expressions whose prefixes were asked for
GATES: set[str] = set()


def asked() -> list[tuple[str, int]]:
    """Return source and flags of every expression that the authored documents ask for, sorted."""
    found: set[tuple[str, int]] = set()

    def note(source: str, flags: int) -> None:
        found.add((source, int(flags)))

    class Noted(dict):  # type: ignore[type-arg]
        def get(self, key: Any, default: Any = None) -> Any:
            note(*key)
            return default

    class Gates(dict):  # type: ignore[type-arg]
        def get(self, key: Any, default: Any = None) -> Any:
            GATES.add(key)
            return default

    with (
        patch.object(planparse.expressions, "_table", Noted),
        patch.object(planparse.gate, "_ready", Gates),
    ):
        from planparse import extract

        extract(DAMAGED)
        for path in sorted((HERE / "authored").glob("*/*.txt")):
            extract(path)
    return sorted(found)


def made(source: str, flags: int) -> list[Any]:
    """Return the entry of one expression, as the engine's own compiler makes it."""
    compiler: Any = re._compiler  # type: ignore[attr-defined]
    parser: Any = re._parser  # type: ignore[attr-defined]
    parsed = parser.parse(source, flags)
    code = compiler._code(parsed, flags)
    state = parsed.state
    return [
        source,
        flags,
        flags | state.flags,
        b64encode(array("I", code).tobytes()).decode(),
        state.groups - 1,
        state.groupdict,
    ]


def main() -> None:
    """Write the file for the running Python."""
    rows = [made(*one) for one in asked()]
    tables = {
        path.name: (digest(path.read_bytes()), tomllib.loads(path.read_text("utf-8-sig")))
        for path in sorted(rules_folder.glob("*.toml"))
    }
    READY.write_bytes(
        zlib.compress(json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    )
    gates = {pattern: sorted(planparse.gate.parsed_prefixes(pattern)) for pattern in sorted(GATES)}
    planparse.gate.READY.write_bytes(zlib.compress(json.dumps(gates, ensure_ascii=False).encode(), 9))
    table_path().write_bytes(
        zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    )
    print(
        f"{len(rows)} expressions, {table_path().stat().st_size} bytes: {table_path().name}", file=sys.stderr
    )


if __name__ == "__main__":
    main()
