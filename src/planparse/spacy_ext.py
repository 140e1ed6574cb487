"""planparse as a spaCy component: spans of every kind in ``doc.spans``, the record as plain data in ``doc._.plan``.

>>> import spacy
>>> nlp = spacy.blank("zh")
>>> _ = nlp.add_pipe("planparse")
>>> doc = nlp("1.推进日间手术。（牵头科室：医务科；完成时限：2024年6月底前）")
>>> [(span.text, span.label_) for span in doc.spans["planparse"]]
[('推进日间手术。', 'task'), ('医务科', 'lead'), ('2024年6月底前', 'deadline')]
>>> doc._.plan["tasks"][0]["deadline"]["end"]
'2024-06-30'

spaCy finds the factory and the tokenizer by entry points; ``planparse.spacy.load()`` is a pipeline ready made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import msgspec
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from planparse.errors import PlanparseError
from planparse.model import Plan
from planparse.pipeline import extract
from planparse.read.text import source_of_text
from planparse.rulebook import Rulebook, default_rules, load_rules
from planparse.segment.words import words
from planparse.spacy_align import Borders, split_at
from planparse.spacy_mentions import ROLES, with_mentions

#: the group of all spans; ``planparse.task``, ``planparse.lead`` … hold one kind each
KEY = "planparse"
KINDS = ("task", "lead", "responsible", "support", "leader", "deadline", "target")
Align = Literal["split", "expand"]


class Words:
    """A spaCy tokenizer: the words that planparse itself uses; every character of the text is in one token.

    >>> import spacy
    >>> [token.text for token in Words(spacy.blank("zh").vocab)("由医务科牵头")]
    ['由', '医务科', '牵头']
    """

    def __init__(self, vocab: Any) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the document of a text."""
        cut = words(text)
        return Doc(self.vocab, words=cut, spaces=[False] * len(cut))

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterable[Doc]:
        """Yield the document of every text."""
        del batch_size
        return map(self, texts)

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the words need no state."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> Words:
        """Return the tokenizer itself."""
        del data
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write nothing: the words need no state."""

    def from_disk(self, path: str | Path, **_: Any) -> Words:
        """Return the tokenizer itself."""
        del path
        return self


@spacy.registry.tokenizers("planparse.Words.v1")  # type: ignore[untyped-decorator]
def make_words() -> Callable[[Language], Words]:
    """Return the maker of :class:`Words` that a config names."""
    return lambda nlp: Words(nlp.vocab)


def _record(span: Span) -> dict[str, Any] | None:
    """Return the task or target that a span was read from."""
    plan = span.doc._.plan or {}
    return next(
        (one for one in (*plan.get("tasks", ()), *plan.get("targets", ())) if one["id"] == span.id_), None
    )


def _data(doc: Doc) -> dict[str, Any] | None:
    stored = doc.user_data.get(KEY)
    return msgspec.json.decode(stored) if stored else None


def _store(doc: Doc, plan: Mapping[str, Any]) -> None:
    doc.user_data[KEY] = Plan.from_dict(plan).to_json()


def _plan_of(doc: Doc) -> Plan | None:
    stored = doc.user_data.get(KEY)
    return msgspec.structs.replace(Plan.from_json(stored), text=doc.text) if stored else None


def set_extensions() -> None:
    """Make ``doc._.plan`` (plain data), ``doc._.plan_record`` (a :class:`Plan`) and ``span._.plan_record``.

    Needed only to read documents stored before in a process that adds no planparse component. The record is kept as
    JSON text in ``doc.user_data``, the one form that spaCy gives back unchanged by every way of storing; so each
    ``doc._.plan`` is a new object, and a change counts when it is assigned.
    """
    Doc.set_extension("plan", getter=_data, setter=_store, force=True)
    Doc.set_extension("plan_record", getter=_plan_of, force=True)
    Span.set_extension("plan_record", getter=_record, force=True)


def spans_of(plan: Plan) -> list[tuple[str, int, int, str]]:
    """Return (kind, start, end, record id) of everything that the records of a plan were read from, in text order."""
    found: dict[tuple[str, int, int, str], None] = {}
    for task in plan.tasks:
        found["task", *task.span, task.id] = None
        for role in ROLES:
            for one in getattr(task, role):
                found[role, *one.span, task.id] = None
        for person in task.leaders:
            found["leader", *person.span, task.id] = None
        if task.deadline:
            found["deadline", *task.deadline.span, task.id] = None
    for target in plan.targets:
        found["target", *target.span, target.id] = None
        if target.deadline:
            found["deadline", *target.deadline.span, target.id] = None
    return sorted(found, key=lambda s: (s[1], -s[2], KINDS.index(s[0])))


class PlanComponent:
    """The pipeline component; it holds settings only, so it pickles, and starts in every process by itself."""

    def __init__(
        self,
        name: str,
        *,
        rules: Iterable[str],
        reference_year: int | None,
        align: Align,
        mentions: Iterable[str],
        ents: bool,
    ) -> None:
        if align not in ("split", "expand"):
            raise PlanparseError(f"planparse component: given align={align!r}; possible: split, expand")
        self.name = name
        self.rules = tuple(rules)
        self.reference_year = reference_year
        self.align = align
        self.mentions = tuple(mentions)
        self.ents = ents

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules that this component uses, loaded on first use."""
        return load_rules([Path(folder) for folder in self.rules]) if self.rules else default_rules()

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in vars(self).items() if key != "rulebook"}

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with ``doc._.plan`` and its spans set."""
        text = doc.text
        plan = extract(source_of_text(text), reference_year=self.reference_year, rules=self.rulebook)
        added = [span for key in self.mentions for span in doc.spans.get(key, ())]
        if added:
            plan = with_mentions(
                plan, text, [(s.label_, s.start_char, s.end_char) for s in added], self.rulebook
            )
        found = spans_of(plan)
        if self.align == "split":
            split_at(doc, text, {at for _, start, end, _ in found for at in (start, end)})
        self._set_spans(doc, found)
        doc.user_data[KEY] = plan.to_json()
        return doc

    def _set_spans(self, doc: Doc, found: list[tuple[str, int, int, str]]) -> None:
        where = Borders(doc)
        groups: dict[str, list[Span]] = {f"{KEY}.{kind}": [] for kind in KINDS}
        everything: list[Span] = []
        for kind, start, end, record in found:
            if start < end:
                span = Span(doc, *where.tokens(start, end), label=kind, span_id=record)
                groups[f"{KEY}.{kind}"].append(span)
                everything.append(span)
        doc.spans[KEY] = everything
        for key, spans in groups.items():
            doc.spans[key] = spans
        if self.ents:
            doc.set_ents(spacy.util.filter_spans([span for span in everything if span.label_ != "task"]))

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing: the config holds all settings."""
        return b""

    def from_bytes(self, data: bytes, **_: Any) -> PlanComponent:
        """Return the component itself."""
        del data
        return self

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Write nothing: the config holds all settings."""

    def from_disk(self, path: str | Path, **_: Any) -> PlanComponent:
        """Return the component itself."""
        del path
        return self


@Language.factory(  # type: ignore[untyped-decorator]
    "planparse",
    default_config={"rules": [], "reference_year": None, "align": "split", "mentions": [], "ents": False},
    assigns=["doc._.plan", "doc.spans"],
)
def make_planparse(
    nlp: Language,
    name: str,
    *,
    rules: list[str],
    reference_year: int | None,
    align: Align,
    mentions: list[str],
    ents: bool,
) -> PlanComponent:
    """Return the component; what ``nlp.add_pipe("planparse", config={…})`` calls.

    ``rules`` are folders of own rules; ``reference_year`` as in :func:`planparse.extract`. ``align`` says what becomes
    of a token that a record begins or ends in: ``split`` cuts it, so that every span is exact; ``expand`` leaves
    tokens alone and widens the span (the offsets in ``doc._.plan`` stay exact). ``mentions`` are keys of
    ``doc.spans`` where components before this one put spans labelled lead, responsible, support, leader or deadline:
    they join the task that they stand in. ``ents`` also sets ``doc.ents``, without overlaps.
    """
    del nlp
    set_extensions()
    return PlanComponent(
        name, rules=rules, reference_year=reference_year, align=align, mentions=mentions, ents=ents
    )
