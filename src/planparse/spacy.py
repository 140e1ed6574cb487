"""A spaCy pipeline ready made: ``planparse.spacy.load()``; and displaCy pictures of its documents.

>>> import planparse
>>> nlp = planparse.spacy.load()
>>> doc = nlp("由医务科牵头，6月底前完成病案首页质控系统上线。")
>>> doc._.plan["tasks"][0]["lead"][0]["name"]
'医务科'
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from planparse.weights import models_folder

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: kind -> colour of its background; dark text on each is readable
COLOURS = {
    "task": "#e8eaed", "lead": "#f8c8c4", "responsible": "#fbe2b6", "support": "#dcecc8",
    "leader": "#e3d3f2", "deadline": "#c6e2f7", "target": "#c9ece3",
}  # fmt: skip
NAMES = {
    "task": "任务",
    "lead": "牵头",
    "responsible": "责任",
    "support": "配合",
    "leader": "责任领导",
    "deadline": "时限",
    "target": "指标",
}


def _packaged() -> Path:
    """Return the packaged config: beside the weights, or in the checkout where PLANPARSE_MODELS names other weights."""
    here = Path(__file__).resolve()
    folders = (models_folder(), here.parent / "models", here.parents[2] / "models")
    return next(
        (folder / "spacy.cfg" for folder in folders if (folder / "spacy.cfg").is_file()),
        folders[0] / "spacy.cfg",
    )


def load(config: str | Path | None = None, **settings: Any) -> Language:
    """Return the pipeline of ``models/spacy.cfg``, or of another config file.

    ``settings`` change those of the component: rules, reference_year, align, mentions, ents
    (:func:`planparse.spacy_ext.make_planparse` explains them).
    """
    from spacy.util import load_model_from_config
    from thinc.api import Config

    import planparse.spacy_ext  # noqa: F401  registers the factory also where no entry point is installed

    parsed = Config().from_disk(Path(config) if config else _packaged())
    parsed["components"]["planparse"].update(settings)
    return load_model_from_config(parsed, auto_fill=True)


def render(
    doc: Doc,
    *,
    style: Literal["span", "ent"] = "span",
    kinds: tuple[str, ...] | None = None,
    page: bool = False,
) -> str:
    """Return a displaCy picture as HTML: nothing fetched, every text escaped.

    ``span`` shows overlapping kinds one below another, ``ent`` inline without overlaps; ``kinds`` chooses among task,
    lead, responsible, support, leader, deadline, target (by default all, for ``ent`` all but task); ``page`` makes a
    whole page of it.

    >>> html = render(load()("1.推进日间手术。（牵头科室：医务科）"), style="ent")
    >>> "医务科" in html, "牵头" in html
    (True, True)
    """
    from spacy import displacy
    from spacy.util import filter_spans

    chosen = kinds or (tuple(COLOURS) if style == "span" else tuple(COLOURS)[1:])
    spans = [span for span in doc.spans["planparse"] if span.label_ in chosen]
    colours = {NAMES[kind]: colour for kind, colour in COLOURS.items()}
    data: dict[str, Any] = {"text": doc.text, "title": None}
    if style == "ent":
        data["ents"] = [
            {"start": s.start_char, "end": s.end_char, "label": NAMES[s.label_]}
            for s in sorted(filter_spans(spans))
        ]
    else:
        data["tokens"] = [token.text for token in doc]
        data["spans"] = [
            {
                "start": s.start_char,
                "end": s.end_char,
                "start_token": s.start,
                "end_token": s.end,
                "label": NAMES[s.label_],
            }
            for s in spans
        ]
    html: str = displacy.render(
        data, style=style, manual=True, page=page, jupyter=False, options={"colors": colours}
    )
    return html
