"""The public names, their examples, and what importing costs."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import planparse

MODULES = sorted(
    m.name for m in pkgutil.walk_packages(planparse.__path__, "planparse.") if not m.name.endswith("__main__")
)


def test_public_names_load() -> None:
    for name in planparse.__all__:
        assert getattr(planparse, name) is not None
    with pytest.raises(AttributeError, match="public names"):
        planparse.no_such_name  # noqa: B018


def test_importing_is_light() -> None:
    code = "import sys, planparse; print(len([m for m in sys.modules if m.split('.')[0] in ('jieba','spacy','pandas','sklearn','lxml','openpyxl','typer','numpy')]))"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "0"
    )


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name: str) -> None:
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as missing:
        pytest.skip(f"optional library {missing.name} is not installed")
    failed, _ = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    assert failed == 0


def test_extract_is_callable_whatever_came_first() -> None:
    code = "import planparse.extract.dates, planparse; print(len(planparse.extract('一、重点任务\\n1.推进日间手术。（医务科）').tasks))"
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "1"
    )
