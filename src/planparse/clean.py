"""The clean text and the way back: edits, and the map of offsets between source and clean text.

Both directions work on sorted arrays with bisect; a text without edits of length costs nothing.

>>> clean = Clean.of("醫(yī)院", [Edit("gloss", (1, 5), "(yī)", "")], text="医院")
>>> clean.source_span(0, 2)
(0, 6)
>>> clean.source_span(1, 2)
(5, 6)
>>> clean.clean_position(5)
1
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from planparse.model import Span


class Edit(msgspec.Struct, frozen=True, gc=False):
    """One repair: in the source, ``span`` read ``before`` and is replaced by ``after``.

    ``kind`` is gloss, frame, markup, line or space; ``sure`` is False where another reading was nearly as likely.
    """

    kind: str
    span: Span
    before: str
    after: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Clean:
    """Repaired, simplified, width-normalized text; offsets of either side map to the other.

    ``_clean`` and ``_source`` hold the starts of the stretches between edits, on each side.
    """

    text: str
    edits: tuple[Edit, ...] = ()
    warnings: tuple[str, ...] = ()
    script: str = "simplified"
    _clean: tuple[int, ...] = ()
    _source: tuple[int, ...] = ()

    @staticmethod
    def of(
        source: str,
        edits: Sequence[Edit],
        *,
        text: str,
        warnings: Sequence[str] = (),
        script: str = "simplified",
    ) -> Clean:
        """Return the clean text of ``source`` with sorted, disjoint ``edits``.

        ``text`` is the edited source after conversions that keep every length. Raises ValueError when
        the lengths do not agree.
        """
        clean, origin = [0], [0]
        at = 0
        shift = 0
        for edit in edits:
            start, end = edit.span
            if start < at:
                raise ValueError(f"edits overlap at {start}")
            at = end
            shift += len(edit.after) - (end - start)
            if len(edit.after) != end - start:
                # the stretch after this edit
                clean.append(end + shift)
                origin.append(end)
        if len(source) + shift != len(text):
            raise ValueError(f"edits give {len(source) + shift} characters, the text has {len(text)}")
        if len(clean) == 1:
            return Clean(text, tuple(edits), tuple(warnings), script)
        return Clean(text, tuple(edits), tuple(warnings), script, tuple(clean), tuple(origin))

    def source_position(self, position: int) -> int:
        """Return the source offset of the character at a clean offset."""
        if not self._clean:
            return position
        k = bisect_right(self._clean, position) - 1
        moved = self._source[k] + position - self._clean[k]
        return min(moved, self._source[k + 1]) if k + 1 < len(self._source) else moved

    def source_span(self, start: int, end: int) -> Span:
        """Return the source span of a clean span: from its first character to the end of its last."""
        if not self._clean:
            return (start, end)
        if end <= start:
            at = self.source_position(start)
            return (at, at)
        return (self.source_position(start), self.source_position(end - 1) + 1)

    def clean_position(self, position: int) -> int:
        """Return the clean offset of a source offset; inside a removed stretch, the offset where it was."""
        if not self._clean:
            return position
        k = bisect_right(self._source, position) - 1
        moved = self._clean[k] + position - self._source[k]
        return min(moved, self._clean[k + 1]) if k + 1 < len(self._clean) else moved
