r"""The whole in one page: read → normalize → segment → extract → weigh. Read this file first.

>>> plan = extract("一、重点任务\n1.推进日间手术。日间手术占比达到15%以上。（牵头科室：医务科；完成时限：2024年6月底前）")
>>> plan.tasks[0].title, plan.tasks[0].lead[0].name, plan.tasks[0].deadline.end
('推进日间手术', '医务科', '2024-06-30')
"""

from __future__ import annotations

import hashlib
import os

from planparse.calibration import confidence_of_plan
from planparse.catalogue import build_forms
from planparse.extract.annotations import find_annotations, role_lines, without_byline
from planparse.extract.cover import Cover
from planparse.extract.dates import calendar_of, issue_date
from planparse.extract.front import build_front
from planparse.extract.items import read_items
from planparse.extract.metadata import read_metadata
from planparse.extract.records import repairs_of, write_records
from planparse.extract.roles import build_roles
from planparse.extract.tabulation import read_tables
from planparse.model import Document, Period, Plan, Source
from planparse.normalize import normalize
from planparse.normalize.furniture import furniture
from planparse.read.opening import open_source
from planparse.rulebook import Rulebook, rules_given
from planparse.segment.closing import drop_closing
from planparse.segment.lines import text_lines
from planparse.segment.outline import outline


def extract(
    path_or_text: str | os.PathLike[str] | bytes | Source, *, reference_year: int | None = None, rules: Rulebook | None = None, evidence: bool = False
) -> Plan:
    """Return the plan of a file or of a text.

    A string that names an existing file is read; any other string is the text itself. ``reference_year`` is
    the year of dates printed without one, where the document names no year itself; there is no other clock.
    ``evidence`` keeps a mention for each value (``Plan.mentions``): where it was read, and by which rule.
    Spans of the records are half-open and count code points of ``Plan.text``. Raises
    :class:`~planparse.errors.ReadError` when a file cannot be opened or become text, and its parent
    :class:`~planparse.errors.PlanparseError` when an argument is of no use; both say what is possible.
    """
    rules = rules_given(rules)
    source = open_source(path_or_text)
    clean = normalize(source.text, rules=rules, tables=[t.span for t in source.tables])
    text = clean.text
    dropped = furniture(text, rules, joined=[edit.before for edit in clean.edits if edit.kind == "line"])
    tables = read_tables(clean, source, rules, dropped)
    lines = text_lines(text, sorted([*dropped, *tables.spans]))
    meta = read_metadata(text, lines, rules, tables=bool(tables.grids), table_at=tables.spans[0][0] if tables.spans else None)
    issued = issue_date(text, rules)
    calendar = calendar_of(meta.title, text, issued.end if issued else None, rules).with_year(reference_year)
    printed, (lines, parts) = lines, drop_closing(text, lines, rules, tables=tables.spans)
    skip = Cover([*dropped, *set(printed).difference(lines), *tables.spans]).spans
    annotations = find_annotations(text, calendar, rules, skip=skip)
    if lines and (meta.kind in ("meeting", "news", "report") or (meta.kind == "other" and len(lines) > 2)):
        annotations = without_byline(text, annotations, lines[-1])
    tree = outline(text, lines, rules, is_role_line=rules.compiled(build_roles).line, role_lines=role_lines(text, annotations), skip_front=meta.front_end, parts=parts, is_title=rules.compiled(build_front).is_title, is_department=rules.compiled(build_forms).is_known)
    items = read_items(text, tree, meta.kind, calendar, rules, annotations, meta.front_end, tables.spans)
    tables.read(text, tree, calendar, rules, parts, items.tasks)
    tasks, targets, sections, mentions, doubts = write_records(clean, tree, items.tasks + tables.tasks, items.targets + tables.targets, rules, evidence=evidence)
    document = Document(
        id=source.id or hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        source=source.name,
        title=meta.title,
        issuer=meta.issuer,
        number=meta.number,
        date=issued.end if issued else None,
        period=Period(start=calendar.start, end=calendar.end) if calendar.start or calendar.end else None,
        kind=meta.kind,
        script=clean.script,  # type: ignore[arg-type]
    )
    plan = Plan(document=document, sections=sections, tasks=tasks, targets=targets, repairs=repairs_of(clean),
                warnings=(*source.warnings, *clean.warnings, *(d.said for d in tables.doubts), *doubts), text=source.text, mentions=mentions, blocks=source.blocks)  # fmt: skip
    return confidence_of_plan(plan, guessed=[(clean.source_span(*d.place), d.kinds) for d in tables.doubts])
