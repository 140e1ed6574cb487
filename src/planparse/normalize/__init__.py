"""Stage 2, normalize: the source text becomes repaired, simplified text of plain width; offsets are kept.

The order of the repairs is the list :data:`REPAIRS`. Each takes a text and returns edits of it; script and
width are conversions that keep every length, so they move no offset and are no repairs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planparse.clean import Clean, Edit
from planparse.model import Script, Span
from planparse.normalize.cells import BREAKS, broken_cells
from planparse.normalize.edits import compose, replay, settled
from planparse.normalize.lines import broken_lines
from planparse.normalize.markup import stray_markup
from planparse.normalize.script import convert, is_odd, script_of
from planparse.normalize.spaces import stray_spaces
from planparse.normalize.tones import gate
from planparse.normalize.width import narrow
from planparse.rulebook import Rulebook

__all__ = ["REPAIRS", "normalize"]

Repair = Callable[[str, Rulebook, Sequence[Span]], list[Edit]]


def _glosses(text: str) -> tuple[list[Edit], list[str]]:
    if not gate(text):
        return [], []
    # the decoder and its tables are for damaged pages alone: others do not pay for loading them
    from planparse.normalize.gloss import repair_glosses

    return repair_glosses(text)


def _markup(text: str, rules: Rulebook, tables: Sequence[Span]) -> list[Edit]:
    return stray_markup(text)


def _spaces(text: str, rules: Rulebook, tables: Sequence[Span]) -> list[Edit]:
    return stray_spaces(text, rules, tables)


#: the repairs of undamaged script, in order; each sees the text that the one before has left
REPAIRS: tuple[Repair, ...] = (
    _markup,  # **目标**&nbsp;<br> → 目标
    _spaces,  # 20 % → 20%, 牵 头 → 牵头
    broken_lines,  # 全面消⏎杀 → 全面消杀
)

#: a repair can open the way for another one; this many rounds have always been enough
ROUNDS = 4


def normalize(text: str, *, rules: Rulebook, tables: Sequence[Span] = ()) -> Clean:
    r"""Return the clean text of a source ``text`` with its edits, warnings and script.

    ``tables`` are the source spans of file tables: inside them no lines are joined. Edits index the source.
    Never raises on any string; takes time linear in its length.

    >>> from planparse.rulebook import default_rules
    >>> clean = normalize("藥占比控制在 20％以內,醫療費用\n下降。", rules=default_rules())
    >>> clean.text, clean.script
    ('药占比控制在20%以内,医疗费用下降。', 'traditional')
    >>> [(edit.kind, edit.span) for edit in clean.edits]
    [('space', (6, 7)), ('line', (17, 18))]
    """
    edits, warnings = _glosses(text)
    clean = narrow(replay(text, edits) if edits else text)
    # most texts hold no traditional character at all: nothing to convert, now or after the repairs
    odd = bool(edits) or is_odd(clean)
    script = script_of(text if edits else clean) if odd else "simplified"
    # a damaged page was traditional once, even where it has been made simplified since
    origin: Script = "traditional" if edits else script
    if odd:
        clean = convert(clean, origin, rules)
    if tables and "\v" in text:
        back = Clean.of(text, edits, text=clean)
        cut = broken_cells(clean, [back.clean_position(hit.start()) for hit in BREAKS.finditer(text)], rules)
        edits = compose(text, edits, cut)
        clean = narrow(replay(text, edits))
        clean = convert(clean, origin, rules) if odd else clean
    for _ in range(ROUNDS):
        before = len(edits)
        for repair in REPAIRS:
            spans = _mapped(text, edits, tables) if tables and edits else tables
            found = repair(clean, rules, spans)
            if found:
                edits = compose(text, edits, found)
                # converted anew: a space inside a word may have hidden a phrase
                clean = narrow(replay(text, edits))
                clean = convert(clean, origin, rules) if odd else clean
        if len(edits) == before:
            break
    return Clean.of(text, settled(edits, clean), text=clean, warnings=warnings, script=script)


def _mapped(text: str, edits: Sequence[Edit], spans: Sequence[Span]) -> list[Span]:
    """Return source spans as spans of the edited text."""
    back = Clean.of(text, edits, text=replay(text, edits))
    return [(back.clean_position(start), back.clean_position(end)) for start, end in spans]
