"""Where one act ends and the next begins, in a unit of speech or a paragraph that tells several actors what to do."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.expressions import expression
from planparse.extract.numerals import YEAR
from planparse.extract.speech import TRIM, Unit, pieces
from planparse.extract.statements import Statement, is_asked
from planparse.model import Span

#: how a sentence begins that leads in an actor who is told to do something
_LEADS_IN = expression(r"[为围根按在针结对通以从到自随依今下一\d“各抓严全认须同此另其并将把让使强加坚]|第")
#: …；合同归档不及时问题，|承办部门是…: what it is about stands before who does it
_TOPIC = expression(r"[^，,。；;：:！!？?\n要将须应]{4,24}[，,]")
#: a date that has its clause to itself
_DATE_CLAUSE = expression(
    r"[到至在]?(?:"
    + YEAR
    + r"年)?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬)?|第?[一二三四]季度|[上下]半年|年)(?:[之以]?[前内]|[底末初]?前?)[，,]"
)
_LONGEST_DATE = 20
#: what stands before a told actor is a sentence of its own where it is no shorter; 要… sooner
_SHORT_LEAD, _SHORT_DEMAND = 15, 8
#: sentences, and what a sentence holds that asks for something
_STOPS = expression(r"[。！!？?]")
_ASKING = expression(r"[0-9要须应%]|务必|确保|力争|争取|必须|由|并|将|结果|同时|底前|月")
#: how actors are told with a role of their own
_STRONG_NAMED = frozenset({"lead", "leadwith", "support", "share", "label"})
#: the stretch of an act, and the statements in it that say who does it
Told = tuple[int, int, list[Statement]]


def acts_of(text: str, start: int, end: int, statements: list[Statement]) -> list[Told]:
    """Return the acts of ``text[start:end]`` that somebody is told to do."""
    return [act for act in cut_acts(text, Unit(start, end), statements) if act[2]]


def cut_acts(text: str, unit: Unit, statements: list[Statement]) -> list[Told]:
    """Cut a unit into acts: at each opening statement that follows another act, else at ； (clauses), else whole."""
    body = max(unit.head_end, unit.start)
    cuts: list[int] = []
    groups: list[list[Statement]] = []
    for statement in statements:
        if not groups:
            groups.append([statement])
            cuts.append(_first_cut(text, body, statement, unit))
            continue
        if _joins(text, groups[-1], statement):
            groups[-1].append(statement)
        else:
            cut = clause_start(text, groups[-1][-1].end, statement.start)
            if cut is None:
                groups[-1].append(statement)
                continue
            groups.append([statement])
            cuts.append(cut)
    if not groups:
        return [(a, b, []) for a, b in _clauses(text, unit)]
    result: list[Told] = []
    if cuts[0] > body:
        result += [(a, b, []) for a, b in pieces(text, body, cuts[0])]
    for k, group in enumerate(groups):
        a = cuts[k]
        b = cuts[k + 1] if k + 1 < len(cuts) else unit.end
        result += _tail_cut(
            text, a, _without_remarks(text, group[-1].end, b) if len(groups) > 1 else b, group
        )
    if unit.enumerated and unit.head_end > unit.start and result:
        first = result[0]
        if first[0] == unit.head_end or not text[unit.head_end : first[0]].strip(TRIM):
            result[0] = (unit.start, first[1], first[2])
    return result


def _joins(text: str, group: Sequence[Statement], statement: Statement) -> bool:
    """Whether a statement is of one act with those before it."""
    told = group[-1].end
    gap = text[told : statement.start].strip(TRIM + "由")
    joins = len(gap) <= 3 or not statement.opens
    if not joins and statement.how in (
        "subject",
        "time",
    ):  # 医政科牵头，信息中心配合，9月底前|市直医院…: one act
        cut = clause_start(text, told, statement.start)
        joins = (
            cut is not None
            and not _STRONG_NAMED.isdisjoint(s.how for s in group)
            and not text[told:cut].strip(TRIM)
        )
    return joins and not (gap and statement.how in ("modal", "time"))


def _without_remarks(text: str, told: int, end: int) -> int:
    """Return where an act among several ends: before sentences at its end that ask for nothing (血透机招标流了两次，丢人。)."""
    stops = [hit.end() for hit in _STOPS.finditer(text, told, end)]
    while (
        len(stops) > 1
        and not text[stops[-1] : end].strip(TRIM + "”")
        and not _ASKING.search(text, stops[-2], end)
    ):
        end = stops[-2]
        stops.pop()
    return end


def _tail_cut(text: str, a: int, b: int, group: list[Statement]) -> list[Told]:
    """An act ends with its clause where ； parts it from a clause of nobody."""
    cut = -1
    for mark in "；;":
        found = text.find(mark, group[-1].end, b)
        if found >= 0 and (cut < 0 or found < cut):
            cut = found
    if cut < 0 or not text[cut + 1 : b].strip(TRIM):
        return [(a, b, group)]
    rest = text[cut + 1 : b].strip(TRIM)
    if len(rest) < 8:
        return [(a, b, group)]
    return [(a, cut + 1, group), *((x, y, []) for x, y in pieces(text, cut + 1, b))]


def _first_cut(text: str, body: int, statement: Statement, unit: Unit) -> int:
    """Where the first act of a unit begins: its clause; a sentence of its own before a told actor is left out."""
    at = _clause_cut(text, body, statement.start)
    told = statement.start - (text[statement.start - 1 : statement.start] == "请")
    if is_asked(text, statement.start, at) or (
        not unit.enumerated and statement.start > at and text[statement.start - 1] in "：:"
    ):
        return statement.start
    if (
        (unit.enumerated and not unit.chained)
        or statement.how not in (("modal", "time") if text[at] == "要" else ("modal",))
        or told - at < (_SHORT_DEMAND if text[at] == "要" else _SHORT_LEAD)
        or text[told - 1] not in "，,"
    ):
        return at
    return at if _LEADS_IN.match(text, at) else told


def _clause_cut(text: str, start: int, at: int) -> int:
    """Where the first act begins: at the last clause boundary before its actor."""
    for k in range(at - 1, start - 1, -1):
        if text[k] in "；;。！!\n":
            return k + 1
    return start


def clause_start(text: str, start: int, at: int) -> int | None:
    """Return where the clause at ``at`` begins, with what it is about and a date before it; None inside a list, or where no mark parts it."""
    strong = max(text.rfind(mark, start, at) for mark in "；;")
    if strong >= 0 and _TOPIC.fullmatch(text, strong + 1, at):
        return strong + 1
    for k in range(at - 1, start - 1, -1):
        if text[k] in "，,；;。！!：:\n、":
            return _before_date(text, start, k + 1) if text[k] != "、" else None
    return None


def _before_date(text: str, start: int, at: int) -> int:
    """Return where the date begins that alone stands before the clause at ``at``: …；|9月30日前，由院办提交…."""
    low = max(start, at - _LONGEST_DATE)
    first = max((text.rfind(mark, low, at) for mark in "；;。！!\n"), default=-1) + 1
    return first if first > low and _DATE_CLAUSE.fullmatch(text, first, at) else at


def _clauses(text: str, unit: Unit) -> list[Span]:
    found = pieces(text, unit.start, unit.end)
    if len(found) > 1 and unit.enumerated and unit.start < found[0][1] <= unit.head_end:
        found = [(unit.start, found[1][1]), *found[2:]]  # 二是全面自查。|对收费逐项核对，8月15日前提交报告。
    return found if len(found) > 1 else [(unit.start, unit.end)]
