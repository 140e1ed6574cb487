"""A matplotlib figure that a notebook shows by itself, without pyplot and without ``%matplotlib inline``."""

from __future__ import annotations

from io import BytesIO

from matplotlib.figure import Figure


class Chart(Figure):
    """A figure made without pyplot, which Jupyter would only name: it brings its own picture."""

    def _repr_png_(self) -> bytes:
        """Return the picture as PNG, as wide as the figure says."""
        picture = BytesIO()
        self.savefig(picture, format="png", dpi=96)
        return picture.getvalue()
