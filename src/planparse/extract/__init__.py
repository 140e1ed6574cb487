"""Stage 4, extract: clean text becomes mentions, draft tasks and targets, and records.

``planparse.extract`` is the package of this stage and, called, the whole pipeline: ``planparse.extract(file)``.
The module is callable so that both hold whichever is imported first.
"""

from __future__ import annotations

import importlib
import sys
import types
from typing import Any


class _Stage(types.ModuleType):
    def __call__(self, *args: Any, **options: Any) -> Any:
        """Run :func:`planparse.pipeline.extract`."""
        return importlib.import_module("planparse.pipeline").extract(*args, **options)


sys.modules[__name__].__class__ = _Stage
