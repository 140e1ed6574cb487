"""What the title block of a document is told by: lines that are titles, names of institutions (rules/titles.toml)."""

from __future__ import annotations

import re

from msgspec import Struct

from planparse.expressions import expression
from planparse.phrases import sources, told
from planparse.rulebook import Entry, Example, Rulebook

_BRACKET = r"(?:[（(][^）)]{1,24}[）)])?"
_SHORTEST_TITLE = 8
_REGION = expression(r"[省市县区州旗盟镇]|大学|附属|第[一二三四五六七八九十]")
_HEAD_LINE = 60


class Front(Struct, frozen=True):
    """The expressions of the title block: each entry's words where they count."""

    end: re.Pattern[str]
    front: re.Pattern[str]
    sheet: re.Pattern[str]
    opener: re.Pattern[str]
    note: re.Pattern[str]
    signer: re.Pattern[str]
    salute: re.Pattern[str]
    institution: re.Pattern[str]
    issuing: re.Pattern[str]
    not_name: re.Pattern[str]
    sentence: re.Pattern[str]
    sign: re.Pattern[str]
    held: re.Pattern[str]
    gathering: re.Pattern[str]
    planned: re.Pattern[str]
    #: （2025—2027年）的通知, below 关于印发…行动计划
    notice: re.Pattern[str]
    issue: re.Pattern[str]
    piece: re.Pattern[str]
    counted: re.Pattern[str]
    record: re.Pattern[str]

    def is_title(self, line: str) -> bool:
        """Whether a line reads as the title of a document: it ends in the name of a genre and starts with no verb.

        >>> from planparse.rulebook import default_rules
        >>> front = build_front(default_rules())
        >>> front.is_title("某县公共卫生能力提升实施方案"), front.is_title("制定实施方案")
        (True, False)
        >>> front.is_title("第二篇：某县公共卫生能力提升实施方案"), front.is_title("院感管理工作计划 2")
        (True, True)
        """
        if (piece := self.piece.match(line)) is not None:
            line = line[piece.end() :]
        if (counted := self.counted.search(line)) is not None:
            line = line[: counted.start()]
        return (
            len(line) >= _SHORTEST_TITLE
            and self.end.match(line) is not None
            and self.opener.match(line) is None
        )

    def is_institution(self, name: str, place: str) -> bool:
        """Whether what ends like an institution is the name of one; in running text it must name its place."""
        whole = name.count("（") == name.count("）") and name.count("(") == name.count(")")
        if not whole or self.not_name.match(name) is not None or self.sentence.search(name) is not None:
            return False
        return ("。" not in place and len(place) <= _HEAD_LINE) or _REGION.search(name) is not None


def build_front(rules: Rulebook) -> Front:
    """Return the compiled expressions of the title block."""
    of = sources(rules, "titles")
    return Front(
        end=expression(rf"^[^。；;：:！!？?]{{4,60}}{of['end']}{_BRACKET}$"),
        front=expression(rf"(?:{of['end']}|{of['front']}){_BRACKET}$"),
        sheet=expression(
            rf"^(?:[^。；;：:！!？?]{{2,40}}(?:19|20)\d\d年|(?:19|20)\d\d年)[^。；;：:！!？?]{{0,24}}{of['sheet']}$"
        ),
        opener=expression("^" + of["opener"]),
        note=expression(
            rf"[。；;：:]$|^附\s?[件表]\s?[\d一二三四五六七八九十]{{0,2}}$|^(?:{of['note']}|[（(]?\d{{4}}年\d)"
        ),
        signer=expression(of["signer"] + "$"),
        salute=expression(rf"^{of['salute']}[^。]{{1,60}}[：:]$"),
        institution=expression(rf"[\u4e00-\u9fff（）()×XＸ]{{2,24}}?{of['institution']}(?:委员会|党委)?"),
        issuing=expression(of["institution"]),
        not_name=expression("^" + of["not-name"]),
        sentence=expression(of["sentence"]),
        sign=expression(of["sign"]),
        held=expression(of["held"]),
        gathering=expression(of["gathering"]),
        planned=expression(of["planned"]),
        notice=expression(rf"^(?:[（(][^（）()]{{2,20}}[）)])?的{of['notice']}$"),
        issue=expression(f"^(?:关于)?{of['issue']}"),
        piece=expression("^" + of["piece"]),
        counted=expression(of["counted"] + "$"),
        record=expression("^" + of["record"]),
    )


def probe(rules: Rulebook, entry: Entry, example: Example, positive: bool) -> str | None:
    """Run one example of ``titles``: what the entry's kind finds in a line."""
    return told(getattr(rules.compiled(build_front), entry["kind"].replace("-", "_")), example, positive)
