"""Where the learned weights lie: ``planparse/models`` in a wheel, ``models`` of the repository in a checkout.

Weights are JSON, never pickle. Nothing is read before the first use.

>>> sorted(load_weights("sentences"))[:2]
['bias', 'classes']
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from planparse.errors import PlanparseError

#: names another folder of weights, such as one that ``planparse train`` has written
FOLDER = "PLANPARSE_MODELS"


class MissingWeights(PlanparseError):
    """The learned weights are not where they should be, or are no JSON."""


def models_folder() -> Path:
    """Return the folder of the weights; raises :class:`MissingWeights` when there is none.

    The first of: the folder that the variable ``PLANPARSE_MODELS`` names, the installed package's ``models``, the
    checkout's.
    """
    return _folder(os.environ.get(FOLDER))


@lru_cache(maxsize=16)
def _file(named: str | None, name: str) -> Path:
    return _folder(named) / f"{name}.json"


@lru_cache(maxsize=8)
def _folder(named: str | None) -> Path:
    here = Path(__file__).resolve().parent
    candidates = [Path(named)] if named else [here / "models", here.parents[1] / "models"]
    for folder in candidates:
        if (folder / "sentences.json").is_file() or (named and folder.is_dir()):
            return folder
    looked = ", ".join(str(folder) for folder in candidates)
    raise MissingWeights(
        f"no learned weights; looked in {looked}; run `planparse train` in a checkout, or reinstall planparse"
    )


Version = tuple[Path, int]


def weights_version(name: str) -> Version:
    """Return where the weights ``name`` lie and when they were written; raises :class:`MissingWeights`.

    What is built from weights is kept by this value, so that freshly learned ones are used at once.
    """
    path = _file(os.environ.get(FOLDER), name)
    try:
        return path, os.stat(path).st_mtime_ns
    except OSError as fault:
        raise MissingWeights(
            f"{path}: {fault.strerror}; run `planparse train` in a checkout, or reinstall planparse"
        ) from fault


@lru_cache(maxsize=4)
def _read(version: Version) -> dict[str, Any]:
    path = version[0]
    try:
        data = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as fault:
        raise MissingWeights(
            f"{path}: not readable as JSON weights ({fault}); run `planparse train` again"
        ) from fault
    if not isinstance(data, dict):
        raise MissingWeights(
            f"{path}: given {type(data).__name__}, possible: a JSON object; run `planparse train` again"
        )
    return data


def load_weights(name: str) -> dict[str, Any]:
    """Return the weights ``name`` (sentences, confidence), read once. Raises :class:`MissingWeights`."""
    return _read(weights_version(name))
