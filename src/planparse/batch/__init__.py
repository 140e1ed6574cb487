"""Many documents: the same extraction on all cores or a cluster, into tidy tables that survive anything.

``run`` is what ``planparse batch`` does; ``map_partitions`` is the same work for a pandas or Dask frame and
``map_in_pandas`` for Spark. Read running.py first.

>>> from planparse.batch import schema
>>> list(schema("errors"))
['document', 'document_id', 'reason', 'message']
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planparse.batch.finish import Summary as Summary
    from planparse.batch.frames import map_in_pandas as map_in_pandas
    from planparse.batch.frames import map_partitions as map_partitions
    from planparse.batch.frames import meta as meta
    from planparse.batch.frames import schema as schema
    from planparse.batch.frames import spark_schema as spark_schema
    from planparse.batch.model import BatchError as BatchError
    from planparse.batch.model import Limits as Limits
    from planparse.batch.model import Settings as Settings
    from planparse.batch.running import run as run

_HOMES = {
    "BatchError": "model",
    "Limits": "model",
    "Settings": "model",
    "Summary": "finish",
    "map_in_pandas": "frames",
    "map_partitions": "frames",
    "meta": "frames",
    "run": "running",
    "schema": "frames",
    "spark_schema": "frames",
}
__all__ = [
    "BatchError",
    "Limits",
    "Settings",
    "Summary",
    "map_in_pandas",
    "map_partitions",
    "meta",
    "run",
    "schema",
    "spark_schema",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(
            f"module 'planparse.batch' has no attribute {name!r}; public names: {', '.join(__all__)}"
        )
    value = getattr(importlib.import_module(f"planparse.batch.{home}"), name)
    globals()[name] = value
    return value
