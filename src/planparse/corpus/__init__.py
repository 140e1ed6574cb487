"""Many plans as tidy pandas frames, with the questions that one asks of them.

:func:`read_corpus` reads a folder; :class:`Corpus` holds the frames documents, tasks, targets and departments, and
answers: who carries how much, which levels are set, what is due when, what is missing, who sets what, what resembles
what.
"""

from __future__ import annotations

from planparse.corpus.build import read_corpus
from planparse.corpus.corpus import Corpus

__all__ = ["Corpus", "read_corpus"]
