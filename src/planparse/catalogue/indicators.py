"""Names of indicators as they are compared."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.catalogue.plain import bare, plain


def indicator_variants(name: str) -> Iterator[str]:
    """Yield the plain forms of a printed indicator to look up, the most exact first."""
    exact = plain(name)
    yield exact
    yield bare(exact)
