"""The hand-made plans of tests/export are used here too; ``tools`` finds and runs programs (programs.py)."""

import sys
from pathlib import Path

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "export")]


@pytest.fixture
def tools():
    """Return the functions of programs.py."""
    import programs

    return programs
