"""The form of every rule table. The data itself is in ``rules/``."""

from __future__ import annotations

from planparse.rulebook import TableSpec

#: what a deadline entry must say, by its role
_OF_DEADLINES = {
    **dict.fromkeys(
        (
            "part",
            "year",
            "within",
            "edge",
            "whole",
            "link",
            "second",
            "clock",
            "before",
            "onward",
            "void",
            "recurrence",
            "never",
            "issued",
            "held",
            "plan-year",
            "period",
            "past-title",
            "section-year",
        ),
        ("pattern",),
    ),
    **dict.fromkeys(("until", "since"), ("words",)),
    "unit": ("words", "recurrence"),
}

#: table name (the file's stem in ``rules/``) -> its form and the function that runs its examples
TABLES: dict[str, TableSpec] = {
    "numbering": TableSpec(
        {"rank": float, "value": str, "pattern": str},
        choices={
            "value": frozenset({"han", "arabic", "circled", "letter", "none", "last", "stem", "formal"})
        },
        probe="planparse.segment.numbering:probe",
    ),
    "headings": TableSpec(
        {"role": str, "words": list},
        choices={
            "role": frozenset(
                {
                    "assign",
                    "demand",
                    "goal",
                    "background",
                    "organization",
                    "act",
                    "past",
                    "agenda",
                    "ahead",
                    "others",
                    "brief",
                    "aims",
                    "found",
                    "fault",
                    "drawn",
                }
            )
        },
        probe="planparse.segment.headings:probe",
    ),
    "roles": TableSpec(
        {"form": str, "role": str, "words": list},
        {
            "kinds": bool,
            "bare_lead": bool,
            "stems": list,
            "ends": list,
            "not_next": str,
            "not_after": str,
            "pattern": str,
            "opens": bool,
        },
        {
            "form": frozenset(
                {"label", "suffix", "unit", "kind", "said", "manner", "tag", "sign", "heading"}
            ),
            "role": frozenset({"lead", "responsible", "support", "leaders", "deadline", "none"}),
        },
        "planparse.extract.roles:probe",
    ),
    "headers": TableSpec(
        {"field": str, "words": list},
        {"tails": list, "parts": list, "fillers": list, "stems": list, "ends": list},
        probe="planparse.extract.headers:probe",
    ),
    "cells": TableSpec(
        {"kind": str},
        {"words": list, "pattern": str, "not_next": str},
        {
            "kind": frozenset(
                [
                    "none",
                    "total",
                    "note",
                    "office",
                    "indicator",
                    "aim",
                    "generic",
                    "leads",
                    "supports",
                    "unitless",
                ]
            )
        },
        "planparse.extract.cell_words:probe",
    ),
    "labels": TableSpec(
        {"kind": str},
        {"words": list, "pattern": str, "not_next": str},
        {
            "kind": frozenset(
                ["measure", "inline", "remedy", "progress", "done", "goal", "task", "field", "list", "member"]
            )
        },
        "planparse.extract.labels:probe",
    ),
    "genres": TableSpec(
        {"kind": str, "words": list, "place": str},
        {"not_next": str, "not_after": str},
        choices={
            "kind": frozenset({"plan", "assignment", "meeting", "news", "report", "other"}),
            "place": frozenset({"title", "opening"}),
        },
        probe="planparse.extract.metadata:probe",
    ),
    "titles": TableSpec(
        {"kind": str},
        {"words": list, "pattern": str, "not_next": str},
        {
            "kind": frozenset(
                [
                    "end",
                    "front",
                    "sheet",
                    "opener",
                    "note",
                    "signer",
                    "salute",
                    "institution",
                    "not-name",
                    "sentence",
                    "sign",
                    "held",
                    "gathering",
                    "planned",
                    "piece",
                    "counted",
                    "record",
                    "notice",
                    "issue",
                ]
            )
        },
        "planparse.extract.front:probe",
    ),
    "acts": TableSpec(
        {"kind": str, "words": list},
        {"weak": bool},
        choices={
            "kind": frozenset(
                {
                    "concrete",
                    "attitude",
                    "modal",
                    "past",
                    "opening",
                    "manner",
                    "hollow",
                    "then",
                    "finished",
                    "arranging",
                    "arrangement",
                }
            )
        },
        probe="planparse.extract.lexicon:probe",
    ),
    "actors": TableSpec(
        {"role": str, "pattern": str},
        choices={"role": frozenset({"leaders", "office", "responsible", "nobody", "noun"})},
        probe="planparse.extract.lexicon:probe",
    ),
    "t2s_fixes": TableSpec(
        {"pattern": str, "value": str, "cue": str}, probe="planparse.normalize.script:probe"
    ),
    "spaces": TableSpec(
        {"form": str},
        {"before": str, "after": str, "pattern": str, "prose": bool},
        {"form": frozenset({"gap", "spread"})},
        "planparse.normalize.spaces:probe",
        needs={"gap": ("before", "after"), "spread": ("pattern",)},
    ),
    "lines": TableSpec(
        {"cue": str, "pattern": str},
        choices={"cue": frozenset({"start", "label", "complete", "always", "body", "cell"})},
        probe="planparse.normalize.seams:probe",
    ),
    "furniture": TableSpec(
        {"kind": str, "pattern": str},
        choices={"kind": frozenset({"page", "byline", "meta", "promotion", "editor", "navigation", "links"})},
        probe="planparse.normalize.furniture:probe",
    ),
    "speech": TableSpec(
        {"kind": str, "pattern": str},
        choices={
            "kind": frozenset(
                {
                    "enumerator",
                    "speaker",
                    "relay",
                    "chain",
                    "lead_in",
                    "call",
                    "answer",
                    "last",
                    "farewell",
                    "faults",
                    "decided",
                    "guided",
                    "resolved",
                    "grounds",
                    "meanwhile",
                }
            )
        },
        probe="planparse.extract.speech:probe",
    ),
    "silence": TableSpec(
        {"act": str, "classes": list, "at": float},
        choices={
            "act": frozenset({"accept", "reject"}),
            "classes": frozenset({"task", "target", "background", "report", "slogan", "heading"}),
        },
        probe="planparse.extract.silence:probe",
    ),
    "departments": TableSpec(
        {"name": str, "category": str},
        {"aliases": list, "group": int, "ambiguous": int, "official": str, "overrides": int},
        {
            "category": frozenset(
                {
                    "临床",
                    "医技",
                    "护理",
                    "医疗管理",
                    "科研教学",
                    "党群",
                    "行政",
                    "运营",
                    "后勤保障",
                    "临时机构",
                    "政府",
                    "集合",
                }
            )
        },
        "planparse.catalogue.probes:probe_department",
        needs_examples=False,
    ),
    "department_forms": TableSpec(
        {"kind": str, "words": list},
        {"suffix": str, "not_after": str},
        {
            "kind": frozenset(
                {
                    "suffix",
                    "generic",
                    "quantity",
                    "modifier",
                    "forbidden",
                    "allowed",
                    "verb",
                    "common",
                    "placeholder",
                    "before",
                    "role",
                    "right",
                    "left",
                    "cut",
                    "other",
                    "slot",
                    "people",
                    "plural",
                    "held",
                }
            )
        },
        "planparse.catalogue.probes:probe_form",
    ),
    "indicators": TableSpec(
        {"name": str, "direction": str},
        {"aliases": list, "unit": str, "sets": list, "overrides": int},
        {"direction": frozenset({"higher", "lower", "monitor", "level"})},
        "planparse.catalogue.probes:probe_indicator",
        needs_examples=False,
    ),
    "persons": TableSpec(
        {"kind": str, "words": list},
        choices={
            "kind": frozenset(
                {"surname", "title", "qualifier", "collective", "follows", "modal", "never", "cut"}
            )
        },
        probe="planparse.catalogue.probes:probe_person",
    ),
    "deadlines": TableSpec(
        {"role": str},
        {
            "pattern": str,
            "words": list,
            "grain": str,
            "recurrence": str,
            "shift": int,
            "near": int,
            "date": str,
            "unit": str,
            "anchor": str,
            "closes": bool,
            "cell": bool,
            "slot": bool,
        },
        {
            "role": frozenset(_OF_DEADLINES),
            "grain": frozenset({"day", "month", "quarter", "half", "year", "period", "other"}),
            "recurrence": frozenset(
                {"daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "continuous"}
            ),
            "unit": frozenset({"week", "month", "quarter"}),
            "anchor": frozenset({"issued", "plan-end"}),
        },
        "planparse.extract.dates:probe",
        needs=_OF_DEADLINES,
    ),
    "units": TableSpec(
        {"kind": str},
        {"unit": str, "not_next": str},
        {"kind": frozenset({"share", "point", "fold", "money", "time", "score", "count", "act", "measure"})},
        "planparse.extract.quantity_probe:probe",
    ),
    "comparators": TableSpec(
        {"place": str, "kind": str, "words": list},
        {"not_after": str, "guard_all": bool},
        {
            "place": frozenset({"prefix", "suffix"}),
            "kind": frozenset(
                [
                    "reach",
                    "cap",
                    "hold",
                    "floor",
                    "over",
                    "ceiling",
                    "under",
                    "about",
                    "between",
                    "up",
                    "down",
                    "to",
                    "rank",
                ]
            ),
        },
        "planparse.extract.quantity_probe:probe",
    ),
    "target_words": TableSpec(
        {"role": str, "words": list},
        {"not_after": str, "not_next": str, "nominal": bool},
        {
            "role": frozenset(
                [
                    "lead",
                    "tail",
                    "turn",
                    "make",
                    "attribute",
                    "hollow",
                    "graded",
                    "act",
                    "raise",
                    "lower",
                    "metric",
                    "clock",
                    "past",
                    "handled",
                    "slogan",
                    "cut",
                    "generic",
                    "compound",
                    "sister",
                    "body",
                    "index",
                    "aimed",
                    "people",
                    "counted",
                    "ahead",
                    "sampled",
                    "holder",
                    "setting",
                    "light",
                    "yearly",
                    "attained",
                    "proportion",
                    "cost",
                    "sanction",
                    "step",
                    "spent",
                    "onward",
                    "attaining",
                    "settled",
                    "fund",
                    "unnamed",
                    "base",
                    "peer",
                    "peers",
                    "weight",
                    "unaimed",
                    "label",
                ]
            )
        },
        "planparse.extract.quantity_probe:probe",
    ),
    "closing": TableSpec(
        {"act": str, "pattern": str},
        choices={"act": frozenset({"drop", "org", "attach", "part", "note"})},
        probe="planparse.segment.closing:probe",
    ),
    "distinctions": TableSpec(
        {"of": str, "words": list},
        {},
        {"of": frozenset({"department", "indicator", "both"})},
        "planparse.catalogue.probes:probe_distinction",
    ),
    "template_headers": TableSpec(
        {"field": str, "words": list},
        choices={
            "field": frozenset(
                [
                    "serial",
                    "id",
                    "number",
                    "title",
                    "text",
                    "targets",
                    "lead",
                    "responsible",
                    "support",
                    "departments",
                    "leaders",
                    "person",
                    "deadline",
                    "end",
                    "start",
                    "recurrence",
                    "section",
                    "status",
                    "progress",
                    "inspection",
                    "obstacle",
                    "remedy",
                    "closed",
                    "document",
                    "place",
                    "none",
                ]
            )
        },
        probe="planparse.export.headers:probe",
    ),
}
