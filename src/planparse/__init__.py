r"""planparse: Chinese hospital planning texts in; tasks, departments, targets and deadlines out.

>>> import planparse
>>> plan = planparse.extract("一、重点任务\n1.推进日间手术。（牵头科室：医务科；完成时限：2024年6月底前）")
>>> plan.tasks[0].lead[0].name
'医务科'

Names load on first use: importing planparse costs no more than its records.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from planparse import spacy as spacy
    from planparse.corpus import read_corpus as read_corpus
    from planparse.errors import PlanparseError as PlanparseError
    from planparse.errors import ReadError as ReadError
    from planparse.errors import RuleError as RuleError
    from planparse.model import Deadline as Deadline
    from planparse.model import Department as Department
    from planparse.model import Document as Document
    from planparse.model import Person as Person
    from planparse.model import Plan as Plan
    from planparse.model import Section as Section
    from planparse.model import Source as Source
    from planparse.model import Target as Target
    from planparse.model import Task as Task
    from planparse.pipeline import extract as extract
    from planparse.read import read as read
    from planparse.rulebook import Rulebook as Rulebook
    from planparse.rulebook import load_rules as load_rules

#: public name -> module that holds it
_HOMES = {
    "extract": "planparse.pipeline",
    "read": "planparse.read",
    "read_corpus": "planparse.corpus",
    "load_rules": "planparse.rulebook",
    "Rulebook": "planparse.rulebook",
    "Plan": "planparse.model",
    "Task": "planparse.model",
    "Target": "planparse.model",
    "Section": "planparse.model",
    "Department": "planparse.model",
    "Person": "planparse.model",
    "Deadline": "planparse.model",
    "Document": "planparse.model",
    "Source": "planparse.model",
    "PlanparseError": "planparse.errors",
    "ReadError": "planparse.errors",
    "RuleError": "planparse.errors",
}
#: public submodules, loaded on first use too
_MODULES = ("spacy",)
__all__ = ["__version__", "spacy", *sorted(_HOMES)]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"planparse.{name}")
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(
            f"module 'planparse' has no attribute {name!r}; public names: {', '.join(__all__)}"
        )
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
