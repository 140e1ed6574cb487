"""Character offsets and the tokens of a spaCy document. No loop over tokens: spaCy makes an object of each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Set
from itertools import pairwise
from typing import Any

from spacy.attrs import LENGTH, SPACY
from spacy.tokens import Doc, Span, Token


class Borders:
    """Where the tokens of a document begin and end.

    >>> import spacy
    >>> doc = Doc(spacy.blank("zh").vocab, words=["医务科", "牵头"], spaces=[False, False])
    >>> Borders(doc).tokens(0, 3), Borders(doc).tokens(1, 4)
    ((0, 1), (0, 2))
    """

    def __init__(self, doc: Doc) -> None:
        sizes = doc.to_array([LENGTH, SPACY]).astype("int64")
        after = sizes.sum(axis=1).cumsum()
        self.starts: list[int] = [0, *after[:-1].tolist()] if len(doc) else []
        self.ends: list[int] = (after - sizes[:, 1]).tolist() if len(doc) else []

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens ``[first, last)`` that hold the characters ``[start, end)``, widened inside a token."""
        return bisect_right(self.starts, start) - 1, bisect_left(self.ends, end) + 1


def split_at(doc: Doc, text: str, offsets: Set[int]) -> None:
    """Cut every token that one of the offsets stands inside of; tags stay, span groups keep their characters.

    ``text`` is ``doc.text``, which spaCy would put together anew.
    """
    where = Borders(doc)
    cuts: dict[int, list[int]] = defaultdict(list)
    for offset in sorted(offsets):
        token = bisect_right(where.starts, offset) - 1
        if token >= 0 and where.starts[token] < offset < where.ends[token]:
            cuts[token].append(offset)
    if not cuts:
        return
    kept = {
        key: [(s.label_, s.start_char, s.end_char, s.kb_id_, s.id_) for s in group]
        for key, group in doc.spans.items()
    }
    with doc.retokenize() as retokenizer:
        for place, inner in cuts.items():
            token = doc[place]
            orths = [text[a:b] for a, b in pairwise((where.starts[place], *inner, where.ends[place]))]
            retokenizer.split(token, orths, heads=_heads(token, len(orths)), attrs=_attrs(token, len(orths)))
    where = Borders(doc) if kept else where
    for key, spans in kept.items():
        doc.spans[key] = [
            Span(doc, *where.tokens(a, b), label=label, kb_id=kb, span_id=name)
            for label, a, b, kb, name in spans
        ]


def _heads(token: Token, parts: int) -> list[Any]:
    """Return the heads of the parts: the first has the token's own, the others hang on the first."""
    first: Any = token.head if token.head.i != token.i else (token, 0)
    return [first, *[(token, 0)] * (parts - 1)]


def _attrs(token: Token, parts: int) -> dict[str, list[Any]]:
    given = {"TAG": token.tag_, "POS": token.pos_, "DEP": token.dep_}
    return {name: [value] * parts for name, value in given.items() if value}
