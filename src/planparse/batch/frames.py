r"""The same work for frames: one function from a frame to a frame, for pandas, Dask and Spark.

>>> import pandas
>>> plans = pandas.DataFrame({"document": ["a.txt"], "text": ["一、重点任务\n1.推进日间手术。（牵头科室：医务科）"]})
>>> map_partitions(plans, what="tasks")[["document", "title", "lead"]].values.tolist()
[['a.txt', '推进日间手术', '医务科']]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from planparse.batch import parts
from planparse.batch.columns import SCHEMAS, Columns, department_columns, target_columns, task_columns
from planparse.batch.model import BatchError, Doc, Entry, Fault, Settings
from planparse.batch.places import Places
from planparse.batch.work import doc_of, extract_entry, load_settings_rules
from planparse.model import Plan
from planparse.read.text import content_id
from planparse.rulebook import Rulebook

if TYPE_CHECKING:
    import pandas

_SPARK = {"text": "string", "date": "timestamp_ntz", "int": "bigint", "float": "double", "bool": "boolean"}
_DTYPES = {"text": "object", "date": "datetime64[ms]", "int": "int64", "float": "float64", "bool": "bool"}
#: columns that only a whole batch can fill, and the name, which is the key's
_BATCH_ONLY = ("duplicate", "duplicate_of", "similarity", "source")


def schema(what: str = "tasks", *, key: str = "document") -> dict[str, str]:
    """Return column -> type of the frames that :func:`map_partitions` gives; ``key`` names the document, first.

    >>> list(schema("errors"))
    ['document', 'document_id', 'reason', 'message']
    """
    if what not in SCHEMAS:
        raise BatchError(f"given table {what!r}; possible: {', '.join(SCHEMAS)}")
    of_names = what in ("documents", "errors")
    own = {name: kind for name, kind in SCHEMAS[what].items() if not (of_names and name in _BATCH_ONLY)}
    if key in own:
        raise BatchError(
            f"given key {key!r}; the table {what} has a column of that name: rename yours, as to 'document'"
        )
    return {key: "text", **own}


def spark_schema(what: str = "tasks", *, key: str = "document") -> str:
    """Return the schema of the frames as Spark writes it (DDL), for ``mapInPandas``.

    >>> spark_schema("errors")
    '`document` string, `document_id` string, `reason` string, `message` string'
    """
    return ", ".join(f"`{name}` {_SPARK[kind]}" for name, kind in schema(what, key=key).items())


def meta(what: str = "tasks", *, key: str = "document") -> pandas.DataFrame:
    """Return the empty frame with the columns and dtypes of the result, as Dask asks for."""
    return _frame({name: [] for name in schema(what, key=key)}, schema(what, key=key))


def map_partitions(
    frame: Any,
    *,
    what: str = "tasks",
    text: str = "text",
    key: str = "document",
    settings: Settings | None = None,
) -> Any:
    """Return the table ``what`` of all documents of a frame: of a pandas frame at once, of a Dask frame lazily.

    Column ``text`` holds each document: a string, or the bytes of a file of any format. Column ``key`` names it (with
    bytes, the suffix of the name is a hint) and comes first in the result. Documents that fail are rows of
    ``errors`` and have no rows elsewhere. Raises BatchError on an unknown table or a missing column.
    """
    empty = meta(what, key=key)
    for column in (text, key):
        if column not in frame.columns:
            raise BatchError(
                f"the frame has no column {column!r}; it has: {', '.join(map(str, frame.columns))}"
            )
    if hasattr(frame, "dask"):
        return frame.map_partitions(_of_frame, what, text, key, settings or Settings(), meta=empty)
    return _of_frame(frame, what, text, key, settings or Settings())


def map_in_pandas(
    *, what: str = "tasks", text: str = "text", key: str = "document", settings: Settings | None = None
) -> Callable[[Iterable[Any]], Iterator[Any]]:
    """Return a function from an iterator of frames to an iterator of frames, for Spark's ``mapInPandas``.

    ``df.mapInPandas(map_in_pandas(what="tasks"), schema=spark_schema("tasks"))``; the function can be pickled.
    Raises BatchError on an unknown table.
    """
    schema(what, key=key)
    return partial(_over_frames, what, text, key, settings or Settings())


def _over_frames(what: str, text: str, key: str, settings: Settings, frames: Iterable[Any]) -> Iterator[Any]:
    for frame in frames:
        yield map_partitions(frame, what=what, text=text, key=key, settings=settings)


@lru_cache(maxsize=4)
def _rules(settings: Settings) -> Rulebook:
    return load_settings_rules(settings)


def _of_frame(frame: Any, what: str, text: str, key: str, settings: Settings) -> pandas.DataFrame:
    rules = _rules(settings)
    places = Places()
    names = [str(name) for name in frame[key]]
    done = [
        _extract(name, content, places, settings, rules)
        for name, content in zip(names, frame[text], strict=True)
    ]
    columns, owners = _errors(done) if what == "errors" else _records(what, done)
    columns[key] = [names[owner] for owner in owners]
    return _frame(columns, schema(what, key=key))


def _extract(
    name: str, content: Any, places: Places, settings: Settings, rules: Rulebook
) -> tuple[Plan, str] | Fault:
    if not isinstance(content, (str, bytes)):
        return Fault("open", f"the text is {type(content).__name__}, not a string or bytes")
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    label = name if isinstance(content, bytes) else "text.txt"
    return extract_entry(Entry(content_id(data), label, data=data), places, settings, rules)


def _errors(done: list[tuple[Plan, str] | Fault]) -> tuple[Columns, list[int]]:
    rows = [(number, fault) for number, fault in enumerate(done) if isinstance(fault, Fault)]
    columns: Columns = {
        "document_id": [None for _ in rows],
        "reason": [fault.reason for _, fault in rows],
        "message": [fault.message for _, fault in rows],
    }
    return columns, [number for number, _ in rows]


def _records(what: str, done: list[tuple[Plan, str] | Fault]) -> tuple[Columns, list[int]]:
    """Return the columns of a table, and for each row the number of its document in the frame."""
    plans = {str(number): one for number, one in enumerate(done) if not isinstance(one, Fault)}
    if what == "documents":
        docs = [doc_of(plan.document.id, plan, format) for plan, format in plans.values()]
        return _documents(docs), [int(number) for number in plans]
    tasks = [(number, task) for number, (plan, _) in plans.items() for task in plan.tasks]
    if what == "targets":
        columns = target_columns(
            [(number, target) for number, (plan, _) in plans.items() for target in plan.targets]
        )
    else:
        columns = task_columns(tasks) if what == "tasks" else department_columns(tasks)
    owners = columns["document_id"]
    columns["document_id"] = [plans[number][0].document.id for number in owners]
    return columns, [int(number) for number in owners]


def _documents(docs: list[Doc]) -> Columns:
    renamed = {"document_id": "id", "period_start": "start", "period_end": "end"}
    columns = {
        name: [getattr(doc, renamed.get(name, name)) for doc in docs]
        for name in SCHEMAS["documents"]
        if name not in _BATCH_ONLY
    }
    columns["warnings"] = ["；".join(warnings) or None for warnings in columns["warnings"]]
    return columns


def _frame(columns: Columns, kinds: dict[str, str]) -> pandas.DataFrame:
    import pandas as pd

    data: dict[str, Any] = {}
    for name, kind in kinds.items():
        cells = pd.Series(
            [parts.whole(cell) if isinstance(cell, str) else cell for cell in columns[name]], dtype="object"
        )
        data[name] = pd.to_datetime(cells, errors="coerce", format="%Y-%m-%d") if kind == "date" else cells
        data[name] = data[name].astype(_DTYPES[kind])
    return pd.DataFrame(data, columns=list(kinds))
