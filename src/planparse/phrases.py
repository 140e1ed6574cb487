"""Words and patterns of a rule table as expressions, one for each kind of entry.

Such a table says which words mark something, and the code says where they stand: ``titles.toml`` has the words that
end a title, ``extract/front.py`` that they end a line.

>>> from planparse.rulebook import default_rules
>>> import re
>>> re.search(sources(default_rules(), "titles")["end"] + "$", "2024年度质控方案")[0]
'方案'
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from planparse.alternatives import any_of
from planparse.rulebook import Example, Rulebook


def sources(rules: Rulebook, table: str) -> Mapping[str, str]:
    """Return for each kind of a table's entries an expression of all their words and patterns; one of no entries never matches."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    patterns: dict[str, list[str]] = defaultdict(list)
    for entry in rules.entries(table):
        words[entry["kind"]] |= dict.fromkeys(entry.get("words", ()), entry.get("not_next", ""))
        patterns[entry["kind"]] += [f"(?:{entry['pattern']})"] if entry.get("pattern") else []
    found = {kind: [*([any_of(some, some)] if some else []), *patterns[kind]] for kind, some in words.items()}
    return defaultdict(
        lambda: "(?!)",
        {kind: some[0] if len(some) == 1 else f"(?:{'|'.join(some)})" for kind, some in found.items()},
    )


def told(pattern: re.Pattern[str], example: Example, positive: bool) -> str | None:
    """Return what is wrong with an example of an entry that ``pattern`` holds, or None: it must find what ⟦ ⟧ marks first."""
    found = pattern.search(example.text)
    if not positive:
        return f"found {found[0]!r}" if found else None
    return None if found and found.span() == example.span else f"found {found[0] if found else None!r}"
