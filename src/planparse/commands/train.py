"""planparse train."""

from __future__ import annotations

from pathlib import Path

from planparse.commands.inputs import say
from planparse.errors import MissingExtra


def run_train(corpora: Path | None, models: Path | None) -> int:
    """Learn the weights from corpora and write them with their cards; return the exit code."""
    try:
        import sklearn  # noqa: F401
    except ImportError as fault:
        raise MissingExtra("planparse train", "train") from fault
    from planparse.train import checkout, train

    root = checkout() if corpora is None or models is None else Path()
    train(corpora or root / "corpora", models or root / "models", say=say)
    return 0
