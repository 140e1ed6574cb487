"""Dates that other libraries find, one JSON line a document: run by evaluation.py in a process of its own.

    python benchmarks/quality_peers.py jionlp < documents.jsonl        documents: {"text": …, "year": 2024}

The libraries are not dependencies: pip install --target DIR jionlp recognizers-text-suite 'emoji<2', and give DIR to
`python -m benchmarks.evaluation --peers DIR`. Both are offline.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

_DAY = re.compile(r"(?:19|20)\d\d-\d{2}-\d{2}")


def jionlp(text: str, year: int) -> Iterator[str]:
    """Yield the last day of every time that JioNLP extracts and reads."""
    import jionlp as jio

    for line in filter(None, text.split("\n")):
        for found in jio.ner.extract_time(line, time_base={"year": year, "month": 1, "day": 1}):
            time: Any = found["detail"].get("time")
            if isinstance(time, list) and _DAY.match(str(time[-1])):
                yield str(time[-1])[:10]


def recognizers(text: str, year: int) -> Iterator[str]:
    """Yield the last day of every date that recognizers-text resolves; of several readings, that of the plan's year."""
    from recognizers_date_time import Culture, recognize_datetime

    base = datetime.datetime(year, 1, 1)
    for line in filter(None, text.split("\n")):
        for found in recognize_datetime(line, Culture.Chinese, reference=base):
            readings = (found.resolution or {}).get("values", [])
            days = [day for day in map(_last_day, readings) if day]
            if days:
                yield next((day for day in days if day.startswith(str(year))), days[-1])


def _last_day(reading: dict[str, str]) -> str | None:
    if reading.get("type") == "daterange" and _DAY.match(reading.get("end", "")):
        after = datetime.date.fromisoformat(reading["end"][:10])  # an exclusive end
        return (after - datetime.timedelta(days=1)).isoformat()
    value = reading.get("value", "")
    return value[:10] if _DAY.match(value) else None


PEERS: dict[str, Callable[[str, int], Iterator[str]]] = {"jionlp": jionlp, "recognizers": recognizers}


def main(name: str) -> None:
    """Answer the documents on standard input."""
    out, sys.stdout = sys.stdout, sys.stderr  # the libraries print when they are imported
    for line in sys.stdin:
        document = json.loads(line)
        out.write(json.dumps(sorted(set(PEERS[name](document["text"], document["year"])))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
